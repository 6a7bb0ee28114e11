"""The row as its events have it: the same whenever nothing has happened, always with a reason."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sheetflow.workflow import statuses
from sheetflow.workflow.brakes import Brakes
from sheetflow.workflow.decide import sentence, some
from sheetflow.workflow.events import TEMPORARY, Kind
from tests.workflow.builders import NEW_YORK, WORKFLOW, Tracked, at, wall


def answered():
    lead = Tracked(arrived="2026-03-24 10:00")
    lead.run("2026-03-24 10:03")
    return lead


def test_the_row_says_what_happened_and_what_comes_next():
    row = answered().row
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
    row = lead.row
    assert (row.status, row.next_step, row.next_follow_up) == ("Replied", "", None)
    assert row.replied == wall("2026-03-24 12:00")


@pytest.mark.parametrize(
    ("submitted", "minutes"), [(None, 3.0), ("2026-03-24 09:00", 63.0), ("2026-03-24 10:04", 0.0)]
)
def test_responses_are_minutes_from_received_and_never_negative(submitted, minutes):
    lead = Tracked(submitted=at(submitted) if submitted else None)
    lead.run("2026-03-24 10:03")
    assert lead.row.first_response == minutes


def test_minutes_are_real_over_the_change_of_the_clocks():
    lead = Tracked(arrived="2026-03-29 01:59")
    lead.run("2026-03-29 03:01")
    assert lead.row.first_response == 2.0


def test_what_a_lead_wrote_stands_in_its_row_as_it_is():
    said = dict.fromkeys(("name", "phone", "service", "location", "urgency", "message", "source"), "=1+1")
    row = Tracked(**said).row
    assert {field: getattr(row, field) for field in said} == said


def test_asked_again_and_replied_are_said_with_the_businesss_own_day():
    business = replace(WORKFLOW.business, zone=NEW_YORK)
    lead = Tracked(replace(WORKFLOW, business=business), paused="imported")
    lead.happens(Kind.REPLIED, "2026-03-25 02:00").happens(Kind.MERGED, "2026-03-25 03:00").run(
        "2026-03-25 10:00"
    )
    assert lead.row.status == "Replied"
    lead.types(status="Paused").run("2026-03-25 11:00")
    assert lead.row.why.startswith("Asked again on 24 Mar 2026. Paused: nothing is sent.")
    assert lead.row.why.endswith("Replied on 24 Mar 2026.")


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


WORDS = st.sampled_from([*statuses.STATUSES, "Send again", "", "Hot prospect", " won ", "signed"])
DATES = st.sampled_from(
    [None, "", "tomorrow", "2026-03-30", "28.3.", wall("2026-03-31 20:30:15"), wall("2026-04-01 00:00")]
)
HAPPENING = st.sampled_from([None, Kind.REPLIED, Kind.BOUNCED, Kind.UNSUBSCRIBED, Kind.MERGED])
ANSWERS = st.lists(
    st.sampled_from([(Kind.SENT, "Hi"), (Kind.UNKNOWN, "lost"), (Kind.FAILED, TEMPORARY), (None, "")]),
    max_size=2,
)


@settings(max_examples=300, deadline=None)
@given(WORDS, DATES, HAPPENING, ANSWERS, st.sampled_from(["ON", "PAUSED"]))
def test_a_row_looked_at_again_is_the_same_and_says_why_in_a_sentence(
    word, typed, happening, answers, sending
):
    lead = Tracked()
    lead.answers = answers
    lead.runs("2026-03-24 10:00", "2026-03-26 10:00")
    if happening:
        lead.happens(happening, "2026-03-26 10:01")
    lead.types(status=word, next_follow_up=typed)
    lead.answers = [(None, "")]  # a crash at most: nothing but what was there decides the row
    lead.run("2026-03-26 10:05", Brakes(sending))
    lead.run("2026-03-26 10:05", Brakes(sending))
    again = lead.looks("2026-03-26 10:05").braked(Brakes(sending), WORKFLOW)
    assert again.new == ()
    assert again.row(WORKFLOW) == lead.agreed
    assert lead.row.why.endswith((".", "?", "!"))
    assert len(lead.row.why) > 10


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
    assert Tracked(**fields).row.why.startswith(why)


def test_an_owner_that_nobody_configured_is_named():
    lead = answered().types(owner="Zoe")
    lead.run("2026-03-24 10:13")
    unknown = 'Owner "Zoe" isn\'t in the configuration: mail goes out in the name of the business.'
    assert lead.row.why == f"Follow up goes out on Thu 26 Mar 2026, 10:03. {unknown}"
    assert lead.row.owner == "Zoe"
    lead.types(owner="kim")
    lead.run("2026-03-24 10:23")
    assert lead.row.why == "Follow up goes out on Thu 26 Mar 2026, 10:03."


@pytest.mark.parametrize(("count", "said"), [(0, "0 days"), (1, "1 day"), (2, "2 days")])
def test_one_is_told_as_one(count, said):
    assert some(count, "day") == said
