"""How long a run may last, and what it leaves for the next one."""

from dataclasses import replace
from datetime import datetime

from sheetflow.jobs.run import LONGEST_RUN
from sheetflow.workflow.events import Kind
from tests.jobs.world import World


def test_no_chunk_is_begun_after_eight_minutes_and_the_next_run_goes_on(world: World) -> None:
    leads = [world.arrives(f"lead{number}@example.org") for number in range(150)]
    began = world.now

    def slow(stage: str, _words: str) -> None:
        if stage == "end" and len(world.server.messages) == 99:
            world.now = began + LONGEST_RUN

    world.server.answers = slow
    assert world.job().sent == 100
    claimed = sum(len(world.events(lead_id, Kind.CLAIMED)) for lead_id in leads)
    assert claimed == 100
    assert world.job().sent == 50


def test_a_claim_older_than_two_minutes_is_given_back_unsent(world: World) -> None:
    leads = [world.arrives(f"lead{number}@example.org") for number in range(3)]

    def slow(stage: str, _words: str) -> None:
        if stage == "end" and not world.server.messages:
            world.passes(minutes=2)

    world.server.answers = slow
    assert world.job().sent == 1
    released = sum(len(world.events(lead_id, Kind.RELEASED)) for lead_id in leads)
    assert released == 2
    assert world.job().sent == 2
    assert len(world.server.messages) == 3


def test_seven_days_a_week_the_steps_leave_on_days_1_3_5_and_7(world: World) -> None:
    every_day = replace(world.workflow.window, days=frozenset(range(7)), holidays=())
    world.use(replace(world.workflow, window=every_day))
    lead_id = world.arrives()
    world.respond(lead_id)
    for day in range(24, 32):
        world.job_at(f"2026-03-{day}", "10:00")
    sent = [world.workflow.local(event.at) for event in world.events(lead_id, Kind.SENT)]
    # The clocks go forward in the night to the 29th: the wall clock stays, the hour of the world moves.
    assert [f"{at:%d %H:%M}" for at in sent] == ["24 10:00", "26 10:00", "28 10:00", "30 10:00"]
    assert world.row(lead_id).status == "Nurture"


def test_a_run_that_outlasts_the_hours_leaves_the_rest_for_the_next_morning(world: World) -> None:
    leads = [world.arrives(f"lead{number}@example.org") for number in range(150)]
    world.respond(*leads)
    world.now = datetime.fromisoformat("2026-03-26T16:59:00+01:00")
    world.server.messages.clear()

    def slow(stage: str, _words: str) -> None:
        if stage == "end" and len(world.server.messages) == 50:
            world.passes(minutes=1)

    world.server.answers = slow
    assert world.job().sent == 100
    left = [world.row(lead_id) for lead_id in leads if world.row(lead_id).last_step != "follow_up"]
    assert {lead.why for lead in left} == {"Follow up goes out on Fri 27 Mar 2026, 09:00."}
    assert {lead.next_follow_up for lead in left} == {datetime.fromisoformat("2026-03-27 09:00")}
    world.now = datetime.fromisoformat("2026-03-27T09:00:00+01:00")
    assert world.job().sent == 50
