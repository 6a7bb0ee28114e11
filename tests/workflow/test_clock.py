"""A clock that was set back: words are still obeyed in the order people typed them, nothing leaves twice."""

import pytest

from sheetflow.workflow.brakes import clock_is_behind
from sheetflow.workflow.events import Claim, Kind
from tests.workflow.builders import Tracked, at


def test_a_clock_more_than_five_minutes_behind_the_newest_event_dates_nothing():
    newest = at("2026-03-24 10:00")
    table = {"09:54": True, "09:55": False, "10:00": False, "11:00": False}
    assert {when: clock_is_behind(newest, at(f"2026-03-24 {when}")) for when in table} == table
    assert not clock_is_behind(None, newest)


def test_a_word_typed_last_is_obeyed_though_the_clock_says_it_came_first():
    lead = Tracked().types(status="Contacted")
    lead.run("2026-03-24 12:00")
    lead.types(status="Won").run("2026-03-24 11:00")
    assert lead.row.status == "Won"
    assert lead.runs("2026-03-24 11:10", "2026-03-26 12:00") == []
    assert lead.row.status == "Won"


@pytest.mark.parametrize(("word", "sent"), [("Send again", "first_response"), ("Following up", "")])
def test_a_hold_can_be_answered_while_the_clock_is_behind(word, sent):
    lead = Tracked(arrived="2026-03-24 10:00")
    lead.answers = [(Kind.UNKNOWN, "lost")]
    lead.run("2026-03-24 12:00")
    assert lead.types(status=word).run("2026-03-24 11:00") == sent


def test_send_again_is_one_more_attempt_though_the_clock_puts_it_before_the_first():
    lead = Tracked(arrived="2026-03-24 10:00")
    lead.answers = [(Kind.UNKNOWN, "lost"), (Kind.UNKNOWN, "lost again")]
    lead.run("2026-03-24 12:00")
    lead.types(status="Send again")
    assert lead.runs("2026-03-24 11:00", "2026-03-24 11:10", "2026-03-24 12:10", "2026-03-25 12:00") == [
        "first_response"
    ]
    assert lead.row.status == "Needs attention"


def test_an_outcome_recorded_before_its_claim_still_closes_it():
    lead = Tracked()
    claim = Claim(lead.row.id, "first_response", 1)
    lead.events += (
        claim.event(Kind.CLAIMED, at("2026-03-24 10:00"), "web"),
        claim.event(Kind.FAILED, at("2026-03-24 09:30"), "web", "554 refused"),
    )
    assert lead.run("2026-03-24 10:01") == ""
    assert lead.row.status == "Needs attention"


def test_a_first_response_leaves_at_once_though_the_lead_comes_from_the_future():
    assert Tracked(arrived="2026-03-24 12:00").run("2026-03-24 10:00") == "first_response"


def test_the_last_attempt_is_the_one_with_the_highest_number():
    lead = Tracked()
    lead.answers = [(Kind.RELEASED, "stopped."), (Kind.UNKNOWN, "lost")]
    lead.runs("2026-03-24 12:00", "2026-03-24 11:00")
    assert lead.looks("2026-03-24 13:00").history.last_attempt("first_response").number == 2
    assert lead.run("2026-03-24 13:00") == ""
