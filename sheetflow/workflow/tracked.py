"""What goes in and out of a tracker: what a run reads, what it writes, what it may send."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from sheetflow.workflow.events import Claim, Event
from sheetflow.workflow.lead import Cell, Lead, RowChange, suppression_hash
from sheetflow.workflow.numbers import Report

# The names of Control's lines.
SENDING = "Sending"
LAST_JOB = "Last job run"
LAST_MAILBOX = "Last mailbox check"
CURSOR = "Mailbox cursor"
WAITING = "Leads waiting in the inbox"
PROBLEMS = "Problems"
BLOCKED = "Sending blocked"
SALT = "Salt"
BY_HAND = "Rows typed by hand"  # what those without a Lead ID looked like when they were read last

ON, PAUSED = "ON", "PAUSED"
LOGIN_REFUSED = "login"  # how Control's line about blocked sending begins when it has no end by itself


@dataclass(frozen=True)
class Suppression:
    """An address that gets no more mail: SHA-256 of the salted address, why, since when (UTC)."""

    hash: str
    reason: str
    at: datetime


@dataclass(frozen=True)
class HandTyped:
    """A row without a Lead ID, as a person makes one. `looks` changes with every word typed into it.

    `was` is the Lead ID that the row had before somebody emptied it, as far as the row tells.
    """

    looks: str
    lead: Lead
    was: str = ""


@dataclass(frozen=True)
class Snapshot:
    """Everything a run needs, read at once. Rows and events in the tracker's order."""

    leads: tuple[Lead, ...]
    events: tuple[Event, ...]
    control: Mapping[str, str]
    suppressed: Mapping[str, Suppression] = field(default_factory=dict)
    sent_recently: tuple[datetime, ...] = ()  # when messages left, the last 24 hours at least
    day_first: bool = True  # what 03/04 means here
    problems: tuple[str, ...] = ()  # what is wrong with the tracker itself, a sentence each
    typed_by_hand: tuple[HandTyped, ...] = ()

    def hash_of(self, email: str) -> str:
        """What Suppressed holds of an address."""
        return suppression_hash(email, self.control.get(SALT, ""))

    def suppression(self, email: str) -> Suppression | None:
        return self.suppressed.get(self.hash_of(email)) if email else None

    def after(self, changes: "Changes") -> "Snapshot":
        """The snapshot as it will be once events, suppressions and Control's lines are in the tracker."""
        lines = {line.hash: line for line in changes.suppress}
        kept = {key: line for key, line in self.suppressed.items() if key not in changes.lift}
        return replace(
            self,
            events=self.events + changes.events,
            suppressed={**kept, **lines},
            control={**self.control, **changes.control},
        )

    def suppress(self, email: str, reason: str, at: datetime) -> Suppression:
        return Suppression(self.hash_of(email), reason, at)


LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Only:
    """Narrows a snapshot to some leads; what was sent since `sent_since` is counted over all."""

    leads: frozenset[str]
    sent_since: datetime


@dataclass(frozen=True)
class Typed:
    """A cell as a person types it: the mark stays, so the next run sees an edit."""

    lead_id: str
    field: str
    value: Cell


@dataclass(frozen=True)
class Changes:
    """Applied all or nothing. Events whose ID is already there are ignored."""

    leads: tuple[Lead, ...] = ()
    events: tuple[Event, ...] = ()
    rows: tuple[RowChange, ...] = ()
    suppress: tuple[Suppression, ...] = ()
    lift: tuple[str, ...] = ()  # hashes whose lines on Suppressed go, before those of `suppress` come
    control: Mapping[str, str] = field(default_factory=dict)
    typed: tuple[Typed, ...] = ()
    adopted: tuple[HandTyped, ...] = ()  # rows that get a Lead ID, where they still look the same
    report: Callable[[], Report] | None = None  # asked by a tracker that has a Dashboard

    def __bool__(self) -> bool:
        written = (self.leads, self.events, self.rows, self.suppress, self.control, self.typed)
        return any((*written, self.adopted, self.lift, self.report))

    def __add__(self, other: "Changes") -> "Changes":
        return join((self, other))


def join(parts: Iterable[Changes]) -> Changes:
    """Changes as one; two of the same row become one, with the later values and the earlier expectations."""
    all_parts = list(parts)
    rows: dict[str, RowChange] = {}
    control: dict[str, str] = {}
    suppress: list[Suppression] = []
    for part in all_parts:
        control |= part.control
        suppress = [line for line in suppress if line.hash not in part.lift] + [*part.suppress]
        for row in part.rows:
            earlier = rows.get(row.lead_id)
            rows[row.lead_id] = row if earlier is None else _later(earlier, row)
    return Changes(
        tuple(lead for part in all_parts for lead in part.leads),
        tuple(event for part in all_parts for event in part.events),
        tuple(rows.values()),
        tuple(suppress),
        tuple(dict.fromkeys(key for part in all_parts for key in part.lift)),
        control,
        tuple(cell for part in all_parts for cell in part.typed),
        tuple(row for part in all_parts for row in part.adopted),
        next((part.report for part in reversed(all_parts) if part.report), None),
    )


def _later(earlier: RowChange, later: RowChange) -> RowChange:
    return RowChange(later.lead_id, {**earlier.cells, **later.cells}, {**later.expected, **earlier.expected})


@dataclass(frozen=True)
class Granted:
    """A claim this process won, and what stood in the row and on Control just after."""

    claim: Claim
    sending: str
    lead_id: str = ""  # empty: the row is gone
    status: str = ""
    next_follow_up: Cell = None
    email: str = ""


def is_on(word: str) -> bool:
    """Only the word ON sends; case and spaces are ignored."""
    return word.strip().casefold() == ON.casefold()
