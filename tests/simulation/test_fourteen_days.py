"""Fourteen days of ten leads over real mail servers: who gets how many mails, and what every row says."""

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from sheetflow.jobs.run import run_job
from sheetflow.tracker.sql import SqlTracker
from sheetflow.workflow import statuses, tracked
from sheetflow.workflow.events import Event, Kind, event_id
from sheetflow.workflow.report import report
from sheetflow.workflow.tracked import Changes
from tests.fakes.imap import FakeImap
from tests.fakes.smtp import FakeSmtp
from tests.jobs.post import absence, answer, bounced, complaint
from tests.jobs.world import BERLIN, World, read_mail

FIRST_DAY = datetime(2026, 3, 24, tzinfo=BERLIN)  # a Tuesday; the clocks go forward on day 6

# Who: mails in fourteen days, the status at the end, and what Why says.
ENDINGS = {
    "same": (2, statuses.REPLIED, "over to you"),
    "other": (1, statuses.REPLIED, "over to you"),
    "away": (3, statuses.FOLLOWING_UP, "Re engage goes out on Wed 8 Apr 2026, 09:00."),
    "dead": (1, statuses.BOUNCED, "Correct Email"),
    "soft": (4, statuses.NURTURE, "sequence finished"),
    "angry": (2, statuses.UNSUBSCRIBED, "Unsubscribed"),
    "click": (1, statuses.UNSUBSCRIBED, "Unsubscribed"),
    "stop": (3, statuses.UNSUBSCRIBED, "Unsubscribed"),
    "won": (1, statuses.WON, "Won"),
    "through": (4, statuses.NURTURE, "sequence finished"),
}


@pytest.fixture(scope="module")
def imap_server() -> Iterator[FakeImap]:
    with FakeImap() as server:
        yield server


@pytest.fixture
def world(tmp_path: Path, imap_server: FakeImap) -> Iterator[World]:
    imap_server.empty()
    with FakeSmtp() as smtp:
        world = World(SqlTracker(f"sqlite:///{tmp_path / 'tracker.db'}"), smtp, FIRST_DAY.astimezone(UTC))
        world.opens(imap_server)
        yield world


@dataclass
class Story:
    world: World
    mailbox: FakeImap
    jobs_at_once: int = 1
    days_down: tuple[int, ...] = ()
    leads: dict[str, str] = field(default_factory=dict)  # who: Lead ID
    problems: dict[int, list[str]] = field(default_factory=dict)  # by day
    kept: int = 0  # messages that the server has put into Sent

    def run(self) -> None:
        for day in range(1, 15):
            self.mailbox.is_down = day in self.days_down
            for clock in (9.0, 9.5, 10.0, 12.0, 15.0):
                self.world.now = (
                    (FIRST_DAY + timedelta(days=day - 1)).replace(hour=int(clock)).astimezone(UTC)
                )
                self.world.now += timedelta(hours=clock % 1)
                self.happens(day, clock)
                self.jobs(day)
                self.keeps_what_was_sent()

    def happens(self, day: int, clock: float) -> None:
        """What people and servers do, just before the job runs."""
        match (day, clock):
            case (1, 9.0):
                self.leads = {who: self.world.arrives(f"{who}@{who}.example", name=who) for who in ENDINGS}
            case (1, 10.0):
                self.comes(bounced(self.last("dead"), "5.1.1", "550 5.1.1 No such user", at=self.now))
                self.comes(bounced(self.last("soft"), "4.2.2", "452 4.2.2 Mailbox full", at=self.now))
                text = "I'm out of office and will be back on 1 April 2026."
                self.comes(absence(self.last("away"), text, at=self.now))
            case (2, 9.5):
                elsewhere = "other@gmail.com"
                self.comes(answer(self.last("other"), "It's me, from my phone.", elsewhere, at=self.now))
                self.world.types(self.leads["won"], "status", statuses.WON)
                self.unsubscribes("click")
            case (4, 12.0):
                self.comes(answer(self.last("same"), "Yes, please call me on Monday.", at=self.now))
                self.comes(complaint(self.last("angry"), at=self.now), "junk")
            case (7, 12.0):
                self.comes(answer(self.last("stop"), "STOP", at=self.now))

    @property
    def now(self) -> datetime:
        return self.world.now

    def comes(self, raw: bytes, folder: str = "inbox") -> None:
        self.mailbox.deliver(raw, folder, self.now)

    def last(self, who: str):
        return self.world.mails_to(f"{who}@{who}.example")[-1]

    def unsubscribes(self, who: str) -> None:
        """As the page behind the link does."""
        name = event_id(Kind.UNSUBSCRIBED, self.leads[who], "link")
        event = Event(self.now, self.leads[who], Kind.UNSUBSCRIBED, name, detail="by the link")
        line = self.world.tracker.snapshot().suppress(f"{who}@{who}.example", "unsubscribed", self.now)
        self.world.tracker.commit(Changes(events=(event,), suppress=(line,)))

    def jobs(self, day: int) -> None:
        url = self.world.tracker.database.url.render_as_string()
        ports = [replace(self.world.ports, tracker=SqlTracker(url)) for _ in range(self.jobs_at_once)]
        with ThreadPoolExecutor(self.jobs_at_once) as pool:
            done = list(pool.map(run_job, ports))
        self.problems.setdefault(day, []).extend(problem for report in done for problem in report.problems)

    def keeps_what_was_sent(self) -> None:
        """As Gmail does: what goes out by SMTP lies in Sent."""
        for captured in self.world.server.messages[self.kept :]:
            self.mailbox.deliver(captured.data, "sent", self.now)
        self.kept = len(self.world.server.messages)

    def copies(self) -> Counter[str]:
        sent = (read_mail(captured.data)["Message-ID"] for captured in self.world.server.messages)
        return Counter(map(str, sent))


