"""An enquiry finds its row: a new one, an open one, or a person to look at it."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheetflow.workflow import statuses
from sheetflow.workflow.adoption import adopt
from sheetflow.workflow.enquiry import (
    CELL_LIMIT,
    LINE_LIMIT,
    NAME_LIMIT,
    PART_LIMIT,
    place,
    same_person,
    told_address,
    trimmed,
)
from sheetflow.workflow.events import Kind
from sheetflow.workflow.lead import ID_ALPHABET, Lead, Mark
from sheetflow.workflow.tracked import BY_HAND, HandTyped, Snapshot
from tests.workflow.builders import ADA, NEW_YORK, WORKFLOW, at, enquiry

EARLIER, LATER = "L-EARLIEREAR", "L-LATERLATER"
BARRED = {"ada@example.org": "unsubscribed"}


def placed(item, *known, suppressed=()):
    return place(item, known, dict(suppressed), WORKFLOW)


def row(lead_id=EARLIER, status="Contacted", email="ada@example.org", **fields):
    return Lead(lead_id, status=status, email=email, **fields)


def details(changes, kind):
    return "".join(event.detail for event in changes.events if event.kind is kind)


def test_a_new_lead_gets_a_row_an_owner_and_its_events():
    found = placed(enquiry(details=(("Budget", "none yet"),)))
    [lead] = found.changes.leads
    assert (found.receipt.status, found.receipt.lead_id) == ("accepted", ADA)
    assert (lead.status, lead.owner, lead.details, lead.emails_sent) == ("New", "Kim", "Budget: none yet", 0)
    assert lead.mark == Mark(ADA, "New", "Kim")
    assert lead.received.isoformat() == "2026-03-24T10:00:00"
    assert [event.kind for event in found.changes.events] == [Kind.RECEIVED, Kind.ASSIGNED]
    assert details(found.changes, Kind.RECEIVED) == (
        "name: Ada\nemail: ada@example.org\nmessage: Hello\nsource: website\nBudget: none yet"
    )


def test_the_same_enquiry_placed_twice_makes_the_same_events():
    assert placed(enquiry()) == placed(enquiry())


@pytest.mark.parametrize(
    ("submitted", "received"),
    [
        ("2026-03-24 09:00", "2026-03-24T09:00:00"),
        ("2026-03-24 10:05", "2026-03-24T10:05:00"),  # five minutes ahead
        ("2026-03-24 10:06", "2026-03-24T10:00:00"),
        ("2026-02-22 10:00", "2026-02-22T10:00:00"),  # thirty days old
        ("2026-02-22 09:59", "2026-03-24T10:00:00"),
    ],
)
def test_received_is_the_senders_time_only_where_it_can_be_right(submitted, received):
    [lead] = placed(enquiry(submitted=at(submitted))).changes.leads
    assert lead.received.isoformat() == received


OPEN = [status for status in statuses.STATUSES if status in statuses.OPEN]


@pytest.mark.parametrize("status", [*OPEN, " following UP ", "on hold", "Hot prospect", ""])
def test_an_open_row_takes_a_second_enquiry_in_and_runs_on(status):
    known = row(status=status, details="Budget: 5", why="Follow up goes out on Thu 26 Mar 2026, 10:00.")
    found = placed(enquiry(message="Are you there?"), known)
    assert (found.receipt.status, found.receipt.lead_id) == ("merged", EARLIER)
    assert found.changes.leads == ()
    [change] = found.changes.rows
    assert set(change.cells) == {"details", "why"}
    assert change.cells["details"].startswith("Budget: 5\nAsked again on 24 Mar 2026:\n")
    assert "message: Are you there?" in change.cells["details"]
    assert change.cells["why"] == f"Asked again on 24 Mar 2026. {known.why}"
    assert "message: Are you there?" in details(found.changes, Kind.MERGED)


@pytest.mark.parametrize("status", ["Nurture", "Won", "Lost", "Not a lead", "Bounced", "signed"])
def test_a_closed_row_stays_and_a_new_one_names_it(status):
    found = placed(enquiry(), row(status=status))
    [lead] = found.changes.leads
    assert (found.receipt.status, lead.status, lead.details) == (
        "accepted",
        "New",
        f"earlier enquiry: {EARLIER}",
    )
    assert found.changes.rows == ()


def test_a_test_row_is_nobodys_earlier_enquiry():
    found = placed(enquiry(), row(status="Test"))
    assert found.changes.leads[0].details == ""


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
def test_the_address_decides_and_the_number_only_where_one_side_has_no_address(row_has, enquiry_has, same):
    assert same_person(Lead(EARLIER, **row_has), enquiry(**enquiry_has)) is same


def test_of_several_open_rows_the_last_one_with_the_address_takes_the_enquiry():
    number = {"phone": "030 5550 0100"}
    rows = [row("L-1"), row("L-2"), row("L-3", status="Won"), row("L-4", email="", **number)]
    assert placed(enquiry(**number), *rows).receipt.lead_id == "L-2"


def test_what_a_row_did_not_know_yet_is_kept_though_columns_of_people_are_not_written():
    known = row(email="", name="Ada", phone="030 5550 0100", source="website")
    found = placed(enquiry(phone="+49 30 5550 0100", service="Coaching"), known)
    [change] = found.changes.rows
    assert "email: ada@example.org" in change.cells["details"]
    assert "service: Coaching" in change.cells["details"]
    assert "name: Ada" not in change.cells["details"]
    assert "name: Ada" in details(found.changes, Kind.MERGED)


def test_asking_again_twice_in_a_day_says_so_once():
    first = placed(enquiry(), row(why="It waits.")).changes.rows[0].cells["why"]
    assert placed(enquiry(), row(why=first)).changes.rows[0].cells["why"] == first


def test_the_day_of_asking_again_is_the_businesss():
    workflow = replace(WORKFLOW, business=replace(WORKFLOW.business, zone=NEW_YORK))
    found = place(enquiry("2026-03-25 01:00"), [row()], {}, workflow)
    assert found.changes.rows[0].cells["details"].startswith("Asked again on 24 Mar 2026:")


@pytest.mark.parametrize("known", [[], [row(status="Unsubscribed")], [row(status="Contacted")]])
def test_a_suppressed_address_gets_a_new_row_for_a_person(known):
    found = placed(enquiry(email="Ada@Example.org"), *known, suppressed=BARRED)
    [lead] = found.changes.leads
    assert (found.receipt.status, lead.status, lead.id) == ("needs_review", "Needs attention", ADA)
    assert "sked again after unsubscribing; answer by hand" in lead.why
    assert details(found.changes, Kind.HELD) == lead.why
    assert all(f"earlier enquiry: {item.id}" in lead.details for item in known)


def test_a_suppressed_address_names_any_other_reason_too():
    found = placed(enquiry(), suppressed={"ada@example.org": "bounced"})
    assert "(bounced)" in found.changes.leads[0].why


@pytest.mark.parametrize(
    "fields",
    [{"email": ""}, {"email": "ada at example"}, {"is_recognised": False}, {"email": "a" * 600 + "@b.org"}],
)
def test_a_lead_that_cannot_be_answered_is_still_stored_and_flagged(fields):
    found = placed(enquiry(**fields))
    assert found.receipt.status == "needs_review"
    assert len(found.changes.leads) == 1


def test_a_test_is_a_row_of_its_own_even_where_the_person_is_known():
    found = placed(enquiry(is_test=True), row(), suppressed=BARRED)
    assert (found.receipt.status, found.changes.leads[0].status) == ("test", "Test")


def test_an_import_is_paused_unless_the_person_is_known_already():
    found = placed(enquiry(paused="imported"))
    assert (found.receipt.status, found.changes.leads[0].status) == ("accepted", "Paused")
    assert details(found.changes, Kind.STATUS) == "Paused (imported)"
    assert placed(enquiry(paused="imported"), row()).receipt.status == "merged"
    assert placed(enquiry(paused="imported", email="")).receipt.status == "needs_review"


def test_flags_stand_above_the_details():
    flagged = enquiry(flags=("several e-mail addresses were given",), details=(("Budget", "5"),))
    assert placed(flagged).changes.leads[0].details == "several e-mail addresses were given\nBudget: 5"


@pytest.mark.parametrize("letter", ["x", "é", "👩", "\n"])
@pytest.mark.parametrize(
    ("field", "limit"), [("name", NAME_LIMIT), ("phone", LINE_LIMIT), ("message", CELL_LIMIT)]
)
def test_a_long_text_is_visibly_cut_and_stands_whole_in_activity(field, limit, letter):
    text = f"<{letter * 120_000}>"
    found = placed(enquiry(**{field: text}))
    cell = getattr(found.changes.leads[0], field)
    assert cell.endswith("… (cut; whole in Activity)")
    assert len(cell.encode("utf-16-le")) // 2 <= limit
    assert text in details(found.changes, Kind.RECEIVED)
    parts = [event for event in found.changes.events if event.kind is Kind.RECEIVED]
    assert all(len(part.detail.encode("utf-16-le")) // 2 <= CELL_LIMIT for part in parts)
    assert len({part.id for part in parts}) == len(parts)


def test_details_that_grow_too_long_are_cut_and_stand_whole_in_activity():
    found = placed(enquiry(details=(("Story", "y" * 50_000),)), row(details="x" * 44_000))
    assert len(found.changes.rows[0].cells["details"]) <= CELL_LIMIT
    assert "y" * 50_000 in details(found.changes, Kind.MERGED)


def told(*items, known=()):
    """The address that the events of enquiries leave in Activity."""
    return told_address(event for item in items for event in placed(item, *known).changes.events)


def test_activity_tells_the_address_that_was_given_last_also_where_another_mail_asked_without():
    row_without = row(email="", phone="030 5550 0100")
    asked = enquiry(email="", phone="030 5550 0100")
    again = enquiry(email="new@example.org", phone="030 5550 0100")
    assert told(enquiry()) == told(enquiry(name="")) == told(enquiry(), asked) == "ada@example.org"
    assert told(asked, again, asked, known=(row_without,)) == "new@example.org"
    assert told(enquiry(), again) == "new@example.org"


@pytest.mark.parametrize("name", ["Ada", ""])
@pytest.mark.parametrize("before", ["", "x" * (PART_LIMIT - len("name: Ada\nmessage: \n"))])
def test_nobody_elses_address_is_told_where_a_lead_writes_one_into_a_text(name, before):
    assert told(enquiry(name=name, email="", message=f"{before}\nemail: ben@example.org")) == ""
    assert told(enquiry(email="", location="email: ben@example.org")) == ""


def test_a_row_typed_by_hand_leaves_its_address_in_activity():
    for email in ("ben@example.org", ""):
        typed = HandTyped("looks", Lead("", email=email, phone="030 5550 0100"))
        snapshot = Snapshot((), (), {BY_HAND: "looks"}, typed_by_hand=(typed,))
        adopted = adopt(snapshot, WORKFLOW, at("2026-03-24 10:00"), lambda: ADA)
        assert told_address(adopted.events) == email


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
    found = placed(item, row(status=status, phone="030 5550 0100"))
    assert len(found.changes.leads) + len(found.changes.rows) == 1
    for lead in found.changes.leads:
        assert (lead.name, lead.message) == (item.name, item.message)
        assert lead.status in ("New", "Paused")
        assert lead.why.endswith((".", "!", "?", "…"))
    assert item.message in details(found.changes, Kind.RECEIVED) + details(found.changes, Kind.MERGED)


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
