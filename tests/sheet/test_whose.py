"""Older and newer versions, another ledger's Sheet, a damaged seal, tabs and columns that go and return."""

import copy

import pytest

from sheetflow.errors import SheetUnavailable
from sheetflow.ledger import schema, state
from sheetflow.ledger.ledger import Ledger
from sheetflow.workflow.events import Kind
from tests.fakes.sheets_faults import NOT_SHARED, WRONG_ID
from tests.sheet.conftest import WORKFLOW


@pytest.fixture
def leads(world):
    found = [world.arrives(number) for number in range(1, 5)]
    world.syncs(numbers=True)
    return found


def saved(world):
    """The spreadsheet as File, Version history has it."""
    return copy.deepcopy({"sheets": world.fake.document.sheets, "named": world.fake.document.named_ranges})


def restores(world, version):
    world.fake.document.sheets = copy.deepcopy(version["sheets"])
    world.fake.document.named_ranges = copy.deepcopy(version["named"])


def test_an_older_version_undoes_nothing_that_happened_since(world, leads):
    version = saved(world)
    world.sends(leads[0])
    world.types(leads[1], "Status", "Do not contact")
    fresh = world.arrives(9)
    world.syncs(numbers=True)
    world.replies(leads[2])
    restores(world, version)
    looked = world.syncs(numbers=True)
    assert looked.sending == "PAUSED"
    assert any("older version" in said for said in looked.problems)
    world.syncs(numbers=True)
    assert world.control()["Sending"] == "PAUSED"
    assert "older version" in world.control()["Problems"]
    assert world.cells(leads[1])["Status"] == "Do not contact"
    assert world.cells(leads[2])["Status"] == "Replied"
    assert fresh in world.ids()
    assert world.differences() == []
    told = {line["Event ID"] for line in world.owner.records("Activity")}
    assert {event.id for lead in [*leads, fresh] for event in world.events(lead)} <= told
    world.owner.type_in("Control", world.owner.find("Control", "Setting", "Sending"), "Value", "ON")
    assert world.syncs(numbers=True).sending == "ON"
    world.syncs(numbers=True)
    assert world.control()["Problems"] == ""


def test_a_small_look_knows_an_older_version_too(world, leads):
    version = saved(world)
    world.types(leads[1], "Status", "Won")
    world.syncs()
    world.sends(leads[0])
    world.syncs()
    restores(world, version)
    assert world.sheet.look(whole=False).sending == "PAUSED"
    assert len(world.events(leads[1], Kind.STATUS)) == 1


def test_a_ledger_older_than_the_sheet_sends_nothing_and_writes_nothing(world, leads, tmp_path):
    with world.ledger.writing() as book:
        number = int(book.get(state.SHEET_NUMBER))
    world.sends(leads[0])
    world.syncs()
    world.sends(leads[1])
    world.syncs()
    with world.ledger.writing() as book:
        book.put(state.SHEET_NUMBER, str(number))
    world.fake.request_log.clear()
    looked = world.syncs(numbers=True)
    assert "restore" in looked.closed
    assert world.fake.writes == 0


def test_another_ledgers_sheet_is_neither_written_nor_read(world, leads, tmp_path):
    other = Ledger(f"sqlite:///{tmp_path / 'other.db'}", WORKFLOW, world.time)
    second = world.connects(other)
    world.types(leads[0], "Status", "Won")
    world.fake.request_log.clear()
    looked = second.look(whole=True)
    second.write(numbers=True)
    assert "another ledger" in looked.closed
    assert world.fake.writes == 0
    with other.reading() as book:
        assert book.lead_ids(schema.leads.c.id != "") == []
    second.close()
    other.close()
    assert world.syncs().closed == ""


def test_a_sheet_without_tabs_asks_for_setup(world):
    for tab in ("Leads", "Activity", "Control", "Dashboard", "Sheetflow"):
        world.owner.delete_tab(tab)
    looked = world.syncs(numbers=True)
    assert "setup" in looked.closed
    assert world.fake.writes == 0


@pytest.mark.parametrize("how", ["emptied", "replaced", "deleted"])
def test_a_damaged_seal_is_put_back_silently(world, leads, how):
    world.sends(leads[0])
    world.types(leads[1], "Status", "Won")
    match how:
        case "emptied":
            world.owner.fill("Sheetflow", [["", "", ""]])
        case "replaced":
            world.owner.type("Sheetflow", "A1", "Ada")
        case "deleted":
            world.owner.delete_rows("Sheetflow", 1)
    looked = world.syncs(numbers=True)
    assert (looked.closed, looked.sending) == ("", "ON")
    world.syncs(numbers=True)
    assert world.cells(leads[1])["Status"] == "Won"
    assert world.owner.rows("Sheetflow")[0][0] == world.kept(state.LEDGER)
    assert world.differences() == []


