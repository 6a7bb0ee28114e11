from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.fakes.imap import FakeImap
from tests.fakes.smtp import FakeSmtp
from tests.jobs.world import World

# A Tuesday, 10:00 in Berlin.
TUESDAY = datetime(2026, 3, 24, 9, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def mail_server() -> Iterator[FakeSmtp]:
    with FakeSmtp() as server:
        yield server


@pytest.fixture(scope="session")
def imap_server() -> Iterator[FakeImap]:
    with FakeImap() as server:
        yield server


@pytest.fixture
def mailbox(world: World, imap_server: FakeImap) -> FakeImap:
    """An empty mailbox that the world reads."""
    imap_server.empty()
    return world.opens(imap_server)


@pytest.fixture
def world(tmp_path: Path, mail_server: FakeSmtp) -> Iterator[World]:
    mail_server.messages.clear()
    mail_server.stages.clear()
    mail_server.answers = lambda _stage, _words: None
    opened = World(f"sqlite:///{tmp_path / 'ledger.db'}", mail_server, TUESDAY)
    yield opened
    opened.ledger.close()
