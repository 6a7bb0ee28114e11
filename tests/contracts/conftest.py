from collections.abc import Callable, Iterator

import pytest

from sheetflow.ledger.ledger import Ledger
from tests.contracts.people import NOW
from tests.contracts.sites import Site, postgresql_site, sqlite_site

SITES = {
    "sqlite": lambda request: sqlite_site(request.getfixturevalue("tmp_path")),
    "postgresql": lambda request: postgresql_site(request.getfixturevalue("postgresql_url")),
}


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.needs_postgresql)])
def site(request: pytest.FixtureRequest) -> Site:
    """A new ledger's place; nothing has been made there."""
    return SITES[request.param](request)


@pytest.fixture
def opens(site: Site) -> Iterator[Callable[..., Ledger]]:
    """Opens the ledger as another process has it open, with a clock of its own if it is given one."""
    opened = []

    def open_it(clock: Callable[[], object] | None = lambda: NOW, at: Site = site) -> Ledger:
        opened.append(at.open(clock))
        return opened[-1]

    yield open_it
    for ledger in opened:
        ledger.close()


@pytest.fixture
def ledger(opens: Callable[..., Ledger]) -> Ledger:
    return opens()


@pytest.fixture
def other(opens: Callable[..., Ledger]) -> Ledger:
    return opens()
