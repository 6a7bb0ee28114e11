"""`setup` makes and repairs the Sheet, and takes nothing away."""

import pytest

from sheetflow.ledger import schema, state
from sheetflow.sheet.api import Denied
from sheetflow.sheet.layout import Seal
from sheetflow.sheet.setup import set_up
from sheetflow.workflow.columns import COLUMNS
from sheetflow.workflow.statuses import STATUSES
from tests.fakes import sheets_faults as faults
from tests.sheet.conftest import ADA, BEN, takes_in

HEADERS = [column.header for column in COLUMNS]
ACTIVITY = ["Time", "Lead ID", "Event", "Step", "Detail", "Message-ID", "Run", "Event ID"]


@pytest.fixture
def setup(api, ledger):
    return lambda *, take_over=False: set_up(api, ledger, take_over=take_over)


def sending(fake):
    return {line["Setting"]: line["Value"] for line in fake.owner.records("Control")}["Sending"]


def seal(fake):
    return Seal.read((*fake.owner.rows("Sheetflow"), [])[0])


def kept(ledger, name):
    with ledger.reading() as book:
        return book.get(name)


def test_an_empty_spreadsheet_gets_every_tab_and_what_was_there_stays(fake, setup):
    fake.owner.type("Sheet1", "A1", "mine")
    did = setup()
    assert fake.owner.tabs() == ["Leads", "Activity", "Control", "Dashboard", "Sheetflow", "Sheet1"]
    assert fake.owner.rows("Leads") == [HEADERS]
    assert fake.owner.rows("Activity") == [ACTIVITY]
    assert fake.owner.rows("Sheet1") == [["mine"]]
    assert did == [f"Made the tab {name}." for name in ("Leads", "Activity", "Control", "Dashboard")]


def test_control_has_four_lines_with_their_meaning_and_says_where_to_begin(fake, setup):
    setup()
    lines = fake.owner.records("Control")
    names = ["Sending", "Last job run", "Last mailbox check", "Problems"]
    assert [line["Setting"] for line in lines] == names
    assert all(line["What it means"] for line in lines)
    assert [line["Value"] for line in lines] == ["ON", "", "", ""]
    assert lines[0]["Start here"].startswith("This Sheet is your list of leads")


def test_status_and_name_stand_first_and_stay_in_sight(fake, setup):
    setup()
    [leads] = [sheet for sheet in fake.document.sheets if sheet.title == "Leads"]
    grid = leads.properties["gridProperties"]
    assert (grid["frozenRowCount"], grid["frozenColumnCount"]) == (1, 2)
    assert fake.owner.rows("Leads")[0][:2] == ["Status", "Name"]


def test_the_hidden_tab_is_hidden_and_names_the_ledger_and_its_batch(fake, setup, ledger):
    setup()
    [hidden] = [sheet for sheet in fake.document.sheets if sheet.title == "Sheetflow"]
    assert hidden.properties["hidden"]
    assert (seal(fake).ledger, seal(fake).number) == (kept(ledger, state.LEDGER), 1)
    assert kept(ledger, state.SHEET_NUMBER) == "1"
    assert seal(fake).guard in {named["name"] for named in fake.document.named_ranges}


def test_status_offers_its_words_and_owner_its_people_and_other_words_are_allowed(fake, setup):
    setup()
    status, owner = (fake.owner.cell("Leads", cell).validation for cell in ("A2", "E2"))
    assert [one["userEnteredValue"] for one in status["condition"]["values"]] == [*STATUSES, "Send again"]
    assert [one["userEnteredValue"] for one in owner["condition"]["values"]] == ["Kim"]
    assert not status.get("strict")


def test_columns_that_sheetflow_writes_warn_and_lock_nobody_out(fake, setup):
    setup()
    for sheet in fake.document.sheets:
        assert all(one.message["warningOnly"] for one in sheet.protections)
    titles = {sheet.title for sheet in fake.document.sheets if sheet.protections}
    assert titles == {"Leads", "Activity", "Dashboard", "Sheetflow"}


def test_it_can_be_repeated_and_changes_nothing_then(fake, setup):
    setup()
    fake.owner.type("Leads", "C2", "x")
    before = looks(fake)
    for _ in range(3):
        assert setup() == []
    assert looks(fake) == before


def looks(fake):
    """All that an owner could notice."""
    return [
        (
            sheet.title,
            sheet.properties["gridProperties"],
            fake.owner.rows(sheet.title),
            len(sheet.protections),
            len(sheet.bandings),
            len(sheet.conditional_formats),
        )
        for sheet in fake.document.sheets
    ]


