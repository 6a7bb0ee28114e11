"""What people did to a row is recorded once, obeyed, and never undone by the run that noticed it."""

from dataclasses import replace

import pytest

from sheetflow.workflow.details import read_moment, split_word, status_detail, was
from sheetflow.workflow.events import Event, Kind
from sheetflow.workflow.lead import Mark
from sheetflow.workflow.tracked import Changes
from tests.workflow.builders import ADA, Tracked, at

BEN = "L-BENBENBENB"


def contacted():
    lead = Tracked()
    lead.run("2026-03-24 10:00")
    return lead


def test_each_edit_is_one_event_and_the_rows_new_baseline():
    lead = contacted().types(status="Booked", owner="Lee", next_follow_up="2026-04-01")
    looked = lead.looks("2026-03-24 11:00")
    assert [(event.kind.value, event.detail) for event in looked.new.events] == [
        ("status", "Booked (was Contacted)"),
        ("owner_response", "set to Booked"),
        ("assigned", "Lee"),
        ("rescheduled", "2026-04-01"),
    ]
    assert looked.lead.mark == Mark(ADA, "Booked", "Lee", "2026-04-01")


def test_an_edit_is_recorded_once_however_many_runs_look_at_it():
    lead = contacted().types(status="Won", owner="Lee", next_follow_up="tomorrow")
    for when in ("11:00", "11:10", "11:20"):
        lead.run(f"2026-03-24 {when}")
    assert lead.details(Kind.STATUS) == ["Won (was Contacted)"]
    assert lead.details(Kind.ASSIGNED)[1:] == ["Lee"]


def test_nothing_typed_is_nothing_recorded():
    lead = contacted()
    assert lead.looks("2026-03-24 11:00").new == Changes()


def test_two_processes_that_see_one_edit_record_it_once():
    lead = contacted().types(status="Won", owner="Lee", next_follow_up="2026-04-01")
    web, job = lead.looks("2026-03-24 11:00"), lead.looks("2026-03-24 11:01")
    lead.apply(web.new)
    lead.apply(job.new)
    lead.run("2026-03-24 11:10")
    assert lead.details(Kind.STATUS) == ["Won (was Contacted)"]
    assert lead.details(Kind.RESCHEDULED) == ["2026-04-01"]
    assert lead.details(Kind.ASSIGNED) == ["Kim", "Lee"]
    assert len(lead.details(Kind.OWNER_RESPONSE)) == 1


@pytest.mark.parametrize("word", ["Won", "Paused", "Following up", "Hot prospect", ""])
def test_a_run_that_dies_between_the_events_and_the_row_records_nothing_twice(word):
    lead = contacted().types(status=word, owner="Lee", next_follow_up="2026-03-26")
    lead.apply(Changes(events=lead.looks("2026-03-24 11:00").new.events))
    lead.runs("2026-03-24 11:10", "2026-03-24 11:20", "2026-03-26 11:00")
    assert lead.details(Kind.STATUS) == [f"{word} (was Contacted)"]
    assert lead.details(Kind.RESCHEDULED) == ["2026-03-26"]
    assert lead.details(Kind.ASSIGNED) == ["Kim", "Lee"]
    assert lead.lead.owner == "Lee"


def test_a_word_on_record_without_its_row_is_still_moved_on_by_a_send():
    lead = Tracked(paused="imported").types(status="New")
    lead.apply(Changes(events=lead.looks("2026-03-24 11:00").new.events))
    assert lead.run("2026-03-24 11:10") == "first_response"
    assert lead.lead.status == "Contacted"
    assert len(lead.details(Kind.STATUS)) == 2


@pytest.mark.parametrize(("first", "then"), [("Paused", "Contacted"), ("Won", "Lost"), ("Won", "Paused")])
def test_what_is_typed_while_a_run_records_an_earlier_word_wins(first, then):
    lead = contacted().types(status=first)
    changes = lead.looks("2026-03-24 11:00").new
    lead.types(status=then).apply(changes)  # the row isn't written: it holds another word than expected
    for when in ("11:10", "11:20"):
        lead.run(f"2026-03-24 {when}")
        assert lead.lead.status == then
    assert len(lead.details(Kind.STATUS)) == 2


