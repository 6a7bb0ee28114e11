"""What stops a sequence, over a Sheet with its inbox, real mail servers and the web process."""

import json
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import requests

from sheetflow.errors import TrackerUnavailable
from sheetflow.jobs import worker
from sheetflow.workflow import statuses, tracked
from sheetflow.workflow.events import TEMPORARY, Kind
from tests.fakes import sheets_faults as faults
from tests.fakes.imap import FakeImap
from tests.fakes.sheets import FakeSheets
from tests.fakes.sheets_owner import Owner
from tests.fakes.smtp import LOSE, FakeSmtp, says
from tests.jobs.post import absence, answer, bounced, complaint
from tests.jobs.world import BERLIN
from tests.simulation.book import SheetBook
from tests.simulation.business import Business, links_in
from tests.simulation.patience import wait_for
from tests.simulation.stops import (
    LEA,
    TUESDAY,
    asks,
    comes,
    contacted,
    control,
    first_mail,
    kinds,
    passes,
    types_on_control,
)
from tests.test_cli import run

Stop = Callable[[Business, str, EmailMessage], object]
# What Suppressed calls it: how it comes to be, and what Why says when the person asks again.
STOPS: dict[str, tuple[Stop, str]] = {
    "complained": (
        lambda business, _, mail: comes(business, complaint(mail, at=business.now)),
        "its address was stopped",
    ),
    "unsubscribed": (
        lambda business, _, mail: comes(business, answer(mail, "STOP", at=business.now)),
        "unsubscribing",
    ),
    "unsubscribed by link": (
        lambda business, _, mail: requests.post(links_in(mail).pop(), timeout=30).raise_for_status(),
        "unsubscribing",
    ),
    "bounced": (
        lambda business, _, mail: comes(
            business, bounced(mail, "5.1.1", "550 No such user", at=business.now)
        ),
        "its address was stopped",
    ),
    "Do not contact, set by hand": (
        lambda business, lead_id, _: business.book.type(lead_id, "Status", statuses.DO_NOT_CONTACT),
        "its address was stopped",
    ),
}


def test_who_was_stopped_gets_nothing_though_the_row_is_deleted_and_the_person_comes_again(
    business: Business, owner: Owner
) -> None:
    people = {f"person{number}@example.org": reason for number, reason in enumerate(STOPS)}
    for (address, reason), lead_id in zip(people.items(), contacted(business, *people), strict=True):
        STOPS[reason][0](business, lead_id, first_mail(business, address))
    business.settles()
    business.job()
    owner.delete_rows("Leads", 2, len(people))
    passes(business, days=40)
    business.job()
    again = asks(business, *(address.upper() for address in people))
    business.job()
    passes(business, days=3)
    business.job()
    rows = business.rows()
    assert list(rows) == again
    for reason, lead_id in zip(STOPS, again, strict=True):
        assert rows[lead_id]["Status"] == statuses.NEEDS_ATTENTION
        assert rows[lead_id]["Why"] == (
            f"Asked again after {STOPS[reason][1]}; answer by hand. "
            f"Nothing is sent to this address ({reason})."
        )
    assert [len(business.mails_to(address)) for address in people] == [1] * len(people)
    assert len(business.smtp.messages) == len(people)
    assert sorted(line["Reason"] for line in owner.records("Suppressed")) == sorted(STOPS)


def test_who_says_stop_after_the_row_was_deleted_gets_nothing_when_coming_again(
    business: Business, owner: Owner
) -> None:
    angry, stop, _ = contacted(business, "angry@one.example", "stop@two.example", "bo@bo.example")
    owner.delete_rows("Leads", 2, 2)
    now = business.now
    comes(business, complaint(first_mail(business, "angry@one.example"), at=now), "junk")
    comes(business, answer(first_mail(business, "stop@two.example"), "Unsubscribe", at=now))
    business.job()
    passes(business, days=1)
    again = asks(business, "Angry@one.example", "Stop@two.example")
    business.job()
    rows = business.rows()
    assert [rows[lead_id]["Status"] for lead_id in again] == [statuses.NEEDS_ATTENTION] * 2
    assert not {angry, stop} & {*rows}
    assert len(business.smtp.messages) == 3


