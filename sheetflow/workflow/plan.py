"""Who gets what and when: the same decisions as a run's, with the clock moved on and nothing sent."""

import heapq
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

from sheetflow.workflow.brakes import Brakes, Place, limited, place, room, room_again
from sheetflow.workflow.decide import Hold, Send, Stop, Wait, label, moment
from sheetflow.workflow.events import Claim, Event, Kind, event_id
from sheetflow.workflow.history import History
from sheetflow.workflow.lead import Lead
from sheetflow.workflow.numbers import cut, printable
from sheetflow.workflow.review import Case, Review, review
from sheetflow.workflow.sequence import Step, Workflow

Action = Literal["send", "wait", "hold", "stop"]
# Why a message can't be made for a lead at a moment, empty if it can.
Problem = Callable[[Lead, History, Step, datetime], str]

WHO = 16  # columns of a printed plan


@dataclass(frozen=True)
class Planned:
    """`at` is in the business's zone, None where it can't be said or nothing is to happen."""

    lead_id: str
    who: str  # one short line, fit to be printed
    step: str
    at: datetime | None
    action: Action
    why: str

    def to_json(self) -> dict[str, str | None]:
        at = self.at.isoformat(timespec="seconds") if self.at else None
        return {"lead_id": self.lead_id, "step": self.step, "at": at, "action": self.action, "why": self.why}


def plan(
    cases: Iterable[Case],
    sent: Iterable[datetime],
    workflow: Workflow,
    now: datetime,
    until: datetime,
    brakes: Brakes,
    problem: Problem = lambda *_: "",
    asleep_since: datetime | None = None,
) -> list[Planned]:
    """Every message until `until`, in order; for a lead that gets none, the one line that says why.

    `sent`: when messages left, the last 24 hours at least. `problem` says why a message can't be made.
    `asleep_since`: when sheetflow ran last; the next run is taken to be now.
    """
    by_lead = {case.lead.id: case for case in cases}
    planning = _Planning(by_lead, list(sent), workflow, now, until, brakes, problem, asleep_since)
    return sorted(planning.lines(), key=_by_time)


def _by_time(line: Planned) -> tuple[bool, float, str]:
    return line.action != "send", line.at.timestamp() if line.at else float("inf"), line.lead_id


class _Planning:
    def __init__(
        self,
        cases: dict[str, Case],
        sent: list[datetime],
        workflow: Workflow,
        now: datetime,
        until: datetime,
        brakes: Brakes,
        problem: Problem,
        asleep_since: datetime | None,
    ) -> None:
        self.problem, self.now, self.asleep_since = problem, now, asleep_since
        self.cases, self.sent, self.workflow, self.until, self.brakes = cases, sent, workflow, until, brakes
        self.queue = [(now, lead_id) for lead_id in cases]  # when to look at which lead; "" at none
        self.due: list[Place] = []  # what goes out next, in the order of a run
        self.served: set[str] = set()

    def lines(self) -> Iterator[Planned]:
        heapq.heapify(self.queue)
        at = self.until
        while self.queue:
            at = self.queue[0][0]
            while self.queue and self.queue[0][0] == at:
                _, lead_id = heapq.heappop(self.queue)
                if lead_id:
                    yield from self._look(lead_id, at)
            yield from self._send_due(at)
        for *_, lead_id in self.due:
            decision = self._decide(lead_id, at).decision
            if isinstance(decision, Send):
                decision = limited(decision, self.sent, self.workflow, at)
            yield from self._settle(lead_id, decision, at)

    def _look(self, lead_id: str, at: datetime) -> Iterator[Planned]:
        """Decides for one lead at one moment; what is decided for later is looked at again then."""
        found = self._decide(lead_id, at)
        if isinstance(found.decision, Send):
            heapq.heappush(self.due, place(lead_id, found.decision, found.was_refused, self.workflow))
        else:
            yield from self._settle(lead_id, found.decision, at)

    def _send_due(self, at: datetime) -> Iterator[Planned]:
        """As many as the daily limit has room for; the rest when it has again."""
        free = room(self.sent, self.workflow, at)
        while self.due and free:
            *_, lead_id = heapq.heappop(self.due)
            found = self._decide(lead_id, at)
            if isinstance(found.decision, Send) and self._is_held(found, found.decision.step, at):
                found = self._decide(lead_id, at)
            if isinstance(found.decision, Send):
                free -= 1
                yield self._send(lead_id, found.decision, at)
            else:
                yield from self._settle(lead_id, found.decision, at)
        if self.due:
            again = room_again(self.sent, self.workflow, at)
            if again <= self.until:
                heapq.heappush(self.queue, (again, ""))

    def _is_held(self, found: Review, step: Step, at: datetime) -> bool:
        """As a run does it, before it claims anything."""
        lead_id, why = found.lead.id, self.problem(found.lead, found.history, step, at)
        name = event_id(Kind.HELD, lead_id, "plan", step.name)
        self._add(lead_id, [Event(at, lead_id, Kind.HELD, name, step.name, why)] if why else [])
        return bool(why)

    def _settle(self, lead_id: str, decision: Wait | Hold | Stop, at: datetime) -> Iterator[Planned]:
        if isinstance(decision, Wait) and decision.at and at < decision.at <= self.until:
            heapq.heappush(self.queue, (decision.at, lead_id))
        elif lead_id not in self.served:
            yield self._line(lead_id, decision)

    def _decide(self, lead_id: str, at: datetime) -> Review:
        asleep_since = self.asleep_since if at == self.now else None
        looked = review(self.cases[lead_id], self.workflow, at, asleep_since)
        self._add(lead_id, looked.new)
        return looked.braked(self.brakes.at(at), self.workflow)

    def _add(self, lead_id: str, events: Iterable[Event]) -> None:
        case = self.cases[lead_id]
        self.cases[lead_id] = replace(case, events=(*case.events, *events))

    def _send(self, lead_id: str, decision: Send, at: datetime) -> Planned:
        step = decision.step
        claim = Claim(lead_id, step.name, decision.attempt)
        self._add(lead_id, (claim.event(Kind.CLAIMED, at, "plan"), claim.event(Kind.SENT, at, "plan")))
        self.sent.append(at)
        self.served.add(lead_id)
        heapq.heappush(self.queue, (at + timedelta(microseconds=1), lead_id))
        when = moment(at, self.workflow)
        return self._planned(lead_id, step.name, at, "send", f"{label(step)} goes out on {when}.")

    def _line(self, lead_id: str, decision: Wait | Hold | Stop) -> Planned:
        match decision:
            case Wait(step, at, why):
                return self._planned(lead_id, step.name, at, "wait", why)
            case Hold(step, why):
                return self._planned(lead_id, step, None, "hold", why)
            case Stop(why):
                return self._planned(lead_id, "", None, "stop", why)

    def _planned(self, lead_id: str, step: str, at: datetime | None, action: Action, why: str) -> Planned:
        lead = self.cases[lead_id].lead
        who = cut(printable(lead.name or lead.email or lead.phone), WHO)
        return Planned(lead_id, who, step, at and at.astimezone(self.workflow.business.zone), action, why)
