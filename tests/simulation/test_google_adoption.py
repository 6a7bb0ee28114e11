"""Rows that people type or paste into the Sheet themselves."""

from collections.abc import Iterator

import pytest

from tests.fakes.sheets import FakeSheets, Request
from tests.fakes.smtp import FakeSmtp
from tests.simulation.sheet import Shop


@pytest.fixture
def shop() -> Iterator[Shop]:
    with FakeSheets(locale="en_GB", time_zone="Europe/Berlin") as fake, FakeSmtp() as server:
        shop = Shop(fake, server)
        tracker = shop.open()
        tracker.setup()
        tracker.close()
        yield shop


def type_row(shop: Shop, number: int, **cells: str) -> None:
    for header, words in cells.items():
        shop.fake.owner.type_in("Leads", number, header, words)


def row(shop: Shop, email: str) -> dict[str, object]:
    return next(one for one in shop.fake.owner.records("Leads") if one["Email"] == email)


def test_a_row_typed_by_hand_becomes_a_paused_lead_once_it_has_stood_still(shop):
    type_row(shop, 2, Name="Ida", Email="ida@example.org")
    shop.job()
    assert row(shop, "ida@example.org")["Lead ID"] == ""
    shop.clean_job()
    found = row(shop, "ida@example.org")
    assert str(found["Lead ID"]).startswith("L-")
    assert (found["Status"], found["Source"]) == ("Paused", "Sheet")
    assert "typed by hand; set New to start" in str(found["Why"])
    shop.clean_job()
    assert [lead.email for lead in shop.snapshot().leads] == ["ida@example.org"]
    assert row(shop, "ida@example.org")["Lead ID"] == found["Lead ID"]
    assert shop.server.messages == []


def test_a_row_that_is_still_being_typed_waits(shop):
    type_row(shop, 2, Email="ida@example.org")
    shop.job()
    type_row(shop, 2, Name="Ida")
    shop.clean_job()
    assert row(shop, "ida@example.org")["Lead ID"] == ""
    shop.clean_job()
    assert row(shop, "ida@example.org")["Status"] == "Paused"


def test_new_typed_over_an_adopted_row_starts_the_sequence(shop):
    type_row(shop, 2, Name="Ida", Email="ida@example.org")
    shop.job()
    shop.clean_job()
    type_row(shop, 2, Status="New")
    shop.clean_job()
    assert row(shop, "ida@example.org")["Status"] == "Contacted"
    assert len(shop.server.messages) == 1


def test_pasted_rows_that_are_alike_become_leads_of_their_own(shop):
    for number in (2, 3, 4):
        type_row(shop, number, Phone="030 12345678")
    shop.job()
    shop.clean_job()
    ids = [lead.id for lead in shop.snapshot().leads]
    assert len(set(ids)) == 3


def test_a_closed_status_in_a_row_typed_by_hand_stands(shop):
    type_row(shop, 2, Email="ida@example.org", Status="Won")
    for _ in range(3):
        shop.clean_job()
    assert row(shop, "ida@example.org")["Status"] == "Won"
    assert str(row(shop, "ida@example.org")["Why"]).startswith("Won")


def test_the_date_that_a_row_came_with_stays(shop):
    type_row(shop, 2, Email="ida@example.org", Received="2025-03-14")
    before = row(shop, "ida@example.org")["Received"]
    for _ in range(3):
        shop.clean_job()
    found = row(shop, "ida@example.org")
    assert (found["Received"], found["Status"]) == (before, "Paused")


@pytest.mark.parametrize("at", [0, 1])
def test_a_row_that_moves_while_it_is_adopted_keeps_its_words(shop, at):
    for number, name in enumerate(("Ida", "Bo", "Cleo"), 2):
        type_row(shop, number, Name=name, Email=f"{name.lower()}@example.org")
    shop.job()
    shop.fake.request_log.clear()
    shop.fake.between = lambda index, _: shop.fake.owner.sort("Leads", "Name") if index == at else None
    shop.now = shop.now.replace(minute=30)
    shop.job()
    shop.clean_job()
    shop.clean_job()
    records = shop.fake.owner.records("Leads")
    assert sorted(one["Name"] for one in records) == ["Bo", "Cleo", "Ida"]
    assert all(one["Email"] == f"{one['Name'].lower()}@example.org" for one in records)
    assert len({one["Lead ID"] for one in records} - {""}) == 3
    assert {one["Status"] for one in records} == {"Paused"}


