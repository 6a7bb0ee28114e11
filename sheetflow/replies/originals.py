"""Finds out which of our messages a report is about: its Message-ID and its recipient."""

import re
from collections.abc import Iterable
from itertools import chain

from sheetflow.replies import htmltext
from sheetflow.replies.incoming import Incoming, addresses, message_ids
from sheetflow.replies.mime import REPORTS, RETURNED_HEADERS, Mail

_LIMIT = 200_000  # characters of one part searched for the returned message
_MANY = 10  # recipients that are kept
_NOTICE = 20_000  # characters of a server's own words

# Where a server's words end and the returned message begins, when both stand in one text.
_RETURNED_FROM = re.compile(
    r"^[> \t]{0,20}(?:[-=_ \t|*+]{0,100}(?:"
    r"below this line is a copy|original mail (?:as follows|info)"
    r"|(?:below is a copy of )?(?:the )?original message(?: follows| as follows)?\W*$"
    r"|this is a copy of (?:the|your) message|returned message|unsent message (?:below|follows)"
    r"|message (?:header|text)s? follows?|included is a copy of the message|here is (?:a copy of|your)"
    r"|original message headers|en-têtes de message d'origine|intestazioni originali|the attachment contains"
    r"|ursprüngliche nachrichtenkopfzeilen|encabezados de mensajes? original|元のメッセージ ?ヘッダー"
    r").*|received:[ \t]+(?:from|by|\().*|return-path:.*)$",
    re.IGNORECASE | re.MULTILINE,
)
_ORIGINAL_ID = re.compile(
    r"(?:^|[^a-z])message-?id\W{0,4}[ \t\r\n>]{0,20}<?([^\s<>\"'\\,;]{1,500}@[^\s<>\"'\\,;]{1,255})",
    re.IGNORECASE,
)
_REFERENCES = re.compile(
    r"^[> \t]*(?:in-reply-to|references):((?:[ \t>]*<[^<>\s]+>\s*){1,50})", re.IGNORECASE | re.MULTILINE
)
_RECIPIENT_HEADER = re.compile(
    r"^[> \t]*(?:to|delivered-to|x-original-to|envelope-to|x-rcpt-to|x-envelope-to|x-hmxmroriginalrecipient):"
    r"[ \t]*([^\n]+(?:\n[ \t]+[^\n]+)*)",
    re.IGNORECASE | re.MULTILINE,
)
_ID_HEADERS = ("x-original-message-id", "original-message-id")
_MAILBOX_CHARACTER = r"[^\s<>()\[\]\",;:@\\|（）［］「」【】《》〈〉，、；：。]"
_MAILBOX = rf"{_MAILBOX_CHARACTER}{{1,64}}@{_MAILBOX_CHARACTER}{{1,254}}{_MAILBOX_CHARACTER}(?<!\.)"
# How servers name the address they couldn't reach, the plainest first.
_NAMED = tuple(
    re.compile(pattern, re.IGNORECASE | re.MULTILINE)
    for pattern in (
        rf"(?:RCPT TO|Recipient|Addressed To|Original[- ]Recipient)[ \t]*[:=]?[ \t]*<?({_MAILBOX})",
        rf"(?:delivered? to|message to|undeliverable to|send to|recipient)[:\s]+<?({_MAILBOX})",
        rf"^[>* \t]*<({_MAILBOX})>",
        rf"^[>* \t]*(?:To:[ \t]*)?({_MAILBOX})[ \t]*(?::|$|\.\.\.|\[|\()",
        rf"^[>* \t]*({_MAILBOX})[ \t]",
        rf"emailAddress\W{{1,12}}({_MAILBOX})",
        rf"<({_MAILBOX})>",
        rf"({_MAILBOX})",
    )
)
_LISTED = re.compile(
    rf"^[* \t]{{0,40}}(?:(?:RCPT )?To:[ \t]*)?(?:\"[^\"\n]{{1,80}}\" )?[<\"']?{_MAILBOX}[>\"']?[ \t]*(?::|$)",
    re.IGNORECASE | re.MULTILINE,
)
# We wrote to an address that forwards to the one that failed.
_FORWARDS = re.compile(rf"\((?:expanded|generated) from:?\s+<?({_MAILBOX})>?\)", re.IGNORECASE)
_NOBODY = re.compile(r"^(?:mailer-daemon|post_?master|mail-daemon|no-?reply|abuse|root)@", re.IGNORECASE)


def notice(mail: Mail) -> str:
    """The server's own words, for people: its text before the returned message, without the report fields."""
    parts = [part for part in mail.parts if not part.returned]
    texts = [p.text[:_LIMIT] for p in parts if p.type not in REPORTS | RETURNED_HEADERS | {"text/html"}]
    pages = (htmltext.text_of(p.text) for p in parts if p.type == "text/html")
    words = (text[: _boundary(text)].strip()[:_NOTICE] for text in chain(texts, pages))
    return next((said for said in words if said), "")


def lists_recipient(words: str) -> bool:
    """An address on a line of its own, as servers list them."""
    return bool(_LISTED.search(words))


def original_message_ids(mail: Mail, incoming: Incoming) -> tuple[str, ...]:
    """Message-IDs of the original, then those it answered."""
    texts = [part.text[:_LIMIT] for part in mail.parts]
    named = (f"<{found}>" for text in texts for found in _ORIGINAL_ID.findall(text))
    headers = (i for name in _ID_HEADERS for i in message_ids(mail.header(name)))
    answered = (i for text in texts for found in _REFERENCES.findall(text) for i in message_ids(found))
    return tuple(dict.fromkeys([*headers, *named, *incoming.references, *answered]))


def recipients(mail: Mail, incoming: Incoming, reported: Iterable[str]) -> tuple[str, ...]:
    """Whom the original was for: as reported in fields, else as the words and the original's headers say."""
    failed = [*reported, *(a for value in mail.all("x-failed-recipients") for a in addresses(value))]
    if failed:
        written_to = (address.lower() for address in _FORWARDS.findall(notice(mail)))
        return tuple(dict.fromkeys([*failed, *written_to]))
    ours = {incoming.sender, *incoming.to}
    named = dict.fromkeys(a.lower().strip("'") for a in (*_from_notice(mail, ours), *_from_original(mail)))
    others = tuple(a for a in named if a not in ours and not _NOBODY.match(a))
    return others[:_MANY] or tuple(named)[:1]


def _from_notice(mail: Mail, ours: set[str]) -> list[str]:
    words = notice(mail)
    for pattern in _NAMED:
        if found := [a for a in pattern.findall(words) if a.lower() not in ours]:
            return found
    return []


def _from_original(mail: Mail) -> list[str]:
    found: list[str] = []
    for part in mail.parts:
        if part.type in REPORTS:
            continue
        whole = part.returned or part.type in RETURNED_HEADERS
        text = part.text[:_LIMIT]
        for value in _RECIPIENT_HEADER.findall(text if whole else text[_boundary(text) :]):
            found.extend(addresses(value))
    return found


def _boundary(text: str) -> int:
    """Where the returned message begins in a text."""
    found = _RETURNED_FROM.search(text)
    return found.start() if found else len(text)
