"""A Google Sheet of the fake server; people edit it in their browser."""

from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from sheetflow.jobs.ports import Store
from sheetflow.tracker.google import GoogleTracker
from sheetflow.workflow.columns import BY_FIELD, Kind
from tests.contracts import sites
from tests.fakes.sheets import FakeSheets
from tests.jobs.world import WORKFLOW

BERLIN = ZoneInfo("Europe/Berlin")
OPEN: dict[str, FakeSheets] = {}  # by address: a site that was pickled has no fake, only its address

# Eight processes ask one server a thousand times before they say a word.
sites.PATIENCE = 600


@dataclass(frozen=True)
class GoogleSite:
    url: str
    key_json: str
    sheet_id: str

    @classmethod
    def of(cls, fake: FakeSheets) -> "GoogleSite":
        OPEN[fake.url] = fake
        return cls(fake.url, fake.service_account_json, fake.spreadsheet_id)

    def open(self) -> GoogleTracker:
        return GoogleTracker(
            self.sheet_id, self.key_json, self.url, WORKFLOW, lambda: datetime.now(UTC), lambda _: None
        )

    def open_store(self) -> Store:
        raise NotImplementedError("a Sheet stores through the inbox in front of it")

    def close(self, opened: GoogleTracker) -> None:
        opened.close()

    def type(self, lead_id: str, field: str, words: str) -> None:
        owner = OPEN[self.url].owner
        row = owner.find("Leads", "Lead ID", lead_id)
        column = BY_FIELD[field]
        # In a column of dates an apostrophe is how people keep a Sheet from making one of their words.
        is_kept = bool(words) and column.kind is not Kind.TEXT
        owner.type_in("Leads", row, column.header, f"'{words}" if is_kept else words)

    def remove(self, lead_id: str) -> None:
        owner = OPEN[self.url].owner
        owner.delete_rows("Leads", owner.find("Leads", "Lead ID", lead_id))
