"""A sender's shape, and the enquiry it means."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

JSON = "application/json"
FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Sender:
    """`means` names every field that isn't empty; `details` what is kept, `not_kept` what isn't."""

    name: str
    body: Any
    means: dict[str, Any]
    details: dict[str, str] | None = None
    not_kept: tuple[str, ...] = ()
    content_type: str = JSON
    country: str = "US"

    @property
    def raw(self) -> bytes:
        if isinstance(self.body, bytes):
            return self.body
        return (json.dumps(self.body) if self.content_type == JSON else urlencode(self.body)).encode()


def at(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)


ADA = {"name": "Ada Byron", "email": "ada@example.com"}
PHONE = {"phone": "+1 352-555-0102"}
NO_EMAIL = {"flags": ("No e-mail address was given.",)}
