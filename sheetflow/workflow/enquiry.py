"""An enquiry finds its row: a new lead, or one more word from somebody who already is one."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sheetflow.workflow import statuses
from sheetflow.workflow.decide import day, decide
from sheetflow.workflow.details import split_word, status_detail
from sheetflow.workflow.events import Event, Kind, event_id
from sheetflow.workflow.history import fold
from sheetflow.workflow.lead import Lead, Mark, RowChange, email_key, looks_like_email, phone_key
from sheetflow.workflow.routing import assign
from sheetflow.workflow.sequence import Workflow
from sheetflow.workflow.statuses import canonical
from sheetflow.workflow.tracked import Changes
from sheetflow.workflow.typos import mistyped

CELL_LIMIT = 45_000  # UTF-16 units, in which an emoji is two; a Sheet's cell takes 50,000
PART_LIMIT = CELL_LIMIT // 2  # characters, whatever they are
LINE_LIMIT = 500
NAME_LIMIT = 200
TYPED_IN = "typed into the Sheet"  # how the Detail of a row begins that a person made
AHEAD, BEHIND = timedelta(minutes=5), timedelta(days=30)

_LIMITS = {"name": NAME_LIMIT, "message": CELL_LIMIT}
_FIELDS = ("name", "email", "phone", "service", "urgency", "location", "message", "source")
# Where a Detail has the address: before anything that a lead writes in words of its own.
_ADDRESS = re.compile(rf"(?:(?:name: .*|{TYPED_IN})\n)?email: (.+)")
_PART = ":part"  # in the ID of an event that goes on with the Detail of another


@dataclass(frozen=True)
class Enquiry:
    """One person's enquiry as it arrived, cleaned; its ID becomes the Lead ID if it gets a row of its own.

    `arrived` and `submitted` (the sender's time, where there is one) are aware. Another enquiry with
    the same `delivery` within `repeat_within` is the same one, delivered twice. `paused` says why nothing
    may be sent by itself.
    """

    id: str
    delivery: str
    repeat_within: timedelta
    arrived: datetime
    submitted: datetime | None = None
    name: str = ""
    email: str = ""
    phone: str = ""
    service: str = ""
    urgency: str = ""
    location: str = ""
    message: str = ""
    source: str = ""
    details: tuple[tuple[str, str], ...] = ()
    flags: tuple[str, ...] = ()
    is_test: bool = False
    is_recognised: bool = True  # something of it has a column of its own
    paused: str = ""
    doubt: str = (
        ""  # why the lead can't be written to before a person has looked; "" if nothing is against it
    )


@dataclass(frozen=True)
class Receipt:
    """What the sender is told: accepted, duplicate, merged, needs_review or test."""

    status: str
    lead_id: str


@dataclass(frozen=True)
class Placed:
    """Where an enquiry goes, and what makes it so."""

    receipt: Receipt
    changes: Changes


def place(
    enquiry: Enquiry,
    known: Iterable[Lead],
    suppressed: Mapping[str, str],
    workflow: Workflow,
) -> Placed:
    """Finds the row for an enquiry among the `known` ones, or makes a new one.

    `suppressed` maps normalised addresses that get no mail to the reason.
    """
    if enquiry.is_test:
        word = status_detail(statuses.TEST, "sent by the sender's test button")
        return _new_row(enquiry, "test", workflow, word=word)
    rows = [
        lead for lead in known if same_person(lead, enquiry) and _standing(lead, workflow) != statuses.TEST
    ]
    reason = suppressed.get(email_key(enquiry.email), "")
    if reason:
        return _new_row(enquiry, "needs_review", workflow, held=_barred(reason), known=rows)
    still_open = [lead for lead in rows if _is_open(lead, workflow)]
    if still_open:
        by_address = [lead for lead in still_open if enquiry.email and lead.email.strip()]
        return _merge(enquiry, (by_address or still_open)[-1], workflow)
    if enquiry.doubt:
        return _new_row(enquiry, "needs_review", workflow, held=enquiry.doubt, known=rows)
    answerable = looks_like_email(enquiry.email) and enquiry.is_recognised
    status = "accepted" if answerable else "needs_review"
    word = status_detail(statuses.PAUSED, enquiry.paused) if enquiry.paused else ""
    return _new_row(enquiry, status, workflow, word=word, known=rows)


def same_person(lead: Lead, enquiry: Enquiry) -> bool:
    """The normalised e-mail decides; the phone only where one side has no e-mail."""
    if lead.email.strip() and enquiry.email:
        return email_key(lead.email) == email_key(enquiry.email)
    return bool(phone_key(enquiry.phone)) and phone_key(lead.phone) == phone_key(enquiry.phone)


def told_address(events: Iterable[Event]) -> str:
    """The address that Activity has of a lead whose row is gone: the one given last; empty where none was."""
    given = ""
    for event in events:
        if event.kind in (Kind.RECEIVED, Kind.MERGED) and _PART not in event.id:
            found = _ADDRESS.match(event.detail)
            given = found[1].strip() if found else given
    return given


def _standing(lead: Lead, workflow: Workflow) -> str | None:
    return canonical(lead.status, workflow.statuses)


def _is_open(lead: Lead, workflow: Workflow) -> bool:
    """Also where nobody knows the word in Status: that row waits for a person like a paused one."""
    standing = _standing(lead, workflow)
    return standing is None or standing in statuses.OPEN


def _barred(reason: str) -> str:
    after = "unsubscribing" if reason.casefold().startswith("unsubscribed") else "its address was stopped"
    return f"Asked again after {after}; answer by hand. Nothing is sent to this address ({reason})."


def _merge(enquiry: Enquiry, lead: Lead, workflow: Workflow) -> Placed:
    """Adds what was asked to the row's Details; the running sequence goes on."""
    again = f"Asked again on {day(workflow.local(enquiry.arrived))}"
    added = f"{again}:\n{_news(enquiry, lead)}".strip()
    text = trimmed(f"{lead.details}\n{added}" if lead.details else added, CELL_LIMIT)
    why = lead.why if lead.why.startswith(f"{again}.") else f"{again}. {lead.why}"
    event = Event(
        enquiry.arrived,
        lead.id,
        Kind.MERGED,
        event_id(Kind.MERGED, enquiry.delivery, enquiry.id),
        detail=_details(enquiry, _FIELDS),
    )
    row = RowChange(lead.id, {"details": text, "why": why})
    return Placed(Receipt("merged", lead.id), Changes(events=_in_parts(event), rows=(row,)))


def _new_row(
    enquiry: Enquiry,
    status: str,
    workflow: Workflow,
    word: str = "",
    held: str = "",
    known: Iterable[Lead] = (),
) -> Placed:
    lead = _row(enquiry, workflow, [other.id for other in known])
    event = event_id(Kind.RECEIVED, enquiry.delivery, enquiry.id)
    received = Event(enquiry.arrived, lead.id, Kind.RECEIVED, event, detail=_details(enquiry, _FIELDS))
    events = [*_in_parts(received)]
    if word:
        lead = replace(lead, status=split_word(word)[0])
        events.append(
            Event(enquiry.arrived, lead.id, Kind.STATUS, event_id(Kind.STATUS, lead.id, word), detail=word)
        )
    elif held:
        lead = replace(lead, status=statuses.NEEDS_ATTENTION)
        step = workflow.first.name
        events.append(Event(enquiry.arrived, lead.id, Kind.HELD, event_id(Kind.HELD, lead.id), step, held))
    owner = assign(lead, workflow)
    if owner:
        events.append(
            Event(enquiry.arrived, lead.id, Kind.ASSIGNED, event_id(Kind.ASSIGNED, lead.id), detail=owner)
        )
    decision = decide(lead, fold(events, workflow), workflow, enquiry.arrived)
    why = " ".join(filter(None, (decision.why, mistyped(lead.email))))
    lead = replace(lead, owner=owner, mark=Mark(lead.id, lead.status, owner), why=why)
    return Placed(Receipt(status, lead.id), Changes(leads=(lead,), events=tuple(events)))


def _row(enquiry: Enquiry, workflow: Workflow, earlier: list[str]) -> Lead:
    cells: dict[str, Any] = {
        name: trimmed(getattr(enquiry, name), _LIMITS.get(name, LINE_LIMIT)) for name in _FIELDS
    }
    remarks = [f"earlier enquiry: {lead_id}" for lead_id in earlier] + list(enquiry.flags)
    details = "\n".join([*remarks, _details(enquiry, ())]).strip()
    return Lead(
        id=enquiry.id,
        received=workflow.local(_received(enquiry)),
        status=statuses.NEW,
        details=trimmed(details, CELL_LIMIT),
        emails_sent=0,
        **cells,
    )


def _received(enquiry: Enquiry) -> datetime:
    """The sender's time where it can be right, else the arrival."""
    at = enquiry.submitted
    if at and -AHEAD <= enquiry.arrived - at <= BEHIND:
        return at
    return enquiry.arrived


def trimmed(text: str, limit: int) -> str:
    """At most `limit` UTF-16 units, visibly cut; the whole text stands in Activity."""
    if len(text) * 2 <= limit or len(units := text.encode("utf-16-le", "surrogatepass")) <= limit * 2:
        return text
    # Half of a character at the end is left out.
    start = units[: (limit - 30) * 2].decode("utf-16-le", "ignore")
    return start.rstrip() + " … (cut; whole in Activity)"


def _news(enquiry: Enquiry, lead: Lead) -> str:
    """The message, what differs from the row, and the fields that have no column."""
    names = [name for name in _FIELDS if name == "message" or getattr(enquiry, name) != getattr(lead, name)]
    return _details(enquiry, names)


def _details(enquiry: Enquiry, names: Iterable[str]) -> str:
    """`name: value` a line: the fields named, then those that have no column."""
    pairs = [(name, getattr(enquiry, name)) for name in names if getattr(enquiry, name)]
    return "\n".join(f"{name}: {value}" for name, value in (*pairs, *enquiry.details))


def _in_parts(event: Event) -> tuple[Event, ...]:
    """A Detail longer than a cell as several events, so that nothing a lead wrote is lost."""
    texts = [event.detail[at : at + PART_LIMIT] for at in range(0, len(event.detail), PART_LIMIT)] or [""]
    return tuple(
        replace(event, detail=text, id=event.id if number == 1 else f"{event.id}{_PART}{number}")
        for number, text in enumerate(texts, 1)
    )
