"""The Sheet as its owner sees it: which rows stand out, what is cut, what can be switched to."""

from datetime import UTC, datetime

import pytest

from sheetflow.ledger.settling import settle
from sheetflow.sheet.look import minutes
from sheetflow.workflow import statuses
from sheetflow.workflow.events import Event, Kind
from tests.sheet.formulas import is_true

SCREEN, ROW_NUMBERS, SCROLLBAR = 1366, 46, 20  # pixels
FIRST = ["Status", "Name", "Why", "Next follow-up", "Owner", "Notes"]


def leads_tab(world):
    return next(sheet for sheet in world.fake.document.sheets if sheet.properties["sheetId"] == 7_401_001)


def formula_of(rule):
    return rule["booleanRule"]["condition"]["values"][0]["userEnteredValue"]


def row_rules(world):
    """Those that colour whole rows: of leads that nobody answered, and of all that need a person."""
    return [
        rule
        for rule in leads_tab(world).conditional_formats
        if rule["ranges"][0].get("endColumnIndex", 0) > 20
    ]


def holds(world, formula, lead):
    rows = world.owner.rows("Leads")
    return is_true(formula, rows[world.row(lead) - 1], world.now)


def standing_out(world, number):
    rule = row_rules(world)[number]
    return {lead for lead in world.ids() if holds(world, formula_of(rule), lead)}


def happens(world, lead, kind, detail=""):
    with world.ledger.writing() as book:
        book.record([Event(world.now, lead, kind, f"{kind}:{lead}", detail=detail)])
        settle(book, [lead], world.now)


def counted(world):
    with world.ledger.reading() as book:
        return {one.lead_id: one for one in book.counted()}


def views(world):
    return {view["title"]: view for view in leads_tab(world).filter_views}


def shown_by(world, title):
    spec = views(world)[title]["filterSpecs"][0]
    formula = spec["filterCriteria"]["condition"]["values"][0]["userEnteredValue"]
    return {lead for lead in world.ids() if holds(world, formula, lead)}


@pytest.fixture
def crowd(world):
    """A lead in each status, one with another word, and one that nobody answered."""
    words = [*statuses.STATUSES, "???", "replied ", ""]
    leads = {word: world.arrives(number) for number, word in enumerate(words, 1)}
    leads["late"] = world.arrives(80)
    world.syncs()
    for word, lead in leads.items():
        if word not in ("late", statuses.NEW):
            world.types(lead, "Status", word)
    happens(world, leads["late"], Kind.SLA_MISSED, "Kim (nobody has answered for 5 minutes)")
    world.syncs()
    return leads


def test_what_an_owner_works_with_is_seen_without_scrolling(world):
    widths = [leads_tab(world).sizes["COLUMNS"][at]["pixelSize"] for at in range(len(FIRST))]
    assert world.owner.rows("Leads")[0][: len(FIRST)] == FIRST
    assert sum(widths) <= SCREEN - ROW_NUMBERS - SCROLLBAR
    assert sum(widths[:2]) <= 300, "of which two stay in sight on a phone"


def test_rows_that_need_a_person_stand_out_and_no_others(world, crowd):
    needing = {lead for lead, one in counted(world).items() if one.needs_person}
    words = ("Replied", "replied ", "Needs attention", "Bounced", "???", "", "late")
    assert needing == {crowd[word] for word in words}
    assert standing_out(world, 1) == needing == shown_by(world, "Needs me")
    assert standing_out(world, 0) == {crowd["late"]}


def test_a_lead_that_was_answered_late_stands_out_no_more(world, crowd):
    world.types(crowd["late"], "Status", "In conversation")
    world.syncs()
    assert standing_out(world, 0) == set()
    assert crowd["late"] not in standing_out(world, 1)


def test_rows_with_one_lead_id_stand_out_whatever_their_status(world):
    lead = world.arrives(1)
    world.syncs()
    world.types(lead, "Status", "Won")
    world.syncs()
    world.owner.paste_rows("Leads", 2, 1, 3)
    world.syncs()
    assert standing_out(world, 1) == {lead}


def test_every_status_has_a_colour_and_amber_and_red_are_for_what_waits(world, crowd):
    rules = [
        one for one in leads_tab(world).conditional_formats if one["ranges"][0].get("endColumnIndex") == 1
    ]
    coloured = {}
    for word in statuses.STATUSES:
        papers = [
            tuple(rule["booleanRule"]["format"]["backgroundColorStyle"]["rgbColor"].values())
            for rule in rules
            if holds(world, formula_of(rule), crowd[word])
        ]
        assert len(papers) == 1, word
        coloured[word] = papers[0]
    waiting = {coloured[word] for word in ("Replied", "Needs attention")}
    assert [word for word in statuses.STATUSES if coloured[word] in waiting] == ["Replied", "Needs attention"]


def test_filter_views_part_the_leads_by_whose_turn_it_is(world, crowd):
    assert list(views(world)) == ["Needs me", "Waiting for an answer", "This week", "Won and lost"]
    assert shown_by(world, "Waiting for an answer") == {crowd["Contacted"], crowd["Following up"]}
    assert shown_by(world, "Won and lost") == {crowd["Won"], crowd["Lost"]}
    assert shown_by(world, "This week") == set(crowd.values())


