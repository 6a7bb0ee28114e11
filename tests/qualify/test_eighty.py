"""Eighty enquiries of five businesses: service, urgency, priority, owner, template, language."""

from datetime import UTC, datetime

import pytest

from sheetflow.capture.language import language_of
from sheetflow.workflow.answers import choose
from sheetflow.workflow.lead import Lead
from sheetflow.workflow.qualify import qualify
from sheetflow.workflow.routing import assign
from tests.qualify.businesses import OWN, workflow_of
from tests.qualify.enquiries import ENQUIRIES

TUESDAY = datetime(2026, 3, 24, 14, 30, tzinfo=UTC)  # working hours in Boston, London, Paris, Berlin, Madrid
ASPECTS = ("service", "urgency", "priority", "owner", "template", "language")
UNSURE = ("service", "urgency", "language")  # empty means that nobody can tell


@pytest.fixture(scope="module")
def workflows(tmp_path_factory):
    return {name: workflow_of(name, tmp_path_factory.mktemp("config") / name) for name in OWN}


def understood(expected, workflow):
    lead = Lead(id="L-2222222222", message=expected.message, email="lead@example.org", **expected.form)
    found = qualify(lead, workflow.rules, language_of(lead.message))
    return {
        **{name: getattr(found, name) for name in ("service", "urgency", "priority", "language")},
        "owner": assign(lead, found, workflow, {}, TUESDAY).owner,
        "template": choose("first_response", lead.id, found, workflow, TUESDAY).name,
    }


def verdict(expected, workflow):
    """`right`, `unsure`, or what is wrong. Whoever can't tell may give another priority and answer."""
    found = understood(expected, workflow)
    differing = [name for name in ASPECTS if found[name] != getattr(expected, name)]
    if not differing:
        return "right"
    if any(name in differing and not found[name] for name in UNSURE):
        wrong = [name for name in differing if name in UNSURE and found[name]]
        if not wrong:
            return "unsure"
    return ", ".join(f"{name}: {found[name]!r}, not {getattr(expected, name)!r}" for name in differing)


def test_what_people_write_is_understood(workflows):
    verdicts = {one.message: verdict(one, workflows[one.business]) for one in ENQUIRIES}
    wrong = {message: said for message, said in verdicts.items() if said not in ("right", "unsure")}
    assert len(wrong) <= 2, wrong
    assert list(verdicts.values()).count("unsure") <= 4, verdicts
