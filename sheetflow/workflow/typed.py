"""Dates as people type them into a cell."""

import re
from datetime import date, datetime, time, timedelta

from sheetflow.workflow.lead import Cell

_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
# Countries in which 03/04 is the fourth of March.
MONTH_FIRST = frozenset({"US", "PH", "JP", "KR", "CN", "TW", "HU"})
_MONTH_FIRST_LOCALES = frozenset({"en_US", "en", "en_PH", "es_US", "fil_PH", "mh_MH"})
_MONTH_FIRST_LANGUAGES = frozenset({"ja", "ko", "zh", "hu"})
YEARS = range(2000, 2100)  # another year is a slip of the finger, and the arithmetic ends at 9999
_CLOCK = r"(\d{1,2})(?:[:.](\d{2}))?(?::\d{2})?\s*([ap]\.?m\.?)?"
_TIME = re.compile(rf"[\sT,]+(?:at\s+)?{_CLOCK}$", re.IGNORECASE)
_TIME_ALONE = re.compile(r"(\d{1,2})(?:(?::(\d{2}))(?::\d{2})?)?\s*([ap]\.?m\.?)?", re.IGNORECASE)
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_NUMBERS = re.compile(r"(\d{1,2})\s*([-/.])\s*(\d{1,2})(?:\s*[-/.]\s*(\d{4}|\d{2}))?(\.?)")
_DAY_MONTH = re.compile(r"(\d{1,2})(?:st|nd|rd|th|\.)?\s+([a-z]{3,9})\.?,?(?:\s+(\d{4}))?", re.IGNORECASE)
_MONTH_DAY = re.compile(r"([a-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?(?:\s+(\d{4}))?", re.IGNORECASE)
_WEEKDAY = re.compile(r"^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s+", re.IGNORECASE)


_EPOCH = date(1899, 12, 30)  # a Sheet's day 0: a time of day alone stands there
_MINUTES = 24 * 60
LONG_AGO = timedelta(days=31)  # a day without a year that lies further back is asked about


def is_day_first(locale: str) -> bool:
    """What 03/04 means in a Sheet of this locale, such as en_GB."""
    if locale == "zh_HK":
        return True
    language = locale.partition("_")[0]
    return locale not in _MONTH_FIRST_LOCALES and language not in _MONTH_FIRST_LANGUAGES


def read_date(cell: Cell, *, day_first: bool, today: date) -> date | datetime | None:
    """A naive date-time to the minute, a date alone, or None where it isn't understood.

    A cell at midnight is a date alone, a time alone is today's. `day_first` decides what 03/04 means; a
    date without a year is the nearest such day, but for one that lies long ago.
    """
    if isinstance(cell, date):
        return _read_cell(cell, today)
    if isinstance(cell, float) and 0 < cell < 1:
        return datetime.combine(today, time.min) + timedelta(minutes=round(cell * _MINUTES))
    if not isinstance(cell, str):
        return None
    text = _WEEKDAY.sub("", cell.strip())
    whole = _read_day(text, day_first, today)
    if whole:
        return whole
    clock = _TIME.search(text)
    day = _read_day(text[: clock.start()].strip(), day_first, today) if clock else None
    if clock is None and (clock := _TIME_ALONE.fullmatch(text)):
        day = today
    hour = _read_clock(clock) if clock else None
    return datetime.combine(day, hour) if day and hour else None


def _read_cell(cell: date | datetime, today: date) -> date | datetime | None:
    if not isinstance(cell, datetime):
        return cell if _may_be_meant(cell, today) else None
    minute = cell.replace(tzinfo=None, second=0, microsecond=0)
    if minute.date() == _EPOCH and minute.time() != time.min:
        # A Sheet's 10:00 is 0.4166 of a day.
        nearest = cell.replace(tzinfo=None) + timedelta(seconds=30)
        return datetime.combine(today, nearest.time().replace(second=0, microsecond=0))
    if not _may_be_meant(minute.date(), today):
        return None
    return minute if minute.time() != time.min else minute.date()


def _may_be_meant(day: date, today: date) -> bool:
    """A Sheet gives a day typed without its year the year that runs: on 1 December 3/4 is long ago."""
    return day.year in YEARS and today - day <= LONG_AGO


def _read_day(text: str, day_first: bool, today: date) -> date | None:
    if found := _ISO.fullmatch(text):
        return _date(int(found[1]), int(found[2]), int(found[3]))
    if found := _NUMBERS.fullmatch(text):
        first, second = int(found[1]), int(found[3])
        dotted = found[2] == "."
        if dotted and not (found[4] or found[5] or day_first):
            return None  # 12.10 may be a number, a time or two dates here
        # Dots mean day first everywhere; a number over 12 can only be the day.
        day_leads = dotted or first > 12 or (day_first and second <= 12)
        day, month = (first, second) if day_leads else (second, first)
        return _date_of(found[4], month, day, today)
    if found := _DAY_MONTH.fullmatch(text):
        return _date_of(found[3], _month(found[2]), int(found[1]), today)
    if found := _MONTH_DAY.fullmatch(text):
        return _date_of(found[3], _month(found[1]), int(found[2]), today)
    return None


def _date_of(year: str | None, month: int, day: int, today: date) -> date | None:
    if year:
        return _date(int(year) + (2000 if len(year) == 2 else 0), month, day)
    near = (_date(today.year + years, month, day) for years in (-1, 0, 1))
    nearest = min(filter(None, near), key=lambda found: abs(found - today), default=None)
    return nearest if nearest and nearest >= today - LONG_AGO else None


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if year in YEARS else None
    except ValueError:
        return None


def _month(word: str) -> int:
    """By its name or the first three letters or more of it; 0 for any other word."""
    return next((number for number, name in enumerate(_MONTHS, 1) if name.startswith(word.lower())), 0)


def _read_clock(found: re.Match[str]) -> time | None:
    hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "").lower()
    if not found[2] and not half:
        return None  # "3 4" is no time of day
    if half:
        if hour > 12:
            return None
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None
