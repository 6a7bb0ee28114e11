"""What an owner does by a command: the same as in the Sheet, by the same rules."""

from dataclasses import dataclass
from datetime import datetime

from sheetflow.errors import ConfigError, SheetflowError, SheetUnavailable
from sheetflow.jobs.desk import is_day_first
from sheetflow.jobs.ports import Ports
from sheetflow.ledger import forgetting, schema, state
from sheetflow.ledger.book import Book
from sheetflow.ledger.editing import apply_edits
from sheetflow.ledger.settling import settle
from sheetflow.workflow.brakes import is_on
from sheetflow.workflow.columns import COLUMNS, Column, Whose, find_column
from sheetflow.workflow.edits import Edit
from sheetflow.workflow.events import Event, Kind, event_id
from sheetflow.workflow.history import fold
from sheetflow.workflow.lead import Row, cell_text, looks_like_email
from sheetflow.workflow.sequence import Workflow


@dataclass(frozen=True)
class Cell:
    """A cell as it stands now, and what its row says happens next."""

    header: str
    text: str
    why: str


def type_into(ports: Ports, lead_id: str, name: str, value: str) -> Cell:
    """Types a value into a lead's cell. Raises ConfigError for a lead or a column that can't be meant."""
    column, now = _typed_column(name, ports.workflow), ports.clock()
    day_first = is_day_first(ports.workflow)
    with ports.ledger.writing() as book:
        shown = cell_text(_row(book, lead_id, now)[column.field])
        edit = Edit(lead_id, column.field, value.strip(), shown)
        apply_edits(book, [edit], now, day_first=day_first)
        row = _row(book, lead_id, now)
    return Cell(column.header, cell_text(row[column.field]), cell_text(row["why"]))


def say(ports: Ports, word: str) -> None:
    """Types into Sending. It counts at once; a Sheet that can't be reached now shows it later.

    Raises SheetflowError if the Sheet doesn't show it.
    """
    if not is_on(word):
        _put_sending(ports, word)
    try:
        # What a person typed there before is an older word than this one.
        looked = ports.sheet.look(whole=False)
        _put_sending(ports, word)
        ports.sheet.write()
    except SheetUnavailable as error:
        _put_sending(ports, word)
        raise SheetflowError(f"Sending is {word}; Control will show it later: {error}") from error
    if looked.closed:
        raise SheetflowError(f"Sending is {word}, and yet nothing leaves: {looked.closed}")


def _put_sending(ports: Ports, word: str) -> None:
    with ports.ledger.writing() as book:
        book.put(state.SENDING, word)


def why_suppressed(ports: Ports, email: str) -> str:
    """Raises ConfigError for an address that isn't on the list."""
    with ports.ledger.reading() as book:
        why = book.suppression(_address(email))
    if not why:
        raise ConfigError(f"EMAIL {email!r}: mail isn't kept from this address, so there is nothing to lift")
    return why


def lift(ports: Ports, email: str) -> list[tuple[str, str]]:
    """Mail may go to the address again. Its leads, each with what happens next."""
    now = ports.clock()
    with ports.ledger.writing() as book:
        found = book.lift(schema.suppressed.c.hash == book.hash_of(_address(email)))
        for case in book.cases(found):
            at = fold(case.events, book.workflow).stamp(now)
            name = event_id(Kind.RESUBSCRIBED, case.lead.id, str(len(case.events)))
            book.record([Event(at, case.lead.id, Kind.RESUBSCRIBED, name, detail="lifted by hand")])
        reviews = settle(book, found, now)
        return [(one.lead.id, cell_text(one.row(ports.workflow)["why"])) for one in reviews]


def forget(ports: Ports, email: str) -> list[str]:
    """Erases a person from the ledger; `empty_rows` does so in the Sheet. The person's Lead IDs."""
    with ports.ledger.writing() as book:
        found = forgetting.forget(book, _address(email), ports.clock())
    if not found:
        raise ConfigError(f"EMAIL {email!r}: no lead has this address")
    forgetting.sweep(ports.ledger)
    return found


def empty_rows(ports: Ports) -> str:
    """Rows and lines of forgotten people are emptied in the Sheet; why not yet, empty if they are."""
    try:
        ports.sheet.look(whole=True)
        ports.sheet.write()
        ports.sheet.write(numbers=True)  # the hidden tab keeps what the batch before carried
    except SheetUnavailable as error:
        return str(error)
    return ""


def _typed_column(name: str, workflow: Workflow) -> Column:
    folded = " ".join(name.casefold().split())
    found = find_column(workflow.columns.get(folded, name))
    if found is None or found.whose is Whose.SHEETFLOW:
        free = ", ".join(column.header for column in COLUMNS if column.whose is not Whose.SHEETFLOW)
        raise ConfigError(f"COLUMN {name!r}: use one of: {free}")
    return found


def _row(book: Book, lead_id: str, now: datetime) -> Row:
    """The lead's row as it should stand in the Sheet now."""
    for found in settle(book, [lead_id], now):
        return found.row(book.workflow)
    raise ConfigError(f"LEAD_ID {lead_id!r}: no lead has it; `python -m sheetflow plan` lists them")


def _address(email: str) -> str:
    if not looks_like_email(email):
        raise ConfigError(f"EMAIL {email!r}: use an address like lea@example.com")
    return email.strip()