# None of them names the address in the first column of a row that is there.
AFTER_DELETION: dict[str, tuple[Callable[[EmailMessage, datetime], bytes], Kind]] = {
    "a complaint that hides the address": (
        lambda mail, now: complaint(mail, at=now).replace(LEA.encode(), b"redacted@isp.example.net"),
        Kind.COMPLAINED,
    ),
    "a complaint that names the address alone": (
        lambda mail, now: complaint(mail, at=now).replace(str(mail["Message-ID"]).encode(), b"<hidden@isp>"),
        Kind.COMPLAINED,
    ),
    "STOP from another address": (
        lambda mail, now: answer(mail, "STOP", "elsewhere@three.example", at=now),
        Kind.UNSUBSCRIBED,
    ),
    "the Unsubscribe button of a mail program": (
        lambda _, now: answer(None, "", LEA, at=now, subject="unsubscribe"),
        Kind.UNSUBSCRIBED,
    ),
    "a bounce": (
        lambda mail, now: bounced(mail, "5.1.1", "550 5.1.1 No such user", at=now),
        Kind.BOUNCED,
    ),
}


@pytest.mark.parametrize("name", AFTER_DELETION)
def test_a_stop_that_comes_after_the_row_was_deleted_bars_the_address_we_wrote_to(
    business: Business, owner: Owner, name: str
) -> None:
    made, kind = AFTER_DELETION[name]
    [deleted] = contacted(business, LEA)
    owner.delete_rows("Leads", 2)
    comes(business, made(first_mail(business, LEA), business.now))
    business.job()
    [stop] = [event for event in business.events(deleted) if event.kind is kind]
    assert not stop.detail.startswith(TEMPORARY)
    passes(business, days=1)
    [again] = asks(business, LEA)
    business.job()
    assert business.row(again)["Status"] == statuses.NEEDS_ATTENTION
    assert len(business.mails_to(LEA)) == 1


def test_a_stop_about_a_deleted_row_stops_the_persons_next_row_where_that_was_there_before(
    business: Business, owner: Owner
) -> None:
    contacted(business, LEA)
    owner.delete_rows("Leads", 2)
    business.job()
    [again] = contacted(business, LEA)
    comes(business, answer(first_mail(business, LEA), "STOP", "elsewhere@three.example", at=business.now))
    passes(business, days=2)
    business.job()
    assert business.row(again)["Status"] == statuses.UNSUBSCRIBED
    assert len(business.mails_to(LEA)) == 2


def test_two_runs_that_read_one_opt_out_leave_one_line_for_the_owner_to_delete(
    business: Business, owner: Owner
) -> None:
    [lead_id] = contacted(business, LEA)
    business.job()
    comes(business, answer(first_mail(business, LEA), "STOP", at=business.now))
    business.jobs(2)
    owner.delete_rows("Suppressed", 2)
    assert owner.records("Suppressed") == []
    # Lifted, the address can be barred again on the same day.
    passes(business, hours=1)
    comes(business, answer(first_mail(business, LEA), "Unsubscribe me", at=business.now))
    business.jobs(2)
    assert len(owner.records("Suppressed")) == 1
    assert business.row(lead_id)["Status"] == statuses.UNSUBSCRIBED


