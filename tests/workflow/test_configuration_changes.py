"""Steps that are renamed, inserted, removed or moved while leads are on their way."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from sheetflow.workflow.decide import Stop
from sheetflow.workflow.events import Claim, Kind
from sheetflow.workflow.sequence import Step
from tests.workflow.builders import CHECK_IN, FIRST, FOLLOW_UP, RE_ENGAGE, STEPS, WORKFLOW, Tracked, at

WELCOME = replace(FIRST, name="welcome")
NUDGE = replace(FOLLOW_UP, name="nudge")
INTRO = Step("intro", 2, "intro")


def after(sent, steps):
    """A lead with so many of today's steps behind it, when the configuration becomes `steps`."""
    lead = Tracked()
    lead.runs(*("2026-03-24 10:00", "2026-03-26 10:00", "2026-03-30 09:00", "2026-04-01 09:00")[:sent])
    lead.workflow = replace(WORKFLOW, steps=steps, nurture=())
    return lead


@pytest.mark.parametrize(
    ("sent", "steps", "then"),
    [
        # renamed
        (1, (WELCOME, *STEPS[1:]), ["follow_up", "check_in", "re_engage"]),
        (2, (FIRST, NUDGE, CHECK_IN, RE_ENGAGE), ["check_in", "re_engage"]),
        (2, (WELCOME, NUDGE, CHECK_IN, RE_ENGAGE), ["check_in", "re_engage"]),
        (1, (FIRST, NUDGE, CHECK_IN, RE_ENGAGE), ["nudge", "check_in", "re_engage"]),
        (4, (FIRST, FOLLOW_UP, CHECK_IN, replace(RE_ENGAGE, name="last_try")), []),
        # inserted before what was sent, and after it
        (2, (FIRST, INTRO, *STEPS[1:]), ["check_in", "re_engage"]),
        (1, (INTRO, *STEPS), ["follow_up", "check_in", "re_engage"]),
        (1, (FIRST, INTRO, *STEPS[1:]), ["intro", "follow_up", "check_in", "re_engage"]),
        # removed, before what was sent and after it
        (3, (FIRST, CHECK_IN, RE_ENGAGE), ["re_engage"]),
        (3, (FIRST, FOLLOW_UP, CHECK_IN), []),
        (2, (FIRST, RE_ENGAGE), []),
        # everything is new: a lead never starts again
        (4, (WELCOME, NUDGE), []),
        (2, tuple(replace(step, name=f"{step.name}_2") for step in STEPS), ["check_in_2", "re_engage_2"]),
    ],
)
def test_nothing_is_sent_again_and_nobody_starts_again(sent, steps, then):
    lead = after(sent, steps)
    days = (date(2026, 3, 24) + timedelta(days=number) for number in range(35))
    assert lead.runs(*(f"{day} 12:00" for day in days)) == then
    assert isinstance(lead.decides("2026-04-28 13:00"), Stop)


@pytest.mark.parametrize("crash", [True, False])
def test_a_renamed_step_whose_message_may_have_left_is_asked_about_under_its_new_name_too(crash):
    lead = Tracked()
    claim = Claim(lead.row.id, "first_response", 1)
    lead.events += (claim.event(Kind.CLAIMED, at("2026-03-24 10:00"), "web"),)
    if not crash:
        lead.events += (claim.event(Kind.UNKNOWN, at("2026-03-24 10:01"), "web", "lost"),)
    lead.workflow = replace(WORKFLOW, steps=(WELCOME, *STEPS[1:]))
    assert lead.runs("2026-03-24 10:05", "2026-03-24 10:20", "2026-03-25 10:00") == []
    assert lead.row.status == "Needs attention"
    assert lead.types(status="Following up").runs("2026-03-25 11:00", "2026-03-26 11:00") == ["follow_up"]


def test_a_renamed_step_is_sent_again_only_on_a_persons_word():
    lead = Tracked()
    lead.answers = [(Kind.UNKNOWN, "lost")]
    lead.run("2026-03-24 10:00")
    lead.workflow = replace(WORKFLOW, steps=(WELCOME, *STEPS[1:]))
    assert lead.types(status="Send again").runs("2026-03-24 11:00", "2026-03-24 11:10") == ["welcome"]


