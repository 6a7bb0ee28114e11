"""Processes that are killed, or run twice at once, over a real database and a real mail server."""

import os
import signal
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import event
from sqlalchemy.exc import OperationalError

from sheetflow.workflow import statuses
from sheetflow.workflow.events import Kind
from tests.contracts.sites import postgresql_site, sqlite_site
from tests.fakes.smtp import LOSE, FakeSmtp, Slow, says
from tests.jobs.conftest import TUESDAY
from tests.jobs.world import World
from tests.simulation.patience import wait_for
from tests.simulation.processes import KILLED, fork, kill_at, wait

DATABASES = ["sqlite", pytest.param("postgresql", marks=pytest.mark.needs_postgresql)]


@pytest.fixture(scope="module")
def server() -> Iterator[FakeSmtp]:
    with FakeSmtp("none") as server:
        yield server


@pytest.fixture(params=DATABASES)
def anew(request: pytest.FixtureRequest, tmp_path: Path, server: FakeSmtp) -> Callable[[], World]:
    """Makes a business with an empty ledger."""

    def make() -> World:
        server.messages.clear()
        server.stages.clear()
        server.answers = says()
        if request.param == "postgresql":
            return World(postgresql_site(request.getfixturevalue("postgresql_url")).url, server, TUESDAY)
        for file in tmp_path.glob("*.db*"):
            file.unlink()
        return World(sqlite_site(tmp_path).url, server, TUESDAY)

    return make


@pytest.fixture
def world(anew: Callable[[], World]) -> Iterator[World]:
    world = anew()
    yield world
    world.ledger.close()


def again(world: World) -> World:
    """The same business, as another process has it."""
    return World(world.url, world.server, world.now)


def arrive(world: World, count: int) -> list[str]:
    return [world.arrives(f"lead{number}@example.org") for number in range(count)]


def copies(world: World) -> Counter[str]:
    return Counter(captured.rcpt_to[0] for captured in world.server.messages)


def goes_on(world: World) -> None:
    for minutes in (5, 15, 20):
        world.passes(minutes=minutes)
        world.job()


def test_a_job_killed_before_or_after_any_commit_sends_no_step_twice_and_the_next_runs_tell_what_became_of_it(
    anew: Callable[[], World],
) -> None:
    for number in range(1, 100):
        world = anew()
        lead_ids = arrive(world, 2)
        world.ledger.close()

        def job(world: World = world, number: int = number) -> None:
            dying = again(world)
            kill_at(number, dying.ledger)
            dying.job()

        code = wait(fork(job))
        assert code in (0, KILLED)
        goes_on(world)
        assert set(copies(world).values()) <= {1}
        for lead_id in lead_ids:
            row, is_sent = world.row(lead_id), bool(world.events(lead_id, Kind.SENT))
            assert row.status == (statuses.CONTACTED if is_sent else statuses.NEEDS_ATTENTION)
            assert row.emails_sent == int(is_sent)
            # If the claim stood alone it can't be known whether the message left: a person is asked.
            assert is_sent or len(world.events(lead_id, Kind.UNKNOWN)) == 1
            assert not is_sent or len(world.mails_to(world.lead(lead_id).email)) == 1
        world.ledger.close()
        if code == 0:
            break
    assert number > 12


def test_a_job_killed_within_data_sends_at_most_one_copy(world: World) -> None:
    [lead_id] = arrive(world, 1)
    world.server.answers = says(end=Slow(3.0))
    world.ledger.close()
    child = fork(lambda: again(world).job())
    wait_for(lambda: "body" in world.server.stages)
    os.kill(child, signal.SIGKILL)
    assert wait(child) == KILLED
    world.server.answers = says()
    goes_on(world)
    assert sum(copies(world).values()) <= 1
    assert world.row(lead_id).status == statuses.NEEDS_ATTENTION


