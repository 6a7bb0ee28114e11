"""`/o/TOKEN`: the page behind a button of an owner's mail. Looking changes nothing, a POST acts."""

import logging
import secrets
from collections.abc import Callable, Iterable

from flask import Blueprint, Response, render_template

from sheetflow.errors import LedgerUnavailable
from sheetflow.jobs.ports import Clock
from sheetflow.ledger.ledger import Ledger
from sheetflow.ledger.pressing import press
from sheetflow.web.button_links import VALID, ButtonLinks
from sheetflow.web.unsubscribe import PAGE_HEADERS, RETRY_AFTER
from sheetflow.workflow.buttons import LABELS, OF_DRAFT, Press, presses
from sheetflow.workflow.decide import moment
from sheetflow.workflow.drafts import waits_until
from sheetflow.workflow.history import History, fold
from sheetflow.workflow.notice import one_line
from sheetflow.workflow.review import Case

log = logging.getLogger(__name__)


class ButtonPages:
    """`notify` is called when something was stored, so that the Sheet soon shows it."""

    def __init__(
        self, ledger: Ledger, links: ButtonLinks, clock: Clock, notify: Callable[[Iterable[str]], None]
    ) -> None:
        self._ledger, self._links, self._clock, self._notify = ledger, links, clock, notify

    def blueprint(self) -> Blueprint:
        routes = Blueprint("buttons", __name__)
        # Scanners open every link of a message, and some ask for its head first.
        routes.add_url_rule("/o/<token>", view_func=self.ask)
        routes.add_url_rule("/o/<token>", view_func=self.act, methods=["POST"])
        return routes

    def ask(self, token: str) -> Response:
        return self._answer(token, acts=False)

    def act(self, token: str) -> Response:
        """Twice is as good as once, and says who did it."""
        return self._answer(token, acts=True)

    def _answer(self, token: str, *, acts: bool) -> Response:
        pressed = self._links.read(token)
        if pressed is None:
            return self._page("unreadable", 400)
        if self._clock() - pressed.issued > VALID:
            return self._page("too_old", 400, pressed)
        try:
            is_done = acts and self._press(pressed)
            with self._ledger.reading() as book:
                case = book.case(pressed.lead_id)
        except LedgerUnavailable as error:
            log.error("%s", error)
            answer = self._page("try_again", 503, pressed)
            answer.headers["Retry-After"] = RETRY_AFTER
            return answer
        if case is None:
            return self._page("gone", 404)
        history = fold(case.events, self._ledger.workflow, case.suppressed)
        is_over = acts or (pressed.action in OF_DRAFT and not self._waits(history))
        return self._page("done" if is_done else "already" if is_over else "ask", 200, pressed, case, history)

    def _waits(self, history: History) -> bool:
        return waits_until(history, self._ledger.workflow, self._clock()) is not None

    def _press(self, pressed: Press) -> bool:
        with self._ledger.writing() as book:
            is_new = press(book, pressed, self._clock())
        if is_new:
            self._notify([pressed.lead_id])
            log.info("lead %s: button %s", pressed.lead_id, pressed.action)
        return is_new

    def _page(
        self,
        name: str,
        status: int = 200,
        pressed: Press | None = None,
        case: Case | None = None,
        history: History | None = None,
    ) -> Response:
        nonce = secrets.token_urlsafe(16)
        text = render_template(
            "button.html",
            page=name,
            nonce=nonce,
            business=self._ledger.workflow.business.name,
            lead_id=pressed.lead_id if pressed else "",
            label=LABELS[pressed.action] if pressed else "",
            says=pressed.says(history, self._ledger.workflow) if pressed and history else "",
            who=one_line(case.lead.name or case.lead.email or case.lead.id) if case else "",
            draft=history.qualified.draft if history and pressed and pressed.action in OF_DRAFT else "",
            before=self._before(case, history) if case and history else [],
        )
        answer = Response(text, status=status, content_type="text/html; charset=utf-8", headers=PAGE_HEADERS)
        answer.headers["Content-Security-Policy"] = (
            f"default-src 'none'; style-src 'nonce-{nonce}'; "
            "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
        )
        return answer

    def _before(self, case: Case, history: History) -> list[str]:
        """Who has pressed what, and when; and that the first response has left."""
        workflow = self._ledger.workflow
        said = [f"{event.detail} on {moment(event.at, workflow)}." for event in presses(case.events)]
        left = [f"The first response left on {moment(event.at, workflow)}." for event in history.sent[:1]]
        return [*said, *left]
