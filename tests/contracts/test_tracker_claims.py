"""What every tracker promises about claims: one winner, whoever asks, and a look at how things stand then."""

import random
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest

from sheetflow.workflow import tracked
from sheetflow.workflow.events import Claim
from sheetflow.workflow.lead import RowChange
from sheetflow.workflow.tracked import Changes, Typed
from tests.contracts.people import ADA, BEN, CLO, MORNING, a_claim, a_lead, an_event, lead_id, leads
from tests.contracts.sites import at_once

CLAIMERS, CLAIMS = 8, 50
NOTHING = Changes()


def won(granted):
    return [grant.claim for grant in granted]


def test_the_second_claim_loses(tracker, other_tracker):
    tracker.commit(leads(a_lead()))
    assert won(tracker.claim([a_claim()], NOTHING)) == [Claim(ADA, "follow_up", 1)]
    assert won(other_tracker.claim([a_claim(run="run-2")], NOTHING)) == []
    assert won(tracker.claim([a_claim()], NOTHING)) == []
    assert tracker.snapshot().events == (a_claim(),)


@pytest.mark.parametrize("other", [a_claim(BEN), a_claim(step="check_in"), a_claim(attempt=2)])
def test_another_lead_step_or_attempt_is_another_claim(tracker, other):
    tracker.claim([a_claim()], NOTHING)
    assert won(tracker.claim([other], NOTHING)) == [other.claim]


def test_of_several_claims_those_that_are_free_are_won_in_the_order_asked(tracker):
    tracker.claim([a_claim(BEN)], NOTHING)
    asked = [a_claim(CLO), a_claim(BEN, run="run-2"), a_claim(ADA)]
    assert won(tracker.claim(asked, NOTHING)) == [asked[0].claim, asked[2].claim]


def test_a_claim_asked_for_twice_at_once_is_won_once(tracker):
    assert won(tracker.claim([a_claim(), a_claim()], NOTHING)) == [a_claim().claim]


def test_a_claim_that_somebody_committed_is_taken(tracker):
    tracker.commit(Changes(events=(a_claim(),)))
    assert tracker.claim([a_claim(run="run-2")], NOTHING) == []


def test_changes_are_applied_with_the_claims(tracker):
    changes = Changes((a_lead(BEN),), (an_event("a"),), control={tracked.LAST_JOB: "1"})
    tracker.claim([a_claim()], changes)
    found = tracker.snapshot()
    assert [lead.id for lead in found.leads] == [BEN]
    assert {event.id for event in found.events} == {"a", a_claim().id}
    assert found.control[tracked.LAST_JOB] == "1"


@pytest.mark.parametrize("asked", [[], [a_claim()]], ids=["no claim", "a lost claim"])
def test_changes_are_applied_even_where_no_claim_is_won(tracker, asked):
    tracker.commit(Changes(events=(a_claim(run="run-0"),)))
    granted = tracker.claim(asked, Changes((a_lead(),), (an_event("a"),)))
    found = tracker.snapshot()
    assert granted == []
    assert [lead.id for lead in found.leads] == [ADA]
    assert [event.id for event in found.events] == [a_claim().id, "a"]


def test_a_claim_shows_the_row_as_it_stands_then(tracker, site):
    tracker.commit(leads(a_lead(next_follow_up=MORNING, email="ada@example.com")))
    [granted] = tracker.claim([a_claim()], NOTHING)
    assert (granted.lead_id, granted.status, granted.next_follow_up, granted.email, granted.sending) == (
        ADA,
        "Contacted",
        MORNING,
        "ada@example.com",
        tracked.ON,
    )


def test_a_claim_shows_what_a_person_typed_after_the_snapshot(tracker, site):
    tracker.commit(leads(a_lead()))
    tracker.snapshot()
    site.type(ADA, "status", "Won")
    site.type(ADA, "next_follow_up", "next spring")
    site.type(ADA, "email", "ada@example.org")
    [granted] = tracker.claim([a_claim()], NOTHING)
    assert (granted.status, granted.next_follow_up, granted.email) == (
        "Won",
        "next spring",
        "ada@example.org",
    )


def test_a_claim_shows_what_its_own_changes_wrote(tracker):
    tracker.commit(leads(a_lead()))
    row = RowChange(
        ADA, {"status": "Following up", "next_follow_up": date(2026, 3, 26)}, {"status": "Contacted"}
    )
    changes = Changes(
        rows=(row,), control={tracked.SENDING: "PAUSED"}, typed=(Typed(ADA, "email", "x@example.com"),)
    )
    [granted] = tracker.claim([a_claim()], changes)
    assert (granted.status, granted.next_follow_up, granted.email, granted.sending) == (
        "Following up",
        date(2026, 3, 26),
        "x@example.com",
        "PAUSED",
    )


def test_a_claim_on_a_row_that_is_gone_says_so(tracker, site):
    tracker.commit(leads(a_lead(), a_lead(BEN)))
    site.remove(ADA)
    gone, there = tracker.claim([a_claim(ADA), a_claim(BEN)], NOTHING)
    assert (gone.claim, gone.lead_id, gone.sending) == (a_claim(ADA).claim, "", tracked.ON)
    assert there.lead_id == BEN


def test_each_row_is_shown_with_its_own_claims(tracker):
    tracker.commit(leads(a_lead(ADA), a_lead(BEN, status="New")))
    asked = [a_claim(BEN), a_claim(ADA), a_claim(BEN, "check_in")]
    assert [(grant.claim, grant.status) for grant in tracker.claim(asked, NOTHING)] == [
        (asked[0].claim, "New"),
        (asked[1].claim, "Contacted"),
        (asked[2].claim, "New"),
    ]


def claim_all(tracker, number):
    """The claims that this claimer won; everybody asks for the same, in an order of his own."""
    wanted = [a_claim(lead_id(lead), run=f"run-{number}") for lead in range(CLAIMS)]
    random.Random(number).shuffle(wanted)
    return [grant.claim for claim in wanted for grant in tracker.claim([claim], NOTHING)]


def claim_in_a_process(number, site, say):
    tracker = site.open()
    say(claim_all(tracker, number))
    site.close(tracker)


def assert_each_was_won_once(by_claimer, tracker):
    winners = {claim: f"run-{number}" for number, claims in enumerate(by_claimer) for claim in claims}
    assert sum(map(len, by_claimer)) == len(winners) == CLAIMS
    assert {event.claim: event.run for event in tracker.snapshot().events} == winners


def test_eight_threads_that_claim_the_same_win_each_claim_once(tracker):
    tracker.setup()
    with ThreadPoolExecutor(CLAIMERS) as threads:
        by_claimer = list(threads.map(lambda number: claim_all(tracker, number), range(CLAIMERS)))
    assert_each_was_won_once(by_claimer, tracker)


def test_eight_processes_that_claim_the_same_win_each_claim_once(site, tracker):
    tracker.setup()
    said = at_once(CLAIMERS, claim_in_a_process, site)
    assert_each_was_won_once([claims for [claims] in said], tracker)
