"""The Dashboard tab: one screen that a person reads at a glance, and the numbers behind it; every run writes
all of its cells anew. Its charts, which `setup` makes, draw what stands in fixed rows below them."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sheetflow.sheet.cells import a1, entered, value_of
from sheetflow.sheet.layout import Role, Structure, Tab
from sheetflow.sheet.look.palette import DASHBOARD_WIDTHS, FAINT, FONT, INK, LATE_ROW, RULE, colour
from sheetflow.workflow.numbers import Report
from sheetflow.workflow.screen import Chart, Line, Screen
from sheetflow.workflow.sections import Row, Section, sections_of

Json = dict[str, Any]

WIDTH = len(DASHBOARD_WIDTHS)  # columns; those to the right of them are people's
LOOK = "textFormat,horizontalAlignment,verticalAlignment,borders,padding,wrapStrategy"
FIELDS = f"userEnteredValue,userEnteredFormat({LOOK})"

FIGURES_AT = (0, 2, 3, 5)  # the columns in which the four figures begin
VALUE_ROW, ABOUT_LINES = 2, 3
MOST_LINES = 6  # of those who wait
CHARTS_ROW, CHARTS_HEIGHT = 16, 12  # rows that the charts lie over
TABLES_ROW = CHARTS_ROW + CHARTS_HEIGHT + 2
BARS = (8, 5, 6, 8)  # rows that each chart draws, whatever its table holds
SERIES = (5, 2, 1, 2)  # and columns
HEAD = ("Since", "Name", "Why", "Phone", "Owner", "Status")

_LEAD_ID = re.compile(r"L-[0-9A-Z]+")
_BLANK: list[Json] = []


def plan_dashboard(
    structure: Structure, report: Report, screen: Screen, wrong: Sequence[str]
) -> Iterator[Json]:
    """Nothing if people deleted the tab or keep sheetflow out of it. `wrong`: problems, a sentence each."""
    tab = structure.tabs.get(Role.DASHBOARD)
    if tab is None or any(lock.sheet_id == tab.id for lock in structure.locks):
        return
    leads = structure.tabs.get(Role.LEADS)
    rows = [{"values": cells} for cells in _rows(report, screen, leads, wrong)]
    yield from room(tab, len(rows))
    area = {
        "sheetId": tab.id,
        "startRowIndex": 0,
        "endRowIndex": max(len(rows), tab.row_count),
        "startColumnIndex": 0,
        "endColumnIndex": WIDTH,
    }
    yield {"updateCells": {"range": area, "rows": rows, "fields": FIELDS}}


def table_rows(number: int) -> tuple[int, int]:
    """From the header to the last row of what a chart draws; the end excluded."""
    top = TABLES_ROW + 1 + sum(3 + bars + 1 for bars in BARS[:number]) + 2
    return top, top + 1 + BARS[number]


def room(tab: Tab, height: int) -> Iterator[Json]:
    """What the grid lacks."""
    for dimension, more in (("ROWS", height - tab.row_count), ("COLUMNS", WIDTH - tab.column_count)):
        if more > 0:
            yield {"appendDimension": {"sheetId": tab.id, "dimension": dimension, "length": more}}


def _rows(report: Report, screen: Screen, leads: Tab | None, wrong: Sequence[str]) -> Iterator[list[Json]]:
    yield [_cell(f"Leads, as of {screen.at}", 16, bold=True)]
    yield from _figures(screen)
    yield [_wrong(wrong)]
    yield from _waiting(screen, leads)
    yield from [_BLANK] * CHARTS_HEIGHT
    yield [_cell(line, 9) for line in screen.told[:1]]
    yield [_cell("The numbers behind the charts", 12, bold=True)]
    yield _BLANK
    for number, chart in enumerate(screen.charts):
        yield from _chart_table(chart, BARS[number])
    if screen.told:
        yield [_cell("What the numbers say", 12, bold=True)]
        yield from ([_cell(line)] for line in screen.told)
    for section in sections_of(report):
        yield _BLANK
        yield [_cell(section.title, 12, bold=True)]
        yield [_cell(section.about, 9, ink=FAINT)]
        yield from _table(section)


def _figures(screen: Screen) -> Iterator[list[Json]]:
    figures = screen.figures
    yield _across(_cell(figure.title, bold=True, ink=FAINT) for figure in figures)
    yield _across(_cell(figure.value, 26, bold=True) for figure in figures)
    for line in range(ABOUT_LINES):
        parts = [(*figure.about.split(" · "), "", "", "")[line] for figure in figures]
        yield _across(_cell(part, 9, ink=FAINT) for part in parts)


def _wrong(problems: Sequence[str]) -> Json:
    if not problems:
        return _cell("Nothing is wrong.", 9, ink=FAINT)
    more = f" (and {len(problems) - 1} more: see Control)" if len(problems) > 1 else ""
    return _cell(f"What is wrong: {problems[0]}{more}", bold=True, ink=LATE_ROW[1])


def _across(cells: Iterable[Json]) -> list[Json]:
    """Each where its figure begins."""
    row: list[Json] = [{} for _ in range(WIDTH)]
    for at, cell in zip(FIGURES_AT, cells, strict=True):
        row[at] = cell
    return row


def _waiting(screen: Screen, leads: Tab | None) -> Iterator[list[Json]]:
    """As many rows whoever waits: the charts lie below."""
    yield [_cell(f"Waiting for you: {screen.waiting or 'nobody'}", 12, bold=True)]
    shown = screen.lines[:MOST_LINES]
    yield [*_cells(HEAD, tuple(range(WIDTH)), is_head=True)] if shown else _BLANK
    for line in shown:
        yield _lead(line, leads)
    yield from [_BLANK] * (MOST_LINES - len(shown))
    more = screen.waiting - len(shown)
    yield (
        [_cell(f"and {more} more: the filter view Needs me of Leads shows them", 9, ink=FAINT)]
        if more
        else _BLANK
    )


def _lead(line: Line, leads: Tab | None) -> list[Json]:
    ink = LATE_ROW[1] if line.is_unanswered else INK
    texts = (line.since, line.name, line.why, line.phone, line.owner, line.status)
    cells = [_cell(text, ink=ink, wrap="CLIP") for text in texts]
    return [*cells, _link(line.lead_id, leads)]


def _link(lead_id: str, leads: Tab | None) -> Json:
    """To the lead's row, wherever it is by then. No word of a lead comes into the formula."""
    cell = _cell(lead_id, ink=FAINT)
    if leads is None or "id" not in leads.columns or not _LEAD_ID.fullmatch(lead_id):
        return cell
    at = leads.columns["id"]
    column = a1(leads.title, None, (at, at + 1))
    place = f'"#gid={leads.id}&range=A"&MATCH("{lead_id}";{column};0)'
    formula = f'=IFERROR(HYPERLINK({place};"open its row");"{lead_id}")'
    return {**cell, "userEnteredValue": {"formulaValue": formula}}


