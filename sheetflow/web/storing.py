"""Whether leads can be stored: known from the last one that came, or from a try."""

from collections.abc import Iterator
from contextlib import contextmanager

from sheetflow.errors import LedgerUnavailable
from sheetflow.ledger.arrivals import try_out
from sheetflow.ledger.database import waiting_at_most
from sheetflow.ledger.ledger import Ledger

PATIENCE = 3.0  # seconds until a busy ledger is one that can't store: senders wait five to ten


class Storing:
    """`closed` says why this host can't keep leads at all; empty if it can."""

    def __init__(self, ledger: Ledger, closed: str = "") -> None:
        self.closed = closed
        self.works = True
        self._ledger = ledger

    @contextmanager
    def attempt(self) -> Iterator[None]:
        """Around whatever stores something, to learn whether it could. Raises LedgerUnavailable."""
        if self.closed:
            raise LedgerUnavailable(self.closed)
        try:
            with waiting_at_most(PATIENCE):
                yield
        except LedgerUnavailable:
            self.works = False
            raise
        self.works = True

    def try_again(self) -> None:
        """A full disk lets itself be read, so only writing shows that it is well again."""
        if self.works or self.closed:
            return
        try:
            with self._ledger.writing() as book:
                try_out(book)
        except LedgerUnavailable:
            return
        self.works = True
