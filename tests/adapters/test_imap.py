"""The mailbox adapter against a real IMAP server: what it reads and leaves, how it says what is wrong."""

import json
import socket
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from sheetflow.errors import ConfigError, MailboxUnavailable
from sheetflow.mail import imap_folders
from sheetflow.mail.account import Server
from sheetflow.mail.imap import ImapMailbox
from sheetflow.mail.imap_faults import LoginRefused, read_fault
from sheetflow.workflow.arrived import Arrived, Reading
from tests.fakes import dovecot
from tests.fakes.imap import NAMES, FakeImap

NOON = datetime(2026, 6, 2, 12, 0, tzinfo=UTC)
DAY = NOON.date()


@pytest.fixture(scope="module")
def shared() -> Iterator[FakeImap]:
    with FakeImap() as server:
        yield server


@pytest.fixture
def server(shared: FakeImap) -> FakeImap:
    shared.empty()
    return shared


def mailbox_of(server: FakeImap) -> ImapMailbox:
    return ImapMailbox(
        server.user,
        server.password,
        server.host,
        server.port,
        server.security,
        server.ca_file or None,
        timeout=30.0,
    )


def mail(name: str, body: str = "Hello") -> bytes:
    return (
        f"From: Jo <jo@example.org>\nMessage-ID: <{name}@example.org>\nSubject: {name}\n\n{body}\n".encode()
    )


def read(server: FakeImap, cursor: str = "", since: date = DAY) -> tuple[list[Arrived], Reading]:
    found: list[Arrived] = []
    reading = mailbox_of(server).read(cursor, since, found.append)
    return found, reading


def names(found: list[Arrived]) -> list[str]:
    return [arrived.raw.split(b"Subject: ")[1].split(b"\r")[0].decode() for arrived in found]


@pytest.mark.parametrize("security", ["ssl", "starttls", "none"])
def test_inbox_junk_and_sent_are_read_whatever_their_names(security) -> None:
    with FakeImap(security) as server:
        for folder in ("sent", "junk", "inbox"):
            server.deliver(mail(folder), folder, NOON)
        found, _ = read(server)
        assert [(arrived.folder, arrived.at) for arrived in found] == [
            ("inbox", NOON),
            ("junk", NOON),
            ("sent", NOON),
        ]
        assert mailbox_of(server).verify() == tuple(NAMES.values())


def test_a_mail_comes_whole_and_one_in_sent_as_headers(server: FakeImap) -> None:
    server.deliver(mail("one", "Zwölf"), "inbox", NOON)
    server.deliver(mail("two"), "sent", NOON)
    found, _ = read(server)
    assert found[0].raw == mail("one", "Zwölf").replace(b"\n", b"\r\n")
    assert b"Subject: two" in found[1].raw
    assert b"Hello" not in found[1].raw


def test_folders_that_the_account_doesnt_have_are_no_trouble() -> None:
    with FakeImap(folders=()) as server:
        server.deliver(mail("one"), at=NOON)
        assert names(read(server)[0]) == ["one"]
        assert mailbox_of(server).holds(["<one@example.org>"]) == {}


def test_nothing_becomes_seen(server: FakeImap) -> None:
    for folder in NAMES:
        server.deliver(mail(folder), folder, NOON)
    read(server)
    mailbox_of(server).holds(["<sent@example.org>"])
    assert [server.flags(folder) for folder in NAMES] == [[frozenset()]] * 3
    assert not any(b" SELECT " in said or b" STORE " in said for said in server.heard)


def test_a_next_reading_brings_only_what_is_new(server: FakeImap) -> None:
    server.deliver(mail("one"), at=NOON)
    _, first = read(server)
    assert names(read(server, first.cursor)[0]) == []
    server.deliver(mail("two"), at=NOON - timedelta(days=400))  # moved here by its owner
    found, second = read(server, first.cursor)
    assert names(found) == ["two"]
    assert names(read(server, second.cursor)[0]) == []


def test_a_first_reading_begins_at_the_date_and_the_next_behind_it(server: FakeImap) -> None:
    server.deliver(mail("old"), at=NOON - timedelta(days=3))
    found, reading = read(server)
    assert names(found) == []
    assert names(read(server, reading.cursor)[0]) == []
    server.deliver(mail("new"), at=NOON)
    assert names(read(server, reading.cursor)[0]) == ["new"]


@pytest.mark.parametrize(
    "lost", ["", "{", "[]", '{"account": 3}', '{"folders": {"INBOX": 5}, "account": "x"}']
)
def test_a_lost_cursor_reads_again_by_date(server: FakeImap, lost: str) -> None:
    server.deliver(mail("old"), at=NOON - timedelta(days=3))
    server.deliver(mail("one"), at=NOON)
    assert names(read(server, lost)[0]) == ["one"]