def test_a_seal_that_is_damaged_after_a_lost_answer_loses_nothing(world, leads):
    from tests.fakes.sheets_faults import ANSWER_LOST

    world.sends(leads[0])
    fresh = world.arrives(8)
    world.sheet.look(whole=True)
    world.fake.faults = lambda index, request: ANSWER_LOST if request.kind == "write" else None
    with pytest.raises(SheetUnavailable):
        world.sheet.write()
    world.fake.faults = None
    world.owner.fill("Sheetflow", [["", "", ""]])
    world.syncs()
    world.syncs()
    assert world.ids().count(fresh) == 1
    assert world.events(leads[0], Kind.EDITED, Kind.STATUS) == []
    assert world.differences() == []


def test_a_lost_guard_is_set_again(world, leads):
    world.fake.document.named_ranges.clear()
    world.sends(leads[0])
    world.syncs()
    assert [named["name"] for named in world.fake.document.named_ranges][-1].startswith("sheetflow_")
    assert world.differences() == []


@pytest.mark.parametrize("header", ["Status", "Email", "Next follow-up", "Lead ID"])
def test_a_needed_column_that_is_missing_stops_sending_and_never_loses_a_word(world, leads, header):
    world.types(leads[0], "Notes", "mine")
    world.syncs()
    column = [row[world.owner.rows("Leads")[0].index(header)] for row in world.owner.rows("Leads")]
    assert column[0] == header
    world.owner.rename_header("Leads", header, "Something else")
    looked = world.syncs(numbers=True)
    assert f'no column "{header}"' in looked.closed
    fresh = world.arrives(7)
    world.syncs(numbers=True)
    world.owner.rename_header("Leads", "Something else", header)
    assert world.syncs().closed == ""
    world.syncs()
    assert world.differences() == []
    assert fresh in world.ids()
    for lead in (*leads, fresh):
        assert world.events(lead, Kind.STATUS, Kind.EDITED, Kind.RESCHEDULED, Kind.ROW_DELETED) == []


def test_a_status_that_was_deleted_and_made_anew_is_filled_again(world, leads):
    world.types(leads[0], "Status", "Won")
    world.syncs()
    world.owner.delete_column("Leads", "Status")
    fresh = world.arrives(7)
    assert "Status" in world.syncs().closed
    world.owner.insert_column("Leads", "Name", "Status")
    world.syncs()
    assert [world.cells(lead)["Status"] for lead in (leads[0], leads[1], fresh)] == ["Won", "New", "New"]
    assert world.differences() == []


def test_two_columns_of_one_name_count_as_a_missing_one(world, leads):
    world.owner.insert_column("Leads", "Why", "Status")
    looked = world.syncs()
    assert "twice" in " ".join(looked.problems)
    assert looked.closed
    world.owner.delete_column("Leads", "C")
    assert world.syncs().closed == ""
    assert world.differences() == []


def test_a_lead_column_that_is_missing_is_told_in_details_until_it_is_back(world, leads):
    world.owner.rename_header("Leads", "Phone", "Zzz")
    fresh = world.arrives(7, phone="+49 30 1234567")
    looked = world.syncs(numbers=True)
    assert 'no column "Phone"' in " ".join(looked.problems)
    assert looked.closed == ""
    world.syncs()
    assert "Phone: +49 30 1234567" in world.cells(fresh)["Details"]
    world.owner.rename_header("Leads", "Zzz", "Phone")
    world.syncs()
    world.syncs()
    assert world.cells(fresh)["Phone"] == "+49 30 1234567"
    assert "Phone" not in world.cells(fresh)["Details"]
    assert world.differences() == []


def test_a_deleted_tab_of_leads_deletes_no_lead(world, leads):
    version = saved(world)
    world.owner.delete_tab("Leads")
    fresh = world.arrives(7)
    looked = world.syncs(numbers=True)
    assert "The tab Leads is gone" in looked.follow_ups
    assert looked.closed == ""
    assert all(world.events(lead, Kind.ROW_DELETED) == [] for lead in leads)
    world.fake.document.sheets.insert(0, next(one for one in version["sheets"] if one.title == "Leads"))
    assert world.syncs().follow_ups == ""
    assert fresh in world.ids()
    assert world.differences() == []


