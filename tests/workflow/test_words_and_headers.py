"""The vocabulary: status words and the headers of Leads."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheetflow.workflow import statuses
from sheetflow.workflow.columns import BY_FIELD, COLUMNS, SHARED_FIELDS, Whose, find_column
from sheetflow.workflow.lead import Lead
from sheetflow.workflow.statuses import STATUSES, canonical

ALIASES = {"signed": "Won", "on hold": "Paused"}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Won", "Won"),
        ("  wOn ", "Won"),
        ("following   up", "Following up"),
        ("SEND AGAIN", "Send again"),
        ("Signed", "Won"),
        ("On  hold", "Paused"),
        ("Hot prospect", None),
        ("", None),
        ("   ", None),
    ],
)
def test_a_status_is_known_however_it_is_spaced_or_capitalised(typed, meant):
    assert canonical(typed, ALIASES) == meant


def test_an_alias_never_replaces_a_status_of_its_own_name():
    assert canonical("won", {"won": "Lost"}) == "Won"


def test_every_status_either_moves_holds_or_stops():
    holding = {statuses.PAUSED, statuses.NEEDS_ATTENTION}
    groups = [statuses.MOVING, holding, statuses.STOPPED]
    assert sorted(status for group in groups for status in group) == sorted(STATUSES)


@given(st.text())
def test_no_word_is_an_error(word):
    assert canonical(word, ALIASES) in (*STATUSES, statuses.SEND_AGAIN, None)


def test_every_column_is_a_cell_of_a_lead_and_every_cell_a_column():
    not_columns = {"problem"}
    assert {column.field for column in COLUMNS} == set(Lead.__dataclass_fields__) - not_columns
    assert all(BY_FIELD[column.field] is column for column in COLUMNS)


def test_no_two_columns_answer_to_one_name():
    names = [name for column in COLUMNS for name in {column.header.casefold(), *column.aliases}]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("Lead ID", "id"),
        (" next   FOLLOW-UP", "next_follow_up"),
        ("E-Mail", "email"),
        ("stage", "status"),
        ("Assigned to", "owner"),
        ("Sheetflow", "mark"),
        ("Budget", None),
        ("", None),
    ],
)
def test_a_column_is_found_by_its_header_or_an_alias(header, field):
    found = find_column(header)
    assert (found.field if found else None) == field


def test_shared_are_the_three_cells_that_both_write_and_notes_is_never_written():
    assert set(SHARED_FIELDS) == {"status", "owner", "next_follow_up"}
    assert BY_FIELD["notes"].whose is Whose.OWNER
