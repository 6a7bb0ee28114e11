"""An enquiry finds its row: a new one, an open one, or a person to look at it."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheetflow.workflow import statuses
from sheetflow.workflow.enquiry import CELL_LIMIT, LINE_LIMIT, NAME_LIMIT, adopt, place, trimmed
from sheetflow.workflow.events import Kind
from sheetflow.workflow.lead import ID_ALPHABET
from sheetflow.workflow.review import Case, review
from tests.workflow.builders import ADA, NEW_YORK, WORKFLOW, Tracked, at, enquiry

EARLIER = "L-EARLIEREAR"
NUMBER = {"phone": "030 5550 0100"}


def placed(item, *known, suppressed=""):
    return place(item, known, suppressed, WORKFLOW)


def known(lead_id=EARLIER, status="Contacted", **fields):
    """A lead that came before, with this word in Status."""
    return Tracked(lead_id=lead_id, **fields).types(status=status).looks("2026-03-24 10:00")


def row_of(found):
    """What the lead's row says as soon as it is placed."""
    case = Case(found.lead, found.events)
    return review(case, WORKFLOW, at("2026-03-24 10:00")).row(WORKFLOW)


def details(found, kind):
    return "".join(event.detail for event in found.events if event.kind is kind)


def test_a_new_lead_gets_a_row_an_owner_and_its_events():
    found = placed(enquiry(details=(("Budget", "none yet"),)))
    assert (found.receipt.status, found.receipt.lead_id, found.lead.id) == ("accepted", ADA, ADA)
    row = row_of(found)
    assert (row["status"], row["owner"], row["details"]) == ("New", "Kim", "Budget: none yet")
    assert row["received"].isoformat() == "2026-03-24T10:00:00"
    assert [event.kind for event in found.events] == [Kind.RECEIVED, Kind.QUALIFIED, Kind.ASSIGNED]
    assert details(found, Kind.RECEIVED) == (
        "name: Ada\nmessage: Hello\nemail: ada@example.org\nsource: website\nBudget: none yet"
    )


def test_the_same_enquiry_placed_twice_makes_the_same_events():
    assert placed(enquiry()) == placed(enquiry())


@pytest.mark.parametrize(
    ("submitted", "received"),
    [
        ("2026-03-24 09:00", "2026-03-24 09:00"),
        ("2026-03-24 10:05", "2026-03-24 10:05"),  # five minutes ahead
        ("2026-03-24 10:06", "2026-03-24 10:00"),
        ("2026-02-22 10:00", "2026-02-22 10:00"),  # thirty days old
        ("2026-02-22 09:59", "2026-03-24 10:00"),
    ],
)
def test_received_is_the_senders_time_only_if_it_can_be_right(submitted, received):
    assert placed(enquiry(submitted=at(submitted))).lead.received == at(received)


OPEN = [status for status in statuses.STATUSES if status in statuses.OPEN]


@pytest.mark.parametrize("status", [*OPEN, " following UP ", "on hold", "Hot prospect", ""])
def test_an_open_row_takes_a_second_enquiry_in_and_runs_on(status):
    before = known(status=status, details=(("Budget", "5"),))
    found = placed(enquiry(message="Are you there?"), before)
    assert (found.receipt.status, found.receipt.lead_id) == ("merged", EARLIER)
    assert found.lead == replace(before.lead, details=found.lead.details)
    assert found.lead.details.startswith("Budget: 5\nAsked again on 24 Mar 2026:\n")
    assert "message: Are you there?" in found.lead.details
    assert [event.kind for event in found.events] == [Kind.MERGED, Kind.QUALIFIED]
    assert "message: Are you there?" in details(found, Kind.MERGED)


@pytest.mark.parametrize("status", ["Nurture", "Won", "Lost", "Not a lead", "Bounced", "signed"])
def test_a_closed_row_stays_and_a_new_one_names_it(status):
    found = placed(enquiry(), known(status=status))
    assert (found.receipt.status, found.lead.id) == ("accepted", ADA)
    assert found.lead.details == f"earlier enquiry: {EARLIER}"


def test_a_deleted_row_takes_nothing_in():
    lead = Tracked(lead_id=EARLIER).happens(Kind.ROW_DELETED, "2026-03-24 10:00")
    assert placed(enquiry(), lead.looks("2026-03-24 10:00")).receipt.status == "accepted"


def test_a_test_row_is_nobodys_earlier_enquiry():
    assert placed(enquiry(), known(status="Test")).lead.details == ""


