"""A person's opt-out as changes: whom it concerns, what it leaves alone, what a second one does."""

from dataclasses import replace

import pytest

from sheetflow.workflow import statuses
from sheetflow.workflow.decide import Wait
from sheetflow.workflow.events import Kind
from sheetflow.workflow.lead import Lead
from sheetflow.workflow.optout import BY_LINK, OptOut, obey, obey_at_once
from sheetflow.workflow.tracked import SALT, Changes, Snapshot, Suppression, join
from tests.workflow.builders import ADA, WORKFLOW, Tracked, at

BEN = "L-BENBENBENB"
NOON = "2026-03-24 12:00"
EMPTY = Snapshot((), (), {SALT: "salt"})
HASH = EMPTY.hash_of("ada@example.org")


def choice(when=NOON, lead_id=ADA, *, is_undone=False):
    return OptOut(lead_id, HASH, at(when), is_undone=is_undone)


def undo(when="2026-03-24 12:30"):
    return choice(when, is_undone=True)


@pytest.fixture
def ada():
    tracked = Tracked()
    tracked.run("2026-03-24 10:00")
    return tracked


def obeyed(snapshot, *choices):
    """The snapshot after the choices, and all that changed."""
    done = Changes()
    for one in choices:
        changes = obey(one, snapshot, WORKFLOW)
        snapshot, done = snapshot.after(changes), done + changes
    return snapshot, done


@pytest.mark.parametrize(
    ("lead_id", "email", "is_concerned"),
    [
        (ADA, "ada@example.org", True),
        (BEN, " ADA@example.org", True),
        (ADA, "corrected@example.org", True),
        (ADA, "", True),
        (BEN, "ben@example.org", False),
        (BEN, "", False),
    ],
)
def test_rows_of_the_message_and_of_the_address_are_concerned(lead_id, email, is_concerned):
    assert choice().concerns(lead_id, email, "salt") is is_concerned


def test_an_opt_out_whose_rows_are_gone_still_suppresses_the_address():
    changes = obey(choice(), EMPTY, WORKFLOW)
    assert changes == Changes(suppress=(Suppression(HASH, BY_LINK, at(NOON)),))


@pytest.mark.parametrize("times", [2, 3])
def test_the_same_opt_out_read_again_changes_nothing(ada, times):
    _, done = obeyed(ada.snapshot, *[choice()] * times)
    assert len(done.events) == len(done.suppress) == 1


def test_an_opt_out_and_its_undo_read_again_from_the_start_end_the_same(ada):
    once, _ = obeyed(ada.snapshot, choice(), undo())
    twice, _ = obeyed(once, choice(), undo())
    for found in (once, twice):
        assert found.suppressed == {}
        ada.events = found.events
        assert isinstance(ada.decides("2026-03-24 13:00"), Wait)


@pytest.mark.parametrize(
    ("choices", "is_suppressed"),
    [
        ([choice()], True),
        ([choice(), undo()], False),
        ([choice(), undo(), choice("2026-03-24 12:40")], True),
        ([undo()], False),
        ([undo(), choice("2026-03-24 12:40")], True),
        ([choice(), undo(), choice("2026-03-24 12:40"), undo("2026-03-24 12:50")], False),
    ],
)
@pytest.mark.parametrize("was_suppressed", [False, True])
def test_the_last_choice_counts_also_where_all_come_in_one_write(ada, choices, is_suppressed, was_suppressed):
    if was_suppressed:
        ada.apply(obey(choice("2026-03-24 11:00"), ada.snapshot, WORKFLOW))
    expected, done = obeyed(ada.snapshot, *choices)
    found = ada.snapshot.after(join((done,)))
    assert (HASH in found.suppressed, HASH in expected.suppressed) == (is_suppressed, is_suppressed)
    ada.events, ada.suppressed = found.events, dict(found.suppressed)
    status = statuses.UNSUBSCRIBED if is_suppressed else statuses.CONTACTED
    assert ada.looks("2026-03-24 13:00").history.standing == status


def test_an_undo_counts_from_now_and_the_next_step_is_not_late(ada):
    ada.apply(obey(choice("2026-03-26 08:00"), ada.snapshot, WORKFLOW))
    lifted = obey(undo("2026-03-26 12:30"), ada.snapshot, WORKFLOW)
    found = ada.snapshot.after(lifted)
    ada.events, ada.suppressed = found.events, dict(found.suppressed)
    assert ada.looks("2026-03-26 12:30").history.resumed_at == at("2026-03-26 12:30")
    assert ada.run("2026-03-26 12:31") == "follow_up"


@pytest.mark.parametrize("reason", ["bounced", "Do not contact, set by hand", "complained"])
def test_an_undo_leaves_a_line_that_says_something_else(ada, reason):
    line = ada.snapshot.suppress("ada@example.org", reason, at("2026-03-24 11:00"))
    ada.suppressed[line.hash] = line
    ada.apply(obey(choice(), ada.snapshot, WORKFLOW))
    assert not obey(undo(), ada.snapshot, WORKFLOW)


def test_a_complaint_is_an_opt_out_already_and_no_undo_takes_it_back(ada):
    ada.happens(Kind.COMPLAINED, "2026-03-24 11:00")
    assert obey(choice(), ada.snapshot, WORKFLOW).events == ()
    assert obey(undo(), ada.snapshot, WORKFLOW).events == ()


def test_a_reply_stays_a_reply_after_opt_out_and_undo(ada):
    ada.happens(Kind.REPLIED, "2026-03-24 11:00")
    found, done = obeyed(ada.snapshot, choice(), undo())
    ada.events = found.events
    assert [event.kind for event in done.events] == [Kind.UNSUBSCRIBED, Kind.RESUBSCRIBED]
    assert ada.looks("2026-03-24 13:00").history.standing == statuses.REPLIED


def test_at_once_the_rows_say_it_too_unless_the_owner_was_there_first(ada):
    [row] = obey_at_once(choice(), ada.snapshot, WORKFLOW).rows
    assert row.cells["status"] == statuses.UNSUBSCRIBED
    assert row.expected["status"] == statuses.CONTACTED
    ada.types(status="Won")
    changes = obey_at_once(choice(), ada.snapshot, WORKFLOW)
    assert [event.kind for event in changes.events] == [Kind.UNSUBSCRIBED, Kind.STATUS, Kind.OWNER_RESPONSE]
    [row] = changes.rows
    assert row.cells["status"] == "Won"


def test_a_row_of_somebody_else_is_left_alone(ada):
    both = replace(ada.snapshot, leads=(ada.lead, Lead(BEN, status="Contacted", email="ben@example.org")))
    changes = obey_at_once(choice(), both, WORKFLOW)
    assert {event.lead_id for event in changes.events} == {ADA}
    assert [row.lead_id for row in changes.rows] == [ADA]
