"""What the ledger promises, on SQLite and on PostgreSQL alike."""

import os
import shutil
import threading
from collections import Counter
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import true

from sheetflow.errors import ConfigError
from sheetflow.ledger import schema, state, upgrade
from sheetflow.ledger.arrivals import adopt_row, store, try_out
from sheetflow.ledger.book import KEPT
from sheetflow.ledger.editing import apply_edits, bring_back_rows, delete_rows, opt_out
from sheetflow.ledger.rows import row_from, row_text
from sheetflow.ledger.settling import look, settle
from sheetflow.workflow.columns import LEAD_FIELDS
from sheetflow.workflow.edits import Edit
from sheetflow.workflow.enquiry import Receipt
from sheetflow.workflow.events import Kind
from sheetflow.workflow.optout import BY_LINK, OptOut
from tests.contracts.people import ADA, BEN, CLO, NOW, a_claim, an_enquiry, an_event, lead_id
from tests.contracts.processes import (
    claim_all,
    lease_it,
    names,
    store_for_ever,
    store_one_person,
    store_the_same,
)
from tests.contracts.sites import at_once, start

LATER = NOW + timedelta(minutes=1)
IDS = ("ours@example.com", "theirs@example.net", "bens@example.com", "x@example.com")

HARD_TEXTS = [
    "=1+1",
    "+44 20 7946 0018",
    "'quoted",
    "007",
    "1e5",
    "TRUE",
    "2026-03-24",
    "first line\nsecond line\ttabbed",
    "quotes \" and \\ and ' and ; -- and %s and :name",
    "Zoë 🌱 👩‍👩‍👧 e\u0301",
    "שלום, مرحبا بك",
    "x" * 45_000,
]


@pytest.fixture
def put(ledger):
    """Stores one enquiry and gives its receipt."""

    def put(*arguments, **fields):
        with ledger.writing() as book:
            return store(book, [an_enquiry(*arguments, **fields)])[0]

    return put


def rows(ledger):
    with ledger.reading() as book:
        return {row["id"]: row for row in book.rows()}


def events(ledger, lead=ADA):
    with ledger.reading() as book:
        return book.events([lead]).get(lead, [])


def kinds(ledger, lead=ADA):
    return [event.kind for event in events(ledger, lead)]


def everything(ledger):
    with ledger.reading() as book:
        tables = schema.metadata.sorted_tables
        return {table.name: book.connection.execute(table.select()).all() for table in tables}


def types(ledger, lead, field, value, shown="", at=LATER):
    with ledger.writing() as book:
        apply_edits(book, [Edit(lead, field, value, shown)], at, day_first=True)


# What goes in comes out


@pytest.mark.parametrize("text", HARD_TEXTS, ids=lambda text: text[:12])
def test_text_stays_the_same_text_in_every_column(ledger, put, text):
    put()
    for field in (*LEAD_FIELDS, "notes"):
        types(ledger, ADA, field, text)
    row = rows(ledger)[ADA]
    assert {field: row[field] for field in (*LEAD_FIELDS, "notes")} == dict.fromkeys(
        (*LEAD_FIELDS, "notes"), text
    )
    with ledger.reading() as book:
        assert book.case(ADA).lead.message == text
    assert any(text in event.detail for event in events(ledger))


def test_what_no_database_can_hold_is_left_out_and_the_lead_stored(ledger, put):
    assert put(message="a\x00b \ud83d c").status == "accepted"
    assert rows(ledger)[ADA]["message"] == "ab ? c"


@pytest.mark.parametrize(
    "cells",
    [
        {"next_follow_up": date(2026, 3, 26)},
        {"next_follow_up": datetime.fromisoformat("2026-03-26 09:30")},
        {"next_follow_up": "tomorrow", "first_response": 0.1, "emails_sent": 3},
        {"received": datetime.fromisoformat("2026-03-24 00:00:00"), "status": "", "name": "2026-03-24"},
    ],
)
def test_the_cells_of_a_row_come_back_as_they_were(cells):
    found = row_from(row_text(cells))
    assert {field: found[field] for field in cells} == cells
    assert all(type(found[field]) is type(cells[field]) for field in cells)


