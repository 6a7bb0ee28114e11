from datetime import UTC, datetime, timedelta, timezone

import pytest

from sheetflow.replies.incoming import parse
from tests.replies.letters import judged, letter


def test_a_mail_is_read_into_its_parts():
    headers = (
        "Message-ID: <7@example.org>\nIn-Reply-To: <3@example.com>\n"
        "References: <1@example.com>\n <2@example.com>\n"
        "X-MS-Exchange-Parent-Message-Id: <4@example.com>\nCc: Sam <SAM@example.net>\n"
    )
    mail = parse(letter("Yes, Tuesday.", headers))
    assert (mail.message_id, mail.sender, mail.sender_name) == (
        "<7@example.org>",
        "jo@example.org",
        "Jo Miller",
    )
    assert mail.to == ("studio@example.com", "sam@example.net")
    assert mail.subject == "Re: Your enquiry"
    assert mail.date == datetime(2026, 6, 3, 10, tzinfo=timezone(timedelta(hours=2)))
    assert mail.references == ("<3@example.com>", "<2@example.com>", "<1@example.com>", "<4@example.com>")
    assert mail.own_text == "Yes, Tuesday."


@pytest.mark.parametrize(
    ("sender", "address", "name"),
    [
        ("JO@Example.org", "jo@example.org", ""),
        ('"Miller, Jo" <jo@example.org>', "jo@example.org", "Miller, Jo"),
        ("=?utf-8?q?J=C3=B6_M=C3=BCller?= <jo@example.org>", "jo@example.org", "Jö Müller"),
        ("=?utf-8?b?SsO2IDxqb0BleGFtcGxlLm9yZz4=?=", "jo@example.org", "Jö"),
        ("Jö Müller <jo@example.org>", "jo@example.org", "Jö Müller"),
        ("<jo@example.org", "jo@example.org", ""),
        ("Jo Miller", "", "Jo Miller"),
        ("=?nonsense?q?Jo?= <jo@example.org>", "jo@example.org", "Jo"),
        ("=?utf-8?b?not base64?= <jo@example.org>", "jo@example.org", None),
        ("", "", ""),
    ],
)
def test_the_sender_is_found_however_it_is_written(sender, address, name):
    mail = parse(letter("Hi", **{"from": sender}))
    assert mail.sender == address
    assert name is None or mail.sender_name == name


GROUP = "'Jo Miller' via Studio <studio@example.com>"
LIST = "Mailing-list: list studio@example.com\nList-ID: <studio.example.com>\n"


@pytest.mark.parametrize(
    ("sender", "headers", "address"),
    [
        (GROUP, "X-Original-Sender: jo@example.org\n", "jo@example.org"),
        (GROUP, "X-Original-From: Jo Miller <jo@example.org>\n", "jo@example.org"),
        (GROUP, f"Reply-To: Jo Miller <jo@example.org>\n{LIST}", "jo@example.org"),
        (
            GROUP,
            f"Reply-To: Studio <studio@example.com>, Jo Miller <jo@example.org>\n{LIST}",
            "jo@example.org",
        ),
        ("Jo via Hikers <hikers@lists.example.net>", "X-Original-Sender: jo@example.org\n", "jo@example.org"),
        # The form on our own page: it writes from our address and is answered to the lead's.
        ("Studio <studio@example.com>", "Reply-To: jo@example.org\n", "studio@example.com"),
        ("Studio <studio@example.com>", "X-Original-Sender: studio@example.com\n", "studio@example.com"),
        ("Jo <jo@example.org>", "X-Original-Sender: bounce-1@mailer.example.net\n", "jo@example.org"),
    ],
)
def test_a_group_that_rewrites_the_sender_keeps_the_person_elsewhere(sender, headers, address):
    incoming = judged(letter("Tuesday is fine.", headers, **{"from": sender})).incoming
    assert incoming.sender == address
    assert incoming.sender_name in ("Jo Miller", "Jo", "Studio")


def test_eight_bit_headers_are_read_in_their_likely_charset():
    latin = letter("x").replace(b"Re: Your enquiry", "Re: Küche".encode("latin-1"))
    assert parse(latin).subject == "Re: Küche"


@pytest.mark.parametrize(
    "date", ["", "yesterday", "Wed, 99 Jun 2026 10:00:00 +0200", "1 Jan 99999 00:00:00 +0000"]
)
def test_a_missing_date_is_taken_from_the_last_server(date):
    received = "Received: from a by b; Wed, 3 Jun 2026 08:00:00 +0000\n"
    assert parse(letter("x", received, date=date)).date == datetime(2026, 6, 3, 8, tzinfo=UTC)
    assert parse(letter("x", date=date)).date is None


def test_a_date_without_zone_is_utc():
    assert parse(letter("x", date="3 Jun 2026 10:00:00 -0000")).date == datetime(2026, 6, 3, 10, tzinfo=UTC)


