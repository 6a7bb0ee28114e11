"""Rows that are deleted, copied, torn, typed by hand, or lose their Lead ID: what follows, what is said."""

import pytest

from sheetflow.ledger import state
from sheetflow.sheet.reconcile import TORN
from sheetflow.workflow.events import Kind
from sheetflow.workflow.typed import is_day_first
from tests.sheet.world import lead_id


@pytest.fixture
def twelve(world):
    found = [world.arrives(number) for number in range(1, 13)]
    world.syncs()
    return found


def delete(world, *leads):
    for lead in leads:
        world.owner.delete_rows("Leads", world.row(lead))


def test_a_deleted_row_stays_deleted_and_its_lead_is_stopped(world, twelve):
    delete(world, twelve[3])
    world.syncs()
    world.syncs()
    assert len(world.events(twelve[3], Kind.ROW_DELETED)) == 1
    assert twelve[3] not in world.ids()
    assert world.lead(twelve[3])["place"] == "gone"
    assert world.differences() == []


def test_a_row_that_is_undone_is_that_lead_again_and_paused(world, twelve):
    row = world.owner.rows("Leads")[4]
    delete(world, twelve[3])
    world.syncs()
    world.owner.insert_rows("Leads", 5)
    world.owner.fill("Leads", [row], 5)
    world.syncs()
    assert world.cells(twelve[3])["Status"] == "Paused"
    assert "came back" in world.cells(twelve[3])["Why"]
    assert world.differences() == []


def test_nine_of_twelve_rows_deleted_by_a_slip_are_no_wish(world, twelve):
    rows = world.owner.rows("Leads")
    delete(world, *twelve[:9])
    looked = world.syncs(numbers=True)
    assert "9 rows of Leads are gone at once" in looked.follow_ups
    assert "9 rows of Leads" in world.control()["Problems"]
    assert all(world.events(lead, Kind.ROW_DELETED) == [] for lead in twelve)
    fresh = world.arrives(20)
    world.syncs()
    assert fresh in world.ids()
    world.owner.fill("Leads", rows, 1)
    looked = world.syncs()
    assert looked.follow_ups == ""
    world.syncs()
    assert sorted(world.ids()) == sorted({*twelve, fresh} & set(world.ids()))
    assert all(world.lead(lead)["problem"] == "" for lead in twelve)


def test_the_word_deleted_beside_the_sentence_confirms_it_once(world, twelve):
    delete(world, *twelve[:9])
    world.syncs(numbers=True)
    row = world.owner.find("Control", "Setting", "Problems")
    world.owner.type("Control", f"C{row}", "DELETED")
    looked = world.syncs(numbers=True)
    assert looked.follow_ups == ""
    assert all(len(world.events(lead, Kind.ROW_DELETED)) == 1 for lead in twelve[:9])
    world.syncs(numbers=True)
    assert world.owner.rows("Control")[row - 1][2] == "What needs you. Empty is good."
    assert world.differences() == []


def test_most_of_the_closed_rows_can_be_deleted_on_purpose(world, twelve):
    for lead in twelve[:10]:
        world.types(lead, "Status", "Lost")
    world.syncs()
    delete(world, *twelve[:7])
    assert world.syncs().follow_ups == ""
    assert all(len(world.events(lead, Kind.ROW_DELETED)) == 1 for lead in twelve[:7])


def test_a_row_that_went_is_not_mailed_before_the_next_whole_look(world, twelve):
    delete(world, twelve[0])
    world.sheet.look(whole=False)
    assert "isn't in the Sheet" in world.lead(twelve[0])["problem"]
    world.syncs()
    assert world.lead(twelve[0])["place"] == "gone"


def test_copies_hold_both_rows_and_say_so_until_one_goes(world, twelve):
    world.owner.paste_rows("Leads", 2, 1, 14)
    looked = world.syncs()
    assert any(twelve[0] in said for said in looked.problems)
    rows = [row for row in world.owner.records("Leads") if row["Lead ID"] == twelve[0]]
    assert ["2 rows" in row["Why"] for row in rows] == [True, True]
    world.owner.delete_rows("Leads", 14)
    world.syncs()
    assert world.lead(twelve[0])["problem"] == ""
    assert world.differences() == []


