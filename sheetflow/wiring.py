"""The one place that names concrete adapters; importing it builds nothing.

Adapters that load much (Google's, IMAP's, the web's) are imported when they are chosen.
"""

import atexit
import logging
import os
import time
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from sheetflow.business import read_workflow
from sheetflow.environment import Environment
from sheetflow.errors import ConfigError, LedgerUnavailable
from sheetflow.jobs.nosheet import NoSheet
from sheetflow.jobs.ports import (
    Clock,
    Mailbox,
    Ports,
    Sheet,
    Sleep,
    Transport,
    ask_nobody,
    tell_nobody,
)
from sheetflow.ledger.ledger import Ledger
from sheetflow.mail.letters import Letters
from sheetflow.mail.nomailbox import NoMailbox
from sheetflow.mail.templates import Templates
from sheetflow.settings import Settings
from sheetflow.workflow.sequence import Workflow

if TYPE_CHECKING:
    from flask import Flask

OUTBOX = Path("var/outbox")
NO_BUTTONS = (
    "sheetflow.toml [ai] review=true: openings are sent by buttons in mails, which need SHEETFLOW_BASE_URL "
    "and SHEETFLOW_SECRET_KEY; set both, or leave review out"
)
NO_REPLIES = "off: replies aren't read (IMAP_HOST=off)"

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Wired:
    settings: Settings
    workflow: Workflow
    ports: Ports
    letters: Letters

    @property
    def outbox(self) -> Path:
        return self.settings.folder / OUTBOX

    def close(self) -> None:
        self.ports.sheet.close()
        self.ports.ledger.close()


def read_settings(environ: Mapping[str, str] | None = None, folder: Path | None = None) -> Settings:
    """Raises ConfigError with every problem, the business's too if the environment has one."""
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


def system_clock() -> datetime:
    return datetime.now(UTC)


def build(
    settings: Settings,
    *,
    clock: Clock = system_clock,
    sleep: Sleep = time.sleep,
    stopping: Callable[[], bool] = lambda: False,
) -> Wired:
    """Everything a command needs; nothing is connected yet.

    Raises ConfigError with every problem of the business's configuration.
    """
    workflow = _for_account(read_workflow(settings.config), settings)
    if workflow.reviews_openings and settings.model and settings.smtp and not has_buttons(settings):
        raise ConfigError(NO_BUTTONS)
    # Another clock than the machine's, as in a demonstration, dates claims too.
    ledger = Ledger(settings.ledger, workflow, None if clock is system_clock else clock)
    sender = settings.sender or workflow.business.email
    read_at = _read_at(settings, sender)
    letters = Letters(Templates(settings.config / "templates"), workflow, sender, _link(settings), read_at)
    account = settings.smtp.user if settings.smtp and "@" in settings.smtp.user else ""
    ports = Ports(
        ledger=ledger,
        sheet=_sheet(settings, ledger, clock, sleep),
        transport=_transport(settings),
        mailbox=_mailbox(settings, frozenset({sender, read_at, account} - {""})),
        compose=letters,
        workflow=workflow,
        clock=clock,
        sleep=sleep,
        stopping=stopping,
        sender=sender,
        advise=_adviser(settings, ledger, workflow, clock),
    )
    return Wired(settings, workflow, replace(ports, tell=_teller(settings, ports, letters)), letters)


def has_buttons(settings: Settings) -> bool:
    return bool(settings.secret_keys and settings.base_url)


def _teller(settings: Settings, ports: Ports, letters: Letters) -> Callable[[], datetime | None]:
    """Without a mail account messages are tried out, and there is nobody to tell."""
    if not settings.smtp:
        return tell_nobody
    from sheetflow.channels import Channels
    from sheetflow.jobs.notify import Notifier
    from sheetflow.mail.owner import OwnerDesk
    from sheetflow.web.button_links import ButtonLinks

    page = f"{settings.base_url}/leads/{{}}" if settings.base_url else ""
    return Notifier(
        ledger=ports.ledger,
        workflow=ports.workflow,
        transport=ports.transport,
        channels=Channels(),
        desk=OwnerDesk(ports.sender),
        clock=ports.clock,
        urls=settings.notify_urls,
        button=ButtonLinks(settings.secret_keys, settings.base_url),
        row=lambda lead_id: ports.sheet.link() or page.format(lead_id),
        draft=letters.draft,
    ).tell


def _adviser(
    settings: Settings, ledger: Ledger, workflow: Workflow, clock: Clock
) -> Callable[[Collection[str], str], None]:
    if settings.model is None:
        return ask_nobody
    from sheetflow.ai.adviser import Adviser
    from sheetflow.capture.language import language_of
    from sheetflow.jobs.advise import Advising

    model = Adviser(settings.model.url, settings.model.key, settings.model.name)
    # Without a mail account nobody is told, and nobody could press a button.
    reviews = workflow.reviews_openings and settings.smtp is not None
    return Advising(ledger, workflow, model, clock, language_of, workflow.advice_a_day, reviews).advise


