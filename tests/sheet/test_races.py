"""What the two sides do at the same moment, processes that die, late answers, and loads."""

import json
import threading

import pytest

from sheetflow.errors import SheetUnavailable
from sheetflow.ledger import state
from sheetflow.sheet import sync
from sheetflow.sheet.api import Refused
from sheetflow.sheet.batch import ANSWER
from sheetflow.workflow.events import Kind
from tests.fakes.sheets_faults import ANSWER_LOST, Fault, refused
from tests.fakes.sheets_grid import Sheet

BAD_REQUEST = Fault(
    "bad request", applies=False, status=400, body=b'{"error":{"code":400,"message":"no such thing"}}'
)


@pytest.fixture
def leads(world):
    found = [world.arrives(number) for number in range(1, 5)]
    world.syncs()
    return found


def dies_before_commit(world, monkeypatch):
    """The batch is in the Sheet, and the process that sent it knows nothing of it."""
    with monkeypatch.context() as patch:
        patch.setattr(sync, "land_batch", lambda *_: (_ for _ in ()).throw(SystemExit))
        with pytest.raises(SystemExit):
            world.syncs()
    world.sheet.close()
    world.sheet = world.connects()


def test_a_process_dies_between_write_and_commit_and_then_the_owner_types(world, leads, monkeypatch):
    world.sends(leads[0])
    fresh = world.arrives(9)
    dies_before_commit(world, monkeypatch)
    assert world.cells(leads[0])["Status"] == "Contacted"
    world.types(leads[0], "Status", "Won")
    world.types(fresh, "Status", "Paused")
    world.owner.sort("Leads", "Name", descending=True)
    world.syncs()
    assert [one.detail for one in world.events(leads[0], Kind.STATUS)] == ["Won (was Contacted)"]
    assert [one.detail for one in world.events(fresh, Kind.STATUS)] == ["Paused (was New)"]
    world.syncs()
    assert world.differences() == []


def test_a_late_repeat_of_a_batch_is_refused_whole(world, leads):
    world.sends(leads[0])
    world.fake.request_log.clear()
    world.syncs()
    [late] = [request for request in world.fake.request_log if request.kind == "write"]
    world.types(leads[0], "Status", "Won")
    before = world.owner.rows("Leads")
    with pytest.raises(Refused):
        world.sheet._api.batch_update(json.loads(late.body), ANSWER)
    assert world.owner.rows("Leads") == before
    world.syncs()
    with pytest.raises(Refused):
        world.sheet._api.batch_update(json.loads(late.body), ANSWER)
    assert world.cells(leads[0])["Status"] == "Won"


def test_a_batch_that_was_given_up_and_comes_late_is_known_all_the_same(world, leads):
    world.sends(leads[0])
    fresh = world.arrives(9)
    world.fake.request_log.clear()
    world.fake.faults = lambda index, request: refused(503) if request.kind == "write" else None
    with pytest.raises(SheetUnavailable):
        world.syncs()
    world.fake.faults = None
    late = next(request for request in world.fake.request_log if request.kind == "write")
    world.sheet.look(whole=True)
    world.sheet._api.batch_update(json.loads(late.body), ANSWER)
    world.sheet.write()
    world.syncs()
    world.syncs()
    assert world.ids().count(fresh) == 1
    assert world.events(leads[0], Kind.EDITED, Kind.STATUS) == []
    assert world.differences() == []


def test_a_reply_and_a_typed_following_up_in_the_same_outage(world, leads):
    world.sends(leads[0])
    world.syncs()
    world.replies(leads[0])
    world.types(leads[0], "Status", "Following up")
    world.syncs()
    assert world.cells(leads[0])["Status"] == "Replied"
    assert "You typed Following up; a reply came before." in world.cells(leads[0])["Why"]
    world.types(leads[0], "Status", "Following up")
    world.syncs()
    assert world.cells(leads[0])["Status"] == "Following up"


def test_a_paused_lead_replies_and_is_resumed_later(world, leads):
    world.sends(leads[0])
    world.syncs()
    world.types(leads[0], "Status", "Paused")
    world.syncs()
    world.replies(leads[0])
    world.syncs()
    assert world.cells(leads[0])["Status"] == "Replied"
    world.types(leads[0], "Status", "Following up")
    world.syncs()
    assert world.cells(leads[0])["Status"] == "Following up"
    assert world.differences() == []


