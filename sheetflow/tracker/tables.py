"""The tables of the SQL tracker, and how a row of them becomes a Lead or an Event."""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Column, Index, Integer, MetaData, RowMapping, Table

from sheetflow.errors import TrackerUnavailable
from sheetflow.storage.databases import CellText
from sheetflow.storage.deliveries import deliveries_table
from sheetflow.workflow.columns import COLUMNS
from sheetflow.workflow.columns import Kind as ColumnKind
from sheetflow.workflow.events import Event, Kind
from sheetflow.workflow.lead import Cell, Lead, Mark, email_key, phone_key
from sheetflow.workflow.tracked import Suppression

KEY_LENGTH = 200  # characters: PostgreSQL's index takes 2,704 bytes

metadata = MetaData()

# Cells hold text, as in a Sheet: a person may type anything anywhere.
leads = Table(
    "leads",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("id", CellText, unique=True, nullable=False),
    *(
        Column(column.field, CellText, nullable=False, default="")
        for column in COLUMNS
        if column.field != "id"
    ),
    Column("email_key", CellText, nullable=False, index=True),
    Column("phone_key", CellText, nullable=False, index=True),
)

activity = Table(
    "activity",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("at", CellText, nullable=False),
    Column("lead_id", CellText, nullable=False, index=True),
    Column("event", CellText, nullable=False),
    Column("step", CellText, nullable=False),
    Column("detail", CellText, nullable=False),
    Column("message_id", CellText, nullable=False),
    Column("run", CellText, nullable=False),
    # Unique: a claim is won by whoever inserts it first, and what is noticed twice stands once.
    Column("event_id", CellText, unique=True, nullable=False),
    Index("activity_by_kind", "event", "at"),
)

control = Table(
    "control",
    metadata,
    Column("name", CellText, primary_key=True),
    Column("value", CellText, nullable=False),
)

suppressed = Table(
    "suppressed",
    metadata,
    Column("hash", CellText, primary_key=True),
    Column("reason", CellText, nullable=False),
    Column("at", CellText, nullable=False),
)

deliveries = deliveries_table("deliveries", metadata)

_EVENT_KINDS = {kind.value: kind for kind in Kind}


def lead_to_row(lead: Lead) -> dict[str, Any]:
    row = {column.field: to_text(getattr(lead, column.field)) for column in COLUMNS if column.field != "mark"}
    return {**row, "mark": lead.mark.to_json(), **keys(row)}


def row_to_lead(row: RowMapping) -> Lead:
    cells: dict[str, Any] = {
        column.field: _to_cell(row[column.field], column.kind) for column in COLUMNS if column.field != "mark"
    }
    return Lead(**cells, mark=Mark.from_json(row["mark"]))


def keys(row: Mapping[str, Any]) -> dict[str, str]:
    """What rows of the same person are found by."""
    found = {}
    if "email" in row:
        found["email_key"] = email_key(row["email"])[:KEY_LENGTH]
    if "phone" in row:
        found["phone_key"] = phone_key(row["phone"])
    return found


def row_to_event(row: tuple[Any, ...]) -> Event:
    """Takes the columns in the order of `EVENT_COLUMNS`.

    A line that can't be read may say "unsubscribed": it raises TrackerUnavailable.
    """
    at, lead_id, kind, step, detail, message_id, run, event_id = row
    try:
        moment, what = datetime.fromisoformat(at), _EVENT_KINDS[kind]
    except (KeyError, ValueError) as error:
        raise TrackerUnavailable(f"Activity has a line that can't be read: {kind!r} at {at!r}.") from error
    return Event(moment, lead_id, what, event_id, step, detail, message_id, run)


EVENT_COLUMNS = tuple(
    activity.c[name] for name in ("at", "lead_id", "event", "step", "detail", "message_id", "run", "event_id")
)


def row_to_suppression(row: RowMapping) -> Suppression:
    return Suppression(row["hash"], row["reason"], datetime.fromisoformat(row["at"]).astimezone(UTC))


def to_text(value: Cell) -> str:
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else str(value)


_AS_WRITTEN = re.compile(r"\d{4}-\d\d-\d\d(?: \d\d:\d\d:\d\d)?")


def _to_cell(text: str, kind: ColumnKind) -> Cell:
    if kind is ColumnKind.TEXT:
        return text
    if not text:
        return None
    try:
        if kind is ColumnKind.NUMBER:
            return float(text) if "." in text else int(text)
        moment = datetime.fromisoformat(text) if _AS_WRITTEN.fullmatch(text) else None
    except ValueError:
        return text
    if moment is None:
        return text  # a person's own spelling, for `workflow.typed` to read
    return moment.date() if len(text) == 10 else moment
