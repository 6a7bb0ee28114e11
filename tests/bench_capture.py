"""How fast leads are taken and answered. Run with `python -m tests.bench_capture`.

The fake Sheet and the fake mail server run in this process and share the machine with what is measured.
"""

import json
import os
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import Any
from urllib.request import Request, urlopen

from tests.fakes.sheets import FakeSheets
from tests.fakes.sheets_faults import refused
from tests.fakes.smtp import FakeSmtp
from tests.simulation.webs import TOKEN, Host

LEADS, SECONDS, SENDERS = 300, 60.0, 16
OUTAGE = (20.0, 320.0)  # seconds after the first lead
LONE, APART = 20, 4.0
LATENCY = 0.3  # seconds until the Sheet answers


def main() -> None:
    _burst("the Sheet answering after 1 s", latency=1.0)
    _burst("60 writes a minute", per_minute=60)
    _burst(f"the Sheet down from second {OUTAGE[0]:.0f} to {OUTAGE[1]:.0f}", outage=OUTAGE)
    _lone("SQLite", SHEETFLOW_TRACKER="sqlite:///tracker.db")
    _lone(f"a Sheet answering after {LATENCY} s")
    _against_the_tutorial()


def _burst(
    name: str,
    *,
    latency: float = 0.0,
    per_minute: int | None = None,
    outage: tuple[float, float] | None = None,
) -> None:
    """Against gunicorn's two processes with the embedded inbox, as they are deployed."""
    with _opened(per_minute=per_minute) as (host, sheets, mail):
        port = host.gunicorn()
        sheets.latency = latency
        began = time.monotonic()
        if outage:
            first, last = outage
            sheets.faults = lambda _index, _request: (
                refused(503) if first < time.monotonic() - began < last else None
            )

        def post(number: int) -> float:
            time.sleep(max(0.0, began + number * SECONDS / LEADS - time.monotonic()))
            return _post(port, number)

        with ThreadPoolExecutor(SENDERS) as pool:
            seconds = sorted(pool.map(post, range(LEADS)))
        while len(answered := _answered(mail)) < LEADS:
            time.sleep(0.1)
        took = time.monotonic() - began
        print(f"{LEADS} leads in {SECONDS:.0f} s, {name}:")
        median, late = seconds[len(seconds) // 2] * 1000, seconds[int(len(seconds) * 0.99)] * 1000
        print(f"  answers 200: median {median:.0f} ms, 99th percentile {late:.0f} ms")
        rows = len(sheets.owner.records("Leads"))
        owner = len(mail.messages) - sum(answered.values())
        print(
            f"  {rows} rows, {sum(answered.values())} mails to {len(answered)} people, {owner} to the owner"
        )
        print(f"  the last lead was answered {took:.0f} s after the first one came")


def _answered(mail: FakeSmtp) -> Counter[str]:
    """Mails by lead."""
    people = (captured.rcpt_to[0] for captured in mail.messages)
    return Counter(address for address in people if address.startswith("lead"))


def _post(port: int, number: int) -> float:
    """Seconds until the answer."""
    lead = {"name": "Lea", "email": f"lead{number}@example.org", "message": "Can you help?"}
    headers = {"Content-Type": "application/json", "X-Sheetflow-Token": TOKEN}
    request = Request(f"http://127.0.0.1:{port}/leads", json.dumps(lead).encode(), headers)
    started = time.perf_counter()
    with urlopen(request, timeout=30) as answer:
        assert json.load(answer)["ok"]
    return time.perf_counter() - started


def _lone(name: str, **environment: str) -> None:
    """Each lead after the one before is answered, as on a day when not everybody comes at once."""
    with _opened(environment) as (host, sheets, mail):
        port, seconds = host.gunicorn(), []
        sheets.latency = LATENCY
        for number in range(LONE):
            _post(port, number)
            answered = time.perf_counter()
            while len(_answered(mail)) <= number:
                time.sleep(0.005)
            seconds.append(time.perf_counter() - answered)
            time.sleep(APART)
        seconds.sort()
        median, late = statistics.median(seconds), seconds[int(LONE * 0.95)]
        print(f"webhook's answer to taken mail, {name}: median {median:.2f} s, 95th percentile {late:.2f} s")


def _against_the_tutorial() -> None:
    """The work that follows the answer counts too: rows, mails."""
    print(f"{SENDERS} senders at once at two gunicorn processes, the Sheet answering after {LATENCY} s:")
    with _opened() as (host, sheets, mail):
        _throughput("sheetflow", host, sheets, mail, host.gunicorn(), 600)
    with _opened() as (host, sheets, mail):
        port = host.gunicorn("tests.tutorial:create_app()", "--worker-class=sync")
        _throughput("the tutorial's app", host, sheets, mail, port, 60)


def _throughput(name: str, host: Host, sheets: FakeSheets, mail: FakeSmtp, port: int, count: int) -> None:
    sheets.latency = LATENCY
    before, started = _used(host), time.perf_counter()
    with ThreadPoolExecutor(SENDERS) as pool:
        list(pool.map(lambda number: _post(port, number), range(count)))
    rate = count / (time.perf_counter() - started)
    while len(_answered(mail)) < count:
        time.sleep(0.05)
    cost = (_used(host) - before) / count
    print(f"  {name}: {rate:.0f} answered a second; {1 / cost:.0f} leads a second per core, mails included")


def _used(host: Host) -> float:
    """Seconds of processor time of gunicorn's processes."""
    gunicorn = host.processes[-1].pid
    children = Path(f"/proc/{gunicorn}/task/{gunicorn}/children").read_text().split()
    ticks = [Path(f"/proc/{child}/stat").read_text().rpartition(")")[2].split() for child in children]
    return sum(int(one[11]) + int(one[12]) for one in ticks) / os.sysconf("SC_CLK_TCK")


@contextmanager
def _opened(
    environment: Mapping[str, str] = MappingProxyType({}), **how: Any
) -> Iterator[tuple[Host, FakeSheets, FakeSmtp]]:
    with (
        tempfile.TemporaryDirectory() as folder,
        FakeSheets(**how) as sheets,
        FakeSmtp() as mail,
        Host(Path(folder), sheets, mail, **environment) as host,
    ):
        yield host, sheets, mail


if __name__ == "__main__":
    main()
