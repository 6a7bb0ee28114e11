"""Wall-clock arithmetic: days and months at the same time of day, and the windows in which mail may leave."""

from calendar import monthrange
from datetime import UTC, date, datetime, timedelta, tzinfo

from sheetflow.workflow.sequence import Window

LONGEST_CLOSURE = 400  # days; settings refuse a window without a day, so only endless holidays get there


def at_wall_clock(local: datetime, zone: tzinfo) -> datetime:
    """UTC of a wall-clock time: in the gap of summer time moved forward, of a doubled hour the first."""
    return local.replace(tzinfo=zone, fold=0).astimezone(UTC)


def add_days(at: datetime, days: int, zone: tzinfo) -> datetime:
    return at_wall_clock(_wall_clock(at, zone) + timedelta(days=days), zone)


def add_months(at: datetime, months: int, zone: tzinfo) -> datetime:
    """The same day and time of day in a later month, its last day where it has no such day."""
    local = _wall_clock(at, zone)
    year, month = divmod(local.year * 12 + local.month - 1 + months, 12)
    day = min(local.day, monthrange(year, month + 1)[1])
    return at_wall_clock(local.replace(year=year, month=month + 1, day=day), zone)


def next_open(at: datetime, window: Window, zone: tzinfo) -> datetime:
    """The first moment at or after `at` in which the window is open."""
    day = _wall_clock(at, zone).date()
    for _ in range(LONGEST_CLOSURE):
        if _is_working_day(day, window):
            opens, closes = (
                at_wall_clock(datetime.combine(day, edge), zone) for edge in (window.opens, window.closes)
            )
            if at < closes:
                return max(at, opens)
        day += timedelta(days=1)
    raise ValueError(f"no open day within {LONGEST_CLOSURE} days of {day}")


def opening_of(day: date, window: Window, zone: tzinfo) -> datetime:
    return at_wall_clock(datetime.combine(day, window.opens), zone)


def _is_working_day(day: date, window: Window) -> bool:
    return day.weekday() in window.days and day not in window.holidays


def _wall_clock(at: datetime, zone: tzinfo) -> datetime:
    return at.astimezone(zone).replace(tzinfo=None, fold=0)


def is_open(at: datetime, window: Window, zone: tzinfo) -> bool:
    local = _wall_clock(at, zone)
    return _is_working_day(local.date(), window) and window.opens <= local.time() < window.closes


def after_open_time(since: datetime, needed: timedelta, window: Window, zone: tzinfo) -> datetime:
    """The moment by which the window has been open for as long as `needed`, counted from `since`."""
    at = next_open(since, window, zone)
    while needed > (left := _closing(at, window, zone) - at):
        needed -= left
        at = next_open(_closing(at, window, zone), window, zone)
    return at + needed


def _closing(at: datetime, window: Window, zone: tzinfo) -> datetime:
    return at_wall_clock(datetime.combine(_wall_clock(at, zone).date(), window.closes), zone)
