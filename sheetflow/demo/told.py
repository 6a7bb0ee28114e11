"""What the ledger says has happened, as lines of a timeline."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from textwrap import shorten

from sheetflow.workflow.decide import day, label
from sheetflow.workflow.details import read_moment, split_word
from sheetflow.workflow.events import Event, Kind
from sheetflow.workflow.lead import Row
from sheetflow.workflow.qualified import NORMAL
from sheetflow.workflow.sequence import Workflow

CAME, LEFT, BY_HAND, LATE, STOPPED, NEWS, NEXT = "→", "✉", "✎", "!", "■", "◆", "·"

_WAYS = {
    "Website": "the form on the site",
    "Google Ads": "a Google ad",
    "Facebook": "a Facebook ad",
    "Instagram": "Instagram",
}
_ANSWERED_BY = {  # what a lead or its mail server does
    Kind.REPLIED: "replies: “{}”",
    Kind.AUTO_REPLIED: "is out of office: “{}”",
    Kind.BOUNCED: "can't be reached: the message comes back ({})",
    Kind.UNSUBSCRIBED: "unsubscribes ({})",
}
_TURNING = {*_ANSWERED_BY, Kind.STATUS, Kind.RESCHEDULED, Kind.HELD}  # after which something else comes next
_LONGEST = 70  # characters of what somebody wrote


@dataclass(frozen=True)
class Line:
    """`at` is the studio's wall clock. `measured` alone differs from one play to the next."""

    at: datetime
    mark: str
    who: str
    words: str
    measured: str = ""


def lines_of(
    before: Row, now: Row, events: Sequence[Event], workflow: Workflow, seconds: float | None = None
) -> Iterator[Line]:
    """One lead's new events in order, then what follows from them, as its row says.

    `seconds` is how long the first response took.
    """
    who, kinds = str(now["name"]), {event.kind for event in events}
    for event in events:
        found = _told(event, now, workflow, is_pressed=Kind.EDITED in kinds)
        is_first = event.kind is Kind.SENT and event.step == workflow.first.name
        measured = f"answered in {seconds:.2f} s" if is_first and seconds is not None else ""
        if found:
            yield Line(workflow.local(event.at), found[0], who, found[1], measured)
    is_answered = any(event.step == workflow.first.name and event.kind is Kind.SENT for event in events)
    if not events or not (is_answered or kinds & _TURNING):
        return
    at = workflow.local(events[-1].at)
    if is_answered:
        priority = "" if now["priority"] == NORMAL else f"{now['priority']}: "
        told = now["owner"] or "the business"
        yield Line(at, NEXT, who, f"{priority}{told} is told by mail, with buttons. {now['why']}")
    elif before.get("next_step") and not now["next_step"]:
        yield Line(at, STOPPED, who, f"{_planned(before, workflow)} won't leave. {now['why']}")
    else:
        yield Line(at, NEXT, who, str(now["why"]))


def _told(event: Event, row: Row, workflow: Workflow, *, is_pressed: bool) -> tuple[str, str] | None:
    """Mark and words; None for what goes without saying."""
    said = shorten(event.detail, _LONGEST, placeholder=" …")
    match event.kind:
        case Kind.RECEIVED:
            asked = shorten(str(row["message"] or row["service"]), _LONGEST, placeholder=" …")
            return CAME, f"asks by {_WAYS.get(str(row['source']), row['source'])}: “{asked}”"
        case Kind.SENT:
            return LEFT, f"{label(workflow.step(event.step))}: “{said}”"
        case Kind.EDITED:
            return BY_HAND, said
        case Kind.STATUS if not is_pressed:
            return BY_HAND, f"somebody types {split_word(event.detail)[0]} into Status"
        case Kind.OWNER_RESPONSE if not is_pressed:
            return BY_HAND, f"{row['owner']} answers from a mail program: noted as the human response"
        case Kind.RESCHEDULED:
            moment = read_moment(event.detail)
            return BY_HAND, f"somebody types {day(moment) if moment else said} into Next follow-up"
        case Kind.SLA_MISSED:
            name, note = split_word(event.detail)
            return LATE, f"{note}: {name} is told"
    answered = _ANSWERED_BY.get(event.kind)
    return (CAME, answered.format(said.removeprefix("smtp; "))) if answered else None


def _planned(row: Row, workflow: Workflow) -> str:
    step, at = label(workflow.step(str(row["next_step"]))), row["next_follow_up"]
    return f"{step} of {at:%a} {day(at)}" if isinstance(at, datetime) else step