def test_what_people_chose_stays(fake, setup):
    setup()
    owner = fake.owner
    owner.rename_tab("Leads", "Kunden")
    owner.move_column("Kunden", "Notes", "Status")
    owner.rename_header("Kunden", "Message", "Comment")
    owner.type("Kunden", "Y1", "Budget")
    owner.type("Control", "B2", "OFF")
    before = owner.rows("Kunden")
    assert setup() == []
    assert owner.rows("Kunden") == before
    assert sending(fake) == "OFF"
    assert "Leads" not in owner.tabs()


@pytest.mark.parametrize("title", ["Activity", "Control", "Dashboard", "Leads", "Sheetflow"])
def test_a_deleted_tab_is_made_anew(fake, setup, title):
    setup()
    before = fake.owner.rows(title)
    fake.owner.delete_tab(title)
    setup()
    assert title in fake.owner.tabs()
    if title != "Sheetflow":
        assert fake.owner.rows(title)[0:1] == before[0:1]


def test_a_deleted_control_comes_back_paused_and_says_so(fake, setup):
    setup()
    fake.owner.delete_tab("Control")
    assert setup() == [
        "Made the tab Control.",
        "Sending was missing on Control: it is PAUSED until you type ON.",
    ]
    assert sending(fake) == "PAUSED"


def test_a_deleted_line_of_control_comes_back_paused(fake, setup):
    setup()
    fake.owner.delete_rows("Control", fake.owner.find("Control", "Setting", "Sending"))
    assert setup() == ["Sending was missing on Control: it is PAUSED until you type ON."]
    assert sending(fake) == "PAUSED"


def test_a_new_sheet_for_a_ledger_that_is_paused_is_paused(fake, setup, ledger):
    with ledger.writing() as book:
        book.put(state.SENDING, "PAUSED")
    setup()
    assert sending(fake) == "PAUSED"


def test_a_deleted_column_comes_back_at_the_end(fake, setup):
    setup()
    fake.owner.delete_column("Leads", "Why")
    fake.owner.type("Leads", "X1", "Budget")
    assert setup() == ["Added columns to Leads: Why."]
    assert fake.owner.rows("Leads")[0][-2:] == ["Budget", "Why"]


def test_a_column_that_stands_twice_is_left_to_a_person(fake, setup):
    setup()
    fake.owner.type("Leads", "Z1", "Mail")
    fake.owner.rename_header("Leads", "Email", "E-Mail")
    before = fake.owner.rows("Leads")[0]
    setup()
    assert fake.owner.rows("Leads")[0] == before


TRACKER = [
    ["Client", "E-Mail", "Phone", "", "Stage", "Last contact"],
    ["Ida", "ida@example.org", "555 0100", "likes tea", "Quote sent", "yesterday"],
    ["Bo", "bo@example.org", "", "tall", "Won", ""],
]


@pytest.fixture
def tracker(fake):
    fake.owner.rename_tab("Sheet1", "leads")
    fake.owner.fill("leads", TRACKER)
    fake.owner.rename_header("leads", "Client", "Contact")


def test_a_business_s_own_tracker_is_told_first_what_is_used_and_what_stays_alone(fake, setup, tracker):
    fake.owner.type("leads", "G1", "Budget")
    first, *_ = setup()
    assert first.startswith(
        'The tab leads is your own tracker: sheetflow uses "Contact" as Name, "E-Mail" as Email, Phone, '
        '"Stage" as Status, Last contact; adds '
    )
    assert 'leaves alone "Budget"' in first
    assert "never written over" in first


def test_a_business_s_own_tracker_keeps_every_cell_and_its_look(fake, setup, tracker):
    before = [fake.owner.cell("leads", cell) for cell in ("A1", "A2", "E2", "F2")]
    setup()
    rows = fake.owner.rows("leads")
    assert [row[:6] for row in rows] == [["Contact", *TRACKER[0][1:]], *TRACKER[1:]]
    assert [fake.owner.cell("leads", cell) for cell in ("A1", "A2", "E2", "F2")] == before
    assert set(HEADERS) - set(rows[0]) == {"Name", "Email", "Status"}
    assert len(rows[0]) == len(HEADERS) + 1
    assert setup() == []
    assert fake.owner.rows("leads") == rows


def test_columns_are_added_beside_words_that_stand_under_no_header(fake, setup):
    fake.owner.rename_tab("Sheet1", "Leads")
    fake.owner.fill("Leads", [["Name", "Email"], ["Ida", "ida@example.org", "", "", "a note"]])
    setup()
    assert fake.owner.rows("Leads")[0][:6] == ["Name", "Email", "", "", "", "Status"]
    assert fake.owner.rows("Leads")[1][:6] == ["Ida", "ida@example.org", "", "", "a note", ""]


