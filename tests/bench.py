"""`make bench`: what a run costs, beside the plain way, in one run on this machine.

The numbers say nothing about another machine; the ratios do.
"""

import resource
import tempfile
import time
import warnings
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import yagmail

from sheetflow.jobs.run import run_first_responses, run_job
from sheetflow.tracker.sql import SqlTracker
from sheetflow.workflow.events import Claim, Event, Kind, event_id
from sheetflow.workflow.lead import Lead, Mark
from sheetflow.workflow.tracked import Changes
from tests.fakes.smtp import FakeSmtp
from tests.jobs.world import WORKFLOW, World, read_mail

NOW = datetime(2026, 3, 24, 9, 0, tzinfo=UTC)
LEADS, DUE, MESSAGES = 10_000, 200, 100


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, FakeSmtp() as server:
        _full_table(Path(folder), server)
        _against_yagmail(Path(folder), server)
        _first_response(Path(folder), server)


def _full_table(folder: Path, server: FakeSmtp) -> None:
    tracker = SqlTracker(f"sqlite:///{folder / 'full.db'}")
    tracker.commit(_table(LEADS, DUE))
    world = World(tracker, server, NOW)
    counting = Counting(tracker)
    ports = replace(world.ports, tracker=counting, transport=Timed(world.transport))
    run_job(replace(ports, transport=NoMail()), dry_run=True)
    counting.reset()
    started = time.perf_counter()
    done = run_job(ports)
    seconds = time.perf_counter() - started
    mail = ports.transport.seconds
    print(f"job over {LEADS:,} leads, {6 * LEADS:,} events, {done.sent} due:")
    print(f"  {seconds:.2f} s, of which {mail:.2f} s at the mail server, {seconds - mail:.2f} s its own")
    print(f"  {counting.reads} read, {counting.writes} writes ({counting.claims} of them chunks of sends)")
    started = time.perf_counter()
    counting.reset()
    run_job(ports)
    seconds = time.perf_counter() - started
    print(f"  nothing due: {seconds:.2f} s, {counting.reads} read, {counting.writes} write")
    print(f"  most memory so far: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


def _against_yagmail(folder: Path, server: FakeSmtp) -> None:
    world = World(SqlTracker(f"sqlite:///{folder / 'mail.db'}"), server, NOW)
    for number in range(MESSAGES):
        world.arrives(f"lead{number}@example.org")
    ours = _per_second(MESSAGES, lambda: run_job(world.ports))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        plain = yagmail.SMTP(
            user=server.user,
            password=server.password,
            host=server.host,
            port=server.port,
            smtp_starttls=True,
            smtp_ssl=False,
        )

        def send_all() -> None:
            for number in range(MESSAGES):
                plain.send(f"lead{number}@example.org", "Thank you", "We will call you.")

        theirs = _per_second(MESSAGES, send_all)
    session = _per_second(MESSAGES, lambda: _hand_over(world))
    print(f"messages a second: yagmail's send() {theirs:.0f}; handed over in one session {session:.0f},")
    print(f"  ratio {session / theirs:.1f}; the whole job, rendering, claiming and recording too, {ours:.0f}")


def _hand_over(world: World) -> None:
    """Messages made beforehand, so that only the mail server's part is timed."""
    with world.transport.session() as session:
        for captured in world.server.messages[:MESSAGES]:
            session.deliver(read_mail(captured.data), captured.rcpt_to[0], "")


def _first_response(folder: Path, server: FakeSmtp) -> None:
    world = World(SqlTracker(f"sqlite:///{folder / 'first.db'}"), server, NOW)
    seconds = []
    for number in range(20):
        lead_id = world.arrives(f"lead{number}@example.org")
        started = time.perf_counter()
        run_first_responses(world.ports, [lead_id])
        seconds.append(time.perf_counter() - started)
    seconds.sort()
    median, late = seconds[10] * 1000, seconds[18] * 1000
    print(f"stored lead to taken mail: median {median:.0f} ms, 95th percentile {late:.0f} ms")


def _per_second(count: int, work: Callable[[], Any]) -> float:
    started = time.perf_counter()
    work()
    return count / (time.perf_counter() - started)


def _table(leads: int, due: int) -> Changes:
    """Leads answered three days ago, with six events each; the last `due` of them wait for a follow-up."""
    rows, events = [], []
    for number in range(leads):
        lead_id = f"L-{number:010}"
        is_due = number >= leads - due
        began = NOW - timedelta(days=3)
        word = "Contacted" if is_due else "Won"
        rows.append(_row(lead_id, number, began, word))
        events += _events(lead_id, began, word)
    return Changes(leads=tuple(rows), events=tuple(events))


def _row(lead_id: str, number: int, began: datetime, word: str) -> Lead:
    return Lead(
        id=lead_id,
        received=WORKFLOW.local(began),
        status=word,
        name=f"Lead {number}",
        email=f"lead{number}@example.org",
        message="A question about your work. " * 5,
        mark=Mark(lead_id, word),
    )


def _events(lead_id: str, began: datetime, word: str) -> list[Event]:
    claim = Claim(lead_id, "first_response", 1)
    sent = claim.event(Kind.SENT, began, "bench", "Thank you", f"<{lead_id}@example.com>")
    events = [
        Event(began, lead_id, Kind.RECEIVED, f"received:{lead_id}", detail="name: Lead"),
        Event(began, lead_id, Kind.ASSIGNED, f"assigned:{lead_id}", detail=""),
        claim.event(Kind.CLAIMED, began, "bench"),
        sent,
        Event(began, lead_id, Kind.MERGED, event_id(Kind.MERGED, lead_id), detail="message: again"),
    ]
    last = Event(began, lead_id, Kind.STATUS, f"status:{lead_id}", detail=f"{word} (was New)")
    return [*events, last]


class Counting:
    """The tracker, counted."""

    def __init__(self, tracker: SqlTracker) -> None:
        self.tracker = tracker
        self.reset()

    def reset(self) -> None:
        self.reads = self.writes = self.claims = 0

    def snapshot(self, only: Any = None) -> Any:
        self.reads += 1
        return self.tracker.snapshot(only)

    def claim(self, claims: Any, changes: Any) -> Any:
        self.writes += 1
        self.claims += 1
        return self.tracker.claim(claims, changes)

    def commit(self, changes: Any) -> None:
        self.writes += 1
        self.tracker.commit(changes)

    def setup(self) -> list[str]:
        return self.tracker.setup()


class Timed:
    """The transport, with the seconds spent in it."""

    def __init__(self, transport: Any) -> None:
        self.transport, self.seconds = transport, 0.0

    @contextmanager
    def session(self) -> Any:
        with self.transport.session() as session:
            self.inner = session
            yield self

    def deliver(self, *arguments: Any) -> Any:
        started = time.perf_counter()
        try:
            return self.inner.deliver(*arguments)
        finally:
            self.seconds += time.perf_counter() - started

    def verify(self) -> None:
        self.transport.verify()


class NoMail:
    """For the run that only warms up."""

    @contextmanager
    def session(self) -> Any:
        yield self

    def verify(self) -> None:
        pass


if __name__ == "__main__":
    main()
