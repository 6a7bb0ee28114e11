"""Many leads at once at web processes of their own, before one Sheet with Google's quota."""

import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.fakes.sheets import FakeSheets, Request
from tests.fakes.smtp import FakeSmtp
from tests.simulation.patience import PATIENCE, wait_for_all
from tests.simulation.webs import LOOK, Host, rows

PROCESSES, EACH, MOST_WRITES = 4, 10, 10
BUSINESS = "you@example.com"
MINUTE_OF_LEADS, SENDERS, QUOTA = 1_000, 12, 60


class Rush:
    """Before each answer of Google so many more leads come in, however fast this machine is.

    A thousand a minute are 20 while Google answers after 1.2 seconds. It is the `between` of a fake Sheet.
    """

    def __init__(self, each: int, leads: int) -> None:
        self._each, self._leads, self._came = each, leads, 0
        self._change = threading.Condition()

    def lead_came(self) -> None:
        with self._change:
            self._came += 1
            self._change.notify_all()

    def __call__(self, index: int, _request: Request) -> None:
        needed = min(self._leads, (index + 1) * self._each)
        with self._change:
            self._change.wait_for(lambda: self._came >= needed, PATIENCE)


@pytest.fixture
def sheets() -> Iterator[FakeSheets]:
    # A minute that never ends: what the quota refuses once it refuses for good.
    with FakeSheets(clock=lambda: 0.0) as fake:
        yield fake


@pytest.fixture
def mail() -> Iterator[FakeSmtp]:
    with FakeSmtp() as server:
        yield server


def test_40_webhooks_in_parallel_at_4_processes_are_40_rows_by_at_most_10_writes_and_40_mails(
    tmp_path: Path, sheets: FakeSheets, mail: FakeSmtp
) -> None:
    with Host(tmp_path, sheets, mail) as host:
        host.command("job")  # reads the word ON
        ports = [host.serve() for _ in range(PROCESSES)]
        sheets.request_log.clear()
        emails = post_at_once(host, ports)
        wait_for_all(lambda: len(rows(sheets)), len(emails), every=LOOK)
        wait_for_all(lambda: len(recipients(mail)), len(emails), every=LOOK)
        writes = sheets.writes
        host.command("job")
    assert rows(sheets) == Counter(emails)
    assert writes <= MOST_WRITES
    assert recipients(mail) == Counter(emails)


def test_1000_leads_in_a_minute_are_1000_rows_within_the_quota_of_that_minute_and_all_are_answered(
    tmp_path: Path, sheets: FakeSheets, mail: FakeSmtp
) -> None:
    emails = addresses(MINUTE_OF_LEADS)
    with Host(tmp_path, sheets, mail) as host:
        host.command("job")
        port = host.serve()
        sheets.request_log.clear()
        sheets.per_minute = QUOTA
        sheets.between = rush = Rush(each=20, leads=len(emails))

        def post(email: str) -> None:
            host.post(port, email)
            rush.lead_came()

        with ThreadPoolExecutor(SENDERS) as pool:
            list(pool.map(post, emails))
        wait_for_all(lambda: len(rows(sheets)), len(emails), every=LOOK)
        wait_for_all(lambda: len(recipients(mail)), len(emails), every=LOOK)
    assert rows(sheets) == Counter(emails)
    assert sheets.writes <= QUOTA
    assert recipients(mail) == Counter(emails)


def test_leads_are_answered_while_google_says_nothing_and_written_when_it_does(
    tmp_path: Path, sheets: FakeSheets, mail: FakeSmtp
) -> None:
    said = threading.Event()
    with Host(tmp_path, sheets, mail) as host:
        host.command("job")  # reads the word ON
        sheets.between = lambda _index, _request: said.wait(PATIENCE) and None
        port = host.serve()
        for email in (emails := addresses(3)):
            host.post(port, email)
        wait_for_all(lambda: len(recipients(mail)), len(emails), every=LOOK)
        said.set()
        wait_for_all(lambda: len(rows(sheets)), len(emails), every=LOOK)
    assert recipients(mail) == rows(sheets) == Counter(emails)


def post_at_once(host: Host, ports: Sequence[int]) -> list[str]:
    """Ten senders at each process, who all begin in the same moment; their addresses."""
    start = threading.Barrier(len(ports) * EACH)
    emails = addresses(start.parties)

    def post(port: int, email: str) -> None:
        start.wait(PATIENCE)
        host.post(port, email)

    with ThreadPoolExecutor(start.parties) as pool:
        list(pool.map(post, list(ports) * EACH, emails))
    return emails


def addresses(count: int) -> list[str]:
    return [f"lead{number:04}@example.org" for number in range(count)]


def recipients(mail: FakeSmtp) -> Counter[str]:
    """The leads among those who got mail."""
    return Counter(one.rcpt_to[0] for one in mail.messages if one.rcpt_to[0] != BUSINESS)
