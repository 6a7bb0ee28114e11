"""The buttons in an owner's mail: what each does to a lead, and who pressed one."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sheetflow.workflow import statuses
from sheetflow.workflow.edits import Edit
from sheetflow.workflow.events import Event, Kind, event_id
from sheetflow.workflow.history import History
from sheetflow.workflow.lead import cell_text
from sheetflow.workflow.sequence import Workflow
from sheetflow.workflow.statuses import canonical

PAUSE = timedelta(days=7)
_PRESSED = " pressed “"


class Action(StrEnum):
    TAKE = "take"
    CALLED = "called"
    NO_LEAD = "no-lead"
    PAUSE = "pause"


LABELS = {
    Action.TAKE: "I’ve got it",
    Action.CALLED: "Call done",
    Action.NO_LEAD: "Not a lead",
    Action.PAUSE: "Pause for a week",
}
SAYS = {
    Action.TAKE: "The lead is yours and its Status becomes In conversation: nothing more is sent by itself.",
    Action.CALLED: "The call is noted and Status becomes In conversation: nothing more is sent by itself.",
    Action.NO_LEAD: "Status becomes Not a lead: nothing is sent, and it isn't counted.",
    Action.PAUSE: "Nothing is sent for a week; then the sequence goes on.",
}
_TOUCHING = (Action.TAKE, Action.CALLED)


@dataclass(frozen=True)
class Press:
    """One button of one mail, pressed by the owner it was written to; `issued` tells mails apart."""

    lead_id: str
    owner: str
    action: Action
    issued: datetime

    def events(self, history: History, at: datetime) -> tuple[Event, ...]:
        """That it was pressed, and that a person was in contact; a second press is the same event."""

        def event(kind: Kind, detail: str) -> Event:
            name = event_id(kind, self.lead_id, self.owner, self.action, self.issued.isoformat())
            return Event(at, self.lead_id, kind, name, detail=detail)

        found = [event(Kind.EDITED, f"{self.owner}{_PRESSED}{LABELS[self.action]}”")]
        if self.action in _TOUCHING and history.owner_response is None:
            found.append(event(Kind.OWNER_RESPONSE, f"{self.owner}: {LABELS[self.action]}"))
        if self.action is Action.TAKE and history.owner.casefold() != self.owner.casefold():
            found.append(event(Kind.ASSIGNED, self.owner))
        return tuple(found)

    def edits(self, history: History, workflow: Workflow) -> tuple[Edit, ...]:
        """What it types into the row; nothing over a word that says more."""
        status = canonical(history.standing, workflow.statuses)
        if self.action is Action.PAUSE:
            until = (workflow.local(self.issued) + PAUSE).date()
            typed = cell_text(history.typed)
            return (Edit(self.lead_id, "next_follow_up", until, typed),)
        word = statuses.NOT_A_LEAD if self.action is Action.NO_LEAD else statuses.IN_CONVERSATION
        is_further = (
            status in (statuses.IN_CONVERSATION, statuses.BOOKED) and self.action is not Action.NO_LEAD
        )
        if status == word or is_further or status not in statuses.OPEN:
            return ()
        return (Edit(self.lead_id, "status", word, history.standing),)


def presses(events: tuple[Event, ...]) -> list[Event]:
    """Every press of a button of this lead, in order; the Detail says who and which."""
    return [event for event in events if event.kind is Kind.EDITED and _PRESSED in event.detail]
