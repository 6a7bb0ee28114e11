"""Claim a chunk, send it one by one, record it with the claims of the next."""

import logging
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from email.message import EmailMessage

from sheetflow.errors import SheetflowError, TrackerUnavailable
from sheetflow.jobs.ports import Ports, Session
from sheetflow.workflow.brakes import Brakes, blocked_why
from sheetflow.workflow.decide import Send, decide
from sheetflow.workflow.events import TEMPORARY, Claim, Event, Kind, event_id
from sheetflow.workflow.lead import Lead, cell_text
from sheetflow.workflow.outcome import Outcome, Result
from sheetflow.workflow.review import Review, review, row_of
from sheetflow.workflow.tracked import LOGIN_REFUSED, SALT, Changes, Granted, Snapshot, is_on, join

CHUNK_MESSAGES = 100
CHUNK_SECONDS = 30.0
CLAIM_LIVES = timedelta(minutes=2)  # a process sends only while its claim is younger
BLOCKED_FOR = timedelta(minutes=60)
RECORD_AGAIN = (1.0, 3.0, 10.0)  # seconds: an outcome that isn't recorded costs a person's time

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Due:
    """A lead whose step goes out now."""

    review: Review
    send: Send

    @property
    def lead(self) -> Lead:
        return self.review.lead

    @property
    def claim(self) -> Claim:
        return Claim(self.lead.id, self.send.step.name, self.send.attempt)


