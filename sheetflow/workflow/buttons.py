"""The buttons in an owner's mail: what each does to a lead, and who pressed one."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from sheetflow.workflow import statuses
from sheetflow.workflow.drafts import waits_until
from sheetflow.workflow.edits import Edit
from sheetflow.workflow.events import Event, Kind, event_id
from sheetflow.workflow.history import History
from sheetflow.workflow.lead import cell_text
from sheetflow.workflow.qualified import Qualified
from sheetflow.workflow.sequence import Workflow
from sheetflow.workflow.statuses import canonical

PAUSE = timedelta(days=7)
_PRESSED = " pressed “"


class Action(StrEnum):
    TAKE = "take"
    CALLED = "called"
    NO_LEAD = "no-lead"
    PAUSE = "pause"
    AS_IT_IS = "as-it-is"
    WITHOUT = "without"


LABELS = {
    Action.TAKE: "I’ve got it",
    Action.CALLED: "Call done",
    Action.NO_LEAD: "Not a lead",
    Action.PAUSE: "Pause for a week",
    Action.AS_IT_IS: "Send as it is",
    Action.WITHOUT: "Send without the opening",
}
SAYS = {
    Action.TAKE: "The lead is yours and its Status becomes In conversation: nothing more is sent by itself.",
    Action.CALLED: "The call is noted and Status becomes In conversation: nothing more is sent by itself.",
    Action.NO_LEAD: "Status becomes Not a lead: nothing is sent, and it isn't counted.",
    Action.PAUSE: "Nothing is sent for a week; then the sequence goes on.",
    Action.AS_IT_IS: "The first response leaves now, with its opening.",
    Action.WITHOUT: "The first response leaves now, without its opening.",
}
ALWAYS = (Action.TAKE, Action.CALLED, Action.NO_LEAD, Action.PAUSE)
OF_DRAFT = (Action.AS_IT_IS, Action.WITHOUT)  # as long as an opening waits for its reader
_TOUCHING = (Action.TAKE, Action.CALLED, Action.PAUSE)  # a person has seen to it: nobody else is told

_WORDS = {
    Action.TAKE: statuses.IN_CONVERSATION,
    Action.CALLED: statuses.IN_CONVERSATION,
    Action.NO_LEAD: statuses.NOT_A_LEAD,
}
# What each button leaves as it is, because it says more.
_STAYING = {
    Action.TAKE: statuses.STOPPED - {statuses.REPLIED},
    Action.CALLED: statuses.STOPPED - {statuses.REPLIED},
    Action.NO_LEAD: statuses.STOPPED - statuses.OPEN,
    Action.PAUSE: statuses.STOPPED,
}


@dataclass(frozen=True)
class Press:
    """One button of one mail, pressed by the owner it was written to; `issued` tells mails apart."""

    lead_id: str
    owner: str
    action: Action
    issued: datetime

    def events(self, history: History, workflow: Workflow, now: datetime) -> tuple[Event, ...]:
        """That it was pressed, and what that says; a second press is the same event."""
        at = history.stamp(now)
        if self.action in OF_DRAFT and not waits_until(history, workflow, now):
            return ()

        def event(kind: Kind, detail: str) -> Event:
            name = event_id(kind, self.lead_id, self.owner, self.action, self.issued.isoformat())
            return Event(at, self.lead_id, kind, name, detail=detail)

        found = [event(Kind.EDITED, f"{self.owner}{_PRESSED}{LABELS[self.action]}”")]
        if self.action in _TOUCHING and history.owner_response is None:
            found.append(event(Kind.OWNER_RESPONSE, f"{self.owner}: {LABELS[self.action]}"))
        if self.action is Action.TAKE and history.owner.casefold() != self.owner.casefold():
            found.append(event(Kind.ASSIGNED, self.owner))
        if self.action in OF_DRAFT:
            found.append(event(Kind.QUALIFIED, self._read(history.qualified).detail()))
        return tuple(found)

    def _read(self, found: Qualified) -> Qualified:
        read = found.with_draft if self.action is Action.AS_IT_IS else replace(found, draft="")
        return replace(read, adviser=f"{found.adviser}; {self.owner}: {LABELS[self.action]}")

    def edits(self, history: History, workflow: Workflow) -> tuple[Edit, ...]:
        """What it types into the row; nothing over a word that says more."""
        if self.action in OF_DRAFT:
            return ()
        status = canonical(history.standing, workflow.statuses)
        if status is None or status in _STAYING[self.action]:
            return ()
        if self.action is Action.PAUSE:
            until = (workflow.local(self.issued) + PAUSE).date()
            typed = cell_text(history.typed)
            return (Edit(self.lead_id, "next_follow_up", until, typed),)
        return (Edit(self.lead_id, "status", _WORDS[self.action], history.standing),)

    def says(self, history: History, workflow: Workflow) -> str:
        """What it does to a lead, or has done."""
        status = canonical(history.standing, workflow.statuses)
        is_done = status is not None and status == _WORDS.get(self.action)
        if self.action in OF_DRAFT or is_done or self.edits(history, workflow):
            return SAYS[self.action]
        return f"Status stays {history.standing}: nothing is sent by itself."


def presses(events: tuple[Event, ...]) -> list[Event]:
    """Every press of a button of this lead, in order; the Detail says who and which."""
    return [event for event in events if event.kind is Kind.EDITED and _PRESSED in event.detail]
