"""Who a lead belongs to."""

from collections import Counter
from dataclasses import replace

import pytest

from sheetflow.workflow.lead import Lead
from sheetflow.workflow.routing import assign, find_owner
from sheetflow.workflow.sequence import Owner
from tests.workflow.builders import WORKFLOW

KIM = Owner("Kim", "kim@example.com")
LEE = Owner("Lee", "lee@example.com", services=("coaching", "workshop"))
MIA = Owner("Mia", "mia@example.com", locations=("Boston",))
NOA = Owner("Noa", "noa@example.com", services=("coaching",), locations=("Boston",))


def team(*owners):
    return replace(WORKFLOW, owners=owners)


@pytest.mark.parametrize(
    ("service", "location", "owner"),
    [
        ("Coaching", "Boston, MA", "Noa"),
        ("a WORKSHOP for ten", "", "Lee"),
        ("Coaching", "Chicago", "Lee"),
        ("Plumbing", "boston", "Mia"),
        ("Plumbing", "Chicago", "Kim"),
        ("", "", "Kim"),
    ],
)
def test_the_most_precise_match_of_service_and_location_wins(service, location, owner):
    lead = Lead(id="L-1", service=service, location=location)
    assert assign(lead, team(KIM, LEE, MIA, NOA)) == owner


def test_somebody_away_gets_no_leads():
    away = replace(NOA, away=True)
    assert assign(Lead(id="L-1", service="coaching", location="Boston"), team(KIM, LEE, away)) == "Lee"


def test_every_lead_has_an_owner_even_where_nobody_fits_or_all_are_away():
    assert assign(Lead(id="L-1", service="plumbing"), team(LEE)) == "Lee"
    assert assign(Lead(id="L-1"), team(replace(KIM, away=True))) == "Kim"


def test_without_owners_nobody_is_invented():
    assert assign(Lead(id="L-1"), team()) == ""


def test_equals_share_the_leads_evenly_and_every_process_agrees():
    workflow = team(KIM, replace(KIM, name="Lee"), replace(KIM, name="Mia"))
    given = [assign(Lead(id=f"L-{number:010}"), workflow) for number in range(3000)]
    assert given == [assign(Lead(id=f"L-{number:010}"), workflow) for number in range(3000)]
    assert min(Counter(given).values()) > 900


def test_an_owner_is_found_by_name_however_it_is_written():
    assert find_owner(" kim ", team(KIM, LEE)) == KIM
    assert find_owner("Nobody", team(KIM, LEE)) is None
