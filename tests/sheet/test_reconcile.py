"""The rule of the two sides as tables, and what holds for any mix of edits on both."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sheetflow.ledger.mirror import THERE, Brief, Mirrored
from sheetflow.sheet.cells import value_of
from sheetflow.sheet.layout import Role, Tab
from sheetflow.sheet.read import Table
from sheetflow.sheet.reconcile import compare, reconcile, survey, texts_of
from sheetflow.sheet.write import lacking
from sheetflow.workflow.columns import BY_FIELD, COLUMNS, Whose
from sheetflow.workflow.lead import cell_text

NAMES = [column.field for column in COLUMNS]
AT = {name: at for at, name in enumerate(NAMES)}
TAB = Tab(Role.LEADS, 1, "Leads", 100, 24, columns=AT)
TYPED = [name for name in NAMES if BY_FIELD[name].whose is not Whose.SHEETFLOW]
OURS = [name for name in NAMES if BY_FIELD[name].whose is Whose.SHEETFLOW and name != "id"]


def known(wanted="New", agreed="New", *, carried=(), kept=(), field="status"):
    return Mirrored(
        "L-1",
        dict.fromkeys(NAMES, "") | {field: wanted},
        {field: agreed},
        {field: list(carried)},
        frozenset(kept),
    )


# W wanted, A agreed, C carried, S stands: who typed what, and what is written then.
@pytest.mark.parametrize(
    ("field", "wanted", "agreed", "carried", "stands", "typed", "kept"),
    [
        ("status", "New", "New", [], "New", None, None),
        ("status", "Contacted", "New", [], "New", None, None),
        ("status", "Contacted", "New", ["Contacted"], "Contacted", None, None),
        ("status", "Replied", "New", ["Contacted"], "Contacted", None, None),
        ("status", "New", "New", [], "Won", "Won", None),
        ("status", "Replied", "New", [], "Won", "Won", None),
        ("status", "New", "New", [], "", "", None),
        ("email", "a@example.org", "a@example.org", [], "b@example.org", "b@example.org", None),
        ("notes", "", "", [], "call her", "call her", None),
        ("why", "Wait", "Wait", [], "hm", None, "hm"),
        ("why", "Wait", "Wait", [], "", None, None),
        ("why", "Send", "Wait", ["Send"], "Send", None, None),
        ("name", " Ada ", "Ada", [], "Ada  ", None, None),
    ],
)
def test_who_typed_what(field, wanted, agreed, carried, stands, typed, kept):
    seen = compare(known(wanted, agreed, carried=carried, field=field), {field: stands or None})
    assert [edit.value for edit in seen.edits] == ([] if typed is None else [typed])
    assert [edit.shown for edit in seen.edits] == ([] if typed is None else [agreed])
    assert [one.typed for one in seen.replaced] == ([] if kept is None else [kept])
    assert seen.agreed[field] == cell_text(stands)


def test_an_empty_cell_of_a_column_that_came_back_was_emptied_by_nobody():
    one = known("Won", "Won")
    assert compare(one, {"status": None}, {"status"}).edits == ()
    assert len(compare(one, {"status": None}).edits) == 1
    seen = compare(one, {"status": None}, {"status"})
    assert lacking(replace(one, agreed=seen.agreed), TAB) == {"status": "Won"}


def test_what_stood_in_a_row_before_it_was_adopted_is_never_written():
    one = known("Website", "from my aunt", kept=("source",), field="source")
    assert lacking(one, TAB) == {}


def test_an_email_is_corrected_before_new_is_obeyed():
    one = Mirrored("L-1", {}, {"status": "Bounced", "email": "a@example.org"})
    seen = compare(one, {"status": "New", "email": "b@example.org"})
    assert [edit.field for edit in seen.edits] == ["email", "status"]


def test_while_something_is_wrong_with_a_row_only_why_is_written():
    one = replace(known("Won", "New"), wanted={"status": "Won", "why": "Torn"}, problem="Torn")
    assert lacking(one, TAB) == {"why": "Torn"}


# Any mix of edits on both sides

WORDS = st.sampled_from(["", "New", "Won", "Paused", "x", "0", "a b", "=1+1", "2026-03-04"])
CHANGES = st.lists(
    st.tuples(
        st.sampled_from(["person", "ledger", "lost", "late", "sync"]), st.sampled_from(NAMES[:-1]), WORDS
    ),
    max_size=12,
)


class Model:
    """A row and its lead, with a wire between that can lose a batch's answer."""

    def __init__(self):
        self.wanted = dict.fromkeys(NAMES, "")
        self.twin = Mirrored("L-1", self.wanted)
        self.cells = dict.fromkeys(NAMES)
        self.recorded, self.people_wrote = [], {}

    def look(self):
        before = dict(self.cells)
        seen = compare(self.twin, {n: v for n, v in self.cells.items() if n != "id"})
        for edit in seen.edits:
            self.recorded.append((edit.field, cell_text(edit.value)))
            self.wanted[edit.field] = cell_text(edit.value)
        self.recorded += [(one.field, one.typed) for one in seen.replaced]
        self.twin = replace(self.twin, agreed=seen.agreed, wanted=dict(self.wanted))
        assert before == self.cells

    def write(self, *, arrives=True, answered=True):
        values = lacking(self.twin, TAB)
        texts = texts_of(values)
        carried = {n: [*self.twin.carried.get(n, []), text] for n, text in texts.items()}
        self.twin = replace(self.twin, carried={**self.twin.carried, **carried})
        if arrives:
            self.cells |= values
        if arrives and answered:
            self.twin = replace(self.twin, agreed={**self.twin.agreed, **texts}, carried={})

    def sync(self):
        self.look()
        self.write()


