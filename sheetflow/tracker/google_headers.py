"""Headers of Leads that aren't in its first row, in words that say what to do."""

import re
from collections.abc import Iterable

from sheetflow.tracker.google_book import Book
from sheetflow.tracker.google_cells import Value, text_of
from sheetflow.tracker.google_layout import Role
from sheetflow.workflow.columns import COLUMNS
from sheetflow.workflow.lead import ID_ALPHABET, ID_LENGTH

_MOVED = (
    "The headers of the tab {} are in row {}, so nothing is sent and new leads wait: "
    "delete the rows above them, or move these below."
)
_GONE = (
    "The first row of the tab {} is a lead, so nothing is sent and new leads wait: "
    "bring the row of headers back (Edit, Undo, or File, Version history)."
)
_ROWS = 20  # looked at from the top
_ENOUGH = 3  # words of a row that are headers
_HEADERS = frozenset(column.header.casefold() for column in COLUMNS)
_LEAD_ID = re.compile(rf"L-[{ID_ALPHABET}]{{{ID_LENGTH}}}")


def misplaced_headers(book: Book) -> str:
    """Empty where they are in the first row, or nowhere."""
    tab = book.tabs.get(Role.LEADS)
    if tab is None or {"id", "mark"} & tab.columns.keys():
        return ""
    rows = book.view.grids[Role.LEADS]
    if _are_headers(rows.row(0).values()):
        return ""
    below = (row for row in range(1, _ROWS) if _are_headers(rows.row(row).values()))
    row = next(below, None)
    if row is not None:
        return _MOVED.format(tab.title, row + 1)
    is_lead = any(_LEAD_ID.fullmatch(text_of(value).strip()) for value in rows.row(0).values())
    return _GONE.format(tab.title) if is_lead else ""


def _are_headers(cells: Iterable[Value]) -> bool:
    return len({text_of(value).strip().casefold() for value in cells} & _HEADERS) >= _ENOUGH
