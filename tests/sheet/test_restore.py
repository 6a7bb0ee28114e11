"""The ledger is lost, and the Sheet brings it back: who got what, who must not be written to."""

from dataclasses import replace
from datetime import timedelta

import pytest

from sheetflow.ledger import arrivals, editing, forgetting, state
from sheetflow.ledger.ledger import Ledger
from sheetflow.sheet.api import Denied
from sheetflow.workflow.events import Claim, Event, Kind
from sheetflow.workflow.optout import BY_LINK, OptOut
from tests.sheet.conftest import WORKFLOW, enquiry
from tests.sheet.world import World, lead_id

ADA, BEN, CLO = (lead_id(number) for number in (1, 2, 3))


@pytest.fixture
def lose(world, tmp_path):
    """The ledger is lost; a new one has taken its place."""
    opened = []

    def lose() -> World:
        world.sheet.close()
        world.ledger.close()
        world.ledger = Ledger(f"sqlite:///{tmp_path / 'new.db'}", WORKFLOW, world.time)
        world.sheet = world.connects()
        opened.append(world)
        return world

    return lose


def status(world, lead):
    return world.lead(lead)["status"]


def done(world, lead):
    return [event.step for event in world.events(lead, Kind.SENT)]


def suppressed(world, email):
    with world.ledger.reading() as book:
        return book.suppression(email)


def opts_out(world, lead):
    with world.ledger.writing() as book:
        [case] = book.cases([lead])
        editing.opt_out(book, OptOut(lead, book.hash_of(case.lead.email), world.now))


def activity_stands_once(world):
    """Whether Activity has every event of the ledger, and each once."""
    with world.ledger.reading() as book:
        ids = [event.id for found in book.events([ADA, BEN, CLO]).values() for event in found]
    return sorted(line["Event ID"] for line in world.owner.records("Activity")) == sorted(ids)


def told(did, lead):
    return [said for said in did if lead in said]


def test_leads_their_messages_and_their_stops_come_back(world, lose):
    for number in (1, 2, 3):
        world.arrives(number, message=f"Message {number}", source="website")
    world.sends(ADA)
    world.replies(BEN)
    world.syncs()
    world.types(ADA, "Notes", "likes tea")
    world.syncs()
    before = {lead: (status(world, lead), world.events(lead)) for lead in (ADA, BEN, CLO)}
    rows = world.owner.records("Leads")
    lose()
    did = world.sheet.restore()
    assert did[0].startswith("Restored from the Sheet: 3 leads, ")
    assert {lead: (status(world, lead), world.events(lead)) for lead in (ADA, BEN, CLO)} == before
    assert world.lead(ADA)["notes"] == "likes tea"
    assert not any(told(did, lead) for lead in (ADA, BEN, CLO))
    world.syncs()
    assert world.owner.records("Leads") == rows
    assert world.differences() == []


def test_a_step_that_was_claimed_once_is_never_claimed_again(world, lose):
    world.arrives(1)
    world.sends(ADA)
    world.syncs()
    lose()
    world.sheet.restore()
    with world.ledger.writing() as book:
        assert not book.claim(Claim(ADA, "first_response", 1), "run", "<x@example.com>")
        assert book.message_lead("<sf.0@example.com>") == (ADA, "first_response")
        assert len(book.sent_since(world.now - timedelta(days=1))) == 1


def test_who_wrote_again_to_a_new_ledger_is_told_to_be_suppressed_once_the_old_one_is_known(world, lose):
    world.arrives(1)
    world.sends(ADA)
    world.syncs()
    world.types(ADA, "Status", "Do not contact")
    world.syncs()
    lose()
    again = world.arrives(5, email=f"{ADA.lower()}@example.org", phone=world.cells(ADA)["Phone"])
    world.sends(again)
    world.sheet.restore()
    assert world.cells(again)["Why"].startswith("This address gets no mail (Do not contact, set by hand)")
    assert world.differences() == []


def test_addresses_that_opted_out_are_known_by_their_hash_alone(world, lose):
    world.arrives(1)
    opts_out(world, ADA)
    world.syncs()
    world.edits(ADA, "email", "corrected@example.org")
    world.syncs()
    address = f"{ADA.lower()}@example.org"
    lines = world.owner.records("Activity")
    [line] = [line for line in lines if line["Event"] == "unsubscribed"]
    with world.ledger.reading() as book:
        assert f"{book.salt}:{book.hash_of(address)}" in line["Detail"]
    lose()
    assert suppressed(world, address) == ""
    world.sheet.restore()
    assert suppressed(world, address) == BY_LINK
    assert suppressed(world, "corrected@example.org") == ""


