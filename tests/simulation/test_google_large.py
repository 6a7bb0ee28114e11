"""What a job asks of Google where the Sheet has 10,000 rows and Activity 60,000 lines."""

from collections import Counter
from datetime import timedelta

import pytest

from tests.fakes.sheets import FakeSheets
from tests.fakes.sheets_document import Document
from tests.fakes.smtp import FakeSmtp
from tests.simulation import large
from tests.simulation.large import DUE_AT, DUE_ROWS, EVENTS, ROWS
from tests.simulation.sheet import NOW, Shop

CHUNKS = DUE_ROWS // 100
MOST_BYTES = 2_000_000  # of a payload, as Google asks


@pytest.fixture(scope="module")
def prepared(sheets: FakeSheets, smtp: FakeSmtp) -> tuple[Document, list[str]]:
    """The Sheet, and the addresses that a follow-up is due for."""
    due = large.fill(Shop(sheets, smtp))
    return sheets.document.copy(), due


@pytest.fixture
def shop(sheets: FakeSheets, smtp: FakeSmtp, prepared: tuple[Document, list[str]]) -> Shop:
    """The same morning for every test."""
    document, _ = prepared
    sheets.document.adopt(document.copy())
    sheets.request_log.clear()
    smtp.messages.clear()
    return Shop(sheets, smtp)


@pytest.fixture
def due(prepared: tuple[Document, list[str]]) -> list[str]:
    return prepared[1]


def test_200_due_cost_3_reads_and_3_writes_at_most_and_one_write_for_each_chunk_of_sends(shop, sheets, due):
    before = statuses(sheets)
    assert (len(before), len(sheets.owner.records("Activity"))) == (ROWS, EVENTS)
    shop.now = DUE_AT
    report = shop.job()
    assert (report.sent, report.problems) == (DUE_ROWS, ())
    assert sheets.reads <= 3
    chunks = [request for request in sheets.request_log if b"claimed:" in request.body]
    assert len(chunks) <= CHUNKS
    assert sheets.writes - len(chunks) <= 3
    assert max(len(request.body) for request in sheets.request_log) <= MOST_BYTES
    assert Counter(one.rcpt_to[0] for one in shop.server.messages) == Counter(due)
    assert statuses(sheets) == before | dict.fromkeys(due, "Following up")


def test_nothing_due_costs_1_read_and_1_write_at_most(shop, sheets):
    shop.now = NOW + timedelta(seconds=30)
    before = statuses(sheets)
    report = shop.job()
    assert (report.sent, report.problems) == (0, ())
    assert sheets.reads <= 1
    assert sheets.writes <= 1
    assert shop.server.messages == []
    assert statuses(sheets) == before


def statuses(sheets: FakeSheets) -> dict[str, str]:
    return {row["Email"]: row["Status"] for row in sheets.owner.records("Leads")}
