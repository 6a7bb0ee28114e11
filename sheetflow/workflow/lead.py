"""A lead as its row stands, and the mark that tells sheetflow's own values from people's."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

Cell = str | int | float | date | datetime | None

ID_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # no 0/O, 1/I
ID_LENGTH = 10
LONGEST_EMAIL = 254  # characters, RFC 5321


@dataclass(frozen=True)
class Mark:
    """The shared values as sheetflow wrote them last, and the row they belong to."""

    lead_id: str = ""
    status: str = ""
    owner: str = ""
    next_follow_up: str = ""  # as `cell_text` gives it

    def to_json(self) -> str:
        return json.dumps(
            {"id": self.lead_id, "status": self.status, "owner": self.owner, "next": self.next_follow_up},
            ensure_ascii=False,
        )

    @classmethod
    def from_json(cls, text: str) -> "Mark":
        """An unreadable mark is an empty one: it belongs to no row and will be repaired."""
        try:
            value = json.loads(text or "{}")
        except ValueError:
            return cls()
        if not isinstance(value, dict):
            return cls()
        return cls(*(str(value.get(key, "")) for key in ("id", "status", "owner", "next")))


@dataclass(frozen=True)
class Lead:
    """A row of Leads. Date-times are wall-clock time in the business's zone, without tzinfo."""

    id: str
    received: Cell = None
    status: str = ""
    name: str = ""
    email: str = ""
    phone: str = ""
    service: str = ""
    urgency: str = ""
    location: str = ""
    message: str = ""
    source: str = ""
    owner: str = ""
    priority: str = ""
    next_step: str = ""
    next_follow_up: Cell = None
    last_step: str = ""
    last_contact: Cell = None
    emails_sent: Cell = None
    first_response: Cell = None
    owner_response: Cell = None
    replied: Cell = None
    why: str = ""
    notes: str = ""
    details: str = ""
    mark: Mark = field(default_factory=Mark)
    problem: str = ""  # what is wrong with the row itself, e.g. a Lead ID that stands twice


@dataclass(frozen=True)
class RowChange:
    """New values for cells of one row, addressed by Lead ID.

    A shared cell (Status, Owner, Next follow-up) is written only while it still holds `expected[field]`;
    otherwise a person was there first, and both the cell and its part of the mark stay as they are.
    """

    lead_id: str
    cells: Mapping[str, Cell]
    expected: Mapping[str, Cell] = field(default_factory=dict)


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


def suppression_hash(email: str, salt: str) -> str:
    return hashlib.sha256((salt + email_key(email)).encode()).hexdigest()


def looks_like_email(text: str) -> bool:
    """Whether mail can be addressed to it at all: one @, a dotted domain, no space or control character."""
    local, at, domain = text.strip().rpartition("@")
    plain = all(character.isprintable() and character not in ' ,;<>()"\\' for character in text.strip())
    fits = len(text.strip()) <= LONGEST_EMAIL
    return bool(at and local and "@" not in local and plain and fits and "." in domain.strip("."))
