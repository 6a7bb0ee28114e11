"""`make bench`: what things cost on this machine, in one run and one table.

The seconds say nothing about another machine; the ratios do. What takes longer has a name of its own:
`make bench-long`.
"""

import json
import os
import resource
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import Request, urlopen

import yagmail

from sheetflow.capture import read_submissions
from sheetflow.jobs.run import run_job
from sheetflow.ledger.ledger import Ledger
from sheetflow.sheet.api import Api
from sheetflow.sheet.sync import GoogleSheet
from tests.bench_pages import bench_pages
from tests.fakes.sheets import FakeSheets
from tests.fakes.sheets_faults import refused
from tests.fakes.smtp import FakeSmtp
from tests.jobs.world import WORKFLOW, World
from tests.large import fill

NOW = datetime(2026, 3, 26, 9, 0, tzinfo=UTC)  # a Thursday, 10:00 in Berlin
SIZES, LARGEST, DUE = (2_000, 20_000), 100_000, 200
ROOT = Path(__file__).parent.parent


def main() -> None:
    table: list[tuple[str, str, str]] = []
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder, FakeSmtp() as server:
        for part in (_jobs, _webhook, _pages, _mapping, _yagmail):
            for row in part(Path(folder), server):
                table.append(row)
                print(f"{row[0]:<62} {row[1]:>34}  {row[2]}", flush=True)
    print(f"all of it: {time.monotonic() - began:.0f} s")


def _jobs(folder: Path, server: FakeSmtp) -> Iterator[tuple[str, str, str]]:
    """A job with nothing due, and one with 200 due, as a process of its own."""
    base = 0.0
    for leads in (*SIZES, LARGEST):
        url = f"sqlite:///{folder / f'{leads}.db'}"
        ledger = Ledger(url, WORKFLOW, lambda: NOW)
        fill(ledger, leads, DUE, NOW)
        ledger.close()
        with _sheet(leads in SIZES) as fake:
            if fake:
                _run(url, server, fake, NOW - timedelta(minutes=20), "setup")
                _run(url, server, fake, NOW - timedelta(minutes=10), "job")
            due = _run(url, server, fake, NOW, "job")
            none = _run(url, server, fake, NOW + timedelta(minutes=10), "job")
        base = base or none["seconds"]
        where = f"{leads:,} leads, {12 * leads:,} events" + ("" if fake else ", the ledger alone")
        cost = f"{none['seconds']:.2f} s of processor, {none['memory']:.0f} MB"
        yield f"job with nothing due, {where}", cost, f"{none['seconds'] / base:.1f} x the smallest"
        yield "", f"{none['reads']} read, {none['writes']} write", ""
        cost = f"{due['seconds']:.2f} s, {due['reads']} reads, {due['writes']} writes"
        yield f"job with {due['sent']} due", cost, f"{due['seconds'] / none['seconds']:.1f} x nothing due"


@contextmanager
def _sheet(wanted: bool) -> Iterator[FakeSheets | None]:
    if not wanted:
        yield None
        return
    with FakeSheets(locale="en_GB", time_zone="Europe/Berlin", wall_clock=NOW.timestamp) as fake:
        yield fake


def _run(url: str, server: FakeSmtp, fake: FakeSheets | None, at: datetime, what: str) -> dict[str, Any]:
    """In a process of its own, so that processor time and memory are the job's."""
    if fake:
        fake.request_log.clear()
        fake.wall_clock = at.timestamp
    sheet = [fake.url, fake.spreadsheet_id, fake.service_account_json] if fake else []
    account = [server.host, str(server.port), server.user, server.password, server.ca_file]
    arguments = [what, url, at.isoformat(), json.dumps(account), json.dumps(sheet)]
    command = [sys.executable, "-m", "tests.bench", *arguments]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    kinds = [request.kind for request in fake.request_log] if fake else []
    return {**found, "reads": kinds.count("read"), "writes": kinds.count("write")}


def _as_process(what: str, url: str, at: str, account: str, sheet: str) -> None:
    from freezegun import freeze_time

    now = datetime.fromisoformat(at)
    host, port, user, password, ca_file = json.loads(account)

    class Server:
        def __init__(self) -> None:
            self.host, self.port, self.user, self.password = host, int(port), user, password
            self.ca_file, self.security = ca_file, "starttls"

    with freeze_time(now, tick=True):
        world = World(url, Server(), now)  # type: ignore[arg-type]
        if found := json.loads(sheet):
            endpoint, name, key = found
            api = Api(name, key, endpoint, lambda _: None)
            world.sheet = GoogleSheet(api, world.ledger, lambda: now, lambda _: None)
        started = time.process_time()
        if what == "setup":
            world.ports.sheet.setup(take_over=False)
            sent = 0
        else:
            sent = run_job(world.ports).sent
        seconds = time.process_time() - started
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": seconds, "memory": memory, "sent": sent}))


