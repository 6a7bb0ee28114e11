"""The job over real SQLite and real SMTP: what leaves, what is held, what the row says."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from sheetflow.jobs.run import run_job
from sheetflow.ledger import state
from sheetflow.mail.imap import ImapMailbox
from sheetflow.mail.letters import Letters
from sheetflow.mail.nomailbox import NoMailbox
from sheetflow.mail.templates import Templates
from sheetflow.workflow import statuses
from sheetflow.workflow.events import Kind
from sheetflow.workflow.lead import cell_text
from sheetflow.workflow.sequence import ATTEMPTS, RETRY_AFTER
from tests.fakes.smtp import LOSE, Answers, says
from tests.jobs.world import World


def test_a_lead_is_answered_then_followed_up_until_the_sequence_ends(world: World) -> None:
    lead_id = world.arrives()
    world.respond(lead_id)
    # Two days after Thursday is a Saturday: it waits for Monday, after the change to summer time.
    expected = {"2026-03-26": "follow_up", "2026-03-30": "check_in", "2026-04-01": "re_engage"}
    for day in (25, 26, 27, 28, 29, 30, 31):
        world.job_at(f"2026-03-{day}")
    for day in (1, 2, 3, 6):
        world.job_at(f"2026-04-{day:02}")
    sent = world.events(lead_id, Kind.SENT)
    assert [event.step for event in sent] == ["first_response", *expected.values()]
    assert [world.workflow.local(event.at).date().isoformat() for event in sent[1:]] == list(expected)
    assert len(world.mails) == 4
    row = world.row(lead_id)
    assert (row.status, row.last_step, row.emails_sent) == (statuses.NURTURE, "re_engage", 4)
    assert "sequence finished" in row.why
    assert cell_text(row.next_follow_up) == ""


def test_the_mails_of_a_lead_are_one_conversation(world: World) -> None:
    lead_id = world.arrives()
    world.respond(lead_id)
    world.job_at("2026-03-26")
    world.job_at("2026-03-30")
    first, second, third = world.mails
    assert second["In-Reply-To"] == first["Message-ID"]
    assert third["References"].split() == [first["Message-ID"], second["Message-ID"]]
    assert second["Subject"] == third["Subject"] == f"Re: {first['Subject']}"
    for mail in world.mails:
        assert len(mail["Message-ID"]) < 78
        assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]
        assert len(mail.keys()) == len({name.lower() for name in mail.keys()})  # noqa: SIM118 - not a dict
        assert "1 Example Street" in mail.get_body(("plain",)).get_content()
        assert "STOP" in mail.get_body(("plain",)).get_content()


def test_at_most_one_step_leaves_in_one_run_however_late_it_is(world: World) -> None:
    lead_id = world.arrives()
    world.respond(lead_id)
    world.job_at("2026-03-31")
    assert [event.step for event in world.events(lead_id, Kind.SENT)] == ["first_response", "follow_up"]
    world.job_at("2026-03-31", "10:10")
    assert len(world.events(lead_id, Kind.SENT)) == 2


def test_a_line_lost_within_data_holds_the_lead_and_nothing_is_sent_again(world: World) -> None:
    lead_id = world.arrives()
    world.server.answers = says(end=LOSE)
    world.respond(lead_id)
    world.server.answers = says()
    for _ in range(10):
        world.passes(minutes=10)
        world.job()
    assert len(world.server.messages) == 1
    row = world.row(lead_id)
    assert row.status == statuses.NEEDS_ATTENTION
    assert "isn't known whether" in row.why
    assert "Send again" in row.why
    assert len(world.events(lead_id, Kind.UNKNOWN)) == 1


def test_following_up_takes_an_unknown_step_as_sent(world: World) -> None:
    lead_id = world.arrives()
    world.server.answers = says(end=LOSE)
    world.respond(lead_id)
    world.server.answers = says()
    world.job()
    world.types(lead_id, "status", statuses.FOLLOWING_UP)
    world.job_at("2026-03-26")
    assert [event.step for event in world.events(lead_id, Kind.SENT)] == ["follow_up"]
    assert world.row(lead_id).status == statuses.FOLLOWING_UP


def test_send_again_repeats_an_unknown_step_with_the_same_message_id(world: World) -> None:
    lead_id = world.arrives()
    world.server.answers = says(end=LOSE)
    world.respond(lead_id)
    world.server.answers = says()
    world.job()
    world.types(lead_id, "status", "send again ")
    world.job()
    first, again = world.mails
    assert first["Message-ID"] == again["Message-ID"]
    assert [event.attempt for event in world.events(lead_id, Kind.CLAIMED)] == [1, 2]
    assert world.row(lead_id).status == statuses.CONTACTED


def test_a_line_lost_before_data_is_tried_again_after_ten_minutes(world: World) -> None:
    lead_id = world.arrives()
    world.server.answers = says(data=LOSE)
    world.respond(lead_id)
    world.server.answers = says()
    world.passes(minutes=9)
    world.job()
    assert world.mails == []
    world.passes(minutes=1)
    world.job()
    assert len(world.mails) == 1
    assert world.row(lead_id).status == statuses.CONTACTED


def test_the_last_temporary_failure_of_two_days_asks_a_person(world: World) -> None:
    lead_id = world.arrives()
    world.server.answers = says(rcpt="450 4.2.1 try later")
    world.respond(lead_id)
    for gap in RETRY_AFTER:
        world.passes(minutes=gap.total_seconds() / 60)
        world.job()
    assert len(world.events(lead_id, Kind.FAILED)) == ATTEMPTS
    row = world.row(lead_id)
    assert row.status == statuses.NEEDS_ATTENTION
    assert f"failed {ATTEMPTS} times" in row.why
    world.passes(hours=12)
    world.job()
    assert len(world.events(lead_id, Kind.FAILED)) == ATTEMPTS


@pytest.mark.parametrize(
    ("answer", "status", "kind", "is_suppressed"),
    [
        ("550 5.1.1 No such user", statuses.BOUNCED, Kind.BOUNCED, True),
        ("550 5.1.2 Bad domain", statuses.BOUNCED, Kind.BOUNCED, True),
        ("553 5.1.3 Bad address", statuses.BOUNCED, Kind.BOUNCED, True),
        ("550 5.2.1 Mailbox disabled", statuses.BOUNCED, Kind.BOUNCED, True),
        ("554 5.6.0 Message refused", statuses.NEEDS_ATTENTION, Kind.FAILED, False),
        ("451 4.7.1 Later please", statuses.NEW, Kind.FAILED, False),
        ("451 4.3.0 Local trouble", statuses.NEW, Kind.RELEASED, False),
        ("550 5.4.5 Daily limit exceeded", statuses.NEW, Kind.RELEASED, False),
        ("421 4.7.28 Unusual rate", statuses.NEW, Kind.RELEASED, False),
        ("550 5.7.1 Blocked by policy", statuses.NEW, Kind.RELEASED, False),
        ("530 5.7.0 Authentication required", statuses.NEW, Kind.RELEASED, False),
    ],
)
def test_what_the_server_says_decides_what_follows(
    world: World, answer: str, status: str, kind: Kind, is_suppressed: bool
) -> None:
    lead_id = world.arrives()
    world.server.answers = says(rcpt=answer)
    done = world.job()
    row = world.row(lead_id)
    assert row.status == status
    assert world.events(lead_id)[-1].kind in (kind, Kind.HELD)
    assert world.events(lead_id, kind)
    assert bool(world.tables()["sheetflow_suppressed"]) == is_suppressed
    assert bool(done.problems) == (kind is Kind.RELEASED)
    assert world.server.messages == []


def test_a_blocked_sender_stops_everybody_for_an_hour(world: World) -> None:
    first, second = world.arrives("one@example.org"), world.arrives("two@example.org")
    world.server.answers = says(rcpt="550 5.4.5 Daily limit exceeded")
    assert world.job().problems
    assert "5.4.5" in world.state[state.BLOCKED]
    world.server.answers = says()
    world.passes(minutes=59)
    world.respond(first, second)
    assert world.job().problems
    assert world.server.messages == []
    assert "blocked the sender until" in world.row(second).why
    world.passes(minutes=1)
    done = world.job()
    assert (done.sent, done.problems) == (2, ())
    assert world.state[state.BLOCKED] == ""


def test_a_refused_login_stops_all_until_it_works_and_costs_no_attempt(world: World) -> None:
    lead_id = world.arrives()
    world.server.answers = says(auth="535 5.7.8 Bad credentials")
    for _ in range(5):
        assert world.job().problems
        world.passes(minutes=10)
    assert world.state[state.BLOCKED].startswith("login")
    assert len(world.events(lead_id, Kind.CLAIMED)) == 1
    world.server.answers = says()
    assert world.job().sent == 1
    assert world.state[state.PROBLEMS] == ""


def test_an_unreachable_server_costs_no_lead_a_try(world: World) -> None:
    leads = [world.arrives(f"lead{number}@example.org") for number in range(5)]
    world.server.answers = says(connect=LOSE)
    done = world.job()
    assert done.failed == 0
    assert done.problems
    assert world.server.count("connect") == 1
    assert not any(world.events(lead_id, Kind.FAILED) for lead_id in leads)


def test_sending_that_is_not_on_sends_nothing_not_even_first_responses(world: World) -> None:
    lead_id = world.arrives()
    for word in ("PAUSED", "", "yes", "OFF"):
        world.remembers(state.SENDING, word)
        world.respond(lead_id)
        assert world.job().sent == 0
    assert "Sending on Control" in world.row(lead_id).why
    world.remembers(state.SENDING, " on ")
    assert world.job().sent == 1


def test_a_clock_that_jumped_back_stops_follow_ups_but_not_first_responses(world: World) -> None:
    old = world.arrives("old@example.org")
    world.respond(old)
    world.job_at("2026-03-26", "09:30")
    world.job_at("2026-03-27")
    new = world.arrives("new@example.org")
    world.job_at("2026-03-24", "10:30")
    assert [event.step for event in world.events(old, Kind.SENT)] == ["first_response", "follow_up"]
    assert [event.step for event in world.events(new, Kind.SENT)] == ["first_response"]
    [problem] = world.job().problems
    assert "clock is behind the newest event, of Fri 27 Mar 2026, 10:00" in problem


def test_the_daily_limit_lets_first_responses_go_first_and_the_rest_wait(world: World) -> None:
    old = [world.arrives(f"old{number}@example.org") for number in range(2)]
    world.respond(*old)
    world.now += timedelta(days=2)
    new = [world.arrives(f"new{number}@example.org") for number in range(2)]
    world.configure(daily_limit=3)
    assert world.job().sent == 3
    for lead_id in new:
        assert len(world.events(lead_id, Kind.SENT)) == 1
    waiting = [world.row(lead_id) for lead_id in old if len(world.events(lead_id, Kind.SENT)) == 1]
    assert len(waiting) == 1
    assert "daily limit of 3" in waiting[0].why
    world.passes(hours=24)
    assert world.job().sent == 1


def test_a_template_that_cannot_be_rendered_holds_the_lead_and_sends_no_blank(
    world: World, tmp_path: Path
) -> None:
    lead_id = world.arrives(name="")
    (tmp_path / "first_response.md").write_text("Subject: Hello\n\nDear {{ name }}, thanks.\n")
    letters = Letters(Templates(tmp_path), world.workflow, "studio@example.com")
    run_job(replace(world.ports, compose=letters))
    assert world.server.messages == []
    row = world.row(lead_id)
    assert row.status == statuses.NEEDS_ATTENTION
    assert "first_response.md" in row.why
    assert "name" in row.why


def test_a_lead_without_an_address_is_held_with_what_to_do(world: World) -> None:
    lead_id = world.arrives("", phone="+49 30 5550 0100")
    world.respond(lead_id)
    row = world.row(lead_id)
    assert row.status == statuses.NEEDS_ATTENTION
    assert "Call +49 30 5550 0100" in row.why
    world.types(lead_id, "email", "found@example.org")
    world.types(lead_id, "status", "New")
    assert world.job().sent == 1
    assert world.row(lead_id).status == statuses.CONTACTED


def test_what_the_owner_sets_between_two_runs_is_obeyed_recorded_once_and_kept(world: World) -> None:
    lead_id = world.arrives()
    world.respond(lead_id)
    world.types(lead_id, "status", "Won")
    for day in ("2026-03-26", "2026-03-30"):
        world.job_at(day)
    row = world.row(lead_id)
    assert (row.status, row.emails_sent) == ("Won", 1)
    assert row.owner_response is not None
    typed = world.events(lead_id, Kind.STATUS)
    assert [event.detail for event in typed] == ["Won (was Contacted)"]


def test_do_not_contact_on_one_row_holds_for_the_address_in_the_same_run(world: World) -> None:
    first = world.arrives(phone="+49 30 55500100")
    world.types(first, "status", "Lost")
    world.job()
    second = world.arrives()
    assert second != first
    world.types(first, "status", "Do not contact")
    world.job()
    assert world.server.messages == []
    assert world.events(second, Kind.SENT) == []
    world.job()
    assert "gets no mail" in world.row(second).why


def test_a_typed_next_follow_up_moves_one_step_and_is_used_up(world: World) -> None:
    lead_id = world.arrives()
    world.respond(lead_id)
    world.job()
    world.types(lead_id, "next_follow_up", "2026-04-02 11:00")
    world.job_at("2026-03-26")
    assert world.row(lead_id).emails_sent == 1
    world.job_at("2026-04-02", "11:00")
    assert world.row(lead_id).emails_sent == 2
    assert cell_text(world.row(lead_id).next_follow_up) == "2026-04-06T09:00"  # two days on, a Saturday


def test_a_next_follow_up_nobody_understands_changes_nothing_and_stays(world: World) -> None:
    lead_id = world.arrives()
    world.respond(lead_id)
    world.job()
    world.types(lead_id, "next_follow_up", "when they call")
    world.job()
    row = world.row(lead_id)
    assert row.next_follow_up == "when they call"
    assert "isn't understood" in row.why
    world.job_at("2026-03-26")
    assert world.row(lead_id).emails_sent == 2
    assert cell_text(world.row(lead_id).next_follow_up) == "2026-03-30T09:00"


def test_being_asked_to_stop_gives_back_what_was_claimed(world: World) -> None:
    leads = [world.arrives(f"lead{number}@example.org") for number in range(5)]

    def stop_after_two(stage: str, _words: str) -> None:
        if stage == "end" and len(world.server.messages) >= 1:
            world.stop = True

    world.server.answers = stop_after_two
    world.job()
    sent = sum(len(world.events(lead_id, Kind.SENT)) for lead_id in leads)
    released = sum(len(world.events(lead_id, Kind.RELEASED)) for lead_id in leads)
    assert sent == len(world.server.messages)
    assert sent + released == 5
    assert released >= 3
    world.stop = False
    world.server.answers = says()
    assert world.job().sent == released
    assert len(world.server.messages) == 5


def test_replies_that_cannot_be_read_stop_follow_ups_but_not_first_responses(world: World) -> None:
    old = world.arrives("old@example.org")
    world.respond(old)
    world.mailbox = ImapMailbox("me@example.com", "secret", "127.0.0.1", 9, "none")
    world.passes(days=2)
    new = world.arrives("new@example.org")
    done = world.job()
    assert [len(world.events(lead_id, Kind.SENT)) for lead_id in (old, new)] == [1, 1]
    assert "replies can't be read" in world.row(old).why
    assert any("No follow-up is sent" in problem for problem in done.problems)
    world.mailbox = NoMailbox()
    assert world.job().sent == 1


def test_a_dry_run_sends_and_writes_nothing(world: World) -> None:
    lead_id = world.arrives()
    before = world.tables()
    done = run_job(world.ports, dry_run=True)
    assert done.would == ((lead_id, "first_response"),)
    assert world.tables() == before
    assert world.server.messages == []


def test_the_pause_between_messages_is_kept(world: World) -> None:
    for number in range(3):
        world.arrives(f"lead{number}@example.org")
    world.configure(pause=1.5)
    world.job()
    assert world.slept == [1.5, 1.5]


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        (says(rcpt="550 5.4.5 Daily limit exceeded"), "blocked the sender until"),
        (says(auth="535 5.7.8 Bad credentials"), "refuses the login"),
        (says(connect=LOSE), "has taken no mail since"),
    ],
)
def test_what_stops_a_run_is_said_in_every_row_it_stopped(world: World, answers: Answers, said: str) -> None:
    leads = [world.arrives(f"lead{number}@example.org") for number in range(3)]
    world.server.answers = answers
    world.job()
    waiting = [world.row(lead_id).why for lead_id in leads if not world.events(lead_id, Kind.FAILED)]
    assert waiting
    assert [why for why in waiting if said not in why] == []


def test_a_run_that_is_asked_to_stop_says_so_in_the_rows_it_leaves(world: World) -> None:
    leads = [world.arrives(f"lead{number}@example.org") for number in range(3)]

    def stop_at_the_first(stage: str, _words: str) -> None:
        world.stop = world.stop or stage == "end"

    world.server.answers = stop_at_the_first
    world.job()
    left = [world.row(lead_id).why for lead_id in leads if not world.events(lead_id, Kind.SENT)]
    assert len(left) == 2
    assert [why for why in left if "asked to stop" not in why] == []


@pytest.mark.parametrize("typed", ["2026-04-02T10:30Z", "2026-04-02T10:30+01:00", "2026-W14"])
def test_a_time_of_another_zone_is_said_not_to_be_understood(world: World, typed: str) -> None:
    lead_id = world.arrives()
    world.respond(lead_id)
    world.job()
    world.types(lead_id, "next_follow_up", typed)
    world.job()
    assert world.row(lead_id).next_follow_up == typed
    assert "isn't understood" in world.row(lead_id).why


def test_the_same_refusal_of_three_leads_in_a_row_is_the_accounts_and_costs_them_no_try(world: World) -> None:
    leads = [world.arrives(f"lead{number}@example.org") for number in range(5)]
    world.server.answers = says(rcpt="550 5.7.0 Message not accepted")
    done = world.job()
    assert len(world.mails) == 0
    assert "Message not accepted" in done.problems[0]
    assert world.state[state.BLOCKED]
    assert {world.row(lead_id).status for lead_id in leads} == {statuses.NEW}
    world.server.answers = says()
    world.passes(minutes=61)
    assert world.job().sent == 5


def test_refusals_of_different_kinds_or_with_a_success_between_are_the_leads_own(world: World) -> None:
    words = iter(["550 5.7.0 one", None, "550 5.7.0 one", "550 5.7.0 two", "550 5.7.0 three"])
    world.server.answers = lambda stage, _words: next(words) if stage == "rcpt" else None
    for number in range(5):
        world.respond(world.arrives(f"lead{number}@example.org"))
    assert len(world.mails) == 1
    assert not world.state.get(state.BLOCKED)
    assert [row.status for row in world.rows()].count(statuses.NEEDS_ATTENTION) == 4


def test_the_count_of_three_goes_over_runs(world: World) -> None:
    world.server.answers = says(rcpt="550 5.7.0 Message not accepted")
    for number in range(3):
        world.respond(world.arrives(f"lead{number}@example.org"))
    assert {row.status for row in world.rows()} == {statuses.NEW}
    assert world.state[state.BLOCKED]


def test_it_is_said_since_when_the_mail_server_takes_nothing_until_it_does(world: World) -> None:
    world.arrives()
    world.server.answers = says(connect=LOSE)
    world.job()
    world.passes(hours=3)
    [problem] = world.job().problems
    assert "no mail since Tue 24 Mar 2026, 10:00" in problem
    world.server.answers = says()
    assert world.job().sent == 1
    assert world.state[state.SERVER_AWAY] == ""
