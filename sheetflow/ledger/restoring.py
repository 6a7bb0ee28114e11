"""The ledger filled from what the Sheet has kept: rows of Leads and lines of Activity."""

import json
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, insert, select, update

from sheetflow.ledger import schema, state
from sheetflow.ledger.book import GONE, Book
from sheetflow.ledger.editing import BY_HAND
from sheetflow.ledger.mirror import THERE
from sheetflow.ledger.placing import place_anew
from sheetflow.ledger.rows import event_of, row_from
from sheetflow.ledger.settling import settle
from sheetflow.workflow import statuses
from sheetflow.workflow.columns import BY_FIELD, LEAD_FIELDS, Whose
from sheetflow.workflow.decide import some
from sheetflow.workflow.details import split_word
from sheetflow.workflow.enquiry import TYPED_BY_HAND, Enquiry, is_open, is_same_person, merge
from sheetflow.workflow.events import OUTCOMES, Claim, Event, Kind, iso
from sheetflow.workflow.lead import Row, cell_text, suppression_hash
from sheetflow.workflow.optout import BY_LINK, UNDONE
from sheetflow.workflow.recovery import Recovered, Trace, recover
from sheetflow.workflow.review import Case, review
from sheetflow.workflow.statuses import canonical

SHOWN = 30  # leads that are named
_AT_ONCE = 2_000  # events in one statement
_WEIGHT = {Kind.SENT: 3, Kind.BOUNCED: 3, Kind.RELEASED: 2, Kind.FAILED: 1, Kind.UNKNOWN: 0}
_NOT_MOVED = (
    Kind.RECEIVED,
    Kind.ASSIGNED,
    Kind.HELD,
    Kind.QUALIFIED,
)  # of a lead that becomes part of another


@dataclass(frozen=True)
class Mark:
    """An address that an event puts on the suppression list, or takes off; known by its hash alone."""

    salt: str
    hash: str
    reason: str = ""


@dataclass(frozen=True)
class Line:
    event: Event
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True)
class Evidence:
    """Rows by Lead ID, each with the cells that were found; lines in the order of the tab.

    `lost` counts lines that can't be read any more, by lead.
    """

    rows: Mapping[str, Row]
    lines: Sequence[Line]
    lost: Mapping[str, int]


def restore(book: Book, evidence: Evidence, now: datetime) -> list[str]:
    """Says what was done, and names the leads of which row and Activity disagree."""
    evidence = _without_forgotten(evidence)
    lines = evidence.lines
    told = _use_salt(book, evidence)
    _record(book, [line.event for line in lines])
    _suppress(book, lines)
    young = _take_out(book, {*evidence.rows, *(line.event.lead_id for line in lines)})
    found = _recovered(book, evidence, now)
    book.connection.execute(insert(schema.leads), young) if young else None
    new = [event for one in found for event in one.new]
    book.record(new)
    _claims(book, [*(line.event for line in lines), *new])
    restored = {one.lead.id for one in found}
    # A young lead that is nobody's may have an address that is known to be suppressed by now.
    changed = {_merge(book, row["id"], restored, now) or row["id"] for row in young}
    settle(book, restored | changed, now)
    _keep_theirs(book, evidence)
    place_anew(book, evidence.rows.keys())
    if lines:
        created = min(lines[0].event.at, datetime.fromisoformat(book.get(state.CREATED)))
        book.put(state.CREATED, iso(created))
    doubts = [one.told for one in found if one.told]
    return [_summary(found, lines), *told, *doubts[:SHOWN], *_more(len(doubts) - SHOWN)]


def _without_forgotten(evidence: Evidence) -> Evidence:
    """In the order in which it happened. Of a person who is forgotten only that is known."""
    forgotten = {line.event.lead_id for line in evidence.lines if line.event.kind is Kind.FORGOTTEN}
    rows = {lead_id: row for lead_id, row in evidence.rows.items() if lead_id not in forgotten}
    lines = [
        line
        for line in sorted(evidence.lines, key=lambda line: line.event.at)
        if line.event.lead_id not in forgotten or line.event.kind is Kind.FORGOTTEN
    ]
    return replace(evidence, rows=rows, lines=lines)


