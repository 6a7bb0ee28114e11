"""The Dashboard tab: every run leaves the numbers there, at no request of its own."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from tests.fakes.sheets import FakeSheets
from tests.fakes.smtp import FakeSmtp
from tests.simulation.sheet import NEW, WAITING, Shop

SECTIONS = (
    "Leads received",
    "Where leads stand now",
    "First response",
    "Conversion",
    "Follow-up",
    "Owners",
    "Needing attention",
)


@pytest.fixture
def shop() -> Iterator[Shop]:
    with FakeSheets(locale="en_GB", time_zone="Europe/Berlin") as sheets, FakeSmtp() as server:
        shop = Shop(sheets, server)
        shop.prepare()
        sheets.request_log.clear()
        yield shop


def shown(shop: Shop) -> list[list[object]]:
    """The rows of the Dashboard without empty cells at their end."""
    rows = []
    for row in shop.fake.owner.rows("Dashboard"):
        while row and row[-1] in ("", None):
            row = row[:-1]
        rows.append(row)
    return rows


def test_the_dashboard_shows_every_section_with_this_run_s_mails_in_it(shop):
    shop.job()
    rows = shown(shop)
    assert rows[0] == ["Report of 24 Mar 2026, 10:00 (Europe/Berlin)"]
    assert [row[0] for row in rows if row and row[0] in SECTIONS] == list(SECTIONS)
    assert ["all", 3, 1] in rows
    assert ["first_response", 4, 0, "0 %", "0 to 49 %", 0, 0] in rows
    assert ["follow_up", 1, 0, "0 %", "0 to 79 %", 0, 0] in rows
    assert (shop.fake.reads, shop.fake.writes) == (1, 2)


def test_what_is_older_goes_and_what_people_wrote_beside_it_stays(shop):
    owner = shop.fake.owner
    for person in (NEW, WAITING):
        shop.edit(person, "Status", "???")
    shop.job()
    before = shown(shop)
    owner.type("Dashboard", "H2", "my own note")
    owner.type("Dashboard", "B3", "somebody's slip")
    for person in (NEW, WAITING):
        shop.edit(person, "Status", "Won")
    shop.clean_job()
    after = shown(shop)
    assert len(after) < len(before)
    assert owner.rows("Dashboard")[1][7] == "my own note"
    assert not any("somebody's slip" in row for row in after)
    assert any("Won" in row for row in after)


def test_a_lead_s_name_stays_a_text(shop):
    shop.edit(NEW, "Name", "'=1+1")
    shop.edit(NEW, "Status", "???")
    shop.job()
    assert any("=1+1" in str(row[0]) for row in shown(shop) if row)
    assert shop.fake.owner.formulas("Dashboard") == []


@pytest.mark.parametrize("what", ["deleted", "protected", "renamed"])
def test_a_dashboard_that_people_took_away_stops_nothing(shop, what):
    owner, before = shop.fake.owner, shown(shop)
    if what == "deleted":
        owner.delete_tab("Dashboard")
    elif what == "protected":
        owner.protect("Dashboard")
    else:
        owner.rename_tab("Dashboard", "Numbers")
    assert shop.job().sent == 2
    if what == "renamed":
        assert owner.rows("Numbers")[0][0].startswith("Report of")
    elif what == "protected":
        assert shown(shop) == before
    else:
        tracker = shop.open()
        assert "Made the tab Dashboard." in tracker.setup()
        tracker.close()
        shop.clean_job()
        assert shown(shop)[0][0].startswith("Report of")


def test_a_dashboard_deleted_while_it_is_written_costs_the_run_nothing(shop):
    def delete(index: int, _: object) -> None:
        if index == 2 and "Dashboard" in shop.fake.owner.tabs():
            shop.fake.owner.delete_tab("Dashboard")

    shop.fake.between = delete
    assert shop.job().sent == 2
    assert len(shop.server.messages) == 2
    shop.fake.between = None
    shop.now += timedelta(minutes=20)
    assert shop.job().sent == 0


def test_a_small_tab_grows(shop):
    shop.fake.owner.delete_rows("Dashboard", 20, 80)
    shop.job()
    assert len(shown(shop)) > 20