def test_an_undone_opt_out_stays_undone(world, lose):
    world.arrives(1)
    opts_out(world, ADA)
    world.syncs()
    with world.ledger.writing() as book:
        address = book.hash_of(f"{ADA.lower()}@example.org")
        editing.opt_out(book, OptOut(ADA, address, world.now, is_undone=True))
    world.syncs()
    lose()
    world.sheet.restore()
    assert suppressed(world, f"{ADA.lower()}@example.org") == ""


def test_a_step_that_the_row_alone_knows_was_sent_and_the_lead_is_paused_and_named(world, lose):
    world.arrives(1)
    world.sends(ADA)
    world.syncs()
    world.passes(days=2)
    world.sends(ADA, "follow_up")
    world.syncs()
    owner = world.owner
    while row := owner.find("Activity", "Step", "follow_up"):
        owner.delete_rows("Activity", row)
    lose()
    did = world.sheet.restore()
    assert set(done(world, ADA)) == {"first_response", "follow_up"}
    assert status(world, ADA) == "Paused"
    assert "follow_up was sent" in told(did, ADA)[0]
    world.syncs()
    assert world.cells(ADA)["Status"] == "Paused"
    assert "follow_up was sent, Activity doesn't" in world.cells(ADA)["Why"]
    with world.ledger.writing() as book:
        assert not book.claim(Claim(ADA, "follow_up", 1), "run", "<x@example.com>")


def test_the_number_of_messages_alone_tells_that_more_were_sent(world, lose):
    world.arrives(1)
    world.sends(ADA)
    world.syncs()
    world.owner.type_in("Leads", world.row(ADA), "Emails sent", "3")
    lose()
    world.sheet.restore()
    assert set(done(world, ADA)) == {"first_response", "follow_up", "check_in"}
    assert status(world, ADA) == "Paused"


STRICT = ["Do not contact", "Won", "In conversation", "Not a lead", "a word of mine"]


@pytest.mark.parametrize("word", STRICT)
def test_a_word_that_stops_is_obeyed_though_the_lost_ledger_never_saw_it(world, lose, word):
    world.arrives(1)
    world.sends(ADA)
    world.syncs()
    world.types(ADA, "Status", word)
    lose()
    did = world.sheet.restore()
    assert status(world, ADA) == word
    assert bool(suppressed(world, f"{ADA.lower()}@example.org")) is (word == "Do not contact")
    assert word in told(did, ADA)[0]


@pytest.mark.parametrize("word", ["Following up", "New", "Nurture", "Send again"])
def test_a_word_that_sends_over_a_stop_of_activity_pauses(world, lose, word):
    world.arrives(1)
    world.sends(ADA)
    world.replies(ADA)
    world.syncs()
    world.types(ADA, "Status", word)
    lose()
    did = world.sheet.restore()
    assert status(world, ADA) == "Paused"
    assert f'its row says "{word}", Activity "Replied"' in told(did, ADA)[0]


def test_a_word_that_sends_over_an_opt_out_sends_nothing(world, lose):
    world.arrives(1)
    opts_out(world, ADA)
    world.syncs()
    world.types(ADA, "Status", "New")
    lose()
    did = world.sheet.restore()
    assert status(world, ADA) == "Unsubscribed"
    assert suppressed(world, f"{ADA.lower()}@example.org")
    assert told(did, ADA)


def test_all_of_activity_emptied_leaves_everybody_paused_or_stopped(world, lose):
    for number in (1, 2, 3):
        world.arrives(number)
    world.sends(ADA)
    world.syncs()
    world.types(BEN, "Status", "Do not contact")
    world.syncs()
    world.owner.delete_rows("Activity", 2, 40)
    lose()
    did = world.sheet.restore()
    assert [status(world, lead) for lead in (ADA, BEN, CLO)] == ["Paused", "Do not contact", "Paused"]
    assert done(world, ADA) == ["first_response"]
    assert suppressed(world, f"{BEN.lower()}@example.org")
    assert all(told(did, lead) for lead in (ADA, BEN, CLO))
    world.syncs()
    assert world.differences() == []


