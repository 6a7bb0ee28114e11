"""What every tracker promises: what goes in comes out, whole or not at all."""

import threading
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from sheetflow.workflow import tracked
from sheetflow.workflow.columns import COLUMNS, Kind
from sheetflow.workflow.events import Kind as EventKind
from sheetflow.workflow.tracked import Changes, Only, Typed
from tests.contracts.people import ADA, BEN, CLO, MORNING, NOW, a_claim, a_lead, an_event, lead_id, leads
from tests.contracts.sites import at_once, start

TEXT_FIELDS = [column.field for column in COLUMNS if column.kind is Kind.TEXT]
TEXT_FIELDS = [field for field in TEXT_FIELDS if field not in ("id", "status", "owner", "mark")]
SOON = Only(frozenset({ADA}), NOW)

HARD_TEXTS = [
    "=1+1",
    "+44 20 7946 0018",
    "-1",
    "@here",
    "'quoted",
    "007",
    "1e5",
    "12.50",
    "TRUE",
    "2026-03-24",
    "24/03/2026 10:00",
    "https://example.com/?a=1&b=2",
    "first line\nsecond line\ttabbed",
    "  spaces around  ",
    "quotes \" and \\ and ' and ; -- and %s and :name",
    "Zoë 🌱 👩‍👩‍👧 e\u0301",
    "שלום, مرحبا بك",
    "x" * 45_000,
]


class Poison:
    """Something no tracker can write; it is found out only when its turn comes."""

    @property
    def lead_id(self):
        raise ZeroDivisionError

    field = value = lead_id


def test_a_new_tracker_is_empty_and_sends(tracker):
    snapshot = tracker.snapshot()
    assert (snapshot.leads, snapshot.events, snapshot.suppressed, snapshot.sent_recently) == ((), (), {}, ())
    assert snapshot.control[tracked.SENDING] == tracked.ON


@pytest.mark.parametrize("text", HARD_TEXTS, ids=lambda text: text[:12])
def test_text_stays_the_same_text_in_every_column(tracker, text):
    written = a_lead(**dict.fromkeys(TEXT_FIELDS, text))
    tracker.commit(leads(written))
    assert tracker.snapshot().leads == (written,)


def test_dates_and_numbers_stay_what_they_are(tracker):
    written = a_lead(
        received=datetime.fromisoformat("2026-03-24 10:00:15"),
        next_follow_up=MORNING,
        last_contact=datetime.fromisoformat("2026-03-24 00:00:00"),
        emails_sent=0,
        first_response=0.1,
        owner_response=1234.5,
    )
    tracker.commit(leads(written))
    assert tracker.snapshot().leads == (written,)


def test_a_date_without_a_time_stays_one(tracker):
    tracker.commit(leads(a_lead(next_follow_up=date(2026, 3, 26))))
    found = tracker.snapshot().leads[0].next_follow_up
    assert (type(found), found) == (date, date(2026, 3, 26))


@pytest.mark.parametrize("words", ["tomorrow", "n/a", "31/02", "03/04", "1e5 or so"])
def test_words_stay_words_where_a_date_or_number_belongs(tracker, site, words):
    tracker.commit(leads(a_lead()))
    site.type(ADA, "next_follow_up", words)
    site.type(ADA, "emails_sent", words)
    found = tracker.snapshot().leads[0]
    assert (found.next_follow_up, found.emails_sent) == (words, words)


def test_empty_cells_are_empty_text_or_nothing(tracker):
    written = a_lead(status="", email="")
    tracker.commit(leads(written))
    found = tracker.snapshot().leads[0]
    assert found == written
    assert (found.name, found.received, found.emails_sent) == ("", None, None)


@pytest.mark.parametrize("text", HARD_TEXTS, ids=lambda text: text[:12])
def test_events_stay_as_they_happened(tracker, text):
    written = an_event("replied:1", step="follow_up", detail=text, message_id="<1@example.com>", run="run-1")
    tracker.commit(Changes(events=(written,)))
    assert tracker.snapshot().events == (written,)


def test_every_kind_of_event_can_be_told(tracker):
    written = tuple(an_event(f"{kind}:1", kind=kind) for kind in EventKind)
    tracker.commit(Changes(events=written))
    assert tracker.snapshot().events == written


