"""The web app: its parts put together, and what every refusal looks like."""

import logging
from collections.abc import Callable, Iterable

from flask import Blueprint, Flask, Response, request
from werkzeug.exceptions import HTTPException

from sheetflow.capture import BodyError
from sheetflow.errors import LedgerUnavailable
from sheetflow.web.bodies import MOST_BYTES, TOO_LARGE
from sheetflow.web.leads import SourceConverter
from sheetflow.web.pages.lead import LeadConverter
from sheetflow.web.problem import POSTED, problem

log = logging.getLogger(__name__)

RETRY_AFTER = "30"  # seconds


def make_app(parts: Iterable[Blueprint], begin: Callable[[], None] = lambda: None) -> Flask:
    """`begin` is called at every request: the first one is in the process that goes on serving."""
    app = Flask(__name__, static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = MOST_BYTES
    app.url_map.strict_slashes = False  # a redirect would lose the lead
    app.url_map.merge_slashes = False
    app.url_map.converters["source"] = SourceConverter
    app.url_map.converters["lead"] = LeadConverter
    for part in parts:
        app.register_blueprint(part)
    app.before_request(_hide_token)
    app.before_request(begin)
    app.register_error_handler(BodyError, _bad_body)
    app.register_error_handler(LedgerUnavailable, _unavailable)
    app.register_error_handler(HTTPException, _refused)
    app.register_error_handler(Exception, _broken)
    return app


def _hide_token() -> None:
    """Gunicorn's access log, if somebody turns it on, prints the address as it stands here at the end."""
    if "token" in request.args:
        request.environ["RAW_URI"] = request.environ["REQUEST_URI"] = request.path
        request.environ["QUERY_STRING"] = ""


def _bad_body(error: BodyError) -> Response:
    return problem(error.status, str(error))


def _unavailable(error: LedgerUnavailable) -> Response:
    log.error("%s", error)
    return problem(503, "It can't be stored right now: try again later.", Retry_After=RETRY_AFTER)


def _refused(error: HTTPException) -> Response:
    code = error.code or 500
    if code == 413:
        return problem(413, TOO_LARGE)
    if code == 405:
        allowed = sorted(set(getattr(error, "valid_methods", None) or ()) - {"OPTIONS", "HEAD"})
        methods = ", ".join(allowed)
        said = [f"Use {methods or 'another method'} here.", POSTED if request.method == "POST" else ""]
        return problem(405, " ".join(filter(None, said)), Allow=methods)
    return problem(code, error.description or error.name)


def _broken(error: Exception) -> Response:
    # The door for every sender: a defect here must read as "try again", and be seen in the log.
    log.error("a request failed", exc_info=error)
    return problem(503, "Something went wrong here: try again later.", Retry_After=RETRY_AFTER)
