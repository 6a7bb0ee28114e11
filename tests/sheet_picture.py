"""Draws tabs of the fake Sheet as a page, to look at: widths, formats, colours by rule, charts as boxes.

python -m tests.sheet_picture FILE.html    (a browser's picture of it is what an owner sees, nearly)
"""

import sys
import tempfile
from collections.abc import Iterator
from datetime import timedelta
from html import escape
from pathlib import Path
from typing import Any

from sheetflow.ledger.figures import read_screen
from sheetflow.ledger.settling import settle
from sheetflow.web.pages.drawing import draw
from sheetflow.workflow.events import Event, Kind
from sheetflow.workflow.screen import Screen
from tests.fakes.sheets import FakeSheets
from tests.fakes.sheets_batch_layout import sheet_properties
from tests.fakes.sheets_cells import formatted
from tests.fakes.sheets_grid import EMPTY, Sheet
from tests.sheet.formulas import is_true
from tests.sheet.world import World

ROWS = {"Leads": 24, "Control": 6, "Dashboard": 44}
FILL = ("#2563eb", "#f59e0b", "#10b981", "#8b5cf6", "#9ca3af")


def page(world: World, screen: Screen) -> str:
    tabs = "".join(_tab(world, sheet, screen) for sheet in world.fake.document.sheets if sheet.title in ROWS)
    return (
        "<!doctype html><meta charset=utf-8><title>The Sheet</title><style>"
        "body{margin:0;font:10pt Inter,Arial,sans-serif}h2{margin:12px}"
        ".tab{position:relative;overflow:hidden}"
        "table{border-collapse:collapse;table-layout:fixed;width:0}td{overflow:hidden;white-space:pre;"
        "box-sizing:border-box;border:1px solid #eef0f3}td.n{width:46px;background:#f8f9fa;text-align:center}"
        "td div{overflow:hidden}svg{position:absolute;background:#fff;border:1px solid #ccc}</style>" + tabs
    )


def _tab(world: World, sheet: Sheet, screen: Screen) -> str:
    properties = sheet_properties(world.fake.document, sheet)
    widths = [sheet.sizes["COLUMNS"].get(at, {}).get("pixelSize", 100) for at in range(sheet.column_count)]
    columns = "".join(f'<col style="width:{width}px">' for width in (46, *widths))
    rows = "".join(_row(world, sheet, row) for row in range(ROWS[sheet.title]))
    drawn = "".join(_charts(sheet, screen)) if sheet.charts else ""
    return f"<h2>{escape(properties['title'])}</h2><div class=tab><table>{columns}{rows}</table>{drawn}</div>"


def _row(world: World, sheet: Sheet, row: int) -> str:
    height = sheet.sizes["ROWS"].get(row, {}).get("pixelSize", 21)
    values = world.owner.rows(sheet.title)
    line = values[row] if row < len(values) else []
    cells = "".join(_cell(world, sheet, row, at, line, height) for at in range(min(sheet.column_count, 25)))
    return f'<tr style="height:{height}px"><td class=n>{row + 1}</td>{cells}</tr>'


def _cell(world: World, sheet: Sheet, row: int, at: int, line: list[Any], height: int) -> str:
    cell = sheet.cell(row, at)
    look = {**(cell.format or {}), **_ruled(world, sheet, row, at, line)}
    text, font = formatted(cell or EMPTY, world.fake.document.locale), look.get("textFormat", {})
    own = (cell.format or {}).get("textFormat", {})
    styles = [
        f"font-size:{own.get('fontSize', 10)}pt",
        f"font-weight:{700 if font.get('bold') or own.get('bold') else 400}",
        f"color:{_colour(font.get('foregroundColorStyle')) or '#000'}",
        f"text-align:{look.get('horizontalAlignment', 'left').lower()}",
        f"vertical-align:{look.get('verticalAlignment', 'bottom').lower()};padding:{_padding(look)}",
    ]
    if paper := _colour(look.get("backgroundColorStyle")):
        styles.append(f"background:{paper}")
    wraps = look.get("wrapStrategy")
    if wraps == "WRAP":
        styles.append("white-space:pre-wrap")
    elif wraps == "OVERFLOW_CELL" and text:
        styles.append("overflow:visible")
    inside = f'<div style="max-height:{height}px;overflow:inherit">{escape(text)}</div>'
    return f'<td style="{";".join(styles)}">{inside}</td>'


