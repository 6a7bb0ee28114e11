"""Which deliveries were stored, so that a repeat of one is known by its name."""

from datetime import timedelta

from sqlalchemy import Column, Connection, MetaData, Table, delete, select

from sheetflow.storage.databases import CellText, Database
from sheetflow.workflow.enquiry import Enquiry
from sheetflow.workflow.events import iso

KEPT = timedelta(days=31)  # a little longer than the longest time within which a repeat counts


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