@pytest.mark.parametrize(
    ("received", "is_shown"), [(22, False), (23, True), (24, True)]
)  # 23 March is a Monday
def test_this_week_begins_on_monday(world, received, is_shown):
    lead = world.arrives(1)
    world.syncs()
    formula = views(world)["This week"]["filterSpecs"][0]["filterCriteria"]["condition"]["values"][0]
    row = world.owner.rows("Leads")[world.row(lead) - 1]
    at = world.owner.rows("Leads")[0].index("Received")
    row[at] = (datetime(2026, 3, received, tzinfo=UTC) - datetime(1899, 12, 30, tzinfo=UTC)).days
    assert is_true(formula["userEnteredValue"], row, datetime(2026, 3, 29, tzinfo=UTC)) is is_shown


def test_a_filter_view_that_was_deleted_stays_deleted_and_the_others_follow_their_columns(world):
    tab = leads_tab(world)
    del tab.filter_views[0]
    tab.filter_views[0] = {**tab.filter_views[0], "title": "Theirs"}
    world.owner.rename_header("Leads", "Status", "Stage")
    world.owner.move_column("Leads", "Stage", "Notes")
    world.sheet.setup(take_over=False)
    assert list(views(world)) == ["Theirs", "This week", "Won and lost"]
    at = world.owner.rows("Leads")[0].index("Stage")
    assert views(world)["Won and lost"]["filterSpecs"][0]["columnIndex"] == at


def test_colours_are_set_again_after_columns_moved_and_people_s_own_stay(world):
    own = {
        "ranges": [{"sheetId": 7_401_001, "startRowIndex": 1, "endRowIndex": 9}],
        "booleanRule": {"condition": {"type": "NOT_BLANK"}, "format": {"textFormat": {"italic": True}}},
    }
    leads_tab(world).conditional_formats.insert(3, own)
    count = len(leads_tab(world).conditional_formats)
    world.owner.move_column("Leads", "Why", "Notes")
    for _ in range(2):
        world.sheet.setup(take_over=False)
        assert len(leads_tab(world).conditional_formats) == count
        assert own in leads_tab(world).conditional_formats
    lead = world.arrives(1)
    happens(world, lead, Kind.SLA_MISSED, "Kim (nobody has answered for 5 minutes)")
    world.syncs()
    assert standing_out(world, 0) == {lead}


def test_rows_that_the_grid_grows_by_look_like_the_others(world):
    world.owner.delete_rows("Leads", 3, 998)
    for number in range(1, 5):
        world.arrives(number)
    world.syncs()
    status, why = (world.owner.cell("Leads", cell) for cell in ("A5", "C5"))
    assert status.validation["condition"]["type"] == "ONE_OF_LIST"
    assert why.format["wrapStrategy"] == "WRAP"
    last = [rule for rule in row_rules(world) if rule["ranges"][0]["startRowIndex"] > 1]
    assert [formula_of(rule).count("$C3") for rule in last] == [1, 3], "as seen from their own first row"
    assert leads_tab(world).sizes["ROWS"][4]["pixelSize"] == leads_tab(world).sizes["ROWS"][1]["pixelSize"]


def test_why_has_two_lines_and_long_texts_are_cut(world):
    cells = dict(zip(world.owner.rows("Leads")[0], range(30), strict=False))
    looks = {name: leads_tab(world).cell(1, at).format["wrapStrategy"] for name, at in cells.items()}
    assert {name for name, look in looks.items() if look == "WRAP"} == {"Why"}
    assert set(looks.values()) == {"WRAP", "CLIP"}


@pytest.mark.parametrize(
    ("after", "shown", "number"),
    [
        ({"seconds": 6}, "< 1 min", 0.1),
        ({"minutes": 4}, "4 min", 4),
        ({"minutes": 4, "seconds": 24}, "4 min", 4.4),
        ({"minutes": 59, "seconds": 42}, "1 h", 59.7),
        ({"minutes": 125}, "2 h 5 min", 125),
        ({"days": 3, "hours": 2, "minutes": 1}, "3 d 2 h", 4441),
    ],
)
def test_minutes_are_said_as_people_say_them_and_stay_numbers(world, after, shown, number):
    lead = world.arrives(1)
    world.passes(**after)
    world.sends(lead)
    world.syncs()
    at = f"P{world.row(lead)}"
    assert world.owner.shown("Leads", at) == shown
    assert world.cells(lead)["First response"] == number
    assert world.cells(lead)["Owner response"] == world.owner.shown("Leads", f"Q{world.row(lead)}") == ""
    assert world.differences() == []
    world.owner.sort("Leads", "Name")
    world.sheet.setup(take_over=False)
    assert world.owner.shown("Leads", f"P{world.row(lead)}") == shown


def test_minutes_that_were_overwritten_come_back_with_their_words(world):
    lead = world.arrives(1)
    world.passes(minutes=125)
    world.sends(lead)
    world.syncs()
    world.types(lead, "First response", "7")
    world.syncs()
    assert world.owner.shown("Leads", f"P{world.row(lead)}") == "2 h 5 min"


def test_units_round_to_the_next_one():
    assert [minutes.said(value) for value in (59.6, 60, 119.6, 1440, 1441, 100_000)] == [
        "1 h",
        "1 h",
        "2 h",
        "1 d",
        "1 d",
        "69 d 10 h",
    ]


def test_a_beginner_reads_beside_control_what_the_sheet_is_and_the_three_things_to_do(world):
    words = [row[3] for row in world.owner.rows("Control")]
    assert words[0] == "Start here"
    assert sum(text.count("\n") + 1 for text in words[1:]) == 6
    assert [text[:2] for text in words[2:]] == ["1.", "2.", "3."]
    world.owner.type("Control", "D2", "")
    world.sheet.setup(take_over=False)
    assert world.owner.rows("Control")[1][3:] in ([], [""]), "what was deleted stays so"
