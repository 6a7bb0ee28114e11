"""From the inbox into the tracker: nothing lost, nothing twice, in order, whatever the tracker does."""

from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from sheetflow.errors import TrackerUnavailable
from sheetflow.inbox.notation import from_json, to_json
from sheetflow.jobs.drain import LEASE, PATIENCE
from sheetflow.jobs.run import run_job
from sheetflow.tracker.sql import SqlTracker
from sheetflow.workflow import statuses, tracked
from sheetflow.workflow.enquiry import Receipt
from sheetflow.workflow.events import Event, Kind
from sheetflow.workflow.lead import Lead, Mark, RowChange
from sheetflow.workflow.optout import OptOut
from sheetflow.workflow.tracked import Changes, Suppression, Typed
from sheetflow.workflow.waiting import Composed
from tests.fakes.smtp import FakeSmtp
from tests.jobs.conftest import TUESDAY
from tests.jobs.inbox_world import InboxWorld

MANY = [f"lead{number:03}@example.org" for number in range(60)]


@pytest.fixture
def world(tmp_path: Path, mail_server: FakeSmtp) -> InboxWorld:
    mail_server.messages.clear()
    mail_server.stages.clear()
    mail_server.answers = lambda _stage, _words: None
    return InboxWorld(SqlTracker(f"sqlite:///{tmp_path / 'tracker.db'}"), mail_server, TUESDAY).begin(
        tmp_path
    )


def owner_mails(world: InboxWorld) -> list[str]:
    return [str(mail["Subject"]) for mail in world.mails if mail["To"] == "studio@example.com"]


def test_all_that_waits_goes_into_the_tracker_in_order_by_one_write(world: InboxWorld) -> None:
    for email in MANY:
        world.posts(email)
    assert (world.queue.waiting(), world.emails) == (60, [])
    drained = world.drains()
    assert world.emails == MANY
    assert (len(world.front.commits), world.queue.waiting(), len(drained.new)) == (1, 0, 60)
    assert world.drains().receipts == {}


def test_a_job_after_an_hour_without_the_tracker_answers_everybody_once(world: InboxWorld) -> None:
    world.front.is_down = True
    for email in MANY:
        world.posts(email)
        world.passes(minutes=1)
        with pytest.raises(TrackerUnavailable):
            world.drains()
    world.front.is_down = False
    report = world.job()
    assert (report.new, report.sent) == (60, 60)
    assert world.emails == MANY
    assert (
        Counter(str(mail["To"]) for mail in world.mails if "lead" in str(mail["To"])).most_common(1)[0][1]
        == 1
    )
    assert world.control[tracked.WAITING] == "0"
    # Received is when the lead came, not when the tracker was back.
    assert world.tracker.snapshot().leads[0].received == datetime(2026, 3, 24, 10, 0)  # noqa: DTZ001 - a cell


def test_the_owner_is_told_once_an_outage_and_not_of_a_short_one(world: InboxWorld) -> None:
    def fails() -> None:
        with pytest.raises(TrackerUnavailable):
            world.drains()

    world.front.is_down = True
    world.posts()
    fails()
    assert owner_mails(world) == []
    world.passes(seconds=PATIENCE.total_seconds())
    for _ in range(3):
        fails()
        world.passes(minutes=10)
    assert owner_mails(world) == ["Leads wait: your Sheet can't be written"]
    world.front.is_down = False
    world.drains()
    world.front.is_down = True
    world.posts("other@example.org")
    world.passes(minutes=2)
    fails()
    assert len(owner_mails(world)) == 2


def test_a_mail_to_the_owner_that_did_not_leave_is_tried_again(world: InboxWorld) -> None:
    world.front.is_down = True
    world.posts()
    world.passes(minutes=2)
    world.server.answers = lambda stage, _: "451 4.3.0 later" if stage == "mail" else None
    with pytest.raises(TrackerUnavailable):
        world.drains()
    world.server.answers = lambda _stage, _words: None
    with pytest.raises(TrackerUnavailable):
        world.drains()
    assert len(owner_mails(world)) == 1


def refuses(world: InboxWorld, *emails: str) -> None:
    world.front.refuses = lambda changes: any(lead.email in emails for lead in changes.leads)