def test_a_changed_uidvalidity_reads_that_folder_again_by_date(server: FakeImap) -> None:
    server.deliver(mail("old"), at=NOON - timedelta(days=3))
    server.deliver(mail("one"), at=NOON)
    server.deliver(mail("spam"), "junk", NOON)
    _, first = read(server)
    server.renumber("inbox")
    found, second = read(server, first.cursor)
    assert names(found) == ["one"]
    assert names(read(server, second.cursor)[0]) == []


def test_the_cursor_of_another_account_means_nothing(server: FakeImap) -> None:
    server.deliver(mail("one"), at=NOON)
    cursor = json.loads(read(server)[1].cursor)
    cursor["account"] = "somebody@elsewhere.example:993"
    assert names(read(server, json.dumps(cursor))[0]) == ["one"]


def test_a_folder_that_is_shorter_than_the_cursor_is_read_again(server: FakeImap) -> None:
    server.deliver(mail("one"), at=NOON)
    cursor = json.loads(read(server)[1].cursor)
    cursor["folders"]["INBOX"][1] += 50
    assert names(read(server, json.dumps(cursor))[0]) == ["one"]


def test_many_mails_come_a_few_at_a_time_in_order(server: FakeImap) -> None:
    expected = [f"mail-{number}" for number in range(2 * imap_folders.AT_ONCE + 7)]
    for name in expected:
        server.deliver(mail(name), at=NOON)
    server.heard.clear()
    assert names(read(server)[0]) == expected
    assert sum(said.count(b" FETCH ") for said in server.heard) == 3


def test_a_reading_that_takes_too_long_goes_on_where_it_ended(server: FakeImap) -> None:
    expected = [f"mail-{number}" for number in range(imap_folders.AT_ONCE + 7)]
    for name in expected:
        server.deliver(mail(name), at=NOON)
    first: list[Arrived] = []
    reading = replace(mailbox_of(server), longest=0.0).read("", DAY, first.append)
    assert reading.left == 7
    rest, reading = read(server, reading.cursor)
    assert (names(first + rest), reading.left) == (expected, 0)


def test_of_a_huge_mail_the_beginning_is_fetched(server: FakeImap) -> None:
    body = "A" * 70 + "\n"
    server.deliver(mail("huge", body * 290_000), at=NOON)
    (arrived,), _ = read(server)
    assert len(arrived.raw) == imap_folders.LARGEST
    assert arrived.raw.startswith(b"From: Jo")


def test_hostile_bytes_are_handed_over_as_they_are(server: FakeImap) -> None:
    for raw in (b"\xff\xfe\x00", b"", b"Subject: )\r\n\r\n* 1 FETCH (UID 5)\r\nA1 OK done\r\n", b"\r\n" * 9):
        server.deliver(raw, at=NOON)
    found, reading = read(server)
    assert len(found) >= 3
    assert any(b"* 1 FETCH (UID 5)" in arrived.raw for arrived in found)
    assert read(server, reading.cursor)[0] == []


def test_sent_is_searched_for_exactly_this_message(server: FakeImap) -> None:
    server.deliver(mail("sf.one"), "sent", NOON)
    server.deliver(mail("sf.oneandmore"), "sent", NOON)
    server.deliver(mail("sf.two"), "inbox", NOON)
    held = mailbox_of(server).holds(["<sf.one@example.org>", "<sf.two@example.org>", '<"@example.org>'])
    assert set(held) == {"<sf.one@example.org>"}
    assert b"Subject: sf.one\r\n" in held["<sf.one@example.org>"]


def test_no_question_about_sent_needs_no_connection(server: FakeImap) -> None:
    assert mailbox_of(server).holds([]) == {}
    assert server.heard == []


def test_the_server_is_told_who_calls(server: FakeImap) -> None:
    read(server)
    assert any(b'ID ("name" "sheetflow")' in said for said in server.heard)


@pytest.mark.parametrize("security", ["ssl", "starttls", "none"])
@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ({"password": "other"}, "IMAP_USER and IMAP_PASSWORD"),
        ({"password": "pässword"}, "IMAP_USER and IMAP_PASSWORD"),
        ({"user": "nobody@example.com"}, "IMAP_USER and IMAP_PASSWORD"),
        ({"port": 9}, "nothing answers there"),
    ],
)
def test_a_wrong_setting_is_named(security, wrong: dict[str, object], named: str) -> None:
    with FakeImap(security) as server, pytest.raises(ConfigError, match=named) as caught:
        replace(mailbox_of(server), **wrong).verify()
    assert "pässword" not in str(caught.value)


