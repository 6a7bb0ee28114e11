from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from sheetflow.tracker.sql import SqlTracker
from tests.fakes.smtp import FakeSmtp
from tests.jobs.world import World

# A Tuesday, 10:00 in Berlin.
TUESDAY = datetime(2026, 3, 24, 9, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def mail_server() -> Iterator[FakeSmtp]:
    with FakeSmtp() as server:
        yield server


@pytest.fixture
def world(tmp_path: Path, mail_server: FakeSmtp) -> World:
    mail_server.messages.clear()
    mail_server.stages.clear()
    mail_server.answers = lambda _stage, _words: None
    return World(SqlTracker(f"sqlite:///{tmp_path / 'tracker.db'}"), mail_server, TUESDAY)