def test_tabs_that_people_named_like_ours_stay_theirs(fake, setup):
    names = ("Activity", "Control", "Dashboard", "Sheetflow")
    for name in names:
        fake.owner.add_tab(name)
        fake.owner.fill(name, [["mine", "too"], [1, 2]])
    setup()
    assert [fake.owner.rows(name) for name in names] == [[["mine", "too"], [1, 2]]] * len(names)
    assert "Control (sheetflow)" in fake.owner.tabs()


def test_headers_that_a_sort_took_among_the_leads_stop_it_and_nobody_is_told_to_delete(fake, setup):
    setup()
    owner = fake.owner
    blank = [""] * (len(HEADERS) - 2)
    owner.fill("Leads", [["New", "Zoe", *blank], HEADERS, ["New", "Ada", *blank]])
    before = owner.rows("Leads")
    with pytest.raises(
        Denied, match=r"headers of the tab Leads are in row 2.*move that row to the top"
    ) as raised:
        setup()
    assert "delete" not in str(raised.value)
    assert owner.rows("Leads") == before


def test_a_deleted_row_of_headers_stops_it(fake, setup):
    setup()
    fake.owner.fill("Leads", [["New", "Ada", *[""] * 21, ADA]])
    with pytest.raises(Denied, match="first row of the tab Leads is a lead"):
        setup()


def test_a_tracker_without_headers_is_asked_for_them(fake, setup):
    fake.owner.rename_tab("Sheet1", "Leads")
    fake.owner.fill("Leads", [["Ida", "ida@example.org"]])
    with pytest.raises(Denied, match="has no headers: insert a row at the top"):
        setup()
    assert fake.owner.rows("Leads") == [["Ida", "ida@example.org"]]


def test_another_ledger_s_sheet_is_left_as_it_is_and_can_be_taken_over(fake, api, setup, ledger, open_ledger):
    setup()
    owner_of_it, other = seal(fake), open_ledger("other")
    before = looks(fake)
    with pytest.raises(Denied, match=r"another ledger.*restore.*--take-over"):
        set_up(api, other, take_over=False)
    assert looks(fake) == before
    assert "This ledger is the Sheet's own now." in set_up(api, other, take_over=True)
    assert seal(fake).ledger == kept(other, state.LEDGER) != owner_of_it.ledger
    assert owner_of_it.guard not in {named["name"] for named in fake.document.named_ranges}
    with pytest.raises(Denied, match="another ledger"):
        setup()
    assert set_up(api, other, take_over=True) == set_up(api, other, take_over=False) == []


def test_a_name_on_the_guard_alone_tells_whose_it_is(fake, api, setup, open_ledger):
    setup()
    fake.owner.type("Sheetflow", "A1", "")
    with pytest.raises(Denied, match="another ledger"):
        set_up(api, open_ledger("other"), take_over=False)


def test_an_older_ledger_is_told_to_restore(fake, setup, ledger):
    setup()
    with ledger.writing() as book:
        book.put(state.SHEET_NUMBER, "0")
    with pytest.raises(Denied, match=r"older than the Sheet.*restore"):
        setup()


def place(ledger, lead_id, where):
    with ledger.writing() as book:
        book.change(lead_id, {"place": where, "is_changed": 0})


def to_write(ledger):
    with ledger.reading() as book:
        return book.lead_ids((schema.leads.c.is_changed == 1) & (schema.leads.c.place == ""))


def test_a_deleted_tab_leads_gets_its_rows_again_but_none_that_a_person_deleted(fake, setup, ledger):
    setup()
    takes_in(ledger, ADA, BEN)
    place(ledger, ADA, "there")
    place(ledger, BEN, "gone")
    fake.owner.delete_tab("Leads")
    assert setup() == ["Made the tab Leads.", "1 row of Leads is written anew."]
    assert to_write(ledger) == [ADA]


def test_a_sheet_that_is_taken_over_gets_the_rows_that_it_lacks(fake, api, setup, open_ledger):
    setup()
    fake.owner.fill("Leads", [["New", "Ada", *[""] * 21, ADA]], top=2)
    other = open_ledger("other")
    takes_in(other, ADA, BEN)
    for lead_id in (ADA, BEN):
        place(other, lead_id, "there")
    assert "1 row of Leads is written anew." in set_up(api, other, take_over=True)
    assert to_write(other) == [BEN]


