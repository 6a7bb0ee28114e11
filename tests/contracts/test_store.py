"""What every store of enquiries promises: durable, once, and on the right row."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest

from sheetflow.workflow import statuses
from sheetflow.workflow.enquiry import Enquiry, Receipt
from sheetflow.workflow.events import Kind
from sheetflow.workflow.sequence import Business, Owner, Step, Window, Workflow
from sheetflow.workflow.tracked import Changes, Typed
from tests.contracts.conftest import INBOXES, SITES, STORES
from tests.contracts.people import ADA, BEN, CLO, NOW, lead_id
from tests.contracts.sites import at_once, start

WORKFLOW = Workflow(
    Business("Ada's Studio", "Ada Studio", "studio@example.com", "1 Example Street, Example City", UTC),
    Window(frozenset(range(5)), time(9), time(17)),
    (Step("first_response", 1, "first_response", anytime=True),),
    owners=(Owner("Grace", "grace@example.com"),),
)
TEN_MINUTES, LONG = timedelta(minutes=10), timedelta(days=30)


class Poison:
    """Details that can't be read; it is found out only when their turn comes."""

    def __iter__(self):
        raise ZeroDivisionError


def an_enquiry(lead=ADA, *, minutes=0.0, delivery="", **fields):
    return Enquiry(
        id=lead,
        delivery=delivery or f"delivery of {lead}",
        repeat_within=TEN_MINUTES,
        arrived=NOW + timedelta(minutes=minutes),
        **{"email": f"{lead.lower()}@example.com", "message": "Hello", **fields},
    )


@pytest.fixture(params=STORES)
def site(request):
    """Trackers that are their own store, and inboxes that are emptied at once: what is answered is there."""
    return {**SITES, **INBOXES}[request.param](request)


@pytest.fixture
def put(store):
    """Stores one enquiry and gives its receipt."""
    return lambda *arguments, **fields: store.store([an_enquiry(*arguments, **fields)], WORKFLOW)[0]


def row(tracker, lead=ADA):
    return next(found for found in tracker.snapshot().leads if found.id == lead)


def ids(tracker):
    return [lead.id for lead in tracker.snapshot().leads]


def kinds(tracker, lead=ADA):
    return [event.kind for event in tracker.snapshot().events if event.lead_id == lead]


def test_an_enquiry_becomes_a_row_with_its_events(put, tracker):
    receipt = put(name="Ada", phone="+44 20 7946 0018", details=(("budget", "=1+1"), ("colour", "blue")))
    found = row(tracker)
    assert receipt == Receipt("accepted", ADA)
    assert (found.name, found.email, found.phone) == ("Ada", "l-adaadaadaa@example.com", "+44 20 7946 0018")
    assert (found.status, found.owner, found.details) == ("New", "Grace", "budget: =1+1\ncolour: blue")
    assert found.received == datetime.fromisoformat("2026-03-24 09:00")
    assert (found.mark.lead_id, found.mark.status, found.mark.owner) == (ADA, "New", "Grace")
    assert kinds(tracker) == [Kind.RECEIVED, Kind.ASSIGNED]
    assert "Hello" in tracker.snapshot().events[0].detail


def test_several_enquiries_get_their_receipts_in_order(store, tracker):
    receipts = store.store([an_enquiry(CLO), an_enquiry(ADA), an_enquiry(BEN)], WORKFLOW)
    assert receipts == [Receipt("accepted", lead) for lead in (CLO, ADA, BEN)]
    assert ids(tracker) == [CLO, ADA, BEN]


def test_a_store_that_is_tried_out_stays_as_it_is(put, store, tracker):
    put()
    before = tracker.snapshot()
    for _ in range(2):
        store.try_out(WORKFLOW, NOW)
    assert (tracker.snapshot(), store.waiting()) == (before, 0)
    assert put(BEN) == Receipt("accepted", BEN)


def test_what_is_stored_is_there_for_another_process(put, other_tracker):
    put()
    assert ids(other_tracker) == [ADA]


@pytest.mark.parametrize("minutes", [0, 9.9, 10, -1])
def test_the_same_delivery_within_its_time_is_one_enquiry(put, tracker, minutes):
    put(ADA, delivery="same")
    before = tracker.snapshot()
    assert put(BEN, delivery="same", minutes=minutes) == Receipt("duplicate", ADA)
    assert tracker.snapshot() == before


