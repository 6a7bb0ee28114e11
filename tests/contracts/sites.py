"""Where a tracker lives: how a process opens it, and what people do there without asking sheetflow.

A site can be pickled, so that a process of its own can open the same tracker.
"""

import traceback
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Barrier
from pathlib import Path
from typing import Any, Protocol

from sqlalchemy import NullPool, create_engine, text

from sheetflow.jobs.ports import Store, Tracker
from sheetflow.tracker.sql import SqlTracker

PATIENCE = 60  # seconds a process may take to start on a busy machine
SPAWN = get_context("spawn")


class Site(Protocol):
    def open(self) -> Tracker: ...

    def open_store(self) -> Store: ...

    def close(self, opened: Tracker | Store) -> None: ...

    def type(self, lead_id: str, field: str, words: str) -> None:
        """A person types into a cell."""

    def remove(self, lead_id: str) -> None:
        """A person deletes the row."""


@dataclass(frozen=True)
class SqlSite:
    """A database; people have an SQL prompt."""

    url: str

    def open(self) -> SqlTracker:
        return SqlTracker(self.url)

    def open_store(self) -> SqlTracker:
        return SqlTracker(self.url)

    def close(self, opened: SqlTracker) -> None:
        opened.engine.dispose()

    def type(self, lead_id: str, field: str, words: str) -> None:
        self.execute(f"UPDATE leads SET {field} = :words WHERE id = :id", words=words, id=lead_id)

    def remove(self, lead_id: str) -> None:
        self.execute("DELETE FROM leads WHERE id = :id", id=lead_id)

    def execute(self, statement: str, **values: object) -> list[Any]:
        engine = create_engine(self.url, poolclass=NullPool)
        with engine.begin() as connection:
            found = connection.execute(text(statement), values)
            return found.all() if found.returns_rows else []


def sqlite_site(folder: Path) -> SqlSite:
    return SqlSite(f"sqlite:///{folder / 'tracker.db'}")


def postgresql_site(url: str) -> SqlSite:
    """The same server for all tests, emptied."""
    site = SqlSite(url)
    site.execute("DROP SCHEMA public CASCADE")
    site.execute("CREATE SCHEMA public")
    return site


class Child:
    """A process of its own that runs `body(number, site, say)`; what it says can be heard here."""

    def __init__(self, body: Callable[..., Any], site: Site, number: int, barrier: Barrier | None) -> None:
        self._ear, mouth = SPAWN.Pipe(duplex=False)
        self._process = SPAWN.Process(target=_live, args=(body, number, site, mouth, barrier), daemon=True)
        self._process.start()
        mouth.close()

    def hear(self) -> Any:
        """The next thing it says. Raises EOFError once it has ended, RuntimeError where it failed."""
        if not self._ear.poll(PATIENCE):
            raise TimeoutError("the process says nothing")
        kind, said = self._ear.recv()
        if kind == "failed":
            raise RuntimeError(said)
        return said

    def hear_all(self) -> list[Any]:
        heard = []
        with suppress(EOFError):
            while True:
                heard.append(self.hear())
        return heard

    def kill(self) -> None:
        """kill -9."""
        self._process.kill()
        self._process.join()


def start(body: Callable[..., Any], site: Site) -> Child:
    return Child(body, site, 0, None)


def at_once(count: int, body: Callable[..., Any], site: Site) -> list[list[Any]]:
    """What each of so many processes says that begin at the same moment."""
    barrier = SPAWN.Barrier(count)
    return [child.hear_all() for child in [Child(body, site, number, barrier) for number in range(count)]]


def _live(
    body: Callable[..., Any], number: int, site: Site, mouth: Connection, barrier: Barrier | None
) -> None:
    try:
        if barrier:
            barrier.wait(PATIENCE)
        body(number, site, lambda said: mouth.send(("said", said)))
    except Exception:
        mouth.send(("failed", traceback.format_exc()))
    finally:
        mouth.close()
