"""/health: what is known, for whoever asks and however often."""

import threading
from datetime import timedelta

import pytest

from sheetflow.errors import LedgerUnavailable
from sheetflow.ledger import database, state
from sheetflow.ledger.ledger import Ledger
from sheetflow.web import health, storing
from sheetflow.workflow.events import iso
from tests.simulation.patience import wait_for
from tests.web.place import BOTH, Place, fail
from tests.web.test_leads import LEAD, TOKEN

pytestmark = BOTH
KEYS = {"ok", "capture", "ledger", "sheet", "mail", "mailbox", "waiting", "last_job", "problems"}


@pytest.fixture(autouse=True)
def _renewed_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "KEPT", 0.0)


def test_it_says_how_it_is_doing_without_an_address(place: Place) -> None:
    client = place.open()
    client.post("/leads", json=LEAD, headers=TOKEN)
    place.puts(state.LAST_JOB, iso(place.now))
    place.puts(state.PROBLEMS, "The server says: 550 <lea@example.org> is unknown.\nA column is missing.")
    answer = client.get("/health")
    found = answer.get_json()
    assert (answer.status_code, set(found)) == (200, KEYS)
    assert (found["ok"], found["capture"], found["ledger"], found["sheet"]) == (True, "ok", "ok", "off")
    assert (found["waiting"], found["last_job"]) == (0, "2026-03-24T09:00:00.000Z")
    assert found["problems"] == ["The server says: 550 <…> is unknown.", "A column is missing."]
    assert "@" not in answer.text


def test_it_counts_the_leads_that_are_not_in_the_sheet_yet(place: Place) -> None:
    client = place.open(has_sheet=True)
    for number in range(3):
        client.post("/leads", json={**LEAD, "email": f"lead{number}@example.org"}, headers=TOKEN)
    assert client.get("/health").get_json()["waiting"] == 3
    with place.ledger.writing() as book:
        book.change(place.notified[0], {"place": "7", "is_changed": 0})
    assert client.get("/health").get_json()["waiting"] == 2


def test_a_sheet_that_nobody_read_for_long_is_named(place: Place) -> None:
    client = place.open(has_sheet=True)
    place.puts(state.SENDING_READ, iso(place.now))
    place.puts(state.SHEET_PROBLEMS, "A column is missing.")
    place.puts(state.PROBLEMS, "A column is missing.\nThe mailbox can't be read.")
    found = client.get("/health").get_json()
    assert (found["sheet"], found["ok"]) == ("ok", True)
    assert found["problems"] == ["A column is missing.", "The mailbox can't be read."]
    place.now += timedelta(minutes=31)
    found = client.get("/health").get_json()
    assert (found["sheet"], found["ok"], found["capture"]) == ("late", False, "ok")
    assert found["problems"][0] == "The Sheet hasn't been read for half an hour or more."


def test_it_says_when_and_why_nothing_is_sent(place: Place) -> None:
    client = place.open()
    place.puts(state.SENDING, "PAUSED")
    place.puts(state.BLOCKED, "2026-03-24T10:00:00+00:00 550 5.4.5 too many")
    found = client.get("/health").get_json()
    assert [line.partition(":")[0] for line in found["problems"]] == ["Sending isn't ON", "Nothing is sent"]
    assert "Run `python -m sheetflow resume` to go on." in found["problems"][0]
    assert found["ok"] is True


def test_a_server_that_lets_nobody_in_says_so(place: Place) -> None:
    answer = place.open(tokens={}).get("/health")
    assert (answer.status_code, answer.get_json()["capture"]) == (200, "closed")


def test_a_ledger_that_is_away_is_a_503_until_it_is_back(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = place.open()
    assert client.get("/health").status_code == 200

    def away(_: Ledger) -> None:
        raise LedgerUnavailable("postgresql://user@host is away")

    with monkeypatch.context() as outage:
        outage.setattr(Ledger, "reading", away)
        outage.setattr(Ledger, "writing", away)
        answer = client.get("/health")
        assert (answer.status_code, answer.get_json()["ledger"]) == (503, "down")
        assert "host" not in answer.text
        assert client.post("/leads", json=LEAD, headers=TOKEN).status_code == 503
    assert client.get("/health").get_json()["ok"] is True


def test_nobody_waits_for_a_ledger_at_which_another_program_is_at_work(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "LOCK_TIMEOUT", 3600.0)  # who had this much would never come back
    monkeypatch.setattr(health, "PATIENCE", 0.05)
    monkeypatch.setattr(storing, "PATIENCE", 0.05)
    client, other = place.open(), Ledger(place.url, place.workflow, lambda: place.now)
    with other.writing():
        fresh = client.get("/health")
        assert (fresh.status_code, fresh.get_json()["ledger"]) == (503, "down")
    assert client.get("/health").get_json()["ok"] is True
    with other.writing():
        assert client.get("/health").get_json()["ok"] is True  # whoever only reads needs no turn
        answer = client.post("/leads", json=LEAD, headers=TOKEN)
        assert (answer.status_code, answer.headers["Retry-After"]) == (503, "30")
        assert client.get("/health").get_json()["capture"] == "down"
    other.close()
    assert client.get("/health").get_json()["ok"] is True
    assert client.post("/leads", json=LEAD, headers=TOKEN).status_code == 200


def test_it_is_503_from_a_lead_that_could_not_be_stored_until_one_could(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = place.open()
    with monkeypatch.context() as disk:
        fail(disk, LedgerUnavailable("the disk is full"))
        assert client.get("/health").status_code == 200
        assert client.post("/leads", json=LEAD, headers=TOKEN).status_code == 503
        found = [client.get("/health") for _ in range(2)]
        assert [(answer.status_code, answer.get_json()["ledger"]) for answer in found] == [(503, "ok")] * 2
    assert client.get("/health").get_json()["ok"] is True


def test_a_host_whose_disk_is_lost_takes_no_leads_into_a_file(place: Place) -> None:
    client = place.open(closed="This host loses its disk: set DATABASE_URL.")
    assert client.post("/leads", json=LEAD, headers=TOKEN).status_code == 503
    answer = client.get("/health")
    assert (answer.status_code, answer.get_json()["capture"]) == (503, "down")
    assert answer.get_json()["problems"] == ["This host loses its disk: set DATABASE_URL."]


def test_the_ledger_is_asked_once_however_many_ask(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "KEPT", 3600.0)
    client, asked = place.open(), []
    reading = place.ledger.reading
    monkeypatch.setattr(place.ledger, "reading", lambda: (asked.append(1), reading())[1])
    assert {client.get("/health").status_code for _ in range(50)} == {200}
    assert len(asked) == 1


def test_nobody_waits_while_somebody_looks_into_a_ledger_that_hangs(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(health, "SLOW", 0.0)
    app, go_on, looked = place.app(), threading.Event(), threading.Event()
    reading = place.ledger.reading

    def hangs() -> object:
        looked.set()
        go_on.wait(60)
        return reading()

    monkeypatch.setattr(place.ledger, "reading", hangs)
    first = threading.Thread(target=lambda: app.test_client().get("/health"))
    first.start()
    looked.wait(60)
    answers = [app.test_client().get("/health") for _ in range(20)]
    go_on.set()
    first.join()
    assert {(answer.status_code, answer.get_json()["ledger"]) for answer in answers} == {(200, "slow")}
    wait_for(lambda: app.test_client().get("/health").get_json()["ledger"] == "ok")
