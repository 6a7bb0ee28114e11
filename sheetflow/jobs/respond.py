"""First responses right after capture, in a thread of the web process."""

import logging
import queue
import threading
from collections.abc import Iterable

from sheetflow.errors import SheetflowError
from sheetflow.jobs.ports import Ports
from sheetflow.jobs.run import run_first_responses

log = logging.getLogger(__name__)

MOST_AT_ONCE = 100  # leads a pass


class Responder:
    """Answers leads as they are stored. What it can't answer, or dies before answering, the job does."""

    def __init__(self, ports: Ports) -> None:
        self._ports = ports
        self._arrived: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._work, name="responder", daemon=True)
        self._thread.start()

    def notify(self, lead_ids: Iterable[str]) -> None:
        """Returns at once."""
        for lead_id in lead_ids:
            self._arrived.put(lead_id)

    def stop(self) -> None:
        """Waits for the message in hand; the rest stays for the job."""
        self._arrived.put(None)
        self._thread.join()

    def _work(self) -> None:
        while (lead_ids := self._next()) is not None:
            try:
                run_first_responses(self._ports, lead_ids)
            except SheetflowError as error:
                log.warning("first responses wait for the job: %s", error)
            except Exception:
                # One bad lead must not end the answers to all later ones.
                log.exception("first responses wait for the job")

    def _next(self) -> list[str] | None:
        """Everything that has arrived, at least one; None when it is time to stop."""
        found = [self._arrived.get()]
        while len(found) < MOST_AT_ONCE and not self._arrived.empty():
            found.append(self._arrived.get())
        return None if None in found or self._ports.stopping() else [item for item in found if item]
