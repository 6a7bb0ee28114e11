"""`check`: everything that can be wrong, tried, with how to mend it."""

from collections.abc import Iterator
from dataclasses import dataclass

from sheetflow.errors import ConfigError, SheetflowError
from sheetflow.mail.letters import FULL
from sheetflow.wiring import Wired, why_closed
from sheetflow.workflow import tracked
from sheetflow.workflow.history import fold
from sheetflow.workflow.outcome import Result
from sheetflow.workflow.tracked import Only, is_on


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
    if send_to:
        yield _test_message(wired, send_to)


def _tracker(wired: Wired) -> Iterator[Finding]:
    closed = why_closed(wired.settings)
    if closed:
        yield Finding(closed, 2)
        return
    try:
        for line in wired.ports.tracker.setup():
            yield Finding(line)
        control = wired.ports.tracker.snapshot(Only(frozenset(), tracked.LONG_AGO)).control
    except SheetflowError as error:
        yield Finding(str(error), 1)
        return
    word = control.get(tracked.SENDING, "")
    if not is_on(word):
        yield Finding(f"Sending is {word or 'empty'}: nothing is sent until `python -m sheetflow resume`.")


def _door(wired: Wired) -> Iterator[Finding]:
    names = ", ".join(wired.settings.tokens)
    if names:
        yield Finding(f"Leads are taken with the tokens named {names}.")
    else:
        yield Finding("Leads are taken from this machine only: no SHEETFLOW_WEBHOOK_TOKENS is set.")


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
    if wired.settings.imap:
        yield Finding("Replies can't be read yet, so no follow-up leaves: set IMAP_HOST=off.", 2)
    else:
        yield Finding("Replies aren't read (IMAP_HOST=off): set the status of a lead that answers yourself.")


def _test_message(wired: Wired, send_to: str) -> Finding:
    """The first step as a lead with this address would get it."""
    ports, step = wired.ports, wired.workflow.first
    try:
        message = ports.compose(FULL, fold((), wired.workflow), step, ports.clock())
        message.replace_header("To", send_to)
    except (SheetflowError, ValueError) as error:
        return Finding(f"No test message: {error}", 2)
    with ports.transport.session() as session:
        outcome = session.deliver(message, send_to, f"{ports.clock():%Y%m%dT%H%M%SZ}-check-{step.name}.eml")
    if outcome.result is Result.SENT:
        return Finding(f"A test message left for {send_to}.")
    return Finding(f"The test message was not taken: {outcome.detail}", 1)