@pytest.mark.parametrize(
    ("row_has", "enquiry_has", "same"),
    [
        ({"email": "ADA@example.org "}, {"email": "ada@example.org"}, True),
        ({"email": "ben@example.org"}, {"email": "ada@example.org"}, False),
        (
            {"email": "ben@example.org", "phone": "+49 30 5550 0100"},
            {"email": "ada@example.org", "phone": "+49 30 5550 0100"},
            False,
        ),
        (
            {"email": "", "phone": "030 5550 0100"},
            {"email": "ada@example.org", "phone": "+493055500100"},
            True,
        ),
        ({"email": "ada@example.org", "phone": "030 5550 0100"}, {"email": "", "phone": "03055500100"}, True),
        ({"email": "", "phone": ""}, {"email": "", "phone": ""}, False),
        ({"email": "", "phone": "12345"}, {"email": "", "phone": "12345"}, False),
    ],
)
def test_the_address_decides_and_the_number_only_if_one_side_has_no_address(row_has, enquiry_has, same):
    found = placed(enquiry(**enquiry_has), known(**row_has))
    assert (found.receipt.status == "merged") is same


def test_of_several_open_rows_the_last_one_with_the_address_takes_the_enquiry():
    rows = [known("L-1"), known("L-2"), known("L-3", status="Won"), known("L-4", email="", **NUMBER)]
    assert placed(enquiry(**NUMBER), *rows).receipt.lead_id == "L-2"


def test_what_a_row_did_not_know_yet_is_kept_in_details():
    found = placed(enquiry(**NUMBER, service="Coaching"), known(email="", **NUMBER))
    assert "email: ada@example.org" in found.lead.details
    assert "service: Coaching" in found.lead.details
    assert "name: Ada" not in found.lead.details
    assert "name: Ada" in details(found, Kind.MERGED)
    assert found.lead.email == ""


def test_the_day_of_asking_again_is_the_businesss():
    workflow = replace(WORKFLOW, business=replace(WORKFLOW.business, zone=NEW_YORK))
    found = place(enquiry("2026-03-25 01:00"), [known()], "", workflow)
    assert found.lead.details.startswith("Asked again on 24 Mar 2026:")


@pytest.mark.parametrize("before", [[], [known(status="Unsubscribed")], [known(status="Contacted")]])
def test_a_suppressed_address_gets_a_new_row_for_a_person(before):
    found = placed(enquiry(email="Ada@Example.org"), *before, suppressed="unsubscribed by link")
    row = row_of(found)
    assert (found.receipt.status, found.lead.id, row["status"]) == ("needs_review", ADA, "Needs attention")
    assert row["why"].startswith("Asked again after unsubscribing; answer by hand")
    assert all(f"earlier enquiry: {item.lead.id}" in found.lead.details for item in before)


def test_a_suppressed_address_names_any_other_reason_too():
    assert "stopped: bounced." in row_of(placed(enquiry(), suppressed="bounced"))["why"]


@pytest.mark.parametrize(
    "fields",
    [
        {"email": ""},
        {"email": "ada at example"},
        {"is_recognised": False},
        {"email": "a" * 600 + "@b.org"},
        {"asked": "No sure address; found desk@example.com under salon_email"},
    ],
)
def test_a_lead_that_cannot_be_answered_for_sure_is_still_stored_and_flagged(fields):
    found = placed(enquiry(**fields))
    assert (found.receipt.status, found.lead.id) == ("needs_review", ADA)


def test_a_question_to_a_person_is_the_leads_why_and_nothing_is_sent():
    row = row_of(placed(enquiry(asked="No sure address; put it into Email and set New.")))
    assert (row["status"], row["why"]) == (
        "Needs attention",
        "No sure address; put it into Email and set New.",
    )


def test_a_test_is_a_row_of_its_own_even_if_the_person_is_known():
    found = placed(enquiry(is_test=True), known(), suppressed="unsubscribed")
    assert (found.receipt.status, row_of(found)["status"]) == ("test", "Test")


def test_an_import_is_paused_unless_the_person_is_known_already():
    found = placed(enquiry(paused="imported"))
    assert (found.receipt.status, row_of(found)["status"]) == ("accepted", "Paused")
    assert details(found, Kind.STATUS) == "Paused (imported)"
    assert placed(enquiry(paused="imported"), known()).receipt.status == "merged"
    assert placed(enquiry(paused="imported", email="")).receipt.status == "needs_review"


def test_flags_stand_above_the_details():
    flagged = enquiry(flags=("several e-mail addresses were given",), details=(("Budget", "5"),))
    assert placed(flagged).lead.details == "several e-mail addresses were given\nBudget: 5"