def test_the_owner_lifts_a_suppression_by_deleting_its_line(business: Business, owner: Owner) -> None:
    first, second = contacted(business, LEA, "bo@example.org")
    for address in (LEA, "bo@example.org"):
        comes(business, answer(first_mail(business, address), "STOP", at=business.now))
    business.job()
    line = business.snapshot().hash_of(LEA)
    owner.delete_rows("Suppressed", owner.find("Suppressed", "Address (SHA-256)", line))
    passes(business, hours=1)
    [again] = contacted(business, LEA)
    passes(business, days=2)
    business.job()
    assert (business.row(again)["Status"], business.row(again)["Emails sent"]) == (statuses.FOLLOWING_UP, 2)
    assert business.row(first)["Status"] == statuses.UNSUBSCRIBED
    # The other one is still barred, whatever is typed over it.
    business.book.type(second, "Status", statuses.NEW)
    business.job()
    assert (business.row(second)["Status"], business.row(second)["Emails sent"]) == (statuses.NEW, 1)
    assert "This address gets no mail (unsubscribed)" in business.row(second)["Why"]


def test_new_typed_over_a_row_whose_suppression_was_lifted_lets_it_go_on(
    business: Business, owner: Owner
) -> None:
    [lead_id] = contacted(business, LEA)
    comes(business, bounced(first_mail(business, LEA), "5.1.1", "550 No such user", at=business.now))
    business.job()
    owner.delete_rows("Suppressed", 2)
    business.book.type(lead_id, "Status", statuses.NEW)
    business.imap.renumber()
    passes(business, days=2)
    business.job()
    passes(business, days=3)
    business.job()
    assert business.row(lead_id)["Status"] == statuses.FOLLOWING_UP
    assert owner.records("Suppressed") == []


def test_a_complaint_stops_every_row_of_the_address(business: Business, owner: Owner) -> None:
    """A person has two rows where the owner corrected an address."""
    first, second, other = contacted(business, LEA, "slip@example.org", "bo@example.org")
    business.book.type(second, "Email", " Lea@Example.org ")
    comes(business, complaint(first_mail(business, LEA), at=business.now), "junk")
    passes(business, days=2)
    business.job()
    assert [business.row(one)["Status"] for one in (first, second)] == [statuses.UNSUBSCRIBED] * 2
    assert all(kinds(business, one).count(Kind.COMPLAINED) == 1 for one in (first, second))
    assert business.row(other)["Emails sent"] == 2
    assert len(business.smtp.messages) == 4


LOST_PLACES: dict[str, Callable[[Business, Owner], object]] = {
    "another UIDVALIDITY": lambda business, _: business.imap.renumber(),
    "the cursor was emptied": lambda _, owner: types_on_control(owner, tracked.CURSOR, ""),
    "the cursor was typed over": lambda _, owner: types_on_control(owner, tracked.CURSOR, "{oops"),
    "the cursor's line was deleted": lambda _, owner: owner.delete_rows(
        "Control", owner.find("Control", "Setting", tracked.CURSOR)
    ),
}


def test_mails_that_are_read_again_count_once(business: Business, owner: Owner) -> None:
    people = ("lea@lea.example", "bo@bo.example", "cy@cy.example", "di@di.example", "ed@ed.example")
    lead_ids = contacted(business, *people)
    lea, bo, cy, di, ed = (first_mail(business, address) for address in people)
    now = business.now
    comes(business, answer(lea, "Yes please.", at=now))
    comes(business, bounced(bo, "5.1.1", "550 5.1.1 No such user", at=now))
    comes(business, bounced(cy, "4.2.2", "452 4.2.2 Mailbox full", at=now))
    comes(business, absence(di, "I am out of office and will be back on 1 April 2026.", at=now))
    comes(business, complaint(ed, at=now), "junk")
    comes(business, answer(None, "I'll call you", "studio@example.com", at=now, to=people[2]), "sent")
    business.job()
    before = business.snapshot()
    assert {event.kind for event in before.events} >= {
        Kind.REPLIED, Kind.BOUNCED, Kind.AUTO_REPLIED, Kind.COMPLAINED, Kind.OWNER_RESPONSE
    }  # fmt: skip
    for lose in LOST_PLACES.values():
        lose(business, owner)
        passes(business, minutes=10)
        business.job()
    after = business.snapshot()
    assert after.events == before.events
    assert after.suppressed == before.suppressed
    assert list(business.rows()) == lead_ids
    assert [lead.status for lead in after.leads] == [lead.status for lead in before.leads]
    assert len(business.smtp.messages) == len(people)


