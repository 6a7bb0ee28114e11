"""The web app: the door for leads, and how it is doing."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass

from flask import Flask, Response
from werkzeug.exceptions import HTTPException

from sheetflow.capture import BodyError
from sheetflow.errors import TrackerUnavailable
from sheetflow.jobs.ports import Ports
from sheetflow.jobs.respond import Responder
from sheetflow.web import health, leads
from sheetflow.web.problem import problem

log = logging.getLogger(__name__)

RETRY_AFTER = "30"  # seconds
MOST_BYTES = 2 * 1024 * 1024


@dataclass(frozen=True)
class Site:
    """What the web app needs: `takes_loopback` lets this machine in where no token is set."""

    ports: Ports
    responder: Responder
    tokens: Mapping[str, tuple[str, ...]]
    takes_loopback: bool
    mail: str  # how mail leaves: smtp or outbox
    mailbox: str  # how replies are read
    closed: str = ""  # why no lead can be stored on this host at all


def make_app(site: Site) -> Flask:
    app = Flask(__name__, static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = MOST_BYTES
    app.url_map.strict_slashes = False  # a redirect would lose the lead
    app.url_map.merge_slashes = False
    app.register_blueprint(leads.blueprint(site))
    app.register_blueprint(health.blueprint(site))
    app.register_error_handler(BodyError, _bad_body)
    app.register_error_handler(TrackerUnavailable, _unavailable)
    app.register_error_handler(HTTPException, _refused)
    app.register_error_handler(Exception, _broken)
    return app


def _bad_body(error: BodyError) -> Response:
    return problem(error.status, str(error))


def _unavailable(error: TrackerUnavailable) -> Response:
    log.error("%s", error)
    return problem(503, "The lead can't be stored right now: try again later.", Retry_After=RETRY_AFTER)


def _refused(error: HTTPException) -> Response:
    code = error.code or 500
    if code == 413:
        return problem(413, "The body is over 2 MB: send the lead without its attachments.")
    if code == 405:
        allowed = sorted(set(getattr(error, "valid_methods", None) or ()) - {"OPTIONS", "HEAD"})
        methods = ", ".join(allowed)
        return problem(405, f"Use {methods or 'another method'} here.", Allow=methods)
    return problem(code, error.description or error.name)


def _broken(error: Exception) -> Response:
    # The door for every sender: a defect here must read as "try again", and be seen in the log.
    log.error("a request failed", exc_info=error)
    return problem(503, "Something went wrong here: try again later.", Retry_After=RETRY_AFTER)
