"""What SQLite and PostgreSQL can do to a tracker: broken files, lost lines, crowds, hostile text."""

import gc
import os
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import psycopg
import pytest
from sqlalchemy import event

from sheetflow.errors import TrackerUnavailable
from sheetflow.storage import databases
from sheetflow.tracker import tables
from sheetflow.workflow import tracked
from sheetflow.workflow.events import Kind
from sheetflow.workflow.lead import RowChange
from sheetflow.workflow.tracked import Changes, Only, Typed, is_on
from tests.contracts.people import ADA, BEN, CLO, NOW, a_claim, a_lead, an_event, lead_id, leads
from tests.contracts.sites import postgresql_site, sqlite_site, start
from tests.contracts.test_store import WORKFLOW, an_enquiry

MEGABYTE = "".join(f"{number:07} " for number in range(131_072))


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.needs_postgresql)])
def site(request, tmp_path):
    if request.param == "sqlite":
        return sqlite_site(tmp_path)
    return postgresql_site(request.getfixturevalue("postgresql_url"))


@pytest.fixture
def tracker(site):
    opened = site.open()
    yield opened
    site.close(opened)


class Meanwhile:
    """A typed cell of a row that doesn't exist; when its turn to be written comes, something happens."""

    field, value = "why", ""

    def __init__(self, happens):
        self.happens = happens

    @property
    def lead_id(self):
        self.happens()
        return "L-NOBODYNOBO"


def in_the_middle(happens, lead=ADA):
    """A commit during which something happens: after most of it has been written."""
    return Changes((a_lead(lead),), (an_event(f"of {lead}", lead),), typed=(Meanwhile(happens),))


# Hostile text


@pytest.mark.parametrize(
    ("text", "kept"), [("a\x00b", "ab"), ("\x00", ""), ("half \ud83d, half \udc31", "half ?, half ?")]
)
def test_what_a_database_cannot_hold_is_left_out_everywhere(tracker, text, kept):
    salt = tracker.snapshot()
    tracker.commit(
        Changes(
            (a_lead(name=text, details=text, owner=text),),
            (an_event("a", detail=text, message_id=text, run=text),),
            suppress=(replace(salt.suppress("ada@example.com", "", NOW), reason=text),),
            control={tracked.PROBLEMS: text},
        )
    )
    tracker.commit(Changes(rows=(RowChange(ADA, {"why": text}),), typed=(Typed(ADA, "notes", text),)))
    found = tracker.snapshot()
    lead = found.leads[0]
    assert {lead.name, lead.details, lead.owner, lead.why, lead.notes} == {kept}
    assert found.events == (an_event("a", detail=kept, message_id=kept, run=kept),)
    assert [line.reason for line in found.suppressed.values()] == [kept]
    assert found.control[tracked.PROBLEMS] == kept


def test_a_message_of_a_megabyte_is_cut_in_the_row_and_whole_in_activity(tracker):
    assert tracker.store([an_enquiry(message=MEGABYTE)], WORKFLOW)[0].status == "accepted"
    found = tracker.snapshot()
    received = "".join(event.detail for event in found.events if event.kind is Kind.RECEIVED)
    assert found.leads[0].message.endswith("… (cut; whole in Activity)")
    assert received.endswith(f"message: {MEGABYTE}")


def test_a_megabyte_in_a_single_cell_or_event_is_kept(tracker):
    written = an_event("a", detail=MEGABYTE)
    tracker.commit(Changes((a_lead(notes=MEGABYTE),), (written,)))
    found = tracker.snapshot()
    assert (found.leads[0].notes, found.events) == (MEGABYTE, (written,))


def test_an_address_or_phone_of_any_length_can_be_typed(tracker):
    tracker.commit(leads(a_lead()))
    tracker.commit(Changes(typed=(Typed(ADA, "email", MEGABYTE), Typed(ADA, "phone", MEGABYTE))))
    assert tracker.snapshot().leads[0].email == MEGABYTE
    same_beginning = MEGABYTE + "@example.com"
    assert tracker.store([an_enquiry(BEN, email=same_beginning)], WORKFLOW)[0].lead_id == BEN
    assert tracker.store([an_enquiry(CLO, email=MEGABYTE)], WORKFLOW)[0].lead_id == ADA


