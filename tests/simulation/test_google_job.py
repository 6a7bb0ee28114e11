"""Job runs over a Sheet: every request goes wrong once, and people edit between any two."""

from collections.abc import Callable, Iterator
from contextlib import suppress

import pytest

from sheetflow.errors import TrackerUnavailable
from tests.fakes import sheets_faults as faults
from tests.fakes.sheets import FakeSheets
from tests.fakes.sheets_document import Document
from tests.fakes.smtp import FakeSmtp
from tests.simulation.sheet import (
    DUE,
    NEW,
    OWN_COLUMN,
    PEOPLE,
    PEOPLES_COLUMNS,
    TALKING,
    WAITING,
    Killed,
    Shop,
    lead_id,
)

REQUESTS = 3  # of a job with something to send: a read, the claims, the outcomes


@pytest.fixture(scope="module")
def prepared(sheets: FakeSheets, smtp: FakeSmtp) -> Document:
    Shop(sheets, smtp).prepare()
    return sheets.document.copy()


@pytest.fixture
def shop(sheets: FakeSheets, smtp: FakeSmtp, prepared: Document) -> Iterator[Shop]:
    """The same morning for every test."""
    sheets.document.adopt(prepared.copy())
    smtp.messages.clear()
    sheets.request_log.clear()
    yield Shop(sheets, smtp)
    sheets.faults = sheets.between = None


@pytest.fixture(scope="module")
def undisturbed(sheets: FakeSheets, smtp: FakeSmtp, prepared: Document) -> tuple[object, ...]:
    """What becomes of that morning when nothing goes wrong."""
    sheets.document.adopt(prepared.copy())
    smtp.messages.clear()
    shop = Shop(sheets, smtp)
    shop.job()
    shop.clean_job()
    return shop.mails(), shop.story(), shop.rows()


def test_a_job_sends_what_is_due_and_says_so_in_the_sheet(shop):
    report = shop.job()
    assert (report.sent, report.problems) == (2, ())
    assert {person for person, _ in shop.mails()} == {NEW, DUE}
    rows = shop.rows()
    assert {person: rows[person]["Status"] for person in PEOPLE} == {
        NEW: "Contacted",
        DUE: "Following up",
        WAITING: "Contacted",
        TALKING: "In conversation",
    }
    assert rows[DUE]["Emails sent"] == 2
    assert rows[WAITING]["Why"].startswith("Follow up goes out on")


def test_a_job_with_something_to_send_makes_one_read_and_two_writes(shop, sheets):
    shop.job()
    assert (sheets.reads, sheets.writes) == (1, REQUESTS - 1)


def test_a_job_with_nothing_to_do_makes_one_read_and_one_write(shop, sheets):
    shop.job()
    sheets.request_log.clear()
    shop.clean_job()
    assert (sheets.reads, sheets.writes) == (1, 1)


FAULTS = {
    "answer lost": faults.ANSWER_LOST,
    "answer cut": faults.ANSWER_CUT,
    "429": faults.refused(429),
    "503": faults.refused(503),
    "503 though applied": faults.failed_after(503),
    "HTML 502": faults.HTML_502,
    "reset": faults.RESET_BEFORE,
}


@pytest.mark.parametrize("at", range(REQUESTS))
@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_at_any_request_changes_nothing(shop, sheets, undisturbed, name, at):
    sheets.faults = lambda index, request: FAULTS[name] if index == at else None
    shop.job()
    shop.clean_job()
    mails, story, rows = undisturbed
    assert shop.mails() == mails
    assert {person: sorted(told) for person, told in shop.story().items()} == {
        person: sorted(told) for person, told in story.items()
    }
    assert {person: _as_people_see_it(row) for person, row in shop.rows().items()} == {
        person: _as_people_see_it(row) for person, row in rows.items()
    }


@pytest.mark.parametrize("at", range(REQUESTS))
@pytest.mark.parametrize("fault", [faults.ANSWER_LOST, faults.RESET_BEFORE], ids=["after", "before"])
def test_a_process_killed_at_any_request_sends_nothing_twice(shop, sheets, undisturbed, fault, at):
    sheets.faults = lambda index, request: fault if index == at else None
    shop.dies = True
    with pytest.raises(Killed):
        shop.job()
    shop.clean_job()
    mails, story, _ = undisturbed
    told, sent = shop.story(), shop.mails()
    assert max(sent.values(), default=1) == 1
    for person, row in shop.rows().items():
        is_held = row["Status"] == "Needs attention" and "unknown" in [kind for kind, _ in told[person]]
        is_same = sorted(told[person]) == sorted(story[person])
        assert is_held or (is_same and {one for one in sent if one[0] == person} <= set(mails))


