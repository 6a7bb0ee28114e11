"""The leads as their owner has them: in a Sheet in the browser, or in the ledger, by the command line."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy import select

from sheetflow.jobs import owner
from sheetflow.ledger import schema, state
from sheetflow.wiring import Wired
from sheetflow.workflow.columns import COLUMNS
from tests.fakes.sheets import FakeSheets


class Book(Protocol):
    @property
    def environment(self) -> dict[str, str]: ...

    def rows(self, wired: Wired) -> list[dict[str, Any]]:
        """The leads in their order, by header."""

    def type(self, wired: Wired, lead_id: str, header: str, words: str, now: datetime) -> None:
        """What a person puts into a cell."""

    def problems(self, wired: Wired) -> list[str]:
        """What Control says is wrong, or without a Sheet the pages."""

    def everything(self, wired: Wired) -> object:
        """All that is kept there and in the ledger."""


@dataclass
class LedgerBook:
    """There is no Sheet: people type by `python -m sheetflow set`."""

    url: str

    @property
    def environment(self) -> dict[str, str]:
        return {"DATABASE_URL": self.url}

    def rows(self, wired: Wired) -> list[dict[str, Any]]:
        with wired.ports.ledger.reading() as book:
            return [{column.header: row[column.field] for column in COLUMNS} for row in book.rows()]

    def type(self, wired: Wired, lead_id: str, header: str, words: str, now: datetime) -> None:
        owner.type_into(wired.ports, lead_id, header, words)

    def problems(self, wired: Wired) -> list[str]:
        with wired.ports.ledger.reading() as book:
            return book.get(state.PROBLEMS).splitlines()

    def everything(self, wired: Wired) -> object:
        return tables(wired)


@dataclass
class SheetBook:
    fake: FakeSheets
    url: str

    @property
    def environment(self) -> dict[str, str]:
        return {
            "DATABASE_URL": self.url,
            "SHEETFLOW_SHEET": self.fake.spreadsheet_id,
            "SHEETS_API_ENDPOINT": self.fake.url,
            "GOOGLE_SERVICE_ACCOUNT_JSON": self.fake.service_account_json,
        }

    def rows(self, wired: Wired) -> list[dict[str, Any]]:
        return self.fake.owner.records("Leads")

    def type(self, wired: Wired, lead_id: str, header: str, words: str, now: datetime) -> None:
        table = self.fake.owner
        table.type_in("Leads", table.find("Leads", "Lead ID", lead_id), header, words)

    def problems(self, wired: Wired) -> list[str]:
        lines = {line["Setting"]: line["Value"] for line in self.fake.owner.records("Control")}
        return str(lines["Problems"]).splitlines()

    def everything(self, wired: Wired) -> object:
        table = self.fake.owner
        return [(tab, table.rows(tab)) for tab in table.tabs()], tables(wired)


def tables(wired: Wired) -> dict[str, list[tuple[Any, ...]]]:
    """All that the ledger holds, but not whose turn it is."""
    with wired.ports.ledger.reading() as book:
        kept = (table for table in schema.metadata.sorted_tables if table is not schema.leases)
        return {table.name: [tuple(row) for row in book.connection.execute(select(table))] for table in kept}
