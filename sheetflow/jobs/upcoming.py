"""The plan of the coming days, from what the tracker holds now."""

from datetime import timedelta

from sheetflow.jobs.ports import Ports
from sheetflow.workflow import tracked
from sheetflow.workflow.brakes import Brakes, blocked_why
from sheetflow.workflow.plan import Planned, plan


def upcoming(ports: Ports, horizon: timedelta) -> list[Planned]:
    """Raises TrackerUnavailable where the tracker can't be read."""
    now, snapshot = ports.clock(), ports.tracker.snapshot()
    blocked = blocked_why(snapshot.control.get(tracked.BLOCKED, ""), now, ports.workflow)
    brakes = Brakes(snapshot.control.get(tracked.SENDING, ""), blocked)
    return plan(snapshot, ports.workflow, now, now + horizon, brakes)
