"""Owners are told at once, once, of everything, and nothing a lead wrote does anything there."""

import re
import threading
from dataclasses import replace
from datetime import timedelta

import pytest

from sheetflow.channels import Channels
from sheetflow.ledger import state
from sheetflow.workflow.events import Kind, iso
from tests.fakes.smtp import LOSE
from tests.qualify.office import site
from tests.qualify.shop import at, person, team
from tests.qualify.test_adviser import dribbles, hangs, listener


def body(mail, kind="plain"):
    return mail.get_body((kind,)).get_content()


def test_the_owner_hears_who_wants_what_with_a_number_to_tap_and_the_link_to_the_row(office):
    office.arrives(
        "The pipe leaks in Boston, urgent", name="Dana Field", phone="+1 (617) 555-0142", service="Leak"
    )
    office.tell()
    [mail] = office.mails
    assert mail["To"].addresses[0].addr_spec == "kim@example.com"
    assert mail["Subject"] == "Hot lead: Dana Field, Leak"
    html = body(mail, "html")
    assert 'href="tel:+16175550142"' in html
    assert "The pipe leaks in Boston, urgent" in html
    assert "https://docs.example.com/L-0000000001" in html
    assert html.count("https://leads.example.com/o/") == 4
    assert "Nothing was sent so far." in body(mail)
    assert "Hot: urgent: “urgent‗" not in body(mail)


def test_words_that_are_no_one_number_are_shown_and_not_dialled(office):
    office.arrives(name="Dana Field", phone="617 555 0142 or 0143")
    office.tell()
    html = body(office.mails[0], "html")
    assert ("617 555 0142 or 0143" in html, "tel:" in html) == (True, False)


def test_nobody_is_told_twice_of_the_same_thing(office):
    lead_id = office.arrives()
    for _ in range(3):
        office.tell()
    assert len(office.mails) == 1
    assert [one.detail for one in office.events(lead_id, Kind.NOTIFIED)] == [
        "Kim: is told",
        "Kim: told by mail",
    ]
    office.arrives("Any news?", email="lead1@example.org")
    office.tell()
    assert office.told()[1][1].startswith("Asked again: Lead 1")


def test_the_pace_of_the_account_holds_for_owners_mails_too(office):
    office.workflow = replace(office.workflow, sending=replace(office.workflow.sending, pause=1.5))
    office.arrives()
    office.arrives()
    office.tell()
    assert len(office.mails) == 2
    assert office.waits == [1.5]


def test_while_the_account_is_blocked_the_owners_mail_waits(office):
    with office.ledger.writing() as book:
        book.put(state.BLOCKED, f"{iso(office.now + timedelta(minutes=2))} 4.7.28 too much mail")
    lead_id = office.arrives()
    office.tell()
    assert (office.mails, office.events(lead_id, Kind.NOTIFIED)) == ([], [])
    office.now += timedelta(minutes=2)
    office.tell()
    assert len(office.mails) == 1


def test_a_test_and_a_paused_lead_are_nobodys_news(office):
    office.arrives(is_test=True)
    office.arrives(paused="imported")
    office.tell()
    assert office.mails == []


def test_a_mail_that_was_refused_is_tried_again_and_one_that_may_have_left_is_not(office):
    office.arrives()
    office.server.answers = lambda stage, words: "451 4.3.0 Later" if stage == "rcpt" else None
    office.tell()
    assert office.mails == []
    office.server.answers = lambda stage, words: LOSE if stage == "end" else None
    office.at("2026-03-24 10:04").tell()
    assert office.mails == []  # not yet
    office.at("2026-03-24 10:06").tell()
    office.server.answers = lambda stage, words: None
    office.at("2026-03-24 10:30").tell()
    assert [one[0] for one in office.told() if one[1].startswith("Hot lead")] == ["Kim"]


def test_a_burst_becomes_one_list(office):
    office.workflow = team(person("Kim"))
    for _ in range(4):
        office.arrives()
    office.tell()
    assert len(office.mails) == 4
    for _ in range(20):
        office.arrives()
    assert office.tell() == at("2026-03-24 10:05")  # the promise
    assert len(office.mails) == 4
    office.at("2026-03-24 10:09").tell()
    assert [one for one in office.told() if one[0] == "Kim"][4:] == []
    office.at("2026-03-24 10:10").tell()
    assert [one for one in office.told() if one[0] == "Kim"][4:] == [("Kim", "20 leads are waiting")]


