"""One batch as Google takes it, with copies of the rows before and after in the hidden tab.

Rows and columns may move between the look and the write. The copies are made within the batch itself, so they
show what was written over and what stood there afterwards, whether its answer arrives or not.
"""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from sheetflow.sheet.cells import Value, a1, entered, row_data, value_of
from sheetflow.sheet.layout import STRUCTURE, Json, Role, Seal, Structure, Tab
from sheetflow.sheet.look.minutes import MINUTE_FIELDS, number_format
from sheetflow.sheet.read import Rows
from sheetflow.sheet.write import Batch, Draft, Placed

ANSWER = (
    f"updatedSpreadsheet({STRUCTURE.replace('sheets(', 'sheets(data(rowData(values(effectiveValue))),')})"
)
HEADED = (
    Role.LEADS,
    Role.CONTROL,
    Role.ACTIVITY,
)  # their headers are copied to the hidden tab, below the seal
FIRST_COPY = 1 + len(HEADED)
_VALUE = "userEnteredValue"
_SAID = f"{_VALUE},userEnteredFormat.numberFormat"


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