@pytest.mark.parametrize("word", ["PAUSED", "paused for Easter", ""])
def test_what_is_not_on_stops_all_but_capture(business: Business, owner: Owner, word: str) -> None:
    waiting, due, talking = contacted(business, LEA, "bo@bo.example", "cy@cy.example")
    types_on_control(owner, tracked.SENDING, word)
    comes(business, answer(first_mail(business, "cy@cy.example"), "Call me.", at=business.now))
    requests.post(links_in(first_mail(business, LEA)).pop(), timeout=30).raise_for_status()
    business.settles()
    passes(business, days=2)
    [new] = asks(business, "new@new.example")
    business.job()
    rows = business.rows()
    assert {one: rows[one]["Status"] for one in (waiting, due, talking, new)} == {
        waiting: statuses.UNSUBSCRIBED,
        due: statuses.CONTACTED,
        talking: statuses.REPLIED,
        new: statuses.NEW,
    }
    said = word or "empty"
    assert rows[due]["Why"] == f"Follow up is due, but Sending on Control is {said}, not ON."
    assert rows[new]["Why"] == f"First response is due, but Sending on Control is {said}, not ON."
    assert len(business.smtp.messages) == 3
    types_on_control(owner, tracked.SENDING, "on")
    business.job()
    assert len(business.smtp.messages) == 5
    assert business.row(new)["Status"] == statuses.CONTACTED
    assert business.row(due)["Status"] == statuses.FOLLOWING_UP


WORDS = {
    "In conversation": "You are in conversation: nothing is sent by itself.",
    "booked": "Booked: nothing more is sent by itself.",
    " Won": "Won: nothing more is sent by itself.",
    "LOST": "Lost: nothing more is sent by itself.",
    "Replied": "The lead replied: over to you. Nothing more is sent by itself.",
    "do not contact": "Do not contact: nothing more is sent to this address.",
    "Not a lead": "Not a lead: nothing is sent, and it isn't counted.",
    "Paused": 'Paused: nothing is sent. Set "New" or "Following up" to go on.',
    "Unsubscribed": "Unsubscribed: nothing more is sent.",
}
ANSWERED = {"In conversation", "booked", " Won", "LOST"}


def test_every_word_that_stops_is_obeyed_and_recorded_once_and_stays_as_it_was_typed(
    business: Business, owner: Owner
) -> None:
    people = [f"lea@company{number}.example" for number in range(len(WORDS))]
    typed = dict(zip(contacted(business, *people), WORDS, strict=True))
    for lead_id, word in typed.items():
        business.book.type(lead_id, "Status", word)
    for days in (0, 2, 3):
        passes(business, days=days)
        business.job()
    for lead_id, word in typed.items():
        row, happened = business.row(lead_id), kinds(business, lead_id)
        assert (row["Status"].strip(), row["Why"]) == (word.strip(), WORDS[word])
        assert (word, happened.count(Kind.STATUS)) == (word, 1)
        assert (word, happened.count(Kind.OWNER_RESPONSE)) == (word, int(word in ANSWERED))
        assert (word, row["Owner response"]) == (word, 30 if word in ANSWERED else "")
    assert len(business.smtp.messages) == len(people)
    barred = [line["Reason"] for line in owner.records("Suppressed")]
    assert barred == ["Do not contact, set by hand", "Unsubscribed, set by hand"]


