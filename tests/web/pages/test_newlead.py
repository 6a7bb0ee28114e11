"""A lead typed in for somebody who called: the same way as every other one takes."""

import html
import re
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from sheetflow.errors import LedgerUnavailable
from sheetflow.ledger.book import Book
from sheetflow.web.pages.newlead import NewLeadPage
from sheetflow.web.storing import Storing
from sheetflow.workflow.decide import Send, Wait
from sheetflow.workflow.events import Kind
from tests.web.pages.site import open_site
from tests.web.place import BOTH, Place


def opened(place: Place) -> FlaskClient:
    return open_site(place, [NewLeadPage(place.ports, Storing(place.ledger), place.notify).blueprint()])


def form_of(page: str) -> dict[str, str]:
    found = dict(re.findall(r'<input[^>]*? name="(\w+)"[^>]*? value="(.*?)"', page, re.DOTALL))
    found |= dict(re.findall(r'<textarea[^>]*? name="(\w+)"[^>]*>\n(.*?)</textarea>', page, re.DOTALL))
    found.pop("answered")
    return {name: html.unescape(value) for name, value in found.items()}


def store(client: FlaskClient, **typed: Any) -> TestResponse:
    return client.post("/leads/new/add", data={**form_of(client.get("/leads/new").text), **typed})


@BOTH
def test_who_called_becomes_a_lead_like_any_other(place: Place) -> None:
    client = opened(place)
    answer = store(
        client,
        name=" Lea Lead ",
        phone="030 55500100",
        email="Lea@Example.org",
        service="Leak repair",
        message="The tap\r\ndrips.",
    )
    [row] = place.rows()
    assert (answer.status_code, answer.location) == (303, f"/leads/{row['id']}?said=new")
    assert (row["name"], row["source"], row["service"]) == ("Lea Lead", "Phone", "Leak repair")
    assert (row["message"], row["email"]) == ("The tap\ndrips.", "Lea@example.org")
    assert row["phone"] == "+49 30 55500100"
    assert isinstance(place.decides(str(row["id"])), Send)
    assert place.notified == [row["id"]]


def test_the_form_sent_twice_is_one_lead_and_another_form_is_another(place: Place) -> None:
    client = opened(place)
    form = {**form_of(client.get("/leads/new").text), "name": "Lea", "phone": "030 55500100"}
    first, second = (client.post("/leads/new/add", data=form).location for _ in range(2))
    assert (second, len(place.rows())) == (first.replace("new", "already"), 1)
    assert "said=merged" in store(client, name="Lea", phone="030 55500100", message="Again").location
    assert len(place.rows()) == 1
    store(client, name="Bob", source="Walk-in")
    assert [row["source"] for row in place.rows()] == ["Phone", "Walk-in"]


def test_whom_somebody_has_answered_already_gets_no_first_response(place: Place) -> None:
    store(opened(place), name="Lea", email="lea@example.org", answered="yes")
    [row] = place.rows()
    assert row["status"] == "Contacted"
    decision = place.decides(str(row["id"]))
    assert isinstance(decision, Wait)
    assert decision.step.name == "follow_up"
    assert "L-" in place.notified[0]


def test_who_is_on_a_row_already_keeps_its_status(place: Place) -> None:
    lead_id = place.arrives("lea@example.org")
    place.types(lead_id, "status", "Booked")
    assert "said=merged" in store(opened(place), email="lea@example.org", answered="yes").location
    assert place.row(lead_id)["status"] == "Booked"
    assert place.events(lead_id, Kind.MERGED)


@pytest.mark.parametrize(
    ("typed", "name", "said"),
    [
        ({"message": "only words"}, "name", "Who is it?"),
        ({"name": "Lea", "email": "lea at example"}, "email", "This can&#39;t be an e-mail address."),
        ({"name": "Lea", "phone": "12"}, "phone", "This is too short for a phone number."),
        ({"name": "x" * 201}, "name", "At most 200 characters; these are 201."),
        ({"name": "Lea", "source": "x" * 501}, "source", "At most 500 characters; these are 501."),
    ],
)
def test_what_cannot_be_meant_is_said_and_nothing_typed_is_lost(
    place: Place, typed: dict[str, str], name: str, said: str
) -> None:
    answer = store(opened(place), location='<b>"Köln"', **typed)
    assert (answer.status_code, place.rows()) == (422, [])
    assert f'id="{name}-error">{said}' in answer.text
    again = form_of(answer.text)
    assert {field: again[field] for field in typed} == typed
    assert again["location"] == '<b>"Köln"'


def test_what_was_typed_while_nothing_can_be_stored_can_be_sent_again(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise LedgerUnavailable("full")

    client = opened(place)
    with monkeypatch.context() as patch:
        patch.setattr(Book, "add_lead", full)
        answer = store(client, name="Lea", phone="030 55500100")
    assert (answer.status_code, place.rows()) == (503, [])
    hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="(.*?)"', answer.text, re.DOTALL))
    assert client.post("/leads/new/add", data=hidden).status_code == 303
    assert [row["name"] for row in place.rows()] == ["Lea"]


def test_the_address_of_the_forms_target_leads_to_the_form(place: Place) -> None:
    assert opened(place).get("/leads/new/add").location == "/leads/new"
