"""No mailbox: reading replies is switched off, or can't be done."""

from dataclasses import dataclass
from datetime import datetime

from sheetflow.errors import MailboxUnavailable
from sheetflow.workflow.tracked import Changes, Snapshot


class NoMailbox:
    """A decision: the owner sees replies and sets the status."""

    def read(self, snapshot: Snapshot, now: datetime, run: str) -> Changes:
        return Changes()


@dataclass(frozen=True)
class UnreadMailbox:
    """A mailbox that holds replies nobody reads: no follow-up may leave."""

    why: str

    def read(self, snapshot: Snapshot, now: datetime, run: str) -> Changes:
        raise MailboxUnavailable(self.why)
