"""Where the bars of a chart lie: plain rectangles and words, coloured and set by the page's style sheet."""

from collections.abc import Iterator
from dataclasses import dataclass

from sheetflow.workflow.screen import Bar, Chart

WIDTH = 360
HIGH, TOP, FOOT = 200, 20, 22  # of standing bars: the whole, room for a number above, words below
LINE, GUTTER, ROOM = 32, 118, 44  # of lying ones: a line's height, words at the left, a number at the right
GAP = 2  # between bars of a group


@dataclass(frozen=True)
class Rect:
    x: float
    y: float
    width: float
    height: float
    series: int


@dataclass(frozen=True)
class Word:
    x: float
    y: float
    text: str
    anchor: str = "middle"


@dataclass(frozen=True)
class Drawing:
    width: int
    height: int
    rects: tuple[Rect, ...]
    words: tuple[Word, ...]


def draw(chart: Chart) -> Drawing:
    most = max((_length(bar, chart) for bar in chart.bars), default=0) or 1
    make = _lying if chart.is_lying else _standing
    parts = [part for place, bar in enumerate(chart.bars) for part in make(chart, bar, place, most)]
    return Drawing(
        WIDTH,
        LINE * len(chart.bars) if chart.is_lying else HIGH,
        tuple(part for part in parts if isinstance(part, Rect)),
        tuple(part for part in parts if isinstance(part, Word)),
    )


def _length(bar: Bar, chart: Chart) -> int:
    return sum(bar.values) if chart.is_stacked else max(bar.values, default=0)


def _standing(chart: Chart, bar: Bar, place: int, most: int) -> Iterator[Rect | Word]:
    slot = WIDTH / len(chart.bars)
    left, floor = place * slot, HIGH - FOOT
    yield Word(_round(left + slot / 2), HIGH - 6, bar.label)
    if chart.is_stacked:
        above = 0
        for series, value in enumerate(bar.values):
            height = _scaled(value, most, floor - TOP)
            above += value
            top = floor - _scaled(above, most, floor - TOP)
            yield from _rect(left + slot * 0.15, top, slot * 0.7, height, series)
        if above:
            top = floor - _scaled(above, most, floor - TOP)
            yield Word(_round(left + slot / 2), _round(top - 4), str(above))
        return
    width = slot * 0.8 / len(bar.values)
    for series, value in enumerate(bar.values):
        height = _scaled(value, most, floor - TOP)
        at = left + slot * 0.1 + series * width
        yield from _rect(at, floor - height, width - GAP, height, series)
        yield Word(_round(at + width / 2), _round(floor - height - 4), str(value))


def _lying(chart: Chart, bar: Bar, place: int, most: int) -> Iterator[Rect | Word]:
    top = place * LINE
    yield Word(GUTTER - 8, top + LINE / 2 + 4, bar.label, "end")
    height = (LINE - 6) / len(bar.values)
    for series, value in enumerate(bar.values):
        width = _scaled(value, most, WIDTH - GUTTER - ROOM)
        at = top + 3 + series * height
        yield from _rect(GUTTER, at, width, height - GAP, series)
        yield Word(_round(GUTTER + width + 6), _round(at + height / 2 + 3), str(value), "start")


def _rect(x: float, y: float, width: float, height: float, series: int) -> Iterator[Rect]:
    if height > 0 and width > 0:
        yield Rect(_round(x), _round(y), _round(width), _round(height), series)


def _scaled(value: int, most: int, length: float) -> float:
    return value / most * length


def _round(value: float) -> float:
    return round(value, 1)
