"""A business as a host runs it: wired from its environment, real servers on loopback, and a clock to turn.

Leads come by HTTP to a web process with its responder; each job is wired anew, as a scheduled one is.
"""

import re
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.message import EmailMessage
from html import unescape
from pathlib import Path
from threading import Barrier
from typing import Any, Self

import requests
from sqlalchemy import select

from sheetflow import wiring
from sheetflow.jobs.run import JobReport, run_job
from sheetflow.ledger import schema
from sheetflow.ledger.ledger import Ledger
from sheetflow.web.server import HOST, serve
from sheetflow.workflow.events import Event, Kind
from tests.fakes.imap import FakeImap
from tests.fakes.smtp import Captured, FakeSmtp
from tests.jobs.world import CONFIG, read_mail
from tests.simulation.book import Book
from tests.simulation.patience import PATIENCE
from tests.test_cli import free_port

TOKEN = "secret-one"
ONE_CLICK = {"List-Unsubscribe": "One-Click"}  # RFC 8058

SETTINGS = """\
[business]
name = "Ada's Studio"
sender_name = "Ada Studio"
email = "studio@example.com"
postal_address = "1 Example Street, Example City"
time_zone = "Europe/Berlin"
country = "DE"

[sending]
seconds_between_messages = 0

[[steps]]
name = "first_response"
day = 1
template = "first_response"
anytime = true

[[steps]]
name = "follow_up"
day = 3
template = "follow_up"

[[steps]]
name = "check_in"
day = 5
template = "check_in"

[[steps]]
name = "re_engage"
day = 7
template = "re_engage"

[[owners]]
name = "Kim"
email = "kim@example.com"
services = ["coaching"]

[[owners]]
name = "Ben"
email = "ben@example.com"
services = ["design"]
"""


OWN = frozenset({"studio@example.com", "kim@example.com", "ben@example.com", "ann@example.com"})


@dataclass
class Business:
    """Entered, its web process takes leads; `now` is the time everywhere."""

    folder: Path
    book: Book
    smtp: FakeSmtp
    imap: FakeImap
    now: datetime
    environment: dict[str, str] = field(default_factory=dict)
    settings: str = SETTINGS
    _workers: list[wiring.Wired] = field(default_factory=list)

    def __enter__(self) -> Self:
        _write_config(self.folder / "config", self.settings)
        authorities = [Path(server.ca_file).read_text() for server in (self.smtp, self.imap)]
        (self.folder / "authorities.pem").write_text("".join(authorities))
        port = free_port()
        self.environment |= {
            **self.book.environment,
            **_servers(self.smtp, self.imap),
            "SMTP_CA_FILE": "authorities.pem",
            "SHEETFLOW_WEBHOOK_TOKENS": f"form:{TOKEN}",
            "SHEETFLOW_SECRET_KEY": "key of today",
            "SHEETFLOW_BASE_URL": f"http://{HOST}:{port}",
        }
        self._web = self.wire()
        self._web.ports.sheet.setup(take_over=False)
        self._server = serve(wiring.build_app(self._web, takes_loopback=False), port)
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        for wired in (self._web, *self._workers):
            wired.close()

    @property
    def url(self) -> str:
        return self.environment["SHEETFLOW_BASE_URL"]

    def wire(self) -> wiring.Wired:
        settings = wiring.read_settings(self.environment, self.folder)
        return wiring.build(settings, clock=lambda: self.now.astimezone(UTC), sleep=_briefly)

    def post(self, source: str, **body: Any) -> list[str]:
        """A form sends a lead, or several; the Lead IDs it is told."""
        answer = requests.post(
            f"{self.url}/leads/{source}", headers={"X-Sheetflow-Token": TOKEN}, timeout=30, **body
        )
        assert answer.status_code == 200, answer.text
        told = answer.json()
        return [one["lead_id"] for one in told.get("leads", [told])]

    def job(self) -> JobReport:
        (done,) = self.jobs(1)
        return done

    def jobs(self, at_once: int) -> Sequence[JobReport]:
        """So many runs that begin together: a scheduled one, and workers that live on to the next time."""
        while len(self._workers) < at_once - 1:
            self._workers.append(self.wire())
        scheduled, barrier = self.wire(), Barrier(at_once)

        def run(wired: wiring.Wired) -> JobReport:
            barrier.wait(PATIENCE)
            return run_job(wired.ports)

        try:
            with ThreadPoolExecutor(at_once) as pool:
                return list(pool.map(run, (scheduled, *self._workers[: at_once - 1])))
        finally:
            scheduled.close()

    def type(self, lead_id: str, header: str, words: str) -> None:
        """What a person puts into a cell."""
        self.book.type(self._web, lead_id, header, words, self.now)

    def row(self, lead_id: str) -> dict[str, Any]:
        return self.rows()[lead_id]

    def rows(self) -> Mapping[str, dict[str, Any]]:
        """By Lead ID."""
        return {row["Lead ID"]: row for row in self.book.rows(self._web)}

    def problems(self) -> list[str]:
        return self.book.problems(self._web)

    def events(self, lead_id: str) -> list[Event]:
        with self.ledger.reading() as book:
            return list(book.events([lead_id]).get(lead_id, ()))

    def kinds(self, lead_id: str) -> list[Kind]:
        return [event.kind for event in self.events(lead_id)]

    @property
    def ledger(self) -> Ledger:
        return self._web.ports.ledger

    @property
    def state(self) -> dict[str, str]:
        with self.ledger.reading() as book:
            return book.state()

    def suppressions(self) -> list[str]:
        """Their reasons, the oldest first."""
        found = select(schema.suppressed.c.reason).order_by(schema.suppressed.c.at)
        with self.ledger.reading() as book:
            return list(book.connection.execute(found).scalars())

    def everything(self) -> object:
        """Every cell, and every row of every table."""
        return self.book.everything(self._web)

    @property
    def letters(self) -> list[Captured]:
        """What the mail server took for leads; owners get mail of their own."""
        return [mail for mail in self.smtp.messages if not OWN.intersection(mail.rcpt_to)]

    def mails_to(self, address: str) -> list[EmailMessage]:
        return [read_mail(mail.data) for mail in self.smtp.messages if address in mail.rcpt_to]


