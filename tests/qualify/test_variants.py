"""Two variants of a message are reported apart."""

from dataclasses import replace
from datetime import timedelta

from sheetflow.workflow.answers import variant
from sheetflow.workflow.counted import from_json, to_json
from sheetflow.workflow.events import Claim, Event, Kind
from sheetflow.workflow.report import report
from sheetflow.workflow.review import Case, review
from tests.qualify.shop import SHOP, TUESDAY, at, lead

NOW = at(TUESDAY)


def counted(number, workflow, *, replied):
    lead_id = f"L-{number:010}"
    claim = Claim(lead_id, "first_response", 1)
    events = [
        Event(NOW, lead_id, Kind.RECEIVED, f"received:{number}x"),
        claim.event(Kind.CLAIMED, NOW, ""),
        claim.event(Kind.SENT, NOW, "", "Hello"),
    ]
    if replied:
        events.append(Event(NOW + timedelta(hours=1), lead_id, Kind.REPLIED, f"replied:{number}x"))
    case = Case(lead(id=lead_id, received=NOW, email="a@example.org"), tuple(events))
    return from_json(to_json(review(case, workflow, NOW).counted(workflow)))


def steps(workflow):
    ids = range(200)
    leads = [counted(n, workflow, replied=variant(f"L-{n:010}", "first_response") == "b") for n in ids]
    found = report(leads, workflow, NOW + timedelta(days=1))
    return {one.step: (one.sent, one.replied) for one in found.engagement.by_step if one.sent}


def test_each_variant_has_its_own_numbers_below_those_of_the_step():
    two = replace(SHOP, templates=frozenset({"first_response", "first_response.b"}))
    found = steps(two)
    (a, none), (b, all_of_b) = found["first_response, A"], found["first_response, B"]
    assert found["first_response"] == (200, b)
    assert (a + b, none, all_of_b) == (200, 0, b)


def test_a_step_with_one_template_has_one_line():
    assert set(steps(replace(SHOP, templates=frozenset({"first_response"})))) == {"first_response"}