@pytest.mark.parametrize("at", range(REQUESTS))
def test_google_being_down_from_any_request_on_loses_nothing(shop, sheets, undisturbed, at):
    sheets.faults = lambda index, request: faults.refused(503) if index >= at else None
    with suppress(TrackerUnavailable):
        shop.job()
    shop.clean_job()
    mails, _, _ = undisturbed
    sent = shop.mails()
    assert set(sent) <= set(mails)
    assert max(sent.values(), default=1) == 1
    for person, row in shop.rows().items():
        was_sent = {one for one in sent if one[0] == person} == {one for one in mails if one[0] == person}
        assert was_sent or row["Status"] == "Needs attention"


Edit = Callable[[Shop], None]
MOVES: dict[str, Edit] = {
    "sort by name": lambda shop: shop.fake.owner.sort("Leads", "Name"),
    "sort by email, descending": lambda shop: shop.fake.owner.sort("Leads", "Email", descending=True),
    "sort by status": lambda shop: shop.fake.owner.sort("Leads", "Status", descending=True),
    "sort Activity": lambda shop: shop.fake.owner.sort("Activity", "Event"),
    "sort Control": lambda shop: shop.fake.owner.sort("Control", "Setting"),
    "insert rows at the top": lambda shop: shop.fake.owner.insert_rows("Leads", 2, 2),
    "move a row": lambda shop: shop.fake.owner.move_rows("Leads", 2, 6),
    "insert a column before Status": lambda shop: shop.fake.owner.insert_column("Leads", "Status", "Mood"),
    "insert a column at the left": lambda shop: shop.fake.owner.insert_column("Leads", "Lead ID", "Mood"),
    "move Why to the left": lambda shop: shop.fake.owner.move_column("Leads", "Why", "Name"),
    "move Lead ID to the right": lambda shop: shop.fake.owner.move_column("Leads", "Lead ID", "Why"),
    "move Status": lambda shop: shop.fake.owner.move_column("Leads", "Status", "Notes"),
    "delete Priority": lambda shop: shop.fake.owner.delete_column("Leads", "Priority"),
    "rename Phone": lambda shop: shop.fake.owner.rename_header("Leads", "Phone", "Telephone"),
    "rename Status": lambda shop: shop.fake.owner.rename_header("Leads", "Status", "Stage"),
    "rename the tab": lambda shop: shop.fake.owner.rename_tab("Leads", "My leads"),
    "rename Control": lambda shop: shop.fake.owner.rename_tab("Control", "Switches"),
    "a filter": lambda shop: shop.fake.owner.filter("Leads", "Status", ["New"]),
    "hide rows": lambda shop: shop.fake.owner.hide_rows("Leads", 2, 2),
    "a tab of one's own": lambda shop: shop.fake.owner.add_tab("Ideas"),
}


@pytest.mark.parametrize("at", range(REQUESTS))
@pytest.mark.parametrize("name", MOVES)
def test_what_people_move_between_two_requests_changes_nothing(shop, sheets, undisturbed, name, at):
    edit_at(shop, MOVES[name], at)
    shop.job()
    shop.clean_job()
    mails, _, rows = undisturbed
    found = shop.rows()
    assert shop.mails() == mails
    for person in PEOPLE:
        assert {header: found[person].get(header) for header in PEOPLES_COLUMNS} == {
            header: rows[person][header] for header in PEOPLES_COLUMNS
        }
        for header in ("Lead ID", "Status", "Owner", "Emails sent", "Last step", "Why", "Next step"):
            assert found[person][header] == rows[person][header], header
        assert not found[person].get("Mood")
    assert shop.snapshot().problems == ()


@pytest.mark.parametrize("at", range(REQUESTS))
@pytest.mark.parametrize("person", [NEW, DUE, WAITING])
@pytest.mark.parametrize("word", ["Won", "Paused", "Do not contact", "call her"])
def test_a_status_typed_between_two_requests_stands(shop, sheets, word, person, at):
    edit_at(shop, lambda shop: shop.edit(person, "Status", word), at)
    shop.job()
    if at < 2:  # before the claims were made
        assert person not in {who for who, _ in shop.mails()}
    shop.clean_job()
    assert shop.rows()[person]["Status"] == word
    assert any(event.detail.startswith(word) for event in shop.snapshot().events if event.kind == "status")


