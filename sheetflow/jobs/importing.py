"""Existing leads from a CSV file, through the same door as the webhook."""

import csv
import io
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import groupby, repeat
from operator import itemgetter
from pathlib import Path

from sheetflow.capture import BodyError, Submission, read_submissions
from sheetflow.errors import ConfigError, LedgerUnavailable
from sheetflow.jobs.export import unguarded
from sheetflow.jobs.intake import take_in
from sheetflow.jobs.owner import type_into
from sheetflow.jobs.ports import Ports
from sheetflow.workflow.columns import find_column
from sheetflow.workflow.edits import SUPPRESSING
from sheetflow.workflow.enquiry import Receipt
from sheetflow.workflow.sequence import Workflow
from sheetflow.workflow.statuses import STOPPED, canonical

PAUSED = "imported; set New to start"
_HELD = "imported, its Status was {word}; set New to start"
ROWS_AT_ONCE = 200
ROWS_TRIED = 20  # with a value in a column, to see which field it becomes
NOT_IMPORTED = ".not-imported.csv"
WHY = "Why it was not imported"
DETAILS = "Details"

MOST_LOOKED_AT = 50_000  # characters, to see what stands between cells
MOST_IN_A_CELL = 2 * 1024 * 1024  # characters, as much as the webhook takes

_QUOTED = re.compile(r'"[^"]*"')
_NUMBER = re.compile(r"\+?(?:[ ()./-]*\d){9,}")  # of a phone, and longer than any date
_FIELDS = ("name", "email", "phone", "service", "urgency", "location", "message", "source", "submitted_at")


@dataclass(frozen=True)
class Row:
    """One line of the file: `cells` by header; `extra` are cells beyond the last header."""

    line: int
    cells: Mapping[str, str]
    extra: tuple[str, ...] = ()


@dataclass(frozen=True)
class Table:
    headers: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Imported:
    """How many rows became what (accepted, merged, needs_review, test, duplicate); and those not taken."""

    statuses: Counter[str]
    left: tuple[tuple[Row, str], ...]  # with the reason
    file: Path | None = None  # where the rows not taken stand


def import_csv(
    file: Path, ports: Ports, *, start: bool, progress: Callable[[int], None] = lambda _: None
) -> Imported:
    """Stores every row of the file; a repeat of the same file changes nothing.

    `progress` hears of so many rows more that are done. Rows that can't be taken go into a file beside it.
    Raises ConfigError for a file that can't be read as a table with headers.
    """
    table, workflow = read_table(file), ports.workflow
    found: Counter[str] = Counter()
    left: list[tuple[Row, str]] = []
    # Before any other row of the same person.
    ordered = sorted(table.rows, key=lambda row: _stop_of(row, workflow) not in SUPPRESSING)
    for at in range(0, len(ordered), ROWS_AT_ONCE):
        rows = ordered[at : at + ROWS_AT_ONCE]
        read = [(row, *_read(row, workflow)) for row in rows]
        left += [(row, why) for row, _, why in read if why]
        taken = [(_stop_of(row, workflow), one) for row, some, _ in read for one in some]
        try:
            for stop, group in groupby(taken, key=itemgetter(0)):
                some = [one for _, one in group]
                paused = _HELD.format(word=stop) if stop else "" if start else PAUSED
                receipts = take_in(some, ports, door="import", keys=repeat("import"), paused=paused)
                found.update(receipt.status for receipt in receipts)
                if stop in SUPPRESSING:
                    _type(stop, receipts, ports)
        except LedgerUnavailable:
            with suppress(ConfigError):  # of the two problems this is the one to mend
                _write_left(file, table, [*left, *((row, "not reached") for row in ordered[at:])])
            raise
        progress(len(rows))
    return Imported(found, tuple(left), _write_left(file, table, left))


def find_mapping(file: Path, workflow: Workflow) -> list[tuple[str, str]]:
    """Each column of the file and the field it becomes; Details for those that have none."""
    table = read_table(file)
    return [(header, _field_of(header, table, workflow)) for header in table.headers if header != WHY]


def read_table(file: Path) -> Table:
    """Raises ConfigError for what isn't a table whose first line names the columns."""
    text, delimiter = _delimited(_read_text(file))
    csv.field_size_limit(MOST_IN_A_CELL)
    reader = csv.reader(io.StringIO(text), csv.excel, delimiter=delimiter, strict=True)
    try:
        headers = _headers(next(reader, []), file)
        rows = [_row(reader.line_num, headers, cells) for cells in reader]
    except csv.Error as error:
        raise ConfigError(
            f"{file}, line {reader.line_num}: {error}; mend the quotes around that text"
        ) from error
    filled = tuple(row for row in rows if row.cells or row.extra)
    if not filled:
        raise ConfigError(f"{file}: no rows; the first line must name the columns")
    return Table(headers, filled)


