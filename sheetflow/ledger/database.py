"""Connections to SQLite and PostgreSQL that wait for their turn, notice a lost line and survive a fork."""

import os
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from importlib import import_module
from pathlib import Path
from typing import Any

from sqlalchemy import (
    Connection,
    Dialect,
    Pool,
    Table,
    Text,
    TypeDecorator,
    create_engine,
    event,
    func,
    select,
)
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError

from sheetflow.errors import LedgerUnavailable

LOCK_TIMEOUT = 20.0  # seconds a writer waits for its turn
CONNECT_TIMEOUT = 5  # seconds
ABANDONED = 60  # seconds after which PostgreSQL gives a silent writer's turn to the next
_WRITER_LOCK = 7_305_808_691  # any number; all our writers on one PostgreSQL database take it in turn

_patience: ContextVar[float | None] = ContextVar("patience", default=None)


@contextmanager
def waiting_at_most(seconds: float) -> Iterator[None]:
    """Within it whoever asks has less patience than usual: a person or a machine waits for the answer."""
    before = _patience.set(seconds)
    try:
        yield
    finally:
        _patience.reset(before)


def _until() -> float:
    """When a wait that begins now ends, by the machine's own clock."""
    found = _patience.get()
    return time.monotonic() + (LOCK_TIMEOUT if found is None else found)


def _left(until: float) -> int:
    """Milliseconds; PostgreSQL would take none at all for all the time in the world."""
    return max(1, int((until - time.monotonic()) * 1000))


def _be_patient(connection: Connection, until: float) -> None:
    connection.exec_driver_sql(f"PRAGMA busy_timeout = {_left(until)}")


