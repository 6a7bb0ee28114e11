"""A report as values: every section with its period, as JSON and as a text for an owner."""

import math
import statistics
import unicodedata
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import datetime, timedelta
from textwrap import wrap
from typing import Any

from sheetflow.workflow.decide import day

SOURCES_SHOWN, LEADS_SHOWN = 15, 30  # in a table; JSON has all
TEXT_WIDTH = 100
NAME_WIDTH = 40
NOTHING = "–"
_REACH = {
    "received": "all",
    "contacted": "contacted",
    "pending": "no first response yet",
    "closed_unanswered": "closed without one",
}
_UNITS = {"d": 86400, "h": 3600, "min": 60, "s": 1}
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


@dataclass(frozen=True)
class Waiting:
    """A lead that somebody should look at, and since when."""

    lead_id: str
    name: str
    since: datetime | None
    why: str


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
    needing_attention: tuple[Waiting, ...]  # oldest first


@dataclass(frozen=True)
class FirstResponse:
    """Leads received in the period: minutes from Received to the first message, and to a person's answer."""

    period: Period
    received: int
    automatic: Spread
    human: Spread


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
class StepEngagement:
    step: str
    sent: int
    replied: int  # messages, of those sent, that were answered before the next one left
    rate: float | None
    interval_95: Interval | None
    unsubscribed: int
    bounced: int  # refused at once, which isn't sent, or come back later


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
class Report:
    period: Period  # of first responses and follow-ups; every section names its own
    leads: Weeks
    standing: Standing
    first_response: FirstResponse
    conversion: Conversion
    engagement: Engagement
    owners: Owners

    def to_json(self) -> dict[str, Any]:
        """Periods as `{"from", "to"}`, times in ISO 8601 with offset, shares 0 to 1, no value as null."""
        return {field.name: _plain(getattr(self, field.name)) for field in fields(self)}

    def lines(self) -> list[str]:
        """The same as a text of aligned tables; each says under its title which period it is about."""
        end = self.period.end
        texts = (
            [f"Report of {day(end)}, {end:%H:%M} ({end.tzinfo})"],
            _weeks_text(self.leads),
            _standing_text(self.standing),
            _first_response_text(self.first_response),
            _conversion_text(self.conversion),
            _engagement_text(self.engagement),
            _owners_text(self.owners),
            _attention_text(self.standing),
        )
        return [line for text in texts for line in ("", *text)][1:]


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


def _text(title: str, about: str, body: Iterable[str]) -> list[str]:
    return [title, f"  {about}", *(f"  {line}".rstrip() for line in body)]


def _table(*rows: Sequence[str | int], left: Container[int] = (0,)) -> list[str]:
    """Aligned by what a terminal shows: the columns of `left` at their beginning, the others at their end."""
    texts = [[str(cell) for cell in row] for row in rows]
    widths = [max(_width(cell) for cell in column) for column in zip(*texts, strict=True)]
    return ["  ".join(_padded(row, widths, left)) for row in texts]


def _padded(row: Sequence[str], widths: Sequence[int], left: Container[int]) -> Iterator[str]:
    for at, (cell, width) in enumerate(zip(row, widths, strict=True)):
        spaces = " " * (width - _width(cell))
        yield cell + spaces if at in left else spaces + cell


def _width(text: str) -> int:
    """Columns on a terminal: an East Asian character takes two, a combining one none."""
    if text.isascii():
        return len(text)
    wide = sum(1 for character in text if unicodedata.east_asian_width(character) in "WF")
    return len(text) + wide - sum(1 for character in text if unicodedata.combining(character))


def _weeks_text(weeks: Weeks) -> list[str]:
    this, last = weeks.this_week, weeks.last_week
    found: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for column, week in enumerate((this, last)):
        for item in week.by_source:
            found[item.source][column] = item.received
    table = _table(
        ("", "this week", "last week"),
        *((label, getattr(this, name), getattr(last, name)) for name, label in _REACH.items()),
        *((label, now, before) for label, (now, before) in _source_lines(found)),
    )
    return _text("Leads received", f"this week: {this.period} · last week: {last.period}", table)


def _source_lines(found: Mapping[str, Sequence[int]]) -> list[tuple[str, Sequence[int]]]:
    """A label and its counts for each source, the largest first; too many for a table share the last line."""
    ordered = sorted(found.items(), key=lambda item: ([-count for count in item[1]], item[0]))
    lines = [(f"from {cut(source)}" if source else "no source given", counts) for source, counts in ordered]
    rest = [counts for _, counts in lines[SOURCES_SHOWN:]]
    if not rest:
        return lines
    sums = [sum(column) for column in zip(*rest, strict=True)]
    return [*lines[:SOURCES_SHOWN], (f"from {len(rest)} more", sums)]


