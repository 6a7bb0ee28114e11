"""Next follow-up as people type it."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheetflow.workflow.typed import is_day_first, read_date
from tests.workflow.builders import wall

TODAY = date(2026, 3, 24)


def read(cell, day_first=True):
    return read_date(cell, day_first=day_first, today=TODAY)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("2026-03-26", "2026-03-26"),
        ("2026/3/6", "2026-03-06"),
        ("26.03.2026", "2026-03-26"),
        ("26.3.26", "2026-03-26"),
        ("26.3.", "2026-03-26"),
        ("26/03/2026", "2026-03-26"),
        ("26 March 2026", "2026-03-26"),
        ("26th Mar", "2026-03-26"),
        ("March 26, 2026", "2026-03-26"),
        ("Sept 5", "2026-09-05"),
        ("Thu, 26 Mar 2026", "2026-03-26"),
        ("2026-03-26 10:30", "2026-03-26 10:30"),
        ("2026-03-26T10:30:59", "2026-03-26 10:30"),
        ("26.03.2026, 9.15", "2026-03-26 09:15"),
        ("26 March at 3pm", "2026-03-26 15:00"),
        ("26/03/2026 12:30 a.m.", "2026-03-26 00:30"),
        ("26/03/2026 9:00\u202fAM", "2026-03-26 09:00"),
        ("2026-03-26 00:00", "2026-03-26 00:00"),
        ("  2026-03-26  ", "2026-03-26"),
    ],
)
def test_the_usual_ways_to_write_a_date_are_understood(typed, meant):
    assert str(read(typed)) in (meant, f"{meant}:00")


@pytest.mark.parametrize(
    "typed",
    [
        *(
            "tomorrow",
            "n/a",
            "31/02",
            "2026-02-30",
            "31.11.2026",
            "next week",
            "when they call",
            "?",
            "0",
            "",
        ),
        *("26/13/2026", "26.03.2026 25:00", "26 3 2026", "2026-03-26 10", "Monday", "maybe 12", "decided 5"),
        *("15:30 am", "26 March 13:30 pm", "24:00", "3"),
        *("0000-01-01", "0001-01-01", "1899-12-30", "9999-12-31", "26/03/9999", "2026-03-26 10:00 UTC"),
    ],
)
def test_anything_else_is_not_guessed_at(typed):
    assert read(typed) is None


@pytest.mark.parametrize(
    ("typed", "day_first", "month_first"),
    [
        ("03/04/2026", date(2026, 4, 3), date(2026, 3, 4)),
        ("3-4-26", date(2026, 4, 3), date(2026, 3, 4)),
        ("03.04.2026", date(2026, 4, 3), date(2026, 4, 3)),  # dots mean day first everywhere
        ("25/04/2026", date(2026, 4, 25), date(2026, 4, 25)),
        ("04/25/2026", date(2026, 4, 25), date(2026, 4, 25)),
    ],
)
def test_an_ambiguous_date_follows_the_locale(typed, day_first, month_first):
    assert (read(typed), read(typed, day_first=False)) == (day_first, month_first)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("24/03", date(2026, 3, 24)),
        ("23/03", date(2026, 3, 23)),  # yesterday, not in a year
        ("21 Feb", date(2026, 2, 21)),
        ("20 Feb", None),  # more than a month back
        ("20.02. 10:00", None),
        ("1 October", None),
        ("22 Sept", date(2026, 9, 22)),
        ("29 Feb", None),
    ],
)
def test_a_date_without_a_year_is_the_nearest_such_day_but_none_long_ago(typed, meant):
    assert read(typed) == meant


def test_at_the_end_of_a_year_a_day_in_january_is_next_years():
    december = date(2026, 12, 20)
    assert read_date("3 Jan", day_first=True, today=december) == date(2027, 1, 3)
    assert read_date("18 Dec", day_first=True, today=date(2027, 1, 3)) == date(2026, 12, 18)


@pytest.mark.parametrize(
    "cell",
    [
        10 / 24,
        0.4166,
        "10:00",
        "10 am",
        "10:00:30",
        wall("1899-12-30 10:00"),
        wall("1899-12-30 09:59:54"),
        "10:00 AM",
    ],
)
def test_a_time_alone_is_todays(cell):
    assert read(cell) == wall("2026-03-24 10:00")


def test_dots_without_a_year_may_be_anything_where_the_month_comes_first():
    assert read("12.10", day_first=False) is None
    assert read("12.4.", day_first=False) == read("12.4") == date(2026, 4, 12)


@pytest.mark.parametrize(
    ("locale", "expected"),
    [
        ("en_GB", True),
        ("de_DE", True),
        ("zh_HK", True),
        ("", True),
        *((locale, False) for locale in ("en_US", "ja_JP", "ja", "zh_CN", "zh_TW", "ko_KR", "hu_HU")),
    ],
)
def test_a_locale_says_whether_the_day_comes_first(locale, expected):
    assert is_day_first(locale) is expected


@pytest.mark.parametrize(
    ("cell", "meant"),
    [
        (wall("2026-03-26 10:30:29.000999"), wall("2026-03-26 10:30")),
        (wall("2026-03-26 00:00"), date(2026, 3, 26)),  # a Sheet can't tell midnight from a date alone
        (date(2026, 3, 26), date(2026, 3, 26)),
        (wall("9999-12-31 23:59"), None),
        (date(1, 1, 1), None),
        (46107, None),
        (12.1, None),
        (0.0, None),
        (True, None),
        (None, None),
    ],
)
def test_a_cell_that_is_a_date_already_is_taken_as_it_stands(cell, meant):
    found = read(cell)
    assert (type(found), found) == (type(meant), meant)


@given(
    st.text()
    | st.from_regex(r"[0-9]{1,4}[-/. ][0-9]{1,2}[-/. ][0-9]{1,4}( [0-9]{1,2}:[0-9]{2})?", fullmatch=True)
)
def test_no_text_is_an_error_and_no_date_lies_beyond_the_century(text):
    found = read(text)
    assert found is None or 2000 <= found.year < 2100


@given(st.datetimes(wall("2000-01-01 00:00"), wall("2099-12-31 00:00")))
def test_a_date_as_sheetflow_writes_it_reads_as_itself(moment):
    minute = moment.replace(second=0, microsecond=0)
    assert read(minute.strftime("%Y-%m-%d %H:%M")) == minute
    assert read(minute.date().isoformat()) == minute.date()
