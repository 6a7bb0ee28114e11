"""The row as its events have it: repaired by every run, never changed without need, always with a reason."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sheetflow.workflow import statuses
from sheetflow.workflow.brakes import Brakes
from sheetflow.workflow.decide import sentence
from sheetflow.workflow.events import TEMPORARY, Kind
from sheetflow.workflow.lead import Mark
from sheetflow.workflow.review import row_of
from tests.workflow.builders import NEW_YORK, WORKFLOW, Tracked, at, wall

BEN = "L-BENBENBENB"


def answered():
    lead = Tracked(arrived="2026-03-24 10:00")
    lead.run("2026-03-24 10:03")
    return lead


def test_the_row_says_what_happened_and_what_comes_next():
    row = answered().lead
    assert (row.status, row.owner) == ("Contacted", "Kim")
    assert (row.last_step, row.last_contact, row.emails_sent) == (
        "first_response",
        wall("2026-03-24 10:03"),
        1,
    )
    assert (row.next_step, row.next_follow_up) == ("follow_up", wall("2026-03-26 10:03"))
    assert row.why == "Follow up goes out on Thu 26 Mar 2026, 10:03."
    assert (row.first_response, row.owner_response, row.replied) == (3.0, None, None)


def test_a_stopped_row_has_no_next_step():
    lead = answered().happens(Kind.REPLIED, "2026-03-24 12:00")
    lead.run("2026-03-24 12:10")
    row = lead.lead
    assert (row.status, row.next_step, row.next_follow_up) == ("Replied", "", None)
    assert row.replied == wall("2026-03-24 12:00")


@pytest.mark.parametrize(
    ("submitted", "minutes"), [(None, 3.0), ("2026-03-24 09:00", 63.0), ("2026-03-24 10:04", 0.0)]
)
def test_responses_are_minutes_from_received_and_never_negative(submitted, minutes):
    lead = Tracked(submitted=at(submitted) if submitted else None)
    lead.run("2026-03-24 10:03")
    assert lead.lead.first_response == minutes


def test_minutes_are_real_over_the_change_of_the_clocks():
    lead = Tracked(arrived="2026-03-29 01:59")
    lead.run("2026-03-29 03:01")
    assert lead.lead.first_response == 2.0


@pytest.mark.parametrize("received", ["a while ago", wall("9999-12-31 23:59"), wall("0001-01-01 00:01"), 7])
def test_whatever_stands_in_received_breaks_no_run(received):
    lead = answered().types(received=received)
    lead.run("2026-03-24 11:00")
    assert (lead.lead.received, lead.lead.first_response) == (received, 3.0)


OURS = {
    "received": None,
    "next_step": "check_in",
    "last_step": "",
    "last_contact": "yesterday",
    "emails_sent": 99,
    "first_response": None,
    "owner_response": 5,
    "replied": wall("2026-01-01 00:00"),
    "why": "",
}


@pytest.mark.parametrize("field", OURS)
def test_a_column_of_sheetflows_that_somebody_changed_is_repaired(field):
    lead = answered()
    before = lead.lead
    lead.types(**{field: OURS[field]}).run("2026-03-24 11:00")
    assert lead.lead == before


def test_what_belongs_to_people_is_never_in_a_change():
    lead = answered().types(
        **dict.fromkeys(("name", "phone", "service", "location", "message", "source", "notes"), "=1+1"),
        email="",
    )
    looked = lead.looks("2026-03-26 11:00")
    changed = row_of(looked, lead.snapshot, WORKFLOW, at("2026-03-26 11:00")).cells
    assert set(changed) <= {"status", "next_step", "next_follow_up", "why"}


def test_asked_again_and_replied_are_said_with_the_businesss_own_day():
    business = replace(WORKFLOW.business, zone=NEW_YORK)
    lead = Tracked(replace(WORKFLOW, business=business), paused="imported")
    lead.happens(Kind.MERGED, "2026-03-25 01:00").happens(Kind.REPLIED, "2026-03-25 02:00")
    lead.run("2026-03-25 10:00")
    assert lead.lead.why == "Asked again on 24 Mar 2026. Paused: imported. Replied on 24 Mar 2026."


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("refused", "refused."),
        ("refused.", "refused."),
        ("really?", "really?"),
        (' two\n lines "quoted."', 'two lines "quoted."'),
        ("", "no reason was given."),
    ],
)
def test_other_peoples_words_become_a_sentence(words, said):
    assert sentence(words) == said


def test_a_row_with_a_problem_and_a_strange_mark_is_left_alone():
    lead = answered().types(problem="Two rows have this Lead ID.", mark=Mark(BEN))
    looked = lead.looks("2026-03-24 11:00")
    assert row_of(looked, lead.snapshot, WORKFLOW, at("2026-03-24 11:00")) is None


WORDS = st.sampled_from([*statuses.STATUSES, "Send again", "", "Hot prospect", " won ", "signed"])
DATES = st.sampled_from(
    [None, "", "tomorrow", "2026-03-30", "28.3.", wall("2026-03-31 20:30:15"), wall("2026-04-01 00:00")]
)
MARKS = st.sampled_from([None, Mark(), Mark(BEN, "Won", "Lee", "2026-05-01")])
HAPPENING = st.sampled_from([None, Kind.REPLIED, Kind.BOUNCED, Kind.UNSUBSCRIBED, Kind.MERGED])
ANSWERS = st.lists(
    st.sampled_from([(Kind.SENT, "Hi"), (Kind.UNKNOWN, "lost"), (Kind.FAILED, TEMPORARY), (None, "")]),
    max_size=2,
)


@settings(max_examples=300, deadline=None)
@given(WORDS, DATES, MARKS, HAPPENING, ANSWERS, st.sampled_from(["ON", "PAUSED"]))
def test_a_row_projected_twice_is_changed_once_and_says_why_in_a_sentence(
    word, typed, mark, happening, answers, sending
):
    lead = Tracked()
    lead.answers = answers
    lead.runs("2026-03-24 10:00", "2026-03-26 10:00")
    if happening:
        lead.happens(happening, "2026-03-26 10:01")
    lead.types(status=word, next_follow_up=typed, mark=mark or lead.lead.mark)
    lead.answers = [(None, "")]  # a crash at most: nothing but what was there decides the row
    lead.run("2026-03-26 10:05", Brakes(sending))
    lead.run("2026-03-26 10:05", Brakes(sending))
    once = lead.lead
    again = lead.looks("2026-03-26 10:05").braked(Brakes(sending), WORKFLOW)
    assert row_of(again, lead.snapshot, WORKFLOW, at("2026-03-26 10:05")) is None
    assert once.mark.lead_id == once.id
    assert once.why.endswith((".", "?", "!"))
    assert len(once.why) > 10


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({}, "First response goes out now."),
        ({"paused": "imported; set New to start"}, "Paused: imported; set New to start."),
        ({"is_test": True}, "A test: nothing is sent, and it isn't counted."),
        (
            {"email": "", "phone": "030 5550 0100"},
            "No e-mail address. Call 030 5550 0100, or type an address",
        ),
    ],
)
def test_a_new_row_says_why_from_the_first_moment(fields, why):
    assert Tracked(**fields).lead.why.startswith(why)


def test_an_owner_that_nobody_configured_is_named():
    lead = answered().types(owner="Zoe")
    lead.run("2026-03-24 10:13")
    unknown = 'Owner "Zoe" isn\'t in the configuration: mail goes out in the name of the business.'
    assert lead.lead.why == f"Follow up goes out on Thu 26 Mar 2026, 10:03. {unknown}"
    assert lead.lead.owner == "Zoe"
    lead.types(owner="kim")
    lead.run("2026-03-24 10:23")
    assert lead.lead.why == "Follow up goes out on Thu 26 Mar 2026, 10:03."
