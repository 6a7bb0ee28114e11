from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sheetflow.mail.answers import (
    Stage,
    enhanced_code,
    is_about_session,
    named_id,
    read_answer,
    read_loss,
    words,
)
from sheetflow.workflow.outcome import Result, server_ids

S, T, F, B = Result.SENT, Result.TEMPORARY, Result.FAILED, Result.BOUNCED
U, K, L, V = Result.UNKNOWN, Result.BLOCKED, Result.LOGIN, Result.SERVER
REFUSALS = Path(__file__).with_name("refusals.txt")
KINDS = {K: "S", L: "S", B: "H"}


@pytest.mark.parametrize(
    ("stage", "code", "text", "expected"),
    [
        # The address is dead.
        ("rcpt", 550, "5.1.1 The email account that you tried to reach does not exist", B),
        ("rcpt", 550, "5.1.2 Bad destination system address", B),
        ("rcpt", 553, "5.1.3 Bad destination mailbox address syntax", B),
        ("end", 550, "5.1.1 No such user", B),
        ("rcpt", 550, "#5.1.1 Address rejected", B),
        ("rcpt", 550, "5.2.1 The email account that you tried to reach is disabled", B),
        ("rcpt", 554, "30 Sorry, your message to <a> cannot be delivered. This mailbox is disabled", B),
        ("rcpt", 550, "Requested action not taken: account inactive", B),
        # It is about the sender.
        ("mail", 550, "5.4.5 Daily user sending limit exceeded", K),
        ("end", 550, "5.4.5 Daily user sending limit exceeded", K),
        ("rcpt", 421, "4.7.28 Our system has detected an unusual rate of mail", K),
        ("end", 550, "5.7.1 Our system has detected that this message is likely unsolicited", K),
        ("rcpt", 550, "No such user here", B),
        ("rcpt", 550, "5.1.10 Recipient address has null MX", B),
        ("rcpt", 550, "5.7.26 Unauthenticated email is not accepted", K),
        ("connect", 554, "5.7.1 Service unavailable, client host blocked", K),
        ("rcpt", 550, "5.1.8 Access denied, bad outbound sender", K),
        ("mail", 550, "5.1.1 Sender unknown", K),
        ("mail", 553, "Sender address not owned by user", K),
        ("connect", 554, "No SMTP service here", K),
        ("mail", 450, "4.1.8 Sender address rejected: Domain not found", K),
        ("mail", 502, "5.7.0 Please authenticate first", K),
        ("rcpt", 450, "4.2.1 Peak SMTP relay limit exceeded for customer", K),
        ("end", 454, "Throttling failure: Maximum sending rate exceeded", K),
        ("end", 550, "Your account has been disabled for sending", K),
        # The login: what passes by itself isn't refused until somebody changes the configuration.
        ("mail", 530, "5.7.0 Authentication Required", L),
        ("auth", 534, "5.7.9 Application-specific password required", L),
        ("auth", 535, "5.7.8 Username and Password not accepted", L),
        ("auth", 525, "5.7.1 Unauthorized IP address", L),
        ("auth", 538, "5.7.11 Encryption required", L),
        ("auth", 454, "4.7.0 Too many login attempts", K),
        ("auth", 451, "Authentication failed: Maximum credits exceeded", K),
        # The server: no lead's try.
        ("connect", 421, "Too many connections", V),
        ("connect", 421, "Service not available", V),
        ("connect", 454, "TLS not available due to temporary reason", V),
        ("auth", 421, "Try again", V),
        ("auth", 432, "4.3.2 Concurrent connections limit exceeded", V),
        ("mail", 421, "4.4.2 Error: timeout exceeded", V),
        ("rcpt", 421, "Service not available", V),
        ("rcpt", 421, "4.4.5 Server busy", V),
        ("rcpt", 452, "4.3.1 Insufficient system storage", V),
        ("end", 451, "4.3.0 Local error", V),
        ("connect", -1, "gibberish", V),
        ("auth", 250, "OK", V),
        # One lead, for good.
        ("rcpt", 552, "5.2.2 Mailbox full", F),
        ("rcpt", 550, "5.7.1 No thanks", F),
        ("rcpt", 550, "5.7.133 Only its members may write to this group", F),
        ("rcpt", 550, "5.2.1 The user is receiving mail at a rate that prevents further messages", F),
        ("end", 554, "5.6.0 Message content rejected", F),
        ("data", 503, "5.5.1 Bad sequence of commands", F),
        # One lead, for now.
        ("rcpt", 450, "4.7.1 Try again later", T),
        ("rcpt", 451, "4.7.1 Greylisted", T),
        ("rcpt", 450, "4.1.1 No such user", T),
        ("rcpt", 450, "4.2.1 The user is receiving mail too quickly", T),
        ("rcpt", 452, "4.2.2 Mailbox full", T),
        # Taken, or not understood.
        ("end", 250, "2.0.0 OK 1699999999 a1b2 - gsmtp", S),
        ("end", -1, "gibberish", U),
        ("end", 354, "Go on", U),
        ("rcpt", -1, "gibberish", T),
        ("data", 250, "OK", T),
        ("mail", 354, "Go on", T),
    ],
)
def test_an_answer_means_what_section_nine_says(stage, code, text, expected):
    assert read_answer(code, text, Stage(stage)).result is expected


