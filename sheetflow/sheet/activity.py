"""Lines of Activity: events as people read them, and as `restore` reads them back."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from sheetflow.ledger.book import Book
from sheetflow.ledger.placing import Suppressed, addresses_of, suppressed_by
from sheetflow.ledger.restoring import Line, Mark
from sheetflow.workflow.details import split_word
from sheetflow.workflow.edits import SUPPRESSING
from sheetflow.workflow.events import TEMPORARY, Event, Kind
from sheetflow.workflow.statuses import canonical

BARRING = frozenset({Kind.BOUNCED, Kind.UNSUBSCRIBED, Kind.COMPLAINED, Kind.FORGOTTEN})

_MARK = re.compile(r"([0-9a-f]{8,64}):([0-9a-f]{64})(?: ([^\];]*))?")
_MARKS = re.compile(rf" ?\[{_MARK.pattern}(?:; {_MARK.pattern})*\]\Z")


def lines_of(book: Book, events: Sequence[Event]) -> list[dict[str, str]]:
    """By the fields of Activity's columns. Events that are about a suppressed address carry its hash."""
    about = [event for event in events if is_about_an_address(event, book.workflow.statuses)]
    lead_ids = dict.fromkeys((event.lead_id for event in about), "")
    addresses = {**lead_ids, **addresses_of(book, lead_ids)}  # a forgotten lead isn't there any more
    listed = suppressed_by(book, addresses)
    marks = {event.id: list(_marks(event, addresses, listed, book.salt)) for event in about}
    return [_line(event, marks.get(event.id, ())) for event in events]


def read_line(cells: Mapping[str, str]) -> Line:
    """Raises ValueError for a line that isn't one of ours any more."""
    detail, marks = _split(cells["detail"])
    at = datetime.fromisoformat(cells["at"])
    if at.tzinfo is None:
        raise ValueError("a time without a zone")
    event = Event(
        at.astimezone(UTC),
        cells["lead_id"],
        Kind(cells["event"]),
        cells["event_id"],
        cells["step"],
        detail,
        cells["message_id"],
        cells["run"],
    )
    if not event.id or not event.lead_id:
        raise ValueError("a line without an ID")
    return (
        Line(event, marks)
        if marks and event.kind in _MARKED
        else Line(replace(event, detail=cells["detail"]))
    )


_MARKED = BARRING | {Kind.STATUS, Kind.RESUBSCRIBED}


def is_about_an_address(event: Event, statuses: Mapping[str, str]) -> bool:
    """Whether it puts an address on the suppression list, or takes it off."""
    if event.kind is Kind.STATUS:
        return canonical(split_word(event.detail)[0], statuses) in SUPPRESSING
    is_temporary = event.kind is Kind.BOUNCED and event.detail.startswith(TEMPORARY)
    return event.kind is Kind.RESUBSCRIBED or (event.kind in BARRING and not is_temporary)


def _marks(
    event: Event, addresses: Mapping[str, str], listed: Mapping[str, Sequence[Suppressed]], salt: str
) -> Iterator[Mark]:
    """An address that is taken off is named too, though it isn't on the list any more."""
    if event.kind is Kind.RESUBSCRIBED:
        if hashed := addresses.get(event.lead_id):
            yield Mark(salt, hashed)
        return
    for one in listed.get(event.lead_id, ()):
        yield Mark(salt, one.hash, one.reason)


def _line(event: Event, marks: Sequence[Mark]) -> dict[str, str]:
    line = event.line()
    if marks:
        told = "; ".join(f"{one.salt}:{one.hash} {one.reason}".strip() for one in marks)
        line["detail"] = f"{event.detail} [{told}]".strip()
    elif event.kind in _MARKED and _split(event.detail)[1]:
        line["detail"] += "."  # somebody's words that look like a mark of ours
    return line


def _split(detail: str) -> tuple[str, tuple[Mark, ...]]:
    found = _MARKS.search(detail)
    if not found:
        return detail, ()
    marks = (Mark(*(part or "" for part in one.groups())) for one in _MARK.finditer(found[0]))
    return detail[: found.start()], tuple(marks)
