"""Rows that people type or paste into the Sheet themselves."""

from collections.abc import Iterator

import pytest

from tests.fakes.sheets import FakeSheets
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
