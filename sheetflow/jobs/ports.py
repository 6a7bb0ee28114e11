"""What the jobs need from the world; adapters fit these shapes, wiring chooses them."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from typing import Protocol

from sheetflow.workflow.enquiry import Enquiry, Receipt
from sheetflow.workflow.events import Event
from sheetflow.workflow.history import History
from sheetflow.workflow.lead import Lead
from sheetflow.workflow.outcome import Outcome
from sheetflow.workflow.sequence import Step, Workflow
from sheetflow.workflow.tracked import Changes, Granted, Only, Snapshot

Clock = Callable[[], datetime]  # aware UTC
Sleep = Callable[[float], None]  # seconds


class Tracker(Protocol):
    """Where leads and events live. Every method raises TrackerUnavailable where it can't be reached."""

    def snapshot(self, only: Only | None = None) -> Snapshot: ...

    def claim(self, claims: Sequence[Event], changes: Changes) -> list[Granted]:
        """Applies the changes and tries the `claimed` events, in one write; says which were won."""

    def commit(self, changes: Changes) -> None: ...

    def setup(self) -> list[str]:
        """Creates or repairs what is missing, safe to repeat; returns what it did, a sentence each."""


class Store(Protocol):
    """Where enquiries become durable before the webhook answers."""

    def store(self, enquiries: Sequence[Enquiry], workflow: Workflow) -> list[Receipt]:
        """All or none. Raises TrackerUnavailable where they can't be stored now."""

    def waiting(self) -> int:
        """How many stored enquiries aren't in the tracker yet."""


class Composer(Protocol):
    """Makes the message of one step for one lead; raises SheetflowError where it can't be made."""

    def __call__(self, lead: Lead, history: History, step: Step, now: datetime) -> EmailMessage: ...


class Session(Protocol):
    def deliver(self, message: EmailMessage, to: str, file_name: str) -> Outcome: ...


class Transport(Protocol):
    def session(self) -> AbstractContextManager[Session]: ...

    def verify(self) -> None:
        """Raises ConfigError or SheetflowError with what to change where mail can't be sent."""


class Mailbox(Protocol):
    def read(self, snapshot: Snapshot, now: datetime, run: str) -> Changes:
        """What has come in since it was read last, as events, suppressions and the new cursor.

        Raises MailboxUnavailable where not all of it can be read.
        """


@dataclass(frozen=True)
class Ports:
    """The world as one value; `workflow` is what the business decided."""

    tracker: Tracker
    store: Store
    transport: Transport
    mailbox: Mailbox
    compose: Composer
    workflow: Workflow
    pause: float  # seconds between two messages
    clock: Clock
    sleep: Sleep
    stopping: Callable[[], bool]
