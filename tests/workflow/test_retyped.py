"""What comes back in a form: what was typed, what stood there, what somebody else changed meanwhile."""

from datetime import date, datetime

import pytest

from sheetflow.workflow import statuses
from sheetflow.workflow.columns import COLUMNS
from sheetflow.workflow.lead import Cell, Row
from sheetflow.workflow.retyped import Retyped, Typed, mark, plain, retype, shown

TODAY = date(2026, 11, 24)
AT = datetime.fromisoformat("2026-11-26T10:30")


def row(**cells: Cell) -> Row:
    empty: dict[str, Cell] = {column.field: "" for column in COLUMNS}
    return {**empty, "id": "L-2222222222", "status": "Contacted", "next_follow_up": AT, **cells}


def typed_over(stands: Row, before: Row | None = None, /, **texts: str) -> Retyped:
    """Typed into a form that showed `before`."""
    typed = {name: Typed(text, mark(shown(before or stands, name))) for name, text in texts.items()}
    return retype(stands, typed, {"sold": statuses.WON}, TODAY, day_first=True)


def test_what_was_typed_becomes_an_edit_over_what_stood_there() -> None:
    found = typed_over(row(), status="Won", notes=" Likes\r\nthe garden ")
    edits = {edit.field: (edit.value, edit.shown) for edit in found.edits}
    assert edits == {"status": ("Won", "Contacted"), "notes": ("Likes\nthe garden", "")}


def test_what_nobody_touched_is_no_edit() -> None:
    stands = row(name="Lea", message="one\ntwo", notes="x\r\n\r\ny", phone="\x00+49 30\n1")
    texts = {
        name: shown(stands, name).replace("\n", "\r\n") for name in ("name", "message", "notes", "phone")
    }
    assert typed_over(stands, next_follow_up="2026-11-26 10:30", status="Contacted", **texts) == Retyped()


def test_the_same_form_twice_changes_nothing_the_second_time() -> None:
    assert typed_over(row(status="Won"), row(), status="Won") == Retyped()


def test_a_cell_that_changed_meanwhile_is_shown_and_nothing_else_is_stored_either() -> None:
    found = typed_over(row(status="Replied"), row(), status="Following up", notes="call again")
    assert (found.edits, found.theirs) == ((), {"status": "Replied"})


def test_a_cell_that_changed_meanwhile_and_was_not_touched_stays_as_it_is() -> None:
    found = typed_over(row(status="Replied"), row(), status="Contacted", notes="call again")
    assert [edit.field for edit in found.edits] == ["notes"]
    assert not found.theirs


@pytest.mark.parametrize("word", ["Won", " won ", "sold", "Send again"])
def test_a_status_may_be_typed_as_people_know_it(word: str) -> None:
    assert [edit.value for edit in typed_over(row(), status=word).edits] == [word.strip()]


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("status", "Wonn", "This isn't a status. Use one of: New,"),
        ("status", "", "Choose a status."),
        ("next_follow_up", "some day", "This date isn't understood."),
        ("next_follow_up", "31.02.2027", "This date isn't understood."),
        ("next_follow_up", "3 January 1999", "This date isn't understood."),
        ("next_follow_up", "  ", "A date can be moved, but not taken away."),
        ("email", "lea at example.org", "This can't be an e-mail address."),
        ("email", "a@example.org, b@example.org", "This can't be an e-mail address."),
        ("name", "x" * 201, "Name takes at most 200 characters; these are 201."),
        ("notes", "x" * 22_501, "Notes takes at most 22,500 characters; these are 22,501."),
    ],
)
def test_what_cannot_be_meant_is_said_beside_the_field(name: str, text: str, said: str) -> None:
    found = typed_over(row(), **{name: text}, location="Bonn")
    assert (found.edits, list(found.errors)) == ((), [name])
    assert found.errors[name].startswith(said)


def test_what_was_odd_before_does_not_keep_anything_else_from_being_stored() -> None:
    stands = row(status="Kalt", email="lea at example.org", next_follow_up="some day", name="x" * 500)
    same = {name: shown(stands, name) for name in ("status", "email", "next_follow_up", "name")}
    assert [edit.field for edit in typed_over(stands, **same, notes="odd").edits] == ["notes"]


@pytest.mark.parametrize("text", ["2026-12-01", "1.12.2026 9:00", "1 Dec, 9am", "10:00"])
def test_a_date_is_typed_as_in_the_sheet(text: str) -> None:
    assert [edit.value for edit in typed_over(row(), next_follow_up=text).edits] == [text]


def test_a_browser_may_do_to_line_ends_what_it_likes() -> None:
    assert mark("a\nb") == mark("a\r\nb ") == mark("\ra\rb\n".lstrip("\r")) != mark("a b")
    assert plain("\ud800") == "\ud800"
    assert mark("\ud800") == mark("?")
