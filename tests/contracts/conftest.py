from collections.abc import Iterator

import pytest

from sheetflow.jobs.ports import Store, Tracker
from tests.contracts.google_site import GoogleSite
from tests.contracts.inbox_site import InboxSite
from tests.contracts.sites import Site, postgresql_site, sqlite_site
from tests.fakes.sheets import FakeSheets

SITES = {
    "sqlite": lambda request: sqlite_site(request.getfixturevalue("tmp_path")),
    "postgresql": lambda request: postgresql_site(request.getfixturevalue("postgresql_url")),
    "google": lambda request: GoogleSite.of(request.getfixturevalue("fake_sheets")),
}


def _sqlite_inbox(request: pytest.FixtureRequest, tracker: str) -> InboxSite:
    return InboxSite(SITES[tracker](request), f"sqlite:///{request.getfixturevalue('tmp_path') / 'inbox.db'}")


INBOXES = {
    "inbox-sqlite": lambda request: _sqlite_inbox(request, "sqlite"),
    "inbox-postgresql": lambda request: InboxSite(
        SITES["postgresql"](request), request.getfixturevalue("postgresql_url")
    ),
    "inbox-google": lambda request: _sqlite_inbox(request, "google"),
}
DATABASES = ["sqlite", pytest.param("postgresql", marks=pytest.mark.needs_postgresql)]

STORES = [
    *DATABASES,
    "inbox-sqlite",
    "inbox-google",
    pytest.param("inbox-postgresql", marks=pytest.mark.needs_postgresql),
]


@pytest.fixture
def fake_sheets() -> Iterator[FakeSheets]:
    with FakeSheets() as fake:
        yield fake


@pytest.fixture(params=[*DATABASES, "google"])
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
