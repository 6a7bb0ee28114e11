"""Existing leads from a CSV file, through the same door as the webhook."""

import csv
import io
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from sheetflow.capture import read_submissions
from sheetflow.errors import ConfigError
from sheetflow.jobs.intake import take_in
from sheetflow.jobs.ports import Ports

PAUSED = "imported; set New to start"
ROWS_AT_ONCE = 200


@dataclass(frozen=True)
class Imported:
    """How many rows became what: accepted, merged, needs_review, test, duplicate."""

    statuses: Counter[str]


def import_csv(file: Path, ports: Ports, *, start: bool) -> Imported:
    """Stores every row of the file; a repeat of the same file changes nothing.

    Raises ConfigError for a file that can't be read as a table with headers.
    """
    rows = read_rows(file)
    workflow = ports.workflow
    found: Counter[str] = Counter()
    for at in range(0, len(rows), ROWS_AT_ONCE):
        submissions = [
            submission
            for row in rows[at : at + ROWS_AT_ONCE]
            for submission in read_submissions(
                row, source="import", country=workflow.business.country, extra=workflow.fields
            )
        ]
        paused = "" if start else PAUSED
        receipts = take_in(submissions, ports, door="import", key="import", paused=paused)
        found.update(receipt.status for receipt in receipts)
    return Imported(found)


def read_rows(file: Path) -> list[dict[str, str]]:
    text = _read_text(file)
    try:
        dialect: type[csv.Dialect] = csv.Sniffer().sniff(text[:10_000].splitlines()[0], ",;\t|")
    except (csv.Error, IndexError):
        dialect = csv.excel
    reader = csv.DictReader(io.StringIO(text), dialect=dialect)
    try:
        rows = [{key: value for key, value in row.items() if key and value} for row in reader]
    except csv.Error as error:
        raise ConfigError(f"{file}, line {reader.line_num}: {error}; save it as CSV (UTF-8)") from error
    if not rows:
        raise ConfigError(f"{file}: no rows; the first line must name the columns")
    return [row for row in rows if row]


def _read_text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise ConfigError(f"{file}: isn't UTF-8; save it as “CSV UTF-8” and try again") from None
    except OSError as error:
        raise ConfigError(f"{file}: can't be read: {error.strerror}") from error
