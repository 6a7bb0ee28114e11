"""The requests of spreadsheets.batchUpdate that write cells."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.fakes.sheets_cells import mask_of, typed_into, writer
from tests.fakes.sheets_document import Document, outside
from tests.fakes.sheets_errors import Invalid, not_built
from tests.fakes.sheets_grid import EMPTY, Area, Cell, Message, Sheet
from tests.fakes.sheets_masks import Mask, parsed
from tests.fakes.sheets_values import CellError, evaluated


def update_cells(document: Document, body: Message) -> None:
    """`range`: what the rows don't cover is cleared. `start`: only the cells that are there."""
    mask = mask_of(body.get("fields"), parsed)
    rows = body.get("rows") or []
    is_whole = "range" in body
    area = document.area(body["range"]) if is_whole else _from_start(document, body.get("start") or {}, rows)
    _check_fits(area, rows)
    document.check_writable(area)
    if is_whole:
        area.sheet.change(area, writer(mask, {}))
    write_rows(area.sheet, area.top, area.left, rows, mask)


def append_cells(document: Document, body: Message) -> None:
    """After the last row with data; the grid grows downwards, never to the right."""
    mask = mask_of(body.get("fields"), parsed)
    rows = body.get("rows") or []
    sheet = document.sheet(body.get("sheetId") or 0)
    top = sheet.rows_with_data()
    if top + len(rows) > sheet.row_count:
        sheet.resize(rows=top + len(rows))
        document.check_size()
    area = Area(sheet, top, top + len(rows), 0, sheet.column_count)
    _check_fits(area, rows)
    document.check_writable(area)
    write_rows(sheet, top, 0, rows, mask)


def repeat_cell(document: Document, body: Message) -> None:
    area = document.area(body.get("range") or {})
    document.check_writable(area)
    area.sheet.change(area, writer(mask_of(body.get("fields"), parsed), body.get("cell") or {}))


def set_data_validation(document: Document, body: Message) -> None:
    """Fills today's cells only: rows that come later have no dropdown."""
    area = document.area(body.get("range") or {})
    document.check_writable(area)
    rule = body.get("rule")
    area.sheet.change(area, lambda cell: cell._replace(validation=rule or None))


def sort_range(document: Document, body: Message) -> None:
    area = document.area(body.get("range") or {})
    document.check_writable(area)
    keys = [
        (spec.get("dimensionIndex") or 0, spec.get("sortOrder") == "DESCENDING")
        for spec in body.get("sortSpecs") or []
    ]
    if any(not area.left <= column < area.right for column, _ in keys):
        raise Invalid("sortSpecs.dimensionIndex must be within the range.")
    sort_rows(area, keys)


def merge_cells(document: Document, body: Message) -> None:
    area = document.area(body.get("range") or {})
    document.check_writable(area)
    for merge in area.sheet.merges:
        if document.area(merge).meets(area):
            raise Invalid("You must select all cells in a merged range to merge or unmerge them.")
    for part in _merged_parts(area, body.get("mergeType") or "MERGE_ALL"):
        merge_area(part)


def unmerge_cells(document: Document, body: Message) -> None:
    area = document.area(body.get("range") or {})
    area.sheet.merges = [merge for merge in area.sheet.merges if not document.area(merge).meets(area)]