def test_an_event_that_nobody_understands_stops_the_run(tracker, site):
    tracker.commit(Changes((a_lead(),), (an_event("a"),)))
    site.execute("UPDATE activity SET event = 'opted_out'")
    with pytest.raises(
        TrackerUnavailable, match=r"can't be read: 'opted_out' at '2026-03-24T09:00:00\.123Z'"
    ):
        tracker.snapshot()


# Control


@pytest.mark.parametrize("repair", ["the next start", "setup"])
def test_a_missing_sending_line_comes_back_paused(tracker, site, repair):
    tracker.commit(leads(a_lead()))
    site.execute("DELETE FROM control WHERE name = 'Sending'")
    assert not is_on(tracker.claim([a_claim()], Changes())[0].sending)
    assert not is_on(tracker.snapshot().control.get(tracked.SENDING, ""))
    if repair == "setup":
        tracker.setup()
    else:
        other = site.open()
        other.snapshot()
        site.close(other)
    assert tracker.snapshot().control[tracked.SENDING] == tracked.PAUSED


@pytest.mark.parametrize("left", ["leads", "activity", "suppressed"])
def test_a_tracker_that_has_lost_tables_is_not_a_new_one(tracker, site, left):
    tracker.setup()
    for table in {"leads", "activity", "control", "suppressed", "deliveries"} - {left}:
        site.execute(f"DROP TABLE {table}")
    assert tracker.setup()
    assert tracker.snapshot().control[tracked.SENDING] == tracked.PAUSED


def test_a_lost_salt_pauses_sending(tracker, site):
    salt = tracker.snapshot().control[tracked.SALT]
    site.execute("DELETE FROM control WHERE name = 'Salt'")
    tracker.setup()
    found = tracker.snapshot().control
    assert found[tracked.SALT] != salt
    assert found[tracked.SENDING] == tracked.PAUSED


def test_tables_dropped_under_a_running_program_are_made_again(tracker, site):
    tracker.setup()
    for table in ("leads", "activity", "control", "suppressed", "deliveries"):
        site.execute(f"DROP TABLE {table}")
    with pytest.raises(TrackerUnavailable, match="deliveries"):
        tracker.store([an_enquiry()], WORKFLOW)
    assert tracker.store([an_enquiry()], WORKFLOW)[0].status == "accepted"


# Crowds, crashes and cost


def block_in_the_middle(number, site, say):
    databases.ABANDONED = 1
    tracker = site.open()
    tracker.setup()

    def stay():
        say("in the middle")
        time.sleep(600)

    tracker.commit(in_the_middle(stay))


def test_a_process_killed_in_the_middle_of_a_commit_leaves_nothing(site, tracker):
    child = start(block_in_the_middle, site)
    assert child.hear() == "in the middle"
    child.kill()
    assert tracker.claim([a_claim(BEN)], Changes())
    assert tracker.snapshot().leads == ()
    assert tracker.snapshot().events == (a_claim(BEN),)


def test_readers_go_on_while_somebody_writes(site, tracker):
    tracker.setup()
    child = start(block_in_the_middle, site)
    child.hear()
    assert tracker.snapshot().leads == ()
    child.kill()


def test_a_writer_sees_what_the_one_before_wrote(site, tracker):
    if site.url.startswith("postgresql"):
        site = replace(site, url=f"{site.url}?options=-cdefault_transaction_isolation%3Dserializable")
    first, second = site.open(), site.open()
    first.commit(leads(a_lead(BEN)))
    second.setup()
    begun = threading.Event()

    def dawdle():
        begun.set()
        time.sleep(0.3)  # the other comes and waits for its turn

    with ThreadPoolExecutor(2) as threads:
        changes = in_the_middle(dawdle) + Changes(
            rows=(RowChange(BEN, {"status": "Won"}, {"status": "Contacted"}),)
        )
        writing = threads.submit(first.commit, changes)
        begun.wait()
        [granted] = second.claim([a_claim(BEN)], Changes())
        writing.result()
    assert granted.status == "Won"
    site.close(first)
    site.close(second)


