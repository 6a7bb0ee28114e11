"""What one screen says of a business's leads, for the page and for the Dashboard tab alike."""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime

from sheetflow.workflow.decide import day, some
from sheetflow.workflow.numbers import (
    Engagement,
    FirstResponse,
    Funnel,
    Needing,
    Report,
    Spread,
    StepEngagement,
    WeekByWeek,
    cut,
    share,
)
from sheetflow.workflow.projection import UNANSWERED
from sheetflow.workflow.steps import conclusions

MOST_LINES = 50  # of those who need a person
MOST_SOURCES = 4  # that have a colour of their own
FEW = 10  # below this many leads a share is told as a count
NO_SOURCE, NO_NAME, NOTHING = "no source given", "(no name)", "–"


@dataclass(frozen=True)
class Figure:
    title: str
    value: str
    about: str  # period, and what the value is to be held against


@dataclass(frozen=True)
class Line:
    """A lead that needs a person."""

    lead_id: str
    name: str
    phone: str
    owner: str
    status: str
    since: str
    why: str
    is_unanswered: bool


@dataclass(frozen=True)
class Bar:
    """One number for each of the chart's series; `note` says what a number can't."""

    label: str
    values: tuple[int, ...]
    note: str = ""


@dataclass(frozen=True)
class Chart:
    title: str
    about: str
    series: tuple[str, ...]
    bars: tuple[Bar, ...]
    is_stacked: bool = False
    is_lying: bool = False  # bars from left to right

    @property
    def is_empty(self) -> bool:
        return not any(any(bar.values) for bar in self.bars)


