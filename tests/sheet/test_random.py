"""Random edits of an owner among arrivals, sends and replies: one row a lead, and no word lost."""

import random

import pytest

from sheetflow.errors import SheetUnavailable
from sheetflow.workflow.events import Kind
from tests.fakes import sheets_faults as faults

EDITS_A_SEED = 60
FAULTS = (faults.ANSWER_LOST, faults.refused(503), faults.failed_after(503), faults.RESET_BEFORE)


class Hands:
    """An owner who does anything, and what must come of it."""

    def __init__(self, world, seed):
        self.world, self.random = world, random.Random(seed)
        self.statuses, self.notes, self.deleted = {}, {}, set()
        self.number = 0

    def acts(self):
        self.random.choice(
            (
                self.sorts,
                self.inserts,
                self.types_status,
                self.types_status,
                self.types_note,
                self.types_note,
                self.deletes,
                self.moves_column,
                self.renames,
                self.clears_an_id,
                self.types_over_ours,
            )
        )()

    def somebody(self):
        return self.random.choice([lead for lead in self.world.ids() if lead not in self.deleted])

    def sorts(self):
        column = self.random.choice(["Name", "Status", "Email", "Received"])
        self.world.owner.sort("Leads", column, descending=self.random.random() < 0.5)

    def inserts(self):
        self.world.owner.insert_rows("Leads", self.random.randint(2, 8))

    def types_status(self):
        lead, word = self.somebody(), self.random.choice(["Won", "Paused", "Booked", "Quote sent"])
        self.world.types(lead, "Status", word)
        self.statuses[lead] = word

    def types_note(self):
        lead, word = self.somebody(), f"note {self.random.random()}"
        self.world.types(lead, "Notes", word)
        self.notes[lead] = word

    def deletes(self):
        if len(self.deleted) < 2:
            lead = self.somebody()
            self.world.owner.delete_rows("Leads", self.world.row(lead))
            self.deleted.add(lead)

    def moves_column(self):
        headers = [header for header in self.world.owner.rows("Leads")[0] if header]
        column, before = self.random.sample(headers, 2)
        self.world.owner.move_column("Leads", column, before)

    def renames(self):
        headers = self.world.owner.rows("Leads")[0]
        for old, new in (("Source", "Channel"), ("Channel", "Source")):
            if old in headers:
                self.world.owner.rename_header("Leads", old, new)
                return

    def clears_an_id(self):
        self.world.types(self.somebody(), "Lead ID", "")

    def types_over_ours(self):
        self.world.types(self.somebody(), "Last step", "nonsense")


@pytest.mark.parametrize("seed", range(5))
def test_random_edits_between_syncs(world, seed):
    hands = Hands(world, seed)
    leads = [world.arrives(number) for number in range(1, 9)]
    world.syncs()
    hands.number = 8
    for _ in range(EDITS_A_SEED):
        hands.acts()
        chance = hands.random.random()
        if chance < 0.1:
            hands.number += 1
            leads.append(world.arrives(hands.number))
        elif chance < 0.2:
            world.sends(hands.random.choice(leads), f"step{hands.random.random()}")
        if hands.random.random() < 0.4:
            if hands.random.random() < 0.3:
                world.fake.fail_next(hands.random.choice(FAULTS))
            syncs(world)
    world.syncs()
    world.syncs()
    world.syncs(numbers=True)
    assert world.differences() == []
    assert sorted(world.ids()) == sorted(set(leads) - hands.deleted)
    for lead, word in hands.notes.items():
        assert lead in hands.deleted or world.cells(lead)["Notes"] == word
    for lead, word in hands.statuses.items():
        assert lead in hands.deleted or world.cells(lead)["Status"] == word
    assert all(len(world.events(lead, Kind.ROW_DELETED)) == 1 for lead in hands.deleted)
    told = [line["Event ID"] for line in world.owner.records("Activity")]
    assert sorted(told) == sorted(event.id for lead in leads for event in world.events(lead))


def syncs(world):
    try:
        world.syncs()
    except SheetUnavailable:
        world.fake._next_faults.clear()
