"""What the jobs need from the world; adapters fit these shapes, wiring chooses them."""

from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from email.message import EmailMessage
from typing import Protocol

from sheetflow.workflow.arrived import Arrived, Reading
from sheetflow.workflow.enquiry import Enquiry, Receipt
from sheetflow.workflow.events import Event
from sheetflow.workflow.history import History
from sheetflow.workflow.lead import Lead
from sheetflow.workflow.optout import OptOut
from sheetflow.workflow.outcome import Outcome
from sheetflow.workflow.sequence import Step, Workflow
from sheetflow.workflow.tracked import Changes, Granted, Only, Snapshot
from sheetflow.workflow.waiting import Batch, Composed, Refused

Clock = Callable[[], datetime]  # aware UTC
Sleep = Callable[[float], None]  # seconds


class Tracker(Protocol):
    """Where leads and events live. Every method raises TrackerUnavailable where it can't be reached.

    TrackerRefused, one of its kinds, means that nothing of this very write was done or can be.
    """

    def snapshot(self, only: Only | None = None) -> Snapshot:
        """With `only` it may be half a minute old: a claim sees what has changed since."""

    def claim(self, claims: Sequence[Event], changes: Changes) -> list[Granted]:
        """Applies the changes and tries the `claimed` events, in one write; says which were won."""

    def commit(self, changes: Changes) -> None:
        """Applies them in one write. A `claimed` event comes into being by `claim` alone."""

    def setup(self) -> list[str]:
        """Creates or repairs what is missing, safe to repeat; returns what it did, a sentence each."""

    def check(self) -> list[str]:
        """What is wrong with it and how to mend it, a sentence each; changes nothing."""


class Store(Protocol):
    """Where enquiries become durable before the webhook answers."""

    def store(self, enquiries: Sequence[Enquiry], workflow: Workflow) -> list[Receipt]:
        """All or none. Raises TrackerUnavailable where they can't be stored now."""

    def opt_out(self, choice: OptOut, workflow: Workflow) -> None:
        """Nothing that it forbids is sent any more. Raises TrackerUnavailable where it can't be stored."""

    def waiting(self) -> int:
        """How many stored enquiries aren't in the tracker yet."""

    def try_out(self, workflow: Workflow, now: datetime) -> None:
        """Changes nothing of anybody's. Raises TrackerUnavailable where an enquiry couldn't be stored now."""


class Inbox(Store, Protocol):
    """A store in front of the tracker. Every method raises TrackerUnavailable where it can't be reached."""

    def oldest(self) -> datetime | None:
        """When the first of those came that wait for their turn."""

    def opt_outs(self) -> list[OptOut]:
        """Those that aren't in the tracker yet, or came there in the last minutes; in their order."""

    def refused(self) -> list[Refused]:
        """What the tracker doesn't take."""

    def lease(self, holder: str, now: datetime, until: datetime) -> bool:
        """Whether the holder alone may take batches, until then."""

    def release(self, holder: str) -> None: ...

    def next_batch(self) -> Batch | None:
        """The first that isn't finished, or a new one of all that waits; None where nothing does."""

    def compose(self, batch: Batch, composed: Composed, holder: str) -> bool:
        """Stores what the batch does; says no where another process has taken over."""

    def finish(self, batch: Batch, composed: Composed, now: datetime) -> None:
        """The batch is in the tracker."""

    def halve(self, batch: Batch) -> None: ...

    def set_aside(self, numbers: Sequence[int], words: str) -> None:
        """These items can't be taken now, for the reason given."""

    def try_again(self, most: int) -> None:
        """Gives the first items set aside another turn, each alone."""

    def begin_outage(self, now: datetime) -> bool:
        """Whether nobody has told the owner yet that the tracker can't be reached."""

    def end_outage(self) -> None: ...


class Composer(Protocol):
    """Makes the message of one step for one lead; raises SheetflowError where it can't be made.

    `address` is what Suppressed holds of the lead's address.
    """

    def __call__(
        self, lead: Lead, history: History, step: Step, now: datetime, address: str
    ) -> EmailMessage: ...


class Session(Protocol):
    def deliver(self, message: EmailMessage, to: str, file_name: str) -> Outcome: ...


class Transport(Protocol):
    def session(self) -> AbstractContextManager[Session]: ...

    def verify(self) -> None:
        """Raises ConfigError or SheetflowError with what to change where mail can't be sent."""


class Mailbox(Protocol):
    """The account that answers come to. Every method raises MailboxUnavailable where it can't be read."""

    @property
    def addresses(self) -> frozenset[str]:
        """Those the account writes from."""

    def read(self, cursor: str, since: date, take: Callable[[Arrived], None]) -> Reading:
        """Hands over what has come in since `cursor`, or on and after `since` where the cursor is no use."""

    def holds(self, message_ids: Collection[str]) -> Mapping[str, bytes]:
        """Which of these messages lie in Sent, and their headers; none where there is no such folder."""

    def verify(self) -> Sequence[str]:
        """The names of the folders that are read. Raises ConfigError too, with what to change."""


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
    inbox: Inbox | None = None  # None where the store is the tracker itself
    sender: str = ""  # the address that mail to the owner comes from; empty: the owner's own
