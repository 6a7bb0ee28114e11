"""Leads from pages that everybody can post from: how many of one visitor, how much mail for one address."""

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import delete, func, insert, select

from sheetflow.errors import Flooded
from sheetflow.ledger.book import Book
from sheetflow.ledger.schema import claims, leads, visits
from sheetflow.workflow.enquiry import Enquiry
from sheetflow.workflow.events import Kind, iso

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
ANSWERED = 5  # leads an hour of one visitor that are answered by themselves
TAKEN = 100  # and that are stored at all
MESSAGES = 2  # a day that one address gets because of such leads
_LOOK = 'look at it, and set "New" if it is to be answered.'


@dataclass(frozen=True)
class Visit:
    """Who posted: a network address, and what makes a person doubt that somebody typed it."""

    address: str
    doubt: str = ""


def admit(book: Book, visit: Visit, enquiries: list[Enquiry]) -> list[Enquiry]:
    """The enquiries as they may be stored; raises Flooded for more than a page may bring.

    The limits hold over all processes and outlast a restart.
    """
    visitor = hashlib.sha256((book.salt + visit.address).encode("utf-8", "replace")).hexdigest()
    return [_admit(book, visit, visitor, enquiry) for enquiry in enquiries]


def _admit(book: Book, visit: Visit, visitor: str, enquiry: Enquiry) -> Enquiry:
    now = enquiry.arrived
    count = _count(book, visitor, now - HOUR)
    if count >= TAKEN:
        raise Flooded("Too many enquiries from one place: try again in an hour.")
    book.connection.execute(delete(visits).where(visits.c.at < iso(now - DAY)))
    book.connection.execute(insert(visits).values(visitor=visitor, at=iso(now)))
    doubt = visit.doubt
    if not doubt and count >= ANSWERED:
        doubt = f"more than {ANSWERED} enquiries came from one place within an hour"
    if not doubt and _messages(book, enquiry, now - DAY) >= MESSAGES:
        doubt = f"this address got {MESSAGES} messages today because of a public page"
    asked = f"From a public page, and {doubt}: {_LOOK}" if doubt else enquiry.asked
    return replace(enquiry, is_public=True, asked=asked)


def _count(book: Book, visitor: str, since: datetime) -> int:
    found = select(func.count()).where(visits.c.visitor == visitor, visits.c.at > iso(since))
    return int(book.connection.execute(found).scalar_one())


def _messages(book: Book, enquiry: Enquiry, since: datetime) -> int:
    """What was sent to the address because of leads from public pages."""
    if not enquiry.email.strip():
        return 0
    hashed = book.hash_of(enquiry.email)
    found = (
        select(func.count())
        .select_from(claims.join(leads, leads.c.id == claims.c.lead_id))
        .where(leads.c.address_hash == hashed, leads.c.is_public == 1)
        .where(claims.c.outcome == Kind.SENT.value, claims.c.ended_at > iso(since))
    )
    return int(book.connection.execute(found).scalar_one())
