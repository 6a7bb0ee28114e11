"""Deliveries to a real server on loopback, over TLS unless said otherwise."""

import subprocess
import sys
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path

import pytest

from sheetflow.mail.address import Mailbox
from sheetflow.mail.conversation import Patience
from sheetflow.mail.message import Letterhead, compose, message_id
from sheetflow.mail.smtp import MESSAGES_A_CONNECTION, SmtpTransport
from sheetflow.mail.templates import Rendered
from sheetflow.workflow.outcome import Outcome, Result
from tests.fakes.smtp import LOSE, FakeSmtp, Slow, once, says

ADA = "ada@example.com"


@pytest.fixture
def server():
    with FakeSmtp() as server:
        yield server


def account(server: FakeSmtp, patience: Patience = Patience()) -> SmtpTransport:  # noqa: B008
    return SmtpTransport(
        server.user, server.password, server.host, server.port, server.security, server.ca_file, patience
    )


def letter(to: str = ADA, text: str = "Hello Ada") -> EmailMessage:
    return compose(
        Rendered("Your enquiry", text, "<p>Hello</p>"),
        message_id=message_id("L-1", "first_response", "example.org"),
        letterhead=Letterhead(Mailbox("Tom", "tom@example.org"), (), "1 High Street"),
        to=Mailbox("Ada", to),
        date=datetime(2026, 3, 2, 9, 30, tzinfo=UTC),
        first_response=True,
    )


def deliver(transport: SmtpTransport, *messages: EmailMessage, to: str = ADA) -> list[Outcome]:
    with transport.session() as session:
        return [session.deliver(message, to, "x.eml") for message in messages]


def results(outcomes: list[Outcome]) -> list[Result]:
    return [outcome.result for outcome in outcomes]


@pytest.mark.parametrize("security", ["starttls", "ssl", "none"])
def test_what_arrives_is_the_message_byte_for_byte(security):
    message = letter(text="Lines:\n.\n..\n.hidden\nFrom here\n")
    with FakeSmtp(security) as server:
        assert results(deliver(account(server), message)) == [Result.SENT]
    [taken] = server.messages
    assert (taken.mail_from, taken.rcpt_to) == ("tom@example.org", (ADA,))
    assert taken.data == message.as_bytes()


def test_a_message_of_unix_lines_leaves_with_the_lines_of_mail(server):
    plain = EmailMessage()
    plain["From"], plain["To"], plain["Subject"] = "tom@example.org", ADA, "A note"
    plain.set_content("one\n.two\n")
    deliver(account(server), plain)
    assert server.messages[0].data.endswith(b"\r\n\r\none\r\n.two\r\n")
    assert b"\n" not in server.messages[0].data.replace(b"\r\n", b"")


def test_a_batch_logs_in_once_and_says_goodbye(server):
    assert results(deliver(account(server), *[letter()] * 5)) == [Result.SENT] * 5
    assert [server.count(stage) for stage in ("connect", "auth", "end", "quit")] == [1, 1, 5, 1]


def test_a_batch_without_messages_contacts_nobody(server):
    assert deliver(account(server)) == []
    assert server.stages == []


def test_a_long_batch_takes_a_new_connection_now_and_then(server):
    many = [letter()] * (MESSAGES_A_CONNECTION + 1)
    assert set(results(deliver(account(server), *many))) == {Result.SENT}
    assert (server.count("connect"), len(server.messages)) == (2, len(many))


