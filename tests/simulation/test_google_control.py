"""Control, where lines come to stand twice: by two first runs at once, or by an owner's copy."""

from collections import Counter

from sheetflow.workflow import statuses, tracked
from tests.fakes.sheets_owner import Owner
from tests.jobs.post import answer
from tests.simulation.business import Business
from tests.simulation.stops import LEA, asks, comes, contacted, control, first_mail, passes


def test_two_first_runs_at_once_leave_every_line_of_control_once(business: Business, owner: Owner) -> None:
    contacted(business, LEA)
    business.jobs(2)
    assert set(Counter(line["Setting"] for line in owner.records("Control")).values()) == {1}


def test_a_line_of_control_that_stands_twice_counts_as_its_first_one(
    business: Business, owner: Owner
) -> None:
    contacted(business, LEA)
    business.job()
    cursor = control(business)[tracked.CURSOR]
    owner.paste_rows("Control", owner.find("Control", "Setting", tracked.CURSOR), 1, 30)
    assert control(business)[tracked.CURSOR] == cursor
    business.imap.heard.clear()
    passes(business, minutes=10)
    business.job()
    assert not any(b"FETCH" in said for said in business.imap.heard)


def test_a_row_typed_by_hand_is_adopted_though_two_runs_at_once_saw_it_first(
    business: Business, owner: Owner
) -> None:
    contacted(business, LEA)
    owner.type_in("Leads", 4, "Name", "Ida")
    owner.type_in("Leads", 4, "Email", "ida@example.org")
    for _ in range(4):
        business.jobs(2)
        passes(business, minutes=10)
    assert owner.records("Leads")[1]["Status"] == statuses.PAUSED


def test_a_copy_of_the_salts_line_lifts_nobodys_suppression(business: Business, owner: Owner) -> None:
    contacted(business, LEA)
    comes(business, answer(first_mail(business, LEA), "STOP", at=business.now))
    business.job()
    owner.paste_rows("Control", owner.find("Control", "Setting", tracked.SALT), 1, 30)
    passes(business, days=1)
    [again] = asks(business, LEA)
    business.job()
    assert business.row(again)["Status"] == statuses.NEEDS_ATTENTION
    assert len(business.smtp.messages) == 1


def test_reading_no_replies_is_shown_on_control_as_a_decision(business: Business, owner: Owner) -> None:
    business.environment["IMAP_HOST"] = "off"
    contacted(business, LEA)
    business.job()
    assert "off" in control(business)[tracked.LAST_MAILBOX].lower()
