"""`demo` as a newcomer starts it, in a folder where somebody works already."""

import os
import re
import signal
import socket
import subprocess
import urllib.request
from pathlib import Path
from threading import Event

import pytest

from sheetflow.demo import studio
from sheetflow.errors import ConfigError
from tests.demo.test_story import ENDINGS
from tests.test_cli import free_port, post, start

HOSTILE = {
    "SMTP_USER": "owner@example.com",
    "SMTP_PASSWORD": "secret",
    "SMTP_HOST": "mail.example.com",
    "DATABASE_URL": "postgresql://owner:secret@db.example.com/leads",
    "SHEETFLOW_SHEET": "not a Sheet",
    "SHEETFLOW_CONFIG": "nowhere",
    "SHEETFLOW_WEBHOOK_TOKENS": "form:secret",
    "SHEETFLOW_NOTIFY_URLS": "json://alerts.example.com",
    "SHEETFLOW_AI_URL": "https://model.example.com/v1",
    "DYNO": "web.1",
    "http_proxy": "http://proxy.example.com:3128",
    "all_proxy": "http://proxy.example.com:3128",
    "PYTHONIOENCODING": "ascii",
}


def begin(folder: Path, *words: str, **environment: str) -> "subprocess.Popen[str]":
    (folder / "tmp").mkdir()
    return start(folder, "demo", *words, TMPDIR=str(folder / "tmp"), **environment)


def read_until(process: "subprocess.Popen[str]", words: str) -> str:
    """What is printed up to a line with these words."""
    assert process.stdout is not None
    read = ""
    for line in process.stdout:
        read += line
        if words in line:
            return read
    raise AssertionError(f"{words!r} didn't come: {read}")


def fetch(url: str) -> str:
    request = urllib.request.Request(url, headers={"Accept": "text/html"})
    with urllib.request.urlopen(request, timeout=60) as answer:
        text: str = answer.read().decode()
    return text


def end(process: "subprocess.Popen[str]", folder: Path) -> str:
    """Ctrl+C; what is printed after it."""
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (0, "")
    assert os.listdir(folder / "tmp") == []
    return out


def test_nothing_of_the_users_is_read_or_touched(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("".join(f"{name}={value}\n" for name, value in HOSTILE.items()))
    (tmp_path / "var").mkdir()
    (tmp_path / "var/sheetflow.db").write_text("the user's leads")
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    process = begin(tmp_path, "--port", str(free_port()), **HOSTILE)
    read = read_until(process, "All of it is open at")
    url = re.findall(r"http://127\.0\.0\.1:\d+", read)[-1]
    assert "Waiting for you: 1" in fetch(url)
    page = fetch(f"{url}/leads")
    assert all(name in page for name in ENDINGS)
    post(int(url.rpartition(":")[2]), {"name": "Vera Visitor", "email": "vera@example.org", "message": "Hi"})
    assert "asks by" in read_until(process, "Vera Visitor")
    end(process, tmp_path)
    assert all(name in read for name in ENDINGS)
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


def test_ctrl_c_ends_it_in_the_middle(tmp_path: Path) -> None:
    process = begin(tmp_path, "--port", str(free_port()))
    read_until(process, "Day 3 of 14")
    assert "Stopped" in end(process, tmp_path).splitlines()[-1]


def test_no_free_port_is_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(studio, "PORTS", 1)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(ConfigError, match=f"--port {port}: .* choose another"):
            studio.open_studio(tmp_path, port, Event()).__enter__()


def test_a_port_in_use_gives_the_next_one(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        process = begin(tmp_path, "--port", str(port))
        read = read_until(process, "Look on at")
        found = int(read.split("127.0.0.1:")[1].split()[0])
        end(process, tmp_path)
    assert port < found <= port + 50
