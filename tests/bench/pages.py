"""What the pages cost with 20,000 leads: time at the server, memory of its process."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from urllib.error import URLError
from urllib.request import Request, urlopen

from sheetflow.ledger.ledger import Ledger
from tests.bench.large import fill
from tests.bench.table import Row
from tests.jobs.world import WORKFLOW

PATHS = (
    "/",
    "/leads",
    "/leads?sort=name&page=200",
    "/leads?status=waiting&sort=next",
    "/leads?q=nobody+at+all",
    "/leads?q=M%C3%BCller",
)
ROOT = Path(__file__).parents[2]


def pages(folder: Path, leads: int, times: int) -> Iterator[Row]:
    """One request after the other, each page warm, over a ledger on SQLite."""
    (folder / "var").mkdir(parents=True)
    ledger = Ledger(f"sqlite:///{folder / 'var/sheetflow.db'}", WORKFLOW)
    fill(ledger, leads, 0, datetime.now(UTC))
    with ledger.reading() as book:
        lead = f"/leads/{next(iter(book.rows()))['id']}"
    ledger.close()
    with _serving(folder) as (port, process):
        for path in (*PATHS, lead):
            seconds = sorted(_fetch(port, path) for _ in range(times))
            p95 = f"{seconds[max(0, int(times * 0.95) - 1)] * 1000:.0f} ms"
            shown = path if path in PATHS else "/leads/L-…"
            cost = f"{seconds[times // 2] * 1000:.0f} ms, p95 {p95}"
            yield Row(f"{shown} with {leads:,} leads", cost, promised="p95 200 ms")
        yield Row("the web process at its most", f"{_memory(process.pid):.0f} MB", promised="150 MB")


@contextmanager
def _serving(folder: Path) -> Iterator[tuple[int, subprocess.Popen[bytes]]]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG")}
    environ = {**kept, "PYTHONPATH": str(ROOT), "SHEETFLOW_CONFIG": str(ROOT / "config")}
    command = [sys.executable, "-m", "sheetflow", "serve", "--port", str(port)]
    process = subprocess.Popen(command, cwd=folder, env=environ, stdout=subprocess.DEVNULL)
    try:
        _wait_for(port)
        yield port, process
    finally:
        process.terminate()
        process.wait()


def _wait_for(port: int) -> None:
    for _ in range(300):
        try:
            _fetch(port, "/health")
        except URLError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit("the server doesn't start")


def _fetch(port: int, path: str) -> float:
    began = time.monotonic()
    asked = Request(f"http://127.0.0.1:{port}{path}", headers={"Accept": "text/html"})
    with urlopen(asked, timeout=60) as answer:
        assert answer.status == 200
        answer.read()
    return time.monotonic() - began


def _memory(pid: int) -> float:
    """The most that a process has held, in MB, as Linux counts it."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024
