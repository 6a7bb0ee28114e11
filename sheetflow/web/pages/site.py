"""What all pages have in common: the door before them, the frame around them, and how their errors look."""

import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from types import MappingProxyType
from urllib.parse import urlencode

from flask import Blueprint, Response, render_template, request
from markupsafe import Markup
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from sheetflow.errors import LedgerUnavailable
from sheetflow.jobs.ports import Clock
from sheetflow.ledger import logins
from sheetflow.ledger.ledger import Ledger
from sheetflow.web.pages.access import Access, is_foreign, is_surely_own, safe_next
from sheetflow.web.pages.shown import marked
from sheetflow.web.problem import POSTED, problem
from sheetflow.web.visitors import Visitors
from sheetflow.workflow.decide import some

log = logging.getLogger(__name__)

NAME = "pages"
RETRY_AFTER = "30"  # seconds
Fields = Sequence[tuple[str, str]]

TOKEN = "_csrf"  # the field of a form that shows that it is ours
OPEN = frozenset(f"{NAME}.{view}" for view in ("static", "ask", "log_in"))  # before the door

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
        "frame-ancestors 'none'; base-uri 'none'"
    ),
    "Cache-Control": "no-store",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex, nofollow",
}

AWAY = (
    "The ledger, where the leads are kept, can't be reached just now. Nothing is lost, and nothing was "
    "changed. Leads that come meanwhile are mailed to you. Try again in a minute; /health says more."
)
NOT_OURS = (
    "This form was opened too long ago, or isn't from these pages, so nothing was changed. Go back, copy "
    "what you typed if it is long, open the page anew and send it again."
)
TOO_OLD = (
    "This form was opened before you logged in, or before sheetflow was started, so nothing was changed."
)
TOO_LARGE = "This is over 2 MB, so nothing was taken. Go back, shorten it, and send it again."
LOGGED_IN = "You are logged in again. Nothing was changed so far."


@dataclass(frozen=True)
class NavLink:
    path: str
    label: str


LINKS = (
    NavLink("/", "Overview"),
    NavLink("/leads", "Leads"),
    NavLink("/leads/new", "New lead"),
    NavLink("/messages", "Messages"),
    NavLink("/setup", "Setup"),
)
OUTBOX = NavLink("/outbox", "Outbox")


