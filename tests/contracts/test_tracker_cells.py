"""What every tracker promises about cells: a person's word stands, and the mark remembers sheetflow's own."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from sheetflow.workflow.columns import COLUMNS, SHARED_FIELDS, Whose
from sheetflow.workflow.lead import Mark, RowChange
from sheetflow.workflow.tracked import Changes, Typed
from tests.contracts.people import ADA, BEN, MORNING, a_lead, an_event, leads

PEOPLES = [column.field for column in COLUMNS if column.whose in (Whose.PEOPLE, Whose.OWNER)]
OURS = {
    "received": MORNING,
    "priority": "Hot",
    "next_step": "check_in",
    "last_step": "follow_up",
    "last_contact": MORNING,
    "emails_sent": 2,
    "first_response": 0.1,
    "owner_response": 90,
    "replied": MORNING,
    "why": "Sent today; next on Thursday.",
    "details": "budget: 1,000\ncolour: blue",
}
BEFORE = {"status": "Contacted", "owner": "Grace", "next_follow_up": MORNING}
AFTER = {"status": "Following up", "owner": "Hedy", "next_follow_up": MORNING + timedelta(days=2)}


@pytest.fixture(autouse=True)
def _ada(tracker):
    tracker.commit(leads(a_lead(**BEFORE, name="Ada", notes="call after six"), a_lead(BEN)))


def ada(tracker):
    return next(lead for lead in tracker.snapshot().leads if lead.id == ADA)


def change(tracker, cells, expected=BEFORE):
    tracker.commit(Changes(rows=(RowChange(ADA, cells, expected),)))
    return ada(tracker)


def test_sheetflows_own_cells_are_written(tracker):
    before = ada(tracker)
    assert change(tracker, OURS) == replace(before, **OURS)


def test_other_rows_stay_as_they_are(tracker):
    before = tracker.snapshot().leads[1]
    change(tracker, {**OURS, **AFTER})
    assert tracker.snapshot().leads[1] == before


def test_a_cell_can_be_emptied(tracker):
    change(tracker, OURS)
    found = change(tracker, {"why": "", "replied": None, "emails_sent": None, "next_follow_up": None})
    assert (found.why, found.replied, found.emails_sent, found.next_follow_up) == ("", None, None, None)
    assert found.mark == Mark(ADA, "Contacted", "Grace", "")


def test_shared_cells_are_written_while_they_hold_what_was_expected(tracker):
    found = change(tracker, AFTER)
    assert {field: getattr(found, field) for field in SHARED_FIELDS} == AFTER
    assert found.mark == Mark(ADA, "Following up", "Hedy", "2026-03-28T09:30")


@pytest.mark.parametrize("field", SHARED_FIELDS)
def test_a_shared_cell_that_a_person_has_changed_stays_and_so_does_its_mark(tracker, site, field):
    mark = ada(tracker).mark
    site.type(ADA, field, "a person's word")
    found = change(tracker, {**AFTER, "why": "written"})
    others = [name for name in SHARED_FIELDS if name != field]
    assert getattr(found, field) == "a person's word"
    assert getattr(found.mark, field) == getattr(mark, field)
    assert [getattr(found, name) for name in others] == [AFTER[name] for name in others]
    assert [getattr(found.mark, name) for name in others] != [getattr(mark, name) for name in others]
    assert found.why == "written"


@pytest.mark.parametrize("field", SHARED_FIELDS)
def test_a_shared_cell_that_a_person_has_emptied_stays_empty(tracker, site, field):
    site.type(ADA, field, "")
    assert not getattr(change(tracker, AFTER), field)


def test_what_is_expected_is_compared_by_what_a_person_sees(tracker, site):
    site.type(ADA, "status", "  Contacted ")
    seconds = MORNING + timedelta(seconds=20)
    found = change(tracker, AFTER, {**BEFORE, "next_follow_up": seconds})
    assert (found.status, found.next_follow_up) == (AFTER["status"], AFTER["next_follow_up"])


def test_without_an_expectation_only_an_empty_shared_cell_is_written(tracker):
    change(tracker, {"owner": ""})
    found = change(tracker, {"owner": "Hedy", "status": "Won"}, {})
    assert (found.owner, found.status) == ("Hedy", "Contacted")
    assert found.mark == Mark(ADA, "Contacted", "Hedy", "2026-03-26T09:30")


def test_a_value_that_is_already_there_becomes_the_baseline(tracker, site):
    site.type(ADA, "status", "Won")
    found = change(tracker, {"status": "Won"}, {"status": "Won"})
    assert (found.status, found.mark.status) == ("Won", "Won")


@pytest.mark.parametrize("field", PEOPLES)
def test_peoples_columns_are_never_written(tracker, site, field):
    site.type(ADA, field, "a person's word")
    found = change(tracker, {field: "sheetflow's", "why": "written"}, {field: "a person's word"})
    assert (getattr(found, field), found.why) == ("a person's word", "written")


def test_writing_cells_of_its_own_leaves_the_mark(tracker, site):
    mark = ada(tracker).mark
    site.type(ADA, "status", "Won")
    assert change(tracker, OURS).mark == mark


def test_a_mark_of_another_row_stays_until_shared_cells_are_written(tracker):
    strange = Mark(BEN, "Won", "Hedy")
    lost = a_lead("L-QSTQSTQSTQ", **BEFORE, mark=strange)
    tracker.commit(leads(lost))

    def write(cells):
        tracker.commit(Changes(rows=(RowChange(lost.id, cells, BEFORE),)))
        return tracker.snapshot().leads[-1].mark

    assert write({"why": "asked again"}) == strange
    assert write({"status": "Paused", "why": "mended"}) == Mark(lost.id, "Paused")


def test_changes_to_a_row_that_is_gone_are_dropped_and_the_rest_is_written(tracker, site):
    site.remove(ADA)
    rows = (RowChange(ADA, {**OURS, **AFTER}, BEFORE), RowChange(BEN, {"why": "written"}))
    tracker.commit(Changes(events=(an_event("a"),), rows=rows, typed=(Typed(ADA, "status", "Won"),)))
    found = tracker.snapshot()
    assert [(lead.id, lead.why) for lead in found.leads] == [(BEN, "written")]
    assert [event.id for event in found.events] == ["a"]


def test_two_changes_of_one_row_follow_each_other(tracker):
    first = RowChange(ADA, {"status": "Paused", "why": "first", "priority": "Hot"}, BEFORE)
    second = RowChange(
        ADA, {"owner": "Hedy", "status": "Won", "why": "second"}, {**BEFORE, "status": "Paused"}
    )
    tracker.commit(Changes(rows=(first, second)))
    found = ada(tracker)
    assert (found.status, found.owner, found.why, found.priority) == ("Won", "Hedy", "second", "Hot")
    assert found.mark == Mark(ADA, "Won", "Hedy", "2026-03-26T09:30")


def test_many_rows_are_changed_at_once_each_by_its_own_expectation(tracker, site):
    ids = [f"L-R{number:09d}" for number in range(600)]
    tracker.commit(leads(*(a_lead(lead_id, status="New") for lead_id in ids)))
    for lead_id in ids[::100]:
        site.type(lead_id, "status", "Won")
    rows = tuple(
        RowChange(lead_id, {"status": "Contacted", "why": lead_id}, {"status": "New"}) for lead_id in ids
    )
    tracker.commit(Changes(rows=rows))
    found = tracker.snapshot().leads[2:]
    assert [lead.why for lead in found] == ids
    assert [lead.id for lead in found if lead.status == "Won"] == ids[::100]
    assert {lead.mark.status for lead in found if lead.status == "Contacted"} == {"Contacted"}
    assert {lead.mark.status for lead in found if lead.status == "Won"} == {"New"}


def test_a_new_row_can_be_changed_in_the_same_commit(tracker):
    row = RowChange("L-NEWNEWNEWN", {"status": "Paused"}, {"status": "New"})
    tracker.commit(Changes((a_lead("L-NEWNEWNEWN", status="New"),), rows=(row,)))
    assert tracker.snapshot().leads[-1].status == "Paused"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("status", "Won"),
        ("owner", ""),
        ("next_follow_up", "tomorrow"),
        ("next_follow_up", datetime.fromisoformat("2026-04-01 12:00")),
        ("next_follow_up", date(2026, 4, 1)),
        ("next_follow_up", None),
        ("email", "ada@example.org"),
        ("notes", "=HYPERLINK()"),
    ],
)
def test_a_typed_cell_leaves_the_mark(tracker, field, value):
    before = ada(tracker)
    tracker.commit(Changes(typed=(Typed(ADA, field, value),)))
    assert ada(tracker) == replace(before, **{field: value})
