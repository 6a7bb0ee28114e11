"""What one mail in the mailbox means for the lead it belongs to, and why."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sheetflow.replies.incoming import Incoming


class Kind(StrEnum):
    OWN = "own"  # written by us
    HARD_BOUNCE = "hard bounce"  # the address is dead
    SOFT_BOUNCE = "soft bounce"  # not delivered, though the address may be good
    DELAYED = "delayed"  # a server reports, but nothing has failed for good: delayed, delivered, relayed
    SENDER_BOUNCE = "sender bounce"  # refused because of the sender: policy, rate, limit, reputation
    COMPLAINT = "complaint"  # the recipient called it spam
    AUTO_REPLY = "auto reply"  # a machine answered
    UNSUBSCRIBE = "unsubscribe"
    REPLY = "reply"  # a person answered


BOUNCES = frozenset({Kind.HARD_BOUNCE, Kind.SOFT_BOUNCE, Kind.DELAYED, Kind.SENDER_BOUNCE})


@dataclass(frozen=True)
class Verdict:
    kind: Kind
    incoming: Incoming
    because: str = ""  # the evidence, as a sentence for people
    recipients: tuple[str, ...] = ()  # bounces, complaints: whom the original was for, in lower case
    original_message_ids: tuple[str, ...] = ()  # bounces, complaints: of the original, best guess first
    status_code: str = ""  # "5.1.1", else the SMTP reply "550", else empty
    diagnostic: str = ""  # the server's words, one line, at most 500 characters
    until: date | None = None  # auto-replies: the end of the absence, if the text tells of one

    @property
    def excerpt(self) -> str:
        """First lines of what was written, at most 500 characters, fit for Activity."""
        return self.incoming.excerpt


@dataclass(frozen=True)
class Unreadable:
    """A mail that the readers stumbled over; `message_id` and `sender` are empty if nothing shows them."""

    because: str
    message_id: str = ""
    sender: str = ""
