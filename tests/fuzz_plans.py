"""Lets random businesses live for ten days, and says where `plan --json` said something else than happened.

python -m tests.fuzz_plans --count 200

A business is its zone, its hours and holidays, limits, steps and templates, some of which can't be rendered
for everybody. Its job runs whenever something comes due, every hour while somebody waits for what has no
date, and every six hours besides. Leads come, their owner types, the configuration changes, a template is
broken or mended, Sending is paused, the server refuses a lead or the account, the host sleeps: none of it
can be planned for, so the plan is made anew after each. From one of these to the next, every message leaves
at the second it was planned for, and none besides.
"""

import argparse
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

from sqlalchemy import func, select

from sheetflow.business import read_workflow
from sheetflow.jobs.run import run_job
from sheetflow.jobs.upcoming import upcoming
from sheetflow.ledger import schema
from sheetflow.ledger.rows import time_of
from sheetflow.workflow import statuses
from sheetflow.workflow.events import Kind, iso
from sheetflow.workflow.sequence import Workflow
from tests.fakes.smtp import FakeSmtp, says
from tests.jobs.world import World

LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
HORIZON = timedelta(days=10)
HOUR = timedelta(hours=1)

# Zone, country, region: whole and broken hours, both halves of the year, clocks that change at midnight.
PLACES = (
    ("America/New_York", "US", "NY"),
    ("America/St_Johns", "CA", "NL"),
    ("America/Toronto", "CA", "ON"),
    ("America/Sao_Paulo", "BR", "SP"),
    ("America/Santiago", "CL", ""),
    ("Europe/London", "GB", "SCT"),
    ("Europe/London", "GB", ""),
    ("Europe/Berlin", "DE", "BY"),
    ("Africa/Casablanca", "MA", ""),
    ("Africa/Cairo", "EG", ""),
    ("Asia/Kolkata", "IN", "MH"),
    ("Asia/Kathmandu", "NP", ""),
    ("Asia/Tokyo", "JP", ""),
    ("Australia/Lord_Howe", "AU", "NSW"),
    ("Pacific/Auckland", "NZ", "AUK"),
    ("Pacific/Apia", "", ""),
)
# Clocks change, or there are holidays, or nothing at all.
FIRST_DAYS = ("2026-03-06", "2026-03-26", "2026-04-01", "2026-04-22", "2026-06-10", "2026-09-03")
FIRST_DAYS += ("2026-10-01", "2026-10-22", "2026-12-21")
DAYS = ("mon tue wed thu fri", "sun mon tue wed thu", "sat", "tue fri", "sat sun mon")
HOURS = ("09:00-17:00", "08:30-12:15", "00:00-24:00", "22:00-23:30", "02:00-03:30")
TEXTS = {
    "good": "Hello {{ first_name or 'there' }}, how are you?",
    "needs a place": "Hello, how is {{ location }}?",
    "needs a service": "Hello, still about {{ service }}?",
    "broken": "Hello {% if %}",
    "unknown": "Hello {{ frist_name }}",
}
NAMES = ("Jo Miller", "Ana", "", "Dr. Anna Becker", "N/A", "🌸")
MESSAGES = ("Can you help me with my garden?", "Guten Tag, ich möchte gern einen Termin.", "", "Urgent!")
WORDS = ("New", "Contacted", "Following up", "Nurture", "Paused", "Won", "Send again", "Replied", "Lost", "")
UNFORESEEN = frozenset((Kind.FAILED, Kind.UNKNOWN, Kind.RELEASED, Kind.BOUNCED))
REFUSALS = (
    {"rcpt": "450 4.2.0 Greylisted, try again"},
    {"rcpt": "554 5.7.1 Blocked by policy"},
    {"rcpt": "550 5.1.1 No such user"},
    {"end": "451 4.3.0 Try again later"},
    {"mail": "550 5.4.5 Daily sending quota exceeded"},
    {"connect": "421 Service not available"},
)


Pairs = set[tuple[str, str]]  # Lead ID and step


@dataclass
class Choices:
    """What the business decides; each may change on any day."""

    place: tuple[str, str, str]
    days: str
    hours: str
    limit: int
    late_after: int
    steps: list[tuple[str, int, bool]]  # name, day, anytime
    texts: dict[str, str]  # by name of the file, without .md

    def write(self, folder: Path) -> Workflow:
        """Into the files that the program reads."""
        templates = folder / "templates"
        templates.mkdir(exist_ok=True)
        for old in templates.iterdir():
            old.unlink()
        for name, text in self.texts.items():
            (templates / f"{name}.md").write_text(f"Subject: Hello\n\n{TEXTS[text]}\n")
        zone, country, region = self.place
        lines = [
            '[business]\nname = "Studio"\nsender_name = "Studio"\nemail = "studio@example.com"',
            f'postal_address = "1 Street"\ntime_zone = "{zone}"\ncountry = "{country}"\nregion = "{region}"',
            f'[sending]\ndays = {self.days.split()!r}\nhours = "{self.hours}"\ndaily_limit = {self.limit}',
            f"seconds_between_messages = 0\nlate_after_days = {self.late_after}",
        ]
        for name, day, anytime in self.steps:
            lines.append(f'[[steps]]\nname = "{name}"\nday = {day}\nanytime = {str(anytime).lower()}')
        (folder / "sheetflow.toml").write_text("\n".join(lines))
        return read_workflow(folder)


