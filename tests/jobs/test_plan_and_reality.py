"""What `plan` says is what a job every hour does."""

from datetime import timedelta

import pytest

from sheetflow.jobs.upcoming import upcoming
from sheetflow.workflow.events import Kind
from tests.jobs.world import World


@pytest.mark.parametrize("limit", [400, 2])
def test_the_plan_names_every_message_that_then_leaves(world: World, limit: int) -> None:
    world.configure(daily_limit=limit)
    for number in range(4):
        world.arrives(f"lead{number}@example.org")
        world.passes(minutes=1)
    began, horizon = world.now, timedelta(days=9)
    planned = [line for line in upcoming(world.ports, horizon) if line.action == "send"]
    while world.now < began + horizon:
        world.job()
        world.passes(hours=1)
    leads = [row.id for row in world.rows()]
    sent = [event for lead_id in leads for event in world.events(lead_id, Kind.SENT)]
    assert {(line.lead_id, line.step) for line in planned} == {(event.lead_id, event.step) for event in sent}
    for event in sent:
        at = next(line.at for line in planned if (line.lead_id, line.step) == (event.lead_id, event.step))
        assert at is not None
        # A step is timed from the one before it, and each leaves up to an hour behind its plan.
        assert timedelta(0) <= event.at - at <= timedelta(hours=4)
