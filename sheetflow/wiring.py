"""The one place that names concrete adapters; importing it builds nothing."""

import os
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from flask import Flask

from sheetflow.business import read_workflow
from sheetflow.errors import ConfigError
from sheetflow.jobs.ports import Clock, Mailbox, Ports, Transport
from sheetflow.jobs.respond import Responder
from sheetflow.mail.letters import Letters
from sheetflow.mail.nomailbox import NoMailbox, UnreadMailbox
from sheetflow.mail.outbox import OutboxTransport
from sheetflow.mail.smtp import SmtpTransport
from sheetflow.mail.templates import Templates
from sheetflow.settings import Settings
from sheetflow.tracker.sql import SqlTracker
from sheetflow.web.app import Site, make_app
from sheetflow.workflow.sequence import Workflow

OUTBOX = Path("var/outbox")


@dataclass(frozen=True)
class Wired:
    settings: Settings
    workflow: Workflow
    ports: Ports
    letters: Letters


def read_settings(environ: Mapping[str, str] | None = None, folder: Path | None = None) -> Settings:
    """Raises ConfigError with every problem of the environment."""
    return Settings.read(os.environ if environ is None else environ, folder or Path.cwd())


def build(
    settings: Settings,
    *,
    clock: Clock = lambda: datetime.now(UTC),
    sleep: Callable[[float], None] = time.sleep,
    stopping: Callable[[], bool] = lambda: False,
) -> Wired:
    """Everything a command needs. Raises ConfigError with every problem of the business's configuration."""
    workflow = read_workflow(settings.config)
    if settings.sheet_id:
        raise ConfigError(
            "SHEETFLOW_TRACKER: a Google Sheet can't be used yet; use sqlite:///PATH or postgresql://…"
        )
    tracker = SqlTracker(settings.tracker)
    letters = Letters(Templates(settings.config / "templates"), workflow, _sender(settings, workflow))
    ports = Ports(
        tracker=tracker,
        store=tracker,
        transport=_transport(settings),
        mailbox=_mailbox(settings),
        compose=letters,
        workflow=workflow,
        # A folder takes messages as fast as they come.
        pause=workflow.sending.pause if settings.smtp else 0.0,
        clock=clock,
        sleep=sleep,
        stopping=stopping,
    )
    return Wired(settings, workflow, ports, letters)


def build_app(wired: Wired, *, takes_loopback: bool) -> Flask:
    """The web app with its responder, which lives as long as the process."""
    site = Site(
        ports=wired.ports,
        responder=Responder(wired.ports),
        tokens=wired.settings.tokens,
        takes_loopback=takes_loopback,
        mail="smtp" if wired.settings.smtp else "outbox",
        mailbox="unread" if wired.settings.imap else "off",
        closed=why_closed(wired.settings),
    )
    return make_app(site)


def why_closed(settings: Settings) -> str:
    """Why no lead can be stored on this host; empty where it can."""
    if settings.dyno and settings.tracker.startswith("sqlite"):
        return (
            "This host loses its disk, so a SQLite file can't keep leads: "
            "set SHEETFLOW_TRACKER to a Google Sheet or to postgresql://…"
        )
    return ""


def _transport(settings: Settings) -> Transport:
    smtp = settings.smtp
    if smtp is None:
        return OutboxTransport(settings.folder / OUTBOX)
    ca_file = str(settings.ca_file) if settings.ca_file else None
    return SmtpTransport(smtp.user, smtp.password, smtp.host, smtp.port, smtp.security, ca_file)


def _mailbox(settings: Settings) -> Mailbox:
    if settings.imap is None:
        return NoMailbox()
    return UnreadMailbox(
        "sheetflow doesn't read a mailbox yet; set IMAP_HOST=off and mark leads that answer yourself."
    )


def _sender(settings: Settings, workflow: Workflow) -> str:
    """The address messages come from: the account's where it is one, else the business's."""
    user = settings.smtp.user if settings.smtp else ""
    return user if "@" in user else workflow.business.email
