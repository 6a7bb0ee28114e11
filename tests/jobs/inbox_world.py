"""The small business with an inbox in front of its tracker, and a tracker that can be made to fail."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from sheetflow.errors import TrackerRefused, TrackerUnavailable
from sheetflow.inbox.queue import Queue
from sheetflow.jobs.drain import Drained, drain
from sheetflow.jobs.intake import new_lead_id
from sheetflow.jobs.ports import Ports
from sheetflow.tracker.sql import SqlTracker
from sheetflow.workflow.enquiry import Enquiry, Receipt
from sheetflow.workflow.events import Event
from sheetflow.workflow.tracked import Changes, Granted, Only, Snapshot
from tests.jobs.world import World


class Troubled:
    """The real tracker; what goes wrong with it can be set at any time."""

    def __init__(self, tracker: SqlTracker) -> None:
        self.tracker = tracker
        self.is_down = False
        self.loses_answers = False
        self.refuses: Callable[[Changes], bool] = lambda _: False
        self.before_commit: Callable[[], None] = lambda: None
        self.after_claim: Callable[[], None] = lambda: None
        self.commits: list[Changes] = []  # what was tried

    def snapshot(self, only: Only | None = None) -> Snapshot:
        self._reach()
        return self.tracker.snapshot(only)

    def claim(self, claims: Sequence[Event], changes: Changes) -> list[Granted]:
        self._reach()
        won = self.tracker.claim(claims, changes)
        self.after_claim()
        return won

    def commit(self, changes: Changes) -> None:
        self.before_commit()
        self._reach()
        self.commits.append(changes)
        if self.refuses(changes):
            raise TrackerRefused("Invalid requests[0].appendCells: no")
        self.tracker.commit(changes)
        if self.loses_answers:
            raise TrackerUnavailable("the answer was lost")

    def setup(self) -> list[str]:
        return self.tracker.setup()

    def _reach(self) -> None:
        if self.is_down:
            raise TrackerUnavailable("The Sheet can't be reached.")


@dataclass
class InboxWorld(World):
    queue: Queue = field(init=False)
    front: Troubled = field(init=False)

    def begin(self, folder: Path) -> "InboxWorld":
        self.queue = Queue(f"sqlite:///{folder / 'inbox.db'}")
        self.front = Troubled(self.tracker)
        return self

    @property
    def ports(self) -> Ports:
        return replace(super().ports, tracker=self.front, store=self.queue, inbox=self.queue)

    def posts(self, email: str = "lead@example.org", delivery: str = "", **fields: Any) -> Receipt:
        """A lead is stored in the inbox; the tracker doesn't know it yet."""
        enquiry = Enquiry(
            id=new_lead_id(),
            delivery=delivery or new_lead_id(),
            repeat_within=timedelta(minutes=10),
            arrived=self.now,
            email=email,
            **{"name": "Lea Lead", "message": "Hello", **fields},
        )
        return self.queue.store([enquiry], self.workflow)[0]

    def drains(self, **how: Any) -> Drained:
        return drain(self.ports, **how)

    @property
    def emails(self) -> list[str]:
        """Of the rows, in their order."""
        return [lead.email for lead in self.tracker.snapshot().leads]
