"""What lets a sequence begin anew, and what doesn't: real ledger, real SMTP."""

from dataclasses import replace

from sheetflow.jobs.run import run_first_responses
from sheetflow.mail.outbox import OutboxTransport
from sheetflow.workflow import statuses
from sheetflow.workflow.events import Kind
from sheetflow.workflow.sequence import Step
from tests.fakes.imap import FakeImap
from tests.fakes.smtp import says
from tests.jobs.post import answer
from tests.jobs.world import World


def steps(world: World, lead_id: str) -> list[str]:
    return [event.step for event in world.events(lead_id, Kind.SENT)]


def test_leads_that_were_only_tried_out_wait_for_a_word_when_a_mail_account_is_there(
    world: World, tmp_path
) -> None:
    world.configure(is_try_out=True)
    lead_id = world.arrives()
    run_first_responses(replace(world.ports, transport=OutboxTransport(tmp_path / "outbox")), [lead_id])
    assert world.row(lead_id).status == statuses.CONTACTED
    world.configure(is_try_out=False)
    world.job_at("2026-03-26")
    row = world.row(lead_id)
    assert (row.status, row.why) == (statuses.PAUSED, "Paused: tried out only; set New to begin.")
    assert world.mails == []
    world.types(lead_id, "status", statuses.NEW)
    world.job()
    world.job_at("2026-03-30")
    first, second = world.mails
    assert steps(world, lead_id) == ["first_response", "first_response", "follow_up"]
    assert first["In-Reply-To"] is None
    assert second["In-Reply-To"] == first["Message-ID"]


def test_after_a_bounce_a_corrected_address_and_new_begin_a_new_conversation(world: World) -> None:
    lead_id = world.arrives("tpyo@example.org")
    world.server.answers = says(rcpt="550 5.1.1 no such user")
    world.respond(lead_id)
    world.server.answers = says()
    assert world.row(lead_id).status == statuses.BOUNCED
    world.types(lead_id, "email", "typo@example.org")
    world.types(lead_id, "status", statuses.NEW)
    world.job()
    assert [mail["To"].addresses[0].addr_spec for mail in world.mails] == ["typo@example.org"]
    bounced, sent = (world.events(lead_id, kind)[0] for kind in (Kind.BOUNCED, Kind.SENT))
    assert bounced.message_id != sent.message_id
    assert world.row(lead_id).status == statuses.CONTACTED


def test_new_over_bounced_without_a_corrected_address_mails_nothing_and_says_so(world: World) -> None:
    lead_id = world.arrives()
    world.server.answers = says(rcpt="550 5.1.1 no such user")
    world.respond(lead_id)
    world.server.answers = says()
    world.types(lead_id, "status", statuses.NEW)
    world.job()
    assert world.mails == []
    assert "gets no mail (bounced)" in world.row(lead_id).why


def test_new_typed_on_an_answered_lead_counts_as_contacted(world: World) -> None:
    lead_id = world.arrives()
    world.respond(lead_id)
    world.types(lead_id, "status", statuses.NEW)
    world.job()
    assert steps(world, lead_id) == ["first_response"]
    assert world.row(lead_id).next_step == "follow_up"


def test_a_step_added_later_isnt_sent_to_whoever_had_finished_until_a_person_says_so(world: World) -> None:
    lead_id = world.arrives()
    for day in ("2026-03-24", "2026-03-26", "2026-03-30", "2026-04-01"):
        world.job_at(day)
    assert "sequence finished" in world.row(lead_id).why
    world.use(replace(world.workflow, steps=(*world.workflow.steps, Step("last_word", 9, "re_engage"))))
    world.job_at("2026-04-07")
    assert len(world.mails) == 4
    assert "sequence finished" in world.row(lead_id).why
    world.types(lead_id, "status", statuses.FOLLOWING_UP)
    world.job_at("2026-04-08")
    assert steps(world, lead_id)[-1] == "last_word"


def test_a_word_typed_before_its_writer_saw_the_reply_is_not_heeded_until_typed_again(
    world: World, mailbox: FakeImap
) -> None:
    lead_id = world.arrives()
    world.respond(lead_id)
    mailbox.deliver(answer(world.mails[0], "Yes, please call me.", at=world.now), at=world.now)
    world.passes(minutes=5)
    world.job()
    world.types(lead_id, "status", statuses.FOLLOWING_UP, shown=statuses.CONTACTED)
    row = world.row(lead_id)
    assert row.status == statuses.REPLIED
    assert row.why.startswith("You typed Following up; a reply came before. Type it again to go on.")
    world.job_at("2026-03-26")
    assert steps(world, lead_id) == ["first_response"]
    world.types(lead_id, "status", statuses.FOLLOWING_UP)
    world.job_at("2026-03-27")
    assert steps(world, lead_id) == ["first_response", "follow_up"]


def test_do_not_contact_replaced_in_its_own_row_lifts_what_it_alone_barred(world: World) -> None:
    lead_id = world.arrives()
    world.types(lead_id, "status", statuses.DO_NOT_CONTACT)
    assert world.suppression("lead@example.org") == "Do not contact, set by hand"
    again = world.arrives()
    assert world.row(again).status == statuses.NEEDS_ATTENTION
    world.types(lead_id, "status", statuses.NEW)
    assert world.suppression("lead@example.org") == ""
    world.job()
    assert steps(world, lead_id) == ["first_response"]


def test_a_paused_lead_that_replies_is_shown_as_replied_and_can_be_resumed_later(
    world: World, mailbox: FakeImap
) -> None:
    lead_id = world.arrives()
    world.respond(lead_id)
    world.types(lead_id, "status", statuses.PAUSED)
    mailbox.deliver(answer(world.mails[0], "In May perhaps.", at=world.now), at=world.now)
    world.passes(minutes=5)
    world.job()
    assert world.row(lead_id).status == statuses.REPLIED
    world.types(lead_id, "status", statuses.FOLLOWING_UP)
    world.job_at("2026-03-26")
    assert steps(world, lead_id) == ["first_response", "follow_up"]


def test_a_lead_that_was_paused_while_its_message_left_stays_paused(world: World) -> None:
    lead_id = world.arrives()

    def pauses(stage: str, _words: str) -> None:
        if stage == "end":
            world.types(lead_id, "status", statuses.PAUSED)

    world.server.answers = pauses
    world.respond(lead_id)
    assert world.row(lead_id).status == statuses.PAUSED
    world.job_at("2026-03-26")
    assert steps(world, lead_id) == ["first_response"]
