"""Rows and columns that come, go and move, and the ranges that follow them.

Used by the API's requests and by the owner's hands alike. Positions count from 0, ends excluded.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from tests.fakes.sheets_document import Document
from tests.fakes.sheets_errors import Invalid
from tests.fakes.sheets_grid import Cell, Message, Sheet

Span = tuple[int, int]
Follow = Callable[[int, int], Span | None]
"""Where a span of rows or columns lies afterwards; None when it is gone."""
T = TypeVar("T")


def count(sheet: Sheet, dimension: str) -> int:
    return sheet.row_count if dimension == "ROWS" else sheet.column_count


def grow(document: Document, sheet: Sheet, dimension: str, more: int) -> None:
    """Add empty rows or columns at the end."""
    _resize(sheet, dimension, count(sheet, dimension) + more)
    document.check_size()


def insert(document: Document, sheet: Sheet, dimension: str, at: int, more: int, like: int | None) -> None:
    """Insert empty rows or columns before `at`, with the look of the one at index `like`."""
    _resize(sheet, dimension, count(sheet, dimension) + more)
    if dimension == "ROWS":
        row = sheet.rows[like] if like is not None and like < len(sheet.rows) else ()
        if at < len(sheet.rows) or any(_looks(row)):
            sheet.rows += [()] * (at - len(sheet.rows))
            sheet.rows[at:at] = [_looks(row)] * more
    else:
        sheet.rows = [_widened(row, at, more, like) for row in sheet.rows]
    document.check_size()

    def follow(start: int, end: int) -> Span:
        return start + (more if start >= at else 0), end + (more if end > at else 0)

    _follow(document, sheet, dimension, follow)


def delete(document: Document, sheet: Sheet, dimension: str, start: int, end: int) -> None:
    """Delete rows or columns; ranges that lay wholly inside are gone, their names stay taken."""
    if end - start >= count(sheet, dimension):
        raise Invalid(f"You can't delete all the {dimension.lower()} on the sheet.")
    grid = sheet.properties["gridProperties"]
    frozen = grid.get("frozenRowCount" if dimension == "ROWS" else "frozenColumnCount", 0)
    if frozen and start <= frozen and end >= count(sheet, dimension):
        raise Invalid(f"Sorry, it is not possible to delete all non-frozen {dimension.lower()}.")
    if dimension == "ROWS":
        del sheet.rows[start:end]
    else:
        sheet.rows = [row[:start] + row[end:] for row in sheet.rows]
    _resize(sheet, dimension, count(sheet, dimension) - (end - start))

    def after(index: int) -> int:
        return index - max(0, min(index, end) - start)

    def follow(first: int, last: int) -> Span | None:
        span = after(first), after(last)
        return span if span[0] < span[1] else None

    _follow(document, sheet, dimension, follow)


def move(document: Document, sheet: Sheet, dimension: str, start: int, end: int, to: int) -> None:
    """Move rows or columns before the one that stands at `to` now."""
    if start < to < end:
        raise Invalid("The destination lies within the moved range.")
    total = count(sheet, dimension)
    order = [index for index in range(total) if not start <= index < end]
    place = to if to <= start else to - (end - start)
    order[place:place] = range(start, end)
    if dimension == "ROWS":
        sheet.rows += [()] * (total - len(sheet.rows))
        sheet.rows = [sheet.rows[index] for index in order]
    else:
        sheet.rows = [tuple(_at(row, index) for index in order) for row in sheet.rows]
    position = {index: n for n, index in enumerate(order)}

    def follow(first: int, last: int) -> Span:
        ends = position[first], position[last - 1]
        return min(ends), max(ends) + 1

    _follow(document, sheet, dimension, follow)


def _resize(sheet: Sheet, dimension: str, size: int) -> None:
    if dimension == "ROWS":
        sheet.resize(rows=size)
    else:
        sheet.resize(columns=size)


def _looks(cells: tuple[Cell | None, ...]) -> tuple[Cell | None, ...]:
    """What a new row or column takes over from its neighbour: format and dropdown."""
    return tuple(
        Cell(format=cell.format, validation=cell.validation)
        if cell and (cell.format or cell.validation)
        else None
        for cell in cells
    )


def _widened(row: tuple[Cell | None, ...], at: int, more: int, like: int | None) -> tuple[Cell | None, ...]:
    look = _looks((_at(row, like) if like is not None else None,))
    if len(row) < at and look == (None,):
        return row
    row += (None,) * (at - len(row))
    return row[:at] + look * more + row[at:]


def _at(row: tuple[Cell | None, ...], index: int) -> Cell | None:
    return row[index] if index < len(row) else None


def _follow(document: Document, sheet: Sheet, dimension: str, follow: Follow) -> None:
    def moved(grid_range: Message) -> Message | None:
        return _moved(grid_range, sheet, dimension, follow)

    def inside(message: Message) -> Message | None:
        kept = moved(message.get("range", {"sheetId": sheet.id}))
        return {**message, "range": kept} if kept is not None else None

    document.named_ranges = [_renamed(named, sheet, moved) for named in document.named_ranges]
    sheet.merges = _kept(sheet.merges, moved)
    sheet.bandings = _kept(sheet.bandings, inside)
    sheet.conditional_formats = [
        {**rule, "ranges": ranges}
        for rule in sheet.conditional_formats
        if (ranges := _kept(rule["ranges"], moved))
    ]
    sheet.protections = [
        protection._replace(message=message)
        for protection in sheet.protections
        if (message := inside(protection.message))
    ]
    sheet.basic_filter = inside(sheet.basic_filter) if sheet.basic_filter else None
    sheet.filter_views = [
        view if dimension == "ROWS" else _with_moved_columns(view, follow)
        for view in _kept(sheet.filter_views, inside)
    ]
    sheet.metadata = _kept(sheet.metadata, lambda entry: _moved_metadata(entry, dimension, follow))
    sizes = {index: follow(index, index + 1) for index in sheet.sizes[dimension]}
    sheet.sizes[dimension] = {
        span[0]: sheet.sizes[dimension][index] for index, span in sizes.items() if span is not None
    }


def _with_moved_columns(view: Message, follow: Follow) -> Message:
    """Criteria stay with their columns, and go with them."""
    specs = []
    for spec in view.get("filterSpecs") or []:
        at = spec.get("columnIndex", 0)
        if span := follow(at, at + 1):
            specs.append({**spec, "columnIndex": span[0]})
    return {**view, "filterSpecs": specs}


def _kept(messages: list[Message], moved: Callable[[Message], Message | None]) -> list[Message]:
    return [message for old in messages if (message := moved(old)) is not None]


def _renamed(named: Message, sheet: Sheet, moved: Callable[[Message], Message | None]) -> Message:
    """A name whose cells are gone stays in the way of a new one, though the API doesn't list it any more."""
    if "range" not in named or (named["range"].get("sheetId") or 0) != sheet.id:
        return named
    kept = moved(named["range"])
    rest = {key: value for key, value in named.items() if key != "range"}
    return {**rest, "range": kept} if kept is not None else rest


def _moved(grid_range: Message, sheet: Sheet, dimension: str, follow: Follow) -> Message | None:
    side = "Row" if dimension == "ROWS" else "Column"
    start_key, end_key = f"start{side}Index", f"end{side}Index"
    if end_key not in grid_range and start_key not in grid_range:
        return grid_range
    start, end = grid_range.get(start_key) or 0, grid_range.get(end_key)
    span = follow(start, count(sheet, dimension) if end is None else end)
    if span is None:
        return None
    return {**grid_range, start_key: span[0], **({end_key: span[1]} if end is not None else {})}


def _moved_metadata(entry: Message, dimension: str, follow: Follow) -> Message | None:
    lines = entry["location"].get("dimensionRange")
    if not lines or lines["dimension"] != dimension:
        return entry
    span = follow(lines.get("startIndex", 0), lines["endIndex"])
    if span is None:
        return None
    lines = {**lines, "startIndex": span[0], "endIndex": span[1]}
    return {**entry, "location": {**entry["location"], "dimensionRange": lines}}
