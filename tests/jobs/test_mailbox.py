"""What lies in the mailbox when the job starts, over real IMAP and SMTP: who is stopped, held, left alone."""

from dataclasses import replace
from datetime import timedelta

import pytest

from sheetflow.jobs.run import run_job
from sheetflow.ledger import state
from sheetflow.mail.message import message_id
from sheetflow.mail.nomailbox import NoMailbox
from sheetflow.workflow import statuses
from sheetflow.workflow.events import MESSAGE_PREFIX, TEMPORARY, Kind, iso
from sheetflow.workflow.lead import cell_text
from sheetflow.workflow.sequence import Owner
from tests.fakes.imap import FakeImap
from tests.fakes.smtp import LOSE, says
from tests.jobs.post import absence, answer, bounced, complaint
from tests.jobs.world import World

LEAD = "lead@example.org"


def contacted(world: World, email: str = LEAD) -> str:
    """A lead that has had its first response."""
    lead_id = world.arrives(email)
    world.respond(lead_id)
    world.passes(minutes=30)
    return lead_id


def steps(world: World, lead_id: str) -> list[str]:
    return [event.step for event in world.events(lead_id, Kind.SENT)]


def goes_on(world: World, lead_id: str) -> bool:
    """Whether the next days bring another message."""
    before = len(steps(world, lead_id))
    for _ in range(8):
        world.passes(days=1)
        world.job()
    return len(steps(world, lead_id)) > before


def test_a_reply_stops_the_sequence_and_stands_in_the_row(world: World, mailbox: FakeImap) -> None:
    lead_id = contacted(world)
    mailbox.deliver(answer(world.mails[0], "Yes please,\nnext week.", at=world.now), at=world.now)
    came = world.now
    world.passes(minutes=10)
    world.job()
    row, (replied,) = world.row(lead_id), world.events(lead_id, Kind.REPLIED)
    assert (row.status, row.replied) == (statuses.REPLIED, world.workflow.local(came))
    assert (replied.at, replied.detail, replied.step) == (came, "Yes please,\nnext week.", "first_response")
    assert "over to you" in row.why
    assert not goes_on(world, lead_id)


@pytest.mark.parametrize("folder", ["inbox", "junk"])
def test_a_reply_from_another_address_is_known_by_its_thread(
    world: World, mailbox: FakeImap, folder: str
) -> None:
    lead_id = contacted(world)
    mailbox.deliver(answer(world.mails[0], "It's me.", "me@other.example", at=world.now), folder, world.now)
    world.job()
    assert world.row(lead_id).status == statuses.REPLIED
    assert world.events(lead_id, Kind.REPLIED)[0].detail == "me@other.example: It's me."


def test_a_letter_without_a_thread_is_known_by_its_address(world: World, mailbox: FakeImap) -> None:
    lead_id = contacted(world, "jo+forms@example.org")
    mailbox.deliver(answer(None, "Are you there?", "jo@example.org", at=world.now), at=world.now)
    world.job()
    assert world.row(lead_id).status == statuses.REPLIED


def test_a_mail_older_than_the_enquiry_is_no_reply(world: World, mailbox: FakeImap) -> None:
    mailbox.deliver(answer(None, "An old matter.", LEAD, at=world.now), at=world.now)
    world.passes(minutes=5)
    lead_id = contacted(world)
    world.job()
    assert world.row(lead_id).status == statuses.CONTACTED


def test_what_matches_nobody_is_left_alone_and_nothing_becomes_seen(world: World, mailbox: FakeImap) -> None:
    lead_id = contacted(world)
    mailbox.deliver(answer(None, "Buy this.", "shop@strangers.example", at=world.now), at=world.now)
    mailbox.deliver(b"no mail at all\xff\xfe", at=world.now)
    world.job()
    assert world.row(lead_id).status == statuses.CONTACTED
    assert set(mailbox.flags()) == {frozenset()}


def test_an_absence_moves_the_next_step_behind_the_return(world: World, mailbox: FakeImap) -> None:
    lead_id = contacted(world)
    text = "I am out of office and will be back on 1 April 2026."
    mailbox.deliver(absence(world.mails[0], text, at=world.now), at=world.now)
    world.job()
    row = world.row(lead_id)
    assert (row.status, cell_text(row.next_follow_up)) == (statuses.CONTACTED, "2026-04-02T09:00")
    assert "away until 1 Apr 2026" in row.why
    world.job_at("2026-04-01", "16:00")
    assert steps(world, lead_id) == ["first_response"]
    world.job_at("2026-04-02")
    assert steps(world, lead_id) == ["first_response", "follow_up"]


