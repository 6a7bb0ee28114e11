"""The webhook: who may post, what is answered, what is stored before the answer."""

from typing import Any

import pytest

from sheetflow.jobs.respond import Responder
from sheetflow.workflow import statuses
from sheetflow.workflow.events import Kind
from tests.simulation.patience import wait_for
from tests.web.place import BOTH, Place

pytestmark = BOTH
TOKEN = {"X-Sheetflow-Token": "secret-one"}
LEAD = {"name": "Lea Lead", "email": "lea@example.org", "message": "Can you help?"}


def test_a_lead_answered_with_200_is_stored_and_handed_to_whoever_answers_it(place: Place) -> None:
    answer = place.open().post("/leads/website", json=LEAD, headers=TOKEN)
    assert answer.status_code == 200
    body = answer.get_json()
    assert (set(body), body["ok"], body["status"]) == ({"ok", "status", "lead_id"}, True, "accepted")
    lead = place.case(body["lead_id"]).lead
    assert (lead.name, lead.email, lead.source) == ("Lea Lead", "lea@example.org", "website")
    assert place.notified == [body["lead_id"]]


def test_the_first_response_leaves_right_after_the_answer(place: Place) -> None:
    responder = Responder(place.ports)
    place.notify = responder.notify  # type: ignore[method-assign]
    client = place.open()
    lead_id = client.post("/leads", json=LEAD, headers=TOKEN).get_json()["lead_id"]
    (mail,) = wait_for(lambda: place.mails)
    assert "lea@example.org" in mail["To"]
    wait_for(lambda: place.row(lead_id)["status"] == statuses.CONTACTED)
    responder.stop()
    assert len(place.events(lead_id, Kind.SENT)) == 1


def test_a_form_is_a_lead_too(place: Place) -> None:
    answer = place.open().post(
        "/leads", data={"your-name": "Ann", "your-email": "ann@example.org"}, headers=TOKEN
    )
    lead = place.case(answer.get_json()["lead_id"]).lead
    assert (lead.name, lead.email, lead.source) == ("Ann", "ann@example.org", "zapier")


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
def test_a_token_opens_the_door(place: Place, address: str, headers: dict[str, str], status: int) -> None:
    assert place.open().post(address, json=LEAD, headers=headers).status_code == status


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
    place: Place, headers: dict[str, str], status: int
) -> None:
    client = place.open(tokens={}, takes_loopback=True)
    assert client.post("/leads", json=LEAD, headers=headers).status_code == status


def test_without_tokens_a_public_server_takes_no_leads_and_says_why(place: Place) -> None:
    answer = place.open(tokens={}).post("/leads", json=LEAD)
    assert answer.status_code == 401
    assert "SHEETFLOW_WEBHOOK_TOKENS" in answer.get_json()["message"]


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS", "PUT", "DELETE", "PATCH", "TRACE"])
def test_other_methods_are_refused_with_what_is_allowed(place: Place, method: str) -> None:
    answer = place.open().open("/leads", method=method, headers=TOKEN)
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
    place: Place, body: bytes, content_type: str, status: int
) -> None:
    answer = place.open().post("/leads", data=body, content_type=content_type, headers=TOKEN)
    assert answer.status_code == status
    assert answer.content_type == "application/problem+json"
    problem = answer.get_json()
    assert (problem["ok"], problem["status"]) == (False, status)
    assert problem["message"] == problem["detail"]
    assert place.rows() == []


def test_the_same_delivery_twice_is_one_lead(place: Place) -> None:
    client = place.open()
    first = client.post("/leads", json=LEAD, headers={**TOKEN, "Idempotency-Key": "one"}).get_json()
    place.passes(days=20)
    again = client.post("/leads", json=LEAD, headers={**TOKEN, "Idempotency-Key": "one"}).get_json()
    assert (again["status"], again["lead_id"]) == ("duplicate", first["lead_id"])
    assert len(place.rows()) == 1
    # The answer to the first may have been lost before anybody was notified.
    assert place.notified == [first["lead_id"]] * 2


def test_a_lead_of_a_batch_is_known_again_by_its_own_number_when_it_comes_alone(place: Place) -> None:
    client = place.open()
    people = [{"leadgen_id": str(number), "email": f"lea{number}@example.org"} for number in (1, 2)]
    first = client.post("/leads", json=people, headers=TOKEN).get_json()["leads"]
    place.passes(days=20)
    for told, person in zip(first, people, strict=True):
        again = client.post("/leads", json=person, headers=TOKEN).get_json()
        assert (again["status"], again["lead_id"]) == ("duplicate", told["lead_id"])


