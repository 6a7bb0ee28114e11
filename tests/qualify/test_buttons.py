"""Buttons in an owner's mail: a look changes nothing, a press acts once and says who did it."""

import re
from datetime import timedelta

import pytest
from flask import Flask

from sheetflow.ledger.editing import apply_edits
from sheetflow.web.button_links import ButtonLinks
from sheetflow.web.buttons import ButtonPages
from sheetflow.workflow.buttons import ALWAYS, Action, Press
from sheetflow.workflow.edits import Edit
from sheetflow.workflow.events import Kind
from tests.qualify.office import LINKS

LEAD = "L-0000000001"


@pytest.fixture
def client(office):
    app = Flask("sheetflow.web.app")
    app.register_blueprint(
        ButtonPages(office.ledger, LINKS, lambda: office.now, lambda ids: None).blueprint()
    )
    office.arrives(name="Dana <b>Field</b>")
    return app.test_client()


def path(office, action, owner="Kim"):
    return LINKS(Press(LEAD, owner, action, office.now)).removeprefix(LINKS.base_url)


def test_a_look_changes_nothing_and_says_what_would_happen(client, office):
    before = office.row(LEAD)
    for action in ALWAYS:
        answer = client.get(path(office, action))
        assert answer.status_code == 200
        assert "Dana ‹b›Field" in answer.text
        assert client.head(path(office, action)).status_code == 200
    assert office.row(LEAD) == before
    assert "In conversation" in client.get(path(office, Action.TAKE)).text


@pytest.mark.parametrize(
    ("action", "status", "responded"),
    [
        (Action.TAKE, "In conversation", 0.0),
        (Action.CALLED, "In conversation", 0.0),
        (Action.NO_LEAD, "Not a lead", None),
        (Action.PAUSE, "New", 0.0),
    ],
)
def test_a_press_acts(client, office, action, status, responded):
    assert "Done" in client.post(path(office, action)).text
    row = office.row(LEAD)
    assert (row["status"], row["owner_response"]) == (status, responded)


def test_pause_moves_the_next_message_a_week_on(client, office):
    client.post(path(office, Action.PAUSE))
    assert f"{office.row(LEAD)['next_follow_up']:%Y-%m-%d}" == "2026-03-31"


def test_a_second_press_does_nothing_and_says_who_did_it(client, office):
    client.post(path(office, Action.TAKE))
    events = len(office.events(LEAD, Kind.OWNER_RESPONSE))
    office.now += timedelta(minutes=2)
    again = path(office, Action.TAKE)
    office.now -= timedelta(minutes=2)
    answer = client.post(path(office, Action.TAKE))
    assert "Kim pressed “I’ve got it” on Tue 24 Mar 2026, 10:00." in answer.text
    assert "Kim pressed" in client.get(again).text
    assert len(office.events(LEAD, Kind.OWNER_RESPONSE)) == events == 1


def test_whoever_takes_it_owns_it(client, office):
    client.post(path(office, Action.TAKE, "Lee"))
    assert office.row(LEAD)["owner"] == "Lee"
    assert "Lee pressed “I’ve got it”" in client.get(path(office, Action.TAKE, "Kim")).text


def test_a_press_never_takes_back_a_word_that_says_more(client, office):
    client.post(path(office, Action.NO_LEAD))
    client.post(path(office, Action.TAKE))
    assert office.row(LEAD)["status"] == "Not a lead"


@pytest.mark.parametrize(
    ("word", "action", "status"),
    [
        ("Not a lead", Action.PAUSE, "Not a lead"),
        ("In conversation", Action.PAUSE, "In conversation"),
        ("Won", Action.TAKE, "Won"),
        ("Booked", Action.CALLED, "Booked"),
        ("Lost", Action.NO_LEAD, "Lost"),
    ],
)
def test_a_button_says_that_a_word_stays(client, office, word, action, status):
    with office.ledger.writing() as book:
        apply_edits(book, [Edit(LEAD, "status", word, "New")], office.now, day_first=True)
    link, said = path(office, action), f"Status stays {status}: nothing is sent by itself."
    assert said in client.get(link).text
    assert said in client.post(link).text
    assert (office.row(LEAD)["status"], office.row(LEAD)["next_follow_up"]) == (status, None)


def test_a_lead_in_nurture_is_taken_like_any_other(client, office):
    with office.ledger.writing() as book:
        apply_edits(book, [Edit(LEAD, "status", "Nurture", "New")], office.now, day_first=True)
    assert "In conversation" in client.post(path(office, Action.TAKE)).text
    assert office.row(LEAD)["status"] == "In conversation"


def test_a_button_works_for_14_days(client, office):
    link = path(office, Action.TAKE)
    office.now += timedelta(days=14)
    assert client.get(link).status_code == 200
    office.now += timedelta(seconds=1)
    assert (client.get(link).status_code, client.post(link).status_code) == (400, 400)
    assert f'href="/leads/{LEAD}"' in client.get(link).text
    assert office.row(LEAD)["status"] == "New"


def test_nobody_without_our_key_makes_a_button(client, office):
    foreign = ButtonLinks(("another key",), "https://leads.example.com")
    press = Press(LEAD, "Kim", Action.NO_LEAD, office.now)
    token = foreign(press).rpartition("/")[2]
    ours = LINKS(press).rpartition("/")[2]
    flipped = re.sub(r"^.", "A" if ours[0] != "A" else "B", ours)
    for bad in (token, flipped, ours[:-1], "x", "ü", "a.b"):
        assert client.post(f"/o/{bad}").status_code == 400
    assert office.row(LEAD)["status"] == "New"
    assert ButtonLinks(("new key", "a secret key"), "").read(ours) == press
    assert ButtonLinks()(press) == ""


def test_the_page_lets_nothing_else_in(client, office):
    answer = client.get(path(office, Action.TAKE))
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Cache-Control"] == "no-store"
