"""The job over a Sheet on loopback, real SMTP and a real ledger: what it costs, what an owner's word does."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from freezegun import freeze_time

from sheetflow.jobs import respond
from sheetflow.jobs.respond import Responder
from sheetflow.ledger.ledger import Ledger
from sheetflow.mail.nomailbox import NoMailbox
from sheetflow.sheet.api import Api
from sheetflow.sheet.sync import GoogleSheet
from sheetflow.workflow import statuses
from sheetflow.workflow.events import Kind
from tests.fakes.sheets import FakeSheets
from tests.fakes.smtp import FakeSmtp
from tests.jobs.conftest import TUESDAY
from tests.jobs.world import World
from tests.simulation.patience import PATIENCE, wait_for


@pytest.fixture(scope="module")
def mail_server() -> Iterator[FakeSmtp]:
    with FakeSmtp() as server:
        yield server


@pytest.fixture
def fake() -> Iterator[FakeSheets]:
    with FakeSheets(locale="en_GB", time_zone="Europe/Berlin") as sheets:
        yield sheets


class Frozen(World):
    """Google's tokens and the Date of its answers go by the machine's clock: it turns with the world's."""

    machine: Any = None

    def __setattr__(self, name: str, value: Any) -> None:
        super().__setattr__(name, value)
        if name == "now" and self.machine:
            self.machine.move_to(value)


@pytest.fixture
def world(tmp_path: Path, mail_server: FakeSmtp, fake: FakeSheets) -> Iterator[World]:
    with freeze_time(TUESDAY) as machine:
        yield from opened(tmp_path, mail_server, fake, machine)


def opened(tmp_path: Path, mail_server: FakeSmtp, fake: FakeSheets, machine: Any) -> Iterator[World]:
    mail_server.messages.clear()
    mail_server.answers = lambda _stage, _words: None
    made = Frozen(f"sqlite:///{tmp_path / 'ledger.db'}", mail_server, TUESDAY)
    made.machine = machine
    api = Api(fake.spreadsheet_id, fake.service_account_json, fake.url, lambda _: None)
    made.sheet = GoogleSheet(api, made.ledger, lambda: made.now, lambda _: None)
    made.sheet.setup(take_over=False)
    fake.request_log.clear()
    yield made
    made.sheet.close()
    made.ledger.close()


def requests(fake: FakeSheets) -> list[str]:
    kinds = [one.kind for one in fake.request_log if one.kind in ("read", "write")]
    fake.request_log.clear()
    return kinds


def cells(fake: FakeSheets, lead_id: str) -> dict[str, object]:
    return next(row for row in fake.owner.records("Leads") if row["Lead ID"] == lead_id)


def test_a_job_with_nothing_due_reads_once_and_writes_at_most_once(world: World, fake: FakeSheets) -> None:
    for number in range(30):
        world.arrives(f"lead{number}@example.org")
    world.job()
    world.passes(minutes=10)
    fake.request_log.clear()
    assert world.job().problems == ()
    assert requests(fake) == ["read", "write"]


def test_each_chunk_adds_one_small_read_and_one_write(world: World, fake: FakeSheets) -> None:
    for number in range(250):
        world.arrives(f"lead{number}@example.org")
    world.job()
    world.now = world.now.replace(day=26, hour=10)
    fake.request_log.clear()
    world.server.answers = lambda stage, _words: world.passes(seconds=0.2) if stage == "end" else None
    assert world.job().sent == 250
    found = requests(fake)
    # The look at the start is fresh enough for the first chunk.
    assert (found.count("read"), found.count("write")) == (1 + 2, 3 + 1)
    assert {row["Last step"] for row in fake.owner.records("Leads")} == {"follow_up"}
    assert {row["Emails sent"] for row in fake.owner.records("Leads")} == {2}


