"""The webhook: who may post, what is answered, what is stored before the answer."""

import time
from collections.abc import Callable
from typing import Any

import pytest

from sheetflow.errors import TrackerUnavailable
from sheetflow.tracker.sql import SqlTracker
from sheetflow.workflow import statuses, tracked
from sheetflow.workflow.events import Kind
from tests.jobs.world import World
from tests.web.conftest import Open

TOKEN = {"X-Sheetflow-Token": "secret-one"}
LEAD = {"name": "Lea Lead", "email": "lea@example.org", "message": "Can you help?"}


def wait_for(found: Callable[[], Any]) -> Any:
    for _ in range(500):
        result = found()
        if result:
            return result
        time.sleep(0.02)
    raise AssertionError("it didn't happen within 10 seconds")


def test_a_lead_answered_with_200_is_stored_and_then_answered_by_mail(site: Open, world: World) -> None:
    answer = site().post("/leads/website", json=LEAD, headers=TOKEN)
    assert answer.status_code == 200
    body = answer.get_json()
    assert (body["ok"], body["status"]) == (True, "accepted")
    row = world.lead(body["lead_id"])
    assert (row.name, row.email, row.source) == ("Lea Lead", "lea@example.org", "website")
    (mail,) = wait_for(lambda: world.mails)
    assert "lea@example.org" in mail["To"]
    wait_for(lambda: world.lead(body["lead_id"]).status == statuses.CONTACTED)
    assert len(world.events(body["lead_id"], Kind.SENT)) == 1


def test_a_form_is_a_lead_too(site: Open, world: World) -> None:
    answer = site().post("/leads", data={"your-name": "Ann", "your-email": "ann@example.org"}, headers=TOKEN)
    row = world.lead(answer.get_json()["lead_id"])
    assert (row.name, row.email, row.source) == ("Ann", "ann@example.org", "zapier")


@pytest.mark.parametrize(
    ("address", "headers", "status"),
    [
        ("/leads", {"Authorization": "Bearer secret-one"}, 200),
        ("/leads", {"Authorization": "bearer secret-two"}, 200),
        ("/leads", {"X-Sheetflow-Token": "third"}, 200),
        ("/leads?token=third", {}, 200),
        ("/leads/", {"X-Sheetflow-Token": "third"}, 200),
        ("/leads", {}, 401),
        ("/leads", {"X-Sheetflow-Token": "secret"}, 401),
        ("/leads", {"Authorization": "Basic secret-one"}, 401),
        ("/leads?token=", {"X-Sheetflow-Token": ""}, 401),
        ("/leads", {"X-Sheetflow-Token": "sécret"}, 401),
    ],
)
def test_a_token_opens_the_door(site: Open, address: str, headers: dict[str, str], status: int) -> None:
    assert site().post(address, json=LEAD, headers=headers).status_code == status


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"Host": "127.0.0.1:8000"}, 200),
        ({"Host": "[::1]:8000"}, 200),
        ({"Host": "localhost:8000", "Origin": "http://localhost:8000"}, 200),
        ({"Host": "leads.example.com"}, 401),
        ({"Origin": "https://evil.example"}, 401),
        ({"Origin": "null"}, 401),
        ({"Origin": "http://[::1"}, 401),
        ({"Sec-Fetch-Site": "cross-site"}, 401),
        ({"Forwarded": "for=192.0.2.1"}, 401),
        ({"X-Forwarded-For": "192.0.2.1"}, 401),
        ({"X-Forwarded-Proto": "https"}, 401),
        ({"X-Real-IP": "192.0.2.1"}, 401),
        ({"Via": "1.1 tunnel"}, 401),
        ({"CF-Connecting-IP": "192.0.2.1"}, 401),
    ],
)
def test_without_tokens_only_this_machine_itself_gets_in(
    site: Open, headers: dict[str, str], status: int
) -> None:
    client = site(tokens={}, takes_loopback=True)
    assert client.post("/leads", json=LEAD, headers=headers).status_code == status


def test_without_tokens_a_public_server_takes_no_leads_and_says_why(site: Open) -> None:
    client = site(tokens={})
    answer = client.post("/leads", json=LEAD)
    assert answer.status_code == 401
    assert "SHEETFLOW_WEBHOOK_TOKENS" in answer.get_json()["message"]
    assert any("SHEETFLOW_WEBHOOK_TOKENS" in line for line in client.get("/health").get_json()["problems"])


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS", "PUT", "DELETE", "PATCH"])
def test_other_methods_are_refused_with_what_is_allowed(site: Open, method: str) -> None:
    answer = site().open("/leads", method=method, headers=TOKEN)
    assert (answer.status_code, answer.headers["Allow"]) == (405, "POST")


