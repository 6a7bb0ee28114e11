"""Web processes that are killed under load, before a Sheet with its inbox in PostgreSQL."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from tests.contracts.sites import postgresql_site
from tests.fakes.sheets import FakeSheets
from tests.fakes.smtp import FakeSmtp
from tests.test_cli import ROOT, free_port

LEADS, SENDERS, KILLS = 150, 6, 4
PATIENCE = 60.0  # seconds until everything must be in the Sheet


class Server:
    """Two gunicorn processes over a fake Sheet, a fake mail server and a real PostgreSQL."""

    def __init__(self, folder: Path, sheets: FakeSheets, mail: FakeSmtp, database: str) -> None:
        self.port, self._folder = free_port(), folder
        config = (ROOT / "config/sheetflow.toml").read_text()
        (folder / "config").mkdir()
        (folder / "config/sheetflow.toml").write_text(
            config.replace("seconds_between_messages = 1.5", "seconds_between_messages = 0")
        )
        (folder / "config/templates").symlink_to(ROOT / "config/templates")
        self.environment = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT),
            "SHEETFLOW_TRACKER": sheets.spreadsheet_id,
            "SHEETS_API_ENDPOINT": sheets.url,
            "GOOGLE_SERVICE_ACCOUNT_JSON": sheets.service_account_json,
            "DATABASE_URL": database,
            "SHEETFLOW_WEBHOOK_TOKENS": "form:secret-one",
            "SMTP_USER": mail.user,
            "SMTP_PASSWORD": mail.password,
            "SMTP_HOST": mail.host,
            "SMTP_PORT": str(mail.port),
            "SMTP_CA_FILE": mail.ca_file,
            "IMAP_HOST": "off",
        }

    def command(self, *words: str) -> None:
        subprocess.run(
            [sys.executable, "-m", "sheetflow", *words],
            cwd=self._folder, env=self.environment, check=True, capture_output=True, timeout=120,
        )  # fmt: skip

    def __enter__(self) -> "Server":
        words = ["--worker-class", "gthread", "--threads", "8", "--workers", "2", "--no-control-socket"]
        self.log = (self._folder / "log").open("w")
        self._process = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", *words, "--bind", f"127.0.0.1:{self.port}",
             "sheetflow.web:create_app()"],
            cwd=self._folder, env=self.environment, stdout=self.log, stderr=subprocess.STDOUT,
        )  # fmt: skip
        return self

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        self._process.wait(60)
        self.log.close()

    def kill_one(self) -> None:
        children = Path(f"/proc/{self._process.pid}/task/{self._process.pid}/children").read_text().split()
        if children:
            with suppress(ProcessLookupError):
                os.kill(int(children[0]), signal.SIGKILL)

    def ask(self, path: str, lead: dict[str, str] | None = None, key: str = "") -> Any:
        """The answer; tried again, as a patient sender does, until there is one."""
        headers = {
            "Content-Type": "application/json", "X-Sheetflow-Token": "secret-one", "Idempotency-Key": key,
        }  # fmt: skip
        data = json.dumps(lead).encode() if lead else None
        address = f"http://127.0.0.1:{self.port}{path}"
        for _ in range(300):
            request = urllib.request.Request(address, data, headers)
            try:
                with urllib.request.urlopen(request, timeout=20) as answer:
                    return json.load(answer)
            except (OSError, urllib.error.URLError, ValueError, EOFError):
                time.sleep(0.1)
        raise AssertionError((self._folder / "log").read_text()[-4000:])


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
    server = Server(tmp_path, sheets, mail, database)
    server.command("setup")
    sheets.latency = 0.2
    done = threading.Event()

    def kill_now_and_then() -> None:
        for _ in range(KILLS):
            done.wait(1.7)
            server.kill_one()

    def post(number: int) -> str:
        time.sleep(0.25)
        email = f"lead{number:03}@example.org"
        told = server.ask("/leads", {"name": "Lea", "email": email, "message": "Hi"}, f"delivery-{number}")
        assert told["status"] in ("accepted", "duplicate"), told
        return email

    with server:
        server.ask("/health")
        killer = threading.Thread(target=kill_now_and_then)
        killer.start()
        with ThreadPoolExecutor(SENDERS) as pool:
            emails = list(pool.map(post, range(LEADS)))
        killer.join()
        wait_until(lambda: sum(rows(sheets).values()) >= LEADS)
        wait_until(lambda: len({one.rcpt_to[0] for one in mail.messages}) >= LEADS - 20 * KILLS)
    assert rows(sheets) == Counter(emails)
    copies = Counter(one.rcpt_to[0] for one in mail.messages)
    assert set(copies.values()) == {1}


def rows(sheets: FakeSheets) -> Counter[str]:
    return Counter(str(row["Email"]) for row in sheets.owner.records("Leads") if row.get("Email"))


def wait_until(holds: Any) -> None:
    until = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < until, "it didn't happen in time"
        time.sleep(0.2)
