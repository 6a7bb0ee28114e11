"""A lead's row as its events have it: what stands in the Sheet, on the pages and in an export."""

from collections.abc import Mapping
from datetime import datetime

from sheetflow.workflow.columns import LEAD_FIELDS
from sheetflow.workflow.decide import Decision, Send, Stop, Wait, day, sentence
from sheetflow.workflow.history import History
from sheetflow.workflow.lead import Cell, Lead, Row
from sheetflow.workflow.promise import is_unanswered
from sheetflow.workflow.routing import find_owner
from sheetflow.workflow.sequence import Workflow
from sheetflow.workflow.statuses import PAUSED, canonical
from sheetflow.workflow.typos import mistyped

UNANSWERED = "Nobody has answered yet."  # how Why ends then; the Sheet's red rows go by it
_NOT_UNDERSTOOD = (
    'Next follow-up "{}" isn\'t understood and changes nothing: type a date like 2026-11-24 10:00.'
)


def row_of(lead: Lead, history: History, decision: Decision, workflow: Workflow) -> Row:
    """Every cell of the lead's row, by field. Date-times are wall-clock time in the business's zone."""
    return {
        **{field: getattr(lead, field) for field in LEAD_FIELDS},
        "id": lead.id,
        "notes": lead.notes,
        "details": lead.details,
        "owner": history.owner or lead.owner,
        "priority": history.qualified.priority,
        "received": workflow.local(lead.received) if lead.received else None,
        "status": history.standing,
        "why": _why(lead, history, decision, workflow),
        **_coming(decision, history, workflow),
        **_contacts(lead, history, workflow),
    }


def _coming(decision: Decision, history: History, workflow: Workflow) -> Mapping[str, Cell]:
    """What comes next. If that can't be dated, what a person typed stays for the day it can."""
    step = "" if isinstance(decision, Stop) else decision.step
    at = decision.at if isinstance(decision, Wait) else decision.due if isinstance(decision, Send) else None
    coming = workflow.local(at) if at else history.typed
    return {
        "next_step": step if isinstance(step, str) else step.name,
        # Words that can't be read stay until the next send uses them up.
        "next_follow_up": history.misunderstood or coming,
    }


def _contacts(lead: Lead, history: History, workflow: Workflow) -> Mapping[str, Cell]:
    last = history.sent[-1] if history.sent else None
    first = history.sent[0].at if history.sent else None
    return {
        "last_step": last.step if last else "",
        "last_contact": workflow.local(last.at) if last else None,
        "emails_sent": len(history.sent),
        "first_response": _rounded(minutes_between(lead.received, first)),
        "owner_response": _rounded(minutes_between(lead.received, history.owner_response)),
        "replied": workflow.local(history.replied) if history.replied else None,
    }


def minutes_between(since: datetime | None, at: datetime | None) -> float | None:
    """Minutes, never below 0: a sender's clock may be ahead."""
    return None if since is None or at is None else max(0.0, (at - since).total_seconds() / 60)


def _rounded(minutes: float | None) -> float | None:
    return None if minutes is None else round(minutes, 1)


def _stranger(owner: str, workflow: Workflow) -> str:
    """A sentence about an owner that nobody has told sheetflow about."""
    if not workflow.owners or not owner.strip() or find_owner(owner, workflow):
        return ""
    name = " ".join(owner.split())[:60]
    return f'Owner "{name}" isn\'t in the configuration: mail goes out in the name of the business.'


def _why(lead: Lead, history: History, decision: Decision, workflow: Workflow) -> str:
    if lead.problem:
        return decision.why
    parts = [decision.why]
    if history.asked_again:
        parts.insert(0, f"Asked again on {day(workflow.local(history.asked_again))}.")
    if history.unheeded:
        parts.insert(0, _unheeded(history, workflow))
    if history.replied and canonical(history.standing, workflow.statuses) == PAUSED:
        parts.append(f"Replied on {day(workflow.local(history.replied))}.")
    if not isinstance(decision, Stop):
        parts += filter(None, (mistyped(lead.email), _stranger(history.owner, workflow)))
    if history.misunderstood:
        parts.append(_NOT_UNDERSTOOD.format(history.misunderstood[:60]))
    if is_unanswered(history, workflow):
        parts.append(UNANSWERED)
    return " ".join(parts)


def _unheeded(history: History, workflow: Workflow) -> str:
    came = "a reply" if history.stopped and history.stopped.kind == "replied" else f'"{history.standing}"'
    return sentence(f"You typed {history.unheeded}; {came} came before. Type it again to go on.")
