"""A mail as read from the mailbox: who wrote what, when, in answer to what."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from datetime import date as Day
from email.utils import getaddresses, parsedate_to_datetime

from sheetflow.replies import htmltext, mime
from sheetflow.replies.own_words import own_words
from sheetflow.replies.thread_words import LABEL

MESSAGE_ID = re.compile(r"<\s*([^<>\s]{1,500}@[^<>\s]{1,255})\s*>")
_CHARACTER = r"[^\s<>()\[\]\",;:@\\（）「」【】《》，、；：。]"
_ADDRESS = re.compile(rf"{_CHARACTER}{{1,64}}@{_CHARACTER}{{1,255}}")
_THREAD_HEADERS = ("in-reply-to", "references", "x-ms-exchange-parent-message-id")
_EXCERPT = 500
_FIRST_YEAR, _LAST_YEAR = 1990, 2100
_LONGEST_WAY = timedelta(days=14)
_VIA = re.compile(r"\s+(?:via|über|vía|przez|經由|经由|経由)\s+.*$", re.IGNORECASE | re.DOTALL)
_LIST_HEADERS = ("list-id", "list-post", "mailing-list", "x-google-group-id", "x-beenthere")


@dataclass(frozen=True)
class Incoming:
    message_id: str  # with its angle brackets; empty where there is none
    sender: str  # address in lower case; empty where there is none
    sender_name: str
    to: tuple[str, ...]  # addresses of To and Cc, in lower case
    subject: str
    date: datetime | None  # aware
    references: tuple[str, ...]  # nearest first: In-Reply-To, then References from the newest back
    text: str  # all that is readable
    own_text: str  # the person's own words
    day: Day | None = None  # on which it was written

    @property
    def excerpt(self) -> str:
        """The first lines of the person's words, for people to read: no control characters, at most 500."""
        return shortened(self.own_text or self.text)


def parse(raw: bytes) -> Incoming:
    """What can't be read is empty."""
    return describe(mime.read(raw))


def describe(
    mail: mime.Mail, own_addresses: frozenset[str] = frozenset(), arrived: datetime | None = None
) -> Incoming:
    """`own_addresses`, in lower case, are ours; `arrived`, aware, is when the mailbox's server took it."""
    text, written = _text(mail), _date(mail)
    name, address = _sender(mail, own_addresses)
    return Incoming(
        message_id=next(iter(message_ids(mail.header("message-id"))), ""),
        sender=address,
        sender_name=name,
        to=tuple(a for header in ("to", "cc") for value in mail.all(header) for a in addresses(value)),
        subject=LABEL.sub("", mail.header("subject")),
        date=written,
        references=_references(mail),
        text=text,
        own_text=own_words(text),
        day=_day(written, arrived),
    )


def message_ids(value: str) -> tuple[str, ...]:
    """Message-IDs in a header's value, with their angle brackets, as written."""
    return tuple(f"<{found}>" for found in MESSAGE_ID.findall(value))


def addresses(value: str) -> tuple[str, ...]:
    """Addresses in a header's value, in lower case; a broken value gives those that stand out in it."""
    return tuple(dict.fromkeys(found.strip("'.").lower() for found in _ADDRESS.findall(value)))


def shortened(text: str) -> str:
    readable = "".join(c if c == "\n" or c.isprintable() else " " for c in text)
    lines = (re.sub(r" {2,}", " ", line).strip() for line in readable.split("\n"))
    return "\n".join(line for line in lines if line)[:_EXCERPT].strip()


def _sender(mail: mime.Mail, own: frozenset[str]) -> tuple[str, str]:
    """Who wrote it. A group rewrites From to "Jo via Studio <studio@…>" and keeps the person elsewhere."""
    name, address = next(_named(mail, "from", "sender", "reply-to"), ("", ""))
    if address not in own and not _VIA.search(name):
        return name, address
    listed = any(map(mail.header, _LIST_HEADERS))
    kept = ("x-original-from", "x-original-sender", *(("reply-to",) if listed else ()))
    for person, original in _named(mail, *kept):
        if original and original not in own | {address}:
            return person or _VIA.sub("", name).strip("\"' "), original
    return name, address


def _named(mail: mime.Mail, *headers: str) -> Iterator[tuple[str, str]]:
    """Names and addresses in these headers, as far as they can be read; one of them may be empty."""
    for header in headers:
        raw = next((value for key, value in mail.raw_headers if key == header), "")
        found = [(mime.words(n), a.strip("<> '").lower()) for n, a in _mailboxes(raw) if "@" in a]
        title = mail.header(header).partition("<")[0].strip(' "')
        yield from found or ((title, a) for a in addresses(mail.header(header)))
        if raw:
            yield title, ""


def _mailboxes(value: str) -> list[tuple[str, str]]:
    """Comments nested without end overflow the library: such a value is read by its look."""
    try:
        return getaddresses([value])
    except (RecursionError, IndexError, ValueError):
        return []


def _references(mail: mime.Mail) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for header in _THREAD_HEADERS:
        for value in mail.all(header):
            found.update(dict.fromkeys(reversed(message_ids(value))))
    return tuple(found)


def _date(mail: mime.Mail) -> datetime | None:
    """When it was written; a year in which nobody wrote this mail is no date."""
    received = mail.header("received").rpartition(";")[2]
    for value in (mail.header("date"), received):
        try:
            parsed = parsedate_to_datetime(value)
        except (ValueError, TypeError, OverflowError, IndexError, AttributeError, RecursionError):
            continue
        if _is_possible(parsed):
            return parsed if parsed.tzinfo else parsed.replace(tzinfo=UTC)
    return None


def _is_possible(moment: datetime) -> bool:
    return _FIRST_YEAR <= moment.year <= _LAST_YEAR


def _day(written: datetime | None, arrived: datetime | None) -> Day | None:
    """By the mail's own word if it isn't far from its arrival: some clocks are wrong by years."""
    if arrived is None or not _is_possible(arrived):
        return written.date() if written else None
    return written.date() if written and abs(written - arrived) <= _LONGEST_WAY else arrived.date()


def _text(mail: mime.Mail) -> str:
    inline = [part for part in mail.parts if not part.attached and not part.returned]
    plain = "\n".join(part.text for part in inline if part.type in ("text/plain", "multipart/mixed"))
    if plain.strip():
        return plain
    html = "\n".join(htmltext.text_of(part.text) for part in inline if part.type == "text/html")
    return html or "\n".join(part.text for part in inline if part.type not in mime.REPORTS)
