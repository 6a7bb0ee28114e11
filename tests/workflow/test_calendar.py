"""Days, months and windows in wall-clock time, over the changes to and from summer time."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheetflow.workflow.calendar import add_days, add_months, at_wall_clock, next_open
from sheetflow.workflow.sequence import Window
from tests.workflow.builders import BERLIN, NEW_YORK, WEEK, at, wall

MOMENTS = st.datetimes(wall("2020-01-01 00:00"), wall("2035-01-01 00:00")).map(
    lambda moment: moment.replace(tzinfo=UTC)
)


@pytest.mark.parametrize(
    ("zone", "local", "utc"),
    [
        (BERLIN, "2026-01-15 12:00", "2026-01-15 11:00"),
        (BERLIN, "2026-07-15 12:00", "2026-07-15 10:00"),
        (BERLIN, "2026-03-29 02:30", "2026-03-29 01:30"),  # doesn't exist: 03:30 summer time
        (BERLIN, "2026-10-25 02:30", "2026-10-25 00:30"),  # exists twice: the first, still summer time
        (NEW_YORK, "2026-03-08 02:30", "2026-03-08 07:30"),
        (NEW_YORK, "2026-11-01 01:30", "2026-11-01 05:30"),
    ],
)
def test_a_time_in_the_gap_moves_forward_and_of_a_doubled_hour_the_first_counts(zone, local, utc):
    assert at_wall_clock(datetime.fromisoformat(local), zone) == at(utc, UTC)


@pytest.mark.parametrize(
    ("zone", "sent", "days", "due"),
    [
        (BERLIN, "2026-03-24 10:15", 2, "2026-03-26 10:15"),
        (BERLIN, "2026-03-28 10:15", 2, "2026-03-30 10:15"),  # 47 hours
        (BERLIN, "2026-03-27 02:30", 2, "2026-03-29 03:30"),
        (BERLIN, "2026-10-24 10:15", 2, "2026-10-26 10:15"),  # 49 hours
        (NEW_YORK, "2026-03-06 02:30", 2, "2026-03-08 03:30"),
        (NEW_YORK, "2026-10-31 23:00", 2, "2026-11-02 23:00"),
    ],
)
def test_days_later_is_the_same_time_on_the_wall(zone, sent, days, due):
    assert add_days(at(sent, zone), days, zone) == at(due, zone)


def test_what_was_sent_in_the_second_of_two_hours_counts_by_the_clock_on_the_wall():
    second = datetime(2026, 10, 25, 1, 30, tzinfo=UTC)  # 02:30 winter time
    assert add_days(second, 2, BERLIN) == at("2026-10-27 02:30")


@pytest.mark.parametrize(
    ("sent", "months", "due"),
    [
        ("2026-01-31 10:00", 1, "2026-02-28 10:00"),
        ("2028-01-31 10:00", 1, "2028-02-29 10:00"),
        ("2026-03-31 10:00", 1, "2026-04-30 10:00"),
        ("2026-12-15 10:00", 1, "2027-01-15 10:00"),
        ("2026-02-28 10:00", 1, "2026-03-28 10:00"),
        ("2026-11-30 10:00", 3, "2027-02-28 10:00"),
        ("2026-02-28 02:30", 13, "2027-03-28 03:30"),  # into the gap
    ],
)
def test_a_month_later_is_the_same_day_or_the_last_one_there_is(sent, months, due):
    assert add_months(at(sent), months, BERLIN) == at(due)


@pytest.mark.parametrize(
    ("moment", "opens"),
    [
        ("2026-03-24 12:00", "2026-03-24 12:00"),
        ("2026-03-24 09:00", "2026-03-24 09:00"),
        ("2026-03-24 08:59", "2026-03-24 09:00"),
        ("2026-03-24 17:00", "2026-03-25 09:00"),  # closed at the hour itself
        ("2026-03-27 18:00", "2026-03-30 09:00"),  # over the weekend in which summer time begins
        ("2026-03-28 12:00", "2026-03-30 09:00"),
        ("2026-04-02 17:30", "2026-04-07 09:00"),  # over Easter
        ("2026-10-23 17:30", "2026-10-26 09:00"),
    ],
)
def test_outside_the_window_means_its_next_opening(moment, opens):
    assert next_open(at(moment), WEEK, BERLIN) == at(opens)


def test_a_window_that_opens_in_the_gap_opens_an_hour_later():
    night = Window(frozenset(range(7)), time(2, 30), time(4))
    assert next_open(at("2026-03-29 00:00"), night, BERLIN) == at("2026-03-29 03:30")


def test_a_window_until_midnight_has_no_gap():
    always = Window(frozenset(range(7)), time(0), time.max)
    assert next_open(at("2026-03-24 23:59"), always, BERLIN) == at("2026-03-24 23:59")


def test_holidays_without_end_are_an_error_and_not_an_endless_loop():
    closed = replace(WEEK, holidays={date(2026, 1, 1) + timedelta(days=days) for days in range(500)})
    with pytest.raises(ValueError, match="no open day"):
        next_open(at("2026-01-01 10:00"), closed, BERLIN)


@given(MOMENTS, st.sampled_from([BERLIN, NEW_YORK]))
def test_the_next_opening_is_open_and_never_in_the_past(moment, zone):
    opens = next_open(moment, WEEK, zone)
    local = opens.astimezone(zone)
    assert opens >= moment
    assert local.weekday() < 5
    assert time(9) <= local.time() < time(17)
    assert local.date() not in WEEK.holidays
    assert next_open(opens, WEEK, zone) == opens


@given(MOMENTS, st.integers(0, 60), st.sampled_from([BERLIN, NEW_YORK]))
def test_days_never_lead_into_the_past(moment, days, zone):
    later = add_days(moment, days, zone)
    assert timedelta(hours=-1) <= later - moment - timedelta(days=days) <= timedelta(hours=1) or days == 0
    assert add_days(moment, days + 1, zone) > later