def test_an_automatic_answer_without_a_date_moves_nothing(world: World, mailbox: FakeImap) -> None:
    lead_id = contacted(world)
    mailbox.deliver(absence(world.mails[0], "We have got your message.", at=world.now), at=world.now)
    world.job()
    assert len(world.events(lead_id, Kind.AUTO_REPLIED)) == 1
    world.job_at("2026-03-26", "11:00")
    assert steps(world, lead_id) == ["first_response", "follow_up"]


def test_a_dead_address_is_bounced_and_suppressed(world: World, mailbox: FakeImap) -> None:
    lead_id = contacted(world)
    report = bounced(world.mails[0], "5.1.1", "550 5.1.1 No such user", at=world.now)
    mailbox.deliver(report, at=world.now)
    world.job()
    assert world.row(lead_id).status == statuses.BOUNCED
    assert world.suppression(LEAD) == "bounced"
    assert not goes_on(world, lead_id)


def test_a_bounce_of_an_address_that_was_corrected_doesnt_stop_the_new_one(
    world: World, mailbox: FakeImap
) -> None:
    lead_id = contacted(world)
    world.types(lead_id, "email", "right@example.org")
    report = bounced(world.mails[0], "5.1.1", "550 5.1.1 No such user", at=world.now)
    mailbox.deliver(report, at=world.now)
    world.job()
    assert world.row(lead_id).status == statuses.CONTACTED
    assert world.tables()["sheetflow_suppressed"] == []
    assert goes_on(world, lead_id)


def test_three_soft_bounces_ask_a_person_whose_word_counts_anew(world: World, mailbox: FakeImap) -> None:
    lead_id = contacted(world)
    for number in range(3):
        assert world.row(lead_id).status == statuses.CONTACTED
        report = bounced(world.mails[0], "4.2.2", f"452 4.2.2 Mailbox full {number}", at=world.now)
        mailbox.deliver(report, at=world.now)
        world.job()
    row = world.row(lead_id)
    assert row.status == statuses.NEEDS_ATTENTION
    assert "3 messages came back" in row.why
    assert all(event.detail.startswith(TEMPORARY) for event in world.events(lead_id, Kind.BOUNCED))
    world.types(lead_id, "status", statuses.FOLLOWING_UP)
    assert goes_on(world, lead_id)


def test_a_delayed_message_means_nothing(world: World, mailbox: FakeImap) -> None:
    lead_id = contacted(world)
    report = bounced(world.mails[0], "4.4.1", "421 4.4.1 try later", at=world.now, action="delayed")
    mailbox.deliver(report, at=world.now)
    before = world.events(lead_id)
    world.job()
    assert world.events(lead_id) == before
    assert goes_on(world, lead_id)


def test_a_bounce_because_of_the_sender_stops_everybody_for_an_hour_and_holds_the_lead(
    world: World, mailbox: FakeImap
) -> None:
    lead_id = contacted(world)
    report = bounced(world.mails[0], "5.7.1", "550 5.7.1 blocked for spam, see policy", at=world.now)
    mailbox.deliver(report, at=world.now)
    new = world.arrives("new@example.org")
    done = world.job()
    assert (done.sent, done.held) == (0, 1)
    assert any("blocked the sender" in problem for problem in done.problems)
    assert world.row(lead_id).status == statuses.NEEDS_ATTENTION
    assert "because of the sender" in world.row(lead_id).why
    assert world.tables()["sheetflow_suppressed"] == []
    world.passes(minutes=61)
    world.job()
    assert steps(world, new) == ["first_response"]
    world.types(lead_id, "status", statuses.FOLLOWING_UP)
    assert goes_on(world, lead_id)


def test_a_complaint_unsubscribes_every_row_of_the_address_for_ever(world: World, mailbox: FakeImap) -> None:
    lead_id = contacted(world)
    mailbox.deliver(complaint(world.mails[0], at=world.now), at=world.now)
    world.job()
    assert world.row(lead_id).status == statuses.UNSUBSCRIBED
    again = world.arrives(LEAD)
    world.job()
    assert world.row(again).status == statuses.NEEDS_ATTENTION
    assert len(world.mails) == 1


