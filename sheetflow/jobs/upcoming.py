"""The plan of the coming days, from what the ledger holds now."""

from datetime import timedelta

from sheetflow.jobs.ports import Ports
from sheetflow.ledger.settling import brakes_of
from sheetflow.workflow.brakes import DAY
from sheetflow.workflow.plan import Planned, plan


def upcoming(ports: Ports, horizon: timedelta) -> list[Planned]:
    """Raises LedgerUnavailable if the ledger can't be read."""
    now = ports.clock()
    with ports.ledger.reading() as book:
        brakes, sent = brakes_of(book, now), book.sent_since(now - DAY)
        cases, until = book.all_cases(), now + horizon
        return plan(cases, sent, ports.workflow, now, until, brakes, ports.compose.problem)
