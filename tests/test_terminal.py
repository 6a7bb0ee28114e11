"""The same commands at a terminal: tables as wide as it is, progress, and nothing that a lead wrote acts."""

import fcntl
import os
import pty
import re
import shutil
import struct
import subprocess
import sys
import termios
from pathlib import Path

import pytest
from rich.cells import cell_len

from tests.test_cli import as_cloned, folder, run

ROOT = Path(__file__).parents[1]
HOSTILE = "\x1b[2J\x1b]0;owned\x07[bold red]Bob[/] :smile: \u202eevil https://evil.example.net"
CONTROL = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")

__all__ = ["folder"]


def shown(folder: Path, *words: str, width: int = 80, **environment: str) -> tuple[str, int]:
    """What a terminal of so many columns gets, and the exit code."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, width, 0, 0))
    process = subprocess.Popen(
        [sys.executable, "-m", "sheetflow", *words],
        cwd=folder,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "TERM": "xterm-256color", **environment},
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
    )
    os.close(theirs)
    found = b""
    while True:
        try:
            some = os.read(ours, 65536)
        except OSError:  # how Linux says that nobody writes there any more
            break
        if not some:
            break
        found += some
    os.close(ours)
    return found.decode().replace("\r\n", "\n"), process.wait(timeout=60)


def plain(text: str) -> list[str]:
    return [line.rstrip() for line in CONTROL.sub("", text).splitlines()]


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = as_cloned(tmp_path_factory.mktemp("imported"))
    rows = [
        "Nobody,",
        f"{HOSTILE},bob@example.org",
        "李小龙,lee@example.org",
        f"{'Long ' * 30},long@example.org",
    ]
    (folder / "leads.csv").write_text("\n".join(["Name,Email", *rows]) + "\n")
    assert run(folder, "import", "leads.csv", "--start").returncode == 0
    return folder


@pytest.fixture
def leads(tmp_path: Path, imported: Path) -> Path:
    shutil.copytree(imported, tmp_path, symlinks=True, dirs_exist_ok=True)
    return tmp_path


@pytest.mark.parametrize("width", [40, 80, 200])
@pytest.mark.parametrize("words", [("plan",), ("report",), ("report", "--steps"), ("check",)])
def test_every_line_fits_the_terminal(leads: Path, words: tuple[str, ...], width: int) -> None:
    text, code = shown(leads, *words, width=width)
    assert code == 0
    lines = plain(text)
    assert len(lines) > 3
    assert [line for line in lines if cell_len(line) > width] == []


def test_a_plan_says_when_who_what_and_why(leads: Path) -> None:
    text, _ = shown(leads, "plan", width=120)
    lines = plain(text)
    assert next(line for line in lines if line.strip()).split()[:4] == ["when", "lead", "who", "what"]
    assert len([line for line in lines if " send " in line]) >= 3
    assert any(" 李小龙 " in line for line in lines)
    assert "No e-mail address. To answer by mail, type" in " ".join(" ".join(lines).split())


def test_a_narrow_terminal_gets_a_list(leads: Path) -> None:
    text, _ = shown(leads, "plan", width=50)
    assert "  send first_response" in plain(text)
    assert "Long Long Long…" in text
    assert "Long Long Long Long" not in text


def test_what_a_lead_wrote_is_text(leads: Path) -> None:
    row = run(leads, "plan", "--json").stdout
    lead_id = re.search(r'"lead_id": "(L-\w+)"', row)
    assert lead_id
    assert run(leads, "set", lead_id[1], "Status", HOSTILE).returncode == 0
    for words in (("plan",), ("report",)):
        text, _ = shown(leads, *words)
        assert "\x1b[2J" not in text
        assert "\x1b]" not in text
        assert "\x07" not in text
        assert "\u202e" not in text
    text, _ = shown(leads, "plan", width=200)
    assert "[bold red]Bob[/] :smile:" in text
    assert "\x1b" not in run(leads, "plan").stdout


def test_no_color_is_respected(leads: Path) -> None:
    colour = re.compile(r"\x1b\[[0-9;]*3[1-7]m")
    assert colour.search(shown(leads, "plan")[0])
    assert not colour.search(shown(leads, "plan", NO_COLOR="1")[0])
    assert "\x1b" not in shown(leads, "report", TERM="dumb")[0]


def test_a_pipe_gets_plain_lines(leads: Path) -> None:
    planned = [line for line in run(leads, "plan").stdout.splitlines() if "  hold  " not in line]
    assert len(planned) >= 3
    assert [
        line
        for line in planned
        if not re.match(r"\w{3} \d\d \w{3} \d{4} \d\d:\d\d +L-\w+  \S.{15}  send  ", line)
    ] == []
    assert all(line.startswith(("ok     ", "WRONG  ")) for line in run(leads, "check").stdout.splitlines())
    done = run(leads, "import", "leads.csv")
    assert (done.stdout, done.stderr) == ("leads.csv: 4 duplicate.\n", "")
    assert run(leads, "job").stderr == ""


def test_progress_is_seen_at_a_terminal_and_gone_when_it_is_done(folder: Path) -> None:
    rows = [f"Lead {number},lead{number}@example.org" for number in range(30)]
    (folder / "leads.csv").write_text("\n".join(["Name,Email", *rows]) + "\n")
    text, code = shown(folder, "import", "leads.csv", "--start")
    assert code == 0
    assert "importing" in text
    assert plain(text)[-1] == "leads.csv: 30 accepted."
    text, code = shown(folder, "job")
    assert code == 0
    assert "sending" in text
    assert "/30" in text
    assert plain(text)[-1].startswith("30 sent, 0 failed")
    assert '"sent": 0' in shown(folder, "job", "--json")[0]
    assert "reading" not in shown(folder, "job", "--json")[0]


def test_rich_is_loaded_at_a_terminal_alone(folder: Path) -> None:
    code = (
        "import sys; from sheetflow.cli import cli\n"
        "for words in (['--help'], ['plan']): cli(words, standalone_mode=False)\n"
        "print('rich' in sys.modules)"
    )
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=folder, env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-1] == "False"
