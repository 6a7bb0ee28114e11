"""What the jobs need from the world besides the ledger; adapters fit these shapes, wiring chooses them."""

from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from email.message import EmailMessage
from typing import Protocol

from sheetflow.ledger.ledger import Ledger
from sheetflow.workflow.arrived import Arrived, Reading
from sheetflow.workflow.history import History
from sheetflow.workflow.lead import Lead
from sheetflow.workflow.looked import Looked
from sheetflow.workflow.outcome import Outcome
from sheetflow.workflow.sequence import Step, Workflow

Clock = Callable[[], datetime]  # aware UTC
Sleep = Callable[[float], None]  # seconds


class Sheet(Protocol):
    """The owner's Sheet. `look` and `write` raise SheetUnavailable if it can't be read or written now."""

    @property
    def is_connected(self) -> bool:
        """Whether there is one, whose word ON must have been read before anything leaves."""

    def look(self, *, whole: bool) -> Looked:
        """Reads it and records in the ledger what people did.

        The whole Sheet, or what a chunk of messages needs: Control, Lead ID, Status, Next follow-up, Email.
        """

    def write(self, *, numbers: bool = False) -> None:
        """Writes what the ledger has changed since, where the last look found it; with `numbers` the
        Dashboard and Control's lines too. Puts right what has moved meanwhile."""

    def setup(self, *, take_over: bool) -> list[str]:
        """Creates or repairs what is missing, safe to repeat; returns what it did, a sentence each."""

    def restore(self) -> list[str]:
        """Fills the ledger from Leads and Activity; returns what it did and which leads disagree."""

    def check(self) -> list[str]:
        """What is wrong with it and how to mend it, a sentence each; changes nothing."""

    def close(self) -> None: ...


class Composer(Protocol):
    """Makes the message of one step for one lead; raises SheetflowError if it can't be made.

    `address` is the hash of the lead's address in the ledger.
    """

    def __call__(
        self, lead: Lead, history: History, step: Step, now: datetime, address: str
    ) -> EmailMessage: ...


class Session(Protocol):
    def deliver(self, message: EmailMessage, to: str, file_name: str) -> Outcome: ...


class Transport(Protocol):
    def session(self) -> AbstractContextManager[Session]: ...

    def verify(self) -> None:
        """Raises ConfigError or SheetflowError with what to change if mail can't be sent."""


class Mailbox(Protocol):
    """The account that answers come to. Every method raises MailboxUnavailable if it can't be read."""

    @property
    def addresses(self) -> frozenset[str]:
        """Those the account writes from."""

    def read(self, cursor: str, since: date, take: Callable[[Arrived], None]) -> Reading:
        """Hands over what has come in since `cursor`, or on and after `since` if the cursor is no use."""

    def holds(self, message_ids: Collection[str]) -> Mapping[str, bytes]:
        """Which of these messages lie in Sent, and their headers; none if there is no such folder."""

    def verify(self) -> Sequence[str]:
        """The names of the folders that are read. Raises ConfigError too, with what to change."""


def tell_nobody() -> datetime | None:
    """There is no way to reach an owner."""
    return None


def ask_nobody(lead_ids: Collection[str], run: str) -> None:
    """There is no adviser."""


@dataclass(frozen=True)
class Ports:
    """The world as one value; `workflow` is what the business decided."""

    ledger: Ledger
    sheet: Sheet
    transport: Transport
    mailbox: Mailbox
    compose: Composer
    workflow: Workflow
    clock: Clock
    sleep: Sleep
    stopping: Callable[[], bool]
    sender: str = ""  # the address that mail to the owner comes from; empty: the owner's own
    # Tells owners of what is new or late; when to look again, None for when something happens.
    tell: Callable[[], datetime | None] = tell_nobody
    # Asks an adviser about leads that wait for their first response, in the name of a run.
    advise: Callable[[Collection[str], str], None] = ask_nobody
