"""The plan says what the runs will do, by the same decisions."""

import pytest

from sheetflow.workflow.brakes import Brakes
from sheetflow.workflow.events import Kind
from sheetflow.workflow.plan import plan
from tests.workflow.builders import WORKFLOW, Tracked, at, sending

BEN = "L-BENBENBENB"


def planned(*leads, workflow=WORKFLOW, now="2026-03-24 10:00", until="2026-04-07 10:00", word="ON"):
    cases = [lead.looks(now).case for lead in leads]
    lines = plan(cases, (), workflow, at(now), at(until), Brakes(word))
    return [
        (line.lead_id, line.step, line.action, f"{line.at:%m-%d %H:%M}" if line.at else "") for line in lines
    ]


def test_a_new_lead_gets_its_steps_over_the_weekend_and_easter():
    lead = Tracked()
    lines = planned(lead)
    assert [line[1:] for line in lines] == [
        ("first_response", "send", "03-24 10:00"),
        ("follow_up", "send", "03-26 10:00"),
        ("check_in", "send", "03-30 09:00"),
        ("re_engage", "send", "04-01 09:00"),
    ]
    times = [f"2026-{when}" for *_, when in lines]
    assert lead.runs(*times) == [step for _, step, *_ in lines]


@pytest.mark.parametrize(
    ("word", "line"),
    [
        ("Won", ("", "stop", "")),
        ("Paused", ("", "hold", "")),
        ("Nurture", ("nurture-1", "wait", "04-24 10:00")),
    ],
)
def test_a_lead_that_gets_nothing_has_one_line_that_says_why(word, line):
    lead = Tracked().types(status=word)
    assert [found[1:] for found in planned(lead)] == [line]


def test_a_word_just_typed_counts_from_now_in_the_plan_too():
    lead = Tracked().types(status="Contacted")
    assert [line[1:] for line in planned(lead, until="2026-03-31 10:00")] == [
        ("follow_up", "send", "03-26 10:00"),
        ("check_in", "send", "03-30 09:00"),
    ]


def test_what_the_daily_limit_leaves_over_is_planned_for_the_day_after():
    ada, ben = Tracked(), Tracked(lead_id=BEN, email="ben@example.org")
    lines = planned(ada, ben, workflow=sending(daily_limit=1), until="2026-03-25 23:00")
    assert [line[2:] for line in lines] == [("send", "03-24 10:00"), ("send", "03-25 10:00")]


def test_while_sending_is_paused_nothing_is_planned_to_leave():
    lead = Tracked()
    assert [line[2] for line in planned(lead, word="PAUSED")] == ["wait"]


def test_a_held_lead_is_planned_as_held():
    lead = Tracked()
    lead.answers = [(Kind.UNKNOWN, "lost")]
    lead.run("2026-03-24 10:00")
    assert planned(lead, now="2026-03-24 11:00") == [(lead.row.id, "first_response", "hold", "")]


def test_without_leads_there_is_no_plan():
    assert plan((), (), WORKFLOW, at("2026-03-24 10:00"), at("2026-04-07 10:00"), Brakes("ON")) == []
