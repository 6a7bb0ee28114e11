"""All leads as a table, under the Sheet's headers, in order of arrival."""

import csv
import re
from collections.abc import Iterator
from datetime import date, datetime, time, tzinfo
from typing import TextIO

from sheetflow.jobs.ports import Ports
from sheetflow.workflow.calendar import at_wall_clock
from sheetflow.workflow.columns import COLUMNS, CellType
from sheetflow.workflow.lead import Cell

HEADERS = tuple(column.header for column in COLUMNS)

# A spreadsheet program takes such a text for a formula; a phone number may begin with a plus.
_FORMULA = re.compile(r"[=@\t\r]|[+-](?![\d\s()./-]*$)")


def objects(ports: Ports) -> Iterator[dict[str, Cell]]:
    """By header; times are ISO 8601 with the offset of the business's zone, or null."""
    zone = ports.workflow.business.zone
    with ports.ledger.reading() as book:
        for row in book.rows():
            yield {column.header: _told(row[column.field], column.type, zone) for column in COLUMNS}


def write_csv(ports: Ports, target: TextIO) -> None:
    """Times are the business's wall-clock times, as in the Sheet."""
    writer = csv.writer(target, lineterminator="\n")
    writer.writerow(HEADERS)
    with ports.ledger.reading() as book:
        for row in book.rows():
            writer.writerow([_shown(row[column.field]) for column in COLUMNS])


def unguarded(text: str) -> str:
    """A text without the sign that keeps a spreadsheet program from taking it for a formula."""
    return text[1:] if text.startswith("'") and _FORMULA.match(text, 1) else text


def _told(value: Cell, kind: CellType, zone: tzinfo) -> Cell:
    if isinstance(value, date):
        return at_wall_clock(_moment(value), zone).astimezone(zone).isoformat(timespec="seconds")
    return None if value == "" and kind is not CellType.TEXT else value


def _shown(value: Cell) -> Cell:
    if isinstance(value, date):
        return _moment(value).isoformat(sep=" ", timespec="minutes")
    return f"'{value}" if isinstance(value, str) and _FORMULA.match(value) else value


def _moment(value: date) -> datetime:
    return value if isinstance(value, datetime) else datetime.combine(value, time())
