"""A report as the tables that an owner reads, on a terminal or in the tracker."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sheetflow.workflow.decide import day
from sheetflow.workflow.numbers import (
    AdviceNumbers,
    Conversion,
    Engagement,
    FirstResponse,
    Interval,
    Owners,
    Report,
    Standing,
    Waiting,
    Weeks,
    cut,
    share,
    wilson,
)
from sheetflow.workflow.steps import conclusions

SOURCES_SHOWN, LEADS_SHOWN = 15, 30  # JSON has all
NOTHING = "–"
REACH = {
    "received": "all",
    "contacted": "contacted",
    "pending": "no first response yet",
    "closed_unanswered": "closed without one",
}
_UNITS = {"d": 86400, "h": 3600, "min": 60, "s": 1}

Row = tuple[str | int, ...]


@dataclass(frozen=True)
class Section:
    """A title, the period it is about, and a table; the first row names its columns where `has_head`.

    `left` are the columns of words, the others are numbers. `remarks` are about single leads: who, and why.
    """

    title: str
    about: str
    rows: tuple[Row, ...] = ()
    has_head: bool = True
    left: tuple[int, ...] = (0,)
    remarks: tuple[tuple[str, str], ...] = ()


def title_of(report: Report) -> str:
    end = report.period.end
    return f"Report of {day(end)}, {end:%H:%M} ({end.tzinfo})"


def sections_of(report: Report) -> list[Section]:
    return [
        _weeks(report.leads),
        _standing(report.standing),
        _first_response(report.first_response),
        _conversion(report.conversion),
        _engagement(report.engagement),
        _owners(report.owners),
        *_advice(report.advice),
        _attention(report.standing),
    ]


def steps_of(report: Report) -> list[Section]:
    """What steps, variants and sources bring, and what that allows to conclude."""
    told = tuple((sentence, "") for sentence in conclusions(report))
    about = "likely: to 95 %; more: as many make a difference of ten in a hundred show"
    return [
        _engagement(report.steps),
        _by_source(report.conversion),
        Section("What the numbers say", about, remarks=told or (("Nothing was sent so far.", ""),)),
    ]


def _weeks(weeks: Weeks) -> Section:
    this, last = weeks.this_week, weeks.last_week
    found: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for column, week in enumerate((this, last)):
        for item in week.by_source:
            found[item.source][column] = item.received
    rows: tuple[Row, ...] = (
        ("", "this week", "last week"),
        *((label, getattr(this, name), getattr(last, name)) for name, label in REACH.items()),
        *((label, now, before) for label, (now, before) in source_lines(found)),
    )
    return Section("Leads received", f"this week: {this.period} · last week: {last.period}", rows)


def source_lines(found: Mapping[str, Sequence[int]]) -> list[tuple[str, Sequence[int]]]:
    """A label and its counts for each source, the largest first; too many for a table share the last line."""
    ordered = sorted(found.items(), key=lambda item: ([-count for count in item[1]], item[0]))
    lines = [(f"from {cut(source)}" if source else "no source given", counts) for source, counts in ordered]
    rest = [counts for _, counts in lines[SOURCES_SHOWN:]]
    if not rest:
        return lines
    sums = [sum(column) for column in zip(*rest, strict=True)]
    return [*lines[:SOURCES_SHOWN], (f"from {len(rest)} more", sums)]


def _standing(standing: Standing) -> Section:
    rows: tuple[Row, ...] = (
        *((label, getattr(standing, name)) for name, label in REACH.items()),
        ("awaiting follow-up", standing.awaiting_follow_up),
        ("replied, awaiting your answer", standing.awaiting_answer),
        ("paused", standing.paused),
        ("needing attention", len(standing.needing_attention)),
    )
    return Section("Where leads stand now", f"all leads received {standing.period}", rows, has_head=False)


def _first_response(first: FirstResponse) -> Section:
    rows: tuple[Row, ...] = (
        ("", "answered", "median", "95th percentile", "within 5 min", "within 1 h"),
        *(
            (
                label,
                f"{of.answered} of {first.received}",
                *map(duration, (of.median_minutes, of.p95_minutes)),
                *map(percent, (of.within_5_minutes, of.within_1_hour)),
            )
            for label, of in (("automatic", first.automatic), ("by a person", first.human))
        ),
    )
    return Section("First response", f"leads received {first.period}; shares of those answered", rows)


def _conversion(conversion: Conversion) -> Section:
    lines: list[tuple[str, Sequence[int]]] = [
        ("all", (conversion.received, conversion.won)),
        *((f"received in {month.month}", (month.received, month.won)) for month in conversion.by_month),
        *source_lines(_won_by_source(conversion)),
    ]
    rows: tuple[Row, ...] = (
        ("", "leads", "Won", "rate"),
        *((label, of, won, percent(share(won, of))) for label, (of, won) in lines),
    )
    return Section("Conversion", f"leads received {conversion.period}, Won by now", rows)


def _won_by_source(conversion: Conversion) -> dict[str, tuple[int, int]]:
    return {item.source: (item.received, item.won) for item in conversion.by_source}


def _engagement(engagement: Engagement) -> Section:
    rows: tuple[Row, ...] = (
        ("", "sent", "replied", "rate", "95 % interval", "unsubscribed", "bounced"),
        *(
            (
                cut(of.step),
                of.sent,
                of.replied,
                percent(of.rate),
                _range(of.interval_95),
                of.unsubscribed,
                of.bounced,
            )
            for of in engagement.by_step
        ),
    )
    return Section("Follow-up", f"messages sent {engagement.period}; replied: before the next step", rows)


def _by_source(conversion: Conversion) -> Section:
    rows: tuple[Row, ...] = (
        ("", "leads", "Won", "rate", "95 % interval"),
        *(
            (label, of, won, percent(share(won, of)), _range(wilson(won, of)))
            for label, (of, won) in source_lines(_won_by_source(conversion))
        ),
    )
    return Section("Sources", f"leads received {conversion.period}, Won by now", rows)


def _range(interval: Interval | None) -> str:
    return f"{100 * interval.low:.0f} to {100 * interval.high:.0f} %" if interval else NOTHING


def _owners(owners: Owners) -> Section:
    rows: tuple[Row, ...] = (
        ("", "open", "answered", "median", "oldest untouched"),
        *(
            (
                cut(of.owner) or "nobody",
                of.open,
                of.human_response.answered,
                duration(of.human_response.median_minutes),
                named(of.oldest_untouched) if of.oldest_untouched else NOTHING,
            )
            for of in owners.by_owner
        ),
    )
    own, recent = owners.period, owners.human_response_period
    about = f"leads received {own}; answered, median: those received {recent}"
    return Section("Owners", about, rows, left=(0, 4))


def _advice(advice: AdviceNumbers) -> list[Section]:
    """Nothing for a business that asks no language model."""
    if not advice.by_day:
        return []
    last, most = advice.by_day[-1], max(advice.by_day, key=lambda one: one.calls)
    rows: tuple[Row, ...] = (
        ("", "calls", "tokens"),
        ("all", advice.calls, advice.tokens),
        (f"the last day, {last.day}", last.calls, last.tokens),
        (f"the busiest day, {most.day}", most.calls, most.tokens),
    )
    about = f"{advice.period}; at most {advice.most_a_day} calls a day"
    return [Section("Questions to the language model", about, rows)]


def _attention(standing: Standing) -> Section:
    about = f"all leads received {standing.period}"
    return Section("Needing attention", about, remarks=tuple(_remarks(standing)) or ((NOTHING, ""),))


def _remarks(standing: Standing) -> Iterator[tuple[str, str]]:
    for lead in standing.needing_attention[:LEADS_SHOWN]:
        yield named(lead), lead.why
    more = len(standing.needing_attention) - LEADS_SHOWN
    if more > 0:
        yield f"and {more} more: report --json lists them all", ""


def named(lead: Waiting) -> str:
    since = f"since {day(lead.since)}, {lead.since:%H:%M}" if lead.since else ""
    return "  ".join(filter(None, (lead.lead_id, lead.name, since)))


def duration(minutes: float | None) -> str:
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


def percent(rate: float | None) -> str:
    return NOTHING if rate is None else f"{100 * rate:.0f} %"
