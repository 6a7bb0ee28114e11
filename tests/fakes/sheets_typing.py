"""What Sheets makes of text that a person types, or that comes as USER_ENTERED."""

from __future__ import annotations

import re
from datetime import date, time
from typing import NamedTuple

from tests.fakes.sheets_values import EPOCH, Formula, Value, date_pattern, decimal_comma, month_first, number

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


class Typed(NamedTuple):
    value: Value
    number_format: dict[str, str] | None = None


def typed(text: str, locale: str, today: date) -> Typed:
    """What Sheets makes of typed text: the trap behind gspread's `update_cell`."""
    if text.startswith("'"):
        return Typed(text[1:] or None)
    if text.startswith("=") and len(text) > 1:
        return Typed(Formula(text))
    if text.strip().upper() in ("TRUE", "FALSE"):
        return Typed(text.strip().upper() == "TRUE")
    found = _typed_number(text.strip(), locale) or _typed_moment(text.strip(), locale, today)
    if found:
        return found
    if text.startswith("+") and len(text) > 1:
        return Typed(Formula(f"={text}"))
    return Typed(text or None)


def _typed_number(text: str, locale: str) -> Typed | None:
    plain = text.replace(".", "").replace(",", ".") if decimal_comma(locale) else text.replace(",", "")
    grouped = re.sub(r"[^\d.,]", "", text)
    group, point = (".", ",") if decimal_comma(locale) else (",", ".")
    if group in grouped and not re.fullmatch(
        rf"\d{{1,3}}({re.escape(group)}\d{{3}})+({re.escape(point)}\d*)?", grouped
    ):
        return None
    match = re.fullmatch(r"([+-]?)([$€£]?)(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?(%?)", plain)
    if not match:
        return None
    sign, currency, digits, exponent, percent = match.groups()
    value = float(f"{sign}{digits}{exponent or ''}") / (100 if percent else 1)
    return Typed(number(value), _number_format(currency, exponent, percent))


def _number_format(currency: str, exponent: str | None, percent: str) -> dict[str, str] | None:
    if percent:
        return {"type": "PERCENT", "pattern": "0%"}
    if currency:
        return {"type": "CURRENCY", "pattern": f'"{currency}"#,##0.00'}
    return {"type": "SCIENTIFIC", "pattern": "0.00E+00"} if exponent else None


def _typed_moment(text: str, locale: str, today: date) -> Typed | None:
    match = re.fullmatch(r"(?:(.*?)[ T])??(\d{1,2}:\d{2}(?::\d{2})?(?: ?[AaPp][Mm])?)?", text)
    day_text, time_text = match.groups() if match else (text, None)
    if day_text is None and not time_text:
        day_text = text
    day = _typed_date(day_text, locale, today) if day_text else None
    clock = _typed_time(time_text) if time_text else None
    if (day_text and not day) or (time_text and clock is None):
        return None
    fraction = clock or 0.0
    if day is None:
        return Typed(number(fraction), {"type": "TIME", "pattern": "h:mm:ss am/pm"}) if time_text else None
    days = (day[0] - EPOCH.date()).days + fraction
    kind = "DATE_TIME" if time_text else "DATE"
    return Typed(number(days), {"type": kind, "pattern": day[1] + (" h:mm:ss" if time_text else "")})


def _typed_time(text: str) -> float | None:
    hours, minutes, *rest = re.findall(r"\d+", text)
    hour, half = int(hours), text[-2:].upper()
    if half in ("AM", "PM"):
        hour = hour % 12 + (12 if half == "PM" else 0)
    try:
        clock = time(hour, int(minutes), int(rest[0]) if rest else 0)
    except ValueError:
        return None
    return (clock.hour * 3600 + clock.minute * 60 + clock.second) / 86400


def _typed_date(text: str, locale: str, today: date) -> tuple[date, str] | None:
    """The date and the pattern it was typed in; None for what Sheets leaves as text, as 31/02."""
    if match := re.fullmatch(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})", text):
        return _date(match[1], match[2], match[3], "yyyy-mm-dd")
    if match := re.fullmatch(r"(\d{1,2})([-/.])(\d{1,2})(?:\2(\d{4}|\d{2}))?", text):
        first, separator, second, year = match.groups()
        if separator == "." and not (decimal_comma(locale) and year):
            return None
        month, day = (first, second) if month_first(locale) else (second, first)
        return _date(year or str(today.year), month, day, date_pattern(locale))
    if match := re.fullmatch(r"(\d{1,2})[ -]([A-Za-z]{3,9})(?:[ -](\d{4}))?", text):
        return _named_date(match[3], match[2], match[1], today)
    if match := re.fullmatch(r"([A-Za-z]{3,9}) (\d{1,2})(?:,? (\d{4}))?", text):
        return _named_date(match[3], match[1], match[2], today)
    return None


def _named_date(year: str | None, month: str, day: str, today: date) -> tuple[date, str] | None:
    full = (date(2000, n, 1).strftime("%B").lower() for n in range(1, 13))
    names = [*MONTHS, *full]
    if month.lower() not in names:
        return None
    return _date(year or str(today.year), str(names.index(month.lower()) % 12 + 1), day, "d mmm yyyy")


def _date(year: str, month: str, day: str, pattern: str) -> tuple[date, str] | None:
    try:
        return date(int(year) + (2000 if len(year) == 2 else 0), int(month), int(day)), pattern
    except ValueError:
        return None
