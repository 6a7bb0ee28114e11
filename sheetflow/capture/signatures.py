"""Signatures of senders that sign: is this body theirs, unchanged, and fresh?"""

import base64
import binascii
import hashlib
import hmac
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime

from sheetflow.capture.body import read_body
from sheetflow.capture.limits import BodyError

TOLERANCE = 300  # seconds between the sender's time and ours, either way

Headers = Mapping[str, str]


def verify(headers: Mapping[str, str], raw: bytes, secrets: Sequence[str], now: datetime) -> bool:
    """Whether one of the secrets signed `raw`, in the scheme its headers (or Google's key in it) show.

    `now` is aware. False for every malformed signature, time or secret; nothing is raised.
    """
    sent = _lower(headers)
    check = next((check for _, header, check in SCHEMES if header in sent), _google_ads)
    return any(check(sent, raw, secret, now) for secret in secrets if secret)


def signature_scheme(headers: Mapping[str, str], raw: bytes) -> str:
    """The name of the scheme a request is signed in, "" for one that isn't."""
    sent = _lower(headers)
    found = next((name for name, header, _ in SCHEMES if header in sent), "")
    return found or ("google-ads" if _google_key(raw) is not None else "")


def _lower(headers: Headers) -> dict[str, str]:
    return {name.lower(): value for name, value in headers.items()}


def _bytes(text: str) -> bytes:
    """Header values and secrets may hold anything, also halves of characters."""
    return text.encode("utf-8", "surrogatepass")


def _mac(secret: bytes, *parts: bytes) -> bytes:
    return hmac.new(secret, b"".join(parts), hashlib.sha256).digest()


def _base64(mac: bytes) -> str:
    return base64.b64encode(mac).decode()


def _same(expected: str, given: str) -> bool:
    """As bytes: compare_digest refuses text that isn't ASCII."""
    return hmac.compare_digest(_bytes(expected), _bytes(given.strip()))


def _fresh(seconds: float | None, now: datetime) -> bool:
    return seconds is not None and abs(now.timestamp() - seconds) <= TOLERANCE


def _seconds(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 15 else None


def _typeform(sent: Headers, raw: bytes, secret: str, now: datetime) -> bool:
    return _same("sha256=" + _base64(_mac(_bytes(secret), raw)), sent["typeform-signature"])


def _tally(sent: Headers, raw: bytes, secret: str, now: datetime) -> bool:
    return _same(_base64(_mac(_bytes(secret), raw)), sent["tally-signature"])


def _github(sent: Headers, raw: bytes, secret: str, now: datetime) -> bool:
    return _same("sha256=" + _mac(_bytes(secret), raw).hex(), sent["x-hub-signature-256"].lower())


def _webflow(sent: Headers, raw: bytes, secret: str, now: datetime) -> bool:
    stamp = sent.get("x-webflow-timestamp", "").strip()
    milliseconds = _seconds(stamp)
    expected = _mac(_bytes(secret), _bytes(stamp), b":", raw).hex()
    fresh = _fresh(None if milliseconds is None else milliseconds / 1000, now)
    return _same(expected, sent["x-webflow-signature"].lower()) and fresh


def _timed(header: str) -> Callable[[Headers, bytes, str, datetime], bool]:
    """`t=1700000000,v1=hex` over `t.body`, as Stripe, Calendly and, with v=, WPForms write it."""

    def check(sent: Headers, raw: bytes, secret: str, now: datetime) -> bool:
        pairs = [pair.strip().partition("=") for pair in sent[header].split(",")[:20]]
        stamp = next((value for name, _, value in pairs if name == "t"), "")
        expected = _mac(_bytes(secret), _bytes(stamp), b".", raw).hex()
        return _fresh(_seconds(stamp), now) and any(
            _same(expected, value.lower()) for name, _, value in pairs if name in ("v", "v0", "v1")
        )

    return check


def _v0(signature: str, stamp: str) -> Callable[[Headers, bytes, str, datetime], bool]:
    """`v0=hex` over `v0:timestamp:body`, as Slack and Zoom write it."""

    def check(sent: Headers, raw: bytes, secret: str, now: datetime) -> bool:
        at = sent.get(stamp, "").strip()
        expected = "v0=" + _mac(_bytes(secret), b"v0:", _bytes(at), b":", raw).hex()
        return _fresh(_seconds(at), now) and _same(expected, sent[signature].lower())

    return check


def _standard(prefix: str) -> Callable[[Headers, bytes, str, datetime], bool]:
    """Standard Webhooks: base64 over `id.timestamp.body`, several signatures separated by spaces."""

    def check(sent: Headers, raw: bytes, secret: str, now: datetime) -> bool:
        number, stamp = sent.get(f"{prefix}-id", ""), sent.get(f"{prefix}-timestamp", "").strip()
        signed = _bytes(f"{number}.{stamp}.")
        given = [
            text.removeprefix("v1,") for text in sent[f"{prefix}-signature"].split()[:20] if text[:3] == "v1,"
        ]
        macs = [_base64(_mac(key, signed, raw)) for key in _standard_keys(secret)]
        return _fresh(_seconds(stamp), now) and any(_same(mac, text) for mac in macs for text in given)

    return check


def _standard_keys(secret: str) -> Iterator[bytes]:
    """The secret is base64; one that somebody made up without it is taken as it stands."""
    try:
        yield base64.b64decode(_bytes(secret.removeprefix("whsec_")), validate=True)
    except binascii.Error:
        yield _bytes(secret)


def _google_ads(sent: Headers, raw: bytes, secret: str, now: datetime) -> bool:
    key = _google_key(raw)
    return key is not None and _same(secret, key)


def _google_key(raw: bytes) -> str | None:
    if b'"google_key"' not in raw:
        return None
    try:
        body = read_body(raw, "application/json")
    except BodyError:
        return None
    key = body.get("google_key") if isinstance(body, dict) else None
    return str(key) if isinstance(key, str | int) else None


SCHEMES: tuple[tuple[str, str, Callable[[Headers, bytes, str, datetime], bool]], ...] = (
    ("typeform", "typeform-signature", _typeform),
    ("tally", "tally-signature", _tally),
    ("webflow", "x-webflow-signature", _webflow),
    ("calendly", "calendly-webhook-signature", _timed("calendly-webhook-signature")),
    ("wpforms", "x-wpforms-webhook-signature", _timed("x-wpforms-webhook-signature")),
    ("stripe", "stripe-signature", _timed("stripe-signature")),
    ("slack", "x-slack-signature", _v0("x-slack-signature", "x-slack-request-timestamp")),
    ("zoom", "x-zm-signature", _v0("x-zm-signature", "x-zm-request-timestamp")),
    ("github", "x-hub-signature-256", _github),
    ("standard-webhooks", "webhook-signature", _standard("webhook")),
    ("standard-webhooks", "svix-signature", _standard("svix")),
)
