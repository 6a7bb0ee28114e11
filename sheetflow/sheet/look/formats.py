"""How the Sheet looks: formats, dropdowns, colours, widths, notes, protections."""

from collections.abc import Collection, Container, Iterator, Mapping
from dataclasses import replace
from typing import Any

from sheetflow.sheet.layout import Role, Tab
from sheetflow.sheet.look.charts import charts
from sheetflow.sheet.look.dashboard import BARS, VALUE_ROW, room, table_rows
from sheetflow.sheet.look.minutes import MINUTE_FIELDS, MINUTES
from sheetflow.sheet.look.palette import (
    BAND,
    DASHBOARD_WIDTHS,
    FONT,
    HEADER,
    INK,
    PAPER,
    START_WIDTH,
    TAB_COLOURS,
    WHOSE,
    WIDTHS,
    colour,
)
from sheetflow.sheet.look.rules import colour_rules, colours_of_new_rows
from sheetflow.sheet.look.views import filter_views
from sheetflow.workflow import statuses
from sheetflow.workflow.columns import BY_FIELD, CellType, Whose
from sheetflow.workflow.sequence import Workflow

Json = dict[str, Any]

MOMENT = {"type": "DATE_TIME", "pattern": "ddd d mmm yyyy, hh:mm"}
COUNT = {"type": "NUMBER", "pattern": "0"}
PLAIN = {"type": "TEXT", "pattern": "@"}
ROW_HEIGHT, HEADER_HEIGHT = 28, 38  # pixels
TWO_LINES = 42
VALUE_HEIGHT = 44  # of the figures on the Dashboard
WRAPPED = ("why",)  # of Leads, to two lines; other columns are cut off at their edge
SPARE_ROWS = 1000  # made at once when Leads is full
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
    yield from column_formats(ours, 1, new.columns)
    yield from _dropdowns(ours, workflow, 1)
    if not done and tab.role is Role.CONTROL:  # rows as high as their words
        yield from _start_here(tab)
    elif not done:
        yield _row_heights(tab, 1, tab.row_count)
    if is_made and not done.get("bandedRanges"):
        yield _banding(tab)
    yield from colour_rules(ours, workflow, done, is_made=is_made)
    if tab.role is Role.LEADS:
        yield from filter_views(tab, workflow, done)
    yield from _protections(ours, done)


def _only(tab: Tab, names: Collection[str]) -> Tab:
    return replace(tab, columns={name: at for name, at in tab.columns.items() if name in names})


def formats_of_new_rows(tab: Tab, workflow: Workflow, first: int) -> Iterator[Json]:
    """For the rows of Leads from `first` on, which the grid has grown by, and for some that come next."""
    yield {"appendDimension": {"sheetId": tab.id, "dimension": "ROWS", "length": SPARE_ROWS}}
    yield from column_formats(tab, first, tab.columns)
    yield from _dropdowns(tab, workflow, first)
    if tab.is_made:
        yield from _cells(tab, first)
        yield _row_heights(tab, first, None)
        yield from colours_of_new_rows(tab, workflow, first)


def column_formats(tab: Tab, first: int, empty: Container[str]) -> Iterator[Json]:
    """Numbers, times and text, so that what people type is taken as what it is.

    Minutes that stand there already have a format of their own: only that of columns in `empty` is set.
    """
    for name, at in tab.columns.items():
        if tab.role is not Role.LEADS:
            yield _repeat(tab, first, at, {"numberFormat": PLAIN}, "numberFormat")
            continue
        look: Json = {"wrapStrategy": "WRAP" if name in WRAPPED else "CLIP"}
        fields = "wrapStrategy"
        if name not in MINUTE_FIELDS or name in empty:
            look["numberFormat"] = _number_format(name)
            fields += ",numberFormat"
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
    """Its cells come with every report; columns and charts of ours are put right."""
    grid = {"sheetId": tab.id, "gridProperties": {"hideGridlines": True}}
    yield {"updateSheetProperties": {"properties": grid, "fields": "gridProperties.hideGridlines"}}
    if not done.get("tabColor"):
        tinted = {"sheetId": tab.id, "tabColorStyle": colour(TAB_COLOURS[tab.role])}
        yield {"updateSheetProperties": {"properties": tinted, "fields": "tabColorStyle"}}
    yield from room(tab, table_rows(len(BARS) - 1)[1])
    yield from (_sized(tab, "COLUMNS", at, pixels) for at, pixels in enumerate(DASHBOARD_WIDTHS))
    yield _sized(tab, "ROWS", VALUE_ROW, VALUE_HEIGHT)
    yield from charts(tab, done)
    yield from _protections(tab, done)


