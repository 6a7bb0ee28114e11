"""What mails that came back mean for the next step: absences, soft bounces, answers seen and unseen."""

import pytest

from sheetflow.workflow import statuses
from sheetflow.workflow.decide import Hold, Send, Stop, Wait, decide
from sheetflow.workflow.details import away_detail, read_away, status_detail, was
from sheetflow.workflow.events import TEMPORARY, Claim, Event, Kind
from sheetflow.workflow.history import fold
from sheetflow.workflow.lead import Lead
from tests.workflow.builders import ADA, FIRST, WORKFLOW, at, wall

LEAD = Lead(id=ADA, email="ada@example.org")


def event(kind, when, detail="", step="", name=""):
    return Event(at(when), ADA, kind, f"{kind}:h{name or when}", step, detail)


def contacted(*more):
    """The first response left on Tuesday 24 March at 10:00."""
    claim = Claim(ADA, FIRST.name, 1)
    first = (
        event(Kind.RECEIVED, "2026-03-24 10:00"),
        claim.event(Kind.CLAIMED, at("2026-03-24 10:00"), "run"),
        claim.event(Kind.SENT, at("2026-03-24 10:00"), "run", "Hello", "<sf.a@example.com>"),
    )
    return fold((*first, *more), WORKFLOW)


def decided(history, now="2026-03-24 12:00"):
    return decide(LEAD, history, WORKFLOW, at(now))


def away(until, when="2026-03-24 11:00"):
    return event(Kind.AUTO_REPLIED, when, f"away until {until}: I'm away")


@pytest.mark.parametrize(
    ("until", "due"),
    [
        ("2026-03-25", "2026-03-26 10:00"),  # back before the step is due
        ("2026-03-26", "2026-03-27 09:00"),  # the day it is due: the day behind it, when the window opens
        ("2026-03-27", "2026-03-30 09:00"),  # the day behind is a Saturday
        ("2026-04-02", "2026-04-07 09:00"),  # Good Friday to Easter Monday
        ("9999-12-31", "2026-03-26 10:00"),  # no date to wait for
    ],
)
def test_a_step_waits_until_the_day_behind_the_return(until, due):
    decision = decided(contacted(away(until)))
    assert isinstance(decision, Wait)
    assert decision.at == at(due)


def test_the_reason_names_the_return():
    assert "away until 27 Mar 2026" in decided(contacted(away("2026-03-27"))).why


def test_the_latest_absence_counts_and_one_without_a_date_changes_nothing():
    history = contacted(
        away("2026-04-20"),
        away("2026-03-31", "2026-03-24 11:30"),
        event(Kind.AUTO_REPLIED, "2026-03-24 11:40", "Thank you for your message"),
    )
    assert history.away_until == wall("2026-03-31").date()


def test_a_typed_next_follow_up_counts_more_than_an_absence():
    typed = event(Kind.RESCHEDULED, "2026-03-24 11:30", "2026-03-26T11:00")
    assert decided(contacted(away("2026-04-20"), typed)).at == at("2026-03-26 11:00")


def test_a_step_that_waited_for_a_return_isnt_late():
    assert isinstance(decided(contacted(away("2026-04-20")), "2026-04-21 10:00"), Send)


@pytest.mark.parametrize("detail", ["", "away until", "away until tomorrow", "away until 2026-13-01: x"])
def test_what_is_no_return_date_is_none(detail):
    assert read_away(detail) is None


def test_a_return_date_survives_its_detail():
    day = wall("2026-04-20").date()
    assert read_away(away_detail(day, "I'm away")) == day


def soft(number):
    return event(Kind.BOUNCED, f"2026-03-24 11:0{number}", f"{TEMPORARY}452 mailbox full")


@pytest.mark.parametrize(("bounces", "kind"), [(1, Wait), (2, Wait), (3, Hold), (4, Hold)])
def test_three_soft_bounces_hold_and_fewer_change_nothing(bounces, kind):
    history = contacted(*(soft(number) for number in range(bounces)))
    assert history.standing == statuses.CONTACTED
    assert isinstance(decided(history), kind)


def test_a_persons_word_begins_the_count_anew():
    word = event(Kind.STATUS, "2026-03-24 11:30", status_detail(statuses.FOLLOWING_UP, was("Contacted")))
    assert contacted(*(soft(number) for number in range(3)), word).soft_bounces == 0


def test_a_hold_about_a_message_that_is_found_in_sent_is_over_wherever_the_clock_was():
    claim = Claim(ADA, FIRST.name, 1)
    unknown = claim.event(Kind.UNKNOWN, at("2026-03-24 10:00"), "run")
    held = event(Kind.HELD, "2026-03-24 10:05", "It isn't known …", FIRST.name)
    found = claim.event(Kind.SENT, at("2026-03-24 10:00"), "later", "Hello", "<sf.a@example.com>")
    for order in ((unknown, held, found), (found, unknown, held)):
        history = fold((event(Kind.RECEIVED, "2026-03-24 10:00"), *order), WORKFLOW)
        assert (history.standing, history.holds) == (statuses.CONTACTED, 1)


def test_a_message_that_is_given_back_after_all_may_be_sent_again():
    claim = Claim(ADA, FIRST.name, 1)
    history = fold(
        (
            event(Kind.RECEIVED, "2026-03-24 10:00"),
            claim.event(Kind.CLAIMED, at("2026-03-24 10:00"), "run"),
            claim.event(Kind.UNKNOWN, at("2026-03-24 10:00"), "run"),
            event(Kind.HELD, "2026-03-24 10:01", "It isn't known …", FIRST.name),
            claim.event(Kind.RELEASED, at("2026-03-24 10:20"), "run"),
        ),
        WORKFLOW,
    )
    decision = decided(history)
    assert isinstance(decision, Send)
    assert (decision.step, decision.attempt) == (FIRST, 2)


def word_over(shown):
    detail = status_detail(statuses.FOLLOWING_UP, was(shown))
    return event(Kind.STATUS, "2026-03-24 12:00", detail, name="word")


def test_a_word_lifts_the_answer_that_was_shown():
    answered = event(Kind.REPLIED, "2026-03-24 11:00", "Yes")
    assert contacted(answered, word_over("Replied")).stopped is None


@pytest.mark.parametrize("shown", ["Contacted", "New", ""])
def test_a_word_typed_over_something_else_lifts_no_answer(shown):
    unseen = event(Kind.REPLIED, "2026-03-24 11:30", "No")
    history = contacted(unseen, word_over(shown))
    assert history.stopped == unseen
    assert (history.standing, history.unheeded) == (statuses.REPLIED, statuses.FOLLOWING_UP)
    assert isinstance(decided(history), Stop)
    again = event(Kind.STATUS, "2026-03-24 13:00", status_detail(statuses.FOLLOWING_UP, was("Replied")))
    assert contacted(unseen, word_over(shown), again).stopped is None
