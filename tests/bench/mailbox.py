"""What a mailbox of 50,000 messages costs: the first reading, and the next one. `make bench` runs it.

python -m tests.bench_mailbox
"""

import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from sheetflow.jobs.effects import Effects
from sheetflow.ledger.ledger import Ledger
from sheetflow.mail.imap import ImapMailbox
from sheetflow.workflow.arrived import Arrived
from tests.fakes import dovecot
from tests.jobs.world import WORKFLOW

MAILS, DAYS, LOOK_BACK = 50_000, 500, timedelta(days=60)
BODY = "Dear all, this is a letter of a usual length.\n" * 60


def bench_mailbox() -> None:
    """Over a real Dovecot; without one there is nothing to measure (pymap takes minutes to hold as many)."""
    program = dovecot.find()
    if program is None:
        print("mailbox: Dovecot isn't here (apt-get install dovecot-imapd)")
        return
    with dovecot.running(program) as server:
        now = datetime.now(UTC)
        server.fill(_mails(MAILS, now))
        print(f"mailbox of {MAILS:,} messages, {DAYS} days old at most, on a real Dovecot:", flush=True)
        # A process of its own, so that the memory is that of the reading.
        account = (server.user, server.password, server.host, str(server.port), server.ca_file)
        subprocess.run([sys.executable, "-m", "tests.bench_mailbox", *account], check=True)


def _read(user: str, password: str, host: str, port: str, ca_file: str) -> None:
    mailbox = ImapMailbox(user, password, host, int(port), "ssl", ca_file, frozenset({user}))
    mailbox.verify()
    before, now = _memory(), datetime.now(UTC)
    _first(mailbox, now, LOOK_BACK, "as the job does it")
    _first(replace(mailbox, longest=20.0), now, timedelta(days=DAYS + 1), "stopped after 20 s")
    print(f"  memory above the start: {_memory() - before:.0f} MB")
    found: list[Arrived] = []
    cursor = mailbox.read("", now.date() + timedelta(days=1), found.append).cursor
    started = time.perf_counter()
    mailbox.read(cursor, now.date(), found.append)
    print(f"  the next, nothing new: {time.perf_counter() - started:.2f} s, {len(found)} mails")


def _first(mailbox: ImapMailbox, now: datetime, back: timedelta, how: str) -> None:
    effects, count = Effects(_empty(), WORKFLOW, mailbox.addresses, now, ""), 0

    def take(mail: Arrived) -> None:
        nonlocal count
        count += 1
        effects.take(mail)

    started = time.perf_counter()
    reading = mailbox.read("", (now - back).date(), take)
    seconds = time.perf_counter() - started
    print(f"  first, {back.days} days back, {how}: {count:,} mails read and judged in {seconds:.1f} s,")
    print(f"    {count / seconds:.0f} a second, {reading.left:,} left for the next run", flush=True)


def _mails(count: int, now: datetime) -> Iterator[tuple[bytes, datetime]]:
    for number in range(count):
        head = (
            f"From: Person {number} <person{number}@strangers.example>\nTo: me@example.com\n"
            f"Subject: Letter {number}\nMessage-ID: <letter-{number}@strangers.example>\n"
            "Date: Tue, 24 Mar 2026 10:00:00 +0100\nContent-Type: text/plain; charset=utf-8\n\n"
        )
        yield (head + BODY).encode(), now - timedelta(days=DAYS) * ((count - number) / count)


def _memory() -> float:
    """MB, the most so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _empty() -> Ledger:
    return Ledger(f"sqlite:///{tempfile.mkdtemp()}/ledger.db", WORKFLOW)


if __name__ == "__main__":
    if sys.argv[1:]:
        _read(*sys.argv[1:])
    else:
        bench_mailbox()