@pytest.mark.needs_postgresql
def test_a_person_at_an_sql_prompt_is_waited_for_and_obeyed(postgresql_url):
    site = postgresql_site(postgresql_url)
    tracker = site.open()
    tracker.commit(leads(a_lead()))
    with psycopg.connect(site.url) as person, ThreadPoolExecutor(1) as threads:
        person.execute("UPDATE leads SET status = 'Won'")
        changes = Changes(rows=(RowChange(ADA, {"status": "Following up"}, {"status": "Contacted"}),))
        writing = threads.submit(tracker.commit, changes)
        time.sleep(0.3)  # it waits
        person.commit()
        writing.result()
    assert tracker.snapshot().leads[0].status == "Won"
    site.close(tracker)


def test_more_threads_than_connections_all_get_their_turn(tracker):
    def write(number):
        tracker.commit(leads(a_lead(lead_id(number))))
        return tracker.snapshot(Only(frozenset({lead_id(number)}), NOW)).leads[0].id

    with ThreadPoolExecutor(40) as threads:
        assert list(threads.map(write, range(80))) == [lead_id(number) for number in range(80)]
    assert len(tracker.snapshot().leads) == 80


def fork(number, site, say):
    tracker = site.open()
    tracker.commit(leads(a_lead()))
    child = os.fork()
    for count in range(20):
        tracker.commit(leads(a_lead(lead_id(2 * count + bool(child)))))
    if not child:
        gc.collect()
        os._exit(0)
    say(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
    tracker.commit(leads(a_lead(BEN)))
    say(len(tracker.snapshot().leads))
    site.close(tracker)


def test_parent_and_child_of_a_fork_both_go_on(site):
    assert start(fork, site).hear_all() == [0, 42]


def count_statements(tracker, work):
    """(statements, commits) that the work takes."""
    seen = []
    hooks = [
        ("before_cursor_execute", lambda *_: seen.append("statement")),
        ("commit", lambda _: seen.append("commit")),
    ]
    for name, hook in hooks:
        event.listen(tracker.engine, name, hook)
    work()
    for name, hook in hooks:
        event.remove(tracker.engine, name, hook)
    return seen.count("statement"), seen.count("commit")


def fill(site, many_leads, events_each):
    """Rows of the same kind, made by the database itself: what they cost isn't what is counted."""
    numbers = "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < :last) "
    lead = tables.lead_to_row(a_lead("L-0"))
    sent = an_event("event of L-0", "L-0", Kind.SENT).line()
    for table, row, last, owner in (
        ("leads", lead, many_leads - 1, "i"),
        ("activity", sent, many_leads * events_each - 1, f"i / {events_each}"),
    ):
        cells = {name: f"replace(:{name}, 'L-0', 'L-' || {owner})" for name in row}
        cells["event_id"] = "'event ' || i"
        chosen = ", ".join(cells[name] for name in row)
        into = f"INSERT INTO {table} ({', '.join(row)}) "
        site.execute(f"{into}{numbers}SELECT {chosen} FROM n", last=last, **row)


def test_the_cost_of_a_run_hardly_grows_with_the_table(tracker, site):
    tracker.setup()
    fill(site, 10_000, 6)
    found = tracker.snapshot()
    assert (len(found.leads), len(found.events)) == (10_000, 60_000)
    rows = found.leads
    assert count_statements(tracker, tracker.snapshot) == (4 + begins(tracker), 0)
    narrowed = Only(frozenset({"L-1", "L-2"}), NOW)
    assert count_statements(tracker, lambda: tracker.snapshot(narrowed)) == (5 + begins(tracker), 0)

    claims = [a_claim(f"L-{number}") for number in range(200)]
    outcomes = tuple(replace(claim, kind=Kind.SENT, id=f"{claim.id}!") for claim in claims)
    changed = tuple(
        RowChange(lead.id, {"why": "sent", "status": "Won"}, {"status": "Contacted"}) for lead in rows
    )
    statements, commits = count_statements(tracker, lambda: tracker.claim(claims, Changes(events=outcomes)))
    assert (statements <= 6, commits) == (True, 1)
    statements, commits = count_statements(tracker, lambda: tracker.commit(Changes(rows=changed)))
    assert (statements <= 25, commits) == (True, 1)
    assert {lead.status for lead in tracker.snapshot().leads} == {"Won"}


def begins(tracker):
    return 1 if tracker.database.is_sqlite else 0


def test_storing_an_enquiry_takes_a_few_statements_and_one_commit(tracker, site):
    tracker.setup()
    statements, commits = count_statements(tracker, lambda: tracker.store([an_enquiry(ADA)], WORKFLOW))
    assert (statements <= 10, commits) == (True, 1)