class Sending:
    """The sends of one run: what is due goes out, what couldn't go stays due.

    `unrecorded` is what the tracker doesn't hold yet; it goes in with the next claims, and what the last
    chunk leaves of it is for the caller to record. Leads in `handled` need no further row: this run has
    written theirs, or another process is at them.
    """

    def __init__(
        self, ports: Ports, run: str, snapshot: Snapshot, unrecorded: Changes, brakes: Brakes
    ) -> None:
        self.ports, self.run, self.snapshot, self.unrecorded = ports, run, snapshot, unrecorded
        self.brakes = brakes  # what holds back whatever is still due; grows as things go wrong
        self.sent = self.failed = self.unknown = self.held = 0
        self.handled: set[str] = set()
        self.blocked = ""  # why nothing more may leave, as Control holds it
        self.problems: list[str] = []
        self._events: dict[str, tuple[Event, ...]] = {}  # by lead: those of this run
        self._edited: set[str] = set()  # leads whose row was changed since it was read
        self._halted = False

    @property
    def events(self) -> list[Event]:
        """What this run did, recorded or not."""
        return [event for events in self._events.values() for event in events]

    def send(self, queue: Sequence[Due], until: datetime) -> None:
        """Works through the queue in its order. No chunk begins after `until` (aware)."""
        waiting = list(queue)
        each = max(self.ports.pause, CHUNK_SECONDS / CHUNK_MESSAGES)
        with self.ports.transport.session() as session:
            while waiting and not self._must_stop() and self.ports.clock() < until:
                size = max(1, min(CHUNK_MESSAGES, int(CHUNK_SECONDS / each)))
                chunk, waiting = waiting[:size], waiting[size:]
                chunk = [due for due in chunk if self._may_still_leave(due)]
                if not chunk:
                    continue
                started = time.monotonic()
                try:
                    self._send_chunk(chunk, session)
                except TrackerUnavailable as error:
                    self.problems.append(str(error))
                    break
                if self.ports.stopping():
                    self._hold_back("the program was asked to stop: the next run goes on.")
                self._write_rows(chunk)
                each = max(self.ports.pause, (time.monotonic() - started) / len(chunk), 0.001)

    def _may_still_leave(self, due: Due) -> bool:
        """A long run may outlast the hours in which mail leaves."""
        now = self.ports.clock()
        return isinstance(decide(due.lead, due.review.history, self.ports.workflow, now), Send)

    def _must_stop(self) -> bool:
        return self._halted or self.ports.stopping()

    def _send_chunk(self, chunk: Sequence[Due], session: Session) -> None:
        # Made before anything is claimed: a template's mistake costs no attempt.
        letters = [(due, letter) for due in chunk if (letter := self._compose(due))]
        granted = self._claim(letters)
        claimed_at = self.ports.clock()
        for number, (due, letter) in enumerate(letters):
            won = granted.get(due.claim)
            if won is None:
                continue  # another process has it, and writes its row
            if number and not self._must_stop():
                self.ports.sleep(self.ports.pause)
            refusal = self._why_not(won, due, claimed_at)
            if refusal:
                self._close(due, Kind.RELEASED, refusal)
                continue
            outcome = session.deliver(letter, due.lead.email.strip(), self._file_name(due))
            log.info("lead %s step %s: %s", due.lead.id, due.send.step.name, outcome.result)
            self._book(outcome, due, letter)

    def _compose(self, due: Due) -> EmailMessage | None:
        now, step = self.ports.clock(), due.send.step
        try:
            address = self.snapshot.hash_of(due.lead.email)
            return self.ports.compose(due.lead, due.review.history, step, now, address)
        except SheetflowError as error:
            held = event_id(Kind.HELD, due.lead.id, str(due.review.history.holds), step.name)
            why = f'{error}. Mend it, then set "New" or "Send again".'
            self._add(Event(now, due.lead.id, Kind.HELD, held, step.name, why, run=self.run))
            return None

    def _claim(self, letters: Sequence[tuple[Due, EmailMessage]]) -> dict[Claim, Granted]:
        now = self.ports.clock()
        claims = [
            due.claim.event(Kind.CLAIMED, now, self.run, message_id=str(letter["Message-ID"]))
            for due, letter in letters
        ]
        granted = {won.claim: won for won in self.ports.tracker.claim(claims, self.unrecorded)}
        self.unrecorded = Changes()
        for claim in claims:
            self.handled.add(claim.lead_id)
            if claim.claim in granted:
                self._note(claim)
        return granted

    def _why_not(self, won: Granted, due: Due, claimed_at: datetime) -> str:
        """Why a claim that was won must be given back unsent; empty where nothing speaks against it."""
        if not is_on(won.sending):
            self._halted = True
            self.brakes = replace(self.brakes, sending=won.sending)
            return "Sending on Control isn't ON any more."
        if self._must_stop():
            return "sending was stopped."
        if self.ports.clock() - claimed_at >= CLAIM_LIVES:
            return "sending took too long; it is claimed again."
        if self.snapshot.suppression(due.lead.email):
            return "this address has just been suppressed."  # by another row of this run
        changed = _changed(won, due.lead)
        if changed:
            self._edited.add(due.lead.id)
        return changed or self._opted_out(due)

    def _opted_out(self, due: Due) -> str:
        """What the inbox holds and the tracker doesn't yet; a first response answers an enquiry anyway."""
        if self.ports.inbox is None or due.send.step == self.ports.workflow.first:
            return ""
        try:
            choices = self.ports.inbox.opt_outs()
        except TrackerUnavailable as error:
            return f"it can't be seen who has opted out: {error}"
        salt = self.snapshot.control.get(SALT, "")
        own = [choice for choice in choices if choice.concerns(due.lead.id, due.lead.email, salt)]
        return "an opt-out has just come in." if own and not own[-1].is_undone else ""

    def _book(self, outcome: Outcome, due: Due, letter: EmailMessage) -> None:
        """What an outcome means for the lead, and whether the run goes on."""
        message_id = str(letter["Message-ID"])
        match outcome.result:
            case Result.SENT:
                self.sent += 1
                self._close(due, Kind.SENT, str(letter["Subject"]), message_id)
            case Result.UNKNOWN:
                self.unknown += 1
                self._close(due, Kind.UNKNOWN, outcome.detail, message_id)
            case Result.BOUNCED:
                self.failed += 1
                self._close(due, Kind.BOUNCED, outcome.detail, message_id)
                self._suppress(due.lead.email)
            case Result.FAILED:
                self.failed += 1
                self._close(due, Kind.FAILED, outcome.detail, message_id)
            case Result.TEMPORARY:
                self.failed += 1
                self._close(due, Kind.FAILED, TEMPORARY + outcome.detail, message_id)
            case Result.SERVER:
                self._close(due, Kind.RELEASED, outcome.detail)
                self._halt(f"the mail server can't take mail now: {outcome.detail}")
            case Result.BLOCKED:
                self._close(due, Kind.RELEASED, outcome.detail)
                until = self.ports.clock() + BLOCKED_FOR
                self._block(f"{until.isoformat(timespec='seconds')} {outcome.detail}")
            case Result.LOGIN:
                self._close(due, Kind.RELEASED, outcome.detail)
                self._block(f"{LOGIN_REFUSED} {outcome.detail}")

    def _block(self, line: str) -> None:
        self.blocked = line
        self._halt(blocked_why(line, self.ports.clock(), self.ports.workflow))

    def _halt(self, why: str) -> None:
        self._halted = True
        self.problems.append(f"Nothing more is sent: {why}")
        self._hold_back(why)

    def _hold_back(self, why: str) -> None:
        self.brakes = replace(self.brakes, blocked=why)

    def _suppress(self, email: str) -> None:
        line = self.snapshot.suppress(email, "bounced", self.ports.clock())
        changes = Changes(suppress=(line,))
        self.snapshot = self.snapshot.after(changes)
        self.unrecorded += changes

    def _write_rows(self, chunk: Sequence[Due]) -> None:
        """The rows of a chunk as they stand after it, to be recorded with its outcomes."""
        parts = [self.unrecorded]
        for due in chunk:
            new = self._events.get(due.lead.id)
            if due.lead.id in self._edited:
                continue  # the row says something else by now: the next run reads it
            if new:
                self.handled.add(due.lead.id)
                parts.append(self._row(due, new))
        self.unrecorded = join(parts)

    def _row(self, due: Due, new: tuple[Event, ...]) -> Changes:
        now, workflow = self.ports.clock(), self.ports.workflow
        after = review(due.lead, due.review.events + new, self.snapshot, workflow, now, self.run)
        after = after.braked(self.brakes, workflow)
        self.held += sum(1 for event in (*new, *after.new.events) if event.kind is Kind.HELD)
        has_sent = any(event.kind is Kind.SENT for event in new)
        row = row_of(after, self.snapshot, workflow, now, has_sent=has_sent)
        return after.new + Changes(rows=(row,) if row else ())

    def _close(self, due: Due, kind: Kind, detail: str, message_id: str = "") -> None:
        self._add(due.claim.event(kind, self.ports.clock(), self.run, detail, message_id))

    def _add(self, event: Event) -> None:
        self._note(event)
        self.unrecorded += Changes(events=(event,))

    def _note(self, event: Event) -> None:
        self._events[event.lead_id] = (*self._events.get(event.lead_id, ()), event)

    def _file_name(self, due: Due) -> str:
        return f"{self.ports.clock():%Y%m%dT%H%M%SZ}-{due.lead.id}-{due.send.step.name}.eml"


def record(changes: Changes, ports: Ports) -> None:
    """Commits, trying again for a while: events are idempotent, and a lost outcome costs a person's time.

    Raises TrackerUnavailable where that doesn't help.
    """
    for seconds in (*RECORD_AGAIN, None):
        try:
            return ports.tracker.commit(changes)
        except TrackerUnavailable:
            if seconds is None:
                raise
            ports.sleep(seconds)


def _changed(won: Granted, lead: Lead) -> str:
    """What a person did to the row since it was read."""
    if won.lead_id != lead.id:
        return "the row was deleted."
    for field in ("status", "next_follow_up", "email"):
        if cell_text(getattr(won, field)) != cell_text(getattr(lead, field)):
            return f"{field.replace('_', ' ').capitalize()} was changed in that moment."
    return ""
