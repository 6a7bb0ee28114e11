"""From what a run wants to change to cells, rows and guards, as far as the tracker doesn't hold it yet."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sheetflow.tracker.google_book import Book, Guard
from sheetflow.tracker.google_cells import Value, cell_of, text_of, value_of
from sheetflow.tracker.google_layout import Role
from sheetflow.tracker.google_lift import lifting_cells
from sheetflow.tracker.google_marks import address_hash, mark_text
from sheetflow.tracker.google_meanings import MEANINGS
from sheetflow.tracker.google_read import hand_typed
from sheetflow.tracker.google_write import CellWrite, Work
from sheetflow.workflow import tracked
from sheetflow.workflow.columns import BY_FIELD, COLUMNS, SHARED_FIELDS, Whose
from sheetflow.workflow.events import Event, iso
from sheetflow.workflow.lead import Cell, Lead, Mark, RowChange, cell_text
from sheetflow.workflow.tracked import Changes, HandTyped, Suppression, join

GUARD, CLAIM_GUARD, LEADS_GUARD = "sheetflow_b_", "sheetflow_c_", "sheetflow_l_"
LINE_GUARD = "sheetflow_s_"
OWN_GUARDS = (GUARD, CLAIM_GUARD, LEADS_GUARD, LINE_GUARD)
GUARDS_LIVE = 24  # hours
GUARD_HOURS = 96  # after so many hours the clock of the guards begins again
MOST_EXPIRED = 200  # old guards removed by one write
MOST_BYTES = 1_400_000  # of one batch, by estimate; Google recommends 2 MB

_OURS = frozenset(
    column.field
    for column in COLUMNS
    if column.whose in (Whose.SHEETFLOW, Whose.SHARED) and column.field not in ("id", "mark")
)
_ADOPTING = ("received", "status", "source", "owner", "why", "emails_sent")


def find_work(book: Book, changes: Changes, claims: Sequence[Event], now: datetime) -> Work:
    changes = join((changes,))  # one change a row
    new = [lead for lead in _unique(changes.leads) if lead.id not in book.places[Role.LEADS]]
    new = [_changed(lead, changes) for lead in new]
    known_ids = set(book.event_ids)
    events = [event for event in (*changes.events, *claims) if _is_new(event.id, known_ids)]
    hashes = book.hashes - set(changes.lift)
    lines = [line for line in changes.suppress if _is_new(line.hash, hashes)]
    barring = tuple(line_guard(line.hash) for line in lines)
    renewed = tuple(book.guards[name].id for name in barring if name in book.guards)
    control = {name: value for name, value in changes.control.items() if name != tracked.SALT}
    adopted = _adopted_rows(book, changes.adopted)
    cells = [
        *_row_cells(book, changes.rows),
        *_remarks(book),
        *_control_cells(book, control),
        *_typed_cells(changes),
        *lifting_cells(book, changes.lift),
        *(cell for row, one in adopted for cell in _adopting_cells(book, row, one)),
    ]
    names = book.places[Role.CONTROL]
    return Work(
        cells=tuple(cells),
        appends={
            Role.LEADS: [_lead_values(lead) for lead in new],
            Role.ACTIVITY: [_event_values(event) for event in events],
            Role.SUPPRESSED: [_suppression_values(line) for line in lines],
            Role.CONTROL: [control_values(*line) for line in control.items() if line[0] not in names],
        },
        claims=tuple(claim_guard(claim.id) for claim in claims),
        once=leads_guard(new) if new else "",
        barring=barring,
        renewed=renewed,
        expired=tuple(guard for guard in _expired(book, now) if guard not in renewed),
        watched=tuple(claim.lead_id for claim in claims),
        adopted={one.lead.id: (row, one.looks) for row, one in adopted},
        report=changes.report() if changes.report else None,
    )


def is_lost(claim: Event, book: Book) -> bool:
    """Whether somebody has made this claim already."""
    return claim.id in book.event_ids or claim_guard(claim.id) in book.guards


def claim_guard(claim_id: str) -> str:
    return CLAIM_GUARD + hashlib.sha256(claim_id.encode()).hexdigest()[:24]


def line_guard(suppressed: str) -> str:
    """The same for the same address, so that two processes that bar it leave one line to delete."""
    return LINE_GUARD + hashlib.sha256(suppressed.encode()).hexdigest()[:24]


def split(changes: Changes) -> list[Changes]:
    """Parts that a request can carry; a lead stays together with its events."""
    if _size(changes) <= MOST_BYTES:
        return [changes]
    leads = {lead.id for lead in changes.leads}
    pieces = [
        *(
            Changes(leads=(lead,), events=tuple(one for one in changes.events if one.lead_id == lead.id))
            for lead in changes.leads
        ),
        *(Changes(events=(event,)) for event in changes.events if event.lead_id not in leads),
        *(Changes(rows=(row,)) for row in changes.rows),
    ]
    return [*_gathered(pieces), replace(changes, leads=(), events=(), rows=())]


def _event_values(event: Event) -> dict[str, Value]:
    return {name: value_of(value) for name, value in event.line().items()}


def control_values(name: str, value: str) -> dict[str, Value]:
    return {"name": name, "value": value_of(value), "meaning": MEANINGS.get(name)}


def _gathered(pieces: Iterable[Changes]) -> Iterator[Changes]:
    parts: list[Changes] = []
    size = 0
    for piece in pieces:
        if parts and size + _size(piece) > MOST_BYTES:
            yield join(parts)
            parts, size = [], 0
        parts.append(piece)
        size += _size(piece)
    if parts:
        yield join(parts)


def _size(changes: Changes) -> int:
    """Bytes of JSON, roughly; of the long texts exactly."""
    leads = sum(1_200 + _bytes(lead.message) + _bytes(lead.details) for lead in changes.leads)
    events = sum(420 + _bytes(event.detail) for event in changes.events)
    rows = sum(700 + sum(_bytes(str(value)) for value in row.cells.values()) for row in changes.rows)
    return leads + events + rows


def _bytes(text: str) -> int:
    return len(json.dumps(text, ensure_ascii=False).encode("utf-8", "replace"))


def _unique(leads: Iterable[Lead]) -> list[Lead]:
    first: dict[str, Lead] = {}
    for lead in leads:
        first.setdefault(lead.id, lead)
    return list(first.values())


def _is_new(key: str, known: set[str]) -> bool:
    is_new = key not in known
    known.add(key)
    return is_new


def _lead_values(lead: Lead) -> dict[str, Value]:
    values = {
        column.field: value_of(getattr(lead, column.field)) for column in COLUMNS if column.field != "mark"
    }
    return {**values, "mark": mark_text(lead.mark, address_hash(lead.email))}


def _changed(lead: Lead, changes: Changes) -> Lead:
    """A new row as further changes of the same write leave it."""
    for change in changes.rows:
        if change.lead_id == lead.id:
            cells = {
                name: value
                for name, value in change.cells.items()
                if name in _OURS and (name not in SHARED_FIELDS or _equals(getattr(lead, name), change, name))
            }
            shared = {name: cell_text(value) for name, value in cells.items() if name in SHARED_FIELDS}
            mark = lead.mark if lead.mark.lead_id == lead.id else Mark(lead.id)
            values: dict[str, Any] = {**cells, "mark": replace(mark, **shared) if shared else lead.mark}
            lead = replace(lead, **values)
    typed: dict[str, Any] = {one.field: one.value for one in changes.typed if one.lead_id == lead.id}
    return replace(lead, **typed)


def _equals(stands: Cell, change: RowChange, name: str) -> bool:
    return cell_text(stands) == cell_text(change.expected.get(name))


def _suppression_values(line: Suppression) -> dict[str, Value]:
    return {"hash": line.hash, "reason": value_of(line.reason), "at": iso(line.at)}


def _row_cells(book: Book, changes: Sequence[RowChange]) -> Iterator[CellWrite]:
    for change in changes:
        row = book.row_of(Role.LEADS, change.lead_id)
        if row is not None:
            yield from _change_cells(book, row, change)


def _change_cells(book: Book, row: int, change: RowChange) -> Iterator[CellWrite]:
    """Shared cells are written only while they hold what was expected; the mark follows what was written.

    People's columns are left out, whatever the change says.
    """
    known = text_of(book.cell(Role.LEADS, row, "mark"))
    mark = Mark.from_json(known)
    written: dict[str, str] = {}
    for name, wanted in change.cells.items():
        if name not in _OURS:
            continue
        is_shared, stands = name in SHARED_FIELDS, book.cell(Role.LEADS, row, name)
        expected = change.expected.get(name)
        if is_shared and not _is_expected(stands, change, name) and cell_text(wanted) != cell_text(expected):
            continue
        if is_shared:
            written[name] = cell_text(wanted)
        believed = value_of(expected) if is_shared else stands
        yield CellWrite(
            Role.LEADS, change.lead_id, name, value_of(wanted), believed=believed, is_guarded=is_shared
        )
    if written:
        own = mark if mark.lead_id == change.lead_id else Mark(change.lead_id)
        email = text_of(book.cell(Role.LEADS, row, "email"))
        text = mark_text(replace(own, **written), address_hash(email))
        yield CellWrite(Role.LEADS, change.lead_id, "mark", text)


def _is_expected(stands: Value, change: RowChange, name: str) -> bool:
    return _equals(cell_of(stands, BY_FIELD[name]), change, name)


def _remarks(book: Book) -> Iterator[CellWrite]:
    for lead_id, nth, why in book.remarks:
        rows = book.places[Role.LEADS].get(lead_id, [])
        if nth < len(rows) and text_of(book.cell(Role.LEADS, rows[nth], "why")) != why:
            yield CellWrite(Role.LEADS, lead_id, "why", why, row=rows[nth])


def _control_cells(book: Book, control: Mapping[str, str]) -> Iterator[CellWrite]:
    places = book.places[Role.CONTROL]
    for name, value in control.items():
        if name in places and book.control.get(name) != value:
            yield CellWrite(Role.CONTROL, name, "value", value_of(value), row=places[name][0])


def _typed_cells(changes: Changes) -> Iterator[CellWrite]:
    for typed in changes.typed:
        yield CellWrite(Role.LEADS, typed.lead_id, typed.field, value_of(typed.value))


def _adopted_rows(book: Book, adopted: Sequence[HandTyped]) -> list[tuple[int, HandTyped]]:
    """Each in a row that looks as it did, the first ones first."""
    if not adopted:
        return []
    rows = dict(hand_typed(book))
    found = []
    for one in adopted:
        row = next((row for row, other in rows.items() if other.looks == one.looks), None)
        if row is not None:
            del rows[row]
            found.append((row, one))
    return found


def _adopting_cells(book: Book, row: int, one: HandTyped) -> Iterator[CellWrite]:
    lead = one.lead
    values: dict[str, Value] = {name: value_of(getattr(lead, name)) for name in _ADOPTING}
    values |= {"id": lead.id, "mark": mark_text(lead.mark, address_hash(lead.email))}
    for name, value in values.items():
        stands = book.cell(Role.LEADS, row, name)
        if value is not None and value != stands:
            yield CellWrite(Role.LEADS, lead.id, name, value, row=row, believed=stands)


def _expired(book: Book, now: datetime) -> Iterator[str]:
    """IDs of guards that nothing can repeat any more."""
    ours = [guard for name, guard in book.guards.items() if name.startswith(OWN_GUARDS)]
    old = [guard.id for guard in ours if GUARDS_LIVE < age(guard, now) < GUARD_HOURS - GUARDS_LIVE]
    yield from old[:MOST_EXPIRED]


def age(guard: Guard, now: datetime) -> int:
    """Hours since the guard was set, as the row of the hidden tab that it names tells."""
    return (hour(now) - guard.row) % GUARD_HOURS


def hour(now: datetime) -> int:
    return int(now.timestamp() // 3600) % GUARD_HOURS


def leads_guard(leads: Sequence[Lead]) -> str:
    """The same for the same leads, so that two processes can't both add them."""
    ids = "\x1f".join(sorted(lead.id for lead in leads))
    return LEADS_GUARD + hashlib.sha256(ids.encode()).hexdigest()[:24]