def test_two_jobs_at_once_over_100_due_leads_send_100_mails(world: World) -> None:
    arrive(world, 100)
    world.ledger.close()
    children = [fork(lambda: again(world).job()) for _ in range(2)]
    assert [wait(child) for child in children] == [0, 0]
    goes_on(world)
    assert len(copies(world)) == 100
    assert set(copies(world).values()) == {1}
    assert {row.status for row in world.rows()} == {statuses.CONTACTED}


def test_a_server_that_takes_the_message_and_drops_the_line_gets_one_copy(world: World) -> None:
    [lead_id] = arrive(world, 1)
    world.server.answers = says(end=LOSE)
    for _ in range(10):
        world.job()
        world.passes(minutes=20)
    assert sum(copies(world).values()) == 1
    row = world.row(lead_id)
    assert row.status == statuses.NEEDS_ATTENTION
    assert "isn't known whether" in row.why


def test_a_job_that_is_asked_to_stop_gives_back_its_claims_and_the_next_one_sends_them(world: World) -> None:
    lead_ids = arrive(world, 10)
    world.server.answers = says(end=Slow(0.3))
    world.ledger.close()

    def job() -> None:
        stopped = again(world)
        signal.signal(signal.SIGTERM, lambda *_: setattr(stopped, "stop", True))
        stopped.job()

    child = fork(job)
    wait_for(lambda: len(world.server.messages) >= 2)
    os.kill(child, signal.SIGTERM)
    assert wait(child) == 0
    taken = len(world.server.messages)
    kinds = Counter(event.kind for lead_id in lead_ids for event in world.events(lead_id))
    assert (kinds[Kind.SENT], kinds[Kind.RELEASED]) == (taken, 10 - taken)
    assert taken < 10
    world.server.answers = says()
    goes_on(world)
    assert set(copies(world).values()) == {1}
    assert len(copies(world)) == 10


@pytest.mark.parametrize("came_through", [True, False])
def test_a_claim_whose_commit_was_not_answered_is_looked_up_before_anything_is_sent(
    world: World, came_through: bool
) -> None:
    lead_ids = arrive(world, 3)
    claiming: list[str] = []

    def sees(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if statement.startswith("INSERT INTO sheetflow_claims"):
            claiming.append(statement)

    def loses_the_answer(connection: object) -> None:
        if claiming and not lost:
            lost.append(True)
            raw = connection.connection.dbapi_connection  # type: ignore[attr-defined]
            raw.commit() if came_through else raw.rollback()
            raise OperationalError("COMMIT", None, OSError("the line was lost"))

    lost: list[bool] = []
    engine = world.ledger.database.engine
    event.listen(engine, "before_cursor_execute", sees)
    event.listen(engine, "commit", loses_the_answer)
    world.job()
    assert lost
    assert copies(world) == (dict.fromkeys(copies(world), 1) if came_through else {})
    goes_on(world)
    assert len(copies(world)) == 3
    assert set(copies(world).values()) == {1}
    assert all(world.row(lead_id).status == statuses.CONTACTED for lead_id in lead_ids)


def test_a_responder_and_a_job_that_answer_the_same_leads_at_once_send_one_mail_each(world: World) -> None:
    lead_ids = arrive(world, 20)
    world.ledger.close()
    children = [
        fork(lambda: again(world).respond(*lead_ids)),
        fork(lambda: again(world).job()),
        fork(lambda: again(world).respond(*reversed(lead_ids))),
    ]
    assert [wait(child) for child in children] == [0, 0, 0]
    goes_on(world)
    assert copies(world) == dict.fromkeys(copies(world), 1)
    assert len(copies(world)) == 20


def test_a_killed_job_leaves_the_mailbox_and_its_turn_to_the_next(world: World) -> None:
    """What only one may do at a time is held by a lease that expires."""
    lead_id = world.arrives()
    world.job()
    world.passes(days=2)
    with world.ledger.writing() as book:
        assert book.lease("mailbox", "a process that died", 600)
    assert world.job().sent == 0
    assert "another run is reading the mailbox" in str(world.row(lead_id).why)
    world.passes(minutes=11)
    assert world.job().sent == 1