def test_a_lead_that_the_tracker_refuses_is_found_kept_and_named_and_holds_up_nobody(
    world: InboxWorld,
) -> None:
    bad = MANY[17]
    lead_id = {email: world.posts(email).lead_id for email in MANY}[bad]
    refuses(world, bad)
    report = world.job()
    assert world.emails == [email for email in MANY if email != bad]
    assert report.sent == 59
    assert lead_id in world.control[tracked.PROBLEMS]
    assert (world.control[tracked.WAITING], world.queue.waiting()) == ("1", 1)
    assert len(world.front.commits) < 20
    world.posts("next@example.org")
    world.drains()
    assert world.emails[-1] == "next@example.org"
    refuses(world)
    world.job()
    assert bad in world.emails
    assert lead_id not in world.control[tracked.PROBLEMS]


def test_a_tracker_that_refuses_everything_sets_nobody_aside_for_good(world: InboxWorld) -> None:
    for email in MANY:
        world.posts(email)
    refuses(world, *MANY)
    with pytest.raises(TrackerUnavailable, match="one lead after the other"):
        world.drains()
    assert len(world.front.commits) < 20
    refuses(world)
    world.drains(again=True)
    assert sorted(world.emails) == MANY


def test_a_write_whose_answer_was_lost_is_repeated_without_a_second_row_or_word(world: InboxWorld) -> None:
    first = world.posts("ada@example.org")
    world.drains()
    world.posts("ada@example.org", message="And on Sunday?")
    world.posts("ben@example.org")
    world.front.loses_answers = True
    with pytest.raises(TrackerUnavailable):
        world.drains()
    # In between the owner closes the row; decided anew, the enquiry would get a second one.
    world.types(first.lead_id, "status", "Won")
    world.front.loses_answers = False
    drained = world.drains()
    assert world.emails == ["ada@example.org", "ben@example.org"]
    assert world.lead(first.lead_id).details.count("And on Sunday?") == 1
    assert len(world.events(first.lead_id, Kind.MERGED)) == 1
    assert world.front.commits[-1].leads == world.front.commits[-2].leads
    assert Receipt("merged", first.lead_id) in drained.receipts.values()


def test_one_process_drains_at_a_time_and_a_dead_one_is_followed_soon(world: InboxWorld) -> None:
    world.posts()
    assert world.queue.lease("dead", world.now, world.now + LEASE)
    assert world.drains().is_busy
    assert world.emails == []
    world.passes(seconds=LEASE.total_seconds() - 1)
    assert world.drains().is_busy
    world.passes(seconds=1)
    assert len(world.drains().new) == 1


def test_a_batch_composed_by_a_process_that_died_is_written_as_it_was_composed(world: InboxWorld) -> None:
    world.posts("ada@example.org")
    batch = world.queue.next_batch()
    assert batch is not None
    world.front.is_down = True

    def die() -> None:
        raise KeyboardInterrupt

    world.front.is_down, world.front.before_commit = False, die
    with pytest.raises(KeyboardInterrupt):
        world.drains()
    world.front.before_commit = lambda: None
    composed = world.queue.next_batch()
    assert composed is not None
    assert (composed.id, composed.composed is not None) == (batch.id, True)
    world.posts("ben@example.org")
    world.drains()
    assert world.emails == ["ada@example.org", "ben@example.org"]
    assert len(world.front.commits[0].leads) == 1


def test_a_process_that_was_overtaken_writes_nothing(world: InboxWorld) -> None:
    world.posts()
    batch = world.queue.next_batch()
    assert batch is not None
    world.queue.lease("slow", world.now, world.now + LEASE)
    world.passes(minutes=1)
    world.queue.lease("other", world.now, world.now + LEASE)
    assert not world.queue.compose(batch, Composed(Changes(), {}), "slow")
    assert world.queue.compose(batch, Composed(Changes(), {}), "other")


def test_a_repeat_after_the_drain_is_told_the_row_its_lead_went_to(world: InboxWorld) -> None:
    first = world.posts("ada@example.org")
    world.drains()
    world.posts("ada@example.org", delivery="second")
    assert world.drains().receipts.popitem()[1] == Receipt("merged", first.lead_id)
    assert world.posts("ada@example.org", delivery="second") == Receipt("duplicate", first.lead_id)


def an_opt_out(world: InboxWorld, lead_id: str) -> OptOut:
    return OptOut(lead_id, world.tracker.snapshot().hash_of(world.lead(lead_id).email), world.now)


