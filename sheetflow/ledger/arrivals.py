"""Enquiries come in: stored, recognised as a repeat, merged with their person, in one transaction."""

import secrets
from collections.abc import Iterable

from sheetflow.ledger.book import Book
from sheetflow.ledger.settling import settle
from sheetflow.ledger.turns import pass_turn, turns
from sheetflow.workflow.enquiry import Enquiry, Placed, Receipt, adopt, place
from sheetflow.workflow.lead import ID_ALPHABET, ID_LENGTH, Row
from sheetflow.workflow.review import Review, review

A_LEAD = 100_000  # characters of a long one, with its events


def new_lead_id() -> str:
    return "L-" + "".join(secrets.choice(ID_ALPHABET) for _ in range(ID_LENGTH))


def store(book: Book, enquiries: Iterable[Enquiry]) -> list[Receipt]:
    return [_store(book, enquiry) for enquiry in enquiries]


def adopt_row(book: Book, enquiry: Enquiry, cells: Row) -> str:
    """A row that a person typed becomes a lead; `enquiry` holds what it says of the person. The Lead ID."""
    placed = adopt(cells, enquiry, _known(book, enquiry), book.workflow, turns(book))
    _keep(book, placed, enquiry)
    return placed.lead.id


def try_out(book: Book) -> None:
    """Writes as much as a lead, as no delivery's line: a full disk lets itself be read, and even locked."""
    book.deliver("tried out", book.time(), "." * A_LEAD)


def _store(book: Book, enquiry: Enquiry) -> Receipt:
    earlier = book.delivered(enquiry)
    if earlier:
        return Receipt("duplicate", earlier)
    suppressed = book.suppression(enquiry.email)
    placed = place(enquiry, _known(book, enquiry), suppressed, book.workflow, turns(book))
    _keep(book, placed, enquiry)
    book.remember(enquiry, placed.receipt.lead_id)
    return placed.receipt


def _known(book: Book, enquiry: Enquiry) -> list[Review]:
    people = book.people(enquiry.email, enquiry.phone)
    return [review(case, book.workflow, enquiry.arrived) for case in people]


def _keep(book: Book, placed: Placed, enquiry: Enquiry) -> None:
    if placed.lead.id == enquiry.id:
        book.add_lead(placed.lead)
    else:
        book.keep_lead(placed.lead)
    book.record(placed.events)
    pass_turn(book, placed.owner)
    settle(book, [placed.lead.id], enquiry.arrived)