def test_a_copy_without_its_lead_id_is_taken_in_as_the_same_person(world, twelve):
    world.owner.paste_rows("Leads", 2, 1, 14)
    world.owner.type_in("Leads", 14, "Lead ID", "")
    world.syncs()
    world.syncs()
    world.syncs()
    row = world.owner.records("Leads")[12]
    assert row["Status"] == "Paused"
    assert f"Same person as {twelve[0]}" in world.events(row["Lead ID"], Kind.STATUS)[0].detail
    assert world.differences() == []


@pytest.mark.parametrize("last", ["Name", "Phone"])
def test_rows_torn_by_sorting_some_columns_are_held_and_nothing_counts_as_typed(world, twelve, last):
    before = world.owner.rows("Leads")
    world.owner.sort_columns("Leads", "Name", last, descending=True)
    looked = world.syncs()
    held = [lead for lead in twelve if world.lead(lead)["problem"] == TORN]
    assert len(held) >= 10
    assert any("torn" in said for said in looked.problems)
    assert all(world.events(lead, Kind.EDITED) == [] for lead in twelve)
    now = world.owner.rows("Leads")
    for number, row in enumerate(before[1:], 1):
        now[number][: len(row)] = row
    world.owner.fill("Leads", now)
    world.syncs()
    assert all(world.lead(lead)["problem"] == "" for lead in twelve)
    assert world.differences() == []


def test_swapped_lead_ids_hold_both(world, twelve):
    world.types(twelve[0], "Lead ID", "x")
    world.types(twelve[1], "Lead ID", twelve[0])
    world.owner.type_in("Leads", world.owner.find("Leads", "Lead ID", "x"), "Lead ID", twelve[1])
    world.syncs()
    assert [world.lead(lead)["problem"] for lead in twelve[:2]] == [TORN, TORN]
    assert world.events(twelve[0], Kind.EDITED) == []


@pytest.mark.parametrize("text", ["", "mine", lead_id(2)])
def test_a_lead_id_that_was_emptied_or_changed_is_put_back(world, twelve, text):
    row = world.row(twelve[0])
    world.types(twelve[0], "Lead ID", text)
    world.syncs()
    assert world.owner.records("Leads")[row - 2]["Lead ID"] == twelve[0]
    world.syncs()
    assert world.differences() == []
    assert all(world.events(lead, Kind.ROW_DELETED) == [] for lead in twelve)


def test_a_lead_id_dragged_over_others_is_put_right(world, twelve):
    for lead in twelve[4:7]:
        world.types(lead, "Lead ID", twelve[3])
    world.syncs()
    world.syncs()
    assert sorted(world.ids()) == sorted(twelve)
    assert world.differences() == []


def test_an_unknown_lead_id_is_named_and_neither_taken_in_nor_written(world, twelve):
    world.owner.fill("Leads", [["New", "Eve", "", "", "", "", "", "", "", "eve@example.net"]], 14)
    world.owner.type_in("Leads", 14, "Lead ID", "4711")
    world.syncs()
    looked = world.syncs()
    assert any("4711" in said for said in looked.problems)
    assert world.owner.records("Leads")[12]["Why"] == ""
    assert world.owner.records("Leads")[12]["Lead ID"] == "4711"


def test_a_row_typed_by_hand_becomes_a_paused_lead_once_it_has_stayed_a_minute(world, twelve):
    world.owner.fill(
        "Leads", [["New", "Eve", "", "2026-05-01", "Zoe", "call her", "", "", "", "eve@example.net"]], 14
    )
    world.syncs()
    assert world.owner.records("Leads")[12]["Lead ID"] == ""
    world.syncs()
    row = world.owner.records("Leads")[12]
    assert (row["Status"], row["Owner"], row["Notes"]) == ("Paused", "Zoe", "call her")
    assert row["Next follow-up"] == "2026-05-01"
    assert row["Source"] == "Sheet"
    world.types(row["Lead ID"], "Status", "New")
    world.syncs()
    assert world.cells(row["Lead ID"])["Why"].startswith("First response goes out now.")


