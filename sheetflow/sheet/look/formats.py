"""How the Sheet looks: formats, dropdowns, colours, widths, notes, protections."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from typing import Any

from sheetflow.sheet.layout import Role, Tab
from sheetflow.sheet.look.meanings import FIRST_NOTE
from sheetflow.sheet.look.palette import (
    BAND,
    CONTROL_ON,
    CONTROL_PAUSED,
    DASHBOARD_WIDTHS,
    FONT,
    HEADER,
    INK,
    PAPER,
    STATUS_COLOURS,
    TAB_COLOURS,
    WHOSE,
    WIDTHS,
    colour,
)
from sheetflow.workflow import statuses
from sheetflow.workflow.columns import BY_FIELD, CellType, Whose
from sheetflow.workflow.sequence import Workflow

Json = dict[str, Any]

MOMENT = {"type": "DATE_TIME", "pattern": "ddd d mmm yyyy, hh:mm"}
MINUTES = {"type": "NUMBER", "pattern": "#,##0.#"}
COUNT = {"type": "NUMBER", "pattern": "0"}
PLAIN = {"type": "TEXT", "pattern": "@"}
ROW_HEIGHT, HEADER_HEIGHT = 28, 38  # pixels
SPARE_ROWS = 500  # made at once where Leads is full
FORMAT = "userEnteredFormat({})"
PROTECTION = "Sheetflow writes here: changes are undone by its next run."
FROZEN = {Role.LEADS: ("status", "name"), Role.ACTIVITY: (), Role.CONTROL: ("name",)}  # if they come first


def look_of(
    tab: Tab, workflow: Workflow, added: Collection[str], done: Mapping[str, Any], *, is_made: bool
) -> Iterator[Json]:
    """Everything but the cells' words. What people made or chose keeps its look.

    `added` are the columns that have just been made, `done` is what the tab had before: bandings, rules,
    protections. Formats and dropdowns are set again, for rows that came since. `is_made`: sheetflow made the
    tab, and not people.
    """
    if tab.role is Role.HIDDEN:
        yield from _protections(tab, done)
    elif tab.role is Role.DASHBOARD:
        yield from _dashboard(tab, done)
    else:
        yield from _table(tab, workflow, _only(tab, added), done, is_made=is_made)


def _table(
    tab: Tab, workflow: Workflow, new: Tab, done: Mapping[str, Any], *, is_made: bool
) -> Iterator[Json]:
    yield _properties(tab, done) if is_made else _frozen_header(tab)
    yield from _cells(new)
    yield from _header(new)
    yield from _widths(new)
    ours = tab if is_made else new
    yield from column_formats(ours, 1)
    yield from _dropdowns(ours, workflow, 1)
    if not done:
        yield _row_heights(tab)
    if is_made and not done.get("bandedRanges"):
        yield _banding(tab)
    if not done.get("conditionalFormats"):
        yield from _rules(ours)
    yield from _protections(ours, done)


def _only(tab: Tab, names: Collection[str]) -> Tab:
    return replace(tab, columns={name: at for name, at in tab.columns.items() if name in names})


def formats_of_new_rows(tab: Tab, workflow: Workflow, first: int) -> Iterator[Json]:
    """For the rows of Leads from `first` on, which the grid has grown by, and for some that come next."""
    yield {"appendDimension": {"sheetId": tab.id, "dimension": "ROWS", "length": SPARE_ROWS}}
    yield from column_formats(tab, first)
    yield from _dropdowns(tab, workflow, first)


def column_formats(tab: Tab, first: int) -> Iterator[Json]:
    """Numbers, times and text, so that what people type is taken as what it is."""
    for name, at in tab.columns.items():
        if tab.role is not Role.LEADS:
            yield _repeat(tab, first, at, {"numberFormat": PLAIN}, "numberFormat")
            continue
        look = {"numberFormat": _number_format(name), "wrapStrategy": "CLIP"}
        fields = "numberFormat,wrapStrategy"
        if BY_FIELD[name].type is CellType.TEXT:
            look["hyperlinkDisplayType"] = "PLAIN_TEXT"
            fields += ",hyperlinkDisplayType"
        yield _repeat(tab, first, at, look, fields)


def _number_format(name: str) -> Json:
    column = BY_FIELD[name]
    if column.type is CellType.DATETIME:
        return MOMENT
    if column.type is CellType.NUMBER:
        return COUNT if name == "emails_sent" else MINUTES
    return PLAIN


def _properties(tab: Tab, done: Mapping[str, Any]) -> Json:
    grid: Json = {"frozenRowCount": 1, "hideGridlines": True}
    inside = "frozenRowCount,hideGridlines"
    properties: Json = {"sheetId": tab.id, "gridProperties": grid}
    first = FROZEN[tab.role]
    if not done and [tab.columns.get(name) for name in first] == list(range(len(first))):
        grid["frozenColumnCount"] = len(first)
        inside += ",frozenColumnCount"
    fields = f"gridProperties({inside})"
    if not done.get("tabColor"):
        properties["tabColorStyle"] = colour(TAB_COLOURS[tab.role])
        fields += ",tabColorStyle"
    return {"updateSheetProperties": {"properties": properties, "fields": fields}}


def _frozen_header(tab: Tab) -> Json:
    """So that no sorting takes the headers among the leads."""
    properties = {"sheetId": tab.id, "gridProperties": {"frozenRowCount": 1}}
    return {"updateSheetProperties": {"properties": properties, "fields": "gridProperties.frozenRowCount"}}


def _dashboard(tab: Tab, done: Mapping[str, Any]) -> Iterator[Json]:
    """Its cells come with every report."""
    grid = {"sheetId": tab.id, "gridProperties": {"hideGridlines": True}}
    yield {"updateSheetProperties": {"properties": grid, "fields": "gridProperties.hideGridlines"}}
    if not done.get("tabColor"):
        tinted = {"sheetId": tab.id, "tabColorStyle": colour(TAB_COLOURS[tab.role])}
        yield {"updateSheetProperties": {"properties": tinted, "fields": "tabColorStyle"}}
    if not done:
        yield from (_sized(tab, "COLUMNS", at, pixels) for at, pixels in enumerate(DASHBOARD_WIDTHS))
    yield from _protections(tab, done)


def _cells(tab: Tab) -> Iterator[Json]:
    look = {
        "textFormat": {"fontFamily": FONT, "fontSize": 10, "foregroundColorStyle": colour(INK)},
        "verticalAlignment": "MIDDLE",
        "padding": {"left": 8, "right": 8, "top": 2, "bottom": 2},
    }
    fields = "textFormat(fontFamily,fontSize,foregroundColorStyle),verticalAlignment,padding"
    for at in tab.columns.values():
        yield _repeat(tab, 1, at, look, fields)
    if tab.role is Role.CONTROL:
        bold = {"textFormat": {"bold": True}, "wrapStrategy": "WRAP"}
        for at in tab.columns.values():
            yield _repeat(tab, 1, at, {"wrapStrategy": "WRAP"}, "wrapStrategy")
        if "name" in tab.columns:
            yield _repeat(tab, 1, tab.columns["name"], bold, "textFormat.bold")


def _header(tab: Tab) -> Iterator[Json]:
    """One dark band; over each column of Leads a note says whose it is."""
    look = {
        "backgroundColorStyle": colour(HEADER),
        "textFormat": {
            "fontFamily": FONT,
            "fontSize": 10,
            "bold": True,
            "foregroundColorStyle": colour(PAPER),
        },
        "verticalAlignment": "MIDDLE",
        "horizontalAlignment": "LEFT",
        "padding": {"left": 8, "right": 8, "top": 4, "bottom": 4},
        "wrapStrategy": "CLIP",
    }
    fields = (
        "backgroundColorStyle,textFormat(fontFamily,fontSize,bold,foregroundColorStyle),verticalAlignment,"
        "horizontalAlignment,padding,wrapStrategy"
    )
    for at in tab.columns.values():
        yield {
            "repeatCell": {
                "range": _span(tab, 0, 1, at),
                "cell": {"userEnteredFormat": look},
                "fields": FORMAT.format(fields),
            }
        }
    yield _sized(tab, "ROWS", 0, HEADER_HEIGHT)
    if tab.role is Role.LEADS:
        yield from (_note(tab, at, WHOSE[BY_FIELD[name].whose]) for name, at in tab.columns.items())
    if tab.role is Role.CONTROL and "name" in tab.columns:
        yield _note(tab, tab.columns["name"], FIRST_NOTE)


def _note(tab: Tab, at: int, note: str) -> Json:
    return {"repeatCell": {"range": _span(tab, 0, 1, at), "cell": {"note": note}, "fields": "note"}}


def _dropdowns(tab: Tab, workflow: Workflow, first: int) -> Iterator[Json]:
    """Words to choose from; people's own are allowed too."""
    if tab.role is not Role.LEADS:
        return
    owners = [owner.name for owner in workflow.owners]
    for name, words in (("status", [*statuses.STATUSES, statuses.SEND_AGAIN]), ("owner", owners)):
        if name in tab.columns and words:
            values = [{"userEnteredValue": word} for word in words]
            rule = {
                "condition": {"type": "ONE_OF_LIST", "values": values},
                "strict": False,
                "showCustomUi": True,
            }
            yield {"setDataValidation": {"range": _span(tab, first, None, tab.columns[name]), "rule": rule}}


