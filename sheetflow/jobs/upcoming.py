"""The plan of the coming days, from what the ledger holds now."""

from datetime import datetime, timedelta

from sheetflow.errors import SheetflowError
from sheetflow.jobs.ports import Ports
from sheetflow.jobs.send import held_because
from sheetflow.ledger import state
from sheetflow.ledger.rows import time_of
from sheetflow.ledger.settling import brakes_of
from sheetflow.workflow.brakes import DAY
from sheetflow.workflow.history import History
from sheetflow.workflow.lead import Lead
from sheetflow.workflow.plan import Planned, plan
from sheetflow.workflow.sequence import Step


def upcoming(ports: Ports, horizon: timedelta) -> list[Planned]:
    """Raises LedgerUnavailable if the ledger can't be read."""

    def problem(lead: Lead, history: History, step: Step, at: datetime) -> str:
        try:
            ports.compose(lead, history, step, at, address="")
        except SheetflowError as error:
            return held_because(error)
        return ""

    now = ports.clock()
    with ports.ledger.reading() as book:
        brakes, sent = brakes_of(book, now), book.sent_since(now - DAY)
        cases, asleep_since = book.all_cases(), time_of(book.get(state.LAST_JOB))
        return plan(cases, sent, ports.workflow, now, now + horizon, brakes, problem, asleep_since)