def _cells(tab: Tab, first: int = 1) -> Iterator[Json]:
    for at in tab.columns.values():
        yield _plain(tab, first, at)
    if tab.role is Role.CONTROL:
        bold = {"textFormat": {"bold": True}, "wrapStrategy": "WRAP"}
        for at in tab.columns.values():
            yield _repeat(tab, 1, at, {"wrapStrategy": "WRAP"}, "wrapStrategy")
        if "name" in tab.columns:
            yield _repeat(tab, 1, tab.columns["name"], bold, "textFormat.bold")


def _start_here(tab: Tab) -> Iterator[Json]:
    """Beside the lines of Control."""
    at = len(tab.columns)
    yield _plain(tab, 1, at)
    yield _repeat(tab, 1, at, {"wrapStrategy": "WRAP"}, "wrapStrategy")
    yield _head(tab, at)
    yield _sized(tab, "COLUMNS", at, START_WIDTH)


def _plain(tab: Tab, first: int, at: int) -> Json:
    look = {
        "textFormat": {"fontFamily": FONT, "fontSize": 10, "foregroundColorStyle": colour(INK)},
        # Of a sentence that is too long for its row, the beginning is to be seen.
        "verticalAlignment": "TOP" if tab.role is Role.LEADS else "MIDDLE",
        "padding": {"left": 8, "right": 8, "top": 5, "bottom": 4},
    }
    fields = "textFormat(fontFamily,fontSize,foregroundColorStyle),verticalAlignment,padding"
    return _repeat(tab, first, at, look, fields)


def _header(tab: Tab) -> Iterator[Json]:
    """One dark band; over each column of Leads a note says whose it is."""
    for at in tab.columns.values():
        yield _head(tab, at)
    yield _sized(tab, "ROWS", 0, HEADER_HEIGHT)
    if tab.role is Role.LEADS:
        yield from (_note(tab, at, WHOSE[BY_FIELD[name].whose]) for name, at in tab.columns.items())


def _head(tab: Tab, at: int) -> Json:
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
    return {
        "repeatCell": {
            "range": _span(tab, 0, 1, at),
            "cell": {"userEnteredFormat": look},
            "fields": FORMAT.format(fields),
        }
    }


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


def _row_heights(tab: Tab, first: int, end: int | None) -> Json:
    rows = {"sheetId": tab.id, "dimension": "ROWS", "startIndex": first}
    if end is not None:
        rows["endIndex"] = end
    pixels = TWO_LINES if tab.role is Role.LEADS else ROW_HEIGHT
    return {
        "updateDimensionProperties": {
            "range": rows,
            "properties": {"pixelSize": pixels},
            "fields": "pixelSize",
        }
    }


def _banding(tab: Tab) -> Json:
    last = max(tab.columns.values(), default=0) + 1
    area = {"sheetId": tab.id, "startRowIndex": 1, "startColumnIndex": 0, "endColumnIndex": last}
    rows = {"firstBandColorStyle": colour(PAPER), "secondBandColorStyle": colour(BAND)}
    return {"addBanding": {"bandedRange": {"range": area, "rowProperties": rows}}}


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
