"""A Sheet without an inbox in front of it: the sender waits until the lead is in the Sheet."""

import hashlib
import itertools
import queue
import threading
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sheetflow.errors import QuotaUsedUp, TrackerRefused, TrackerUnavailable
from sheetflow.jobs.placing import Rows
from sheetflow.jobs.ports import Tracker
from sheetflow.workflow.enquiry import Enquiry, Placed, Receipt
from sheetflow.workflow.lead import ID_ALPHABET, ID_LENGTH
from sheetflow.workflow.optout import OptOut
from sheetflow.workflow.sequence import Workflow
from sheetflow.workflow.tracked import Changes, join

BUDGET = 4.0  # seconds a sender waits


@dataclass(frozen=True)
class _Asked:
    """What one request wants written; `decide` gives it from the rows, and what the sender is told."""

    decide: Callable[[Rows], tuple[Changes, list[Receipt]]]
    workflow: Workflow
    answer: Future[list[Receipt]] = field(default_factory=Future)


class DirectStore:
    """All requests of this process that wait go into the Sheet by one write."""

    def __init__(
        self, tracker: Tracker, budget: float = BUDGET, is_held_back: Callable[[], bool] = lambda: False
    ) -> None:
        """`is_held_back` tells whether the tracker waits because its quota is used up."""
        self._tracker, self._budget, self._is_held_back = tracker, budget, is_held_back
        self._asked: queue.SimpleQueue[_Asked] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None
        self._lock = threading.Lock()

    def store(self, enquiries: Sequence[Enquiry], workflow: Workflow) -> list[Receipt]:
        return self._ask(_Asked(lambda rows: _place(enquiries, rows), workflow))

    def opt_out(self, choice: OptOut, workflow: Workflow) -> None:
        self._ask(_Asked(lambda rows: (rows.obey(choice), []), workflow))

    def waiting(self) -> int:
        return 0  # written directly

    def try_out(self, workflow: Workflow, now: datetime) -> None:
        self._ask(_Asked(lambda _: (Changes(), []), workflow))

    def _ask(self, asked: _Asked) -> list[Receipt]:
        self._asked.put(asked)
        self._start()
        try:
            return asked.answer.result(self._budget)
        except TimeoutError:
            # Written it may be all the same: repeated by its sender, it is known by its delivery.
            asked.answer.cancel()
            words = f"The Sheet didn't take the lead within {self._budget:.0f} seconds"
            if self._is_held_back():
                raise QuotaUsedUp(f"{words}: its quota is used up.") from None
            raise TrackerUnavailable(f"{words}.") from None

    def _start(self) -> None:
        """Here and not before: threads don't survive the fork that a web server begins with."""
        with self._lock:
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._work, name="direct store", daemon=True)
                self._thread.start()

    def _work(self) -> None:
        while True:
            group = [self._asked.get()]
            while not self._asked.empty():
                group.append(self._asked.get())
            # Those whose sender has been told "later" are left out.
            group = [asked for asked in group if asked.answer.set_running_or_notify_cancel()]
            if group:
                self._write(group)

    def _write(self, group: Sequence[_Asked]) -> None:
        try:
            rows = Rows(self._tracker.snapshot(), group[0].workflow)
            decided = [asked.decide(rows) for asked in group]
            self._tracker.commit(join(changes for changes, _ in decided))
        except TrackerRefused as error:
            if len(group) == 1:
                group[0].answer.set_exception(error)
                return
            for asked in group:
                self._write([asked])
        except Exception as error:
            # Each request reports it as its own; this thread serves the next ones.
            _fail(group, error)
        else:
            for asked, (_, receipts) in zip(group, decided, strict=True):
                asked.answer.set_result(receipts)


def _fail(group: Iterable[_Asked], error: Exception) -> None:
    for asked in group:
        asked.answer.set_exception(error)


def _place(enquiries: Sequence[Enquiry], rows: Rows) -> tuple[Changes, list[Receipt]]:
    placed = [_placed(enquiry, rows) for enquiry in enquiries]
    return join(one.changes for one in placed), [one.receipt for one in placed]


def _placed(enquiry: Enquiry, rows: Rows) -> Placed:
    """Under an ID made from the delivery, so that Activity itself tells a repeat.

    The same delivery after its time is another enquiry, and gets the next ID.
    """
    for number in itertools.count():
        named: Any = replace(enquiry, id=_derived_id(enquiry.delivery, number))
        earlier = rows.find(named)
        if earlier is None or earlier.at >= enquiry.arrived - enquiry.repeat_within:
            return rows.place(named)
    raise AssertionError("unreachable")


def _derived_id(delivery: str, number: int) -> str:
    digest = hashlib.sha256(f"{delivery}\x1f{number}".encode()).digest()
    return "L-" + "".join(ID_ALPHABET[byte % len(ID_ALPHABET)] for byte in digest[:ID_LENGTH])
