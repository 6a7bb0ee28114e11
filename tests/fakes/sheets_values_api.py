"""The values endpoints: rectangles of plain values, by A1 range or by data filter."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from tests.fakes import sheets_dimensions as dimensions
from tests.fakes.sheets_batch_metadata import located_area, matching
from tests.fakes.sheets_cells import checked_text, formatted, typed_into
from tests.fakes.sheets_document import Document, outside
from tests.fakes.sheets_errors import Invalid, bad_request
from tests.fakes.sheets_grid import EMPTY, Area, Cell, Message
from tests.fakes.sheets_showing import shown
from tests.fakes.sheets_values import CellError, Formula, Shown, evaluated, number

DATES = ("DATE", "TIME", "DATE_TIME")
Render = Callable[[Cell], Any]


def get(document: Document, text: str, options: Message) -> Message:
    return _value_range(document, document.named_area(text), options)


def batch_get(document: Document, ranges: list[str], options: Message) -> Message:
    found = [_value_range(document, document.named_area(text), options) for text in ranges]
    return {"spreadsheetId": document.id, "valueRanges": found}


def batch_get_by_filter(document: Document, body: Message) -> Message:
    found = [
        {"valueRange": _value_range(document, area, body), "dataFilters": [data_filter]}
        for data_filter in body.get("dataFilters") or []
        for area in filtered_areas(document, data_filter)
    ]
    return {"spreadsheetId": document.id, **({"valueRanges": found} if found else {})}


def update(document: Document, text: str, body: Message, options: Message) -> Message:
    if body.get("range") and body["range"] != text:
        raise bad_request(f"Requested range[{text}] does not match value's range[{body['range']}]")
    return _written(document, document.named_area(text), text, body, options)


def batch_update(document: Document, body: Message) -> Message:
    answers = []
    for n, data in enumerate(body.get("data") or []):
        with _blaming(f"data[{n}]"):
            text = data.get("range") or ""
            answers.append(_written(document, document.named_area(text), text, data, body))
    return {"spreadsheetId": document.id, **_totals(answers), "responses": [dict(one) for one in answers]}


def batch_update_by_filter(document: Document, body: Message) -> Message:
    answers = []
    for n, data in enumerate(body.get("data") or []):
        with _blaming(f"data[{n}]"):
            for area in filtered_areas(document, data.get("dataFilter") or {}):
                written = _written(document, area, area.a1, data, body)
                answers.append({**written, "dataFilter": data["dataFilter"]})
    responses = [{key: value for key, value in one.items() if key != "spreadsheetId"} for one in answers]
    return {"spreadsheetId": document.id, **_totals(answers), "responses": responses}


def append(document: Document, text: str, body: Message, options: Message) -> Message:
    """After the last table found in the range, in that table's first column: Google's guess and trap."""
    area = document.named_area(text)
    table = _last_table(area)
    rows = body.get("values") or []
    top, left = (table.bottom, table.left) if table else (area.top, area.left)
    if options.get("insertDataOption") == "INSERT_ROWS" and rows:
        dimensions.insert(document, area.sheet, "ROWS", top, len(rows), None)
    if top + len(rows) > area.sheet.row_count:
        area.sheet.resize(rows=top + len(rows))
        document.check_size()
    start = Area(area.sheet, top, top + 1, left, left + 1)
    answer: Message = {"spreadsheetId": document.id}
    if table:
        answer["tableRange"] = table.a1
    return {**answer, "updates": _written(document, start, start.a1, body, options)}


def clear(document: Document, text: str) -> Message:
    return {"spreadsheetId": document.id, "clearedRange": _cleared(document, document.named_area(text))}


def batch_clear(document: Document, ranges: list[str]) -> Message:
    cleared = [_cleared(document, document.named_area(text)) for text in ranges]
    return {"spreadsheetId": document.id, "clearedRanges": cleared}


def filtered_areas(document: Document, data_filter: Message) -> list[Area]:
    """The cells a DataFilter means."""
    if "gridRange" in data_filter:
        return [document.area(data_filter["gridRange"], clamp=True)]
    if "a1Range" in data_filter:
        return [document.named_area(data_filter["a1Range"])]
    areas = [located_area(document, entry) for entry in matching(document, data_filter)]
    return [area for area in areas if area is not None]


@contextmanager
def _blaming(part: str) -> Iterator[None]:
    """Says which part of a batch was wrong."""
    try:
        yield
    except Invalid as problem:
        raise Invalid(f"Invalid {part}: {problem}") from None


def _value_range(document: Document, area: Area, options: Message) -> Message:
    a1, render = area.a1, _render(document, options)
    area = area._replace(bottom=min(area.bottom, area.sheet.rows_with_data()))
    rows = [[render(cell) if cell is not None else "" for cell in row] for row in area.sheet.cells(area)]
    answer: Message = {"range": a1, "majorDimension": options.get("majorDimension") or "ROWS"}
    if answer["majorDimension"] == "COLUMNS":
        width = max((len(row) for row in rows), default=0)
        rows = [[row[n] if n < len(row) else "" for row in rows] for n in range(width)]
    for row in rows:
        while row and row[-1] == "":
            row.pop()
    while rows and not rows[-1]:
        rows.pop()
    return {**answer, "values": rows} if rows else answer


def _render(document: Document, options: Message) -> Render:
    how = options.get("valueRenderOption") or "FORMATTED_VALUE"
    locale = document.locale
    if how == "FORMATTED_VALUE":
        return lambda cell: formatted(cell, locale)
    dates_shown = options.get("dateTimeRenderOption") == "FORMATTED_STRING"

    def render(cell: Cell) -> Any:
        value: Shown | Formula = cell.value
        if isinstance(value, Formula):
            value = value.text if how == "FORMULA" else evaluated(value)
        if isinstance(value, CellError):
            return shown(value, None, locale)
        if dates_shown and (cell.format or {}).get("numberFormat", {}).get("type") in DATES:
            return formatted(cell, locale)
        return "" if value is None else value

    return render


def _written(document: Document, area: Area, text: str, body: Message, options: Message) -> Message:
    """Writes a ValueRange; a range of one cell is only where it begins. None leaves a cell as it is."""
    if options.get("valueInputOption") not in ("RAW", "USER_ENTERED"):
        raise bad_request("'valueInputOption' is required but not specified")
    rows = body.get("values") or []
    if body.get("majorDimension") == "COLUMNS":
        height = max((len(row) for row in rows), default=0)
        rows = [[row[n] if n < len(row) else None for row in rows] for n in range(height)]
    target = _target(area, rows, text)
    document.check_writable(target)
    typed = options["valueInputOption"] == "USER_ENTERED"
    for n, row in enumerate(rows):
        old = [area.sheet.cell(area.top + n, area.left + column) for column in range(len(row))]
        new = [_input(old[m], value, typed, document, (n, m)) for m, value in enumerate(row)]
        area.sheet.put(area.top + n, area.left, new)
    return _update_answer(document, target, rows, options)


def _target(area: Area, rows: list[list[Any]], text: str) -> Area:
    height, width = len(rows), max((len(row) for row in rows), default=0)
    single = area.bottom - area.top == 1 and area.right - area.left == 1
    target = area._replace(bottom=area.top + max(height, 1), right=area.left + max(width, 1))
    if single and (target.bottom > area.sheet.row_count or target.right > area.sheet.column_count):
        raise outside(target)
    if not single and target.bottom > area.bottom:
        raise Invalid(
            f"Requested writing within range [{text}], but tried writing to row [{area.bottom + 1}]"
        )
    if not single and target.right > area.right:
        column = target._replace(left=area.right, right=area.right + 1, bottom=target.top + 1).a1
        letters = column.rpartition("!")[2].rstrip("0123456789")
        raise Invalid(f"Requested writing within range [{text}], but tried writing to column [{letters}]")
    return target


def _input(cell: Cell, value: Any, typed: bool, document: Document, at: tuple[int, int]) -> Cell:
    match value:
        case None:
            return cell
        case str():
            return typed_into(cell, value, document) if typed else cell._replace(value=checked_text(value))
        case bool():
            return cell._replace(value=value)
        case int() | float():
            return cell._replace(value=number(value))
    kind = "list_value" if isinstance(value, list) else "struct_value"
    raise Invalid(f"Invalid values[{at[0]}][{at[1]}]: {kind} {value}")


def _update_answer(document: Document, target: Area, rows: list[list[Any]], options: Message) -> Message:
    written = [(n, m) for n, row in enumerate(rows) for m, value in enumerate(row) if value is not None]
    answer: Message = {"spreadsheetId": document.id, "updatedRange": target.a1}
    if written:
        answer["updatedRows"] = len({n for n, _ in written})
        answer["updatedColumns"] = len({m for _, m in written})
        answer["updatedCells"] = len(written)
    if options.get("includeValuesInResponse") in (True, "true", "True"):
        render = {"valueRenderOption": options.get("responseValueRenderOption")}
        answer["updatedData"] = _value_range(document, target, render)
    return answer


def _totals(answers: list[Message]) -> Message:
    ranges = [answer["updatedRange"].rpartition("!") for answer in answers]
    return {
        "totalUpdatedRows": sum(answer.get("updatedRows", 0) for answer in answers),
        "totalUpdatedColumns": max((answer.get("updatedColumns", 0) for answer in answers), default=0),
        "totalUpdatedCells": sum(answer.get("updatedCells", 0) for answer in answers),
        "totalUpdatedSheets": len({title for title, _, _ in ranges}),
    }


def _cleared(document: Document, area: Area) -> str:
    document.check_writable(area)
    area.sheet.change(area, lambda cell: cell._replace(value=None))
    return area.a1


def _last_table(area: Area) -> Area | None:
    """The table that ends lowest, then furthest right: from its last value on, grown to its edges."""
    sheet = area.sheet
    rows = [[(cell or EMPTY).value is not None for cell in row] for row in sheet.cells(area)]
    while rows and not any(rows[-1]):
        rows.pop()
    if not rows:
        return None
    right = max(n for n, filled in enumerate(rows[-1], 1) if filled)
    top, left = len(rows) - 1, right - 1
    grown = True
    while grown:
        before = (top, left, right)
        while top and any(rows[top - 1][max(0, left - 1) : right + 1]):
            top -= 1
        body = rows[top:]
        while left and any(row[left - 1] for row in body if len(row) >= left):
            left -= 1
        while any(row[right] for row in body if len(row) > right):
            right += 1
        grown = before != (top, left, right)
    return Area(sheet, area.top + top, area.top + len(rows), area.left + left, area.left + right)
