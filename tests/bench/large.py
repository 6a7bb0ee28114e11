"""A ledger as it is after years: a few leads have lived through them, all the others are their copies."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from itertools import chain
from typing import Any

from sqlalchemy import func, insert, select

from sheetflow.ledger import schema, state
from sheetflow.ledger.arrivals import store
from sheetflow.ledger.book import Book
from sheetflow.ledger.editing import apply_edits
from sheetflow.ledger.ledger import Ledger
from sheetflow.ledger.settling import settle
from sheetflow.workflow.edits import Edit
from sheetflow.workflow.enquiry import Enquiry
from sheetflow.workflow.events import Claim, Event, Kind, event_id

EVENTS = 12  # of each lead, in the middle
AT_ONCE = 2_000


def fill(ledger: Ledger, leads: int, due: int, now: datetime) -> None:
    """`due` of them are due at `now`; of the others some wait for their day, and most are done with.

    Activity counts as written: of it a job reads only the header, however long it is.
    """
    with ledger.writing() as book:
        models = {"due": _live(book, "due", now - timedelta(days=2, hours=2))}
        models["waiting"] = _live(book, "waiting", now - timedelta(hours=30))
        models["won"] = _live(book, "won", now - timedelta(days=200))
        apply_edits(book, [Edit(models["won"], "status", "Won", "Contacted")], now, day_first=True)
        kinds = ["due"] * due + ["waiting"] * (leads // 20)
        kinds += ["won"] * (leads - len(kinds))
        for table in (schema.leads, schema.events, schema.claims):
            rows = _rows(book, table, models)
            copies = (_renamed(rows[kind], table, number) for number, kind in enumerate(kinds))
            _copy(book, table, chain.from_iterable(copies))
            column = table.c.id if table is schema.leads else table.c.lead_id
            book.connection.execute(table.delete().where(column.in_(models.values())))
        book.put(state.CONFIGURATION, ledger.workflow.fingerprint)
        book.put(state.SHEET_ACTIVITY, str(_last_event(book)))


def _live(book: Book, name: str, at: datetime) -> str:
    lead_id = f"L-{name}"
    message = "Is it still free in May, and what would it be for two?"
    enquiry = Enquiry(
        id=lead_id,
        delivery=lead_id,
        repeat_within=timedelta(0),
        arrived=at,
        name="Lea Lead",
        email=f"{name}@example.org",
        phone="+49 30 1234567",
        service="Consulting",
        location="Example City",
        message=message,
        source="website",
    )
    store(book, [enquiry])
    claim = Claim(lead_id, "first_response", 1)
    message_id, later = f"<sf.{name}@example.com>", at + timedelta(seconds=1)
    book.claim(claim, "run", message_id)
    book.close(claim.event(Kind.SENT, later, "run", "Thank you", message_id))
    again = event_id(Kind.MERGED, name)
    book.record(
        Event(at + timedelta(minutes=n), lead_id, Kind.MERGED, f"{again}{n}x", detail=f"message: {message}")
        for n in range(1, EVENTS - 3)
    )
    settle(book, [lead_id], at + timedelta(minutes=EVENTS))
    return lead_id


def _rows(book: Book, table: Any, models: Mapping[str, str]) -> dict[str, list[dict[str, Any]]]:
    column = table.c.id if table is schema.leads else table.c.lead_id
    found = {}
    for kind, lead_id in models.items():
        rows = book.connection.execute(select(table).where(column == lead_id)).mappings()
        found[kind] = [{name: value for name, value in row.items() if name != "number"} for row in rows]
    return found


def _renamed(rows: list[dict[str, Any]], table: Any, number: int) -> Iterator[dict[str, Any]]:
    own = f"L-{number:010}"
    for row in rows:
        old = row.get("lead_id") or row["id"]
        renamed = {
            name: value.replace(old, own) if isinstance(value, str) else value for name, value in row.items()
        }
        if table is schema.events and old not in row["event_id"]:
            renamed["event_id"] = f"{row['event_id']}x{number}x"
        if table is schema.leads:
            address = f"lead{number}@example.org"
            renamed |= {"email": address, "email_key": address, "address_hash": str(number)}
            renamed["row"] = renamed["row"].replace(row["email"], address)
        yield renamed


def _copy(book: Book, table: Any, rows: Iterator[dict[str, Any]]) -> None:
    batch: list[dict[str, Any]] = []
    for row in rows:
        batch.append(row)
        if len(batch) == AT_ONCE:
            book.connection.execute(insert(table), batch)
            batch = []
    if batch:
        book.connection.execute(insert(table), batch)


def _last_event(book: Book) -> int:
    found: int = book.connection.execute(select(func.max(schema.events.c.number))).scalar_one()
    return found
