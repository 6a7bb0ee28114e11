"""Leads and events of made-up people, for every test of a tracker."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from sheetflow.workflow.events import Claim, Event, Kind
from sheetflow.workflow.lead import Lead, Mark, cell_text
from sheetflow.workflow.tracked import Changes

NOW = datetime(2026, 3, 24, 9, 0, 0, 123_000, tzinfo=UTC)
ADA, BEN, CLO = "L-ADAADAADAA", "L-BENBENBENB", "L-CLQCLQCLQC"
MORNING = datetime.fromisoformat("2026-03-26 09:30")  # wall-clock time, as a cell holds it


def a_lead(lead_id: str = ADA, **cells: Any) -> Lead:
    """A row whose mark fits it, as sheetflow leaves it."""
    lead = Lead(lead_id, **{"status": "Contacted", "email": f"{lead_id.lower()}@example.com", **cells})
    mark = Mark(lead_id, cell_text(lead.status), cell_text(lead.owner), cell_text(lead.next_follow_up))
    return lead if "mark" in cells else replace(lead, mark=mark)


def lead_id(number: int) -> str:
    return f"L-{number:010d}"


def an_event(
    event_id: str, lead: str = ADA, kind: Kind = Kind.REPLIED, minutes: float = 0, **more: str
) -> Event:
    return Event(NOW + timedelta(minutes=minutes), lead, kind, event_id, **more)


def a_claim(lead: str = ADA, step: str = "follow_up", attempt: int = 1, run: str = "run-1") -> Event:
    return Claim(lead, step, attempt).event(Kind.CLAIMED, NOW, run)


def leads(*rows: Lead) -> Changes:
    return Changes(leads=rows)