ROWS = [
    ("rcpt", "550 5.1.1 No such user", Result.BOUNCED),
    ("rcpt", "550 5.1.2 No such domain", Result.BOUNCED),
    ("rcpt", "553 5.1.3 Bad address", Result.BOUNCED),
    ("rcpt", "550 5.2.1 This mailbox is disabled", Result.BOUNCED),
    ("end", "550-5.1.1 No such user,\n550 5.1.1 really", Result.BOUNCED),
    ("mail", "550 5.4.5 Daily user sending limit exceeded", Result.BLOCKED),
    ("end", "421 4.7.28 Unusual rate", Result.BLOCKED),
    ("rcpt", "550 5.7.1 No thanks", Result.FAILED),
    ("end", "550 5.7.1 Looks unsolicited", Result.BLOCKED),
    ("rcpt", "450 4.7.1 Slow down", Result.TEMPORARY),
    ("connect", "554 5.7.1 You are listed", Result.BLOCKED),
    ("ehlo", "421 4.7.0 Try again later", Result.SERVER),
    ("mail", "530 5.7.0 Authentication required", Result.LOGIN),
    ("auth", "534 5.7.9 Application-specific password required", Result.LOGIN),
    ("auth", "535 5.7.8 Not accepted", Result.LOGIN),
    ("auth", "454 4.7.0 Too many login attempts", Result.BLOCKED),
    ("starttls", "454 TLS not available", Result.SERVER),
    ("rcpt", "552 5.2.2 Mailbox full", Result.FAILED),
    ("end", "554 5.6.0 Refused", Result.FAILED),
    ("data", "554 No", Result.FAILED),
    ("rcpt", "452 4.2.2 Mailbox full", Result.TEMPORARY),
    ("end", "451 Local error", Result.TEMPORARY),
    ("rcpt", "421 Closing", Result.SERVER),
    ("connect", "421 Too busy", Result.SERVER),
    ("ehlo", "421 Too busy", Result.SERVER),
    ("data", "250 Fine", Result.TEMPORARY),
    ("end", "what?", Result.UNKNOWN),
    ("connect", LOSE, Result.SERVER),
    ("ehlo", LOSE, Result.SERVER),
    ("starttls", LOSE, Result.SERVER),
    ("auth", LOSE, Result.SERVER),
    ("mail", LOSE, Result.TEMPORARY),
    ("rcpt", LOSE, Result.TEMPORARY),
    ("data", LOSE, Result.TEMPORARY),
    ("body", LOSE, Result.UNKNOWN),
    ("end", LOSE, Result.UNKNOWN),
]


@pytest.mark.parametrize(("stage", "answer", "expected"), ROWS)
def test_what_a_server_says_or_loses_decides_the_outcome_of_one_attempt(server, stage, answer, expected):
    server.answers = says(**{stage: answer})
    assert results(deliver(account(server, Patience(answer=30, taken=30)), letter())) == [expected]
    assert server.count("mail") <= 1
    assert len(server.messages) == (1 if (stage, answer) == ("end", LOSE) else 0)


def test_a_line_lost_after_the_final_dot_leaves_one_copy_and_isnt_repeated(server):
    server.answers = once("end", LOSE)
    outcomes = deliver(account(server), letter(), letter("bob@example.com"))
    assert results(outcomes) == [Result.UNKNOWN, Result.SENT]
    assert server.count("end") == len(server.messages) == 2


@pytest.mark.parametrize(
    ("stage", "expected"),
    [
        *[(stage, Result.SERVER) for stage in ("connect", "ehlo", "auth")],
        *[(stage, Result.TEMPORARY) for stage in ("mail", "rcpt", "data")],
        ("end", Result.UNKNOWN),
    ],
)
def test_a_server_that_falls_silent_is_waited_for_only_so_long(server, stage, expected):
    server.answers = says(**{stage: Slow(60)})
    assert results(deliver(account(server, Patience(answer=1, taken=1)), letter())) == [expected]


def test_the_answer_to_the_final_dot_is_waited_for_longer_than_others(server):
    server.answers = says(end=Slow(1.5))
    assert results(deliver(account(server, Patience(answer=1)), letter(), letter())) == [Result.SENT] * 2
    assert len(server.messages) == 2


@pytest.mark.parametrize(("stage", "expected"), [("rcpt", Result.TEMPORARY), ("end", Result.UNKNOWN)])
def test_the_whole_of_an_attempt_has_a_bound_too(server, stage, expected):
    server.answers = says(**{stage: Slow(60)})
    assert results(deliver(account(server, Patience(whole=1)), letter())) == [expected]


def test_a_line_closed_while_idle_is_opened_again(server):
    with account(server).session() as session:
        assert session.deliver(letter(), ADA, "x").result is Result.SENT
        server.hang_up()
        assert session.deliver(letter(), ADA, "x").result is Result.SENT
    assert (server.count("connect"), len(server.messages)) == (2, 2)


