"""The requests of spreadsheets.batchUpdate about tabs, rows, columns, filters and the file itself."""

from __future__ import annotations

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from tests.fakes import sheets_dimensions as dimensions
from tests.fakes.sheets_batch_cells import grid_range
from tests.fakes.sheets_cells import colours_settled, formatted, mask_of, mask_over
from tests.fakes.sheets_document import Document, new_sheet
from tests.fakes.sheets_errors import Invalid
from tests.fakes.sheets_grid import EMPTY, Area, Message, Sheet
from tests.fakes.sheets_masks import Mask, merged, parsed

NO_SHEET = "No sheet with id: {}"
FALSY = (False, 0, None, "")


def add_sheet(document: Document, body: Message) -> Message:
    wanted = colours_settled(body.get("properties") or {})
    sheet_id = wanted.get("sheetId")
    sheet_id = document.new_id() if sheet_id is None else sheet_id
    if any(sheet.id == sheet_id for sheet in document.sheets):
        raise Invalid(f"A sheet with the ID {sheet_id} already exists. Please enter another ID.")
    title = wanted.get("title") or _free_title(document)
    _check_title(document, title)
    sheet = new_sheet(sheet_id, title)
    grid = _checked_grid({**sheet.properties["gridProperties"], **wanted.get("gridProperties", {})})
    sheet.properties = _pruned({**sheet.properties, **wanted, "title": title, "sheetId": sheet_id})
    sheet.properties["gridProperties"] = _pruned(grid)
    index = sheet.properties.pop("index", len(document.sheets))
    document.sheets.insert(index, sheet)
    document.check_size()
    return {"properties": sheet_properties(document, sheet)}


def delete_sheet(document: Document, body: Message) -> None:
    sheet = document.sheet(body.get("sheetId") or 0, NO_SHEET)
    if len(document.sheets) == 1:
        raise Invalid("You can't remove all the sheets in a document.")
    document.check_writable(sheet.all)
    remove_sheet(document, sheet)


def update_sheet_properties(document: Document, body: Message) -> None:
    wanted = colours_settled(body.get("properties") or {})
    sheet = document.sheet(wanted.get("sheetId") or 0, NO_SHEET)
    mask = mask_over(body.get("fields"), wanted, parsed)
    if "title" in mask and wanted.get("title") != sheet.title:
        _check_title(document, wanted.get("title") or "", sheet)
    grid = _new_grid(sheet, wanted, mask)
    settled = merged(sheet.properties, {**wanted, "gridProperties": grid}, _with_style(mask)) or {}
    sheet.properties = _pruned({**settled, "gridProperties": sheet.properties["gridProperties"]})
    _resize(document, sheet, grid)
    sheet.properties = {**sheet.properties, "gridProperties": _pruned(grid)}
    index = sheet.properties.pop("index", None)
    if "index" in mask:
        document.sheets.remove(sheet)
        document.sheets.insert(index or 0, sheet)
    if all(tab.properties.get("hidden") for tab in document.sheets):
        raise Invalid("You can't hide all the sheets in a document.")


def append_dimension(document: Document, body: Message) -> None:
    sheet = document.sheet(body.get("sheetId") or 0)
    dimensions.grow(document, sheet, _checked_dimension(body), body.get("length") or 0)


def insert_dimension(document: Document, body: Message) -> None:
    sheet, dimension, start, end = _lines(document, body.get("range") or {})
    before = bool(body.get("inheritFromBefore"))
    if before and start == 0:
        raise Invalid("inheritFromBefore cannot be true if inserting at index 0")
    _check_lines(document, sheet, dimension, start, min(end, start + 1))
    dimensions.insert(document, sheet, dimension, start, end - start, start - 1 if before else start)


def delete_dimension(document: Document, body: Message) -> None:
    sheet, dimension, start, end = _lines(document, body.get("range") or {})
    _check_lines(document, sheet, dimension, start, end)
    dimensions.delete(document, sheet, dimension, start, end)


def move_dimension(document: Document, body: Message) -> None:
    sheet, dimension, start, end = _lines(document, body.get("source") or {})
    to = body.get("destinationIndex") or 0
    if to > dimensions.count(sheet, dimension):
        raise Invalid(f"destinationIndex[{to}] exceeds grid limits.")
    _check_lines(document, sheet, dimension, min(start, to), max(end, to))
    dimensions.move(document, sheet, dimension, start, end, to)


def update_dimension_properties(document: Document, body: Message) -> None:
    sheet, dimension, start, end = _lines(document, body.get("range") or {})
    mask = mask_of(body.get("fields"), parsed)
    for index in range(start, end):
        sizes = merged(sheet.sizes[dimension].get(index), body.get("properties"), mask)
        sheet.sizes[dimension][index] = _pruned(sizes or {})


def auto_resize_dimensions(document: Document, body: Message) -> None:
    """About 7 pixels a character; rows stay at one line."""
    sheet, dimension, start, end = _lines(document, body.get("dimensions") or {})
    for index in range(start, end):
        size = _width(document, sheet, index) if dimension == "COLUMNS" else 21
        sheet.sizes[dimension][index] = {**sheet.sizes[dimension].get(index, {}), "pixelSize": size}


