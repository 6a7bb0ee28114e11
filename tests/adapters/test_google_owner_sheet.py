"""A spreadsheet that its owner filled before sheetflow came, or took apart since."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest

from sheetflow.errors import TrackerUnavailable
from sheetflow.tracker.google import GoogleTracker
from sheetflow.workflow import tracked
from sheetflow.workflow.lead import Mark
from sheetflow.workflow.tracked import Changes, Suppression, is_on
from tests.contracts.people import ADA, BEN, NOW, a_lead, an_event, leads
from tests.fakes.sheets import FakeSheets, Request
from tests.fakes.sheets_owner import Owner
from tests.jobs.world import WORKFLOW


@pytest.fixture
def sheet() -> Iterator[FakeSheets]:
    with FakeSheets(locale="en_GB", time_zone="Europe/Berlin") as fake:
        yield fake


@pytest.fixture
def tracker(sheet: FakeSheets) -> Iterator[GoogleTracker]:
    key, where = sheet.service_account_json, sheet.spreadsheet_id
    opened = GoogleTracker(where, key, sheet.url, WORKFLOW, lambda: datetime.now(UTC), lambda _: None)
    yield opened
    opened.close()


def line_of(owner: Owner, name: str) -> int:
    return owner.find("Control", "Setting", name)


LOST_SALTS: list[Callable[[Owner], None]] = [
    lambda owner: owner.delete_rows("Control", line_of(owner, tracked.SALT)),
    lambda owner: owner.type_in("Control", line_of(owner, tracked.SALT), "Value", ""),
    lambda owner: owner.type_in("Control", line_of(owner, tracked.SALT), "Value", "PAUSED"),
]


@pytest.mark.parametrize("lose", LOST_SALTS)
def test_without_its_salt_nobody_on_suppressed_is_known_so_nothing_is_sent(sheet, tracker, lose):
    tracker.commit(Changes(suppress=(Suppression("a" * 64, "unsubscribed", NOW),)))
    lose(sheet.owner)
    found = tracker.snapshot()
    assert not is_on(found.control[tracked.SENDING])
    assert any("Control has lost its salt" in problem for problem in found.problems)
    assert any("Control has lost its salt" in problem for problem in tracker.check())


@pytest.mark.parametrize("lose", LOST_SALTS)
def test_setup_makes_a_new_salt_and_pauses_until_somebody_says_on(sheet, tracker, lose):
    tracker.setup()
    lose(sheet.owner)
    assert any("Sending is PAUSED" in line for line in tracker.setup())
    assert sheet.owner.records("Control")[0]["Value"] == "PAUSED"
    sheet.owner.type_in("Control", line_of(sheet.owner, tracked.SENDING), "Value", "ON")
    found = tracker.snapshot()
    assert is_on(found.control[tracked.SENDING])
    assert found.problems == ()


def test_a_row_above_the_headers_keeps_new_leads_waiting_and_is_named(sheet, tracker):
    tracker.commit(leads(a_lead(ADA)))
    sheet.owner.insert_rows("Leads", 1)
    sheet.owner.type("Leads", "A1", "My leads")
    before = sheet.owner.rows("Leads")
    tracker.snapshot()
    for attempt in (tracker.setup, lambda: tracker.commit(leads(a_lead(BEN)))):
        with pytest.raises(TrackerUnavailable, match="headers of the tab Leads are in row 2"):
            attempt()
    assert sheet.owner.rows("Leads") == before
    found = tracker.snapshot()
    assert not is_on(found.control[tracked.SENDING])
    assert [problem for problem in found.problems if "row 2" in problem] == list(found.problems)
    sheet.owner.delete_rows("Leads", 1)
    assert tracker.snapshot().problems == ()
    tracker.commit(leads(a_lead(BEN)))
    assert [lead.id for lead in tracker.snapshot().leads] == [ADA, BEN]


def test_a_deleted_row_of_headers_keeps_new_leads_waiting_and_is_named(sheet, tracker):
    tracker.commit(leads(a_lead(ADA)))
    sheet.owner.delete_rows("Leads", 1)
    before = sheet.owner.rows("Leads")
    tracker.snapshot()
    for attempt in (tracker.setup, lambda: tracker.commit(leads(a_lead(BEN)))):
        with pytest.raises(TrackerUnavailable, match="first row of the tab Leads is a lead"):
            attempt()
    assert sheet.owner.rows("Leads") == before


def test_a_lead_waits_where_no_column_could_tell_whose_row_it_is(sheet, tracker):
    tracker.setup()
    for header in ("Lead ID", "Sheetflow"):
        sheet.owner.delete_column("Leads", header)
    tracker.snapshot()
    with pytest.raises(TrackerUnavailable, match='no column "Lead ID"'):
        tracker.commit(leads(a_lead(ADA)))
    tracker.setup()
    tracker.commit(leads(a_lead(ADA)))
    assert [lead.id for lead in tracker.snapshot().leads] == [ADA]


def test_setup_writes_over_no_column_that_has_words_but_no_header(sheet, tracker):
    sheet.owner.add_tab("leads")
    rows = [["Name", "E-Mail"], ["Ida", "ida@example.org", "", "likes tea"], ["Bo", "bo@example.org", "tall"]]
    sheet.owner.fill("leads", rows)
    tracker.setup()
    found = sheet.owner.rows("leads")
    assert [row[:4] for row in found] == [
        ["Name", "E-Mail", "", ""],
        ["Ida", "ida@example.org", "", "likes tea"],
        ["Bo", "bo@example.org", "tall", ""],
    ]
    assert "Lead ID" in found[0]
    assert tracker.snapshot().leads == ()
    assert len(tracker.snapshot().typed_by_hand) == 2


def test_tabs_that_people_named_like_ours_stay_theirs(sheet, tracker):
    names = ("Activity", "Control", "Suppressed", "Dashboard", "Sheetflow")
    for name in names:
        sheet.owner.add_tab(name)
        sheet.owner.fill(name, [["mine", "too"], [1, 2]])
    tracker.setup()
    tracker.commit(Changes(leads=(a_lead(ADA),), events=(an_event("a"),)))
    assert [sheet.owner.rows(name) for name in names] == [[["mine", "too"], [1, 2]]] * len(names)
    found = tracker.snapshot()
    assert is_on(found.control[tracked.SENDING])
    assert found.problems == ()


def test_a_lead_id_of_somebody_else_holds_its_row_and_its_words_stand(sheet, tracker):
    sheet.owner.add_tab("Leads")
    rows = [["ID", "Email", "Stage"], [1, "ida@example.org", "New"], [2, "bo@example.org", "Won"]]
    sheet.owner.fill("Leads", rows)
    tracker.commit(leads(a_lead(ADA)))
    found = tracker.snapshot()
    assert {lead.id for lead in found.leads if "never gave this Lead ID" in lead.problem} == {"1", "2"}
    assert any("2 rows of Leads: Sheetflow never gave" in problem for problem in found.problems)
    assert {lead.mark for lead in found.leads if lead.problem} == {Mark()}
    assert [row[:3] for row in sheet.owner.rows("Leads")[:3]] == rows


def test_a_new_row_whose_columns_moved_is_mended_though_rows_move_meanwhile(sheet, tracker):
    tracker.commit(leads(a_lead(ADA, name="Ada", message="old")))
    edits = [
        lambda: sheet.owner.move_column("Leads", "Next follow-up", "Message"),
        lambda: sheet.owner.delete_rows("Leads", 2),
    ]

    def between(_: int, request: Request) -> None:
        if edits and request.verb == "batchUpdate":
            edits.pop(0)()

    sheet.between = between
    tracker.commit(leads(a_lead(BEN, name="Ben", message="new")))
    rows = [row for row in sheet.owner.records("Leads") if any(row.values())]
    assert [(row["Lead ID"], row["Message"], row["Next follow-up"]) for row in rows] == [(BEN, "new", "")]


def test_tabs_that_lost_their_tags_are_known_by_their_titles_and_headers(sheet, tracker):
    tracker.commit(leads(a_lead(ADA)))
    tracker.commit(Changes(events=(an_event("a"),), control={tracked.LAST_JOB: "1"}))
    for tab in sheet.document.sheets:
        tab.metadata.clear()
    found = tracker.snapshot()
    assert [lead.id for lead in found.leads] == [ADA]
    assert [event.id for event in found.events] == ["a"]
    assert found.control[tracked.LAST_JOB] == "1"
    assert is_on(found.control[tracked.SENDING])
    tracker.setup()
    assert not any(tab.startswith(("Leads (", "Activity (", "Control (")) for tab in sheet.owner.tabs())


def test_a_deleted_tab_leads_keeps_new_leads_waiting_until_it_is_back(sheet, tracker):
    tracker.commit(Changes(leads=(a_lead(ADA),), events=(an_event("a"),)))
    whole = sheet.document.copy()
    sheet.owner.delete_tab("Leads")
    assert not is_on(tracker.snapshot().control[tracked.SENDING])
    with pytest.raises(TrackerUnavailable, match="tab Leads was deleted"):
        tracker.commit(leads(a_lead(BEN)))
    assert "Leads" not in sheet.owner.tabs()
    sheet.document.adopt(whole)
    tracker.snapshot()
    tracker.commit(leads(a_lead(BEN)))
    assert [lead.id for lead in tracker.snapshot().leads] == [ADA, BEN]


def test_setup_makes_an_empty_tab_leads_where_it_was_deleted_for_good(sheet, tracker):
    tracker.commit(Changes(leads=(a_lead(ADA),), events=(an_event("a"),)))
    sheet.owner.delete_tab("Leads")
    assert "Made the tab Leads." in tracker.setup()
    tracker.commit(leads(a_lead(BEN)))
    assert [lead.id for lead in tracker.snapshot().leads] == [BEN]
