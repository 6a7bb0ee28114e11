"""What is changed on a page stands in the Sheet after the next sync, and the other way round."""

from sheetflow.workflow.events import Kind


def test_notes_are_written_after_an_edit_on_the_page_and_never_otherwise(world):
    lead = world.arrives(1)
    world.syncs()
    world.edits(lead, "notes", "called on Monday")
    world.syncs()
    assert world.cells(lead)["Notes"] == "called on Monday"
    world.types(lead, "Notes", "call again")
    world.sends(lead)
    world.syncs()
    world.syncs()
    assert world.cells(lead)["Notes"] == "call again"
    assert world.lead(lead).notes == "call again"
    assert world.differences() == []


def test_what_is_changed_on_a_page_shows_in_the_sheet_and_was_typed_by_nobody_there(world):
    lead = world.arrives(1)
    world.syncs()
    for name, value in {"location": "Bonn", "owner": "Kim", "status": "Won"}.items():
        world.edits(lead, name, value, "New" if name == "status" else "")
    world.syncs()
    world.syncs()
    cells = world.cells(lead)
    assert (cells["Location"], cells["Owner"], cells["Status"]) == ("Bonn", "Kim", "Won")
    assert [event.detail for event in world.events(lead, Kind.STATUS)] == ["Won (was New)"]
    assert world.differences() == []
