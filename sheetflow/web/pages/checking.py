"""`check` for a page: it asks servers that may take long, so it runs beside the request, one at a time."""

import logging
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sheetflow.jobs.ports import Clock
from sheetflow.workflow.finding import Finding

LONGEST = timedelta(minutes=2)  # after which a run that still waits for somebody is given up

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Checked:
    """What the last run has found so far; `began` is None before the first one."""

    began: datetime | None = None
    findings: tuple[Finding, ...] = ()
    is_running: bool = False


class Checking:
    """Remembers the last run of this process. `check` gives its findings one by one, as they come."""

    def __init__(self, check: Callable[[], Iterable[Finding]], clock: Clock) -> None:
        self._check, self._clock = check, clock
        self._lock = threading.Lock()
        self._last = Checked()
        self._ended = threading.Event()

    def look(self) -> Checked:
        return self._last

    def run(self, seconds: float) -> None:
        """Begins a run if none is on its way, and waits no longer than that for its end."""
        with self._lock:
            last, now = self._last, self._clock()
            if not last.is_running or last.began is None or now - last.began > LONGEST:
                self._last, self._ended = Checked(now, is_running=True), threading.Event()
                args = (now, self._ended)
                threading.Thread(target=self._collect, args=args, name="check", daemon=True).start()
            ended = self._ended
        ended.wait(seconds)

    def _collect(self, began: datetime, ended: threading.Event) -> None:
        found: list[Finding] = []
        try:
            for finding in self._check():
                found.append(finding)
                self._keep(Checked(began, tuple(found), is_running=True))
        except Exception:
            # The page must say so, whatever it was.
            log.exception("check broke off")
            found.append(Finding("The check broke off; the log says why.", 1))
        self._keep(Checked(began, tuple(found)))
        ended.set()

    def _keep(self, checked: Checked) -> None:
        """A run that was given up says nothing any more."""
        with self._lock:
            if self._last.began == checked.began:
                self._last = checked
