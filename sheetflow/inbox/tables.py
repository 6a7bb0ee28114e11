"""The tables of the inbox. Their names say whose they are: a host's database may hold other things."""

from sqlalchemy import Column, Integer, MetaData, Table

from sheetflow.storage.databases import CellText
from sheetflow.storage.deliveries import deliveries_table

metadata = MetaData()

items = Table(
    "inbox_items",
    metadata,
    # In the order in which they were stored: there is one writer at a time.
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("at", CellText, nullable=False),
    Column("what", CellText, nullable=False),  # JSON
    Column("is_opt_out", Integer, nullable=False),
    Column("batch", CellText, nullable=False, default="", index=True),  # empty: in none yet
    Column("refused", CellText, nullable=False, default=""),  # the tracker's words about it
    # SQLite would give the highest number again once its row is gone.
    sqlite_autoincrement=True,
)

batches = Table(
    "inbox_batches",
    metadata,
    Column("id", CellText, primary_key=True),
    Column("composed", CellText, nullable=False),  # JSON
)

drained_opt_outs = Table(
    "inbox_drained_opt_outs",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),  # as an item
    Column("at", CellText, nullable=False),  # when the tracker had it; UTC, ISO 8601
    Column("what", CellText, nullable=False),  # JSON
)

deliveries = deliveries_table("inbox_deliveries", metadata)

state = Table(
    "inbox_state",
    metadata,
    Column("name", CellText, primary_key=True),
    Column("holder", CellText, nullable=False),
    Column("until", CellText, nullable=False),  # UTC, ISO 8601
)
