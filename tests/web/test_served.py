"""The app as gunicorn serves it: also if it is loaded before the workers are forked."""

import json
import os
import shlex
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from urllib.parse import urlencode

import pytest

from sheetflow.web.stamps import Stamps
from tests.simulation.patience import PATIENCE
from tests.test_cli import ROOT, free_port, post, wait_for_mail

WEB = shlex.split((ROOT / "Procfile").read_text().splitlines()[0].removeprefix("web: "))


@contextmanager
def served(folder: Path, port: int, *options: str, **more: str) -> Iterator[None]:
    (folder / "config").symlink_to(ROOT / "config")
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "SHEETFLOW_WEBHOOK_TOKENS": "form:secret",
        **more,
    }
    command = [sys.executable, "-m", *WEB[:-1], "--bind", f"127.0.0.1:{port}", *options, WEB[-1]]
    process = subprocess.Popen(command, cwd=folder, env=environment, stderr=subprocess.PIPE, text=True)
    try:
        yield
    finally:
        process.terminate()
        _, said = process.communicate(timeout=PATIENCE)
    assert "Traceback" not in said, said
    assert "Worker exiting" in said


@pytest.mark.parametrize("options", [(), ("--preload", "--workers", "2")], ids=["alone", "preloaded"])
def test_a_lead_is_answered_by_the_process_that_took_it(tmp_path: Path, options: tuple[str, ...]) -> None:
    port = free_port()
    with served(tmp_path, port, *options):
        for number in range(6):
            lead = {"name": "Lea Lead", "email": f"lea{number}@example.org", "message": "Hi"}
            assert post(port, lead, "/leads?token=secret")["status"] == "accepted"
        wait_for_mail(tmp_path, 6)


def test_a_visitor_is_counted_over_all_processes(tmp_path: Path) -> None:
    """Eight forms at once from one place: five are answered, whichever process took them."""
    port, key = free_port(), "a-secret-key"
    opened = datetime.now(UTC) - timedelta(minutes=1)
    stamps = [Stamps((key,)).issue(opened) for _ in range(8)]
    with served(tmp_path, port, "--preload", "--workers", "2", SHEETFLOW_SECRET_KEY=key):
        post(port, {"name": "Kim", "email": "kim@example.org"}, "/leads?token=secret")  # it is up
        with ThreadPoolExecutor(8) as visitors:
            codes = list(visitors.map(partial(send_form, port), stamps, range(8)))
        assert codes == [200] * 8
        wait_for_mail(tmp_path, 6)
    sent = json.loads(sheetflow(tmp_path, "export", "--json"))
    held = [lead["Email"] for lead in sent if lead["Status"] == "Needs attention"]
    assert (len(sent), len(held)) == (9, 3)
    assert len(list((tmp_path / "var/outbox").glob("*.eml"))) == 6


def send_form(port: int, stamp: str, number: int) -> int:
    typed = {"name": "Lea Lead", "email": f"lea{number}@example.org", "_form": stamp}
    address = f"http://127.0.0.1:{port}/form"
    with urllib.request.urlopen(address, urlencode(typed).encode(), timeout=30) as answer:
        code: int = answer.status
        return code


def sheetflow(folder: Path, *words: str) -> str:
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "sheetflow", *words]
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, timeout=60, check=True
    ).stdout


@pytest.mark.parametrize("options", [(), ("--preload",)], ids=["alone", "preloaded"])
def test_a_wrong_configuration_is_a_sentence_and_the_server_stops(
    tmp_path: Path, options: tuple[str, ...]
) -> None:
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "SHEETFLOW_TRACKER": "x",
        "SMTP_PORT": "mail",
    }
    command = [sys.executable, "-m", *WEB[:-1], "--bind", f"127.0.0.1:{free_port()}", *options, WEB[-1]]
    done = subprocess.run(
        command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=PATIENCE, check=False
    )
    assert done.returncode != 0
    assert "Traceback" not in done.stderr
    assert "SHEETFLOW_TRACKER isn't a variable of sheetflow" in done.stderr
    assert "SMTP_PORT='mail': use a number" in done.stderr
