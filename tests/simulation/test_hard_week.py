"""A week in which the mail server makes trouble: whom it keeps from an answer, for how long, and who is told.

An address is refused by policy, another is greylisted, the account comes to its hourly limit twice, and the
server is away for fourteen hours. The job runs every hour of the day, the web process answers at once.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from sheetflow.workflow import statuses
from sheetflow.workflow.events import Kind
from tests.fakes.imap import FakeImap
from tests.fakes.smtp import LOSE, Answer, Captured, FakeSmtp
from tests.jobs.world import BERLIN, read_mail
from tests.simulation.book import Book, LedgerBook, SheetBook
from tests.simulation.business import OWN, Business
from tests.simulation.patience import wait_for

HOUR = timedelta(hours=1)
ARRIVE = {
    "Mon 09:10": "ada",
    "Mon 09:20": "ben",
    "Mon 09:30": "policy",
    "Mon 09:45": "cem",
    "Mon 09:50": "dora",
    "Mon 09:55": "eve",
    "Mon 09:58": "finn",  # the sixth message of that hour
    "Mon 10:20": "gil",
    "Mon 14:30": "nora",
    "Tue 10:40": "grey",
    "Tue 15:30": "hal",
    "Wed 10:10": "ida",  # the sixth again, after five follow-ups
    "Wed 10:30": "jan",
    "Wed 13:20": "kai",  # the server is away
    "Wed 18:45": "lena",
    "Thu 01:30": "mia",
}
AN_HOUR = 5  # messages that the account may send within one; those to its own people don't count
AWAY = ("Wed 13:00", "Thu 03:00")
GREYLISTED = HOUR  # from the first try on
OWNER_CLEARS_POLICY = "Fri 10:30"

# When each message is taken by the server. A step is timed from the one before it.
TAKEN = {
    "ada": "Mon 09:10, Wed 10:00, Fri 10:00",
    "ben": "Mon 09:20, Wed 10:00, Fri 10:00",
    "cem": "Mon 09:45, Wed 10:00, Fri 10:00",
    "dora": "Mon 09:50, Wed 10:00, Fri 10:00",
    "eve": "Mon 09:55, Wed 10:00, Fri 10:00",
    "policy": "Fri 11:00",  # the first run after the owner's word
    "grey": "Tue 12:00, Thu 12:00",  # tried at 10:40, at 11:00, and an hour after that
    "finn": "Mon 11:00, Wed 12:00, Fri 12:00",  # each time the first run after 60 minutes
    "gil": "Mon 11:00, Wed 12:00, Fri 12:00",
    "ida": "Wed 12:00, Fri 12:00",
    "jan": "Wed 12:00, Fri 12:00",
    "nora": "Mon 14:30, Thu 09:00",  # due on Wednesday at 14:30; the server is back at night
    "hal": "Tue 15:30, Thu 16:00",
    "kai": "Thu 03:00",
    "lena": "Thu 03:00",
    "mia": "Thu 03:00",
}
POLICY = "554 5.7.1 <policy@policy.example>: Recipient address rejected: Access denied"
GREY = "450 4.2.0 <grey@grey.example>: Recipient address rejected: Greylisted, see http://postgrey.example"
LIMIT = "550 Domain example.com has exceeded the max emails per hour (5/5 (100%)) allowed. Message discarded."
SHUT = "421 4.3.2 System not accepting network messages"

BLOCKED = "the mail server blocked the sender until {}: " + LIMIT
AWAY_SINCE = "the mail server has taken no mail since Wed 25 Mar 2026, 13:20: {}"
# What Control says, from the run on that finds something else than the one before.
SAID = {
    "Mon 10:00": ["Nothing is sent: " + BLOCKED.format("Mon 23 Mar 2026, 10:58")],
    "Mon 11:00": [],
    "Wed 11:00": ["Nothing is sent: " + BLOCKED.format("Wed 25 Mar 2026, 11:10")],
    "Wed 12:00": [],
    "Wed 14:00": ["Nothing more is sent: " + AWAY_SINCE.format("…")],
    "Thu 03:00": [],
}
HELD = {"Mon 10:00": {"policy"}, "Fri 11:00": set[str]()}
# What some rows say after some runs.
WHYS = {
    ("Mon 10:00", "policy"): "First response was refused: 554 5.7.1 <address>: Recipient address rejected:",
    ("Mon 10:00", "finn"): "First response is due, but " + BLOCKED.format("Mon 23 Mar 2026, 10:58"),
    ("Tue 11:00", "grey"): "First response goes out on Tue 24 Mar 2026, 12:00. Attempt 2 of 6 failed: 450",
    ("Wed 11:00", "finn"): "Follow up is due, but " + BLOCKED.format("Wed 25 Mar 2026, 11:10"),
    ("Wed 15:00", "nora"): "Follow up is due, but " + AWAY_SINCE.format("…"),
    ("Wed 23:00", "lena"): "First response is due, but " + AWAY_SINCE.format("…"),
    ("Thu 03:00", "nora"): "Follow up goes out on Thu 26 Mar 2026, 09:00.",
    ("Fri 11:00", "policy"): "Follow up goes out on Mon 30 Mar 2026, 09:00.",
}


def moment(words: str) -> datetime:
    """Of the week that begins on 23 March 2026."""
    day, clock = words.split()
    date = 23 + ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun").index(day)
    return datetime.fromisoformat(f"2026-03-{date} {clock}").replace(tzinfo=BERLIN)


def shown(at: datetime) -> str:
    return f"{at:%a %H:%M}"


@dataclass
class MailServer:
    """What it says, by the business's clock, and what it has taken."""

    business: Business
    taken: list[tuple[datetime, str]] = field(default_factory=list)
    greeted: dict[str, datetime] = field(default_factory=dict)  # when it was asked for somebody first

    def answers(self, stage: str, words: str) -> Answer:
        now = self.business.now
        if stage == "connect" and moment(AWAY[0]) <= now < moment(AWAY[1]):
            return LOSE if now.hour > 12 else SHUT
        if stage == "rcpt" and "<policy@" in words and now < moment(OWNER_CLEARS_POLICY):
            return POLICY
        if stage == "rcpt" and "<grey@" in words:
            return GREY if now - self.greeted.setdefault("grey", now) < GREYLISTED else None
        if stage == "end" and not OWN.intersection(words.split()):
            return LIMIT if sum(now - at < HOUR for at, _ in self.taken) >= AN_HOUR else None
        return None

    def arrives(self, mail: Captured) -> None:
        [recipient] = mail.rcpt_to
        if recipient not in OWN:
            self.taken.append((self.business.now, recipient.partition("@")[0]))


