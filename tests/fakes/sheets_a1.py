"""Cell addresses: `'Our Leads'!B2:D`, as people and the values endpoints write them."""

from __future__ import annotations

import re
from typing import NamedTuple

BARE_TITLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
CELLS = re.compile(r"\$?([A-Za-z]{1,3})?\$?([1-9]\d*)?(?:(:)\$?([A-Za-z]{1,3})?\$?([1-9]\d*)?)?")


class Box(NamedTuple):
    """Rows and columns from 0, ends excluded; None is open."""

    top: int | None
    bottom: int | None
    left: int | None
    right: int | None


def column_name(index: int) -> str:
    """0 is A, 26 is AA."""
    name, index = "", index + 1
    while index:
        index, letter = divmod(index - 1, 26)
        name = chr(65 + letter) + name
    return name


def column_index(name: str) -> int:
    index = 0
    for letter in name.upper():
        index = index * 26 + ord(letter) - 64
    return index - 1


def box(text: str) -> Box | None:
    """The cells that `B2:D`, `A:A`, `2:5` or `C3` name; None where the text isn't an address."""
    match = CELLS.fullmatch(text)
    if not match or not (match[1] or match[2]):
        return None
    column, row, colon, column_end, row_end = match.groups()
    if not colon:
        if not (column and row):
            return None
        column_end, row_end = column, row
    elif not (column_end or row_end):
        return None
    left, right = _span(column and column_index(column), column_end and column_index(column_end))
    top, bottom = _span(row and int(row) - 1, row_end and int(row_end) - 1)
    return Box(top, bottom, left, right)


def address(title: str, top: int, bottom: int, left: int, right: int) -> str:
    """How Google names an area in its answers: one cell without a colon, odd titles quoted."""
    first = f"{column_name(left)}{top + 1}"
    last = f"{column_name(right - 1)}{bottom}"
    return f"{quoted(title)}!{first}" + ("" if first == last else f":{last}")


def quoted(title: str) -> str:
    if BARE_TITLE.fullmatch(title) and box(title) is None:
        return title
    return "'" + title.replace("'", "''") + "'"


def split(text: str) -> tuple[str | None, str]:
    """Title and cells of a range; the title is None where the text has none, unquoted otherwise."""
    if match := re.fullmatch(r"'((?:[^']|'')*)'(?:!(.*))?", text, re.DOTALL):
        return match[1].replace("''", "'"), match[2] or ""
    title, mark, cells = text.rpartition("!")
    return (title, cells) if mark else (None, text)


def _span(first: int | str | None, last: int | str | None) -> tuple[int | None, int | None]:
    start = first if isinstance(first, int) else None
    end = last if isinstance(last, int) else None
    if start is not None and end is not None and start > end:
        start, end = end, start
    return start, None if end is None else end + 1
