"""Reads the bytes of a mail into headers and parts, however broken they are. Nothing here raises."""

import base64
import quopri
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.errors import MessageError
from email.header import decode_header
from email.message import Message
from io import BytesIO

from sheetflow.replies.charsets import decoded

_LARGE = 256 * 1024  # bytes; larger mails are thinned before they are parsed
_LIMIT = 1024 * 1024  # bytes that are read of any mail after thinning
_ENCODED_LINES = 1000  # base64 lines kept of one attachment: enough for any text
_PARTS = 200
_HEADER = 10_000  # characters that are read of one header
_BASE64_LINE = re.compile(rb"[A-Za-z0-9+/]{40,}={0,2}\r?\n")

# What email's parser lets escape on hostile bytes: endless nesting, boundaries and parameters of nonsense.
_PARSER_ERRORS = (
    MessageError,
    RecursionError,
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    AssertionError,
)

REPORTS = {
    "message/delivery-status",
    "message/global-delivery-status",
    "message/feedback-report",
    "message/disposition-notification",
    "message/global-disposition-notification",
}
RETURNED_HEADERS = {"text/rfc822-headers", "text/rfc822-header", "message/global-headers"}


@dataclass(frozen=True)
class Part:
    """One leaf of a mail; reports come as `Name: value` lines, a blank line between their groups."""

    type: str  # "text/plain"
    text: str
    attached: bool = False
    returned: bool = False  # within a message inside this one: a server's return, a person's forward


@dataclass(frozen=True)
class Mail:
    """`headers` keep their order, names in lower case, values unfolded and decoded."""

    headers: tuple[tuple[str, str], ...]
    raw_headers: tuple[tuple[str, str], ...]  # the same before RFC 2047 decoding, as addresses need them
    type: str
    report_type: str
    parts: tuple[Part, ...]

    def header(self, name: str) -> str:
        """The first value of that name, or an empty string."""
        return next((value for key, value in self.headers if key == name), "")

    def all(self, name: str) -> tuple[str, ...]:
        return tuple(value for key, value in self.headers if key == name)


def read(raw: bytes) -> Mail:
    data = _thinned(raw).lstrip(b"\r\n \t\xef\xbb\xbf")
    data = re.sub(rb"\n{4,}", b"\n\n\n", data.replace(b"\r\n", b"\n").replace(b"\r", b"\n"))
    try:
        message = message_from_bytes(data)
        parts = tuple(_leaves(message))
    except _PARSER_ERRORS:
        head, _, body = data.partition(b"\n\n")
        message = message_from_bytes(re.sub(rb"(?im)^content-type:.*$", b"X-Unread:", head) + b"\n\n")
        parts = (Part("text/plain", decoded(body, "utf-8")),)
    pairs = tuple((name.lower(), _unfolded(str(value))) for name, value in message.raw_items())
    return Mail(
        headers=tuple((name, words(value)) for name, value in pairs),
        raw_headers=pairs,
        type=message.get_content_type(),
        report_type=_parameter(message, "report-type"),
        parts=parts,
    )


def words(value: str) -> str:
    """A header value with its encoded words (RFC 2047) and raw 8-bit bytes as text."""
    if "=?" not in value:
        return _eight_bit(value)
    try:
        pieces = decode_header(value.encode("ascii", "replace").decode("ascii"))
    except (ValueError, LookupError, MessageError):
        return _eight_bit(value)
    texts = (p if isinstance(p, str) else decoded(p, charset or "utf-8") for p, charset in pieces)
    return _unfolded("".join(texts))


def _thinned(raw: bytes) -> bytes:
    """A mail without the bulk of its attachments; they hold nothing that is read here."""
    if len(raw) <= _LARGE:
        return raw
    kept: list[bytes] = []
    run = size = 0
    for line in BytesIO(raw):
        run = run + 1 if _BASE64_LINE.fullmatch(line) else 0
        if run <= _ENCODED_LINES:
            kept.append(line)
            size += len(line)
        if size > _LIMIT:
            break
    return b"".join(kept)[:_LIMIT]


def _leaves(top: Message) -> Iterator[Part]:
    waiting: list[tuple[Message, bool]] = [(top, False)]
    for _ in range(_PARTS):
        if not waiting:
            return
        message, returned = waiting.pop()
        kind = message.get_content_type()
        children = _children(message)
        if message is not top and not returned and ("received" in message or "message-id" in message):
            returned = True  # a server that returns the message as a part of its own, without a type
            yield Part("message/rfc822", _header_text(message), returned=True)
        if kind in REPORTS:
            yield Part(kind, _fields(message, children), returned=returned)
        elif kind.startswith("message/"):
            for child in _reread(message, children):
                yield Part(kind, _header_text(child), returned=True)
                waiting.append((child, True))
        elif children:
            waiting.extend((child, returned) for child in reversed(children))
        elif kind.startswith(("text/", "multipart/")) or kind == "application/json":
            yield Part(kind, _text(message), _attached(message), returned)


def _children(message: Message) -> list[Message]:
    payload = message.get_payload() if message.is_multipart() else []
    return [child for child in payload if isinstance(child, Message)] if isinstance(payload, list) else []


def _reread(message: Message, children: list[Message]) -> list[Message]:
    """The message inside; some servers encode it as a whole, which email's parser doesn't undo."""
    inner = children[0] if children else None
    if inner is None or inner.keys() or _encoding(message) not in ("base64", "quoted-printable"):
        return children
    return [message_from_bytes(_bytes(inner, _encoding(message)))]


def _fields(message: Message, blocks: list[Message]) -> str:
    encoding = _encoding(message)
    if encoding in ("base64", "quoted-printable") and not any(block.keys() for block in blocks):
        return "\n\n".join(decoded(_bytes(block, encoding), "utf-8") for block in blocks or [message])
    return "\n\n".join(_header_text(block) + "\n" + _text(block) for block in blocks or [message])


def _header_text(message: Message) -> str:
    return "\n".join(f"{name}: {words(_unfolded(str(value)))}" for name, value in message.raw_items())


def _text(message: Message) -> str:
    if message.is_multipart():
        return ""
    return decoded(_bytes(message, _encoding(message)), _parameter(message, "charset") or "utf-8")


def _bytes(message: Message, encoding: str) -> bytes:
    # Asked for text, the library replaces what isn't ASCII; without this header it gives the bytes.
    del message["content-transfer-encoding"]
    payload = message.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else b""
    if encoding == "quoted-printable":
        return quopri.decodestring(data)
    if encoding == "base64":
        clean = re.sub(rb"[^A-Za-z0-9+/]", b"", data)
        return base64.b64decode(clean[: len(clean) - (len(clean) % 4 == 1)] + b"==")
    return data


def _encoding(message: Message) -> str:
    return str(message.get("content-transfer-encoding", "")).strip().lower()


def _attached(message: Message) -> bool:
    return str(message.get("content-disposition", "")).strip().lower().startswith("attachment")


def _parameter(message: Message, name: str) -> str:
    value = message.get_param(name)
    text = value[2] if isinstance(value, tuple) else str(value or "")
    return text.strip().strip("\"'").lower()


def _unfolded(value: str) -> str:
    return " ".join(value[:_HEADER].split())


def _eight_bit(value: str) -> str:
    if value.isascii():
        return value
    return decoded(value.encode("utf-8", "surrogateescape"), "utf-8")
