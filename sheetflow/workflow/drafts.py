"""A first response whose opening a person reads before it leaves: for how long it waits."""

from datetime import datetime

from sheetflow.workflow.history import History
from sheetflow.workflow.sequence import Workflow


def waits_until(history: History, workflow: Workflow, now: datetime) -> datetime | None:
    """Until when it waits at `now` (aware); then it leaves without the opening. None if it doesn't wait."""
    has_begun = history.attempts or history.done
    if has_begun or not history.qualified.draft or history.received is None:
        return None
    until = history.received + workflow.sending.sla
    # Before its arrival: the clock was set back, and nobody knows for how long that would be.
    return until if history.received <= now < until else None
