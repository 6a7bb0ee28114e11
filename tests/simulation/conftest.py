from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fakes.imap import FakeImap
from tests.fakes.sheets import FakeSheets
from tests.fakes.sheets_owner import Owner
from tests.fakes.smtp import FakeSmtp, says
from tests.simulation.book import LedgerBook
from tests.simulation.business import Business
from tests.simulation.stops import TUESDAY


@pytest.fixture(scope="session")
def imap_server() -> Iterator[FakeImap]:
    with FakeImap() as server:
        yield server


@pytest.fixture
def mailbox(imap_server: FakeImap) -> FakeImap:
    """Empty, and open."""
    imap_server.empty()
    return imap_server


@pytest.fixture(scope="module")
def sheets() -> Iterator[FakeSheets]:
    """One for a whole module, which lays a copy of its own document into it for each test."""
    with FakeSheets(locale="en_GB", time_zone="Europe/Berlin") as fake:
        yield fake


@pytest.fixture
def empty_sheet() -> Iterator[FakeSheets]:
    """As the owner made it."""
    with FakeSheets(locale="en_GB", time_zone="Europe/Berlin") as fake:
        yield fake


@pytest.fixture(scope="module")
def smtp() -> Iterator[FakeSmtp]:
    with FakeSmtp() as server:
        yield server


@pytest.fixture
def business(tmp_path: Path, smtp: FakeSmtp, mailbox: FakeImap) -> Iterator[Business]:
    smtp.messages.clear()
    smtp.answers = says()
    book = LedgerBook(f"sqlite:///{tmp_path / 'ledger.db'}")
    with Business(tmp_path, book, smtp, mailbox, TUESDAY) as business:
        yield business


@pytest.fixture
def owner(empty_sheet: FakeSheets) -> Owner:
    return empty_sheet.owner
