"""What `check` is told, and what a message's outcome is, where nobody can be reached or trusted."""

import socket
from dataclasses import replace

import pytest

from sheetflow.errors import ConfigError, SheetflowError
from sheetflow.mail.account import Server
from sheetflow.mail.answers import Stage
from sheetflow.mail.conversation import Patience
from sheetflow.mail.faults import read_fault
from sheetflow.mail.imap_faults import LoginRefused
from sheetflow.mail.imap_faults import read_fault as read_imap_fault
from sheetflow.mail.smtp import SmtpTransport
from sheetflow.workflow.outcome import Result
from tests.adapters.test_mail_smtp import account, deliver, letter, results
from tests.fakes.smtp import LOSE, FakeSmtp, Slow, says


@pytest.fixture
def server():
    with FakeSmtp() as server:
        yield server


@pytest.fixture
def free_port():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    return port


def complaint(transport: SmtpTransport) -> str:
    with pytest.raises((ConfigError, SheetflowError)) as caught:
        transport.verify()
    return str(caught.value)


@pytest.mark.parametrize("security", ["starttls", "ssl", "none"])
def test_a_working_account_has_no_complaint_and_gets_no_mail(security):
    with FakeSmtp(security) as server:
        account(server).verify()
    assert (server.count("auth"), server.messages) == (1, [])


@pytest.mark.parametrize("security", ["starttls", "ssl"])
def test_an_unknown_authority_is_refused_and_the_remedy_named(security):
    with FakeSmtp(security) as server:
        transport = replace(account(server), ca_file=None)
        assert "name its file in SMTP_CA_FILE" in complaint(transport)
        assert results(deliver(transport, letter())) == [Result.LOGIN]
    assert server.count("auth") == 0


@pytest.mark.parametrize("security", ["starttls", "ssl"])
def test_a_certificate_for_another_name_is_refused(security):
    with FakeSmtp(security, names=["mail.example.org"]) as server:
        assert "certificate is for another name" in complaint(account(server))
    assert server.count("auth") == 0


def test_a_password_never_leaves_in_clear():
    with FakeSmtp("none") as server:
        assert "offers no STARTTLS" in complaint(replace(account(server), security="starttls"))
    assert server.count("auth") == 0
    with pytest.raises(ConfigError, match=r"SMTP_SECURITY='none': for 127\.0\.0\.1"):
        SmtpTransport("me", "secret", "mail.example.org", 25, "none")
    assert "secret" not in repr(account(server))


def test_tls_to_a_port_without_it_names_the_usual_pairs(server):
    assert "587 with starttls and 465 with ssl" in complaint(replace(account(server), security="ssl"))


def test_a_silent_port_is_given_up(server):
    server.answers = says(connect=Slow(60))
    with pytest.raises(SheetflowError, match="no answer in time"):
        account(server, Patience(answer=0.3)).verify()


def test_a_refused_connection_costs_no_lead_a_try(server, free_port):
    transport = replace(account(server), port=free_port)
    assert "Connection refused" in complaint(transport)
    [outcome] = deliver(transport, letter())
    assert outcome.result is Result.SERVER


def test_an_unknown_host_is_named():
    # As the resolver says it: no test asks a name server.
    fault = read_fault(
        socket.gaierror(-2, "Name or service not known"), Server("SMTP", "mial", 1, "ssl"), Stage.CONNECT
    )
    assert fault.outcome.result is Result.SERVER
    assert fault.configuration
    assert "SMTP_HOST='mial'" in fault.outcome.detail


def test_a_host_that_is_no_name_is_a_complaint(server):
    assert "SMTP_HOST isn't the name of a host" in complaint(replace(account(server), host="mail..example"))


def test_a_refused_login_shows_the_servers_words(server):
    said = complaint(replace(account(server), password="wrong"))
    assert "refuses SMTP_USER and SMTP_PASSWORD" in said
    assert "535 5.7.8" in said
    assert "wrong" not in said


def test_gmail_gets_the_hint_of_app_passwords():
    refusal = OSError()
    refusal.smtp_code, refusal.smtp_error = 535, b"5.7.8 Username and Password not accepted"
    fault = read_fault(refusal, Server("SMTP", "smtp.gmail.com", 587, "starttls"), Stage.AUTH)
    assert "https://myaccount.google.com/apppasswords" in fault.outcome.detail


@pytest.mark.parametrize("host", ["smtp.office365.com", "smtp-mail.outlook.com", "Outlook.Office365.com"])
def test_microsofts_servers_are_known_to_take_no_passwords(host):
    refusal = OSError()
    refusal.smtp_code, refusal.smtp_error = 535, b"5.7.139 Authentication unsuccessful"
    fault = read_fault(refusal, Server("SMTP", host, 587, "starttls"), Stage.AUTH)
    assert "from the end of December 2026" in fault.outcome.detail
    assert "5.7.139" in fault.outcome.detail
    assert "refuses SMTP_USER" not in fault.outcome.detail
    unread = read_imap_fault(LoginRefused("NO LOGIN failed."), Server("IMAP", host, 993, "ssl"))
    assert unread.words.startswith("Microsoft 365 and Outlook.com take no password for IMAP any more")
    assert "LOGIN failed" in unread.words


@pytest.mark.parametrize("host", ["outlook.com.example.org", "mail.example.com", "myoffice365.com"])
def test_other_servers_refuse_a_password_in_the_usual_words(host):
    assert "refuses IMAP_USER" in Server("IMAP", host, 993, "ssl").refused_login("no")


def test_a_password_with_a_strange_letter_is_a_complaint_not_a_crash(server):
    assert "outside ASCII" in complaint(replace(account(server), password="abcd\u00a0efgh"))


def test_a_server_without_login_is_a_complaint(server):
    assert "no login by password" in complaint(replace(account(server), security="none"))


@pytest.mark.parametrize("content", [None, "", "not a certificate"])
def test_an_unusable_ca_file_is_named(server, tmp_path, content):
    file = tmp_path / "ca.pem"
    if content is not None:
        file.write_text(content)
    transport = replace(account(server), ca_file=str(file))
    assert f"SMTP_CA_FILE={str(file)!r}" in complaint(transport)
    assert results(deliver(transport, letter())) == [Result.LOGIN]


@pytest.mark.parametrize("answer", ["421 Too busy", "550 5.7.1 Go away", LOSE])
def test_a_servers_mood_is_no_mistake_in_the_configuration(server, answer):
    server.answers = says(ehlo=answer)
    with pytest.raises(SheetflowError):
        account(server).verify()
