"""How much an adviser was asked, a day at a time (UTC)."""

import json
from datetime import datetime

from sheetflow.ledger import state
from sheetflow.ledger.book import Book


def calls(book: Book, now: datetime) -> int:
    """Of the day of `now`."""
    return _today(book, now)["calls"]


def tokens(book: Book, now: datetime) -> int:
    return _today(book, now)["tokens"]


def count(book: Book, now: datetime, *, calls: int = 0, tokens: int = 0) -> None:
    today = _today(book, now)
    added = {"calls": today["calls"] + calls, "tokens": today["tokens"] + tokens}
    book.put(state.ADVICE, json.dumps({"day": now.date().isoformat(), **added}))


def _today(book: Book, now: datetime) -> dict[str, int]:
    found = json.loads(book.get(state.ADVICE) or "{}")
    if found.get("day") != now.date().isoformat():
        return {"calls": 0, "tokens": 0}
    return {"calls": found["calls"], "tokens": found["tokens"]}
