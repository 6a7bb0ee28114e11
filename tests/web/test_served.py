"""The app as gunicorn serves it: also if it is loaded before the workers are forked."""

import os
import shlex
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.simulation.patience import PATIENCE
from tests.test_cli import ROOT, free_port, post, wait_for_mail

WEB = shlex.split((ROOT / "Procfile").read_text().splitlines()[0].removeprefix("web: "))


@contextmanager
def served(folder: Path, port: int, *options: str) -> Iterator[None]:
    (folder / "config").symlink_to(ROOT / "config")
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "SHEETFLOW_WEBHOOK_TOKENS": "form:secret",
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