def test_what_the_owner_types_is_obeyed_by_the_next_run(world: World, fake: FakeSheets) -> None:
    lead_id = world.arrives()
    world.job()
    fake.owner.type_in("Leads", fake.owner.find("Leads", "Lead ID", lead_id), "Status", "Won")
    world.now = world.now.replace(day=26)
    world.job()
    assert [event.step for event in world.events(lead_id, Kind.SENT)] == ["first_response"]
    assert cells(fake, lead_id)["Status"] == statuses.WON
    assert cells(fake, lead_id)["Why"] == "Won: nothing more is sent by itself."


def test_a_stop_typed_while_a_chunk_is_on_its_way_keeps_the_next_chunk_from_it(
    world: World, fake: FakeSheets
) -> None:
    leads = [world.arrives(f"lead{number}@example.org") for number in range(150)]
    world.job()
    world.now = world.now.replace(day=26, hour=10)
    world.server.messages.clear()
    last = max(leads)  # what is due at the same time goes by Lead ID

    def types(stage: str, _words: str) -> None:
        world.passes(seconds=1)
        if stage == "end" and len(world.server.messages) == 20:
            fake.owner.type_in("Leads", fake.owner.find("Leads", "Lead ID", last), "Status", "Paused")

    world.server.answers = types
    world.job()
    assert "follow_up" not in {event.step for event in world.events(last, Kind.SENT)}
    assert cells(fake, last)["Status"] == statuses.PAUSED


def test_paused_on_control_stops_all_and_on_goes_on(world: World, fake: FakeSheets) -> None:
    world.job()
    row = fake.owner.find("Control", "Setting", "Sending")
    fake.owner.type_in("Control", row, "Value", "paused, please")
    lead_id = world.arrives()
    world.job()
    assert world.mails == []
    assert "Sending on Control is paused, please, not ON" in str(cells(fake, lead_id)["Why"])
    fake.owner.type_in("Control", row, "Value", " on ")
    world.passes(minutes=10)
    assert world.job().sent == 1


def test_while_the_sheet_cant_be_read_first_responses_go_on_for_an_hour_and_follow_ups_wait(
    world: World, fake: FakeSheets
) -> None:
    old = world.arrives("old@example.org")
    world.job()
    world.now = world.now.replace(day=26)
    fake.sharing = "none"
    world.remembers("sending read", world.now.isoformat())
    new = world.arrives("new@example.org")
    done = world.job()
    assert done.sent == 1
    assert "isn't shared with" in done.problems[0]
    assert [event.step for event in world.events(old, Kind.SENT)] == ["first_response"]
    assert world.events(new, Kind.SENT)
    world.passes(hours=2)
    world.arrives("later@example.org")
    assert world.job().sent == 0
    fake.sharing = "editor"
    assert world.job().sent == 2
    assert len(fake.owner.records("Leads")) == 3


def test_control_says_that_no_replies_are_read_if_that_was_decided(world: World, fake: FakeSheets) -> None:
    world.mailbox = NoMailbox("off: replies aren't read (IMAP_HOST=off)")
    assert world.job().problems == ()
    lines = {row["Setting"]: row["Value"] for row in fake.owner.records("Control")}
    assert lines["Last mailbox check"] == "off: replies aren't read (IMAP_HOST=off)"
    assert lines["Last job run"] == "Tue 24 Mar 2026, 10:00"


def test_a_new_process_sees_whose_sheet_it_is_before_it_answers_anybody(
    world: World, fake: FakeSheets, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(respond, "FIRST_LOOK", PATIENCE)
    world.job()  # reads the word ON
    other = Ledger(f"sqlite:///{tmp_path / 'other.db'}", world.workflow, lambda: world.now)
    api = Api(fake.spreadsheet_id, fake.service_account_json, fake.url, lambda _: None)
    GoogleSheet(api, other, lambda: world.now, lambda _: None).setup(take_over=True)
    lead_id = world.arrives()
    responder = Responder(world.ports)
    responder.notify([lead_id])
    wait_for(lambda: "belongs to another ledger" in str(world.row(lead_id).why))
    responder.stop()
    assert world.mails == []
