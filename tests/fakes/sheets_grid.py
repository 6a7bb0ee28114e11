"""One tab's cells and what lies over them.

Cells and rows are never changed in place but replaced, and so are the messages of rules and ranges: a copy of
a tab is a copy of some lists, which is what makes a failed batch leave no trace.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from tests.fakes.sheets_a1 import address
from tests.fakes.sheets_values import Formula, Value

Message = dict[str, Any]


class Cell(NamedTuple):
    value: Value = None
    format: Message | None = None
    note: str | None = None
    validation: Message | None = None
    runs: tuple[Message, ...] | None = None


EMPTY = Cell()
Row = tuple[Cell | None, ...]


class Protection(NamedTuple):
    """`locked`: the service account can't write there. `message` is a ProtectedRange."""

    message: Message
    locked: bool


class Area(NamedTuple):
    """A rectangle on a tab; rows and columns from 0, ends excluded."""

    sheet: Sheet
    top: int
    bottom: int
    left: int
    right: int

    @property
    def a1(self) -> str:
        return address(self.sheet.title, self.top, self.bottom, self.left, self.right)

    def meets(self, other: Area) -> bool:
        return (
            self.sheet.id == other.sheet.id
            and self.top < other.bottom
            and other.top < self.bottom
            and self.left < other.right
            and other.left < self.right
        )


class Sheet:
    def __init__(self, properties: Message) -> None:
        self.properties = properties
        self.rows: list[Row] = []
        self.sizes: dict[str, dict[int, Message]] = {"ROWS": {}, "COLUMNS": {}}
        self.merges: list[Message] = []
        self.protections: list[Protection] = []
        self.bandings: list[Message] = []
        self.conditional_formats: list[Message] = []
        self.charts: list[Message] = []
        self.filter_views: list[Message] = []
        self.metadata: list[Message] = []
        self.basic_filter: Message | None = None

    @property
    def id(self) -> int:
        return int(self.properties["sheetId"])

    @property
    def title(self) -> str:
        return str(self.properties["title"])

    @property
    def row_count(self) -> int:
        return int(self.properties["gridProperties"]["rowCount"])

    @property
    def column_count(self) -> int:
        return int(self.properties["gridProperties"]["columnCount"])

    @property
    def all(self) -> Area:
        return Area(self, 0, self.row_count, 0, self.column_count)

    def copy(self) -> Sheet:
        twin = copy.copy(self)
        for name, part in vars(self).items():
            if isinstance(part, list):
                setattr(twin, name, list(part))
        twin.sizes = {dimension: dict(sizes) for dimension, sizes in self.sizes.items()}
        return twin

    def resize(self, rows: int | None = None, columns: int | None = None) -> None:
        """Set the grid's size; cells outside are gone."""
        grid = dict(self.properties["gridProperties"])
        grid.update({} if rows is None else {"rowCount": rows})
        grid.update({} if columns is None else {"columnCount": columns})
        self.properties = {**self.properties, "gridProperties": grid}
        del self.rows[self.row_count :]
        if columns is not None:
            self.rows = [row[:columns] for row in self.rows]

    def cell(self, row: int, column: int) -> Cell:
        if row < len(self.rows) and column < len(self.rows[row]):
            return self.rows[row][column] or EMPTY
        return EMPTY

    def put(self, row: int, left: int, cells: Sequence[Cell | None]) -> None:
        """Replace the cells of a row from column `left` on."""
        self._reach(row)
        line = self.rows[row]
        if len(line) < left:
            line += (None,) * (left - len(line))
        kept = tuple(None if cell == EMPTY else cell for cell in cells)
        self.rows[row] = line[:left] + kept + line[left + len(kept) :]

    def change(self, area: Area, changed: Callable[[Cell], Cell]) -> None:
        """Replace every cell of the area, empty ones too, by what `changed` makes of it."""
        fresh = changed(EMPTY)
        bottom = area.bottom if fresh != EMPTY else min(area.bottom, len(self.rows))
        self._reach(bottom - 1)
        before: Row | None = None
        for row in range(area.top, bottom):
            if self.rows[row] is before:  # empty rows of one format are one row many times
                self.rows[row] = self.rows[row - 1]
                continue
            before = self.rows[row]
            line = before[area.left : area.right]
            cells = [fresh if cell is None else changed(cell) for cell in line]
            cells += [fresh] * (area.right - area.left - len(cells))
            self.put(row, area.left, cells)

    def cells(self, area: Area) -> list[Row]:
        """The area's rows without the empty ones at its end; each may be shorter than the area."""
        rows = [row[area.left : area.right] for row in self.rows[area.top : area.bottom]]
        while rows and not any(rows[-1]):
            rows.pop()
        return rows

    def rows_with_data(self) -> int:
        """How many rows there are down to the last one with a value; formats and dropdowns don't count."""
        empty: Row | None = None
        for row in range(len(self.rows) - 1, -1, -1):
            if self.rows[row] is empty:
                continue
            empty = self.rows[row]
            if any(cell is not None and cell.value is not None for cell in empty):
                return row + 1
        return 0

    def formulas(self) -> list[tuple[int, int, str]]:
        """Row, column and text of every formula in the tab."""
        return [
            (row, column, cell.value.text)
            for row, cells in enumerate(self.rows)
            for column, cell in enumerate(cells)
            if cell is not None and isinstance(cell.value, Formula)
        ]

    def _reach(self, row: int) -> None:
        if len(self.rows) <= row:
            self.rows.extend([()] * (row + 1 - len(self.rows)))
