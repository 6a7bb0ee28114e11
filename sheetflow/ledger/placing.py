"""What the ledger and a Sheet must know of each other if one of them is new to the other."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import NamedTuple

from sqlalchemy import func, or_, select, update

from sheetflow.ledger import schema
from sheetflow.ledger.book import GONE, Book, parts
from sheetflow.ledger.settling import settle


class Suppressed(NamedTuple):
    """A line of the suppression list; `lead_id` is that of the lead whose status or mail it came from."""

    hash: str
    reason: str
    lead_id: str


def addresses_of(book: Book, lead_ids: Collection[str]) -> dict[str, str]:
    """The hash of each lead's address; empty if it has none."""
    leads = schema.leads
    found = select(leads.c.id, leads.c.address_hash)
    return {
        row.id: row.address_hash
        for part in parts(lead_ids)
        for row in book.connection.execute(found.where(leads.c.id.in_(part)))
    }


def suppressed_by(book: Book, addresses: Mapping[str, str]) -> dict[str, list[Suppressed]]:
    """By lead: its own address, if that is on the list, and the addresses that it put there."""
    suppressed = schema.suppressed
    found = select(suppressed.c.hash, suppressed.c.reason, suppressed.c.lead_id)
    lines = [
        Suppressed(*row)
        for part in parts([*addresses.keys(), *set(addresses.values()) - {""}])
        for row in book.connection.execute(
            found.where(or_(suppressed.c.hash.in_(part), suppressed.c.lead_id.in_(part)))
        )
    ]
    by_lead: dict[str, list[Suppressed]] = defaultdict(list)
    by_hash = {line.hash: line for line in lines}
    for line in by_hash.values():
        by_lead[line.lead_id].append(line)
    return {
        lead_id: list(dict.fromkeys([*by_lead[lead_id], *filter(None, [by_hash.get(hashed)])]))
        for lead_id, hashed in addresses.items()
    }


def place_anew(book: Book, there: Collection[str]) -> int:
    """Leads that stood in the Sheet, and whose IDs aren't `there`, are written anew; says how many.

    Not those whose rows a person deleted.
    """
    leads, is_there = schema.leads, set(there)
    placed = book.lead_ids(leads.c.place.not_in([GONE, ""]))
    lost = [lead_id for lead_id in placed if lead_id not in is_there]
    values = {"place": "", "agreed": "", "carried": "", "fingerprint": "", "problem": "", "is_changed": 1}
    for part in parts(lost):
        book.connection.execute(update(leads).where(leads.c.id.in_(part)).values(**values))
    settle(book, lost, book.time())  # nothing is wrong with their rows any more
    return len(lost)


def newest_of(book: Book, event_ids: Collection[str]) -> int:
    """The number of the last of these events; 0 if the ledger has none of them."""
    events = schema.events
    numbers = (
        book.connection.execute(select(func.max(events.c.number)).where(events.c.event_id.in_(part))).scalar()
        for part in parts(event_ids)
    )
    return max((number or 0 for number in numbers), default=0)
