"""One enquiry as its sender meant it: cleaned, and not yet a lead."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True)
class Submission:
    """What a person asked for, and how to answer.

    Texts are "" where nothing was given. `submitted_at` is aware, or None where the sender named no time
    that can be relied on. `details` holds every answer that has no field of its own, as question and answer,
    in the order they came. `raw_email` is the address as typed where cleaning changed or refused it.
    `flags` are plain sentences for the owner; `doubt` is the one that says why nobody may be written to, ""
    if
    nothing stands against it. `because` tells for each field that has a value where it stood and why it
    counts.
    `recognised` is False where nothing but the source is known.
    """

    name: str = ""
    email: str = ""
    phone: str = ""
    service: str = ""
    urgency: str = ""
    location: str = ""
    message: str = ""
    source: str = ""
    submitted_at: datetime | None = None
    submission_id: str = ""
    is_test: bool = False
    details: tuple[tuple[str, str], ...] = ()
    raw_email: str = ""
    flags: tuple[str, ...] = ()
    doubt: str = ""
    because: Mapping[str, str] = field(default_factory=dict)
    recognised: bool = False

    def __post_init__(self) -> None:
        if self.submitted_at is not None and self.submitted_at.tzinfo is None:
            raise ValueError(f"submitted_at={self.submitted_at}: needs a time zone")
