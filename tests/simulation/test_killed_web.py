"""Web processes that are killed under load, before a Sheet with its inbox in PostgreSQL."""

import os
import signal
import subprocess
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest

from tests.contracts.sites import postgresql_site
from tests.fakes.sheets import FakeSheets
from tests.fakes.smtp import FakeSmtp
from tests.simulation.patience import wait_for
from tests.simulation.webs import LOOK, Host, rows

LEADS, SENDERS, KILLS = 150, 6, 4


def kill_one(gunicorn: "subprocess.Popen[bytes]") -> None:
    children = Path(f"/proc/{gunicorn.pid}/task/{gunicorn.pid}/children").read_text().split()
    if children:
        with suppress(ProcessLookupError):
            os.kill(int(children[0]), signal.SIGKILL)


@pytest.fixture
def sheets() -> Iterator[FakeSheets]:
    with FakeSheets() as fake:
        yield fake


@pytest.fixture
def mail() -> Iterator[FakeSmtp]:
    with FakeSmtp() as server:
        yield server


@pytest.mark.needs_postgresql
def test_every_lead_answered_with_200_is_in_the_sheet_once_whichever_process_is_killed_when(
    tmp_path: Path, sheets: FakeSheets, mail: FakeSmtp, postgresql_url: str
) -> None:
    database = postgresql_site(postgresql_url).url
    done = threading.Event()

    def kill_now_and_then() -> None:
        for _ in range(KILLS):
            done.wait(1.7)
            kill_one(host.processes[-1])

    def post(number: int) -> str:
        time.sleep(0.25)
        email = f"lead{number:03}@example.org"
        host.post(port, email)
        return email

    with Host(tmp_path, sheets, mail, DATABASE_URL=database) as host:
        sheets.latency = 0.2
        port = host.gunicorn()
        killer = threading.Thread(target=kill_now_and_then)
        killer.start()
        with ThreadPoolExecutor(SENDERS) as pool:
            emails = list(pool.map(post, range(LEADS)))
        killer.join()
        wait_for(lambda: sum(rows(sheets).values()) >= LEADS, every=LOOK)
        wait_for(lambda: len({one.rcpt_to[0] for one in mail.messages}) >= LEADS - 20 * KILLS, every=LOOK)
    assert rows(sheets) == Counter(emails)
    copies = Counter(one.rcpt_to[0] for one in mail.messages)
    assert set(copies.values()) == {1}
