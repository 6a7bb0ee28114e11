import json
from datetime import UTC, date, datetime

import pytest

from sheetflow.replies import understand as door
from sheetflow.replies.explain import explain_mail
from sheetflow.replies.understand import understand
from sheetflow.replies.verdict import Kind, Unreadable, Verdict
from tests.replies.letters import LEAD, ORIGINAL_ID, OWN, failed, letter

ARRIVED = datetime(2026, 6, 3, 8, tzinfo=UTC)
AWAY = "I am out of the office, back on Monday."
AUTO = "Auto-Submitted: auto-replied\n"


def understood(raw, arrived=None):
    verdict = understand(raw, OWN, arrived)
    assert isinstance(verdict, Verdict)
    return verdict


def test_a_mail_that_the_readers_stumble_over_is_a_value_with_its_id_and_sender(monkeypatch):
    def stumble(*_):
        raise ValueError("the mail's own words")

    monkeypatch.setattr(door, "classify", stumble)
    verdict = understand(letter("Hi", "Message-ID: <7@example.org>\n"), OWN)
    assert isinstance(verdict, Unreadable)
    assert (verdict.message_id, verdict.sender) == ("<7@example.org>", LEAD)
    assert verdict.because.startswith("ValueError in test_understand.py, line ")
    assert "own words" not in verdict.because
    explained = explain_mail(letter("Hi"), OWN, "a.eml")
    assert (explained["kind"], explained["about"]) == (None, [LEAD])


@pytest.mark.parametrize(
    "stamp", ["Fri, 31 Dec 9999 23:59:59 -1200", "1 Jan 1601 00:00:00 +1400", "", "soon"]
)
def test_an_impossible_date_is_replaced_by_the_day_the_mail_came(stamp):
    assert understood(letter(AWAY, AUTO, date=stamp), ARRIVED).until == date(2026, 6, 8)
    assert understood(letter(AWAY, AUTO, date=stamp)).until is None


def test_a_clock_that_is_wrong_by_years_counts_for_nothing():
    raw = letter(AWAY, AUTO, date="Wed, 1 Jan 2020 10:00:00 +0000")
    assert understood(raw, ARRIVED).until == date(2026, 6, 8)
    assert understood(raw).until == date(2020, 1, 6)


def test_a_server_that_names_an_impossible_time_does_no_harm():
    last = datetime.max.replace(tzinfo=UTC)
    assert understood(letter(AWAY, AUTO), last).until == date(2026, 6, 8)
    assert understood(letter(AWAY, AUTO, date="soon"), last).until is None


@pytest.mark.parametrize("header", ["from", "to", "date", "subject", "message-id", "references", "reply-to"])
def test_comments_nested_without_end_are_no_mail_that_stops_the_others(header):
    raw = letter("Yes, Tuesday.", **{header: "(" * 20_000 + ")" * 20_000})
    assert understood(raw).kind is Kind.REPLY


def test_what_explain_says_of_a_bounce():
    explained = explain_mail(failed("5.1.1", "550 5.1.1 User unknown"), OWN, "bounce.eml")
    text = explained.pop("text")
    assert isinstance(text, str)
    assert explained == {
        "file": "bounce.eml",
        "kind": "hard bounce",
        "until": None,
        "about": [LEAD, ORIGINAL_ID],
        "because": "The address is dead. A mail server says: 550 5.1.1 User unknown",
    }
    json.dumps(explained)


@pytest.mark.parametrize(
    ("raw", "kind", "until", "text", "because"),
    [
        (letter("Yes\n\n> Hi Jo"), "reply", None, "Yes", "a person wrote it."),
        (letter("STOP"), "unsubscribe", None, "STOP", "Its text is nothing but the wish: STOP"),
        (
            letter(AWAY, AUTO),
            "auto reply",
            "2026-06-08",
            AWAY,
            f"It tells when somebody is back: {AWAY}",
        ),
        (letter("Hi", **{"from": "studio@example.com"}), "own", None, "Hi", "an address of ours."),
    ],
)
def test_what_explain_says_of_a_mail(raw, kind, until, text, because):
    explained = explain_mail(raw, OWN)
    assert (explained["kind"], explained["until"], explained["text"]) == (kind, until, text)
    assert explained["because"].endswith(because)


def test_explain_names_whom_a_reply_is_from_and_which_of_our_messages_it_answers():
    raw = letter("Yes", f"In-Reply-To: {ORIGINAL_ID}\nMessage-ID: <1@example.org>\n")
    assert explain_mail(raw, OWN)["about"] == [LEAD, ORIGINAL_ID]