def test_a_bounce_because_of_the_sender_shortens_no_longer_block(world: World, mailbox: FakeImap) -> None:
    lead_id = contacted(world)
    longer = f"{(world.now + timedelta(hours=3)).isoformat(timespec='seconds')} 550 5.4.5 Daily limit"
    world.remembers(state.BLOCKED, longer)
    mailbox.deliver(bounced(world.mails[0], "5.7.1", "550 5.7.1 Listed", at=world.now), at=world.now)
    world.job()
    assert world.state[state.BLOCKED] == longer
    assert world.row(lead_id).status == statuses.NEEDS_ATTENTION


def test_stop_in_few_words_unsubscribes_the_sender_and_the_lead(world: World, mailbox: FakeImap) -> None:
    lead_id = contacted(world)
    mailbox.deliver(answer(world.mails[0], "STOP", "me@other.example", at=world.now), at=world.now)
    world.job()
    assert world.row(lead_id).status == statuses.UNSUBSCRIBED
    assert world.suppression(LEAD)
    assert world.suppression("me@other.example")


def test_an_opt_out_stops_all_open_rows_of_the_person(world: World, mailbox: FakeImap) -> None:
    first = contacted(world)
    world.types(first, "status", statuses.LOST)
    world.job()
    second = contacted(world)
    assert first != second
    mailbox.deliver(answer(world.mails[0], "unsubscribe", at=world.now), at=world.now)
    world.job()
    assert world.row(second).status == statuses.UNSUBSCRIBED
    assert world.row(first).status == statuses.LOST
    assert world.events(first, Kind.UNSUBSCRIBED)


def test_a_colleague_of_the_company_is_named_to_a_person(world: World, mailbox: FakeImap) -> None:
    lead_id = contacted(world, "jo@company.example")
    mailbox.deliver(answer(None, "About your offer …", "boss@company.example", at=world.now), at=world.now)
    world.job()
    row = world.row(lead_id)
    assert row.status == statuses.NEEDS_ATTENTION
    assert "boss@company.example, of the same company, wrote on 24 Mar 2026: “About your offer …”" in row.why
    world.types(lead_id, "status", statuses.FOLLOWING_UP)
    assert goes_on(world, lead_id)


def test_a_newsletter_of_the_company_and_strangers_at_a_free_provider_hold_nobody(
    world: World, mailbox: FakeImap
) -> None:
    contacted(world, "jo@company.example")
    contacted(world, "jo@gmail.com")
    news = answer(None, "News!", "news@company.example", at=world.now, headers="List-Id: <news.company>\n")
    mailbox.deliver(news, at=world.now)
    mailbox.deliver(answer(None, "Hello", "stranger@gmail.com", at=world.now), at=world.now)
    world.job()
    assert {lead.status for lead in world.rows()} == {statuses.CONTACTED}


def test_a_colleague_of_a_lead_that_nobody_has_written_to_holds_nobody(
    world: World, mailbox: FakeImap
) -> None:
    lead_id = world.arrives("jo@company.example")
    mailbox.deliver(answer(None, "Hello", "boss@company.example", at=world.now), at=world.now)
    world.job()
    assert world.row(lead_id).status == statuses.CONTACTED


def test_our_own_mails_are_no_replies(world: World, mailbox: FakeImap) -> None:
    world.use(replace(world.workflow, owners=(Owner("Ada", "ada@example.com"),)))
    lead_id = contacted(world)
    for sender in (world.server.user, "ada@example.com", "studio@example.com"):
        mailbox.deliver(answer(world.mails[0], "An internal note", sender, at=world.now), at=world.now)
    mailbox.deliver(world.server.messages[0].data, at=world.now)
    world.job()
    assert world.row(lead_id).status == statuses.CONTACTED
    assert world.row(lead_id).owner_response is None


def test_owners_who_try_it_with_their_own_address_see_their_reply_stop_it(
    world: World, mailbox: FakeImap
) -> None:
    lead_id = contacted(world, "studio@example.com")
    mailbox.deliver(world.server.messages[0].data, at=world.now)
    world.job()
    assert world.row(lead_id).status == statuses.CONTACTED
    mailbox.deliver(answer(world.mails[0], "A test", at=world.now), at=world.now)
    world.job()
    assert world.row(lead_id).status == statuses.REPLIED


