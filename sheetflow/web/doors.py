"""Who may post leads: whoever has a token or signs, and on one's own machine everybody."""

import hmac
from collections.abc import Mapping
from datetime import datetime
from ipaddress import ip_address
from urllib.parse import urlsplit

from flask import Request

from sheetflow.capture import verify

_LOCAL_NAMES = ("127.0.0.1", "localhost", "[::1]")
_FORWARDED = ("Forwarded", "X-Real-Ip", "Via")
_FORWARDED_PREFIXES = ("x-forwarded-", "cf-")


def find_token(request: Request, tokens: Mapping[str, tuple[str, ...]]) -> str:
    """The name of the token a request carries; empty where it carries none that is valid."""
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
    """The name of the first source that signed `raw`; empty where none did."""
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
        and (not headers.get("Origin") or _is_own_origin(headers["Origin"], headers.get("Host", "")))
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


def _is_own_origin(origin: str, host: str) -> bool:
    try:
        parts = urlsplit(origin)
    except ValueError:  # brackets that don't close
        return False
    return parts.scheme in ("http", "https") and parts.netloc.lower() == host.lower()
