"""The tracker as its owner has it: a Sheet in the browser, or a database and the command line."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from sheetflow.tracker.sql import SqlTracker
from sheetflow.workflow.columns import COLUMNS, find_column
from sheetflow.workflow.tracked import Changes, Typed
from tests.fakes.sheets import FakeSheets


class Book(Protocol):
    @property
    def environment(self) -> dict[str, str]: ...

    def rows(self) -> list[dict[str, Any]]:
        """The leads in their order, by header."""

    def type(self, lead_id: str, header: str, words: str) -> None:
        """What a person puts into a cell."""

    def everything(self) -> object:
        """All that is kept there."""


@dataclass
class SheetBook:
    fake: FakeSheets

    @property
    def environment(self) -> dict[str, str]:
        return {
            "SHEETFLOW_TRACKER": self.fake.spreadsheet_id,
            "SHEETS_API_ENDPOINT": self.fake.url,
            "GOOGLE_SERVICE_ACCOUNT_JSON": self.fake.service_account_json,
        }

    def rows(self) -> list[dict[str, Any]]:
        return self.fake.owner.records("Leads")

    def type(self, lead_id: str, header: str, words: str) -> None:
        owner = self.fake.owner
        owner.type_in("Leads", owner.find("Leads", "Lead ID", lead_id), header, words)

    def everything(self) -> object:
        owner = self.fake.owner
        return [(tab, owner.rows(tab)) for tab in owner.tabs()]


@dataclass
class SqlBook:
    """People type by `python -m sheetflow set`."""

    url: str

    @property
    def environment(self) -> dict[str, str]:
        return {"SHEETFLOW_TRACKER": self.url}

    def rows(self) -> list[dict[str, Any]]:
        leads = self._ask(SqlTracker.snapshot).leads
        return [{column.header: getattr(lead, column.field) for column in COLUMNS} for lead in leads]

    def type(self, lead_id: str, header: str, words: str) -> None:
        column = find_column(header)
        assert column
        typed = Changes(typed=(Typed(lead_id, column.field, words),))
        self._ask(lambda tracker: tracker.commit(typed))

    def everything(self) -> object:
        return ()  # it is a file in the folder

    def _ask(self, question: Callable[[SqlTracker], Any]) -> Any:
        tracker = SqlTracker(self.url)
        try:
            return question(tracker)
        finally:
            tracker.engine.dispose()
