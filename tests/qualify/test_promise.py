"""Nobody has answered: who is told, and when, to the minute."""

from dataclasses import replace

import pytest

from sheetflow.ledger.editing import apply_edits
from sheetflow.workflow.edits import Edit
from sheetflow.workflow.events import Kind
from sheetflow.workflow.qualify import Rules
from sheetflow.workflow.sequence import Shift
from tests.qualify.shop import at, person, team


def timeline(office, until):
    """Turns the clock to whenever something is due, and tells who was told when."""
    seen, lines = 0, []
    while True:
        again = office.tell()
        lines += [
            (f"{office.now.astimezone(office.workflow.business.zone):%a %H:%M}", *one)
            for one in office.told()[seen:]
        ]
        seen = len(office.told())
        if again is None or again > at(until):
            return lines
        office.now = max(again, office.now)


def test_a_lead_that_nobody_takes_goes_down_the_line_to_the_business(office):
    office.arrives(name="Dana")
    assert timeline(office, "2026-03-24 12:00") == [
        ("Tue 10:00", "Kim", "Hot lead: Dana, Leak repair"),
        ("Tue 10:05", "Lee", "Nobody has answered for 5 minutes: Dana, Leak repair"),
        ("Tue 10:10", "Ada's Studio", "Nobody has answered for 10 minutes: Dana, Leak repair"),
    ]
    assert office.row("L-0000000001")["owner"] == "Kim"


def test_with_reassign_the_next_one_becomes_its_owner(office):
    office.workflow = replace(office.workflow, rules=Rules(reassign=True))
    office.arrives()
    timeline(office, "2026-03-24 12:00")
    assert office.row("L-0000000001")["owner"] == "Lee"


@pytest.mark.parametrize(
    ("arrived", "missed"),
    [
        ("2026-03-24 10:00", "Tue 10:05"),
        ("2026-03-24 16:58", "Wed 09:03"),  # two minutes of today, three of tomorrow
        ("2026-03-27 21:40", "Mon 09:05"),  # a Friday night
        ("2026-04-02 16:57", "Tue 09:02"),  # before Easter
    ],
)
def test_minutes_count_in_working_hours_alone(office, arrived, missed):
    office.at(arrived).arrives()
    assert timeline(office, "2026-04-10 12:00")[1][0] == missed


def test_owners_outside_their_hours_arent_reminded(office):
    lunch = (
        Shift(at("2026-03-24 09:00").time().replace(hour=13), at("2026-03-24 09:00").time().replace(hour=17)),
    )
    office.workflow = team(person("Kim"), person("Lee", hours=lunch), person("Mia"))
    office.at("2026-03-24 10:02").arrives()
    assert [line[:2] for line in timeline(office, "2026-03-24 12:00")] == [
        ("Tue 10:02", "Kim"),
        ("Tue 10:07", "Mia"),
        ("Tue 10:12", "Ada's Studio"),
    ]


@pytest.mark.parametrize("word", ["In conversation", "Booked", "Lost", "Not a lead", "Paused"])
def test_a_word_of_a_person_keeps_the_promise(office, word):
    office.arrives()
    office.tell()
    office.at("2026-03-24 10:03")
    with office.ledger.writing() as book:
        apply_edits(book, [Edit("L-0000000001", "status", word, "New")], office.now, day_first=True)
    timeline(office, "2026-03-24 12:00")
    assert office.events("L-0000000001", Kind.SLA_MISSED) == []


def test_two_processes_at_once_miss_it_once(office):
    office.arrives()
    office.at("2026-03-24 10:05")
    for notifier in (office.notifier(), office.notifier()):
        notifier.tell()
    assert len(office.events("L-0000000001", Kind.SLA_MISSED)) == 1