def test_a_copy_of_leads_takes_the_place_of_a_deleted_one(world, leads):
    rows = world.owner.rows("Leads")
    world.owner.add_tab("Copy of Leads")
    world.owner.fill("Copy of Leads", rows)
    world.owner.delete_tab("Leads")
    assert world.syncs().follow_ups == ""
    fresh = world.arrives(7)
    world.syncs()
    ids = [row["Lead ID"] for row in world.owner.records("Copy of Leads")]
    assert ids == [*leads, fresh]


def copies_leads(world):
    rows = world.owner.rows("Leads")
    world.owner.add_tab("Copy of Leads")
    world.owner.fill("Copy of Leads", rows)


def taken_away(world):
    """The tab Leads as it was when its owner deleted it."""
    leads = next(one for one in world.fake.document.sheets if one.title == "Leads")
    world.owner.delete_tab("Leads")
    return leads


def test_while_leads_and_its_copy_are_there_control_says_which_one_is_read(world, leads):
    copies_leads(world)
    original = taken_away(world)
    assert world.syncs(numbers=True).follow_ups == ""
    world.fake.document.sheets.insert(0, original)
    world.types(leads[0], "Status", "Lost")
    looked = world.syncs(numbers=True)
    assert looked.follow_ups.startswith(
        'Two tabs could be Leads: "Copy of Leads" is read and written, and "Leads" isn\'t'
    )
    assert looked.follow_ups in world.control()["Problems"]
    assert world.lead(leads[0])["status"] == "New"
    world.owner.delete_tab("Copy of Leads")
    looked = world.syncs(numbers=True)
    assert (looked.follow_ups, world.control()["Problems"]) == ("", "")
    assert world.lead(leads[0])["status"] == "Lost"
    assert world.syncs().problems == ()
    assert world.differences() == []


def test_no_old_word_or_date_in_a_tab_that_takes_the_place_of_leads_sends_anything(world, leads):
    world.types(leads[1], "Next follow-up", "2026-04-20 10:00")
    world.syncs()
    copies_leads(world)
    world.sends(leads[0])
    world.types(leads[1], "Next follow-up", "2026-05-04 10:00")
    world.types(leads[2], "Status", "Won")
    world.syncs()
    before = [world.lead(lead)["status"] for lead in leads[:3]]
    assert before == ["Contacted", "New", "Won"]
    taken_away(world)
    world.owner.type_in("Copy of Leads", 5, "Status", "Lost")
    world.syncs()
    world.syncs()
    assert [world.lead(lead)["status"] for lead in leads[:4]] == [*before, "Lost"]
    assert [event.detail for event in world.events(leads[1], Kind.RESCHEDULED)] == [
        "2026-04-20T10:00",
        "2026-05-04T10:00",
    ]
    assert any("New" in event.detail for event in world.events(leads[2], Kind.EDITED))
    row = next(row for row in world.owner.records("Copy of Leads") if row["Lead ID"] == leads[2])
    assert row["Status"] == "Won"


@pytest.mark.parametrize("word", ["PAUSED", "", "off", "on please"])
def test_any_word_but_on_pauses(world, leads, word):
    world.owner.type_in("Control", world.owner.find("Control", "Setting", "Sending"), "Value", word)
    assert world.syncs().sending == word
    assert world.kept(state.SENDING) == word
    world.owner.type_in("Control", world.owner.find("Control", "Setting", "Sending"), "Value", " on ")
    assert world.syncs().sending == "on"


def test_pausing_by_a_command_shows_on_control(world, leads):
    with world.ledger.writing() as book:
        book.put(state.SENDING, "PAUSED")
    assert world.syncs().sending == "PAUSED"
    assert world.control()["Sending"] == "PAUSED"
    assert world.syncs().sending == "PAUSED"


def test_a_missing_control_is_a_pause(world, leads):
    world.owner.delete_tab("Control")
    looked = world.syncs(numbers=True)
    assert looked.sending == ""
    assert any("Control is missing" in said for said in looked.problems)


@pytest.mark.parametrize("fault", [NOT_SHARED, WRONG_ID])
def test_access_that_was_taken_and_given_back(world, leads, fault):
    world.fake.faults = lambda index, request: fault
    with pytest.raises(SheetUnavailable):
        world.syncs()
    world.fake.faults = None
    world.types(leads[0], "Status", "Won")
    world.syncs()
    assert world.differences() == []
