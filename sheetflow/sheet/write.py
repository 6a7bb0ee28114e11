"""One batch: what it writes, and where, with copies of the rows before and after in the hidden tab.

Rows and columns may move between the look and the write. The copies are made within the batch itself, so they
show what was written over and what stood there afterwards, whether its answer arrives or not.
"""

import json
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from sheetflow.ledger.mirror import Mirrored
from sheetflow.sheet.cells import Value, a1, cell_of, entered, row_data, text_of, value_of
from sheetflow.sheet.layout import PROBLEMS, STRUCTURE, Json, Role, Seal, Structure, Tab
from sheetflow.sheet.look.meanings import MEANINGS
from sheetflow.sheet.look.minutes import MINUTE_FIELDS, number_format
from sheetflow.sheet.read import Line, Rows, Seen, Table
from sheetflow.workflow.columns import BY_FIELD, LEAD_FIELDS
from sheetflow.workflow.lead import cell_text

ANSWER = (
    f"updatedSpreadsheet({STRUCTURE.replace('sheets(', 'sheets(data(rowData(values(effectiveValue))),')})"
)
MOST_BYTES = 1_600_000  # of JSON, and at most one long lead more; Google takes 2 MB
MOST_ROWS = 1_000  # in one batch
MOST_LINES = 3_000  # of Activity in one batch
HEADED = (
    Role.LEADS,
    Role.CONTROL,
    Role.ACTIVITY,
)  # their headers are copied to the hidden tab, below the seal
FIRST_COPY = 1 + len(HEADED)
CONFIRMED = "deleted"  # what a person types beside the sentence about deleted rows, in any case
_VALUE = "userEnteredValue"
_SAID = f"{_VALUE},userEnteredFormat.numberFormat"


@dataclass(frozen=True)
class Placed:
    """What goes into one row. `key` is whose row it must be, `stood` what its key cell holds before that.

    `cells` by column; `fields` says which are ours. For a cell that is only put back as it was, `over` says
    what is believed to stand there.
    """

    role: Role
    key: str
    row: int
    stood: str
    cells: Mapping[int, Value]
    fields: Mapping[int, str] = field(default_factory=dict)
    over: Mapping[int, Value] = field(default_factory=dict)


