"""The web app over a real ledger: what was stored, who was notified, and a clock to turn."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from flask.testing import FlaskClient

from sheetflow.jobs.intake import new_lead_id
from sheetflow.jobs.nosheet import NoSheet
from sheetflow.jobs.ports import Ports
from sheetflow.ledger.arrivals import store
from sheetflow.ledger.book import Book
from sheetflow.ledger.editing import apply_edits
from sheetflow.ledger.ledger import Ledger
from sheetflow.ledger.settling import settle
from sheetflow.mail.letters import Letters, Link, no_link
from sheetflow.mail.nomailbox import NoMailbox
from sheetflow.mail.smtp import SmtpTransport
from sheetflow.mail.templates import Templates
from sheetflow.web.app import make_app
from sheetflow.web.doors import Doors
from sheetflow.web.form import HostedForm
from sheetflow.web.form_look import FormLook
from sheetflow.web.health import Health, Setup
from sheetflow.web.leads import Webhook
from sheetflow.web.links import Links
from sheetflow.web.openapi import blueprint as openapi
from sheetflow.web.public import Public
from sheetflow.web.refusals import Refusals
from sheetflow.web.stamps import Stamps
from sheetflow.web.storing import Storing
from sheetflow.web.taking import Taking
from sheetflow.web.unsubscribe import OptOutPages
from sheetflow.web.visitors import Visitors
from sheetflow.workflow.decide import Decision
from sheetflow.workflow.edits import Edit
from sheetflow.workflow.enquiry import Enquiry
from sheetflow.workflow.events import Claim, Event, Kind
from sheetflow.workflow.history import fold
from sheetflow.workflow.lead import Row, cell_text
from sheetflow.workflow.review import Case, review
from sheetflow.workflow.sequence import Business, Form, Sending, Step, Window, Workflow
from tests.fakes.smtp import FakeSmtp

BERLIN = ZoneInfo("Europe/Berlin")
TEMPLATES = Path(__file__).parents[2] / "config/templates"
TUESDAY = datetime(2026, 3, 24, 9, 0, tzinfo=UTC)  # 10:00 in Berlin
BOTH = pytest.mark.parametrize(
    "ledger_url", ["sqlite", pytest.param("postgresql", marks=pytest.mark.needs_postgresql)], indirect=True
)
TOKENS = {"zapier": ("secret-one", "secret-two"), "form": ("third",)}

WORKFLOW = Workflow(
    business=Business(
        "Ada's Studio", "Ada Studio", "studio@example.com", "1 Example Street, Example City", BERLIN, "DE"
    ),
    window=Window(frozenset(range(5)), time(9), time(17)),
    steps=(
        Step("first_response", 1, "first_response", anytime=True),
        Step("follow_up", 3, "follow_up"),
    ),
    sending=Sending(pause=0.0),
)


NO_FORM = Form()


@dataclass
class Place:
    url: str
    server: FakeSmtp
    now: datetime = TUESDAY
    workflow: Workflow = WORKFLOW
    notified: list[str] = field(default_factory=list)
    link: Link = no_link

    def __post_init__(self) -> None:
        self.ledger = Ledger(self.url, self.workflow, lambda: self.now)

    @property
    def ports(self) -> Ports:
        server = self.server
        ca_file = server.ca_file or None
        account = (server.user, server.password, server.host, server.port, server.security, ca_file)
        return Ports(
            ledger=self.ledger,
            sheet=NoSheet(self.ledger),
            transport=SmtpTransport(*account),
            mailbox=NoMailbox(),
            compose=Letters(Templates(TEMPLATES), self.workflow, server.user, self.link),
            workflow=self.workflow,
            clock=lambda: self.now,
            sleep=lambda _: None,
            stopping=lambda: False,
        )

    def app(
        self,
        *,
        tokens: Any = TOKENS,
        signing_secrets: Any = None,
        takes_loopback: bool = False,
        links: Links | None = None,
        closed: str = "",
        has_sheet: bool = False,
        proxies: int = 0,
        form: Form = NO_FORM,
        secret_keys: tuple[str, ...] = ("a-secret-key",),
    ) -> Flask:
        doors = Doors(tokens, signing_secrets or {}, takes_loopback)
        storing, visitors = Storing(self.ledger, closed), Visitors(proxies)
        look = FormLook(replace(self.workflow, form=form), lambda: self.now)
        public = Public(form, look, visitors)
        taking = Taking(self.ports, storing, self.notify)
        setup = Setup("smtp", "off", has_sheet, not doors.are_closed)
        pages = OptOutPages(self.ledger, links or Links(), storing, self.ports.clock, self.notify)
        parts = (
            Webhook(self.ports, doors, public, storing, Refusals(visitors), self.notify),
            HostedForm(look, Stamps(secret_keys), taking, storing, visitors, self.ports.clock),
            pages,
            Health(self.ledger, storing, setup, self.ports.clock),
        )
        return make_app([*(part.blueprint() for part in parts), openapi()])

    def open(self, **changes: Any) -> FlaskClient:
        return self.app(**changes).test_client()

    def notify(self, lead_ids: Iterable[str]) -> None:
        self.notified += lead_ids

    def passes(self, **time: float) -> None:
        self.now += timedelta(**time)

    def call(self, business: str) -> None:
        """From now on the business has this name."""
        self.workflow = replace(self.workflow, business=replace(self.workflow.business, name=business))
        self.ledger.workflow = self.workflow

    def arrives(self, email: str = "lea@example.org", **fields: Any) -> str:
        enquiry = Enquiry(
            id=new_lead_id(),
            delivery=new_lead_id(),
            repeat_within=timedelta(minutes=10),
            arrived=self.now,
            email=email,
            **{"name": "Lea Lead", "message": "Hello", **fields},
        )
        with self.ledger.writing() as book:
            return store(book, [enquiry])[0].lead_id

    def sends(self, lead_id: str, step: str = "first_response") -> EmailMessage:
        """The message of a step, claimed and recorded as it is when a server took it."""
        case, claim = self.case(lead_id), Claim(lead_id, step, 1)
        history, wanted = fold(case.events, self.workflow), self.workflow.step(step)
        assert wanted
        with self.ledger.writing() as book:
            address = book.hash_of(case.lead.email)
            mail = self.ports.compose(case.lead, history, wanted, self.now, address)
            message_id = str(mail["Message-ID"])
            assert book.claim(claim, "run", message_id)
            book.close(claim.event(Kind.SENT, self.now, "run", str(mail["Subject"]), message_id))
            settle(book, [lead_id], self.now)
        return _read(mail.as_bytes())

    def decides(self, lead_id: str, **later: float) -> Decision:
        """What is decided about a lead some time from now."""
        return review(self.case(lead_id), self.workflow, self.now + timedelta(**later)).decision

    def types(self, lead_id: str, name: str, value: str) -> None:
        """Over what stands in the cell."""
        shown = cell_text(self.row(lead_id)[name])
        with self.ledger.writing() as book:
            apply_edits(book, [Edit(lead_id, name, value, shown)], self.now, day_first=True)

    def case(self, lead_id: str) -> Case:
        with self.ledger.reading() as book:
            found = book.case(lead_id)
        assert found
        return found

    def row(self, lead_id: str) -> Row:
        """As it should stand in the Sheet."""
        return review(self.case(lead_id), self.workflow, self.now).row(self.workflow)

    def rows(self) -> list[Row]:
        with self.ledger.reading() as book:
            return list(book.rows())

    def events(self, lead_id: str, *kinds: Kind) -> list[Event]:
        return [event for event in self.case(lead_id).events if not kinds or event.kind in kinds]

    def everything(self) -> object:
        with self.ledger.reading() as book:
            return list(book.all_cases()), book.state()

    def reason(self, email: str) -> str:
        """Why the address gets no mail."""
        with self.ledger.reading() as book:
            return book.suppression(email)

    def puts(self, name: str, value: str) -> None:
        with self.ledger.writing() as book:
            book.put(name, value)

    @property
    def mails(self) -> list[EmailMessage]:
        return [_read(captured.data) for captured in self.server.messages]


def _read(data: bytes) -> EmailMessage:
    message = message_from_bytes(data, policy=policy.default)
    assert isinstance(message, EmailMessage)
    return message


def fail(monkeypatch: Any, error: Exception, *names: str) -> None:
    """From now on these methods of a Book, or all that store a lead, raise the error."""

    def down(*_: object, **__: object) -> None:
        raise error

    for name in names or ("add_lead", "deliver"):
        monkeypatch.setattr(Book, name, down)
