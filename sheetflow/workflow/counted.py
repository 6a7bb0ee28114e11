"""What a report counts of each lead: how it stands, how fast it was answered, what its messages brought."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sheetflow.workflow import statuses
from sheetflow.workflow.answering import minutes_between, received_at
from sheetflow.workflow.decide import Hold, Send, Wait
from sheetflow.workflow.events import Event, Kind
from sheetflow.workflow.lead import Lead
from sheetflow.workflow.numbers import cut, printable
from sheetflow.workflow.review import Review, review
from sheetflow.workflow.sequence import Workflow
from sheetflow.workflow.statuses import canonical
from sheetflow.workflow.tracked import Snapshot

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
