"""A Sheet without an inbox: the sender waits for the Sheet, and a repeat is known by the Sheet itself."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from sheetflow.errors import QuotaUsedUp, TrackerUnavailable
from sheetflow.jobs.direct import DirectStore
from sheetflow.jobs.intake import new_lead_id
from sheetflow.tracker.google import GoogleTracker
from sheetflow.tracker.sql import SqlTracker
from sheetflow.workflow import statuses
from sheetflow.workflow.enquiry import Enquiry, Receipt
from sheetflow.workflow.optout import OptOut
from tests.fakes.sheets import FakeSheets
from tests.fakes.sheets_faults import refused
from tests.jobs.conftest import TUESDAY
from tests.jobs.inbox_world import Troubled
from tests.jobs.world import WORKFLOW

Leads = list[str]


@pytest.fixture
def tracker(tmp_path: Path) -> Troubled:
    return Troubled(SqlTracker(f"sqlite:///{tmp_path / 'tracker.db'}"))


@pytest.fixture
def store(tracker: Troubled) -> DirectStore:
    return DirectStore(tracker)


def an_enquiry(email: str = "ada@example.org", delivery: str = "one", **changes: Any) -> Enquiry:
    return Enquiry(
        **{
            "id": new_lead_id(),
            "delivery": delivery,
            "repeat_within": timedelta(minutes=10),
            "arrived": TUESDAY,
            "email": email,
            "message": "Hello",
            **changes,
        }
    )


def emails(tracker: Troubled) -> Leads:
    return [lead.email for lead in tracker.tracker.snapshot().leads]


def put(store: DirectStore, *enquiries: Enquiry) -> list[Receipt]:
    return store.store(enquiries, WORKFLOW)


def test_a_lead_is_in_the_tracker_when_it_is_answered(store: DirectStore, tracker: Troubled) -> None:
    (receipt,) = put(store, an_enquiry())
    (lead,) = tracker.tracker.snapshot().leads
    assert (receipt.status, receipt.lead_id, lead.email) == ("accepted", lead.id, "ada@example.org")
    assert store.waiting() == 0


def test_a_repeat_is_known_within_its_time_and_another_enquiry_after_it(
    store: DirectStore, tracker: Troubled
) -> None:
    (first,) = put(store, an_enquiry())
    again = an_enquiry(arrived=TUESDAY + timedelta(minutes=9))
    assert put(store, again) == [Receipt("duplicate", first.lead_id)]
    assert put(DirectStore(tracker), again) == [Receipt("duplicate", first.lead_id)]
    late = an_enquiry(arrived=TUESDAY + timedelta(minutes=11))
    assert put(store, late) == [Receipt("merged", first.lead_id)]
    assert put(store, late) == [Receipt("duplicate", first.lead_id)]
    assert emails(tracker) == ["ada@example.org"]


def test_a_slow_tracker_is_waited_for_only_so_long_and_the_repeat_makes_no_second_row(
    tracker: Troubled,
) -> None:
    go_on = threading.Event()
    tracker.before_commit = lambda: go_on.wait(60) and None
    store = DirectStore(tracker, budget=0.2)
    with pytest.raises(TrackerUnavailable):
        put(store, an_enquiry())
    assert emails(tracker) == []
    go_on.set()
    while not emails(tracker):
        time.sleep(0.01)
    patient = DirectStore(tracker)
    assert put(patient, an_enquiry())[0].status == "duplicate"
    assert emails(tracker) == ["ada@example.org"]


@pytest.mark.parametrize(("status", "error"), [(429, QuotaUsedUp), (503, TrackerUnavailable)])
def test_a_sender_that_waits_for_the_quota_is_told_so(status: int, error: type[Exception]) -> None:
    asleep, over = threading.Event(), threading.Event()

    def sleep(_: float) -> None:
        asleep.set()
        over.wait(60)

    with FakeSheets() as sheets:
        key, sheet = sheets.service_account_json, sheets.spreadsheet_id
        tracker = GoogleTracker(sheet, key, sheets.url, WORKFLOW, lambda: TUESDAY, sleep)
        store = DirectStore(tracker, 1.0, is_held_back=lambda: tracker.api.is_held_back)
        sheets.faults = lambda *_: refused(status)
        with ThreadPoolExecutor(1) as pool:
            asked = pool.submit(put, store, an_enquiry())
            assert asleep.wait(60)
            with pytest.raises(TrackerUnavailable) as caught:
                asked.result()
        assert type(caught.value) is error
        sheets.faults = None
        over.set()
        # It was in hand already, so it is written all the same.
        until = time.monotonic() + 60
        while not tracker.snapshot().leads:
            assert time.monotonic() < until
        tracker.close()


def test_requests_whose_sender_was_told_to_try_again_are_not_written_later(tracker: Troubled) -> None:
    go_on, began = threading.Event(), threading.Event()

    def wait() -> None:
        began.set()
        go_on.wait(20)

    tracker.before_commit = wait
    store = DirectStore(tracker, budget=0.3)
    with ThreadPoolExecutor() as pool:
        first = pool.submit(put, store, an_enquiry("first@example.org", "one"))
        assert began.wait(20)
        with pytest.raises(TrackerUnavailable):
            put(store, an_enquiry("second@example.org", "two"))
        go_on.set()
        assert first.exception() is None or isinstance(first.exception(), TrackerUnavailable)
    put(DirectStore(tracker), an_enquiry("third@example.org", "three"))
    assert "second@example.org" not in emails(tracker)


def test_a_burst_shares_writes(store: DirectStore, tracker: Troubled) -> None:
    tracker.before_commit = lambda: time.sleep(0.05)
    with ThreadPoolExecutor(40) as pool:
        found = pool.map(
            lambda number: put(store, an_enquiry(f"lead{number}@example.org", str(number))), range(40)
        )
        assert {receipt.status for (receipt,) in found} == {"accepted"}
    assert len(emails(tracker)) == 40
    assert len(tracker.commits) < 20


def test_one_lead_that_is_refused_leaves_the_others_of_its_write_alone(
    store: DirectStore, tracker: Troubled
) -> None:
    tracker.refuses = lambda changes: any(lead.email == "lead3@example.org" for lead in changes.leads)
    tracker.before_commit = lambda: time.sleep(0.05)

    def try_it(number: int) -> bool:
        try:
            return bool(put(store, an_enquiry(f"lead{number}@example.org", str(number))))
        except TrackerUnavailable:
            return False

    with ThreadPoolExecutor(10) as pool:
        stored = list(pool.map(try_it, range(10)))
    assert stored == [number != 3 for number in range(10)]
    assert sorted(emails(tracker)) == [f"lead{number}@example.org" for number in range(10) if number != 3]


def test_an_opt_out_is_written_at_once(store: DirectStore, tracker: Troubled) -> None:
    (receipt,) = put(store, an_enquiry())
    address = tracker.tracker.snapshot().hash_of("ada@example.org")
    store.opt_out(OptOut(receipt.lead_id, address, TUESDAY), WORKFLOW)
    assert tracker.tracker.snapshot().leads[0].status == statuses.UNSUBSCRIBED


def test_a_store_that_is_tried_out_says_whether_the_sheet_is_there(
    store: DirectStore, tracker: Troubled
) -> None:
    store.try_out(WORKFLOW, TUESDAY)
    tracker.is_down = True
    with pytest.raises(TrackerUnavailable):
        store.try_out(WORKFLOW, TUESDAY)
    assert emails(tracker) == []
