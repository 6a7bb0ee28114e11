"""How it goes, in numbers: what came in, how fast it was answered, what came of it."""

import math
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from sheetflow.workflow import statuses
from sheetflow.workflow.calendar import at_wall_clock
from sheetflow.workflow.counted import Counted, Letter
from sheetflow.workflow.numbers import (
    AdviceDay,
    AdviceNumbers,
    Conversion,
    Engagement,
    FirstResponse,
    Funnel,
    MonthConversion,
    Needing,
    NeedingPerson,
    OwnerNumbers,
    Owners,
    Period,
    Report,
    SourceNumbers,
    Speed,
    Stage,
    Standing,
    StepEngagement,
    Waiting,
    Week,
    WeekByWeek,
    Weeks,
    WeekSources,
    printable,
    share,
    spread,
    wilson,
)
from sheetflow.workflow.sequence import Workflow

DAYS = 28  # how far first responses and follow-ups look back, besides today
MONTHS = 12  # how far conversion and the funnel do, this month included
WEEKS = 8  # shown one by one, this week included
SPEEDS = (("within 5 min", 5), ("within 1 h", 60), ("within 1 day", 24 * 60), ("later", math.inf))
NOT_YET = "not yet"
STAGES = ("received", "contacted", "replied", "in conversation", "booked", "won")

_STAGE_OF = {
    statuses.REPLIED: 2,
    statuses.IN_CONVERSATION: 3,
    statuses.BOOKED: 4,
    statuses.WON: 5,
}

_NEVER = datetime.max.replace(tzinfo=UTC)


def report(
    counted: Iterable[Counted], workflow: Workflow, now: datetime, advice: Sequence[AdviceDay] = ()
) -> Report:
    """The numbers at `now` (aware) of all leads whose rows weren't deleted, and of an adviser's days.

    Periods: leads of this week and last, and of eight weeks one by one, beginning on Monday in the business's
    zone · who needs a person, how leads stand and what owners have open, over all leads · first responses and
    follow-ups over the last 28 days and today · funnel, conversion, and what steps brought, over the last 12
    calendar months, this one included.

    Test and Not a lead are never counted, nor is a lead whose row was deleted, whatever its events say: who
    deletes a row takes it out of the numbers. Sources and owners that differ by case alone are one.
    """
    zone = workflow.business.zone
    end = now.astimezone(zone)
    kept = (lead for lead in counted if lead.status not in statuses.UNCOUNTED)
    leads = _in_one_spelling(kept, workflow)
    first = min((lead.received for lead in leads if lead.received), default=None)
    ever = Period(_local(first, zone), end)
    recent = Period(midnight(end.date() - timedelta(days=DAYS), zone), end)
    year = Period(midnight(_month(end.date(), 1 - MONTHS), zone), end)
    letters = _by_step(leads, year)
    return Report(
        period=recent,
        leads=_weeks(leads, end, zone),
        week_by_week=_week_by_week(leads, end, zone),
        needing_person=_needing_person(leads, ever, zone),
        standing=_standing(leads, ever, zone),
        first_response=_first_response(leads, recent),
        funnel=_funnel(leads, year),
        conversion=_conversion(leads, year, zone),
        engagement=_engagement(letters, recent, workflow),
        steps=_engagement(letters, year, workflow),
        owners=_owners(leads, ever, recent, workflow),
        advice=_advice(advice, recent, workflow),
    )


def _in_one_spelling(leads: Iterable[Counted], workflow: Workflow) -> list[Counted]:
    """Sources as they were spelled first, owners as configured."""
    sources: dict[str, str] = {}
    owners = {name.casefold(): name for name in _configured(workflow)}
    return [
        replace(
            lead,
            source=sources.setdefault(lead.source.casefold(), lead.source),
            owner=owners.setdefault(lead.owner.casefold(), lead.owner),
        )
        for lead in leads
    ]


def _weeks(leads: Sequence[Counted], end: datetime, zone: tzinfo) -> Weeks:
    last, this = _mondays(end, zone)[-2:]
    since_last = _since(leads, last)
    before = [lead for lead in since_last if not _is_since(lead, this)]
    same_time = at_wall_clock(end.replace(tzinfo=None, fold=0) - timedelta(weeks=1), zone)
    return Weeks(
        _week([lead for lead in since_last if _is_since(lead, this)], Period(this, end)),
        _week(before, Period(last, this)),
        last_week_by_now=sum(1 for lead in before if not _is_since(lead, same_time)),
    )


def _mondays(end: datetime, zone: tzinfo) -> list[datetime]:
    """When each of the weeks began, this one last."""
    monday = end.date() - timedelta(days=end.weekday())
    return [midnight(monday - timedelta(weeks=ago), zone) for ago in range(WEEKS - 1, -1, -1)]