class LedgerText(TypeDecorator[str]):
    """Text as both databases can hold it: no NUL (PostgreSQL), no half of a character (neither)."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return value and value.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")


class Database:
    """One database, as this process is connected to it.

    `prepare` makes the tables that are missing. It is called in a transaction of its own writer's, before
    the first use and whenever they may have gone.
    """

    def __init__(self, url: str, prepare: Callable[[Connection], None]) -> None:
        self.url = make_url(url)
        backend = self.url.get_backend_name()
        self.is_sqlite = backend == "sqlite"
        self._prepare, self._is_ready = prepare, False
        self._insert = import_module(f"sqlalchemy.dialects.{backend}").insert  # loads one of the two
        # Parameters are what leads wrote: they don't belong in a traceback.
        self.engine = create_engine(
            self.url, hide_parameters=True, **(_sqlite_options() if self.is_sqlite else _postgresql_options())
        )
        self._pid, self._writer = os.getpid(), threading.Lock()
        self._parents: Pool | None = None
        self._file: tuple[int, int] | None = None
        event.listen(self.engine, "connect", self._opened)

    @property
    def name(self) -> str:
        """The URL without what is secret: a password can stand among the options too."""
        return self.url.set(query={}).render_as_string(hide_password=True)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A consistent view of all tables. Raises LedgerUnavailable, as `writing` does."""
        with self._connected() as connection:
            if not self._is_ready:
                with self._turn(connection):
                    pass
            yield self._begin_reading(connection)

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction, all or nothing; other writers of any process wait."""
        with self._connected() as connection, self._turn(connection):
            yield connection

    def insert(self, table: Table) -> Any:
        """The database's own INSERT, which knows ON CONFLICT."""
        return self._insert(table)

    @contextmanager
    def _turn(self, connection: Connection) -> Iterator[None]:
        until = _until()
        with self._after_other_threads(until), connection.begin():
            self._begin_writing(connection, until)
            if not self._is_ready:
                self._prepare(connection)
            yield
        self._is_ready = True

    @contextmanager
    def _after_other_threads(self, until: float) -> Iterator[None]:
        """SQLite itself looks only every tenth of a second whether it is a waiting writer's turn."""
        is_alone = self.is_sqlite and self._writer.acquire(timeout=max(0.0, until - time.monotonic()))
        try:
            yield
        finally:
            if is_alone:
                self._writer.release()

    @contextmanager
    def _connected(self) -> Iterator[Connection]:
        """The database's errors come out as one that says what to look at."""
        try:
            self._make_folder()
            if self._renew():
                self._is_ready = False
            with self.engine.connect() as connection:
                yield connection
        except (SQLAlchemyError, OSError) as error:
            self._is_ready = False  # whatever is mended now may have lost its tables
            self._close_after_error()
            said = str(getattr(error, "orig", None) or error).strip() or type(error).__name__
            words = said.splitlines()[0]
            raise LedgerUnavailable(f"The ledger {self.name} can't be used: {words}") from error

    def _renew(self) -> bool:
        """Drops connections that can't be used any more; says whether there were such.

        Those of a parent process are the parent's. Those to a SQLite file that was deleted or replaced go
        on without an error, and what they write is lost.
        """
        is_child = self._pid != os.getpid()
        is_moved = self._file is not None and self._file != self._find_file()
        if is_child or is_moved:
            # A child keeps them to its end, unused: SQLite forbids it even to close them.
            self._parents = self.engine.pool if is_child else None
            self.engine.dispose(close=not is_child)
            self._pid, self._file = os.getpid(), None
        if is_child:
            self._writer = threading.Lock()  # one of the parent's threads may have held it
        return is_moved

    def _begin_reading(self, connection: Connection) -> Connection:
        """From here on the connection sees all tables as they stand at one moment."""
        if not self.is_sqlite:
            return connection.execution_options(isolation_level="REPEATABLE READ")
        _be_patient(connection, _until())
        connection.exec_driver_sql("BEGIN")
        return connection

    def _begin_writing(self, connection: Connection, until: float) -> None:
        """From here on the connection is the only writer, in all processes."""
        if self.is_sqlite:
            _be_patient(connection, until)
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            return
        limits = {"lock_timeout": _left(until), "idle_in_transaction_session_timeout": ABANDONED * 1000}
        connection.execute(select(*(func.set_config(name, f"{ms}ms", True) for name, ms in limits.items())))
        connection.execute(select(func.pg_advisory_xact_lock(_WRITER_LOCK)))

    def _make_folder(self) -> None:
        """Raises OSError."""
        if self.is_sqlite and self.url.database:
            Path(self.url.database).parent.mkdir(parents=True, exist_ok=True)

    def _close_after_error(self) -> None:
        """Processes that hold a deleted SQLite file keep each other from the new one until all let go."""
        if self.is_sqlite:
            self.engine.dispose()

    def _opened(self, connection: Any, _record: object) -> None:
        if self.is_sqlite:
            _prepare_sqlite(connection)
        self._file = self._find_file()

    def _find_file(self) -> tuple[int, int] | None:
        if not self.is_sqlite or not self.url.database:
            return None
        try:
            found = os.stat(self.url.database)
        except FileNotFoundError:
            return None
        return found.st_dev, found.st_ino


def _sqlite_options() -> dict[str, Any]:
    return {"connect_args": {"timeout": LOCK_TIMEOUT, "isolation_level": None}}


def _postgresql_options() -> dict[str, Any]:
    return {
        "pool_pre_ping": True,
        # Whatever the server's default: a writer must see what the one before it wrote.
        "isolation_level": "READ COMMITTED",
        "connect_args": {
            "connect_timeout": CONNECT_TIMEOUT,
            # A network that goes silent is noticed in about 20 seconds, not in two hours.
            "keepalives_idle": 10,
            "keepalives_interval": 5,
            "keepalives_count": 2,
            "tcp_user_timeout": 20_000,
            # Connection poolers hand a statement prepared for one session to another.
            "prepare_threshold": None,
        },
    }


def _prepare_sqlite(connection: sqlite3.Connection) -> None:
    try:
        connection.execute("PRAGMA synchronous=FULL")
        _switch_to_wal(connection)
    except sqlite3.Error:
        connection.close()
        raise


def _switch_to_wal(connection: sqlite3.Connection) -> None:
    """Takes its turn by itself: for this one statement SQLite waits for nobody, whatever the time-out."""
    until = _until()
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            return
        except sqlite3.OperationalError as error:
            # The low byte is the kind; the rest says more about it.
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                raise
        time.sleep(0.01)
