"""What `check` says when the Sheet can't be used, and how calls go on when Google has trouble."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from sheetflow.errors import ConfigError, TrackerUnavailable
from sheetflow.tracker.google import GoogleTracker
from sheetflow.workflow.tracked import Changes
from tests.contracts.people import an_event
from tests.fakes import sheets_faults as faults
from tests.fakes.sheets import FakeSheets
from tests.jobs.world import WORKFLOW


@pytest.fixture
def sheet() -> Iterator[FakeSheets]:
    with FakeSheets(locale="en_GB", time_zone="Europe/Berlin") as fake:
        yield fake


@pytest.fixture
def slept() -> list[float]:
    return []


@pytest.fixture
def open_tracker(sheet: FakeSheets, slept: list[float]) -> Iterator[Any]:
    opened = []

    def open_tracker(sheet_id="", key_json=""):
        key = key_json or sheet.service_account_json
        where = sheet_id or sheet.spreadsheet_id
        opened.append(GoogleTracker(where, key, sheet.url, WORKFLOW, lambda: datetime.now(UTC), slept.append))
        return opened[-1]

    yield open_tracker
    for one in opened:
        one.close()


def test_a_sheet_that_is_ready_has_no_faults(open_tracker):
    tracker = open_tracker()
    tracker.setup()
    assert tracker.check() == []


def test_an_empty_sheet_is_told_to_be_set_up_and_stays_empty(sheet, open_tracker):
    assert open_tracker().check() == [
        "The Sheet has none of sheetflow's tabs yet: run `python -m sheetflow setup`."
    ]
    assert sheet.owner.tabs() == ["Sheet1"]


@pytest.mark.parametrize("key", ["{}", "[]", "no JSON", '{"client_email": "x@example.com"}'])
def test_an_unreadable_key_is_a_mistake_of_the_configuration(open_tracker, key):
    with pytest.raises(ConfigError, match="GOOGLE_SERVICE_ACCOUNT_JSON can't be read"):
        open_tracker(key_json=key)


def test_a_sheet_that_is_not_shared_names_the_address_to_share_it_with(sheet, open_tracker):
    sheet.sharing = "none"
    [found] = open_tracker().check()
    assert json.loads(sheet.service_account_json)["client_email"] in found
    assert "press Share" in found


def test_a_sheet_shared_for_viewing_says_so(sheet, open_tracker):
    tracker = open_tracker()
    tracker.setup()
    sheet.sharing = "viewer"
    [found] = tracker.check()
    assert "for viewing only" in found


@pytest.mark.parametrize("fault", [faults.refused(503), faults.refused(429), faults.RESET_BEFORE])
def test_trouble_at_google_is_not_taken_for_a_sheet_shared_for_viewing(sheet, open_tracker, fault):
    tracker = open_tracker()
    tracker.setup()
    sheet.faults = lambda _, request: fault if request.kind == "write" else None
    with pytest.raises(TrackerUnavailable, match=r"trouble|quota|reached"):
        tracker.check()


def test_a_wrong_id_says_where_the_right_one_is(open_tracker):
    [found] = open_tracker(sheet_id="1wrongwrongwrongwrong").check()
    assert "no Sheet with this ID" in found


def test_an_api_that_is_switched_off_comes_with_its_link(sheet, open_tracker):
    sheet.fail_next(faults.API_DISABLED)
    [found] = open_tracker().check()
    assert "switched off: open https://console.developers.google.com/" in found


def test_a_wrong_clock_is_named(sheet, open_tracker):
    sheet.wall_clock = lambda: 0.0
    [found] = open_tracker().check()
    assert "clock is wrong" in found


def test_another_zone_or_locale_than_the_business_s_is_named(sheet, open_tracker):
    tracker = open_tracker()
    tracker.setup()
    sheet.owner.change_settings(time_zone="America/New_York", locale="en_US")
    zone, locale = tracker.check()
    assert "America/New_York" in zone
    assert "en_US" in locale


@pytest.mark.parametrize(
    "fault",
    [faults.refused(429), faults.refused(503), faults.HTML_502, faults.RESET_BEFORE, faults.ANSWER_CUT],
)
def test_a_passing_fault_costs_a_wait_and_nothing_else(sheet, open_tracker, slept, fault):
    tracker = open_tracker()
    tracker.setup()
    sheet.fail_next(fault)
    assert tracker.snapshot().problems == ()
    assert len(slept) == 1


def test_waits_grow_and_end(sheet, open_tracker, slept):
    tracker = open_tracker()
    tracker.setup()
    sheet.faults = lambda index, request: faults.refused(503)
    with pytest.raises(TrackerUnavailable, match="Google Sheets has trouble"):
        tracker.snapshot()
    assert slept[-1] > 4 * slept[0]
    assert sum(slept) < 90


def test_a_write_whose_answer_was_lost_is_there_once(sheet, open_tracker):
    tracker = open_tracker()
    tracker.setup()
    sheet.fail_next(faults.ANSWER_LOST, faults.failed_after(503))
    tracker.commit(Changes(events=(an_event("a"),)))
    assert [row["Event ID"] for row in sheet.owner.records("Activity")] == ["a"]


def test_a_process_stays_below_its_quota(sheet, open_tracker, slept):
    tracker = open_tracker()
    tracker.setup()
    for number in range(70):
        tracker.commit(Changes(events=(an_event(str(number)),)))
    assert sum(slept) > 50
    assert len(sheet.owner.records("Activity")) == 70
