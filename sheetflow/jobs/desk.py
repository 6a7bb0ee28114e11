"""What a person does to a lead on a page: the same as in the Sheet, by the same rules."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from sheetflow.capture.cleaning import clean_email
from sheetflow.jobs.ports import Ports
from sheetflow.ledger.book import Book
from sheetflow.ledger.editing import apply_edits
from sheetflow.ledger.settling import settle
from sheetflow.workflow.lead import Row
from sheetflow.workflow.retyped import Retyped, Typed, mark, retype
from sheetflow.workflow.sequence import Workflow
from sheetflow.workflow.typed import MONTH_FIRST


def fill_in(ports: Ports, lead_id: str, typed: Mapping[str, Typed]) -> Retyped | None:
    """Obeys a form with several cells, all of them or none; None if no lead has the ID.

    Raises LedgerUnavailable if that can't be stored.
    """
    now, workflow = ports.clock(), ports.workflow
    with ports.ledger.writing() as book:
        row = _row(book, lead_id, now)
        if row is None:
            return None
        today = workflow.local(now).date()
        found = retype(row, _legible(typed), workflow.statuses, today, day_first=is_day_first(workflow))
        if found.edits:
            apply_edits(book, found.edits, now, day_first=is_day_first(workflow))
    return found


def is_day_first(workflow: Workflow) -> bool:
    """What 03/04 means in the business's country."""
    return workflow.business.country.upper() not in MONTH_FIRST


def _legible(typed: Mapping[str, Typed]) -> Mapping[str, Typed]:
    """A pasted `Ada <ada@…>` or `mailto:ada@…` is the address in it, as it is for a lead that comes in."""
    email = typed.get("email")
    if email is None or mark(email.text) == email.mark:  # nobody touched it
        return typed
    address, doubts = clean_email(email.text)
    return {**typed, "email": replace(email, text=address)} if address and not doubts else typed


def _row(book: Book, lead_id: str, now: datetime) -> Row | None:
    """The lead's row as it should stand in the Sheet now."""
    return next((found.row(book.workflow) for found in settle(book, [lead_id], now)), None)
