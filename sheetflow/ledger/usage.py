"""How much an adviser was asked, a day at a time, by the business's clock."""

import json
from datetime import datetime, timedelta

from sheetflow.ledger import state
from sheetflow.ledger.book import Book

KEPT = timedelta(days=60)


def calls(book: Book, now: datetime) -> int:
    """Of the day of `now`."""
    return next((one.calls for one in book.advice() if one.day == _day(book, now)), 0)


def count(book: Book, now: datetime, *, calls: int = 0, tokens: int = 0) -> None:
    days = {one.day: (one.calls, one.tokens) for one in book.advice() if one.day >= _day(book, now - KEPT)}
    before = days.get(_day(book, now), (0, 0))
    days[_day(book, now)] = (before[0] + calls, before[1] + tokens)
    book.put(state.ADVICE, json.dumps(days))


def _day(book: Book, at: datetime) -> str:
    return book.workflow.local(at).date().isoformat()
