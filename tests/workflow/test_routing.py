"""Who a lead belongs to."""

from collections import Counter
from dataclasses import replace
from datetime import date, time

import pytest

from sheetflow.workflow.lead import Lead
from sheetflow.workflow.qualified import NOTHING, Qualified
from sheetflow.workflow.routing import assign, find_owner, next_in_line
from sheetflow.workflow.sequence import Shift
from tests.qualify.shop import TUESDAY, at, person, team

KIM = person("Kim")
LEE = person("Lee", services=("coaching", "workshop"))
MIA = person("Mia", locations=("Boston",))
NOA = person("Noa", services=("coaching",), locations=("Boston",))
ODA = person("Oda", languages=("de",))
INA = person("Ina", sources=("Instagram",))


def given(workflow, found=NOTHING, when=TUESDAY, turns=None, **fields):
    return assign(Lead(id="L-1", **fields), found, workflow, turns or {}, at(when))


@pytest.mark.parametrize(
    ("service", "location", "owner"),
    [
        ("Coaching", "Boston, MA", "Noa"),
        ("a WORKSHOP for ten", "", "Lee"),
        ("Coaching", "Chicago", "Lee"),
        ("Plumbing", "boston", "Mia"),
        ("Plumbing", "Chicago", "Kim"),
        ("Plumbing", "Bostonville", "Kim"),
        ("", "", "Kim"),
    ],
)
def test_the_most_special_match_of_service_and_location_wins(service, location, owner):
    assert given(team(KIM, LEE, MIA, NOA), service=service, location=location).owner == owner


def test_language_and_source_decide_too_and_so_does_what_was_recognised():
    workflow = team(KIM, LEE, ODA, INA)
    assert given(workflow, Qualified(language="de")).owner == "Oda"
    assert given(workflow, source="instagram ads").owner == "Ina"
    assert given(workflow, Qualified(service="Coaching")).owner == "Lee"


@pytest.mark.parametrize(
    ("away", "when", "owner"),
    [
        (True, TUESDAY, "Lee"),
        (((date(2026, 3, 24), date(2026, 3, 26)),), TUESDAY, "Lee"),
        (((date(2026, 3, 24), date(2026, 3, 26)),), "2026-03-26 23:59", "Lee"),
        (((date(2026, 3, 24), date(2026, 3, 26)),), "2026-03-27 00:00", "Noa"),
        (False, TUESDAY, "Noa"),
    ],
)
def test_somebody_away_gets_no_leads(away, when, owner):
    workflow = team(KIM, LEE, replace(NOA, away=away))
    assert given(workflow, when=when, service="coaching", location="Boston").owner == owner


MORNING, AFTERNOON = Shift(time(9), time(12)), Shift(time(12), time(17), frozenset({1}))


@pytest.mark.parametrize(
    ("when", "owner"),
    [
        ("2026-03-24 09:00", "Kim"),
        ("2026-03-24 11:59", "Kim"),
        ("2026-03-24 12:00", "Lee"),  # a Tuesday, on which alone Lee works
        ("2026-03-25 12:00", "Kim"),  # nobody is there: the one who has waited longest, by the file's order
        ("2026-04-03 10:00", "Kim"),  # Good Friday
    ],
)
def test_owners_get_leads_in_their_own_hours_and_after_them_only_if_nobody_is_there(when, owner):
    workflow = team(replace(KIM, hours=(MORNING,)), person("Lee", hours=(AFTERNOON,)))
    assert given(workflow, when=when).owner == owner


def test_what_fits_nobody_goes_to_the_first_owner_who_is_there():
    assert given(team(LEE, MIA), service="plumbing").owner == "Lee"
    assert given(team(replace(LEE, away=True), MIA), service="plumbing").owner == "Mia"
    assert "nobody" in given(team(LEE, MIA), service="plumbing").because


def test_every_lead_has_an_owner_even_if_all_are_away():
    found = given(team(replace(KIM, away=True), replace(LEE, away=True)))
    assert (found.owner, found.because) == ("Kim", "everybody is away")


def test_without_owners_nobody_is_invented():
    assert given(team()).owner == ""


def test_whoever_has_waited_longest_is_next():
    workflow = team(KIM, replace(KIM, name="Ann"), replace(KIM, name="Bea"))
    turns = {}
    shares = Counter()
    for number in range(1, 301):
        owner = given(workflow, turns=turns).owner
        turns[owner.casefold()] = number
        shares[owner] += 1
    assert shares == {"Kim": 100, "Ann": 100, "Bea": 100}


def test_a_lead_left_waiting_goes_to_the_next_who_fits_and_is_at_work():
    workflow = team(KIM, LEE, ODA, replace(KIM, name="Bea", hours=(MORNING,)))
    lead = Lead(id="L-1", service="coaching")

    def following(*told, when=TUESDAY):
        found = next_in_line(told, lead, NOTHING, workflow, {"lee": 5, "bea": 2}, at(when))
        return found.name if found else None

    assert following("Kim") == "Bea"
    assert following("Kim", when="2026-03-24 15:00") == "Lee"
    assert following("Kim", "bea", "Lee") is None


def test_an_owner_is_found_by_name_however_it_is_written():
    assert find_owner(" kim ", team(KIM, LEE)) == KIM
    assert find_owner("Nobody", team(KIM, LEE)) is None
