"""The promise that a person answers within minutes of working time, and who is told if nobody does."""

from dataclasses import dataclass
from datetime import datetime

from sheetflow.workflow import statuses
from sheetflow.workflow.calendar import after_open_time, next_open
from sheetflow.workflow.decide import some
from sheetflow.workflow.details import split_word, status_detail
from sheetflow.workflow.events import Event, Kind, event_id
from sheetflow.workflow.history import History
from sheetflow.workflow.lead import Lead
from sheetflow.workflow.routing import Turns, next_in_line
from sheetflow.workflow.sequence import Workflow
from sheetflow.workflow.statuses import canonical

# A person has to do with the lead already, or has said that it can wait.
_WAITING = statuses.OPEN - {statuses.PAUSED, *statuses.OWNER_ANSWERED}
THE_BUSINESS = "the business"  # its own address, the last one that is told


@dataclass(frozen=True)
class Missed:
    """`name` is told now: an owner, or `THE_BUSINESS`. With `takes_over` the lead is theirs from now on."""

    event: Event
    name: str
    takes_over: bool = False

    @property
    def events(self) -> tuple[Event, ...]:
        """With the one that gives the lead to another owner."""
        if not self.takes_over:
            return (self.event,)
        name = event_id(Kind.ASSIGNED, self.event.lead_id, self.event.id)
        return (self.event, Event(self.event.at, self.event.lead_id, Kind.ASSIGNED, name, detail=self.name))


def is_unanswered(history: History, workflow: Workflow) -> bool:
    """Whether the promise was broken, and a person has to answer still."""
    return bool(history.missed) and _is_owed(history, workflow)


def _is_owed(history: History, workflow: Workflow) -> bool:
    is_over = history.is_deleted or history.owner_response or history.suppressed
    return not is_over and canonical(history.standing, workflow.statuses) in _WAITING


def answer_by(lead: Lead, history: History, workflow: Workflow) -> datetime | None:
    """By when a person must have answered, or the next one is told; None if nobody has to."""
    is_owed = _is_owed(history, workflow) and THE_BUSINESS not in told(history)
    if not is_owed or history.received is None:
        return None
    window, zone = workflow.window, workflow.business.zone
    # Counted from the arrival, each time anew: a lead of the night waits for the opening.
    needed = workflow.sending.sla * (len(history.missed) + 1)
    return after_open_time(next_open(history.received, window, zone), needed, window, zone)


def missed(lead: Lead, history: History, workflow: Workflow, turns: Turns, now: datetime) -> Missed | None:
    """Who is told at `now` (aware) that nobody has answered; None if that isn't so."""
    by = answer_by(lead, history, workflow)
    if by is None or now < by:
        return None
    known = (lead.owner, *history.owners, *told(history))
    following = next_in_line(known, lead, history.qualified, workflow, turns, now)
    name = following.name if following else THE_BUSINESS
    minutes = int(workflow.sending.sla.total_seconds() // 60) * (len(history.missed) + 1)
    detail = status_detail(name, f"nobody has answered for {some(minutes, 'minute')}")
    number = event_id(Kind.SLA_MISSED, lead.id, str(len(history.missed)))
    event = Event(history.stamp(now), lead.id, Kind.SLA_MISSED, number, detail=detail)
    return Missed(event, name, workflow.rules.reassign and following is not None)


def told(history: History) -> list[str]:
    """Who was told so far that nobody has answered."""
    return [split_word(event.detail)[0] for event in history.missed]
