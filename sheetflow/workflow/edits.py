"""What a person typed into a lead's cell, in the Sheet, on a page or by a command, as events."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sheetflow.workflow import statuses
from sheetflow.workflow.columns import BY_FIELD
from sheetflow.workflow.details import edit_detail, misunderstood_detail, moment_detail, status_detail, was
from sheetflow.workflow.events import Event, Kind, event_id
from sheetflow.workflow.history import History
from sheetflow.workflow.lead import Cell, Lead, cell_text
from sheetflow.workflow.sequence import Workflow
from sheetflow.workflow.typed import read_date

SUPPRESSING = (statuses.DO_NOT_CONTACT, statuses.UNSUBSCRIBED, statuses.BOUNCED)

_RESUMING = (*statuses.MOVING, statuses.SEND_AGAIN)


@dataclass(frozen=True)
class Edit:
    """`value` typed over `shown`, which is what the cell held when sheetflow and the person last agreed."""

    lead_id: str
    field: str
    value: Cell
    shown: str = ""


def may_send(edit: Edit, workflow: Workflow) -> bool:
    """Whether its word or date could let a message leave that wouldn't leave without it."""
    if edit.field == "status":
        return statuses.canonical(cell_text(edit.value), workflow.statuses) in _RESUMING
    return edit.field == "next_follow_up"


def in_order(edits: Iterable[Edit]) -> list[Edit]:
    """Status last: what its word means may depend on the others, as New does on a corrected Email."""
    return sorted(edits, key=lambda edit: edit.field == "status")


def events_of(
    edit: Edit, lead: Lead, history: History, workflow: Workflow, at: datetime, *, day_first: bool
) -> tuple[Event, ...]:
    """What an edit adds to the lead's events at `at`; nothing if it changes nothing.

    `day_first` decides what 03/04 means.
    """
    text = cell_text(edit.value)

    def event(kind: Kind, detail: str) -> Event:
        name = event_id(kind, lead.id, str(history.edits), edit.field, text)
        return Event(at, lead.id, kind, name, detail=detail)

    match edit.field:
        case "status":
            said = event(Kind.STATUS, status_detail(text, was(edit.shown)))
            return (said, *_consequences(edit, lead, history, workflow, at))
        case "owner":
            return (event(Kind.ASSIGNED, text),)
        case "next_follow_up":
            detail = _rescheduled(edit, history, workflow, at, day_first=day_first)
            return () if detail is None else (event(Kind.RESCHEDULED, detail),)
        case "notes":
            return ()  # kept, and nobody's business but the people's
    before = getattr(lead, edit.field)
    if text == before.strip():
        return ()
    return (event(Kind.EDITED, edit_detail(BY_FIELD[edit.field].header, text, before)),)


def _consequences(
    edit: Edit, lead: Lead, history: History, workflow: Workflow, at: datetime
) -> tuple[Event, ...]:
    """What a status word says besides itself."""
    meant = statuses.canonical(cell_text(edit.value), workflow.statuses)
    shown = statuses.canonical(edit.shown, workflow.statuses)
    found = []
    if meant in statuses.OWNER_ANSWERED and history.owner_response is None:
        name = event_id(Kind.OWNER_RESPONSE, lead.id, str(history.edits))
        found.append(Event(at, lead.id, Kind.OWNER_RESPONSE, name, detail=f"set to {meant}"))
    if history.held and shown == statuses.NEEDS_ATTENTION and meant in _RESUMING:
        found.append(_resumed(lead, history, history.held.step, meant, at))
    return tuple(found)


def _resumed(lead: Lead, history: History, step: str, meant: str, at: datetime) -> Event:
    """Names the attempt that the word is about, which a clock can't do."""
    last = history.last_attempt(step)
    number = last.number if last else 0
    name = f"{Kind.RESUMED}:{lead.id}:{step}:{meant}:{number}"
    return Event(at, lead.id, Kind.RESUMED, name, step, meant)


def _rescheduled(
    edit: Edit, history: History, workflow: Workflow, at: datetime, *, day_first: bool
) -> str | None:
    """The Detail of the event; None for no event."""
    text = cell_text(edit.value)
    if not text:
        return misunderstood_detail("") if history.misunderstood else None  # emptied, it changes nothing
    moment = read_date(edit.value, day_first=day_first, today=workflow.local(at).date())
    if moment is None:
        return misunderstood_detail(text)
    return None if moment == history.typed else moment_detail(moment)
