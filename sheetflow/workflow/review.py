"""One lead looked at whole: what happened to it, what is decided, and the row that says so."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from sheetflow.workflow.brakes import Brakes, brake
from sheetflow.workflow.counted import Counted, count
from sheetflow.workflow.decide import Decision, Hold, Send, Wait, decide, is_finished
from sheetflow.workflow.events import REFUSED, Claim, Event, Kind, event_id
from sheetflow.workflow.history import Attempt, History, fold
from sheetflow.workflow.lead import Lead, Row
from sheetflow.workflow.projection import row_of
from sheetflow.workflow.sequence import Workflow

LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)  # whatever the clock says, every run looks at it
CLAIM_EXPIRES = timedelta(minutes=15)  # after this nobody can still be sending it
_GONE = "the program ended before the mail server's answer was recorded."


@dataclass(frozen=True)
class Case:
    """A lead with all its events; `suppressed` says why its address gets no mail, empty if it does."""

    lead: Lead
    events: tuple[Event, ...] = ()
    suppressed: str = ""


@dataclass(frozen=True)
class Review:
    """What follows from a case at one moment; `new` are events that it adds to the lead's."""

    case: Case
    new: tuple[Event, ...]
    history: History
    decision: Decision

    @property
    def lead(self) -> Lead:
        return self.case.lead

    def braked(self, brakes: Brakes, workflow: Workflow) -> "Review":
        return replace(self, decision=brake(self.decision, brakes, workflow))

    def is_finished(self, workflow: Workflow) -> bool:
        return is_finished(self.history, workflow)

    @property
    def was_refused(self) -> bool:
        """Whether the mail server stopped all sending at its last attempt."""
        tries = [attempt for steps in self.history.attempts.values() for attempt in steps]
        last = max(tries, key=lambda attempt: attempt.claimed_at, default=None)
        return last is not None and last.outcome is Kind.RELEASED and last.detail.startswith(REFUSED)

    def row(self, workflow: Workflow) -> Row:
        return row_of(self.lead, self.history, self.decision, workflow)

    def counted(self, workflow: Workflow) -> Counted:
        return count(self.lead, self.case.events + self.new, self.history, self.decision, workflow)

    @property
    def look_at(self) -> datetime | None:
        """When the decision may be another one though nothing has happened; None for never."""
        if claims := self.history.open_claims():
            return min(claim.claimed_at for claim in claims) + CLAIM_EXPIRES
        if isinstance(self.decision, Wait):
            return self.decision.at or LONG_AGO
        return LONG_AGO if isinstance(self.decision, Send) else None


def review(case: Case, workflow: Workflow, now: datetime, asleep_since: datetime | None = None) -> Review:
    """Decides; adds which claims nobody will settle any more, and that a person is asked from now on.

    `asleep_since`: when sheetflow ran last, for the first run after it.
    """
    history = _fold(case, workflow)
    new = tuple(_expired(case.lead, attempt, history.stamp(now)) for attempt in _abandoned(history, now))
    if new:
        history = _fold(case, workflow, new)
    decision = decide(case.lead, history, workflow, now, asleep_since)
    if isinstance(decision, Hold) and decision.is_new:
        held = event_id(Kind.HELD, case.lead.id, str(history.holds), decision.step)
        at = history.stamp(now)
        new = (*new, Event(at, case.lead.id, Kind.HELD, held, decision.step, decision.why))
        history = _fold(case, workflow, new)
    return Review(case, new, history, decision)


def _fold(case: Case, workflow: Workflow, new: tuple[Event, ...] = ()) -> History:
    return fold(case.events + new, workflow, case.suppressed, is_finished=case.lead.is_finished)


def _abandoned(history: History, now: datetime) -> Iterable[Attempt]:
    return (attempt for attempt in history.open_claims() if now - attempt.claimed_at >= CLAIM_EXPIRES)


def _expired(lead: Lead, attempt: Attempt, at: datetime) -> Event:
    return Claim(lead.id, attempt.step, attempt.number).event(Kind.UNKNOWN, at, "", _GONE)
