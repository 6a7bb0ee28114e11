"""Who may post leads: whoever has a token or signs, and on one's own machine everybody."""

import hmac
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from ipaddress import ip_address
from urllib.parse import urlsplit

from flask import Request

from sheetflow.capture import verify

NO_TOKENS = "No token is set, so leads are taken from this machine only: set SHEETFLOW_WEBHOOK_TOKENS."
NO_DOOR = "No token is set, so /leads takes no leads (the form does): set SHEETFLOW_WEBHOOK_TOKENS."
WRONG_TOKEN = (
    "The token is missing or wrong: send one of SHEETFLOW_WEBHOOK_TOKENS "
    "as 'Authorization: Bearer TOKEN', as 'X-Sheetflow-Token', or as ?token= in the address."
)
WRONG_SIGNATURE = (
    "This source takes signed leads only, and the signature is missing, too old or wrong: "
    "compare its secret in SHEETFLOW_SIGNING_SECRETS with the one the sender signs with."
)
HERE = "this machine"

_LOCAL_NAMES = ("127.0.0.1", "localhost", "[::1]")
_FORWARDED = ("Forwarded", "X-Real-Ip", "Via")
_FORWARDED_PREFIXES = ("x-forwarded-", "cf-")


@dataclass(frozen=True)
class Doors:
    """`tokens` by name, `signing_secrets` by source. `takes_loopback` lets this machine in without any."""

    tokens: Mapping[str, tuple[str, ...]] = field(default_factory=dict, repr=False)
    signing_secrets: Mapping[str, tuple[str, ...]] = field(default_factory=dict, repr=False)
    takes_loopback: bool = False

    @property
    def are_closed(self) -> bool:
        """Nobody can get in."""
        return not self.tokens and not self.signing_secrets and not self.takes_loopback

    def open_for(
        self, request: Request, source: str, now: datetime, read: Callable[[], bytes]
    ) -> tuple[str, str]:
        """The name of the token or of the signing source; without one the reason why nobody is let in.

        `read` gives the body, which is read only if a signature can count.
        """
        token = find_token(request, self.tokens)
        named = source or token
        signing = {name: secrets for name, secrets in self.signing_secrets.items() if _same(name, named)}
        if signing:
            return signed_by(request, read(), signing, now), WRONG_SIGNATURE
        if token:
            return token, ""
        if not self.tokens and self.takes_loopback and is_loopback(request):
            return HERE, ""
        # A sender whose address names no source may sign all the same.
        unnamed = {} if source else self.signing_secrets
        return (signed_by(request, read(), unnamed, now) if unnamed else ""), self._why_refused()

    def name_of(self, token: str) -> str:
        """The name of a token, empty for one that isn't valid."""
        return name_of(token, self.tokens)

    def secret_of(self, source: str) -> str:
        """The first of a source's signing secrets, empty without one."""
        known = (secrets for name, secrets in self.signing_secrets.items() if _same(name, source))
        return next((secret for secrets in known for secret in secrets), "")

    def _why_refused(self) -> str:
        if self.tokens:
            return WRONG_TOKEN
        return NO_TOKENS if self.takes_loopback else NO_DOOR


def _same(name: str, other: str) -> bool:
    return name.casefold() == other.casefold()


def find_token(request: Request, tokens: Mapping[str, tuple[str, ...]]) -> str:
    """The name of the token a request carries; empty if it carries none that is valid."""
    return name_of(_given(request), tokens)


def name_of(token: str, tokens: Mapping[str, tuple[str, ...]]) -> str:
    """The name of a token, empty for one that isn't valid.

    Every token is compared, in constant time, so that the answer's delay tells nothing.
    """
    given = token.encode("utf-8", "surrogatepass")
    found = ""
    for name, valid in tokens.items():
        for one in valid:
            if hmac.compare_digest(given, one.encode()):
                found = name
    return found


def _given(request: Request) -> str:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() == "bearer" and token.strip():
        return token.strip()
    return request.headers.get("X-Sheetflow-Token", "").strip() or request.args.get("token", "").strip()


def signed_by(request: Request, raw: bytes, secrets: Mapping[str, tuple[str, ...]], now: datetime) -> str:
    """The name of the first source that signed `raw`; empty if none did."""
    headers = dict(request.headers.items())
    return next((name for name, known in secrets.items() if verify(headers, raw, known, now)), "")


def is_loopback(request: Request) -> bool:
    """Whether a program on this machine asks directly: no page of another site, no proxy, no tunnel."""
    headers = request.headers
    forwarded = any(name in headers for name in _FORWARDED) or any(
        name.lower().startswith(_FORWARDED_PREFIXES)
        for name in headers.keys()  # noqa: SIM118 - pairs, not a dict
    )
    return (
        _is_loopback_address(request.remote_addr or "")
        and _host_name(headers.get("Host", "")) in _LOCAL_NAMES
        and (not headers.get("Origin") or is_own_origin(headers["Origin"], headers.get("Host", "")))
        and headers.get("Sec-Fetch-Site", "none").strip().lower() != "cross-site"
        and not forwarded
    )


def _is_loopback_address(address: str) -> bool:
    return address in ("127.0.0.1", "::1") or _mapped(address)


def _mapped(address: str) -> bool:
    """127.0.0.1 as a socket for both families names it: ::ffff:127.0.0.1."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return False
    inner = getattr(parsed, "ipv4_mapped", None)
    return inner is not None and str(inner) == "127.0.0.1"


def _host_name(host: str) -> str:
    name, colon, port = host.rpartition(":")
    return name.lower() if colon and port.isdigit() else host.lower()


def is_own_origin(origin: str, host: str) -> bool:
    try:
        parts = urlsplit(origin)
    except ValueError:  # brackets that don't close
        return False
    return parts.scheme in ("http", "https") and parts.netloc.lower() == host.lower()
