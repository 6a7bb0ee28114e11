"""A person who was erased: nothing in the Sheet tells of them, not even after an older version came back."""

import pytest

from sheetflow.ledger import state
from sheetflow.ledger.forgetting import forget
from tests.fakes import sheets_faults as faults
from tests.fakes.sheets import Request
from tests.sheet.world import World

SECRET = "Person 7"


def told(world: World) -> list[str]:
    """Tabs in which the person stands, the hidden one too."""
    return [tab for tab in world.owner.tabs() if SECRET in str(world.owner.rows(tab))]


def test_the_row_and_the_lines_are_emptied_and_nobody_is_called_a_stranger(world: World) -> None:
    kept, lead = world.arrives(1), world.arrives(7, message=f"{SECRET} says hello")
    world.syncs()
    world.types(lead, "Notes", f"{SECRET} called")
    world.syncs()
    before = world.cells(kept)
    with world.ledger.writing() as book:
        forget(book, f"{lead.lower()}@example.org", world.now)
    world.syncs(numbers=True)
    looked = world.syncs(numbers=True)
    assert looked.problems == ()
    assert told(world) == []
    assert {name: text for name, text in world.cells(lead).items() if text} == {"Lead ID": lead}
    assert world.cells(kept) == before
    assert world.kept(state.SHEET_FORGOTTEN) == ""
    assert world.differences() == [f"a row says {lead}"]


@pytest.mark.parametrize("fault", [None, faults.ANSWER_LOST, faults.RESET_BEFORE])
@pytest.mark.parametrize("is_new", [False, True])
def test_a_person_who_is_forgotten_while_the_row_is_written(
    world: World, is_new: bool, fault: faults.Fault | None
) -> None:
    kept, lead = world.arrives(1), world.arrives(7)
    if not is_new:
        world.syncs()
    world.sends(kept)
    world.sends(lead)

    def forgets(index: int, request: Request) -> faults.Fault | None:
        if request.kind == "read":
            return None
        world.fake.faults = None
        with world.ledger.writing() as book:
            forget(book, f"{lead.lower()}@example.org", world.now)
        return fault

    world.fake.faults = forgets
    world.syncs()
    for _ in range(3):
        world.syncs(numbers=True)
    assert told(world) == []
    assert world.looked.problems == ()
    assert world.cells(kept)["Last step"] == "first_response"
    assert world.differences() == ([f"a row says {lead}"] if lead in world.ids() else [])


def test_a_line_that_an_older_version_brings_back_is_emptied_again(world: World) -> None:
    lead = world.arrives(7)
    world.syncs()
    old = (
        [list(row) for row in world.owner.rows("Leads")],
        [list(row) for row in world.owner.rows("Activity")],
    )
    with world.ledger.writing() as book:
        forget(book, f"{lead.lower()}@example.org", world.now)
    world.syncs()
    world.syncs()
    for tab, rows in zip(("Leads", "Activity"), old, strict=True):
        world.owner.fill(tab, rows)
    with world.ledger.writing() as book:
        book.put(state.SHEET_FORGOTTEN, "yes")  # as a look does that finds an older version
    for _ in range(3):
        world.syncs(numbers=True)
    assert told(world) == []
