"""Ten leads and what each of them does in fourteen days, told to a business with all its real parts."""

import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.message import EmailMessage

from sheetflow.workflow import statuses
from sheetflow.workflow.events import Kind
from sheetflow.workflow.projection import UNANSWERED
from tests.fakes.smtp import Captured
from tests.jobs.post import absence, answer, bounced, complaint
from tests.jobs.world import BERLIN, read_mail
from tests.simulation.business import Business, Scanner, click
from tests.simulation.patience import wait_for

FIRST_DAY = datetime(2026, 3, 23, tzinfo=BERLIN)  # a Monday; the clocks go forward on day 7
CLOCKS = ("09:00", "09:30")  # when the job runs; on weekends once

PEOPLE = ("same", "other", "away", "dead", "soft", "angry", "click", "stop", "won", "through")
# After so many mails they do what their names say, before the job runs the next time.
ACTS_AFTER = {"other": 1, "away": 1, "dead": 1, "soft": 1, "same": 2, "angry": 2, "click": 2, "stop": 3}
WON_AT = (2, "09:30")

ELSEWHERE = "another run is reading the mailbox"

Whys = dict[str, str]  # by person
Diary = dict[tuple[int, str], Whys]  # what each run makes Why say that it didn't say before


def address(who: str) -> str:
    return f"{who}@{who}.example"


@dataclass
class Story:
    business: Business
    jobs_at_once: int
    days_down: tuple[int, ...]
    leads: dict[str, str] = field(default_factory=dict)  # who: Lead ID
    problems: dict[int, set[str]] = field(default_factory=dict)  # by day
    whys: Diary = field(default_factory=dict)  # all of them, after each run
    scanner: Scanner = field(default_factory=Scanner)
    read: int = 0  # messages that people and scanners have seen

    def run(self) -> None:
        self.business.smtp.arrives = self.scanner
        for day in range(1, 15):
            date = (FIRST_DAY + timedelta(days=day - 1)).date()
            self.business.imap.is_down = day in self.days_down
            for clock in CLOCKS if date.weekday() < 5 else CLOCKS[:1]:
                self.business.now = datetime.fromisoformat(f"{date} {clock}").replace(tzinfo=BERLIN)
                self.happens(day, clock)
                self.jobs(day, clock)

    def happens(self, day: int, clock: str) -> None:
        """What people and servers do, just before the job runs."""
        if (day, clock) == (1, CLOCKS[0]):
            self.everybody_asks()
        if (day, clock) == WON_AT:
            self.business.type(self.leads["won"], "Status", statuses.WON)
        arrived = self.business.letters[self.read :]
        self.read += len(arrived)
        self.are_scanned(arrived)
        for captured in arrived:
            self.is_read(captured)

    def everybody_asks(self) -> None:
        """By three forms, each in its own way."""
        asks = {who: {"Full Name": who.title(), "E-mail": address(who)} for who in PEOPLE}
        for number, ask in enumerate(asks.values()):
            ask["Service"] = "Coaching" if number < 5 else "Design"
        for who in ("same", "other", "click", "won", "through"):
            [self.leads[who]] = self.business.post("website", json=asks[who])
        for who in ("away", "dead", "soft"):
            [self.leads[who]] = self.business.post("advert", data=asks[who])
        both = ("angry", "stop")
        told = self.business.post("newsletter", json=[asks[who] for who in both])
        self.leads |= dict(zip(both, told, strict=True))
        wait_for(lambda: [row["Emails sent"] for row in self.business.rows().values()] == [1] * len(PEOPLE))
        wait_for(lambda: all(map(self.is_told, self.leads.values())))

    def is_told(self, lead_id: str) -> bool:
        """Its owner has heard of it, and that is written down."""
        return [*self.business.kinds(lead_id)].count(Kind.NOTIFIED) == 2

    def are_scanned(self, mails: list[Captured]) -> None:
        """Once more after their arrival, now that nothing else goes on which could hide what it does."""
        before = self.business.everything()
        for captured in mails:
            self.scanner(captured)
        assert self.business.everything() == before

    def is_read(self, captured: Captured) -> None:
        """Its sender finds it in Sent, as with Gmail; its reader may do something."""
        self.comes(captured.data, "sent")
        [recipient] = captured.rcpt_to
        who = recipient.partition("@")[0]
        if len(self.business.mails_to(recipient)) == ACTS_AFTER.get(who):
            self.acts(who, read_mail(captured.data))

    def acts(self, who: str, mail: EmailMessage) -> None:
        now = self.business.now
        match who:
            case "same":
                self.comes(answer(mail, "Yes, please call me on Monday.", at=now))
            case "other":
                self.comes(answer(mail, "It's me, from my phone.", "other@gmail.com", at=now))
            case "away":
                self.comes(absence(mail, "I'm out of office and will be back on 31 March 2026.", at=now))
            case "dead":
                self.comes(bounced(mail, "5.1.1", "550 5.1.1 No such user", at=now))
            case "soft":
                self.comes(bounced(mail, "4.2.2", "452 4.2.2 Mailbox full", at=now))
            case "angry":
                self.comes(complaint(mail, at=now), "junk")
            case "stop":
                self.comes(answer(mail, "STOP", at=now))
            case "click":
                assert click(mail).status_code == 200

    def comes(self, raw: bytes, folder: str = "inbox") -> None:
        self.business.imap.deliver(raw, folder, self.business.now)

    def jobs(self, day: int, clock: str) -> None:
        for done in self.business.jobs(self.jobs_at_once):
            # One of two at once leaves the mailbox, and with it the follow-ups, to the other.
            said = (one for one in done.problems if self.jobs_at_once == 1 or ELSEWHERE not in one)
            self.problems.setdefault(day, set()).update(said)
        rows = self.business.rows()
        self.whys[day, clock] = {who: told(rows[lead_id]["Why"]) for who, lead_id in self.leads.items()}

    def diary(self) -> Diary:
        """What was new in Why, run by run."""
        known: Whys = {}
        found: Diary = {}
        for moment, whys in self.whys.items():
            found[moment] = {who: why for who, why in whys.items() if known.get(who) != why}
            known = whys
        return {moment: whys for moment, whys in found.items() if whys}


def told(why: str) -> str:
    """Without the server's own words, and without what is said of the owner."""
    return re.sub("(replies can't be read:) .*", r"\1 …", why.removesuffix(f" {UNANSWERED}"))