def _webhook(folder: Path, server: FakeSmtp) -> Iterator[tuple[str, str, str]]:
    """The webhook's answer, and from it to the mail server's final dot, one lead after the other."""
    base = 0.0
    for name, latency, is_down in (("quick", 0.0, False), ("3 s slow", 3.0, False), ("down", 0.0, True)):
        with FakeSheets(locale="en_GB", time_zone="Europe/Berlin") as fake, _serving(fake, server) as port:
            fake.latency = latency
            fake.faults = (lambda _index, _request: refused(503)) if is_down else None
            answers, mails = zip(*(_lead(port, server, number) for number in range(40)), strict=True)
        late = sorted(answers)[-1]
        base = base or statistics.median(answers)
        cost = f"{statistics.median(answers) * 1000:.0f} ms, the slowest {late * 1000:.0f} ms"
        yield f"webhook's answer, Google {name}", cost, f"{statistics.median(answers) / base:.1f} x quick"
        yield "  from the answer to the taken mail", f"{max(mails):.2f} s the slowest", ""


def _pages(folder: Path, _server: FakeSmtp) -> Iterator[tuple[str, str, str]]:
    yield from bench_pages(folder)


@contextmanager
def _serving(fake: FakeSheets, server: FakeSmtp) -> Iterator[int]:
    with tempfile.TemporaryDirectory() as folder:
        environ = _environ(fake, server)
        command = [sys.executable, "-m", "sheetflow"]
        subprocess.run([*command, "setup"], cwd=folder, env=environ, check=True, capture_output=True)
        # Only the word ON that was read lets anything leave.
        subprocess.run([*command, "job"], cwd=folder, env=environ, check=True, capture_output=True)
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        process = subprocess.Popen([*command, "serve", "--port", str(port)], cwd=folder, env=environ)
        try:
            _wait_for(port)
            yield port
        finally:
            process.terminate()
            process.wait()


def _environ(fake: FakeSheets, server: FakeSmtp) -> Mapping[str, str]:
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG")}
    return {
        **kept,
        "PYTHONPATH": str(ROOT),
        "SHEETFLOW_CONFIG": str(ROOT / "config"),
        "SHEETFLOW_SHEET": fake.spreadsheet_id,
        "SHEETS_API_ENDPOINT": fake.url,
        "GOOGLE_SERVICE_ACCOUNT_JSON": fake.service_account_json,
        "SMTP_HOST": server.host,
        "SMTP_PORT": str(server.port),
        "SMTP_USER": server.user,
        "SMTP_PASSWORD": server.password,
        "SMTP_CA_FILE": server.ca_file,
        "IMAP_HOST": "off",
    }


def _wait_for(port: int) -> None:
    for _ in range(200):
        try:
            urlopen(f"http://127.0.0.1:{port}/health", timeout=5).close()
        except URLError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit("the web app didn't start")


def _lead(port: int, server: FakeSmtp, number: int) -> tuple[float, float]:
    """Seconds to the answer, and from there to the taken mail."""
    server.messages.clear()
    lead = {"name": "Lea", "email": f"lead{number}@example.org", "message": "Can you help?"}
    request = Request(
        f"http://127.0.0.1:{port}/leads", json.dumps(lead).encode(), {"Content-Type": "application/json"}
    )
    started = time.perf_counter()
    with urlopen(request, timeout=30) as answer:
        assert json.load(answer)["ok"]
    answered = time.perf_counter()
    while not server.messages:
        time.sleep(0.002)
    return answered - started, time.perf_counter() - answered


def _mapping(_folder: Path, _server: FakeSmtp) -> Iterator[tuple[str, str, str]]:
    body = {
        "event": {"type": "form_submission", "id": "f7a1"},
        "data": {
            "fields": [
                {"key": "your-name", "value": "Lea Lead"},
                {"key": "your-email", "value": "lea@example.org"},
                {"key": "phone", "value": "+49 30 1234567"},
                {
                    "key": "What do you need?",
                    "value": "A consultation about a new kitchen, in May if possible.",
                },
            ]
        },
        "metadata": {"page": "https://www.example.com/contact", "locale": "en"},
    }
    times = sorted(
        _timed(lambda: read_submissions(body, source="form", country="DE", extra={})) for _ in range(1_000)
    )
    cost = f"{times[500] * 1000:.1f} ms, 99th percentile {times[990] * 1000:.1f} ms"
    parsing = statistics.median(_timed(lambda: json.loads(json.dumps(body))) for _ in range(1_000))
    yield "a usual body is understood in", cost, f"{times[500] / parsing:.0f} x its JSON"


def _yagmail(folder: Path, server: FakeSmtp) -> Iterator[tuple[str, str, str]]:
    """Messages handed over, one login for all of them, beside the library's own way."""
    world = World(f"sqlite:///{folder / 'mail.db'}", server, NOW)
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = server.user, "lead@example.org", "Hello"
    message.set_content("Hello")
    count = 50
    with world.transport.session() as session:
        ours = _timed(lambda: [session.deliver(message, "lead@example.org", "x.eml") for _ in range(count)])

    def usual() -> None:
        warnings.simplefilter("ignore")
        account = yagmail.SMTP(
            server.user, server.password, server.host, server.port, smtp_starttls=True, smtp_ssl=False
        )
        for _ in range(count):
            account.send("lead@example.org", "Hello", "Hello")

    theirs = _timed(usual)
    cost = f"{count / ours:.0f} a second, send() {count / theirs:.0f}"
    yield f"{count} messages handed over", cost, f"{theirs / ours:.1f} x as fast"


def _timed(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


if __name__ == "__main__":
    if sys.argv[1:]:
        _as_process(*sys.argv[1:])
    else:
        main()
