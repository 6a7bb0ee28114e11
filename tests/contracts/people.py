"""Enquiries and events of made-up people, for every test of a ledger."""

from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sheetflow.workflow.enquiry import Enquiry
from sheetflow.workflow.events import Claim, Event, Kind
from sheetflow.workflow.sequence import Business, Owner, Step, Window, Workflow

NOW = datetime(2026, 3, 24, 9, 0, 0, 123_000, tzinfo=UTC)
ADA, BEN, CLO = "L-ADAADAADAA", "L-BENBENBENB", "L-CLQCLQCLQC"
TEN_MINUTES = timedelta(minutes=10)
WORKFLOW = Workflow(
    Business(
        "Ada's Studio", "Ada", "studio@example.com", "1 Example Street", ZoneInfo("Europe/Berlin"), "DE"
    ),
    Window(frozenset(range(5)), time(9), time(17)),
    (Step("first_response", 1, "first_response", anytime=True), Step("follow_up", 3, "follow_up")),
    owners=(Owner("Grace", "grace@example.com"),),
)


def lead_id(number: int) -> str:
    return f"L-{number:010d}"


def an_enquiry(lead: str = ADA, *, minutes: float = 0.0, delivery: str = "", **fields: Any) -> Enquiry:
    said = {"email": f"{lead.lower()}@example.com", "message": "Hello", "repeat_within": TEN_MINUTES}
    return Enquiry(
        id=lead,
        delivery=delivery or f"delivery of {lead}",
        arrived=NOW + timedelta(minutes=minutes),
        **{**said, **fields},
    )


def an_event(
    event_id: str, lead: str = ADA, kind: Kind = Kind.REPLIED, minutes: float = 0, **more: str
) -> Event:
    return Event(NOW + timedelta(minutes=minutes), lead, kind, event_id, **more)


def a_claim(lead: str = ADA, step: str = "first_response", attempt: int = 1) -> Claim:
    return Claim(lead, step, attempt)