def test_a_next_follow_up_typed_between_two_runs_is_obeyed_and_recorded(
    business: Business, owner: Owner
) -> None:
    sooner, later, unread = contacted(business, LEA, "bo@bo.example", "cy@cy.example")
    business.job()
    business.book.type(sooner, "Next follow-up", "2026-03-24 16:00")
    business.book.type(later, "Next follow-up", "31/03/2026")
    business.book.type(unread, "Next follow-up", "next week, maybe")
    business.job()
    rows = business.rows()
    assert rows[sooner]["Why"] == "Follow up goes out on Tue 24 Mar 2026, 16:00."
    assert rows[later]["Why"] == "Follow up goes out on Tue 31 Mar 2026, 09:00."
    assert rows[unread]["Why"].startswith("Follow up goes out on Thu 26 Mar 2026, 10:00. Next follow-up")
    moved = [kinds(business, lead_id).count(Kind.RESCHEDULED) for lead_id in (sooner, later, unread)]
    assert moved == [1, 1, 0]
    business.now = TUESDAY.replace(hour=16)
    business.job()
    business.now = TUESDAY + timedelta(days=2)
    business.job()
    assert [business.row(one)["Emails sent"] for one in (sooner, later, unread)] == [2, 1, 2]
    business.now = TUESDAY.replace(hour=9) + timedelta(days=7)
    business.job()
    assert business.row(later)["Emails sent"] == 2


def test_the_owners_own_mail_in_sent_is_the_first_human_response(business: Business) -> None:
    [lead_id] = contacted(business, LEA)
    comes(business, business.smtp.messages[0].data, "sent")
    business.job()
    assert business.row(lead_id)["Owner response"] == ""
    comes(business, answer(None, "I'll call you.", "studio@example.com", at=business.now, to=LEA), "sent")
    passes(business, minutes=10)
    business.job()
    row = business.row(lead_id)
    assert (row["Owner response"], row["Status"]) == (30, statuses.CONTACTED)
    # Only the first counts.
    business.book.type(lead_id, "Status", statuses.BOOKED)
    passes(business, minutes=10)
    business.job()
    assert business.row(lead_id)["Owner response"] == 30


def test_the_mail_that_a_program_writes_to_unsubscribe_is_obeyed(business: Business, owner: Owner) -> None:
    [lead_id] = contacted(business, LEA)
    business.now = TUESDAY + timedelta(days=2)
    business.job()
    header = str(business.mails_to(LEA)[1]["List-Unsubscribe"])
    [mailto] = re.findall("<(mailto:[^>]+)>", header)
    subject = parse_qs(urlsplit(mailto).query)["subject"][0]
    assert urlsplit(mailto).path == business.imap.user
    comes(business, answer(None, "", LEA, at=business.now, subject=subject, to=business.imap.user))
    passes(business, days=3)
    business.job()
    assert business.row(lead_id)["Status"] == statuses.UNSUBSCRIBED
    assert [line["Reason"] for line in owner.records("Suppressed")] == ["unsubscribed"]
    assert len(business.smtp.messages) == 2


def test_an_opt_out_that_waits_in_the_inbox_stops_the_step_that_is_being_claimed(
    business: Business, empty_sheet: FakeSheets
) -> None:
    lea, bo = contacted(business, LEA, "bo@bo.example")
    link = links_in(first_mail(business, LEA)).pop()
    business.now = TUESDAY + timedelta(days=2)
    inbox = business.wire().ports.inbox
    assert inbox

    def press(index: int, _: object) -> None:
        """Between the run's look and its claims, while another process is about to empty the inbox."""
        if index == 1:
            inbox.lease("another", business.now, business.now + timedelta(seconds=10))
            requests.post(link, timeout=30).raise_for_status()

    empty_sheet.request_log.clear()
    empty_sheet.between = press
    business.job()
    empty_sheet.between = None
    assert {"Emails sent": 1, "Status": statuses.CONTACTED}.items() <= business.row(lea).items()
    assert Kind.RELEASED in kinds(business, lea)
    inbox.release("another")
    business.job()
    assert business.row(lea)["Status"] == statuses.UNSUBSCRIBED
    assert [len(business.mails_to(address)) for address in (LEA, "bo@bo.example")] == [1, 2]
    assert business.row(bo)["Emails sent"] == 2