@pytest.mark.parametrize(
    "cells", [["Total", "12"], ["", "type a name here"], ["", "", "", "", "", "", "", "", "", "n/a"]]
)
def test_sums_and_hints_are_no_leads(world, twelve, cells):
    world.owner.fill("Leads", [cells], 14)
    for _ in range(3):
        world.syncs()
    assert world.owner.rows("Leads")[13][: len(cells)] == cells
    assert len(world.ids()) == 12
    fresh = world.arrives(30)
    world.syncs()
    assert world.row(fresh) == 14
    assert world.owner.rows("Leads")[14][: len(cells)] == cells
    assert world.differences() == []


def test_prefilled_checkboxes_and_formulas_below_are_where_new_leads_go(world, twelve):
    end = world.owner.rows("Leads")[0].index("Lead ID") + 1
    world.owner.fill("Leads", [[*row, *[""] * (end - len(row)), False] for row in world.owner.rows("Leads")])
    world.owner.fill("Leads", [[""] * end + [False]] * 50, 14)
    fresh = world.arrives(30)
    world.syncs()
    assert world.row(fresh) == 14
    assert world.owner.rows("Leads")[13][end] is False
    assert world.differences() == []


def test_a_status_word_that_is_not_known_stays_in_its_cell(world, twelve):
    world.types(twelve[0], "Status", "Quote sent")
    world.syncs()
    world.syncs()
    assert world.cells(twelve[0])["Status"] == "Quote sent"
    assert "isn't a status sheetflow knows" in world.cells(twelve[0])["Why"]


def test_what_is_typed_into_a_column_of_ours_is_written_over_and_kept_in_activity(world, twelve):
    world.types(twelve[0], "Priority", "urgent!")
    world.syncs()
    assert world.cells(twelve[0])["Priority"] == "Normal"
    [event] = world.events(twelve[0], Kind.EDITED)
    assert "urgent!" in event.detail
    assert world.kept(state.SHEET_BATCH) == ""


@pytest.mark.parametrize("cells", [["", "Total", "12"], ["", "", "", "", "Zoe"]])
def test_a_small_look_finds_out_that_the_next_row_is_taken(world, twelve, cells):
    world.owner.fill("Leads", [cells], 14)
    fresh = world.arrives(30)
    world.sheet.look(whole=False)
    world.fake.request_log.clear()
    world.sheet.write()
    assert len(world.fake.request_log) <= 4
    assert world.row(fresh) == 14
    assert world.owner.rows("Leads")[14][: len(cells)] == cells
    world.syncs()
    assert world.differences() == []


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("12.1", '"12.1" isn\'t understood'),
        ("soon", '"soon" isn\'t understood'),
    ],
)
def test_a_next_follow_up_that_is_no_date_is_quoted_as_it_was_typed(world, twelve, typed, said):
    world.sends(twelve[0])
    world.syncs()
    column = chr(ord("A") + world.owner.rows("Leads")[0].index("Next follow-up"))
    [leads] = [sheet for sheet in world.fake.document.sheets if sheet.title == "Leads"]
    row, at = world.row(twelve[0]), ord(column) - ord("A")
    value = 12.1 if typed == "12.1" else typed
    leads.put(row - 1, at, [leads.cell(row - 1, at)._replace(value=value)])
    world.syncs()
    assert said in world.cells(twelve[0])["Why"]
    assert world.syncs().problems == ()
    assert len(world.events(twelve[0], Kind.RESCHEDULED)) == 1


@pytest.mark.parametrize("locale", ["en_US", "en_PH", "ja_JP", "zh_CN", "ko_KR", "hu_HU"])
def test_03_04_is_a_day_of_march_where_the_month_goes_first(locale):
    assert not is_day_first(locale)


@pytest.mark.parametrize("locale", ["en_GB", "de_DE", "fr_FR", "es_MX"])
def test_03_04_is_a_day_of_april_where_the_day_goes_first(locale):
    assert is_day_first(locale)
