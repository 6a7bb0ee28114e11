"""The four native charts of the Dashboard, side by side over the numbers they draw."""

from collections.abc import Iterator, Mapping
from typing import Any

from sheetflow.sheet.layout import Tab
from sheetflow.sheet.look.dashboard import CHARTS_ROW, SERIES, table_rows
from sheetflow.sheet.look.palette import CHART_COLOURS, FONT, INK, colour

Json = dict[str, Any]

FIRST_ID = 7_401_201
WIDE, HIGH = 316, 240  # pixels
APART = 4
# As on the page: title, what it tells to somebody who can't see it, the kind.
KINDS = (
    ("Leads by week and source", "Columns: leads received in each of eight weeks, by source.", "COLUMN"),
    ("First response", "Columns: how fast leads were answered, automatically and by a person.", "COLUMN"),
    ("From received to won", "Bars: how many leads came how far.", "BAR"),
    ("Replies per step", "Bars: messages sent and replied to, by step.", "BAR"),
)


def charts(tab: Tab, done: Mapping[str, Any]) -> Iterator[Json]:
    """One that is there keeps its place and size."""
    there = {chart["chartId"] for chart in done.get("charts") or ()}
    for number in range(len(KINDS)):
        chart_id, spec = FIRST_ID + number, _spec(tab, number)
        if chart_id in there:
            yield {"updateChartSpec": {"chartId": chart_id, "spec": spec}}
        else:
            chart = {"chartId": chart_id, "spec": spec, "position": _position(tab, number)}
            yield {"addChart": {"chart": chart}}


def _position(tab: Tab, number: int) -> Json:
    overlay = {
        "anchorCell": {"sheetId": tab.id, "rowIndex": CHARTS_ROW, "columnIndex": 0},
        "offsetXPixels": number * (WIDE + APART),
        "offsetYPixels": APART,
        "widthPixels": WIDE,
        "heightPixels": HIGH,
    }
    return {"overlayPosition": overlay}


def _spec(tab: Tab, number: int) -> Json:
    title, told, kind = KINDS[number]
    values = "LEFT_AXIS" if kind == "COLUMN" else "BOTTOM_AXIS"
    series = [
        {
            "series": _data(tab, number, 1 + at),
            "targetAxis": values,
            "colorStyle": colour(CHART_COLOURS[at]),
        }
        for at in range(SERIES[number])
    ]
    basic: Json = {
        "chartType": kind,
        "legendPosition": "BOTTOM_LEGEND" if len(series) > 1 else "NO_LEGEND",
        "headerCount": 1,
        "domains": [{"domain": _data(tab, number, 0)}],
        "series": series,
    }
    if not number:
        basic["stackedType"] = "STACKED"
    look = {"fontFamily": FONT, "fontSize": 11, "bold": True, "foregroundColorStyle": colour(INK)}
    return {
        "title": title,
        "altText": told,
        "titleTextFormat": look,
        "fontName": FONT,
        "hiddenDimensionStrategy": "SHOW_ALL",
        "basicChart": basic,
    }


def _data(tab: Tab, number: int, column: int) -> Json:
    """With its header."""
    top, bottom = table_rows(number)
    area = {
        "sheetId": tab.id,
        "startRowIndex": top,
        "endRowIndex": bottom,
        "startColumnIndex": column,
        "endColumnIndex": column + 1,
    }
    return {"sourceRange": {"sources": [area]}}
