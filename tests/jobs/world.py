"""A small business in one value: real SQLite, real SMTP on loopback, real templates, and a clock to turn."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sheetflow.jobs.intake import new_lead_id
from sheetflow.jobs.ports import Mailbox, Ports
from sheetflow.jobs.run import JobReport, run_first_responses, run_job
from sheetflow.mail.conversation import Patience
from sheetflow.mail.imap import ImapMailbox
from sheetflow.mail.letters import Letters, Link, no_link
from sheetflow.mail.nomailbox import NoMailbox
from sheetflow.mail.smtp import SmtpTransport
from sheetflow.mail.templates import Templates
from sheetflow.tracker.sql import SqlTracker
from sheetflow.tracker.tables import suppressed
from sheetflow.workflow.enquiry import Enquiry
from sheetflow.workflow.events import Event, Kind
from sheetflow.workflow.lead import Lead
from sheetflow.workflow.sequence import Business, Sending, Step, Window, Workflow
from sheetflow.workflow.tracked import Changes, Typed
from tests.fakes.imap import FakeImap
from tests.fakes.smtp import FakeSmtp

BERLIN = ZoneInfo("Europe/Berlin")
CONFIG = Path(__file__).parents[2] / "config"

WORKFLOW = Workflow(
    business=Business(
        "Ada's Studio", "Ada Studio", "studio@example.com", "1 Example Street, Example City", BERLIN, "DE"
    ),
    window=Window(frozenset(range(5)), time(9), time(17)),
    steps=(
        Step("first_response", 1, "first_response", anytime=True),
        Step("follow_up", 3, "follow_up"),
        Step("check_in", 5, "check_in"),
        Step("re_engage", 7, "re_engage"),
    ),
    sending=Sending(pause=0.0),
)


@dataclass
class World:
    """`now` is turned by the test; everything else is real."""

    tracker: SqlTracker
    server: FakeSmtp
    now: datetime
    workflow: Workflow = WORKFLOW
    mailbox: Mailbox = field(default_factory=NoMailbox)
    stop: bool = False
    slept: list[float] = field(default_factory=list)
    timeout: float = 5.0
    link: Link = no_link

    @property
    def transport(self) -> SmtpTransport:
        server = self.server
        return SmtpTransport(
            server.user,
            server.password,
            server.host,
            server.port,
            server.security,
            server.ca_file or None,
            Patience(answer=self.timeout, taken=self.timeout),
        )

    @property
    def ports(self) -> Ports:
        templates, read_at = Templates(CONFIG / "templates"), next(iter(self.mailbox.addresses), "")
        letters = Letters(templates, self.workflow, self.server.user, self.link, read_at)
        return Ports(
            tracker=self.tracker,
            store=self.tracker,
            transport=self.transport,
            mailbox=self.mailbox,
            compose=letters,
            workflow=self.workflow,
            pause=self.workflow.sending.pause,
            clock=lambda: self.now,
            sleep=self.slept.append,
            stopping=lambda: self.stop,
        )

    def opens(self, server: FakeImap) -> FakeImap:
        """From now on this mailbox is read."""
        address = frozenset({self.server.user})
        self.mailbox = ImapMailbox(
            server.user,
            server.password,
            server.host,
            server.port,
            server.security,
            server.ca_file,
            address,
            self.timeout,
        )
        return server

    def arrives(self, email: str = "lead@example.org", **fields: Any) -> str:
        """A lead is stored, as the webhook does; nothing is answered yet."""
        enquiry = Enquiry(
            id=new_lead_id(),
            delivery=new_lead_id(),
            repeat_within=timedelta(minutes=10),
            arrived=self.now,
            email=email,
            **{"name": "Lea Lead", "message": "Hello", **fields},
        )
        return self.tracker.store([enquiry], self.workflow)[0].lead_id

    def respond(self, *lead_ids: str) -> None:
        run_first_responses(self.ports, lead_ids)

    def job(self) -> JobReport:
        return run_job(self.ports)

    def job_at(self, day: str, clock: str = "10:00") -> JobReport:
        """The job at a wall-clock time in Berlin."""
        self.now = datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=BERLIN).astimezone(UTC)
        return self.job()

    def passes(self, **time: float) -> None:
        self.now += timedelta(**time)

    def types(self, lead_id: str, field_name: str, value: str) -> None:
        """What an owner types into a cell."""
        self.tracker.commit(Changes(typed=(Typed(lead_id, field_name, value),)))

    def lifts_suppressions(self) -> None:
        """An owner deletes the lines of Suppressed."""
        with self.tracker.engine.begin() as connection:
            connection.execute(suppressed.delete())

    def controls(self, name: str, value: str) -> None:
        self.tracker.commit(Changes(control={name: value}))

    def configure(self, **sending: Any) -> None:
        self.workflow = replace(self.workflow, sending=replace(self.workflow.sending, **sending))

    def lead(self, lead_id: str) -> Lead:
        return next(lead for lead in self.tracker.snapshot().leads if lead.id == lead_id)

    def events(self, lead_id: str, kind: Kind | None = None) -> list[Event]:
        events = (event for event in self.tracker.snapshot().events if event.lead_id == lead_id)
        return [event for event in events if kind in (None, event.kind)]

    @property
    def control(self) -> dict[str, str]:
        return dict(self.tracker.snapshot().control)

    @property
    def mails(self) -> list[EmailMessage]:
        return [read_mail(captured.data) for captured in self.server.messages]

    def mails_to(self, email: str) -> list[EmailMessage]:
        return [mail for mail in self.mails if email in str(mail["To"])]


def read_mail(data: bytes) -> EmailMessage:
    message = message_from_bytes(data, policy=policy.default)
    assert isinstance(message, EmailMessage)
    return message
