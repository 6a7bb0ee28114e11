"""The list of leads as people look through it: searched, filtered, sorted, a page at a time."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Column, ColumnElement, and_, func, literal, or_, select

from sheetflow.ledger.book import GONE, Book
from sheetflow.ledger.rows import row_from
from sheetflow.ledger.schema import leads
from sheetflow.workflow import statuses
from sheetflow.workflow.lead import Row, phone_key

SEARCHED = ("name", "email", "phone", "service", "location", "message", "source", "notes", "details", "id")
MOST_WORDS = 8  # of a search
# As `Counted.needs_person` has it, by what is kept of each lead.
NEEDS_PERSON = or_(
    *(leads.c.counted.contains(f'"{name}": true') for name in ("is_held", "is_unanswered")),
    leads.c.counted.contains(f'"status": "{statuses.REPLIED}"'),
    leads.c.counted.contains('"bounced_since": "'),
)

SORTS: Mapping[str, tuple[ColumnElement[Any], ...]] = {
    "newest": (leads.c.number.desc(),),
    "oldest": (leads.c.number,),
    # Without a date last; `look_at` is when the next step is due.
    "next": (leads.c.look_at == "", leads.c.look_at, leads.c.number),
    "name": (func.lower(leads.c.name), leads.c.number),
}


@dataclass(frozen=True)
class Wanted:
    """`statuses` are words as they stand in Status, None for all; so is `owner`. `page` counts from 1.

    `is_needy`: those alone that need a person.
    """

    search: str = ""
    is_needy: bool = False
    statuses: Collection[str] | None = None
    owner: str | None = None
    sort: str = "newest"
    page: int = 1
    size: int = 50


@dataclass(frozen=True)
class Listed:
    rows: Sequence[Row]
    total: int  # of all pages
    page: int


@dataclass(frozen=True)
class Census:
    """How many leads there are by word in Status, by Owner, and by whether they need a person.

    Deleted rows don't count.
    """

    counts: Mapping[tuple[str, str, bool], int]

    @property
    def needy(self) -> int:
        return self.matching(Wanted(is_needy=True))

    @property
    def by_status(self) -> Counter[str]:
        return self._by(0)

    @property
    def by_owner(self) -> Counter[str]:
        return self._by(1)

    def matching(self, wanted: Wanted) -> int:
        """Whatever is searched for."""
        return sum(
            count
            for (status, owner, is_needy), count in self.counts.items()
            if (is_needy or not wanted.is_needy)
            and (wanted.statuses is None or status in wanted.statuses)
            and (wanted.owner is None or owner == wanted.owner)
        )

    def _by(self, place: int) -> Counter[str]:
        found: Counter[str] = Counter()
        for names, count in self.counts.items():
            found[str(names[place])] += count
        return found


def census(book: Book) -> Census:
    names = (leads.c.status, leads.c.owner, NEEDS_PERSON.label("is_needy"))
    found = select(*names, func.count()).where(leads.c.place != GONE).group_by(*names)
    lines = book.connection.execute(found)
    return Census({(status, owner, bool(is_needy)): count for status, owner, is_needy, count in lines})


def find(book: Book, wanted: Wanted, known: Census) -> Listed:
    """A page that lies behind the last one is the first."""
    matching = and_(leads.c.place != GONE, *_conditions(wanted, is_sqlite=book.is_sqlite))
    # Only a search has to look at every lead to know how many there are.
    total = func.count().over() if wanted.search else literal(known.matching(wanted))
    found = select(leads.c.id, total).where(matching).order_by(*SORTS[wanted.sort])
    part = found.limit(wanted.size).offset((wanted.page - 1) * wanted.size)
    lines = book.connection.execute(part).all()
    if not lines and wanted.page > 1:
        return find(book, replace(wanted, page=1), known)
    ids = [lead_id for lead_id, _ in lines]
    texts = book.connection.execute(select(leads.c.id, leads.c.row).where(leads.c.id.in_(ids)))
    rows = {lead_id: row_from(text) for lead_id, text in texts}
    return Listed([rows[lead_id] for lead_id in ids], lines[0][1] if lines else 0, wanted.page)


def newest(book: Book, most: int) -> list[Row]:
    found = select(leads.c.row).where(leads.c.place != GONE).order_by(*SORTS["newest"]).limit(most)
    return list(map(row_from, book.connection.execute(found).scalars()))


def _conditions(wanted: Wanted, *, is_sqlite: bool) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.is_needy:
        found.append(NEEDS_PERSON)
    if wanted.statuses is not None:
        found.append(leads.c.status.in_(wanted.statuses))
    if wanted.owner is not None:
        found.append(leads.c.owner == wanted.owner)
    if words := wanted.search.split()[:MOST_WORDS]:
        everywhere = and_(*(_stands_somewhere(word, is_sqlite=is_sqlite) for word in words))
        number = phone_key(wanted.search)
        found.append(or_(leads.c.phone_key == number, everywhere) if number else everywhere)
    return found


def _stands_somewhere(word: str, *, is_sqlite: bool) -> ColumnElement[bool]:
    """In what the lead said or people wrote about it, however it is capitalised."""
    # Both databases know the capitals of ASCII, and not always those of other letters: they are tried.
    spellings = (word,) if word.isascii() else dict.fromkeys((word.lower(), word.upper(), word.capitalize()))
    columns = [leads.c[name] for name in SEARCHED]
    return or_(*(_holds(column, one, is_sqlite) for one in spellings for column in columns))


def _holds(column: Column[str], word: str, is_sqlite: bool) -> ColumnElement[bool]:
    """SQLite's LIKE needs no `lower`, which would take it longer."""
    if is_sqlite:
        return column.contains(word, autoescape=True)
    return column.icontains(word, autoescape=True)