def copy_paste(document: Document, body: Message) -> None:
    """The source repeats until it fills the destination, and is never cut."""
    source = document.area(body.get("source") or {})
    target = document.area(body.get("destination") or {})
    height, width = source.bottom - source.top, source.right - source.left
    down = max(1, (target.bottom - target.top) // height) * height
    across = max(1, (target.right - target.left) // width) * width
    target = Area(target.sheet, target.top, target.top + down, target.left, target.left + across)
    if target.bottom > target.sheet.row_count or target.right > target.sheet.column_count:
        raise outside(target)
    document.check_writable(target)
    copied = [
        [
            source.sheet.cell(source.top + row % height, source.left + column % width)
            for column in range(across)
        ]
        for row in range(down)
    ]
    kind = body.get("pasteType") or "PASTE_NORMAL"
    if kind not in PASTES or body.get("pasteOrientation") == "TRANSPOSE":
        raise not_built(f"copyPaste of {kind} {body.get('pasteOrientation', '')}")
    paste = PASTES[kind]
    for row, cells in enumerate(copied, target.top):
        old = [target.sheet.cell(row, column) for column in range(target.left, target.right)]
        target.sheet.put(row, target.left, [paste(*pair) for pair in zip(old, cells, strict=True)])


def paste_data(document: Document, body: Message) -> None:
    """As if typed: `delimiter` between cells, one row a line."""
    lines = [line.split(body.get("delimiter") or "\t") for line in (body.get("data") or "").splitlines()]
    area = _from_start(document, body.get("coordinate") or {}, [{"values": line} for line in lines])
    document.check_writable(area)
    for row, texts in enumerate(lines, area.top):
        cells = [area.sheet.cell(row, area.left + n) for n in range(len(texts))]
        pasted = [typed_into(cell, text, document) for cell, text in zip(cells, texts, strict=True)]
        area.sheet.put(row, area.left, pasted)


def update_borders(document: Document, body: Message) -> None:
    area = document.area(body.get("range") or {})
    document.check_writable(area)
    for row in range(area.top, area.bottom):
        old = [area.sheet.cell(row, column) for column in range(area.left, area.right)]
        new = [_bordered(cell, body, area, row, area.left + n) for n, cell in enumerate(old)]
        area.sheet.put(row, area.left, new)


def write_rows(sheet: Sheet, top: int, left: int, rows: list[Message], mask: Mask) -> None:
    """Write RowData; cells the rows don't mention stay as they are."""
    for row, data in enumerate(rows, top):
        cells = data.get("values") or []
        sheet.put(row, left, [writer(mask, cell)(sheet.cell(row, left + n)) for n, cell in enumerate(cells)])


def sort_rows(area: Area, keys: list[tuple[int, bool]]) -> None:
    """Sort by (column, descending), the first key first. Empty cells come last either way."""
    width = area.right - area.left
    rows = [row + (None,) * (width - len(row)) for row in area.sheet.cells(area)]
    for column, descending in reversed(keys):
        at = column - area.left
        filled = [row for row in rows if (row[at] or EMPTY).value is not None]
        empty = [row for row in rows if (row[at] or EMPTY).value is None]
        rows = sorted(filled, key=lambda row: _rank(row[at] or EMPTY), reverse=descending) + empty
    for n, row in enumerate(rows, area.top):
        area.sheet.put(n, area.left, row)


def merge_area(area: Area) -> None:
    """Only the top left value stays."""
    kept = area.sheet.cell(area.top, area.left)
    area.sheet.change(area, lambda cell: cell._replace(value=None))
    area.sheet.put(area.top, area.left, [kept])
    area.sheet.merges.append(grid_range(area))


def grid_range(area: Area) -> Message:
    """The closed GridRange of an area, sheetId 0 left out as in Google's answers."""
    sides = {
        "startRowIndex": area.top,
        "endRowIndex": area.bottom,
        "startColumnIndex": area.left,
        "endColumnIndex": area.right,
    }
    return {"sheetId": area.sheet.id, **sides} if area.sheet.id else sides


def _from_start(document: Document, start: Message, rows: list[Message]) -> Area:
    sheet = document.sheet(start.get("sheetId") or 0)
    top, left = start.get("rowIndex") or 0, start.get("columnIndex") or 0
    if top >= sheet.row_count or left >= sheet.column_count:
        raise outside(Area(sheet, top, top + 1, left, left + 1))
    width = max((len(row.get("values") or []) for row in rows), default=0)
    area = Area(sheet, top, top + len(rows), left, left + width)
    _check_fits(Area(sheet, top, sheet.row_count, left, sheet.column_count), rows)
    return area


def _check_fits(area: Area, rows: list[Message]) -> None:
    if len(rows) > area.bottom - area.top:
        last = area.bottom - 1
        raise Invalid(f"Attempting to write row: {last + 1}, beyond the last requested row of: {last}")
    if any(len(row.get("values") or []) > area.right - area.left for row in rows):
        last = area.right - 1
        raise Invalid(f"Attempting to write column: {last + 1}, beyond the last requested column of: {last}")


def _merged_parts(area: Area, kind: str) -> list[Area]:
    if kind == "MERGE_ROWS":
        return [area._replace(top=row, bottom=row + 1) for row in range(area.top, area.bottom)]
    if kind == "MERGE_COLUMNS":
        return [area._replace(left=column, right=column + 1) for column in range(area.left, area.right)]
    return [area]


def _rank(cell: Cell) -> tuple[int, Any]:
    value = evaluated(cell.value)
    if isinstance(value, bool):
        return 2, value
    if isinstance(value, CellError):
        return 3, ""
    return (1, value.lower()) if isinstance(value, str) else (0, value)


def _bordered(cell: Cell, body: Message, area: Area, row: int, column: int) -> Cell:
    sides = {
        "top": "top" if row == area.top else "innerHorizontal",
        "bottom": "bottom" if row == area.bottom - 1 else "innerHorizontal",
        "left": "left" if column == area.left else "innerVertical",
        "right": "right" if column == area.right - 1 else "innerVertical",
    }
    borders = dict((cell.format or {}).get("borders") or {})
    borders.update({side: body[name] for side, name in sides.items() if name in body})
    return cell._replace(format={**(cell.format or {}), "borders": borders})


Paste = Callable[[Cell, Cell], Cell]
PASTES: dict[str, Paste] = {
    "PASTE_NORMAL": lambda _, new: new,
    "PASTE_VALUES": lambda old, new: old._replace(value=new.value),
    "PASTE_FORMAT": lambda old, new: old._replace(format=new.format),
    "PASTE_FORMULA": lambda old, new: old._replace(value=new.value),
    "PASTE_DATA_VALIDATION": lambda old, new: old._replace(validation=new.validation),
}