def _widths(tab: Tab) -> Iterator[Json]:
    for name, at in tab.columns.items():
        yield _sized(tab, "COLUMNS", at, WIDTHS[tab.role][name])


def _row_heights(tab: Tab) -> Json:
    rows = {**_lines(tab, "ROWS", 1), "endIndex": tab.row_count}
    return {
        "updateDimensionProperties": {
            "range": rows,
            "properties": {"pixelSize": ROW_HEIGHT},
            "fields": "pixelSize",
        }
    }


def _banding(tab: Tab) -> Json:
    last = max(tab.columns.values(), default=0) + 1
    area = {"sheetId": tab.id, "startRowIndex": 1, "startColumnIndex": 0, "endColumnIndex": last}
    rows = {"firstBandColorStyle": colour(PAPER), "secondBandColorStyle": colour(BAND)}
    return {"addBanding": {"bandedRange": {"range": area, "rowProperties": rows}}}


def _rules(tab: Tab) -> Iterator[Json]:
    """Colours by status on the Status cell alone; Sending on Control shows green or red."""
    if tab.role is Role.LEADS and "status" in tab.columns:
        for status, (paper, ink) in STATUS_COLOURS.items():
            yield _rule(tab, tab.columns["status"], "TEXT_EQ", status, paper, ink)
    if tab.role is Role.CONTROL and "value" in tab.columns:
        for word, (paper, ink) in (("ON", CONTROL_ON), ("PAUSED", CONTROL_PAUSED)):
            yield _rule(tab, tab.columns["value"], "TEXT_EQ", word, paper, ink)


