"""The pages of a business with many leads: time at the server, each warm, and memory of its process."""

import re
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from sheetflow.business import read_workflow
from sheetflow.ledger.ledger import Ledger
from tests.bench.shop import Shop
from tests.bench.table import Row
from tests.fakes.smtp import FakeSmtp

PATHS = (
    "/",
    "/leads",
    "/leads?sort=name&page=200",
    "/leads?status=waiting&sort=next",
    "/leads?q=nobody+at+all",
    "/leads?q=M%C3%BCller",
)


def pages(folder: Path, leads: int, count: int) -> Iterator[Row]:
    """One request after the other, over a ledger on SQLite."""
    with FakeSmtp() as smtp:
        shop = Shop(folder / "pages", None, smtp, leads, 0)
        with shop.host as host:
            port = host.serve()
            for path in (*PATHS, f"/leads/{_any_lead(folder / 'pages')}"):
                _fetch(port, path)
                seconds = sorted(_fetch(port, path) for _ in range(count))
                half, most = seconds[count // 2], seconds[int(count * 0.95)]
                what = f"{re.sub('L-.*', 'L-…', path)}, {leads:,} leads"
                yield Row(what, f"{half * 1000:.0f} ms, p95 {most * 1000:.0f} ms", "", "p95 200 ms")
            yield Row("  memory of the web process", f"{_peak(host.processes[0].pid)} MB", "", "150 MB")


def _any_lead(folder: Path) -> str:
    ledger = Ledger(f"sqlite:///{folder / 'ledger.db'}", read_workflow(folder / "config"))
    with ledger.reading() as book:
        row = next(iter(book.rows()))
    ledger.close()
    return str(row["id"])


def _fetch(port: int, path: str) -> float:
    began = time.perf_counter()
    asked = urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers={"Accept": "text/html"})
    with urllib.request.urlopen(asked, timeout=60) as answer:
        answer.read()
    return time.perf_counter() - began


def _peak(pid: int) -> int:
    """MB, the most there was."""
    [kilobytes] = re.findall(r"VmHWM:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text())
    return int(kilobytes) // 1024
