"""The one place that names concrete adapters; importing it builds nothing."""

import atexit
import os
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from flask import Flask

from sheetflow.business import read_workflow
from sheetflow.environment import Environment
from sheetflow.errors import ConfigError
from sheetflow.inbox.queue import Queue
from sheetflow.jobs.direct import DirectStore
from sheetflow.jobs.ports import Clock, Inbox, Mailbox, Ports, Store, Tracker, Transport
from sheetflow.jobs.respond import Responder
from sheetflow.mail.imap import ImapMailbox
from sheetflow.mail.letters import Letters
from sheetflow.mail.nomailbox import NoMailbox
from sheetflow.mail.outbox import OutboxTransport
from sheetflow.mail.smtp import SmtpTransport
from sheetflow.mail.templates import Templates
from sheetflow.settings import Settings
from sheetflow.tracker.google import GoogleTracker
from sheetflow.tracker.sql import SqlTracker
from sheetflow.web.app import Site, make_app
from sheetflow.web.links import Links
from sheetflow.workflow.sequence import Workflow
from sheetflow.workflow.typed import MONTH_FIRST

OUTBOX = Path("var/outbox")
NO_REPLIES = "off: replies aren't read (IMAP_HOST=off)"


@dataclass(frozen=True)
class Wired:
    settings: Settings
    workflow: Workflow
    ports: Ports
    letters: Letters


def read_settings(environ: Mapping[str, str] | None = None, folder: Path | None = None) -> Settings:
    """Raises ConfigError with every problem, the business's too where the environment has one."""
    environ, folder = os.environ if environ is None else environ, folder or Path.cwd()
    try:
        return Settings.read(environ, folder)
    except ConfigError as error:
        problems = list(error.problems)
    try:
        read_workflow(folder / (Environment(environ, folder).text("SHEETFLOW_CONFIG") or "config"))
    except ConfigError as error:
        problems += error.problems
    raise ConfigError(*problems)


def build(
    settings: Settings,
    *,
    clock: Clock = lambda: datetime.now(UTC),
    sleep: Callable[[float], None] = time.sleep,
    stopping: Callable[[], bool] = lambda: False,
) -> Wired:
    """Everything a command needs. Raises ConfigError with every problem of the business's configuration."""
    workflow = read_workflow(settings.config)
    tracker, store, inbox = _stores(settings, workflow, clock, sleep)
    sender = _sender(settings, workflow)
    read_at = _read_at(settings, sender)
    letters = Letters(
        Templates(settings.config / "templates"), workflow, sender, _links(settings).url, read_at
    )
    ports = Ports(
        tracker=tracker,
        store=store,
        transport=_transport(settings),
        mailbox=_mailbox(settings, frozenset({sender, read_at} - {""})),
        compose=letters,
        workflow=workflow,
        # A folder takes messages as fast as they come.
        pause=workflow.sending.pause if settings.smtp else 0.0,
        clock=clock,
        sleep=sleep,
        stopping=stopping,
        inbox=inbox,
        sender=sender,
    )
    return Wired(settings, workflow, ports, letters)


def build_app(wired: Wired, *, takes_loopback: bool) -> Flask:
    """The web app with its responder, which lives as long as the process."""
    responder = Responder(wired.ports)
    # A server that ends finishes the message in hand, records it and gives back the rest.
    atexit.register(responder.stop)
    site = Site(
        ports=wired.ports,
        responder=responder,
        tokens=wired.settings.tokens,
        takes_loopback=takes_loopback,
        mail="smtp" if wired.settings.smtp else "outbox",
        mailbox="imap" if wired.settings.imap else "off",
        links=_links(wired.settings),
        signing_secrets=wired.settings.signing_secrets,
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


def _stores(
    settings: Settings, workflow: Workflow, clock: Clock, sleep: Callable[[float], None]
) -> tuple[Tracker, Store, Inbox | None]:
    """The tracker, what leads are stored in first, and that again where it is an inbox."""
    if not settings.sheet_id:
        database = SqlTracker(
            settings.tracker, day_first=workflow.business.country.upper() not in MONTH_FIRST
        )
        return database, database, None
    sheet = GoogleTracker(
        settings.sheet_id, settings.google_key, settings.sheets_endpoint, workflow, clock, sleep
    )
    if not settings.database_url:
        return sheet, DirectStore(sheet, is_held_back=lambda: sheet.api.is_held_back), None
    inbox = Queue(settings.database_url)
    return sheet, inbox, inbox


def _links(settings: Settings) -> Links:
    return Links(settings.secret_keys, settings.base_url)


def _transport(settings: Settings) -> Transport:
    smtp = settings.smtp
    if smtp is None:
        return OutboxTransport(settings.folder / OUTBOX)
    return SmtpTransport(smtp.user, smtp.password, smtp.host, smtp.port, smtp.security, _ca_file(settings))


def _mailbox(settings: Settings, addresses: frozenset[str]) -> Mailbox:
    imap = settings.imap
    if imap is None:
        return NoMailbox(NO_REPLIES if settings.smtp else "")
    return ImapMailbox(
        imap.user, imap.password, imap.host, imap.port, imap.security, _ca_file(settings), addresses
    )


def _ca_file(settings: Settings) -> str | None:
    return str(settings.ca_file) if settings.ca_file else None


def _read_at(settings: Settings, sender: str) -> str:
    """The address whose mail is read; empty where none is."""
    if settings.imap is None:
        return ""
    return settings.imap.user if "@" in settings.imap.user else sender


def _sender(settings: Settings, workflow: Workflow) -> str:
    """The address messages come from: the account's where it is one, else the business's."""
    user = settings.smtp.user if settings.smtp else ""
    return user if "@" in user else workflow.business.email