@pytest.mark.parametrize("fault", [faults.ANSWER_LOST, faults.failed_after(503)])
def test_an_answer_that_was_lost_is_no_second_setup(fake, setup, fault):
    fake.faults = lambda index, request: fault if request.kind == "write" and not fake.writes > 1 else None
    did = setup()
    assert "Made the tab Leads." in did
    assert len(fake.owner.records("Control")) == 4
    before = looks(fake)
    assert setup() == []
    assert looks(fake) == before


# With the leads that are there by then.


def test_a_deploy_s_setup_brings_no_row_back_that_its_owner_deleted_just_now(world):
    leads = [world.arrives(number) for number in (1, 2, 3, 4)]
    world.syncs()
    world.owner.delete_rows("Leads", world.row(leads[0]))
    assert world.sheet.setup(take_over=False) == ["The Sheet is ready: 3 leads."]
    assert sorted(world.ids()) == sorted(leads[1:])
    assert world.lead(leads[0])["place"] == "gone"
    assert world.differences() == []


def test_a_deploy_s_setup_obeys_what_was_typed_just_now(world):
    lead = world.arrives(1)
    world.syncs()
    world.types(lead, "Status", "Do not contact")
    world.sheet.setup(take_over=False)
    assert world.cells(lead)["Status"] == world.lead(lead)["status"] == "Do not contact"


def test_rows_that_went_all_at_once_are_written_anew_with_what_people_had_noted(world):
    leads = [world.arrives(number) for number in range(1, 6)]
    world.syncs()
    world.types(leads[0], "Notes", "likes tea")
    world.types(leads[1], "Status", "Won")
    world.syncs()
    world.owner.delete_rows("Leads", 2, 5)
    assert "5 rows" in " ".join(world.syncs().problems) or world.looked.follow_ups
    did = world.sheet.setup(take_over=False)
    assert "5 rows of Leads are written anew." in did
    assert sorted(world.ids()) == sorted(leads)
    assert world.cells(leads[0])["Notes"] == "likes tea"
    assert world.cells(leads[1])["Status"] == "Won"
    assert world.differences() == []
    assert world.syncs().follow_ups == ""


def test_a_deleted_tab_leads_comes_back_with_all_leads(world):
    leads = [world.arrives(number) for number in range(1, 4)]
    world.sends(leads[0])
    world.syncs()
    before = world.owner.records("Leads")
    world.owner.delete_tab("Leads")
    world.syncs()
    did = world.sheet.setup(take_over=False)
    assert did == ["Made the tab Leads.", "3 rows of Leads are written anew.", "The Sheet is ready: 3 leads."]
    assert world.owner.records("Leads") == before
    assert world.syncs().closed == ""
    assert world.differences() == []


def test_a_deleted_activity_gets_all_its_lines_again(world):
    world.arrives(1)
    world.syncs()
    before = world.owner.records("Activity")
    world.owner.delete_tab("Activity")
    world.sheet.setup(take_over=False)
    assert world.owner.records("Activity") == before


def test_a_ledger_that_moves_to_an_empty_spreadsheet_takes_everything_along(world):
    lead = world.arrives(1)
    world.syncs()
    world.types(lead, "Notes", "likes tea")
    world.syncs()
    for title in ("Leads", "Activity", "Control", "Dashboard", "Sheetflow"):
        world.owner.delete_tab(title) if len(world.owner.tabs()) > 1 else None
    world.sheet.setup(take_over=False)
    world.syncs()
    assert world.cells(lead)["Notes"] == "likes tea"
    assert world.differences() == []


def test_rows_of_a_business_s_own_tracker_are_adopted_and_nothing_of_them_is_written_over(
    fake, sheet, tracker
):
    sheet.setup(take_over=False)
    for _ in range(3):
        fake.between = None
        sheet.look(whole=True)
        sheet.write(numbers=True)
    rows = fake.owner.rows("leads")
    assert [row[:4] for row in rows[1:3]] == [row[:4] for row in TRACKER[1:]]
    assert [row[5] for row in rows[1:3]] == ["yesterday", ""]


def test_a_take_over_sends_nothing_to_rows_that_this_ledger_does_not_know(world, open_ledger):
    theirs = world.arrives(1)
    world.syncs()
    other = open_ledger("other", world.time)
    takes_in(other, BEN)
    sheet = world.connects(other)
    assert "This ledger is the Sheet's own now." in sheet.setup(take_over=True)
    assert sorted(world.ids()) == sorted([theirs, BEN])
    with other.reading() as book:
        assert book.case(theirs) is None
    assert "another ledger" in world.sheet.look(whole=True).closed
    sheet.close()
