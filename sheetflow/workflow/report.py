"""How it goes, in numbers: what came in, how fast it was answered, what came of it."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from sheetflow.workflow import statuses
from sheetflow.workflow.answering import minutes_between, received_at
from sheetflow.workflow.calendar import at_wall_clock
from sheetflow.workflow.decide import Hold, Send, Wait
from sheetflow.workflow.events import Event, Kind
from sheetflow.workflow.lead import Lead
from sheetflow.workflow.numbers import (
    Conversion,
    Engagement,
    FirstResponse,
    MonthConversion,
    OwnerNumbers,
    Owners,
    Period,
    Report,
    SourceNumbers,
    Standing,
    StepEngagement,
    Waiting,
    Week,
    Weeks,
    cut,
    printable,
    share,
    spread,
    wilson,
)
from sheetflow.workflow.review import Review, review
from sheetflow.workflow.sequence import Workflow
from sheetflow.workflow.statuses import canonical
from sheetflow.workflow.tracked import Snapshot

DAYS = 28  # how far first responses and follow-ups look back, besides today
MONTHS = 12  # how far conversion does, this month included

_NEVER = datetime.max.replace(tzinfo=UTC)
_CLOSED = frozenset(statuses.STATUSES) - statuses.OPEN - statuses.UNCOUNTED


@dataclass
class Letter:
    """A message of the sequence, and what came back before the next one left."""

    step: str
    at: datetime
    sent: bool = True  # False: refused, or not known to have left
    replied: bool = False
    unsubscribed: bool = False  # complaints too
    bounced: bool = False


@dataclass(frozen=True)
class Counted:
    """What is counted of one lead. Date-times are UTC; texts are one line, safe to print."""

    lead_id: str
    name: str
    source: str
    owner: str
    status: str | None  # None: a word sheetflow doesn't know
    why: str
    received: datetime | None
    automatic: float | None  # minutes to the first message that left
    human: float | None  # minutes to the first human contact
    is_contacted: bool  # a message left, a person answered, or a person took the step as done
    is_touched: bool  # a person was in contact
    awaits_follow_up: bool
    is_held: bool  # for a person to decide; Paused isn't, there a person has decided already
    held_since: datetime | None
    letters: tuple[Letter, ...]

    @property
    def is_open(self) -> bool:
        return self.status not in _CLOSED

    @property
    def is_pending(self) -> bool:
        return self.is_open and not self.is_contacted

    @property
    def is_untouched(self) -> bool:
        """Open, nobody has been in contact, and nothing has stopped the sequence."""
        return self.is_open and not self.is_touched and self.status not in statuses.STOPPED


def report(snapshot: Snapshot, workflow: Workflow, now: datetime) -> Report:
    """The numbers at `now` (aware).

    Periods: leads of this week and last, weeks beginning on Monday in the business's zone · how leads stand
    and what owners have open, over all leads · first responses and follow-ups over the last 28 days and
    today · conversion over the last 12 calendar months, this one included.

    Test and Not a lead are never counted, nor is a lead whose row was deleted, whatever its events say: who
    deletes a row takes it out of the numbers. Sources and owners that differ by case alone are one.
    """
    zone = workflow.business.zone
    end = now.astimezone(zone)
    leads = _in_one_spelling(counted_leads(snapshot, workflow, now), workflow)
    first = min((lead.received for lead in leads if lead.received), default=None)
    ever = Period(_local(first, zone), end)
    recent = Period(_midnight(end.date() - timedelta(days=DAYS), zone), end)
    return Report(
        period=recent,
        leads=_weeks(leads, end, zone),
        standing=_standing(leads, ever, zone),
        first_response=_first_response(leads, recent),
        conversion=_conversion(leads, end, zone),
        engagement=_engagement(leads, recent, workflow),
        owners=_owners(leads, ever, recent, workflow),
    )


def counted_leads(snapshot: Snapshot, workflow: Workflow, now: datetime) -> list[Counted]:
    """The leads that count, as they stand at `now`, edits that no run has recorded yet included.

    Test, Not a lead and rows without a Lead ID don't count, nor do events whose row was deleted. A Lead ID
    that stands in two rows counts once.
    """
    events: dict[str, list[Event]] = defaultdict(list)
    for event in snapshot.events:
        events[event.lead_id].append(event)
    rows: dict[str, Lead] = {}
    for lead in snapshot.leads:
        if lead.id:
            rows.setdefault(lead.id, lead)
    reviews = (review(lead, events[lead.id], snapshot, workflow, now, "") for lead in rows.values())
    leads = (_count(item, workflow) for item in reviews)
    return [lead for lead in leads if lead.status not in statuses.UNCOUNTED]


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
    monday = end.date() - timedelta(days=end.weekday())
    this, last = (_midnight(monday - timedelta(weeks=ago), zone) for ago in (0, 1))
    since_last = _since(leads, last)
    return Weeks(
        _week([lead for lead in since_last if _is_since(lead, this)], Period(this, end)),
        _week([lead for lead in since_last if not _is_since(lead, this)], Period(last, this)),
    )


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
        needing_attention=tuple(_waiting(lead, lead.held_since, zone) for lead in held),
    )


def _waiting(lead: Counted, since: datetime | None, zone: tzinfo) -> Waiting:
    return Waiting(lead.lead_id, lead.name, _local(since, zone), lead.why)


def _first_response(leads: Iterable[Counted], period: Period) -> FirstResponse:
    recent = _since(leads, period.start)
    automatic = spread(lead.automatic for lead in recent)
    return FirstResponse(period, len(recent), automatic, human=spread(lead.human for lead in recent))


def _conversion(leads: Iterable[Counted], end: datetime, zone: tzinfo) -> Conversion:
    first = _month(end.date(), 1 - MONTHS)
    counted = _since(leads, _midnight(first, zone))
    months: dict[date, list[Counted]] = defaultdict(list)
    for lead in counted:
        if lead.received:
            months[lead.received.astimezone(zone).date().replace(day=1)].append(lead)
    return Conversion(
        Period(_midnight(first, zone), end),
        *_won(counted),
        by_month=tuple(
            MonthConversion(f"{month:%Y-%m}", _month_period(month, end, zone), *_won(months[month]))
            for month in sorted(months)
        ),
        by_source=_by_source(counted),
    )


def _won(leads: Collection[Counted]) -> tuple[int, int, float | None]:
    won = sum(1 for lead in leads if lead.status == statuses.WON)
    return len(leads), won, share(won, len(leads))


def _engagement(leads: Iterable[Counted], period: Period, workflow: Workflow) -> Engagement:
    """The steps of the sequence, and after them whatever else was sent in the period."""
    found: dict[str, list[Letter]] = defaultdict(list)
    for lead in leads:
        for letter in lead.letters:
            if period.start and letter.at >= period.start:
                found[printable(letter.step)].append(letter)
    steps, nurture = (
        [printable(step.name) for step in group] for group in (workflow.steps, workflow.nurture)
    )
    others = [name for name in nurture if name in found] + sorted(found.keys() - {*steps, *nurture})
    by_step = [_step(name, found[name]) for name in (*steps, *others)]
    return Engagement(period, tuple(by_step))


def _step(step: str, letters: Sequence[Letter]) -> StepEngagement:
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


def _midnight(day: date, zone: tzinfo) -> datetime:
    return at_wall_clock(datetime.combine(day, time()), zone).astimezone(zone)


def _month(day: date, later: int) -> date:
    """The first day of the month that is `later` months on."""
    year, month = divmod(day.year * 12 + day.month - 1 + later, 12)
    return date(year, month + 1, 1)


def _month_period(month: date, end: datetime, zone: tzinfo) -> Period:
    is_over = month < end.date().replace(day=1)
    return Period(_midnight(month, zone), _midnight(_month(month, 1), zone) if is_over else end)


def _local(at: datetime | None, zone: tzinfo) -> datetime | None:
    return at.astimezone(zone) if at else None


def _count(item: Review, workflow: Workflow) -> Counted:
    lead, history, decision = item.lead, item.history, item.decision
    status = canonical(history.standing, workflow.statuses)
    received = received_at(lead, history, workflow)
    return Counted(
        lead_id=printable(lead.id),
        name=cut(printable(lead.name)),
        source=printable(lead.source),
        owner=printable(lead.owner),
        status=status,
        why=printable(decision.why),
        received=received,
        automatic=minutes_between(received, history.sent[0].at if history.sent else None),
        human=minutes_between(received, history.owner_response),
        is_contacted=bool(history.done or history.owner_response),
        is_touched=history.owner_response is not None,
        awaits_follow_up=isinstance(decision, Wait | Send) and decision.step in workflow.steps[1:],
        is_held=isinstance(decision, Hold) and (status != statuses.PAUSED or bool(lead.problem)),
        held_since=_held_since(item, received),
        letters=_letters(item.events),
    )


def _held_since(item: Review, received: datetime | None) -> datetime | None:
    if item.lead.problem:
        return received  # nothing tells when a row went wrong
    if item.history.held:
        return item.history.held.at
    return max((event.at for event in item.events if event.kind is Kind.STATUS), default=received)


def _letters(events: Iterable[Event]) -> tuple[Letter, ...]:
    """The messages of one lead. Repeats of an event (the same Event ID) count once."""
    happened: dict[str, Event] = {}
    for event in sorted(events, key=lambda event: event.at):
        happened.setdefault(event.id, event)
    sent: list[Letter] = []
    unsure: list[Letter] = []
    for event in happened.values():
        match event.kind:
            case Kind.SENT:
                sent.append(Letter(event.step, event.at))
            case Kind.REPLIED if sent:
                sent[-1].replied = True
            case Kind.UNSUBSCRIBED | Kind.COMPLAINED if sent or event.step:
                _meant(event, sent, unsure).unsubscribed = True
            case Kind.RESUBSCRIBED:
                for letter in (*sent, *unsure):
                    letter.unsubscribed = False
            case Kind.BOUNCED if sent or event.step:
                _meant(event, sent, unsure).bounced = True
    return (*sent, *unsure)


def _meant(event: Event, sent: Sequence[Letter], unsure: list[Letter]) -> Letter:
    """The message of the step that an event names, the last one where it names none.

    A step that was refused, or that isn't known to have left, gets a message that doesn't count as sent.
    """
    for letter in reversed((*unsure, *sent)):
        if event.step in ("", letter.step):
            return letter
    unsure.append(Letter(event.step, event.at, sent=False))
    return unsure[-1]
