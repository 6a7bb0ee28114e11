"""One lead looked at whole: what people did to it, what it waits for, and the row that says so."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sheetflow.workflow.brakes import Brakes, brake
from sheetflow.workflow.decide import Decision, Hold, decide
from sheetflow.workflow.edits import find_edits, is_misunderstood, new_suppression, typed_cells
from sheetflow.workflow.events import Claim, Event, Kind, event_id
from sheetflow.workflow.history import History, fold
from sheetflow.workflow.lead import Cell, Lead, Mark, RowChange, cell_text
from sheetflow.workflow.projection import project
from sheetflow.workflow.sequence import Workflow
from sheetflow.workflow.tracked import Changes, Snapshot

CLAIM_EXPIRES = timedelta(minutes=15)  # after this nobody can still be sending it


@dataclass(frozen=True)
class Review:
    """A lead with all its events; `new` is what of it isn't in the tracker yet."""

    lead: Lead
    events: tuple[Event, ...]
    new: Changes
    history: History
    decision: Decision

    def braked(self, brakes: Brakes, workflow: Workflow) -> "Review":
        return replace(self, decision=brake(self.decision, brakes, workflow))


def review(
    lead: Lead, events: Iterable[Event], snapshot: Snapshot, workflow: Workflow, now: datetime, run: str
) -> Review:
    """Records what people typed and which claims nobody will settle, then decides."""
    known = tuple(events)
    suppression = snapshot.suppression(lead.email)
    reason = suppression.reason if suppression else ""
    history = fold(known, workflow, reason)
    at = history.stamp(now)
    new = _expired(lead, history, now, at, run)
    day_first = snapshot.day_first
    edits = () if lead.problem else find_edits(lead, history, workflow, at, day_first=day_first)
    edits = tuple(replace(event, run=run) for event in edits)
    typed = {} if lead.problem else typed_cells(lead, workflow, at, day_first=day_first)
    new += edits
    lead, rows = _as_baseline(lead, typed)
    lines = new_suppression(edits, lead, workflow, snapshot)
    if new:
        reason = lines[0].reason if lines else reason
        history = fold(known + new, workflow, reason)
    decision = decide(lead, history, workflow, now)
    if isinstance(decision, Hold) and decision.is_new:
        held = event_id(Kind.HELD, lead.id, str(history.holds), decision.step)
        new = (*new, Event(at, lead.id, Kind.HELD, held, decision.step, decision.why, run=run))
        history = fold(known + new, workflow, reason)
    return Review(lead, known + new, Changes(events=new, rows=rows, suppress=lines), history, decision)


def row_of(
    reviewed: Review, snapshot: Snapshot, workflow: Workflow, now: datetime, *, has_sent: bool = False
) -> RowChange | None:
    """What must change in the lead's row; None where it says it all already.

    A send of this run uses up what stands in Next follow-up, understood or not.
    """
    if reviewed.lead.problem and reviewed.lead.mark.lead_id != reviewed.lead.id:
        return None
    misunderstood = is_misunderstood(reviewed.lead, workflow, now, day_first=snapshot.day_first)
    return project(
        reviewed.lead,
        reviewed.history,
        reviewed.decision,
        workflow,
        misunderstood=misunderstood and not has_sent,
    )


def _as_baseline(lead: Lead, typed: Mapping[str, Cell]) -> tuple[Lead, tuple[RowChange, ...]]:
    """What a person typed is what sheetflow compares with from now on; the cells stay as they are."""
    if not typed:
        return lead, ()
    remembered = {field: cell_text(value) for field, value in typed.items()}
    mark: Mark = replace(lead.mark, **remembered)
    return replace(lead, mark=mark), (RowChange(lead.id, typed, typed),)


def _expired(lead: Lead, history: History, now: datetime, at: datetime, run: str) -> tuple[Event, ...]:
    detail = "the program ended before the mail server's answer was recorded."
    return tuple(
        Claim(lead.id, attempt.step, attempt.number).event(Kind.UNKNOWN, at, run, detail)
        for attempt in history.open_claims()
        if now - attempt.claimed_at >= CLAIM_EXPIRES
    )
