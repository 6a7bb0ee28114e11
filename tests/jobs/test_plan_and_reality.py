"""What `plan` says is what then happens, to the second; python -m tests.fuzz_plans tries many more."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from sheetflow.jobs.run import run_job
from sheetflow.jobs.upcoming import upcoming
from sheetflow.workflow import statuses
from tests.fakes.smtp import Answer, FakeSmtp, says
from tests.fuzz_plans import live
from tests.jobs.world import World

BEN, LEA = "ben@example.org", "lea@example.org"
DAYS = timedelta(days=4)


@pytest.fixture(scope="module")
def server() -> Iterator[FakeSmtp]:
    with FakeSmtp("none") as server:
        yield server


@pytest.mark.parametrize("business", [17, 59, 71, 173])
def test_a_random_business_goes_as_planned(tmp_path: Path, server: FakeSmtp, business: int) -> None:
    life = live(business, tmp_path, server)
    assert life.wrong == []
    assert life.foreseen > 0


def planned(world: World) -> list[tuple[str, str, str]]:
    """Action, step and wall-clock time."""
    lines = upcoming(world.ports, DAYS)
    return [(line.action, line.step, f"{line.at:%d %H:%M}" if line.at else "") for line in lines]


def test_a_template_of_which_only_a_variant_is_broken_is_planned_as_it_leaves(
    world: World, tmp_path: Path
) -> None:
    for name, text in (("first_response", "Hello"), ("first_response.de", "Hallo {{ nmae }}")):
        (tmp_path / f"{name}.md").write_text(f"Subject: Hello\n\n{text}\n")
    world.templates = tmp_path
    world.use(replace(world.workflow, templates=frozenset({"first_response", "first_response.de"})))
    world.arrives(LEA, language="de")
    assert planned(world) == [("hold", "first_response", "")]
    assert (world.job().held, world.mails) == (1, [])


def test_while_the_account_is_stopped_the_plan_goes_on_at_its_end(world: World) -> None:
    world.server.answers = says(mail="550 5.4.5 Daily sending quota exceeded")
    world.respond(lead_id := world.arrives(LEA))
    world.server.answers = says()
    assert planned(world)[0] == ("send", "first_response", "24 11:00")
    assert f"{world.row(lead_id).next_follow_up:%d %H:%M}" == "24 11:00"
    world.passes(hours=1)
    assert world.job().sent == 1


def test_what_is_late_because_nothing_ran_is_planned_as_held(world: World) -> None:
    world.respond(world.arrives(LEA))
    world.job()
    world.passes(days=12)
    assert planned(world) == [("hold", "follow_up", "")]
    assert world.job().held == 1


def test_a_message_that_cannot_be_made_leaves_its_place_under_the_daily_limit(
    world: World, tmp_path: Path
) -> None:
    (tmp_path / "first_response.md").write_text("Subject: Hello\n\nAbout {{ service }}\n")
    world.templates = tmp_path
    world.configure(daily_limit=1)
    blank = world.arrives(BEN)
    world.passes(minutes=1)
    world.arrives(LEA, service="Gardening")
    assert planned(world)[0] == ("send", "first_response", "24 10:01")
    done = world.job()
    assert (done.sent, done.held, len(world.mails_to(LEA))) == (1, 1, 1)
    assert world.row(blank).status == statuses.NEEDS_ATTENTION


def test_nobody_waits_a_day_for_a_place_that_a_refusal_left_free(world: World) -> None:
    def refuses_ben(stage: str, words: str) -> Answer:
        return "550 5.4.5 Daily sending quota exceeded" if stage == "rcpt" and BEN in words else None

    world.configure(daily_limit=1)
    world.arrives(BEN)
    world.passes(minutes=1)
    lea = world.arrives(LEA)
    world.server.answers = refuses_ben
    assert world.job().sent == 0
    assert "blocked the sender" in world.row(lea).why
    world.passes(hours=1)
    assert (world.job().sent, len(world.mails_to(LEA))) == (1, 1)


def test_a_dry_run_knows_of_a_changed_configuration(world: World) -> None:
    world.respond(lead_id := world.arrives(LEA))
    world.passes(days=1)
    world.job()
    first, follow_up, *_ = world.workflow.steps
    world.use(replace(world.workflow, steps=(first, replace(follow_up, day=2))))
    assert run_job(world.ports, dry_run=True).would == ((lead_id, "follow_up"),)
    assert world.job().sent == 1
