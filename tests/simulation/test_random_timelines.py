"""Hundreds of leads with timelines of their own: whoever has answered is never followed up."""

import random
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest

from sheetflow.ledger import state
from sheetflow.workflow import statuses
from sheetflow.workflow.events import Kind
from tests.fakes.imap import FakeImap
from tests.fakes.mailbox import MemoryMailbox
from tests.fakes.smtp import FakeSmtp
from tests.jobs.post import answer
from tests.jobs.world import BERLIN, World, read_mail

MONDAY = datetime(2026, 3, 23, 8, 0, tzinfo=BERLIN).astimezone(UTC)
LEADS, HOURS = 50, 24 * 12


@dataclass
class Timeline:
    """One lead: when it comes, when and how it answers, when its owner lets the sequence go on again."""

    comes: datetime
    answers: list[datetime]
    owner_goes_on: datetime | None
    lead_id: str = ""
    lies_there: list[datetime] = field(default_factory=list)  # when answers came into the mailbox
    shown: datetime | None = None  # when the owner typed over an answer that stood in the row


def timelines(chance: random.Random) -> list[Timeline]:
    def moment() -> datetime:
        return MONDAY + timedelta(minutes=chance.randrange(HOURS * 60))

    return [
        Timeline(
            MONDAY + timedelta(minutes=chance.randrange(24 * 60)),
            sorted(moment() for _ in range(chance.randrange(3))),
            moment() if chance.random() < 0.3 else None,
        )
        for _ in range(LEADS)
    ]


class Days:
    """Turns the clock: leads come, answers arrive, the owner types, the job runs or misses its turn."""

    def __init__(self, world: World, mailbox: MemoryMailbox | FakeImap, chance: random.Random) -> None:
        self.world, self.mailbox, self.chance = world, mailbox, chance
        self.lines = timelines(chance)
        self.violations: list[str] = []
        self.got: dict[str, list[EmailMessage]] = defaultdict(list)  # by address

    def run(self) -> None:
        for hours in range(2, HOURS, 24):
            # One turn a day within the sending hours, others at any time.
            for more in sorted((0.0, *(self.chance.uniform(1, 21) for _ in range(self.chance.randrange(2))))):
                self.turn(MONDAY + timedelta(hours=hours + more))

    def turn(self, now: datetime) -> None:
        self.world.now = now
        for number, line in enumerate(self.lines):
            self.happens(number, line)
        self.mailbox.is_down = self.chance.random() < 0.1
        if self.chance.random() < 0.1:
            self.chance.choice((self.mailbox.renumber, self.forget_cursor))()
        sent_before = len(self.world.server.messages)
        self.world.job()
        self.check([read_mail(mail.data) for mail in self.world.server.messages[sent_before:]])

    def happens(self, number: int, line: Timeline) -> None:
        world, email = self.world, address(number)
        if not line.lead_id and line.comes <= world.now:
            line.lead_id = world.arrives(email)
            return
        while line.lead_id and line.answers and line.answers[0] <= world.now:
            line.answers.pop(0)
            self.arrives(email)
            line.lies_there.append(world.now)
        if line.lead_id and line.owner_goes_on and line.owner_goes_on <= world.now:
            line.owner_goes_on = None
            if world.row(line.lead_id).status == statuses.REPLIED and world.now not in line.lies_there:
                line.shown = world.now
            world.types(line.lead_id, "status", self.chance.choice((statuses.FOLLOWING_UP, statuses.NEW)))

    def arrives(self, email: str) -> None:
        """With or without a thread, from the same address or another; some want to be left alone."""
        mails = self.got[email]
        thread = self.chance.choice(mails) if mails and self.chance.random() < 0.7 else None
        elsewhere = thread is not None and self.chance.random() < 0.5
        sender = f"other-{email}" if elsewhere else email
        words = self.chance.choice(("Yes!", "No, thank you.", "STOP", ""))
        at = self.world.now
        self.mailbox.deliver(answer(thread, words, sender, at=at), self.chance.choice(("inbox", "junk")), at)

    def forget_cursor(self) -> None:
        self.world.remembers(state.CURSOR, "")

    def check(self, sent: list[EmailMessage]) -> None:
        """What went out just now went to nobody whose answer lay there, unless the owner had seen it."""
        for mail in sent:
            number = int(str(mail["To"]).partition("lead")[2].partition("@")[0])
            self.got[address(number)].append(mail)
            line = self.lines[number]
            unseen = [at for at in line.lies_there if line.shown is None or at > line.shown]
            is_first = mail["In-Reply-To"] is None
            if unseen and not is_first:
                self.violations.append(f"lead {number} at {self.world.now}: {unseen}")


def address(number: int) -> str:
    return f"lead{number}@company{number}.example"


@pytest.fixture(scope="module")
def servers() -> Iterator[tuple[FakeSmtp, FakeImap]]:
    with FakeSmtp("none") as smtp, FakeImap("none") as imap:
        yield smtp, imap


def lived(path: Path, smtp: FakeSmtp, seed: int, imap: FakeImap | None) -> Days:
    smtp.messages.clear()
    world = World(f"sqlite:///{path / 'ledger.db'}", smtp, MONDAY)
    if imap:
        imap.empty()
        mailbox: MemoryMailbox | FakeImap = world.opens(imap)
    else:
        mailbox = world.mailbox = MemoryMailbox(smtp.user)
    days = Days(world, mailbox, random.Random(seed))
    days.run()
    return days


@pytest.mark.parametrize("seed", range(6))
def test_an_answer_that_lay_in_the_mailbox_is_never_followed_by_a_step(
    tmp_path: Path, servers: tuple[FakeSmtp, FakeImap], seed: int
) -> None:
    days = lived(tmp_path, servers[0], seed, None)
    assert days.violations == []
    sent = [event for line in days.lines for event in days.world.events(line.lead_id, Kind.SENT)]
    assert len(sent) > LEADS  # follow-ups do leave
    assert len({event.message_id for event in sent}) == len(sent) == len(days.world.mails)


@pytest.mark.parametrize("seed", [100])
def test_the_same_over_a_real_mailbox(tmp_path: Path, servers: tuple[FakeSmtp, FakeImap], seed: int) -> None:
    days = lived(tmp_path, servers[0], seed, servers[1])
    assert days.violations == []
