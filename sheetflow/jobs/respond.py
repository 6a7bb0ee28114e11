"""First responses right after capture, and the Sheet's rows a moment later, in threads of the web process."""

import os
import secrets
import threading
import time
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from sheetflow.jobs.ports import Ports
from sheetflow.jobs.run import run_first_responses
from sheetflow.jobs.worker import Worker
from sheetflow.ledger import state
from sheetflow.ledger.rows import time_of

MOST_AT_ONCE = 100  # leads a pass
FIRST_LOOK = 0.6  # seconds within which a new process sees whose Sheet it is, before it answers anybody
GROUPED = 1.0  # seconds for which rows wait for others to be written with
ROWS, SPACED = "rows", 8.0  # seconds from one such write of any process to the next
CONTROL_EVERY = timedelta(minutes=10)  # so that a pause is known though no job runs


class Responder:
    """Answers leads as they come. What it can't answer, or dies before answering, the job does.

    The Sheet and the owners have a thread of their own each, so that no answer waits for Google or for a
    channel. The threads start with the first call, in the process that calls: a server may fork after the
    app is made.
    """

    def __init__(self, ports: Ports) -> None:
        self._ports = replace(ports, stopping=lambda: self._answers.is_stopped or ports.stopping())
        self._lead_ids: dict[str, None] = {}  # to be answered, in their order
        self._later: dict[str, datetime] = {}  # whose answer somebody reads before, and until when
        self._lock = threading.Lock()
        self._has_sheet = ports.sheet.is_connected
        self._pid = 0
        self._has_looked, self._looks_until = threading.Event(), 0.0
        self._looked: datetime | None = None  # when this process looked at the Sheet last
        self._answers = self._rows = self._owners = Worker("not started", lambda: None)

    def start(self) -> None:
        """Starts the threads in this process, if they don't run yet."""
        with self._lock:
            if self._pid == os.getpid():
                return
            self._pid, self._looks_until = os.getpid(), time.monotonic() + FIRST_LOOK
            self._answers = Worker("first responses", self._answer)
            self._answers.start()
            self._owners = Worker("owners", self._tell)
            self._owners.start()
            # Something may be due that no lead brings: a list, a job that doesn't run.
            self._owners.wake()
            if self._has_sheet:
                self._rows = Worker("the Sheet", self._write_rows)
                self._rows.start()
                # A process that died may have left something.
                self._rows.wake()

    def notify(self, lead_ids: Iterable[str]) -> None:
        """Returns at once."""
        self.start()
        with self._lock:
            self._lead_ids.update(dict.fromkeys(lead_ids))
        self._answers.wake()

    def stop(self) -> None:
        """Waits for the message in hand; the rest stays for the job."""
        if self._pid == os.getpid():
            self._answers.stop()
            self._owners.stop()
            if self._has_sheet:
                self._rows.stop()

    def _answer(self) -> float | None:
        if self._has_sheet:
            # The ledger may have come from a backup, and know nothing of what was sent since.
            self._has_looked.wait(max(0.0, self._looks_until - time.monotonic()))
        with self._lock:
            self._lead_ids.update(dict.fromkeys(self._take_unread()))
            now = list(self._lead_ids)[:MOST_AT_ONCE]
            # Taken out before: whoever asks again meanwhile is looked at once more.
            for lead_id in now:
                del self._lead_ids[lead_id]
        try:
            if now:
                self._later |= run_first_responses(self._ports, now)
        except Exception:
            with self._lock:
                self._lead_ids = dict.fromkeys([*now, *self._lead_ids])
            raise
        self._owners.wake()
        if self._has_sheet:
            self._rows.wake()
        with self._lock:
            return 0.0 if self._lead_ids else self._seconds_to(min(self._later.values(), default=None))

    def _take_unread(self) -> list[str]:
        """Leads whose answer has waited long enough for somebody to read it."""
        now = self._ports.clock()
        due = [lead_id for lead_id, until in self._later.items() if until <= now]
        for lead_id in due:
            del self._later[lead_id]
        return due

    def _seconds_to(self, at: datetime | None) -> float | None:
        return max(1.0, (at - self._ports.clock()).total_seconds()) if at else None

    def _tell(self) -> float | None:
        """Until the promise to the next lead is due, a list is to be sent, or the owner's day begins."""
        again = (self._ports.tell(), self._ports.brief())
        return self._seconds_to(min(filter(None, again), default=None))

    def _write_rows(self) -> float | None:
        """Waits a moment for more rows to come; looks at Control now and then though none do."""
        now = self._ports.clock()
        with self._ports.ledger.reading() as book:
            has_rows, read = book.has_changed_rows(), time_of(book.get(state.SENDING_READ))
        is_late = read is None or now - read >= CONTROL_EVERY
        # A Sheet that isn't ours says nothing, however often it is asked.
        is_time = self._looked is None or (is_late and now - self._looked >= CONTROL_EVERY)
        if has_rows and not is_time and not self._is_our_turn():
            return 1.0
        if has_rows or is_time:
            self._rows.pause(0.0 if is_time else GROUPED)
            self._looked = now
            try:
                self._ports.sheet.look(whole=False)
            finally:
                self._has_looked.set()
            if is_late:
                self._answer_waiting(read)
            self._ports.sheet.write()
        self._has_looked.set()
        return CONTROL_EVERY.total_seconds()

    def _is_our_turn(self) -> bool:
        """A burst of leads at many processes shares its writes: who has this turn writes the rows of all."""
        with self._ports.ledger.writing() as book:
            return book.lease(ROWS, secrets.token_hex(8), SPACED)

    def _answer_waiting(self, before: datetime | None) -> None:
        """Leads that came while nobody knew whether Sending is ON; `before`: when that was read last."""
        with self._ports.ledger.reading() as book:
            is_known = time_of(book.get(state.SENDING_READ)) != before
            waiting = book.unanswered() if is_known else []
        if waiting:
            self.notify(waiting)
