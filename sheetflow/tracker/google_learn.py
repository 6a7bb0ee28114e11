"""The answer to a write brings the book up to date: where rows are now, and what stands in them."""

from collections.abc import Mapping

from sheetflow.tracker.google_book import Book, View
from sheetflow.tracker.google_cells import Grid, Value, text_of
from sheetflow.tracker.google_layout import Role
from sheetflow.tracker.google_read import event_of, read_lines
from sheetflow.tracker.google_repair import landed
from sheetflow.tracker.google_write import Batch


def learn(book: Book, batch: Batch, view: View) -> bool:
    """False where the answer can't tell enough: a column or a tab moved, or a watched row."""
    if any(_has_moved(book, view, role) for role in book.places.keys() | {Role.ACTIVITY, Role.SUPPRESSED}):
        return False
    places = {role: view.places(role) for role in book.places}
    leads = _leads_by_row(book, batch, places[Role.LEADS])
    for write, (row, column) in landed(batch, view):
        if write.role is Role.LEADS:
            leads.setdefault(row, {})[column] = write.value
    if not _see_watched(book, batch, view, places[Role.LEADS], leads):
        return False
    grids = {**book.view.grids, Role.LEADS: _grid(leads), Role.CONTROL: view.grids[Role.CONTROL]}
    book.view = View({**book.view.tabs, **{role: view.tabs[role] for role in view.tabs}}, grids)
    book.places = places
    new = [_as_text(line) for line in batch.work.appends.get(Role.ACTIVITY, ())]
    book.event_ids |= {line["event_id"] for line in new}
    read_lines(book).events.update({event.id: event for line in new if (event := event_of(line))})
    book.hashes -= {write.key for write in batch.work.cells if write.role is Role.SUPPRESSED}
    book.hashes |= {str(line["hash"]) for line in batch.work.appends.get(Role.SUPPRESSED, ())}
    gone = set(batch.work.expired)
    book.guards = {name: guard for name, guard in book.guards.items() if guard.id not in gone}
    return True


def _as_text(line: Mapping[str, Value]) -> dict[str, str]:
    return {name: text_of(value) for name, value in line.items()}


def _has_moved(book: Book, view: View, role: Role) -> bool:
    if role not in book.tabs:
        return False
    return role not in view.tabs or book.tabs[role].header != view.tabs[role].header


def _leads_by_row(book: Book, batch: Batch, places: dict[str, list[int]]) -> dict[int, dict[int, Value]]:
    """What is known of each lead, in the row where it is now; of rows that stayed, all."""
    before, old = book.view.grids[Role.LEADS], book.places[Role.LEADS]
    columns = book.tabs[Role.LEADS].columns
    new = {str(lead["id"]): lead for lead in batch.work.appends.get(Role.LEADS, ())}
    if {key: rows for key, rows in places.items() if key not in new} == old:
        leads = {row: dict(cells) for row, cells in before.rows.items()}
    else:
        leads = {
            row: dict(before.row(was))
            for key, rows in places.items()
            for was, row in zip(old.get(key, []), rows, strict=False)
        }
        leads[0] = dict(before.row(0))
    for key, lead in new.items():
        for row in places.get(key, []):
            if row not in leads:
                leads[row] = {columns[name]: value for name, value in lead.items() if name in columns}
    return leads


def _see_watched(
    book: Book,
    batch: Batch,
    view: View,
    places: dict[str, list[int]],
    leads: dict[int, dict[int, Value]],
) -> bool:
    """Takes over the rows that the answer shows whole; False where one isn't where it was."""
    key = book.tabs[Role.LEADS].key
    for lead_id in batch.work.watched:
        rows, was = places.get(lead_id, []), book.row_of(Role.LEADS, lead_id)
        if len(rows) != 1:
            continue  # deleted, or there are copies: nothing is sent either way
        cells = view.grids[Role.LEADS].row(rows[0])
        if was != rows[0] or key is None or text_of(cells.get(key)).strip() != lead_id:
            return False
        leads[rows[0]] = dict(cells)
    return True


def _grid(rows: dict[int, dict[int, Value]]) -> Grid:
    kept = {
        row: {at: value for at, value in cells.items() if value not in (None, "")}
        for row, cells in rows.items()
    }
    kept = {row: cells for row, cells in kept.items() if cells}
    return Grid(kept, max(kept, default=-1) + 1)
