"""A small business in one value: real ledger, real SMTP on loopback, real templates, a clock to turn."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select, true

from sheetflow.jobs.intake import new_lead_id
from sheetflow.jobs.nosheet import NoSheet
from sheetflow.jobs.ports import Mailbox, Ports, Sheet
from sheetflow.jobs.run import JobReport, run_first_responses, run_job
from sheetflow.ledger import schema, state
from sheetflow.ledger.arrivals import store
from sheetflow.ledger.editing import apply_edits
from sheetflow.ledger.ledger import Ledger
from sheetflow.mail.conversation import Patience
from sheetflow.mail.imap import ImapMailbox
from sheetflow.mail.letters import Letters, Link, no_link
from sheetflow.mail.nomailbox import NoMailbox
from sheetflow.mail.smtp import SmtpTransport
from sheetflow.mail.templates import Templates
from sheetflow.workflow.edits import Edit
from sheetflow.workflow.enquiry import Enquiry
from sheetflow.workflow.events import Event, Kind
from sheetflow.workflow.lead import Cell, Lead, cell_text
from sheetflow.workflow.sequence import Business, Sending, Step, Window, Workflow
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

    url: str
    server: FakeSmtp
    now: datetime
    workflow: Workflow = WORKFLOW
    mailbox: Mailbox = field(default_factory=NoMailbox)
    sheet: Sheet | None = None
    stop: bool = False
    slept: list[float] = field(default_factory=list)
    timeout: float = 30.0
    link: Link = no_link
    opened: Ledger | None = None
    templates: Path = CONFIG / "templates"

    @property
    def ledger(self) -> Ledger:
        if self.opened is None:
            self.opened = Ledger(self.url, self.workflow, lambda: self.now)
        return self.opened

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
        templates, read_at = Templates(self.templates), next(iter(self.mailbox.addresses), "")
        letters = Letters(templates, self.workflow, self.server.user, self.link, read_at)
        return Ports(
            ledger=self.ledger,
            sheet=self.sheet or NoSheet(self.ledger),
            transport=self.transport,
            mailbox=self.mailbox,
            compose=letters,
            workflow=self.workflow,
            clock=lambda: self.now,
            sleep=self.sleeps,
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
            delivery=new_lead_id(),
            repeat_within=timedelta(minutes=10),
            arrived=self.now,
            email=email,
            **{"id": new_lead_id(), "name": "Lea Lead", "message": "Hello", **fields},
        )
        with self.ledger.writing() as book:
            return store(book, [enquiry])[0].lead_id

    def respond(self, *lead_ids: str) -> None:
        run_first_responses(self.ports, lead_ids)

    def job(self) -> JobReport:
        return run_job(self.ports)

    def job_at(self, day: str, clock: str = "10:00") -> JobReport:
        """The job at a wall-clock time in Berlin."""
        self.now = datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=BERLIN).astimezone(UTC)
        return self.job()

    def sleeps(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.passes(seconds=seconds)

    def passes(self, **time: float) -> None:
        self.now += timedelta(**time)

    def types(self, lead_id: str, field_name: str, value: Cell, shown: str | None = None) -> None:
        """What an owner types into a cell, over what stands there unless `shown` says what they saw."""
        before = cell_text(getattr(self.row(lead_id), field_name)) if shown is None else shown
        with self.ledger.writing() as book:
            apply_edits(book, [Edit(lead_id, field_name, value, before)], self.now, day_first=True)

    def lifts_suppressions(self) -> None:
        with self.ledger.writing() as book:
            book.lift(true())

    def says(self, word: str) -> None:
        """What stands beside Sending."""
        self.remembers(state.SENDING, word)

    def remembers(self, name: str, value: str) -> None:
        with self.ledger.writing() as book:
            book.put(name, value)

    def configure(self, **sending: Any) -> None:
        self.use(replace(self.workflow, sending=replace(self.workflow.sending, **sending)))

    def use(self, workflow: Workflow) -> None:
        """The configuration from now on."""
        self.workflow = workflow
        if self.opened:
            self.opened.close()
            self.opened = None

    def lead(self, lead_id: str) -> Lead:
        with self.ledger.reading() as book:
            case = book.case(lead_id)
        assert case
        return case.lead

    def row(self, lead_id: str) -> SimpleNamespace:
        """The lead's row as it should stand in the Sheet."""
        return next(row for row in self.rows() if row.id == lead_id)

    def rows(self) -> list[SimpleNamespace]:
        with self.ledger.reading() as book:
            return [SimpleNamespace(**row) for row in book.rows()]

    def events(self, lead_id: str, kind: Kind | None = None) -> list[Event]:
        with self.ledger.reading() as book:
            found = book.events([lead_id]).get(lead_id, ())
        return [event for event in found if kind in (None, event.kind)]

    @property
    def state(self) -> dict[str, str]:
        with self.ledger.reading() as book:
            return book.state()

    def suppression(self, email: str) -> str:
        """Why an address gets no mail; empty if it does."""
        with self.ledger.reading() as book:
            return book.suppression(email)

    def tables(self) -> dict[str, list[tuple[Any, ...]]]:
        """All that the ledger holds."""
        with self.ledger.reading() as book:
            tables = schema.metadata.sorted_tables
            return {
                table.name: [tuple(row) for row in book.connection.execute(select(table))] for table in tables
            }

    @property
    def mails(self) -> list[EmailMessage]:
        return [read_mail(captured.data) for captured in self.server.messages]

    def mails_to(self, email: str) -> list[EmailMessage]:
        return [mail for mail in self.mails if email in str(mail["To"])]


def read_mail(data: bytes) -> EmailMessage:
    message = message_from_bytes(data, policy=policy.default)
    assert isinstance(message, EmailMessage)
    return message