def test_a_bounce_because_of_the_sender_keeps_the_web_process_from_answering_too(business: Business) -> None:
    [lead_id] = contacted(business, LEA)
    said = "550 5.7.1 blocked for spam, see policy"
    comes(business, bounced(first_mail(business, LEA), "5.7.1", said, at=business.now))
    done = business.job()
    assert any("blocked the sender" in problem for problem in done.problems)
    assert "blocked the sender" in control(business)[tracked.PROBLEMS]
    passes(business, minutes=30)
    [new] = asks(business, "bo@bo.example")
    business.job()
    assert business.row(new)["Why"].startswith("First response is due, but the mail server blocked")
    assert len(business.smtp.messages) == 1
    passes(business, minutes=31)
    assert business.job().problems == ()
    assert business.row(new)["Status"] == statuses.CONTACTED
    assert business.row(lead_id)["Status"] == statuses.NEEDS_ATTENTION
    assert control(business)[tracked.PROBLEMS] == control(business)[tracked.BLOCKED] == ""


def test_what_a_reply_says_is_text_in_the_sheet(business: Business, owner: Owner) -> None:
    [lead_id] = contacted(business, LEA)
    words = '=HYPERLINK("https://evil.example";"Click")\n+1 555 0100'
    comes(business, answer(first_mail(business, LEA), words, at=business.now))
    business.job()
    [replied] = [event for event in business.events(lead_id) if event.kind is Kind.REPLIED]
    assert replied.detail == words
    assert owner.formulas("Activity") == owner.formulas("Leads") == []


def test_while_the_mailbox_is_down_follow_ups_wait_and_the_web_process_answers(business: Business) -> None:
    [lead_id] = contacted(business, LEA)
    business.job()
    read = control(business)[tracked.LAST_MAILBOX]
    business.imap.is_down = True
    business.now = TUESDAY + timedelta(days=2)
    [new] = contacted(business, "bo@bo.example")
    done = business.job()
    assert business.row(lead_id)["Why"].startswith("Follow up is due, but replies can't be read: ")
    assert business.row(new)["Status"] == statuses.CONTACTED
    found = control(business)
    assert found[tracked.PROBLEMS] == " · ".join(done.problems)
    assert found[tracked.PROBLEMS].startswith("No follow-up is sent: replies can't be read: ")
    assert found[tracked.LAST_MAILBOX] == read
    business.imap.is_down = False
    assert business.job().problems == ()
    assert business.row(lead_id)["Emails sent"] == 2


def test_a_message_that_may_have_left_is_settled_by_what_lies_in_sent(business: Business) -> None:
    [known] = contacted(business, "bo@bo.example")
    comes(business, business.smtp.messages[0].data, "sent")
    business.smtp.answers = says(end=LOSE)
    [lead_id] = asks(business, LEA)
    wait_for(lambda: business.row(lead_id)["Status"] == statuses.NEEDS_ATTENTION)
    business.smtp.answers = says()
    business.job()
    assert business.row(lead_id)["Why"].startswith("It isn't known whether First response left")
    comes(business, business.smtp.messages[-1].data, "sent")
    passes(business, minutes=10)
    business.job()
    assert (business.row(lead_id)["Status"], business.row(lead_id)["Emails sent"]) == (statuses.CONTACTED, 1)
    business.now = TUESDAY + timedelta(days=2, hours=1)
    business.job()
    first, second = business.mails_to(LEA)
    assert second["In-Reply-To"] == first["Message-ID"]
    assert business.row(known)["Emails sent"] == 2


FAULTS = {
    "answer lost": faults.ANSWER_LOST,
    "503 though applied": faults.failed_after(503),
    "503 for good": faults.refused(503),
}


