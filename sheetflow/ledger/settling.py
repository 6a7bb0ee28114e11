"""What follows from a lead's events, kept beside them: every change of a lead ends here."""

import json
import logging
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import case as sql_case

from sheetflow.ledger import schema, state
from sheetflow.ledger.book import Book
from sheetflow.ledger.rows import row_text
from sheetflow.workflow.brakes import Brakes, blocked_until, blocked_why
from sheetflow.workflow.counted import to_json
from sheetflow.workflow.events import Kind, iso
from sheetflow.workflow.review import Review, review

log = logging.getLogger(__name__)


def brakes_of(book: Book, now: datetime, follow_ups: str = "") -> Brakes:
    """What holds back sending, as far as the ledger knows."""
    found = book.state()
    line = found.get(state.BLOCKED, "")
    blocked = blocked_why(line, now, book.workflow)
    why, until = (blocked, blocked_until(line)) if blocked else (found.get(state.CLOSED, ""), None)
    return Brakes(found.get(state.SENDING, ""), why, follow_ups, until)


def settle(
    book: Book, lead_ids: Collection[str], now: datetime, brakes: Brakes | None = None
) -> list[Review]:
    """Looks at leads again after something has happened to them, and keeps what follows."""
    brakes = brakes or brakes_of(book, now)
    return [keep(book, found.braked(brakes, book.workflow)) for found in look(book, lead_ids, now)]


def look(
    book: Book, lead_ids: Collection[str], now: datetime, asleep_since: datetime | None = None
) -> list[Review]:
    """Decides about leads, and records what that adds to their events.

    One that can't be decided about is left out and stays as it was: it must not stop the others.
    """
    reviews = []
    for case in book.cases(lead_ids):
        try:
            found = review(case, book.workflow, now, asleep_since)
        except Exception:
            log.exception("lead %s can't be decided about", case.lead.id)
            continue
        for event in found.new:
            if event.kind is Kind.UNKNOWN:
                book.close(event)
        book.record(found.new)
        reviews.append(found)
    return reviews


def keep(book: Book, found: Review) -> Review:
    """Keeps what was decided: the row that says it, and when it may be another decision."""
    leads, row = schema.leads, row_text(found.row(book.workflow))
    look_at = found.look_at
    values = {
        "owner": found.history.owner or found.lead.owner,
        "status": found.history.standing,
        "row": row,
        "counted": json.dumps(to_json(found.counted(book.workflow)), ensure_ascii=False),
        "look_at": iso(look_at) if look_at else "",
        "is_finished": int(found.is_finished(book.workflow)),
        "is_changed": sql_case((leads.c.row != row, 1), else_=leads.c.is_changed),
    }
    book.change(found.lead.id, values)
    return found