def test_the_same_delivery_after_its_time_is_another_enquiry(put, tracker):
    put(ADA, delivery="same", email="ada@example.com")
    assert put(BEN, delivery="same", email="ada@example.com", minutes=10.1) == Receipt("merged", ADA)
    assert put(CLO, delivery="same", email="ada@example.com", minutes=20) == Receipt("duplicate", ADA)
    assert kinds(tracker).count(Kind.MERGED) == 1


def test_a_delivery_with_a_key_is_known_for_thirty_days(store):
    first = replace(an_enquiry(ADA, delivery="key"), repeat_within=LONG)
    again = replace(first, id=BEN, arrived=first.arrived + timedelta(days=29))
    late = replace(first, id=CLO, arrived=first.arrived + timedelta(days=31))
    assert [store.store([item], WORKFLOW)[0].status for item in (first, again, late)] == [
        "accepted",
        "duplicate",
        "merged",
    ]


def test_other_people_behind_other_deliveries_get_their_own_rows(put, tracker):
    put(ADA, delivery="key, body 1")
    assert put(BEN, delivery="key, body 2") == Receipt("accepted", BEN)
    assert ids(tracker) == [ADA, BEN]


def test_a_delivery_twice_in_one_list_is_one_enquiry(store, tracker):
    receipts = store.store([an_enquiry(ADA, delivery="d"), an_enquiry(BEN, delivery="d")], WORKFLOW)
    assert receipts == [Receipt("accepted", ADA), Receipt("duplicate", ADA)]
    assert ids(tracker) == [ADA]


def test_a_deleted_row_stays_deleted_when_its_delivery_is_repeated(put, tracker, site):
    put()
    site.remove(ADA)
    assert put(BEN, delivery=f"delivery of {ADA}").status == "duplicate"
    assert ids(tracker) == []


@pytest.mark.parametrize("status", sorted(statuses.OPEN))
def test_a_person_whose_row_is_open_is_merged_into_it(put, tracker, site, status):
    put(ADA, email="ada@example.com")
    site.type(ADA, "status", status)
    assert put(BEN, email=" ADA@Example.com ", message="And one more thing", minutes=1).lead_id == ADA
    found = row(tracker)
    assert ids(tracker) == [ADA]
    assert (found.status, found.mark.status) == (status, "New")
    assert "And one more thing" in found.details
    assert kinds(tracker)[-1] is Kind.MERGED


@pytest.mark.parametrize("status", ["Nurture", "Won", "Lost", "Not a lead"])
def test_a_person_whose_row_is_closed_gets_a_new_one_that_names_it(put, tracker, site, status):
    put(ADA, email="ada@example.com")
    site.type(ADA, "status", status)
    assert put(BEN, email="ada@example.com", minutes=1) == Receipt("accepted", BEN)
    assert ADA in row(tracker, BEN).details
    assert row(tracker, ADA).status == status


def test_two_enquiries_of_one_person_in_one_list_are_merged(store, tracker):
    pair = [an_enquiry(ADA, email="a@example.com"), an_enquiry(BEN, email="A@example.com")]
    assert store.store(pair, WORKFLOW) == [Receipt("accepted", ADA), Receipt("merged", ADA)]
    assert ids(tracker) == [ADA]


def test_the_phone_decides_only_where_one_side_has_no_address(put, tracker):
    put(ADA, phone="+44 20 7946 0018")
    assert put(BEN, phone="020 7946 0018", email="").status == "merged"
    assert put(CLO, phone="020 7946 0018").status == "accepted"
    assert ids(tracker) == [ADA, CLO]


def test_people_who_left_neither_address_nor_phone_are_not_taken_for_one(put, tracker):
    assert put(ADA, email="", phone="12") == Receipt("needs_review", ADA)
    assert put(BEN, email="", phone="12") == Receipt("needs_review", BEN)
    assert ids(tracker) == [ADA, BEN]


def test_the_address_that_stands_in_the_row_now_is_what_counts(put, tracker):
    put(ADA, email="old@example.com")
    tracker.commit(Changes(typed=(Typed(ADA, "email", "New@example.com"),)))
    assert put(BEN, email="new@example.com") == Receipt("merged", ADA)
    assert put(CLO, email="old@example.com") == Receipt("accepted", CLO)


