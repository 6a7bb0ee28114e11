"""A tracker with an inbox in front of it; whatever is stored is taken on into the tracker at once."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sheetflow.inbox.queue import Queue
from sheetflow.jobs import drain as draining
from sheetflow.jobs.drain import drain
from sheetflow.jobs.ports import Ports, Tracker
from sheetflow.mail.nomailbox import NoMailbox
from sheetflow.mail.outbox import OutboxTransport
from sheetflow.workflow.enquiry import Enquiry, Receipt
from sheetflow.workflow.events import Kind, event_id
from sheetflow.workflow.optout import OptOut
from sheetflow.workflow.sequence import Workflow
from tests.contracts.sites import Site

draining.LEASE = timedelta(seconds=3)  # so long the others wait for one that was killed


@dataclass(frozen=True)
class InboxSite:
    tracker: Site
    inbox_url: str

    def open(self) -> Tracker:
        return self.tracker.open()

    def open_store(self) -> "DrainedStore":
        return DrainedStore(Queue(self.inbox_url), self.tracker.open())

    def close(self, opened: Any) -> None:
        if isinstance(opened, DrainedStore):
            opened.queue.engine.dispose()
            opened = opened.tracker
        self.tracker.close(opened)

    def type(self, lead_id: str, field: str, words: str) -> None:
        self.tracker.type(lead_id, field, words)

    def remove(self, lead_id: str) -> None:
        self.tracker.remove(lead_id)


class DrainedStore:
    """A store whose receipts say what became of the enquiries in the tracker."""

    def __init__(self, queue: Queue, tracker: Tracker) -> None:
        self.queue, self.tracker = queue, tracker

    def store(self, enquiries: Sequence[Enquiry], workflow: Workflow) -> list[Receipt]:
        told = self.queue.store(enquiries, workflow)
        found = self._drain(workflow)
        stored = {enquiry.id: enquiry for enquiry in enquiries}
        return [self._settled(receipt, stored, found) for receipt in told]

    def opt_out(self, choice: OptOut, workflow: Workflow) -> None:
        self.queue.opt_out(choice, workflow)
        self._drain(workflow)

    def waiting(self) -> int:
        return self.queue.waiting()

    def try_out(self, workflow: Workflow, now: datetime) -> None:
        self.queue.try_out(workflow, now)

    def _drain(self, workflow: Workflow) -> dict[str, Receipt]:
        ports = ports_of(self.tracker, self.queue, workflow)
        while (drained := drain(ports)).is_busy:
            time.sleep(0.01)
        return drained.receipts

    def _settled(self, told: Receipt, stored: dict[str, Enquiry], drained: dict[str, Receipt]) -> Receipt:
        """Another process may have taken it on; then Activity knows."""
        if told.status == "duplicate" or told.lead_id in drained:
            return _in_row(told, drained)
        enquiry = stored[told.lead_id]
        merged = event_id(Kind.MERGED, enquiry.delivery, enquiry.id)
        events = {event.id: event for event in self.tracker.snapshot().events}
        return Receipt("merged", events[merged].lead_id) if merged in events else told


def _in_row(told: Receipt, drained: dict[str, Receipt]) -> Receipt:
    found = drained.get(told.lead_id)
    if found is None:
        return told
    return replace(told, lead_id=found.lead_id) if told.status == "duplicate" else found


def ports_of(tracker: Any, queue: Queue, workflow: Workflow, **changes: Any) -> Ports:
    """What drains; nothing is sent."""
    ports = Ports(
        tracker=tracker,
        store=queue,
        transport=OutboxTransport(Path("nowhere")),
        mailbox=NoMailbox(),
        compose=_no_letter,
        workflow=workflow,
        pause=0.0,
        clock=lambda: datetime.now(UTC),
        sleep=lambda _: None,
        stopping=lambda: False,
        inbox=queue,
    )
    return replace(ports, **changes)


def _no_letter(*_: object) -> Any:
    raise AssertionError("nothing is sent here")
