"""A person's opt-out by link and its undo: what it adds to a lead's events, what it leaves alone."""

from dataclasses import replace

import pytest

from sheetflow.workflow import statuses
from sheetflow.workflow.events import Kind
from sheetflow.workflow.optout import BY_LINK, OptOut, event_of, may_undo
from tests.workflow.builders import ADA, WORKFLOW, Tracked, at


def choice(when="2026-03-24 12:00", *, is_undone=False):
    return OptOut(ADA, "hash of the address", at(when), is_undone=is_undone)


def undo(when="2026-03-24 12:30"):
    return choice(when, is_undone=True)


@pytest.fixture
def ada():
    lead = Tracked()
    lead.run("2026-03-24 10:00")
    return lead


def obeys(lead, *choices):
    """The kinds of the events that the choices add, one after the other; the list follows."""
    added = []
    for one in choices:
        if one.is_undone and lead.case.suppressed == BY_LINK:
            lead.suppressed.clear()
        found = event_of(one, lead.case, WORKFLOW)
        if found:
            lead.records([found])
            added.append(found.kind)
        if not one.is_undone and not lead.case.suppressed:
            lead.suppress(BY_LINK)
    return added


@pytest.mark.parametrize("times", [2, 3])
def test_the_same_opt_out_heard_again_adds_nothing(ada, times):
    assert obeys(ada, *[choice()] * times) == [Kind.UNSUBSCRIBED]


@pytest.mark.parametrize(
    ("choices", "status"),
    [
        ([choice()], statuses.UNSUBSCRIBED),
        ([choice(), undo()], statuses.CONTACTED),
        ([choice(), undo(), choice("2026-03-24 12:40")], statuses.UNSUBSCRIBED),
        ([undo()], statuses.CONTACTED),
        ([undo(), choice("2026-03-24 12:40")], statuses.UNSUBSCRIBED),
        ([choice(), undo(), choice("2026-03-24 12:40"), undo("2026-03-24 12:50")], statuses.CONTACTED),
    ],
)
def test_the_last_choice_counts(ada, choices, status):
    obeys(ada, *choices)
    assert ada.looks("2026-03-24 13:00").history.standing == status


def test_an_undo_counts_from_now_and_the_next_step_is_not_late(ada):
    obeys(ada, choice("2026-03-26 08:00"), undo("2026-03-26 12:30"))
    assert ada.looks("2026-03-26 12:30").history.resumed_at == at("2026-03-26 12:30")
    assert ada.run("2026-03-26 12:31") == "follow_up"


def test_a_complaint_is_an_opt_out_already_and_no_undo_takes_it_back(ada):
    ada.happens(Kind.COMPLAINED, "2026-03-24 11:00")
    ada.suppress("complained")
    assert not may_undo(ada.case, WORKFLOW)
    assert obeys(ada, choice(), undo()) == []


def test_a_reply_stays_a_reply_after_opt_out_and_undo(ada):
    ada.happens(Kind.REPLIED, "2026-03-24 11:00")
    assert obeys(ada, choice(), undo()) == [Kind.UNSUBSCRIBED, Kind.RESUBSCRIBED]
    assert ada.looks("2026-03-24 13:00").history.standing == statuses.REPLIED


def test_an_opt_out_counts_wherever_the_clock_of_the_process_is(ada):
    obeys(ada, choice("2026-03-24 09:00"))
    assert ada.looks("2026-03-24 13:00").history.standing == statuses.UNSUBSCRIBED
    assert ada.events == tuple(sorted(ada.events, key=lambda event: event.at))


@pytest.mark.parametrize("email", ["", "corrected@example.org"])
def test_a_lead_opts_out_whatever_its_address_is_now(ada, email):
    ada.lead = replace(ada.lead, email=email)
    assert obeys(ada, choice()) == [Kind.UNSUBSCRIBED]
