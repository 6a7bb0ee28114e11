"""What people did to a row is recorded once, obeyed, and never undone by the run that noticed it."""

import pytest

from sheetflow.workflow.details import read_moment, split_word, status_detail, was
from sheetflow.workflow.edits import Edit, events_of, in_order
from sheetflow.workflow.events import Kind
from sheetflow.workflow.history import fold
from tests.workflow.builders import ADA, WORKFLOW, Tracked, at


def contacted():
    lead = Tracked()
    lead.run("2026-03-24 10:00")
    return lead


def test_each_edit_is_one_event_that_says_what_it_replaced():
    lead = contacted().types(phone="030 5550 0100", owner="Lee", next_follow_up="2026-04-01", status="Booked")
    before = len(lead.events)
    lead.run("2026-03-24 11:00")
    assert [(event.kind.value, event.detail) for event in lead.events[before:]] == [
        ("edited", "Phone: 030 5550 0100 (was )"),
        ("assigned", "Lee"),
        ("rescheduled", "2026-04-01"),
        ("status", "Booked (was Contacted)"),
        ("owner_response", "set to Booked"),
    ]


def test_an_edit_is_recorded_once_however_many_runs_look_at_it():
    lead = contacted().types(status="Won", owner="Lee", next_follow_up="tomorrow")
    for when in ("11:00", "11:10", "11:20"):
        lead.run(f"2026-03-24 {when}")
    assert lead.details(Kind.STATUS) == ["Won (was Contacted)"]
    assert lead.details(Kind.ASSIGNED)[1:] == ["Lee"]
    assert lead.details(Kind.RESCHEDULED) == ["not understood: tomorrow"]


@pytest.mark.parametrize(
    "cells", [{}, {"status": " Contacted ", "owner": "Kim "}, {"message": "Hello "}, {"next_follow_up": None}]
)
def test_nothing_typed_is_nothing_recorded(cells):
    lead = contacted().types(**cells)
    before = lead.events
    lead.run("2026-03-24 11:00")
    assert lead.events == before


def test_two_processes_that_see_one_edit_give_it_one_name():
    lead = contacted()
    edits = [Edit(ADA, "status", "Won", "Contacted"), Edit(ADA, "owner", "Lee", "Kim")]
    seen = [
        {
            event.id
            for edit in edits
            for event in events_of(
                edit, lead.lead, fold(lead.events, WORKFLOW), WORKFLOW, at(when), day_first=True
            )
        }
        for when in ("2026-03-24 11:00", "2026-03-24 11:01")
    ]
    assert seen[0] == seen[1]
    assert len(seen[0]) == 3


def test_the_same_word_typed_again_later_is_another_edit():
    lead = contacted()
    for hour, word in enumerate(("Paused", "Contacted", "Paused", "Contacted", "Paused"), 11):
        lead.types(status=word).run(f"2026-03-24 {hour}:00")
    assert len(lead.details(Kind.STATUS)) == 5
    assert lead.row.status == "Paused"


def test_an_answer_to_a_second_hold_is_another_edit_though_it_is_the_same_word():
    lead = Tracked(email="")
    lead.run("2026-03-24 10:00")
    for hour in (11, 12, 13):
        lead.types(status="New").run(f"2026-03-24 {hour}:00")
        assert lead.row.status == "Needs attention"
    assert len(lead.details(Kind.STATUS)) == 3
    assert lead.types(status="New", email="ada@example.org").run("2026-03-24 14:00") == "first_response"


def test_what_a_person_typed_into_a_leads_cell_is_used_from_then_on():
    lead = contacted().types(name="Ada Lovelace", notes="call her")
    lead.run("2026-03-24 11:00")
    assert (lead.lead.name, lead.lead.notes) == ("Ada Lovelace", "call her")
    assert lead.details(Kind.EDITED) == ["Name: Ada Lovelace (was Ada)"]


def test_an_owner_typed_by_hand_stays():
    lead = contacted().types(owner=" Somebody else ")
    lead.run("2026-03-24 11:00")
    assert lead.row.owner == "Somebody else"
    assert lead.details(Kind.ASSIGNED) == ["Kim", "Somebody else"]


def test_status_is_obeyed_after_the_cells_its_word_may_depend_on():
    edits = [Edit(ADA, field, "x") for field in ("status", "email", "next_follow_up")]
    assert [edit.field for edit in in_order(edits)] == ["email", "next_follow_up", "status"]


@pytest.mark.parametrize("word", ["Won", "", "Won (big)", "(odd", "odd)", "a (b) (c)"])
@pytest.mark.parametrize("shown", ["New", "", "Lost (price)", ")("])
def test_a_word_and_what_it_was_typed_over_are_told_apart_again(word, shown):
    assert split_word(status_detail(word, was(shown))) == (word, was(shown))


def test_a_status_detail_that_lost_its_leading_space_still_means_emptied():
    assert split_word("(was New)") == ("", "was New")


def test_a_detail_that_is_no_moment_is_none():
    assert read_moment("next week") is None
    assert read_moment("2026-13-45") is None


def test_resumed_names_the_attempt_that_the_word_is_about():
    lead = Tracked()
    lead.answers = [(Kind.UNKNOWN, "lost")]
    lead.run("2026-03-24 10:00")
    lead.types(status="Send again").run("2026-03-24 11:00")
    [resumed] = [event for event in lead.events if event.kind is Kind.RESUMED]
    assert (resumed.step, resumed.detail, resumed.attempt) == ("first_response", "Send again", 1)