@pytest.mark.parametrize(
    ("body", "content_type", "status"),
    [
        (b'{"name": "Lea"', "application/json", 400),
        (b"", "application/json", 400),
        (b"<lead/>", "application/xml", 415),
        (b'{"email": "' + b"a" * 2_200_000 + b'"}', "application/json", 413),
    ],
)
def test_a_body_that_cannot_be_read_is_refused_in_words_and_nothing_is_stored(
    site: Open, world: World, body: bytes, content_type: str, status: int
) -> None:
    answer = site().post("/leads", data=body, content_type=content_type, headers=TOKEN)
    assert answer.status_code == status
    assert answer.content_type == "application/problem+json"
    problem = answer.get_json()
    assert (problem["ok"], problem["status"]) == (False, status)
    assert problem["message"] == problem["detail"]
    assert world.tracker.snapshot().leads == ()


def test_the_same_delivery_twice_is_one_lead_and_one_mail(site: Open, world: World) -> None:
    client = site()
    first = client.post("/leads", json=LEAD, headers={**TOKEN, "Idempotency-Key": "one"}).get_json()
    world.passes(days=20)
    again = client.post("/leads", json=LEAD, headers={**TOKEN, "Idempotency-Key": "one"}).get_json()
    assert (again["status"], again["lead_id"]) == ("duplicate", first["lead_id"])
    assert len(world.tracker.snapshot().leads) == 1


def test_a_lead_of_a_batch_is_known_again_by_its_own_number_when_it_comes_alone(
    site: Open, world: World
) -> None:
    client = site()
    people = [{"leadgen_id": str(number), "email": f"lea{number}@example.org"} for number in (1, 2)]
    first = client.post("/leads", json=people, headers=TOKEN).get_json()["leads"]
    world.passes(days=20)
    for told, person in zip(first, people, strict=True):
        again = client.post("/leads", json=person, headers=TOKEN).get_json()
        assert (again["status"], again["lead_id"]) == ("duplicate", told["lead_id"])


def test_a_repeat_of_a_lead_that_was_not_answered_yet_has_it_answered(site: Open, world: World) -> None:
    client = site()
    world.controls(tracked.SENDING, tracked.PAUSED)
    lead_id = client.post("/leads", json=LEAD, headers=TOKEN).get_json()["lead_id"]
    wait_for(lambda: "PAUSED" in world.lead(lead_id).why)
    world.controls(tracked.SENDING, tracked.ON)
    assert client.post("/leads", json=LEAD, headers=TOKEN).get_json()["status"] == "duplicate"
    wait_for(lambda: len(world.mails) == 1)


def test_a_constant_key_does_not_swallow_the_second_person(site: Open, world: World) -> None:
    client = site()
    for email in ("one@example.org", "two@example.org"):
        client.post("/leads", json={**LEAD, "email": email}, headers={**TOKEN, "Idempotency-Key": "key"})
    assert {lead.email for lead in world.tracker.snapshot().leads} == {"one@example.org", "two@example.org"}


def test_the_same_content_without_a_key_is_a_repeat_for_ten_minutes(site: Open, world: World) -> None:
    client = site()
    client.post("/leads", json=LEAD, headers=TOKEN)
    world.passes(minutes=9)
    assert client.post("/leads", json=LEAD, headers=TOKEN).get_json()["status"] == "duplicate"
    world.passes(minutes=10)
    assert client.post("/leads", json=LEAD, headers=TOKEN).get_json()["status"] == "merged"


def test_a_second_enquiry_of_a_person_joins_the_open_row(site: Open, world: World) -> None:
    client = site()
    first = client.post("/leads", json=LEAD, headers=TOKEN).get_json()
    wait_for(lambda: world.mails)
    again = client.post("/leads", json={**LEAD, "message": "And on Sunday?"}, headers=TOKEN).get_json()
    assert (again["status"], again["lead_id"]) == ("merged", first["lead_id"])
    wait_for(lambda: "Asked again" in world.lead(first["lead_id"]).why)
    assert "And on Sunday?" in world.lead(first["lead_id"]).details
    assert len(world.mails) == 1


def test_a_lead_that_cannot_be_answered_is_stored_and_flagged(site: Open, world: World) -> None:
    answer = site().post("/leads", json={"name": "No Mail", "phone": "+49 30 55500100"}, headers=TOKEN)
    body = answer.get_json()
    assert (answer.status_code, body["status"]) == (200, "needs_review")
    wait_for(lambda: world.lead(body["lead_id"]).status == statuses.NEEDS_ATTENTION)


def test_a_list_is_answered_with_a_list(site: Open) -> None:
    leads = [{**LEAD, "email": f"lead{number}@example.org"} for number in range(3)]
    body = site().post("/leads", json=leads, headers=TOKEN).get_json()
    assert body["ok"] is True
    assert [lead["status"] for lead in body["leads"]] == ["accepted"] * 3


@pytest.mark.parametrize(
    "fields",
    [
        {"email": "lea@example.org\r\nBcc: all@example.com"},
        {"name": "Lea\r\nBcc: all@example.com"},
        {"name": "N" * 10_000},
        {"message": "M" * 1_000_000},
        {"name": "👩‍🔧 ليا", "message": "مرحبا 🎉"},
        {"message": "{{ 7*7 }} <script>alert(1)</script> =1+1"},
    ],
)
def test_hostile_and_enormous_text_is_stored_and_does_no_harm(
    site: Open, world: World, fields: dict[str, str]
) -> None:
    answer = site().post("/leads", json={**LEAD, **fields}, headers=TOKEN)
    assert answer.status_code == 200
    lead_id = answer.get_json()["lead_id"]
    wait_for(lambda: world.lead(lead_id).status != statuses.NEW)
    whole = "".join(event.detail for event in world.events(lead_id, Kind.RECEIVED))
    if "message" in fields:
        assert fields["message"] in whole
    for mail in world.mails:
        assert mail["Bcc"] is None
        assert "<script>" not in mail.get_body(("html",)).get_content()
    assert len(world.lead(lead_id).message) <= 45_000
    assert len(world.lead(lead_id).name) <= 200


