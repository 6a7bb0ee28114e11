"""A business whose tracker is a Sheet of the fake server: leads in every state, and an owner who edits."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from sheetflow.jobs.ports import Ports
from sheetflow.jobs.run import JobReport, run_job
from sheetflow.mail.conversation import Patience
from sheetflow.mail.letters import Letters
from sheetflow.mail.nomailbox import NoMailbox
from sheetflow.mail.smtp import SmtpTransport
from sheetflow.mail.templates import Templates
from sheetflow.tracker.google import GoogleTracker
from sheetflow.workflow.enquiry import Enquiry, place
from sheetflow.workflow.events import Claim, Kind
from sheetflow.workflow.tracked import Changes, Snapshot
from tests.fakes.sheets import FakeSheets
from tests.fakes.smtp import FakeSmtp
from tests.jobs.world import CONFIG, WORKFLOW, read_mail

NOW = datetime(2026, 3, 24, 9, 0, tzinfo=UTC)  # a Tuesday, 10:00 in Berlin
NEW, DUE, WAITING, TALKING = "new", "due", "waiting", "talking"
PEOPLE = (NEW, DUE, WAITING, TALKING)
OWN_COLUMN = "Budget"
PEOPLES_COLUMNS = ("Name", "Email", "Phone", "Message", "Notes", OWN_COLUMN)


class Killed(BaseException):
    """The process ends where it stands."""


def lead_id(person: str) -> str:
    return f"L-{person.upper().ljust(10, 'X')}"


def address(person: str) -> str:
    return f"{person}@example.org"


@dataclass
class Shop:
    fake: FakeSheets
    server: FakeSmtp
    now: datetime = NOW
    slept: list[float] = field(default_factory=list)
    dies: bool = False  # at the next wait, as a killed process does

    def open(self) -> GoogleTracker:
        fake = self.fake
        key, sheet = fake.service_account_json, fake.spreadsheet_id
        return GoogleTracker(sheet, key, fake.url, WORKFLOW, lambda: self.now, self._sleep)

    def job(self) -> JobReport:
        """In a process of its own, which knows nothing yet."""
        tracker = self.open()
        try:
            return run_job(self.ports(tracker))
        finally:
            tracker.close()

    def clean_job(self) -> JobReport:
        """The next one, twenty minutes later, when nothing goes wrong and nobody edits."""
        self.fake.faults = self.fake.between = None
        self.dies = False
        self.now += timedelta(minutes=20)
        return self.job()

    def snapshot(self) -> Snapshot:
        tracker = self.open()
        try:
            return tracker.snapshot()
        finally:
            tracker.close()

    def prepare(self) -> None:
        """Four leads: one new, one whose follow-up is due, one that waits, one the owner talks to."""
        tracker = self.open()
        tracker.setup()
        for person in PEOPLE:
            age = {NEW: timedelta(0), DUE: timedelta(days=5), WAITING: timedelta(hours=20)}
            tracker.commit(arrival(person, self.now - age.get(person, timedelta(days=1))))
        tracker.close()
        owner = self.fake.owner
        owner.insert_column("Leads", "Notes", OWN_COLUMN)
        self.job_before()
        for number, person in enumerate(PEOPLE, 1):
            self.edit(person, OWN_COLUMN, f"{number}000")
            self.edit(person, "Notes", f"note on {person}")
        self.edit(TALKING, "Status", "In conversation")

    def job_before(self) -> None:
        """Rows as an earlier run has left them, which sent nothing."""
        owner = self.fake.owner
        row = owner.find("Control", "Setting", "Sending")
        owner.type_in("Control", row, "Value", "PAUSED")
        self.job()
        owner.type_in("Control", row, "Value", "ON")

    def edit(self, person: str, header: str, words: str) -> None:
        owner = self.fake.owner
        title = next(title for title in owner.tabs() if "lead" in title.lower())
        row = owner.find(title, "Email", address(person))
        if row:
            owner.type_in(title, row, header, words)

    def rows(self) -> dict[str, dict[str, Any]]:
        """Leads by person as they stand in the Sheet; of copies the last."""
        owner = self.fake.owner
        title = next(title for title in owner.tabs() if "lead" in title.lower())
        names = {"Telephone": "Phone", "Stage": "Status"}
        records = owner.records(title)
        rows = [{names.get(header, header): value for header, value in row.items()} for row in records]
        return {str(row["Email"]).partition("@")[0]: row for row in rows if row.get("Email")}

    def mails(self) -> Counter[tuple[str, str]]:
        found = [read_mail(captured.data) for captured in self.server.messages]
        return Counter((mail["To"].addresses[0].username, str(mail["Subject"])) for mail in found)

    def story(self) -> dict[str, list[tuple[str, str]]]:
        """What Activity says of each person, without times."""
        told: dict[str, list[tuple[str, str]]] = {person: [] for person in PEOPLE}
        for event in self.snapshot().events:
            for person in PEOPLE:
                if event.lead_id == lead_id(person):
                    told[person].append((event.kind.value, event.step))
        return told

    def ports(self, tracker: GoogleTracker) -> Ports:
        server = self.server
        transport = SmtpTransport(
            server.user,
            server.password,
            server.host,
            server.port,
            server.security,
            server.ca_file or None,
            Patience(answer=5.0, taken=5.0),
        )
        return Ports(
            tracker=tracker,
            store=None,  # type: ignore[arg-type]  # a job takes nothing in
            transport=transport,
            mailbox=NoMailbox(),
            compose=Letters(Templates(CONFIG / "templates"), WORKFLOW, server.user),
            workflow=WORKFLOW,
            pause=0.0,
            clock=lambda: self.now,
            sleep=self._sleep,
            stopping=lambda: False,
        )

    def _sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        if self.dies:
            raise Killed


def arrival(person: str, at: datetime) -> Changes:
    enquiry = Enquiry(
        id=lead_id(person),
        delivery=person,
        repeat_within=timedelta(minutes=10),
        arrived=at,
        name=person.capitalize(),
        email=address(person),
        phone=f"+49 30 {len(person)}{person.encode().hex()[:8]}",
        message=f"I am {person}: =1+1",
    )
    changes = place(enquiry, [], {}, WORKFLOW).changes
    if person == NEW:
        return changes
    claim = Claim(enquiry.id, "first_response", 1)
    sent_at = at + timedelta(minutes=1)
    sent = (
        claim.event(Kind.CLAIMED, sent_at, "earlier"),
        claim.event(Kind.SENT, sent_at, "earlier", "Your enquiry", f"<{person}@example.com>"),
    )
    return changes + Changes(events=sent)
