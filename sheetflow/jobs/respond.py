"""Out of the inbox and answered right after capture, in two threads of the web process."""

import threading
from collections.abc import Iterable
from dataclasses import replace

from sheetflow.jobs.drain import drain
from sheetflow.jobs.ports import Ports
from sheetflow.jobs.run import run_first_responses
from sheetflow.jobs.worker import Worker

MOST_AT_ONCE = 100  # leads a pass
BUSY_WAIT = 2.0  # seconds until the inbox is looked at again while another process is at it


class Responder:
    """Answers leads as they come. What it can't answer, or dies before answering, the job does.

    The inbox has a thread of its own, so that rows don't wait while mail leaves at its pace.
    """

    def __init__(self, ports: Ports) -> None:
        self._ports = replace(ports, stopping=lambda: self._answers.is_stopped or ports.stopping())
        self._lead_ids: dict[str, None] = {}  # to be answered, in their order
        self._lock = threading.Lock()
        self._answers = Worker("first responses", self._answer)
        self._drain = Worker("inbox", self._empty)
        self._answers.start()
        self._drain.start()
        # A process that died may have left something there.
        self._drain.wake()

    def notify(self, lead_ids: Iterable[str]) -> None:
        """Returns at once."""
        if self._ports.inbox is not None:
            # Which rows they become is known only when they are in the tracker.
            self._drain.wake()
        else:
            self._add(lead_ids)

    def stop(self) -> None:
        """Waits for the message in hand; the rest stays for the job."""
        self._answers.stop()
        self._drain.stop()

    def _add(self, lead_ids: Iterable[str]) -> None:
        with self._lock:
            self._lead_ids.update(dict.fromkeys(lead_ids))
        self._answers.wake()

    def _empty(self) -> float | None:
        drained = drain(self._ports, self._add)
        return BUSY_WAIT if drained.is_busy else None

    def _answer(self) -> float | None:
        with self._lock:
            now = list(self._lead_ids)[:MOST_AT_ONCE]
            # Taken out before: whoever asks again meanwhile is looked at once more.
            for lead_id in now:
                del self._lead_ids[lead_id]
        try:
            if now:
                run_first_responses(self._ports, now)
        except Exception:
            with self._lock:
                self._lead_ids = dict.fromkeys([*now, *self._lead_ids])
            raise
        with self._lock:
            return 0.0 if self._lead_ids else None
