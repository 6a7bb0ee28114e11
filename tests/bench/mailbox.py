"""What a mailbox of 50,000 messages costs: the first reading, and the next one."""

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sheetflow.jobs.effects import Effects
from sheetflow.ledger.ledger import Ledger
from sheetflow.mail.imap import ImapMailbox
from sheetflow.workflow.arrived import Arrived
from tests.bench.measured import peak
from tests.bench.table import Row, times
from tests.fakes import dovecot
from tests.jobs.world import WORKFLOW

ROOT = Path(__file__).parents[2]
MAILS, DAYS, LOOK_BACK = 50_000, 500, timedelta(days=60)
BODY = "Dear all, this is a letter of a usual length.\n" * 60


def readings(mails: int) -> Iterator[Row]:
    """Over a real Dovecot; without one there is nothing to measure (pymap takes minutes to hold as many)."""
    program = dovecot.find()
    if program is None:
        yield Row("mailbox", "Dovecot isn't here (apt-get install dovecot-imapd)")
        return
    with dovecot.running(program) as server:
        server.fill(_mails(mails, datetime.now(UTC)))
        # A process of its own, so that the memory is that of the reading.
        account = (server.user, server.password, server.host, str(server.port), server.ca_file)
        command = [sys.executable, "-m", "tests.bench.mailbox", *account]
        done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    first = f"first reading, {LOOK_BACK.days} days back, of {mails:,} messages in {DAYS} days"
    usual, whole, nothing, memory = json.loads(done.stdout)
    for name, one in ((first, usual), ("all of it", whole)):
        cost = f"{one['count']:,} mails in {one['seconds']:.1f} s, {one['left']:,} left for the next run"
        each = one["seconds"] / max(1, one["count"])
        yield Row(name, cost, times(each, usual["seconds"] / max(1, usual["count"]), "the first, a mail"))
    yield Row("the next, nothing new", f"{nothing:.2f} s", times(nothing, usual["seconds"], "the first"))
    yield Row("memory of all three", f"{memory:.0f} MB above the start")


def _read(user: str, password: str, host: str, port: str, ca_file: str) -> None:
    """Prints what it took, as JSON."""
    mailbox = ImapMailbox(user, password, host, int(port), "ssl", ca_file, frozenset({user}))
    mailbox.verify()
    before, now = peak(), datetime.now(UTC)
    usual = _first(mailbox, now, LOOK_BACK)
    whole = _first(replace(mailbox, longest=20.0), now, timedelta(days=DAYS + 1))
    memory = peak() - before
    cursor = mailbox.read("", now.date() + timedelta(days=1), lambda _: None).cursor
    started = time.perf_counter()
    mailbox.read(cursor, now.date(), lambda _: None)
    print(json.dumps([usual, whole, time.perf_counter() - started, memory]))


def _first(mailbox: ImapMailbox, now: datetime, back: timedelta) -> dict[str, Any]:
    """Read and judged, as the job does it."""
    effects, count = Effects(_empty(), WORKFLOW, mailbox.addresses, now, ""), 0

    def take(mail: Arrived) -> None:
        nonlocal count
        count += 1
        effects.take(mail)

    started = time.perf_counter()
    reading = mailbox.read("", (now - back).date(), take)
    return {"count": count, "seconds": time.perf_counter() - started, "left": reading.left}


def _mails(count: int, now: datetime) -> Iterator[tuple[bytes, datetime]]:
    for number in range(count):
        head = (
            f"From: Person {number} <person{number}@strangers.example>\nTo: me@example.com\n"
            f"Subject: Letter {number}\nMessage-ID: <letter-{number}@strangers.example>\n"
            "Date: Tue, 24 Mar 2026 10:00:00 +0100\nContent-Type: text/plain; charset=utf-8\n\n"
        )
        yield (head + BODY).encode(), now - timedelta(days=DAYS) * ((count - number) / count)


def _empty() -> Ledger:
    return Ledger(f"sqlite:///{tempfile.mkdtemp()}/ledger.db", WORKFLOW)


if __name__ == "__main__":
    _read(*sys.argv[1:])
