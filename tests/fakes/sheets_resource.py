"""The Spreadsheet resource: what spreadsheets.get sends, cut by a fields mask and by ranges.

Cells are made only where the mask asks for them: 730,000 of them take seconds.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.fakes.sheets_batch_layout import sheet_properties
from tests.fakes.sheets_cells import reader
from tests.fakes.sheets_document import Document
from tests.fakes.sheets_grid import Area, Message, Sheet
from tests.fakes.sheets_masks import Mask, picked

DEFAULT_SIZE = {"ROWS": 21, "COLUMNS": 100}
Part = Callable[[Mask], Any]


def spreadsheet(
    document: Document, mask: Mask, areas: list[Area] | None, with_data: bool, *, masked: bool
) -> Message:
    """`masked`: a fields mask was sent, and decides alone whether cells come; `with_data` counts without one.

    With `areas` only their tabs come, and only their cells.
    """
    sheets = document.sheets
    if areas is not None:
        sheets = [sheet for sheet in sheets if any(area.sheet is sheet for area in areas)]
    cells = masked or with_data
    return _parts(
        mask,
        {
            "spreadsheetId": lambda inner: document.id,
            "properties": lambda inner: picked(inner, document.properties),
            "sheets": lambda inner: [_sheet(document, sheet, inner, areas, cells) for sheet in sheets],
            "namedRanges": lambda inner: picked(inner, [n for n in document.named_ranges if "range" in n]),
            "spreadsheetUrl": lambda inner: f"https://docs.google.com/spreadsheets/d/{document.id}/edit",
            "developerMetadata": lambda inner: picked(inner, document.metadata),
        },
    )


def _sheet(document: Document, sheet: Sheet, mask: Mask, areas: list[Area] | None, cells: bool) -> Message:
    chosen = [sheet.all] if areas is None else [area for area in areas if area.sheet is sheet]
    on_sheet = [entry for entry in sheet.metadata if "sheetId" in entry["location"]]
    plain: dict[str, Any] = {
        "properties": sheet_properties(document, sheet),
        "merges": sheet.merges,
        "conditionalFormats": sheet.conditional_formats,
        "basicFilter": sheet.basic_filter,
        "protectedRanges": [_protection(one.message, one.locked) for one in sheet.protections],
        "bandedRanges": sheet.bandings,
        "charts": sheet.charts,
        "filterViews": sheet.filter_views,
        "developerMetadata": on_sheet,
    }
    parts: dict[str, Part] = {name: _plain(value) for name, value in plain.items()}
    if cells:
        parts["data"] = lambda inner: [_grid_data(document, area, inner) for area in chosen]
    return _parts(mask, parts)


def _plain(value: Any) -> Part:
    return lambda inner: picked(inner, value)


def _protection(message: Message, locked: bool) -> Message:
    if not locked:
        return message
    return {
        name: value for name, value in message.items() if name not in ("editors", "requestingUserCanEdit")
    }


def _grid_data(document: Document, area: Area, mask: Mask) -> Message:
    return _parts(
        mask,
        {
            "startRow": lambda inner: area.top,
            "startColumn": lambda inner: area.left,
            "rowData": lambda inner: _row_data(document, area, inner),
            "rowMetadata": lambda inner: picked(inner, _dimension(area.sheet, "ROWS", area.top, area.bottom)),
            "columnMetadata": lambda inner: picked(
                inner, _dimension(area.sheet, "COLUMNS", area.left, area.right)
            ),
        },
    )


def _row_data(document: Document, area: Area, mask: Mask) -> list[Message]:
    if mask and "values" not in mask:
        return []
    read = reader(mask.get("values", {}), document.locale)
    rows = []
    for cells in area.sheet.cells(area):
        values = [read(cell) if cell is not None else {} for cell in cells]
        filled = max((n for n, cell in enumerate(cells, 1) if cell is not None), default=0)
        rows.append({"values": values[:filled]} if filled else {})
    return rows


def _dimension(sheet: Sheet, dimension: str, start: int, end: int) -> list[Message]:
    marked: dict[int, list[Message]] = {}
    for entry in sheet.metadata:
        lines = entry["location"].get("dimensionRange")
        if lines and lines["dimension"] == dimension:
            marked.setdefault(lines.get("startIndex", 0), []).append(entry)
    sizes, size = sheet.sizes[dimension], {"pixelSize": DEFAULT_SIZE[dimension]}
    return [
        {**size, **sizes.get(n, {}), **({"developerMetadata": marked[n]} if n in marked else {})}
        for n in range(start, end)
    ]


def _parts(mask: Mask, parts: dict[str, Part]) -> Message:
    """The parts that the mask names; empty ones, and zeros, are left out as Google leaves them out."""
    answer = {name: part(mask.get(name, {})) for name, part in parts.items() if not mask or name in mask}
    return {name: value for name, value in answer.items() if value not in (None, 0, "", [], {})}
