from collections.abc import Iterator

import pytest

from sheetflow.jobs.ports import Store, Tracker
from tests.contracts.sites import Site, postgresql_site, sqlite_site

SITES = {
    "sqlite": lambda request: sqlite_site(request.getfixturevalue("tmp_path")),
    "postgresql": lambda request: postgresql_site(request.getfixturevalue("postgresql_url")),
}
ALL = ["sqlite", pytest.param("postgresql", marks=pytest.mark.needs_postgresql)]


@pytest.fixture(params=ALL)
def site(request: pytest.FixtureRequest) -> Site:
    """A new tracker's place; nothing has been set up there."""
    return SITES[request.param](request)


@pytest.fixture
def tracker(site: Site) -> Iterator[Tracker]:
    opened = site.open()
    yield opened
    site.close(opened)


@pytest.fixture
def other_tracker(site: Site) -> Iterator[Tracker]:
    """The same tracker, as another process has it open."""
    opened = site.open()
    yield opened
    site.close(opened)


@pytest.fixture
def store(site: Site) -> Iterator[Store]:
    opened = site.open_store()
    yield opened
    site.close(opened)
