"""What a person chose by the link in a message: no more mail, or, soon after, mail again after all."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from sheetflow.workflow.events import Event, Kind, event_id
from sheetflow.workflow.history import fold
from sheetflow.workflow.lead import suppression_hash
from sheetflow.workflow.review import review, row_of
from sheetflow.workflow.sequence import Workflow
from sheetflow.workflow.tracked import SALT, Changes, Snapshot, Suppression, join

BY_LINK = "unsubscribed by link"  # as Suppressed says it; an undo lifts no other line

_OPTED_OUT = (Kind.UNSUBSCRIBED, Kind.COMPLAINED)
_LIFTING = (Kind.RESUBSCRIBED, Kind.STATUS)


@dataclass(frozen=True)
class OptOut:
    """`address` is what Suppressed holds of the address that the message went to; `at` is aware UTC.

    It is known by that hash alone: the row may be gone by now, or hold a corrected address.
    """

    lead_id: str
    address: str
    at: datetime
    is_undone: bool = False

    def concerns(self, lead_id: str, email: str, salt: str) -> bool:
        """Whether a row is the one the message was about, or one with the address it went to."""
        return lead_id == self.lead_id or (
            bool(email.strip()) and suppression_hash(email, salt) == self.address
        )


def obey(choice: OptOut, snapshot: Snapshot, workflow: Workflow) -> Changes:
    """The line on Suppressed and an event for every row concerned; nothing of what is there already.

    The rows themselves follow with the next look at the leads.
    """
    line = snapshot.suppressed.get(choice.address)
    if not choice.is_undone:
        suppress = () if line else (Suppression(choice.address, BY_LINK, choice.at),)
        return Changes(events=_events(choice, snapshot, workflow), suppress=suppress)
    if line and line.reason != BY_LINK:
        return Changes()  # a bounce, the owner's word: not the person's to lift
    return Changes(events=_events(choice, snapshot, workflow), lift=(choice.address,) if line else ())


def obey_at_once(choice: OptOut, snapshot: Snapshot, workflow: Workflow) -> Changes:
    """The same with the rows: a claim that was planned before finds another Status, and is given back."""
    changes = obey(choice, snapshot, workflow)
    after = snapshot.after(changes)
    by_lead = _by_lead(after)
    parts = [changes]
    for lead_id in {event.lead_id: None for event in changes.events}:
        lead = next(lead for lead in snapshot.leads if lead.id == lead_id)
        reviewed = review(lead, by_lead[lead_id], after, workflow, choice.at, "")
        row = row_of(reviewed, after, workflow, choice.at)
        parts += [reviewed.new, Changes(rows=(row,) if row else ())]
    return join(parts)


def _events(choice: OptOut, snapshot: Snapshot, workflow: Workflow) -> tuple[Event, ...]:
    salt, by_lead = snapshot.control.get(SALT, ""), _by_lead(snapshot)
    concerned = (lead for lead in snapshot.leads if choice.concerns(lead.id, lead.email, salt))
    events = (_event(choice, lead.id, by_lead[lead.id], workflow) for lead in concerned)
    return tuple(event for event in events if event)


def _event(choice: OptOut, lead_id: str, events: list[Event], workflow: Workflow) -> Event | None:
    """None where the lead stands already as the person wants it."""
    history = fold(events, workflow)
    stopped = history.stopped.kind if history.stopped else None
    kind = Kind.RESUBSCRIBED if choice.is_undone else Kind.UNSUBSCRIBED
    if stopped is not Kind.UNSUBSCRIBED if choice.is_undone else stopped in _OPTED_OUT:
        return None
    # The same choice read twice is one event; after an undo or an owner's word it is another one.
    since = sum(event.kind in _LIFTING for event in events)
    name = event_id(kind, lead_id, choice.address, choice.at.isoformat(), str(since))
    detail = "undone on the page" if choice.is_undone else "by the link in a message"
    return Event(history.stamp(choice.at), lead_id, kind, name, detail=detail)


def _by_lead(snapshot: Snapshot) -> dict[str, list[Event]]:
    found: dict[str, list[Event]] = defaultdict(list)
    for event in snapshot.events:
        found[event.lead_id].append(event)
    return found
