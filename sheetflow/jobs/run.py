"""One pass over the tracker: read, decide, send what is due, write down what changed."""

import secrets
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial

from sheetflow.errors import ConfigError, SheetflowError
from sheetflow.jobs.drain import Drained, describe_inbox, empty_inbox
from sheetflow.jobs.intake import new_lead_id
from sheetflow.jobs.mailbox import read_mailbox
from sheetflow.jobs.ports import Ports
from sheetflow.jobs.send import Due, Sending, record
from sheetflow.workflow import tracked
from sheetflow.workflow.adoption import adopt
from sheetflow.workflow.brakes import DAY, Brakes, blocked_why, clock_is_behind, limited, order, room
from sheetflow.workflow.decide import Send, decide
from sheetflow.workflow.events import Event, Kind, iso
from sheetflow.workflow.lead import RowChange
from sheetflow.workflow.report import report
from sheetflow.workflow.review import Review, review, row_of
from sheetflow.workflow.sequence import Workflow
from sheetflow.workflow.tracked import Changes, Only, Snapshot, join

LONGEST_RUN = timedelta(minutes=8)  # hosts end a scheduled job after ten


@dataclass(frozen=True)
class JobReport:
    """What one run did; `would` names lead and step of what a dry run would have sent."""

    sent: int = 0
    failed: int = 0
    unknown: int = 0
    held: int = 0  # leads that wait for a person since this run
    new: int = 0  # leads that arrived since the last run
    problems: tuple[str, ...] = ()
    would: tuple[tuple[str, str], ...] = ()


def run_job(ports: Ports, *, dry_run: bool = False) -> JobReport:
    """One pass over all leads. Raises TrackerUnavailable where the tracker can't be reached."""
    run, now = secrets.token_hex(4), ports.clock()
    drained, left = (Drained(), "") if dry_run else empty_inbox(ports)
    snapshot = ports.tracker.snapshot()
    arrived, unread = read_mailbox(snapshot, ports, now, run)
    snapshot = snapshot.after(arrived)
    brakes, blocked, problems = _find_brakes(snapshot, ports, now, left or unread)
    reviews = _review_all(snapshot, ports.workflow, now, run)
    queue, reviews = _choose(reviews, snapshot, ports.workflow, now, brakes)
    if dry_run:
        would = tuple((due.review.lead.id, due.send.step.name) for due in queue)
        return JobReport(problems=tuple(problems), would=would)
    adopted = adopt(snapshot, ports.workflow, now, new_lead_id)
    unrecorded = join((arrived, adopted, *(item.new for item in reviews)))
    stopped = Changes(suppress=unrecorded.suppress)
    sending = Sending(ports, run, snapshot.after(stopped), unrecorded, brakes)
    sending.send(queue, now + LONGEST_RUN)
    blocked = sending.blocked or blocked
    waiting, refused = describe_inbox(ports)
    problems += [*sending.problems, *refused]
    control = {
        **waiting,
        tracked.LAST_JOB: iso(ports.clock()),
        tracked.BLOCKED: blocked,
        tracked.PROBLEMS: " · ".join(problems),
    }
    rows = _rows(reviews, sending, ports)
    happened = snapshot.after(Changes(events=(*unrecorded.events, *sending.events)))
    numbers = partial(report, happened, ports.workflow, ports.clock())
    record(join((sending.unrecorded, Changes(rows=rows, control=control, report=numbers))), ports)
    done = _done(sending, arrived, reviews, snapshot, problems)
    by_hand = {event.lead_id for event in adopted.events}
    return replace(done, new=len(_new(snapshot) | drained.new | by_hand))


def run_first_responses(ports: Ports, lead_ids: Collection[str]) -> None:
    """Answers leads that have just arrived; everything else about them waits for the job.

    Raises TrackerUnavailable where the tracker can't be reached.
    """
    run, now = secrets.token_hex(4), ports.clock()
    snapshot = ports.tracker.snapshot(Only(frozenset(lead_ids), now - DAY))
    why = blocked_why(snapshot.control.get(tracked.BLOCKED, ""), now, ports.workflow)
    brakes = Brakes(snapshot.control.get(tracked.SENDING, ""), why)
    reviews = _review_all(snapshot, ports.workflow, now, run)
    queue, reviews = _choose(reviews, snapshot, ports.workflow, now, brakes)
    first = [due for due in queue if due.send.step == ports.workflow.first]
    sending = Sending(ports, run, snapshot, join(item.new for item in reviews), brakes)
    sending.send(first, now + LONGEST_RUN)
    rows = _rows(reviews, sending, ports)
    control = {tracked.BLOCKED: sending.blocked} if sending.blocked else {}
    record(join((sending.unrecorded, Changes(rows=rows, control=control))), ports)


