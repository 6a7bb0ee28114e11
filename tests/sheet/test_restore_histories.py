"""A ledger that is lost comes back from the Sheet as it was: whom it writes to, and whom never again."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import select

from sheetflow.ledger import schema
from sheetflow.ledger.restoring import restore
from sheetflow.workflow.brakes import Brakes
from sheetflow.workflow.plan import plan
from tests.sheet.conftest import NOW, WORKFLOW
from tests.sheet.histories import Week

LEDGERS, STEPS, LEADS = 32, 80, 1_000


def planned(book, now):
    sent = book.sent_since(now - timedelta(days=1))
    lines = plan(book.all_cases(), sent, WORKFLOW, now, now + timedelta(days=14), Brakes("ON"))
    return json.dumps(sorted((line.to_json() for line in lines), key=str), indent=1)


def suppression(book):
    listed = schema.suppressed
    return sorted(map(tuple, book.connection.execute(select(listed.c.hash, listed.c.reason))))


@pytest.fixture(scope="module")
def seen():
    return []


@pytest.mark.parametrize("seed", range(LEDGERS))
def test_plan_and_suppression_are_the_same_after_a_restore_into_an_empty_ledger(open_ledger, seed, seen):
    clock = [NOW]
    before, after = (open_ledger(name, lambda: clock[0]) for name in ("before", "after"))
    with before.writing() as book:
        week = Week(book, seed, clock)
        week.passes(STEPS)
        evidence = week.evidence()
        expected = planned(book, week.now), suppression(book)
    with after.writing() as book:
        restore(book, evidence, week.now)
        assert (planned(book, week.now), suppression(book)) == expected
        seen += week.ids


def test_these_were_a_thousand_histories(seen):
    assert len(seen) >= LEADS