@pytest.fixture
def answered(shop: Shop) -> dict[str, object]:
    """A lead's row after its first response."""
    type_row(shop, 2, Name="Ida", Email="ida@example.org")
    shop.job()
    shop.clean_job()
    type_row(shop, 2, Status="New")
    shop.clean_job()
    return row(shop, "ida@example.org")


def test_a_lead_whose_id_was_emptied_gets_it_back_and_goes_on(shop, answered):
    type_row(shop, 2, **{"Lead ID": ""})
    shop.clean_job()
    shop.clean_job()
    assert row(shop, "ida@example.org") == answered
    assert len(shop.server.messages) == 1


def test_a_copy_whose_id_was_emptied_is_a_lead_of_its_own(shop, answered):
    shop.fake.owner.paste_rows("Leads", 2, 1, 3)
    type_row(shop, 3, **{"Lead ID": ""})
    shop.clean_job()
    shop.clean_job()
    first, copy = shop.fake.owner.records("Leads")
    assert (first["Lead ID"], first["Status"]) == (answered["Lead ID"], "Contacted")
    assert copy["Lead ID"] not in ("", answered["Lead ID"])
    assert copy["Status"] == "Paused"
    assert len(shop.server.messages) == 1


@pytest.mark.parametrize("header", ["Lead ID", "Status", "Email", "Next follow-up"])
def test_merged_cells_hold_their_lead_or_change_nothing(shop, answered, header):
    type_row(shop, 3, Name="Bo", Email="bo@example.org")
    shop.clean_job()
    shop.clean_job()
    column = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[shop.fake.owner.rows("Leads")[0].index(header)]
    shop.fake.owner.merge("Leads", f"{column}2:{column}3")
    shop.clean_job()
    report = shop.clean_job()
    assert report.problems == ()
    ida, bo = shop.fake.owner.records("Leads")
    assert ida["Why"] == answered["Why"]
    assert bo["Status"] in ("Paused", "")
    assert bo["Why"]
    assert len(shop.server.messages) == 1


@pytest.mark.parametrize(
    "edit",
    [
        lambda owner: owner.insert_rows("Leads", 3),
        lambda owner: owner.delete_rows("Leads", 2),
        lambda owner: owner.move_rows("Leads", 2, 5),
        lambda owner: owner.insert_column("Leads", "Lead ID", "Mood"),
        lambda owner: owner.move_column("Leads", "Email", "Lead ID"),
        lambda owner: owner.move_column("Leads", "Sheetflow", "Lead ID"),
    ],
)
def test_what_moves_as_rows_are_adopted_leaves_nothing_in_wrong_cells(shop, edit):
    names = ("Ida", "Bo", "Cleo")
    for number, name in enumerate(names, 2):
        type_row(shop, number, Name=name, Email=f"{name.lower()}@example.org", Notes=f"note on {name}")
    shop.job()

    def between(_: int, request: Request) -> None:
        if request.kind == "write":
            shop.fake.between = None
            edit(shop.fake.owner)

    shop.fake.between = between
    shop.job()
    for _ in range(2):
        shop.clean_job()
    records = [one for one in shop.fake.owner.records("Leads") if any(one.values())]
    assert {one["Name"] for one in records} | {"Ida"} == set(names)
    for one in records:
        assert (one["Email"], one["Notes"]) == (
            f"{one['Name'].lower()}@example.org",
            f"note on {one['Name']}",
        )
        assert (one["Status"], one["Source"], one["Emails sent"]) == ("Paused", "Sheet", 0)
        assert not one.get("Mood")
    assert len({one["Lead ID"] for one in records} - {""}) == len(records)
