"""Existing leads from a file: every row is taken, or named with the reason."""

import csv
from collections import Counter
from pathlib import Path

import pytest

from sheetflow.errors import ConfigError
from sheetflow.jobs.export import write_csv
from sheetflow.jobs.importing import WHY, find_mapping, import_csv
from sheetflow.workflow import statuses
from tests.jobs.world import WORKFLOW, World

TABLE = """\
Full Name;E-Mail;Mobile;Service;Shoe size;Nothing
Ada Example;ada@example.org;+49 30 55500100;A website;38;
Bob Example;bob@example.org;;A logo;44;
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "leads.csv"
    file.write_text(TABLE)
    return file


def left(file: Path) -> list[dict[str, str]]:
    with file.with_name("leads.not-imported.csv").open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


def test_rows_become_paused_leads_and_a_repeat_changes_nothing(world: World, file: Path) -> None:
    heard: list[int] = []
    done = import_csv(file, world.ports, start=False, progress=heard.append)
    assert (done.statuses, done.left, done.file, sum(heard)) == (Counter(accepted=2), (), None, 2)
    again = import_csv(file, world.ports, start=True)
    assert again.statuses == Counter(duplicate=2)
    leads = world.rows()
    assert [(lead.name, lead.status) for lead in leads] == [
        ("Ada Example", statuses.PAUSED),
        ("Bob Example", statuses.PAUSED),
    ]
    assert "Shoe size: 38" in leads[0].details
    assert not file.with_name("leads.not-imported.csv").exists()


def test_who_was_stopped_in_the_old_tracker_is_not_written_to(world: World, file: Path) -> None:
    running = world.arrives("fay@example.org")
    file.write_text(
        "Name,Email,status\nAda,ada@example.org,New\nBob,bob@example.org,New\n"
        "Bob,bob@example.org, do not Contact\nClo,clo@example.org,Won\n"
        "Dan,dan@example.org,\nEve,eve@example.org,cold\nFay,fay@example.org,Unsubscribed\n"
    )
    import_csv(file, world.ports, start=True)
    found = {(lead.email.partition("@")[0], lead.status) for lead in world.rows()}
    assert found == {
        ("ada", statuses.NEW),
        ("bob", statuses.DO_NOT_CONTACT),
        ("bob", statuses.NEEDS_ATTENTION),
        ("clo", statuses.PAUSED),
        ("dan", statuses.NEW),
        ("eve", statuses.NEW),
        ("fay", statuses.UNSUBSCRIBED),
    }
    assert world.suppression("bob@example.org")
    assert world.suppression("fay@example.org")
    assert "Paused: imported, its Status was Won; set New to start." in {lead.why for lead in world.rows()}
    world.types(running, "status", statuses.NEW)
    world.lifts_suppressions()
    import_csv(file, world.ports, start=True)
    assert world.row(running).status == statuses.NEW


def test_texts_that_were_exported_come_back_as_they_were(world: World, tmp_path: Path) -> None:
    texts = ["=1+1", "@all", "-x", "'quoted", "'007", "+49 30 55500100"]
    for number, text in enumerate(texts):
        world.arrives(f"lead{number}@example.org", message=text)
    file = tmp_path / "exported.csv"
    with file.open("w", newline="") as lines:
        write_csv(world.ports, lines)
    other = World(f"sqlite:///{tmp_path / 'other.db'}", world.server, world.now)
    import_csv(file, other.ports, start=False)
    assert [lead.message for lead in other.rows()] == texts
    other.ledger.close()


def test_the_mapping_shown_is_the_one_that_is_used(file: Path) -> None:
    assert find_mapping(file, WORKFLOW) == [
        ("Full Name", "name"),
        ("E-Mail", "email"),
        ("Mobile", "phone"),
        ("Service", "service"),
        ("Shoe size", "Details"),
        ("Nothing", "(empty)"),
    ]


def test_rows_that_cannot_be_taken_stand_in_a_file_with_the_reason(world: World, file: Path) -> None:
    file.write_text(
        TABLE + ";;;;;only this\nEve;eve@example.org;;a;b;c;too;many\n;;;;;\nZoe;zoe@example.org\n"
    )
    done = import_csv(file, world.ports, start=False)
    assert done.statuses == Counter(accepted=3)
    rows = left(file)
    assert [row["Full Name"] for row in rows] == ["", "Eve"]
    assert "line 4: it has neither a name" in rows[0][WHY]
    assert "line 5: it has more cells than there are headers" in rows[1][WHY]
    assert rows[1]["E-Mail"] == "eve@example.org"


def test_the_file_of_rows_left_can_be_mended_and_imported_itself(world: World, file: Path) -> None:
    file.write_text("Name,Email,Message\nEve,eve@example.org,Hello, you\n,,x\n")
    import_csv(file, world.ports, start=False)
    mended = file.with_name("leads.not-imported.csv")
    rows = left(file)
    rows[0]["Message"] = "Hello, you"
    with mended.open("w", newline="") as lines:
        writer = csv.DictWriter(lines, [name for name in rows[0] if name], extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)
    again = import_csv(mended, world.ports, start=False)
    (lead,) = world.rows()
    assert (lead.name, lead.message, lead.details) == ("Eve", "Hello, you", "")
    assert again.file is not None
    with again.file.open(encoding="utf-8-sig", newline="") as lines:
        assert next(csv.reader(lines)) == ["Name", "Email", "Message", WHY]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "no rows"),
        ("Name,Email\n", "no rows"),
        ("Name\n\xff", "UTF-8"),
        ('a\n"' + "x" * 140_000, "line 2"),
    ],
)
def test_a_file_that_is_no_table_is_a_sentence(world: World, file: Path, text: str, said: str) -> None:
    file.write_bytes(text.encode("latin-1"))
    with pytest.raises(ConfigError, match=said):
        import_csv(file, world.ports, start=False)