def test_an_opt_out_in_the_inbox_is_obeyed_by_the_run_that_finds_it(world: InboxWorld) -> None:
    lead_id = world.posts().lead_id
    world.job()
    world.passes(days=2)
    world.queue.opt_out(an_opt_out(world, lead_id), world.workflow)
    report = world.job()
    assert report.sent == 0
    assert world.lead(lead_id).status == statuses.UNSUBSCRIBED
    assert world.queue.waiting() == 0


def test_an_opt_out_that_comes_while_its_follow_up_is_claimed_stops_it(world: InboxWorld) -> None:
    lead_id = world.posts().lead_id
    world.job()
    world.passes(days=2)
    choice = an_opt_out(world, lead_id)
    world.front.after_claim = lambda: world.queue.opt_out(choice, world.workflow)
    assert world.job().sent == 0
    assert len(world.mails) == 1
    (released,) = world.events(lead_id, Kind.RELEASED)
    assert "opt-out" in released.detail


def test_while_opt_outs_may_wait_no_follow_up_leaves_but_first_responses_do(world: InboxWorld) -> None:
    old = world.posts("old@example.org").lead_id
    world.job()
    world.passes(days=2)
    world.posts("stuck@example.org")
    world.arrives("new@example.org")
    # The batch fails, everything else works.
    world.front.before_commit = lambda: fail_for(world, "stuck@example.org")
    report = world.job()
    assert report.sent == 1
    assert len(world.mails_to("new@example.org")) == 1
    assert "inbox" in world.lead(old).why
    assert any("inbox" in problem for problem in report.problems)


def fail_for(world: InboxWorld, email: str) -> None:
    batch = world.queue.next_batch()
    if batch and batch.composed and email in {lead.email for lead in batch.composed.changes.leads}:
        world.front.before_commit = lambda: None
        raise TrackerUnavailable("not this one")


def test_a_dry_run_leaves_the_inbox_as_it_is(world: InboxWorld) -> None:
    world.posts()
    assert run_job(world.ports, dry_run=True).would == ()
    assert (world.queue.waiting(), world.emails) == (1, [])


def test_leads_typed_by_nobody_and_drained_by_nobody_are_not_new(world: InboxWorld) -> None:
    world.posts("one@example.org")
    world.posts("two@example.org")
    assert world.job().new == 2
    world.passes(minutes=10)
    assert world.job().new == 0


AT = datetime(2026, 3, 24, 9, 0, 0, 123_456, tzinfo=UTC)
CELL = datetime.fromisoformat("2026-03-26 09:30")


A_LEAD = Lead("L-2", received=CELL, name="\ud800 \x00 👩‍🔧", mark=Mark("L-2", "New"), emails_sent=2)
A_ROW = RowChange("L-3", {"details": "=1+1", "last_contact": CELL}, {"next_follow_up": date(2026, 1, 2)})
CHANGES = Changes(
    leads=(A_LEAD,),
    events=(Event(AT, "L-2", Kind.RECEIVED, "received:h1", detail='{"=": "Lead"}'),),
    rows=(A_ROW,),
    suppress=(Suppression("b" * 64, "bounced", AT),),
    lift=("c" * 64,),
    control={"Sending": "ON"},
    typed=(Typed("L-2", "status", 1.5),),
)


@pytest.mark.parametrize(
    "value",
    [
        OptOut("L-2222222222", "a" * 64, AT, is_undone=True),
        Composed(CHANGES, {"L-2": Receipt("accepted", "L-2")}),
    ],
)
def test_what_the_inbox_holds_comes_back_as_it_was(value: object) -> None:
    text = to_json(value)
    assert text.isascii()
    assert from_json(text) == value


def test_text_of_a_later_version_is_read_as_far_as_it_is_known() -> None:
    text = to_json(OptOut("L-2222222222", "a" * 64, AT)).replace('{"=":"OptOut"', '{"=":"OptOut","new":1')
    assert from_json(text) == OptOut("L-2222222222", "a" * 64, AT)


def test_old_deliveries_are_forgotten(world: InboxWorld) -> None:
    world.posts(delivery="once")
    world.passes(days=40)
    world.posts("other@example.org")
    with world.queue.engine.connect() as connection:
        count = connection.exec_driver_sql("SELECT count(*) FROM inbox_deliveries").scalar()
    assert count == 1
