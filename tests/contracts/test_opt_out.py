"""What every store promises about an opt-out, and every tracker about lifting a line of Suppressed."""

from dataclasses import replace
from datetime import timedelta

import pytest

from sheetflow.workflow.enquiry import Enquiry
from sheetflow.workflow.events import Kind
from sheetflow.workflow.lead import Mark
from sheetflow.workflow.optout import BY_LINK, OptOut
from sheetflow.workflow.tracked import Changes, Suppression
from tests.contracts.conftest import INBOXES, SITES, STORES
from tests.contracts.people import ADA, BEN, CLO, NOW
from tests.contracts.test_store import WORKFLOW

ONE, OTHER = Suppression("a" * 64, "bounced", NOW), Suppression("b" * 64, "bounced", NOW)


@pytest.fixture(params=STORES)
def site(request):
    """Trackers that are their own store, and inboxes that are emptied at once: what is answered is done."""
    return {**SITES, **INBOXES}[request.param](request)


@pytest.fixture
def put(store):
    """Stores an enquiry of a lead, by its ID and address."""

    def put(lead, email):
        enquiry = Enquiry(lead, f"delivery of {lead}", timedelta(minutes=10), NOW, email=email, message="Hi")
        return store.store([enquiry], WORKFLOW)

    return put


def choice(tracker, lead, email, *, is_undone=False):
    at = NOW + timedelta(minutes=5 if is_undone else 1)
    return OptOut(lead, tracker.snapshot().hash_of(email), at, is_undone=is_undone)


def reasons(tracker):
    return [line.reason for line in tracker.snapshot().suppressed.values()]


def kinds(tracker, lead):
    return [event.kind for event in tracker.snapshot().events if event.lead_id == lead]


def test_a_lifted_line_is_gone_and_the_others_stay(tracker):
    tracker.commit(Changes(suppress=(ONE, OTHER)))
    tracker.commit(Changes(lift=(ONE.hash, "c" * 64)))
    tracker.commit(Changes(lift=(ONE.hash,)))
    assert set(tracker.snapshot().suppressed) == {OTHER.hash}


def test_a_line_lifted_and_set_in_one_write_is_the_new_one(tracker):
    tracker.commit(Changes(suppress=(ONE, OTHER)))
    again = Suppression(ONE.hash, BY_LINK, NOW + timedelta(days=1))
    tracker.commit(Changes(lift=(ONE.hash,), suppress=(again,)))
    found = tracker.snapshot().suppressed
    assert (found[ONE.hash].reason, found[OTHER.hash].reason) == (BY_LINK, "bounced")


def moved(tracker, lead, new, email):
    [found] = [row for row in tracker.snapshot().leads if row.id == lead]
    return replace(found, id=new, email=email, mark=Mark(new, found.status, found.owner))


def statuses_of(tracker):
    return {lead.id: lead.status for lead in tracker.snapshot().leads}


def test_an_opt_out_stops_every_row_with_the_address_and_its_undo_brings_them_back(store, put, tracker):
    put(ADA, "ada@example.com")
    tracker.commit(Changes(leads=(moved(tracker, ADA, BEN, " ADA@example.com"),)))
    put(CLO, "clo@example.com")
    store.opt_out(choice(tracker, ADA, "ada@example.com"), WORKFLOW)
    assert statuses_of(tracker) == {ADA: "Unsubscribed", BEN: "Unsubscribed", CLO: "New"}
    assert reasons(tracker) == [BY_LINK]
    store.opt_out(choice(tracker, ADA, "ada@example.com", is_undone=True), WORKFLOW)
    assert statuses_of(tracker) == {ADA: "New", BEN: "New", CLO: "New"}
    assert reasons(tracker) == []
    assert kinds(tracker, ADA)[-2:] == [Kind.UNSUBSCRIBED, Kind.RESUBSCRIBED]
    assert kinds(tracker, CLO) == [Kind.RECEIVED, Kind.ASSIGNED]


def test_an_opt_out_is_kept_where_the_row_is_gone_and_holds_for_the_next_enquiry(store, put, tracker):
    store.opt_out(choice(tracker, ADA, "ada@example.com"), WORKFLOW)
    [receipt] = put(BEN, "Ada@example.com")
    assert (receipt.status, reasons(tracker)) == ("needs_review", [BY_LINK])
