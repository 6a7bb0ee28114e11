"""The ledger: what happened, and who may send. Opened once a process, used in short transactions."""

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

from sqlalchemy import Connection

from sheetflow.ledger import state
from sheetflow.ledger.book import Book
from sheetflow.ledger.database import Database
from sheetflow.ledger.upgrade import upgrade
from sheetflow.workflow.brakes import ON, PAUSED
from sheetflow.workflow.events import iso
from sheetflow.workflow.sequence import Workflow


class Ledger:
    """Raises LedgerUnavailable if it can't be reached, ConfigError if it is a newer sheetflow's.

    `clock` dates claims and leases if it is given; else the database does, if it has a clock.
    """

    def __init__(self, url: str, workflow: Workflow, clock: Callable[[], datetime] | None = None) -> None:
        self.workflow = workflow
        self.database = Database(url, self._prepare)
        self._clock, self._is_running = clock, False

    @contextmanager
    def reading(self) -> Iterator[Book]:
        """All tables as they stand at one moment."""
        with self.database.reading() as connection:
            yield self._book(connection)

    @contextmanager
    def writing(self) -> Iterator[Book]:
        """One transaction, all or nothing; other writers of any process wait."""
        with self.database.writing() as connection:
            yield self._book(connection)

    def close(self) -> None:
        self.database.engine.dispose()

    def _book(self, connection: Connection) -> Book:
        return Book(connection, self.database, self.workflow, self._clock)

    def _prepare(self, connection: Connection) -> None:
        """Sending starts ON only if there was no ledger at all."""
        is_new, book = upgrade(connection, is_running=self._is_running), self._book(connection)
        found = book.state()
        if state.LEDGER not in found:
            book.put(state.LEDGER, secrets.token_hex(6))
            book.put(state.CREATED, iso(book.time()))
        if state.SALT not in found:
            book.put(state.SALT, secrets.token_hex(16))
        if state.SENDING not in found:
            book.put(state.SENDING, ON if is_new else PAUSED)
        self._is_running = True
