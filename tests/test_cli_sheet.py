"""The commands over a Sheet, as an owner sees both."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fakes import sheets_faults as faults
from tests.fakes.sheets import FakeSheets
from tests.fakes.sheets_document import Document
from tests.test_cli import ROOT, run


@pytest.fixture(scope="module")
def set_up(tmp_path_factory: pytest.TempPathFactory) -> tuple[Document, Path]:
    """A working folder whose leads, Ada and Bob, stand in the Sheet: made once, and copied for each test."""
    folder = tmp_path_factory.mktemp("set up")
    (folder / "config").symlink_to(ROOT / "config")
    (folder / "leads.csv").write_text("Name,Email\nAda,ada@example.org\nBob,bob@example.org\n")
    with FakeSheets(time_zone="America/New_York") as fake:
        connect(folder, fake)
        assert "Made the tab Leads." in run(folder, "setup").stdout
        assert run(folder, "import", "leads.csv").returncode == 0
        done = run(folder, "job")
        assert done.returncode == 0, done.stderr
    return fake.document, folder


@pytest.fixture
def sheet(set_up: tuple[Document, Path]) -> Iterator[FakeSheets]:
    with FakeSheets() as fake:
        fake.go_on_from(set_up[0])
        yield fake


@pytest.fixture
def folder(tmp_path: Path, sheet: FakeSheets, set_up: tuple[Document, Path]) -> Path:
    shutil.copytree(set_up[1], tmp_path, symlinks=True, dirs_exist_ok=True)
    connect(tmp_path, sheet)
    return tmp_path


def connect(folder: Path, sheet: FakeSheets) -> None:
    environment = {
        "SHEETFLOW_SHEET": sheet.spreadsheet_id,
        "SHEETS_API_ENDPOINT": sheet.url,
        "GOOGLE_SERVICE_ACCOUNT_JSON": json.dumps(json.loads(sheet.service_account_json)),
    }
    (folder / ".env").write_text("".join(f"{name}='{value}'\n" for name, value in environment.items()))


def sending(sheet: FakeSheets) -> str:
    [line] = [row["Value"] for row in sheet.owner.records("Control") if row["Setting"] == "Sending"]
    return str(line)


def test_what_is_set_and_paused_stands_in_the_sheet(folder: Path, sheet: FakeSheets) -> None:
    ada, _ = sheet.owner.records("Leads")
    assert run(folder, "set", ada["Lead ID"], "Status", "Won").returncode == 0
    assert run(folder, "job").returncode == 0
    assert [row["Status"] for row in sheet.owner.records("Leads")] == ["Won", "Paused"]
    assert run(folder, "pause").returncode == 0
    assert sending(sheet) == "PAUSED"
    assert run(folder, "resume").returncode == 0
    assert sending(sheet) == "ON"


def test_a_pause_counts_though_google_is_down_and_is_shown_later(folder: Path, sheet: FakeSheets) -> None:
    sheet.faults = lambda _number, _request: faults.NOT_SHARED
    done = run(folder, "pause")
    assert (done.returncode, done.stdout) == (1, "")
    assert "Sending is PAUSED; Control will show it later" in done.stderr
    sheet.faults = None
    assert sending(sheet) == "ON"
    assert run(folder, "job").returncode == 0
    assert sending(sheet) == "PAUSED"


def test_another_ledger_sends_nothing_until_it_takes_the_sheet_over(
    folder: Path, sheet: FakeSheets, tmp_path_factory: pytest.TempPathFactory
) -> None:
    other = tmp_path_factory.mktemp("other")
    (other / "config").symlink_to(ROOT / "config")
    (other / ".env").write_text((folder / ".env").read_text())
    before = sheet.owner.records("Leads")
    done = run(other, "job")
    assert (done.returncode, "take-over" in done.stderr) == (1, True)
    done = run(other, "resume")
    assert (done.returncode, "and yet nothing leaves: The Sheet belongs to another" in done.stderr) == (
        1,
        True,
    )
    assert run(other, "setup", "--take-over").returncode == 0
    assert run(other, "job").returncode in (0, 1)
    done = run(folder, "job")
    assert (done.returncode, "take-over" in done.stderr) == (1, True)
    assert sheet.owner.records("Leads") == before


def test_check_reads_the_sheet_and_says_what_is_wrong_with_it(folder: Path, sheet: FakeSheets) -> None:
    done = run(folder, "check")
    assert (done.returncode, "The Sheet can be read and written" in done.stdout) == (0, True), done.stdout
    sheet.owner.change_settings(time_zone="Europe/Paris")
    done = run(folder, "check")
    assert (done.returncode, "WRONG  The Sheet's time zone" in done.stdout) == (2, True), done.stdout
    sheet.faults = lambda _number, _request: faults.NOT_SHARED
    done = run(folder, "check")
    [wrong] = [line for line in done.stdout.splitlines() if line.startswith("WRONG")]
    assert (done.returncode in (1, 2), "Share" in wrong) == (True, True), done.stdout


def test_a_lost_ledger_is_filled_from_the_sheet(folder: Path, sheet: FakeSheets) -> None:
    ada, _ = sheet.owner.records("Leads")
    run(folder, "set", ada["Lead ID"], "Status", "Do not contact")
    assert run(folder, "job").returncode == 0
    before = json.loads(run(folder, "plan", "--json").stdout)
    for file in (folder / "var").glob("sheetflow.db*"):
        file.unlink()
    assert run(folder, "restore").returncode == 0
    assert json.loads(run(folder, "plan", "--json").stdout) == before
    assert "Do not contact" in run(folder, "lift", "ada@example.org").stdout


def test_a_forgotten_person_is_gone_from_the_sheet_at_once(folder: Path, sheet: FakeSheets) -> None:
    done = run(folder, "forget", "ada@example.org")
    assert (done.returncode, "in the Sheet are empty too" in done.stdout) == (0, True), done.stderr
    assert not [tab for tab in sheet.owner.tabs() if "ada@example.org" in str(sheet.owner.rows(tab)).lower()]
    for file in (folder / "var").glob("sheetflow.db*"):
        file.unlink()
    assert run(folder, "restore").returncode == 0
    assert "ada@example.org" not in run(folder, "plan", "--json").stdout


def test_a_person_is_forgotten_in_the_sheet_by_the_next_job_if_google_is_down(
    folder: Path, sheet: FakeSheets
) -> None:
    sheet.faults = lambda _number, _request: faults.NOT_SHARED
    done = run(folder, "forget", "ada@example.org")
    assert (done.returncode, "The next job empties the row" in done.stdout) == (0, True), done.stderr
    sheet.faults = None
    assert run(folder, "job").returncode == 0
    assert "ada@example.org" not in str(sheet.owner.rows("Leads")).lower()
