"""From the inbox into the tracker: all that waits in one write, in order, exactly once."""

import logging
import secrets
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta

from sheetflow.errors import TrackerRefused, TrackerUnavailable
from sheetflow.jobs.alerts import tell_owner
from sheetflow.jobs.placing import Rows
from sheetflow.jobs.ports import Inbox, Ports
from sheetflow.workflow import tracked
from sheetflow.workflow.enquiry import Enquiry, Receipt
from sheetflow.workflow.tracked import Changes, join
from sheetflow.workflow.waiting import Batch, Composed, Waiting

LEASE = timedelta(seconds=10)  # after which others take over from a process that died
BEAT = 3.0  # seconds after which a living one asks for it again
MOST_REFUSED = 3  # leads in a row, after which it is the tracker that is wrong
PATIENCE = timedelta(seconds=60)  # a lead waits so long before the owner is told

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Drained:
    """`receipts` are of the enquiries that are in the tracker now, by the IDs they were stored under."""

    receipts: dict[str, Receipt] = field(default_factory=dict)
    is_busy: bool = False  # another process is at it

    @property
    def new(self) -> frozenset[str]:
        """The Lead IDs of those that have got a row of their own."""
        return frozenset(key for key, receipt in self.receipts.items() if receipt.lead_id == key)


def drain(
    ports: Ports, tell: Callable[[Iterable[str]], None] = lambda _: None, *, again: bool = False
) -> Drained:
    """Takes everything that waits; with `again` also what the tracker refused before.

    `tell` gets the Lead IDs of each batch as soon as it is in the tracker. Raises TrackerUnavailable where
    the tracker or the inbox can't be reached; what waits goes on waiting, and the owner is told once.
    """
    inbox = ports.inbox
    if inbox is None or not inbox.waiting():
        return Drained()
    turn = _Turn(ports, inbox)
    if not turn.is_ours():
        return Drained(is_busy=True)
    try:
        with turn.kept():
            if again:
                inbox.try_again(MOST_REFUSED)
            return turn.drain(tell)
    except TrackerUnavailable as error:
        _tell_owner(ports, inbox, error)
        raise
    finally:
        with suppress(TrackerUnavailable):
            inbox.release(turn.holder)


class _Turn:
    """One drainer's time with the inbox.

    What a batch does is stored before it is written, so whoever takes over writes the very same again.
    """

    def __init__(self, ports: Ports, inbox: Inbox) -> None:
        self.holder = secrets.token_hex(8)
        self._ports, self._inbox = ports, inbox
        self._refused = 0

    def is_ours(self) -> bool:
        now = self._ports.clock()
        return self._inbox.lease(self.holder, now, now + LEASE)

    @contextmanager
    def kept(self) -> Iterator[None]:
        """The lease is renewed all the while: the tracker may take a minute for an answer."""
        done = threading.Event()

        def beat() -> None:
            with suppress(TrackerUnavailable):
                while not done.wait(BEAT):
                    self.is_ours()

        thread = threading.Thread(target=beat, name="lease", daemon=True)
        thread.start()
        try:
            yield
        finally:
            done.set()
            thread.join()

    def drain(self, tell: Callable[[Iterable[str]], None]) -> Drained:
        receipts: dict[str, Receipt] = {}
        while not self._ports.stopping() and self.is_ours():
            batch = self._inbox.next_batch()
            if batch is None:
                self._inbox.end_outage()
                break
            composed = self._recall(batch) if batch.composed else self._compose(batch)
            if composed and self._write(batch, composed):
                receipts |= composed.receipts
                tell(receipt.lead_id for receipt in composed.receipts.values())
        return Drained(receipts)

    def _recall(self, batch: Batch) -> Composed | None:
        """Somebody may have written it already: the tracker must look before it does so again."""
        self._ports.tracker.snapshot()
        return batch.composed

    def _compose(self, batch: Batch) -> Composed | None:
        """None where the batch isn't this process's any more, or has lost an item that can't be placed."""
        rows = Rows(self._ports.tracker.snapshot(), self._ports.workflow)
        parts: list[Changes] = []
        receipts: dict[str, Receipt] = {}
        for item in batch.items:
            try:
                parts.append(_place(item, rows, receipts))
            except Exception:
                # A defect that one lead brings out must not keep all later ones waiting.
                log.exception("lead %s can't be placed", item.lead_id)
                self._inbox.set_aside([item.number], "sheetflow failed over it; the log says where.")
                return None
        composed = Composed(join(parts), receipts)
        return composed if self._inbox.compose(batch, composed, self.holder) else None

    def _write(self, batch: Batch, composed: Composed) -> bool:
        left = max(0, self._inbox.waiting() - len(batch.items))
        waiting = Changes(control={tracked.WAITING: str(left)})
        try:
            self._ports.tracker.commit(composed.changes + waiting)
        except TrackerRefused as error:
            self._make_smaller(batch, error)
            return False
        self._inbox.finish(batch, composed, self._ports.clock())
        log.info("%d from the inbox are in the tracker, %d wait", len(batch.items), left)
        return True

    def _make_smaller(self, batch: Batch, error: TrackerRefused) -> None:
        """The bad one is found by halves."""
        if len(batch.items) > 1:
            return self._inbox.halve(batch)
        self._refused += 1
        if self._refused >= MOST_REFUSED:
            raise TrackerUnavailable(f"The tracker refuses one lead after the other: {error}") from error
        (item,) = batch.items
        log.error("lead %s is refused by the tracker and kept in the inbox", item.lead_id)
        self._inbox.set_aside([item.number], str(error))


def empty_inbox(ports: Ports) -> tuple[Drained, str]:
    """For the job, which goes on without: then opt-outs may wait, and the sentence says so."""
    try:
        return drain(ports, again=True), ""
    except TrackerUnavailable as error:
        return Drained(), f"opt-outs may wait in the inbox: {error}"


def describe_inbox(ports: Ports) -> tuple[dict[str, str], list[str]]:
    """Control's line about what waits, and a sentence about each lead that the tracker doesn't take."""
    if ports.inbox is None:
        return {}, []
    try:
        waiting, refused = str(ports.inbox.waiting()), ports.inbox.refused()
    except TrackerUnavailable as error:
        return {}, [str(error)]
    return {tracked.WAITING: waiting}, [
        f"Lead {item.lead_id} can't be written and is kept in the inbox: {item.words}" for item in refused
    ]


def _place(item: Waiting, rows: Rows, receipts: dict[str, Receipt]) -> Changes:
    if not isinstance(item.what, Enquiry):
        return rows.obey(item.what)
    placed = rows.place(item.what)
    receipts[item.what.id] = placed.receipt
    return placed.changes


def _tell_owner(ports: Ports, inbox: Inbox, error: TrackerUnavailable) -> None:
    """Once an outage, by one process; again where the mail didn't leave."""
    with suppress(TrackerUnavailable):
        now, oldest = ports.clock(), inbox.oldest()
        if oldest is None or now - oldest < PATIENCE or not inbox.begin_outage(now):
            return
        lines: Iterable[str] = (
            f"{inbox.waiting()} wait since {ports.workflow.local(oldest):%d %b %Y %H:%M}. Nothing is lost:",
            "they are kept, and go into the Sheet and are answered as soon as it can be written again.",
            "",
            f"What it says: {error}",
            "",
            "python -m sheetflow check says what to do if it doesn't pass by itself.",
        )
        if not tell_owner(ports, "Leads wait: your Sheet can't be written", "\n".join(lines)):
            inbox.end_outage()