def _delimited(text: str) -> tuple[str, str]:
    """The table and what stands between its cells; Excel may say so itself in a first line "sep=;"."""
    text = text.lstrip("\r\n")
    first, _, rest = text.partition("\n")
    if re.fullmatch(r"sep=[,;|\t]", first.strip('\r\n" ').lower()):
        return rest.lstrip("\r\n"), first.strip('\r\n" ')[-1]
    return text, _delimiter(text)


def _delimiter(text: str) -> str:
    """What most lines have as often as the headers do; a text between quotes doesn't count."""
    headers, *lines = _QUOTED.sub("", text[:MOST_LOOKED_AT]).splitlines()[:ROWS_TRIED] or [""]

    def fits(mark: str) -> tuple[int, int]:
        count = headers.count(mark)
        return sum(line.count(mark) == count for line in lines) if count else -1, count

    return max(",;\t|", key=fits)


def _headers(cells: Sequence[str], file: Path) -> tuple[str, ...]:
    if any("@" in cell or _NUMBER.fullmatch(cell.strip()) for cell in cells):
        raise ConfigError(f"{file}: the first line is a lead; put a line above it that names the columns")
    seen: Counter[str] = Counter()
    headers = []
    for cell in cells:
        seen[cell] += 1
        headers.append(f"{cell} ({seen[cell]})" if cell and seen[cell] > 1 else cell)
    return tuple(headers)


def _row(line: int, headers: Sequence[str], cells: Sequence[str]) -> Row:
    pairs = zip(headers, cells, strict=False)
    named = {header: unguarded(cell) for header, cell in pairs if header not in ("", WHY) and cell.strip()}
    return Row(line, named, tuple(cell for cell in cells[len(headers) :] if cell.strip()))


def _read(row: Row, workflow: Workflow) -> tuple[list[Submission], str]:
    """The leads in a row, or why it can't be taken."""
    if row.extra:
        return [], "it has more cells than there are headers; put quotes around a text with a separator in it"
    try:
        found = _submissions(row.cells, workflow)
    except BodyError as error:
        return [], str(error)
    if not any(one.name or one.email or one.raw_email or one.phone for one in found):
        return [], "it has neither a name nor an e-mail nor a phone number"
    return found, ""


def _stop_of(row: Row, workflow: Workflow) -> str:
    """The word that stopped the lead in the tracker that the file comes from; empty if none did."""
    for header, cell in row.cells.items():
        column = find_column(workflow.columns.get(" ".join(header.casefold().split()), header))
        word = canonical(cell, workflow.statuses)
        if column and column.field == "status" and word in STOPPED:
            return word
    return ""


def _type(stop: str, receipts: Sequence[Receipt], ports: Ports) -> None:
    """The address gets no mail, whatever lead has it. A repeat of the file says nothing new."""
    for receipt in receipts:
        if receipt.status != "duplicate":
            type_into(ports, receipt.lead_id, "Status", stop)


def _submissions(cells: Mapping[str, str], workflow: Workflow) -> list[Submission]:
    return read_submissions(
        dict(cells),
        source="import",
        country=workflow.business.country,
        extra=workflow.fields,
        own=workflow.addresses,
    )


def _field_of(header: str, table: Table, workflow: Workflow) -> str:
    """What a row loses when the column is left out: so the mapping shown is the one that is used."""
    tried = [row for row in table.rows if header in row.cells and not row.extra][:ROWS_TRIED]
    votes = Counter(field for row in tried for field in _lost(row.cells, header, workflow))
    return votes.most_common(1)[0][0] if votes else DETAILS if tried else "(empty)"


def _lost(cells: Mapping[str, str], header: str, workflow: Workflow) -> list[str]:
    rest = {name: cell for name, cell in cells.items() if name != header}
    try:
        whole, without = _submissions(cells, workflow)[0], _submissions(rest, workflow)[0] if rest else None
    except BodyError:
        return []
    return [field for field in _FIELDS if getattr(whole, field) != getattr(without or Submission(), field)]


def _write_left(file: Path, table: Table, left: Sequence[tuple[Row, str]]) -> Path | None:
    """With the same headers, so that it can be mended and imported itself."""
    if not left:
        return None
    target = file.with_name(file.stem + NOT_IMPORTED)
    try:
        with target.open("w", encoding="utf-8-sig", newline="") as lines:
            writer = csv.writer(lines)
            headers = [header for header in table.headers if header != WHY]
            writer.writerow([*headers, WHY])
            for row, why in left:
                cells = [row.cells.get(header, "") for header in headers]
                writer.writerow([*cells, f"line {row.line}: {why}", *row.extra])
    except OSError as error:
        raise ConfigError(f"{target}: can't be written: {error.strerror}") from error
    return target


def _read_text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise ConfigError(f"{file}: isn't UTF-8; save it as “CSV UTF-8” and try again") from None
    except OSError as error:
        raise ConfigError(f"{file}: can't be read: {error.strerror}") from error
