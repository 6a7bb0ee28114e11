"""The stamp of a form that was opened here: when, and a name by which its delivery is known again."""

import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from itsdangerous import BadSignature, Signer

_STAMP = re.compile(r"([0-9]{13})\.([\w-]{16})", re.ASCII)


@dataclass(frozen=True)
class Stamp:
    opened: datetime
    key: str


@dataclass(frozen=True)
class Stamps:
    """The first of `keys` signs, all verify. Without a key, on one's own machine, stamps aren't signed."""

    keys: tuple[str, ...] = field(default=(), repr=False)

    def issue(self, now: datetime) -> str:
        stamp = f"{int(now.timestamp() * 1000):013}.{secrets.token_urlsafe(12)}"
        return next((_signer(key).sign(stamp).decode() for key in self.keys), stamp)

    def read(self, text: str) -> Stamp | None:
        """None if it isn't ours."""
        found = _STAMP.fullmatch(_verified(text, self.keys) if self.keys else text)
        return Stamp(datetime.fromtimestamp(int(found[1]) / 1000, UTC), found[2]) if found else None


def _verified(text: str, keys: Iterable[str]) -> str:
    for key in keys:
        try:
            return _signer(key).unsign(text.encode("utf-8", "replace")).decode()
        except BadSignature:
            continue
    return ""


def _signer(key: str) -> Signer:
    return Signer(key, salt="sheetflow.form", key_derivation="hmac")
