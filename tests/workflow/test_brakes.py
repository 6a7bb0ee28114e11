"""What holds a whole run back, and who goes first where not all may."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheetflow.workflow.brakes import Brakes, blocked_why, brake, is_on, limited, order, room
from sheetflow.workflow.decide import Hold, Send, Stop, Wait
from tests.workflow.builders import CHECK_IN, FIRST, FOLLOW_UP, WORKFLOW, at, sending

NOW = at("2026-03-24 12:00")


def due(step, minutes=0):
    return Send(step, 1, NOW - timedelta(minutes=minutes), "It goes out now.")


@pytest.mark.parametrize("word", ["ON", "on", " On "])
def test_only_the_word_on_sends(word):
    assert is_on(word)
    assert brake(due(FIRST), Brakes(word), WORKFLOW) == due(FIRST)


@pytest.mark.parametrize("word", ["", "PAUSED", "OFF", "yes", "ON!", "true", "1", "O N"])
@pytest.mark.parametrize("step", [FIRST, FOLLOW_UP])
def test_any_other_word_sends_nothing_and_is_named(word, step):
    held = brake(due(step), Brakes(word), WORKFLOW)
    assert isinstance(held, Wait)
    assert f"Sending on Control is {word or 'empty'}, not ON." in held.why


def test_a_blocked_sender_keeps_first_responses_back_too():
    blocked = Brakes("ON", "the mail server refuses the login: 535")
    for step in (FIRST, FOLLOW_UP):
        assert brake(due(step), blocked, WORKFLOW).why.endswith("refuses the login: 535.")


def test_unread_replies_keep_back_follow_ups_alone():
    unread = Brakes("ON", follow_ups="replies can't be read")
    assert brake(due(FIRST), unread, WORKFLOW) == due(FIRST)
    held = brake(due(FOLLOW_UP), unread, WORKFLOW)
    assert held == Wait(FOLLOW_UP, None, "Follow up is due, but replies can't be read.")


@pytest.mark.parametrize(
    "decision", [Wait(FOLLOW_UP, NOW, "Later."), Hold("follow_up", "Held."), Stop("Stopped.")]
)
def test_what_was_not_to_be_sent_anyway_keeps_its_own_reason(decision):
    assert brake(decision, Brakes("PAUSED", "blocked", "unread"), WORKFLOW) == decision


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("", ""),
        ("login 535 bad credentials", "the mail server refuses the login: 535 bad credentials"),
        (
            "2026-03-24T11:30:00+00:00 550 5.4.5 daily limit",
            "the mail server blocked the sender until Tue 24 Mar 2026, 12:30: 550 5.4.5 daily limit",
        ),
        ("2026-03-24T11:00:00+00:00 550 5.4.5 daily limit", ""),  # that is now
        ("somebody typed here", ""),
    ],
)
def test_a_block_holds_until_its_time_or_until_the_login_works(line, why):
    assert blocked_why(line, NOW, WORKFLOW) == why


@pytest.mark.parametrize(
    ("hours_ago", "limit", "free"),
    [
        ([], 3, 3),
        ([1, 2], 3, 1),
        ([1, 2, 3], 3, 0),
        ([1, 2, 3, 4], 3, 0),
        ([23.9, 24, 30], 3, 2),
        ([1], 0, 0),
    ],
)
def test_the_daily_limit_counts_the_last_24_hours(hours_ago, limit, free):
    sent = [NOW - timedelta(hours=hours) for hours in hours_ago]
    assert room(sent, sending(daily_limit=limit), NOW) == free


def test_first_responses_go_first_then_what_has_been_due_longest():
    sends = [("d", due(FOLLOW_UP, 90)), ("c", due(CHECK_IN, 99)), ("b", due(FIRST, 1)), ("a", due(FIRST, 2))]
    assert [key for key, _ in order(sends, (), WORKFLOW)] == ["a", "b", "c", "d"]


def test_whoever_the_mail_server_stopped_everything_at_goes_last():
    sends = [("a", due(FIRST, 9)), ("b", due(FOLLOW_UP, 1)), ("c", due(FIRST, 1))]
    assert [key for key, _ in order(sends, {"a"}, WORKFLOW)] == ["c", "b", "a"]


@given(st.permutations([(name, due(FOLLOW_UP)) for name in "abcde"]))
def test_what_is_due_at_one_time_goes_in_one_order_in_every_process(sends):
    assert [key for key, _ in order(sends, (), WORKFLOW)] == list("abcde")


@pytest.mark.parametrize(
    ("hours_ago", "limit", "there_is_room"),
    [
        ([5, 20, 3], 3, "2026-03-24 16:00"),  # when the oldest of three is a day old
        ([20, 5, 4, 3], 3, "2026-03-25 09:00"),  # one over: the second oldest goes at 07:00, before hours
        ([5], 3, "2026-03-25 09:00"),  # this run fills the rest
        ([], 3, "2026-03-25 12:00"),
        ([5], 0, "2026-03-25 12:00"),
    ],
)
def test_what_the_limit_leaves_over_waits_and_says_until_when(hours_ago, limit, there_is_room):
    sent = [NOW - timedelta(hours=hours) for hours in hours_ago]
    late = limited(due(FOLLOW_UP), sent, sending(daily_limit=limit), NOW)
    assert late.at == at(there_is_room)
    assert late.why.startswith(
        f"Follow up is due, but the daily limit of {limit} messages is reached: there is"
    )
    assert late.why.endswith(".")
