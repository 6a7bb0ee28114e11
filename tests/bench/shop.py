"""A business that has been at it for years: what its jobs cost, and its webhook."""

import json
import math
import statistics
import time
import urllib.request
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from sheetflow.business import read_workflow
from sheetflow.ledger.ledger import Ledger
from tests.bench.google import Google
from tests.bench.large import EVENTS, fill
from tests.bench.table import Row, times
from tests.fakes.smtp import FakeSmtp
from tests.simulation.patience import wait_for
from tests.simulation.webs import SETTINGS, Host, request_for

ALWAYS = {  # nothing waits for an hour or a day
    **SETTINGS,
    'days = ["mon", "tue", "wed", "thu", "fri"]': 'days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]',
    'hours = "09:00-17:00"': 'hours = "00:00-24:00"',
    'country = "US"': 'country = ""',
}
STATES = {"quick": (0.0, False), "3 s slow": (3.0, False), "down": (0.0, True)}


class Took(NamedTuple):
    """One job: processor time and memory of its whole process, what it sent, what it asked of Google."""

    seconds: float
    memory: float
    sent: int
    reads: int
    writes: int

    @property
    def cost(self) -> str:
        asked = f"{self.reads} reads, {self.writes} writes" if self.reads else "no Sheet"
        return f"{self.seconds:.2f} s of processor, {self.memory:.0f} MB, {asked}"


class Shop:
    """`google` None: there is no Sheet."""

    def __init__(self, folder: Path, google: Google | None, smtp: FakeSmtp, leads: int, due: int) -> None:
        folder.mkdir()
        url = f"sqlite:///{folder / 'ledger.db'}"
        self.google, self.smtp = google, smtp
        self.host = Host(folder, google, smtp, DATABASE_URL=url, changes=ALWAYS)
        ledger = Ledger(url, read_workflow(folder / "config"))
        fill(ledger, leads, due, datetime.now(UTC))
        ledger.close()
        if google:
            self.host.command("setup")  # writes the rows
        self.host.command("pause")
        self.host.command("job")  # sees the rows as they were written, and tells whose promise was missed
        self.host.command("resume")

    def job(self) -> Took:
        if self.google:
            self.google.forget_requests()
        said = self.host.command("job", "--json", module="tests.bench.measured").splitlines()
        told, took = json.loads("".join(said[:-1])), json.loads(said[-1])
        if took["code"]:
            raise RuntimeError(f"the job failed: {told}")
        asked = self.google.count() if self.google else (0, 0)
        return Took(took["seconds"], took["memory"], told["sent"], *asked)

    def lead(self, port: int, number: int) -> tuple[float, float]:
        """Seconds to the webhook's answer, and from there until the mail server has the first response."""
        email = f"new{number}@example.org"
        started = time.perf_counter()
        with urllib.request.urlopen(request_for(port, "/leads", _lead(email)), timeout=30) as answer:
            json.load(answer)
        answered, at = time.perf_counter(), datetime.now(UTC)
        wait_for(lambda: any(email in one.rcpt_to for one in self.smtp.messages), every=0.002)
        taken = next(one.at for one in self.smtp.messages if email in one.rcpt_to)
        self.smtp.messages.clear()
        return answered - started, (taken - at).total_seconds()


def shops(folder: Path, sizes: Sequence[int], due: int, webhooks: int) -> Iterator[Row]:
    """Jobs of each size with its Sheet; then the webhook of the last one."""
    base = 0.0
    for leads in sizes:
        with FakeSmtp() as smtp, Google() as google:
            shop = Shop(folder / str(leads), google, smtp, leads, due)
            some, none = shop.job(), shop.job()
            base = base or none.seconds
            yield from _job_rows(leads, some, none, base, sizes[0])
            if leads == sizes[-1]:
                yield from _webhooks(shop, webhooks)


def jobs_alone(folder: Path, sizes: Sequence[int], due: int) -> Iterator[Row]:
    """In the ledger alone."""
    base = 0.0
    for leads in sizes:
        with FakeSmtp() as smtp:
            shop = Shop(folder / str(leads), None, smtp, leads, due)
            some, none = shop.job(), shop.job()
            base = base or none.seconds
            yield from _job_rows(leads, some, none, base, sizes[0])


def _job_rows(leads: int, some: Took, none: Took, base: float, smallest: int) -> Iterator[Row]:
    where = f"{leads:,} leads, {EVENTS * leads:,} events"
    bound = "1 read, 1 write, 3 s, 150 MB" if none.reads else "3 s, 150 MB"
    yield Row(f"job, none due: {where}", none.cost, times(none.seconds, base, f"{smallest:,} leads"), bound)
    each = "1 read and 1 write more a chunk of 100" if some.reads else ""
    yield Row(f"job, {some.sent} due", some.cost, times(some.seconds, none.seconds, "none due"), each)


def _webhooks(shop: Shop, count: int) -> Iterator[Row]:
    """One lead after the other, so that each is a lone one."""
    with shop.host as host:
        port = host.serve()
        # Only the word ON that this process or another has read lets anything leave.
        wait_for(lambda: host.ask(port, "/health")["sheet"] == "ok")
        base, number = 0.0, 0
        for name, (latency, is_down) in STATES.items():
            shop.google.be(latency, is_down=is_down)
            found = [shop.lead(port, number + one) for one in range(count)]
            number += count
            answers, mails = (sorted(part) for part in zip(*found, strict=True))
            base = base or statistics.median(answers)
            ratio = times(statistics.median(answers), base, "Google quick")
            yield Row(f"webhook's answer, Google {name}", _milliseconds(answers), ratio)
            yield Row("  from there to the taken mail", _milliseconds(mails), "", "at most 1 s")
        shop.google.be(0.0, is_down=False)


def _lead(email: str) -> dict[str, str]:
    return {"name": "Lea", "email": email, "message": "Can you help?"}


def _milliseconds(ordered: Sequence[float]) -> str:
    half, most = statistics.median(ordered), ordered[math.ceil(len(ordered) * 0.99) - 1]
    return f"{half * 1000:.0f} ms, p99 {most * 1000:.0f} ms, most {ordered[-1] * 1000:.0f} ms"
