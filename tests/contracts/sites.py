"""Where a ledger lives, and how other processes that open it are started; a site can be pickled for them."""

import traceback
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Barrier
from pathlib import Path
from typing import Any

from sqlalchemy import NullPool, create_engine, text

from sheetflow.jobs.ports import Clock
from sheetflow.ledger.ledger import Ledger
from tests.contracts.people import WORKFLOW

PATIENCE = 60  # seconds a process may take to start on a busy machine
# Nothing of the tests' own process is in them; what they import is imported once for all.
FRESH = get_context("forkserver")
FRESH.set_forkserver_preload(["pytest", "tests.contracts.processes"])


@dataclass(frozen=True)
class Site:
    """A database, and the ledger in it as a process opens it."""

    url: str

    def open(self, clock: Clock | None = None) -> Ledger:
        return Ledger(self.url, WORKFLOW, clock)

    def execute(self, statement: str, **values: object) -> list[Any]:
        """Somebody at an SQL prompt."""
        engine = create_engine(self.url, poolclass=NullPool)
        with engine.begin() as connection:
            found = connection.execute(text(statement), values)
            return found.all() if found.returns_rows else []


def sqlite_site(folder: Path) -> Site:
    return Site(f"sqlite:///{folder / 'ledger.db'}")


def postgresql_site(url: str) -> Site:
    """The same server for all tests, emptied."""
    site = Site(url)
    site.execute("DROP SCHEMA public CASCADE")
    site.execute("CREATE SCHEMA public")
    return site


class Child:
    """A process of its own that runs `body(number, site, say)`; what it says can be heard here."""

    def __init__(self, body: Callable[..., Any], site: Site, number: int, barrier: Barrier | None) -> None:
        self._ear, mouth = FRESH.Pipe(duplex=False)
        self._process = FRESH.Process(target=_live, args=(body, number, site, mouth, barrier), daemon=True)
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
    barrier = FRESH.Barrier(count)
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