def update_spreadsheet_properties(document: Document, body: Message) -> None:
    wanted = body.get("properties") or {}
    mask = mask_over(body.get("fields"), wanted, parsed)
    if "timeZone" in mask:
        _check_zone(wanted.get("timeZone") or "")
    document.properties = merged(document.properties, wanted, mask) or {}


def set_basic_filter(document: Document, body: Message) -> None:
    """One a tab; it hides rows from people and from nothing else."""
    wanted = body.get("filter") or {}
    area = document.area(wanted.get("range") or {})
    area.sheet.basic_filter = {**wanted, "range": grid_range(area)}


def clear_basic_filter(document: Document, body: Message) -> None:
    document.sheet(body.get("sheetId") or 0).basic_filter = None


def remove_sheet(document: Document, sheet: Sheet) -> None:
    """Names of ranges on the tab stay taken, though the API lists them no more."""
    document.sheets.remove(sheet)
    document.named_ranges = [
        {key: value for key, value in named.items() if key != "range" or not _on(named, sheet)}
        for named in document.named_ranges
    ]


def sheet_properties(document: Document, sheet: Sheet) -> Message:
    return {**sheet.properties, "index": document.sheets.index(sheet)}


def _lines(document: Document, span: Message) -> tuple[Sheet, str, int, int]:
    sheet = document.sheet(span.get("sheetId") or 0)
    dimension = _checked_dimension(span)
    total = dimensions.count(sheet, dimension)
    start = span.get("startIndex") or 0
    end = total if span.get("endIndex") is None else span["endIndex"]
    if start >= total or end > total:
        limits = f"Max rows: {sheet.row_count}, max columns: {sheet.column_count}"
        raise Invalid(f"Range ({dimension} {start}) exceeds grid limits. {limits}")
    if end <= start:
        raise Invalid(f"endIndex[{end}] must be after startIndex[{start}]")
    return sheet, dimension, start, end


def _checked_dimension(message: Message) -> str:
    dimension = str(message.get("dimension"))
    if dimension not in ("ROWS", "COLUMNS"):
        raise Invalid("dimension must be ROWS or COLUMNS")
    return dimension


def _check_lines(document: Document, sheet: Sheet, dimension: str, start: int, end: int) -> None:
    area = sheet.all
    if dimension == "ROWS":
        document.check_writable(area._replace(top=start, bottom=end))
    else:
        document.check_writable(area._replace(left=start, right=end))


def _free_title(document: Document) -> str:
    numbers = range(1, len(document.sheets) + 2)
    return next(f"Sheet{n}" for n in numbers if not document.titled(f"Sheet{n}"))


def _check_title(document: Document, title: str, own: Sheet | None = None) -> None:
    if not title:
        raise Invalid("Sheet title cannot be empty.")
    if document.titled(title) not in (None, own):
        raise Invalid(f'A sheet with the name "{title}" already exists. Please enter another name.')


def _new_grid(sheet: Sheet, wanted: Message, mask: Mask) -> Message:
    old: Message = sheet.properties["gridProperties"]
    if "gridProperties" not in mask:
        return old
    return _checked_grid(merged(old, wanted.get("gridProperties"), mask["gridProperties"]) or {})


def _checked_grid(grid: Message) -> Message:
    for size in ("rowCount", "columnCount"):
        if not grid.get(size):
            raise Invalid(f"gridProperties.{size} must be > 0")
    if grid.get("frozenRowCount", 0) >= grid["rowCount"]:
        raise Invalid("You can't freeze all visible rows on the sheet.")
    if grid.get("frozenColumnCount", 0) >= grid["columnCount"]:
        raise Invalid("You can't freeze all visible columns on the sheet.")
    return grid


def _resize(document: Document, sheet: Sheet, grid: Message) -> None:
    for dimension, wanted in (("ROWS", grid["rowCount"]), ("COLUMNS", grid["columnCount"])):
        total = dimensions.count(sheet, dimension)
        if wanted < total:
            dimensions.delete(document, sheet, dimension, wanted, total)
        elif wanted > total:
            dimensions.grow(document, sheet, dimension, wanted - total)


def _with_style(mask: Mask) -> Mask:
    """A tab's colour comes as colour and as style, whichever was written."""
    if {"tabColor", "tabColorStyle"} & set(mask):
        return {**mask, "tabColor": {}, "tabColorStyle": {}}
    return mask


def _check_zone(name: str) -> None:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        raise Invalid(f"Unrecognized timezone: {name}") from None


def _on(named: Message, sheet: Sheet) -> bool:
    return "range" in named and (named["range"].get("sheetId") or 0) == sheet.id


def _pruned(message: Message) -> Message:
    """Defaults are left out of answers; the IDs that may be 0 are not."""
    return {key: value for key, value in message.items() if value not in FALSY or key in ("sheetId", "index")}


def _width(document: Document, sheet: Sheet, column: int) -> int:
    area = Area(sheet, 0, sheet.row_count, column, column + 1)
    cells = (row[0] for row in sheet.cells(area) if row)
    return max((len(formatted(cell or EMPTY, document.locale)) for cell in cells), default=0) * 7 + 16