def test_the_owners_own_mail_in_sent_is_the_first_human_response(world: World, mailbox: FakeImap) -> None:
    lead_id = contacted(world)
    mailbox.deliver(world.server.messages[0].data, "sent", world.now)
    world.job()
    assert world.row(lead_id).owner_response is None
    world.passes(minutes=30)
    own = answer(None, "I'll call you", "studio@example.com", at=world.now, to=LEAD)
    mailbox.deliver(own, "sent", world.now)
    world.passes(minutes=30)
    world.job()
    assert world.row(lead_id).owner_response == 60
    assert world.row(lead_id).status == statuses.CONTACTED


def test_the_ids_of_our_messages_are_known_before_they_are_on_record() -> None:
    assert message_id("L-2222222222", "follow_up", "example.com").startswith(MESSAGE_PREFIX)


def test_the_cursor_is_kept_and_a_mail_counts_once_however_often_it_is_read(
    world: World, mailbox: FakeImap
) -> None:
    lead_id = contacted(world)
    mailbox.deliver(answer(world.mails[0], "STOP", at=world.now), at=world.now)
    mailbox.deliver(bounced(world.mails[0], "4.2.2", "452 full", at=world.now), at=world.now)
    world.job()
    once = world.events(lead_id)
    assert world.state[state.LAST_MAILBOX] == iso(world.now)
    mailbox.renumber()
    world.job()
    world.remembers(state.CURSOR, "")
    world.job()
    world.remembers(state.CURSOR, "not JSON")
    world.job()
    assert world.events(lead_id) == once
    assert len(world.tables()["sheetflow_suppressed"]) == 1


def test_a_next_run_asks_only_for_what_is_new(world: World, mailbox: FakeImap) -> None:
    contacted(world)
    mailbox.deliver(answer(None, "Hello", "shop@strangers.example", at=world.now), at=world.now)
    world.job()
    mailbox.heard.clear()
    world.job()
    assert not any(b"FETCH" in said for said in mailbox.heard)


def test_a_lifted_suppression_stays_lifted_when_mails_are_read_again(world: World, mailbox: FakeImap) -> None:
    lead_id = contacted(world)
    report = bounced(world.mails[0], "5.1.1", "550 5.1.1 No such user", at=world.now)
    mailbox.deliver(report, at=world.now)
    world.job()
    world.lifts_suppressions()
    world.types(lead_id, "status", statuses.NEW)
    mailbox.renumber()
    world.job()
    assert world.tables()["sheetflow_suppressed"] == []
    assert goes_on(world, lead_id)


def test_a_word_typed_over_a_reply_goes_on_but_not_past_a_newer_one(world: World, mailbox: FakeImap) -> None:
    lead_id = contacted(world)
    mailbox.deliver(answer(world.mails[0], "Maybe.", at=world.now), at=world.now)
    world.job()
    world.types(lead_id, "status", statuses.FOLLOWING_UP)
    mailbox.deliver(answer(world.mails[0], "On second thoughts: no.", at=world.now), at=world.now)
    world.passes(days=3)
    world.job()
    assert world.row(lead_id).status == statuses.REPLIED
    assert steps(world, lead_id) == ["first_response"]
    world.types(lead_id, "status", statuses.FOLLOWING_UP)
    assert goes_on(world, lead_id)


def test_a_mailbox_that_cannot_be_read_stops_follow_ups_alone_and_says_so(
    world: World, mailbox: FakeImap
) -> None:
    lead_id = contacted(world)
    world.job()
    checked = world.state[state.LAST_MAILBOX]
    mailbox.is_down = True
    new = world.arrives("new@example.org")
    world.passes(days=3)
    done = world.job()
    assert steps(world, lead_id) == steps(world, new) == ["first_response"]
    assert "replies can't be read" in world.row(lead_id).why
    assert any("replies can't be read" in problem for problem in done.problems)
    assert "replies can't be read" in world.state[state.PROBLEMS]
    assert world.state[state.LAST_MAILBOX] == checked
    mailbox.is_down = False
    assert world.job().problems == ()
    assert steps(world, lead_id) == ["first_response", "follow_up"]


def test_a_mailbox_too_large_for_one_run_is_read_on_and_no_follow_up_leaves_before(
    world: World, mailbox: FakeImap
) -> None:
    lead_id = contacted(world)
    for number in range(120):
        mail = answer(None, "Hello", f"n{number}@strangers.example", at=world.now)
        mailbox.deliver(mail, at=world.now)
    mailbox.deliver(answer(world.mails[0], "Yes.", at=world.now), at=world.now)
    world.passes(days=3)
    world.mailbox = replace(world.mailbox, longest=0.0)
    lefts = [world.job().problems for _ in range(2)]
    assert "71 mails are left" in str(lefts[0])
    assert "21 mails are left" in str(lefts[1])
    assert steps(world, lead_id) == ["first_response"]
    assert world.job().problems == ()
    assert world.row(lead_id).status == statuses.REPLIED


