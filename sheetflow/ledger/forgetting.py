"""A person is erased: what is left is that nothing may be sent to the address, by its hash alone."""

import re
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import and_, delete, func, or_, select, update

from sheetflow.errors import SheetflowError
from sheetflow.ledger import state
from sheetflow.ledger.book import Book
from sheetflow.ledger.ledger import Ledger
from sheetflow.ledger.schema import claims, events, leads, suppressed
from sheetflow.workflow.brakes import DAY
from sheetflow.workflow.events import Event, Kind, event_id, iso
from sheetflow.workflow.lead import email_key
from sheetflow.workflow.review import CLAIM_EXPIRES

FORGOTTEN = "forgotten"  # the reason of the suppression


def forget(book: Book, email: str, at: datetime) -> list[str]:
    """The Lead IDs that were the person's; nothing but them, the hash and the time is left.

    Raises SheetflowError while a message to the person is on its way.
    """
    _overwrite_what_is_deleted(book)
    hashed = book.hash_of(email)
    found = list(dict.fromkeys([*book.with_address(hashed), *_named(book, email)]))
    _wait_for_messages(book, found, at)
    book.connection.execute(delete(events).where(events.c.lead_id.in_(found)))
    _erase_claims(book, found, at)
    book.connection.execute(delete(leads).where(leads.c.id.in_(found)))
    book.record(Event(at, one, Kind.FORGOTTEN, event_id(Kind.FORGOTTEN, one)) for one in found)
    if found:
        book.put(state.SHEET_FORGOTTEN, "yes")
        book.put(state.SCREEN, "")
        # In place of another reason, which a person or a word could lift.
        book.lift(suppressed.c.hash == hashed)
        book.suppress(hashed, FORGOTTEN, at, found[0])
    return found


def forgotten(book: Book) -> frozenset[str]:
    """Lead IDs whose row and lines in a Sheet are to be emptied, whenever they stand there."""
    found = select(events.c.lead_id).where(events.c.event == Kind.FORGOTTEN.value)
    return frozenset(book.connection.execute(found).scalars())


def _overwrite_what_is_deleted(book: Book) -> None:
    """SQLite may leave a deleted row's bytes in the file until the place is needed."""
    if book.connection.dialect.name == "sqlite":
        book.connection.exec_driver_sql("PRAGMA secure_delete=ON")


def sweep(ledger: Ledger) -> None:
    """SQLite keeps what it overwrote in a log beside the file, until that is written back."""
    with ledger.database.engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")


def _named(book: Book, email: str) -> list[str]:
    """Leads that gave the address and have another one by now."""
    kinds = (Kind.RECEIVED.value, Kind.MERGED.value, Kind.EDITED.value)
    mentions = func.lower(events.c.detail).contains(email_key(email), autoescape=True)
    rows = book.connection.execute(
        select(events.c.lead_id, events.c.detail).where(events.c.event.in_(kinds), mentions)
    )
    address = re.escape(email_key(email))
    # As an enquiry's own line says it, or an edit of the cell Email.
    own = re.compile(rf"^email: (?:{address}$|{address} \(was |.* \(was {address}\)$)", re.MULTILINE)
    return [row.lead_id for row in rows if own.search(row.detail.casefold())]


def _wait_for_messages(book: Book, lead_ids: Collection[str], at: datetime) -> None:
    is_open = (claims.c.outcome == "") & (claims.c.at >= iso(at - CLAIM_EXPIRES))
    found = select(claims.c.lead_id).where(is_open, claims.c.lead_id.in_(lead_ids))
    if book.connection.execute(found).first():
        raise SheetflowError("A message to this person is on its way: try again in 15 minutes")


def _erase_claims(book: Book, lead_ids: Collection[str], at: datetime) -> None:
    """What left today still counts for the daily limit; it is nobody's any more."""
    theirs = claims.c.lead_id.in_(lead_ids)
    counts = and_(claims.c.outcome == Kind.SENT.value, claims.c.ended_at >= iso(at - DAY))
    of_nobody = or_(claims.c.outcome != Kind.SENT.value, claims.c.ended_at < iso(at - DAY))
    book.connection.execute(delete(claims).where(theirs, of_nobody))
    book.connection.execute(update(claims).where(theirs, counts).values(message_id="", server_id=""))