def test_rows_and_events_keep_the_order_they_came_in(tracker, other_tracker):
    late, early = an_event("a", minutes=9), an_event("b", minutes=1)
    tracker.commit(Changes(leads=(a_lead(CLO), a_lead(ADA)), events=(late, early)))
    other_tracker.commit(Changes(leads=(a_lead(BEN),), events=(an_event("c", minutes=5),)))
    tracker.commit(Changes(events=(an_event("d"),)))
    snapshot = other_tracker.snapshot()
    assert [lead.id for lead in snapshot.leads] == [CLO, ADA, BEN]
    assert [event.id for event in snapshot.events] == ["a", "b", "c", "d"]


def test_thousands_of_rows_go_in_at_once(tracker):
    rows = tuple(a_lead(lead_id(number)) for number in range(1_500))
    events = tuple(an_event(f"e:{number}", lead_id(number // 2)) for number in range(3_000))
    tracker.commit(Changes(rows, events))
    snapshot = tracker.snapshot()
    assert (snapshot.leads, snapshot.events) == (rows, events)


def test_a_lead_that_is_there_is_not_written_again(tracker):
    tracker.commit(leads(a_lead(name="Ada")))
    tracker.commit(leads(a_lead(name="somebody else"), a_lead(BEN)))
    assert [(lead.id, lead.name) for lead in tracker.snapshot().leads] == [(ADA, "Ada"), (BEN, "")]


def test_what_happened_once_stands_once(tracker, other_tracker):
    first = an_event("replied:1", detail="the first to notice")
    again = an_event("replied:1", detail="noticed again", minutes=5)
    tracker.commit(Changes(events=(first, again)))
    other_tracker.commit(Changes(events=(again, an_event("replied:2"), an_event("replied:2"))))
    assert tracker.snapshot().events == (first, an_event("replied:2"))


def test_a_commit_repeated_after_a_lost_answer_changes_nothing(tracker, other_tracker):
    changes = Changes(
        (a_lead(),),
        (an_event("a"),),
        suppress=(tracker.snapshot().suppress("ada@example.com", "bounced", NOW),),
        control={tracked.LAST_JOB: "now"},
    )
    tracker.commit(changes)
    once = tracker.snapshot()
    other_tracker.commit(changes)
    assert tracker.snapshot() == once


def test_an_empty_commit_changes_nothing(tracker):
    before = tracker.snapshot()
    tracker.commit(Changes())
    assert tracker.snapshot() == before


@pytest.mark.parametrize("write", ["commit", "claim"])
def test_a_write_that_fails_in_the_middle_leaves_nothing(tracker, write):
    tracker.commit(leads(a_lead()))
    before = tracker.snapshot()
    changes = Changes(
        (a_lead(BEN),),
        (an_event("a"),),
        suppress=(before.suppress("ada@example.com", "bounced", NOW),),
        control={tracked.SENDING: tracked.PAUSED},
        typed=(Typed(ADA, "status", "Won"), Poison()),
    )
    with pytest.raises(ZeroDivisionError):
        tracker.commit(changes) if write == "commit" else tracker.claim([a_claim()], changes)
    assert tracker.snapshot() == before
    assert tracker.claim([a_claim()], Changes())


def test_control_lines_are_kept_by_name(tracker, other_tracker):
    tracker.commit(Changes(control={tracked.LAST_JOB: "1", tracked.PROBLEMS: "a, b\nc"}))
    other_tracker.commit(Changes(control={tracked.LAST_JOB: "2", tracked.BLOCKED: ""}))
    found = tracker.snapshot().control
    assert found[tracked.LAST_JOB] == "2"
    assert found[tracked.PROBLEMS] == "a, b\nc"
    assert found.get(tracked.BLOCKED, "") == ""
    assert found[tracked.SENDING] == tracked.ON


def test_the_salt_never_changes(tracker, other_tracker):
    salt = tracker.snapshot().control[tracked.SALT]
    assert len(salt) >= 32
    tracker.commit(Changes(control={tracked.SALT: "another", tracked.LAST_JOB: "1"}))
    other_tracker.setup()
    assert other_tracker.snapshot().control[tracked.SALT] == salt


def test_a_suppressed_address_is_known_however_it_is_written(tracker):
    line = tracker.snapshot().suppress(" Ada@Example.com", "unsubscribed", NOW)
    tracker.commit(Changes(suppress=(line,)))
    found = tracker.snapshot()
    assert found.suppression("ADA@example.com ") == line
    assert found.suppression("ben@example.com") is None


def test_the_first_reason_for_a_suppression_stays(tracker):
    before = tracker.snapshot()
    first = before.suppress("ada@example.com", "unsubscribed", NOW)
    second = before.suppress("ada@example.com", "bounced", NOW + timedelta(days=1))
    tracker.commit(Changes(suppress=(first, second)))
    tracker.commit(Changes(suppress=(second,)))
    assert list(tracker.snapshot().suppressed.values()) == [first]


def test_a_narrowed_snapshot_brings_those_leads_alone(tracker):
    line = tracker.snapshot().suppress("clo@example.com", "bounced", NOW)
    events = (an_event("a"), an_event("b", BEN), an_event("c"))
    tracker.commit(Changes((a_lead(), a_lead(BEN), a_lead(CLO)), events, suppress=(line,)))
    whole, found = tracker.snapshot(), tracker.snapshot(Only(frozenset({CLO, ADA, "L-NOBODYNOBO"}), NOW))
    assert [lead.id for lead in found.leads] == [ADA, CLO]
    assert [event.id for event in found.events] == ["a", "c"]
    assert (found.control, found.suppressed) == (whole.control, whole.suppressed)


def test_a_snapshot_narrowed_to_nobody_has_no_leads(tracker):
    tracker.commit(Changes((a_lead(),), (an_event("a"),)))
    found = tracker.snapshot(Only(frozenset(), NOW))
    assert (found.leads, found.events) == ((), ())


def test_a_narrowed_snapshot_counts_what_was_sent_to_everybody(tracker):
    def sent(number, lead, minutes):
        return an_event(f"sent:{lead}:step:{number}", lead, EventKind.SENT, minutes)

    events = (sent(1, ADA, -1), sent(2, BEN, 0), sent(3, CLO, 5), an_event("other", BEN, minutes=6))
    tracker.commit(Changes((a_lead(), a_lead(BEN)), events))
    assert sorted(tracker.snapshot(SOON).sent_recently) == [events[1].at, events[2].at]
    assert set(tracker.snapshot().sent_recently) >= {event.at for event in events[:3]}


def test_a_snapshot_never_shows_half_a_commit(tracker, other_tracker):
    done = threading.Event()

    def write():
        for number in range(25):
            row = a_lead(lead_id(number))
            tracker.commit(Changes((row,), (an_event(f"e:{number}", row.id),)))
        done.set()

    tracker.setup()
    writer = threading.Thread(target=write)
    writer.start()
    pairs = []
    while not done.is_set():
        snapshot = other_tracker.snapshot()
        pairs.append(([lead.id for lead in snapshot.leads], [event.lead_id for event in snapshot.events]))
    writer.join()
    assert [rows for rows, _ in pairs] == [events for _, events in pairs]


def test_setup_can_be_repeated_and_says_what_it_did(tracker, other_tracker):
    assert all(sentence.endswith(".") for sentence in tracker.setup())
    tracker.commit(Changes((a_lead(),), (an_event("a"),), control={tracked.SENDING: "PAUSED"}))
    before = tracker.snapshot()
    assert tracker.setup()
    assert other_tracker.setup()
    assert tracker.snapshot() == before


def set_up(number, site, say):
    tracker = site.open()
    tracker.setup()
    control = tracker.snapshot().control
    say((control[tracked.SALT], control[tracked.SENDING]))
    site.close(tracker)


def test_processes_that_start_together_set_up_one_tracker(site):
    first, *others = at_once(4, set_up, site)
    assert first[0][1] == tracked.ON
    assert others == [first] * 3


BATCH = 200


def commit_for_ever(number, site, say):
    tracker = site.open()
    say("ready")
    for batch in range(1_000_000):
        row = a_lead(lead_id(batch))
        events = tuple(an_event(f"{batch}:{event}", row.id) for event in range(BATCH))
        line = replace(tracker.snapshot(SOON).suppress(row.email, "bounced", NOW), reason=str(batch))
        tracker.commit(Changes((row,), events, suppress=(line,), control={tracked.CURSOR: str(batch)}))
        say(batch)


@pytest.mark.parametrize("survived", [0, 1, 4])
def test_a_process_that_is_killed_leaves_whole_commits(site, tracker, survived):
    child = start(commit_for_ever, site)
    for _ in range(survived + 1):
        child.hear()
    child.kill()
    said = child.hear_all()
    acknowledged = said[-1] + 1 if said else survived
    found = tracker.snapshot()
    batches = len(found.leads)
    assert batches in (acknowledged, acknowledged + 1)
    assert [lead.id for lead in found.leads] == [lead_id(batch) for batch in range(batches)]
    assert len(found.events) == batches * BATCH
    assert {line.reason for line in found.suppressed.values()} == {str(batch) for batch in range(batches)}
    assert (found.control.get(tracked.CURSOR) or None) == (str(batches - 1) if batches else None)
