"""Messages as they stand on the wire: each is read back from its bytes."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, timezone
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import getaddresses
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sheetflow.errors import SheetflowError
from sheetflow.mail.address import Mailbox, one_line, wire_address
from sheetflow.mail.headers import NAME_LIMIT
from sheetflow.mail.message import SUBJECT_LIMIT, Letterhead, Thread, compose, message_id
from sheetflow.mail.templates import Rendered

WHEN = datetime(2026, 3, 30, 9, 15, tzinfo=timezone(timedelta(hours=2)))
TOM = Mailbox("Tom Miller", "tom@example.org")
JO = Mailbox("Jo, the owner", "jo@example.org")
LETTERHEAD = Letterhead(TOM, (JO,), "Miller & Sons\n1 High Street\nExampletown")
FIRST = message_id("L-1", "first_response", "example.org")
URL = "https://leads.example.org/u/" + "t" * 180
HEADERS = ["From", "To", "Reply-To", "Subject", "Date", "Message-ID", "MIME-Version", "Content-Type"]
HOSTILE = [
    "Ada\r\nBcc: eve@example.net",
    "Ada\r\n\r\n<script>",
    "Ada\nSubject: x",
    "Ada\x00\x07\x1b[31m",
    '"Doe, Jane" <eve@example.net>',
    "eve@example.net, bob@example.net",
    'back\\slash "quoted" (comment)',
    "=?utf-8?q?=0D=0ABcc:_eve=40example.net?=",
    "مرحبا بالعالم",
    "שלום \u202eevil\u202c",
    "Zoë 👩‍👩‍👧 O’Neill-Müller, PhD",
    "中" * 500,
    "x" * 10_000,
    "word " * 2_000,
    "lone \ud800 surrogate",
    "line\u2028separator",
    ";:<>@[]",
]


def make(
    rendered: Rendered | None = None,
    *,
    name: str = "Ada Lovelace",
    email: str = "ada@example.com",
    first: bool = True,
    thread: Thread | None = None,
    url: str | None = None,
    letterhead: Letterhead = LETTERHEAD,
) -> EmailMessage:
    return compose(
        rendered or Rendered("Your enquiry", "Hi Ada,\n\nthank you.", "<p>Hi Ada,</p>"),
        message_id=FIRST,
        letterhead=letterhead,
        to=Mailbox(name, email),
        date=WHEN,
        first_response=first,
        thread=thread,
        unsubscribe_url=url,
    )


def read(message: EmailMessage) -> EmailMessage:
    """From its bytes, which must be legal: short lines, CRLF, no header twice, no complaint of the parser."""
    data = message.as_bytes()
    assert data == message.as_bytes()
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert b"\r" not in data.replace(b"\r\n", b"")
    assert all(len(line) <= 998 for line in data.split(b"\r\n"))
    parsed = BytesParser(policy=policy.default).parsebytes(data)
    names = [name.lower() for name in parsed.keys()]  # noqa: SIM118  the keys may repeat
    assert len(names) == len(set(names))
    assert [defect for part in parsed.walk() for defect in part.defects] == []
    return parsed


def recipient(message: EmailMessage) -> tuple[str, str]:
    """Name and address as RFC 2047 has them: the newer parser sees a blank between two encoded words."""
    [(name, address)] = getaddresses([message_from_bytes(message.as_bytes())["To"]])
    return str(make_header(decode_header(name))), address


def parts(message: EmailMessage) -> Mapping[str, str]:
    return {part.get_content_type(): part.get_content() for part in message.iter_parts()}


def test_a_first_response_carries_what_a_mail_program_needs():
    mail = read(make())
    assert list(mail.keys()) == [*HEADERS[:6], "Auto-Submitted", *HEADERS[6:]]
    assert mail["From"].addresses[0].display_name == "Tom Miller"
    assert mail["To"].addresses[0].addr_spec == "ada@example.com"
    assert [box.display_name for box in mail["Reply-To"].addresses] == ["Jo, the owner"]
    assert mail["Date"].datetime == WHEN
    assert mail["Message-ID"] == FIRST
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]


def test_without_a_person_to_answer_to_replies_go_to_the_sender():
    assert read(make(letterhead=Letterhead(TOM, (), "1 Road")))["Reply-To"] is None


def test_a_message_made_twice_has_the_same_bytes():
    assert make(url=URL).as_bytes() == make(url=URL).as_bytes()


def test_a_follow_up_joins_the_conversation_of_the_first_message():
    ids = tuple(message_id("L-1", f"step-{number}", "example.org") for number in range(3))
    mail = read(make(first=False, thread=Thread("Your enquiry about Müll", ids)))
    assert mail["Subject"] == "Re: Your enquiry about Müll"
    assert mail["In-Reply-To"] == ids[-1]
    assert mail["References"].split() == list(ids)
    assert mail["Auto-Submitted"] is None


def test_re_is_said_once():
    assert read(make(thread=Thread("RE: Roof", (FIRST,))))["Subject"] == "RE: Roof"


def test_a_long_conversation_keeps_its_first_message_and_the_newest():
    ids = tuple(message_id("L-1", f"nurture-{number}", "example.org") for number in range(16))
    mail = read(make(first=False, thread=Thread("Roof", ids)))
    assert mail["References"].split() == [ids[0], *ids[-9:]]


def test_ids_and_links_stay_readable_however_long():
    long_id = f"<{'i' * 60}@{'d' * 14}>"
    data = make(first=False, thread=Thread("Roof", (long_id, long_id)), url=URL).as_bytes()
    header = data.partition(b"\r\n\r\n")[0]
    assert b"=?" not in header
    assert header.count(long_id.encode()) == 3
    assert f"List-Unsubscribe: <{URL}>,\r\n <mailto:".encode() in header


@pytest.mark.parametrize("url", [None, URL])
def test_postal_address_and_opt_out_are_visible_in_both_parts(url):
    for first in (True, False):
        for body in parts(read(make(first=first, url=url))).values():
            assert "1 High Street" in body
            assert "would rather not hear from us" in body
            assert (URL in body) if url else ("reply STOP" in body)
    assert f'<a href="{URL}"' in parts(read(make(url=URL)))["text/html"]


def test_one_click_comes_with_the_second_step():
    mail = read(make(first=False, url=URL))
    assert mail["List-Unsubscribe"] == f"<{URL}>, <mailto:tom@example.org?subject=unsubscribe>"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert read(make(url=URL))["List-Unsubscribe"] is None


def test_without_a_link_the_opt_out_is_by_mail_alone():
    mail = read(make(first=False))
    assert mail["List-Unsubscribe"] == "<mailto:tom@example.org?subject=unsubscribe>"
    assert mail["List-Unsubscribe-Post"] is None


@pytest.mark.parametrize("hostile", HOSTILE)
def test_a_hostile_name_stays_inside_its_header(hostile):
    mail = read(make(name=hostile))
    assert sorted(mail.keys()) == sorted([*HEADERS, "Auto-Submitted"])
    assert mail["To"].addresses[0].addr_spec == "ada@example.com"
    assert recipient(make(name=hostile)) == (one_line(hostile, NAME_LIMIT), "ada@example.com")


@pytest.mark.parametrize(
    "name", ["Zoë Müller", "山田太郎", "مريم", "Zoë O’Neill-Müller, PhD 👩", "Lovelace, Ada"]
)
def test_a_name_of_usual_length_is_read_right_by_every_parser(name):
    assert read(make(name=name))["To"].addresses[0].display_name == name


@pytest.mark.parametrize("hostile", HOSTILE)
def test_a_hostile_subject_is_one_trimmed_line_which_follow_ups_repeat_to_the_letter(hostile):
    first = read(make(Rendered(hostile, "text", "<p>text</p>")))
    then = read(make(thread=Thread(str(first["Subject"]), (FIRST,))))
    for mail in (first, then):
        assert sorted(set(mail.keys()) & set(HEADERS)) == sorted(HEADERS)
        assert "Bcc" not in mail
    assert first["Subject"] == one_line(hostile, SUBJECT_LIMIT)
    assert then["Subject"] == f"Re: {first['Subject']}"


def test_a_long_word_is_broken_at_the_width_of_a_telephone():
    html = parts(read(make()))["text/html"]
    assert "overflow-wrap:anywhere" in html
    assert 'name="viewport"' in html


@settings(deadline=None, derandomize=True, max_examples=60)
@given(st.text(), st.text(min_size=1), st.text())
def test_any_text_arrives_as_it_was_written(name, subject, body):
    rendered = Rendered(subject, "x" + body.encode("utf-8", "replace").decode() + "x", "<p>x</p>")
    message = make(rendered, name=name)
    mail = read(message)
    assert recipient(message) == (one_line(name, NAME_LIMIT), "ada@example.com")
    assert mail["Subject"] == one_line(subject, SUBJECT_LIMIT)
    written = rendered.text.replace("\r\n", "\n").replace("\r", "\n")
    assert parts(mail)["text/plain"].startswith(written)


def test_body_lines_are_as_short_as_mime_wants():
    long = Rendered("Subject", "word " * 400 + "x" * 400, "<p>" + "é" * 900 + "</p>")
    body = make(long, url=URL).as_bytes().partition(b"\r\n\r\n")[2]
    assert max(map(len, body.split(b"\r\n"))) <= 76


@pytest.mark.parametrize(
    "email",
    ["", "ada", "a@b@c", "ada@example.com\r\nBcc: e@example.net", "a@e.com, b@e.com", "a b@e.com", "a@-"],
)
def test_a_recipient_that_is_no_address_is_refused_by_name(email):
    with pytest.raises(SheetflowError, match=r"^To: .* isn't an address mail can be sent to"):
        make(email=email)


@pytest.mark.parametrize(
    ("typed", "wired"),
    [
        (" ada@Example.COM ", "ada@Example.COM"),
        ("o'neil+a_b@ex-ample.co.uk", "o'neil+a_b@ex-ample.co.uk"),
        ("ada@straße.example", "ada@xn--strae-oqa.example"),
        ("ada@BÜCHER.example", "ada@xn--bcher-kva.example"),
        ("пётр@пример.example", "пётр@xn--e1afmkfd.example"),
    ],
)
def test_addresses_keep_their_spelling_but_for_international_domains(typed, wired):
    assert wire_address(typed) == wired


def test_international_senders_and_owners_are_written_in_ascii():
    head = Letterhead(Mailbox("Bücher", "tom@bücher.example"), (Mailbox("", "jo@bücher.example"),), "1 Road")
    mail = read(make(letterhead=head, first=False))
    assert mail["From"].addresses[0].addr_spec == "tom@xn--bcher-kva.example"
    assert mail["Reply-To"] == "jo@xn--bcher-kva.example"
    assert "mailto:tom@xn--bcher-kva.example?" in mail["List-Unsubscribe"]


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "https://e.org/ x",
        "https://e.org/\r\nBcc: x",
        "https://e.org/>,<x",
        "ftp://e.org/x",
    ],
)
def test_an_unsubscribe_link_that_could_break_out_is_refused(url):
    with pytest.raises(SheetflowError, match="SHEETFLOW_BASE_URL"):
        make(first=False, url=url)


def test_the_html_part_is_one_page_in_its_language():
    seen: list[tuple[str, dict[str, str | None]]] = []

    class Tags(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            seen.append((tag, dict(attrs)))

    head = Letterhead(TOM, (JO,), "<b>1</b> & Co", language="de")
    html = parts(read(make(letterhead=head)))["text/html"]
    Tags().feed(html)
    assert ("html", {"lang": "de"}) in seen
    assert [tag for tag, _ in seen].count("body") == 1
    assert "&lt;b&gt;1&lt;/b&gt; &amp; Co" in html
    assert {"script", "img", "link", "b"}.isdisjoint(tag for tag, _ in seen)


@pytest.mark.parametrize(
    ("domain", "shown"),
    [
        ("example.org", "example.org"),
        ("Example.ORG", "example.org"),
        ("bücher.example", "xn--bcher-kva.example"),
        (".".join(["label"] * 30) + ".example.org", None),
        ("x" * 300, "sheetflow.invalid"),
        ("a" * 63, "sheetflow.invalid"),
        ("", "sheetflow.invalid"),
        ("e.org>\r\nBcc: x", "sheetflow.invalid"),
    ],
)
def test_a_message_id_is_short_and_legal_whatever_the_domain(domain, shown):
    made = message_id("L-1", "follow_up", domain)
    assert made == message_id("L-1", "follow_up", domain)
    assert len(made) < 78
    assert made[0] + made[-1] == "<>"
    local, at, right = made[1:-1].partition("@")
    assert at
    assert (local + right).replace(".", "").replace("-", "").isalnum()
    assert right == shown or (shown is None and right.endswith(".example.org"))


def test_each_lead_and_step_has_its_own_message_id():
    pairs = [("L-1", "a"), ("L-1", "b"), ("L-2", "a"), ("L-1a", ""), ("L-", "1a"), ("", "\ud800")]
    assert len({message_id(lead, step, "example.org") for lead, step in pairs}) == len(pairs)


def test_a_date_without_a_zone_is_a_mistake_of_ours():
    with pytest.raises(ValueError, match="aware"):
        compose(
            Rendered("s", "t", "<p>t</p>"),
            message_id=FIRST,
            letterhead=LETTERHEAD,
            to=TOM,
            date=datetime(2026, 1, 1, tzinfo=UTC).replace(tzinfo=None),
            first_response=True,
        )


def test_ids_and_links_of_any_length_are_never_encoded():
    long_id, link = f"<{'x' * 150}@{'y' * 60}.example>", f"https://example.org/u/{'z' * 300}"
    thread = Thread("Roof", (FIRST, long_id))
    data = make(thread=thread, url=link, first=False).as_bytes().replace(b"\r\n ", b" ")
    for header in (
        f"In-Reply-To: {long_id}",
        f"References: {FIRST} {long_id}",
        f"List-Unsubscribe: <{link}>,",
    ):
        assert header.encode() in data