def test_gmail_is_asked_for_an_app_password() -> None:
    said = read_fault(LoginRefused("Invalid credentials"), Server("IMAP", "imap.gmail.com", 993, "ssl"))
    assert "app password" in said.words
    assert said.configuration


def test_a_certificate_of_an_unknown_authority_is_refused_and_the_setting_named(server: FakeImap) -> None:
    with pytest.raises(ConfigError, match="SMTP_CA_FILE"):
        replace(mailbox_of(server), ca_file=None).verify()


def test_a_certificate_for_another_name_is_refused() -> None:
    with FakeImap(names=["imap.example.com"]) as server, pytest.raises(ConfigError, match="another name"):
        mailbox_of(server).verify()


def test_tls_where_the_server_speaks_none_is_said_with_the_usual_pairs() -> None:
    with FakeImap("none") as server:
        mailbox = mailbox_of(server)
        with pytest.raises(ConfigError, match="993 with ssl"):
            replace(mailbox, security="ssl").verify()
        with pytest.raises(ConfigError, match="STARTTLS"):
            replace(mailbox, security="starttls").verify()


def test_a_password_is_never_sent_in_clear_where_tls_is_configured() -> None:
    with FakeImap("none") as server:
        with pytest.raises(ConfigError):
            replace(mailbox_of(server), security="starttls").verify()
        assert not any(b"secret" in said for said in server.heard)


def test_a_server_that_is_down_makes_the_mailbox_unavailable(server: FakeImap) -> None:
    server.is_down = True
    for use in (mailbox_of(server).verify, lambda: read(server), lambda: mailbox_of(server).holds(["<a@b>"])):
        with pytest.raises(MailboxUnavailable, match="IMAP_HOST"):
            use()


def test_a_line_lost_in_the_middle_makes_the_mailbox_unavailable(server: FakeImap) -> None:
    for number in range(2 * imap_folders.AT_ONCE):
        server.deliver(mail(str(number)), at=NOON)
    with pytest.raises(MailboxUnavailable):
        mailbox_of(server).read("", DAY, lambda arrived: server.hang_up())


def test_a_server_that_never_answers_is_given_up_after_the_timeout() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        silent_mailbox = ImapMailbox(
            "me@example.com", "secret", "127.0.0.1", silent.getsockname()[1], "none", timeout=0.2
        )
        with pytest.raises(MailboxUnavailable, match="no answer in time"):
            silent_mailbox.verify()


def test_an_authority_file_that_cannot_be_read_closes_the_mailbox(server: FakeImap, tmp_path) -> None:
    broken = replace(mailbox_of(server), ca_file=str(tmp_path / "missing.pem"))
    with pytest.raises(ConfigError, match="SMTP_CA_FILE"):
        broken.verify()
    with pytest.raises(MailboxUnavailable, match="SMTP_CA_FILE"):
        broken.read("", DAY, lambda arrived: None)


@pytest.mark.needs_dovecot
def test_another_server_reads_the_same() -> None:
    program = dovecot.find()
    assert program
    with dovecot.running(program) as server:
        server.fill((mail(f"mail-{number}"), NOON) for number in range(2 * imap_folders.AT_ONCE + 7))
        mailbox = ImapMailbox(
            server.user, server.password, server.host, server.port, "ssl", server.ca_file, timeout=20.0
        )
        assert mailbox.verify() == ("INBOX", "Werbung", "Gesendete Nachrichten")
        found: list[Arrived] = []
        reading = mailbox.read("", DAY, found.append)
        assert sorted(names(found)) == sorted(f"mail-{n}" for n in range(2 * imap_folders.AT_ONCE + 7))
        assert {arrived.at for arrived in found} == {NOON}
        server.fill([(mail("new"), NOON)])
        found.clear()
        mailbox.read(reading.cursor, DAY, found.append)
        assert names(found) == ["new"]


@pytest.mark.parametrize(
    "at", [b"31-Feb-2026 10:00:00 +0000", b"31-Dec-9999 23:59:59 -1200", b"01-Jan-0000 00:00:00 +0000"]
)
def test_a_time_there_never_was_is_no_mail_that_stops_the_others(at: bytes) -> None:
    attributes = b'1 (UID 7 INTERNALDATE "%s" BODY[] {5}' % at
    (uid, moment, raw), *others = imap_folders._mails([(attributes, b"Hello"), b")"])
    assert (uid, raw, others) == (7, b"Hello", [])
    assert moment.tzinfo is UTC
