"""What a run costs at the tracker, and how long it may last."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from sheetflow.jobs.run import LONGEST_RUN, run_job
from sheetflow.workflow.events import Kind
from tests.jobs.world import World


class Counting:
    """The tracker, counted."""

    def __init__(self, tracker: Any) -> None:
        self.tracker, self.calls = tracker, []

    def __getattr__(self, name: str) -> Any:
        def call(*arguments: Any) -> Any:
            self.calls.append(name)
            return getattr(self.tracker, name)(*arguments)

        return call


def test_a_run_reads_once_and_writes_once_a_chunk_and_once_at_its_end(world: World) -> None:
    for number in range(250):
        world.arrives(f"lead{number}@example.org")
    counting = Counting(world.tracker)
    assert run_job(replace(world.ports, tracker=counting)).sent == 250
    assert counting.calls == ["snapshot", "claim", "claim", "claim", "commit"]


def test_with_nothing_due_a_run_is_one_read_and_one_write(world: World) -> None:
    world.arrives()
    world.job()
    counting = Counting(world.tracker)
    run_job(replace(world.ports, tracker=counting))
    assert counting.calls == ["snapshot", "commit"]


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
    world.workflow = replace(world.workflow, window=every_day)
    lead_id = world.arrives()
    world.respond(lead_id)
    for day in range(24, 32):
        world.job_at(f"2026-03-{day}", "10:00")
    sent = [world.workflow.local(event.at) for event in world.events(lead_id, Kind.SENT)]
    # The clocks go forward in the night to the 29th: the wall clock stays, the hour of the world moves.
    assert [f"{at:%d %H:%M}" for at in sent] == ["24 10:00", "26 10:00", "28 10:00", "30 10:00"]
    assert world.lead(lead_id).status == "Nurture"


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
    left = [world.lead(lead_id) for lead_id in leads if world.lead(lead_id).last_step != "follow_up"]
    assert {lead.why for lead in left} == {"Follow up goes out on Fri 27 Mar 2026, 09:00."}
    assert {lead.next_follow_up for lead in left} == {datetime.fromisoformat("2026-03-27 09:00")}
    world.now = datetime.fromisoformat("2026-03-27T09:00:00+01:00")
    assert world.job().sent == 50
