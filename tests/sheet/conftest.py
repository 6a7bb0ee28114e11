"""A Google Sheet on loopback, a ledger in a file, and what connects the two."""

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from sheetflow.ledger import arrivals
from sheetflow.ledger.ledger import Ledger
from sheetflow.sheet.api import Api
from sheetflow.sheet.sync import GoogleSheet
from sheetflow.workflow.enquiry import Enquiry
from sheetflow.workflow.sequence import Business, Owner, Sending, Step, Window, Workflow
from tests.fakes.sheets import FakeSheets
from tests.fakes.sheets_document import Document

NOW = datetime(2026, 3, 24, 9, tzinfo=UTC)  # a Tuesday
WORKFLOW = Workflow(
    Business("Ada's Studio", "Ada", "ada@example.com", "1 Example Street", ZoneInfo("Europe/Berlin"), "DE"),
    Window(frozenset(range(5)), time(9), time(17)),
    (
        Step("first_response", 1, "first_response", anytime=True),
        Step("follow_up", 3, "follow_up"),
        Step("check_in", 5, "check_in"),
        Step("re_engage", 7, "re_engage"),
    ),
    sending=Sending(pause=0.0),
    owners=(Owner("Kim", "kim@example.com"),),
)
ADA, BEN, CLO = "L-ADAADAADAA", "L-BENBENBENB", "L-CLQCLQCLQC"


def enquiry(lead_id: str = ADA, arrived: datetime = NOW, **fields: Any) -> Enquiry:
    fields = {"name": "Ada", "email": f"{lead_id.lower()}@example.org", "message": "Hello", **fields}
    return Enquiry(
        id=lead_id,
        delivery=f"delivery of {lead_id}",
        repeat_within=timedelta(days=30),
        arrived=arrived,
        **fields,
    )


def takes_in(ledger: Ledger, *lead_ids: str) -> None:
    with ledger.writing() as book:
        arrivals.store(book, [enquiry(lead_id) for lead_id in lead_ids])


@pytest.fixture
def fake() -> Iterator[FakeSheets]:
    with FakeSheets(locale="en_GB", time_zone="Europe/Berlin") as sheets:
        yield sheets


@pytest.fixture
def api(fake: FakeSheets) -> Iterator[Api]:
    opened = Api(fake.spreadsheet_id, fake.service_account_json, fake.url, lambda _: None)
    yield opened
    opened.close()


@pytest.fixture
def open_ledger(tmp_path: Path) -> Iterator[Callable[..., Ledger]]:
    opened: list[Ledger] = []

    def open_ledger(name: str = "ledger", clock: Callable[[], datetime] = lambda: NOW) -> Ledger:
        opened.append(Ledger(f"sqlite:///{tmp_path / name}.db", WORKFLOW, clock))
        return opened[-1]

    yield open_ledger
    for one in opened:
        one.close()


@pytest.fixture
def ledger(open_ledger: Callable[..., Ledger]) -> Ledger:
    return open_ledger()


@pytest.fixture
def sheet(api: Api, ledger: Ledger) -> GoogleSheet:
    return GoogleSheet(api, ledger, lambda: NOW, lambda _: None)


@pytest.fixture(scope="session")
def set_up(tmp_path_factory: pytest.TempPathFactory) -> tuple[Document, Path]:
    """A Sheet that has been set up, and its ledger: made once, and copied for each test."""
    from tests.sheet.world import World

    path = tmp_path_factory.mktemp("set up") / "world.db"
    with FakeSheets(locale="en_GB", time_zone="Europe/Berlin") as fake:
        made = World(fake, f"sqlite:///{path}")
        made.sheet.setup(take_over=False)
        made.close()
    return fake.document, path


@pytest.fixture
def world(fake: FakeSheets, tmp_path: Path, set_up: tuple[Document, Path]) -> Iterator[Any]:
    """With a Sheet that has been set up, and no lead yet."""
    from tests.sheet.world import World

    document, ledger = set_up
    fake.go_on_from(document)
    shutil.copy(ledger, tmp_path)
    made = World(fake, f"sqlite:///{tmp_path / ledger.name}")
    yield made
    made.close()
