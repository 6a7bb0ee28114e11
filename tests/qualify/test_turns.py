"""Leads are shared out in turn, whatever happens in between and however many processes do it."""

import subprocess
import sys
from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest

from sheetflow.ledger.arrivals import store
from sheetflow.ledger.editing import apply_edits
from sheetflow.ledger.ledger import Ledger
from sheetflow.workflow.edits import Edit
from sheetflow.workflow.enquiry import Enquiry
from sheetflow.workflow.events import Kind
from tests.qualify.shop import RULES, TUESDAY, at, person, team

NOW = at(TUESDAY)
TEAM = tuple(map(person, ("Ann", "Bea", "Cem", "Dan", "Eve")))


@pytest.fixture
def url(tmp_path):
    return f"sqlite:///{tmp_path}/ledger.db"


def enquiry(number, **fields):
    name = f"L-{number:010}"
    fields = {"email": f"lead{number}@example.org", "message": "Hello", **fields}
    return Enquiry(id=name, delivery=name, repeat_within=timedelta(days=1), arrived=NOW, **fields)


def arrive(ledger, *enquiries):
    with ledger.writing() as book:
        return [receipt.lead_id for receipt in store(book, enquiries)]


def owners(ledger):
    """By Lead ID, as the rows say."""
    with ledger.reading() as book:
        return {row["id"]: row["owner"] for row in book.rows()}


def test_shares_are_within_one_of_each_other_while_owners_go_away_and_come_back(url):
    absences = [(), (1,), (1, 3), (0,), (), (4,), (0, 1, 2), ()]
    number = 0
    for period, gone in enumerate(absences):
        workflow = team(*(replace(one, away=index in gone) for index, one in enumerate(TEAM)))
        ledger = Ledger(url, workflow)
        before = Counter(owners(ledger).values())
        arrived = range(number, number + 125 + period % 3)
        arrive(ledger, *map(enquiry, arrived))
        number = arrived.stop
        shares = Counter(owners(ledger).values()) - before
        there = [one.name for index, one in enumerate(TEAM) if index not in gone]
        assert set(shares) == set(there)
        assert max(shares.values()) - min(shares.values()) <= 1
        ledger.close()
    assert number >= 1000


def test_four_processes_at_once_share_out_as_fairly(url):
    Ledger(url, team(*TEAM)).close()
    command = [sys.executable, "-m", "tests.qualify.sharing", url]
    processes = [subprocess.Popen([*command, str(first)]) for first in (0, 250, 500, 750)]
    assert [process.wait(120) for process in processes] == [0, 0, 0, 0]
    shares = Counter(owners(Ledger(url, team(*TEAM))).values())
    assert sum(shares.values()) == 1000
    assert set(shares.values()) == {200}


def test_a_test_and_a_repeated_enquiry_take_no_turn(url):
    ledger = Ledger(url, team(*TEAM))
    arrive(ledger, enquiry(1))
    arrive(ledger, enquiry(2, is_test=True))
    arrive(ledger, enquiry(3, email="lead1@example.org"))
    arrive(ledger, enquiry(4))
    assert owners(ledger) == {"L-0000000001": "Ann", "L-0000000002": "Bea", "L-0000000004": "Bea"}


def test_an_owner_that_a_person_typed_is_kept_and_has_had_a_turn(url):
    ledger = Ledger(url, team(*TEAM))
    arrive(ledger, enquiry(1))
    with ledger.writing() as book:
        apply_edits(book, [Edit("L-0000000001", "owner", "Bea", "Ann")], NOW, day_first=True)
    arrive(ledger, enquiry(2), enquiry(3))
    assert list(owners(ledger).values()) == ["Bea", "Cem", "Dan"]


def test_an_emptied_owner_goes_to_the_next_in_line(url):
    ledger = Ledger(url, team(*TEAM))
    arrive(ledger, enquiry(1))
    with ledger.writing() as book:
        apply_edits(book, [Edit("L-0000000001", "owner", "", "Ann")], NOW, day_first=True)
    assert owners(ledger) == {"L-0000000001": "Bea"}


def test_priority_and_reasons_are_recorded_with_the_lead(url):
    ledger = Ledger(url, team(*TEAM, rules=RULES))
    arrive(ledger, enquiry(1, message="The pipe leaks, urgent", language="en"))
    with ledger.reading() as book:
        [row] = book.rows()
        [event] = [one for one in book.events(["L-0000000001"])["L-0000000001"] if one.kind is Kind.QUALIFIED]
    assert row["priority"] == "Hot"
    assert event.detail.split("\n") == [
        "priority: Hot",
        "service: Leak repair",
        "urgency: now",
        "language: en",
        "because: urgent: “urgent*” (+40)",
        "because: wants Leak repair: “leak*” (+20)",
    ]


def test_who_asks_again_matters_no_less_and_what_isnt_said_again_stands(url):
    ledger = Ledger(url, team(*TEAM, rules=RULES))
    arrive(ledger, enquiry(1, message="The pipe leaks in Boston, urgent"))
    arrive(ledger, enquiry(2, email="lead1@example.org", message="Any news?"))
    with ledger.reading() as book:
        [row] = book.rows()
        [case] = book.cases(["L-0000000001"])
    assert row["priority"] == "Hot"
    assert [one.kind for one in case.events].count(Kind.QUALIFIED) == 2
