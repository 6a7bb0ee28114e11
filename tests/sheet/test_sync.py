"""Sheet and ledger say the same after a sync, whatever either side did before."""

from sheetflow.ledger.ledger import Ledger
from sheetflow.workflow.events import Kind


def test_a_new_lead_gets_a_row_and_its_lines_in_activity(world):
    lead = world.arrives(1, message="=1+1")
    world.syncs()
    assert world.cells(lead)["Message"] == "=1+1"
    assert world.cells(lead)["Status"] == "New"
    assert [line["Event"] for line in world.owner.records("Activity")] == [
        "received",
        "qualified",
        "assigned",
    ]
    assert world.differences() == []


def test_the_link_for_people_opens_the_tab_of_leads_as_soon_as_it_was_seen(world):
    fresh = world.connects(Ledger("sqlite://", world.ledger.workflow))
    assert fresh.link() == f"https://docs.google.com/spreadsheets/d/{world.fake.spreadsheet_id}/edit"
    world.syncs()
    tabs = world.sheet._api.get("sheets(properties(sheetId,title))")["sheets"]
    [gid] = [tab["properties"]["sheetId"] for tab in tabs if tab["properties"]["title"] == "Leads"]
    assert world.sheet.link() == f"{fresh.link()}#gid={gid}"


def test_a_status_that_is_typed_is_obeyed_and_recorded_once(world):
    lead = world.arrives(1)
    world.syncs()
    world.types(lead, "Status", "Won")
    world.syncs()
    world.syncs()
    assert [event.detail for event in world.events(lead, Kind.STATUS)] == ["Won (was New)"]
    assert world.cells(lead)["Status"] == "Won"
    assert world.differences() == []


def test_a_clean_pass_is_one_read_and_no_write(world):
    world.arrives(1)
    world.syncs()
    world.syncs()
    world.fake.request_log.clear()
    world.syncs()
    assert (world.fake.reads, world.fake.writes) == (1, 0)


def test_the_end_of_a_job_is_one_write(world):
    world.arrives(1)
    world.syncs(numbers=True)
    world.fake.request_log.clear()
    world.syncs(numbers=True)
    assert (world.fake.reads, world.fake.writes) == (1, 1)


def test_a_small_look_hears_a_status_too(world):
    lead = world.arrives(1)
    world.syncs()
    world.types(lead, "Status", "Paused")
    world.sheet.look(whole=False)
    assert world.lead(lead)["status"] == "Paused"
    world.syncs()
    assert world.differences() == []
