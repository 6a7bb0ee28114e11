"""Values of the workflow as JSON text, and back. Text of a later or an earlier version can be read too."""

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sheetflow.workflow.enquiry import Enquiry, Receipt
from sheetflow.workflow.events import Event, Kind
from sheetflow.workflow.lead import Lead, Mark, RowChange
from sheetflow.workflow.optout import OptOut
from sheetflow.workflow.tracked import Changes, HandTyped, Suppression, Typed
from sheetflow.workflow.waiting import Composed

TYPE = "="  # the key that names what an object stands for; no column or line of Control has this name

_OF_TRACKER = (Changes, Event, HandTyped, Lead, Mark, RowChange, Suppression, Typed)
_CLASSES: Mapping[str, Any] = {
    one.__name__: one for one in (*_OF_TRACKER, Composed, Enquiry, OptOut, Receipt)
}


def to_json(value: object) -> str:
    # ASCII: halves of characters and NUL, which no database holds, become escapes.
    return json.dumps(value, default=_plain, separators=(",", ":"))


def from_json(text: str) -> Any:
    """Lists come back as tuples. Raises ValueError for text that isn't ours."""
    return _tuples(json.loads(text, object_hook=_revived))


def _plain(value: object) -> dict[str, Any]:
    if is_dataclass(value):
        content = {field.name: getattr(value, field.name) for field in fields(value)}
        return {TYPE: type(value).__name__, **content}
    if isinstance(value, datetime):
        return {TYPE: "datetime", "iso": value.isoformat()}
    if isinstance(value, date):
        return {TYPE: "date", "iso": value.isoformat()}
    if isinstance(value, timedelta):
        return {TYPE: "timedelta", "seconds": value.total_seconds()}
    raise TypeError(f"{type(value).__name__} has no notation in the inbox")


def _revived(found: dict[str, Any]) -> Any:
    match found.pop(TYPE, None):
        case None:
            return {key: _tuples(value) for key, value in found.items()}
        case "datetime":
            return datetime.fromisoformat(found["iso"])
        case "date":
            return date.fromisoformat(found["iso"])
        case "timedelta":
            return timedelta(seconds=found["seconds"])
        case name if name in _CLASSES:
            return _object(_CLASSES[name], found)
        case name:
            raise ValueError(f"{name!r} is nothing that the inbox holds")


def _object(kind: Any, found: dict[str, Any]) -> Any:
    known = {field.name for field in fields(kind)}
    values = {name: _tuples(value) for name, value in found.items() if name in known}
    if kind is Event:
        values["kind"] = Kind(values["kind"])
    return kind(**values)


def _tuples(value: Any) -> Any:
    return tuple(map(_tuples, value)) if isinstance(value, list) else value
