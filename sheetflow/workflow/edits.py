"""What people did to a row since sheetflow last wrote it, as events."""

from datetime import date, datetime

from sheetflow.workflow import statuses
from sheetflow.workflow.details import moment_detail, status_detail, was
from sheetflow.workflow.events import Event, Kind, event_id
from sheetflow.workflow.history import History
from sheetflow.workflow.lead import Cell, Lead, cell_text
from sheetflow.workflow.sequence import Workflow
from sheetflow.workflow.tracked import Snapshot, Suppression
from sheetflow.workflow.typed import read_date

_RESUMING = (*statuses.MOVING, statuses.SEND_AGAIN)
_SUPPRESSING = (statuses.DO_NOT_CONTACT, statuses.UNSUBSCRIBED, statuses.BOUNCED)


def find_edits(
    lead: Lead, history: History, workflow: Workflow, now: datetime, *, day_first: bool
) -> tuple[Event, ...]:
    """Shared cells that differ from the row's mark, each an event at `now`.

    A mark of another row says nothing, and what is on record already isn't recorded again.
    """
    if lead.mark.lead_id != lead.id:
        return ()
    events: list[Event] = []
    count = history.edits

    def add(kind: Kind, detail: str, what: str) -> None:
        events.append(Event(now, lead.id, kind, event_id(kind, lead.id, str(count), what), detail=detail))

    status = cell_text(lead.status)
    if _is_new_word(lead, history):
        add(Kind.STATUS, status_detail(status, was(lead.mark.status)), status)
        meant = statuses.canonical(status, workflow.statuses)
        if meant in statuses.OWNER_ANSWERED and history.owner_response is None:
            add(Kind.OWNER_RESPONSE, f"set to {status}", "")
        shown = statuses.canonical(lead.mark.status, workflow.statuses)
        if history.held and shown == statuses.NEEDS_ATTENTION and meant in _RESUMING:
            events.append(_resumed(lead, history, history.held.step, meant, now))
    if lead.owner.strip() not in ("", lead.mark.owner, history.owner):
        add(Kind.ASSIGNED, lead.owner.strip(), lead.owner)
    moment = typed_follow_up(lead, workflow, now, day_first=day_first)
    if moment is not None and moment != history.typed:
        add(Kind.RESCHEDULED, moment_detail(moment), cell_text(lead.next_follow_up))
    return tuple(events)


def typed_cells(lead: Lead, workflow: Workflow, now: datetime, *, day_first: bool) -> dict[str, Cell]:
    """The shared cells that a person typed and that are understood, as they stand, on record or not."""
    if lead.mark.lead_id != lead.id:
        return {}
    typed: dict[str, Cell] = {}
    if cell_text(lead.status) != lead.mark.status:
        typed["status"] = lead.status
    if lead.owner.strip() not in ("", lead.mark.owner):
        typed["owner"] = lead.owner
    if typed_follow_up(lead, workflow, now, day_first=day_first) is not None:
        typed["next_follow_up"] = lead.next_follow_up
    return typed


def _is_new_word(lead: Lead, history: History) -> bool:
    """Whether a person typed Status since the last word on record.

    That word may be on record while the row never got it as its baseline: the person typed again in that
    moment, or the run ended before it wrote the row.
    """
    status = cell_text(lead.status)
    if history.word is not None and history.note == was(lead.mark.status):
        return status not in (history.word, history.standing)
    return status != lead.mark.status


def _resumed(lead: Lead, history: History, step: str, meant: str, at: datetime) -> Event:
    """Names the attempt that the word is about, which a clock can't do."""
    last = history.last_attempt(step)
    number = last.number if last else 0
    name = f"{Kind.RESUMED}:{lead.id}:{step}:{meant}:{number}"
    return Event(at, lead.id, Kind.RESUMED, name, step, meant)


def typed_follow_up(
    lead: Lead, workflow: Workflow, now: datetime, *, day_first: bool
) -> date | datetime | None:
    """The Next follow-up a person typed, None where nothing was typed or it isn't understood."""
    if cell_text(lead.next_follow_up) in ("", lead.mark.next_follow_up):
        return None
    return read_date(lead.next_follow_up, day_first=day_first, today=workflow.local(now).date())


def is_misunderstood(lead: Lead, workflow: Workflow, now: datetime, *, day_first: bool) -> bool:
    """Whether Next follow-up holds a person's words that can't be read as a date."""
    text = cell_text(lead.next_follow_up)
    return (
        text not in ("", lead.mark.next_follow_up)
        and typed_follow_up(lead, workflow, now, day_first=day_first) is None
    )


def new_suppression(
    events: tuple[Event, ...], lead: Lead, workflow: Workflow, snapshot: Snapshot
) -> tuple[Suppression, ...]:
    """An owner's "Do not contact" holds for the address, whatever row it stands in later."""
    for event in events:
        if event.kind is not Kind.STATUS or not lead.email or snapshot.suppression(lead.email):
            continue
        meant = statuses.canonical(cell_text(lead.status), workflow.statuses)
        if meant in _SUPPRESSING:
            return (snapshot.suppress(lead.email, f"{meant}, set by hand", event.at),)
    return ()
