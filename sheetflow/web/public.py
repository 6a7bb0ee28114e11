"""Leads from pages that everybody can read: whose they are, what makes one doubt them, what is answered."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from flask import Request, Response, redirect

from sheetflow.ledger.visits import Visit
from sheetflow.web.form_look import FormLook
from sheetflow.web.visitors import Visitors
from sheetflow.workflow.sequence import Form

PUBLIC = "public-"  # how the names of tokens begin that stand in a page
TRAPS = ("_gotcha", "_honeypot", "bot-field")  # fields that people don't see
OPENED = "_opened"  # when the page was opened, in seconds or milliseconds since 1970
QUICKEST = 2.0  # seconds in which nobody fills in a form
_MILLISECONDS = 1e11  # a larger number counts those
_ALLOWED = "Authorization, Content-Type, Idempotency-Key, X-Sheetflow-Token"

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Public:
    """What the business allows pages of other sites."""

    form: Form
    look: FormLook
    visitors: Visitors = field(default_factory=Visitors)

    def visit(self, request: Request, door: str, body: Any, now: datetime) -> Visit | None:
        """None for a lead that comes from a program that keeps its token to itself."""
        if not door.startswith(PUBLIC):
            return None
        return Visit(self.visitors.address(request), _doubt(body, now))

    def preflight(self, request: Request) -> Response:
        """A browser asks before it posts; what it isn't allowed it doesn't send."""
        answer = Response(status=204)
        if self._is_allowed(request):
            answer.headers["Access-Control-Allow-Methods"] = "POST"
            answer.headers["Access-Control-Allow-Headers"] = _ALLOWED
            answer.headers["Access-Control-Max-Age"] = "86400"
        return self.shared(request, answer)

    def shared(self, request: Request, answer: Response) -> Response:
        """The answer, readable for scripts of the pages in `[form] origins`."""
        if self.form.origins:
            answer.headers["Vary"] = "Origin"
        if self._is_allowed(request):
            answer.headers["Access-Control-Allow-Origin"] = request.headers["Origin"]
        return answer

    def thanks(self, request: Request, door: str) -> Response | None:
        """For a person who posted a plain form; None for a program."""
        if not door.startswith(PUBLIC) or "text/html" not in request.headers.get("Accept", ""):
            return None
        if self.form.thanks:
            answer: Any = redirect(self.form.thanks, code=303)
            return Response(status=303, headers={"Location": answer.location})
        return self.look.thanks(request)

    def _is_allowed(self, request: Request) -> bool:
        return request.headers.get("Origin", "").lower() in self.form.origins


def without_traps(body: Any) -> Any:
    """The body as a person filled it in."""
    if not isinstance(body, Mapping):
        return body
    return {name: value for name, value in body.items() if name not in (*TRAPS, OPENED)}


def _doubt(body: Any, now: datetime) -> str:
    if not isinstance(body, Mapping):
        return ""
    if any(str(body.get(name) or "").strip() for name in TRAPS):
        return "a field was filled in that people don't see"
    opened = _time(body.get(OPENED))
    return "" if opened is None else quick(opened, now)


def quick(opened: float, now: datetime) -> str:
    """Why one doubts that somebody typed in so short a time; empty if one doesn't."""
    return "it was sent within 2 seconds" if 0 <= now.timestamp() - opened < QUICKEST else ""


def _time(value: Any) -> float | None:
    try:
        seconds = float(str(value))
    except ValueError:
        return None
    return seconds / 1000 if seconds > _MILLISECONDS else seconds