def build_app(wired: Wired, *, takes_loopback: bool) -> "Flask":
    """The web app with its responder, which starts with the first request: a server may fork before.

    Raises ConfigError for the ledger of a newer sheetflow.
    """
    from sheetflow.jobs.respond import Responder
    from sheetflow.web.app import make_app
    from sheetflow.web.button_links import ButtonLinks
    from sheetflow.web.buttons import ButtonPages
    from sheetflow.web.doors import NO_DOOR, Doors
    from sheetflow.web.health import Health, Setup
    from sheetflow.web.leads import Webhook
    from sheetflow.web.links import Links
    from sheetflow.web.openapi import blueprint as openapi
    from sheetflow.web.public import Public
    from sheetflow.web.refusals import Refusals
    from sheetflow.web.storing import Storing
    from sheetflow.web.unsubscribe import OptOutPages
    from sheetflow.web.visitors import Visitors

    settings, ports = wired.settings, wired.ports
    open_ledger(wired)
    responder = Responder(ports)
    # A server that ends finishes the message in hand, records it and gives back the rest; then it lets go.
    atexit.register(wired.close)
    atexit.register(responder.stop)
    begin, notify = responder.start, responder.notify
    if settings.half_configured:
        begin, notify = _do_nothing, _answer_nobody
    doors = Doors(settings.tokens, settings.signing_secrets, takes_loopback)
    storing = Storing(ports.ledger, settings.closed)
    problems = [settings.half_configured, NO_DOOR if doors.are_closed else ""]
    setup = Setup(
        mail="smtp" if settings.smtp else "outbox",
        mailbox="imap" if settings.imap else "off",
        has_sheet=bool(settings.sheet_id),
        takes_leads=not doors.are_closed,
        problems=tuple(filter(None, problems)),
    )
    form, business = wired.workflow.form, wired.workflow.business.name
    visitors = Visitors(1 if settings.dyno else form.proxies)
    public = Public(form, business, visitors)
    links = Links(settings.secret_keys, settings.base_url)
    buttons = ButtonLinks(settings.secret_keys, settings.base_url)
    parts = (
        Webhook(ports, doors, public, storing, Refusals(visitors), notify).blueprint(),
        OptOutPages(ports.ledger, links, storing, ports.clock, notify).blueprint(),
        ButtonPages(ports.ledger, buttons, ports.clock, notify).blueprint(),
        Health(ports.ledger, storing, setup, ports.clock).blueprint(),
        openapi(),
    )
    return make_app(parts, begin)


def open_ledger(wired: Wired) -> None:
    """Brings an older ledger up to date; one that can't be reached now is waited for.

    Raises ConfigError for the ledger of a newer sheetflow.
    """
    if wired.settings.closed:
        return
    try:
        with wired.ports.ledger.reading():
            pass
    except LedgerUnavailable as error:
        log.error("%s", error)
    finally:
        # A server may fork now, and no process may use the connection of another.
        wired.ports.ledger.close()


def _do_nothing() -> None:
    """No mail can leave, so nobody is to be answered."""


def _answer_nobody(lead_ids: Iterable[str]) -> None:
    """They stay New until a mail account is there."""


def _for_account(workflow: Workflow, settings: Settings) -> Workflow:
    """A folder takes messages as fast as they come, and what lies there was only tried out."""
    if settings.smtp:
        return workflow
    return replace(workflow, sending=replace(workflow.sending, pause=0.0, is_try_out=True))


def _sheet(settings: Settings, ledger: Ledger, clock: Clock, sleep: Sleep) -> Sheet:
    if not settings.sheet_id:
        return NoSheet(ledger)
    from sheetflow.sheet.api import Api
    from sheetflow.sheet.sync import GoogleSheet

    api = Api(settings.sheet_id, settings.google_key, settings.sheets_endpoint, sleep)
    return GoogleSheet(api, ledger, clock, sleep)


def _link(settings: Settings) -> Callable[[str, str], str]:
    from sheetflow.web.links import Links

    return Links(settings.secret_keys, settings.base_url).url


def _transport(settings: Settings) -> Transport:
    smtp = settings.smtp
    if smtp is None:
        from sheetflow.mail.outbox import OutboxTransport

        return OutboxTransport(settings.folder / OUTBOX)
    from sheetflow.mail.smtp import SmtpTransport

    return SmtpTransport(smtp.user, smtp.password, smtp.host, smtp.port, smtp.security, _ca_file(settings))


def _mailbox(settings: Settings, addresses: frozenset[str]) -> Mailbox:
    imap = settings.imap
    if imap is None:
        return NoMailbox(NO_REPLIES if settings.smtp else "")
    from sheetflow.mail.imap import ImapMailbox

    return ImapMailbox(
        imap.user, imap.password, imap.host, imap.port, imap.security, _ca_file(settings), addresses
    )


def _ca_file(settings: Settings) -> str | None:
    return str(settings.ca_file) if settings.ca_file else None


def _read_at(settings: Settings, sender: str) -> str:
    """The address whose mail is read; empty if none is."""
    if settings.imap is None:
        return ""
    return settings.imap.user if "@" in settings.imap.user else sender
