"""What stops a sequence, over the ledger, real mail servers and the web process."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from email.message import EmailMessage
from urllib.parse import parse_qs, urlsplit

import pytest
import requests

from sheetflow.jobs import owner
from sheetflow.ledger import state
from sheetflow.ledger.editing import delete_rows
from sheetflow.workflow import statuses
from sheetflow.workflow.events import TEMPORARY, Kind
from sheetflow.workflow.projection import UNANSWERED
from tests.jobs.post import absence, answer, bounced, complaint
from tests.simulation.business import Business, links_in
from tests.simulation.stops import LEA, TUESDAY, asks, comes, contacted, first_mail, passes

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
        lambda business, lead_id, _: business.type(lead_id, "Status", statuses.DO_NOT_CONTACT),
        "its address was stopped",
    ),
}


def deletes(business: Business, *lead_ids: str) -> None:
    """The owner deletes their rows."""
    with business.ledger.writing() as book:
        delete_rows(book, lead_ids, business.now)


def remembers(business: Business, name: str, words: str) -> None:
    with business.ledger.writing() as book:
        book.put(name, words)


TELLING = (Kind.NOTIFIED, Kind.SLA_MISSED)


def kept(business: Business) -> object:
    """Rows, events and suppressed addresses; what owners were told is no part of it."""
    rows = business.rows()
    events = [one for lead_id in rows for one in business.events(lead_id) if one.kind not in TELLING]
    return rows, events, business.suppressions()


def test_who_was_stopped_gets_nothing_though_the_row_is_deleted_and_the_person_comes_again(
    business: Business,
) -> None:
    people = {f"person{number}@example.org": reason for number, reason in enumerate(STOPS)}
    for (address, reason), lead_id in zip(people.items(), contacted(business, *people), strict=True):
        STOPS[reason][0](business, lead_id, first_mail(business, address))
    business.job()
    deletes(business, *business.rows())
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
            f"Asked again after {STOPS[reason][1]}; answer by hand. The address was stopped: {reason}."
        )
    assert [len(business.mails_to(address)) for address in people] == [1] * len(people)
    assert len(business.letters) == len(people)
    assert sorted(business.suppressions()) == sorted(STOPS)


def test_who_says_stop_after_the_row_was_deleted_gets_nothing_when_coming_again(business: Business) -> None:
    angry, stop, _ = contacted(business, "angry@one.example", "stop@two.example", "bo@bo.example")
    deletes(business, angry, stop)
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
    assert len(business.letters) == 3


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
    business: Business, name: str
) -> None:
    made, kind = AFTER_DELETION[name]
    [deleted] = contacted(business, LEA)
    deletes(business, deleted)
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
    business: Business,
) -> None:
    deletes(business, *contacted(business, LEA))
    business.job()
    [again] = contacted(business, LEA)
    comes(business, answer(first_mail(business, LEA), "STOP", "elsewhere@three.example", at=business.now))
    passes(business, days=2)
    business.job()
    assert business.row(again)["Status"] == statuses.UNSUBSCRIBED
    assert len(business.mails_to(LEA)) == 2


def test_two_runs_that_read_one_opt_out_leave_one_line_for_the_owner_to_delete(business: Business) -> None:
    [lead_id] = contacted(business, LEA)
    business.job()
    comes(business, answer(first_mail(business, LEA), "STOP", at=business.now))
    business.jobs(2)
    owner.lift(business.wire().ports, LEA)
    assert business.suppressions() == []
    # Lifted, the address can be barred again on the same day.
    passes(business, hours=1)
    comes(business, answer(first_mail(business, LEA), "Unsubscribe me", at=business.now))
    business.jobs(2)
    assert len(business.suppressions()) == 1
    assert business.row(lead_id)["Status"] == statuses.UNSUBSCRIBED


def test_a_complaint_stops_every_row_of_the_address(business: Business) -> None:
    """A person has two rows where the owner corrected an address."""
    first, second, other = contacted(business, LEA, "slip@example.org", "bo@example.org")
    business.type(second, "Email", " Lea@Example.org ")
    comes(business, complaint(first_mail(business, LEA), at=business.now), "junk")
    passes(business, days=2)
    business.job()
    assert [business.row(one)["Status"] for one in (first, second)] == [statuses.UNSUBSCRIBED] * 2
    assert all(business.kinds(one).count(Kind.COMPLAINED) == 1 for one in (first, second))
    assert business.row(other)["Emails sent"] == 2
    assert len(business.letters) == 4


LOST_PLACES: dict[str, Callable[[Business], object]] = {
    "another UIDVALIDITY": lambda business: business.imap.renumber(),
    "no cursor": lambda business: remembers(business, state.CURSOR, ""),
    "a cursor that can't be read": lambda business: remembers(business, state.CURSOR, "{oops"),
}


def test_mails_that_are_read_again_count_once(business: Business) -> None:
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
    before = kept(business)
    assert {kind for lead_id in lead_ids for kind in business.kinds(lead_id)} >= {
        Kind.REPLIED, Kind.BOUNCED, Kind.AUTO_REPLIED, Kind.COMPLAINED, Kind.OWNER_RESPONSE
    }  # fmt: skip
    for lose in LOST_PLACES.values():
        lose(business)
        passes(business, minutes=10)
        business.job()
    assert kept(business) == before
    assert len(business.letters) == len(people)


@pytest.mark.parametrize("word", ["PAUSED", "paused for Easter", ""])
def test_what_is_not_on_stops_all_but_capture(business: Business, word: str) -> None:
    waiting, due, talking = contacted(business, LEA, "bo@bo.example", "cy@cy.example")
    remembers(business, state.SENDING, word)
    comes(business, answer(first_mail(business, "cy@cy.example"), "Call me.", at=business.now))
    requests.post(links_in(first_mail(business, LEA)).pop(), timeout=30).raise_for_status()
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
    waits = f"Follow up is due, but Sending on Control is {said}, not ON."
    assert rows[due]["Why"] == f"{waits} {UNANSWERED}"
    assert rows[new]["Why"] == f"First response is due, but Sending on Control is {said}, not ON."
    assert len(business.letters) == 3
    remembers(business, state.SENDING, "on")
    business.job()
    assert len(business.letters) == 5
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
    business: Business,
) -> None:
    people = [f"lea@company{number}.example" for number in range(len(WORDS))]
    typed = dict(zip(contacted(business, *people), WORDS, strict=True))
    for lead_id, word in typed.items():
        business.type(lead_id, "Status", word)
    for days in (0, 2, 3):
        passes(business, days=days)
        business.job()
    for lead_id, word in typed.items():
        row, happened = business.row(lead_id), business.kinds(lead_id)
        # The web process may have noticed before the word was typed that nobody answered.
        why = row["Why"].removesuffix(f" {UNANSWERED}")
        assert (row["Status"].strip(), why) == (word.strip(), WORDS[word])
        assert (word, happened.count(Kind.STATUS)) == (word, 1)
        assert (word, happened.count(Kind.OWNER_RESPONSE)) == (word, int(word in ANSWERED))
        assert (word, row["Owner response"]) == (word, 30 if word in ANSWERED else None)
    assert len(business.letters) == len(people)
    assert sorted(business.suppressions()) == ["Do not contact, set by hand", "Unsubscribed, set by hand"]


def test_the_mail_that_a_program_writes_to_unsubscribe_is_obeyed(business: Business) -> None:
    [lead_id] = contacted(business, LEA)
    business.now = TUESDAY + timedelta(days=2)
    business.job()
    header = str(business.mails_to(LEA)[1]["List-Unsubscribe"])
    [mailto] = re.findall("<(mailto:[^>]+)>", header)
    subject = parse_qs(urlsplit(mailto).query)["subject"][0]
    assert urlsplit(mailto).path == "studio@example.com"
    comes(business, answer(None, "", LEA, at=business.now, subject=subject, to=business.imap.user))
    passes(business, days=3)
    business.job()
    assert business.row(lead_id)["Status"] == statuses.UNSUBSCRIBED
    assert business.suppressions() == ["unsubscribed"]
    assert len(business.letters) == 2


def test_a_bounce_because_of_the_sender_keeps_the_web_process_from_answering_too(business: Business) -> None:
    [lead_id] = contacted(business, LEA)
    said = "550 5.7.1 blocked for spam, see policy"
    comes(business, bounced(first_mail(business, LEA), "5.7.1", said, at=business.now))
    done = business.job()
    assert any("blocked the sender" in problem for problem in done.problems)
    assert "blocked the sender" in business.state[state.PROBLEMS]
    passes(business, minutes=30)
    [new] = asks(business, "bo@bo.example")
    business.job()
    assert business.row(new)["Why"].startswith("First response is due, but the mail server blocked")
    assert len(business.letters) == 1
    passes(business, minutes=31)
    assert business.job().problems == ()
    assert business.row(new)["Status"] == statuses.CONTACTED
    assert business.row(lead_id)["Status"] == statuses.NEEDS_ATTENTION
    assert business.state[state.PROBLEMS] == business.state[state.BLOCKED] == ""


def test_while_the_mailbox_is_down_follow_ups_wait_and_the_web_process_answers(business: Business) -> None:
    [lead_id] = contacted(business, LEA)
    business.job()
    read = business.state[state.LAST_MAILBOX]
    business.imap.is_down = True
    business.now = TUESDAY + timedelta(days=2)
    [new] = contacted(business, "bo@bo.example")
    done = business.job()
    assert business.row(lead_id)["Why"].startswith("Follow up is due, but replies can't be read: ")
    assert business.row(new)["Status"] == statuses.CONTACTED
    found = business.state
    assert found[state.PROBLEMS] == "\n".join(done.problems)
    assert found[state.PROBLEMS].startswith("No follow-up is sent: replies can't be read: ")
    assert found[state.LAST_MAILBOX] == read
    business.imap.is_down = False
    assert business.job().problems == ()
    assert business.row(lead_id)["Emails sent"] == 2
