"""A Sheet as it is after years: a few leads have lived through them, all the others are their copies."""

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from sheetflow.tracker.google_marks import address_hash
from sheetflow.workflow.events import Event, Kind
from sheetflow.workflow.tracked import Changes
from tests.simulation.sheet import DUE, NOW, TALKING, WAITING, Shop, arrival, lead_id

ROWS, EVENTS, DUE_ROWS = 10_000, 60_000, 200
DUE_AT = NOW + timedelta(minutes=1)
# How long ago each wrote first, and how often again; what is sent within a day counts for the daily limit.
LIVED = {
    DUE: (timedelta(days=2), 3),
    WAITING: (timedelta(hours=30), 3),
    TALKING: (timedelta(days=30), 1),
}

Record = dict[str, Any]


def fill(shop: Shop, rows: int = ROWS, due: int = DUE_ROWS) -> list[str]:
    """The addresses of those who are due from `DUE_AT` on; all rows are as a run at `NOW` leaves them."""
    _live(shop)
    owner = shop.fake.owner
    people = {person: shop.rows()[person] for person in LIVED}
    events = owner.records("Activity")
    stories = {person: [one for one in events if one["Lead ID"] == lead_id(person)] for person in LIVED}
    everybody = [(number, _person(number, rows // due)) for number in range(rows)]
    _put(shop, "Leads", (_lead(people[person], number) for number, person in everybody))
    _put(shop, "Activity", (_event(one, number) for number, person in everybody for one in stories[person]))
    return [email(number) for number, person in everybody if person == DUE]


def email(number: int) -> str:
    return f"lead{number}@example.org"


def _live(shop: Shop) -> None:
    tracker = shop.open()
    tracker.setup()
    for person, (age, times) in LIVED.items():
        at = shop.now - age
        again = tuple(_asked_again(person, number, at) for number in range(times))
        tracker.commit(arrival(person, at) + Changes(events=again))
    tracker.close()
    shop.edit(TALKING, "Status", "In conversation")
    shop.job()
    shop.job()


def _asked_again(person: str, number: int, at: datetime) -> Event:
    words = "message: Is it still free in May, and what would it be for two?"
    return Event(
        at + timedelta(minutes=2), lead_id(person), Kind.MERGED, f"merged:h{person}{number}", detail=words
    )


def _person(number: int, every: int) -> str:
    """Those who are due stand all over the table."""
    return DUE if number % every == 0 else (WAITING, TALKING)[number % 2]


def _put(shop: Shop, tab: str, records: Iterator[Record]) -> None:
    shop.fake.owner.fill(tab, [list(record.values()) for record in records], top=2)


def _lead(lived: Record, number: int) -> Record:
    own, address = f"L-{number:010}", email(number)
    mark = {**json.loads(lived["Sheetflow"]), "id": own, "to": address_hash(address)}
    return lived | {
        "Lead ID": own,
        "Name": f"Lead {number}",
        "Email": address,
        "Phone": f"+49 30 {number:08}",
        "Sheetflow": json.dumps(mark),
    }


def _event(lived: Record, number: int) -> Record:
    old, own = lived["Lead ID"], f"L-{number:010}"
    name = str(lived["Event ID"])
    return lived | {
        "Lead ID": own,
        "Message-ID": lived["Message-ID"] and f"<{own}@example.com>",
        "Event ID": name.replace(old, own) if old in name else f"{name}{number}",
    }
