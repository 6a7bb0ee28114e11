"""A button in an owner's mail is pressed: what it does, in one transaction."""

from datetime import datetime

from sheetflow.ledger.book import Book
from sheetflow.ledger.editing import apply_edits
from sheetflow.ledger.settling import settle
from sheetflow.ledger.turns import pass_turn
from sheetflow.workflow.buttons import Press
from sheetflow.workflow.events import Kind
from sheetflow.workflow.history import fold


def press(book: Book, pressed: Press, now: datetime) -> bool:
    """Whether it did anything: the second time it doesn't, nor for a lead that is gone."""
    case = book.case(pressed.lead_id)
    if case is None:
        return False
    history = fold(case.events, book.workflow, case.suppressed)
    new = book.record(pressed.events(history, book.workflow, now))
    if not any(event.kind is Kind.EDITED for event in new):
        return False
    for event in new:
        if event.kind is Kind.ASSIGNED:
            pass_turn(book, event.detail)
    apply_edits(book, pressed.edits(history, book.workflow), now, day_first=True)
    settle(book, [pressed.lead_id], now)
    return True
