"""An owner's edit between any two requests of a sync, and a fault at any of them."""

import contextlib
import os
import signal

import pytest

from sheetflow.errors import SheetUnavailable
from sheetflow.workflow.events import Kind
from tests.fakes import sheets_faults as faults
from tests.simulation.processes import KILLED, fork, wait

LOOK, WRITE, AFTER = 0, 1, 2  # the requests of the sync below when nothing goes wrong, and what comes then


def sort(world, leads):
    world.owner.sort("Leads", "Name", descending=True)


def insert_row(world, leads):
    world.owner.insert_rows("Leads", 3, 2)
    world.owner.type("Leads", "F3", "my own note")


def move_rows(world, leads):
    world.owner.move_rows("Leads", 2, 5, 1)


def insert_column(world, leads):
    world.owner.insert_column("Leads", "Why", "Mine")
    world.owner.type_in("Leads", 2, "Mine", "a word")


def delete_column(world, leads):
    world.owner.delete_column("Leads", "Own")


def move_column(world, leads):
    world.owner.move_column("Leads", "Own", "Name")


def move_our_column(world, leads):
    world.owner.move_column("Leads", "Why", "Received")


def rename_header(world, leads):
    world.owner.rename_header("Leads", "Owner", "Assigned to")


def rename_tab(world, leads):
    world.owner.rename_tab("Leads", "People")


def move_activity_column(world, leads):
    world.owner.move_column("Activity", "Event", "Time")


def sort_control(world, leads):
    world.owner.sort("Control", "Setting", descending=True)


def change_status(world, leads):
    world.types(leads[0], "Status", "Booked")


def change_other_status(world, leads):
    world.types(leads[1], "Status", "Lost")


def type_date(world, leads):
    world.types(leads[0], "Next follow-up", "2026-04-20 10:00")


def type_own(world, leads):
    world.types(leads[1], "Own", "do not touch")


def delete_row(world, leads):
    world.owner.delete_rows("Leads", world.row(leads[1]))


def delete_its_row(world, leads):
    world.owner.delete_rows("Leads", world.row(leads[0]))


def paste_copies(world, leads):
    height = len(world.owner.rows("Leads"))
    world.owner.paste_rows("Leads", 2, 2, height + 1)


EDITS = [
    sort,
    insert_row,
    move_rows,
    insert_column,
    delete_column,
    move_column,
    move_our_column,
    rename_header,
    rename_tab,
    move_activity_column,
    sort_control,
    change_status,
    change_other_status,
    type_date,
    type_own,
    delete_row,
    delete_its_row,
    paste_copies,
]
FAULTS = {
    "answer lost": faults.ANSWER_LOST,
    "answer cut": faults.ANSWER_CUT,
    "429": faults.refused(429),
    "503": faults.refused(503),
    "503 after it was applied": faults.failed_after(503),
    "reset": faults.RESET_BEFORE,
    "HTML": faults.HTML_502,
}


@pytest.fixture
def leads(world):
    found = [world.arrives(number) for number in range(1, 6)]
    world.syncs()
    column = world.owner.rows("Leads")[0].index("Lead ID") + 2
    world.owner.type("Leads", f"{chr(ord('A') + column - 1)}1", "Own")
    for lead in found:
        world.types(lead, "Own", f"mine of {lead}")
    world.syncs()
    world.sends(found[0])
    world.sends(found[3])
    return [*found, world.arrives(6), world.arrives(7)]


def settles(world):
    """Two more syncs without anything in between; copies go first, as the Sheet asks for."""
    world.syncs()
    tab = "People" if "People" in world.owner.tabs() else "Leads"
    if tab == "People":
        world.owner.rename_tab("People", "Leads")
    seen = set()
    for _number, row in reversed(list(enumerate(world.owner.records("Leads"), 2))):
        if row["Lead ID"] and row["Lead ID"] in seen:
            world.owner.delete_rows("Leads", world.owner.rows("Leads").index(list(row.values())) + 1)
        seen.add(row["Lead ID"])
    world.syncs(numbers=True)
    world.syncs()
    world.fake.request_log.clear()
    world.syncs()
    assert world.fake.writes == 0


def own_words(world):
    return {row["Lead ID"]: row["Own"] for row in world.owner.records("Leads") if row.get("Own")}


