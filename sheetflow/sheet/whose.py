"""Whose Sheet it is, and whether its headers are where they belong, in words that say what to do."""

import re
from collections.abc import Iterable, Sequence

from sheetflow.ledger import state
from sheetflow.ledger.book import Book
from sheetflow.sheet.cells import Value, text_of
from sheetflow.sheet.layout import Seal, Structure, Tab
from sheetflow.workflow.columns import COLUMNS
from sheetflow.workflow.lead import ID_ALPHABET, ID_LENGTH, looks_like_email

FOREIGN = (
    "The Sheet belongs to another ledger ({}), and this one is {}: nothing is written to it and nothing is "
    "sent. Run `python -m sheetflow restore` if the old ledger is lost, or `python -m sheetflow setup "
    "--take-over` if this ledger is the right one."
)
NEWER = (
    "The ledger is older than the Sheet (batch {} of {}): nothing is sent until "
    "`python -m sheetflow restore` has added what it lacks."
)
_MISPLACED = (
    "The headers of the tab {} are in row {}, so nothing is sent and new leads wait: undo what moved them "
    "(Ctrl+Z), or move that row to the top."
)
_GONE = (
    "The first row of the tab {} is a lead, so nothing is sent and new leads wait: "
    "bring the row of headers back (Edit, Undo, or File, Version history)."
)
_NO_HEADERS = (
    "The first row of the tab {} has no headers: insert a row at the top that names the columns "
    "(Name, Email, Phone …)."
)
_ENOUGH = 3  # words of a row that are headers
_HEADERS = frozenset(column.header.casefold() for column in COLUMNS)
LEAD_ID = re.compile(rf"L-[{ID_ALPHABET}]{{{ID_LENGTH}}}")


def foreign(structure: Structure, seal: Seal | None, ledger: str) -> bool:
    """Whether the Sheet carries another ledger's name."""
    if seal:
        return seal.ledger != ledger
    return bool(structure.guards) and not structure.guards_of(ledger)


def find_mistake(structure: Structure, seal: Seal | None, book: Book) -> str:
    """Why this ledger and this Sheet don't go together; empty if they do."""
    ledger, number = book.get(state.LEDGER), int(book.get(state.SHEET_NUMBER) or 0)
    if foreign(structure, seal, ledger):
        return FOREIGN.format(seal.ledger if seal else "unnamed", ledger)
    known = number + bool(book.get(state.SHEET_BATCH))  # one may have landed without our knowing
    found = max((seal.number if seal else 0, *structure.guards_of(ledger)))
    return NEWER.format(known, found) if found > known else ""


def misplaced_headers(tab: Tab, rows: Sequence[Sequence[Value]]) -> str:
    """Empty if they are in the first row, or nothing is there at all."""
    if not rows or _are_headers(rows[0]) or "id" in tab.columns:
        return ""
    below = (number for number, row in enumerate(rows) if _are_headers(row))
    row = next(below, None)
    if row is not None:
        return _MISPLACED.format(tab.title, row + 1)
    first = [text_of(value).strip() for value in rows[0]]
    if any(map(LEAD_ID.fullmatch, first)):
        return _GONE.format(tab.title)
    return _NO_HEADERS.format(tab.title) if any(map(looks_like_email, first)) else ""


def _are_headers(cells: Iterable[Value]) -> bool:
    return len({text_of(value).strip().casefold() for value in cells} & _HEADERS) >= _ENOUGH
