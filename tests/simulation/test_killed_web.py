"""Web processes that are killed under load: every lead that was answered is there, and was mailed once."""

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
from tests.fakes.smtp import FakeSmtp
from tests.simulation.patience import wait_for
from tests.simulation.webs import LOOK, Host

LEADS, SENDERS, KILLS = 80, 6, 3


def kill_one(gunicorn: "subprocess.Popen[bytes]") -> None:
    children = Path(f"/proc/{gunicorn.pid}/task/{gunicorn.pid}/children").read_text().split()
    if children:
        with suppress(ProcessLookupError):
            os.kill(int(children[0]), signal.SIGKILL)


@pytest.fixture
def mail() -> Iterator[FakeSmtp]:
    with FakeSmtp() as server:
        yield server


@pytest.mark.needs_postgresql
def test_every_lead_answered_with_200_is_in_the_ledger_once_whichever_process_is_killed_when(
    tmp_path: Path, mail: FakeSmtp, postgresql_url: str
) -> None:
    site = postgresql_site(postgresql_url)
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

    with Host(tmp_path, None, mail, DATABASE_URL=site.url) as host:
        port = host.gunicorn()
        killer = threading.Thread(target=kill_now_and_then)
        killer.start()
        with ThreadPoolExecutor(SENDERS) as pool:
            emails = list(pool.map(post, range(LEADS)))
        killer.join()
        wait_for(
            lambda: (
                len({one.rcpt_to[0] for one in mail.messages if one.rcpt_to[0].startswith("lead")})
                >= LEADS - 20 * KILLS
            ),
            every=LOOK,
        )
    assert Counter(email for [email] in site.execute("SELECT email FROM sheetflow_leads")) == Counter(emails)
    copies = Counter(one.rcpt_to[0] for one in mail.messages if one.rcpt_to[0].startswith("lead"))
    assert set(copies.values()) == {1}