@pytest.mark.parametrize("at", [WRITE, AFTER])
@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit.__name__)
def test_sheet_and_ledger_agree_whatever_was_done_between_two_requests(world, leads, edit, at):
    before = own_words(world)

    def between(index, request):
        if index == at:
            edit(world, leads)

    world.fake.request_log.clear()
    world.fake.between = between
    try:
        world.syncs(numbers=True)
    finally:
        world.fake.between = None
    assert len(world.fake.request_log) <= 8
    if len(world.fake.request_log) <= at:
        edit(world, leads)
    settles(world)
    assert world.differences() == []
    after = own_words(world)
    gone = {one for one in leads if one not in world.ids()}
    if edit is not delete_column:
        assert {one: word for one, word in before.items() if one not in gone} | (
            {leads[1]: "do not touch"} if edit is type_own else {}
        ) == after
    if edit in (delete_row, delete_its_row):
        lead = leads[1] if edit is delete_row else leads[0]
        assert gone == {lead}
        assert len(world.events(lead, Kind.ROW_DELETED)) == 1
    else:
        assert gone == set()
    if edit is change_status:
        assert world.cells(leads[0])["Status"] == "Booked"
        assert len(world.events(leads[0], Kind.STATUS)) == 1
    elif edit is change_other_status:
        assert world.cells(leads[1])["Status"] == "Lost"
    elif edit is type_date:
        assert [event.detail for event in world.events(leads[0], Kind.RESCHEDULED)] == ["2026-04-20T10:00"]
    else:
        for lead in leads:
            assert world.events(lead, Kind.STATUS, Kind.RESCHEDULED, Kind.EDITED) == []
    if edit is insert_row:
        assert any(
            row["Notes"] == "my own note" for row in world.owner.records("Leads") if not row["Lead ID"]
        )
    ids = [line["Event ID"] for line in world.owner.records("Activity")]
    expected = [event.id for lead in leads for event in world.events(lead)]
    assert set(expected) <= set(ids)
    if edit is not move_activity_column:
        assert len(ids) == len(set(ids))


@pytest.mark.parametrize("at", [LOOK, WRITE])
@pytest.mark.parametrize("fault", FAULTS)
def test_after_a_fault_at_any_request_the_next_syncs_bring_both_sides_together(world, leads, fault, at):
    world.fake.request_log.clear()
    world.fake.faults = lambda index, request: FAULTS[fault] if index == at else None
    world.syncs(numbers=True)
    world.fake.faults = None
    settles(world)
    assert world.differences() == []
    assert all(world.events(lead, Kind.STATUS, Kind.EDITED) == [] for lead in leads)
    ids = [line["Event ID"] for line in world.owner.records("Activity")]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("fault", FAULTS)
def test_a_long_outage_ends_with_both_sides_together(world, leads, fault):
    for begun in (LOOK, WRITE):
        world.fake.request_log.clear()
        world.fake.faults = lambda index, request, since=begun: FAULTS[fault] if index >= since else None
        with contextlib.suppress(SheetUnavailable):
            world.syncs(numbers=True)
        with pytest.raises(SheetUnavailable):
            world.syncs(numbers=True)
        world.sends(leads[1], f"step {begun}")
    world.fake.faults = None
    world.types(leads[2], "Status", "Won")
    settles(world)
    assert world.differences() == []
    assert [event.detail for event in world.events(leads[2], Kind.STATUS)] == ["Won (was New)"]


@pytest.mark.parametrize(("at", "arrives"), [(LOOK, True), (WRITE, False), (WRITE, True)])
def test_a_process_killed_in_the_middle_of_a_sync_leaves_nothing_that_the_next_one_does_not_mend(
    world, leads, at, arrives
):
    child = 0

    def kill(index, request):
        if index == at:
            os.kill(child, signal.SIGKILL)
        return faults.RESET_BEFORE if index == at and not arrives else None

    world.fake.request_log.clear()
    world.fake.faults = kill
    world.ledger.close()
    with world.fake.document.lock:  # the first request waits until it is known who is to be killed
        child = fork(lambda: world.syncs(numbers=True))
    assert wait(child) == KILLED
    with world.fake.document.lock:  # the last request has been dealt with
        assert [request.applied for request in world.fake.request_log] == [True] * at + [arrives]
    world.fake.faults = None
    world.types(leads[2], "Status", "Won")
    world.passes(minutes=3)  # until then the dead one has its turn
    settles(world)
    assert world.differences() == []
    assert [event.detail for event in world.events(leads[2], Kind.STATUS)] == ["Won (was New)"]
    assert all(world.events(lead, Kind.STATUS, Kind.EDITED) == [] for lead in leads if lead != leads[2])
    ids = [line["Event ID"] for line in world.owner.records("Activity")]
    assert sorted(ids) == sorted(event.id for lead in leads for event in world.events(lead))
