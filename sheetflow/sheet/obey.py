"""What a look or a landing found, done to the ledger: words obeyed, holds set and lifted, rows adopted."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sheetflow.ledger import arrivals, editing, mirror, state
from sheetflow.ledger.book import Book
from sheetflow.ledger.mirror import MISSING, THERE, Mirrored
from sheetflow.ledger.settling import settle
from sheetflow.sheet.cells import cell_of, text_of
from sheetflow.sheet.layout import Structure, Tab
from sheetflow.sheet.reconcile import Compared, Outcome, Replaced, Survey, texts_of
from sheetflow.sheet.write import lacking
from sheetflow.workflow.columns import BY_FIELD, LEAD_FIELDS
from sheetflow.workflow.details import edit_detail
from sheetflow.workflow.enquiry import LINE_LIMIT, Enquiry, trimmed
from sheetflow.workflow.events import Event, Kind, event_id, iso
from sheetflow.workflow.lead import looks_like_email, phone_key
from sheetflow.workflow.typed import is_day_first

UNTOUCHED = timedelta(minutes=1)  # how long a row typed by hand stays as it is before it is taken in
BY_HAND = "Sheet"  # the source of a lead that was typed into the Sheet


def take_in(
    book: Book,
    compared: Mapping[str, Compared],
    twins: Mapping[str, Mirrored],
    structure: Structure,
    tab: Tab,
    now: datetime,
) -> None:
    """Keeps what both sides agree on now, and obeys what people typed."""
    for lead_id, one in compared.items():
        twin = twins[lead_id]
        then = replace(twin, agreed=one.agreed, problem="")
        is_changed = bool(one.edits or one.replaced or lacking(then, tab))
        mirror.agree(book, lead_id, one.agreed, is_changed=is_changed)
        if twin.kept and (freed := {edit.field for edit in one.edits} & twin.kept):
            mirror.keep(book, lead_id, twin.kept - freed)
    book.record(_event(typed, now) for one in compared.values() for typed in one.replaced)
    edits = [edit for one in compared.values() for edit in one.edits]
    if edits:
        editing.apply_edits(book, edits, now, day_first=is_day_first(structure.locale))


def obey(
    book: Book,
    found: Survey,
    outcome: Outcome,
    twins: Mapping[str, Mirrored],
    tab: Tab,
    structure: Structure,
    now: datetime,
) -> None:
    """Everything that follows from a look."""
    editing.bring_back_rows(book, outcome.back, now)
    returned = [*outcome.back, *(one.id for one in found.briefs.values() if _is_back(one, found))]
    for lead_id in returned:
        book.change(lead_id, {"place": THERE, "is_changed": 1})
    take_in(book, outcome.compared, twins, structure, tab, now)
    for lead_id in outcome.compared:
        row = outcome.homes.get(lead_id) or found.rows[lead_id][0]
        print_ = found.prints[row]
        book.change(lead_id, {"fingerprint": print_ if found.is_whole else f".{print_.partition('.')[2]}"})
    for lead_id in outcome.homes:
        book.change(lead_id, {"place": THERE, "is_changed": 1})
    editing.delete_rows(book, outcome.deleted, now)
    for lead_id in outcome.away:
        book.change(lead_id, {"place": MISSING})
    _hold(book, found, outcome, now)


def adopt(book: Book, found: Survey, rows: Sequence[int], now: datetime) -> dict[str, int]:
    """Rows typed by hand become leads once they have stayed as they are for a minute; their rows by ID."""
    known: dict[str, str] = json.loads(book.get(state.SHEET_TYPED) or "{}")
    typed = {row: found.prints[row] for row in rows if _names_somebody(found.table.cells(row))}
    since = {print_: known.get(print_, iso(now)) for print_ in typed.values()}
    book.put(state.SHEET_TYPED, json.dumps(since))
    return {
        _adopt(book, found.table.cells(row), now): row
        for row, print_ in typed.items()
        if now - datetime.fromisoformat(since[print_]) >= UNTOUCHED
    }


def _is_back(one: mirror.Brief, found: Survey) -> bool:
    return one.place == MISSING and one.id in found.rows


def _hold(book: Book, found: Survey, outcome: Outcome, now: datetime) -> None:
    """A part of the Sheet can show that something is wrong, but not that all is well again."""
    changed = []
    for brief in found.briefs.values():
        problem = outcome.problems.get(brief.id, "" if found.is_whole else brief.problem)
        if problem != brief.problem and (found.is_whole or not brief.problem):
            book.change(brief.id, {"problem": problem, "is_changed": 1})
            changed.append(brief.id)
    settle(book, changed, now)


def _event(one: Replaced, now: datetime) -> Event:
    """What stood there stays in Activity, since the cell is written over."""
    typed, over = trimmed(one.typed, LINE_LIMIT), trimmed(one.over, LINE_LIMIT)
    detail = edit_detail(BY_FIELD[one.field].header, over, typed)
    name = event_id(Kind.EDITED, one.lead_id, one.field, one.typed, one.over, iso(now))
    return Event(now, one.lead_id, Kind.EDITED, name, detail=detail)


def _names_somebody(cells: Mapping[str, Any]) -> bool:
    email, phone = (text_of(cells.get(name)).strip() for name in ("email", "phone"))
    return looks_like_email(email) or bool(phone_key(phone))


def _adopt(book: Book, cells: Mapping[str, Any], now: datetime) -> str:
    lead_id = arrivals.new_lead_id()
    said: dict[str, Any] = {name: text_of(cells.get(name)).strip() for name in LEAD_FIELDS}
    enquiry = Enquiry(
        id=lead_id,
        delivery=f"sheet {lead_id}",
        repeat_within=timedelta(),
        arrived=now,
        **{**said, "source": said["source"] or BY_HAND},
    )
    arrivals.adopt_row(book, enquiry, {name: cell_of(value, BY_FIELD[name]) for name, value in cells.items()})
    texts = {name: text for name, text in texts_of(cells).items() if name != "id"}
    mirror.agree(book, lead_id, texts, is_changed=True)
    mirror.keep(book, lead_id, {name for name, text in texts.items() if text and name != "status"})
    return lead_id