def _week_by_week(leads: Sequence[Counted], end: datetime, zone: tzinfo) -> WeekByWeek:
    mondays = _mondays(end, zone)
    found: list[Counter[str]] = [Counter() for _ in mondays]
    for lead in _since(leads, mondays[0]):
        if lead.received:
            found[bisect_right(mondays, lead.received) - 1][lead.source] += 1
    sums = sum(found, Counter())
    sources = tuple(sorted(sums, key=lambda source: (-sums[source], source)))
    weeks = [
        WeekSources(Period(start, until), counts.total(), tuple(counts[source] for source in sources))
        for start, until, counts in zip(mondays, [*mondays[1:], end], found, strict=True)
    ]
    return WeekByWeek(Period(mondays[0], end), sources, tuple(weeks))


def _week(leads: Sequence[Counted], period: Period) -> Week:
    return Week(period, *_reach(leads), by_source=_by_source(leads))


def _reach(leads: Collection[Counted]) -> tuple[int, int, int, int]:
    contacted = sum(1 for lead in leads if lead.is_contacted)
    pending = sum(1 for lead in leads if lead.is_pending)
    return len(leads), contacted, pending, len(leads) - contacted - pending


def _standing(leads: Sequence[Counted], period: Period, zone: tzinfo) -> Standing:
    held = sorted(
        (lead for lead in leads if lead.is_held), key=lambda lead: (lead.held_since or _NEVER, lead.lead_id)
    )
    return Standing(
        period,
        *_reach(leads),
        awaiting_follow_up=sum(1 for lead in leads if lead.awaits_follow_up),
        awaiting_answer=sum(1 for lead in leads if lead.status == statuses.REPLIED),
        paused=sum(1 for lead in leads if lead.status == statuses.PAUSED),
        needing_attention=tuple(_waiting(lead, lead.held_since, zone) for lead in held),
    )


def _needing_person(leads: Iterable[Counted], period: Period, zone: tzinfo) -> Needing:
    found = [(lead.waits_since or _NEVER, lead.lead_id, lead) for lead in leads if lead.needs_person]
    return Needing(period, tuple(_needs(lead, zone) for _, _, lead in sorted(found, key=lambda one: one[:2])))


def _needs(lead: Counted, zone: tzinfo) -> NeedingPerson:
    return NeedingPerson(
        lead.lead_id,
        lead.name,
        lead.phone,
        lead.owner,
        lead.status or "",
        _local(lead.waits_since, zone),
        lead.why,
        lead.is_unanswered,
    )


def _waiting(lead: Counted, since: datetime | None, zone: tzinfo) -> Waiting:
    return Waiting(lead.lead_id, lead.name, _local(since, zone), lead.why)


def _first_response(leads: Iterable[Counted], period: Period) -> FirstResponse:
    recent = _since(leads, period.start)
    automatic, human = ([getattr(lead, name) for lead in recent] for name in ("automatic", "human"))
    return FirstResponse(period, len(recent), spread(automatic), spread(human), _by_speed(automatic, human))


def _by_speed(automatic: Iterable[float | None], human: Iterable[float | None]) -> tuple[Speed, ...]:
    counts = [Counter(map(_speed, minutes)) for minutes in (automatic, human)]
    names = [name for name, _ in SPEEDS]
    return tuple(Speed(name, *(count[name] for count in counts)) for name in (*names, NOT_YET))


def _speed(minutes: float | None) -> str:
    return next((name for name, most in SPEEDS if minutes is not None and minutes <= most), NOT_YET)


def _funnel(leads: Iterable[Counted], period: Period) -> Funnel:
    reached = Counter(_stage(lead) for lead in _since(leads, period.start))
    stages = (
        Stage(name, sum(reached[further] for further in range(place, len(STAGES))))
        for place, name in enumerate(STAGES)
    )
    return Funnel(period, tuple(stages))


def _stage(lead: Counted) -> int:
    """How far a lead came, as far as its status and its messages tell."""
    by_status = _STAGE_OF.get(lead.status or "", 0)
    has_replied = any(letter.replied for letter in lead.letters)
    return max(by_status, 2 if has_replied else 1 if lead.is_contacted else 0)


def _conversion(leads: Iterable[Counted], period: Period, zone: tzinfo) -> Conversion:
    counted = _since(leads, period.start)
    months: dict[date, list[Counted]] = defaultdict(list)
    for lead in counted:
        if lead.received:
            months[lead.received.astimezone(zone).date().replace(day=1)].append(lead)
    return Conversion(
        period,
        *_won(counted),
        by_month=tuple(
            MonthConversion(f"{month:%Y-%m}", _month_period(month, period.end, zone), *_won(months[month]))
            for month in sorted(months)
        ),
        by_source=_by_source(counted),
    )


def _won(leads: Collection[Counted]) -> tuple[int, int, float | None]:
    won = sum(1 for lead in leads if lead.status == statuses.WON)
    return len(leads), won, share(won, len(leads))


def _by_step(leads: Iterable[Counted], period: Period) -> dict[str, list[Letter]]:
    """What was sent in the period, by the step's name as it is shown."""
    found: dict[str, list[Letter]] = defaultdict(list)
    for lead in leads:
        for letter in lead.letters:
            if _is_in(letter, period):
                found[printable(letter.step)].append(letter)
    return found