def test_lines_that_cannot_be_read_are_counted_and_their_lead_is_paused(world, lose):
    world.arrives(1)
    world.arrives(2)
    world.syncs()
    world.owner.type_in("Activity", world.owner.find("Activity", "Lead ID", ADA), "Time", "yesterday")
    lose()
    did = world.sheet.restore()
    assert "1 line of Activity can't be read." in did
    assert status(world, ADA) == "Paused"
    assert status(world, BEN) == "New"


def test_a_deleted_row_stays_deleted_and_a_lost_one_is_written_anew_paused(world, lose):
    for number in (1, 2, 3):
        world.arrives(number, phone="")
    world.syncs()
    world.owner.delete_rows("Leads", world.row(ADA))
    world.syncs()
    world.owner.delete_rows("Leads", world.row(BEN))
    lose()
    did = world.sheet.restore()
    world.syncs()
    assert sorted(world.ids()) == [BEN, CLO]
    assert "its row is missing" in told(did, BEN)[0]
    assert world.cells(BEN)["Status"] == "Paused"
    assert world.cells(BEN)["Email"] == f"{BEN.lower()}@example.org"
    assert world.lead(ADA)["place"] == "gone"


def test_a_date_that_was_typed_and_not_taken_in_any_more_counts(world, lose):
    world.arrives(1)
    world.sends(ADA)
    world.syncs()
    world.types(ADA, "Next follow-up", "2026-05-04 10:00")
    lose()
    world.sheet.restore()
    assert [event.detail for event in world.events(ADA, Kind.RESCHEDULED)] == ["2026-05-04T10:00"]


def test_a_lead_taken_in_since_becomes_part_of_its_person(world, lose):
    world.arrives(1)
    world.arrives(2)
    world.syncs()
    lose()
    world.passes(hours=1)
    again = enquiry(lead_id(9), world.now, email=f"{ADA.lower()}@example.org", name="Ada", message="And now?")
    stranger = enquiry(lead_id(8), world.now, email="new@example.org")
    with world.ledger.writing() as book:
        arrivals.store(book, [again, stranger])
    world.sends(lead_id(9))
    with world.ledger.writing() as book:
        editing.opt_out(book, OptOut(lead_id(9), book.hash_of(again.email), world.now))
    world.sheet.restore()
    world.syncs()
    assert sorted(world.ids()) == sorted([ADA, BEN, lead_id(8)])
    assert "message: And now?" in world.cells(ADA)["Details"]
    assert done(world, ADA) == ["first_response"]
    assert world.cells(ADA)["Status"] == "Unsubscribed"
    assert suppressed(world, again.email) == BY_LINK
    lines = world.owner.records("Activity")
    assert {line["Lead ID"] for line in lines} == {ADA, BEN, lead_id(8)}
    assert world.differences() == []
    with world.ledger.writing() as book:
        assert arrivals.store(book, [replace(again, id=lead_id(7))])[0].lead_id == ADA


def test_the_older_backup_of_the_ledger_gets_what_it_lacks(world, tmp_path):
    world.arrives(1)
    world.syncs()
    world.ledger.close()
    backup = (tmp_path / "world.db").read_bytes()
    world.sends(ADA)
    world.arrives(2)
    world.syncs()
    world.ledger.close()
    (tmp_path / "world.db").write_bytes(backup)
    for name in ("world.db-wal", "world.db-shm"):
        (tmp_path / name).unlink(missing_ok=True)
    world.sheet.close()
    world.sheet = world.connects()
    assert "older than the Sheet" in world.syncs().closed
    world.sheet.restore()
    assert world.syncs().closed == ""
    assert done(world, ADA) == ["first_response"]
    assert status(world, BEN) == "New"
    assert world.differences() == []
    assert activity_stands_once(world)


def test_the_new_ledger_owns_the_sheet_afterwards_and_the_old_one_does_not(world, lose):
    world.arrives(1)
    world.syncs()
    old = world.kept(state.LEDGER)
    lose()
    assert "another ledger" in world.sheet.look(whole=True).closed
    world.sheet.restore()
    looked = world.syncs()
    assert (looked.closed, looked.sending) == ("", "ON")
    assert world.owner.rows("Sheetflow")[0][0] == world.kept(state.LEDGER) != old


def test_it_can_be_repeated(world, lose):
    for number in (1, 2):
        world.arrives(number)
    world.sends(ADA)
    opts_out(world, BEN)
    world.syncs()
    lose()
    world.sheet.restore()
    world.syncs()
    before = [world.events(lead) for lead in (ADA, BEN)], world.owner.rows("Leads")
    assert activity_stands_once(world)
    assert not any(told(world.sheet.restore(), lead) for lead in (ADA, BEN))
    world.syncs()
    assert ([world.events(lead) for lead in (ADA, BEN)], world.owner.rows("Leads")) == before
    assert activity_stands_once(world)


