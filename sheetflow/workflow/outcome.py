"""What became of one attempt to send one message."""

from dataclasses import dataclass
from enum import StrEnum


class Result(StrEnum):
    SENT = "sent"
    TEMPORARY = "temporary"  # certainly not delivered; worth another attempt later
    FAILED = "failed"  # refused for good, but the address isn't dead
    BOUNCED = "bounced"  # the address is dead
    UNKNOWN = "unknown"  # the line was lost within DATA: it may have been delivered
    BLOCKED = "blocked"  # about the sender (rate, limit, policy): stop sending for a while
    LOGIN = "login"  # the server refuses our login: stop until the configuration works


@dataclass(frozen=True)
class Outcome:
    result: Result
    detail: str = ""  # the server's words, one line, without addresses of ours or secrets
    no_connection: bool = False  # nobody was reached: the next message would fare no better
