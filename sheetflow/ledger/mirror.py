"""The ledger's side of the Sheet: what is known of each lead's row there, and of the last batch."""

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from sqlalchemy import func, select, update

from sheetflow.ledger import schema, state
from sheetflow.ledger.book import GONE, Book, parts
from sheetflow.ledger.rows import event_of, row_from
from sheetflow.workflow.events import Event
from sheetflow.workflow.lead import Row

# Places of a lead besides GONE; empty: it has never been written, or is to be written anew.
THERE = "there"
MISSING = "missing"  # its row is gone, but that isn't taken for a person's wish

_BRIEF = ("id", "place", "fingerprint", "status", "problem")


class Brief(NamedTuple):
    """As much as a look needs of every lead."""

    id: str
    place: str
    fingerprint: str
    status: str
    problem: str


@dataclass(frozen=True)
class Mirrored:
    """One lead's row on both sides; the texts are spelled as `cell_text` spells them.

    `wanted` is how the ledger would have it, `agreed` what both sides held last, `carried` what batches took
    there of which nobody knows yet whether they landed. Fields in `kept` are never written.
    """

    id: str
    wanted: Row
    agreed: Mapping[str, str] = field(default_factory=dict)
    carried: Mapping[str, list[str]] = field(default_factory=dict)
    kept: frozenset[str] = frozenset()
    place: str = THERE
    problem: str = ""


def briefs(book: Book) -> list[Brief]:
    columns = (schema.leads.c[name] for name in _BRIEF)
    found = book.connection.execute(select(*columns).order_by(schema.leads.c.number))
    return [Brief(*row) for row in found]


def mirrored(book: Book, lead_ids: Collection[str]) -> dict[str, Mirrored]:
    found = {}
    for some in parts(lead_ids):
        wanted = select(schema.leads).where(schema.leads.c.id.in_(some))
        for row in book.connection.execute(wanted).mappings():
            found[row["id"]] = Mirrored(
                row["id"],
                row_from(row["row"]),
                json.loads(row["agreed"] or "{}"),
                json.loads(row["carried"] or "{}"),
                frozenset(json.loads(row["kept"] or "[]")),
                row["place"],
                row["problem"],
            )
    return found


def changed(book: Book) -> list[str]:
    """Leads of which the Sheet lacks something, in order of arrival."""
    leads = schema.leads
    return book.lead_ids((leads.c.is_changed == 1) & (leads.c.place.not_in([GONE, MISSING])))


@dataclass(frozen=True)
class Due:
    """What the Sheet lacks at one moment: these leads, and events up to this number."""

    lead_ids: frozenset[str]
    event: int


def due(book: Book) -> Due:
    newest = select(func.max(schema.events.c.number))
    return Due(frozenset(changed(book)), book.connection.execute(newest).scalar() or 0)


def agree(book: Book, lead_id: str, agreed: Mapping[str, str], *, is_changed: bool) -> None:
    """What both sides hold now; if nothing differs the next look keeps the fingerprint."""
    values = {"agreed": _json(agreed), "place": THERE, "fingerprint": "", "is_changed": int(is_changed)}
    book.change(lead_id, values)


def carry(book: Book, one: Mirrored, texts: Mapping[str, str]) -> None:
    """Remembers what a batch is about to take to the lead's row."""
    more = {name: [*one.carried.get(name, []), text][-5:] for name, text in texts.items()}
    book.change(one.id, {"carried": _json({**one.carried, **more})})


def arrive(book: Book, number: int, activity: int) -> None:
    """A batch has landed: those before it can't any more."""
    leads = schema.leads
    book.put(state.SHEET_NUMBER, str(number))
    book.put(state.SHEET_BATCH, "")
    book.put(state.SHEET_ACTIVITY, str(max(activity, activity_of(book))))
    book.connection.execute(update(leads).where(leads.c.carried != "").values(carried=""))


def number_of(book: Book) -> int:
    return int(book.get(state.SHEET_NUMBER) or 0)


def activity_of(book: Book) -> int:
    return int(book.get(state.SHEET_ACTIVITY) or 0)


def lines(book: Book, after: int, most: int) -> Iterator[tuple[int, Event]]:
    """Events that Activity lacks, with their numbers."""
    events = schema.events
    found = select(events).where(events.c.number > after).order_by(events.c.number).limit(most)
    for row in book.connection.execute(found).mappings():
        yield row["number"], event_of(row)


def keep(book: Book, lead_id: str, fields: Collection[str]) -> None:
    """Cells that were filled before their row was adopted."""
    book.change(lead_id, {"kept": _json(sorted(fields))})


def look_again(book: Book) -> None:
    """Every row is to be compared with what it should be."""
    leads = schema.leads
    book.connection.execute(update(leads).where(leads.c.place == THERE).values(is_changed=1))


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