@pytest.mark.parametrize("letter", ["x", "é", "👩", "\n"])
@pytest.mark.parametrize(
    ("field", "limit"), [("name", NAME_LIMIT), ("phone", LINE_LIMIT), ("message", CELL_LIMIT)]
)
def test_a_long_text_is_visibly_cut_and_stands_whole_in_activity(field, limit, letter):
    text = f"<{letter * 120_000}>"
    found = placed(enquiry(**{field: text}))
    cell = getattr(found.lead, field)
    assert cell.endswith("… (cut; whole in Activity)")
    assert len(cell.encode("utf-16-le")) // 2 <= limit
    assert text in details(found, Kind.RECEIVED)
    parts = [event for event in found.events if event.kind is Kind.RECEIVED]
    assert all(len(part.detail.encode("utf-16-le")) // 2 <= CELL_LIMIT for part in parts)
    assert len({part.id for part in parts}) == len(parts)


def test_details_that_grow_too_long_are_cut_and_stand_whole_in_activity():
    found = placed(enquiry(details=(("Story", "y" * 50_000),)), known(details=(("Story", "x" * 44_000),)))
    assert len(found.lead.details) <= CELL_LIMIT
    assert "y" * 50_000 in details(found, Kind.MERGED)


def adopted(*before, **cells):
    item = enquiry(email=cells.pop("email", "ada@example.org"), source="Sheet")
    return adopt(cells, item, before, WORKFLOW)


def test_a_row_typed_by_hand_is_paused_and_keeps_what_stands_in_it():
    found = adopted(owner="Lee", notes="met at the fair", details="size 40")
    row = row_of(found)
    assert row["status"] == "Paused"
    assert row["why"].startswith("Paused: typed by hand; set New to start.")
    assert (row["owner"], row["notes"], row["details"]) == ("Lee", "met at the fair", "size 40")


@pytest.mark.parametrize(
    ("typed", "status"),
    [
        ("Won", "Won"),
        ("signed", "signed"),
        ("Quote sent", "Quote sent"),  # a word that isn't known stays
        ("Following up", "Paused"),
        ("New", "Paused"),
        ("", "Paused"),
    ],
)
def test_only_a_word_that_would_send_is_replaced_in_a_row_typed_by_hand(typed, status):
    assert row_of(adopted(status=typed))["status"] == status


def test_the_word_that_was_replaced_is_named():
    assert 'it said "Following up"' in row_of(adopted(status="Following up"))["why"]


def test_a_person_typed_again_while_their_row_is_open_gets_a_row_that_names_it():
    row = row_of(adopted(known(status="Following up")))
    assert (row["status"], row["why"]) == ("Paused", f"Paused: Same person as {EARLIER}; delete one.")
    assert row_of(adopted(known(status="Won")))["why"] == "Paused: typed by hand; set New to start."


HOSTILE = st.text() | st.sampled_from(
    [
        "=1+1",
        "+44 20",
        "-1",
        "@x",
        "{{ 7*7 }}",
        "<script>",
        "\r\nBcc: all@example.com",
        "\x00",
        "Paused (x)",
        "👩‍👩‍👧",
    ]
)


@given(
    st.builds(
        enquiry,
        email=HOSTILE,
        name=HOSTILE,
        phone=HOSTILE,
        message=HOSTILE,
        paused=HOSTILE,
        details=st.lists(st.tuples(HOSTILE, HOSTILE), max_size=3).map(tuple),
    ),
    st.sampled_from(["New", "Won", "Hot prospect"]),
)
def test_whatever_a_lead_wrote_is_stored_as_text_in_one_row(item, status):
    found = placed(item, known(status=status, **NUMBER))
    assert found.lead.id in (EARLIER, ADA)
    if found.lead.id == ADA:
        row = row_of(found)
        assert (row["name"], row["message"]) == (item.name, item.message)
        assert row["status"] in ("New", "Paused", "Needs attention")
        assert row["why"].endswith((".", "!", "?", "…"))
    assert item.message in details(found, Kind.RECEIVED) + details(found, Kind.MERGED)


@given(st.text(), st.integers(60, 200))
def test_what_fits_is_not_touched_and_what_is_cut_fits(text, limit):
    cut = trimmed(text, limit)
    assert cut == text or len(cut.encode("utf-16-le", "surrogatepass")) // 2 <= limit


@pytest.mark.parametrize("text", ["😀" * 300, "ab" * 300, "a😀" * 200])
def test_what_is_cut_keeps_all_that_fits(text):
    start = trimmed(text, 500).removesuffix(" … (cut; whole in Activity)")
    assert text.startswith(start)
    assert 468 <= len(start.encode("utf-16-le")) // 2 <= 473


def test_lead_ids_have_no_letters_that_look_like_others():
    assert not set("01OIil") & set(ID_ALPHABET)
