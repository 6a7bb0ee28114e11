"""Activity only grows: a process that has read its lines reads what was added, unless people were at them."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest

from sheetflow.errors import TrackerUnavailable
from sheetflow.tracker.google import FRESH, KEPT, GoogleTracker
from sheetflow.workflow.tracked import Changes, Only
from tests.contracts.people import ADA, BEN, NOW, a_claim, a_lead, an_event
from tests.fakes import sheets_faults as faults
from tests.fakes.sheets import FakeSheets, Request
from tests.jobs.world import WORKFLOW

LINES = 1_500


class Watch:
    """The time of all trackers."""

    def __init__(self) -> None:
        self.now = NOW


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def sheet() -> Iterator[FakeSheets]:
    with FakeSheets() as fake:
        yield fake


@pytest.fixture
def opened(sheet: FakeSheets, watch: Watch) -> Iterator[Callable[[], GoogleTracker]]:
    trackers: list[GoogleTracker] = []

    def open_one() -> GoogleTracker:
        key, name = sheet.service_account_json, sheet.spreadsheet_id
        trackers.append(GoogleTracker(name, key, sheet.url, WORKFLOW, lambda: watch.now, lambda _: None))
        return trackers[-1]

    yield open_one
    for tracker in trackers:
        tracker.close()


@pytest.fixture
def tracker(opened: Callable[[], GoogleTracker]) -> GoogleTracker:
    """It has read fifteen hundred lines."""
    tracker = opened()
    tracker.setup()
    lines = tuple(an_event(f"e{number:04}") for number in range(LINES))
    tracker.commit(Changes(leads=(a_lead(), a_lead(BEN)), events=lines))
    tracker.snapshot()
    return tracker


def ids(tracker: GoogleTracker) -> list[str]:
    return [event.id for event in tracker.snapshot().events]


ALL = [f"e{number:04}" for number in range(LINES)]


def test_lines_that_were_read_are_not_read_again(sheet, tracker, opened):
    opened().commit(Changes(events=(an_event("theirs"),)))
    tracker.commit(Changes(events=(an_event("ours"),)))
    sheet.request_log.clear()
    assert ids(tracker) == [*ALL, "theirs", "ours"]
    again = sum(request.answer_size for request in sheet.request_log)
    assert sheet.reads == 1
    sheet.request_log.clear()
    opened().snapshot()
    whole = sum(request.answer_size for request in sheet.request_log)
    assert again < whole / 2


def test_what_people_do_to_leads_is_seen_all_the_same(sheet, tracker):
    sheet.owner.type_in("Leads", 2, "Status", "Won")
    sheet.owner.delete_rows("Leads", 3)
    assert [lead.status for lead in tracker.snapshot().leads] == ["Won"]


@pytest.mark.parametrize(
    ("edit", "missing"),
    [
        (lambda owner: owner.sort("Activity", "Event ID", descending=True), set()),
        (lambda owner: owner.delete_rows("Activity", 5, 2), {"e0003", "e0004"}),
        (lambda owner: owner.delete_rows("Activity", LINES + 1), {ALL[-1]}),
        (lambda owner: owner.delete_rows("Activity", 3, LINES - 1), set(ALL[1:])),
        (lambda owner: owner.insert_rows("Activity", 3), set()),
        (lambda owner: owner.move_column("Activity", "Event ID", "Time"), set()),
        (lambda owner: owner.insert_column("Activity", "Event", "mine"), set()),
    ],
)
def test_where_people_moved_lines_all_are_read_anew(sheet, tracker, edit, missing):
    edit(sheet.owner)
    assert set(ids(tracker)) == set(ALL) - missing


def test_a_line_that_is_mended_is_read_once_its_time_is_over(sheet, tracker, opened, watch):
    time = sheet.owner.records("Activity")[4]["Time"]
    sheet.owner.type_in("Activity", 6, "Time", "yesterday")
    reader = opened()
    odd = "Activity has 1 lines that can't be read; look for odd ones there."
    assert odd in reader.snapshot().problems
    assert odd in reader.snapshot().problems
    sheet.owner.type_in("Activity", 6, "Time", time)
    watch.now += KEPT + timedelta(seconds=1)
    assert set(ids(reader)) == set(ALL)
    assert odd not in reader.snapshot().problems


def test_a_tab_that_was_deleted_is_missed(sheet, tracker):
    sheet.owner.delete_tab("Suppressed")
    assert any("The tab Suppressed is missing" in problem for problem in tracker.snapshot().problems)


def test_a_claim_of_another_process_is_seen_among_the_new_lines(tracker, opened):
    assert opened().claim([a_claim(run="other")], Changes())
    assert ids(tracker)[-1] == a_claim().id
    assert tracker.claim([a_claim(run="ours")], Changes()) == []


def test_after_a_read_that_failed_nothing_older_passes_for_fresh(sheet, tracker, watch):
    watch.now += FRESH + timedelta(seconds=1)
    sheet.owner.type_in("Leads", 2, "Status", "Won")
    only = Only(frozenset({ADA}), NOW)
    sheet.fail_next(faults.refused(403))
    with pytest.raises(TrackerUnavailable):
        tracker.snapshot(only)
    assert [lead.status for lead in tracker.snapshot(only).leads] == ["Won"]


def test_an_event_stands_once_though_the_look_after_its_write_failed(sheet, tracker):
    """A column moves at the write, so that the Sheet is read anew; that fails, and the write is repeated."""
    new = Changes(events=(an_event("new"),))

    def move(_: int, request: Request) -> None:
        if request.kind == "write":
            sheet.between = None
            sheet.owner.move_column("Leads", "Priority", "Name")

    sheet.between = move
    sheet.faults = lambda _, request: faults.refused(403) if request.kind == "read" else None
    with pytest.raises(TrackerUnavailable):
        tracker.commit(new)
    sheet.faults = None
    tracker.commit(new)
    assert [line["Event ID"] for line in sheet.owner.records("Activity")] == [*ALL, "new"]
