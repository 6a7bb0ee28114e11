"""Minutes as people say them, while the cell holds the number: "4 min", "2 h 5 min", "3 d"."""

from typing import Any

from sheetflow.sheet.cells import Value

Json = dict[str, Any]

MINUTE_FIELDS = ("first_response", "owner_response")
# Of two parts the second would be for negative numbers: only a third one is for all others.
MINUTES = {"type": "NUMBER", "pattern": '[<0.95]"< 1 min";[>=0.95]0" min";0" min"'}
_UNITS = ((24 * 60, "d"), (60, "h"), (1, "min"))


def number_format(minutes: Value) -> Json:
    """No pattern divides by 60, so what takes an hour or more has its words in a pattern of its own."""
    if not isinstance(minutes, (int, float)) or minutes < 59.5:
        return MINUTES
    return {"type": "NUMBER", "pattern": f'[>=59]"{said(minutes)}";[<59]0" min";0" min"'}


def said(minutes: float) -> str:
    """An hour or more, by its two largest units."""
    left = round(minutes)
    parts: list[str] = []
    for size, unit in _UNITS:
        count, left = divmod(left, size)
        if count or parts:
            parts.append(f"{count} {unit}" if count else "")
    return " ".join(filter(None, parts[:2]))
