"""What a look at the owner's Sheet says about sending."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Looked:
    """What people typed is in the ledger by now.

    `closed` says why no message at all may leave because of the Sheet itself (another ledger's, an older or
    a newer version, a missing column), `follow_ups` why no follow-up may; both are empty if nothing speaks
    against it. `clock` is Google's, if known.
    """

    sending: str
    closed: str = ""
    problems: tuple[str, ...] = ()
    clock: datetime | None = None
    follow_ups: str = ""