def choices(chance: Random) -> Choices:
    steps = a_sequence(chance)
    return Choices(
        chance.choice(PLACES),
        chance.choice((DAYS[0], *DAYS)),
        chance.choice((HOURS[0], *HOURS)),
        chance.choice((1, 2, 3, 400, 400)),
        chance.choice((1, 3, 7)),
        steps,
        some_texts(chance, [name for name, _, _ in steps]),
    )


def a_sequence(chance: Random) -> list[tuple[str, int, bool]]:
    names = chance.sample(("follow_up", "check_in", "re_engage", "last_call"), chance.randint(0, 4))
    days = sorted(chance.sample(range(2, 12), len(names)))
    later = [(name, day, chance.random() < 0.2) for name, day in zip(names, days, strict=True)]
    return [("first_response", 1, chance.random() < 0.8), *later]


def some_texts(chance: Random, names: list[str]) -> dict[str, str]:
    """Some in variants of their own for Germans, for the night, or for half of the leads."""
    texts = {name: a_text(chance) for name in names}
    for name in names:
        if chance.random() < 0.3:
            texts[f"{name}.{chance.choice(('de', 'night', 'weekend', 'b', 'now'))}"] = a_text(chance)
    return texts


def a_text(chance: Random) -> str:
    return "good" if chance.random() < 0.85 else chance.choice(list(TEXTS))


