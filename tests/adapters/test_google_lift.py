"""Lines of Suppressed are lifted by their hash: no other line goes, whatever happens to the tab meanwhile."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from sheetflow.tracker.google import GoogleTracker
from sheetflow.workflow.tracked import Changes, Suppression
from tests.contracts.people import NOW, an_event
from tests.fakes.sheets import FakeSheets
from tests.fakes.sheets_faults import failed_after
from tests.jobs.world import WORKFLOW

ONE, TWO, THREE = (Suppression(letter * 64, f"reason {letter}", NOW) for letter in "abc")
AGAIN = Suppression(ONE.hash, "unsubscribed by link", NOW)
HEADERS = ["Address (SHA-256)", "Reason", "Time"]


@pytest.fixture
def sheet() -> Iterator[FakeSheets]:
    with FakeSheets() as fake:
        yield fake


def opened(sheet: FakeSheets, later: timedelta = timedelta()) -> GoogleTracker:
    key, sheet_id = sheet.service_account_json, sheet.spreadsheet_id

    def clock() -> datetime:
        return datetime.now(UTC) + later

    return GoogleTracker(sheet_id, key, sheet.url, WORKFLOW, clock, lambda _: None)


@pytest.fixture
def tracker(sheet: FakeSheets) -> Iterator[GoogleTracker]:
    """Three lines."""
    found = opened(sheet)
    found.commit(Changes(suppress=(ONE, TWO, THREE)))
    yield found
    found.close()


def lines(tracker):
    """Everything that stands on Suppressed."""
    return {line.hash: (line.reason, line.at) for line in tracker.snapshot().suppressed.values()}


def shown(*wanted):
    return {line.hash: (line.reason, line.at) for line in wanted}


def before_the_next_write(sheet, edit):
    """Lets a person do something between the adapter's read and its write, once."""

    def between(_index, request):
        if request.kind == "write":
            sheet.between = None
            edit()

    sheet.between = between


def test_nothing_of_a_lifted_line_is_left_in_the_tab(sheet, tracker):
    tracker.commit(Changes(lift=(TWO.hash,)))
    assert [row["Reason"] for row in sheet.owner.records("Suppressed")] == ["reason a", "reason c"]


def test_every_copy_of_a_line_is_lifted(sheet, tracker):
    sheet.owner.paste_rows("Suppressed", 2, 1, 7)
    tracker.commit(Changes(lift=(ONE.hash,)))
    assert lines(tracker) == shown(TWO, THREE)


@pytest.mark.parametrize(
    "edit",
    [
        lambda owner: owner.sort("Suppressed", HEADERS[0], descending=True),
        lambda owner: owner.insert_rows("Suppressed", 2),
        lambda owner: owner.move_rows("Suppressed", 2, 5),
        lambda owner: owner.delete_rows("Suppressed", 2),
        lambda owner: owner.insert_column("Suppressed", HEADERS[0], "Note"),
        lambda owner: owner.move_column("Suppressed", HEADERS[2], HEADERS[0]),
    ],
    ids=["sorted", "row inserted", "row moved", "row deleted", "column inserted", "column moved"],
)
@pytest.mark.parametrize("repeated", [False, True], ids=["lifted", "lifted and set again"])
def test_what_people_move_at_that_moment_costs_no_other_line(sheet, tracker, edit, repeated):
    before_the_next_write(sheet, lambda: edit(sheet.owner))
    new = (AGAIN,) if repeated else ()
    tracker.commit(Changes(lift=(ONE.hash,), suppress=new, events=(an_event("a"),)))
    assert lines(tracker) == shown(*new, TWO, THREE)
    assert [event.id for event in tracker.snapshot().events] == ["a"]


def test_two_lines_that_changed_places_are_both_lifted(sheet, tracker):
    before_the_next_write(sheet, lambda: sheet.owner.sort("Suppressed", HEADERS[0], descending=True))
    tracker.commit(Changes(lift=(ONE.hash, THREE.hash)))
    assert lines(tracker) == shown(TWO)


