"""The tabs Dashboard and Control: each run leaves the numbers and how it went, at no request of its own."""

import pytest

from sheetflow.ledger import state
from sheetflow.workflow.events import iso

SECTIONS = (
    "Leads received",
    "Where leads stand now",
    "First response",
    "Conversion",
    "Follow-up",
    "Owners",
    "Needing attention",
)


def shown(world, title="Dashboard"):
    """The rows of the Dashboard without empty cells at their end."""
    rows = []
    for row in world.owner.rows(title):
        while row and row[-1] in ("", None):
            row = row[:-1]
        rows.append(row)
    return rows


def remember(world, name, value):
    with world.ledger.writing() as book:
        book.put(name, value)


def test_the_dashboard_shows_every_section_with_this_run_s_mails_in_it(world):
    first = world.arrives(1, source="website")
    world.arrives(2, source="Instagram")
    world.sends(first)
    world.fake.request_log.clear()
    world.syncs(numbers=True)
    rows = shown(world)
    assert rows[0] == ["Report of 24 Mar 2026, 10:01 (Europe/Berlin)"]
    assert [row[0] for row in rows if row and row[0] in SECTIONS] == list(SECTIONS)
    assert ["all", 2, 0] in rows
    assert ["first_response", 1, 0, "0 %", "0 to 79 %", 0, 0] in rows
    assert (world.fake.reads, world.fake.writes) == (1, 1)


def test_what_is_older_goes_and_what_people_wrote_beside_it_stays(world):
    leads = [world.arrives(number) for number in (1, 2)]
    world.syncs()
    for lead in leads:
        world.types(lead, "Status", "???")
    world.syncs(numbers=True)
    before = shown(world)
    world.owner.type("Dashboard", "H2", "my own note")
    world.owner.type("Dashboard", "B3", "somebody's slip")
    for lead in leads:
        world.types(lead, "Status", "Won")
    world.syncs(numbers=True)
    after = shown(world)
    assert len(after) < len(before)
    assert world.owner.rows("Dashboard")[1][7] == "my own note"
    assert not any("somebody's slip" in row for row in after)
    assert any("Won" in row for row in after)


def test_a_lead_s_name_stays_a_text(world):
    lead = world.arrives(1, name="=1+1")
    world.syncs()
    world.types(lead, "Status", "???")
    world.syncs(numbers=True)
    assert any("=1+1" in str(row[0]) for row in shown(world) if row)
    assert world.owner.formulas("Dashboard") == []


def test_a_row_that_was_deleted_is_out_of_the_numbers(world):
    world.arrives(1)
    world.arrives(2)
    world.syncs(numbers=True)
    assert ["all", 2, 0] in shown(world)
    world.owner.delete_rows("Leads", 2)
    world.syncs(numbers=True)
    assert ["all", 1, 0] in shown(world)


@pytest.mark.parametrize("what", ["deleted", "protected", "renamed"])
def test_a_dashboard_that_people_took_away_stops_nothing(world, what):
    owner, before = world.owner, shown(world)
    if what == "deleted":
        owner.delete_tab("Dashboard")
    elif what == "protected":
        owner.protect("Dashboard")
    else:
        owner.rename_tab("Dashboard", "Numbers")
    lead = world.arrives(1)
    world.syncs(numbers=True)
    assert world.ids() == [lead]
    if what == "renamed":
        assert shown(world, "Numbers")[0][0].startswith("Report of")
    elif what == "protected":
        assert shown(world) == before
    else:
        assert "Made the tab Dashboard." in world.sheet.setup(take_over=False)
        assert shown(world)[0][0].startswith("Report of")


def test_a_small_tab_grows(world):
    world.owner.delete_rows("Dashboard", 2, 98)
    world.syncs(numbers=True)
    assert len(shown(world)) > 20


def test_control_says_when_the_job_ran_in_the_business_s_time_and_what_needs_a_person(world):
    remember(world, state.LAST_JOB, iso(world.now))
    remember(world, state.LAST_MAILBOX, iso(world.now))
    remember(world, state.PROBLEMS, "Replies can't be read.")
    world.syncs(numbers=True)
    assert world.control() == {
        "Sending": "ON",
        "Last job run": "Tue 24 Mar 2026, 10:00",
        "Last mailbox check": "Tue 24 Mar 2026, 10:00",
        "Problems": "Replies can't be read.",
    }


def test_two_lines_for_sending_pause_it_and_one_again_does_not(world):
    world.owner.paste_rows("Control", 2, 1, 9)
    assert world.syncs().sending.casefold() != "on"
    world.owner.delete_rows("Control", 9)
    world.owner.type_in("Control", 2, "Value", "ON")
    assert world.syncs().sending == "ON"
