import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sheetflow.mail.answers import Stage, enhanced_code, read_answer, read_loss, words
from sheetflow.workflow.outcome import Result

S, T, F, B = Result.SENT, Result.TEMPORARY, Result.FAILED, Result.BOUNCED
U, K, L = Result.UNKNOWN, Result.BLOCKED, Result.LOGIN


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
        ("rcpt", 550, "5.7.26 Unauthenticated email is not accepted", K),
        ("connect", 554, "5.7.1 Service unavailable, client host blocked", K),
        ("rcpt", 550, "5.1.8 Access denied, bad outbound sender", K),
        ("mail", 550, "5.1.1 Sender unknown", K),
        ("mail", 553, "Sender address not owned by user", K),
        ("connect", 554, "No SMTP service here", K),
        # The login.
        ("mail", 530, "5.7.0 Authentication Required", L),
        ("auth", 534, "5.7.9 Application-specific password required", L),
        ("auth", 535, "5.7.8 Username and Password not accepted", L),
        ("auth", 454, "4.7.0 Too many login attempts", L),
        ("connect", 454, "TLS not available due to temporary reason", L),
        ("auth", 538, "5.7.11 Encryption required", L),
        # Other refusals for good.
        ("rcpt", 550, "No such user here", F),
        ("rcpt", 552, "5.2.2 Mailbox full", F),
        ("rcpt", 550, "5.1.10 Recipient address has null MX", F),
        ("rcpt", 550, "5.2.1 The user is receiving mail at a rate that prevents further messages", F),
        ("rcpt", 550, "Your account has been disabled for sending", F),
        ("end", 554, "5.6.0 Message content rejected", F),
        ("data", 503, "5.5.1 Bad sequence of commands", F),
        # Later.
        ("rcpt", 421, "Service not available", T),
        ("rcpt", 421, "4.4.5 Server busy", T),
        ("rcpt", 450, "4.2.1 The user is receiving mail too quickly", T),
        ("rcpt", 452, "4.2.2 Mailbox full", T),
        ("end", 451, "4.3.0 Local error", T),
        ("connect", 421, "Too many connections", T),
        ("auth", 421, "Try again", T),
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
