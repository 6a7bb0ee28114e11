"""One lead recovered from its row and its lines of Activity: the stricter of the two counts."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sheetflow.workflow import statuses
from sheetflow.workflow.calendar import at_wall_clock, opening_of
from sheetflow.workflow.columns import LEAD_FIELDS
from sheetflow.workflow.decide import FINISHED, Decision, Send, Wait
from sheetflow.workflow.details import moment_detail, status_detail, was
from sheetflow.workflow.edits import SUPPRESSING
from sheetflow.workflow.events import Claim, Event, Kind, event_id
from sheetflow.workflow.history import History, fold
from sheetflow.workflow.lead import Cell, Lead, Row, cell_text
from sheetflow.workflow.review import Case, review
from sheetflow.workflow.sequence import Workflow
from sheetflow.workflow.statuses import canonical

ATTEMPT = 1  # the number that a step gets of which the row alone says that it was sent
BACK = "its row came back; set New or Following up to go on"


@dataclass(frozen=True)
class Trace:
    """What is left of a lead: its row (None if there is none), its events, and the ledger's own lead.

    `lost`: lines of it in Activity can't be read any more.
    """

    lead_id: str
    row: Row | None
    events: tuple[Event, ...]
    lead: Lead | None = None
    suppressed: str = ""
    lost: int = 0


@dataclass(frozen=True)
class Recovered:
    """`new` are events that row and Activity imply. `told` names what they disagree about, or is empty.

    `suppresses`: what the row's Status means, if it bars the address and no line of Activity says so.
    """

    lead: Lead
    new: tuple[Event, ...]
    told: str = ""
    suppresses: str = ""


def recover(trace: Trace, workflow: Workflow, now: datetime) -> Recovered:
    history = fold(trace.events, workflow, trace.suppressed)
    lead = _lead(trace, workflow)
    if history.is_deleted and trace.row is None:
        return Recovered(lead, ())
    at = history.stamp(now)
    new = [*_received(lead, history, now), *_sent(trace, history, workflow, at)]
    doubts = list(_doubts(trace, history, workflow, new))
    new += _owner(trace, history, at)
    word, told = _word(trace, history, workflow, doubts)
    if word:
        note = f"restored: {told}" if word == statuses.PAUSED else was(history.standing)
        name = event_id(Kind.STATUS, lead.id, "restored", word, told)
        new.append(Event(at, lead.id, Kind.STATUS, name, detail=status_detail(word, note)))
    new += _rescheduled(trace, lead, new, workflow, at)
    meant = canonical(word, workflow.statuses)
    suppresses = meant if meant in SUPPRESSING else ""
    return Recovered(lead, tuple(new), f"{lead.id}: {told}" if told else "", suppresses or "")


def _lead(trace: Trace, workflow: Workflow) -> Lead:
    """As the row has it, else as the ledger or Activity does."""
    before = trace.lead or Lead(id=trace.lead_id, **_told(trace.events))
    if trace.row is None:
        return before
    row = trace.row
    said: dict[str, Any] = {
        name: cell_text(row[name]) for name in (*LEAD_FIELDS, "notes", "details") if name in row
    }
    is_finished = before.is_finished or f"{FINISHED}:" in cell_text(row.get("why"))
    received = _arrival(row.get("received"), trace, workflow) or before.received
    return replace(before, **said, received=received, is_finished=is_finished)


def _arrival(cell: Cell, trace: Trace, workflow: Workflow) -> datetime | None:
    """To the millisecond if the event of that very second says so."""
    arrived = min((event.at for event in trace.events if event.kind is Kind.RECEIVED), default=None)
    if not isinstance(cell, datetime):
        return arrived
    if arrived and workflow.local(arrived) == cell.replace(microsecond=0):
        return arrived
    return at_wall_clock(cell, workflow.business.zone)


def _told(events: Iterable[Event]) -> dict[str, Any]:
    """What an enquiry said, from the Detail of its event; nothing that stands there twice."""
    detail = "\n".join(event.detail for event in events if event.kind is Kind.RECEIVED)
    parts = [line.partition(": ") for line in detail.split("\n")]
    named = [(name, value) for name, colon, value in parts if colon and name in LEAD_FIELDS]
    names = [name for name, _ in named]
    return {name: value for name, value in named if names.count(name) == 1}


def _received(lead: Lead, history: History, now: datetime) -> Iterator[Event]:
    if history.received is None:
        name = event_id(Kind.RECEIVED, lead.id, "restored")
        told = "\n".join(f"{name}: {getattr(lead, name)}" for name in LEAD_FIELDS if getattr(lead, name))
        yield Event(min(lead.received or now, now), lead.id, Kind.RECEIVED, name, detail=told)


def _sent(trace: Trace, history: History, workflow: Workflow, at: datetime) -> list[Event]:
    """The steps that the row says were sent, and Activity doesn't."""
    row = trace.row or {}
    count, last = row.get("emails_sent"), cell_text(row.get("last_step"))
    names = [step.name for step in (*workflow.steps, *workflow.nurture)]
    known = {*history.done, *(event.step for event in history.sent)}
    upto = names[: names.index(last) + 1] if last in names else []
    lacking = [name for name in upto if name not in known] if last not in known else []
    others = [name for name in names if name not in known and name not in lacking]
    missing = int(count) - len(history.sent) - len(lacking) if isinstance(count, (int, float)) else 0
    lacking += others[: max(0, missing)]
    contact = row.get("last_contact")
    when = at_wall_clock(contact, workflow.business.zone) if isinstance(contact, datetime) else at
    steps = sorted(lacking, key=names.index)
    return [Claim(trace.lead_id, step, ATTEMPT).event(Kind.SENT, min(when, at), "restored") for step in steps]