@dataclass
class Life:
    """One business and what happens to it; `wrong` says when plan and reality differed."""

    folder: Path
    world: World
    chance: Random
    choices: Choices
    minute: Callable[[], int]  # at which things happen within their hour
    leads: list[str] = field(default_factory=list)
    asleep_until: datetime = LONG_AGO
    planned: list[dict[str, str | None]] | None = None  # None: it has to be made anew
    compared: datetime = LONG_AGO  # up to when what happened was planned
    foreseen: int = 0  # messages
    wrong: list[str] = field(default_factory=list)

    def run(self) -> None:
        began, end = self.world.now, self.world.now + HORIZON
        for _ in range(self.chance.randint(2, 6)):
            self.lead_comes()
        happens = sorted(self.moment(began) for _ in range(self.chance.randint(2, 14)))
        while self.world.now < end:
            while happens and happens[0] <= self.world.now:
                happens.pop(0)
                self.chance.choice(HAPPENINGS)(self)
                self.planned = None
            self.turn()
            self.world.now = min((*happens[:1], *self.next_runs(began)))
            if self.world.now < self.asleep_until:
                self.world.now, self.planned = self.asleep_until, None
        self.turn()
        if self.planned is not None:
            self.reads_rows()

    def moment(self, began: datetime) -> datetime:
        return began + timedelta(hours=self.chance.randrange(HORIZON // HOUR), minutes=self.minute())

    def next_runs(self, began: datetime) -> Iterator[datetime]:
        """When the ledger says that something else may be decided about a lead, and some hours besides."""
        now, look_at = self.world.now, schema.leads.c.look_at
        with self.world.ledger.reading() as book:
            is_waited_for = bool(book.to_look_at(now))
            soonest = book.connection.execute(select(func.min(look_at)).where(look_at > iso(now)))
            if at := time_of(soonest.scalar() or ""):
                yield at
        every = HOUR if is_waited_for else 6 * HOUR
        yield began + ((now - began) // every + 1) * every

    # What nobody can plan for

    def lead_comes(self) -> None:
        says_so = [self.chance.random() < share for share in (0.95, 0.5, 0.5)]
        lead_id = self.world.arrives(
            f"lead{len(self.leads)}@example.org" if says_so[0] else "",
            id=f"L-{self.chance.randrange(10**9)}{len(self.leads)}",
            name=self.chance.choice(NAMES),
            message=(message := self.chance.choice(MESSAGES)),
            language="de" if message.startswith("Guten") else "en",
            location="Springfield" if says_so[1] else "",
            service="Gardening" if says_so[2] else "",
        )
        self.leads.append(lead_id)

    def owner_types(self) -> None:
        local = self.world.workflow.local(self.world.now)
        day = local + timedelta(days=self.chance.randint(-2, 6), hours=self.chance.randint(-9, 9))
        cells = (
            ("status", self.chance.choice(WORDS)),
            ("status", statuses.NEW),
            ("status", statuses.FOLLOWING_UP),
            ("next_follow_up", f"{day:%Y-%m-%d %H:00}"),
            ("next_follow_up", f"{day:%Y-%m-%d}"),
            ("email", f"other{self.chance.randrange(9)}@example.org"),
            ("location", self.chance.choice(("Shelbyville", ""))),
            ("service", self.chance.choice(("Repairs", ""))),
        )
        self.world.types(self.chance.choice(self.leads), *self.chance.choice(cells))

    def is_configured(self) -> None:
        fresh = choices(self.chance)
        name = self.chance.choice(("place", "days", "hours", "limit", "late_after", "steps"))
        setattr(self.choices, name, getattr(fresh, name))
        if name == "steps":
            self.choices.texts = fresh.texts
        self.world.use(self.choices.write(self.folder))

    def template_changes(self) -> None:
        name = self.chance.choice(list(self.choices.texts))
        self.choices.texts[name] = self.chance.choice(("good", a_text(self.chance)))
        self.world.use(self.choices.write(self.folder))

    def sending_is_paused(self) -> None:
        self.world.says(self.chance.choice(("ON", "ON", "PAUSED")))

    def server_changes(self) -> None:
        self.world.server.answers = says(**self.chance.choice((*REFUSALS, *[{}] * 6)))

    def host_sleeps(self) -> None:
        self.asleep_until = self.world.now + self.chance.choice((5, 30, 24 * 4)) * HOUR

    # The plan, and what happens

    def turn(self) -> None:
        ports, is_new = self.world.ports, self.planned is None
        if self.planned is None:
            self.planned = [line.to_json() for line in upcoming(ports, HORIZON)]
        expected = {(str(line["lead_id"]), str(line["step"])) for line in self.planned if self.is_now(line)}
        if expected or is_new:
            self.expect("dry run", set(run_job(ports, dry_run=True).would), expected)
        self.world.job()
        with self.world.ledger.reading() as book:
            events = [event for found in book.events(self.leads).values() for event in found]
        happened = [event for event in events if self.compared < event.at <= self.world.now]
        sent = {(event.lead_id, event.step) for event in happened if event.kind is Kind.SENT}
        if any(event.kind in UNFORESEEN for event in happened):
            self.planned = None
            expected &= sent
        self.expect("job", sent, expected)
        self.foreseen += len(sent)
        self.compared = self.world.now

    def is_now(self, line: dict[str, str | None]) -> bool:
        is_sent = line["action"] == "send" and line["at"]
        return bool(is_sent) and self.compared < datetime.fromisoformat(str(line["at"])) <= self.world.now

    def expect(self, who: str, found: Pairs, expected: Pairs) -> None:
        if found != expected:
            self.wrong.append(f"{self.world.now}: the {who} {sorted(found)}, the plan {sorted(expected)}")

    def reads_rows(self) -> None:
        """Whoever gets nothing now is told the same by the plan as by the row."""
        for line in upcoming(self.world.ports, timedelta(0)):
            row = self.world.row(line.lead_id)
            at = self.world.workflow.local(line.at) if line.at else row.next_follow_up
            is_same = at == row.next_follow_up if line.action == "wait" else line.why in row.why
            # What the daily limit left over was dated when it did; the plan of this moment looks no further.
            is_same = is_same or "daily limit" in row.why
            if line.action != "send" and not is_same:
                self.wrong.append(f"{line.lead_id}: the row {row.next_follow_up}, {row.why}, the plan {line}")


HAPPENINGS = (
    *[Life.lead_comes, Life.owner_types] * 4,
    *[Life.is_configured, Life.template_changes, Life.server_changes] * 2,
    *(Life.sending_is_paused, Life.host_sleeps),
)


def live(seed: int, folder: Path, server: FakeSmtp) -> Life:
    chance = Random(seed)
    server.messages.clear()
    server.answers = says()
    chosen = choices(chance)
    workflow = chosen.write(folder)
    first = datetime.fromisoformat(chance.choice(FIRST_DAYS)).replace(
        hour=chance.choice((0, 8, 16)), tzinfo=workflow.business.zone
    )
    minute = chance.choice((lambda: 0, lambda: chance.randrange(60)))
    url = f"sqlite:///{folder / 'ledger.db'}"
    world = World(url, server, first.astimezone(UTC), workflow, templates=folder / "templates")
    life = Life(folder, world, chance, chosen, minute)
    try:
        life.run()
    finally:
        world.ledger.close()
    return life


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--seed", type=int, default=0)
    asked = parser.parse_args()
    wrong, foreseen = 0, 0
    with FakeSmtp("none") as server:
        for seed in range(asked.seed, asked.seed + asked.count):
            with tempfile.TemporaryDirectory() as folder:
                life = live(seed, Path(folder), server)
            foreseen += life.foreseen
            wrong += bool(life.wrong)
            for sentence in life.wrong[:3]:
                print(f"business {seed}: {sentence}")
            print(f"{seed}: {foreseen} messages foreseen, {wrong} businesses went otherwise", flush=True)


if __name__ == "__main__":
    main()