def _chart_table(chart: Chart, height: int) -> Iterator[list[Json]]:
    """Under its title and what it is about, at least as many rows as the chart draws."""
    yield [_cell(chart.title, bold=True)]
    yield [_cell(chart.about, 9, ink=FAINT)]
    yield [*_cells(("", *chart.series), (0,), is_head=True)]
    rows: list[Row] = [(bar.label, *bar.values, *filter(None, [bar.note])) for bar in chart.bars]
    for row in rows:
        yield [*_cells(row, (0, len(chart.series) + 1))]
    yield from [_BLANK] * (height - len(rows) + 1)


def _table(section: Section) -> Iterator[list[Json]]:
    for number, row in enumerate(section.rows):
        is_head = section.has_head and not number
        yield [*_cells(row, section.left, is_head=is_head)]
    for who, why in section.remarks:
        yield [_cell(who)]
        if why:
            yield [_cell(why, 9, ink=FAINT)]


def _cells(row: Row, left: Sequence[int], *, is_head: bool = False) -> Iterator[Json]:
    for at, value in enumerate(row):
        side = "LEFT" if at in left else "RIGHT"
        cell = _cell(value, bold=is_head, ink=FAINT if is_head else INK, side=side)
        if is_head:
            line = {"style": "SOLID", "colorStyle": colour(RULE)}
            cell["userEnteredFormat"]["borders"] = {"bottom": line}
        yield cell


def _cell(
    value: str | int,
    size: int = 10,
    *,
    bold: bool = False,
    ink: str = INK,
    side: str = "LEFT",
    wrap: str = "OVERFLOW_CELL",
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
        "wrapStrategy": wrap,
    }
    return {**entered(value_of(value)), "userEnteredFormat": look}
