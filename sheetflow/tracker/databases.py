"""Connections to SQLite and PostgreSQL that wait for their turn, notice a lost line and survive a fork."""

import os
import sqlite3
import time
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, create_engine, event, func, select

LOCK_TIMEOUT = 20  # seconds a writer waits for its turn
CONNECT_TIMEOUT = 5  # seconds
ABANDONED = 60  # seconds after which PostgreSQL gives a silent writer's turn to the next
_WRITER_LOCK = 7_305_808_691  # any number; all our writers on one PostgreSQL database take it in turn


class Database:
    """One database, as this process is connected to it."""

    def __init__(self, url: URL) -> None:
        self.url = url
        self.is_sqlite = url.get_backend_name() == "sqlite"
        # Parameters are what leads wrote: they don't belong in a traceback.
        self.engine = create_engine(
            url, hide_parameters=True, **(_sqlite_options() if self.is_sqlite else _postgresql_options())
        )
        self._pid = os.getpid()
        self._file: tuple[int, int] | None = None
        event.listen(self.engine, "connect", self._opened)

    @property
    def name(self) -> str:
        """The URL without what is secret: a password can stand among the options too."""
        return self.url.set(query={}).render_as_string(hide_password=True)

    def renew(self) -> bool:
        """Drops connections that can't be used any more; says whether there were such.

        Those of a parent process are the parent's. Those to a SQLite file that was deleted or replaced go
        on without an error, and what they write is lost.
        """
        is_child = self._pid != os.getpid()
        is_moved = self._file is not None and self._file != self._find_file()
        if is_child or is_moved:
            self.engine.dispose(close=not is_child)
            self._pid, self._file = os.getpid(), None
        return is_moved

    def begin_reading(self, connection: Connection) -> Connection:
        """From here on the connection sees all tables as they stand at one moment."""
        if not self.is_sqlite:
            return connection.execution_options(isolation_level="REPEATABLE READ")
        connection.exec_driver_sql("BEGIN")
        return connection

    def begin_writing(self, connection: Connection) -> None:
        """From here on the connection is the only writer, in all processes."""
        if self.is_sqlite:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            return
        limits = {"lock_timeout": LOCK_TIMEOUT, "idle_in_transaction_session_timeout": ABANDONED}
        connection.execute(select(*(func.set_config(name, f"{s}s", True) for name, s in limits.items())))
        connection.execute(select(func.pg_advisory_xact_lock(_WRITER_LOCK)))

    def make_folder(self) -> None:
        """Raises OSError."""
        if self.is_sqlite and self.url.database:
            Path(self.url.database).parent.mkdir(parents=True, exist_ok=True)

    def close_after_error(self) -> None:
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
    until = time.monotonic() + LOCK_TIMEOUT
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            return
        except sqlite3.OperationalError as error:
            # The low byte is the kind; the rest says more about it.
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                raise
        time.sleep(0.01)
