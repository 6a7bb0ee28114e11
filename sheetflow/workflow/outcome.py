"""What became of one attempt to send one message."""

from dataclasses import dataclass
from enum import StrEnum


class Result(StrEnum):
    SENT = "sent"
    TEMPORARY = "temporary"  # the lead alone: certainly not delivered; worth another attempt later
    FAILED = "failed"  # the lead alone: refused for good, but the address isn't dead
    BOUNCED = "bounced"  # the address is dead
    UNKNOWN = "unknown"  # the line was lost within DATA: it may have been delivered
    SERVER = "server"  # nobody was reached, or the server is in trouble: no try of any lead
    BLOCKED = "blocked"  # the account (rate, limit, sender, reputation): stop sending for a while
    LOGIN = "login"  # the server refuses our login: stop until the configuration works


@dataclass(frozen=True)
class Outcome:
    """`server_id` is what the server calls the message, in the place of its Message-ID; mostly empty."""

    result: Result
    detail: str = ""  # the server's words, one line, without addresses of ours or secrets
    server_id: str = ""


def server_ids(message_id: str) -> tuple[str, str]:
    """What `Outcome.server_id` may hold of the message that somebody's mail names by this Message-ID."""
    whole = message_id.strip().strip("<>")
    return whole, whole.partition("@")[0]