def _summary(found: Sequence[Recovered], lines: Sequence[Line]) -> str:
    return f"Restored from the Sheet: {some(len(found), 'lead')}, {some(len(lines), 'line')} of Activity."


def _more(count: int) -> Iterator[str]:
    if count > 0:
        yield f"{count} more leads of which row and Activity disagree: Why says so in their rows."


# Events and claims


def _record(book: Book, events: Sequence[Event]) -> None:
    """Those of Activity first, in their order; what Activity lacks comes after them, and is written there."""
    known, table = {event.id for event in events}, schema.events
    rows = book.connection.execute(select(table).order_by(table.c.number)).mappings().all()
    others = [event for event in map(event_of, rows) if event.id not in known]
    book.connection.execute(delete(table))
    everything = [*events, *others]
    for at in range(0, len(everything), _AT_ONCE):
        book.record(everything[at : at + _AT_ONCE])


def _claims(book: Book, events: Iterable[Event]) -> None:
    """A step that was claimed once can't be claimed again."""
    by_claim: dict[Claim, list[Event]] = defaultdict(list)
    for event in events:
        if event.attempt and event.kind in OUTCOMES | {Kind.CLAIMED}:
            by_claim[event.claim].append(event)
    claims = schema.claims
    columns = (claims.c.lead_id, claims.c.step, claims.c.attempt)
    there = {Claim(*row) for row in book.connection.execute(select(*columns))}
    new = [_claim_row(claim, found) for claim, found in by_claim.items() if claim not in there]
    for at in range(0, len(new), _AT_ONCE):
        book.connection.execute(insert(claims), new[at : at + _AT_ONCE])
    for claim in by_claim.keys() & there:
        row = _claim_row(claim, by_claim[claim])
        same = [column == row[column.name] for column in columns]
        values = {name: row[name] for name in ("outcome", "ended_at")}
        book.connection.execute(update(claims).where(*same, claims.c.outcome == "").values(**values))


def _claim_row(claim: Claim, events: Sequence[Event]) -> dict[str, Any]:
    claimed = next((event for event in events if event.kind is Kind.CLAIMED), events[0])
    outcomes = [event for event in events if event.kind is not Kind.CLAIMED]
    ended = max(outcomes, key=lambda event: _WEIGHT[event.kind], default=None)
    server_id = ended.message_id if ended and ended.message_id != claimed.message_id else ""
    return {
        "lead_id": claim.lead_id,
        "step": claim.step,
        "attempt": claim.attempt,
        "at": iso(claimed.at),
        "message_id": claimed.message_id,
        "server_id": server_id,
        "outcome": ended.kind.value if ended else "",
        "ended_at": iso(ended.at) if ended else "",
    }


# Suppressed addresses


def _use_salt(book: Book, evidence: Evidence) -> list[str]:
    """The Sheet's hashes stay as they are: nobody can make them anew. Ours are made anew from addresses."""
    salts = Counter(mark.salt for line in evidence.lines for mark in line.marks)
    if not salts or salts.most_common(1)[0][0] == book.salt:
        return []
    before, salt, leads, suppressed = book.salt, salts.most_common(1)[0][0], schema.leads, schema.suppressed
    emails = {row.id: row.email for row in book.connection.execute(select(leads.c.id, leads.c.email))}
    anew = {suppression_hash(email, before): suppression_hash(email, salt) for email in emails.values()}
    book.use_salt(salt)
    for lead_id, email in emails.items():
        hashed = book.hash_of(email) if email.strip() else ""
        book.change(lead_id, {"address_hash": hashed})
    rows = book.connection.execute(select(suppressed)).all()
    for row in rows:
        if row.hash in anew:
            book.lift(suppressed.c.hash == row.hash)
            book.suppress(anew[row.hash], row.reason, datetime.fromisoformat(row.at), row.lead_id)
    unknown = sum(row.hash not in anew for row in rows)
    if not unknown:
        return []
    return [
        f"{unknown} addresses that were suppressed since, and that no lead has, couldn't be taken along: if "
        f'one of them becomes a lead, set "{statuses.DO_NOT_CONTACT}".'
    ]