@settings(max_examples=150, deadline=None)
@given(CHANGES)
def test_any_mix_of_edits_converges_within_two_syncs_and_no_word_is_lost(changes):
    model, typed = Model(), []
    for who, name, word in changes:
        match who:
            case "person":
                before = cell_text(model.cells[name])
                model.cells[name] = value_of(word)
                if word != before:
                    typed.append((name, word))
                    model.look()
            case "ledger":
                model.wanted[name] = word
                model.twin = replace(model.twin, wanted=dict(model.wanted))
            case "lost":
                model.look()
                model.write(answered=False)
            case "late":
                model.look()
                model.write(arrives=False)
            case "sync":
                model.sync()
    model.sync()
    model.sync()
    stands = texts_of(model.cells)
    assert stands == {name: model.wanted[name] for name in NAMES}
    assert {name: text for name, text in model.twin.agreed.items() if text} == {
        name: text for name, text in stands.items() if text
    }
    assert lacking(model.twin, TAB) == {}
    carried_or_said = set(model.recorded)
    for name, word in typed:
        own = BY_FIELD[name].whose is Whose.SHEETFLOW
        said = (name, word) in carried_or_said
        assert said or (own and not word) or _was_ours(model, name, word, changes)


def _was_ours(model, name, word, changes):
    """A word that the ledger itself had sent is nobody's, even if a person types it again."""
    return any(who == "ledger" and (n, w) == (name, word) for who, n, w in changes) or word == ""


# Whole Sheets


def row(lead_id, name="", email="", phone=""):
    cells = [""] * len(NAMES)
    for field, value in {"id": lead_id, "name": name, "email": email, "phone": phone}.items():
        cells[AT[field]] = value
    return cells


PEOPLE = {f"L-{n}": (f"Name {n}", f"p{n}@example.org", f"+49 30 {n}000000") for n in range(1, 7)}
TWINS = {
    lead_id: Mirrored(lead_id, {}, dict(zip(("name", "email", "phone"), person, strict=True)))
    for lead_id, person in PEOPLE.items()
}


def looks(rows, *, confirmed=False, whole=True):
    table = Table(AT, [[column.header for column in COLUMNS], *rows])
    briefs = [Brief(lead_id, THERE, "", "New", "") for lead_id in PEOPLE]
    found = survey(table, briefs, whole=whole)
    return reconcile(found, {one: TWINS[one] for one in found.to_compare}, (), is_confirmed=confirmed)


def all_rows():
    return [row(lead_id, *person) for lead_id, person in PEOPLE.items()]


@settings(max_examples=60, deadline=None)
@given(st.permutations(all_rows()), st.lists(st.integers(0, 6), max_size=3))
def test_sorting_and_empty_rows_change_nothing(rows, gaps):
    for at in gaps:
        rows.insert(at, [])
    outcome = looks(rows)
    assert (outcome.problems, outcome.homes, outcome.deleted, outcome.sentences) == ({}, {}, [], ())
    assert all(not one.edits for one in outcome.compared.values())


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_cells_of_a_person_shifted_between_rows_are_never_taken_for_edits(data):
    rows, field = all_rows(), data.draw(st.sampled_from(["name", "email", "phone"]))
    first = data.draw(st.integers(0, 4))
    for at in range(first, 5):
        rows[at][AT[field]] = rows[at + 1][AT[field]]
    rows[5][AT[field]] = ""
    outcome = looks(rows)
    assert set(outcome.problems) == set(list(PEOPLE)[first:])
    assert all(not one.edits for one in outcome.compared.values())


@pytest.mark.parametrize(("gone", "deleted", "away"), [(1, 1, 0), (2, 2, 0), (3, 3, 0), (4, 0, 4), (6, 0, 6)])
def test_many_rows_gone_at_once_are_no_wish(gone, deleted, away):
    outcome = looks(all_rows()[gone:])
    assert (len(outcome.deleted), len(outcome.away)) == (deleted, away)
    assert bool(outcome.follow_ups) == bool(away)
    assert len(looks(all_rows()[gone:], confirmed=True).deleted) == gone


def test_a_small_look_deletes_nothing():
    outcome = looks(all_rows()[1:], whole=False)
    assert outcome.deleted == ()
    assert set(outcome.problems) == {"L-1"}
