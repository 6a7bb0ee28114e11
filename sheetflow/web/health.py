"""`GET /health`: how it is doing, for a monitor and for the integrator; no addresses, no names."""

import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from flask import Blueprint, Response, json

from sheetflow.errors import TrackerUnavailable
from sheetflow.jobs.ports import Ports
from sheetflow.web.leads import NO_DOOR
from sheetflow.workflow import tracked
from sheetflow.workflow.brakes import DAY
from sheetflow.workflow.tracked import Only, is_on

if TYPE_CHECKING:
    from sheetflow.web.app import Site

PATIENCE = 5.0  # seconds a monitor waits for the tracker
KEPT = 60.0  # seconds for which what a Sheet said is good enough: each look is one of its 60 reads a minute


def blueprint(site: "Site") -> Blueprint:
    routes = Blueprint("health", __name__)
    store: object = site.ports.store
    control = Control(site.ports, keep=0.0 if store is site.ports.tracker else KEPT)

    @routes.get("/health")
    def health() -> Response:
        found = _look(site, control)
        status = 200 if found["capture"] != "down" else 503
        return Response(json.dumps(found), status=status, content_type="application/json")

    return routes


class Control:
    """What Control said last, and how the tracker is: a look that takes long goes on behind the answer."""

    def __init__(self, ports: Ports, keep: float) -> None:
        self._ports, self._keep = ports, keep
        self._found: tuple[str, Mapping[str, str]] = ("slow", {})
        self._at = float("-inf")
        self._looking: threading.Thread | None = None
        self._lock = threading.Lock()

    def look(self) -> tuple[str, Mapping[str, str]]:
        """`ok`, `slow` or `down`, and Control's lines."""
        with self._lock:
            if self._looking is None and time.monotonic() - self._at >= self._keep:
                self._looking = threading.Thread(target=self._read, name="health", daemon=True)
                self._looking.start()
            looking = self._looking
        if looking:
            looking.join(PATIENCE)
        state, lines = self._found
        return ("slow" if looking and looking.is_alive() and state == "ok" else state), lines

    def _read(self) -> None:
        try:
            snapshot = self._ports.tracker.snapshot(Only(frozenset(), self._ports.clock() - DAY))
            self._found = ("ok", snapshot.control)
        except TrackerUnavailable:
            self._found = ("down", self._found[1])
        finally:
            with self._lock:
                self._at, self._looking = time.monotonic(), None


def _look(site: "Site", tracker: Control) -> dict[str, Any]:
    problems = [site.closed] if site.closed else []
    state, control = tracker.look()
    waiting, capture = _inbox(site, state, problems)
    if not _can_store(site):
        # A full disk can be read from, and so looks well until a lead comes.
        problems.append("The last lead that came couldn't be stored.")
        capture = "down"
    if not site.tokens and not site.signing_secrets and not site.takes_loopback:
        problems.append(NO_DOOR)
        capture = capture if capture == "down" else "closed"
    if control and not is_on(control.get(tracked.SENDING, "")):
        problems.append("Sending on Control isn't ON: nothing is sent.")
    problems += [line for line in control.get(tracked.PROBLEMS, "").split(" · ") if line]
    return {
        "ok": capture == "ok" and state != "down",
        "capture": capture,
        "tracker": state,
        "mail": site.mail,
        "mailbox": site.mailbox,
        "waiting": waiting,
        "last_job": control.get(tracked.LAST_JOB) or None,
        "problems": problems,
    }


def _can_store(site: "Site") -> bool:
    """As the last lead found it; where that couldn't be stored, as it is now."""
    storing, now = site.storing, time.monotonic()
    store: object = site.ports.store
    is_costly = site.ports.inbox is None and store is not site.ports.tracker
    if not storing.works and not site.closed and now - storing.tried >= (KEPT if is_costly else 0.0):
        storing.tried = now
        with suppress(TrackerUnavailable):
            site.ports.store.try_out(site.ports.workflow, site.ports.clock())
            storing.works = True
    return storing.works


def _inbox(site: "Site", tracker: str, problems: list[str]) -> tuple[int, str]:
    """How many wait, and whether leads are taken."""
    try:
        waiting = site.ports.store.waiting()
        is_down = tracker != "ok" and site.ports.inbox is None
    except TrackerUnavailable:
        # The error's own words may name a host.
        problems.append("The inbox can't be reached: no lead can be stored.")
        return 0, "down"
    if tracker == "down" or is_down:
        wait = f": {waiting} wait in the inbox" if site.ports.inbox else ""
        problems.append(f"The tracker can't be reached{wait}.")
    return waiting, "down" if site.closed or is_down else "ok"
