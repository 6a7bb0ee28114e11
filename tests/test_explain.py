"""`explain`: what an integrator reads of ten bodies, and what docs/setup.md shows of them."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from sheetflow.cli import cli

ROOT = Path(__file__).parents[1]
BODIES = ROOT / "tests/capture/bodies"
SETUP = (ROOT / "docs/setup.md").read_text(encoding="utf-8")

UNDERSTOOD = {
    "franchise-form.json": ("needs_review", [("Ada Byron", "", "+1 352-555-0102")]),
    "phone-agent.json": ("accepted", [("Ada Byron", "ada@example.com", "+1 352-555-0102")]),
    "mail.json": ("accepted", [("Ada Byron", "ada@example.com", "")]),
    "portal.json": ("accepted", [("Ada Byron", "ada@example.com", ""), ("Bo Ek", "bo@example.com", "")]),
    "crm.json": ("accepted", [("Ada Byron", "ada@example.com", "+49 30 901820")]),
    "calendar.json": ("accepted", [("Ada Byron", "ada@example.com", "")]),
    "shop-test.json": ("test", [("", "sample@example.com", "")]),
    "slip.json": ("needs_review", [("Ada Byron", "", "")]),
    "slack.json": ("handshake", []),
    "website.form": ("accepted", [("Ada Byron", "ada@example.com", "")]),
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "config").symlink_to(ROOT / "config")
    for body in BODIES.iterdir():
        (tmp_path / body.name).write_bytes(body.read_bytes())
    monkeypatch.chdir(tmp_path)
    return tmp_path


def explain(*words: str) -> Result:
    return CliRunner().invoke(cli, ["explain", *words])


def entries(*words: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(explain("--json", *words).stdout)
    return found


@pytest.mark.parametrize("name", UNDERSTOOD)
def test_a_body_is_explained_with_what_each_cell_would_hold(folder: Path, name: str) -> None:
    (entry,) = entries(name)
    status, people = UNDERSTOOD[name]
    leads = [(lead["Name"], lead["Email"], lead["Phone"]) for lead in entry["leads"]]
    assert (entry["file"], entry["status"], leads) == (name, status, people)
    for lead in entry["leads"]:
        assert set(lead["because"]) <= {header for header, text in lead.items() if text}


def test_nothing_is_stored_or_sent(folder: Path) -> None:
    before = sorted(folder.rglob("*"))
    assert explain(*UNDERSTOOD).exit_code == 0
    assert sorted(folder.rglob("*")) == before


@pytest.mark.parametrize("name", ["franchise-form.json", "phone-agent.json"])
def test_setup_shows_what_explain_prints(folder: Path, name: str) -> None:
    shown = "".join(f"    {line}\n" if line else "\n" for line in explain(name).stdout.splitlines())
    assert shown in SETUP


def test_a_type_is_given_if_the_files_name_does_not_tell(folder: Path) -> None:
    (folder / "captured").write_bytes((folder / "website.form").read_bytes())
    (entry,) = entries("captured", "--type", "application/x-www-form-urlencoded")
    assert entry["leads"][0]["Email"] == "ada@example.com"


def test_a_body_that_is_refused_is_told_why(folder: Path) -> None:
    (folder / "broken.json").write_text('{"name": "Ada')
    (entry,) = entries("broken.json")
    assert (entry["status"], entry["leads"]) == ("refused", [])
    assert entry["remark"].startswith("400: the JSON is broken")


def test_a_file_that_is_not_there_is_one_sentence(folder: Path) -> None:
    result = explain("nothing.json")
    assert (
        str(result.exception) == "FILE 'nothing.json': can't be read (No such file or directory); name a file"
    )


def test_the_paths_of_a_source_are_used(folder: Path) -> None:
    (folder / "config").unlink()
    (folder / "config").mkdir()
    (folder / "config/templates").symlink_to(ROOT / "config/templates")
    toml = (ROOT / "config/sheetflow.toml").read_text()
    (folder / "config/sheetflow.toml").write_text(f'{toml}\n[sources.franchise]\nemail = "studio_email"\n')
    (entry,) = entries("franchise-form.json", "--source", "Franchise")
    assert entry["leads"][0]["Email"] == "downtown@example.org"