def _standing_text(standing: Standing) -> list[str]:
    rows: list[tuple[str, int]] = [(label, getattr(standing, name)) for name, label in _REACH.items()]
    table = _table(
        *rows,
        ("awaiting follow-up", standing.awaiting_follow_up),
        ("replied, awaiting your answer", standing.awaiting_answer),
        ("needing attention", len(standing.needing_attention)),
    )
    return _text("Where leads stand now", f"all leads received {standing.period}", table)


def _first_response_text(first: FirstResponse) -> list[str]:
    table = _table(
        ("", "answered", "median", "95th percentile", "within 5 min", "within 1 h"),
        *(
            (
                label,
                f"{of.answered} of {first.received}",
                *map(_duration, (of.median_minutes, of.p95_minutes)),
                *map(_percent, (of.within_5_minutes, of.within_1_hour)),
            )
            for label, of in (("automatic", first.automatic), ("by a person", first.human))
        ),
    )
    return _text("First response", f"leads received {first.period}; shares of those answered", table)


def _conversion_text(conversion: Conversion) -> list[str]:
    sources = {item.source: (item.received, item.won) for item in conversion.by_source}
    lines: list[tuple[str, Sequence[int]]] = [
        ("all", (conversion.received, conversion.won)),
        *((f"received in {month.month}", (month.received, month.won)) for month in conversion.by_month),
        *_source_lines(sources),
    ]
    table = _table(
        ("", "leads", "Won", "rate"),
        *((label, of, won, _percent(share(won, of))) for label, (of, won) in lines),
    )
    return _text("Conversion", f"leads received {conversion.period}, Won by now", table)


def _engagement_text(engagement: Engagement) -> list[str]:
    table = _table(
        ("", "sent", "replied", "rate", "95 % interval", "unsubscribed", "bounced"),
        *(
            (cut(of.step), of.sent, of.replied, *_rate(of), of.unsubscribed, of.bounced)
            for of in engagement.by_step
        ),
    )
    return _text("Follow-up", f"messages sent {engagement.period}; replied: before the next step", table)


def _rate(of: StepEngagement) -> tuple[str, str]:
    interval = of.interval_95
    shown = f"{100 * interval.low:.0f} to {100 * interval.high:.0f} %" if interval else NOTHING
    return _percent(of.rate), shown


def _owners_text(owners: Owners) -> list[str]:
    table = _table(
        ("", "open", "answered", "median", "oldest untouched"),
        *(
            (
                cut(of.owner) or "nobody",
                of.open,
                of.human_response.answered,
                _duration(of.human_response.median_minutes),
                _named(of.oldest_untouched) if of.oldest_untouched else NOTHING,
            )
            for of in owners.by_owner
        ),
        left=(0, 4),
    )
    own, recent = owners.period, owners.human_response_period
    return _text("Owners", f"leads received {own}; answered, median: those received {recent}", table)


def _attention_text(standing: Standing) -> list[str]:
    body: list[str] = []
    for lead in standing.needing_attention[:LEADS_SHOWN]:
        body.append(_named(lead))
        body += wrap(lead.why, TEXT_WIDTH, initial_indent="  ", subsequent_indent="  ")
    more = len(standing.needing_attention) - LEADS_SHOWN
    if more > 0:
        body.append(f"and {more} more: report --json lists them all")
    return _text("Needing attention", f"all leads received {standing.period}", body or [NOTHING])


def _named(lead: Waiting) -> str:
    since = f"since {day(lead.since)}, {lead.since:%H:%M}" if lead.since else ""
    return "  ".join(filter(None, (lead.lead_id, lead.name, since)))


def _duration(minutes: float | None) -> str:
    """The two largest units: "12 s", "4 min 30 s", "2 d 3 h"."""
    if minutes is None:
        return NOTHING
    left = round(minutes * 60)
    parts: list[tuple[int, str]] = []
    for unit, size in _UNITS.items():
        count, left = divmod(left, size)
        if count or parts:
            parts.append((count, unit))
    return " ".join(f"{count} {unit}" for count, unit in parts[:2] if count) or "0 s"


def _percent(rate: float | None) -> str:
    return NOTHING if rate is None else f"{100 * rate:.0f} %"
