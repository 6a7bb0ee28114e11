"""The web app with an inbox: answered when the lead is durable, whatever the tracker does."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from sheetflow.jobs import worker
from sheetflow.jobs.respond import Responder
from sheetflow.tracker.sql import SqlTracker
from sheetflow.web.app import Site, make_app
from sheetflow.workflow import statuses
from tests.fakes.smtp import FakeSmtp
from tests.jobs.conftest import TUESDAY
from tests.jobs.inbox_world import InboxWorld
from tests.web.test_leads import LEAD, TOKEN, wait_for


@pytest.fixture
def world(tmp_path: Path, mail_server: FakeSmtp, monkeypatch: pytest.MonkeyPatch) -> InboxWorld:
    mail_server.messages.clear()
    mail_server.answers = lambda _stage, _words: None
    monkeypatch.setattr(worker, "WAITS", (0.05,))
    return InboxWorld(SqlTracker(f"sqlite:///{tmp_path / 'tracker.db'}"), mail_server, TUESDAY).begin(
        tmp_path
    )


@pytest.fixture
def client(world: InboxWorld) -> Iterator[FlaskClient]:
    responder = Responder(world.ports)
    site = Site(world.ports, responder, {"zapier": ("secret-one",)}, False, "smtp", "off")
    yield make_app(site).test_client()
    responder.stop()


def post(client: FlaskClient, number: int) -> Any:
    lead = {**LEAD, "email": f"lead{number}@example.org"}
    return client.post("/leads", json=lead, headers=TOKEN)


def test_a_lead_goes_through_the_inbox_and_is_answered_without_a_timer(
    client: FlaskClient, world: InboxWorld
) -> None:
    lead_id = post(client, 1).get_json()["lead_id"]
    wait_for(lambda: world.mails)
    wait_for(lambda: world.lead(lead_id).status == statuses.CONTACTED)
    assert world.queue.waiting() == 0


def test_while_the_tracker_is_down_leads_are_taken_and_health_says_how_many_wait(
    client: FlaskClient, world: InboxWorld
) -> None:
    world.front.is_down = True
    for number in range(20):
        assert post(client, number).status_code == 200
    health = client.get("/health")
    found = health.get_json()
    assert (health.status_code, found["capture"], found["tracker"]) == (200, "ok", "down")
    assert (found["waiting"], found["ok"]) == (20, False)
    assert any("20 wait" in problem for problem in found["problems"])
    assert world.mails == []
    world.front.is_down = False
    wait_for(lambda: len(world.mails) == 20)
    assert sorted(world.emails) == sorted(f"lead{number}@example.org" for number in range(20))


def test_what_a_process_left_behind_is_taken_up_by_the_next_one(world: InboxWorld) -> None:
    world.posts("left@example.org")
    responder = Responder(world.ports)
    wait_for(lambda: world.mails)
    responder.stop()


def test_rows_do_not_wait_while_mail_leaves_at_its_pace(client: FlaskClient, world: InboxWorld) -> None:
    go_on = block(world)
    post(client, 1)
    wait_for(lambda: "mail" in world.server.stages)
    post(client, 2)
    wait_for(lambda: len(world.emails) == 2)
    go_on()


def block(world: InboxWorld) -> Callable[[], None]:
    import threading

    event = threading.Event()
    world.server.stages.clear()

    def answers(stage: str, _words: str) -> None:
        if stage == "mail":
            event.wait(10)

    world.server.answers = answers
    return event.set


def test_an_inbox_that_cannot_be_written_is_a_503_and_a_mail(
    client: FlaskClient, world: InboxWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = Path(str(world.queue.engine.url.database))
    while not file.is_dir():
        for part in file.parent.glob("inbox.db*"):
            part.unlink(missing_ok=True)
        with suppress(FileExistsError):  # the responder looks into its inbox too, and makes it anew
            file.mkdir()
    assert post(client, 1).status_code == 503
    assert [str(mail["To"]) for mail in world.mails] == ["studio@example.com"]
    assert client.get("/health").status_code == 503
