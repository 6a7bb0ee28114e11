"""Unsubscribe links: signed, valid for ever, and without the address in them.

A token holds the Lead ID and the hash of the address: it works when the row is gone, and
nobody can read the address from it. It is 87 characters long.
"""

import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from itsdangerous import Signer

UNDO_WITHIN = timedelta(hours=1)

_HASH_BYTES = 32


@dataclass(frozen=True)
class Recipient:
    """Whom a message went to: the row, and the hash of the address."""

    lead_id: str
    address: str


@dataclass(frozen=True)
class Links:
    """The first of `keys` signs, all verify. Without a key or a `base_url` there are no links."""

    keys: tuple[str, ...] = field(default=(), repr=False)
    base_url: str = ""

    def url(self, lead_id: str, address: str) -> str:
        """The same for the same lead and address; empty if there are no links."""
        if not self.keys or not self.base_url:
            return ""
        payload = urlsafe_b64encode(bytes.fromhex(address) + lead_id.encode()).decode().rstrip("=")
        return f"{self.base_url}/u/{self._sign(payload, 'unsubscribe')}"

    def read(self, token: str) -> Recipient | None:
        """None if no key of ours has signed it."""
        payload = self._verified(token, "unsubscribe")
        if payload is None:
            return None
        content = urlsafe_b64decode(payload + "=" * (-len(payload) % 4))
        return Recipient(content[_HASH_BYTES:].decode(), content[:_HASH_BYTES].hex())

    def undo(self, token: str, now: datetime) -> str:
        """Proof that whoever shows it has unsubscribed by this token, and when."""
        return self._sign(f"{token}.{int(now.timestamp())}", "undo") if self.keys else ""

    def may_undo(self, token: str, proof: str, now: datetime) -> bool:
        about, _, at = (self._verified(proof, "undo") or "").rpartition(".")
        return about == token and now.timestamp() - int(at) <= UNDO_WITHIN.total_seconds()

    def _sign(self, value: str, purpose: str) -> str:
        return f"{value}.{_signature(self.keys[0], value, purpose)}"

    def _verified(self, signed: str, purpose: str) -> str | None:
        value, _, signature = signed.rpartition(".")
        value, given = value.encode("utf-8", "replace").decode(), signature.encode("utf-8", "replace")
        right = [hmac.compare_digest(_signature(key, value, purpose).encode(), given) for key in self.keys]
        return value if any(right) else None


def _signature(key: str, value: str, purpose: str) -> str:
    # Text against text: decoded, a signature has four spellings.
    return Signer(key, salt=f"sheetflow.{purpose}", key_derivation="hmac").get_signature(value).decode()