def _owner(trace: Trace, history: History, at: datetime) -> Iterator[Event]:
    owner = cell_text((trace.row or {}).get("owner"))
    if trace.row and "owner" in trace.row and owner and owner != history.owner:
        name = event_id(Kind.ASSIGNED, trace.lead_id, str(history.edits), "restored")
        yield Event(at, trace.lead_id, Kind.ASSIGNED, name, detail=owner)


def _doubts(trace: Trace, history: History, workflow: Workflow, new: Sequence[Event]) -> Iterator[str]:
    """What row and Activity disagree about, but for the Status."""
    if trace.row is None:
        yield "its row is missing"
    if history.received is None:
        yield "Activity doesn't say when it came"
    if trace.lost:
        yield f"{trace.lost} of its lines in Activity can't be read"
    steps = [event.step for event in new if event.kind is Kind.SENT]
    if steps:
        yield f"its row says that {', '.join(steps)} was sent, Activity doesn't"


def _word(trace: Trace, history: History, workflow: Workflow, doubts: list[str]) -> tuple[str, str]:
    """The Status that a lead gets (empty: the one that it has stays), and what is said about it."""
    standing = history.standing
    typed = cell_text((trace.row or {}).get("status", standing))
    meant, said = (canonical(word, workflow.statuses) for word in (standing, typed))
    is_same = typed == standing or (meant is not None and said == meant)
    if history.is_deleted:
        return statuses.PAUSED, BACK
    if not is_same:
        doubts.append(f'its row says "{typed}", Activity "{standing}"')
    if not doubts:
        return "", ""
    told = "; ".join(doubts)
    if meant in SUPPRESSING:
        return "", told
    if not is_same and _is_strict(typed, workflow):
        return typed, told
    return ("", told) if is_same and _is_strict(standing, workflow) else (statuses.PAUSED, told)


def _is_strict(word: str, workflow: Workflow) -> bool:
    """Whether a lead with this word waits for its owner, whatever else is the case."""
    meant = canonical(word, workflow.statuses)
    return meant is None or meant in statuses.STOPPED


def _rescheduled(
    trace: Trace, lead: Lead, new: Sequence[Event], workflow: Workflow, at: datetime
) -> Iterator[Event]:
    """A date that is later than sheetflow would have it was typed, and not taken in any more."""
    typed = (trace.row or {}).get("next_follow_up")
    if not isinstance(typed, date):
        return
    due = _moment(typed, workflow)
    case = Case(lead, (*trace.events, *new), trace.suppressed)
    found = review(case, workflow, at)
    shown = _shown(found.decision, found.history, workflow)
    if due > at and (shown is None or due > shown):
        name = event_id(Kind.RESCHEDULED, lead.id, str(found.history.edits), "restored")
        yield Event(at, lead.id, Kind.RESCHEDULED, name, detail=moment_detail(typed))


def _shown(decision: Decision, history: History, workflow: Workflow) -> datetime | None:
    if isinstance(decision, Wait) and decision.at:
        return decision.at
    if isinstance(decision, Send):
        return decision.due
    return _moment(history.typed, workflow) if history.typed else None


def _moment(typed: date | datetime, workflow: Workflow) -> datetime:
    """A date alone means the opening of its day."""
    if isinstance(typed, datetime):
        return at_wall_clock(typed, workflow.business.zone)
    return opening_of(typed, workflow.window, workflow.business.zone)
