"""What owners have to be told of, and what they were told."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import and_, not_, select

from sheetflow.ledger import schema
from sheetflow.ledger.book import GONE, Book
from sheetflow.ledger.rows import event_of
from sheetflow.workflow.events import Event, Kind, iso
from sheetflow.workflow.promise import THE_BUSINESS

_NEWS = (Kind.RECEIVED, Kind.MERGED, Kind.SLA_MISSED)


def news_since(book: Book, at: datetime) -> list[Event]:
    """What somebody is to be told of, in the order of happening."""
    return _since(book, at, _NEWS)


def told_since(book: Book, at: datetime) -> list[Event]:
    return _since(book, at, (Kind.NOTIFIED,))


def unanswered(book: Book, without: Collection[str], since: datetime) -> list[str]:
    """Leads that no person has been in contact with, and not everybody was told of, but for some statuses."""
    leads, events = schema.leads, schema.events
    answered = select(events.c.lead_id).where(events.c.event == Kind.OWNER_RESPONSE.value)
    told = select(events.c.lead_id).where(
        events.c.event == Kind.SLA_MISSED.value, events.c.detail.startswith(THE_BUSINESS, autoescape=True)
    )
    waiting = and_(
        leads.c.status.not_in(without),
        leads.c.place != GONE,
        leads.c.received >= iso(since),
        not_(leads.c.id.in_(answered)),
        not_(leads.c.id.in_(told)),
    )
    return book.lead_ids(waiting)


def _since(book: Book, at: datetime, kinds: tuple[Kind, ...]) -> list[Event]:
    events = schema.events
    found = (
        select(events)
        .where(events.c.event.in_([kind.value for kind in kinds]), events.c.at >= iso(at))
        .order_by(events.c.number)
    )
    return [event_of(row) for row in book.connection.execute(found).mappings()]
