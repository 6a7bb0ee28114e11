"""A lead's events as a person reads them."""

from datetime import UTC, datetime, timedelta

import pytest

from sheetflow.workflow.details import edit_detail, misunderstood_detail, sent_detail, status_detail, was
from sheetflow.workflow.events import TEMPORARY, Claim, Event, Kind
from sheetflow.workflow.qualified import Qualified
from sheetflow.workflow.story import BAD, Chapter, story
from tests.web.place import WORKFLOW

AT = datetime(2026, 3, 24, 9, 0, tzinfo=UTC)
CLAIM = Claim("L-2222222222", "follow_up", 1)


def event(kind: Kind, detail: str = "", step: str = "", *, minutes: int = 0, name: str = "") -> Event:
    at = AT + timedelta(minutes=minutes)
    return Event(at, CLAIM.lead_id, kind, name or f"{kind}:h{minutes}x", step, detail)


def told(*events: Event) -> list[tuple[str, str]]:
    return [(chapter.title, chapter.text) for chapter in story(events, WORKFLOW)]


def test_every_kind_of_event_can_be_told() -> None:
    events = [event(kind, "words", "follow_up", minutes=number) for number, kind in enumerate(Kind)]
    chapters = story(events, WORKFLOW)
    assert {one.event.kind for one in chapters} == {*Kind} - {Kind.RESUMED, Kind.QUALIFIED, Kind.CLAIMED}
    assert all(isinstance(one, Chapter) and one.title.strip() for one in chapters)


@pytest.mark.parametrize(
    ("happened", "title", "text"),
    [
        (event(Kind.STATUS, status_detail("Won", was("Contacted"))), "Status: Won", "It was Contacted."),
        (event(Kind.STATUS, status_detail("Paused", "imported")), "Status: Paused", "imported."),
        (event(Kind.STATUS, status_detail("", was("New"))), "Status was emptied", "It was New."),
        (event(Kind.RESCHEDULED, "2026-04-01T10:00"), "The next follow-up was moved", "2026-04-01, 10:00"),
        (
            event(Kind.RESCHEDULED, misunderstood_detail("soon")),
            "A date for the next follow-up wasn’t understood",
            "soon",
        ),
        (event(Kind.EDITED, edit_detail("Phone", "1", "2")), "Phone was changed", "1 (was 2)"),
        (event(Kind.ASSIGNED, "Kim"), "Owner: Kim", ""),
        (event(Kind.ASSIGNED, ""), "Owner was emptied", ""),
        (event(Kind.BOUNCED, f"{TEMPORARY}full"), "A message came back", "full"),
        (event(Kind.BOUNCED, "5.1.1"), "The address can’t be reached", "5.1.1"),
        (event(Kind.SENT, "Re: Hello", "follow_up"), "Follow up was sent", "“Re: Hello”"),
        (
            event(Kind.SENT, sent_detail("Hello", is_try_out=True), "follow_up"),
            "Follow up was written to the outbox",
            "“Hello”",
        ),
        (event(Kind.SENT, "Hello", "renamed_since"), "renamed_since was sent", "“Hello”"),
        (
            event(Kind.QUALIFIED, Qualified("Hot", because=("says now",)).detail()),
            "Priority: Hot",
            "says now",
        ),
        (event(Kind.NOTIFIED, "Kim: told by mail"), "Kim was told", "told by mail"),
    ],
)
def test_what_happened_in_words(happened: Event, title: str, text: str) -> None:
    assert told(happened) == [(title, text)]


def test_a_claim_is_told_only_while_nobody_knows_what_became_of_it() -> None:
    claimed = CLAIM.event(Kind.CLAIMED, AT, "run")
    assert told(claimed) == [("Follow up is being sent", "")]
    sent = CLAIM.event(Kind.SENT, AT + timedelta(seconds=1), "run", "Hello")
    assert told(claimed, sent) == [("Follow up was sent", "“Hello”")]


def test_what_is_on_its_way_to_an_owner_is_not_told_yet() -> None:
    assert told(event(Kind.NOTIFIED, "Kim: is told")) == []


def test_an_enquiry_in_several_parts_is_one() -> None:
    parts = [
        event(Kind.RECEIVED, "one ", name="received:hx"),
        event(Kind.RECEIVED, "two", name="received:hx:part2"),
    ]
    assert told(*parts) == [("The enquiry came", "one two")]


def test_the_order_is_that_of_time_and_trouble_is_marked() -> None:
    later = event(Kind.HELD, "Look at it.", minutes=5)
    first, second = story([later, event(Kind.REPLIED, "Yes", minutes=1)], WORKFLOW)
    assert (first.title, second.title, second.tone) == ("Replied", "Waits for a person", BAD)
