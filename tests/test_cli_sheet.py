"""The commands over a Sheet: what they couldn't write they don't claim to have written."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from sheetflow.workflow import tracked
from tests.fakes.sheets import FakeSheets
from tests.simulation.book import SheetBook
from tests.test_cli import ROOT, run


@pytest.fixture
def sheet() -> Iterator[FakeSheets]:
    with FakeSheets() as fake:
        yield fake


@pytest.fixture
def folder(tmp_path: Path, sheet: FakeSheets) -> Path:
    """A working folder with two leads in the Sheet."""
    (tmp_path / "config").symlink_to(ROOT / "config")
    environment = SheetBook(sheet).environment
    (tmp_path / ".env").write_text("".join(f"{name}='{value}'\n" for name, value in environment.items()))
    (tmp_path / "leads.csv").write_text("Name,Email\nAda,ada@example.org\nBob,bob@example.org\n")
    assert run(tmp_path, "import", "leads.csv").returncode == 0
    return tmp_path


def test_pause_says_where_it_could_not_pause(folder: Path, sheet: FakeSheets) -> None:
    sheet.owner.protect("Control")
    done = run(folder, "pause")
    assert (done.returncode, done.stdout) == (1, "")
    assert "Sending is ON all the same" in done.stderr


def test_resume_says_where_it_could_not_resume(folder: Path, sheet: FakeSheets) -> None:
    sheet.owner.paste_rows("Control", sheet.owner.find("Control", "Setting", tracked.SENDING), 1, 20)
    assert run(folder, "pause").returncode == 0
    done = run(folder, "resume")
    assert (done.returncode, done.stdout) == (1, "")
    assert "all the same" in done.stderr


def test_set_says_where_it_could_not_write(folder: Path, sheet: FakeSheets) -> None:
    ada, bob = (row["Lead ID"] for row in sheet.owner.records("Leads"))
    sheet.owner.paste_rows("Leads", 2, 1, 6)
    copied = run(folder, "set", ada, "Status", "Won")
    sheet.owner.protect("Leads", "C:C")
    protected = run(folder, "set", bob, "Status", "Won")
    for done in (copied, protected):
        assert (done.returncode, done.stdout) == (1, "")
        assert "Status wasn't written" in done.stderr
    assert "Won" not in [row["Status"] for row in sheet.owner.records("Leads")]
