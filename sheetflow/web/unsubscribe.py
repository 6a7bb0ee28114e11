"""`/u/TOKEN`: the page behind a message's unsubscribe link. Looking changes nothing, a POST acts."""

import logging
import secrets
import tomllib
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from flask import Blueprint, Response, render_template, request
from werkzeug.exceptions import HTTPException

from sheetflow.errors import LedgerUnavailable
from sheetflow.jobs.ports import Clock
from sheetflow.ledger.editing import opt_out
from sheetflow.ledger.ledger import Ledger
from sheetflow.web.form_words import language_for
from sheetflow.web.links import Links
from sheetflow.web.storing import Storing
from sheetflow.workflow.optout import OptOut

log = logging.getLogger(__name__)

RETRY_AFTER = "60"  # seconds

# By language: `titles`, what is `said`, and `buttons`.
WORDS: Mapping[str, Mapping[str, Mapping[str, str]]] = tomllib.loads(
    Path(__file__).with_name("unsubscribe_words.toml").read_text(encoding="utf-8")
)

PAGE_HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex, nofollow",
}


class OptOutPages:
    """`notify` is called when something was stored, so that the Sheet soon shows it."""

    def __init__(
        self,
        ledger: Ledger,
        links: Links,
        storing: Storing,
        clock: Clock,
        notify: Callable[[Iterable[str]], None],
    ) -> None:
        self._ledger, self._links, self._storing = ledger, links, storing
        self._clock, self._notify = clock, notify

    def blueprint(self) -> Blueprint:
        routes = Blueprint("unsubscribe", __name__)
        # Scanners open every link of a message, and some ask for its head first.
        routes.add_url_rule("/u/<token>", view_func=self.ask)
        routes.add_url_rule("/u/<token>", view_func=self.act, methods=["POST"])
        return routes

    def ask(self, token: str) -> Response:
        return self._page("ask") if self._links.read(token) else self._page("unreadable", 400)

    def act(self, token: str) -> Response:
        """Whatever the body says (mail programs send `List-Unsubscribe=One-Click`), unless it asks to undo.

        Twice is as good as once.
        """
        recipient = self._links.read(token)
        if not recipient:
            return self._page("unreadable", 400)
        now, undo = self._clock(), _undo()
        if undo and not self._links.may_undo(token, undo, now):
            return self._page("too_late", 400)
        try:
            self._store(OptOut(recipient.lead_id, recipient.address, now, is_undone=bool(undo)))
        except LedgerUnavailable as error:
            log.error("%s", error)
            answer = self._page("try_again", 503, undo)
            answer.headers["Retry-After"] = RETRY_AFTER
            return answer
        return self._page("undone") if undo else self._page("done", undo=self._links.undo(token, now))

    def _store(self, choice: OptOut) -> None:
        with self._storing.attempt(), self._ledger.writing() as book:
            opt_out(book, choice)
        self._notify([])
        log.info(
            "lead %s: %s", choice.lead_id, "resubscribed" if choice.is_undone else "unsubscribed by link"
        )

    def _page(self, name: str, status: int = 200, undo: str = "") -> Response:
        nonce, workflow = secrets.token_urlsafe(16), self._ledger.workflow
        language = language_for(request, workflow)
        text = render_template(
            "unsubscribe.html",
            page=name,
            language=language,
            words=WORDS[language],
            business=workflow.business.name,
            undo=undo,
            nonce=nonce,
        )
        answer = Response(text, status=status, content_type="text/html; charset=utf-8", headers=PAGE_HEADERS)
        answer.headers["Content-Security-Policy"] = (
            f"default-src 'none'; style-src 'nonce-{nonce}'; "
            "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
        )
        return answer


def _undo() -> str:
    try:
        return request.form.get("undo", "")
    except HTTPException:
        return ""  # a body nobody can read asks for nothing else
