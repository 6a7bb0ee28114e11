"""The owner's hands on the sheet: what people do in the browser while sheetflow runs.

Tabs are named by title, columns by header text or letter, rows as people count them, from 1. No protection
stops the owner, and nothing counts against the service account's quota.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Concatenate, ParamSpec, TypeVar

from tests.fakes import sheets_a1
from tests.fakes import sheets_dimensions as dimensions
from tests.fakes.sheets_batch_cells import grid_range, merge_area, sort_rows
from tests.fakes.sheets_batch_layout import remove_sheet
from tests.fakes.sheets_cells import formatted, typed_into
from tests.fakes.sheets_document import Document, new_sheet
from tests.fakes.sheets_grid import EMPTY, Area, Cell, Message, Protection, Row, Sheet
from tests.fakes.sheets_values import evaluated

OWNER = "owner@example.com"
P = ParamSpec("P")
T = TypeVar("T")


def _locked(edit: Callable[Concatenate[Owner, P], T]) -> Callable[Concatenate[Owner, P], T]:
    def alone(self: Owner, /, *args: P.args, **kwargs: P.kwargs) -> T:
        with self.document.lock:
            return edit(self, *args, **kwargs)

    alone.__doc__ = edit.__doc__
    return alone


class Owner:
    def __init__(self, document: Document) -> None:
        self.document = document

    @_locked
    def tabs(self) -> list[str]:
        return [sheet.title for sheet in self.document.sheets]

    @_locked
    def rows(self, tab: str) -> list[list[Any]]:
        """Every row down to the last with data, values as they are: dates as numbers, formulas' results."""
        sheet = self._tab(tab)
        return [[_plain(cell) for cell in row] for row in sheet.rows[: sheet.rows_with_data()]]

    @_locked
    def records(self, tab: str, header_row: int = 1) -> list[dict[str, Any]]:
        """Rows below the header by header text, empty cells as ""; rows without any value are left out."""
        rows = self.rows(tab)[header_row - 1 :]
        headers = [str(header) for header in rows[0]] if rows else []
        padded = [
            row + [""] * (len(headers) - len(row)) for row in rows[1:] if any(value != "" for value in row)
        ]
        return [dict(zip(headers, row, strict=False)) for row in padded]

    @_locked
    def shown(self, tab: str, cell: str) -> str:
        """The text on the screen in a cell such as "B2"."""
        sheet, row, column = self._at(tab, cell)
        return formatted(sheet.cell(row, column), self.document.locale)

    @_locked
    def cell(self, tab: str, cell: str) -> Cell:
        """A cell with its format, note and dropdown."""
        sheet, row, column = self._at(tab, cell)
        return sheet.cell(row, column)

    @_locked
    def formulas(self, tab: str) -> list[str]:
        return [text for _, _, text in self._tab(tab).formulas()]

    @_locked
    def find(self, tab: str, column: str, value: Any) -> int:
        """The number of the first row with that value in that column; 0 where there is none."""
        at = self._column(self._tab(tab), column)
        for number, row in enumerate(self.rows(tab), 1):
            if at < len(row) and row[at] == value:
                return number
        return 0

    @_locked
    def type(self, tab: str, cell: str, text: str) -> None:
        """Type into a cell such as "B2": numbers, dates and formulas become what Sheets makes of them."""
        sheet, row, column = self._at(tab, cell)
        sheet.put(row, column, [typed_into(sheet.cell(row, column), text, self.document)])

    @_locked
    def type_in(self, tab: str, row: int, column: str, text: str) -> None:
        """Type into row `row` under the header `column`."""
        at = sheets_a1.column_name(self._column(self._tab(tab), column))
        self.type(tab, f"{at}{row}", text)

    @_locked
    def rename_header(self, tab: str, old: str, new: str) -> None:
        self.type_in(tab, 1, old, new)

    @_locked
    def fill(self, tab: str, rows: Sequence[Sequence[Any]], top: int = 1) -> None:
        """Put values as they are from row `top` on, the grid growing as needed: for large tables."""
        sheet = self._tab(tab)
        width = max((len(row) for row in rows), default=0)
        sheet.resize(rows=max(sheet.row_count, top - 1 + len(rows)), columns=max(sheet.column_count, width))
        for number, row in enumerate(rows, top - 1):
            sheet.put(number, 0, [Cell(None if value == "" else value) for value in row])

    @_locked
    def sort(self, tab: str, column: str, *, descending: bool = False) -> None:
        """Sort the whole tab below its header row."""
        sheet = self._tab(tab)
        key = self._column(sheet, column)
        header = max(1, sheet.properties["gridProperties"].get("frozenRowCount", 1))
        sort_rows(sheet.all._replace(top=header), [(key, descending)])

    @_locked
    def sort_columns(self, tab: str, first: str, last: str, *, descending: bool = False) -> None:
        """Sort only the columns from `first` to `last`, by `first`: tears rows apart."""
        sheet = self._tab(tab)
        left, right = self._column(sheet, first), self._column(sheet, last)
        sort_rows(Area(sheet, 1, sheet.row_count, left, right + 1), [(left, descending)])

    @_locked
    def insert_rows(self, tab: str, before: int, count: int = 1) -> None:
        sheet = self._tab(tab)
        dimensions.insert(self.document, sheet, "ROWS", before - 1, count, before - 2 if before > 1 else None)

    @_locked
    def delete_rows(self, tab: str, first: int, count: int = 1) -> None:
        dimensions.delete(self.document, self._tab(tab), "ROWS", first - 1, first - 1 + count)

    @_locked
    def move_rows(self, tab: str, first: int, before: int, count: int = 1) -> None:
        start = first - 1
        dimensions.move(self.document, self._tab(tab), "ROWS", start, start + count, before - 1)

    @_locked
    def paste_rows(self, tab: str, first: int, count: int, to: int) -> None:
        """Copy rows over those from row `to` on, looks and all."""
        sheet = self._tab(tab)
        copied = [
            sheet.rows[row] if row < len(sheet.rows) else () for row in range(first - 1, first - 1 + count)
        ]
        sheet.resize(rows=max(sheet.row_count, to - 1 + count))
        for row, cells in enumerate(copied, to - 1):
            sheet.put(row, 0, cells + (None,) * (sheet.column_count - len(cells)))

    @_locked
    def insert_column(self, tab: str, before: str, header: str = "") -> None:
        sheet = self._tab(tab)
        at = self._column(sheet, before)
        dimensions.insert(self.document, sheet, "COLUMNS", at, 1, at - 1 if at else None)
        if header:
            sheet.put(0, at, [sheet.cell(0, at)._replace(value=header)])

    @_locked
    def delete_column(self, tab: str, column: str) -> None:
        sheet = self._tab(tab)
        at = self._column(sheet, column)
        dimensions.delete(self.document, sheet, "COLUMNS", at, at + 1)

    @_locked
    def move_column(self, tab: str, column: str, before: str) -> None:
        sheet = self._tab(tab)
        at, to = self._column(sheet, column), self._column(sheet, before)
        dimensions.move(self.document, sheet, "COLUMNS", at, at + 1, to)

    @_locked
    def hide_rows(self, tab: str, first: int, count: int = 1) -> None:
        sizes = self._tab(tab).sizes["ROWS"]
        for row in range(first - 1, first - 1 + count):
            sizes[row] = {**sizes.get(row, {}), "hiddenByUser": True}

    @_locked
    def filter(self, tab: str, column: str, hidden: Sequence[str]) -> None:
        """Leave a filter on that hides rows by their text in one column."""
        sheet = self._tab(tab)
        criteria = {str(self._column(sheet, column)): {"hiddenValues": list(hidden)}}
        sheet.basic_filter = {"range": grid_range(sheet.all), "criteria": criteria}

    @_locked
    def merge(self, tab: str, cells: str) -> None:
        merge_area(self._area(tab, cells))

    @_locked
    def add_tab(self, title: str, rows: int = 1000, columns: int = 26) -> None:
        self.document.sheets.append(new_sheet(self.document.new_id(), title, rows, columns))

    @_locked
    def rename_tab(self, tab: str, title: str) -> None:
        sheet = self._tab(tab)
        sheet.properties = {**sheet.properties, "title": title}

    @_locked
    def delete_tab(self, tab: str) -> None:
        remove_sheet(self.document, self._tab(tab))

    @_locked
    def protect(self, tab: str, cells: str = "") -> None:
        """Shut the service account out of cells such as "C:C", or of the whole tab."""
        sheet = self._tab(tab)
        span: Message = {"sheetId": sheet.id} if sheet.id else {}
        if cells:
            span = grid_range(self._area(tab, cells))
        message = {"protectedRangeId": self.document.new_id(), "range": span, "editors": {"users": [OWNER]}}
        sheet.protections.append(Protection(message, locked=True))

    @_locked
    def change_settings(self, *, time_zone: str = "", locale: str = "") -> None:
        changed = {"timeZone": time_zone, "locale": locale}
        self.document.properties = {
            **self.document.properties,
            **{name: value for name, value in changed.items() if value},
        }

    def _tab(self, title: str) -> Sheet:
        sheet = self.document.titled(title)
        if sheet is None:
            raise KeyError(f"no tab {title!r}, only {[one.title for one in self.document.sheets]}")
        return sheet

    def _area(self, tab: str, cells: str) -> Area:
        return self.document.named_area(f"{sheets_a1.quoted(self._tab(tab).title)}!{cells}")

    def _at(self, tab: str, cell: str) -> tuple[Sheet, int, int]:
        area = self._area(tab, cell)
        return area.sheet, area.top, area.left

    def _column(self, sheet: Sheet, name: str) -> int:
        """By header in row 1, else by letter."""
        header: Row = sheet.rows[0] if sheet.rows else ()
        for index, cell in enumerate(header):
            if (cell or EMPTY).value == name:
                return index
        if name.isascii() and name.isalpha() and name.isupper() and len(name) <= 2:
            return sheets_a1.column_index(name)
        raise KeyError(f"no column {name!r}, only {[_plain(cell) for cell in header]}")


def _plain(cell: Cell | None) -> Any:
    value = evaluated((cell or EMPTY).value)
    return "" if value is None else value
