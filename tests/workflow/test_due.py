"""When each step leaves: from the real send time of the one before, into the next open window."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from sheetflow.workflow.brakes import Brakes
from sheetflow.workflow.decide import Hold, Send, Stop, Wait
from sheetflow.workflow.sequence import Window
from tests.workflow.builders import (
    FIRST,
    FOLLOW_UP,
    NEW_YORK,
    NURTURE,
    STEPS,
    WORKFLOW,
    Tracked,
    at,
    sending,
)

EVERY_DAY = replace(WORKFLOW, window=Window(frozenset(range(7)), time(0), time.max))


def test_the_first_response_leaves_at_once_at_any_hour_of_any_day():
    lead = Tracked(arrived="2026-03-28 23:10")  # a Saturday night
    assert lead.decides("2026-03-28 23:10") == Send(
        FIRST, 1, at("2026-03-28 23:10"), "First response goes out now."
    )


def test_a_first_response_that_is_not_free_of_the_window_waits_for_it():
    lead = Tracked(
        replace(WORKFLOW, steps=(replace(FIRST, anytime=False), *STEPS[1:])), arrived="2026-03-28 23:10"
    )
    assert lead.decides("2026-03-28 23:10").at == at("2026-03-30 09:00")


@pytest.mark.parametrize(
    ("answered", "due"),
    [
        ("2026-03-24 10:15", "2026-03-26 10:15"),
        ("2026-03-24 20:00", "2026-03-27 09:00"),  # due Thursday evening: Friday morning
        ("2026-03-24 03:00", "2026-03-26 09:00"),
        ("2026-03-26 10:15", "2026-03-30 09:00"),  # due on Saturday
        ("2026-03-27 02:30", "2026-03-30 09:00"),
        ("2026-04-01 10:15", "2026-04-07 09:00"),  # due on Good Friday: after Easter Monday
        ("2026-10-23 10:15", "2026-10-26 09:00"),  # due on the Sunday that summer time ends
    ],
)
def test_the_second_step_is_due_two_days_after_the_first_left(answered, due):
    lead = Tracked(arrived=answered)
    assert lead.run(answered) == "first_response"
    assert lead.decides(answered).at == at(due)


@pytest.mark.parametrize(
    ("zone", "answered", "due"),
    [
        (None, "2026-03-27 10:15", "2026-03-29 10:15"),  # 47 hours in Berlin
        (None, "2026-03-27 02:30", "2026-03-29 03:30"),  # the gap
        (None, "2026-10-23 02:30", "2026-10-25 02:30"),  # the first of two
        (NEW_YORK, "2026-03-06 02:30", "2026-03-08 03:30"),
        (NEW_YORK, "2026-10-30 01:30", "2026-11-01 01:30"),
    ],
)
def test_due_dates_keep_the_time_on_the_wall_over_the_change_of_the_clocks(zone, answered, due):
    business = replace(WORKFLOW.business, zone=zone or WORKFLOW.business.zone)
    lead = Tracked(replace(EVERY_DAY, business=business))
    lead.events = tuple(replace(event, at=at(answered, business.zone)) for event in lead.events)
    moment = lead.workflow.local(at(answered, business.zone)).replace(tzinfo=business.zone)
    assert lead.run(moment.astimezone(WORKFLOW.business.zone).strftime("%Y-%m-%d %H:%M")) == "first_response"
    assert lead.looks("2026-01-01 00:00").decision.at == at(due, business.zone)


def test_a_whole_sequence_over_easter_counts_from_what_really_left():
    lead = Tracked(arrived="2026-03-31 11:00")
    table = [
        ("2026-03-31 11:00", "first_response"),
        ("2026-04-02 10:59", ""),
        ("2026-04-02 11:00", "follow_up"),
        ("2026-04-04 12:00", ""),  # due, but Saturday
        ("2026-04-06 12:00", ""),  # a holiday
        ("2026-04-07 09:00", "check_in"),
        ("2026-04-09 08:59", ""),
        ("2026-04-09 09:00", "re_engage"),
        ("2026-05-11 08:59", ""),  # 9 May is a Saturday
        ("2026-05-11 09:00", "nurture-1"),
    ]
    assert [(when, lead.run(when)) for when, _ in table] == table
    assert lead.row.status == "Nurture"


def test_a_late_run_shifts_what_follows_it():
    lead = Tracked()
    assert lead.runs("2026-03-24 10:00", "2026-03-27 15:00") == ["first_response", "follow_up"]
    assert lead.decides("2026-03-27 15:00").at == at("2026-03-30 09:00")  # two days on is Sunday


def test_missed_runs_are_caught_up_one_step_at_a_time():
    lead = Tracked()
    lead.run("2026-03-24 10:00")
    assert lead.runs("2026-03-31 10:00", "2026-03-31 10:10", "2026-03-31 16:50") == ["follow_up"]


def test_a_step_later_than_the_limit_is_held_for_a_person():
    lead = Tracked(EVERY_DAY)
    lead.run("2026-03-24 10:00")
    # Seven days of 24 hours after Thursday 26 March, 10:00: summer time has begun in between.
    assert isinstance(lead.decides("2026-04-02 11:00"), Send)
    held = lead.decides("2026-04-02 11:01")
    assert isinstance(held, Hold)
    assert held.is_new
    assert "7 days late" in held.why


def test_the_limit_of_lateness_is_the_businesss():
    lead = Tracked(sending(late_after=timedelta(days=1)))
    lead.run("2026-03-24 10:00")
    assert isinstance(lead.decides("2026-03-27 10:01"), Hold)


def test_lateness_counts_from_the_window_and_not_from_the_closed_days_before_it():
    lead = Tracked(sending(late_after=timedelta(days=1)), arrived="2026-04-01 10:15")
    lead.run("2026-04-01 10:15")
    assert isinstance(lead.decides("2026-04-07 09:30"), Send)  # due on Good Friday, open on Tuesday


def test_a_first_response_too_late_is_held_as_well():
    assert isinstance(Tracked(arrived="2026-03-24 10:00").decides("2026-03-31 11:01"), Hold)


def test_a_pause_of_all_sending_makes_nothing_late_and_one_step_leaves_after_it():
    lead = Tracked()
    lead.run("2026-03-24 10:00")
    for week in ("03-26", "04-02", "04-09", "04-16"):
        assert lead.run(f"2026-{week} 10:00", Brakes("PAUSED")) == ""
    assert lead.runs("2026-04-16 11:00", "2026-04-16 12:00") == ["follow_up"]
    assert lead.decides("2026-04-16 12:00").at == at("2026-04-20 09:00")  # two days on is Saturday


def test_only_the_first_run_after_a_silence_calls_a_step_late():
    lead = Tracked()
    lead.run("2026-03-24 10:00")
    lead.ran_at = at("2026-03-27 10:00")  # it ran while the step was due
    assert isinstance(lead.decides("2026-04-20 10:00"), Send)


@pytest.mark.parametrize(
    ("last", "due"),
    [
        ("2026-01-30 10:00", "2026-03-02 09:00"),  # 28 February is a Saturday
        ("2026-03-31 10:00", "2026-04-30 10:00"),
        ("2026-08-31 10:00", "2026-09-30 10:00"),
        ("2026-12-15 10:00", "2027-01-15 10:00"),
    ],
)
def test_nurture_messages_leave_a_month_after_the_last_message(last, due):
    lead = Tracked(replace(WORKFLOW, steps=(FIRST,)), arrived=last)
    lead.run(last)
    assert lead.decides(last) == Wait(NURTURE[0], at(due), lead.decides(last).why)


def test_twelve_months_of_nurture_are_the_end():
    lead = Tracked(replace(WORKFLOW, steps=(FIRST,)), arrived="2026-01-05 10:00")
    days = [date(2026, 1, 5) + timedelta(days=number) for number in range(500)]
    assert lead.runs(*(f"{day} 10:00" for day in days)) == [
        "first_response",
        *(step.name for step in NURTURE),
    ]
    assert isinstance(lead.decides("2028-01-05 10:00"), Stop)


def test_without_nurture_messages_the_sequence_finishes_in_words():
    lead = Tracked(replace(WORKFLOW, steps=STEPS[:2], nurture=()))
    lead.runs("2026-03-24 10:00", "2026-03-26 10:00")
    assert "sequence finished" in lead.row.why
    assert lead.row.status == "Nurture"
    assert lead.run("2026-05-26 10:00") == ""


def test_what_is_due_counts_from_arrival_and_not_from_the_senders_time():
    lead = Tracked(arrived="2026-03-24 10:00", submitted=at("2026-03-01 10:00"))
    assert isinstance(lead.decides("2026-03-24 10:00"), Send)
    assert lead.row.received.isoformat() == "2026-03-01T10:00:00"


def test_a_lead_whose_arrival_is_not_on_record_is_held_and_breaks_nothing():
    lead = Tracked()
    lead.events = ()
    decision = lead.decides("2026-03-24 10:00")
    assert isinstance(decision, Hold)
    assert "Activity doesn't say" in decision.why
    lead.run("2026-03-24 10:00")
    assert lead.types(status="Send again").run("2026-03-24 10:10") == "first_response"


def test_a_step_that_ignores_the_window_leaves_on_a_sunday_and_one_that_does_not_waits():
    steps = (FIRST, replace(FOLLOW_UP, anytime=True), *STEPS[2:])
    lead = Tracked(replace(WORKFLOW, steps=steps), arrived="2026-03-27 10:00")
    assert lead.runs("2026-03-27 10:00", "2026-03-29 10:00") == ["first_response", "follow_up"]
    assert lead.decides("2026-03-29 10:00").at == at("2026-03-31 10:00")
