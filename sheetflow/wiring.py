"""The one place that names concrete adapters; importing it builds nothing.

Adapters that load much (Google's, IMAP's, the web's) are imported when they are chosen.
"""

import atexit
import logging
import os
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
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
    watched_by_nobody,
)
from sheetflow.ledger.ledger import Ledger
from sheetflow.mail.letters import Letters
from sheetflow.mail.nomailbox import NoMailbox
from sheetflow.mail.templates import Templates
from sheetflow.settings import Settings
from sheetflow.wired import OUTBOX, Wired
from sheetflow.workflow.sequence import Workflow

if TYPE_CHECKING:
    from flask import Flask

    from sheetflow.workflow.finding import Finding

NO_BUTTONS = (
    "sheetflow.toml [ai] review=true: openings are sent by buttons in mails, which need SHEETFLOW_BASE_URL "
    "and SHEETFLOW_SECRET_KEY; set both, or leave review out"
)
NO_REPLIES = "off: replies aren't read (IMAP_HOST=off)"

log = logging.getLogger(__name__)


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
    if workflow.reviews_openings and settings.model and settings.smtp and not settings.has_buttons:
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
        beat=_heartbeat(settings),
    )
    ports = replace(ports, tell=_teller(settings, ports, letters), brief=_briefing(settings, ports))
    return Wired(settings, workflow, ports, letters)


def _teller(settings: Settings, ports: Ports, letters: Letters) -> Callable[[], datetime | None]:
    """Without a mail account messages are tried out, and there is nobody to tell."""
    if not settings.smtp:
        return tell_nobody
    from sheetflow.channels import Channels
    from sheetflow.jobs.notify import Notifier
    from sheetflow.mail.owner import OwnerDesk
    from sheetflow.web.button_links import ButtonLinks

    return Notifier(
        ledger=ports.ledger,
        workflow=ports.workflow,
        transport=ports.transport,
        channels=Channels(),
        desk=OwnerDesk(ports.sender),
        clock=ports.clock,
        sleep=ports.sleep,
        urls=settings.notify_urls,
        button=ButtonLinks(settings.secret_keys, settings.base_url),
        row=_row_link(settings, ports),
        draft=letters.draft,
    ).tell


def _briefing(settings: Settings, ports: Ports) -> Callable[[], datetime | None]:
    """Without a mail account it goes to the outbox; half configured, mail is meant to leave and can't."""
    if settings.half_configured:
        return tell_nobody
    from sheetflow.channels import Channels
    from sheetflow.jobs.briefing import Briefing
    from sheetflow.mail.bulletins import OwnerBulletins

    page = f"{settings.base_url}/" if settings.base_url else ""
    home = f"https://docs.google.com/spreadsheets/d/{settings.sheet_id}/edit" if settings.sheet_id else page
    desk = OwnerBulletins(ports.sender)
    return Briefing(ports, Channels(), desk, settings.notify_urls, _row_link(settings, ports), home).tell


def _row_link(settings: Settings, ports: Ports) -> Callable[[str], str]:
    """Where a lead is looked at: the Sheet, or without one its page; empty if neither has an address."""
    page = f"{settings.base_url}/leads/{{}}" if settings.base_url else ""
    return lambda lead_id: ports.sheet.link() or page.format(lead_id)


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


def _heartbeat(settings: Settings) -> Callable[[], None]:
    if not settings.heartbeat:
        return watched_by_nobody
    from sheetflow.heartbeat import Heartbeat

    return Heartbeat(settings.heartbeat).beat