class Site:
    """`parts` are the pages. `has_outbox`: messages go to a folder that can be looked into. `closed` says why
    this host can't keep leads at all; empty if it can."""

    def __init__(
        self,
        ledger: Ledger,
        access: Access,
        visitors: Visitors,
        clock: Clock,
        parts: Iterable[Blueprint],
        *,
        has_outbox: bool,
        closed: str = "",
    ) -> None:
        self._ledger, self._access, self._visitors, self._clock = ledger, access, visitors, clock
        self._parts, self._closed = tuple(parts), closed
        self._links = (*LINKS[:-1], *([OUTBOX] if has_outbox else []), LINKS[-1])

    def blueprint(self) -> Blueprint:
        """To be registered before the hook, whose address `/leads` a browser may open too."""
        # The folder of `static` is the app's own, beside `templates`.
        pages = Blueprint(NAME, __name__, static_folder="../static", static_url_path="/static")
        pages.add_url_rule("/login", view_func=self.ask)
        pages.add_url_rule("/login", view_func=self.log_in, methods=["POST"])
        pages.add_url_rule("/logout", view_func=self.ask, endpoint="logged_out")
        pages.add_url_rule("/logout", view_func=self.log_out, methods=["POST"])
        for part in self._parts:
            pages.register_blueprint(part)
        pages.before_request(self._guard)
        pages.after_request(_protected)
        pages.context_processor(self._frame)
        pages.register_error_handler(LedgerUnavailable, self._unavailable)
        pages.register_error_handler(HTTPException, self._refused)
        pages.register_error_handler(404, self._refused)  # before the app's own
        pages.register_error_handler(Exception, self._broken)
        pages.app_errorhandler(404)(self._not_found)
        return pages

    # The door

    def ask(self) -> Response:
        if self._access.lets_in(request, self._clock()):
            return _go_to(safe_next(request.args.get("next", "")))
        return self._login(request.args.get("next", ""))

    def log_in(self) -> Response:
        """The try is counted first: many at once get no more of them."""
        target, typed, now = request.form.get("next", ""), request.form.get("password", ""), self._clock()
        if is_foreign(request):
            return self._error(403, NOT_OURS)
        if self._access.why_closed():
            return self._login(target)
        address = self._visitors.address(request)
        with self._ledger.writing() as book:
            wait = logins.wait(book, address, now)
        if wait:
            log.warning("too many logins with a wrong password")
            said = f"Too many tries. Wait {some(-(-wait // 60), 'minute')}, then try again."
            answer = self._login(target, said, 429, typed=_typed())
            answer.headers["Retry-After"] = str(wait)
            return answer
        if not self._access.is_password(typed):
            log.info("a login with a wrong password")
            return self._login(target, "That isn't the password.", 403, typed=_typed())
        with self._ledger.writing() as book:
            logins.forget(book, address)
        session = self._access.begin(now)
        answer = self._welcome(safe_next(target), session)
        self._access.admit(answer, request, session)
        return answer

    def _welcome(self, target: str, session: str) -> Response:
        """To where they were going, or to what they had typed when their login ended."""
        if not (typed := _typed()):
            return _go_to(target)
        return _page(200, LOGGED_IN, "Logged in", self._frame(session), typed, target)

    def log_out(self) -> Response:
        answer = _go_to("/login")
        self._access.dismiss(answer)
        return answer

    def _guard(self) -> Response | None:
        if request.endpoint in OPEN:
            return None
        if _means_the_hook():  # from this machine too, where nobody has to log in
            raise MethodNotAllowed(valid_methods=["POST"], description="Use POST here.")
        now = self._clock()
        if not self._access.lets_in(request, now):
            return self._stop_stranger()
        if self._closed:
            return self._error(503, self._closed)
        if request.method in ("GET", "HEAD", "OPTIONS"):
            return None
        if self._access.is_own_form(request, request.form.get(TOKEN, ""), now):
            return None
        if is_surely_own(request):
            return self._error(403, TOO_OLD, "Not saved yet", again=_typed())
        return self._error(403, NOT_OURS)

    def _stop_stranger(self) -> Response:
        if not _is_browser():
            return problem(401, "Log in first, at /login.", WWW_Authenticate='Form realm="sheetflow"')
        if self._access.why_closed():
            return self._login("")
        if request.method == "POST" and is_surely_own(request) and (typed := _typed()):
            return self._login(request.path, status=403, typed=typed)
        # Who opens the hook's address in a browser has its token in it: it must not stand in a log.
        is_whole = request.method in ("GET", "HEAD") and "token" not in request.args
        target = request.full_path.rstrip("?") if is_whole else request.path
        return _go_to(f"/login?{urlencode({'next': target})}")

    def _login(self, target: str, wrong: str = "", status: int = 200, typed: Fields = ()) -> Response:
        closed = self._access.why_closed()
        text = render_template("pages/login.html", closed=closed, target=target, wrong=wrong, typed=typed)
        return Response(text, status=403 if closed else status)

    # The frame

    def _frame(self, session: str = "") -> dict[str, object]:
        """What every template may use. `session` is of whoever has logged in just now."""
        token = self._access.token(session or self._access.session(request, self._clock()))
        here, business = request.path.rstrip("/") or "/", self._ledger.workflow.business
        above = (link.path for link in self._links if f"{here}/".startswith(f"{link.path}/"))
        field = Markup('<input type="hidden" name="{}" value="{}">').format(TOKEN, token)
        return {
            "business_name": business.name,
            "zone": business.zone,
            "marked": marked,
            "csrf_field": lambda: field,
            "is_in": bool(token),
            "may_log_out": bool(token and self._access.password),
            "links": self._links if token else (),
            "here": here,
            "section": max(above, key=len, default=""),
        }

    # Errors

    def _unavailable(self, error: LedgerUnavailable) -> Response:
        log.error("%s", error)
        # What was typed goes along, so that it can be sent again.
        again = _typed() if request.endpoint not in OPEN else ()
        answer = self._error(503, AWAY, "The leads can't be reached", again=again)
        answer.headers["Retry-After"] = RETRY_AFTER
        return answer

    def _refused(self, error: HTTPException) -> Response:
        words = TOO_LARGE if error.code == 413 else error.description or error.name
        answer = self._error(error.code or 500, words)
        if error.code == 405:
            answer.headers["Allow"] = ", ".join(sorted(getattr(error, "valid_methods", None) or ()))
        return answer

    def _broken(self, error: Exception) -> Response:
        log.error("a page failed", exc_info=error)
        return self._error(500, "Something went wrong here. Nothing was changed; the log says more.")

    def _not_found(self, error: HTTPException) -> Response:
        """Of an address that nobody has: a page for a browser, a problem for a program."""
        said = "There is no such page. It may have been moved, or the address is incomplete."
        if request.method == "POST":
            said = f"There is nothing at this address. {POSTED}"
        answer = self._error(404, said, "Not found", self._frame())
        return _protected(answer)

    def _error(
        self,
        status: int,
        words: str,
        title: str = "",
        frame: Mapping[str, object] = MappingProxyType({}),
        again: Fields = (),
    ) -> Response:
        if not _is_browser():
            return problem(status, words)
        return _page(status, words, title or HTTPStatus(status).phrase.capitalize(), frame, again)


def _page(
    status: int, words: str, title: str, frame: Mapping[str, object], again: Fields, target: str = ""
) -> Response:
    """`again` are the fields of a form that can be sent once more, to `target` or to where they came."""
    text = render_template("pages/error.html", **frame, title=title, words=words, again=again, target=target)
    return Response(text, status=status)


def _typed() -> Fields:
    """What the form says that was sent, but for the login's own fields: a password is never sent back."""
    own = (TOKEN, "password", "next")
    return [pair for pair in request.form.items(multi=True) if pair[0] not in own]


def _is_browser() -> bool:
    return "text/html" in request.headers.get("Accept", "")


def _means_the_hook() -> bool:
    """A program that looks at an address of the hook, of which some are pages for people."""
    is_look = request.method in ("GET", "HEAD")
    return is_look and f"{request.path}/".startswith("/leads/") and not _is_browser()


def _protected(answer: Response) -> Response:
    for name, value in HEADERS.items():
        answer.headers.setdefault(name, value)
    if request.endpoint == f"{NAME}.static":
        answer.headers["Cache-Control"] = "no-cache"  # kept, and asked for again by its fingerprint
    return answer


def _go_to(path: str) -> Response:
    return Response(status=303, headers={"Location": path})