def _suppress(book: Book, lines: Iterable[Line]) -> None:
    """What was put on the list and taken off, in the order in which it happened."""
    for line in lines:
        event = line.event
        if event.kind is Kind.RESUBSCRIBED:
            _lift(book, line)
            continue
        if event.kind is Kind.STATUS:
            _lift_by_word(book, event)
        for mark in line.marks:
            if mark.salt == book.salt:
                reason = mark.reason or _reason(event, book)
                book.suppress(mark.hash, reason, event.at, event.lead_id)


def _reason(event: Event, book: Book) -> str:
    if event.kind is Kind.STATUS:
        return f"{canonical(split_word(event.detail)[0], book.workflow.statuses)}{BY_HAND}"
    return event.kind.value


def _lift(book: Book, line: Line) -> None:
    suppressed = schema.suppressed
    hashes = [mark.hash for mark in line.marks]
    own = suppressed.c.hash.in_(hashes) if hashes else suppressed.c.lead_id == line.event.lead_id
    by_link = suppressed.c.reason == BY_LINK
    book.lift(own & by_link if line.event.detail == UNDONE else own)


def _lift_by_word(book: Book, event: Event) -> None:
    """A Do not contact that was replaced in its own row lifts what it alone suppressed."""
    word, note = split_word(event.detail)
    shown = canonical(note.removeprefix("was "), book.workflow.statuses)
    meant = canonical(word, book.workflow.statuses)
    if shown == statuses.DO_NOT_CONTACT and meant != shown:
        suppressed = schema.suppressed
        reason = f"{statuses.DO_NOT_CONTACT}{BY_HAND}"
        book.lift((suppressed.c.lead_id == event.lead_id) & (suppressed.c.reason == reason))


# Leads


def _recovered(book: Book, evidence: Evidence, now: datetime) -> list[Recovered]:
    told = (line.event.lead_id for line in evidence.lines if line.event.kind is not Kind.FORGOTTEN)
    wanted = list(dict.fromkeys([*told, *evidence.rows]))
    known = {case.lead.id: case for case in book.cases(wanted)}
    events = book.events(wanted)
    found = []
    for lead_id in wanted:
        row, case = evidence.rows.get(lead_id), known.get(lead_id)
        trace = Trace(lead_id, row, tuple(events[lead_id]), case.lead if case else None)
        trace = replace(trace, suppressed=_why_suppressed(book, trace), lost=evidence.lost.get(lead_id, 0))
        one = recover(trace, book.workflow, now)
        _keep(book, one, trace, is_new=case is None)
        if one.suppresses and one.lead.email.strip():
            book.suppress(book.hash_of(one.lead.email), f"{one.suppresses}{BY_HAND}", now, lead_id)
        found.append(one)
    return found


def _why_suppressed(book: Book, trace: Trace) -> str:
    row = trace.row or {}
    email = cell_text(row["email"]) if "email" in row else trace.lead.email if trace.lead else ""
    return book.suppression(email)


def _keep(book: Book, one: Recovered, trace: Trace, *, is_new: bool) -> None:
    (book.add_lead if is_new else book.keep_lead)(one.lead)
    if trace.row is None:
        is_deleted = any(event.kind is Kind.ROW_DELETED for event in trace.events) and not one.new
        book.change(one.lead.id, {"place": GONE if is_deleted else "", "is_changed": 1})
        return
    agreed = {field: cell_text(value) for field, value in trace.row.items()}
    values = {
        "place": THERE,
        "agreed": json.dumps(agreed, ensure_ascii=False),
        "carried": "",
        "fingerprint": "",
    }
    book.change(one.lead.id, {**values, "is_changed": 1})


