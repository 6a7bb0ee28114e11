"""A lead as the ledger holds it, and the spelling in which cells are compared."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

Cell = str | int | float | date | datetime | None
Row = Mapping[str, Cell]  # by the field of its column

ID_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # no 0/O, 1/I
ID_LENGTH = 10
LONGEST_EMAIL = 254  # characters, RFC 5321

_SPACING = re.compile(r"[\s()./\-\u2010-\u2015]+")
_TRUNK = re.compile(r"^(\s*\+[0-9]{1,3}\s*)\(0\)")  # of those who call from within the country
_EXTENSION = re.compile(r"\s*(?:ext(?:ension)?|x|#)\.?\s*[0-9]{1,6}\s*$", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Fields:
    """What a lead says of itself; each has a column of its own (`columns.LEAD_FIELDS`)."""

    name: str = ""
    email: str = ""
    phone: str = ""
    service: str = ""
    urgency: str = ""
    location: str = ""
    message: str = ""
    source: str = ""


@dataclass(frozen=True, kw_only=True)
class Lead(Fields):
    """One enquiry's person. Everything that changes with time stands in the lead's events.

    `received` (aware) is the sender's time if it can be right, else the arrival's. `is_public`: anybody may
    have written it, so little of it comes back in messages. `is_finished`: its
    sequence has come to the end, whatever the configuration adds later. `problem` says what is wrong with
    the lead's row in the Sheet; nothing is sent while it stands.
    """

    id: str
    received: datetime | None = None
    owner: str = ""
    notes: str = ""
    details: str = ""
    is_public: bool = False
    is_finished: bool = False
    problem: str = ""


def cell_text(value: Cell) -> str:
    """One spelling for each value, so that cells can be compared whatever their type; times to the minute.

    Midnight is spelled as the date alone: a Sheet can't tell the two apart.
    """
    if value is None:
        return ""
    if isinstance(value, datetime):
        text = value.strftime("%Y-%m-%dT%H:%M")
        return text.removesuffix("T00:00")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def email_key(email: str) -> str:
    """The normalised address: what two spellings of one mailbox have in common."""
    return email.strip().casefold()


def phone_key(phone: str) -> str:
    """The last nine digits: enough to recognise a number written with and without its country code."""
    digits = "".join(character for character in phone if character.isdigit())
    return digits[-9:] if len(digits) >= 7 else ""


def dialled(phone: str) -> str:
    """What a telephone is to dial: without an extension, which one asks for. Empty if it isn't one number."""
    digits = _SPACING.sub("", _EXTENSION.sub("", _TRUNK.sub(r"\1", phone)))
    return digits if re.fullmatch(r"\+?[0-9]{5,20}", digits) else ""


def suppression_hash(email: str, salt: str) -> str:
    return hashlib.sha256((salt + email_key(email)).encode("utf-8", "replace")).hexdigest()


def looks_like_email(text: str) -> bool:
    """Whether mail can be addressed to it at all: one @, a dotted domain, no space or control character."""
    local, at, domain = text.strip().rpartition("@")
    plain = all(character.isprintable() and character not in ' ,;:<>()[]"\\' for character in text.strip())
    fits = len(text.strip()) <= LONGEST_EMAIL
    return bool(at and local and "@" not in local and plain and fits and "." in domain.strip("."))
