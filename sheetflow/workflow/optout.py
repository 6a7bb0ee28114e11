"""What a person chose by the link in a message: no more mail, or, soon after, mail again after all."""

from dataclasses import dataclass
from datetime import datetime

from sheetflow.workflow.events import Event, Kind, event_id
from sheetflow.workflow.history import fold
from sheetflow.workflow.review import Case
from sheetflow.workflow.sequence import Workflow

BY_LINK = "unsubscribed by link"  # the reason of the suppression; an undo lifts no other one

UNDONE = "undone on the page"

_OPTED_OUT = (Kind.UNSUBSCRIBED, Kind.COMPLAINED)
_LIFTING = (Kind.RESUBSCRIBED, Kind.STATUS)


@dataclass(frozen=True)
class OptOut:
    """`address` is the hash of the address that the message went to; `at` is aware UTC.

    It is known by that hash alone: the lead may be gone by now, or have a corrected address.
    """

    lead_id: str
    address: str
    at: datetime
    is_undone: bool = False


def may_undo(case: Case, workflow: Workflow) -> bool:
    """A complaint that came since weighs more."""
    stopped = fold(case.events, workflow, case.suppressed).stopped
    return stopped is None or stopped.kind is not Kind.COMPLAINED


def event_of(choice: OptOut, case: Case, workflow: Workflow) -> Event | None:
    """None if the lead stands already as the person wants it."""
    history = fold(case.events, workflow, case.suppressed)
    stopped = history.stopped.kind if history.stopped else None
    kind = Kind.RESUBSCRIBED if choice.is_undone else Kind.UNSUBSCRIBED
    is_barred = stopped in _OPTED_OUT and case.suppressed  # not if Email was corrected since
    is_undoable = stopped is Kind.UNSUBSCRIBED or case.suppressed == BY_LINK
    if not is_undoable if choice.is_undone else is_barred:
        return None
    # The same choice read twice is one event; after an undo or an owner's word it is another one.
    since = sum(event.kind in _LIFTING for event in case.events)
    name = event_id(kind, case.lead.id, choice.address, choice.at.isoformat(), str(since))
    detail = UNDONE if choice.is_undone else "by the link in a message"
    return Event(history.stamp(choice.at), case.lead.id, kind, name, detail=detail)