def _engagement(letters: Mapping[str, Sequence[Letter]], period: Period, workflow: Workflow) -> Engagement:
    """The steps of the sequence, and after them whatever else was sent in the period.

    A step with two variants is also counted by variant, below it.
    """
    found = {name: [one for one in sent if _is_in(one, period)] for name, sent in letters.items()}
    steps, nurture = (
        [printable(step.name) for step in group] for group in (workflow.steps, workflow.nurture)
    )
    sent = {name for name, some in found.items() if some}
    others = [name for name in nurture if name in sent] + sorted(sent - {*steps, *nurture})
    by_step = [one for name in (*steps, *others) for one in _with_variants(name, found.get(name, []))]
    return Engagement(period, tuple(by_step))


def _is_in(letter: Letter, period: Period) -> bool:
    return period.start is not None and letter.at >= period.start


def _with_variants(step: str, letters: Sequence[Letter]) -> list[StepEngagement]:
    named = sorted({letter.variant for letter in letters} - {""})
    apart = [
        _step(f"{step}, {name.upper()}", [letter for letter in letters if letter.variant == name], name)
        for name in named
    ]
    return [_step(step, letters), *apart]


def _step(step: str, letters: Sequence[Letter], variant: str = "") -> StepEngagement:
    sent = sum(1 for letter in letters if letter.sent)
    replied = sum(1 for letter in letters if letter.replied)
    return StepEngagement(
        step,
        sent,
        replied,
        share(replied, sent),
        wilson(replied, sent),
        sum(1 for letter in letters if letter.unsubscribed),
        sum(1 for letter in letters if letter.bounced),
        variant,
    )


def _owners(leads: Iterable[Counted], ever: Period, recent: Period, workflow: Workflow) -> Owners:
    """Those configured in their order, then others with anything to show, leads of nobody last."""
    groups: dict[str, list[Counted]] = {name: [] for name in _configured(workflow)}
    known = len(groups)
    for lead in leads:
        groups.setdefault(lead.owner, []).append(lead)
    names = list(groups)
    ordered = names[:known] + sorted(names[known:], key=lambda name: (not name, name.casefold()))
    numbers = [_owner(name, groups[name], recent, workflow) for name in ordered]
    shown = [
        item for item in numbers if item.owner in names[:known] or item.open or item.human_response.answered
    ]
    return Owners(ever, recent, tuple(shown))


def _owner(name: str, leads: Sequence[Counted], recent: Period, workflow: Workflow) -> OwnerNumbers:
    zone = workflow.business.zone
    untouched = (lead for lead in leads if lead.is_untouched)
    oldest = min(untouched, key=lambda lead: (lead.received or _NEVER, lead.lead_id), default=None)
    return OwnerNumbers(
        name,
        sum(1 for lead in leads if lead.is_open),
        _waiting(oldest, oldest.received, zone) if oldest else None,
        spread(lead.human for lead in _since(leads, recent.start)),
    )


def _advice(days: Sequence[AdviceDay], period: Period, workflow: Workflow) -> AdviceNumbers:
    first = f"{period.start:%Y-%m-%d}" if period.start else ""
    recent = tuple(one for one in days if one.day >= first)
    calls, tokens = (sum(getattr(one, name) for one in recent) for name in ("calls", "tokens"))
    return AdviceNumbers(period, calls, tokens, workflow.advice_a_day, recent)


def _configured(workflow: Workflow) -> list[str]:
    return [printable(owner.name) for owner in workflow.owners]


def _by_source(leads: Iterable[Counted]) -> tuple[SourceNumbers, ...]:
    """The source with most leads first."""
    groups: dict[str, list[Counted]] = defaultdict(list)
    for lead in leads:
        groups[lead.source].append(lead)
    numbers = (SourceNumbers(source, *_won(group)) for source, group in groups.items())
    return tuple(sorted(numbers, key=lambda item: (-item.received, item.source)))


def _since(leads: Iterable[Counted], start: datetime | None) -> list[Counted]:
    return [lead for lead in leads if _is_since(lead, start)]


def _is_since(lead: Counted, start: datetime | None) -> bool:
    return bool(lead.received and start and lead.received >= start)


def midnight(day: date, zone: tzinfo) -> datetime:
    return at_wall_clock(datetime.combine(day, time()), zone).astimezone(zone)


def _month(day: date, later: int) -> date:
    """The first day of the month that is `later` months on."""
    year, month = divmod(day.year * 12 + day.month - 1 + later, 12)
    return date(year, month + 1, 1)


def _month_period(month: date, end: datetime, zone: tzinfo) -> Period:
    is_over = month < end.date().replace(day=1)
    return Period(midnight(month, zone), midnight(_month(month, 1), zone) if is_over else end)


def _local(at: datetime | None, zone: tzinfo) -> datetime | None:
    return at.astimezone(zone) if at else None
