"""Which deliveries were stored, so that a repeat of one is known by its name."""

from datetime import datetime, timedelta

from sqlalchemy import Column, Connection, MetaData, Table, delete, select

from sheetflow.storage.databases import CellText, Database
from sheetflow.workflow.enquiry import Enquiry
from sheetflow.workflow.events import iso

KEPT = timedelta(days=31)  # a little longer than the longest time within which a repeat counts

A_LEAD = 100_000  # characters of a long one, with its events


def deliveries_table(name: str, metadata: MetaData) -> Table:
    return Table(
        name,
        metadata,
        Column("delivery", CellText, primary_key=True),
        Column("at", CellText, nullable=False, index=True),
        Column("lead_id", CellText, nullable=False),
    )


def find_delivered(connection: Connection, table: Table, enquiry: Enquiry) -> str:
    """The Lead ID of the same delivery, where it came within its time; else empty."""
    since = iso(enquiry.arrived - enquiry.repeat_within)
    found = select(table.c.lead_id).where(table.c.delivery == enquiry.delivery, table.c.at >= since)
    return connection.execute(found).scalar_one_or_none() or ""


def remember(
    database: Database, connection: Connection, table: Table, enquiry: Enquiry, lead_id: str
) -> None:
    row = {"delivery": enquiry.delivery, "at": iso(enquiry.arrived), "lead_id": lead_id}
    database.upsert(connection, table, [row], "delivery")
    connection.execute(delete(table).where(table.c.at < iso(enquiry.arrived - KEPT)))


def try_out(database: Database, table: Table, now: datetime) -> None:
    """Writes as much as a lead, as no delivery's line: a full disk lets itself be read, and even locked."""
    with database.writing() as connection:
        row = {"delivery": "tried out", "at": iso(now), "lead_id": "." * A_LEAD}
        database.upsert(connection, table, [row], "delivery")