def test_html_alone_is_read():
    raw = letter(
        "<p>Yes, Tuesday.</p><blockquote>Shall we?</blockquote>", content_type="text/html; charset=utf-8"
    )
    assert parse(raw).own_text == "Yes, Tuesday."


@pytest.mark.parametrize("charset", ["no-such-charset", "utf-8", '"', "us-ascii"])
def test_a_wrong_charset_costs_at_most_some_letters(charset):
    raw = letter(content_type=f"text/plain; charset={charset}") + "Küche, Tuesday.".encode("latin-1")
    assert parse(raw).own_text.endswith("che, Tuesday.")


@pytest.mark.parametrize(
    ("headers", "body", "text"),
    [
        ("charset=iso-8859-1", "Désinscrire".encode("latin-1"), "Désinscrire"),
        ("charset=iso-8859-1", "„Küche“".encode("cp1252"), "„Küche“"),
        ("charset=iso-8859-2", "Proszę usunąć".encode("iso-8859-2"), "Proszę usunąć"),
        ("charset=koi8-r", "Спасибо".encode("koi8-r"), "Спасибо"),
        ("charset=gb2312", "謝謝你".encode("gb18030"), "謝謝你"),
        ("charset=shift_jis", "①火曜日".encode("cp932"), "①火曜日"),
        ("charset=iso-2022-jp", "火曜日".encode("iso-2022-jp"), "火曜日"),
        ("charset=iso-8859-8-i", "שלום".encode("iso-8859-8"), "שלום"),
        ("charset=us-ascii", "Grüße".encode(), "Grüße"),
        ("charset=x-unknown", "Grüße".encode(), "Grüße"),
        ("charset=utf-8", "Grüße".encode("latin-1"), "Grüße"),
        ("charset=punycode", "Grüße".encode(), "Grüße"),
        ("format=flowed", "Grüße".encode(), "Grüße"),
        ("format=flowed", "Grüße – €".encode("cp1252"), "Grüße – €"),
    ],
)
@pytest.mark.parametrize("encoding", ["8bit", "7bit", ""])
def test_a_body_is_read_in_its_charset_else_in_utf8_else_in_windows_1252(headers, body, text, encoding):
    said = f"Content-Transfer-Encoding: {encoding}\n" if encoding else ""
    raw = letter("", said, content_type=f"text/plain; {headers}") + body
    assert parse(raw).own_text == text


def test_the_words_beside_an_attachment_are_read_and_the_attachment_is_not():
    picture = (
        b"Content-Type: image/jpeg\nContent-Transfer-Encoding: base64\n\n" + (b"A" * 76 + b"\r\n") * 280_000
    )
    raw = letter(content_type="multipart/mixed; boundary=f") + (
        b"--f\nContent-Type: text/plain\n\nHere is the photo.\n--f\n" + picture + b"--f\n"
        b"Content-Type: text/plain\n\nAnd this below it.\n--f--\n"
    )
    assert len(raw) > 20_000_000
    assert parse(raw).own_text.split("\n") == ["Here is the photo.", "And this below it."]


def test_a_text_file_attached_is_not_what_the_person_wrote():
    body = (
        "--f\nContent-Type: text/plain\n\nYes.\n"
        "--f\nContent-Type: text/plain\nContent-Disposition: attachment; filename=a.txt\n\nSTOP\n--f--\n"
    )
    assert parse(letter(body, content_type="multipart/mixed; boundary=f")).own_text == "Yes."


@pytest.mark.parametrize(
    "broken",
    [
        b"",
        b"\n\n\n",
        b"no headers at all",
        b"Subject: no end of headers",
        b"\xff\xfe\x00",
        b"Content-Type: multipart/mixed; boundary=\n\nx",
        b"Content-Type: multipart/mixed\n\n--x\n\nno boundary\n--x--",
        b"Content-Type: multipart/mixed; boundary=f\n\n--f\nContent-Type: text/plain\n\nnever closed",
        b"Content-Transfer-Encoding: base64\n\n%%%",
        b"Content-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\n%%%",
        b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (i, i) for i in range(2000)),
        b"Content-Type: text/plain; charset*0*=x''%ff; charset*1=\n\nx",
    ],
)
def test_broken_mails_are_read_as_far_as_they_go(broken):
    verdict = judged(broken)
    assert isinstance(verdict.incoming.text, str)
    assert len(verdict.excerpt) <= 500


def test_the_excerpt_is_short_and_fit_to_be_read():
    mail = parse(letter("First\x00 line\u202e\n\n\n\tsecond   line\n" + "word " * 300))
    assert mail.excerpt.startswith("First line\nsecond line\nword word")
    assert len(mail.excerpt) <= 500
