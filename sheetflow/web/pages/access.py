"""Who sees the pages: whoever knows the password; without one, this machine alone."""

import hashlib
import hmac
import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from flask import Request, Response
from itsdangerous import BadSignature, Signer

from sheetflow.web.doors import is_loopback, is_own_origin

COOKIE = "sheetflow"
VALID = timedelta(days=14)  # since the password was typed
NO_SESSION = "this machine"  # whose forms those are that nobody had to log in for

_SET_PASSWORD = "Set SHEETFLOW_DASHBOARD_PASSWORD to a password of your own, and start sheetflow again."
_HERE_ALONE = (
    "Without a password these pages are shown on this machine only: type their address into a browser here, "
    "without a link from another site, a proxy or a tunnel. To see them from elsewhere: "
)
_SET_KEY = (
    "Set SHEETFLOW_SECRET_KEY to any long secret, and start sheetflow again: it signs the cookie of whoever "
    "has logged in."
)


@dataclass(frozen=True)
class Access:
    """The first of `keys` signs, all verify. `takes_loopback` lets this machine in if there is no password.

    Without a key one is made for this process, which is enough on one's own machine.
    """

    password: str = field(default="", repr=False)
    keys: tuple[str, ...] = field(default=(), repr=False)
    takes_loopback: bool = False
    is_https: bool = False  # the public address is
    own_key: str = field(default_factory=lambda: secrets.token_hex(32), repr=False)

    def why_closed(self) -> str:
        """What has to be set before anybody can log in; empty if people can."""
        if not self.password:
            return f"{_HERE_ALONE}{_SET_PASSWORD}" if self.takes_loopback else _SET_PASSWORD
        return "" if self.keys or self.takes_loopback else _SET_KEY

    def lets_in(self, request: Request, now: datetime) -> bool:
        return bool(self.session(request, now))

    def is_password(self, typed: str) -> bool:
        """Takes as long for a wrong one, whatever is wrong with it."""
        given, right = (hashlib.sha256(_bytes(text)).digest() for text in (typed, self.password))
        return hmac.compare_digest(given, right) and bool(self.password)

    def begin(self, now: datetime) -> str:
        """A session for whoever has typed the password."""
        return f"{int(now.timestamp())}.{secrets.token_urlsafe(16)}"

    def admit(self, answer: Response, request: Request, session: str) -> None:
        """From now on whoever gets the answer is let in."""
        answer.set_cookie(
            COOKIE,
            self._signer("login").sign(session).decode(),
            max_age=VALID,
            secure=self._is_secure(request),
            httponly=True,
            samesite="Lax",  # a link in an owner's mail leads to a lead without another login
        )

    def dismiss(self, answer: Response) -> None:
        answer.delete_cookie(COOKIE, httponly=True, samesite="Lax")

    def token(self, session: str) -> str:
        """What a form must carry to be one of ours; empty for strangers."""
        return self._signer("form").get_signature(session).decode() if session else ""

    def is_own_form(self, request: Request, token: str, now: datetime) -> bool:
        right = self.token(self.session(request, now))
        return bool(right) and hmac.compare_digest(_bytes(right), _bytes(token)) and not is_foreign(request)

    def session(self, request: Request, now: datetime) -> str:
        """Empty for whoever isn't let in."""
        if not self.password:
            return NO_SESSION if self.takes_loopback and is_loopback(request) else ""
        if self.why_closed():
            return ""
        try:
            session = self._signer("login").unsign(_bytes(request.cookies.get(COOKIE, ""))).decode()
        except BadSignature:
            return ""
        since = int(session.partition(".")[0])
        return session if now.timestamp() - since < VALID.total_seconds() else ""

    def _signer(self, purpose: str) -> Signer:
        """Another password ends every login."""
        secret = hashlib.sha256(_bytes(self.password)).hexdigest()
        keys = list(reversed(self.keys)) or [self.own_key]  # the last one signs
        return Signer(keys, salt=f"sheetflow.pages.{purpose}.{secret}", key_derivation="hmac")

    def _is_secure(self, request: Request) -> bool:
        forwarded = request.headers.get("X-Forwarded-Proto", "").strip().lower().startswith("https")
        return request.is_secure or forwarded or (self.is_https and not is_loopback(request))


def is_foreign(request: Request) -> bool:
    """Whether a page of another site has a browser send this, as far as the browser says so."""
    origin, host = request.headers.get("Origin", ""), request.headers.get("Host", "")
    site = request.headers.get("Sec-Fetch-Site", "").strip().lower()
    if site:
        return site not in ("same-origin", "none")
    return bool(origin) and not is_own_origin(origin, host)


def is_surely_own(request: Request) -> bool:
    """Whether the browser says that one of our own pages has it send this."""
    if site := request.headers.get("Sec-Fetch-Site", "").strip().lower():
        return site == "same-origin"
    return is_own_origin(request.headers.get("Origin", ""), request.headers.get("Host", ""))


def safe_next(target: str) -> str:
    """Where to go after the login: an address of ours, or the first page."""
    is_path = target.startswith("/") and not target.startswith("//")
    return target if is_path and "\\" not in target and target.isprintable() else "/"


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "replace")