def test_a_tracker_that_is_down_is_a_503_that_says_when_to_try_again(
    site: Open, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def down(*_: object) -> None:
        raise TrackerUnavailable("postgresql://user@host is down")

    monkeypatch.setattr(SqlTracker, "store", down)
    monkeypatch.setattr(SqlTracker, "snapshot", down)
    client = site()
    answer = client.post("/leads", json=LEAD, headers=TOKEN)
    assert (answer.status_code, answer.headers["Retry-After"].isdigit()) == (503, True)
    assert "postgresql" not in answer.get_data(as_text=True)
    health = client.get("/health")
    assert (health.status_code, health.get_json()["tracker"]) == (503, "down")


def test_health_is_503_from_a_lead_that_could_not_be_stored_until_one_could(
    site: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise TrackerUnavailable("the disk is full")

    client = site()
    with monkeypatch.context() as disk:
        disk.setattr(SqlTracker, "store", full)
        disk.setattr(SqlTracker, "try_out", full)
        assert client.get("/health").status_code == 200
        assert client.post("/leads", json=LEAD, headers=TOKEN).status_code == 503
        assert [client.get("/health").status_code for _ in range(2)] == [503, 503]
    assert client.get("/health").get_json()["ok"] is True


def test_a_host_whose_disk_is_lost_takes_no_leads_into_a_file(site: Open) -> None:
    client = site(closed="This host loses its disk: set SHEETFLOW_TRACKER.")
    assert client.post("/leads", json=LEAD, headers=TOKEN).status_code == 503
    health = client.get("/health")
    assert health.status_code == 503
    assert health.get_json()["problems"] == ["This host loses its disk: set SHEETFLOW_TRACKER."]


def test_health_says_how_it_is_doing_without_an_address(site: Open, world: World) -> None:
    client = site()
    client.post("/leads", json=LEAD, headers=TOKEN)
    world.job()
    answer = client.get("/health")
    assert answer.status_code == 200
    found = answer.get_json()
    assert set(found) == {
        "ok", "capture", "tracker", "mail", "mailbox", "waiting", "last_job", "problems",
    }  # fmt: skip
    assert (found["ok"], found["waiting"], found["problems"]) == (True, 0, [])
    assert found["last_job"] == "2026-03-24T09:00:00.000Z"
    assert "@" not in answer.get_data(as_text=True)


@pytest.mark.parametrize(
    ("body", "answer"),
    [
        ({"type": "url_verification", "challenge": "abc"}, {"challenge": "abc"}),
        ({"challenge": "abc"}, {"challenge": "abc"}),
        ({"MessageSid": "SM1", "MessageStatus": "delivered"}, {"ok": True, "leads": []}),
    ],
)
def test_a_handshake_or_a_receipt_is_answered_and_makes_no_row(
    site: Open, world: World, body: dict[str, str], answer: dict[str, Any]
) -> None:
    assert site().post("/leads/slack", json=body).status_code == 401
    answered = site().post("/leads/slack", json=body, headers=TOKEN)
    assert (answered.status_code, answered.get_json()) == (200, answer)
    assert world.tracker.snapshot().leads == ()


def test_meta_learns_that_an_address_knows_its_token(site: Open) -> None:
    asked = "/leads/meta?hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token="
    answer = site().get(f"{asked}secret-one")
    assert (answer.status_code, answer.text, answer.mimetype) == (200, "1158201444", "text/plain")
    assert site().get(f"{asked}wrong").status_code == 401
    assert site().get("/leads/meta?hub.challenge=1&hub.verify_token=secret-one").status_code == 405
    assert site().get(f"{asked}secret-one".replace("1158201444", "<script>")).status_code == 405


def test_a_lead_without_a_sure_address_waits_and_why_names_what_was_found(site: Open, world: World) -> None:
    body = {"name": "Lea Lead", "phone": "352-555-0102", "salon_email": "desk@example.org"}
    answer = site().post("/leads", json=body, headers=TOKEN).get_json()
    row = world.lead(answer["lead_id"])
    assert (answer["status"], row.status, row.email) == ("needs_review", statuses.NEEDS_ATTENTION, "")
    assert (
        "No sure address; found desk@example.org under salon_email: put it into Email and set New." in row.why
    )


def test_a_header_that_marks_a_test_makes_a_test(site: Open, world: World) -> None:
    answer = site().post("/leads", json=LEAD, headers={**TOKEN, "X-Shopify-Test": "true"}).get_json()
    assert (answer["status"], world.lead(answer["lead_id"]).status) == ("test", statuses.TEST)