@pytest.mark.parametrize("text", HARD_TEXTS, ids=lambda text: text[:12])
def test_events_stay_as_they_happened_whatever_their_kind(ledger, text):
    written = [
        an_event(f"{kind}:h1", kind=kind, step="follow_up", detail=text, message_id="<1@example.com>")
        for kind in Kind
    ]
    with ledger.writing() as book:
        assert book.record(written) == written
    assert events(ledger) == written


def test_what_happened_once_stands_once_whoever_notices_it_again(ledger, other):
    first, again = an_event("replied:1", detail="first"), an_event("replied:1", detail="again", minutes=5)
    with ledger.writing() as book:
        assert book.record([first]) == [first]
    with other.writing() as book:
        assert book.record([again, an_event("replied:2"), again]) == [an_event("replied:2")]
    assert events(ledger) == [first, an_event("replied:2")]


def test_rows_keep_the_order_they_came_in(ledger, put):
    for number in (7, 3, 9, 1):
        put(lead_id(number))
    assert list(rows(ledger)) == [lead_id(number) for number in (7, 3, 9, 1)]


def test_thousands_of_leads_are_read_at_once(ledger):
    with ledger.writing() as book:
        book.record(an_event(f"e:{number}", lead_id(number // 2)) for number in range(3_000))
        found = book.events([lead_id(number) for number in range(1_500)])
    assert [len(found[lead_id(number)]) for number in range(1_500)] == [2] * 1_500


def test_what_fails_in_the_middle_leaves_nothing(ledger, put):
    put()
    before = everything(ledger)

    def fail():
        with ledger.writing() as book:
            store(book, [an_enquiry(BEN)])
            book.put(state.SENDING, "PAUSED")
            book.suppress(book.hash_of("ada@example.com"), "bounced", NOW)
            book.claim(a_claim(), "run", "<1@example.com>")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert everything(ledger) == before
    assert put(CLO).status == "accepted"


def test_a_reader_never_sees_half_of_what_was_written(ledger, other, put):
    put(CLO)
    done = threading.Event()

    def write():
        for number in range(25):
            put(lead_id(number))
        done.set()

    writer = threading.Thread(target=write)
    writer.start()
    pairs = []
    while not done.is_set():
        with other.reading() as book:
            ids = [lead for lead, _, _ in book.addresses()]
            pairs.append((ids, list(book.events(ids))))
    writer.join()
    assert all(ids == [lead for lead in ids if lead in told] for ids, told in pairs)


# Enquiries


def test_an_enquiry_becomes_a_row_with_its_events(ledger, put):
    receipt = put(name="Ada", phone="+44 20 7946 0018", details=(("budget", "=1+1"), ("colour", "blue")))
    row = rows(ledger)[ADA]
    assert receipt == Receipt("accepted", ADA)
    assert (row["name"], row["email"], row["phone"]) == (
        "Ada",
        "l-adaadaadaa@example.com",
        "+44 20 7946 0018",
    )
    assert (row["status"], row["owner"], row["details"]) == ("New", "Grace", "budget: =1+1\ncolour: blue")
    assert row["received"] == datetime.fromisoformat("2026-03-24 10:00:00")
    assert kinds(ledger) == [Kind.RECEIVED, Kind.QUALIFIED, Kind.ASSIGNED]


def test_several_enquiries_get_their_receipts_in_order(ledger):
    with ledger.writing() as book:
        receipts = store(book, [an_enquiry(CLO), an_enquiry(ADA), an_enquiry(BEN)])
    assert receipts == [Receipt("accepted", lead) for lead in (CLO, ADA, BEN)]
    assert list(rows(ledger)) == [CLO, ADA, BEN]


def test_a_ledger_that_is_tried_out_takes_leads_as_before(ledger, put):
    put()
    before = rows(ledger)
    for _ in range(2):
        with ledger.writing() as book:
            try_out(book)
    assert rows(ledger) == before
    assert put(BEN) == Receipt("accepted", BEN)


@pytest.mark.parametrize("minutes", [0, 9.9, 10, -1])
def test_the_same_delivery_within_its_time_is_one_enquiry(ledger, put, minutes):
    put(ADA, delivery="same")
    before = everything(ledger)
    assert put(BEN, delivery="same", minutes=minutes) == Receipt("duplicate", ADA)
    assert everything(ledger) == before


def test_the_same_delivery_after_its_time_is_another_enquiry(ledger, put):
    put(ADA, delivery="same", email="ada@example.com")
    assert put(BEN, delivery="same", email="ada@example.com", minutes=10.1) == Receipt("merged", ADA)
    assert put(CLO, delivery="same", email="ada@example.com", minutes=20) == Receipt("duplicate", ADA)
    assert kinds(ledger).count(Kind.MERGED) == 1


def test_a_delivery_with_a_key_is_known_for_thirty_days_and_then_forgotten(ledger, put):
    month = {"delivery": "key", "email": "ada@example.com", "repeat_within": timedelta(days=30)}
    days = (0, 29, 31)
    found = [
        put(lead, minutes=day * 1440, **month).status for lead, day in zip((ADA, BEN, CLO), days, strict=True)
    ]
    assert found == ["accepted", "duplicate", "merged"]
    put(lead_id(1), minutes=KEPT / timedelta(minutes=1) + 31 * 1440 + 1)
    assert [line.delivery for line in everything(ledger)["sheetflow_deliveries"]] == [
        f"delivery of {lead_id(1)}"
    ]


def test_a_delivery_twice_in_one_list_is_one_enquiry(ledger):
    with ledger.writing() as book:
        receipts = store(book, [an_enquiry(ADA, delivery="d"), an_enquiry(BEN, delivery="d")])
    assert receipts == [Receipt("accepted", ADA), Receipt("duplicate", ADA)]


def test_a_deleted_row_stays_deleted_when_its_delivery_is_repeated(ledger, put):
    put()
    with ledger.writing() as book:
        delete_rows(book, [ADA], LATER)
    assert put(BEN, delivery=f"delivery of {ADA}").status == "duplicate"
    assert rows(ledger) == {}


def test_a_person_whose_row_is_open_is_merged_into_it_and_the_sequence_goes_on(ledger, put):
    put(ADA, email="ada@example.com")
    types(ledger, ADA, "status", "Following up", "New")
    receipt = put(BEN, email=" ADA@Example.com ", message="And one more thing", minutes=2)
    assert receipt == Receipt("merged", ADA)
    [row] = rows(ledger).values()
    assert (row["status"], "And one more thing" in row["details"]) == ("Following up", True)
    assert row["why"].startswith("Asked again on 24 Mar 2026. Follow up goes out")
    assert kinds(ledger)[-2:] == [Kind.MERGED, Kind.QUALIFIED]


def test_a_person_whose_row_is_closed_gets_a_new_one_that_names_it(ledger, put):
    put(ADA, email="ada@example.com")
    types(ledger, ADA, "status", "Won", "New")
    assert put(BEN, email="ada@example.com", minutes=2) == Receipt("accepted", BEN)
    found = rows(ledger)
    assert (ADA in found[BEN]["details"], found[ADA]["status"]) == (True, "Won")


def test_two_enquiries_of_one_person_in_one_list_are_merged(ledger):
    pair = [an_enquiry(ADA, email="a@example.com"), an_enquiry(BEN, email="A@example.com")]
    with ledger.writing() as book:
        assert store(book, pair) == [Receipt("accepted", ADA), Receipt("merged", ADA)]


def test_the_phone_decides_only_if_one_side_has_no_address(ledger, put):
    put(ADA, phone="+44 20 7946 0018")
    assert put(BEN, phone="020 7946 0018", email="").status == "merged"
    assert put(CLO, phone="020 7946 0018").status == "accepted"
    assert list(rows(ledger)) == [ADA, CLO]


def test_people_who_left_neither_address_nor_phone_are_not_taken_for_one(put):
    assert put(ADA, email="", phone="12") == Receipt("needs_review", ADA)
    assert put(BEN, email="", phone="12") == Receipt("needs_review", BEN)


@pytest.mark.parametrize(
    ("field", "old", "new", "again"),
    [
        ("email", "old@example.com", "New@example.com", "new@example.com"),
        ("phone", "020 7946 0018", "020 7946 0999", "+44 20 7946 0999"),
    ],
)
def test_what_stands_in_the_row_now_is_what_a_person_is_known_by(ledger, put, field, old, new, again):
    put(ADA, **{"email": "", field: old})
    types(ledger, ADA, field, new, old)
    assert put(BEN, **{"email": "", field: again}).lead_id == ADA
    assert put(CLO, **{"email": "", field: old}).lead_id == CLO


def test_an_address_too_long_for_an_index_is_still_told_apart(put):
    long = "a" * 240 + "@example.com"
    assert put(ADA, email=long).lead_id == ADA
    assert put(BEN, email="a" * 239 + "b@example.com").lead_id == BEN
    assert put(CLO, email=long).lead_id == ADA


def test_a_test_lead_is_marked_and_nobody_is_merged_with_it(ledger, put):
    same = {"email": "same@example.com"}
    assert put(ADA, is_test=True, **same) == Receipt("test", ADA)
    assert put(BEN, **same) == Receipt("accepted", BEN)
    assert put(CLO, is_test=True, **same) == Receipt("test", CLO)
    assert [row["status"] for row in rows(ledger).values()] == ["Test", "New", "Test"]


def test_a_suppression_outlives_its_row_and_the_next_enquiry_is_for_a_person_to_answer(ledger, put):
    put(ADA, email="ada@example.com")
    with ledger.writing() as book:
        book.suppress(book.hash_of("ada@example.com"), "unsubscribed", NOW)
        delete_rows(book, [ADA], LATER)
    assert put(BEN, email=" Ada@example.com").status == "needs_review"
    row = rows(ledger)[BEN]
    assert (row["status"], "unsubscribed" in row["why"]) == ("Needs attention", True)


def test_a_row_typed_by_hand_becomes_a_lead_and_a_second_one_of_the_person_names_it(ledger):
    with ledger.writing() as book:
        assert adopt_row(book, an_enquiry(ADA, email="a@example.com"), {"status": "Won"}) == ADA
        assert adopt_row(book, an_enquiry(BEN, email="b@example.com"), {"notes": "call"}) == BEN
        assert adopt_row(book, an_enquiry(CLO, email="b@example.com"), {}) == CLO
    found = rows(ledger)
    assert [row["status"] for row in found.values()] == ["Won", "Paused", "Paused"]
    assert (found[BEN]["notes"], BEN in found[CLO]["why"]) == ("call", True)


def test_one_delivery_at_several_processes_at_once_is_one_row(site, ledger):
    receipts = [receipt for [receipt] in at_once(4, store_the_same, site)]
    [found] = rows(ledger)
    assert sorted(receipt.status for receipt in receipts) == ["accepted", *["duplicate"] * 3]
    assert {receipt.lead_id for receipt in receipts} == {found}
    assert kinds(ledger, found) == [Kind.RECEIVED, Kind.QUALIFIED, Kind.ASSIGNED]


def test_one_person_at_several_processes_at_once_is_one_row_with_every_word(site, ledger):
    said = Counter(status for heard in at_once(3, store_one_person, site) for status in heard)
    [row] = rows(ledger).values()
    assert said == {"accepted": 1, "merged": 14}
    words = row["message"] + row["details"]
    assert all(f"<{number}.{part}>" in words for number in range(3) for part in range(5))


def test_no_answered_enquiry_is_lost_when_the_process_is_killed(site, ledger, put):
    child = start(store_for_ever, site)
    answered = [child.hear() for _ in range(20)]
    child.kill()
    answered = [lead for pair in (*answered, *child.hear_all()) for lead in pair]
    found = list(rows(ledger))
    assert found[: len(answered)] == answered
    assert len(found) - len(answered) in (0, 2)
    assert {put(lead).status for lead in found} == {"duplicate"}


# What people do


def test_an_edit_is_recorded_obeyed_and_stands_in_the_row(ledger, put):
    put()
    types(ledger, ADA, "status", "Booked", "New")
    assert rows(ledger)[ADA]["status"] == "Booked"
    assert kinds(ledger)[3:] == [Kind.STATUS, Kind.OWNER_RESPONSE]


def test_an_edit_of_a_lead_that_is_not_known_does_nothing(ledger, put):
    put()
    before = everything(ledger)
    types(ledger, BEN, "status", "Won")
    assert everything(ledger) == before


def test_an_owner_who_is_taken_out_is_assigned_again_by_rule(ledger, put):
    put()
    for owner, stands in (("Zoe", "Zoe"), ("", "Grace"), ("Zoe", "Zoe"), ("", "Grace")):
        types(ledger, ADA, "owner", owner, rows(ledger)[ADA]["owner"])
        assert rows(ledger)[ADA]["owner"] == stands


def test_a_corrected_email_and_new_in_one_look_begin_anew(ledger, put):
    put()
    with ledger.writing() as book:
        book.claim(a_claim(), "run", "<1@example.com>")
        book.close(a_claim().event(Kind.BOUNCED, LATER, "run", "550 5.1.1"))
        book.suppress(book.hash_of("l-adaadaadaa@example.com"), "bounced", LATER)
        settle(book, [ADA], LATER)
    assert rows(ledger)[ADA]["status"] == "Bounced"
    edits = [
        Edit(ADA, "status", "New", "Bounced"),
        Edit(ADA, "email", "ada@example.com", "l-adaadaadaa@example.com"),
    ]
    with ledger.writing() as book:
        apply_edits(book, edits, NOW + timedelta(minutes=2), day_first=True)
    assert rows(ledger)[ADA]["why"] == "First response goes out now."


@pytest.mark.parametrize("word", ["Do not contact", " unsubscribed", "Bounced"])
def test_a_word_that_bars_an_address_holds_for_every_row_with_it(ledger, put, word):
    put(ADA, email="ada@example.com")
    put(BEN, email="")
    types(ledger, BEN, "email", "ADA@example.com ")
    types(ledger, ADA, "status", word, "New")
    with ledger.reading() as book:
        assert book.suppression("ada@example.com") == f"{word.strip().capitalize()}, set by hand"
    types(ledger, BEN, "status", "New", rows(ledger)[BEN]["status"])
    assert f"{word.strip().capitalize()}, set by hand" in rows(ledger)[BEN]["why"]


def test_do_not_contact_that_is_replaced_lifts_what_it_alone_suppressed(ledger, put):
    put(ADA, email="ada@example.com")
    put(BEN, email="ben@example.com")
    with ledger.writing() as book:
        book.suppress(book.hash_of("ben@example.com"), "bounced", NOW)
    for lead in (ADA, BEN):
        types(ledger, lead, "status", "Do not contact", "New")
        types(ledger, lead, "status", "New", "Do not contact", NOW + timedelta(minutes=2))
    with ledger.reading() as book:
        assert [book.suppression(f"{name}@example.com") for name in ("ada", "ben")] == ["", "bounced"]
    assert rows(ledger)[ADA]["why"] == "First response goes out now."
    assert "This address gets no mail (bounced)" in rows(ledger)[BEN]["why"]


def test_a_deleted_row_is_out_of_rows_and_numbers_and_comes_back_paused(ledger, put):
    put()
    with ledger.writing() as book:
        delete_rows(book, [ADA], LATER)
    with ledger.reading() as book:
        assert (list(book.rows()), book.counted(), book.to_look_at(NOW + timedelta(days=9))) == ([], [], [])
        assert book.has_changed_rows() is False
    with ledger.writing() as book:
        bring_back_rows(book, [ADA], NOW + timedelta(minutes=2))
    row = rows(ledger)[ADA]
    assert (row["status"], "came back" in row["why"]) == ("Paused", True)
    types(ledger, ADA, "status", "New", "Paused", NOW + timedelta(minutes=3))
    assert rows(ledger)[ADA]["why"] == "First response goes out now."


def chooses(ledger, email, lead=ADA, minutes=1, *, is_undone=False):
    with ledger.writing() as book:
        at = NOW + timedelta(minutes=minutes)
        opt_out(book, OptOut(lead, book.hash_of(email), at, is_undone=is_undone))


def test_an_opt_out_stops_every_row_with_the_address_and_its_undo_brings_them_back(ledger, put):
    put(ADA, email="ada@example.com")
    put(BEN, email="")
    types(ledger, BEN, "email", " ADA@example.com")
    types(ledger, BEN, "status", "New", "Needs attention")
    put(CLO, email="clo@example.com")
    for _ in range(2):
        chooses(ledger, "ada@example.com")
    assert [row["status"] for row in rows(ledger).values()] == ["Unsubscribed", "Unsubscribed", "New"]
    for _ in range(2):
        chooses(ledger, "ada@example.com", minutes=5, is_undone=True)
    assert [row["status"] for row in rows(ledger).values()] == ["New", "New", "New"]
    assert kinds(ledger)[-2:] == [Kind.UNSUBSCRIBED, Kind.RESUBSCRIBED]
    assert kinds(ledger, CLO) == [Kind.RECEIVED, Kind.QUALIFIED, Kind.ASSIGNED]


def test_an_opt_out_holds_for_a_lead_whose_address_was_corrected_since(ledger, put):
    put(ADA, email="old@example.com")
    types(ledger, ADA, "email", "new@example.com")
    chooses(ledger, "old@example.com", minutes=2)
    assert rows(ledger)[ADA]["status"] == "Unsubscribed"


def test_an_opt_out_whose_rows_are_gone_still_suppresses_the_address(ledger, put):
    chooses(ledger, "ada@example.com")
    with ledger.reading() as book:
        assert book.suppression("ADA@example.com") == BY_LINK
    assert put(BEN, email="Ada@example.com").status == "needs_review"


@pytest.mark.parametrize("reason", ["bounced", "Do not contact, set by hand", "complained"])
def test_an_undo_leaves_a_line_that_says_something_else(ledger, put, reason):
    put(ADA, email="ada@example.com")
    with ledger.writing() as book:
        book.suppress(book.hash_of("ada@example.com"), reason, NOW)
    chooses(ledger, "ada@example.com")
    chooses(ledger, "ada@example.com", minutes=2, is_undone=True)
    with ledger.reading() as book:
        assert book.suppression("ada@example.com") == reason
    assert rows(ledger)[ADA]["status"] == "Unsubscribed"


def test_a_suppressed_address_keeps_its_first_reason_until_it_is_lifted(ledger, put):
    put(ADA, email="ada@example.com")
    with ledger.writing() as book:
        hashed = book.hash_of(" Ada@Example.com")
        book.suppress(hashed, "unsubscribed", NOW, ADA)
        book.suppress(hashed, "bounced", LATER, BEN)
        assert (book.suppression("ada@example.com"), book.suppression("")) == ("unsubscribed", "")
        assert book.lift(schema.suppressed.c.hash == "nobody's") == []
        assert book.lift(true()) == [ADA]
        assert not book.is_suppressed(hashed)


# What follows is kept beside the events


def test_a_lead_is_looked_at_when_something_else_may_be_decided_and_not_before(ledger, put):
    put(ADA)
    put(BEN)
    types(ledger, ADA, "status", "Contacted", "New")
    types(ledger, BEN, "status", "Won", "New")
    put(CLO)

    def due(when):
        with ledger.reading() as book:
            return book.to_look_at(when)

    step = NOW + timedelta(days=2, minutes=1)
    assert due(NOW) == [CLO]
    assert due(step - timedelta(seconds=1)) == [CLO]
    assert due(step) == [ADA, CLO]
    with ledger.writing() as book:
        book.look_at_all(NOW)
        assert book.to_look_at(NOW) == [ADA, BEN, CLO]


def test_a_row_counts_as_changed_only_if_it_says_something_else(ledger, put):
    put()
    with ledger.writing() as book:
        book.change(ADA, {"is_changed": 0})
        settle(book, [ADA], NOW)
        assert not book.has_changed_rows()
        apply_edits(book, [Edit(ADA, "status", "Paused", "New")], LATER, day_first=True)
        assert book.has_changed_rows()


def test_a_claim_that_nobody_settles_becomes_unknown_and_is_asked_about_once(ledger, put):
    put()
    with ledger.writing() as book:
        book.claim(a_claim(), "run", "<1@example.com>")
        settle(book, [ADA], NOW)
    for minutes in (14, 15, 16):
        with ledger.writing() as book:
            look(book, [ADA], NOW + timedelta(minutes=minutes))
            [claim] = book.claims_with(Kind.UNKNOWN) or [None]
            assert bool(claim) == (minutes >= 15)
    assert kinds(ledger)[3:] == [Kind.CLAIMED, Kind.UNKNOWN, Kind.HELD]


# Claims


def claims(ledger, claim, run="run", message_id="<1@example.com>"):
    with ledger.writing() as book:
        return book.claim(claim, run, message_id)


def test_the_second_claim_loses(ledger, other):
    assert claims(ledger, a_claim())
    assert not claims(other, a_claim(), "run-2")
    assert not claims(ledger, a_claim())
    [event] = events(ledger)
    assert (event.kind, event.run, event.message_id) == (Kind.CLAIMED, "run", "<1@example.com>")


@pytest.mark.parametrize("another", [a_claim(BEN), a_claim(step="check_in"), a_claim(attempt=2)])
def test_another_lead_step_or_attempt_is_another_claim(ledger, another):
    assert claims(ledger, a_claim())
    assert claims(ledger, another)


def test_of_claimers_at_once_each_claim_has_one_winner(site):
    heard = [said for child in at_once(4, claim_all, site) for said in child]
    won = Counter((part, lead) for part, leads in heard for lead in leads)
    assert won == dict.fromkeys([(part, lead) for part in range(25) for lead in range(2)], 1)


def test_an_outcome_is_recorded_with_its_claim_and_a_message_is_known_by_both_its_ids(ledger):
    claims(ledger, a_claim(), message_id="<ours@example.com>")
    claims(ledger, a_claim(BEN), message_id="<bens@example.com>")
    with ledger.writing() as book:
        book.close(a_claim().event(Kind.SENT, LATER, "run", "Hello"), server_id="<theirs@example.net>")
        book.close(a_claim(BEN).event(Kind.FAILED, LATER, "run", "no"))
        assert (book.sent_since(LATER), book.sent_since(NOW + timedelta(minutes=2))) == ([LATER], [])
        assert book.oldest_claim() == NOW
        assert [row["lead_id"] for row in book.claims_with(Kind.SENT, Kind.FAILED, limit=1)] != []
        found = [book.message_lead(f"<{name}>") for name in IDS]
        assert found == [book.message_lead(name) for name in IDS]
        assert [book.message_lead(name) for name in ("", "<>", "@example.com")] == [None] * 3
    assert found == [(ADA, "first_response"), (ADA, "first_response"), (BEN, "first_response"), None]
    assert kinds(ledger) == [Kind.CLAIMED, Kind.SENT]


# The pace, leases, what is remembered


def test_the_pace_is_the_accounts_whoever_sends(ledger, other):
    waits = []
    for each in (ledger, other, ledger):
        with each.writing() as book:
            waits.append(book.take_turn(1.5))
    assert waits == [0.0, 1.5, 3.0]


def test_a_clock_that_was_set_back_does_not_stop_all_mail(ledger, opens):
    with ledger.writing() as book:
        book.take_turn(1.5)
    with opens(lambda: NOW - timedelta(hours=5)).writing() as book:
        assert book.take_turn(1.5) <= 30.0


def test_a_lease_is_one_holders_until_it_is_released_or_expires(ledger, opens):
    def leases(clock, holder):
        with opens(clock).writing() as book:
            return book.lease("sheet", holder, 120)

    with ledger.writing() as book:
        assert book.lease("sheet", "one", 120)
        assert book.lease("mailbox", "two", 120)
    assert not leases(lambda: NOW + timedelta(seconds=119), "two")
    assert leases(lambda: NOW + timedelta(seconds=60), "one")  # renewed until 180 s
    assert not leases(lambda: NOW + timedelta(seconds=179), "two")
    assert leases(lambda: NOW + timedelta(seconds=181), "two")
    with ledger.writing() as book:
        book.release("sheet", "one")
        assert not book.lease("sheet", "one", 120)
        book.release("sheet", "two")
        assert book.lease("sheet", "one", 120)


def test_of_processes_at_once_one_gets_the_lease(site):
    assert sorted(got for [got] in at_once(3, lease_it, site)) == [False, False, True]


def test_without_a_clock_of_its_own_the_ledger_has_an_aware_one(opens):
    with opens(None).writing() as book:
        assert abs(book.time() - datetime.now(NOW.tzinfo)) < timedelta(minutes=1)


def test_what_is_remembered_is_kept_by_name(ledger, other):
    with ledger.writing() as book:
        book.put(state.PROBLEMS, "a, b\nc")
        book.put(state.CURSOR, "1")
    with other.writing() as book:
        book.put(state.CURSOR, "")
    with ledger.reading() as book:
        assert (book.get(state.PROBLEMS), book.get(state.CURSOR), book.get("nothing")) == ("a, b\nc", "", "")


# Its tables


def test_a_new_ledger_is_empty_has_a_name_and_a_salt_and_sends(ledger, other):
    assert rows(ledger) == {}
    with ledger.reading() as book, other.reading() as again:
        found = book.state()
        assert again.state() == found
    assert found[state.SENDING] == "ON"
    assert len(found[state.SALT]) >= 32
    assert found[state.LEDGER]


def test_processes_that_start_together_make_one_ledger(site):
    [first, *others] = at_once(4, names, site)
    assert others == [first] * 3


def set_version(site, version):
    site.execute("UPDATE sheetflow_version SET version_num = :version", version=version)


def test_a_newer_ledger_is_refused_at_start_and_whoever_runs_goes_on(site, ledger, opens, put):
    put()
    set_version(site, "9999")
    with pytest.raises(ConfigError, match=r"^DATABASE_URL: .* made by a newer sheetflow"), opens().reading():
        pass
    assert put(BEN).status == "accepted"
    ledger.database._is_ready = False  # as after an error: it looks again
    assert put(CLO).status == "accepted"
    [[version]] = site.execute("SELECT version_num FROM sheetflow_version")
    assert version == "9999"


NEXT = """
import sqlalchemy
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.add_column("sheetflow_leads", sqlalchemy.Column("colour", sqlalchemy.Text, server_default="blue"))
"""


def test_an_older_ledger_is_brought_up_to_date_and_keeps_what_it_holds(
    site, opens, put, tmp_path, monkeypatch
):
    put()
    newer = tmp_path / "newer"
    shutil.copytree(upgrade.HERE, newer)
    (newer / "versions" / "v0002_next.py").write_text(NEXT)
    monkeypatch.setattr(upgrade, "HERE", newer)
    for _ in range(2):
        assert list(rows(opens())) == [ADA]
    assert site.execute("SELECT colour FROM sheetflow_leads") == [("blue",)]
    assert site.execute("SELECT version_num FROM sheetflow_version") == [("0002",)]


def test_a_ledger_that_lost_its_word_about_sending_is_paused(site, ledger, opens, put):
    put()
    site.execute("DELETE FROM sheetflow_state WHERE name = 'sending'")
    with opens().reading() as book:
        assert book.get(state.SENDING) == "PAUSED"


def test_a_database_shared_with_another_application_keeps_its_tables(site, opens):
    for table in ("leads", "events", "state", "alembic_version"):
        site.execute(f"CREATE TABLE {table} (version_num TEXT)")
        site.execute(f"INSERT INTO {table} VALUES ('theirs')")
    with opens().writing() as book:
        store(book, [an_enquiry()])
    assert list(rows(opens())) == [ADA]
    for table in ("leads", "events", "state", "alembic_version"):
        assert site.execute(f"SELECT * FROM {table}") == [("theirs",)]


def test_a_process_that_was_forked_writes_to_the_same_ledger_as_its_parent(ledger, put):
    put(ADA)
    child = os.fork()
    if child == 0:  # nothing of pytest may run here
        try:
            put(BEN)
            os._exit(0)
        finally:
            os._exit(1)
    _, status = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(status) == 0
    assert put(CLO).status == "accepted"
    assert list(rows(ledger)) == [ADA, BEN, CLO]
