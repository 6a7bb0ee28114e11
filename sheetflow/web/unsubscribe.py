"""`/u/TOKEN`: the page behind a message's unsubscribe link. Looking changes nothing, a POST acts."""

import logging
import secrets
from typing import TYPE_CHECKING

from flask import Blueprint, Response, render_template, request
from werkzeug.exceptions import HTTPException

from sheetflow.errors import TrackerUnavailable
from sheetflow.web.links import Recipient
from sheetflow.workflow.optout import OptOut

if TYPE_CHECKING:
    from sheetflow.web.app import Site

log = logging.getLogger(__name__)

RETRY_AFTER = "60"  # seconds

_HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex, nofollow",
}


def blueprint(site: "Site") -> Blueprint:
    routes = Blueprint("unsubscribe", __name__)

    # Scanners open every link of a message, and some ask for its head first.
    @routes.get("/u/<token>")
    def ask(token: str) -> Response:
        return _page(site, "ask") if site.links.read(token) else _page(site, "unreadable", 400)

    @routes.post("/u/<token>")
    def act(token: str) -> Response:
        recipient = site.links.read(token)
        return _act(site, token, recipient) if recipient else _page(site, "unreadable", 400)

    return routes


def _act(site: "Site", token: str, recipient: Recipient) -> Response:
    """Whatever the body says (mail programs send `List-Unsubscribe=One-Click`), unless it asks to undo."""
    now, undo = site.ports.clock(), _undo()
    if undo and not site.links.may_undo(token, undo, now):
        return _page(site, "too_late", 400)
    choice = OptOut(recipient.lead_id, recipient.address, now, is_undone=bool(undo))
    try:
        if site.closed:
            raise TrackerUnavailable(site.closed)
        site.ports.store.opt_out(choice, site.ports.workflow)
        site.responder.notify(())  # out of the inbox at once, where there is one
    except TrackerUnavailable as error:
        log.error("%s", error)
        answer = _page(site, "try_again", 503, undo)
        answer.headers["Retry-After"] = RETRY_AFTER
        return answer
    log.info("lead %s: %s", choice.lead_id, "resubscribed" if undo else "unsubscribed by link")
    return _page(site, "undone") if undo else _page(site, "done", undo=site.links.undo(token, now))


def _undo() -> str:
    try:
        return request.form.get("undo", "")
    except HTTPException:
        return ""  # a body nobody can read asks for nothing else


def _page(site: "Site", name: str, status: int = 200, undo: str = "") -> Response:
    nonce = secrets.token_urlsafe(16)
    business = site.ports.workflow.business.name
    text = render_template("unsubscribe.html", page=name, business=business, undo=undo, nonce=nonce)
    answer = Response(text, status=status, content_type="text/html; charset=utf-8", headers=_HEADERS)
    answer.headers["Content-Security-Policy"] = (
        f"default-src 'none'; style-src 'nonce-{nonce}'; "
        "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    )
    return answer
