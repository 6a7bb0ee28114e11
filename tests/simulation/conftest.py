from collections.abc import Iterator

import pytest

from tests.fakes.imap import FakeImap
from tests.fakes.sheets import FakeSheets


@pytest.fixture(scope="session")
def imap_server() -> Iterator[FakeImap]:
    with FakeImap() as server:
        yield server


@pytest.fixture
def mailbox(imap_server: FakeImap) -> FakeImap:
    """Empty, and open."""
    imap_server.empty()
    return imap_server


@pytest.fixture
def empty_sheet() -> Iterator[FakeSheets]:
    """As the owner made it."""
    with FakeSheets(locale="en_GB", time_zone="Europe/Berlin") as fake:
        yield fake
