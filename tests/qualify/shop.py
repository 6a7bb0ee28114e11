"""A small business for tests of one thing at a time, and its wall-clock times."""

from dataclasses import replace
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from sheetflow.workflow.lead import Lead
from sheetflow.workflow.qualify import Rules
from sheetflow.workflow.sequence import Business, Owner, Step, Window, Workflow

BERLIN = ZoneInfo("Europe/Berlin")
GOOD_FRIDAY, EASTER_MONDAY = date(2026, 4, 3), date(2026, 4, 6)
RULES = Rules(
    services={"Leak repair": ("leak*", "burst pipe", "*rohrbruch*"), "Bathroom": ("bathroom", "badezimmer")},
    urgency={
        "now": ("urgent*", "asap", "sofort", "eilt"),
        "soon": ("this week", "bald"),
        "later": ("no rush", "next year"),
    },
    locations={"Boston": ("Boston", "Cambridge", "021*")},
    outside=("New York", "Providence"),
    budget=("budget", "quote"),
    sources=("referral",),
    unwanted=("backlink*", "SEO"),
)
SHOP = Workflow(
    Business("Ada's Studio", "Ada", "ada@example.com", "1 Example Street", BERLIN, "DE"),
    Window(frozenset(range(5)), time(9), time(17), {GOOD_FRIDAY, EASTER_MONDAY}),
    (Step("first_response", 1, "first_response", anytime=True), Step("follow_up", 3, "follow_up")),
    rules=RULES,
)
TUESDAY = "2026-03-24 10:00"


def at(text):
    """UTC of a wall-clock time, "2026-03-24 10:00"."""
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN).astimezone(UTC)


def lead(message="", **fields):
    return Lead(id=fields.pop("id", "L-2222222222"), message=message, **fields)


def team(*owners, **changes):
    return replace(SHOP, owners=owners, **changes)


def person(name, **takes):
    return Owner(name, f"{name.casefold()}@example.com", **takes)
