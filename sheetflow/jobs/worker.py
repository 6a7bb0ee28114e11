"""A thread that works when it is woken, and goes on trying with growing waits while that fails."""

import logging
import threading
from collections.abc import Callable

from sheetflow.errors import SheetflowError

WAITS = (1.0, 2.0, 5.0, 10.0, 20.0, 30.0)  # seconds after each failure; the last from then on

log = logging.getLogger(__name__)


class Worker:
    """`work` gives the seconds after which it wants to look again unasked, None for not at all."""

    def __init__(self, name: str, work: Callable[[], float | None]) -> None:
        self._name, self._work = name, work
        self._wake, self._stopped = threading.Event(), threading.Event()
        self._failures = 0
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    def start(self) -> None:
        self._thread.start()

    def wake(self) -> None:
        """Returns at once."""
        self._wake.set()

    def stop(self) -> None:
        """Waits for the work in hand."""
        self._stopped.set()
        self._wake.set()
        if self._thread.is_alive():
            self._thread.join()

    def pause(self, seconds: float) -> None:
        """Sleeps in the worker's own thread; asked to stop, it wakes at once."""
        self._stopped.wait(seconds)

    @property
    def is_stopped(self) -> bool:
        return self._stopped.is_set()

    def _run(self) -> None:
        wait: float | None = None
        while True:
            # While it fails, what arrives doesn't make it try more often.
            (self._stopped if self._failures else self._wake).wait(wait)
            if self.is_stopped:
                return
            self._wake.clear()
            wait = self._try()

    def _try(self) -> float | None:
        try:
            wait = self._work()
        except SheetflowError as error:
            wait = WAITS[min(self._failures, len(WAITS) - 1)]
            log.warning("%s: next try in %.0f s: %s", self._name, wait, error)
        except Exception:
            # A defect that one lead brings out must not end the answers to all later ones.
            log.exception("%s: what it failed over waits for the job", self._name)
            wait = WAITS[-1]
        else:
            self._failures = 0
            return wait
        self._failures += 1
        return wait
