"""One batch of requests: what it writes, where, and whether it landed there.

Rows and columns may move between a read and a write. So each batch first copies what stands in the cells it
is about to write to a hidden tab, and its answer brings back that copy, the headers and the keys of the
rows. Where a row or column had moved, what was overwritten is put back and the write is done again.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sheetflow.tracker.google_book import Book, View
from sheetflow.tracker.google_cells import Grid, Value, a1, cell_of, row_data, text_of
from sheetflow.tracker.google_layout import Role, Tab, fingerprint
from sheetflow.tracker.google_marks import mark_text, sent_to
from sheetflow.workflow.columns import BY_FIELD
from sheetflow.workflow.lead import Mark, cell_text
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


def find_repairs(batch: Batch, view: View, *, is_later: bool = False) -> Work:
    """What is left to do once a batch is in: what went wrong by a move, or over what a person typed.

    `is_later`: the view is a whole read some time after the write, whose answer was lost. Rows may have moved
    since, so only a cell that holds what was written is taken for one that was written over.
    """
    saved = saved_by(batch, view)
    strangers = _strangers(batch, view)
    lost = _lost_keys(batch, view, strangers)
    cells: list[CellWrite] = []
    kept: dict[str, list[str]] = {}  # shared fields by lead
    for write, place, save in sorted(written(batch), key=lambda one: one[0].name == "mark"):
        if write.role is Role.SUPPRESSED:
            continue  # the key itself is emptied there: `find_strays` sees to those lines
        old = saved.row(save[0]).get(save[1]) if saved else None
        if _is_home(write, place, view) and write.key not in strangers:
            if saved and write.is_guarded and not _same(write, old, write.believed, write.value):
                cells.append(replace(write, value=old, believed=write.value))
                kept.setdefault(write.key, []).append(write.name)
            elif write.name == "mark" and write.key in kept:
                # The mark goes last in a row: what a person typed isn't ours to remember.
                cells.append(replace(write, value=_unmarked(write.value, old, kept[write.key])))
            continue
        # Somebody else's cell: it gets back what stood there, and the write is done again in its own place.
        if saved and (not is_later or _holds(write, place, view)):
            cells.append(_physical(write, place, old, view, lost.get((write.role, place[0]))))
        if write.key and write.key not in strangers:
            cells.append(replace(write, row=None, column=None))
    for role, rows in batch.work.appends.items():
        cells += _mend_appended(batch.tabs.get(role), role, rows, view)
    return Work(tuple(cells))


def landed(batch: Batch, view: View) -> Iterator[tuple[CellWrite, tuple[int, int]]]:
    """The writes that stand where they belong, and where that is."""
    for write, place, _ in written(batch):
        if _is_home(write, place, view):
            yield write, place


def saved_by(batch: Batch, view: View) -> Grid | None:
    """What stood there before; None where the hidden tab holds another batch's by now."""
    before = view.grids.get(Role.BEFORE)
    return before if before and before.row(0).get(0) == batch.guard else None


def written(batch: Batch) -> Iterator[tuple[CellWrite, tuple[int, int], tuple[int, int]]]:
    """Each write, the cell it went to, and the cell of the hidden tab with what stood there."""
    for block in batch.blocks:
        for down, writes in enumerate(block.writes):
            for across, write in enumerate(writes):
                yield write, (block.top + down, block.left + across), (block.saved_at + down, across)


def _unmarked(written: Value, old: Value, names: Sequence[str]) -> Value:
    """The mark with its old parts for these fields."""
    was, now = Mark.from_json(str(old or "")), str(written)
    if was.lead_id != Mark.from_json(now).lead_id:
        was = Mark()
    parts: dict[str, Any] = {name: getattr(was, name) for name in names}
    return mark_text(replace(Mark.from_json(now), **parts), sent_to(now))


def _same(write: CellWrite, stands: Value, *others: Value) -> bool:
    """Whether a person sees no difference to one of the others."""
    column = BY_FIELD[write.name]
    text = cell_text(cell_of(stands, column))
    return any(cell_text(cell_of(other, column)) == text for other in others)


