"""Messages to leads, to be looked at: as they were sent if that is known, else as they would read."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import Message, MIMEPart
from pathlib import Path

from sheetflow.errors import SheetflowError
from sheetflow.jobs.ports import Composer
from sheetflow.workflow.events import Event
from sheetflow.workflow.history import fold
from sheetflow.workflow.lead import suppression_hash
from sheetflow.workflow.review import Case
from sheetflow.workflow.sequence import Workflow

# A lead's, or what `check --send-to` tried.
_NAME = re.compile(r"(\d{8}T\d{6}Z)-(L-[A-Za-z0-9]+|check)-([\w-]+)\.eml", re.ASCII)
_UNPRINTED = re.compile(r"[^A-Za-z0-9_-]")  # what file names have an underscore for
_STAMP = "%Y%m%dT%H%M%SZ"
_HEADERS = ("From", "To", "Reply-To", "Subject", "Date")
_SOON = timedelta(seconds=5)  # between the name of a file and the record that it was written


@dataclass(frozen=True)
class Readable:
    """`headers` are those that people care about; `html` is a whole page."""

    headers: tuple[tuple[str, str], ...]
    text: str
    html: str

    @property
    def subject(self) -> str:
        return dict(self.headers).get("Subject", "")


@dataclass(frozen=True)
class Filed:
    """A file of the outbox, told by its name: YYYYMMDDTHHMMSSZ-LEADID-STEP.eml."""

    name: str
    at: datetime
    lead_id: str
    step: str


@dataclass(frozen=True)
class Outbox:
    folder: Path

    def files(self) -> list[Filed]:
        """The newest first; what isn't named as a message isn't one."""
        names = (path.name for path in self.folder.glob("*.eml"))
        return sorted(filter(None, map(_filed, names)), key=lambda one: (one.at, one.name), reverse=True)

    def read(self, name: str) -> Readable | None:
        """None if there is no such message (any more)."""
        if not _NAME.fullmatch(name):
            return None
        try:
            data = (self.folder / name).read_bytes()
        except OSError:
            return None
        return letter_of(message_from_bytes(data, policy=policy.default))

    def sent(self, event: Event) -> Readable | None:
        """What was written when this was recorded."""
        found = [
            one
            for one in map(_filed, (path.name for path in self.folder.glob(f"*-{event.lead_id}-*.eml")))
            if one and one.step == _UNPRINTED.sub("_", event.step) and one.at <= event.at + _SOON
        ]
        return self.read(max(found, key=lambda one: one.at).name) if found else None


def letter_of(message: Message) -> Readable:
    """Whatever can't be read in it is left out."""
    headers = tuple((name, _header(message, name)) for name in _HEADERS if name in message)
    return Readable(headers, _part(message, "plain"), _part(message, "html"))


def written_again(case: Case, event: Event, compose: Composer, workflow: Workflow) -> Readable | str:
    """The message of a `sent` event as today's template would have it; a sentence if that can't be."""
    step = workflow.step(event.step)
    if step is None:
        return "Its text isn’t kept, and the step isn’t in the configuration any more."
    before = tuple(_before(case.events, event))
    history = fold(before, workflow, case.suppressed)
    # Nobody's: the link in what is shown must not stop a lead.
    nobody = suppression_hash(case.lead.email, "")
    try:
        return letter_of(compose(case.lead, history, step, event.at, nobody))
    except (SheetflowError, ValueError) as error:
        return f"Its text isn’t kept, and can’t be written again: {error}"


def _before(events: tuple[Event, ...], sent: Event) -> Iterator[Event]:
    for event in events:
        if event.claim == sent.claim and event.attempt:
            return
        yield event


def _filed(name: str) -> Filed | None:
    found = _NAME.fullmatch(name)
    try:
        at = datetime.strptime(found[1], _STAMP).replace(tzinfo=UTC) if found else None
    except ValueError:
        return None
    return Filed(name, at, found[2], found[3]) if found and at else None


def _header(message: Message, name: str) -> str:
    try:
        return " ".join(str(message[name]).split())
    except (ValueError, LookupError, IndexError):
        return "(can’t be read)"


def _part(message: Message, subtype: str) -> str:
    for part in message.walk():
        if part.get_content_type() == f"text/{subtype}" and isinstance(part, MIMEPart):
            try:
                return str(part.get_content())
            except (LookupError, ValueError):
                return ""
    return ""
