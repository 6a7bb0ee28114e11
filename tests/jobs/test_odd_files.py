"""CSV files as spreadsheets and people really save them."""

from pathlib import Path

import pytest

from sheetflow.errors import ConfigError
from sheetflow.jobs.importing import import_csv, read_table
from tests.jobs.world import World


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        (
            '"Name","Message","Email"\n"A","He said ""hi"", ok","a@example.com"\n',
            {"Name": "A", "Message": 'He said "hi", ok', "Email": "a@example.com"},
        ),
        ("\n\r\nName,Email\nA,a@example.com\n", {"Name": "A", "Email": "a@example.com"}),
        ("sep=;\nName;Email\nA;a@example.com\n", {"Name": "A", "Email": "a@example.com"}),
        ("Name\tEmail\nA\ta@example.com\n", {"Name": "A", "Email": "a@example.com"}),
        (
            '"Last, first, title";"E-mail, private"\nA;a@example.com\n',
            {"Last, first, title": "A", "E-mail, private": "a@example.com"},
        ),
        (
            "Name;Email;red,green,blue\nA;a@example.com;red\n",
            {"Name": "A", "Email": "a@example.com", "red,green,blue": "red"},
        ),
        (
            'Email,"Your;\nmessage;"\na@example.com,Hi\n',
            {"Email": "a@example.com", "Your;\nmessage;": "Hi"},
        ),
        (
            "Phone,Phone,Email\n1,2,a@example.com\n",
            {"Phone": "1", "Phone (2)": "2", "Email": "a@example.com"},
        ),
        (
            "Email,Message\na@example.com," + "x" * 500_000,
            {"Email": "a@example.com", "Message": "x" * 500_000},
        ),
    ],
)
def test_nothing_of_a_row_is_lost(tmp_path: Path, text: str, cells: dict[str, str]) -> None:
    file = tmp_path / "leads.csv"
    file.write_text(text, newline="")
    (row,) = read_table(file).rows
    assert (dict(row.cells), row.extra) == (cells, ())


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('Name,Email\n"A,a@example.com\nB,b@example.com\n', "mend the quotes"),
        ("A,a@example.com\nB,b@example.com\n", "the first line is a lead"),
        ("A,+1 352-555-0102\nB,+1 352-555-0103\n", "the first line is a lead"),
    ],
)
def test_a_file_that_would_swallow_leads_is_refused(
    world: World, tmp_path: Path, text: str, said: str
) -> None:
    file = tmp_path / "leads.csv"
    file.write_text(text)
    with pytest.raises(ConfigError, match=said):
        import_csv(file, world.ports, start=False)
    assert world.rows() == []