def test_an_edit_on_a_page_and_one_in_the_sheet_of_the_same_cell(world, leads):
    world.edits(leads[0], "phone", "111 1111")
    world.types(leads[0], "Phone", "222 2222")
    world.edits(leads[1], "notes", "from the page")
    world.syncs()
    assert world.cells(leads[0])["Phone"] == "222 2222"
    assert world.cells(leads[1])["Notes"] == "from the page"
    assert world.events(leads[0], Kind.EDITED)[-1].detail == "Phone: 222 2222 (was 111 1111)"
    assert world.differences() == []


def test_a_lead_that_goes_on_while_it_is_written_waits_for_the_next_write(world, leads):
    def reply_comes(_index, request):
        if request.kind == "write":
            world.replies(leads[0])

    world.sends(leads[0])
    world.fake.request_log.clear()
    world.fake.between = reply_comes
    world.syncs()
    assert world.fake.writes == 1
    assert world.cells(leads[0])["Status"] == "Contacted"
    world.fake.between = None
    world.syncs()
    assert world.cells(leads[0])["Status"] == "Replied"
    assert world.differences() == []


def test_a_word_typed_while_its_row_is_written_is_answered_by_the_same_write(world, leads):
    def types_once(_index, request):
        if request.kind == "write":
            world.fake.between = None
            world.types(leads[0], "Status", "Won")

    world.sends(leads[0])
    world.fake.between = types_once
    world.syncs()
    assert world.cells(leads[0])["Status"] == "Won"
    assert world.cells(leads[0])["Why"].startswith("Won:")
    assert world.differences() == []


@pytest.mark.parametrize(
    "columns", [("Name", "Name"), ("Email", "Phone"), ("Name", "Why"), ("Status", "Name")]
)
def test_rows_torn_while_they_are_written_are_held_and_nothing_counts_as_typed(world, leads, columns):
    def tears_once(_index, request):
        if request.kind == "write":
            world.fake.between = None
            world.owner.sort_columns("Leads", *columns, descending=True)

    world.types(leads[-1], "Status", "Won")
    world.syncs()
    for lead in leads:
        world.sends(lead)
    world.fake.between = tears_once
    world.syncs()
    assert any("were torn from their rows" in problem for problem in world.syncs().problems)
    for number, lead in enumerate(leads, 1):
        assert world.events(lead, Kind.EDITED) == []
        assert len(world.events(lead, Kind.STATUS)) == (lead == leads[-1])
        assert world.lead(lead)["name"] == f"Person {number}"
        assert world.lead(lead)["email"] == f"{lead.lower()}@example.org"


def test_an_address_corrected_while_its_row_is_written_is_taken_in_by_the_next_look(world, leads):
    def types_once(_index, request):
        if request.kind == "write":
            world.fake.between = None
            world.types(leads[0], "Email", "right@example.org")

    world.sends(leads[0])
    world.fake.between = types_once
    world.syncs()
    world.syncs()
    assert world.cells(leads[0])["Email"] == "right@example.org"
    assert world.lead(leads[0])["email"] == "right@example.org"
    assert world.differences() == []


def test_cells_that_keep_nothing_are_said_and_hold_up_nobody(world, leads, monkeypatch):
    put = Sheet.put

    def lose_word(sheet, row, left, cells):
        put(sheet, row, left, [cell if cell is None or cell.value != "Contacted" else None for cell in cells])

    world.sends(leads[0])
    fresh = world.arrives(9)
    world.fake.request_log.clear()
    with monkeypatch.context() as patch:
        patch.setattr(Sheet, "put", lose_word)
        with pytest.raises(SheetUnavailable, match="don't hold what was written"):
            world.syncs()
    assert world.fake.writes == 1
    assert world.cells(fresh)["Status"] == "New"
    world.syncs()
    assert world.cells(leads[0])["Status"] == "Contacted"
    assert world.differences() == []