def _find_brakes(
    snapshot: Snapshot, ports: Ports, now: datetime, unread: str
) -> tuple[Brakes, str, list[str]]:
    """What holds this run back, Control's line about it, and a sentence for each."""
    problems = list(snapshot.problems)
    line = snapshot.control.get(tracked.BLOCKED, "")
    if line.startswith(tracked.LOGIN_REFUSED):
        line = _try_login(ports)
    blocked = blocked_why(line, now, ports.workflow)
    if blocked:
        problems.append(f"Nothing is sent: {blocked}")
    follow_ups = unread
    if clock_is_behind(max((event.at for event in snapshot.events), default=None), now):
        follow_ups = "this computer's clock is behind the newest line of Activity: set it right."
    if follow_ups:
        problems.append(f"No follow-up is sent: {follow_ups}")
    return (
        Brakes(snapshot.control.get(tracked.SENDING, ""), blocked, follow_ups),
        line if blocked else "",
        problems,
    )


def _try_login(ports: Ports) -> str:
    """Control's line about a refused login: empty once it works again."""
    try:
        ports.transport.verify()
    except (ConfigError, SheetflowError) as error:
        return f"{tracked.LOGIN_REFUSED} {error}"
    return ""


def _review_all(snapshot: Snapshot, workflow: Workflow, now: datetime, run: str) -> list[Review]:
    events: dict[str, list[Event]] = defaultdict(list)
    for event in snapshot.events:
        events[event.lead_id].append(event)
    return [review(lead, events[lead.id], snapshot, workflow, now, run) for lead in snapshot.leads]


def _choose(
    reviews: Sequence[Review], snapshot: Snapshot, workflow: Workflow, now: datetime, brakes: Brakes
) -> tuple[list[Due], list[Review]]:
    """What goes out in this run, in its order; for all others the decision says why not."""
    by_lead = {item.lead.id: item.braked(brakes, workflow) for item in reviews}
    sends = [(key, item.decision) for key, item in by_lead.items() if isinstance(item.decision, Send)]
    ordered = order(sends, workflow)
    free = room(snapshot.sent_recently, workflow, now)
    for key, send in ordered[free:]:
        late = limited(send, snapshot.sent_recently, workflow, now)
        by_lead[key] = replace(by_lead[key], decision=late)
    queue = [Due(by_lead[key], send) for key, send in ordered[:free]]
    return queue, [by_lead[item.lead.id] for item in reviews]


def _rows(reviews: Sequence[Review], sending: Sending, ports: Ports) -> tuple[RowChange, ...]:
    """The rows of leads that no chunk has written, as this run leaves them."""
    now = ports.clock()
    left = (
        _as_of(now, item, ports.workflow).braked(sending.brakes, ports.workflow)
        for item in reviews
        if item.lead.id not in sending.handled
    )
    changes = (row_of(item, sending.snapshot, ports.workflow, now) for item in left)
    return tuple(change for change in changes if change)


def _as_of(now: datetime, item: Review, workflow: Workflow) -> Review:
    """What was to go out and hasn't may have to wait by now."""
    if not isinstance(item.decision, Send):
        return item
    return replace(item, decision=decide(item.lead, item.history, workflow, now))


def _done(
    sending: Sending,
    arrived: Changes,
    reviews: Sequence[Review],
    snapshot: Snapshot,
    problems: Sequence[str],
) -> JobReport:
    found = [event.kind for part in (arrived, *(item.new for item in reviews)) for event in part.events]
    return JobReport(
        sent=sending.sent,
        failed=sending.failed,
        unknown=sending.unknown + found.count(Kind.UNKNOWN),
        held=sending.held + found.count(Kind.HELD),
        problems=tuple(problems),
    )


def _new(snapshot: Snapshot) -> set[str]:
    """The leads that arrived since the last run."""
    since = snapshot.control.get(tracked.LAST_JOB, "")
    received = (event for event in snapshot.events if event.kind is Kind.RECEIVED)
    return {event.lead_id for event in received if iso(event.at) > since}
