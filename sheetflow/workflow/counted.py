"""What a report counts of each lead: how it stands, how fast it was answered, what its messages brought."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from sheetflow.workflow import statuses
from sheetflow.workflow.answers import choose
from sheetflow.workflow.decide import Decision, Hold, Send, Wait
from sheetflow.workflow.events import Event, Kind
from sheetflow.workflow.history import History
from sheetflow.workflow.lead import Lead
from sheetflow.workflow.numbers import cut, printable
from sheetflow.workflow.projection import minutes_between
from sheetflow.workflow.promise import is_unanswered
from sheetflow.workflow.sequence import Workflow
from sheetflow.workflow.statuses import canonical

_CLOSED = frozenset(statuses.STATUSES) - statuses.OPEN - statuses.UNCOUNTED


@dataclass
class Letter:
    """A message of the sequence, and what came back before the next one left."""

    step: str
    at: datetime
    variant: str = ""  # of the template, if there are two
    sent: bool = True  # False: refused, or not known to have left
    replied: bool = False
    unsubscribed: bool = False  # complaints too
    bounced: bool = False


@dataclass(frozen=True)
class Counted:
    """What is counted of one lead, kept beside it. Date-times are UTC; texts are one line, safe to print."""

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
    phone: str = ""
    is_unanswered: bool = False  # nobody has answered in the time that was promised
    replied_since: datetime | None = None  # the first reply since a person last had to do with it
    bounced_since: datetime | None = None  # no mail reaches it, and no person has been in contact

    @property
    def needs_person(self) -> bool:
        return (
            self.is_held
            or self.is_unanswered
            or self.status == statuses.REPLIED
            or self.bounced_since is not None
        )

    @property
    def waits_since(self) -> datetime | None:
        """Since when it needs a person, for whichever reason came first."""
        reasons = (
            self.held_since if self.is_held else None,
            self.received if self.is_unanswered else None,
            self.replied_since if self.status == statuses.REPLIED else None,
            self.bounced_since,
        )
        return min(filter(None, reasons), default=self.received)

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


def count(
    lead: Lead, events: Sequence[Event], history: History, decision: Decision, workflow: Workflow
) -> Counted:
    """The lead as it stands after all its `events`."""
    status = canonical(history.standing, workflow.statuses)
    is_lost = status == statuses.BOUNCED and history.owner_response is None
    return Counted(
        lead_id=printable(lead.id),
        name=cut(printable(lead.name)),
        source=printable(lead.source),
        owner=printable(history.owner or lead.owner),
        status=status,
        why=printable(decision.why),
        received=lead.received,
        automatic=minutes_between(lead.received, history.sent[0].at if history.sent else None),
        human=minutes_between(lead.received, history.owner_response),
        is_contacted=bool(history.done or history.owner_response),
        is_touched=history.owner_response is not None,
        awaits_follow_up=isinstance(decision, Wait | Send) and decision.step in workflow.steps[1:],
        is_held=isinstance(decision, Hold) and (status != statuses.PAUSED or bool(lead.problem)),
        held_since=_held_since(lead, events, history),
        letters=_with_variants(_letters(events), lead, history, workflow),
        phone=cut(printable(lead.phone)),
        is_unanswered=is_unanswered(history, workflow),
        replied_since=_replied_since(events),
        bounced_since=_bounced_since(lead, events) if is_lost else None,
    )


def to_json(counted: Counted) -> dict[str, Any]:
    """Times become ISO 8601 text."""
    found: dict[str, Any] = _texts(asdict(counted))
    return found


def from_json(found: Mapping[str, Any]) -> Counted:
    letters = tuple(Letter(**{**letter, "at": _time(letter["at"])}) for letter in found["letters"])
    times = {
        name: _time(found.get(name)) for name in ("received", "held_since", "replied_since", "bounced_since")
    }
    return Counted(**{**found, **times, "letters": letters})


def _texts(value: Any) -> Any:
    match value:
        case datetime():
            return value.isoformat()
        case dict():
            return {name: _texts(one) for name, one in value.items()}
        case list() | tuple():
            return [_texts(one) for one in value]
    return value


def _time(text: str | None) -> Any:
    return text and datetime.fromisoformat(text)


def _held_since(lead: Lead, events: Iterable[Event], history: History) -> datetime | None:
    if lead.problem:
        return lead.received  # nothing tells when a row went wrong
    if history.held:
        return history.held.at
    return max((event.at for event in events if event.kind is Kind.STATUS), default=lead.received)


def _replied_since(events: Iterable[Event]) -> datetime | None:
    since = None
    for event in sorted(events, key=lambda event: event.at):
        if event.kind in (Kind.STATUS, Kind.OWNER_RESPONSE):
            since = None
        elif event.kind is Kind.REPLIED:
            since = since or event.at
    return since


def _bounced_since(lead: Lead, events: Iterable[Event]) -> datetime | None:
    """An address that was corrected may have bounced too. Repeats of an event count once."""
    first: dict[str, datetime] = {}
    for event in sorted(events, key=lambda event: event.at):
        if event.kind is Kind.BOUNCED:
            first.setdefault(event.id, event.at)
    return max(first.values(), default=lead.received)


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


def _with_variants(
    letters: Iterable[Letter], lead: Lead, history: History, workflow: Workflow
) -> tuple[Letter, ...]:
    def variant(letter: Letter) -> str:
        step = workflow.step(letter.step)
        return choose(step.template, lead.id, history.qualified, workflow, letter.at).variant if step else ""

    return tuple(replace(letter, variant=variant(letter)) for letter in letters)


def _meant(event: Event, sent: Sequence[Letter], unsure: list[Letter]) -> Letter:
    """The message of the step that an event names, the last one where it names none.

    A step that was refused, or that isn't known to have left, gets a message that doesn't count as sent.
    """
    for letter in reversed((*unsure, *sent)):
        if event.step in ("", letter.step):
            return letter
    unsure.append(Letter(event.step, event.at, sent=False))
    return unsure[-1]
