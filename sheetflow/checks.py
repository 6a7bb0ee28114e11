"""`check`: everything that can be wrong, tried, with how to mend it."""

from collections.abc import Iterator
from dataclasses import dataclass

from sheetflow.errors import ConfigError, SheetflowError
from sheetflow.mail.letters import FULL
from sheetflow.wiring import Wired, why_closed
from sheetflow.workflow import tracked
from sheetflow.workflow.history import fold
from sheetflow.workflow.lead import suppression_hash
from sheetflow.workflow.outcome import Result
from sheetflow.workflow.tracked import is_on


@dataclass(frozen=True)
class Finding:
    words: str
    exit_code: int = 0  # 1: something can't be reached, 2: something is configured wrongly

    @property
    def is_good(self) -> bool:
        return self.exit_code == 0


def check(wired: Wired, send_to: str | None) -> Iterator[Finding]:
    """Findings in the order of a lead's way; the configuration itself was read without a problem."""
    steps = ", ".join(f"{step.name} on day {step.day}" for step in wired.workflow.steps)
    yield Finding(f"Configuration: {wired.workflow.business.name}; {steps}.")
    yield from _tracker(wired)
    yield from _door(wired)
    for problem in wired.letters.problems():
        yield Finding(f"Template {problem}", 2)
    yield from _mail(wired)
    yield _opt_out(wired)
    if send_to:
        yield _test_message(wired, send_to)


def _tracker(wired: Wired) -> Iterator[Finding]:
    closed = why_closed(wired.settings)
    if closed:
        yield Finding(closed, 2)
        return
    try:
        wrong = wired.ports.tracker.check()
        snapshot = None if wrong else wired.ports.tracker.snapshot()
    except SheetflowError as error:
        yield Finding(str(error), 1)
        return
    yield from (Finding(sentence, 2) for sentence in wrong)
    if snapshot is None:
        return
    where = "Google Sheet" if wired.settings.sheet_id else "database"
    yield Finding(f"The tracker is a {where} with {len(snapshot.leads)} leads.")
    word = snapshot.control.get(tracked.SENDING, "")
    if not is_on(word):
        yield Finding(f"Sending is {word or 'empty'}: nothing is sent until `python -m sheetflow resume`.")


def _door(wired: Wired) -> Iterator[Finding]:
    names, signing = (", ".join(of) for of in (wired.settings.tokens, wired.settings.signing_secrets))
    if names:
        yield Finding(f"Leads are taken with the tokens named {names}.")
    if signing:
        yield Finding(f"Signed leads alone are taken from {signing}.")
    if not names and not signing:
        yield Finding("Leads are taken from this machine only: no SHEETFLOW_WEBHOOK_TOKENS is set.")
    if wired.settings.sheet_id:
        yield _inbox(wired)


def _inbox(wired: Wired) -> Finding:
    if wired.ports.inbox is None:
        return Finding(
            "No inbox: while the Sheet can't be written within 4 seconds, a lead is mailed to "
            f"{wired.workflow.business.email} and its sender is told to try again, which not all do; "
            "set DATABASE_URL to keep such leads here."
        )
    try:
        waiting = wired.ports.inbox.waiting()
    except SheetflowError as error:
        return Finding(f"Leads can't be stored: {error}", 1)
    return Finding(f"Leads are kept in an inbox until they are in the Sheet; {waiting} wait there now.")


def _mail(wired: Wired) -> Iterator[Finding]:
    try:
        wired.ports.transport.verify()
    except (ConfigError, SheetflowError) as error:
        yield Finding(f"Mail can't be sent: {error}", 2 if isinstance(error, ConfigError) else 1)
    else:
        smtp = wired.settings.smtp
        yield Finding(f"Mail leaves by {smtp.host}." if smtp else "Mail goes to the folder var/outbox.")
    if wired.settings.smtp is None:
        return
    yield _replies(wired)


def _replies(wired: Wired) -> Finding:
    imap = wired.settings.imap
    if imap is None:
        return Finding("Replies aren't read (IMAP_HOST=off): set the status of a lead that answers yourself.")
    try:
        folders = ", ".join(wired.ports.mailbox.verify())
    except (ConfigError, SheetflowError) as error:
        code = 2 if isinstance(error, ConfigError) else 1
        return Finding(f"Replies can't be read, so no follow-up leaves: {error}", code)
    return Finding(f"Replies are read at {imap.host}: {folders}.")


def _opt_out(wired: Wired) -> Finding:
    base_url = wired.settings.base_url
    if not base_url:
        return Finding("Leads opt out by mail (reply STOP): no SHEETFLOW_BASE_URL is set.")
    if not wired.settings.secret_keys:
        return Finding("Leads opt out by mail (reply STOP): no SHEETFLOW_SECRET_KEY is set to sign links.")
    # Settings take http:// for this machine alone.
    reach = ", which only this machine can open" if base_url.startswith("http:") else ""
    return Finding(f"Leads opt out by a link to {base_url}/u/…{reach}, or by mail (reply STOP).")


def _test_message(wired: Wired, send_to: str) -> Finding:
    """The first step as a lead with this address would get it."""
    ports, step = wired.ports, wired.workflow.first
    try:
        # Nobody's: without the tracker's salt it is no address's hash there, and the link stops no lead.
        address = suppression_hash(FULL.email, "")
        message = ports.compose(FULL, fold((), wired.workflow), step, ports.clock(), address)
        message.replace_header("To", send_to)
    except (SheetflowError, ValueError) as error:
        return Finding(f"No test message: {error}", 2)
    with ports.transport.session() as session:
        outcome = session.deliver(message, send_to, f"{ports.clock():%Y%m%dT%H%M%SZ}-check-{step.name}.eml")
    if outcome.result is Result.SENT:
        return Finding(f"A test message left for {send_to}.")
    return Finding(f"The test message was not taken: {outcome.detail}", 1)