def test_a_lost_answer_lifts_once_and_keeps_the_new_line(sheet, tracker):
    def lose(_index, request):
        if request.kind == "write":
            sheet.between = None
            sheet.fail_next(failed_after(503))

    sheet.between = lose
    tracker.commit(Changes(lift=(ONE.hash,), suppress=(AGAIN,)))
    assert lines(tracker) == shown(AGAIN, TWO, THREE)


def test_an_address_that_another_process_lifted_can_be_suppressed_again(sheet, tracker):
    tracker.snapshot()
    other = opened(sheet)
    other.commit(Changes(lift=(ONE.hash,)))
    other.close()
    tracker.commit(Changes(suppress=(AGAIN,)))
    assert lines(tracker) == shown(AGAIN, TWO, THREE)


def test_a_protected_line_stays_and_the_rest_is_written(sheet, tracker):
    sheet.owner.protect("Suppressed", "A2:C2")
    tracker.commit(Changes(lift=(ONE.hash, TWO.hash), events=(an_event("a"),)))
    assert lines(tracker) == shown(ONE, THREE)
    assert [event.id for event in tracker.snapshot().events] == ["a"]


@pytest.mark.parametrize("header", HEADERS)
def test_a_new_line_holds_where_a_column_is_put_in_front_at_that_moment(sheet, tracker, header):
    tracker.snapshot()
    before_the_next_write(sheet, lambda: sheet.owner.insert_column("Suppressed", header, "Note"))
    new = Suppression("d" * 64, "bounced", NOW)
    tracker.commit(Changes(suppress=(new,)))
    assert lines(tracker) == shown(ONE, TWO, THREE, new)


NEW = Suppression("d" * 64, "unsubscribed", NOW)


@pytest.fixture
def two(sheet, tracker):
    """Processes that have read the same lines."""
    found = (tracker, opened(sheet))
    for each in found:
        each.snapshot()
    yield found
    found[1].close()


def reasons(sheet):
    return [row["Reason"] for row in sheet.owner.records("Suppressed")]


def test_two_processes_that_bar_one_address_leave_one_line(sheet, two):
    for number, each in enumerate(two):
        each.commit(Changes(suppress=(NEW,), events=(an_event(f"{number}"),)))
    assert reasons(sheet) == ["reason a", "reason b", "reason c", "unsubscribed"]
    assert [event.id for event in two[0].snapshot().events] == ["0", "1"]


@pytest.mark.parametrize("hours", [0, 30], ids=["at once", "when its guard is old"])
def test_a_line_that_the_owner_deleted_can_be_set_again_and_again_by_two_at_once(sheet, tracker, hours):
    for _ in range(3):
        sheet.owner.delete_rows("Suppressed", 2, 3)
        found = [opened(sheet, timedelta(hours=hours)) for _ in range(2)]
        for each in found:
            each.snapshot()
        for each in found:
            each.commit(Changes(suppress=(ONE, TWO, THREE)))
            each.close()
        assert reasons(sheet) == ["reason a", "reason b", "reason c"]


def test_a_line_that_another_process_lifted_and_set_again_stays_one(sheet, two):
    mine, other = two
    other.commit(Changes(lift=(ONE.hash,)))
    other.commit(Changes(suppress=(AGAIN,)))
    mine.commit(Changes(lift=(ONE.hash,), suppress=(AGAIN,)))
    assert sorted(reasons(sheet)) == ["reason b", "reason c", "unsubscribed by link"]


def test_a_line_set_again_when_its_guard_is_old_takes_one_write(sheet, tracker):
    tracker.commit(Changes(lift=(ONE.hash,)))
    later = opened(sheet, timedelta(hours=30))
    later.snapshot()
    sheet.request_log.clear()
    later.commit(Changes(suppress=(AGAIN,)))
    later.close()
    assert [request.status for request in sheet.request_log if request.kind == "write"] == [200]
    assert lines(tracker) == shown(TWO, THREE, AGAIN)