def test_what_servers_are_known_to_say_is_taken_for_what_it_is():
    wrong = []
    for line in REFUSALS.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            meant, said = line.split("|", 1)
            result = read_answer(int(said[:3]), said[4:], Stage.RCPT).result
            if KINDS.get(result, "R") != meant:
                wrong.append(f"{result}: {line}")
    assert wrong == []


@pytest.mark.parametrize(
    ("code", "text", "expected"),
    [
        (421, "4.7.0 Connection expired, try reconnecting", True),
        (421, "4.4.2 mx.example.org Error: timeout exceeded", True),
        (421, "Max messages per connection reached, closing", True),
        (550, "This message has exceeded the max number of messages per session. Open a new session", True),
        (421, "4.7.0 Try again later, closing connection", False),
        (421, "4.7.28 Unusual rate of mail", False),
        (450, "4.4.1 mx.example.org: connection timed out", False),
    ],
)
def test_a_server_that_is_tired_of_one_connection_says_nothing_against_another(code, text, expected):
    assert is_about_session(code, text) is expected
    assert (read_answer(code, text, Stage.RCPT).result is V) is expected or not expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ok 010201890abc-1f2e3d4c-5b6a-000000", "010201890abc-1f2e3d4c-5b6a-000000"),
        ("2.0.0 OK: queued as <20261128.123456@smtp.example.net>", "20261128.123456@smtp.example.net"),
        ("2.6.0 <AM0PR01.eurprd01@example.com> [InternalId=1] Queued", "AM0PR01.eurprd01@example.com"),
        ("OK id=1tGabc-0000000AbC-1x2y", "1tGabc-0000000AbC-1x2y"),
        ("2.0.0 Ok: queued as 4XyZ12", ""),
        ("2.0.0 OK 1699999999 a1b2 - gsmtp", ""),
        ("Message accepted for delivery", ""),
    ],
)
def test_the_id_a_server_gives_a_message_is_kept(text, expected):
    assert named_id(text) == expected
    assert read_answer(250, text, Stage.END).server_id == expected


@pytest.mark.parametrize(
    ("said", "message_id"),
    [
        ("Ok 010201890abc-1f2e3d4c-000000", "<010201890abc-1f2e3d4c-000000@eu-west-1.amazonses.com>"),
        ("OK: queued as <20261128.123456@smtp.example.net>", "<20261128.123456@smtp.example.net>"),
    ],
)
def test_a_reply_to_a_servers_own_id_can_be_traced(said, message_id):
    assert read_answer(250, said, Stage.END).server_id in server_ids(message_id)


@pytest.mark.parametrize(("stage", "expected"), [(s, U if s is Stage.END else T) for s in Stage])
def test_a_lost_line_is_unknown_only_once_the_message_was_on_its_way(stage, expected):
    assert read_loss(stage, "Connection unexpectedly closed").result is expected


def test_a_code_inside_the_text_or_of_another_class_counts_for_nothing():
    assert enhanced_code(550, "<5.1.1@example.com>: 5.1.1 rejected") == ""
    assert enhanced_code(450, "5.1.1 Unknown") == ""
    assert enhanced_code(550, "5.1.1\nmore") == "5.1.1"
    assert read_answer(550, "<5.7.1@example.com> rejected", Stage.RCPT).result is F


def test_the_words_kept_are_one_line_without_addresses():
    outcome = read_answer(
        550, "5.1.1 <ada@example.com>:\nno such\r\n user,\x1b[31m ask me@example.org", Stage.RCPT
    )
    assert outcome.detail == "550 5.1.1 <address>: no such user, [31m ask <address>"
    assert len(words("x" * 5000)) == 300


@settings(deadline=None, derandomize=True)
@given(st.integers(-1, 999), st.text(max_size=2000), st.sampled_from(list(Stage)))
def test_any_answer_has_an_outcome_and_only_the_last_stage_can_deliver(code, text, stage):
    result = read_answer(code, text, stage).result
    assert stage is Stage.END or result not in (S, U)
    assert stage in (Stage.RCPT, Stage.DATA, Stage.END) or result is not B
