"""How fast leads are taken and answered. Run with `python -m tests.bench_capture`.

The fake Sheet and the fake mail server run in this process and share the machine with what is measured.
"""

import json
import tempfile
import threading
import time
import warnings
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import yagmail
from flask import Flask
from flask import request as asked

from sheetflow.inbox.queue import Queue
from sheetflow.jobs.ports import Ports
from sheetflow.jobs.respond import Responder
from sheetflow.tracker.google import GoogleTracker
from sheetflow.tracker.sql import SqlTracker
from sheetflow.web.app import Site, make_app
from tests.fakes.sheets import FakeSheets
from tests.fakes.sheets_faults import refused
from tests.fakes.smtp import FakeSmtp
from tests.jobs.world import WORKFLOW, World
from tests.simulation.test_killed_web import Server

LEADS, SECONDS, SENDERS = 300, 60.0, 16
OUTAGE = (20.0, 320.0)  # seconds after the first lead
LONE = 20
TOKEN = {"X-Sheetflow-Token": "secret-one"}


def main() -> None:
    _burst("the Sheet answering after 1 s", latency=1.0)
    _burst("60 writes a minute", per_minute=60)
    _burst(f"the Sheet down from second {OUTAGE[0]:.0f} to {OUTAGE[1]:.0f}", outage=OUTAGE)
    _lone("SQLite", sheet=False)
    _lone("a Sheet answering after 0.3 s", sheet=True)
    _against_the_tutorial(0.0)
    _against_the_tutorial(0.3)


@dataclass
class App:
    client: Any
    ports: Ports
    sheets: FakeSheets
    mail: FakeSmtp

    def post(self, number: int) -> float:
        """Seconds until the answer."""
        lead = {"name": "Lea", "email": f"lead{number}@example.org", "message": "Can you help?"}
        started = time.perf_counter()
        answer = self.client().post("/leads", json=lead, headers=TOKEN)
        assert answer.status_code == 200, answer.get_data(as_text=True)
        return time.perf_counter() - started

    def wait_for_mails(self, count: int) -> None:
        while len(self.mail.messages) < count:
            time.sleep(0.005)


@contextmanager
def opened(*, sheet: bool, per_minute: int | None = None) -> Iterator[App]:
    with (
        tempfile.TemporaryDirectory() as folder,
        FakeSheets(per_minute=per_minute) as sheets,
        FakeSmtp() as mail,
    ):
        ports = _ports(Path(folder), sheets, mail, sheet=sheet)
        ports.tracker.setup()
        responder = Responder(ports)
        app = make_app(Site(ports, responder, {"form": ("secret-one",)}, False, "smtp", "off"))
        yield App(app.test_client, ports, sheets, mail)
        responder.stop()


def _ports(folder: Path, sheets: FakeSheets, mail: FakeSmtp, *, sheet: bool) -> Ports:
    world = World(SqlTracker(f"sqlite:///{folder / 'tracker.db'}"), mail, datetime.now(UTC))
    ports = replace(world.ports, clock=lambda: datetime.now(UTC), sleep=time.sleep)
    if not sheet:
        return ports
    key = sheets.service_account_json
    tracker = GoogleTracker(sheets.spreadsheet_id, key, sheets.url, WORKFLOW, ports.clock, time.sleep)
    inbox = Queue(f"sqlite:///{folder / 'inbox.db'}")
    return replace(ports, tracker=tracker, store=inbox, inbox=inbox)


def _burst(
    name: str,
    *,
    latency: float = 0.0,
    per_minute: int | None = None,
    outage: tuple[float, float] | None = None,
) -> None:
    """Against gunicorn's two processes with the embedded inbox, as they are deployed."""
    with (
        tempfile.TemporaryDirectory() as folder,
        FakeSheets(per_minute=per_minute) as sheets,
        FakeSmtp() as mail,
        _server(Path(folder), sheets, mail) as server,
    ):
        server.ask("/health")
        sheets.latency = latency
        began = time.monotonic()
        if outage:
            first, last = outage
            sheets.faults = lambda _index, _request: (
                refused(503) if first < time.monotonic() - began < last else None
            )

        def post(number: int) -> float:
            time.sleep(max(0.0, began + number * SECONDS / LEADS - time.monotonic()))
            return _post(server.port, number)

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


def _server(folder: Path, sheets: FakeSheets, mail: FakeSmtp) -> Server:
    server = Server(folder, sheets, mail, "")
    server.command("setup")
    return server


def _post(port: int, number: int) -> float:
    """Seconds until the answer."""
    lead = {"name": "Lea", "email": f"lead{number}@example.org", "message": "Can you help?"}
    headers = {"Content-Type": "application/json", **TOKEN}
    request = Request(f"http://127.0.0.1:{port}/leads", json.dumps(lead).encode(), headers)
    started = time.perf_counter()
    with urlopen(request, timeout=30) as answer:
        assert json.load(answer)["ok"]
    return time.perf_counter() - started


def _lone(name: str, *, sheet: bool) -> None:
    with opened(sheet=sheet) as app:
        app.sheets.latency = 0.3
        seconds = []
        for number in range(LONE):
            app.post(number)
            answered = time.perf_counter()
            app.wait_for_mails(number + 1)
            seconds.append(time.perf_counter() - answered)
            time.sleep(1.0)
        seconds.sort()
        median, late = seconds[LONE // 2], seconds[int(LONE * 0.95)]
        print(f"webhook's answer to taken mail, {name}: median {median:.2f} s, 95th percentile {late:.2f} s")


def _against_the_tutorial(latency: float) -> None:
    """A lead at a time, of one sender; the mail server answers at once."""
    with opened(sheet=True) as app:
        app.sheets.latency = latency
        ours = _per_second(200, app.post)
        app.wait_for_mails(200)
        sent = len(app.mail.messages)
    with FakeSheets() as sheets, FakeSmtp() as mail, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        work = tutorial(sheets, mail)
        sheets.latency = latency
        theirs = _per_second(20, work)
    print(f"webhooks answered a second, the Sheet answering after {latency} s:")
    print(f"  {ours:.0f} ({sent} mails follow), the tutorial's app {theirs:.1f}")


def tutorial(sheets: FakeSheets, mail: FakeSmtp) -> Callable[[int], object]:
    """The usual app: the row and the mail within the request."""
    sheet = sheets.client().open_by_key(sheets.spreadsheet_id).sheet1
    plain = yagmail.SMTP(
        user=mail.user, password=mail.password, host=mail.host, port=mail.port,
        smtp_starttls=True, smtp_ssl=False,
    )  # fmt: skip
    app = Flask("tutorial")

    @app.post("/leads")
    def take() -> dict[str, bool]:
        lead = asked.get_json()
        sheet.append_row([lead["name"], lead["email"], lead["message"]])
        plain.send(lead["email"], "Thank you", "We will call you.")
        return {"ok": True}

    lead = json.dumps({"name": "Lea", "email": "lea@example.org", "message": "Can you help?"})
    client = app.test_client()
    return lambda _: client.post("/leads", data=lead, content_type="application/json")


def _per_second(count: int, work: Callable[[int], object]) -> float:
    started = time.perf_counter()
    for number in range(count):
        work(number)
    return count / (time.perf_counter() - started)


if __name__ == "__main__":
    threading.current_thread().name = "bench"
    main()