def _strangers(batch: Batch, view: View) -> set[str]:
    """New Lead IDs that went to another row than the one a person had typed."""
    tab = view.tabs.get(Role.LEADS)
    rows = view.grids.get(Role.LEADS)
    return {
        lead_id
        for lead_id, (row, looks) in batch.work.adopted.items()
        if tab is None or rows is None or fingerprint(tab.columns, rows.row(row)) != looks
    }


def _holds(write: CellWrite, place: tuple[int, int], view: View) -> bool:
    """An emptied cell tells nothing."""
    stands = view.grids[write.role].row(place[0]).get(place[1]) if write.role in view.grids else None
    return text_of(stands) == text_of(write.value) != ""


def _lost_keys(batch: Batch, view: View, strangers: set[str]) -> dict[tuple[Role, int], str]:
    """The keys that stood where something else was written: they will stand there again."""
    saved = saved_by(batch, view)
    return {
        (write.role, place[0]): text_of(saved.row(save[0]).get(save[1])).strip()
        for write, place, save in written(batch)
        if saved and (tab := view.tabs.get(write.role)) and place[1] == tab.key
        if not _is_home(write, place, view) or write.key in strangers
    }


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
        elif not cell.is_guarded or _same(cell, back.value, cell.believed, cell.value):
            found[place] = replace(cell, believed=back.believed)
    return found


def _place(book: Book, cell: CellWrite) -> tuple[Role, int, int] | None:
    """Role, row and column, as far as is known; None where there is none or it may not be written."""
    tab = book.tabs.get(cell.role)
    if tab is None:
        return None
    row = cell.row if cell.row is not None else book.row_of(cell.role, cell.key)
    column = cell.column if cell.column is not None else _column(tab, cell.name)
    if row is None or column is None or book.is_locked(cell.role, row, column):
        return None
    return cell.role, row, column


def _column(tab: Tab, name: str) -> int | None:
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


def _is_home(write: CellWrite, place: tuple[int, int], view: View) -> bool:
    tab = view.tabs.get(write.role)
    if tab is None:
        return False
    row, column = place
    if write.key and _key_at(tab, row, view) != write.key:
        return False
    return write.column is not None or _column(tab, write.name) == column


def _key_at(tab: Tab, row: int, view: View) -> str:
    value = view.grids[tab.role].row(row).get(tab.key) if tab.key is not None else None
    return str(value or "").strip()


def _physical(
    write: CellWrite, place: tuple[int, int], old: Value, view: View, lost: str | None
) -> CellWrite:
    """A cell by where it is now, named as well as it can be in case it moves again.

    `lost` is the row's key where that is put back too.
    """
    row, column = place
    tab = view.tabs[write.role]
    header = tab.header.get(column, "")
    named = _column(tab, header) == column if header else False
    at = None if named else column
    key = _key_at(tab, row, view) if lost is None else lost
    return CellWrite(write.role, key, header, old, row, at, believed=write.value, puts_back=True)


def _mend_appended(
    tab: Tab | None, role: Role, rows: Sequence[Mapping[str, Value]], view: View
) -> Iterator[CellWrite]:
    """New rows of Leads whose columns moved at the moment they were written."""
    now = view.tabs.get(role)
    if role is not Role.LEADS or tab is None or now is None or tab.columns == now.columns:
        return
    moved = {name for name, at in tab.columns.items() if now.columns.get(name) != at}
    wrong = {tab.columns[name] for name in moved} - {now.columns.get(name) for name in moved}
    written = {str(row["id"]): row for row in rows}
    for number, value in view.grids[role].column(tab.key):
        row = written.get(str(value))
        if row is None:
            continue
        # Where the Lead IDs themselves landed elsewhere, only the row says which one it is.
        key = str(value) if tab.key == now.key else ""
        for at in sorted(wrong):
            header = now.header.get(at, "")
            named = _column(now, header) == at if header else False
            yield CellWrite(role, key, header, None, number, None if named else at)
        for name in sorted(moved & row.keys() & now.columns.keys()):
            yield CellWrite(role, key, name, row[name], number)
