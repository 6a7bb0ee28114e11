"""What the documentation names exists, and what exists is named."""

import re
from pathlib import Path

import pytest

from sheetflow.cli import cli
from sheetflow.environment import VARIABLES
from sheetflow.web.openapi import describe
from sheetflow.workflow.statuses import SEND_AGAIN, STATUSES
from tests.test_layers import MAY_IMPORT

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
WORDS = {page.name: page.read_text(encoding="utf-8") for page in PAGES}
ALL = "\n".join(WORDS.values())
VARIABLE = re.compile(r"\b(?:SHEETFLOW|SMTP|IMAP|GOOGLE|SHEETS)_[A-Z_]+\b|\bDATABASE_URL\b")


def test_every_command_is_in_the_readme() -> None:
    assert [name for name in cli.commands if f"`{name}" not in WORDS["README.md"]] == []


def test_every_command_that_is_named_exists() -> None:
    named = set(re.findall(r"python -m sheetflow (\w+)", ALL))
    assert named - set(cli.commands) == set()


def test_every_variable_that_is_named_exists() -> None:
    assert set(VARIABLE.findall(ALL)) - set(VARIABLES) == set()


@pytest.mark.parametrize("name", PAGES, ids=lambda page: page.name)
def test_every_link_to_a_file_leads_somewhere(name: Path) -> None:
    links = re.findall(r"\]\((?!https?:)([^)#]+)", name.read_text(encoding="utf-8"))
    assert [link for link in links if not (name.parent / link).exists()] == []


def test_the_statuses_an_owner_may_type_are_explained() -> None:
    assert [word for word in (*STATUSES, SEND_AGAIN) if word not in ALL] == []


def test_every_part_of_the_package_has_its_place_in_the_design() -> None:
    rows = [line.split("|")[1] for line in WORDS["design.md"].splitlines() if line.startswith("| `")]
    named = [name for row in rows for name in re.findall(r"`(\w+)/?`", row)]
    assert sorted(named) == sorted(MAY_IMPORT.keys() - {"errors", "__main__"})


def test_what_health_answers_is_explained() -> None:
    answered = describe()["paths"]["/health"]["get"]["responses"]["200"]["content"]["application/json"]
    assert [key for key in answered["schema"]["required"] if f"`{key}`" not in WORDS["operating.md"]] == []


def test_the_readme_is_short_enough_to_be_read() -> None:
    assert 60 <= len(WORDS["README.md"].splitlines()) <= 120


def test_the_pictures_are_small() -> None:
    pictures = [*(ROOT / "docs/images").glob("*.png")]
    assert len(pictures) == 2
    assert all(picture.stat().st_size < 200_000 for picture in pictures)
