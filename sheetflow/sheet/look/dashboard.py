"""The Dashboard tab: a report as tables that a person reads at a glance, written anew by every run."""

from collections.abc import Iterator
from typing import Any

from sheetflow.sheet.cells import entered, value_of
from sheetflow.sheet.layout import Role, Structure, Tab
from sheetflow.sheet.look.palette import DASHBOARD_WIDTHS, FAINT, FONT, INK, RULE, colour
from sheetflow.workflow.numbers import Report
from sheetflow.workflow.sections import Row, Section, sections_of, title_of

Json = dict[str, Any]

WIDTH = len(DASHBOARD_WIDTHS)  # columns; those to the right of them are people's
LOOK = "textFormat,horizontalAlignment,verticalAlignment,borders,padding"
FIELDS = f"userEnteredValue,userEnteredFormat({LOOK})"


def plan_dashboard(structure: Structure, report: Report) -> Iterator[Json]:
    """Nothing if people have deleted the tab or keep sheetflow out of it."""
    tab = structure.tabs.get(Role.DASHBOARD)
    if tab is None or any(lock.sheet_id == tab.id for lock in structure.locks):
        return
    rows = [{"values": cells} for cells in _rows(report)]
    yield from _room(tab, len(rows))
    area = {
        "sheetId": tab.id,
        "startRowIndex": 0,
        "endRowIndex": max(len(rows), tab.row_count),
        "startColumnIndex": 0,
        "endColumnIndex": WIDTH,
    }
    yield {"updateCells": {"range": area, "rows": rows, "fields": FIELDS}}


def _room(tab: Tab, height: int) -> Iterator[Json]:
    for dimension, more in (("ROWS", height - tab.row_count), ("COLUMNS", WIDTH - tab.column_count)):
        if more > 0:
            yield {"appendDimension": {"sheetId": tab.id, "dimension": dimension, "length": more}}


def _rows(report: Report) -> Iterator[list[Json]]:
    yield [_cell(title_of(report), 16, bold=True)]
    for section in sections_of(report):
        yield []
        yield [_cell(section.title, 12, bold=True)]
        yield [_cell(section.about, 9, ink=FAINT)]
        yield from _table(section)


def _table(section: Section) -> Iterator[list[Json]]:
    for number, row in enumerate(section.rows):
        is_head = section.has_head and not number
        yield [*_cells(row, section.left, is_head=is_head)]
    for who, why in section.remarks:
        yield [_cell(who)]
        if why:
            yield [_cell(why, 9, ink=FAINT)]


def _cells(row: Row, left: tuple[int, ...], *, is_head: bool) -> Iterator[Json]:
    for at, value in enumerate(row):
        side = "LEFT" if at in left else "RIGHT"
        cell = _cell(value, bold=is_head, ink=FAINT if is_head else INK, side=side)
        if is_head:
            line = {"style": "SOLID", "colorStyle": colour(RULE)}
            cell["userEnteredFormat"]["borders"] = {"bottom": line}
        yield cell


def _cell(
    value: str | int, size: int = 10, *, bold: bool = False, ink: str = INK, side: str = "LEFT"
) -> Json:
    look = {
        "textFormat": {
            "fontFamily": FONT,
            "fontSize": size,
            "bold": bold,
            "foregroundColorStyle": colour(ink),
        },
        "horizontalAlignment": side,
        "verticalAlignment": "MIDDLE",
        "padding": {"left": 8, "right": 8, "top": 2, "bottom": 2},
    }
    return {**entered(value_of(value)), "userEnteredFormat": look}
