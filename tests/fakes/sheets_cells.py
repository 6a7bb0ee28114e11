"""CellData to cells and back: the message Google has for one cell, with its field masks."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from tests.fakes.sheets_document import DEFAULT_FORMAT, Document
from tests.fakes.sheets_errors import Invalid
from tests.fakes.sheets_grid import EMPTY, Cell, Message
from tests.fakes.sheets_masks import Mask, merged, picked
from tests.fakes.sheets_showing import shown
from tests.fakes.sheets_typing import typed
from tests.fakes.sheets_values import CellError, Formula, Value, evaluated, number

TEXT_LIMIT = 50_000
READ_ONLY = {"effectiveValue", "effectiveFormat", "formattedValue", "hyperlink"}
NO_FIELDS = "At least one field must be listed in 'fields'. (Use '*' to indicate all fields.)"


def checked_text(text: str) -> str | None:
    """The text as a cell keeps it; an empty one empties the cell."""
    if len(text) > TEXT_LIMIT:
        raise Invalid(
            f"Your input contains more than the maximum of {TEXT_LIMIT} characters in a single cell."
        )
    return text or None


def entered(extended: Message | None) -> Value:
    """The value of an ExtendedValue."""
    if not extended:
        return None
    match extended:
        case {"stringValue": str(text)}:
            return checked_text(text)
        case {"numberValue": (int() | float()) as value}:
            return number(value)
        case {"boolValue": bool(value)}:
            return value
        case {"formulaValue": str(text)} if text.startswith("="):
            return Formula(text)
    raise Invalid(f"Invalid value: {extended}")


def typed_into(cell: Cell, text: str, document: Document) -> Cell:
    """The cell after a person typed into it; a cell in text format takes everything as text."""
    checked_text(text)
    look = cell.format or {}
    if look.get("numberFormat", {}).get("type") == "TEXT":
        return cell._replace(value=text or None)
    value, number_format = typed(text, document.locale, document.today)
    if number_format and "numberFormat" not in look:
        look = {**look, "numberFormat": number_format}
    return cell._replace(value=value, format=look or None)


def writer(mask: Mask, data: Message) -> Callable[[Cell], Cell]:
    """What writing `data` under `mask` does to a cell: masked fields that `data` lacks are cleared."""
    fields = set(mask) or {
        "userEnteredValue",
        "userEnteredFormat",
        "note",
        "dataValidation",
        "textFormatRuns",
    }
    changes: dict[str, Any] = {}
    if "userEnteredValue" in fields:
        changes["value"] = entered(data.get("userEnteredValue"))
    if "note" in fields:
        changes["note"] = data.get("note") or None
    if "dataValidation" in fields:
        changes["validation"] = data.get("dataValidation") or None
    if "textFormatRuns" in fields:
        changes["runs"] = tuple(data.get("textFormatRuns") or ()) or None
    if "userEnteredFormat" not in fields:
        return lambda cell: cell._replace(**changes)
    look, inner = colours_settled(data.get("userEnteredFormat") or {}), mask.get("userEnteredFormat", {})
    inner = _with_styles(inner)
    return lambda cell: cell._replace(format=merged(cell.format, look, inner), **changes)


def mask_of(text: str | None, parse: Callable[[str], Mask]) -> Mask:
    """The `fields` of a write, which Google insists on."""
    if not text:
        raise Invalid(NO_FIELDS)
    mask = parse(text)
    for field in mask:
        if field in READ_ONLY:
            raise Invalid(f"Field {field} is read-only.")
    return mask


def mask_over(text: str | None, wanted: Message, parse: Callable[[str], Mask]) -> Mask:
    """The `fields` of an update, `*` spelt out as what the message brings."""
    mask = mask_of(text, parse) or {name: {} for name in wanted if name != "sheetId"}
    if not mask:
        raise Invalid(NO_FIELDS)
    return mask


def colours_settled(value: Any) -> Any:
    """Colours as Google hands them back: zeros left out, and each both as colour and as colour style."""
    if isinstance(value, list):
        return [colours_settled(item) for item in value]
    if not isinstance(value, dict):
        return value
    settled = {name: colours_settled(part) for name, part in value.items() if part is not None}
    for name in list(settled):
        if not isinstance(settled[name], dict):
            continue
        if name.endswith("ColorStyle") or name == "colorStyle":
            rgb = settled[name].get("rgbColor")
            if rgb is not None:
                settled[name] = {"rgbColor": _without_zeros(rgb)}
                settled[name.removesuffix("Style")] = _without_zeros(rgb)
        elif (name.endswith("Color") and name != "rgbColor") or name == "color":
            settled[name] = _without_zeros(settled[name])
            settled.setdefault(f"{name}Style", {"rgbColor": settled[name]})
    return settled


def _without_zeros(colour: Message) -> Message:
    return {part: amount for part, amount in colour.items() if amount}


def _with_styles(mask: Mask) -> Mask:
    """A mask that names a colour covers its style too, and the other way round."""
    result: Mask = {}
    for name, inner in mask.items():
        result[name] = _with_styles(inner)
        if name.endswith("Color"):
            result[f"{name}Style"] = {}
        elif name.endswith("ColorStyle"):
            result[name.removesuffix("Style")] = {}
    return result


def reader(mask: Mask, locale: str) -> Callable[[Cell], Message]:
    """How to make the CellData that `mask` asks for."""
    parts = [(name, part, mask.get(name)) for name, part in READERS.items() if not mask or name in mask]

    def read(cell: Cell) -> Message:
        data = {}
        for name, part, inner in parts:
            value = part(cell, locale)
            if value is not None:
                data[name] = picked(inner, value) if inner else value
        return data

    return read


def extended(value: object) -> Message | None:
    match value:
        case None:
            return None
        case bool():
            return {"boolValue": value}
        case str():
            return {"stringValue": value}
        case Formula():
            return {"formulaValue": value.text}
        case CellError():
            return {"errorValue": {"type": value.kind, "message": value.message}}
    return {"numberValue": value}


def formatted(cell: Cell, locale: str) -> str:
    return shown(evaluated(cell.value), (cell.format or {}).get("numberFormat"), locale)


def hyperlink(cell: Cell) -> str | None:
    """A bare address in a text cell becomes a link by itself, unless the cell's format says plain text."""
    if (cell.format or {}).get("hyperlinkDisplayType") == "PLAIN_TEXT":
        return None
    if isinstance(cell.value, Formula):
        match = re.fullmatch(r'=HYPERLINK\("([^"]*)".*', cell.value.text, re.IGNORECASE | re.DOTALL)
        return match[1] if match else None
    if isinstance(cell.value, str) and re.fullmatch(r"(https?://|www\.|mailto:)\S+", cell.value):
        return cell.value
    return None


def _effective_format(cell: Cell, _: str) -> Message | None:
    return {**DEFAULT_FORMAT, **(cell.format or {})} if cell != EMPTY else None


READERS: dict[str, Callable[[Cell, str], Any]] = {
    "userEnteredValue": lambda cell, _: extended(cell.value),
    "effectiveValue": lambda cell, _: extended(evaluated(cell.value)),
    "formattedValue": lambda cell, locale: formatted(cell, locale) or None,
    "userEnteredFormat": lambda cell, _: cell.format,
    "effectiveFormat": _effective_format,
    "hyperlink": lambda cell, _: hyperlink(cell),
    "note": lambda cell, _: cell.note,
    "dataValidation": lambda cell, _: cell.validation,
    "textFormatRuns": lambda cell, _: list(cell.runs) if cell.runs else None,
}
