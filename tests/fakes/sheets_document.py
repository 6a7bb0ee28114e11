"""The spreadsheet as the fake server keeps it: tabs in order, names, and who may write where."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, datetime
from threading import RLock
from zoneinfo import ZoneInfo

from tests.fakes import sheets_a1
from tests.fakes.sheets_errors import Invalid
from tests.fakes.sheets_grid import Area, Message, Protection, Sheet

CELL_LIMIT = 10_000_000
PROTECTED = (
    "You are trying to edit a protected cell or object. Please contact the spreadsheet owner to remove "
    "protection if you need to edit."
)
WHITE: Message = {"red": 1, "green": 1, "blue": 1}
DEFAULT_FORMAT: Message = {
    "backgroundColor": WHITE,
    "padding": {"top": 2, "right": 3, "bottom": 2, "left": 3},
    "verticalAlignment": "BOTTOM",
    "wrapStrategy": "OVERFLOW_CELL",
    "textFormat": {
        "foregroundColor": {},
        "fontFamily": "arial,sans,sans-serif",
        "fontSize": 10,
        "bold": False,
        "italic": False,
        "strikethrough": False,
        "underline": False,
        "foregroundColorStyle": {"rgbColor": {}},
    },
    "backgroundColorStyle": {"rgbColor": WHITE},
}


class Document:
    """Everything in the spreadsheet. Hold `lock` to read or change it beside the server."""

    def __init__(self, spreadsheet_id: str, title: str, locale: str, time_zone: str, account: str) -> None:
        self.lock = RLock()
        self.id = spreadsheet_id
        self.account = account
        self.properties: Message = {
            "title": title,
            "locale": locale,
            "autoRecalc": "ON_CHANGE",
            "timeZone": time_zone,
            "defaultFormat": DEFAULT_FORMAT,
        }
        self.sheets = [new_sheet(0, "Sheet1")]
        self.named_ranges: list[Message] = []
        self.metadata: list[Message] = []
        self._random = random.Random(1)

    @property
    def locale(self) -> str:
        return str(self.properties["locale"])

    @property
    def today(self) -> date:
        """The date where the spreadsheet is; typed days without a year take their year from it."""
        return datetime.now(ZoneInfo(self.properties["timeZone"])).date()

    def copy(self) -> Document:
        """A document to try a batch on; `adopt` makes it the real one."""
        twin = object.__new__(Document)
        vars(twin).update(vars(self))
        twin.sheets = [sheet.copy() for sheet in self.sheets]
        twin.named_ranges = list(self.named_ranges)
        twin.metadata = list(self.metadata)
        return twin

    def adopt(self, twin: Document) -> None:
        vars(self).update(vars(twin))

    def new_id(self) -> int:
        return self._random.randrange(1, 2**31)

    def sheet(self, sheet_id: int, wording: str = "No grid with id: {}") -> Sheet:
        for sheet in self.sheets:
            if sheet.id == sheet_id:
                return sheet
        raise Invalid(wording.format(sheet_id))

    def titled(self, title: str) -> Sheet | None:
        """Titles differ by more than case, as in Sheets."""
        return next((sheet for sheet in self.sheets if sheet.title.lower() == title.lower()), None)

    def area(self, grid_range: Message, *, clamp: bool = False) -> Area:
        """The rectangle of a GridRange; its open sides end with the grid. `clamp` cuts what lies outside."""
        sheet = self.sheet(grid_range.get("sheetId") or 0)
        top, bottom = _side(grid_range, "Row", sheet.row_count, clamp)
        left, right = _side(grid_range, "Column", sheet.column_count, clamp)
        area = Area(sheet, top, bottom, left, right)
        if bottom > sheet.row_count or right > sheet.column_count:
            raise outside(area)
        return area

    def named_area(self, text: str) -> Area:
        """The rectangle of an A1 range, a tab's title or a named range, cut to the grid."""
        title, cells = sheets_a1.split(text)
        if title is None:
            bare = sheets_a1.box(cells)
            if bare:
                return self._boxed(self.sheets[0], bare)
            title, cells = cells, ""
            if not self.titled(title) and (named := self._named(title)):
                return self.area(named["range"], clamp=True)
        sheet = self.titled(title)
        wanted = sheets_a1.box(cells) if cells else sheets_a1.Box(None, None, None, None)
        if sheet is None or wanted is None:
            raise Invalid(f"Unable to parse range: {text}")
        return self._boxed(sheet, wanted)

    def check_writable(self, area: Area) -> None:
        for other in self.locked_areas(area.sheet):
            if other.meets(area):
                raise Invalid(PROTECTED)

    def locked_areas(self, sheet: Sheet) -> Iterator[Area]:
        for protection in sheet.protections:
            if protection.locked and not protection.message.get("warningOnly"):
                yield self.area(protection.message.get("range", {"sheetId": sheet.id}), clamp=True)

    def check_size(self) -> None:
        if sum(sheet.row_count * sheet.column_count for sheet in self.sheets) > CELL_LIMIT:
            raise Invalid(
                "This action would increase the number of cells in the workbook above the limit of "
                f"{CELL_LIMIT} cells."
            )

    def protection(self, protection_id: int) -> tuple[Sheet, int, Protection]:
        for sheet in self.sheets:
            for index, protection in enumerate(sheet.protections):
                if protection.message["protectedRangeId"] == protection_id:
                    return sheet, index, protection
        raise Invalid(f"No protected range with ID: {protection_id}")

    def _named(self, name: str) -> Message | None:
        found = (named for named in self.named_ranges if named["name"].lower() == name.lower())
        return next((named for named in found if "range" in named), None)

    def _boxed(self, sheet: Sheet, box: sheets_a1.Box) -> Area:
        top, left = box.top or 0, box.left or 0
        bottom = sheet.row_count if box.bottom is None else box.bottom
        right = sheet.column_count if box.right is None else box.right
        if top >= sheet.row_count or left >= sheet.column_count:
            raise outside(Area(sheet, top, max(bottom, top + 1), left, max(right, left + 1)))
        return Area(sheet, top, min(bottom, sheet.row_count), left, min(right, sheet.column_count))


def new_sheet(sheet_id: int, title: str, rows: int = 1000, columns: int = 26) -> Sheet:
    grid = {"rowCount": rows, "columnCount": columns}
    return Sheet({"sheetId": sheet_id, "title": title, "sheetType": "GRID", "gridProperties": grid})


def outside(area: Area) -> Invalid:
    sheet = area.sheet
    limits = f"Max rows: {sheet.row_count}, max columns: {sheet.column_count}"
    return Invalid(f"Range ({area.a1}) exceeds grid limits. {limits}")


def _side(grid_range: Message, side: str, count: int, clamp: bool) -> tuple[int, int]:
    start = grid_range.get(f"start{side}Index") or 0
    end = grid_range.get(f"end{side}Index")
    end = max(count, start + (not clamp)) if end is None else end
    if start < 0:
        raise Invalid(f"start{side}Index[{start}] must be >= 0")
    if clamp:
        return min(start, count), min(end, count)
    if end <= start:
        raise Invalid(f"end{side}Index[{end}] must be after start{side}Index[{start}]")
    return start, end