def _rule(tab: Tab, at: int, kind: str, word: str, paper: str, ink: str) -> Json:
    look = {
        "backgroundColorStyle": colour(paper),
        "textFormat": {"foregroundColorStyle": colour(ink), "bold": True},
    }
    condition = {"type": kind, "values": [{"userEnteredValue": word}]}
    rule = {
        "ranges": [_span(tab, 1, None, at)],
        "booleanRule": {"condition": condition, "format": look},
    }
    return {"addConditionalFormatRule": {"rule": rule, "index": 0}}


def _protections(tab: Tab, done: Mapping[str, Any]) -> Iterator[Json]:
    """A warning only: a real one would keep the owner from sorting."""
    if any(PROTECTION in str(one) for one in done.get("protectedRanges") or ()):
        return
    if tab.role is Role.LEADS:
        ours = (at for name, at in tab.columns.items() if BY_FIELD[name].whose is Whose.SHEETFLOW)
        for first, last in _stretches(sorted(ours)):
            yield _protection({"sheetId": tab.id, "startColumnIndex": first, "endColumnIndex": last})
    elif tab.role is Role.DASHBOARD:
        yield _protection({"sheetId": tab.id, "startColumnIndex": 0, "endColumnIndex": len(DASHBOARD_WIDTHS)})
    elif tab.role is not Role.CONTROL:
        yield _protection({"sheetId": tab.id})


def _protection(area: Json) -> Json:
    protected = {"range": area, "description": PROTECTION, "warningOnly": True}
    return {"addProtectedRange": {"protectedRange": protected}}


def _stretches(columns: list[int]) -> Iterator[tuple[int, int]]:
    """Neighbours as one: first and last, the last excluded."""
    start = 0
    for end in range(1, len(columns) + 1):
        if end == len(columns) or columns[end] != columns[end - 1] + 1:
            yield columns[start], columns[end - 1] + 1
            start = end


def _repeat(tab: Tab, first: int, at: int, look: Json, fields: str) -> Json:
    return {
        "repeatCell": {
            "range": _span(tab, first, None, at),
            "cell": {"userEnteredFormat": look},
            "fields": FORMAT.format(fields),
        }
    }


def _span(tab: Tab, top: int, bottom: int | None, at: int) -> Json:
    rows = {"startRowIndex": top} if bottom is None else {"startRowIndex": top, "endRowIndex": bottom}
    return {"sheetId": tab.id, **rows, "startColumnIndex": at, "endColumnIndex": at + 1}


def _sized(tab: Tab, dimension: str, at: int, pixels: int) -> Json:
    return {
        "updateDimensionProperties": {
            "range": _lines(tab, dimension, at),
            "properties": {"pixelSize": pixels},
            "fields": "pixelSize",
        }
    }


def _lines(tab: Tab, dimension: str, at: int) -> Json:
    return {"sheetId": tab.id, "dimension": dimension, "startIndex": at, "endIndex": at + 1}
