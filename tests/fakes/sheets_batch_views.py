"""The requests of spreadsheets.batchUpdate about charts and filter views: ways to look at cells."""

from __future__ import annotations

from collections.abc import Iterator

from tests.fakes.sheets_batch_cells import grid_range
from tests.fakes.sheets_cells import colours_settled, mask_of
from tests.fakes.sheets_document import Document
from tests.fakes.sheets_errors import Invalid, not_built
from tests.fakes.sheets_grid import Area, Message, Sheet
from tests.fakes.sheets_masks import merged, parsed


def add_chart(document: Document, body: Message) -> Message:
    """Charts are kept as sent, after a look at their ranges; nothing is drawn."""
    wanted = body.get("chart") or {}
    overlay = (wanted.get("position") or {}).get("overlayPosition")
    if overlay is None:
        raise not_built("charts on a tab of their own")
    sheet = document.sheet((overlay.get("anchorCell") or {}).get("sheetId") or 0)
    chart_id = wanted.get("chartId") or document.new_id()
    if any(chart["chartId"] == chart_id for one in document.sheets for chart in one.charts):
        raise Invalid(f"An embedded object with the ID {chart_id} already exists.")
    _check_spec(document, wanted.get("spec") or {})
    chart = {**colours_settled(wanted), "chartId": chart_id}
    sheet.charts.append(chart)
    return {"chart": chart}


def update_chart_spec(document: Document, body: Message) -> None:
    sheet, at = _chart(document, body.get("chartId") or 0)
    _check_spec(document, body.get("spec") or {})
    sheet.charts[at] = {**sheet.charts[at], "spec": colours_settled(body.get("spec") or {})}


def delete_embedded_object(document: Document, body: Message) -> None:
    sheet, at = _chart(document, body.get("objectId") or 0)
    del sheet.charts[at]


def add_filter_view(document: Document, body: Message) -> Message:
    """Its first row is the header's; an open range ends with today's grid."""
    wanted = body.get("filter") or {}
    area = document.area(wanted.get("range") or {})
    view_id = wanted.get("filterViewId") or document.new_id()
    if any(view["filterViewId"] == view_id for one in document.sheets for view in one.filter_views):
        raise Invalid(f"A filter view with the ID {view_id} already exists.")
    _check_columns(area, wanted)
    view = {"title": "Filter", **colours_settled(wanted), "filterViewId": view_id, "range": grid_range(area)}
    area.sheet.filter_views.append(view)
    return {"filter": view}


def update_filter_view(document: Document, body: Message) -> None:
    wanted = body.get("filter") or {}
    sheet, at = _filter_view(document, wanted.get("filterViewId") or 0)
    mask = mask_of(body.get("fields"), parsed)
    view = merged(sheet.filter_views[at], colours_settled(wanted), mask) or {}
    area = document.area(view["range"])
    _check_columns(area, view)
    sheet.filter_views[at] = {**view, "range": grid_range(area)}


def delete_filter_view(document: Document, body: Message) -> None:
    sheet, at = _filter_view(document, body.get("filterId") or 0)
    del sheet.filter_views[at]


def _chart(document: Document, chart_id: int) -> tuple[Sheet, int]:
    for sheet in document.sheets:
        for at, chart in enumerate(sheet.charts):
            if chart["chartId"] == chart_id:
                return sheet, at
    raise Invalid(f"No chart with id: {chart_id}")


def _filter_view(document: Document, view_id: int) -> tuple[Sheet, int]:
    for sheet in document.sheets:
        for at, view in enumerate(sheet.filter_views):
            if view["filterViewId"] == view_id:
                return sheet, at
    raise Invalid(f"No filter view with id: {view_id}")


def _check_columns(area: Area, view: Message) -> None:
    for spec in view.get("filterSpecs") or []:
        if not area.left <= (spec.get("columnIndex") or 0) < area.right:
            raise Invalid("The filter criteria are outside of the filter's range.")


def _check_spec(document: Document, spec: Message) -> None:
    """A series is one line of cells, and as long as the domain."""
    basic = spec.get("basicChart")
    if basic is None:
        return
    lengths = set()
    for data in _data(basic):
        for source in (data.get("sourceRange") or {}).get("sources") or [{}]:
            area = document.area(source)
            height, width = area.bottom - area.top, area.right - area.left
            if 1 not in (height, width):
                raise Invalid("ChartSourceRange must have one dimension of length 1.")
            lengths.add(max(height, width))
    if len(lengths) != 1:
        raise Invalid("Domain and series of a chart must have the same length.")


def _data(basic: Message) -> Iterator[Message]:
    yield from (one.get("domain") or {} for one in basic.get("domains") or [])
    yield from (one.get("series") or {} for one in basic.get("series") or [])
