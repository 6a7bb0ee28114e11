"""What stands in cells: typed values both ways, and their places."""

import math
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from sheetflow.workflow.columns import CellType, Column, Whose
from sheetflow.workflow.lead import Cell

Value = str | int | float | bool | None  # as the API gives and takes it
Json = dict[str, Any]

MOST_CHARACTERS = 50_000  # of UTF-16, as spreadsheets count
_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001  # a Sheet's times have no zone
_FIRST_DAY, _LAST_DAY = 36_526, 73_051  # 2000 to 2100: other numbers in a date's column are no dates
_HALVES = dict.fromkeys(range(55296, 57344), "?")  # of characters: UTF-8 can't carry them
_CUT = " … (cut)"


def text_of(value: Value) -> str:
    """The text of a cell, as a person sees it."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)


def cell_of(value: Value, column: Column) -> Cell:
    """A cell as a Lead holds it. In a shared column, where people type, a whole day is a date alone."""
    if column.type is CellType.TEXT:
        return text_of(value)
    if value is None or value == "":
        return None
    if isinstance(value, (bool, str)):
        return text_of(value)
    if column.type is CellType.NUMBER:
        return int(value) if float(value).is_integer() else value
    if not _FIRST_DAY <= value < _LAST_DAY:
        return value
    moment = _EPOCH + timedelta(seconds=round(value * 86_400))
    if column.whose is Whose.SHARED and float(value).is_integer():
        return moment.date()
    return moment


def value_of(cell: Cell) -> Value:
    """What is sent: text stays text, times become serial numbers; what no cell can hold is cut."""
    if isinstance(cell, datetime):
        return (cell.replace(tzinfo=None) - _EPOCH) / timedelta(days=1)
    if isinstance(cell, date):
        return (cell - _EPOCH.date()).days
    if isinstance(cell, float) and not math.isfinite(cell):
        return None
    if not isinstance(cell, str):
        return cell
    text = cell.translate(_HALVES).replace("\x00", "")
    if len(text) * 2 > MOST_CHARACTERS and len(text.encode("utf-16-le")) // 2 > MOST_CHARACTERS:
        units = text.encode("utf-16-le")[: 2 * (MOST_CHARACTERS - len(_CUT))]
        return units.decode("utf-16-le", "ignore") + _CUT
    return text or None


def entered(value: Value) -> Json:
    """CellData that holds the value; empty data empties the cell."""
    match value:
        case None | "":
            return {}
        case bool():
            return {"userEnteredValue": {"boolValue": value}}
        case str():
            return {"userEnteredValue": {"stringValue": value}}
    return {"userEnteredValue": {"numberValue": value}}


def row_data(values: Iterable[Value]) -> Json:
    return {"values": [entered(value) for value in values]}


def a1(title: str, rows: tuple[int, int] | None = None, columns: tuple[int, int] | None = None) -> str:
    """A range in A1 notation from indexes, ends excluded; without rows or columns it is open there."""
    first, last = (columns[0], columns[1] - 1) if columns else (None, None)
    top, bottom = (str(rows[0] + 1), str(rows[1])) if rows else ("", "")
    start = f"{_letters(first)}{top}"
    end = f"{_letters(last)}{bottom}"
    quoted = title.replace("'", "''")
    return f"'{quoted}'!{start}:{end}" if start else f"'{quoted}'"


def _letters(index: int | None) -> str:
    letters = ""
    left = -1 if index is None else index
    while left >= 0:
        letters = chr(ord("A") + left % 26) + letters
        left = left // 26 - 1
    return letters