def _padding(look: dict[str, Any]) -> str:
    sides = look.get("padding", {})
    return " ".join(f"{sides.get(side, 2)}px" for side in ("top", "right", "bottom", "left"))


def _ruled(world: World, sheet: Sheet, row: int, at: int, line: list[Any]) -> dict[str, Any]:
    """What the first rule that holds says."""
    for rule in sheet.conditional_formats:
        area, condition = rule["ranges"][0], rule["booleanRule"]["condition"]
        inside = area.get("startRowIndex", 0) <= row and area.get("startColumnIndex", 0) <= at
        if not inside or at >= area.get("endColumnIndex", 99):
            continue
        said = condition["values"][0]["userEnteredValue"]
        if condition["type"] == "TEXT_EQ":
            holds = at < len(line) and str(line[at]) == said
        else:
            holds = is_true(said, line, world.now)
        if holds:
            found: dict[str, Any] = rule["booleanRule"]["format"]
            return found
    return {}


def _colour(style: dict[str, Any] | None) -> str:
    if not style:
        return ""
    rgb = style["rgbColor"]
    return "#" + "".join(f"{round(255 * rgb.get(part, 0)):02x}" for part in ("red", "green", "blue"))


def _charts(sheet: Sheet, screen: Screen) -> Iterator[str]:
    heights = [sheet.sizes["ROWS"].get(row, {}).get("pixelSize", 21) for row in range(ROWS["Dashboard"])]
    for chart, drawn in zip(sheet.charts, screen.charts, strict=True):
        place = chart["position"]["overlayPosition"]
        top = sum(heights[: place["anchorCell"]["rowIndex"]]) + place["offsetYPixels"]
        drawing = draw(drawn)
        parts = [
            f'<rect x="{one.x}" y="{one.y + 24}" width="{one.width}" height="{one.height}" '
            f'fill="{FILL[one.series]}"/>'
            for one in drawing.rects
        ]
        parts += [
            f'<text x="{one.x}" y="{one.y + 24}" text-anchor="{one.anchor}" font-size="11">'
            f"{escape(one.text)}</text>"
            for one in drawing.words
        ]
        yield (
            f'<svg style="left:{46 + place["offsetXPixels"]}px;top:{top}px" width="{place["widthPixels"]}" '
            f'height="{place["heightPixels"]}" viewBox="0 0 {drawing.width} {drawing.height + 30}">'
            f'<text x="8" y="15" font-weight="bold" font-size="13">{escape(chart["spec"]["title"])}</text>'
            + "".join(parts)
            + "</svg>"
        )


def fill(world: World) -> None:
    """Leads of six weeks, in every state."""
    words = ("Won", "In conversation", "Lost", "Booked", "Paused", "maybe later", "Nurture", "", "", "")
    leads = []
    for number in range(1, 21):
        source = ("website", "Instagram", "website", "Google Ads", "referral")[number % 5]
        leads.append(lead := world.arrives(number, source=source, service="Portrait", urgency="soon"))
        world.passes(seconds=(7, 250, 4000)[number % 3])
        world.sends(lead)
        if number % 4 == 0:
            world.passes(hours=3)
            world.replies(lead)
        world.passes(hours=31 if number < 16 else 1)
    world.syncs()
    for number, lead in enumerate(leads):
        if number % 4 != 3 and words[number % 10]:
            world.types(lead, "Status", words[number % 10])
        world.types(
            lead, "Notes", "Asked for a quote for two days in May; called back once" if number % 3 else ""
        )
    late = leads[-2]
    with world.ledger.writing() as book:
        missed = Event(world.now, late, Kind.SLA_MISSED, f"missed:{late}", detail="Kim (nobody has answered)")
        book.record([missed])
        settle(book, [late], world.now)
    world.passes(minutes=4)
    world.syncs()
    world.now += timedelta(minutes=1)
    world.syncs(numbers=True)


def main() -> None:
    with (
        FakeSheets(locale="en_GB", time_zone="Europe/Berlin") as fake,
        tempfile.TemporaryDirectory() as folder,
    ):
        world = World(fake, f"sqlite:///{folder}/picture.db")
        world.sheet.setup(take_over=False)
        fill(world)
        text = page(world, read_screen(world.ledger, world.now))
        world.close()
    Path(sys.argv[1]).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
