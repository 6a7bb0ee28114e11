"""`GET /health`: how it is doing, for a monitor and for the integrator; no addresses, no names."""

import re
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from flask import Blueprint, Response, json

from sheetflow.errors import ConfigError, LedgerUnavailable
from sheetflow.jobs.ports import Clock
from sheetflow.ledger import state
from sheetflow.ledger.database import waiting_at_most
from sheetflow.ledger.ledger import Ledger
from sheetflow.ledger.rows import time_of
from sheetflow.ledger.settling import brakes_of
from sheetflow.ledger.tally import not_in_sheet
from sheetflow.web.storing import Storing
from sheetflow.workflow.brakes import is_on

KEPT = 2.0  # seconds for which an answer is good enough
PATIENCE = 0.3  # seconds for a ledger at which somebody else is at work
SLOW = 2.0  # seconds after which whoever looks into the ledger takes long
LATE = timedelta(minutes=30)  # since the Sheet was read; the job reads it every ten minutes

_ADDRESS = re.compile(r"[^\s<>()\[\]\"']+@[^\s<>()\[\]\"',;]+")


@dataclass(frozen=True)
class Setup:
    """What doesn't change while the process lives: `mail` is smtp or outbox, `mailbox` imap or off.

    `problems` are its own; `takes_leads` is False if nobody is let in.
    """

    mail: str
    mailbox: str
    has_sheet: bool
    takes_leads: bool = True
    problems: tuple[str, ...] = ()


@dataclass(frozen=True)
class Seen:
    """What the ledger said last."""

    sheet: str = "off"  # ok, late or off
    waiting: int = 0  # leads that aren't in the Sheet yet
    last_job: str = ""
    problems: tuple[str, ...] = ()


class Health:
    """Whoever asks gets what is known; one request at a time looks into the ledger, and rarely."""

    def __init__(self, ledger: Ledger, storing: Storing, setup: Setup, clock: Clock) -> None:
        self._ledger, self._storing, self._setup, self._clock = ledger, storing, setup, clock
        self._seen, self._is_reached = Seen("ok" if setup.has_sheet else "off"), True
        self._looked = self._began = float("-inf")  # by the process's clock
        self._turn = threading.Lock()

    def blueprint(self) -> Blueprint:
        routes = Blueprint("health", __name__)
        routes.add_url_rule("/health", view_func=self.answer)
        return routes

    def answer(self) -> Response:
        found = self.look()
        status = 503 if found["capture"] == "down" else 200
        return Response(json.dumps(found), status=status, content_type="application/json")

    def look(self) -> dict[str, Any]:
        if time.monotonic() - self._looked >= KEPT and self._turn.acquire(blocking=False):
            try:
                self._renew()
            finally:
                self._turn.release()
        return self._told()

    def _renew(self) -> None:
        self._began = time.monotonic()
        try:
            if not self._storing.closed:
                with waiting_at_most(PATIENCE):
                    self._storing.try_again()
                    self._seen = self._read()
            self._is_reached = True
        except (LedgerUnavailable, ConfigError):  # a newer sheetflow may have taken it over meanwhile
            self._is_reached = False
        self._looked = time.monotonic()

    def _read(self) -> Seen:
        now = self._clock()
        with self._ledger.reading() as book:
            found, brakes = book.state(), brakes_of(book, now)
            waiting = not_in_sheet(book) if self._setup.has_sheet else 0
        sheet, problems = self._sheet(found, now), []
        if sheet == "late":
            problems.append("The Sheet hasn't been read for half an hour or more.")
        if not is_on(brakes.sending):
            way = "Type ON on Control" if self._setup.has_sheet else "Run `python -m sheetflow resume`"
            problems.append(f"Sending isn't ON: nothing is sent. {way} to go on.")
        if brakes.blocked and brakes.blocked != found.get(state.CLOSED):
            problems.append(f"Nothing is sent: {brakes.blocked}")
        for name in (state.SHEET_NOTICE, state.SHEET_PROBLEMS, state.PROBLEMS):
            problems += found.get(name, "").splitlines()
        hidden = (_ADDRESS.sub("…", line) for line in dict.fromkeys(problems) if line.strip())
        return Seen(sheet, waiting, found.get(state.LAST_JOB, ""), tuple(hidden))

    def _sheet(self, found: Mapping[str, str], now: datetime) -> str:
        if not self._setup.has_sheet:
            return "off"
        read = time_of(found.get(state.SENDING_READ, "") or found.get(state.CREATED, ""))
        return "ok" if read and now - read <= LATE else "late"

    def _told(self) -> dict[str, Any]:
        seen, storing = self._seen, self._storing
        ledger = self._state()
        is_down = bool(storing.closed) or ledger == "down" or not storing.works
        problems = [*filter(None, [storing.closed]), *self._setup.problems]
        if ledger == "down":
            # The error's own words may name a host.
            problems.append("The ledger can't be reached: no lead can be stored.")
        elif not storing.works:
            problems.append("The last lead that came couldn't be stored.")
        takes = "ok" if self._setup.takes_leads else "closed"
        capture = "down" if is_down else takes
        return {
            "ok": capture == "ok" and seen.sheet != "late",
            "capture": capture,
            "ledger": ledger,
            "sheet": seen.sheet,
            "mail": self._setup.mail,
            "mailbox": self._setup.mailbox,
            "waiting": seen.waiting,
            "last_job": seen.last_job or None,
            "problems": [*problems, *seen.problems],
        }

    def _state(self) -> str:
        if not self._is_reached:
            return "down"
        is_looking = self._turn.locked() and time.monotonic() - self._began >= SLOW
        return "slow" if is_looking else "ok"
