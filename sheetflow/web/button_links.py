"""Links of the buttons in an owner's mail: signed, for one lead, one owner and one action, for 14 days."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from itsdangerous import BadSignature, Signer

from sheetflow.workflow.buttons import Action, Press

VALID = timedelta(days=14)


@dataclass(frozen=True)
class ButtonLinks:
    """The first of `keys` signs, all verify. Without a key or a `base_url` there are no buttons."""

    keys: tuple[str, ...] = field(default=(), repr=False)
    base_url: str = ""

    def __call__(self, press: Press) -> str:
        """Empty if there are no links."""
        if not self.keys or not self.base_url:
            return ""
        said = "\x1f".join((press.lead_id, press.action, str(int(press.issued.timestamp())), press.owner))
        payload = urlsafe_b64encode(said.encode()).decode().rstrip("=")
        return f"{self.base_url}/o/{_signer(self.keys[0]).sign(payload).decode()}"

    def read(self, token: str) -> Press | None:
        """None if no key of ours has signed it."""
        for key in self.keys:
            try:
                payload = _signer(key).unsign(token.encode("utf-8", "replace")).decode()
            except BadSignature:
                continue
            said = urlsafe_b64decode(payload + "=" * (-len(payload) % 4)).decode()
            lead_id, action, issued, owner = said.split("\x1f")
            return Press(lead_id, owner, Action(action), datetime.fromtimestamp(int(issued), UTC))
        return None


def _signer(key: str) -> Signer:
    return Signer(key, salt="sheetflow.button", key_derivation="hmac")