@pytest.mark.parametrize(
    ("at_once", "days_down"),
    [(1, ()), (2, ()), (1, (3, 5)), (2, (3, 5))],
    ids=["once", "twice at once", "mailbox down", "twice at once, mailbox down"],
)
def test_ten_leads_in_fourteen_days(
    world: World, imap_server: FakeImap, at_once: int, days_down: tuple[int, ...]
) -> None:
    story = Story(world, imap_server, at_once, days_down)
    story.run()
    assert set(story.copies().values()) == {1}
    for who, (mails, status, why) in ENDINGS.items():
        row = world.lead(story.leads[who])
        assert (who, len(world.mails_to(f"{who}@{who}.example"))) == (who, mails)
        assert (who, row.status, row.emails_sent) == (who, status, mails)
        assert why in row.why
        stops = Counter(event.kind for event in world.events(row.id) if event.kind in STOPPING)
        assert (who, set(stops.values()) <= {1}) == (who, True)
    assert {day for day, problems in story.problems.items() if problems} == set(days_down)
    assert not any(event.kind is Kind.OWNER_RESPONSE for event in mailed_by_owner(world, story))
    assert len(world.tracker.snapshot().suppressed) == 4
    check_report(world)


STOPPING = (Kind.REPLIED, Kind.BOUNCED, Kind.COMPLAINED, Kind.UNSUBSCRIBED, Kind.AUTO_REPLIED)


def mailed_by_owner(world: World, story: Story) -> list[Event]:
    return [event for who, lead in story.leads.items() if who != "won" for event in world.events(lead)]


def check_report(world: World) -> None:
    numbers = report(world.tracker.snapshot(), world.workflow, world.now)
    standing = numbers.standing
    assert (standing.received, standing.contacted, standing.pending) == (10, 10, 0)
    assert (standing.awaiting_follow_up, standing.awaiting_answer) == (1, 2)
    assert standing.needing_attention == ()
    assert numbers.first_response.automatic.answered == 10
    assert numbers.first_response.automatic.within_5_minutes == 1
    assert numbers.first_response.human.answered == 1
    assert (numbers.conversion.received, numbers.conversion.won) == (10, 1)
    steps = {
        step.step: (step.sent, step.replied, step.unsubscribed, step.bounced)
        for step in numbers.engagement.by_step
    }
    assert steps["first_response"] == (10, 1, 1, 2)
    assert steps["follow_up"] == (6, 1, 1, 0)
    assert steps["check_in"] == (4, 0, 1, 0)
    assert steps["re_engage"] == (2, 0, 0, 0)


def test_while_the_mailbox_is_down_no_follow_up_leaves_and_every_row_says_why(
    world: World, imap_server: FakeImap
) -> None:
    story = Story(world, imap_server)
    world.now = FIRST_DAY.replace(hour=9).astimezone(UTC)
    story.happens(1, 9.0)
    story.jobs(1)
    imap_server.is_down = True
    world.now += timedelta(days=3)
    story.jobs(4)
    assert len(world.mails) == 10
    rows = [world.lead(lead_id) for lead_id in story.leads.values()]
    assert all("replies can't be read" in row.why for row in rows)
    assert tracked.LAST_MAILBOX in world.control
