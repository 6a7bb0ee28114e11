"""Rows that a person typed or pasted become leads, once nobody is typing into them any more."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from sheetflow.workflow import statuses, tracked
from sheetflow.workflow.details import status_detail
from sheetflow.workflow.enquiry import TYPED_IN
from sheetflow.workflow.events import Event, Kind, event_id
from sheetflow.workflow.lead import Lead, Mark
from sheetflow.workflow.routing import assign
from sheetflow.workflow.sequence import Workflow
from sheetflow.workflow.tracked import Changes, HandTyped, Snapshot, join

SOURCE = "Sheet"
WORD = "typed by hand; set New to start"
MOST_REMEMBERED = 2_000  # rows at a time; the others wait for their turn


def adopt(snapshot: Snapshot, workflow: Workflow, now: datetime, new_id: Callable[[], str]) -> Changes:
    """Adopts rows that look as they did at the last run, and remembers the others for the next.

    A lead's row whose Lead ID was emptied gets it back.
    """
    line = snapshot.control.get(tracked.BY_HAND, "")
    seen = set(line.split())
    rows = snapshot.typed_by_hand
    fresh = [row.looks for row in rows if row.looks not in seen][:MOST_REMEMBERED]
    remembered = " ".join(dict.fromkeys(fresh))
    control = {tracked.BY_HAND: remembered} if remembered != line else {}
    parts = [Changes(control=control)]
    taken = {lead.id for lead in snapshot.leads}
    for row in rows:
        if row.looks in seen:
            is_known = bool(row.was) and row.was not in taken
            parts.append(_given_back(row) if is_known else _adopted(row, workflow, now, new_id()))
            taken.add(row.was)
    return join(parts)


def _given_back(row: HandTyped) -> Changes:
    return Changes(adopted=(replace(row, lead=replace(row.lead, id=row.was)),))


def _adopted(row: HandTyped, workflow: Workflow, now: datetime, lead_id: str) -> Changes:
    typed = row.lead
    owner = typed.owner.strip() or assign(typed, workflow)
    lead = replace(
        typed,
        id=lead_id,
        received=typed.received or workflow.local(now),
        status=_status(typed, workflow),
        source=typed.source or SOURCE,
        owner=owner,
        emails_sent=0,
        why=f"{statuses.PAUSED}: {WORD}.",
        mark=Mark(lead_id, statuses.PAUSED, owner),
    )
    events = [
        Event(now, lead_id, Kind.RECEIVED, event_id(Kind.RECEIVED, lead_id), detail=_detail(typed)),
        Event(
            now,
            lead_id,
            Kind.STATUS,
            event_id(Kind.STATUS, lead_id, WORD),
            detail=status_detail(statuses.PAUSED, WORD),
        ),
    ]
    if owner:
        assigned = event_id(Kind.ASSIGNED, lead_id)
        events.append(Event(now, lead_id, Kind.ASSIGNED, assigned, detail=owner))
    return Changes(events=tuple(events), adopted=(replace(row, lead=lead),))


def _detail(typed: Lead) -> str:
    email = typed.email.strip()
    return f"{TYPED_IN}\nemail: {email}" if email else TYPED_IN


def _status(typed: Lead, workflow: Workflow) -> str:
    """Paused; a word that stops sending anyway stays, and the next run obeys it."""
    meant = statuses.canonical(typed.status, workflow.statuses)
    return typed.status if meant in statuses.STOPPED else statuses.PAUSED
