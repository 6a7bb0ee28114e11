"""What a failed, an unknown or a late message leads to, and the two words that resolve it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from sheetflow.workflow.brakes import Brakes
from sheetflow.workflow.decide import ASK, Hold, Send, Wait
from sheetflow.workflow.events import TEMPORARY, Claim, Kind
from tests.workflow.builders import BERLIN, Tracked, at

LATER = (Kind.FAILED, f"{TEMPORARY}451 try later")
REFUSED = (Kind.FAILED, "554 message refused")
UNKNOWN = (Kind.UNKNOWN, "the line was lost within DATA")
RELEASED = (Kind.RELEASED, "sending stopped.")
CRASH = (None, "")
TRIED = [LATER] * 6
TIMES = ("24 10:00", "24 10:10", "24 11:10", "24 15:10", "25 03:10", "26 09:10")  # March 2026


def after(*answers):
    """A lead whose first response got these answers from the mail server, each as soon as it was due."""
    lead = Tracked()
    lead.answers = list(answers)
    for when in TIMES[: len(answers)]:
        lead.run(f"2026-03-{when}")
    return lead


def since(lead, hours):
    """So many hours after the last claim, in words."""
    claimed = max(claim.at for claim in lead.events if claim.kind is Kind.CLAIMED)
    return f"{(claimed + timedelta(hours=hours)).astimezone(BERLIN):%Y-%m-%d %H:%M}"


def test_a_temporary_failure_is_tried_again_over_two_days_with_growing_gaps_then_asked():
    lead = Tracked()
    lead.answers = [LATER] * 9
    table = [
        ("24 10:00", "first_response"),
        ("24 10:09", ""),
        ("24 10:10", "first_response"),
        ("24 11:09", ""),
        ("24 11:10", "first_response"),
        ("24 15:09", ""),
        ("24 15:10", "first_response"),
        ("25 03:10", "first_response"),
        ("26 09:09", ""),
        ("26 09:10", "first_response"),
        ("26 09:20", ""),
        ("28 23:59", ""),
    ]
    assert [(when, lead.run(f"2026-03-{when}")) for when, _ in table] == table
    assert lead.row.status == "Needs attention"
    assert lead.row.why == f"First response failed 6 times, the last time: 451 try later. {ASK}"


def test_a_row_that_waits_for_another_attempt_says_what_happened():
    lead = after(LATER)
    assert lead.row.status == "New"
    assert lead.row.why == (
        "First response goes out on Tue 24 Mar 2026, 10:10. Attempt 1 of 6 failed: 451 try later."
    )


def test_another_attempt_at_a_follow_up_waits_for_the_window():
    lead = Tracked()
    lead.run("2026-03-24 16:55")
    lead.answers = [LATER]
    assert lead.run("2026-03-26 16:55") == "follow_up"
    assert lead.decides("2026-03-26 17:05").at == at("2026-03-27 09:00")


def test_what_was_released_is_claimed_again_at_once_and_does_not_count_as_a_try():
    lead = after(RELEASED, LATER, RELEASED)
    lead.answers = [LATER]
    assert lead.runs("2026-03-24 11:10", "2026-03-24 11:20", "2026-03-24 12:09") == ["first_response"]
    assert "Attempt 2 of 6 failed" in lead.row.why
    assert [claim.attempt for claim in lead.events if claim.kind is Kind.CLAIMED] == [1, 2, 3, 4]


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (REFUSED, "First response was refused: 554 message refused. "),
        (UNKNOWN, "It isn't known whether First response left: the line was lost within DATA. "),
        ((Kind.UNKNOWN, ""), "It isn't known whether First response left: no reason was given. "),
    ],
)
def test_what_was_refused_or_is_not_known_is_held_and_asked_about(answer, words):
    lead = after(answer)
    assert (lead.row.status, lead.row.why) == ("Needs attention", words + ASK)
    assert lead.runs("2026-03-24 10:10", "2026-03-26 10:00", "2026-04-24 10:00") == []
    assert len(lead.details(Kind.HELD)) == 1


def test_an_open_claim_is_not_sent_by_another_process_and_becomes_unknown_after_a_quarter_of_an_hour():
    lead = after(CRASH)
    assert lead.row.why == "First response is being sent."
    assert lead.run("2026-03-24 10:14") == ""
    assert lead.details(Kind.UNKNOWN) == []
    assert lead.run("2026-03-24 10:15") == ""
    assert lead.row.status == "Needs attention"
    assert lead.row.why.startswith("It isn't known whether First response left: the program ended")
    lead.run("2026-03-24 10:25")
    assert len(lead.details(Kind.UNKNOWN)) == 1


def test_sent_that_is_learned_later_settles_what_was_unknown():
    lead = after(UNKNOWN)
    claim = Claim(lead.row.id, "first_response", 1)
    lead.events += (claim.event(Kind.SENT, at("2026-03-24 10:30"), "run", "Subject"),)
    assert lead.run("2026-03-24 10:40") == ""
    assert (lead.row.status, lead.row.emails_sent) == ("Contacted", 1)
    assert lead.runs("2026-03-26 10:29", "2026-03-26 10:30") == ["follow_up"]


def test_unknown_that_is_learned_later_never_undoes_sent():
    lead = after((Kind.SENT, "Subject"))
    claim = Claim(lead.row.id, "first_response", 1)
    lead.events += (claim.event(Kind.UNKNOWN, at("2026-03-24 10:20"), "other", "too slow"),)
    assert lead.run("2026-03-24 10:30") == ""
    assert lead.row.status == "Contacted"


@pytest.mark.parametrize("word", ["Following up", "Contacted", " following UP"])
@pytest.mark.parametrize("answers", [[UNKNOWN], [REFUSED], TRIED])
def test_following_up_takes_the_step_as_sent_when_it_was_claimed_and_goes_on(answers, word):
    lead = after(*answers)
    claimed = max(claim.at for claim in lead.events if claim.kind is Kind.CLAIMED)
    assert lead.types(status=word).run(since(lead, 5)) == ""
    assert lead.row.status == word.strip()
    then = claimed.replace(day=claimed.day + 2)
    # Two days after a Thursday is a Saturday.
    assert lead.decides(since(lead, 5)).at == (then if then.weekday() < 5 else at("2026-03-30 09:00"))
    assert lead.run(since(lead, 7 * 24)) == "follow_up"
    assert (lead.row.status, lead.row.emails_sent) == ("Following up", 1)


@pytest.mark.parametrize("answers", [[UNKNOWN], [REFUSED], TRIED])
def test_send_again_means_one_more_attempt_at_once(answers):
    lead = after(*answers)
    assert lead.types(status="Send again").runs(since(lead, 2), since(lead, 3)) == ["first_response"]
    assert lead.row.status == "Contacted"
    claims = [claim.attempt for claim in lead.events if claim.kind is Kind.CLAIMED]
    assert claims == list(range(1, len(answers) + 2))


@pytest.mark.parametrize("again", [UNKNOWN, REFUSED, CRASH])
@pytest.mark.parametrize("answers", [[UNKNOWN], [REFUSED], TRIED])
def test_one_more_attempt_is_one_and_is_asked_about_again(answers, again):
    lead = after(*answers)
    lead.answers = [again]
    lead.types(status="Send again")
    times = [since(lead, hours) for hours in (2, 2.25, 8.5, 24)]
    assert lead.runs(*times) == ["first_response"]
    assert lead.row.status == "Needs attention"
    assert lead.types(status="Send again").run(since(lead, 48)) == "first_response"


def test_one_more_attempt_after_all_failures_is_one_more():
    lead = after(*TRIED)
    lead.answers = [LATER] * 9
    lead.types(status="Send again")
    assert lead.runs("2026-03-26 12:00", "2026-03-26 13:00", "2026-03-26 19:00") == ["first_response"]
    assert "failed 7 times" in lead.row.why


def test_one_more_attempt_that_is_released_is_still_owed():
    lead = after(UNKNOWN)
    lead.answers = [RELEASED]
    lead.types(status="Send again")
    assert lead.runs("2026-03-24 11:00", "2026-03-24 11:10", "2026-03-24 11:20") == ["first_response"] * 2


def test_one_more_attempt_that_is_not_allowed_to_leave_yet_waits_with_its_word():
    lead = after(UNKNOWN).types(status="Send again")
    assert lead.run("2026-03-24 11:00", Brakes("PAUSED")) == ""
    assert lead.row.status == "Send again"
    assert lead.run("2026-03-24 12:00") == "first_response"


@pytest.mark.parametrize("answer", [UNKNOWN, REFUSED])
def test_new_says_nothing_about_a_message_that_may_have_left(answer):
    lead = after(answer).types(status="New")
    assert lead.runs("2026-03-24 11:00", "2026-03-24 11:10") == []
    assert lead.row.status == "Needs attention"
    assert ASK in lead.row.why


def test_paused_and_resumed_an_unknown_message_is_still_asked_about():
    lead = after(UNKNOWN).types(status="Paused")
    lead.run("2026-03-24 11:00")
    assert lead.row.status == "Paused"
    for word in ("Following up", "New", "Contacted"):
        lead.types(status="Paused").run("2026-03-24 11:30")
        assert lead.types(status=word).run("2026-03-24 12:00") == ""
        assert lead.row.status == "Needs attention"
    assert lead.types(status="Send again").run("2026-03-24 13:00") == "first_response"


def test_nurture_skips_the_steps_and_with_them_the_question():
    lead = after(UNKNOWN).types(status="Nurture")
    assert lead.runs("2026-03-24 11:00", "2026-03-26 11:00", "2026-04-24 11:00") == ["nurture-1"]


@pytest.mark.parametrize(
    ("word", "then"), [("Following up", []), ("Send again", ["follow_up"]), ("New", ["follow_up"])]
)
def test_a_late_step_is_skipped_or_sent_as_the_person_says(word, then):
    lead = Tracked()
    lead.runs("2026-03-24 10:00", "2026-04-08 10:00")
    assert lead.row.status == "Needs attention"
    assert lead.types(status=word).runs("2026-04-08 11:00", "2026-04-08 11:10") == then
    assert lead.run("2026-04-10 11:00") == "check_in"


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"email": ""}, 'No e-mail address. To answer by mail, type an address into Email and set "New".'),
        ({"email": "", "phone": "+49 30 5550 0100"}, "No e-mail address. Call +49 30 5550 0100, or type"),
        ({"email": "ada at example"}, "The e-mail address can't be right. Correct it: type an address"),
    ],
)
def test_a_lead_that_cannot_be_written_to_is_held_until_it_can(fields, words):
    lead = Tracked(**fields)
    assert lead.run("2026-03-24 10:00") == ""
    assert lead.row.status == "Needs attention"
    assert lead.row.why.startswith(words)
    assert lead.types(status="New").run("2026-03-24 10:10") == ""
    assert (lead.row.status, len(lead.details(Kind.HELD))) == ("Needs attention", 2)
    assert lead.types(email="ada@example.org", status="New").run("2026-03-24 10:20") == "first_response"


def test_an_address_that_vanishes_in_the_middle_holds_the_next_step():
    lead = Tracked()
    lead.run("2026-03-24 10:00")
    lead.types(email="").run("2026-03-26 10:00")
    assert lead.row.status == "Needs attention"
    assert lead.types(email="ada@example.org", status="New").run("2026-03-26 11:00") == "follow_up"


def test_a_hold_that_two_processes_find_stands_once():
    lead = after(UNKNOWN)
    lead.events = tuple(event for event in lead.events if event.kind is not Kind.HELD)
    web, job = lead.looks("2026-03-24 10:01"), lead.looks("2026-03-24 10:02")
    lead.records(web.new)
    lead.records(job.new)
    assert len(lead.details(Kind.HELD)) == 1


def test_a_bounce_while_sending_is_no_attempt_to_repeat_but_a_corrected_address_is():
    lead = after((Kind.BOUNCED, "550 5.1.1 no such user"))
    assert lead.row.status == "Bounced"
    assert lead.runs("2026-03-24 10:10", "2026-03-25 10:00") == []
    assert lead.types(email="right@example.org").run("2026-03-25 11:00") == ""
    assert lead.types(status="New").run("2026-03-25 11:10") == "first_response"
    assert lead.row.status == "Contacted"


def test_what_is_held_or_sent_never_depends_on_the_order_of_the_lines():
    lead = after(LATER, UNKNOWN)
    decision = lead.decides("2026-03-24 12:00")
    lead.events = tuple(sorted(lead.events, key=lambda event: event.at, reverse=True))
    assert lead.decides("2026-03-24 12:00") == decision
    assert isinstance(decision, Hold)


def test_a_claim_without_a_number_is_none():
    lead = Tracked()
    first = lead.decides("2026-03-24 10:00")
    lead.events += (replace(lead.events[0], kind=Kind.UNKNOWN, id="unknown:²"),)
    assert lead.decides("2026-03-24 10:00") == first
    assert isinstance(first, Send)
    assert not isinstance(first, Wait)