def test_two_processes_write_in_turn_and_nothing_stands_twice(world, leads):
    second, never = world.connects(), threading.Event()
    world.sheet._sleep = second._sleep = lambda _: never.wait(0.2)
    for number in range(10, 30):
        world.arrives(number)
    threads = [
        threading.Thread(target=one.write, daemon=True) for one in (world.sheet, second, world.sheet, second)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    second.close()
    world.syncs()
    assert len(world.ids()) == len(set(world.ids())) == 24
    assert world.differences() == []


def test_a_process_whose_turn_is_over_changes_nothing(world, leads):
    other = world.connects()
    world.types(leads[0], "Status", "Won")

    def takes_over(index, request):
        world.fake.between = None
        world.passes(minutes=5)
        with world.ledger.writing() as book:
            assert book.lease(sync.LEASE, "another", 60)

    world.fake.between = takes_over
    with pytest.raises(SheetUnavailable, match="too long"):
        other.look(whole=True)
    assert world.events(leads[0], Kind.STATUS) == []
    other.close()


def test_forty_leads_are_one_write(world):
    for number in range(40):
        world.arrives(number)
    world.fake.request_log.clear()
    world.syncs()
    assert world.fake.writes == 1
    assert len(world.ids()) == 40


def test_large_leads_are_split_into_batches_that_google_takes(world):
    for number in range(60):
        world.arrives(number, message="🙂" * 22_000)
    world.fake.request_log.clear()
    world.syncs(numbers=True)
    sizes = [len(request.body) for request in world.fake.request_log if request.kind == "write"]
    assert len(sizes) > 1
    assert max(sizes) < 2_000_000
    world.fake.request_log.clear()
    world.syncs()
    assert world.fake.writes == 0
    assert world.differences() == []


def test_leads_beyond_the_grid_get_rows_with_their_formats(world):
    world.owner.delete_rows("Leads", 6, 995)
    leads = [world.arrives(number) for number in range(20)]
    world.syncs()
    assert world.ids() == leads
    for cell in ("A15", "D15"):
        own, first = (world.owner.cell("Leads", at).format["numberFormat"] for at in (cell, f"{cell[0]}2"))
        assert own == first
    assert world.differences() == []


def test_protected_cells_are_left_out_and_the_rest_is_written(world, leads):
    column = chr(ord("A") + world.owner.rows("Leads")[0].index("Why"))
    world.owner.protect("Leads", f"{column}:{column}")
    world.sends(leads[0])
    world.syncs()
    assert world.cells(leads[0])["Status"] == "Contacted"
    assert world.kept(state.SHEET_BATCH) == ""


def test_an_answer_that_was_lost_is_landed_by_the_next_sync_even_after_a_sort(world, leads):
    world.sends(leads[0])
    fresh = world.arrives(9)
    world.fake.faults = lambda index, request: ANSWER_LOST if request.kind == "write" else None
    with pytest.raises(SheetUnavailable):
        world.syncs()
    world.fake.faults = None
    world.owner.sort("Leads", "Name", descending=True)
    world.owner.move_column("Leads", "Why", "Details")
    world.syncs()
    assert world.ids().count(fresh) == 1
    world.syncs()
    assert all(world.events(lead, Kind.STATUS, Kind.EDITED) == [] for lead in leads)
    assert world.differences() == []


def test_a_business_whose_own_tracker_it_was_keeps_every_word(fake, tmp_path):
    from tests.sheet.world import World

    header = ["Date", "Full name", "Mail", "Mobile", "State", "Next step", "Last contact", "Notes", "Source"]
    rows = [
        ["1 March", "Eve", "eve@example.net", "", "CA", "call", "2 March", "nice", "aunt"],
        ["2 March", "Joe", "", "030 1234567", "NY", "mail", "", "", ""],
        ["", "Total", "", "2", "", "", "", "", ""],
    ]
    fake.owner.rename_tab("Sheet1", "Leads")
    fake.owner.fill("Leads", [header, *rows])
    world = World(fake, f"sqlite:///{tmp_path / 'own.db'}")
    world.sheet.setup(take_over=False)
    for _ in range(3):
        world.syncs()
    stands = world.owner.rows("Leads")
    assert [row[: len(header)] for row in stands[: len(rows) + 1]] == [
        header,
        rows[0],
        [*rows[1][:-1], "Sheet"],
        rows[2],
    ]
    assert [row["Status"] for row in world.owner.records("Leads")] == ["Paused", "Paused", ""]
    assert world.events(world.ids()[0], Kind.EDITED) == []
    fresh = world.arrives(5)
    world.syncs()
    assert world.row(fresh) == 4
    assert world.owner.rows("Leads")[4][1] == "Total"
    world.close()


def test_a_write_that_google_refuses_for_good_says_why(world, leads):
    world.sends(leads[0])
    world.fake.faults = lambda index, request: BAD_REQUEST if request.kind == "write" else None
    with pytest.raises(SheetUnavailable, match="no such thing"):
        world.syncs()
    world.fake.faults = None
    world.syncs()
    assert world.differences() == []
