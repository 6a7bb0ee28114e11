"""A report as lines of a terminal."""

import unicodedata
from collections.abc import Callable, Container, Iterator, Sequence
from textwrap import wrap

from sheetflow.workflow.numbers import Report
from sheetflow.workflow.sections import Row, Section, sections_of, title_of

WIDTH = 100


def lines_of(report: Report, sections: Callable[[Report], list[Section]] = sections_of) -> list[str]:
    """Aligned tables; each says under its title which period it is about."""
    texts = ([title_of(report)], *map(section_lines, sections(report)))
    return [line for text in texts for line in ("", *text)][1:]


def section_lines(section: Section) -> list[str]:
    body = [*_table(section.rows, section.left), *_remarks(section)]
    return [section.title, f"  {section.about}", *(f"  {line}".rstrip() for line in body)]


def _remarks(section: Section) -> Iterator[str]:
    for who, why in section.remarks:
        yield from wrap(who, WIDTH, subsequent_indent="  ")
        yield from wrap(why, WIDTH, initial_indent="  ", subsequent_indent="  ")


def _table(rows: Sequence[Row], left: Container[int]) -> list[str]:
    """Aligned by what a terminal shows: the columns of `left` at their beginning, the others at their end."""
    texts = [[str(cell) for cell in row] for row in rows]
    widths = [max(_width(cell) for cell in column) for column in zip(*texts, strict=True)]
    return ["  ".join(_padded(row, widths, left)) for row in texts]


def _padded(row: Sequence[str], widths: Sequence[int], left: Container[int]) -> Iterator[str]:
    for at, (cell, width) in enumerate(zip(row, widths, strict=True)):
        spaces = " " * (width - _width(cell))
        yield cell + spaces if at in left else spaces + cell


def _width(text: str) -> int:
    """Columns on a terminal: an East Asian character takes two, a combining one none."""
    if text.isascii():
        return len(text)
    wide = sum(1 for character in text if unicodedata.east_asian_width(character) in "WF")
    return len(text) + wide - sum(1 for character in text if unicodedata.combining(character))