@pytest.mark.parametrize("decision", ["", "off: replies aren't read (IMAP_HOST=off)"])
def test_without_a_mailbox_control_shows_the_decision_and_no_cursor(world: World, decision: str) -> None:
    contacted(world)
    world.mailbox = NoMailbox(decision)
    world.job()
    assert world.state[state.LAST_MAILBOX] == decision
    assert not world.state.get(state.CURSOR)


def test_a_dry_run_reads_and_leaves_no_trace(world: World, mailbox: FakeImap) -> None:
    contacted(world)
    mailbox.deliver(answer(world.mails[0], "Yes.", at=world.now), at=world.now)
    world.passes(days=3)
    before = world.tables()
    assert run_job(world.ports, dry_run=True).would == ()
    assert world.tables() == before


def test_answers_come_to_the_mailbox_that_is_read_and_to_the_owner(world: World, mailbox: FakeImap) -> None:
    contacted(world)
    assert str(world.mails[0]["Reply-To"]) == "Ada's Studio <studio@example.com>, me@example.com"


def lost(world: World, mailbox: FakeImap) -> str:
    """A lead whose first response may have left, beside one whose message lies in Sent."""
    contacted(world, "other@example.org")
    mailbox.deliver(world.server.messages[0].data, "sent", world.now)
    lead_id = world.arrives()
    world.server.answers = says(end=LOSE)
    world.respond(lead_id)
    world.server.answers = says()
    world.job()
    assert world.row(lead_id).status == statuses.NEEDS_ATTENTION
    return lead_id


@pytest.mark.parametrize("resend", [False, True])
def test_an_unknown_send_that_lies_in_sent_was_sent(world: World, mailbox: FakeImap, resend: bool) -> None:
    world.configure(resend_unknown=resend)
    lead_id = lost(world, mailbox)
    mailbox.deliver(world.server.messages[-1].data, "sent", world.now)
    world.passes(minutes=20)
    world.job()
    row, (sent,) = world.row(lead_id), world.events(lead_id, Kind.SENT)
    assert (row.status, row.emails_sent) == (statuses.CONTACTED, 1)
    assert sent.detail == world.mails[-1]["Subject"]
    assert goes_on(world, lead_id)
    assert world.mails[-1]["In-Reply-To"]


def test_an_unknown_send_that_isnt_in_sent_is_asked_of_the_owner(world: World, mailbox: FakeImap) -> None:
    lead_id = lost(world, mailbox)
    for _ in range(4):
        world.passes(minutes=10)
        world.job()
    assert world.row(lead_id).status == statuses.NEEDS_ATTENTION
    assert len(world.mails_to(LEAD)) == 1


def test_an_unknown_send_that_isnt_in_sent_is_repeated_where_the_business_says_so(
    world: World, mailbox: FakeImap
) -> None:
    world.configure(resend_unknown=True)
    lead_id = lost(world, mailbox)
    world.passes(minutes=14)
    world.job()
    assert len(world.mails_to(LEAD)) == 1
    world.passes(minutes=1)
    world.job()
    first, again = world.mails_to(LEAD)
    assert first["Message-ID"] == again["Message-ID"]
    assert (world.row(lead_id).status, world.row(lead_id).emails_sent) == (statuses.CONTACTED, 1)
    assert "Sent" in world.events(lead_id, Kind.RELEASED)[0].detail


def test_nothing_is_repeated_where_sent_has_never_held_a_message_of_ours(
    world: World, mailbox: FakeImap
) -> None:
    world.configure(resend_unknown=True)
    lead_id = lost(world, mailbox)
    mailbox.empty()
    world.passes(hours=2)
    world.job()
    assert world.row(lead_id).status == statuses.NEEDS_ATTENTION
    assert len(world.mails_to(LEAD)) == 1


def test_a_reply_to_a_message_that_may_have_left_is_a_reply(world: World, mailbox: FakeImap) -> None:
    lead_id = lost(world, mailbox)
    came = world.now + timedelta(minutes=1)
    mailbox.deliver(answer(world.mails_to(LEAD)[0], "Thanks!", "me@other.example", at=came), at=came)
    world.passes(minutes=5)
    world.job()
    assert world.row(lead_id).status == statuses.REPLIED
