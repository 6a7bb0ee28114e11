"""The web app: the door for leads, and how it is doing."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field

from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException

from sheetflow.capture import BodyError
from sheetflow.errors import QuotaUsedUp, TrackerUnavailable
from sheetflow.jobs.ports import Ports
from sheetflow.jobs.respond import Responder
from sheetflow.web import health, leads, openapi, unsubscribe
from sheetflow.web.bodies import MOST_BYTES, TOO_LARGE
from sheetflow.web.links import Links
from sheetflow.web.problem import problem

log = logging.getLogger(__name__)

RETRY_AFTER = "30"  # seconds
NEXT_MINUTE = "60"  # seconds
NO_LINKS = Links()


class Storing:
    """Whether the last lead that came to this process could be stored, or one could be now."""

    works = True
    tried = float("-inf")  # when that was last tried without a lead, by the process's clock


@dataclass(frozen=True)
class Site:
    """What the web app needs: `takes_loopback` lets this machine in where no token is set."""

    ports: Ports
    responder: Responder
    tokens: Mapping[str, tuple[str, ...]]
    takes_loopback: bool
    mail: str  # how mail leaves: smtp or outbox
    mailbox: str  # how replies are read
    links: Links = NO_LINKS
    signing_secrets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # by source
    closed: str = ""  # why no lead can be stored on this host at all
    storing: Storing = field(default_factory=Storing)


def make_app(site: Site) -> Flask:
    app = Flask(__name__, static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = MOST_BYTES
    app.url_map.strict_slashes = False  # a redirect would lose the lead
    app.url_map.merge_slashes = False
    app.url_map.converters["source"] = leads.SourceConverter
    app.register_blueprint(leads.blueprint(site))
    app.register_blueprint(unsubscribe.blueprint(site))
    app.register_blueprint(health.blueprint(site))
    app.register_blueprint(openapi.blueprint())
    app.before_request(_hide_token)
    app.register_error_handler(BodyError, _bad_body)
    app.register_error_handler(TrackerUnavailable, _unavailable)
    app.register_error_handler(HTTPException, _refused)
    app.register_error_handler(Exception, _broken)
    return app


def _hide_token() -> None:
    """Gunicorn's access log, where somebody turns it on, prints the address as it stands here at the end."""
    if "token" in request.args:
        request.environ["RAW_URI"] = request.environ["REQUEST_URI"] = request.path
        request.environ["QUERY_STRING"] = ""


def _bad_body(error: BodyError) -> Response:
    return problem(error.status, str(error))


def _unavailable(error: TrackerUnavailable) -> Response:
    log.error("%s", error)
    if isinstance(error, QuotaUsedUp):
        return problem(429, "The Sheet takes no more this minute: try again later.", Retry_After=NEXT_MINUTE)
    return problem(503, "It can't be stored right now: try again later.", Retry_After=RETRY_AFTER)


def _refused(error: HTTPException) -> Response:
    code = error.code or 500
    if code == 413:
        return problem(413, TOO_LARGE)
    if code == 405:
        allowed = sorted(set(getattr(error, "valid_methods", None) or ()) - {"OPTIONS", "HEAD"})
        methods = ", ".join(allowed)
        return problem(405, f"Use {methods or 'another method'} here.", Allow=methods)
    return problem(code, error.description or error.name)


def _broken(error: Exception) -> Response:
    # The door for every sender: a defect here must read as "try again", and be seen in the log.
    log.error("a request failed", exc_info=error)
    return problem(503, "Something went wrong here: try again later.", Retry_After=RETRY_AFTER)