@dataclass
class Week:
    business: Business
    server: MailServer
    leads: dict[str, str] = field(default_factory=dict)  # who: Lead ID
    said: dict[str, list[str]] = field(default_factory=dict)  # what Control says, when it says something new
    held: dict[str, set[str]] = field(default_factory=dict)  # who waits for a person, when that changes
    whys: dict[tuple[str, str], str] = field(default_factory=dict)

    def run(self) -> None:
        for at in sorted({*map(moment, ARRIVE), *jobs(), moment(OWNER_CLEARS_POLICY)}):
            self.business.now = at
            if who := ARRIVE.get(shown(at)):
                self.asks(who)
            if at == moment(OWNER_CLEARS_POLICY):
                self.business.type(self.leads["policy"], "Status", statuses.SEND_AGAIN)
            if at in jobs():
                self.job()

    def asks(self, who: str) -> None:
        [lead_id] = self.business.post("website", json={"name": who.title(), "email": f"{who}@{who}.example"})
        self.leads[who] = lead_id
        wait_for(lambda: self.is_seen_to(lead_id))

    def is_seen_to(self, lead_id: str) -> bool:
        """The web process has done what it can for now."""
        with self.business.ledger.reading() as book:
            why = next(row["why"] for row in book.rows() if row["id"] == lead_id)
        return "goes out now" not in why and "is being sent" not in why

    def job(self) -> None:
        done = self.business.job()
        problems, rows = self.business.problems(), self.business.rows()
        assert problems == list(done.problems)
        held = {who for who, key in self.leads.items() if rows[key]["Status"] == statuses.NEEDS_ATTENTION}
        at = shown(self.business.now)
        self.whys |= {(at, who): told(str(rows[key]["Why"])) for who, key in self.leads.items()}
        problems = [*map(told, problems)]
        if problems != next(reversed(self.said.values()), []):
            self.said[at] = problems
        if held != next(reversed(self.held.values()), set()):
            self.held[at] = held


def told(sentence: str) -> str:
    """Without the words for a server that isn't there."""
    return re.sub(r"(taken no mail since [^:]+:\d\d: ).*", r"\1…", sentence)


def jobs() -> list[datetime]:
    """Every hour of working days and of the night that the server is away, once on the others."""
    days = [f"{day} {hour:02}:00" for day in ("Mon", "Tue", "Wed", "Thu", "Fri") for hour in range(8, 19)]
    night = [f"Wed {hour:02}:00" for hour in range(19, 24)] + [f"Thu {hour:02}:00" for hour in range(8)]
    return sorted(map(moment, (*days, *night, "Sat 09:00", "Sun 09:00")))


@pytest.fixture(params=["Sheet", "no Sheet"])
def book(request: pytest.FixtureRequest, tmp_path: Path) -> Book:
    url = f"sqlite:///{tmp_path / 'ledger.db'}"
    if request.param == "Sheet":
        return SheetBook(request.getfixturevalue("empty_sheet"), url)
    return LedgerBook(url)


@pytest.fixture
def week(tmp_path: Path, book: Book, mailbox: FakeImap) -> Iterator[Week]:
    with FakeSmtp() as smtp, Business(tmp_path, book, smtp, mailbox, moment("Mon 08:00")) as business:
        if isinstance(book, SheetBook):
            book.fake.date = lambda: business.now.timestamp()
        server = MailServer(business)
        smtp.answers, smtp.arrives = server.answers, server.arrives
        yield Week(business, server)


def test_a_week_of_trouble_keeps_nobody_waiting_who_need_not(week: Week) -> None:
    week.run()
    taken: dict[str, list[str]] = {}
    for at, who in week.server.taken:
        taken.setdefault(who, []).append(shown(at))
    assert {who: ", ".join(times) for who, times in taken.items()} == TAKEN
    assert (week.said, week.held) == (SAID, HELD)
    assert {place: week.whys[place][: len(why)] for place, why in WHYS.items()} == WHYS
    check_nothing_twice(week.business)
    # Only what a server says of one address costs that lead a try; nobody is barred.
    kinds = {who: Counter(week.business.kinds(key)) for who, key in week.leads.items()}
    assert {who: count[Kind.FAILED] for who, count in kinds.items() if count[Kind.FAILED]} == {
        "policy": 1,
        "grey": 2,
    }
    assert week.business.suppressions() == []


def check_nothing_twice(business: Business) -> None:
    ids = Counter(str(read_mail(captured.data)["Message-ID"]) for captured in business.letters)
    assert (len(ids), set(ids.values())) == (sum(len(times.split(", ")) for times in TAKEN.values()), {1})