def test_a_row_written_between_look_and_write_keeps_what_the_person_typed():
    lead = contacted()
    looked = lead.looks("2026-03-26 10:00")
    lead.types(status="Won", owner="Lee", next_follow_up="2026-04-01")
    lead.apply(looked.new)
    lead.run("2026-03-26 10:10")
    assert (lead.lead.status, lead.lead.owner) == ("Won", "Lee")
    assert str(lead.lead.next_follow_up) == "2026-04-01"


def test_the_same_word_typed_again_later_is_another_edit():
    lead = contacted()
    for hour, word in enumerate(("Paused", "Contacted", "Paused", "Contacted", "Paused"), 11):
        lead.types(status=word).run(f"2026-03-24 {hour}:00")
    assert len(lead.details(Kind.STATUS)) == 5
    assert lead.lead.status == "Paused"


def test_an_answer_to_a_second_hold_is_another_edit_though_it_is_the_same_word():
    lead = Tracked(email="")
    lead.run("2026-03-24 10:00")
    for hour in (11, 12, 13):
        lead.types(status="New").run(f"2026-03-24 {hour}:00")
        assert lead.lead.status == "Needs attention"
    assert len(lead.details(Kind.STATUS)) == 3
    assert lead.types(status="New", email="ada@example.org").run("2026-03-24 14:00") == "first_response"


def test_a_mark_of_another_row_is_repaired_and_not_obeyed():
    lead = contacted()
    good = lead.lead
    lead.types(
        status="Won", owner="Lee", next_follow_up="2026-05-01", mark=Mark(BEN, "Won", "Lee", "2026-05-01")
    )
    assert lead.run("2026-03-24 11:00") == ""
    assert lead.details(Kind.STATUS) == []
    assert replace(lead.lead, why=good.why) == good
    assert lead.run("2026-03-26 10:00") == "follow_up"


@pytest.mark.parametrize("mark", [Mark(), Mark(BEN), Mark.from_json("{broken")])
def test_a_lost_mark_is_made_anew_from_activity(mark):
    lead = contacted()
    before = lead.lead
    lead.types(status="New", mark=mark).run("2026-03-24 11:00")
    assert lead.lead == before


def test_an_owner_typed_by_hand_stays_and_an_emptied_one_is_assigned_again():
    lead = contacted().types(owner=" Somebody else ")
    lead.run("2026-03-24 11:00")
    assert lead.lead.owner.strip() == "Somebody else"
    assert lead.details(Kind.ASSIGNED) == ["Kim", "Somebody else"]
    lead.types(owner="").run("2026-03-24 12:00")
    assert lead.lead.owner == "Kim"
    assert lead.types(owner="Somebody else").run("2026-03-24 13:00") == ""
    assert lead.lead.owner == "Somebody else"


@pytest.mark.parametrize("word", ["Do not contact", "Unsubscribed", " do not CONTACT "])
def test_a_word_that_bars_an_address_is_put_on_the_list_once(word):
    lead = contacted().types(status=word)
    lead.runs("2026-03-24 11:00", "2026-03-24 11:10")
    assert [line.reason for line in lead.suppressed.values()] == [f"{word.strip().capitalize()}, set by hand"]
    lead.suppressed.clear()  # the owner lifts it
    lead.run("2026-03-24 11:20")
    assert lead.suppressed == {}


def test_a_person_is_told_apart_from_sheetflow_by_spaces_neither_typed():
    lead = contacted().types(status=" Contacted ", owner="Kim ")
    assert lead.looks("2026-03-24 11:00").new == Changes()


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


def test_events_that_name_no_attempt_have_none():
    event = Event(at("2026-03-24 10:00"), ADA, Kind.REPLIED, "replied:7")
    assert event.attempt == 0