def test_thirty_at_once_are_one_list(office):
    office.workflow = team(person("Kim"))
    for _ in range(30):
        office.arrives()
    office.tell()
    assert office.told() == [("Kim", "30 leads are waiting")]


def test_a_channel_is_told_what_the_mail_says_and_its_failure_stands_in_the_mail(office):
    with site() as (good, taken), site(500) as (bad, _):
        office.workflow = team(person("Kim", notify=(f"json://{good}/x", f"json://secret:word@{bad}/y")))
        office.arrives(name="Dana", phone="617 555 0142")
        office.tell()
    assert taken[0]["title"] == "Hot lead: Dana, Leak repair"
    assert "617 555 0142" in taken[0]["message"]
    [mail] = office.mails
    assert "Not told: json:// failed." in body(mail)
    assert "word" not in body(mail)
    [_, outcome] = office.events("L-0000000001", Kind.NOTIFIED)
    assert outcome.detail == "Kim: told by mail and 1 of 2 channels; json:// failed"


def test_a_channel_that_is_away_keeps_nobody_waiting_for_the_mail(office):
    office.urls = ("json://127.0.0.1:1/x",)
    office.arrives()
    office.tell()
    assert "Not told: json:// failed." in body(office.mails[0])


def test_a_channel_that_hangs_is_given_up_and_stands_in_the_mail(office, monkeypatch):
    monkeypatch.setattr("sheetflow.channels.LONGEST", 0.5)
    with listener(hangs) as port, site() as (good, taken):
        office.urls = (f"json://127.0.0.1:{port}/x", f"json://{good}/y")
        office.arrives()
        office.tell()
        assert "Not told: json:// did not answer in time." in body(office.mails[0])
    assert len(taken) == 1


def test_a_channel_that_never_comes_to_an_end_keeps_no_program_from_ending(monkeypatch):
    monkeypatch.setattr("sheetflow.channels.LONGEST", 0.5)
    before = set(threading.enumerate())
    with listener(dribbles) as port:
        assert Channels().tell([f"json://127.0.0.1:{port}/x"], "t", "b") == ["json:// did not answer in time"]
        left = [thread for thread in threading.enumerate() if thread not in before and not thread.daemon]
    assert left == []


def test_an_address_that_no_channel_has_is_named_without_its_secret():
    [problem] = Channels().problems(["nonsense://token@host", "json://localhost"])
    assert problem.startswith("nonsense://… isn't an address")
    assert "token" not in problem


HOSTILE = """<img src=x onerror=alert(1)> @everyone <!channel> [click](https://evil.example.net)
=IMPORTXML("http://evil.example.net") **bold** `code` tel:+900123
www.evil.example.net \u202egpj.exe {{ 7919*104729 }}"""


@pytest.mark.parametrize("field", ["message", "name", "service", "urgency", "location", "email", "phone"])
def test_what_a_lead_wrote_does_nothing_in_mail_and_channel(office, field):
    with site() as (good, taken):
        office.workflow = team(person("Kim", notify=(f"json://{good}/x",)))
        office.arrives(**{"email": "lead@example.org", field: HOSTILE})
        office.tell()
    [mail] = office.mails
    for text in (body(mail), taken[0]["message"], taken[0]["title"], str(mail["Subject"])):
        for harmful in (
            "<img",
            "@everyone",
            "<!",
            "](",
            "https://evil",
            "http://evil",
            "**",
            "evil.example",
            "\u202e",
        ):
            assert harmful not in text
    html = body(mail, "html")
    links = re.findall(r'<a href="([^"]*)"', html)
    assert html.count("<a ") == len(links)
    ours = ("https://leads.example.com/o/", "https://docs.example.com/", "tel:", "mailto:lead@example.org")
    assert [link for link in links if not link.startswith(ours)] == []
    assert "<img" not in html
    assert "829348951" not in taken[0]["message"]


def test_a_deleted_owner_and_a_stranger_leave_it_to_the_business(office):
    office.workflow = replace(office.workflow, owners=())
    office.arrives()
    office.tell()
    assert office.mails[0]["To"].addresses[0].addr_spec == "ada@example.com"
