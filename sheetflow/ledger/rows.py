"""How leads, events and cells are spelled in the ledger's tables."""

import json
import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import RowMapping

from sheetflow.errors import LedgerUnavailable
from sheetflow.ledger.schema import KEY_LENGTH
from sheetflow.workflow.columns import BY_FIELD, LEAD_FIELDS, CellType
from sheetflow.workflow.events import Event, Kind, iso
from sheetflow.workflow.lead import Cell, Lead, Row, email_key, phone_key, suppression_hash

_KEPT = (*LEAD_FIELDS, "owner", "notes", "details")
_KINDS = {kind.value: kind for kind in Kind}
_DAY, _MOMENT = re.compile(r"\d{4}-\d\d-\d\d"), re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d")


def lead_values(lead: Lead, salt: str) -> dict[str, Any]:
    """What `leads` holds of the lead itself."""
    return {
        "id": lead.id,
        **{field: getattr(lead, field) for field in _KEPT},
        "received": iso(lead.received) if lead.received else "",
        "is_public": int(lead.is_public),
        "is_finished": int(lead.is_finished),
        "problem": lead.problem,
        "email_key": email_key(lead.email)[:KEY_LENGTH],
        "phone_key": phone_key(lead.phone),
        "address_hash": suppression_hash(lead.email, salt) if lead.email.strip() else "",
    }


def lead_of(row: RowMapping) -> Lead:
    return Lead(
        id=row["id"],
        received=time_of(row["received"]),
        is_public=bool(row["is_public"]),
        is_finished=bool(row["is_finished"]),
        problem=row["problem"],
        **{field: row[field] for field in _KEPT},
    )


def event_of(row: RowMapping) -> Event:
    kind = _KINDS.get(row["event"])
    if kind is None:  # a newer version's: what it means for sending nobody knows here
        raise LedgerUnavailable(f"The ledger has an event of a kind that isn't known here: {row['event']!r}.")
    at = datetime.fromisoformat(row["at"]).astimezone(UTC)
    return Event(
        at, row["lead_id"], kind, row["event_id"], row["step"], row["detail"], row["message_id"], row["run"]
    )


def time_of(text: str) -> datetime | None:
    return datetime.fromisoformat(text).astimezone(UTC) if text else None


def row_text(row: Row) -> str:
    """JSON, the same for the same cells."""
    cells = {field: _plain(value) for field, value in row.items() if value not in (None, "")}
    return json.dumps(cells, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def row_from(text: str) -> dict[str, Cell]:
    """Every cell by field; those that `row_text` left out are empty."""
    found: Mapping[str, Any] = json.loads(text or "{}")
    return {field: _cell(found.get(field), column.type) for field, column in BY_FIELD.items()}


def _plain(value: Cell) -> str | int | float | None:
    return (
        value.isoformat(timespec="seconds")
        if isinstance(value, datetime)
        else (value.isoformat() if isinstance(value, date) else value)
    )


def _cell(value: Any, kind: CellType) -> Cell:
    if kind is CellType.TEXT:
        return "" if value is None else str(value)
    if kind is CellType.DATETIME and isinstance(value, str):
        if _MOMENT.fullmatch(value):
            return datetime.fromisoformat(value)
        if _DAY.fullmatch(value):
            return date.fromisoformat(value)
    found: Cell = value
    return found
