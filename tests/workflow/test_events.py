"""Names of events and claims: the same for the same happening, so that a repeat is known."""

from sheetflow.workflow.events import Claim, Event, Kind, event_id, iso
from tests.workflow.builders import ADA, at

NOW = at("2026-03-29 10:00")


def test_what_is_noticed_twice_has_one_name_and_parts_are_not_confused():
    assert event_id(Kind.REPLIED, "a", "b") == event_id(Kind.REPLIED, "a", "b")
    assert event_id(Kind.REPLIED, "a", "b") != event_id(Kind.REPLIED, "ab")
    assert event_id(Kind.REPLIED, "a") != event_id(Kind.BOUNCED, "a")


def test_a_claim_is_read_back_from_its_own_event():
    claim = Claim(ADA, "follow_up", 12)
    assert claim.event(Kind.CLAIMED, NOW, "run").claim == claim
    assert claim.event(Kind.SENT, NOW, "run").claim == claim


def test_events_that_name_no_attempt_have_none():
    assert Event(NOW, ADA, Kind.REPLIED, "replied:7").attempt == 0


def test_activity_holds_utc_with_milliseconds():
    assert iso(at("2026-03-29 03:30").replace(microsecond=7999)) == "2026-03-29T01:30:00.007Z"
