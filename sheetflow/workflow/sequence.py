"""What a business decides: who it is, when it sends, which steps there are, who owns what."""

import hashlib
from collections.abc import Container, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, tzinfo

from sheetflow.workflow.qualify import Rules

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
# After each temporary refusal; all of them make two days, which outlasts greylisting and a full mailbox.
RETRY_AFTER = tuple(timedelta(minutes=minutes) for minutes in (10, 60, 4 * 60, 12 * 60, 30 * 60))
ATTEMPTS = len(RETRY_AFTER) + 1
ADVICE_A_DAY = 200
APART = timedelta(hours=20)  # between two messages to a lead, whatever the configuration says


@dataclass(frozen=True)
class Business:
    name: str
    sender_name: str
    email: str  # alerts go here
    postal_address: str
    zone: tzinfo
    country: str = ""  # ISO 3166 alpha-2: holidays, phone numbers
    region: str = ""  # ISO 3166-2 without the country: its own holidays
    language: str = "en"  # ISO 639-1: in which it writes if it can't tell the lead's


@dataclass(frozen=True)
class Window:
    """When follow-ups may leave: days 0 (Monday) to 6, from `opens` until `closes`, not on holidays."""

    days: frozenset[int]
    opens: time
    closes: time
    holidays: Container[date] = ()


@dataclass(frozen=True)
class Step:
    name: str
    day: int  # day 1 is the day of the enquiry
    template: str
    anytime: bool = False  # not bound to the window


@dataclass(frozen=True)
class Shift:
    """When somebody works: days 0 (Monday) to 6, none for those of the business's window."""

    opens: time
    closes: time
    days: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Owner:
    """A person leads are assigned to; an empty list of what they take means all.

    `away` is True, or the first and the last day of each absence. Without `hours` they always work.
    `notify` are addresses of channels on which they are told, besides their mail.
    """

    name: str
    email: str
    services: tuple[str, ...] = ()
    locations: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    hours: tuple[Shift, ...] = ()
    away: bool | tuple[tuple[date, date], ...] = False
    notify: tuple[str, ...] = ()

    def is_away(self, day: date) -> bool:
        if isinstance(self.away, bool):
            return self.away
        return any(first <= day <= last for first, last in self.away)


@dataclass(frozen=True)
class Sending:
    daily_limit: int = 400
    pause: float = 1.5  # seconds between two messages
    late_after: timedelta = timedelta(days=7)
    resend_unknown: bool = False
    sla: timedelta = timedelta(minutes=5)  # of business hours, within which a person answers a lead
    is_try_out: bool = False  # no mail account is configured: messages go to the outbox folder


@dataclass(frozen=True)
class Form:
    """What pages of other sites may do, and how the hosted form looks.

    Scripts of `origins` read our answers, and their pages may show the form; browsers go on to `thanks`.
    """

    origins: tuple[str, ...] = ()
    thanks: str = ""
    colour: str = ""  # of the hosted form, "#rrggbb"; empty for its own
    proxies: int = 0  # how many stand before this server, each naming whom it serves


@dataclass(frozen=True)
class Workflow:
    business: Business
    window: Window
    steps: tuple[Step, ...]
    nurture: tuple[Step, ...] = ()  # monthly, after the steps
    sending: Sending = field(default_factory=Sending)
    owners: tuple[Owner, ...] = ()
    form: Form = field(default_factory=Form)
    fields: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # lead field: extra names in forms
    # source: lead field: path in its body
    sources: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    statuses: Mapping[str, str] = field(default_factory=dict)  # folded alias: status
    columns: Mapping[str, str] = field(default_factory=dict)  # folded alias: header
    rules: Rules = field(default_factory=Rules)
    templates: frozenset[str] = frozenset()  # names of all there are, variants too
    advice_a_day: int = ADVICE_A_DAY  # calls of an adviser, if there is one
    reviews_openings: bool = False  # a person reads an adviser's opening before it leaves

    def paths(self, source: str) -> Mapping[str, str]:
        """Where a source keeps its fields; case, spaces and hyphens in its name don't matter."""
        name = source.casefold().replace("-", "_").replace(" ", "_")
        return next((paths for known, paths in self.sources.items() if known.casefold() == name), {})

    @property
    def first(self) -> Step:
        return self.steps[0]

    @property
    def services(self) -> tuple[str, ...]:
        """Those that the business names itself."""
        taken = (service for owner in self.owners for service in owner.services)
        return tuple(dict.fromkeys((*self.rules.services, *taken)))

    @property
    def addresses(self) -> frozenset[str]:
        """The business's own."""
        return frozenset({self.business.email, *(owner.email for owner in self.owners)} - {""})

    @property
    def fingerprint(self) -> str:
        """Another one whenever the business has decided otherwise."""
        window = (sorted(self.window.days), self.window.opens, self.window.closes)
        parts = (self.business, window, self.steps, self.nurture, self.sending, self.owners, self.statuses)
        return hashlib.sha256(repr(parts).encode()).hexdigest()[:16]

    def step(self, name: str) -> Step | None:
        return next((step for step in (*self.steps, *self.nurture) if step.name == name), None)

    def local(self, at: datetime) -> datetime:
        """Wall-clock time in the business's zone, as the date-time cells hold it."""
        return at.astimezone(self.business.zone).replace(tzinfo=None, microsecond=0)
