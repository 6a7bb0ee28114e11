"""How often a password may be tried: over all processes, and across restarts."""

import hashlib
from datetime import datetime, timedelta
from ipaddress import ip_address

from sqlalchemy import delete, insert, select

from sheetflow.ledger.book import Book
from sheetflow.ledger.rows import time_of
from sheetflow.ledger.schema import visits
from sheetflow.workflow.events import iso

MOST = 5  # tries of one network address
WITHIN = timedelta(minutes=15)
KEPT = timedelta(days=1)  # visits of any kind
_HOME = 64  # bits of an IPv6 address that one line has; the others are its own to choose


def wait(book: Book, address: str, now: datetime) -> int:
    """Counts one more try, before anybody knows whether it is right; 0 if it may be made.

    Else the seconds until one may.
    """
    who = _visitor(book, address)
    found = select(visits.c.at).where(visits.c.visitor == who, visits.c.at > iso(now - WITHIN))
    tries = book.connection.execute(found.order_by(visits.c.at)).scalars().all()
    if len(tries) >= MOST:
        first = time_of(tries[-MOST]) or now
        return max(1, int((first + WITHIN - now).total_seconds()))
    book.connection.execute(delete(visits).where(visits.c.at < iso(now - KEPT)))
    book.connection.execute(insert(visits).values(visitor=who, at=iso(now)))
    return 0


def forget(book: Book, address: str) -> None:
    """The password was right."""
    book.connection.execute(delete(visits).where(visits.c.visitor == _visitor(book, address)))


def _visitor(book: Book, address: str) -> str:
    """Apart from what the same address posts to the form."""
    return hashlib.sha256(f"login {book.salt}{_line(address)}".encode("utf-8", "replace")).hexdigest()


def _line(address: str) -> str:
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if found.version == 4 or found.ipv4_mapped:
        return address
    return str(int(found) >> (128 - _HOME))
