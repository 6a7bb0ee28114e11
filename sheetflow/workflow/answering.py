"""How long a lead waited for an answer."""

from datetime import UTC, datetime, timedelta

from sheetflow.workflow.history import History
from sheetflow.workflow.lead import Lead
from sheetflow.workflow.sequence import Workflow

_AHEAD = timedelta(hours=2)  # no sender's clock is so far ahead, summer time included


def received_at(lead: Lead, history: History, workflow: Workflow) -> datetime | None:
    """When the lead came in: Received where it names an earlier time than the arrival's.

    Received has no zone and full seconds. In the hour that a change to winter time doubles it names two
    moments, and the one nearer to the arrival is meant.
    """
    arrived, cell, zone = history.received, lead.received, workflow.business.zone
    if not isinstance(cell, datetime):
        return arrived
    try:
        readings = [cell.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1)]
    except OverflowError:  # typed: the year 1, or 9999
        return arrived
    if arrived is None:
        return readings[0]
    local = workflow.local(arrived)
    if cell in (local, local.replace(second=0)) or cell - local > _AHEAD:
        return arrived
    return min(readings, key=lambda at: abs(at - arrived))


def minutes_between(since: datetime | None, at: datetime | None) -> float | None:
    """Minutes, never below 0: a sender's clock may be ahead."""
    return None if since is None or at is None else max(0.0, (at - since).total_seconds() / 60)
