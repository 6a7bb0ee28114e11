"""Changes that become one write, and what a snapshot knows."""

import pytest

from sheetflow.workflow.events import Claim, Event, Kind, event_id, iso
from sheetflow.workflow.lead import Lead, RowChange
from sheetflow.workflow.tracked import SALT, Changes, Snapshot, Typed, join
from tests.workflow.builders import ADA, at

NOW = at("2026-03-29 10:00")


def test_two_changes_of_a_row_become_one_with_the_later_values_and_the_earlier_expectations():
    typed = RowChange(ADA, {"status": "Won ", "owner": "Lee"}, {"status": "Won ", "owner": "Lee"})
    after = RowChange(ADA, {"status": "Won", "why": "Won."}, {"status": "New"})
    [row] = join((Changes(rows=(typed,)), Changes(rows=(after,)))).rows
    assert row.cells == {"status": "Won", "owner": "Lee", "why": "Won."}
    assert row.expected == {"status": "Won ", "owner": "Lee"}


def test_joining_keeps_everything_in_its_order():
    event, other = (Event(NOW, ADA, Kind.MERGED, name) for name in "ab")
    first = Changes((Lead("L-1"),), (event,), control={"a": "1", "b": "1"})
    second = Changes((Lead("L-2"),), (other,), control={"b": "2"}, typed=(Typed(ADA, "status", "Won"),))
    both = first + second
    assert [lead.id for lead in both.leads] == ["L-1", "L-2"]
    assert both.events == (event, other)
    assert both.control == {"a": "1", "b": "2"}
    assert both.typed == second.typed


@pytest.mark.parametrize("changes", [Changes(), join([]), Changes() + Changes()])
def test_no_changes_are_false(changes):
    assert not changes


def test_a_suppressed_address_is_found_in_any_spelling_and_no_address_is_not():
    before = Snapshot((), (), {SALT: "salt"})
    line = before.suppress("Ada@example.org", "bounced", NOW)
    after = before.after(Changes(suppress=(line,)))
    assert after.suppression(" ada@EXAMPLE.org") == line
    assert after.suppression("ben@example.org") is None
    assert after.suppression("") is None


def test_what_is_noticed_twice_has_one_name_and_parts_are_not_confused():
    assert event_id(Kind.REPLIED, "a", "b") == event_id(Kind.REPLIED, "a", "b")
    assert event_id(Kind.REPLIED, "a", "b") != event_id(Kind.REPLIED, "ab")
    assert event_id(Kind.REPLIED, "a") != event_id(Kind.BOUNCED, "a")


def test_a_claim_is_read_back_from_its_own_event():
    claim = Claim(ADA, "follow_up", 12)
    assert claim.event(Kind.CLAIMED, NOW, "run").claim == claim
    assert claim.event(Kind.SENT, NOW, "run").claim == claim


def test_activity_holds_utc_with_milliseconds():
    assert iso(at("2026-03-29 03:30").replace(microsecond=7999)) == "2026-03-29T01:30:00.007Z"
