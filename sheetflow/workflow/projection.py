"""The columns of a row as its events have them: what a run writes back, and repairs."""

from collections.abc import Mapping
from datetime import datetime

from sheetflow.workflow.answering import minutes_between, received_at
from sheetflow.workflow.columns import SHARED_FIELDS
from sheetflow.workflow.decide import Decision, Send, Stop, Wait, day
from sheetflow.workflow.history import History
from sheetflow.workflow.lead import Cell, Lead, RowChange, cell_text
from sheetflow.workflow.routing import assign, find_owner
from sheetflow.workflow.sequence import Workflow
from sheetflow.workflow.statuses import PAUSED, canonical
from sheetflow.workflow.typos import mistyped

_NOT_UNDERSTOOD = (
    'Next follow-up "{}" isn\'t understood and changes nothing: type a date like 2026-11-24 10:00.'
)


def project(
    lead: Lead, history: History, decision: Decision, workflow: Workflow, *, misunderstood: bool = False
) -> RowChange | None:
    """What must change in the row so that it says what happened and what comes next; None where nothing.

    `misunderstood`: Next follow-up holds words of a person that are no date; they stay until a send uses
    them up.
    """
    wanted: dict[str, Cell] = {
        "received": lead.received or (workflow.local(history.received) if history.received else None),
        "status": history.standing,
        "owner": _owner(lead, history, workflow),
        **_coming(decision, history, workflow),
        **_contacts(lead, history, workflow),
        "why": _why(lead, history, decision, workflow, misunderstood),
    }
    if misunderstood:
        del wanted["next_follow_up"]
    changed = {field: value for field, value in wanted.items() if _differs(lead, field, value)}
    if not changed:
        return None
    expected = {field: getattr(lead, field) for field in changed if field in SHARED_FIELDS}
    return RowChange(lead.id, changed, expected)


def _differs(lead: Lead, field: str, value: Cell) -> bool:
    """Whether the cell, or sheetflow's memory of it, is another than it should be."""
    text = cell_text(value)
    if field in SHARED_FIELDS and (getattr(lead.mark, field) != text or lead.mark.lead_id != lead.id):
        return True
    return cell_text(getattr(lead, field)) != text


def _owner(lead: Lead, history: History, workflow: Workflow) -> str:
    """As it stands, by rule where it is empty; a row whose mark is another's says nothing, its events do."""
    stands = lead.owner.strip() if lead.mark.lead_id == lead.id else history.owner
    return stands or assign(lead, workflow)


def _coming(decision: Decision, history: History, workflow: Workflow) -> Mapping[str, Cell]:
    """What comes next. Where that can't be dated, what a person typed stays for the day it can."""
    step = "" if isinstance(decision, Stop) else decision.step
    at = decision.at if isinstance(decision, Wait) else decision.due if isinstance(decision, Send) else None
    return {
        "next_step": step if isinstance(step, str) else step.name,
        "next_follow_up": workflow.local(at) if at else history.typed,
    }


def _contacts(lead: Lead, history: History, workflow: Workflow) -> Mapping[str, Cell]:
    last = history.sent[-1] if history.sent else None
    first = history.sent[0].at if history.sent else None
    return {
        "last_step": last.step if last else "",
        "last_contact": workflow.local(last.at) if last else None,
        "emails_sent": len(history.sent),
        "first_response": _minutes(lead, first, history, workflow),
        "owner_response": _minutes(lead, history.owner_response, history, workflow),
        "replied": workflow.local(history.replied) if history.replied else None,
    }


def _minutes(lead: Lead, at: datetime | None, history: History, workflow: Workflow) -> float | None:
    minutes = minutes_between(received_at(lead, history, workflow), at)
    return None if minutes is None else round(minutes, 1)


def _stranger(lead: Lead, workflow: Workflow) -> str:
    """A sentence about an owner that nobody has told sheetflow about."""
    if not workflow.owners or not lead.owner.strip() or find_owner(lead.owner, workflow):
        return ""
    name = " ".join(lead.owner.split())[:60]
    return f'Owner "{name}" isn\'t in the configuration: mail goes out in the name of the business.'


def _why(lead: Lead, history: History, decision: Decision, workflow: Workflow, misunderstood: bool) -> str:
    parts = [decision.why]
    if history.asked_again:
        parts.insert(0, f"Asked again on {day(workflow.local(history.asked_again))}.")
    if history.replied and canonical(history.standing, workflow.statuses) == PAUSED:
        parts.append(f"Replied on {day(workflow.local(history.replied))}.")
    if not isinstance(decision, Stop):
        parts += [remark for remark in (mistyped(lead.email), _stranger(lead, workflow)) if remark]
    if misunderstood:
        parts.append(_NOT_UNDERSTOOD.format(cell_text(lead.next_follow_up)[:60]))
    return " ".join(parts)