def test_a_day_that_is_moved_counts_for_what_is_still_to_come():
    lead = after(1, (FIRST, replace(FOLLOW_UP, day=4), CHECK_IN))
    assert lead.decides("2026-03-24 11:00").at == at("2026-03-27 10:00")


def test_a_status_never_goes_back_when_steps_are_renamed():
    lead = after(2, tuple(replace(step, name=f"{step.name}_2") for step in STEPS))
    lead.run("2026-03-27 10:00")
    assert lead.row.status == "Following up"


def test_fewer_nurture_messages_are_the_end_and_not_the_beginning():
    lead = Tracked(replace(WORKFLOW, steps=(FIRST,)))
    lead.runs("2026-03-24 10:00", "2026-04-24 10:00", "2026-05-26 10:00")
    lead.workflow = replace(WORKFLOW, nurture=())
    assert isinstance(lead.decides("2026-07-01 10:00"), Stop)
    lead.workflow = replace(WORKFLOW, steps=STEPS, nurture=WORKFLOW.nurture[:1])
    assert isinstance(lead.decides("2026-07-01 10:00"), Stop)


def finished():
    """A lead with the only two steps that there were behind it."""
    lead = Tracked(replace(WORKFLOW, steps=(FIRST, FOLLOW_UP), nurture=()))
    lead.runs("2026-03-24 10:00", "2026-03-26 10:00")
    assert lead.lead.is_finished
    return lead


@pytest.mark.parametrize("more", [{"steps": STEPS}, {"nurture": WORKFLOW.nurture}])
def test_steps_that_are_added_bring_nothing_to_a_lead_whose_sequence_has_finished(more):
    lead = finished()
    lead.workflow = replace(lead.workflow, **more)
    assert lead.runs("2026-03-30 10:00", "2026-04-30 10:00", "2026-06-01 10:00") == []
    assert "sequence finished" in lead.row.why
    assert lead.row.status == "Nurture"


def test_nurture_typed_on_a_lead_without_any_message_can_be_taken_back_too():
    lead = Tracked(replace(WORKFLOW, nurture=())).types(status="Nurture")
    lead.run("2026-03-24 10:30")
    assert lead.lead.is_finished
    lead.types(status="Following up")
    assert lead.runs("2026-03-24 11:00", "2026-03-26 12:00") == ["follow_up"]


def test_a_persons_word_opens_a_finished_sequence_for_the_steps_that_were_added():
    lead = finished()
    lead.workflow = replace(lead.workflow, steps=STEPS)
    lead.run("2026-03-30 10:00")
    assert lead.types(status="Following up").runs("2026-03-30 11:00", "2026-04-01 11:00") == [
        "check_in",
        "re_engage",
    ]


def test_an_earlier_day_makes_nothing_late():
    lead = after(1, (FIRST, replace(FOLLOW_UP, day=30), CHECK_IN))
    lead.runs(*(f"2026-04-{day:02} 10:00" for day in range(1, 20)))
    lead.workflow = replace(WORKFLOW, nurture=())
    assert lead.run("2026-04-20 10:00") == "follow_up"


def test_two_messages_are_twenty_hours_apart_however_the_steps_were_moved():
    moved = (FIRST, replace(CHECK_IN, day=2), replace(FOLLOW_UP, day=3), replace(RE_ENGAGE, day=4))
    lead = after(3, moved)  # check_in left on Monday at 9, and follow_up, now the last one before, days ago
    assert lead.runs("2026-03-30 09:10", "2026-03-30 16:50", "2026-03-31 08:59") == []
    assert lead.decides("2026-03-30 09:10").at == at("2026-03-31 09:00")
    assert lead.run("2026-03-31 09:00") == "re_engage"


def test_a_day_that_a_person_typed_is_obeyed_sooner_than_that():
    lead = after(2, STEPS)
    lead.types(next_follow_up="2026-03-26 15:00")
    assert lead.runs("2026-03-26 14:50", "2026-03-26 15:00") == ["check_in"]