def test_a_refused_recipient_doesnt_spoil_the_next_message(server):
    server.answers = lambda stage, words: "550 5.1.1 No" if stage == "rcpt" and "dead@" in words else None
    with account(server).session() as session:
        assert session.deliver(letter("dead@example.com"), "dead@example.com", "x").result is Result.BOUNCED
        assert session.deliver(letter(), ADA, "x").result is Result.SENT
    assert server.count("connect") == 1


def test_a_refused_login_is_tried_once_a_batch(server):
    server.answers = says(auth="535 5.7.8 Not accepted")
    assert results(deliver(account(server), *[letter()] * 3)) == [Result.LOGIN] * 3
    assert server.count("auth") == 1


def test_a_login_refused_by_a_server_that_then_hangs_up_is_still_a_login_refused(server):
    def refuse(stage: str, _words: str) -> str | None:
        return "535 5.7.8 Not accepted" if stage == "auth" and server.count("auth") == 1 else None

    server.answers = refuse
    [outcome] = deliver(account(server), letter())
    assert outcome.result is Result.LOGIN
    assert "5.7.8" in outcome.detail


@pytest.mark.parametrize("stage", ["mail", "rcpt", "end"])
def test_a_server_that_is_tired_of_a_connection_gets_a_new_one_once(server, stage):
    server.answers = once(stage, "421 4.7.0 Too many messages in this connection, try reconnecting")
    assert results(deliver(account(server), letter())) == [Result.SENT]
    assert (server.count("connect"), len(server.messages)) == (2, 1)
    server.answers = says(**{stage: "421 4.7.0 Too many messages in this connection, try reconnecting"})
    assert results(deliver(account(server), letter())) == [Result.SERVER]
    assert (server.count("connect"), len(server.messages)) == (4, 1)


def test_an_id_of_the_servers_own_is_kept(server):
    server.answers = says(end="250 Ok 0102018abcdef012-1f2e3d4c-000000")
    [outcome] = deliver(account(server), letter())
    assert (outcome.result, outcome.server_id) == (Result.SENT, "0102018abcdef012-1f2e3d4c-000000")


def test_a_login_name_without_an_at_sign_stays_as_it_is():
    with FakeSmtp(user="apikey") as server:
        assert results(deliver(account(server), letter())) == [Result.SENT]


@pytest.mark.parametrize(
    "address",
    ["", "ada", "ada@", "a b@example.com", "a@example.com\r\nRCPT TO:<b@example.com>", "a@b@c@", "<a@b>"],
)
def test_an_address_that_is_none_is_refused_before_anybody_is_asked(server, address):
    assert results(deliver(account(server), letter(), to=address)) == [Result.FAILED]
    assert server.stages == []


def test_an_international_domain_goes_out_in_ascii(server):
    address = "ada@straße.example"
    assert results(deliver(account(server), letter(address), to=address)) == [Result.SENT]
    assert server.messages[0].rcpt_to == ("ada@xn--strae-oqa.example",)


def test_an_international_local_part_needs_a_server_that_takes_it(server):
    address = "jörg@example.com"
    assert results(deliver(account(server), letter(address), to=address)) == [Result.SENT]
    assert server.messages[0].rcpt_to == (address,)
    assert f"\r\nTo: Ada <{address}>\r\n".encode() in server.messages[0].data
    with FakeSmtp(smtputf8=False) as older:
        [outcome] = deliver(account(older), letter(address), to=address)
    assert (outcome.result, older.messages) == (Result.FAILED, [])


def test_another_process_can_send_to_the_same_server(server):
    program = (
        "import sys; from tests.adapters.test_mail_smtp import *\n"
        "transport = SmtpTransport(*sys.argv[1:4], int(sys.argv[4]), 'starttls', sys.argv[5])\n"
        "print(deliver(transport, letter())[0].result)"
    )
    words = [server.user, server.password, server.host, str(server.port), server.ca_file]
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", program, *words],
        capture_output=True,
        text=True,
        check=True,
        cwd=root,
        timeout=60,
    )
    assert (done.stdout.strip(), len(server.messages)) == ("sent", 1)