@dataclass(frozen=True)
class Screen:
    """`waiting` counts those beyond `lines` too. Texts are one line each, safe to print."""

    at: str  # of which moment all of it is
    leads: int  # ever received
    waiting: int
    lines: tuple[Line, ...]
    figures: tuple[Figure, ...]
    charts: tuple[Chart, ...]
    told: tuple[str, ...] = ()  # what the numbers allow to conclude, a sentence each

    def to_json(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> "Screen":
        found = json.loads(text)
        found["lines"] = tuple(Line(**line) for line in found["lines"])
        found["figures"] = tuple(Figure(**figure) for figure in found["figures"])
        found["told"] = tuple(found.get("told", ()))
        found["charts"] = tuple(_chart(chart) for chart in found["charts"])
        return cls(**found)


def screen_of(report: Report) -> Screen:
    end = report.period.end
    needing = report.needing_person
    return Screen(
        at=f"{_moment(end)} ({end.tzinfo})",
        leads=report.standing.received,
        waiting=len(needing.leads),
        lines=tuple(_lines(needing)),
        figures=tuple(_figures(report)),
        charts=(
            _leads(report.week_by_week),
            _response(report.first_response),
            _funnel(report.funnel),
            _replies(report.engagement),
        ),
        told=conclusions(report),
    )


def _chart(found: dict[str, object]) -> Chart:
    bars = found.pop("bars")
    assert isinstance(bars, list)
    shown = tuple(Bar(bar["label"], tuple(bar["values"]), bar["note"]) for bar in bars)
    series = found.pop("series")
    assert isinstance(series, list)
    return Chart(**found, series=tuple(series), bars=shown)  # type: ignore[arg-type]  # as `asdict` wrote it


def _lines(needing: Needing) -> Iterator[Line]:
    for lead in needing.leads[:MOST_LINES]:
        since = _moment(lead.since) if lead.since else ""
        why = f"{lead.why} {UNANSWERED}" if lead.is_unanswered else lead.why
        yield Line(
            lead.lead_id,
            lead.name or NO_NAME,
            lead.phone,
            cut(lead.owner),
            lead.status,
            since,
            why,
            lead.is_unanswered,
        )


def _figures(report: Report) -> Iterator[Figure]:
    this, last = report.leads.this_week, report.leads.last_week
    by_now = report.leads.last_week_by_now
    yield Figure(
        "Leads this week",
        str(this.received),
        f"{this.period} · last week {last.received}, by this day and time {by_now}",
    )
    yield _headline(report.first_response)
    yield Figure("Waiting for you", str(len(report.needing_person.leads)), _waiting(report))
    conversion = report.conversion
    yield Figure(
        "Won",
        str(conversion.won),
        f"{_of(conversion.won, conversion.received)} received {conversion.period}",
    )


def _headline(first: FirstResponse) -> Figure:
    """A person's answer; the automatic one stands beside it."""
    human, automatic = first.human, first.automatic
    if human.answered < FEW:
        told = "leads that a person answered"
    else:
        told = f"of {some(human.answered, 'lead')} that a person answered"
    about = (
        f"{told}; {first.received - human.answered} not yet",
        f"automatic: {_share(automatic)}",
        f"received {first.period}",
    )
    return Figure("A person answered within 5 min", _share(human), " · ".join(about))


def _share(of: Spread) -> str:
    within = round((of.within_5_minutes or 0) * of.answered)
    if not of.answered:
        return NOTHING
    return f"{within} of {of.answered}" if of.answered < FEW else f"{100 * within / of.answered:.0f} %"


def _waiting(report: Report) -> str:
    oldest = next((lead.since for lead in report.needing_person.leads if lead.since), None)
    standing = report.standing
    parts = [f"the first since {_moment(oldest)}"] if oldest else []
    parts.append(f"{standing.pending} without a first response")
    parts.append(f"{standing.awaiting_follow_up} awaiting a follow-up")
    parts += [f"{standing.paused} paused"] if standing.paused else []
    return " · ".join(parts)


def _of(part: int, whole: int) -> str:
    rate = share(part, whole)
    shown = f"{100 * rate:.0f} % " if rate is not None and whole >= FEW else ""
    return f"{shown}of {some(whole, 'lead')}"


def _leads(found: WeekByWeek) -> Chart:
    sources = [cut(source, 24) or NO_SOURCE for source in found.sources]
    has_rest = len(sources) > MOST_SOURCES
    series = (*sources[:MOST_SOURCES], *(["others"] if has_rest else []))
    bars = []
    for week in found.weeks:
        counts = week.by_source
        rest = [sum(counts[MOST_SOURCES:])] if has_rest else []
        start = week.period.start
        label = f"{start.day} {start:%b}" if start else ""
        bars.append(Bar(label, (*counts[:MOST_SOURCES], *rest)))
    about = f"leads received {found.period}, in weeks from Monday; the last week isn't over"
    return Chart("Leads by week and source", about, series, tuple(bars), is_stacked=True)


def _response(first: FirstResponse) -> Chart:
    bars = tuple(Bar(speed.within, (speed.automatic, speed.human)) for speed in first.by_speed)
    about = f"{some(first.received, 'lead')} received {first.period}"
    return Chart("First response", about, ("automatic", "by a person"), bars)


def _funnel(funnel: Funnel) -> Chart:
    received = funnel.stages[0].leads
    bars = []
    for stage in funnel.stages:
        rate = share(stage.leads, received)
        note = f"{100 * rate:.0f} %" if rate is not None and received >= FEW else ""
        bars.append(Bar(stage.name, (stage.leads,), note))
    about = f"leads received {funnel.period}, as far as they came by now"
    return Chart("From received to won", about, ("leads",), tuple(bars), is_lying=True)


def _replies(engagement: Engagement) -> Chart:
    bars = tuple(
        Bar(cut(step.step.replace("_", " ").capitalize(), 24), (step.sent, step.replied), _rate(step))
        for step in engagement.by_step
        if not step.variant
    )
    about = f"messages sent {engagement.period}; replied: before the next step"
    return Chart("Replies per step", about, ("sent", "replied"), bars, is_lying=True)


def _rate(step: StepEngagement) -> str:
    """A share of few says little: the interval tells how little."""
    if step.interval_95 is None or step.rate is None:
        return ""
    low, high = 100 * step.interval_95.low, 100 * step.interval_95.high
    sure = f"between {low:.0f} and {high:.0f} %"
    return f"{100 * step.rate:.0f} %, {sure}" if step.sent >= FEW else f"too few to tell: {sure}"


def _moment(at: datetime) -> str:
    return f"{at:%a} {day(at)}, {at:%H:%M}"
