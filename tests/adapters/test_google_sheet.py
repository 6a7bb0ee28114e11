"""The Sheet as people treat it: what can't be right is named, its leads are held, the rest goes on."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from sheetflow.errors import TrackerUnavailable
from sheetflow.tracker.google import GoogleTracker
from sheetflow.workflow import tracked
from sheetflow.workflow.lead import RowChange
from sheetflow.workflow.tracked import Changes, is_on
from tests.contracts.people import ADA, BEN, CLO, a_claim, a_lead, an_event, leads
from tests.fakes.sheets import FakeSheets
from tests.jobs.world import WORKFLOW

CONTACTED = RowChange(ADA, {"status": "Following up"}, {"status": "Contacted"})


@pytest.fixture
def sheet() -> Iterator[FakeSheets]:
    with FakeSheets(locale="en_GB", time_zone="Europe/Berlin") as fake:
        yield fake


@pytest.fixture
def tracker(sheet: FakeSheets) -> Iterator[GoogleTracker]:
    """Three leads."""
    opened = GoogleTracker(
        sheet.spreadsheet_id,
        sheet.service_account_json,
        sheet.url,
        WORKFLOW,
        lambda: datetime.now(UTC),
        lambda _: None,
    )
    opened.commit(leads(a_lead(ADA, name="Ada"), a_lead(BEN, name="Ben"), a_lead(CLO, name="Clo")))
    yield opened
    opened.close()


def problems(tracker):
    return {lead.id: lead.problem for lead in tracker.snapshot().leads if lead.problem}


@pytest.mark.parametrize("header", ["Lead ID", "Status", "Email", "Next follow-up", "Sheetflow"])
def test_a_missing_needed_column_stops_sending_and_is_named(sheet, tracker, header):
    sheet.owner.delete_column("Leads", header)
    snapshot = tracker.snapshot()
    assert not is_on(snapshot.control[tracked.SENDING])
    assert any(f'no column "{header}"' in problem for problem in snapshot.problems)


def test_a_lead_is_captured_with_the_columns_there_are(sheet, tracker):
    sheet.owner.delete_column("Leads", "Status")
    tracker.commit(leads(a_lead("L-DQRADQRADQ", name="Dora", email="dora@example.org")))
    assert sheet.owner.records("Leads")[-1]["Email"] == "dora@example.org"


@pytest.mark.parametrize("header", ["Lead ID", "Status", "Sheetflow", "Priority"])
def test_setup_puts_a_missing_column_back_and_keeps_what_people_made(sheet, tracker, header):
    sheet.owner.insert_column("Leads", "Notes", "Budget")
    sheet.owner.delete_column("Leads", header)
    did = tracker.setup()
    assert f"Added columns to Leads: {header}." in did
    found = sheet.owner.rows("Leads")[0]
    assert found.count(header) == 1
    assert "Budget" in found
    assert [lead.id for lead in tracker.snapshot().leads] == [ADA, BEN, CLO]


def test_a_column_that_stands_twice_stops_sending_and_is_named(sheet, tracker):
    sheet.owner.insert_column("Leads", "Notes", "Email")
    snapshot = tracker.snapshot()
    assert not is_on(snapshot.control[tracked.SENDING])
    assert any("has the column Email twice" in problem for problem in snapshot.problems)


def test_a_header_known_by_another_name_is_found(sheet, tracker):
    sheet.owner.rename_header("Leads", "Status", "stage")
    sheet.owner.rename_header("Leads", "Email", "E-Mail")
    tracker.commit(Changes(rows=(CONTACTED,)))
    assert tracker.snapshot().leads[0].status == "Following up"
    assert tracker.snapshot().problems == ()


def test_copies_of_a_row_are_held_and_the_others_go_on(sheet, tracker):
    sheet.owner.paste_rows("Leads", 2, 1, 8)
    found = problems(tracker)
    assert set(found) == {ADA}
    assert "stands in 2 rows" in found[ADA]
    [granted] = tracker.claim([a_claim(ADA)], Changes())
    assert granted.lead_id == ""
    whys = [row["Why"] for row in sheet.owner.records("Leads") if row["Lead ID"] == ADA]
    assert [("stands in 2 rows" in why) for why in whys] == [True, True]


@pytest.mark.parametrize(("first", "last"), [("Lead ID", "Status"), ("Name", "Email"), ("Email", "Email")])
def test_rows_sorted_in_part_are_held(sheet, tracker, first, last):
    sheet.owner.sort_columns("Leads", first, last, descending=True)
    found = problems(tracker)
    assert set(found) == {ADA, CLO}
    assert all("belong to another lead" in problem for problem in found.values())
    tracker.commit(Changes(control={tracked.LAST_JOB: "now"}))
    sheet.owner.sort_columns("Leads", first, last)
    assert problems(tracker) == {}


def test_a_corrected_address_is_no_torn_row(sheet, tracker):
    sheet.owner.type_in("Leads", 2, "Email", "ada.new@example.org")
    assert problems(tracker) == {}
    assert tracker.snapshot().leads[0].email == "ada.new@example.org"


@pytest.mark.parametrize("tab", ["Control", "Suppressed", "Activity"])
def test_a_deleted_tab_stops_sending_until_somebody_says_on(sheet, tracker, tab):
    tracker.commit(Changes(events=(an_event("a"),)))
    sheet.owner.delete_tab(tab)
    snapshot = tracker.snapshot()
    assert not is_on(snapshot.control.get(tracked.SENDING, ""))
    assert any(f"The tab {tab} is missing" in problem for problem in snapshot.problems)
    tracker.commit(Changes(events=(an_event("b"),), control={tracked.LAST_JOB: "1"}))
    assert tab in sheet.owner.tabs()
    assert not is_on(tracker.snapshot().control[tracked.SENDING])


def test_cells_protected_against_us_are_named_and_the_others_are_written(sheet, tracker):
    sheet.owner.protect("Leads", "C:C")
    assert any("protected against sheetflow" in problem for problem in tracker.snapshot().problems)
    change = RowChange(ADA, {"status": "Won", "why": "written"}, {"status": "Contacted"})
    tracker.commit(Changes(rows=(change,), events=(an_event("a"),)))
    found = tracker.snapshot()
    assert (found.leads[0].status, found.leads[0].why) == ("Contacted", "written")
    assert [event.id for event in found.events] == ["a"]


def test_a_protected_activity_says_what_to_do(sheet, tracker):
    sheet.owner.protect("Activity")
    with pytest.raises(TrackerUnavailable, match=r"are protected.*let sheetflow@"):
        tracker.commit(Changes(events=(an_event("a"),)))


def test_an_odd_line_in_activity_is_named_and_its_lead_is_held(sheet, tracker):
    tracker.commit(Changes(events=(an_event("a"), an_event("b", BEN))))
    sheet.owner.type_in("Activity", 3, "Time", "yesterday")
    snapshot = tracker.snapshot()
    assert [lead.id for lead in snapshot.leads if lead.problem] == [BEN]
    assert any("can't be read" in problem for problem in snapshot.problems)


@pytest.mark.parametrize(
    "text", ["=1+1", "+44 20", "007", "1e5", "TRUE", "https://example.com", "x" * 60_000]
)
def test_a_lead_s_text_becomes_no_formula_no_number_and_no_link(sheet, tracker, text):
    tracker.commit(leads(a_lead("L-DQRADQRADQ", message=text, phone=text[:100])))
    row = sheet.owner.find("Leads", "Lead ID", "L-DQRADQRADQ")
    at = sheet.owner.rows("Leads")[0].index("Message")
    cell = sheet.owner.cell("Leads", f"{chr(ord('A') + at)}{row}")
    assert sheet.owner.formulas("Leads") == []
    assert str(cell.value)[:49_900] == text[:49_900]
    assert cell.format["hyperlinkDisplayType"] == "PLAIN_TEXT"


def test_two_lines_of_sending_send_nothing(sheet, tracker):
    sheet.owner.paste_rows("Control", 2, 1, 20)
    assert not is_on(tracker.snapshot().control[tracked.SENDING])


def test_guards_are_removed_after_a_day(sheet):
    now = [datetime(2026, 3, 24, 9, tzinfo=UTC)]
    key, sheet_id = sheet.service_account_json, sheet.spreadsheet_id
    tracker = GoogleTracker(sheet_id, key, sheet.url, WORKFLOW, lambda: now[0], lambda _: None)
    tracker.claim([a_claim()], leads(a_lead()))
    before = {named["name"] for named in sheet.document.named_ranges}
    now[0] = now[0].replace(day=25, hour=8)
    tracker.snapshot()
    tracker.commit(Changes(events=(an_event("a"),)))
    assert before <= {named["name"] for named in sheet.document.named_ranges}
    now[0] = now[0].replace(day=25, hour=11)
    tracker.snapshot()
    tracker.commit(Changes(events=(an_event("b"),)))
    assert not before & {named["name"] for named in sheet.document.named_ranges}
    tracker.close()


@pytest.mark.parametrize("letter", ["x", "ü", "雪", "👩", "\n"])
def test_what_is_too_much_for_one_request_goes_in_parts_a_lead_with_its_events(sheet, tracker, letter):
    text = letter * 20_000
    many = [a_lead(f"L-MANY{number:06}", message=text) for number in range(40)]
    events = [an_event(f"e-{lead.id}", lead.id, detail=text) for lead in many]
    sheet.request_log.clear()
    tracker.commit(Changes(leads=tuple(many), events=tuple(events)))
    bodies = [request.body for request in sheet.request_log if request.kind == "write"]
    assert max(map(len, bodies)) <= 2_000_000
    for lead in many:
        (carrier,) = [body for body in bodies if f'"{lead.id}"'.encode() in body]
        assert f'"e-{lead.id}"'.encode() in carrier
    found = tracker.snapshot()
    assert {lead.id for lead in many} <= {lead.id for lead in found.leads}
    assert {event.id for event in events} <= {event.id for event in found.events}
