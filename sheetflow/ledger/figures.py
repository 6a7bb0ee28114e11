"""The numbers of one screen, kept until something happens: counting many leads takes seconds."""

import json
import time
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select

from sheetflow.ledger import schema, state
from sheetflow.ledger.book import Book
from sheetflow.ledger.ledger import Ledger
from sheetflow.workflow.numbers import Report
from sheetflow.workflow.report import report
from sheetflow.workflow.screen import Screen, screen_of

LONGEST = timedelta(minutes=10)  # with nothing happening; then a week may be over, a step be due
QUICK = 0.2  # seconds: what is counted faster is never shown older than what happened since
PATIENCE = 10  # times as long as counting took, figures may be old while things go on happening


@dataclass(frozen=True)
class Kept:
    """`event` is the number of the newest one at that time, `took` the seconds of counting."""

    at: str
    event: int
    took: float
    screen: str

    def is_fresh(self, newest: int, now: datetime) -> bool:
        age = now - datetime.fromisoformat(self.at)
        if newest == self.event:
            return timedelta(0) <= age < LONGEST
        return self.took > QUICK and timedelta(0) <= age < timedelta(seconds=PATIENCE * self.took)


def read_screen(ledger: Ledger, now: datetime) -> Screen:
    """As of `now`, or of the moment it names."""
    with ledger.reading() as book:
        text = book.get(state.SCREEN)
        kept = Kept(**json.loads(text)) if text else None
        if kept and kept.is_fresh(_newest(book), now):
            return Screen.from_json(kept.screen)
        _, anew = count_anew(book, now)
    with ledger.writing() as book:  # not while it is counted: leads that come would have to wait
        keep(book, anew)
    return Screen.from_json(anew.screen)


def count_anew(book: Book, now: datetime) -> tuple[Report, Kept]:
    began = time.monotonic()
    found = report(book.counted(), book.workflow, now, book.advice())
    screen = screen_of(found).to_json()
    return found, Kept(now.isoformat(), _newest(book), time.monotonic() - began, screen)


def keep(book: Book, kept: Kept) -> None:
    book.put(state.SCREEN, json.dumps(asdict(kept), ensure_ascii=False))


def _newest(book: Book) -> int:
    events = schema.events.c
    return book.connection.execute(select(func.max(events.number))).scalar_one() or 0
