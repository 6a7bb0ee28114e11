"""A report as values: every section with its period."""

import math
import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import datetime, timedelta
from typing import Any

from sheetflow.workflow.decide import day

NAME_WIDTH = 40
Z95 = 1.959964  # standard deviations either side of the middle that hold 95 % of a normal distribution


@dataclass(frozen=True)
class Period:
    """From `start` until just before `end`, in the business's zone; no start where there is nothing yet."""

    start: datetime | None
    end: datetime

    def __str__(self) -> str:
        if self.start is None:
            return f"until {day(self.end)}"
        return f"{day(self.start)} to {day(max(self.start, self.end - timedelta(microseconds=1)))}"


@dataclass(frozen=True)
class Spread:
    """How long something took, in minutes, over the `answered` leads; None where there are none."""

    answered: int
    median_minutes: float | None
    p95_minutes: float | None  # nearest rank
    within_5_minutes: float | None  # shares of the answered, 0 to 1
    within_1_hour: float | None


@dataclass(frozen=True)
class Interval:
    low: float
    high: float


@dataclass(frozen=True)
class SourceNumbers:
    source: str
    received: int
    won: int  # by now
    rate: float | None


@dataclass(frozen=True)
class Week:
    """Leads received in the week, as they stand now: `received` is the sum of the three after it."""

    period: Period
    received: int
    contacted: int
    pending: int  # open, no first response yet
    closed_unanswered: int  # closed or stopped before any first response
    by_source: tuple[SourceNumbers, ...]


@dataclass(frozen=True)
class Weeks:
    this_week: Week
    last_week: Week
    last_week_by_now: int  # received in last week up to the same day and time


@dataclass(frozen=True)
class WeekSources:
    period: Period
    received: int
    by_source: tuple[int, ...]  # in the order of the sources of all weeks


@dataclass(frozen=True)
class WeekByWeek:
    """Leads received in the weeks up to this one, the oldest first; `sources` the largest first."""

    period: Period
    sources: tuple[str, ...]
    weeks: tuple[WeekSources, ...]


@dataclass(frozen=True)
class Waiting:
    """A lead that somebody should look at, and since when."""

    lead_id: str
    name: str
    since: datetime | None
    why: str


@dataclass(frozen=True)
class NeedingPerson:
    """A lead that waits for a person: held, replied, bounced, or not answered in time."""

    lead_id: str
    name: str
    phone: str
    owner: str
    status: str
    since: datetime | None
    why: str
    is_unanswered: bool


@dataclass(frozen=True)
class Needing:
    """All leads that wait for a person now, the one that waits longest first."""

    period: Period
    leads: tuple[NeedingPerson, ...]


@dataclass(frozen=True)
class Standing:
    """All leads as they stand now; the first four numbers are those of a week."""

    period: Period
    received: int
    contacted: int
    pending: int
    closed_unanswered: int
    awaiting_follow_up: int  # the next step of the sequence leaves by itself
    awaiting_answer: int  # Replied: a person's turn
    paused: int  # until somebody sets another status
    needing_attention: tuple[Waiting, ...]  # oldest first


@dataclass(frozen=True)
class Speed:
    """How many leads were answered that fast, and no faster."""

    within: str
    automatic: int
    human: int


@dataclass(frozen=True)
class FirstResponse:
    """Leads received in the period: minutes from Received to the first message, and to a person's answer."""

    period: Period
    received: int
    automatic: Spread
    human: Spread
    by_speed: tuple[Speed, ...]  # the last one is for leads without an answer; each column sums to `received`


@dataclass(frozen=True)
class MonthConversion:
    month: str  # 2026-03
    period: Period
    received: int
    won: int
    rate: float | None


@dataclass(frozen=True)
class Conversion:
    """Leads received in the period, and how many of them are Won now."""

    period: Period
    received: int
    won: int
    rate: float | None
    by_month: tuple[MonthConversion, ...]
    by_source: tuple[SourceNumbers, ...]


