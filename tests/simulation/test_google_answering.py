"""A lead on its way from the inbox into the Sheet and to its first response, while people edit."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from sheetflow.errors import TrackerUnavailable
from sheetflow.inbox.queue import Queue
from sheetflow.jobs.drain import drain
from sheetflow.jobs.ports import Ports
from sheetflow.jobs.run import run_first_responses
from sheetflow.tracker.google import FRESH, GoogleTracker
from sheetflow.workflow.enquiry import Enquiry
from tests.fakes import sheets_faults as faults
from tests.fakes.sheets import FakeSheets, Request
from tests.fakes.sheets_faults import Fault
from tests.fakes.smtp import FakeSmtp
from tests.jobs.world import WORKFLOW
from tests.simulation.sheet import Shop

ADA = "L-ADAXXXXXXX"


@pytest.fixture
def shop() -> Iterator[Shop]:
    with FakeSheets(time_zone="Europe/Berlin") as sheets, FakeSmtp() as server:
        yield Shop(sheets, server)


@pytest.fixture
def process(shop: Shop, tmp_path: Path) -> Iterator[Callable[[], Ports]]:
    """Makes web processes that share the Sheet and an inbox."""
    opened: list[GoogleTracker] = []
    inbox = Queue(f"sqlite:///{tmp_path / 'inbox.db'}")

    def open_one() -> Ports:
        opened.append(shop.open())
        return replace(shop.ports(opened[-1]), store=inbox, inbox=inbox)

    open_one().tracker.setup()
    shop.fake.request_log.clear()
    yield open_one
    for tracker in opened:
        tracker.close()


def arrives(ports: Ports, lead_id: str = ADA, message: str = "Hello") -> None:
    enquiry = Enquiry(
        id=lead_id, delivery=f"{lead_id} {message}", repeat_within=timedelta(minutes=10),
        arrived=ports.clock(), name="Ada", email="ada@example.org", message=message,
    )  # fmt: skip
    ports.store.store([enquiry], WORKFLOW)


def answer(ports: Ports) -> None:
    run_first_responses(ports, [ADA])


def test_a_lone_lead_costs_one_read_and_three_writes(shop, process):
    ports = process()
    arrives(ports)
    drain(ports)
    answer(ports)
    assert (shop.fake.reads, shop.fake.writes) == (1, 3)
    assert len(shop.server.messages) == 1
    (row,) = shop.fake.owner.records("Leads")
    assert (row["Status"], row["Emails sent"]) == ("Contacted", 1)


@pytest.mark.parametrize(
    ("tab", "column", "words"),
    [
        ("Leads", "Status", "Won"),
        ("Leads", "Email", "ben@example.org"),
        ("Leads", "Next follow-up", "2026-05-01"),
        ("Control", "Value", "PAUSED"),
    ],
)
def test_what_is_typed_before_the_claim_is_obeyed_however_fresh_the_read(shop, process, tab, column, words):
    ports = process()
    arrives(ports)
    drain(ports)
    row = 2 if tab == "Leads" else shop.fake.owner.find("Control", "Setting", "Sending")
    shop.fake.owner.type_in(tab, row, column, words)
    answer(ports)
    assert shop.server.messages == []
    assert shop.fake.reads == 1
    assert [event.kind.value for event in shop.snapshot().events] == ["received", "claimed", "released"]


def test_a_row_deleted_before_the_claim_is_not_answered(shop, process):
    ports = process()
    arrives(ports)
    drain(ports)
    shop.fake.owner.delete_rows("Leads", 2)
    answer(ports)
    assert shop.server.messages == []


def test_two_processes_answer_a_lead_once(shop, process):
    one, other = process(), process()
    arrives(one)
    drain(one)
    other.tracker.snapshot()
    answer(one)
    answer(other)
    assert len(shop.server.messages) == 1


def test_after_half_a_minute_the_sheet_is_read_again(shop, process):
    ports = process()
    arrives(ports)
    drain(ports)
    shop.fake.owner.type_in("Leads", 2, "Status", "Won")
    shop.now += FRESH + timedelta(seconds=1)
    answer(ports)
    assert shop.server.messages == []
    assert shop.fake.reads == 2
    kinds = [event.kind.value for event in shop.snapshot().events]
    assert kinds == ["received", "status", "owner_response"]


@pytest.mark.parametrize("has_looked", [True, False])
def test_a_word_written_by_a_process_that_died_is_not_written_again_by_the_next(shop, process, has_looked):
    """The batch is a merge alone: no new row says that it is in already."""
    one, other = process(), process()
    arrives(one)
    drain(one)
    if has_looked:
        other.tracker.snapshot()
    arrives(one, "L-ADAAGAIN22", "And on Sunday?")
    shop.fake.faults = _lost_from_the_first_write_on()
    with suppress(TrackerUnavailable):
        drain(one)
    shop.fake.faults = None
    drain(other)
    lines = [line["Event"] for line in shop.fake.owner.records("Activity")]
    assert lines == ["received", "merged"]
    (row,) = shop.fake.owner.records("Leads")
    assert row["Details"].count("And on Sunday?") == 1


def _lost_from_the_first_write_on() -> Callable[[int, Request], Fault | None]:
    """The first write takes effect and its answer is lost; after that nothing gets through."""
    has_written = False

    def fault(_: int, request: Request) -> Fault | None:
        nonlocal has_written
        if has_written:
            return faults.refused(503)
        has_written = request.kind == "write"
        return faults.failed_after(503) if has_written else None

    return fault
