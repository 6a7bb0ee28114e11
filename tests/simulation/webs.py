"""Web processes as a host starts them, with a fake Sheet or without, and senders that patiently try again."""

import json
import os
import subprocess
import sys
import time
import urllib.request
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.fakes.sheets import FakeSheets
from tests.fakes.smtp import FakeSmtp
from tests.simulation.patience import PATIENCE
from tests.test_cli import ROOT, free_port

TOKEN = "secret-one"
THREADS = ("--worker-class=gthread", "--threads=8")
SETTINGS = {
    "seconds_between_messages = 1.5": "seconds_between_messages = 0",
    "daily_limit = 400": "daily_limit = 2000",
}
LOOK = 0.2  # seconds from one look at the Sheet to the next, whose rows are read whole


class Host:
    """A working folder as it is deployed, and the processes that run in it."""

    def __init__(
        self,
        folder: Path,
        sheets: FakeSheets | None,
        mail: FakeSmtp,
        changes: Mapping[str, str] = SETTINGS,
        **environment: str,
    ) -> None:
        self._folder = folder
        self.processes: list[subprocess.Popen[bytes]] = []
        config = (ROOT / "config/sheetflow.toml").read_text()
        (folder / "config").mkdir()
        for before, after in changes.items():
            assert before in config, before
            config = config.replace(before, after)
        (folder / "config/sheetflow.toml").write_text(config)
        (folder / "config/templates").symlink_to(ROOT / "config/templates")
        self._environment = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT),
            "SHEETFLOW_WEBHOOK_TOKENS": f"form:{TOKEN}",
            "SMTP_USER": mail.user,
            "SMTP_PASSWORD": mail.password,
            "SMTP_HOST": mail.host,
            "SMTP_PORT": str(mail.port),
            "SMTP_CA_FILE": mail.ca_file,
            "IMAP_HOST": "off",
            **(sheet_of(sheets) if sheets else {}),
            **environment,
        }
        self.command("setup")

    def command(self, *words: str, module: str = "sheetflow") -> str:
        """What it says."""
        done = subprocess.run(
            [sys.executable, "-m", module, *words],
            cwd=self._folder, env=self._environment, capture_output=True, text=True, timeout=300,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def start(self, *words: str) -> "subprocess.Popen[bytes]":
        """`python -m` with these words, until the end of the `with` block."""
        with (self._folder / "log").open("a") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", *words],
                cwd=self._folder, env=self._environment, stdout=log, stderr=subprocess.STDOUT,
            )  # fmt: skip
        self.processes.append(process)
        return process

    def serve(self) -> int:
        """A web process of its own; the port it is at once it answers."""
        port = free_port()
        self.start("sheetflow", "serve", "--port", str(port))
        self.ask(port, "/openapi.json")
        return port

    def gunicorn(self, app: str = "sheetflow.web:create_app()", *options: str) -> int:
        """Two processes behind one port; the port once they answer."""
        port = free_port()
        where = ("--workers=2", "--no-control-socket", f"--bind=127.0.0.1:{port}")
        self.start("gunicorn", *(options or THREADS), *where, app)
        self.ask(port, "/health")
        return port

    def __enter__(self) -> "Host":
        return self

    def __exit__(self, *_: object) -> None:
        for process in self.processes:
            process.terminate()
        for process in self.processes:
            process.wait(PATIENCE)

    def post(self, port: int, email: str) -> None:
        """Until it is answered with 200."""
        told = self.ask(port, "/leads", {"name": "Lea", "email": email, "message": "Hi"}, f"of {email}")
        # A duplicate is one whose first answer didn't reach its sender.
        assert told["status"] in ("accepted", "duplicate"), told

    def ask(self, port: int, path: str, lead: dict[str, str] | None = None, key: str = "") -> Any:
        """The answer; tried again, as a patient sender does, until there is one."""
        request = request_for(port, path, lead, key)
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            try:
                with urllib.request.urlopen(request, timeout=20) as answer:
                    return json.load(answer)
            except (OSError, ValueError, EOFError):
                time.sleep(0.1)
        raise AssertionError(self.log[-4000:])

    @property
    def log(self) -> str:
        return (self._folder / "log").read_text()


def request_for(
    port: int, path: str, lead: Mapping[str, str] | None = None, key: str = ""
) -> urllib.request.Request:
    headers = {"Content-Type": "application/json", "X-Sheetflow-Token": TOKEN, "Idempotency-Key": key}
    data = json.dumps(lead).encode() if lead else None
    return urllib.request.Request(f"http://127.0.0.1:{port}{path}", data, headers)


def sheet_of(sheets: FakeSheets) -> dict[str, str]:
    return {
        "SHEETFLOW_SHEET": sheets.spreadsheet_id,
        "SHEETS_API_ENDPOINT": sheets.url,
        "GOOGLE_SERVICE_ACCOUNT_JSON": sheets.service_account_json,
    }


def rows(sheets: FakeSheets) -> Counter[str]:
    """How many rows of Leads each address has."""
    return Counter(str(row["Email"]) for row in sheets.owner.records("Leads") if row.get("Email"))
