"""What happened, one line each: the append-only truth that the columns of Leads are computed from."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Kind(StrEnum):
    RECEIVED = "received"
    MERGED = "merged"
    EDITED = "edited"
    ASSIGNED = "assigned"
    QUALIFIED = "qualified"
    CLAIMED = "claimed"
    RELEASED = "released"
    SENT = "sent"
    FAILED = "failed"
    UNKNOWN = "unknown"
    REPLIED = "replied"
    AUTO_REPLIED = "auto_replied"
    BOUNCED = "bounced"
    COMPLAINED = "complained"
    UNSUBSCRIBED = "unsubscribed"
    RESUBSCRIBED = "resubscribed"
    STATUS = "status"
    RESCHEDULED = "rescheduled"
    OWNER_RESPONSE = "owner_response"
    NOTIFIED = "notified"
    HELD = "held"
    RESUMED = "resumed"
    SLA_MISSED = "sla_missed"
    ROW_DELETED = "row_deleted"
    FORGOTTEN = "forgotten"


OUTCOMES = frozenset({Kind.SENT, Kind.FAILED, Kind.UNKNOWN, Kind.RELEASED, Kind.BOUNCED})
_OF_ATTEMPTS = OUTCOMES | {Kind.CLAIMED, Kind.RESUMED}
TEMPORARY = "temporary: "  # how the Detail of a failure or bounce begins that may pass by itself
REFUSED = "refused: "  # how the Detail of a release begins if the mail server stopped all sending at it
MESSAGE_PREFIX = "<sf."  # how the Message-IDs begin that sheetflow makes


@dataclass(frozen=True)
class Event:
    """`at` is aware UTC. `id` is the same for the same happening, so that a repeat can be ignored."""

    at: datetime
    lead_id: str
    kind: Kind
    id: str
    step: str = ""
    detail: str = ""
    message_id: str = ""
    run: str = ""

    @property
    def attempt(self) -> int:
        """The number of the attempt that an event speaks of; 0 for events that speak of none."""
        number = self.id.rpartition(":")[2]
        return int(number) if number.isdecimal() and self.kind in _OF_ATTEMPTS else 0

    @property
    def claim(self) -> "Claim":
        return Claim(self.lead_id, self.step, self.attempt)

    def line(self) -> dict[str, str]:
        """As Activity holds it, by column."""
        return {
            "at": iso(self.at),
            "lead_id": self.lead_id,
            "event": self.kind.value,
            "step": self.step,
            "detail": self.detail,
            "message_id": self.message_id,
            "run": self.run,
            "event_id": self.id,
        }


@dataclass(frozen=True)
class Claim:
    """The right to send one step to one lead once; unique on (lead, step, attempt)."""

    lead_id: str
    step: str
    attempt: int

    def event(self, kind: Kind, at: datetime, run: str, detail: str = "", message_id: str = "") -> Event:
        return Event(at, self.lead_id, kind, self.id(kind), self.step, detail, message_id, run)

    def id(self, kind: Kind = Kind.CLAIMED) -> str:
        return f"{kind}:{self.lead_id}:{self.step}:{self.attempt}"


def event_id(kind: Kind, *parts: str) -> str:
    """A deterministic ID for something that can be noticed twice."""
    digest = hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:24]
    # The letter keeps a digest of nothing but digits from reading as the number of an attempt.
    return f"{kind}:h{digest}"


def iso(at: datetime) -> str:
    """UTC with milliseconds, as Activity holds it: 2026-03-29T08:00:00.000Z."""
    return at.strftime("%Y-%m-%dT%H:%M:%S.") + f"{at.microsecond // 1000:03d}Z"