def test_a_constant_key_does_not_swallow_the_second_person(place: Place) -> None:
    client = place.open()
    for email in ("one@example.org", "two@example.org"):
        client.post("/leads", json={**LEAD, "email": email}, headers={**TOKEN, "Idempotency-Key": "key"})
    assert {row["email"] for row in place.rows()} == {"one@example.org", "two@example.org"}


def test_the_same_content_without_a_key_is_a_repeat_for_ten_minutes(place: Place) -> None:
    client = place.open()
    client.post("/leads", json=LEAD, headers=TOKEN)
    place.passes(minutes=9)
    assert client.post("/leads", json=LEAD, headers=TOKEN).get_json()["status"] == "duplicate"
    place.passes(minutes=10)
    assert client.post("/leads", json=LEAD, headers=TOKEN).get_json()["status"] == "merged"


def test_a_second_enquiry_of_a_person_joins_the_open_row_and_the_answer_says_so(place: Place) -> None:
    client = place.open()
    first = client.post("/leads", json=LEAD, headers=TOKEN).get_json()
    again = client.post("/leads", json={**LEAD, "message": "And on Sunday?"}, headers=TOKEN).get_json()
    assert (again["status"], again["lead_id"]) == ("merged", first["lead_id"])
    assert "And on Sunday?" in place.case(first["lead_id"]).lead.details


def test_a_lead_that_cannot_be_answered_is_stored_and_flagged(place: Place) -> None:
    phone = {"name": "No Mail", "phone": "+49 30 55500100"}
    answer = place.open().post("/leads", json=phone, headers=TOKEN)
    body = answer.get_json()
    assert (answer.status_code, body["status"]) == (200, "needs_review")
    assert place.row(body["lead_id"])["status"] == statuses.NEEDS_ATTENTION


def test_a_list_is_answered_with_a_list(place: Place) -> None:
    leads = [{**LEAD, "email": f"lead{number}@example.org"} for number in range(3)]
    body = place.open().post("/leads", json=leads, headers=TOKEN).get_json()
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
def test_hostile_and_enormous_text_is_stored_whole(place: Place, fields: dict[str, str]) -> None:
    answer = place.open().post("/leads", json={**LEAD, **fields}, headers=TOKEN)
    assert answer.status_code == 200
    lead_id = answer.get_json()["lead_id"]
    whole = "".join(event.detail for event in place.events(lead_id, Kind.RECEIVED))
    if "message" in fields:
        assert fields["message"] in whole
    lead = place.case(lead_id).lead
    assert (len(lead.message) <= 45_000, len(lead.name) <= 200) == (True, True)


@pytest.mark.parametrize(
    ("body", "answer"),
    [
        ({"type": "url_verification", "challenge": "abc"}, {"challenge": "abc"}),
        ({"challenge": "abc"}, {"challenge": "abc"}),
        ({"MessageSid": "SM1", "MessageStatus": "delivered"}, {"ok": True, "leads": []}),
    ],
)
def test_a_handshake_or_a_receipt_is_answered_and_makes_no_row(
    place: Place, body: dict[str, str], answer: dict[str, Any]
) -> None:
    assert place.open().post("/leads/slack", json=body).status_code == 401
    answered = place.open().post("/leads/slack", json=body, headers=TOKEN)
    assert (answered.status_code, answered.get_json()) == (200, answer)
    assert place.rows() == []


def test_meta_learns_that_an_address_knows_its_token(place: Place) -> None:
    asked = "/leads/meta?hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token="
    answer = place.open().get(f"{asked}secret-one")
    assert (answer.status_code, answer.text, answer.mimetype) == (200, "1158201444", "text/plain")
    assert place.open().get(f"{asked}wrong").status_code == 401
    assert place.open().get("/leads/meta?hub.challenge=1&hub.verify_token=secret-one").status_code == 405
    assert place.open().get(f"{asked}secret-one".replace("1158201444", "<script>")).status_code == 405


def test_a_lead_without_a_sure_address_waits_and_why_names_what_was_found(place: Place) -> None:
    body = {"name": "Lea Lead", "phone": "352-555-0102", "salon_email": "desk@example.org"}
    answer = place.open().post("/leads", json=body, headers=TOKEN).get_json()
    row = place.row(answer["lead_id"])
    assert (answer["status"], row["status"], row["email"]) == ("needs_review", statuses.NEEDS_ATTENTION, "")
    assert "No sure address; found desk@example.org under salon_email: put it into Email and set New." in str(
        row["why"]
    )


def test_a_header_that_marks_a_test_makes_a_test(place: Place) -> None:
    answer = place.open().post("/leads", json=LEAD, headers={**TOKEN, "X-Shopify-Test": "true"}).get_json()
    assert (answer["status"], place.row(answer["lead_id"])["status"]) == ("test", statuses.TEST)
