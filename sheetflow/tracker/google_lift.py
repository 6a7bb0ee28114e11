"""Lines that go from Suppressed, and what is to be done where another line stood in their place by then."""

from collections.abc import Iterator, Sequence

from sheetflow.tracker.google_book import Book, View
from sheetflow.tracker.google_cells import text_of
from sheetflow.tracker.google_layout import HEADERS, Role, Tab
from sheetflow.tracker.google_read import suppression_of
from sheetflow.tracker.google_repair import saved_by, written
from sheetflow.tracker.google_write import Batch, CellWrite
from sheetflow.workflow.tracked import Changes


def lifting_cells(book: Book, hashes: Sequence[str]) -> Iterator[CellWrite]:
    """Empties every line with one of the hashes.

    Its row stays: were it deleted, the rows below would move under the write of another process.
    """
    tab, places = book.tabs.get(Role.SUPPRESSED), book.view.places(Role.SUPPRESSED)
    for key in hashes:
        for row in places.get(key, ()):
            if tab and tab.key is not None and not book.is_locked(tab.role, row, tab.key):
                names = HEADERS[Role.SUPPRESSED]
                yield from (CellWrite(Role.SUPPRESSED, key, name, None, row=row) for name in names)


def find_strays(batch: Batch, view: View, changes: Changes) -> Changes:
    """Adds the lines that were emptied by mistake, as after sorting, and lifts again what was missed.

    New lines whose columns moved at that moment are written again, and go from where they are.
    """
    tab = view.tabs.get(Role.SUPPRESSED)
    if tab is None or tab.missing:
        return Changes()
    emptied = list(_emptied(batch, view, tab))
    missed = {key: None for key, line in emptied if line["hash"] != key}
    lost = (line for _, line in emptied if line["hash"] and line["hash"] not in changes.lift)
    appended = [
        {name: text_of(value) for name, value in line.items()}
        for line in batch.work.appends.get(Role.SUPPRESSED, ())
    ]
    was = batch.tabs[Role.SUPPRESSED].columns
    has_moved = was != tab.columns
    again = (line for line in appended if has_moved or line["hash"] in missed)
    if has_moved:
        names = {at: name for name, at in was.items()}
        missed |= dict.fromkeys(line.get(names.get(tab.columns["hash"], ""), "") for line in appended)
    return Changes(suppress=tuple(map(suppression_of, (*lost, *again))), lift=tuple(filter(None, missed)))


def _emptied(batch: Batch, view: View, tab: Tab) -> Iterator[tuple[str, dict[str, str]]]:
    """The hash that was to go, and the line that stood there, by field."""
    saved = saved_by(batch, view)
    if saved is None:
        return
    names = {at: name for name, at in tab.columns.items()}
    found: dict[int, tuple[str, dict[str, str]]] = {}
    for write, (row, column), (down, across) in written(batch):
        if write.role is Role.SUPPRESSED:
            _, line = found.setdefault(row, (write.key, dict.fromkeys(HEADERS[Role.SUPPRESSED], "")))
            line[names.get(column, "")] = text_of(saved.row(down).get(across)).strip()
    yield from found.values()
