"""A lead's events as a person would tell them, one after the other."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sheetflow.workflow.decide import label, sentence
from sheetflow.workflow.details import read_misunderstood, read_subject, split_word, was_tried_out
from sheetflow.workflow.events import OUTCOMES, REFUSED, TEMPORARY, Event, Kind
from sheetflow.workflow.qualified import read_detail
from sheetflow.workflow.sequence import Workflow

GOOD, BAD, PLAIN, THEIRS = "good", "bad", "plain", "lead"  # how a chapter is marked
_PART = ":part"  # in the ID of an event that goes on with the Detail of another
_IS_TOLD = ": is told"  # how the Detail ends of a notice that is on its way


@dataclass(frozen=True)
class Chapter:
    """`text` is as somebody wrote it, with its lines; `event` is what is told of. `tone` is a mark above."""

    at: datetime
    title: str
    text: str
    tone: str
    event: Event


def story(events: Sequence[Event], workflow: Workflow) -> tuple[Chapter, ...]:
    """In order of time; what says the same twice is left out."""
    closed = {event.claim for event in events if event.kind in OUTCOMES}
    chapters: list[Chapter] = []
    for event in sorted(events, key=lambda event: event.at):
        if event.kind is Kind.CLAIMED and event.claim in closed:
            continue
        if _goes_on(event) and chapters and chapters[-1].event.kind is event.kind:
            chapters[-1] = replace(chapters[-1], text=chapters[-1].text + event.detail)
        elif told := _TELLERS[event.kind](event, workflow):
            chapters.append(Chapter(event.at, *told, event))
    return tuple(chapters)


def last_reply(events: Iterable[Event]) -> str:
    """How the lead's newest reply begins; empty if none came."""
    replies = [event for event in events if event.kind is Kind.REPLIED and not _goes_on(event)]
    return max(replies, key=lambda event: event.at).detail if replies else ""


def _goes_on(event: Event) -> bool:
    return _PART in event.id


_Words = tuple[str, str, str]  # title, text, tone
_Teller = Callable[[Event, Workflow], _Words | None]


def _plainly(title: str, tone: str = PLAIN) -> _Teller:
    return lambda event, _workflow: (title, event.detail, tone)


def _about_step(said: str, tone: str) -> _Teller:
    def tell(event: Event, workflow: Workflow) -> _Words:
        return said.format(_step(event, workflow)), event.detail.removeprefix(TEMPORARY), tone

    return tell


def _step(event: Event, workflow: Workflow) -> str:
    return label(workflow.step(event.step)) if workflow.step(event.step) else event.step or "A message"


def _sent(event: Event, workflow: Workflow) -> _Words:
    where = "was written to the outbox" if was_tried_out(event.detail) else "was sent"
    return f"{_step(event, workflow)} {where}", f"“{read_subject(event.detail)}”", GOOD


def _failed(event: Event, workflow: Workflow) -> _Words:
    is_temporary = event.detail.startswith(TEMPORARY)
    how = "was refused for now" if is_temporary else "was refused"
    return f"{_step(event, workflow)} {how}", event.detail.removeprefix(TEMPORARY), BAD


def _released(event: Event, workflow: Workflow) -> _Words:
    return f"{_step(event, workflow)} was put back", event.detail.removeprefix(REFUSED), PLAIN


def _bounced(event: Event, _workflow: Workflow) -> _Words:
    if event.detail.startswith(TEMPORARY):
        return "A message came back", event.detail.removeprefix(TEMPORARY), BAD
    return "The address can’t be reached", event.detail, BAD


def _status(event: Event, _workflow: Workflow) -> _Words:
    word, note = split_word(event.detail)
    before = note.removeprefix("was ") if note.startswith("was ") else ""
    text = f"It was {before}." if before else sentence(note) if note and note != "was " else ""
    return (f"Status: {word}" if word else "Status was emptied"), text, PLAIN


def _rescheduled(event: Event, _workflow: Workflow) -> _Words:
    if words := read_misunderstood(event.detail):
        return "A date for the next follow-up wasn’t understood", words, BAD
    return "The next follow-up was moved", event.detail.replace("T", ", "), PLAIN


def _edited(event: Event, _workflow: Workflow) -> _Words:
    header, colon, text = event.detail.partition(": ")
    return (f"{header} was changed", text, PLAIN) if colon else ("Changed", event.detail, PLAIN)


def _assigned(event: Event, _workflow: Workflow) -> _Words:
    return (f"Owner: {event.detail}" if event.detail else "Owner was emptied"), "", PLAIN


def _qualified(event: Event, _workflow: Workflow) -> _Words | None:
    found = read_detail(event.detail)
    reasons = "\n".join(filter(None, (found.summary, found.suspicion, *found.because)))
    return (f"Priority: {found.priority}", reasons, PLAIN) if found.priority else None


def _notified(event: Event, _workflow: Workflow) -> _Words | None:
    if event.detail.endswith(_IS_TOLD):
        return None
    name, _, how = event.detail.partition(": ")
    return f"{name} was told", how, PLAIN


def _nothing(_event: Event, _workflow: Workflow) -> None:
    """The status that a person set says it already."""


_TELLERS: Mapping[Kind, _Teller] = {
    Kind.RECEIVED: _plainly("The enquiry came", THEIRS),
    Kind.MERGED: _plainly("Asked again", THEIRS),
    Kind.EDITED: _edited,
    Kind.ASSIGNED: _assigned,
    Kind.QUALIFIED: _qualified,
    Kind.CLAIMED: _about_step("{} is being sent", PLAIN),
    Kind.RELEASED: _released,
    Kind.SENT: _sent,
    Kind.FAILED: _failed,
    Kind.UNKNOWN: _about_step("It isn’t known whether this left: {}", BAD),
    Kind.REPLIED: _plainly("Replied", THEIRS),
    Kind.AUTO_REPLIED: _plainly("An automatic reply came", THEIRS),
    Kind.BOUNCED: _bounced,
    Kind.COMPLAINED: _plainly("Called a message spam", BAD),
    Kind.UNSUBSCRIBED: _plainly("Unsubscribed", BAD),
    Kind.RESUBSCRIBED: _plainly("May get mail again"),
    Kind.STATUS: _status,
    Kind.RESCHEDULED: _rescheduled,
    Kind.OWNER_RESPONSE: _plainly("A person was in contact", GOOD),
    Kind.NOTIFIED: _notified,
    Kind.HELD: _plainly("Waits for a person", BAD),
    Kind.RESUMED: _nothing,
    Kind.SLA_MISSED: _plainly("Nobody had answered in time", BAD),
    Kind.ROW_DELETED: _plainly("The row was deleted in the Sheet", BAD),
    Kind.FORGOTTEN: _plainly("The person was erased"),
}
