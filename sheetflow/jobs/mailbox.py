"""Reads the mailbox at the start of a run: what came in becomes events, suppressions and the new cursor."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from sheetflow.errors import MailboxUnavailable
from sheetflow.jobs.effects import Effects
from sheetflow.jobs.ports import Ports
from sheetflow.replies.incoming import parse
from sheetflow.workflow import tracked
from sheetflow.workflow.events import Claim, Event, Kind, iso
from sheetflow.workflow.history import Attempt, History, fold
from sheetflow.workflow.tracked import Changes, Snapshot

LOOK_BACK = timedelta(days=60)  # how far a mailbox is read where it isn't known what has been read
MARGIN = timedelta(days=1)  # a server dates mails in a zone of its own
ABSENT_AFTER = timedelta(minutes=15)  # what isn't in Sent by then won't come
WITNESSES = 3  # messages that left: one of them in Sent shows that the server keeps them there


def read_mailbox(snapshot: Snapshot, ports: Ports, now: datetime, run: str) -> tuple[Changes, str]:
    """What came in, and why no follow-up may leave: empty where all has been read."""
    effects = Effects(snapshot, ports.workflow, ports.mailbox.addresses, now, run)
    cursor = snapshot.control.get(tracked.CURSOR, "")
    try:
        reading = ports.mailbox.read(cursor, _since(snapshot, now), effects.take)
        if not reading.cursor:
            return Changes(control={tracked.LAST_MAILBOX: reading.decision}), ""
        settled = _settle(snapshot, ports, now, run)
    except MailboxUnavailable as error:
        # What was read counts; without a new cursor it is read again, and its events are known by then.
        return effects.changes, f"replies can't be read: {error}"
    control = {tracked.CURSOR: reading.cursor}
    if reading.left:
        unread = f"replies are being read, {reading.left} mails are left for the next runs."
        return effects.changes + Changes(events=settled, control=control), unread
    control[tracked.LAST_MAILBOX] = iso(now)
    return effects.changes + Changes(events=settled, control=control), ""


def _since(snapshot: Snapshot, now: datetime) -> date:
    """The day of the oldest message that an answer may still come to."""
    sent = (event.at for event in snapshot.events if event.kind in (Kind.CLAIMED, Kind.SENT))
    return (max(min(sent, default=now), now - LOOK_BACK) - MARGIN).date()


def _settle(snapshot: Snapshot, ports: Ports, now: datetime, run: str) -> tuple[Event, ...]:
    """What Sent says of messages that nobody knows whether they left."""
    unknown = list(_unknown(snapshot, ports))
    if not unknown:
        return ()
    sent = [event for event in snapshot.events if event.kind is Kind.SENT and event.message_id]
    witnesses = {event.message_id for event in sent[-WITNESSES:]}
    found = ports.mailbox.holds({*witnesses, *(message_id for _, _, _, message_id in unknown)})
    settled: list[Event] = []
    for lead_id, history, attempt, message_id in unknown:
        claim, at = Claim(lead_id, attempt.step, attempt.number), attempt.at or attempt.claimed_at
        if message_id in found:
            subject = parse(found[message_id]).subject
            settled.append(claim.event(Kind.SENT, at, run, subject, message_id))
        elif _may_try_again(attempt, history, ports) and witnesses & set(found) and now - at >= ABSENT_AFTER:
            why = "it isn't in the mailbox's Sent folder, so it didn't leave."
            settled.append(claim.event(Kind.RELEASED, history.stamp(now), run, why))
    return tuple(settled)


def _may_try_again(attempt: Attempt, history: History, ports: Ports) -> bool:
    """Whether the business lets a message that isn't in Sent go out again without being asked."""
    is_taken_as_sent = attempt.step in history.done
    return ports.workflow.sending.resend_unknown and not is_taken_as_sent


def _unknown(snapshot: Snapshot, ports: Ports) -> Iterator[tuple[str, History, Attempt, str]]:
    """The last attempt at each step where its outcome isn't known, and the Message-ID it carried."""
    events: dict[str, list[Event]] = {
        event.lead_id: [] for event in snapshot.events if event.kind is Kind.UNKNOWN
    }
    for event in snapshot.events:
        if event.lead_id in events:
            events[event.lead_id].append(event)
    for lead_id, known in events.items():
        history = fold(known, ports.workflow)
        carried = {event.claim: event.message_id for event in known if event.attempt and event.message_id}
        for step in history.attempts:
            last = history.last_attempt(step)
            if last is None or last.outcome is not Kind.UNKNOWN:
                continue
            if message_id := carried.get(Claim(lead_id, step, last.number)):
                yield lead_id, history, last, message_id
