"""Many leads at once at web processes of their own, before one Sheet with Google's quota."""

import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.fakes.sheets import FakeSheets, Request
from tests.fakes.smtp import FakeSmtp
from tests.simulation.patience import PATIENCE, wait_for
from tests.simulation.webs import LOOK, Host, rows

PROCESSES, EACH, MOST_WRITES = 4, 10, 10
MINUTE_OF_LEADS, SENDERS, QUOTA = 1_000, 12, 60
HOSTS = {"with an inbox": {}, "without an inbox": {"DYNO": "web.1"}}


class Rush:
    """Google takes its time: before each answer so many more leads come in, however fast this machine is.

    It is the `between` of a fake Sheet.
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


def test_40_webhooks_in_parallel_at_4_processes_are_40_rows_by_at_most_10_writes(
    tmp_path: Path, sheets: FakeSheets, mail: FakeSmtp
) -> None:
    with Host(tmp_path, sheets, mail) as host:
        pause_sending(sheets)
        ports = [host.serve() for _ in range(PROCESSES)]
        sheets.request_log.clear()
        sheets.between = Rush(each=5, leads=len(ports) * EACH)
        emails = post_at_once(host, ports, sheets.between)
        wait_for(lambda: len(rows(sheets)) >= len(emails), every=LOOK)
        host.command("job")
    assert rows(sheets) == Counter(emails)
    assert sheets.writes <= MOST_WRITES
    assert mail.messages == []


@pytest.mark.parametrize("name", HOSTS)
def test_of_40_webhooks_in_parallel_none_is_lost_and_none_is_doubled_and_each_lead_gets_one_mail(
    tmp_path: Path, sheets: FakeSheets, mail: FakeSmtp, name: str
) -> None:
    with Host(tmp_path, sheets, mail, **HOSTS[name]) as host:
        ports = [host.serve() for _ in range(PROCESSES)]
        emails = post_at_once(host, ports)
        wait_for(lambda: len(rows(sheets)) >= len(emails), every=LOOK)
        # A lead whose sender had to ask twice is answered by the job.
        host.command("job")
        wait_for(lambda: set(emails) <= set(recipients(mail)), every=LOOK)
        host.command("job")
    assert rows(sheets) == Counter(emails)
    assert {email: recipients(mail)[email] for email in emails} == dict.fromkeys(emails, 1)


def test_1000_leads_in_a_minute_are_1000_rows_within_the_quota_of_that_minute(
    tmp_path: Path, sheets: FakeSheets, mail: FakeSmtp
) -> None:
    emails = addresses(MINUTE_OF_LEADS)
    with Host(tmp_path, sheets, mail) as host:
        pause_sending(sheets)
        port = host.serve()
        sheets.request_log.clear()
        sheets.per_minute = QUOTA
        # As many as come in while Google answers after 1.2 seconds.
        sheets.between = rush = Rush(each=20, leads=len(emails))

        def post(email: str) -> None:
            host.post(port, email)
            rush.lead_came()

        with ThreadPoolExecutor(SENDERS) as pool:
            list(pool.map(post, emails))
        wait_for(lambda: len(rows(sheets)) >= len(emails), every=LOOK)
    assert rows(sheets) == Counter(emails)
    assert sheets.writes <= QUOTA


def post_at_once(host: Host, ports: Sequence[int], rush: Rush | None = None) -> list[str]:
    """Ten senders at each process, who all begin in the same moment; their addresses."""
    start = threading.Barrier(len(ports) * EACH)
    emails = addresses(start.parties)

    def post(port: int, email: str) -> None:
        start.wait(PATIENCE)
        host.post(port, email)
        if rush:
            rush.lead_came()

    with ThreadPoolExecutor(start.parties) as pool:
        list(pool.map(post, list(ports) * EACH, emails))
    return emails


def addresses(count: int) -> list[str]:
    return [f"lead{number:04}@example.org" for number in range(count)]


def pause_sending(sheets: FakeSheets) -> None:
    owner = sheets.owner
    owner.type_in("Control", owner.find("Control", "Setting", "Sending"), "Value", "PAUSED")


def recipients(mail: FakeSmtp) -> Counter[str]:
    return Counter(one.rcpt_to[0] for one in mail.messages)