@dataclass(frozen=True)
class Stage:
    name: str
    leads: int


@dataclass(frozen=True)
class Funnel:
    """Leads received in the period, by how far they came: a lead counts in every stage up to its own."""

    period: Period
    stages: tuple[Stage, ...]


@dataclass(frozen=True)
class StepEngagement:
    step: str
    sent: int
    replied: int  # messages, of those sent, that were answered before the next one left
    rate: float | None
    interval_95: Interval | None
    unsubscribed: int
    bounced: int  # refused at once, which isn't sent, or come back later
    variant: str = ""  # of the template, if these are its messages alone


@dataclass(frozen=True)
class Engagement:
    """Messages that left in the period, whenever the answer came."""

    period: Period
    by_step: tuple[StepEngagement, ...]


@dataclass(frozen=True)
class OwnerNumbers:
    owner: str  # empty: leads that belong to nobody
    open: int
    oldest_untouched: Waiting | None
    human_response: Spread


@dataclass(frozen=True)
class Owners:
    period: Period  # of the leads in `open` and `oldest_untouched`
    human_response_period: Period
    by_owner: tuple[OwnerNumbers, ...]


@dataclass(frozen=True)
class AdviceDay:
    """How much an adviser was asked on one day."""

    day: str  # 2026-03-28
    calls: int
    tokens: int  # as it says itself; what they cost its vendor knows


@dataclass(frozen=True)
class AdviceNumbers:
    period: Period
    calls: int
    tokens: int
    most_a_day: int  # calls
    by_day: tuple[AdviceDay, ...]  # those with any


@dataclass(frozen=True)
class Report:
    period: Period  # of first responses and follow-ups; every section names its own
    leads: Weeks
    week_by_week: WeekByWeek
    needing_person: Needing
    standing: Standing
    first_response: FirstResponse
    funnel: Funnel
    conversion: Conversion
    engagement: Engagement
    steps: Engagement  # the same over as many months as conversion: to conclude from
    owners: Owners
    advice: AdviceNumbers

    def to_json(self) -> dict[str, Any]:
        """Periods as `{"from", "to"}`, times in ISO 8601 with offset, shares 0 to 1, no value as null."""
        return {field.name: _plain(getattr(self, field.name)) for field in fields(self)}


def spread(minutes: Iterable[float | None]) -> Spread:
    values = sorted(value for value in minutes if value is not None)
    if not values:
        return Spread(0, None, None, None, None)
    return Spread(
        len(values),
        statistics.median(values),
        nearest_rank(values, 95),
        share(sum(1 for value in values if value <= 5), len(values)),
        share(sum(1 for value in values if value <= 60), len(values)),
    )


def nearest_rank(ordered: Sequence[float], percent: int) -> float:
    """The smallest value that at least `percent` of the values don't exceed."""
    return ordered[-(-percent * len(ordered) // 100) - 1]


def share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def wilson(part: int, whole: int) -> Interval | None:
    """The 95 % interval of a share by Wilson's score, which holds for small numbers too."""
    if not whole:
        return None
    rate, spare = part / whole, Z95**2 / whole
    middle = (rate + spare / 2) / (1 + spare)
    half = math.sqrt(spare * (rate * (1 - rate) + spare / 4)) / (1 + spare)
    # Rounding can leave the upper edge of a share of 1 on either side of 1; at 0 the arithmetic is exact.
    return Interval(middle - half, 1.0 if part == whole else middle + half)


def _plain(value: object) -> Any:  # what json.dumps takes
    if isinstance(value, Period):
        return {"from": _plain(value.start), "to": _plain(value.end)}
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    return round(value, 4) if isinstance(value, float) else value


def printable(text: str) -> str:
    """One line without control, direction or other invisible characters."""
    line = " ".join(text.split())
    if line.isprintable():
        return line
    return " ".join("".join(character for character in line if character.isprintable()).split())


def cut(text: str, width: int = NAME_WIDTH) -> str:
    return text if len(text) <= width else text[: width - 1].rstrip() + "…"
