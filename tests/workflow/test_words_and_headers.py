"""The vocabulary: status words and the headers of Leads."""

from dataclasses import fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheetflow.workflow import statuses
from sheetflow.workflow.columns import BY_FIELD, COLUMNS, LEAD_FIELDS, Whose, find_column
from sheetflow.workflow.lead import Fields
from sheetflow.workflow.statuses import STATUSES, canonical
from tests.workflow.builders import Tracked

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


def test_every_column_is_a_cell_of_a_row_and_every_cell_a_column():
    assert set(vars(Tracked().row)) == set(BY_FIELD) == {column.field for column in COLUMNS}


def test_what_a_lead_says_of_itself_has_a_column_each():
    assert set(LEAD_FIELDS) == {field.name for field in fields(Fields)}


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
        ("state", None),  # many Sheets have one for something else
        ("Budget", None),
        ("", None),
    ],
)
def test_a_column_is_found_by_its_header_or_an_alias(header, field):
    found = find_column(header)
    assert (found.field if found else None) == field


def test_shared_are_the_three_cells_that_both_write_and_notes_are_peoples():
    shared = {column.field for column in COLUMNS if column.whose is Whose.SHARED}
    assert shared == {"status", "owner", "next_follow_up"}
    assert BY_FIELD["notes"].whose is Whose.PEOPLE
