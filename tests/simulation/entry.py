"""A process of its own that runs sheetflow with a clock of the test's, and dies where the test says.

    python -m tests.simulation.entry job 2026-03-24T10:00:00+00:00 [before-claim]

Settings come from the environment, as for `python -m sheetflow`.
"""

import os
import signal
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sheetflow import wiring
from sheetflow.jobs.run import run_job
from sheetflow.workflow.events import Event, Kind
from sheetflow.workflow.tracked import Changes, Granted

MOMENTS = ("before-claim", "after-claim", "during-data", "before-recording", "before-columns")


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


class DyingTracker:
    """The real tracker, around which the process is killed."""

    def __init__(self, tracker: Any, moment: str) -> None:
        self._tracker, self._moment = tracker, moment

    def __getattr__(self, name: str) -> Any:
        return getattr(self._tracker, name)

    def claim(self, claims: Sequence[Event], changes: Changes) -> list[Granted]:
        if self._moment == "before-claim":
            die()
        granted: list[Granted] = self._tracker.claim(claims, changes)
        if self._moment == "after-claim":
            die()
        return granted

    def commit(self, changes: Changes) -> None:
        has_outcome = any(event.kind is Kind.SENT for event in changes.events)
        if self._moment == "before-recording" and has_outcome:
            die()
        if self._moment == "before-columns" and has_outcome:
            self._tracker.commit(replace(changes, rows=(), control={}))
            die()
        self._tracker.commit(changes)


def main(command: str, at: str, moment: str = "") -> None:
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    # The clock goes on from where the test set it, so that ages and time-outs stay true.
    began, offset = time.monotonic(), datetime.fromisoformat(at)
    wired = wiring.build(
        wiring.read_settings(),
        stopping=stop.is_set,
        clock=lambda: offset + (datetime.resolution * int((time.monotonic() - began) * 1_000_000)),
    )
    ports = replace(wired.ports, tracker=DyingTracker(wired.ports.tracker, moment)) if moment else wired.ports
    if command == "job":
        print(run_job(ports))


if __name__ == "__main__":
    main(*sys.argv[1:])
