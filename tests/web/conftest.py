import secrets
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tests.fakes.smtp import FakeSmtp
from tests.web.place import Place


@pytest.fixture(scope="session")
def mail_server() -> Iterator[FakeSmtp]:
    with FakeSmtp() as server:
        yield server


@pytest.fixture
def ledger_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A new ledger: a file, or a database of PostgreSQL if a test's `BOTH` says so."""
    if getattr(request, "param", "sqlite") == "sqlite":
        return f"sqlite:///{tmp_path / 'ledger.db'}"
    url: str = request.getfixturevalue("postgresql_url")
    name = f"web_{secrets.token_hex(4)}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return url.replace("postgresql://", "postgresql+psycopg://").rpartition("/")[0] + f"/{name}"


@pytest.fixture
def place(ledger_url: str, mail_server: FakeSmtp) -> Iterator[Place]:
    mail_server.messages.clear()
    mail_server.answers = lambda _stage, _words: None
    place = Place(ledger_url, mail_server)
    yield place
    place.ledger.close()