@dataclass(frozen=True)
class Batch:
    """`activity` is the number of the last event that it carries."""

    seal: Seal
    rows: tuple[Placed, ...]
    activity: int
    body: Json

    def to_json(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> "Batch | None":
        if not text:
            return None
        found = json.loads(text)
        rows = tuple(_placed(one) for one in found["rows"])
        return cls(Seal(**found["seal"]), rows, found["activity"], found["body"])


@dataclass
class Standing:
    """Where things stood at the last look, and where our own writes have put them since.

    `rows` are those of each lead, `homes` rows that lack their lead's ID and what is in its place, `last` the
    last row with a Lead ID, `occupied` rows below it that can't take a lead as they are.
    """

    structure: Structure
    rows: dict[str, list[int]]
    homes: Mapping[str, tuple[int, str]]
    last: int
    occupied: set[int]
    control: Mapping[str, Line]
    is_damaged: bool = False  # the hidden tab's first line is to be written anew
    erased: tuple[Placed, ...] = ()  # what is still told of forgotten people

    @classmethod
    def of(cls, seen: Seen, homes: Mapping[str, int], *, is_damaged: bool) -> "Standing":
        rows: dict[str, list[int]] = {}
        ids = dict(seen.leads.ids()) if seen.leads else {}
        for row, lead_id in ids.items():
            if lead_id:
                rows.setdefault(lead_id, []).append(row)
        last = max((row for found in rows.values() for row in found), default=0)
        occupied = {row for row in ids if row > last and seen.leads and is_filled(seen.leads, row)}
        at = {lead_id: (row, ids[row]) for lead_id, row in homes.items()}
        last = max([last, *homes.values()])
        return cls(seen.structure, rows, at, last, occupied, seen.control, is_damaged)

    @property
    def leads(self) -> Tab | None:
        """None if nothing can be written there: nobody would know the rows again."""
        tab = self.structure.tabs.get(Role.LEADS)
        return tab if tab and "id" in tab.columns else None

    def after(self, batch: Batch, structure: Structure) -> "Standing":
        """With the rows that a batch has added."""
        rows, control = dict(self.rows), dict(self.control)
        for one in batch.rows:
            if one.role is Role.LEADS:
                rows.setdefault(one.key, [one.row])
            elif one.fields:
                control[one.key] = replace(control[one.key], value=text_of(next(iter(one.cells.values()))))
        control |= {name: replace(line, cells=()) for name, line in control.items()}
        new = [one.row for one in batch.rows if one.role is Role.LEADS and one.row > self.last]
        shift = 0 if self.occupied.isdisjoint(new) else len(new)  # rows were inserted
        return Standing(
            structure, rows, {}, max([self.last, *new]), {row + shift for row in self.occupied}, control
        )

    def unconfirmed(self) -> Iterator[Placed]:
        """The word DELETED beside Problems goes once it was read: it holds for one time."""
        line, tab = self.control.get(PROBLEMS), self.structure.tabs.get(Role.CONTROL)
        for at, text in enumerate(line.cells if line and tab else ()):
            if line and text.casefold() == CONFIRMED:
                meaning = MEANINGS[PROBLEMS] if tab and tab.columns.get("meaning") == at else None
                yield Placed(Role.CONTROL, PROBLEMS, line.row, PROBLEMS, {at: meaning}, {}, {})


@dataclass
class Draft:
    """A batch while it is put together, up to its size."""

    standing: Standing
    rows: list[Placed] = field(default_factory=list)
    new: int = 0
    lines: list[Mapping[str, str]] = field(default_factory=list)  # of Activity, by field
    activity: int = 0  # the number of the last event among them
    extra: list[Json] = field(default_factory=list)
    size: int = 0

    @property
    def is_full(self) -> bool:
        return self.size > MOST_BYTES or len(self.rows) >= MOST_ROWS

    def add(self, rows: Iterable[Placed]) -> None:
        for one in rows:
            self.rows.append(one)
            self.size += 420 + len(json.dumps(list(one.cells.values()), ensure_ascii=False).encode("utf-8"))

    def add_line(self, number: int, line: Mapping[str, str]) -> None:
        self.lines.append(line)
        self.activity = number
        self.size += 350 + len(json.dumps(line.get("detail"), ensure_ascii=False).encode("utf-8"))

    def __bool__(self) -> bool:
        return bool(self.rows or self.lines or self.extra)


def is_filled(table: Table, row: int) -> bool:
    return any(value not in (None, False) for value in table.cells(row).values())


def wanted_values(known: Mirrored, tab: Tab) -> dict[str, Value]:
    """The row as it should stand in these columns: what has no column is said in Details."""
    values = {name: value_of(known.wanted.get(name)) for name in BY_FIELD if name in tab.columns}
    homeless = [name for name in LEAD_FIELDS if name not in tab.columns and known.wanted.get(name)]
    if homeless and "details" in values:
        told = [f"{BY_FIELD[name].header}: {known.wanted[name]}" for name in homeless]
        values["details"] = value_of("\n".join([*told, str(known.wanted.get("details") or "")]).strip())
    return values


def lacking(known: Mirrored, tab: Tab) -> dict[str, Value]:
    """What of the lead's row isn't in the Sheet as it should be. While something is wrong with the row only
    Why is written, which says so."""
    wanted = wanted_values(known, tab)
    names = ("why",) if known.problem else tuple(wanted)
    return {
        name: wanted[name]
        for name in names
        if name in wanted and name != "id" and name not in known.kept
        if cell_text(cell_of(wanted[name], BY_FIELD[name])) != known.agreed.get(name, "")
    }


def rows_for(known: Mirrored, draft: Draft) -> Iterator[Placed]:
    """Where a lead's cells go: into its row, into each of them if there are several, or below the others."""
    standing, tab = draft.standing, draft.standing.leads
    assert tab is not None
    cells = lacking(known, tab)
    places = [(row, known.id) for row in standing.rows.get(known.id, ())]
    if known.id in standing.homes:
        places = [standing.homes[known.id]]
        cells = {**cells, "id": known.id}
    elif not places and not known.place:
        draft.new += 1
        places, cells = [(standing.last + draft.new, "")], {**cells, "id": known.id}
    for row, stood in places:
        by_column = {
            tab.columns[name]: value
            for name, value in cells.items()
            if not standing.structure.is_locked(Role.LEADS, row, tab.columns[name])
        }
        if by_column:
            fields = {at: name for name, at in tab.columns.items() if at in by_column}
            yield Placed(Role.LEADS, known.id, row, stood, by_column, fields)


def control_rows(standing: Standing, values: Mapping[str, str]) -> Iterator[Placed]:
    """Lines of Control that should say something else."""
    tab = standing.structure.tabs.get(Role.CONTROL)
    for name, value in values.items():
        line = standing.control.get(name)
        if tab and line and line.value != value and not tab.missing:
            at = tab.columns["value"]
            if not standing.structure.is_locked(Role.CONTROL, line.row, at):
                yield Placed(Role.CONTROL, name, line.row, name, {at: value_of(value)}, {at: "value"})


def batch_of(draft: Draft, seal: Seal, formats: Iterable[Json] = ()) -> Batch:
    """`formats` are for rows that the grid grows by."""
    standing, rows = draft.standing, tuple(draft.rows)
    structure = standing.structure
    requests = [
        *seal_requests(structure, seal),
        *_room(draft),
        _emptied(structure),
        *formats,
        *_inserted(draft),
        *_headers(structure),
        *_copies(structure, rows, FIRST_COPY),
        *_updates(structure, rows),
        *_copies(structure, rows, FIRST_COPY + len(rows)),
        *_activity(structure, draft.lines),
        *draft.extra,
    ]
    hidden = structure.tabs[Role.HIDDEN]
    ranges = [a1(tab.title, (0, 1), (0, 1)) for role, tab in structure.tabs.items() if role != Role.HIDDEN]
    body: Json = {
        "requests": requests,
        "includeSpreadsheetInResponse": True,
        "responseIncludeGridData": True,
        "responseRanges": [a1(hidden.title, (0, hidden_rows(rows)), (0, _width(structure))), *ranges],
    }
    return Batch(seal, rows, draft.activity, body)


def hidden_rows(rows: Sequence[Placed]) -> int:
    """How many rows of the hidden tab tell what became of a batch."""
    return FIRST_COPY + 2 * len(rows)


def seal_requests(structure: Structure, seal: Seal) -> Iterator[Json]:
    """Takes away whatever guards there are, and sets this batch's: who comes second is refused whole."""
    hidden = structure.tabs[Role.HIDDEN]
    for guard_id in structure.guards.values():
        yield {"deleteNamedRange": {"namedRangeId": guard_id}}
    # All of the tab: a range whose cells are deleted goes with them.
    named = {"namedRangeId": seal.guard, "name": seal.guard, "range": {"sheetId": hidden.id}}
    yield {"addNamedRange": {"namedRange": named}}
    start = {"sheetId": hidden.id, "rowIndex": 0, "columnIndex": 0}
    yield {"updateCells": {"start": start, "rows": [row_data(seal.line)], "fields": _VALUE}}


def grown_from(draft: Draft) -> int | None:
    """The first row that the grid of Leads lacks; None if there is room."""
    tab = draft.standing.leads
    bottom = max((one.row + 1 for one in draft.rows if one.role is Role.LEADS), default=0)
    return tab.row_count if tab and bottom > tab.row_count else None


def _width(structure: Structure) -> int:
    return max(tab.column_count for role, tab in structure.tabs.items() if role in HEADED)


def _room(draft: Draft) -> Iterator[Json]:
    tabs = draft.standing.structure.tabs
    hidden, leads = tabs[Role.HIDDEN], draft.standing.leads
    if leads and grown_from(draft) is not None:
        bottom = max(one.row + 1 for one in draft.rows if one.role is Role.LEADS)
        yield _more(leads, "ROWS", bottom - leads.row_count)
    for dimension, needed, there in (
        ("ROWS", hidden_rows(draft.rows), hidden.row_count),
        ("COLUMNS", _width(draft.standing.structure), hidden.column_count),
    ):
        if needed > there:
            yield _more(hidden, dimension, needed - there)


def _emptied(structure: Structure) -> Json:
    """The copies of the batch before: they may tell of somebody who is forgotten by now."""
    area = {"sheetId": structure.tabs[Role.HIDDEN].id, "startRowIndex": 1}
    return {"updateCells": {"range": area, "fields": _VALUE}}


def _more(tab: Tab, dimension: str, length: int) -> Json:
    return {"appendDimension": {"sheetId": tab.id, "dimension": dimension, "length": length}}


def _inserted(draft: Draft) -> Iterator[Json]:
    """Room above whatever stands below the last lead: a row of sums, a row that a person began."""
    standing = draft.standing
    first, end = standing.last + 1, standing.last + 1 + draft.new
    if standing.leads and not standing.occupied.isdisjoint(range(first, end)):
        area = {"sheetId": standing.leads.id, "dimension": "ROWS", "startIndex": first, "endIndex": end}
        yield {"insertDimension": {"range": area, "inheritFromBefore": first > 1}}


def _headers(structure: Structure) -> Iterator[Json]:
    for at, role in enumerate(HEADED, 1):
        if tab := structure.tabs.get(role):
            yield _copy(structure, tab, 0, 1, at)


def _copies(structure: Structure, rows: Sequence[Placed], top: int) -> Iterator[Json]:
    """Neighbours as one."""
    start = 0
    for end in range(1, len(rows) + 1):
        before = rows[end - 1]
        is_next = end < len(rows) and rows[end].role is before.role and rows[end].row == before.row + 1
        if not is_next:
            first = rows[start]
            yield _copy(structure, structure.tabs[first.role], first.row, end - start, top + start)
            start = end


def _copy(structure: Structure, tab: Tab, row: int, height: int, to: int) -> Json:
    width = tab.column_count
    source = {"sheetId": tab.id, **_span(row, row + height, 0, width)}
    target = {"sheetId": structure.tabs[Role.HIDDEN].id, **_span(to, to + height, 0, width)}
    return {"copyPaste": {"source": source, "destination": target, "pasteType": "PASTE_VALUES"}}


def _span(top: int, bottom: int, left: int, right: int) -> Json:
    return {"startRowIndex": top, "endRowIndex": bottom, "startColumnIndex": left, "endColumnIndex": right}


def _updates(structure: Structure, rows: Sequence[Placed]) -> Iterator[Json]:
    """Rectangles: the same neighbouring columns of neighbouring rows."""
    minutes = _minute_columns(structure)
    runs = sorted(
        ((one.role, left, len(part), one.row), part) for one in rows for left, part in _runs(one, minutes)
    )
    block: list[Sequence[Value]] = []
    for number, ((role, left, width, row), part) in enumerate(runs, 1):
        block.append(part)
        if number == len(runs) or runs[number][0] != (role, left, width, row + 1):
            top = row + 1 - len(block)
            start = {"sheetId": structure.tabs[role].id, "rowIndex": top, "columnIndex": left}
            is_minutes = role is Role.LEADS and left in minutes
            made, fields = (_minutes, _SAID) if is_minutes else (row_data, _VALUE)
            yield {"updateCells": {"start": start, "rows": [*map(made, block)], "fields": fields}}
            block = []


def _runs(one: Placed, minutes: Container[int]) -> Iterator[tuple[int, Sequence[Value]]]:
    """Cells side by side: the first column, the values. Minutes, whose looks go with them, apart."""
    apart = minutes if one.role is Role.LEADS else ()
    columns = sorted(one.cells)
    start = 0
    for end in range(1, len(columns) + 1):
        if (
            end == len(columns)
            or columns[end] != columns[end - 1] + 1
            or (columns[end] in apart) != (columns[end - 1] in apart)
        ):
            yield columns[start], [one.cells[at] for at in columns[start:end]]
            start = end


def _minute_columns(structure: Structure) -> set[int]:
    tab = structure.tabs.get(Role.LEADS)
    return {tab.columns[name] for name in MINUTE_FIELDS if name in tab.columns} if tab else set()


def _minutes(values: Iterable[Value]) -> Json:
    """What the number is called depends on it, so it is written along wherever the number goes."""
    looks = [
        {**entered(value), "userEnteredFormat": {"numberFormat": number_format(value)}} for value in values
    ]
    return {"values": looks}


def _activity(structure: Structure, lines: Sequence[Mapping[str, str]]) -> Iterator[Json]:
    tab = structure.tabs.get(Role.ACTIVITY)
    if tab is None or not lines:
        return
    names = {at: name for name, at in tab.columns.items()}
    rows = [row_data(value_of(line.get(names.get(at, ""))) for at in range(max(names) + 1)) for line in lines]
    yield {"appendCells": {"sheetId": tab.id, "rows": rows, "fields": _VALUE}}


def renewed(structure: Structure, answer: Json) -> Structure:
    """What a batch's answer tells of the spreadsheet; headers stay as they were read."""
    told = answer.get("updatedSpreadsheet") or {}
    sheets = {sheet["properties"].get("sheetId", 0): sheet for sheet in told.get("sheets") or ()}
    found = Structure.of(told, {}, {})
    tabs = {}
    for role, tab in structure.tabs.items():
        properties = sheets.get(tab.id, {}).get("properties", {})
        grid = properties.get("gridProperties") or {}
        size = grid.get("rowCount", tab.row_count), grid.get("columnCount", tab.column_count)
        title = properties.get("title", tab.title)
        tabs[role] = replace(tab, title=title, row_count=size[0], column_count=size[1])
    return replace(found, tabs=tabs, doubles=structure.doubles)


def hidden_in(answer: Json, structure: Structure) -> Rows:
    """The hidden tab's rows in a batch's answer."""
    wanted = structure.tabs[Role.HIDDEN].id
    for sheet in (answer.get("updatedSpreadsheet") or {}).get("sheets") or ():
        if sheet["properties"].get("sheetId", 0) == wanted:
            return [list(row or ()) for row in ((sheet.get("data") or [{}])[0] or {}).get("rowData") or ()]
    return ()


def _placed(found: dict[str, Any]) -> Placed:
    by_column = {
        name: {int(at): value for at, value in found[name].items()} for name in ("cells", "fields", "over")
    }
    return Placed(**{**found, "role": Role(found["role"]), **by_column})
