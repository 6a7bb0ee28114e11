"""Random edits of an owner among leads and jobs: one row a lead, one mail a step, every stop heeded.

The suite has few and short ones; `make test-long` has ten owners with 300 edits each.
"""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from freezegun import freeze_time

from sheetflow.workflow.events import Kind
from tests.fakes import sheets_faults as faults
from tests.fakes.sheets import FakeSheets
from tests.fakes.smtp import FakeSmtp
from tests.jobs.conftest import TUESDAY
from tests.sheet.test_job import Frozen, opened
from tests.sheet.world import differences

FAULTS = (faults.ANSWER_LOST, faults.refused(503), faults.failed_after(503), faults.RESET_BEFORE)
STOPS = ("Won", "Paused", "Booked", "Quote sent", "Do not contact")
GOES_ON = "Following up"


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    metafunc.parametrize("seed", range(metafunc.config.getoption("--seeds")))


@pytest.fixture
def mail_server() -> Iterator[FakeSmtp]:
    with FakeSmtp() as server:
        yield server


@pytest.fixture
def fake() -> Iterator[FakeSheets]:
    with FakeSheets(locale="en_GB", time_zone="Europe/Berlin") as sheets:
        yield sheets


@pytest.fixture
def world(tmp_path: Path, mail_server: FakeSmtp, fake: FakeSheets) -> Iterator[Frozen]:
    with freeze_time(TUESDAY) as machine:
        yield from opened(tmp_path, mail_server, fake, machine)


class Hands:
    """An owner who does anything, and what must come of it."""

    def __init__(self, world: Frozen, fake: FakeSheets, seed: int) -> None:
        self.world, self.fake, self.owner = world, fake, fake.owner
        self.random = random.Random(seed)
        self.leads: dict[str, str] = {}  # their addresses
        self.statuses: dict[str, str] = {}
        self.notes: dict[str, str] = {}
        self.deleted: set[str] = set()

    def lives(self, edits: int) -> None:
        for _ in range(6):
            self.hears_of_a_lead()
        self.runs_a_job()
        for _ in range(edits):
            self.acts()
            if self.random.random() < 0.1:
                self.hears_of_a_lead()
            if self.random.random() < 0.4:
                self.world.passes(hours=self.random.choice((0.2, 1, 5, 24)))
                if self.random.random() < 0.3:
                    self.fake.fail_next(self.random.choice(FAULTS))
                self.runs_a_job()

    def hears_of_a_lead(self) -> None:
        number = len(self.leads)
        email = f"lead{number}@example.org"
        phone = f"+49 30 55500{number:03d}"
        self.leads[self.world.arrives(email, name=f"Person {number}", phone=phone)] = email

    def runs_a_job(self) -> None:
        """Nobody who was stopped before it gets mail from it."""
        messages = self.world.server.messages
        count = len(messages)
        self.world.job()
        self.fake._next_faults.clear()
        mailed = {one.rcpt_to[0] for one in messages[count:]}
        stopped = {lead for lead, word in self.statuses.items() if word != GOES_ON} | self.deleted
        assert not mailed & {self.leads[lead] for lead in stopped}

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
                self.types_a_day,
            )
        )()

    def somebody(self):
        return self.random.choice([row["Lead ID"] for row in self.owner.records("Leads") if row["Lead ID"]])

    def types(self, lead, header, text):
        self.owner.type_in("Leads", self.owner.find("Leads", "Lead ID", lead), header, text)

    def sorts(self):
        column = self.random.choice(["Name", "Status", "Email", "Received"])
        self.owner.sort("Leads", column, descending=self.random.random() < 0.5)

    def inserts(self):
        self.owner.insert_rows("Leads", self.random.randint(2, 8))

    def types_status(self):
        lead, word = self.somebody(), self.random.choice((*STOPS, GOES_ON))
        self.types(lead, "Status", word)
        self.statuses[lead] = word

    def types_note(self):
        lead, word = self.somebody(), f"note {self.random.random()}"
        self.types(lead, "Notes", word)
        self.notes[lead] = word

    def deletes(self):
        if len(self.deleted) < 2:
            lead = self.somebody()
            self.owner.delete_rows("Leads", self.owner.find("Leads", "Lead ID", lead))
            self.deleted.add(lead)

    def moves_column(self):
        headers = [header for header in self.owner.rows("Leads")[0] if header]
        column, before = self.random.sample(headers, 2)
        self.owner.move_column("Leads", column, before)

    def renames(self):
        headers = self.owner.rows("Leads")[0]
        for old, new in (("Source", "Channel"), ("Channel", "Source")):
            if old in headers:
                self.owner.rename_header("Leads", old, new)
                return

    def clears_an_id(self):
        self.types(self.somebody(), "Lead ID", "")

    def types_over_ours(self):
        self.types(self.somebody(), "Last step", "nonsense")

    def types_a_day(self):
        day = self.world.now.date().replace(day=self.random.randint(1, 28))
        self.types(self.somebody(), "Next follow-up", f"{day} 10:00")


def test_an_owner_who_does_anything_between_leads_and_jobs(
    world: Frozen, fake: FakeSheets, seed: int, pytestconfig: pytest.Config
) -> None:
    hands = Hands(world, fake, seed)
    hands.lives(pytestconfig.getoption("--edits"))
    for _ in range(3):
        world.passes(minutes=10)
        hands.runs_a_job()
    assert differences(world.ledger, fake.owner) == []
    rows = {row["Lead ID"]: row for row in fake.owner.records("Leads") if row["Lead ID"]}
    assert rows.keys() == hands.leads.keys() - hands.deleted
    for lead, word in hands.notes.items():
        assert lead in hands.deleted or rows[lead]["Notes"] == word
    for lead, word in hands.statuses.items():
        assert lead in hands.deleted or word == GOES_ON or rows[lead]["Status"] == word
    assert all(len(world.events(lead, Kind.ROW_DELETED)) == 1 for lead in hands.deleted)
    steps = [(lead, event.step) for lead in hands.leads for event in world.events(lead, Kind.SENT)]
    assert len(set(steps)) == len(steps)
    assert len(steps) == len({mail["Message-ID"] for mail in world.mails}) == len(world.mails)
    told = [line["Event ID"] for line in fake.owner.records("Activity")]
    assert sorted(told) == sorted(event.id for lead in hands.leads for event in world.events(lead))
