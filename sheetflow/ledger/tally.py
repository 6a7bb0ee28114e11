"""How many leads there are."""

from sqlalchemy import ColumnElement, func, select

from sheetflow.ledger.book import GONE, Book
from sheetflow.ledger.schema import leads


def count_leads(book: Book) -> int:
    """Those whose row a person deleted are left out."""
    return _count(book, leads.c.place != GONE)


def not_in_sheet(book: Book) -> int:
    """Leads that have no row in the Sheet yet."""
    # The index on is_changed finds them; a lead without a row is always changed.
    return _count(book, (leads.c.is_changed == 1) & (leads.c.place == ""))


def _count(book: Book, condition: ColumnElement[bool]) -> int:
    found = select(func.count()).select_from(leads).where(condition)
    return int(book.connection.execute(found).scalar_one())
