"""An enquiry finds its row: a new lead, or one more word from somebody who already is one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from types import MappingProxyType
from typing import Any

from sheetflow.workflow import statuses
from sheetflow.workflow.columns import LEAD_FIELDS
from sheetflow.workflow.decide import day
from sheetflow.workflow.details import status_detail
from sheetflow.workflow.events import Event, Kind, event_id
from sheetflow.workflow.lead import Fields, Lead, Row, email_key, looks_like_email, phone_key
from sheetflow.workflow.qualified import NOTHING, PRIORITIES, Qualified
from sheetflow.workflow.qualify import qualify
from sheetflow.workflow.review import Review
from sheetflow.workflow.routing import Turns, assign
from sheetflow.workflow.sequence import Workflow
from sheetflow.workflow.statuses import canonical

CELL_LIMIT = 45_000  # UTF-16 units, in which an emoji is two; a Sheet's cell takes 50,000
PART_LIMIT = CELL_LIMIT // 2  # characters, whatever they are
LINE_LIMIT = 500
NAME_LIMIT = 200
TYPED_BY_HAND = "typed by hand; set New to start"
AHEAD, BEHIND = timedelta(minutes=5), timedelta(days=30)

_LIMITS = {"name": NAME_LIMIT, "message": CELL_LIMIT}
_PART = ":part"  # in the ID of an event that goes on with the Detail of another


@dataclass(frozen=True, kw_only=True)
class Enquiry(Fields):
    """One person's enquiry as it arrived, cleaned; its ID becomes the Lead ID if it gets a row of its own.

    `arrived` and `submitted` (the sender's time, if there is one) are aware. Another enquiry with the same
    `delivery` within `repeat_within` is the same one, delivered twice. `paused` says why nothing may be sent
    by itself, `asked` what a person must look at before anything is. `language` is the message's (ISO 639-1),
    empty if that isn't sure.
    """

    id: str
    delivery: str
    repeat_within: timedelta
    arrived: datetime
    submitted: datetime | None = None
    details: tuple[tuple[str, str], ...] = ()
    flags: tuple[str, ...] = ()
    is_test: bool = False
    is_recognised: bool = True  # something of it has a column of its own
    is_public: bool = False  # from a page that everybody can post from
    paused: str = ""
    asked: str = ""
    language: str = ""


@dataclass(frozen=True)
class Receipt:
    """What the sender is told: accepted, duplicate, merged, needs_review or test."""

    status: str
    lead_id: str


@dataclass(frozen=True)
class Placed:
    """Where an enquiry goes: the lead as it is from now on, and the events that make it so.

    `owner` is who has got a lead by it.
    """

    receipt: Receipt
    lead: Lead
    events: tuple[Event, ...]
    owner: str = ""


NO_TURNS: Turns = MappingProxyType({})


def place(
    enquiry: Enquiry, known: Sequence[Review], suppressed: str, workflow: Workflow, turns: Turns = NO_TURNS
) -> Placed:
    """Finds the lead that an enquiry belongs to among the `known` ones, oldest first, or makes a new one.

    `suppressed` says why the enquiry's address gets no mail, empty if it does.
    """
    new = partial(_new_lead, enquiry, workflow, turns)
    if enquiry.is_test:
        word = status_detail(statuses.TEST, "sent by the sender's test button")
        return new("test", word=word)
    people = [one for one in known if is_same_person(one.lead, enquiry)]
    people = [one for one in people if _status(one, workflow) != statuses.TEST]
    earlier = [one.lead.id for one in people]
    if suppressed:
        return new("needs_review", held=_barred(suppressed), earlier=earlier)
    still_open = [one for one in people if is_open(one, workflow)]
    if still_open:
        by_address = [one for one in still_open if enquiry.email and one.lead.email.strip()]
        return _merge_again(enquiry, (by_address or still_open)[-1], workflow)
    is_answerable = looks_like_email(enquiry.email) and enquiry.is_recognised and not enquiry.asked
    status = "accepted" if is_answerable else "needs_review"
    word = status_detail(statuses.PAUSED, enquiry.paused) if enquiry.paused else ""
    return new(status, word=word, held=enquiry.asked, earlier=earlier)


def adopt(
    cells: Row, enquiry: Enquiry, known: Sequence[Review], workflow: Workflow, turns: Turns = NO_TURNS
) -> Placed:
    """A row that a person typed into the Sheet becomes a lead, Paused, whatever else stands in it.

    `enquiry` holds what the row says of the person, `cells` the rest of it.
    """
    people = [one for one in known if is_same_person(one.lead, enquiry)]
    still_open = [one.lead.id for one in people if is_open(one, workflow)]
    word, note = _first_word(str(cells.get("status") or "").strip(), workflow)
    note = f"Same person as {still_open[-1]}; delete one." if still_open else note
    placed = _new_lead(enquiry, workflow, turns, "accepted", word=status_detail(word, note))
    notes, details = (str(cells.get(name) or "") for name in ("notes", "details"))
    lead, events, has = replace(placed.lead, notes=notes, details=details), placed.events, placed.owner
    if owner := str(cells.get("owner") or "").strip():
        others = (event for event in events if event.kind is not Kind.ASSIGNED)
        name = event_id(Kind.ASSIGNED, enquiry.id)
        events, has = (*others, Event(enquiry.arrived, enquiry.id, Kind.ASSIGNED, name, detail=owner)), owner
    return Placed(placed.receipt, lead, events, has)


def _first_word(typed: str, workflow: Workflow) -> tuple[str, str]:
    """The status of a row typed by hand, and what is said with it: only a word that sends is replaced."""
    meant = canonical(typed, workflow.statuses)
    if typed and (meant is None or meant in statuses.STOPPED):
        return typed, "typed by hand"
    said = f'; it said "{typed}"' if typed and meant != statuses.PAUSED else ""
    return statuses.PAUSED, f"{TYPED_BY_HAND}{said}"


def is_same_person(lead: Fields, enquiry: Fields) -> bool:
    """The normalised e-mail decides; the phone only if one side has no e-mail."""
    if lead.email.strip() and enquiry.email:
        return email_key(lead.email) == email_key(enquiry.email)
    return bool(phone_key(enquiry.phone)) and phone_key(lead.phone) == phone_key(enquiry.phone)


def _status(known: Review, workflow: Workflow) -> str | None:
    """None for a word that nobody knows."""
    return canonical(known.history.standing, workflow.statuses)


def is_open(known: Review, workflow: Workflow) -> bool:
    """Also if nobody knows the word in Status: that lead waits for a person like a paused one."""
    status = _status(known, workflow)
    return not known.history.is_deleted and (status is None or status in statuses.OPEN)


def _barred(reason: str) -> str:
    after = "unsubscribing" if reason.casefold().startswith("unsubscribed") else "its address was stopped"
    return f"Asked again after {after}; answer by hand. The address was stopped: {reason}."


def merge(enquiry: Enquiry, lead: Lead, workflow: Workflow) -> Placed:
    """Adds what was asked to the lead's Details; the running sequence goes on."""
    again = f"Asked again on {day(workflow.local(enquiry.arrived))}"
    added = f"{again}:\n{_news(enquiry, lead)}".strip()
    text = trimmed(f"{lead.details}\n{added}" if lead.details else added, CELL_LIMIT)
    name = event_id(Kind.MERGED, enquiry.delivery, enquiry.id)
    event = Event(enquiry.arrived, lead.id, Kind.MERGED, name, detail=_details(enquiry, LEAD_FIELDS))
    return Placed(Receipt("merged", lead.id), replace(lead, details=text), _in_parts(event))


def _merge_again(enquiry: Enquiry, known: Review, workflow: Workflow) -> Placed:
    """What is asked anew counts as much as the first time."""
    placed = merge(enquiry, known.lead, workflow)
    found = _qualified(_qualify_again(enquiry, known, workflow), enquiry, known.lead.id)
    return replace(placed, events=(*placed.events, found))


def _qualify_again(enquiry: Enquiry, known: Review, workflow: Workflow) -> Qualified:
    """What isn't said again stands as it was; whoever asks twice matters no less than before."""
    lead, before = known.lead, known.history.qualified
    told: dict[str, Any] = {
        name: getattr(lead, name) for name in ("name", "phone", "location") if not getattr(enquiry, name)
    }
    found = _qualify(replace(enquiry, **told), workflow)
    ranked = [priority for priority in PRIORITIES if priority in (before.priority, found.priority)]
    return replace(
        found,
        priority=ranked[0],
        service=found.service or before.service,
        location=found.location or before.location,
        language=found.language or before.language,
    )


def _qualify(enquiry: Enquiry, workflow: Workflow) -> Qualified:
    """Nothing for what goes out of the numbers anyway."""
    if enquiry.is_test:
        return NOTHING
    more = "\n".join(f"{name}: {value}" for name, value in enquiry.details)
    return qualify(enquiry, workflow.rules, enquiry.language, more)


def _qualified(found: Qualified, enquiry: Enquiry, lead_id: str) -> Event:
    name = event_id(Kind.QUALIFIED, lead_id, enquiry.id)
    return Event(enquiry.arrived, lead_id, Kind.QUALIFIED, name, detail=found.detail())


def _new_lead(
    enquiry: Enquiry,
    workflow: Workflow,
    turns: Turns,
    status: str,
    word: str = "",
    held: str = "",
    earlier: Iterable[str] = (),
) -> Placed:
    """`word` is its status from the start; `held` asks a person first."""
    lead, found = _lead(enquiry, earlier), _qualify(enquiry, workflow)

    def event(kind: Kind, detail: str, step: str = "", *parts: str) -> Event:
        return Event(enquiry.arrived, lead.id, kind, event_id(kind, lead.id, *parts), step, detail)

    received = event_id(Kind.RECEIVED, enquiry.delivery, enquiry.id)
    told = _details(enquiry, LEAD_FIELDS)
    events = [*_in_parts(Event(enquiry.arrived, lead.id, Kind.RECEIVED, received, detail=told))]
    if word:
        events.append(event(Kind.STATUS, word, "", word))
    elif held:
        events.append(event(Kind.HELD, held, workflow.first.name))
    chosen = assign(lead, found, workflow, turns, enquiry.arrived)
    if not enquiry.is_test:
        reasons = (*found.because, f"{chosen.owner}: {chosen.because}") if chosen.because else found.because
        events.append(_qualified(replace(found, because=reasons), enquiry, lead.id))
    if chosen.owner:
        events.append(event(Kind.ASSIGNED, chosen.owner))
    owner = "" if enquiry.is_test else chosen.owner
    return Placed(Receipt(status, lead.id), lead, tuple(events), owner)


def _lead(enquiry: Enquiry, earlier: Iterable[str]) -> Lead:
    said: dict[str, Any] = {
        name: trimmed(getattr(enquiry, name), _LIMITS.get(name, LINE_LIMIT)) for name in LEAD_FIELDS
    }
    remarks = [*(f"earlier enquiry: {lead_id}" for lead_id in earlier), *enquiry.flags]
    details = "\n".join([*remarks, _details(enquiry, ())]).strip()
    return Lead(
        id=enquiry.id,
        received=_received(enquiry),
        details=trimmed(details, CELL_LIMIT),
        is_public=enquiry.is_public,
        **said,
    )


def _received(enquiry: Enquiry) -> datetime:
    """The sender's time if it can be right, else the arrival."""
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
    same = {name for name in LEAD_FIELDS if getattr(enquiry, name) == getattr(lead, name)} - {"message"}
    return _details(enquiry, [name for name in LEAD_FIELDS if name not in same])


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
