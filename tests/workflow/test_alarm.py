"""Told once, again only if it changes, once more when it works: as a table of looks."""

from datetime import UTC, datetime, timedelta

import pytest

from sheetflow.workflow.alarm import Alarm, compare, from_text, to_text, untold

NOON = datetime(2026, 3, 24, 12, tzinfo=UTC)
A, B = "the server says no", "the server is away"


def looks(*found: tuple[int, dict[str, str]], reached: bool = True) -> list[tuple[int, list[str], list[str]]]:
    """What is told at which minute, as begun and as over; kept as text between two looks."""
    text, told = "", []
    for minute, broken in found:
        now = NOON + timedelta(minutes=minute)
        change = compare(from_text(text), broken, now)
        text = to_text(change.known)
        if change.is_news:
            told.append((minute, [one.words for one in change.begun], [one.kind for one in change.over]))
            text = text if reached else to_text(untold(from_text(text), change, now))
    return told


@pytest.mark.parametrize(
    ("found", "told"),
    [
        ([(0, {})], []),
        ([(0, {"sheet": A}), (10, {"sheet": A}), (9999, {"sheet": A})], [(0, [A], [])]),
        ([(0, {"sheet": A}), (10, {"sheet": B}), (20, {"sheet": A})], [(0, [A], []), (10, [B], [])]),
        ([(0, {"sheet": A}), (10, {}), (39, {})], [(0, [A], [])]),
        ([(0, {"sheet": A}), (10, {}), (40, {}), (50, {})], [(0, [A], []), (40, [], ["sheet"])]),
        ([(0, {"sheet": A}), (10, {}), (30, {"sheet": A}), (45, {}), (74, {})], [(0, [A], [])]),
        # Broken again after it worked for long enough: that is news.
        (
            [(0, {"sheet": A}), (10, {}), (40, {}), (50, {"sheet": A})],
            [(0, [A], []), (40, [], ["sheet"]), (50, [A], [])],
        ),
        ([(0, {"sheet": A}), (10, {"sheet": A, "login": B})], [(0, [A], []), (10, [B], [])]),
        # Another number, time or ID is no other reason.
        ([(0, {"sheet": "error 503 x1"}), (10, {"sheet": "error 502 x2"})], [(0, ["error 503 x1"], [])]),
    ],
)
def test_what_is_told_when(found, told) -> None:
    assert looks(*found) == told


def test_what_nobody_heard_of_is_told_again_with_growing_gaps() -> None:
    minutes = range(0, 300, 5)
    told = looks(*((minute, {"sheet": A}) for minute in minutes), reached=False)
    assert [minute for minute, *_ in told] == [0, 5, 15, 35, 75, 135, 195, 255]


def test_that_it_works_is_told_even_if_nobody_heard_that_it_did_not() -> None:
    text = to_text((Alarm("login", A, NOON, tries=3, retry=NOON),))
    change = compare(from_text(text), {}, NOON + timedelta(minutes=5))
    change = compare({one.kind: one for one in change.known}, {}, NOON + timedelta(minutes=35))
    assert [(one.kind, one.since, one.gone) for one in change.over] == [
        ("login", NOON, NOON + timedelta(minutes=5))
    ]
    assert change.known == ()
