from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from sheetflow.jobs.respond import Responder
from sheetflow.tracker.sql import SqlTracker
from sheetflow.web.app import Site, make_app
from tests.fakes.smtp import FakeSmtp
from tests.jobs.world import World

Open = Callable[..., FlaskClient]


@pytest.fixture(scope="session")
def mail_server() -> Iterator[FakeSmtp]:
    with FakeSmtp() as server:
        yield server


@pytest.fixture
def world(tmp_path: Path, mail_server: FakeSmtp) -> World:
    mail_server.messages.clear()
    mail_server.answers = lambda _stage, _words: None
    now = datetime(2026, 3, 24, 9, 0, tzinfo=UTC)
    return World(SqlTracker(f"sqlite:///{tmp_path / 'tracker.db'}"), mail_server, now)


@pytest.fixture
def site(world: World) -> Iterator[Open]:
    """Opens the web app over a world; its responders end with the test."""
    responders = []

    def open_site(**changes: Any) -> FlaskClient:
        responder = Responder(world.ports)
        responders.append(responder)
        settings: dict[str, Any] = {
            "ports": world.ports,
            "responder": responder,
            "tokens": {"zapier": ("secret-one", "secret-two"), "form": ("third",)},
            "takes_loopback": False,
            "mail": "smtp",
            "mailbox": "off",
        }
        return make_app(Site(**{**settings, **changes})).test_client()

    yield open_site
    for responder in responders:
        responder.stop()
