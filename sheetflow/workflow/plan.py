"""Who gets what and when: the same decisions as a run's, with the clock moved on and nothing sent."""

import heapq
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from sheetflow.workflow.brakes import Brakes, brake, limited, room
from sheetflow.workflow.decide import Hold, Send, Stop, Wait, label, moment
from sheetflow.workflow.events import Claim, Event, Kind
from sheetflow.workflow.review import Review, review
from sheetflow.workflow.sequence import Workflow
from sheetflow.workflow.tracked import Snapshot

Action = Literal["send", "wait", "hold", "stop"]


@dataclass(frozen=True)
class Planned:
    """`at` is in the business's zone, None where it can't be said or nothing is to happen."""

    lead_id: str
    step: str
    at: datetime | None
    action: Action
    why: str

    def to_json(self) -> dict[str, str | None]:
        at = self.at.isoformat(timespec="seconds") if self.at else None
        return {"lead_id": self.lead_id, "step": self.step, "at": at, "action": self.action, "why": self.why}


def plan(
    snapshot: Snapshot, workflow: Workflow, now: datetime, until: datetime, brakes: Brakes
) -> list[Planned]:
    """Every message until `until`, in order; for a lead that gets none, the one line that says why."""
    return sorted(_Planning(snapshot, workflow, now, until, brakes).lines(), key=_by_time)


def _by_time(line: Planned) -> tuple[bool, float, str]:
    return line.action != "send", line.at.timestamp() if line.at else float("inf"), line.lead_id


class _Planning:
    def __init__(
        self, snapshot: Snapshot, workflow: Workflow, now: datetime, until: datetime, brakes: Brakes
    ) -> None:
        self.snapshot, self.workflow, self.until, self.brakes = snapshot, workflow, until, brakes
        self.sent = list(snapshot.sent_recently)
        self.leads = {lead.id: lead for lead in snapshot.leads}
        self.events: dict[str, tuple[Event, ...]] = defaultdict(tuple)
        for event in snapshot.events:
            self.events[event.lead_id] += (event,)
        # First responses go first where two are due at once.
        self.queue = [(now, True, lead_id) for lead_id in self.leads]
        heapq.heapify(self.queue)
        self.served: set[str] = set()

    def lines(self) -> Iterator[Planned]:
        while self.queue:
            at, _, lead_id = heapq.heappop(self.queue)
            yield from self._look(lead_id, at)

    def _look(self, lead_id: str, at: datetime) -> Iterator[Planned]:
        """Decides for one lead at one moment; what is decided for later is put back into the queue."""
        looked = review(self.leads[lead_id], self.events[lead_id], self.snapshot, self.workflow, at, "")
        # What a person typed counts from now on, not from each later moment that is looked at.
        self.leads[lead_id], self.events[lead_id] = looked.lead, looked.events
        decision = brake(looked.decision, self.brakes, self.workflow)
        if isinstance(decision, Send) and not room(self.sent, self.workflow, at):
            decision = limited(decision, self.sent, self.workflow, at)
        if isinstance(decision, Send):
            yield self._send(looked, decision, at)
        elif isinstance(decision, Wait) and decision.at and at < decision.at <= self.until:
            heapq.heappush(self.queue, (decision.at, decision.step != self.workflow.first, lead_id))
        elif lead_id not in self.served:
            yield self._line(lead_id, decision)

    def _send(self, looked: Review, decision: Send, at: datetime) -> Planned:
        lead, step = looked.lead, decision.step
        claim = Claim(lead.id, step.name, decision.attempt)
        happens = (claim.event(Kind.CLAIMED, at, "plan"), claim.event(Kind.SENT, at, "plan"))
        self.events[lead.id] = looked.events + happens
        self.sent.append(at)
        self.served.add(lead.id)
        heapq.heappush(self.queue, (at + timedelta(microseconds=1), True, lead.id))
        when = moment(at, self.workflow)
        return Planned(lead.id, step.name, self._local(at), "send", f"{label(step)} goes out on {when}.")

    def _line(self, lead_id: str, decision: Wait | Hold | Stop) -> Planned:
        match decision:
            case Wait(step, at, why):
                return Planned(lead_id, step.name, self._local(at), "wait", why)
            case Hold(step, why):
                return Planned(lead_id, step, None, "hold", why)
            case Stop(why):
                return Planned(lead_id, "", None, "stop", why)

    def _local(self, at: datetime | None) -> datetime | None:
        return at.astimezone(self.workflow.business.zone) if at else None