@pytest.mark.parametrize("at", range(REQUESTS))
def test_a_follow_up_typed_between_two_requests_is_obeyed(shop, sheets, at):
    edit_at(shop, lambda shop: shop.edit(WAITING, "Next follow-up", "2026-04-09 11:00"), at)
    shop.job()
    shop.clean_job()
    assert "9 Apr 2026, 11:00" in shop.rows()[WAITING]["Why"]
    assert ("rescheduled", "") in shop.story()[WAITING]


@pytest.mark.parametrize("at", range(REQUESTS))
@pytest.mark.parametrize("person", [DUE, WAITING])
def test_a_row_deleted_between_two_requests_stays_deleted(shop, sheets, person, at):
    def delete(shop):
        owner = shop.fake.owner
        owner.delete_rows("Leads", owner.find("Leads", "Lead ID", lead_id(person)))

    edit_at(shop, delete, at)
    shop.job()
    if at < 2:
        assert person not in {who for who, _ in shop.mails()}
    shop.clean_job()
    rows = shop.rows()
    assert sorted(rows) == sorted(set(PEOPLE) - {person})
    assert rows[NEW]["Status"] == "Contacted"
    assert rows[TALKING]["Status"] == "In conversation"


@pytest.mark.parametrize("at", range(REQUESTS))
def test_pasted_copies_of_rows_are_held_and_say_so(shop, sheets, at):
    edit_at(shop, lambda shop: shop.fake.owner.paste_rows("Leads", 2, 2, 10), at)
    shop.job()
    if at < 2:
        assert shop.mails() == {}
    shop.clean_job()
    records = shop.fake.owner.records("Leads")
    copies = [row for row in records if row["Lead ID"] in (lead_id(NEW), lead_id(DUE))]
    assert len(copies) == 4
    assert all("stands in 2 rows" in row["Why"] for row in copies)
    assert any("stands in 2 rows" in problem for problem in shop.snapshot().problems)
    assert shop.rows()[WAITING][OWN_COLUMN] == "3000"


def test_pausing_before_the_claims_sends_nothing(shop, sheets):
    edit_at(shop, lambda shop: shop.fake.owner.type_in("Control", 2, "Value", "paused"), 1)
    shop.job()
    assert shop.mails() == {}


def edit_at(shop: Shop, edit: Edit, at: int) -> None:
    """Just before the request with this number is applied; requests that repairs add come after."""
    shop.fake.request_log.clear()
    shop.fake.between = lambda index, request: edit(shop) if index == at else None


def _as_people_see_it(row: dict[str, object]) -> dict[str, object]:
    return {header: value for header, value in row.items() if header != "Sheetflow"}


@pytest.mark.parametrize("at", range(1, REQUESTS))
@pytest.mark.parametrize("tab", ["Control", "Suppressed", "Activity"])
def test_a_tab_deleted_between_two_requests_comes_back_and_sends_nothing_until_somebody_says_on(
    shop, sheets, tab, at
):
    def delete(index: int, _: object) -> None:
        if index == at and tab in sheets.owner.tabs():
            sheets.owner.delete_tab(tab)

    sheets.between = delete
    with suppress(TrackerUnavailable):
        shop.job()
    sent = shop.mails()
    shop.clean_job()
    assert tab in sheets.owner.tabs()
    assert shop.mails() == sent
    assert max(sent.values(), default=1) == 1
    row = sheets.owner.find("Control", "Setting", "Sending")
    assert sheets.owner.rows("Control")[row - 1][1] == "PAUSED"


@pytest.mark.parametrize("at", range(1, REQUESTS))
@pytest.mark.parametrize("name", ["insert rows at the top", "sort by name", "move a row"])
def test_what_people_move_while_a_lost_answer_is_asked_for_again_changes_no_other_row(
    shop, sheets, undisturbed, name, at
):
    sheets.faults = lambda index, request: faults.ANSWER_LOST if index == at else None
    edit_at(shop, MOVES[name], at + 1)
    shop.job()
    before = shop.rows()
    mails, _, rows = undisturbed
    assert shop.mails() == mails
    for person in PEOPLE:
        for header in ("Lead ID", "Status", "Next step", "Sheetflow"):
            assert before[person][header] == rows[person][header], (person, header)
    assert len([row for row in sheets.owner.records("Leads") if any(row.values())]) == len(PEOPLE)