@pytest.mark.parametrize("name", FAULTS)
def test_the_cursor_and_what_it_stands_for_are_written_together(
    business: Business, empty_sheet: FakeSheets, name: str
) -> None:
    """Whatever the Sheet does with the first write of the run that reads an answer."""
    lea, bo = contacted(business, "lea@lea.example", "bo@bo.example")
    business.job()
    comes(business, answer(first_mail(business, "lea@lea.example"), "STOP", at=business.now))
    business.now = TUESDAY + timedelta(days=2)
    is_for_good = name == "503 for good"
    empty_sheet.request_log.clear()
    empty_sheet.faults = lambda index, request: (
        FAULTS[name] if request.kind == "write" and (is_for_good or index == 1) else None
    )
    try:
        business.job()
    except TrackerUnavailable:
        assert is_for_good
    empty_sheet.faults = None
    passes(business, minutes=20)
    business.job()
    assert kinds(business, lea).count(Kind.UNSUBSCRIBED) == 1
    assert business.row(lea)["Status"] == statuses.UNSUBSCRIBED
    assert len(business.snapshot().suppressed) == 1
    assert [len(business.mails_to(address)) for address in ("lea@lea.example", "bo@bo.example")] == [1, 2]
    assert business.row(bo)["Emails sent"] == 2


def test_an_opt_out_is_kept_while_the_sheet_is_down_and_obeyed_before_the_next_step(
    business: Business, empty_sheet: FakeSheets, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "WAITS", (0.05,))
    [lead_id] = contacted(business, LEA)
    link = links_in(first_mail(business, LEA)).pop()
    empty_sheet.faults = lambda _index, _request: faults.refused(503)
    assert requests.post(link, timeout=30).status_code == 200
    business.now = TUESDAY + timedelta(days=2)
    with pytest.raises(TrackerUnavailable):
        business.job()
    empty_sheet.faults = None
    business.job()  # whether it takes the opt-out from the inbox itself, or the web process does
    assert len(business.mails_to(LEA)) == 1
    business.settles()
    business.job()
    assert business.row(lead_id)["Why"] == "Unsubscribed: nothing more is sent."
    assert len(business.mails_to(LEA)) == 1


def test_where_the_disk_is_lost_an_opt_out_is_in_the_sheet_when_it_is_answered_and_else_503(
    tmp_path: Path, empty_sheet: FakeSheets, smtp: FakeSmtp, mailbox: FakeImap
) -> None:
    smtp.messages.clear()
    smtp.answers = says()
    book, environment = SheetBook(empty_sheet), {"DYNO": "web.1"}
    with Business(tmp_path, book, smtp, mailbox, TUESDAY, environment) as business:
        [lead_id] = contacted(business, LEA)
        link = links_in(first_mail(business, LEA)).pop()
        empty_sheet.faults = lambda _index, _request: faults.refused(503)
        refused = requests.post(link, timeout=30)
        assert (refused.status_code, refused.headers["Retry-After"].isdigit()) == (503, True)
        empty_sheet.faults = None
        assert requests.post(link, timeout=30).status_code == 200
        assert business.row(lead_id)["Status"] == statuses.UNSUBSCRIBED
        assert not (business.folder / "var").exists()


def test_a_job_that_cannot_read_the_mailbox_ends_with_1_and_one_that_need_not_with_0(
    business: Business,
) -> None:
    business.now = datetime.now(BERLIN)  # the command has no other clock
    contacted(business, LEA)
    business.imap.is_down = True
    done = run(business.folder, "job", "--json", **business.environment)
    assert done.returncode == 1
    [problem] = json.loads(done.stdout)["problems"]
    assert problem.startswith("No follow-up is sent: replies can't be read: ")
    assert control(business)[tracked.PROBLEMS] == problem
    business.environment["IMAP_HOST"] = "off"
    done = run(business.folder, "job", "--json", **business.environment)
    assert (done.returncode, json.loads(done.stdout)["problems"]) == (0, [])
