"""A business with its Sheet: leads come in, the owner types, the two sides are synced, a clock jumps."""

import itertools
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from sheetflow.ledger import arrivals, editing, mirror, schema, state
from sheetflow.ledger.ledger import Ledger
from sheetflow.ledger.settling import settle
from sheetflow.sheet.api import Api
from sheetflow.sheet.cells import cell_of, value_of
from sheetflow.sheet.sync import GoogleSheet
from sheetflow.workflow.columns import BY_FIELD, COLUMNS
from sheetflow.workflow.edits import Edit
from sheetflow.workflow.events import Claim, Event, Kind
from sheetflow.workflow.lead import cell_text
from sheetflow.workflow.looked import Looked
from tests.fakes.sheets import FakeSheets
from tests.fakes.sheets_owner import Owner
from tests.sheet.conftest import NOW, WORKFLOW, enquiry

ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ"


def lead_id(number: int) -> str:
    letters = (ALPHABET[number // 24**place % 24] for place in range(3))
    return "L-2222222" + "".join(letters)


class World:
    def __init__(self, fake: FakeSheets, url: str) -> None:
        self.fake, self.owner = fake, fake.owner
        self.now: datetime = NOW
        self.ledger = Ledger(url, WORKFLOW, self.time)
        self.sheet = self.connects()
        self.looked = Looked("")
        self._messages = itertools.count()

    def time(self) -> datetime:
        return self.now

    def connects(self, ledger: Ledger | None = None) -> GoogleSheet:
        """Another process with the same ledger, or another."""
        fake = self.fake
        api = Api(fake.spreadsheet_id, fake.service_account_json, fake.url, lambda _: None)
        return GoogleSheet(api, ledger or self.ledger, self.time, lambda _: None)

    def close(self) -> None:
        self.sheet.close()
        self.ledger.close()

    def passes(self, **time: float) -> None:
        self.now += timedelta(**time)

    def arrives(self, number: int, **fields: Any) -> str:
        one = lead_id(number)
        said = {"name": f"Person {number}", "phone": f"+49 30 55500{number:03d}", **fields}
        with self.ledger.writing() as book:
            arrivals.store(book, [enquiry(one, self.now, **said)])
        return one

    def syncs(self, *, numbers: bool = False) -> Looked:
        self.passes(seconds=61)
        self.looked = self.sheet.look(whole=True)
        self.sheet.write(numbers=numbers)
        return self.looked

    def sends(self, lead: str, step: str = "first_response") -> None:
        claim = Claim(lead, step, 1)
        with self.ledger.writing() as book:
            book.claim(claim, "run", f"<sf.{next(self._messages)}@example.com>")
            book.close(claim.event(Kind.SENT, self.now, "run", "Hello"))
            settle(book, [lead], self.now)

    def replies(self, lead: str) -> None:
        event = Event(self.now, lead, Kind.REPLIED, f"replied:{lead}:{self.now}", detail="Yes, please")
        with self.ledger.writing() as book:
            book.record([event])
            settle(book, [lead], self.now)

    def edits(self, lead: str, field: str, value: str, shown: str = "") -> None:
        """On a page or by a command."""
        with self.ledger.writing() as book:
            editing.apply_edits(book, [Edit(lead, field, value, shown)], self.now, day_first=True)

    def types(self, lead: str, header: str, text: str) -> None:
        self.owner.type_in("Leads", self.row(lead), header, text)

    def row(self, lead: str) -> int:
        row = self.owner.find("Leads", "Lead ID", lead)
        assert row, f"{lead} isn't in the Sheet"
        return row

    def cells(self, lead: str) -> dict[str, Any]:
        return next(row for row in self.owner.records("Leads") if row["Lead ID"] == lead)

    def ids(self) -> list[str]:
        return [row["Lead ID"] for row in self.owner.records("Leads") if row["Lead ID"]]

    def control(self) -> dict[str, str]:
        return {line["Setting"]: line["Value"] for line in self.owner.records("Control")}

    def kept(self, name: str) -> str:
        with self.ledger.reading() as book:
            return book.get(name)

    def lead(self, lead: str) -> Any:
        with self.ledger.reading() as book:
            found = schema.leads.select().where(schema.leads.c.id == lead)
            return book.connection.execute(found).mappings().one()

    def events(self, lead: str, *kinds: Kind) -> list[Event]:
        with self.ledger.reading() as book:
            return [one for one in book.events([lead])[lead] if not kinds or one.kind in kinds]

    def differences(self) -> list[str]:
        return differences(self.ledger, self.owner)


def differences(ledger: Ledger, owner: Owner) -> list[str]:
    """Where Sheet and ledger don't say the same; none after a clean sync."""
    found = []
    with ledger.reading() as book:
        briefs = mirror.briefs(book)
        twins = mirror.mirrored(book, [one.id for one in briefs if one.place == mirror.THERE])
        open_batch = book.get(state.SHEET_BATCH)
    rows = owner.records("Leads")
    headers = {column.header for column in COLUMNS} & set(rows[0] if rows else ())
    for one in twins.values():
        own = [row for row in rows if row["Lead ID"] == one.id]
        if len(own) != 1:
            found.append(f"{one.id} stands in {len(own)} rows")
            continue
        for column in COLUMNS:
            if column.header not in headers or column.field in one.kept or column.field == "id":
                continue
            wanted = cell_text(cell_of(value_of(one.wanted[column.field]), column))
            stands = cell_text(cell_of(own[0][column.header] or None, column))
            if column.type.value == "number" and own[0][column.header] == 0:
                stands = "0"
            if wanted != stands:
                found.append(f"{one.id} {column.header}: {stands!r} stands, {wanted!r} is wanted")
            if one.agreed.get(column.field, "") != stands:
                found.append(f"{one.id} {column.header}: agreed is {one.agreed.get(column.field)!r}")
    found += [
        f"a row says {row['Lead ID']}" for row in rows if row["Lead ID"] and row["Lead ID"] not in twins
    ]
    return [*found, *(["a batch is open"] if open_batch else [])]


Edits = Callable[[World], None]
__all__ = ["BY_FIELD", "World", "lead_id"]