def _briefly(seconds: float) -> None:
    """Not at all would be too short: two processes may want the Sheet at once."""
    time.sleep(seconds / 10)


def links_in(mail: EmailMessage) -> set[str]:
    """Whatever a scanner of mails finds to open, in its headers and in its parts."""
    parts = [part.get_content() for part in mail.walk() if part.get_content_maintype() == "text"]
    text = unescape("\n".join([*map(str, mail.values()), *parts]))
    return set(re.findall(r"https?://[^\s\"'<>]+", text))


@dataclass
class Scanner:
    """Opens every link of a mail before anybody reads it, as gateways and mail programs do."""

    opened: list[tuple[str, str, int]] = field(default_factory=list)  # method, link, answer

    def __call__(self, captured: Captured) -> None:
        for link in sorted(links_in(read_mail(captured.data))):
            for method in ("HEAD", "GET"):
                answer = requests.request(method, link, timeout=30)
                self.opened.append((method, link, answer.status_code))


def click(mail: EmailMessage) -> requests.Response:
    """What a mail program does when its reader presses Unsubscribe (RFC 8058)."""
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    link = re.search(r"<(https?://[^>]+)>", str(mail["List-Unsubscribe"]))
    assert link
    return requests.post(link[1], data=ONE_CLICK, timeout=30, allow_redirects=False)


def _write_config(folder: Path, settings: str) -> None:
    folder.mkdir()
    (folder / "sheetflow.toml").write_text(settings)
    (folder / "templates").symlink_to(CONFIG / "templates")


def _servers(smtp: FakeSmtp, imap: FakeImap) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, server in (("SMTP", smtp), ("IMAP", imap)):
        found |= {
            f"{name}_USER": server.user,
            f"{name}_PASSWORD": server.password,
            f"{name}_HOST": server.host,
            f"{name}_PORT": str(server.port),
            f"{name}_SECURITY": server.security,
        }
    return found