def build_app(wired: Wired, *, takes_loopback: bool) -> "Flask":
    """The web app with its responder, which starts with the first request: a server may fork before.

    Raises ConfigError for the ledger of a newer sheetflow.
    """
    from sheetflow.channels import Channels
    from sheetflow.explain import explain_bytes
    from sheetflow.jobs.respond import Responder
    from sheetflow.web.app import make_app
    from sheetflow.web.button_links import ButtonLinks
    from sheetflow.web.buttons import ButtonPages
    from sheetflow.web.doors import NO_DOOR, Doors
    from sheetflow.web.form import HostedForm
    from sheetflow.web.form_look import FormLook
    from sheetflow.web.health import Health, Setup
    from sheetflow.web.leads import Webhook
    from sheetflow.web.links import Links
    from sheetflow.web.openapi import blueprint as openapi
    from sheetflow.web.pages.access import Access
    from sheetflow.web.pages.checking import Checking
    from sheetflow.web.pages.help import HelpPages
    from sheetflow.web.pages.lead import LeadPage
    from sheetflow.web.pages.leads import LeadList
    from sheetflow.web.pages.letters import Outbox
    from sheetflow.web.pages.messages import MessagePages
    from sheetflow.web.pages.newlead import NewLeadPage
    from sheetflow.web.pages.outbox import OutboxPages
    from sheetflow.web.pages.overview import OverviewPage
    from sheetflow.web.pages.setup import SetupPage, WaysIn
    from sheetflow.web.pages.site import Site
    from sheetflow.web.public import Public
    from sheetflow.web.refusals import Refusals
    from sheetflow.web.stamps import Stamps
    from sheetflow.web.storing import Storing
    from sheetflow.web.taking import Taking
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
    unheard = [f"Channel {problem}." for problem in Channels().problems(wired.channels)]
    for problem in unheard:
        log.error("%s", problem)
    problems = [settings.half_configured, NO_DOOR if doors.are_closed else "", *unheard]
    setup = Setup(
        mail="smtp" if settings.smtp else "outbox",
        mailbox="imap" if settings.imap else "off",
        has_sheet=bool(settings.sheet_id),
        takes_leads=not doors.are_closed,
        problems=tuple(filter(None, problems)),
    )
    form, look = wired.workflow.form, FormLook(ports.workflow, ports.clock)
    visitors = Visitors(1 if settings.dyno else form.proxies)
    public = Public(form, look, visitors)
    taking, stamps = Taking(ports, storing, notify), Stamps(settings.secret_keys)
    links = Links(settings.secret_keys, settings.base_url)
    buttons = ButtonLinks(settings.secret_keys, settings.base_url)
    access = Access(
        settings.dashboard_password,
        settings.secret_keys,
        takes_loopback=takes_loopback,
        is_https=settings.base_url.startswith("https:"),
    )
    health = Health(ports.ledger, storing, setup, ports.clock)
    checking = Checking(lambda: _findings(wired), ports.clock)
    explain = partial(explain_bytes, workflow=wired.workflow)
    ways_in = WaysIn(settings.tokens, tuple(settings.signing_secrets), settings.base_url)
    outbox = None if settings.smtp else Outbox(wired.outbox)
    pages = (
        OverviewPage(ports.ledger, ports.clock, lambda: health.look()["problems"]).blueprint(),
        LeadList(ports.ledger, settings.base_url, has_tokens=bool(settings.tokens)).blueprint(),
        LeadPage(ports, outbox, notify).blueprint(),
        NewLeadPage(ports, storing, notify).blueprint(),
        MessagePages(ports.ledger, wired.letters.preview, ports.clock).blueprint(),
        SetupPage(wired.workflow, health.look, checking, explain, ways_in).blueprint(),
        HelpPages().blueprint(),
        *([OutboxPages(outbox, wired.workflow).blueprint()] if outbox else []),
    )
    site = Site(
        ports.ledger,
        access,
        visitors,
        ports.clock,
        pages,
        has_outbox=outbox is not None,
        closed=settings.closed,
    )
    parts = (
        site.blueprint(),
        Webhook(ports, doors, public, storing, Refusals(visitors), notify).blueprint(),
        HostedForm(look, stamps, taking, storing, visitors, ports.clock).blueprint(),
        OptOutPages(ports.ledger, links, storing, ports.clock, notify).blueprint(),
        ButtonPages(ports.ledger, buttons, ports.clock, notify).blueprint(),
        health.blueprint(),
        openapi(),
    )
    return make_app(parts, begin)


def _findings(wired: Wired) -> Iterator["Finding"]:
    """What `check` says, with connections of its own, and of the configuration as it is now."""
    from sheetflow.checks import check
    from sheetflow.workflow.finding import Finding

    try:
        fresh = build(wired.settings, clock=wired.ports.clock)
    except ConfigError as error:
        yield from (Finding(problem, 2) for problem in error.problems)
        return
    # The mailbox connects anew each time; a demonstration has one of its own kind.
    ports = replace(fresh.ports, mailbox=wired.ports.mailbox)
    try:
        yield from check(replace(fresh, ports=ports), None)
    finally:
        fresh.close()


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
