"""What a reading of the mailbox brings."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Folder = Literal["inbox", "junk", "sent"]


@dataclass(frozen=True)
class Arrived:
    """A mail as it lies in the mailbox; of one in Sent the headers alone."""

    raw: bytes  # its beginning, where it is large
    folder: Folder
    at: datetime  # aware: when the server took it


@dataclass(frozen=True)
class Reading:
    cursor: str  # where the next reading begins; empty where no mailbox is read
    decision: str = ""  # why no mailbox is read, as Control shows it
    left: int = 0  # mails that this reading had no time for; the next one goes on with them
