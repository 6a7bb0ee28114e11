"""One batch of requests: what it writes, and where.

Rows and columns may move between a read and a write. So each batch first copies what stands in the cells it
is about to write to a hidden tab, and its answer brings back that copy, the headers and the keys of the
rows. Where a row or column had moved, what was overwritten is put back and the write is done again.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sheetflow.tracker.google_book import Book
from sheetflow.tracker.google_cells import Value, a1, cell_of, row_data
from sheetflow.tracker.google_layout import Role, Tab
from sheetflow.workflow.columns import BY_FIELD
from sheetflow.workflow.lead import cell_text
from sheetflow.workflow.numbers import Report

Json = dict[str, Any]

VALUE = "userEnteredValue"
SAME_ROWS = 2_000  # rows in one rectangle at most


@dataclass(frozen=True)
class CellWrite:
    """A new value for one cell. `key` and `name` (a field, else a header) say which; `row` where it was."""

    role: Role
    key: str  # empty: the row has none, `row` counts
    name: str
    value: Value
    row: int | None = None  # where the key stands twice, or not at all
    column: int | None = None  # where the header is empty, or stands twice
    believed: Value = None  # what stands there as far as we know
    is_guarded: bool = False  # another value than the believed one was typed by a person, and is put back
    puts_back: bool = False  # what stood there before a write that belonged elsewhere


@dataclass(frozen=True)
class Work:
    """What a batch is to do. Appended rows are values by field, in order."""

    cells: tuple[CellWrite, ...] = ()
    appends: Mapping[Role, Sequence[Mapping[str, Value]]] = field(default_factory=dict)
    claims: tuple[str, ...] = ()  # names of guards, one a claim
    once: str = ""  # the name of the guard of new leads
    barring: tuple[str, ...] = ()  # names of guards, one a new line of Suppressed
    renewed: tuple[str, ...] = ()  # IDs of those that stand from a line that was lifted since
    expired: tuple[str, ...] = ()  # IDs of old guards to remove
    watched: tuple[str, ...] = ()  # leads whose row the answer is to show
    adopted: Mapping[str, tuple[int, str]] = field(default_factory=dict)  # by new Lead ID: row and looks
    report: Report | None = None

    def __bool__(self) -> bool:
        return bool(self.cells or any(self.appends.values()) or self.claims or self.report)


@dataclass(frozen=True)
class Block:
    """A rectangle of cells that is written, and the row of the hidden tab that its old values go to."""

    role: Role
    top: int
    left: int
    writes: Sequence[Sequence[CellWrite]]
    saved_at: int

    @property
    def height(self) -> int:
        return len(self.writes)

    @property
    def width(self) -> int:
        return len(self.writes[0])


@dataclass(frozen=True)
class Batch:
    guard: str
    work: Work
    blocks: tuple[Block, ...]
    body: Json
    tabs: Mapping[Role, Tab]  # as they were believed to be

    def touches(self, role: Role) -> bool:
        return bool(self.work.appends.get(role)) or any(cell.role is role for cell in self.work.cells)


def plan_batch(book: Book, work: Work, guard: str, hour: int, extra: Sequence[Json] = ()) -> Batch:
    """`hour` marks the guards' age; `extra` requests go last, like the formats of new rows."""
    blocks = tuple(_blocks(_placed(book, work.cells)))
    names = (guard, work.once, *work.claims, *work.barring)
    requests = [
        *map(_unnamed, work.renewed),
        *(_named_range(book, name, hour) for name in names if name),
        *_save(book, blocks, guard),
        *(_update(book, block) for block in blocks),
        *_append(book, work.appends),
        *map(_unnamed, work.expired),
        *extra,
    ]
    body: Json = {
        "requests": requests,
        "includeSpreadsheetInResponse": True,
        "responseIncludeGridData": True,
        "responseRanges": list(_ranges(book, work, blocks)),
    }
    return Batch(guard, work, blocks, body, book.tabs)


def shows_same(write: CellWrite, stands: Value, *others: Value) -> bool:
    """Whether a person sees no difference to one of the others."""
    column = BY_FIELD[write.name]
    text = cell_text(cell_of(stands, column))
    return any(cell_text(cell_of(other, column)) == text for other in others)


def _placed(book: Book, cells: Sequence[CellWrite]) -> dict[tuple[Role, int, int], CellWrite]:
    """By place. Where a cell is both put back and written anew, the new value goes over the old one."""
    found: dict[tuple[Role, int, int], CellWrite] = {}
    for cell in sorted(cells, key=lambda cell: not cell.puts_back):
        place = _place(book, cell)
        if place is None:
            continue
        back = found.get(place)
        if back is None or not back.puts_back:
            found[place] = cell
        elif not cell.is_guarded or shows_same(cell, back.value, cell.believed, cell.value):
            found[place] = replace(cell, believed=back.believed)
    return found


def _place(book: Book, cell: CellWrite) -> tuple[Role, int, int] | None:
    """Role, row and column, as far as is known; None where there is none or it may not be written."""
    tab = book.tabs.get(cell.role)
    if tab is None:
        return None
    row = cell.row if cell.row is not None else book.row_of(cell.role, cell.key)
    column = cell.column if cell.column is not None else column_of(tab, cell.name)
    if row is None or column is None or book.is_locked(cell.role, row, column):
        return None
    return cell.role, row, column


def column_of(tab: Tab, name: str) -> int | None:
    """By field, else by header where that stands once."""
    if name in tab.columns:
        return tab.columns[name]
    found = [at for at, header in tab.header.items() if header == name]
    return found[0] if len(found) == 1 else None