def _keep_theirs(book: Book, evidence: Evidence) -> None:
    """What stood in sheetflow's columns before a person's row was adopted is never written over."""
    by_hand = TYPED_BY_HAND.partition(";")[0]
    notes = (line.event for line in evidence.lines if line.event.kind is Kind.STATUS)
    adopted = {event.lead_id for event in notes if split_word(event.detail)[1].startswith(by_hand)}
    leads = schema.leads
    for lead_id in adopted & evidence.rows.keys():
        found = book.connection.execute(select(leads.c.row).where(leads.c.id == lead_id)).scalar()
        wanted, row = row_from(found or ""), evidence.rows[lead_id]
        theirs = [
            name
            for name in row.keys() - {"id", "why"}
            if BY_FIELD[name].whose is Whose.SHEETFLOW
            and cell_text(row[name])
            and cell_text(row[name]) != cell_text(wanted[name])
        ]
        book.change(lead_id, {"kept": json.dumps(sorted(theirs))})


# Leads that were taken in since


def _take_out(book: Book, kept: Collection[str]) -> list[dict[str, Any]]:
    """Rows of `leads` about which the Sheet knows nothing; they come back behind the older ones."""
    leads = schema.leads
    rows = [dict(row) for row in book.connection.execute(select(leads).order_by(leads.c.number)).mappings()]
    young = [row for row in rows if row["id"] not in kept]
    for row in young:
        del row["number"]
        book.connection.execute(delete(leads).where(leads.c.id == row["id"]))
    return young


def _merge(book: Book, lead_id: str, restored: Collection[str], now: datetime) -> str:
    """A lead whose person has an open row already becomes part of it: that one's Lead ID, or none."""
    [case] = book.cases([lead_id])
    people = [one for one in book.people(case.lead.email, case.lead.phone) if one.lead.id in restored]
    reviews = [review(one, book.workflow, now) for one in people if is_same_person(one.lead, case.lead)]
    still_open = [one.lead for one in reviews if is_open(one, book.workflow)]
    if not still_open:
        return ""
    placed = merge(_again(case, now), still_open[-1], book.workflow)
    book.keep_lead(placed.lead)
    book.record(placed.events)
    _move(book, lead_id, placed.lead.id, case.events)
    return placed.lead.id


def _again(case: Case, now: datetime) -> Enquiry:
    """A lead as the enquiry that it was."""
    return Enquiry(
        id=case.lead.id,
        delivery=case.lead.id,
        repeat_within=timedelta(),
        arrived=min((event.at for event in case.events), default=now),
        details=tuple(_pairs(case.lead.details)),
        **{name: getattr(case.lead, name) for name in LEAD_FIELDS},
    )


def _pairs(details: str) -> Iterator[tuple[str, str]]:
    for line in details.splitlines():
        name, colon, value = line.partition(": ")
        yield (name, value) if colon else ("Details", line)


def _move(book: Book, young: str, older: str, events: Sequence[Event]) -> None:
    """What happened to the one happened to the other; attempts get numbers of their own."""
    table, claims = schema.events, schema.claims
    numbers = Counter[str]()
    for event in book.events([older])[older]:
        numbers[event.step] = max(numbers[event.step], event.attempt)
    book.connection.execute(delete(table).where(table.c.lead_id == young))
    book.connection.execute(delete(claims).where(claims.c.lead_id == young))
    moved = [_moved(event, older, numbers) for event in events if event.kind not in _NOT_MOVED]
    book.record(moved)
    _claims(book, moved)
    book.connection.execute(delete(schema.leads).where(schema.leads.c.id == young))
    for other in (schema.deliveries, schema.suppressed):
        book.connection.execute(update(other).where(other.c.lead_id == young).values(lead_id=older))


def _moved(event: Event, older: str, numbers: Mapping[str, int]) -> Event:
    if not event.attempt:
        return replace(event, lead_id=older)
    claim = Claim(older, event.step, numbers.get(event.step, 0) + event.attempt)
    return replace(event, lead_id=older, id=claim.id(event.kind))
