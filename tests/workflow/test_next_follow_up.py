"""A date a person types into Next follow-up: for one step, and used up by it."""

from datetime import date

import pytest

from sheetflow.workflow.brakes import Brakes
from sheetflow.workflow.decide import Send
from sheetflow.workflow.events import TEMPORARY, Claim, Kind
from tests.workflow.builders import Tracked, at, wall


def contacted(typed=None):
    """Answered on Tuesday at ten: follow_up is due on Thursday at ten."""
    lead = Tracked()
    lead.run("2026-03-24 10:00")
    return lead.types(next_follow_up=typed) if typed is not None else lead


@pytest.mark.parametrize(
    ("typed", "leaves", "remark"),
    [
        ("2026-03-25 11:30", "2026-03-25 11:30", ""),
        (wall("2026-03-25 11:30"), "2026-03-25 11:30", ""),
        ("27 March", "2026-03-27 09:00", ""),
        (date(2026, 3, 27), "2026-03-27 09:00", ""),
        (wall("2026-03-27 00:00"), "2026-03-27 09:00", ""),
        (
            "2026-03-27 20:00",
            "2026-03-30 09:00",
            "You typed Fri 27 Mar 2026, 20:00: moved into the sending hours.",
        ),
        (
            "2026-03-27 07:00",
            "2026-03-27 09:00",
            "You typed Fri 27 Mar 2026, 07:00: moved into the sending hours.",
        ),
        ("28.3.2026", "2026-03-30 09:00", "You typed Sat 28 Mar 2026: moved into the sending hours."),
        ("2026-04-03", "2026-04-07 09:00", "You typed Fri 3 Apr 2026: moved into the sending hours."),
        (
            "2026-03-29 02:30",
            "2026-03-30 09:00",
            "You typed Sun 29 Mar 2026, 02:30: moved into the sending hours.",
        ),
    ],
)
def test_a_typed_date_moves_the_step_into_the_next_open_window_and_says_so(typed, leaves, remark):
    lead = contacted(typed)
    assert lead.run("2026-03-24 12:00") == ""
    decision = lead.decides("2026-03-24 12:00")
    assert decision.at == at(leaves)
    assert decision.why.endswith(remark or ".")
    assert ("You typed" in decision.why) == bool(remark)
    assert lead.run(leaves) == "follow_up"


@pytest.mark.parametrize("typed", ["2026-03-01", "2026-03-24 09:00", wall("2026-03-20 10:00")])
def test_a_date_in_the_past_means_now(typed):
    assert contacted(typed).run("2026-03-24 12:00") == "follow_up"


def test_a_date_in_the_past_typed_on_a_closed_day_means_the_next_opening_and_says_what_was_typed():
    lead = contacted("2026-03-01 10:00")
    assert lead.run("2026-03-24 18:00") == ""
    assert lead.row.why == (
        "Follow up goes out on Wed 25 Mar 2026, 09:00."
        " You typed Sun 1 Mar 2026, 10:00: moved into the sending hours."
    )
    assert lead.run("2026-03-25 09:00") == "follow_up"


def test_today_without_a_time_means_now_where_the_window_is_open_already():
    assert contacted("2026-03-24").run("2026-03-24 12:00") == "follow_up"


def test_a_typed_date_is_for_one_step_and_used_up_by_its_send():
    lead = contacted("2026-03-31 11:00")
    assert lead.runs("2026-03-26 10:00", "2026-03-31 11:00", "2026-03-31 11:10") == ["follow_up"]
    assert lead.row.next_follow_up == wall("2026-04-02 11:00")
    assert lead.run("2026-04-02 11:00") == "check_in"


def test_a_typed_date_moves_a_first_response_too():
    lead = Tracked().types(next_follow_up="2026-03-28 23:00")
    assert lead.runs("2026-03-24 10:00", "2026-03-28 22:59", "2026-03-28 23:00") == ["first_response"]


@pytest.mark.parametrize(("day_first", "day"), [(True, date(2026, 4, 3)), (False, date(2026, 3, 4))])
def test_an_ambiguous_date_follows_the_sheets_locale(day_first, day):
    lead = contacted("03/04/2026")
    lead.day_first = day_first
    lead.run("2026-03-24 10:10")
    assert lead.details(Kind.RESCHEDULED) == [day.isoformat()]


@pytest.mark.parametrize("words", ["tomorrow", "n/a", "31/02", "9999-12-31", 46107])
def test_what_is_not_understood_is_said_stays_and_changes_nothing(words):
    lead = contacted(words)
    due = lead.decides("2026-03-24 11:00").at
    for when in ("2026-03-24 11:00", "2026-03-25 11:00"):
        assert lead.run(when) == ""
        assert lead.row.next_follow_up == str(words)
        assert f'Next follow-up "{words}" isn\'t understood and changes nothing' in lead.row.why
    assert due == at("2026-03-26 10:00")
    assert lead.details(Kind.RESCHEDULED) == [f"not understood: {words}"]
    assert lead.run("2026-03-26 10:00") == "follow_up"
    assert lead.row.next_follow_up == wall("2026-03-30 09:00")
    assert "isn't understood" not in lead.row.why


def test_what_is_not_understood_and_then_written_better_is_obeyed():
    lead = contacted("tomorrow")
    lead.run("2026-03-24 11:00")
    assert lead.types(next_follow_up="2026-03-25").runs("2026-03-24 12:00", "2026-03-25 09:00") == [
        "follow_up"
    ]