def _blocks(cells: Mapping[tuple[Role, int, int], CellWrite]) -> Iterator[Block]:
    """Rectangles: neighbouring columns of neighbouring rows."""
    runs: dict[tuple[Role, int, int], list[tuple[int, list[CellWrite]]]] = defaultdict(list)
    for role, row, left, writes in _runs(cells):
        runs[role, left, len(writes)].append((row, writes))
    saved = 1
    for (role, left, _), lines in runs.items():
        start = 0
        for end in range(1, len(lines) + 1):
            if end == len(lines) or lines[end][0] != lines[end - 1][0] + 1 or end - start == SAME_ROWS:
                part = lines[start:end]
                yield Block(role, part[0][0], left, [writes for _, writes in part], saved)
                saved += len(part)
                start = end


def _runs(
    cells: Mapping[tuple[Role, int, int], CellWrite],
) -> Iterator[tuple[Role, int, int, list[CellWrite]]]:
    """Cells side by side in one row: role, row, first column, the writes."""
    run: list[CellWrite] = []
    last: tuple[Role, int, int] | None = None
    for place in sorted(cells):
        if last and place != (last[0], last[1], last[2] + 1):
            yield (last[0], last[1], last[2] + 1 - len(run), run)
            run = []
        run.append(cells[place])
        last = place
    if last:
        yield (last[0], last[1], last[2] + 1 - len(run), run)


def _named_range(book: Book, name: str, hour: int) -> Json:
    """Fails the whole batch where the name is taken."""
    home = book.tabs.get(Role.BEFORE) or next(iter(book.tabs.values()))
    top = hour if hour < home.row_count else 0
    return {
        "addNamedRange": {
            "namedRange": {"name": name, "range": {"sheetId": home.id, **_span(top, top + 1, 0, 1)}}
        }
    }


def _unnamed(guard_id: str) -> Json:
    """Fails the whole batch where the guard is gone already."""
    return {"deleteNamedRange": {"namedRangeId": guard_id}}


def _save(book: Book, blocks: Sequence[Block], guard: str) -> Iterator[Json]:
    """Copies what is about to be overwritten; the first cell says for which batch."""
    tab = book.tabs.get(Role.BEFORE)
    if tab is None or not blocks:
        return
    needed = max(block.saved_at + block.height for block in blocks)
    if needed > tab.row_count:
        yield {"appendDimension": {"sheetId": tab.id, "dimension": "ROWS", "length": needed - tab.row_count}}
    start = {"sheetId": tab.id, "rowIndex": 0, "columnIndex": 0}
    yield {"updateCells": {"start": start, "rows": [row_data([guard])], "fields": VALUE}}
    for block in blocks:
        source = {"sheetId": book.tabs[block.role].id, **_area(block, block.top, block.left)}
        target = {"sheetId": tab.id, **_area(block, block.saved_at, 0)}
        yield {"copyPaste": {"source": source, "destination": target, "pasteType": "PASTE_VALUES"}}


def _area(block: Block, top: int, left: int) -> Json:
    return _span(top, top + block.height, left, left + block.width)


def _span(top: int, bottom: int, left: int, right: int) -> Json:
    return {"startRowIndex": top, "endRowIndex": bottom, "startColumnIndex": left, "endColumnIndex": right}


def _update(book: Book, block: Block) -> Json:
    start = {"sheetId": book.tabs[block.role].id, "rowIndex": block.top, "columnIndex": block.left}
    rows = [row_data(write.value for write in writes) for writes in block.writes]
    return {"updateCells": {"start": start, "rows": rows, "fields": VALUE}}


def _append(book: Book, appends: Mapping[Role, Sequence[Mapping[str, Value]]]) -> Iterator[Json]:
    """New rows go below the last one with data; a field without a column is left out."""
    for role, rows in appends.items():
        if rows:
            columns = book.tabs[role].columns
            data = [_in_columns(row, columns) for row in rows]
            yield {"appendCells": {"sheetId": book.tabs[role].id, "rows": data, "fields": VALUE}}


def _in_columns(row: Mapping[str, Value], columns: Mapping[str, int]) -> Json:
    by_column = {columns[name]: value for name, value in row.items() if name in columns}
    return row_data(by_column.get(at) for at in range(max(by_column, default=0) + 1))


def _ranges(book: Book, work: Work, blocks: Sequence[Block]) -> Iterator[str]:
    """What the answer must show: headers, the keys of Leads, watched rows, Control, the old values."""
    for role in (Role.LEADS, Role.ACTIVITY, Role.SUPPRESSED):
        if tab := book.tabs.get(role):
            yield a1(tab.title, (0, 1), (0, tab.column_count))
    leads, control = book.tabs.get(Role.LEADS), book.tabs.get(Role.CONTROL)
    if leads and leads.key is not None:
        yield a1(leads.title, None, (leads.key, leads.key + 1))
        rows = [row for lead_id in work.watched if (row := book.row_of(Role.LEADS, lead_id)) is not None]
        rows += [row for row, _ in work.adopted.values()]
        yield from (a1(leads.title, (row, row + 1), (0, leads.column_count)) for row in rows)
    if control:
        yield a1(control.title)
    if before := book.tabs.get(Role.BEFORE):
        bottom = max((block.saved_at + block.height for block in blocks), default=1)
        yield a1(before.title, (0, bottom), (0, before.column_count))
