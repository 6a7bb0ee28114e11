"""How a cell's value is shown: the text a person sees, and FORMATTED_VALUE sends."""

from __future__ import annotations

import operator
import re
from datetime import datetime
from typing import Any

from tests.fakes.sheets_values import CellError, Shown, date_pattern, decimal_comma, moment

_COMPARED = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "=": operator.eq,
    "<>": operator.ne,
}


def shown(value: Shown, number_format: dict[str, Any] | None, locale: str) -> str:
    """The text in the cell."""
    match value:
        case None:
            return ""
        case bool():
            return "TRUE" if value else "FALSE"
        case str():
            return value
        case CellError():
            return "#NAME?" if value.kind == "NAME" else "#ERROR!"
    kind = (number_format or {}).get("type", "")
    pattern = (number_format or {}).get("pattern") or _default_pattern(kind, locale)
    if kind in ("DATE", "TIME", "DATE_TIME"):
        return _shown_moment(value, pattern)
    text = _shown_number(value, _section(value, pattern))
    return text.translate(str.maketrans(".,", ",.")) if decimal_comma(locale) else text


def _default_pattern(kind: str, locale: str) -> str:
    day, clock = date_pattern(locale), "h:mm:ss"
    patterns = {"DATE": day, "TIME": clock, "DATE_TIME": f"{day} {clock}", "PERCENT": "0.00%"}
    return patterns.get(kind, "#,##0.00" if kind in ("NUMBER", "CURRENCY") else "")


def _section(value: float, pattern: str) -> str:
    """The part of `[<1]"low";[>=60]"high";0` that a number is shown by; `#` if it is for none of two."""
    parts = re.findall(r'(?:"[^"]*"|[^;"])+', pattern)
    conditions = [re.match(r"\[(<=|>=|<>|<|>|=)(-?[\d.]+)\]", part) for part in parts]
    if not any(conditions):
        return parts[0] if parts else pattern
    for part, condition in zip(parts[:2], conditions, strict=False):
        if condition and _COMPARED[condition[1]](value, float(condition[2])):
            return part[condition.end() :]
    return parts[2] if len(parts) > 2 else '"###"'


def _shown_number(value: float, pattern: str) -> str:
    if not pattern or pattern in ("@", "General", "0.###############"):
        return f"{value:.15g}" if isinstance(value, float) else str(value)
    if re.fullmatch(r'"[^"]*"', pattern):
        return pattern.strip('"')
    digits = re.search(r"\.(0+)", pattern)
    places = len(digits[1]) if digits else 0
    if "E+" in pattern:
        return f"{value:.{places}E}"
    if "%" in pattern:
        return f"{value * 100:.{places}f}%"
    body = f"{abs(value):,.{places}f}" if "," in pattern else f"{abs(value):.{places}f}"
    prefix = re.match(r'"?([^"#0]*)', pattern)
    suffix = re.search(r'[#0]"([^"]*)"$', pattern)
    return ("-" if value < 0 else "") + (prefix[1] if prefix else "") + body + (suffix[1] if suffix else "")


def _shown_moment(value: float, pattern: str) -> str:
    when = moment(value)
    half = "am/pm" in pattern.lower()
    tokens = re.findall(r'am/pm|AM/PM|"[^"]*"|y+|m+|d+|h+|s+|[^ymdhs]', pattern)
    parts = [token if not token[0].isalpha() else token.lower() for token in tokens]
    clockwork = [part[0] for part in parts if part[0] in "hsymd"]
    text, seen = "", -1
    for part in parts:
        if part[0] in "hsymd":
            seen += 1
            before = clockwork[seen - 1] if seen else ""
            after = clockwork[seen + 1] if seen + 1 < len(clockwork) else ""
            minutes = part[0] == "m" and len(part) < 3 and (before == "h" or after == "s")
            text += _moment_part("min" if minutes else part, part, when, half)
        else:
            text += when.strftime("%p").lower() if part == "am/pm" else part.strip('"')
    return text


def _moment_part(kind: str, part: str, when: datetime, half: bool) -> str:
    hour = (when.hour % 12 or 12) if half else when.hour
    names: dict[str, str] = {"mmm": "%b", "mmmm": "%B", "ddd": "%a", "dddd": "%A", "yyyy": "%Y", "yy": "%y"}
    if kind in names:
        return when.strftime(names[kind])
    fields = {"y": when.year, "m": when.month, "d": when.day, "h": hour, "s": when.second}
    value = when.minute if kind == "min" else fields[kind[0]]
    return f"{value:02d}" if len(part) > 1 else str(value)
