"""The tabs Dashboard and Control: each run leaves the numbers and how it went, at no request of its own."""

from dataclasses import replace

import pytest

from sheetflow.ledger import state
from sheetflow.ledger.figures import count_anew
from sheetflow.sheet.layout import Role, Structure
from sheetflow.sheet.look.dashboard import plan_dashboard
from sheetflow.workflow.events import iso
from sheetflow.workflow.screen import Screen

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
    assert rows[0] == ["Leads, as of Tue 24 Mar 2026, 10:01 (Europe/Berlin)"]
    assert [row[0] for row in rows if row and row[0] in SECTIONS][-len(SECTIONS) :] == list(SECTIONS)
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


def waiting(world):
    """The lines of those who wait: since, name, why, phone, owner, status, link."""
    rows = world.owner.rows("Dashboard")
    return [row for row in rows[9:15] if row[0]]


def test_one_screen_says_what_to_do_who_waits_and_how_it_goes(world):
    leads = [world.arrives(number, source="ads") for number in (1, 2, 3)]
    world.sends(leads[0])
    world.replies(leads[0])
    world.passes(minutes=10)
    world.syncs()
    world.types(leads[1], "Status", "Won")
    world.types(leads[2], "Status", "???")
    world.syncs(numbers=True)
    rows = world.owner.rows("Dashboard")
    figures = [(rows[1][at], rows[2][at]) for at in (0, 2, 3, 5)]
    assert figures == [
        ("Leads this week", "3"),
        ("A person answered within 5 min", "0 of 1"),
        ("Waiting for you", "2"),
        ("Won", "1"),
    ]
    assert rows[7][0] == "Waiting for you: 2"
    assert [(row[1], row[3], row[5], row[6]) for row in waiting(world)] == [
        ("Person 1", "+49 30 55500001", "Replied", "open its row"),
        ("Person 3", "+49 30 55500003", "", "open its row"),
    ]


def test_more_than_fit_are_counted_and_the_charts_stay_where_they_are(world):
    leads = [world.arrives(number) for number in range(1, 10)]
    world.syncs(numbers=True)
    before = shown(world).index(["The numbers behind the charts"])
    for lead in leads:
        world.types(lead, "Status", "???")
    world.syncs(numbers=True)
    assert len(waiting(world)) == 6
    assert shown(world)[15] == ["and 3 more: the filter view Needs me of Leads shows them"]
    assert shown(world).index(["The numbers behind the charts"]) == before


def test_it_says_what_is_wrong_and_if_nothing_is(world):
    world.syncs(numbers=True)
    assert shown(world)[6] == ["Nothing is wrong."]
    world.owner.type("Control", "B2", "off")
    remember(world, state.PROBLEMS, "Replies can't be read.")
    world.syncs(numbers=True)
    told = "What is wrong: Sending isn't ON: nothing is sent. (and 1 more: see Control)"
    assert shown(world)[6] == [told]


def dashboard(world):
    return next(sheet for sheet in world.fake.document.sheets if sheet.title == "Dashboard")


def drawn(world, chart):
    """The cells that a chart draws: its first column, and the headers of its series."""
    rows = world.owner.rows("Dashboard")
    basic = chart["spec"]["basicChart"]
    (area,) = basic["domains"][0]["domain"]["sourceRange"]["sources"]
    heads = [one["series"]["sourceRange"]["sources"][0] for one in basic["series"]]
    labels = [row[0] for row in rows[area["startRowIndex"] + 1 : area["endRowIndex"]]]
    return labels, [rows[head["startRowIndex"]][head["startColumnIndex"]] for head in heads]


def test_four_native_charts_draw_the_tables_below_them(world):
    world.arrives(1, source="ads")
    world.syncs(numbers=True)
    charts = dashboard(world).charts
    assert [chart["spec"]["title"] for chart in charts] == [
        "Leads by week and source",
        "First response",
        "From received to won",
        "Replies per step",
    ]
    found = [drawn(world, chart) for chart in charts]
    assert [labels[-1] for labels, _ in found[:3]] == ["23 Mar", "not yet", "won"]
    assert found[3][0][:4] == ["First response", "Follow up", "Check in", "Re engage"]
    assert [heads for _, heads in found] == [
        ["ads", "", "", "", ""],
        ["automatic", "by a person"],
        ["leads"],
        ["sent", "replied"],
    ]


def test_charts_lie_side_by_side_and_not_over_people_s_columns(world):
    ends = []
    for chart in dashboard(world).charts:
        place = chart["position"]["overlayPosition"]
        ends.append(place["offsetXPixels"] + place["widthPixels"])
    widths = [dashboard(world).sizes["COLUMNS"][at]["pixelSize"] for at in range(7)]
    assert ends == sorted(ends)
    assert ends[-1] <= sum(widths)


def test_setup_brings_a_deleted_chart_back_and_leaves_a_moved_one_where_it_is(world):
    charts = dashboard(world).charts
    moved = {"overlayPosition": {"anchorCell": {"sheetId": dashboard(world).id, "rowIndex": 90}}}
    charts[1] = {**charts[1], "position": moved}
    del charts[0]
    world.syncs(numbers=True)
    world.sheet.setup(take_over=False)
    assert len(dashboard(world).charts) == 4
    assert dashboard(world).charts[0]["position"] == moved


def test_without_a_column_for_lead_ids_a_line_has_no_link(world):
    lead = world.arrives(1)
    world.syncs()
    world.types(lead, "Status", "???")
    world.syncs()
    structure = Structure.from_json(world.kept(state.SHEET_STRUCTURE))
    leads = structure.tabs[Role.LEADS]
    bare = structure.with_tabs(replace(leads, columns={}))
    with world.ledger.reading() as book:
        found, kept = count_anew(book, world.now)
    *_, request = plan_dashboard(bare, found, Screen.from_json(kept.screen), ())
    assert "formulaValue" not in str(request)
    assert lead in str(request)


def test_a_tab_with_a_quote_in_its_name_is_linked_all_the_same(world):
    world.owner.rename_tab("Leads", 'Ada\'s "best"')
    lead = world.arrives(1)
    world.syncs()
    world.owner.type_in('Ada\'s "best"', 2, "Status", "???")
    world.syncs(numbers=True)
    (formula,) = world.owner.formulas("Dashboard")
    assert f"""MATCH("{lead}";'Ada''s "best"'!X:X;0)""" in formula


def test_a_lead_s_name_stays_a_text(world):
    lead = world.arrives(1, name="=1+1")
    world.syncs()
    world.types(lead, "Status", "???")
    world.syncs(numbers=True)
    assert any("=1+1" in row for row in shown(world))
    (formula,) = world.owner.formulas("Dashboard")
    assert formula.startswith('=IFERROR(HYPERLINK("#gid=7401001&range=A"&MATCH("L-')
    assert "1+1" not in formula


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
        assert shown(world, "Numbers")[0][0].startswith("Leads, as of")
    elif what == "protected":
        assert shown(world) == before
    else:
        assert "Made the tab Dashboard." in world.sheet.setup(take_over=False)
        assert shown(world)[0][0].startswith("Leads, as of")


def test_setup_makes_room_for_the_charts_of_a_tab_that_was_cut_down(world):
    world.owner.delete_rows("Dashboard", 3, 97)
    for header in "HGFE":
        world.owner.delete_column("Dashboard", header)
    world.sheet.setup(take_over=False)
    assert len(dashboard(world).charts) == 4
    assert shown(world)[0][0].startswith("Leads, as of")


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
