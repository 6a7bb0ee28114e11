"""What a page that everybody can post from brings: limits that hold over processes and outlast a restart."""

from datetime import timedelta

import pytest

from sheetflow.capture.submission import Submission
from sheetflow.errors import Flooded
from sheetflow.jobs.intake import take_in
from sheetflow.ledger.visits import Visit
from sheetflow.workflow import statuses
from sheetflow.workflow.events import Kind
from tests.jobs.world import World

HERE, ELSEWHERE = Visit("192.0.2.1"), Visit("2001:db8::1")


def posts(world: World, number: int, visit: Visit = HERE, email: str = "") -> str:
    said = Submission(name="Lea Lead", email=email or f"lead{number}@example.org", message=f"Hello {number}")
    [receipt] = take_in([said], world.ports, door="form", keys=[str(number)], visit=visit)
    return receipt.lead_id


def test_from_the_sixth_lead_an_hour_of_one_visitor_a_person_is_asked_and_nobody_is_mailed(
    world: World,
) -> None:
    leads = [posts(world, number) for number in range(8)]
    other = posts(world, 8, ELSEWHERE)
    world.job()
    mailed = {event.lead_id for lead in [*leads, other] for event in world.events(lead, Kind.SENT)}
    assert mailed == {*leads[:5], other}
    row = world.row(leads[5])
    assert row.status == statuses.NEEDS_ATTENTION
    assert row.why.startswith("From a public page, and more than 5 enquiries came from one place")


def test_the_limit_outlasts_a_restart_and_ends_after_an_hour(world: World) -> None:
    for number in range(5):
        posts(world, number)
    world.use(world.workflow)
    sixth = posts(world, 5)
    world.passes(hours=1, seconds=1)
    later = posts(world, 6)
    assert [world.row(lead).status for lead in (sixth, later)] == [statuses.NEEDS_ATTENTION, statuses.NEW]


def test_above_a_hundred_an_hour_nothing_more_is_taken(world: World) -> None:
    for number in range(100):
        posts(world, number)
    with pytest.raises(Flooded):
        posts(world, 100)
    assert len(world.rows()) == 100
    assert posts(world, 101, ELSEWHERE)


def test_a_doubtful_lead_is_kept_and_not_answered(world: World) -> None:
    lead_id = posts(world, 1, Visit("192.0.2.1", "a hidden field was filled in"))
    world.job()
    assert world.mails == []
    assert "a hidden field was filled in" in world.row(lead_id).why


def test_one_address_gets_at_most_two_messages_a_day_however_many_places_name_it(world: World) -> None:
    for number in range(40):
        lead_id = posts(world, number, Visit(f"192.0.2.{number}"), "victim@example.org")
        world.respond(lead_id)
        world.types(lead_id, "status", statuses.LOST)
    assert len(world.mails_to("victim@example.org")) == 2
    assert world.row(lead_id).status == statuses.LOST
    world.passes(days=1, seconds=1)
    world.respond(posts(world, 41, Visit("192.0.2.99"), "victim@example.org"))
    assert len(world.mails_to("victim@example.org")) == 3


def test_visits_are_forgotten_after_a_day_and_name_no_address(world: World) -> None:
    posts(world, 1)
    assert "192.0.2.1" not in str(world.tables()["sheetflow_visits"])
    world.now += timedelta(days=1, seconds=1)
    posts(world, 2)
    assert len(world.tables()["sheetflow_visits"]) == 1