def test_an_older_spelling_of_somebody_s_words_is_no_mark(world, lose):
    world.arrives(1)
    spoof = f"STOP [{'a' * 32}:{'b' * 64} bounced]"
    event = Event(world.now, ADA, Kind.COMPLAINED, "complained:x", detail=spoof)
    with world.ledger.writing() as book:
        book.record([event])
    world.syncs()
    lose()
    world.sheet.restore()
    with world.ledger.reading() as book:
        assert not book.is_suppressed("b" * 64)


@pytest.mark.parametrize("title", ["Leads", "Activity"])
def test_either_tab_alone_brings_everybody_back_paused(world, lose, title):
    world.arrives(1)
    world.sends(ADA)
    world.syncs()
    world.owner.delete_tab(title)
    lose()
    did = world.sheet.restore()
    assert status(world, ADA) == "Paused"
    assert world.lead(ADA)["email"] == f"{ADA.lower()}@example.org"
    assert done(world, ADA) == ["first_response"]
    assert told(did, ADA)
    world.syncs()
    assert world.cells(ADA)["Status"] == "Paused"
    assert world.differences() == []


def test_without_both_tabs_nothing_is_restored(world, lose):
    world.arrives(1)
    world.syncs()
    for title in ("Leads", "Activity"):
        world.owner.delete_tab(title)
    lose()
    with pytest.raises(Denied, match=r"neither Leads nor Activity.*bring the tabs back"):
        world.sheet.restore()
    assert "Leads" not in world.owner.tabs()


@pytest.mark.parametrize(("title", "header"), [("Leads", "Lead ID"), ("Activity", "Event")])
def test_a_column_that_is_needed_is_asked_for_before_anything_is_done(world, lose, title, header):
    world.arrives(1)
    world.syncs()
    world.owner.rename_header(title, header, "x")
    lose()
    with pytest.raises(Denied, match=f'The tab {title} has no column "{header}"'):
        world.sheet.restore()
    with world.ledger.reading() as book:
        assert list(book.all_cases()) == []


def test_a_person_who_was_forgotten_stays_forgotten_and_unwritten_to(world, lose):
    world.arrives(1)
    world.arrives(2)
    world.syncs()
    rows, lines = world.owner.rows("Leads"), world.owner.rows("Activity")
    email = f"{ADA.lower()}@example.org"
    with world.ledger.writing() as book:
        forgetting.forget(book, email, world.now)
    world.syncs()
    world.owner.fill("Leads", rows)
    world.owner.fill("Activity", lines)
    lose()
    world.sheet.restore()
    assert suppressed(world, email) == "forgotten"
    with world.ledger.reading() as book:
        assert [case.lead.id for case in book.all_cases()] == [BEN]
        assert [event.kind for event in book.events([ADA])[ADA]] == [Kind.FORGOTTEN]


def test_rows_with_ids_of_somebody_else_are_no_leads(world, lose):
    world.arrives(1)
    world.syncs()
    world.owner.fill("Leads", [["New", "Zoe", *[""] * 7, "zoe@example.org", *[""] * 13, "17"]], top=3)
    lose()
    world.sheet.restore()
    with world.ledger.reading() as book:
        assert [case.lead.id for case in book.all_cases()] == [ADA]


def test_a_row_typed_by_hand_keeps_its_cells_over_a_restore(world, lose):
    world.owner.type_in("Leads", 2, "Name", "Ida")
    world.owner.type_in("Leads", 2, "Email", "ida@example.org")
    world.owner.type_in("Leads", 2, "Last contact", "in May")
    for _ in range(3):
        world.syncs()
    [ida] = world.ids()
    lose()
    world.sheet.restore()
    world.syncs()
    assert world.cells(ida)["Last contact"] == "in May"
    assert world.cells(ida)["Status"] == "Paused"


def test_the_edit_of_an_owner_survives(world, lose):
    world.arrives(1)
    world.syncs()
    world.types(ADA, "Owner", "Kim")
    world.types(ADA, "Phone", "555 0100")
    lose()
    with world.ledger.reading() as book:
        assert book.case(ADA) is None
    world.sheet.restore()
    world.syncs()
    assert world.cells(ADA)["Owner"] == "Kim"
    assert str(world.lead(ADA)["phone"]) == "555 0100"
