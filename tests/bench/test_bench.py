"""Every row of the bench still works, at sizes at which it says nothing."""

import socket
from pathlib import Path

import pytest

from tests.bench import mailbox, parts
from tests.bench.pages import PATHS, pages
from tests.bench.shop import STATES, jobs_alone, shops
from tests.bench.table import Row


def test_jobs_and_webhooks_with_a_sheet(tmp_path: Path) -> None:
    nothing, due, *webhooks = shops(tmp_path, [20], 10, 2)
    assert (nothing.what.partition(":")[0], due.what) == ("job, none due", "job, 10 due")
    assert "1 reads, 1 writes" in nothing.cost
    assert "1 reads, 2 writes" in due.cost
    assert [row.what for row in webhooks[::2]] == [f"webhook's answer, Google {name}" for name in STATES]
    assert all(row.cost and row.promised for row in webhooks[1::2])


def test_jobs_in_the_ledger_alone(tmp_path: Path) -> None:
    nothing, due = jobs_alone(tmp_path, [20], 10)
    assert (nothing.what.partition(":")[0], due.what) == ("job, none due", "job, 10 due")
    assert "no Sheet" in nothing.cost


def test_the_pages(tmp_path: Path) -> None:
    *rows, memory = pages(tmp_path, 20, 2)
    assert [row.what for row in rows] == [f"{path}, 20 leads" for path in (*PATHS, "/leads/L-…")]
    assert memory.cost.endswith(" MB")


def test_the_parts_on_their_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "getfqdn", lambda: "client.example")  # yagmail's own way looks it up
    rows: list[Row] = [*parts.understanding(10), *parts.handing_over(tmp_path, 2)]
    assert [row.what for row in rows] == ["a usual body is understood", "2 messages handed over"]


@pytest.mark.needs_dovecot
def test_a_mailbox() -> None:
    rows = list(mailbox.readings(20))
    assert rows[1].what == "all of it"
    assert rows[1].cost.startswith("20 mails in ")