def test_the_phone_that_stands_in_the_row_now_is_what_counts(put, tracker):
    put(ADA, email="", phone="020 7946 0018")
    tracker.commit(Changes(typed=(Typed(ADA, "phone", "020 7946 0999"),)))
    assert put(BEN, email="", phone="+44 20 7946 0999").lead_id == ADA


def test_a_test_lead_is_marked_and_nobody_is_merged_with_it(put, tracker):
    assert put(ADA, email="same@example.com", is_test=True) == Receipt("test", ADA)
    assert put(BEN, email="same@example.com") == Receipt("accepted", BEN)
    assert put(CLO, email="same@example.com", is_test=True) == Receipt("test", CLO)
    assert [lead.status for lead in tracker.snapshot().leads] == ["Test", "New", "Test"]


def test_a_suppressed_address_is_for_a_person_to_answer(put, tracker):
    line = tracker.snapshot().suppress("ada@example.com", "unsubscribed", NOW)
    tracker.commit(Changes(suppress=(line,)))
    assert put(ADA, email="Ada@example.com") == Receipt("needs_review", ADA)
    found = row(tracker)
    assert found.status == "Needs attention"
    assert "unsubscribed" in found.why
    assert put(BEN, email="ben@example.com").status == "accepted"


def test_a_suppression_outlives_its_row(put, tracker, site):
    put(ADA, email="ada@example.com")
    tracker.commit(Changes(suppress=(tracker.snapshot().suppress("ada@example.com", "bounced", NOW),)))
    site.remove(ADA)
    assert put(BEN, email="ada@example.com").status == "needs_review"


def test_of_enquiries_stored_together_all_or_none_are_there(store, put, tracker):
    before = tracker.snapshot()
    broken = replace(an_enquiry(BEN), details=Poison())
    with pytest.raises((ZeroDivisionError, TypeError)):
        store.store([an_enquiry(ADA), broken], WORKFLOW)
    assert tracker.snapshot() == before
    assert put(ADA) == Receipt("accepted", ADA)


def store_the_same(number, site, say):
    store = site.open_store()
    say(store.store([an_enquiry(lead_id(number), delivery="same", email="ada@example.com")], WORKFLOW)[0])
    site.close(store)


def test_one_delivery_at_several_processes_at_once_is_one_row(site, tracker):
    receipts = [receipt for [receipt] in at_once(4, store_the_same, site)]
    [found] = ids(tracker)
    assert sorted(receipt.status for receipt in receipts) == ["accepted", *["duplicate"] * 3]
    assert {receipt.lead_id for receipt in receipts} == {found}
    assert kinds(tracker, found) == [Kind.RECEIVED, Kind.ASSIGNED]


def store_one_person(number, site, say):
    store = site.open_store()
    for part in range(5):
        enquiry = an_enquiry(
            lead_id(10 * number + part), email="ada@example.com", message=f"<{number}.{part}>"
        )
        say(store.store([enquiry], WORKFLOW)[0].status)
    site.close(store)


def test_one_person_at_several_processes_at_once_is_one_row_with_every_word(site, tracker):
    said = [status for heard in at_once(3, store_one_person, site) for status in heard]
    [found] = tracker.snapshot().leads
    assert sorted(said) == ["accepted", *["merged"] * 14]
    assert kinds(tracker, found.id).count(Kind.MERGED) == 14
    words = found.message + found.details
    assert [f"<{number}.{part}>" in words for number in range(3) for part in range(5)] == [True] * 15


def store_for_ever(number, site, say):
    store = site.open_store()
    say("ready")
    for count in range(1_000_000):
        pair = [an_enquiry(lead_id(2 * count)), an_enquiry(lead_id(2 * count + 1))]
        say([receipt.lead_id for receipt in store.store(pair, WORKFLOW)])


def test_no_answered_enquiry_is_lost_when_the_process_is_killed(site, store, tracker):
    child = start(store_for_ever, site)
    answered = [child.hear() for _ in range(20)][1:]
    child.kill()
    answered = [lead for pair in (*answered, *child.hear_all()) for lead in pair]
    found = ids(tracker)
    assert found[: len(answered)] == answered
    assert len(found) - len(answered) in (0, 2)
    repeated = store.store([an_enquiry(lead) for lead in found], WORKFLOW)
    assert repeated == [Receipt("duplicate", lead) for lead in found]