@pytest.mark.parametrize("typed", ["", None, "  "])
def test_an_emptied_cell_changes_nothing_and_is_filled_again(typed):
    lead = contacted()
    lead.types(next_follow_up=typed).run("2026-03-24 11:00")
    assert lead.row.next_follow_up == wall("2026-03-26 10:00")
    assert lead.details(Kind.RESCHEDULED) == []


def test_an_emptied_cell_does_not_take_back_an_earlier_date():
    lead = contacted("2026-03-31 11:00")
    lead.run("2026-03-24 11:00")
    lead.types(next_follow_up=None).run("2026-03-24 12:00")
    assert lead.row.next_follow_up == wall("2026-03-31 11:00")


@pytest.mark.parametrize("word", ["Paused", "In conversation", "Hot prospect", "Replied"])
def test_a_date_typed_on_a_lead_that_waits_stays_in_its_cell(word):
    lead = contacted("2026-03-31 11:00").types(status=word)
    for day in (24, 26, 31):
        assert lead.run(f"2026-03-{day} 12:00") == ""
        assert str(lead.row.next_follow_up).startswith("2026-03-31 11:00")
    assert lead.details(Kind.RESCHEDULED) == ["2026-03-31T11:00"]


def test_a_date_that_is_due_while_sending_is_paused_stays_in_its_cell():
    lead = contacted("2026-03-25 11:00")
    lead.runs("2026-03-24 11:00")
    assert lead.run("2026-03-25 12:00", Brakes("PAUSED")) == ""
    assert lead.row.next_follow_up == wall("2026-03-25 11:00")
    assert lead.run("2026-03-25 13:00") == "follow_up"


def test_a_date_that_passed_while_paused_means_now_when_resumed():
    lead = contacted("2026-03-25 11:00").types(status="Paused")
    lead.runs("2026-03-24 11:00", "2026-05-04 11:00")
    assert lead.types(status="Following up").runs("2026-05-05 11:00", "2026-05-05 11:10") == ["follow_up"]


def test_resuming_with_a_new_date_waits_for_it():
    lead = contacted().types(status="Paused")
    lead.run("2026-03-25 10:00")
    lead.types(status="Following up", next_follow_up="2026-04-09 10:00")
    assert lead.runs("2026-04-01 10:00", "2026-04-09 10:00") == ["follow_up"]


def test_contacted_and_a_date_typed_at_once_move_the_step_after_the_first_response():
    lead = Tracked().types(status="Contacted", next_follow_up="2026-03-31 11:00")
    assert lead.runs("2026-03-24 10:05", "2026-03-26 12:00", "2026-03-31 11:00") == ["follow_up"]


def test_a_date_of_a_held_step_is_not_taken_for_the_next_one():
    lead = contacted("2026-03-25 11:00")
    lead.answers = [(Kind.UNKNOWN, "lost")]
    lead.runs("2026-03-25 11:00")
    lead.types(status="Following up")
    assert lead.runs("2026-03-25 12:00", "2026-03-26 12:00", "2026-03-27 11:00") == ["check_in"]


def test_a_date_typed_while_a_step_is_held_moves_the_one_after_it():
    lead = contacted()
    lead.answers = [(Kind.UNKNOWN, "lost")]
    lead.run("2026-03-26 10:00")
    lead.types(next_follow_up="2026-04-09 10:00").run("2026-03-26 11:00")
    assert lead.row.status == "Needs attention"
    lead.types(status="Following up")
    assert lead.runs("2026-03-26 12:00", "2026-03-30 12:00", "2026-04-09 10:00") == ["check_in"]


def test_a_late_step_with_an_old_date_leaves_when_it_is_sent_again():
    lead = contacted("2026-03-25 11:00")
    lead.run("2026-03-24 11:00")
    assert lead.run("2026-04-08 10:00") == ""
    assert lead.types(status="Send again").run("2026-04-08 11:00") == "follow_up"


def test_a_date_typed_while_a_message_was_on_its_way_is_for_the_next_one():
    lead = Tracked()
    claim = Claim(lead.row.id, "first_response", 1)
    lead.events += (claim.event(Kind.CLAIMED, at("2026-03-24 10:00"), "web"),)
    lead.types(next_follow_up="2026-03-31 11:00").run("2026-03-24 10:01")
    lead.events += (claim.event(Kind.SENT, at("2026-03-24 10:02"), "web", "Subject"),)
    assert lead.runs("2026-03-26 12:00", "2026-03-31 11:00") == ["follow_up"]


def test_another_attempt_is_not_called_a_move_into_the_window():
    lead = contacted("2026-03-25 11:00")
    lead.answers = [(Kind.FAILED, f"{TEMPORARY}450 busy")]
    assert lead.run("2026-03-25 11:00") == "follow_up"
    assert "You typed" not in lead.row.why
    assert "Attempt 1 of 6 failed: 450 busy." in lead.row.why
    assert isinstance(lead.decides("2026-03-25 11:10"), Send)


@pytest.mark.parametrize("typed", [wall("2026-02-20 10:00"), wall("2026-02-20 00:00").date()])
def test_a_cell_of_more_than_a_month_back_may_lack_its_year_and_is_asked_about(typed):
    lead = contacted(typed)
    assert lead.run("2026-03-24 12:00") == ""
    assert "isn't understood" in lead.row.why
