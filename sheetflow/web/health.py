"""`GET /health`: how it is doing, for a monitor and for the integrator; no addresses, no names."""

from typing import TYPE_CHECKING, Any

from flask import Blueprint, Response, json

from sheetflow.errors import TrackerUnavailable
from sheetflow.web.leads import NO_DOOR
from sheetflow.workflow import tracked
from sheetflow.workflow.brakes import DAY
from sheetflow.workflow.tracked import Only, is_on

if TYPE_CHECKING:
    from sheetflow.web.app import Site


def blueprint(site: "Site") -> Blueprint:
    routes = Blueprint("health", __name__)

    @routes.get("/health")
    def health() -> Response:
        found = _look(site)
        status = 200 if found["capture"] != "down" else 503
        return Response(json.dumps(found), status=status, content_type="application/json")

    return routes


def _look(site: "Site") -> dict[str, Any]:
    problems = [site.closed] if site.closed else []
    try:
        snapshot = site.ports.tracker.snapshot(Only(frozenset(), site.ports.clock() - DAY))
        control, waiting, tracker = snapshot.control, site.ports.store.waiting(), "ok"
    except TrackerUnavailable:
        # The error's own words may name a host.
        problems.append("The tracker can't be reached.")
        control, waiting, tracker = {}, 0, "down"
    capture = "down" if site.closed or tracker == "down" else "ok"
    if not site.tokens and not site.takes_loopback:
        problems.append(NO_DOOR)
        capture = capture if capture == "down" else "closed"
    if control and not is_on(control.get(tracked.SENDING, "")):
        problems.append("Sending on Control isn't ON: nothing is sent.")
    problems += [line for line in control.get(tracked.PROBLEMS, "").split(" · ") if line]
    return {
        "ok": capture == "ok",
        "capture": capture,
        "tracker": tracker,
        "mail": site.mail,
        "mailbox": site.mailbox,
        "waiting": waiting,
        "last_job": control.get(tracked.LAST_JOB) or None,
        "problems": problems,
    }
