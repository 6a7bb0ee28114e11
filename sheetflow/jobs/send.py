"""Claim a chunk, send it one by one, record each outcome at once."""

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from email.message import EmailMessage
from types import MappingProxyType

from sheetflow.errors import LedgerUnavailable, SheetflowError, SheetUnavailable
from sheetflow.jobs.ports import Ports, Session
from sheetflow.ledger import state
from sheetflow.ledger.book import Book
from sheetflow.ledger.rows import time_of
from sheetflow.ledger.settling import settle
from sheetflow.workflow.brakes import DAY, LOGIN_REFUSED, Brakes, blocked_until, blocked_why
from sheetflow.workflow.decide import Send, moment
from sheetflow.workflow.details import sent_detail
from sheetflow.workflow.events import REFUSED, TEMPORARY, Claim, Event, Kind, event_id, iso
from sheetflow.workflow.outcome import Outcome, Result
from sheetflow.workflow.review import CLAIM_EXPIRES, Case, Review, review
from sheetflow.workflow.streak import Streak

CHUNK_MESSAGES = 100
CHUNK_SECONDS = 30.0
CLAIM_LIVES = timedelta(minutes=2)  # a process sends only while its claim is younger
LOOK_LASTS = timedelta(seconds=5)  # how old a look at the Sheet may be when a chunk is claimed
BLOCKED_FOR = timedelta(minutes=60)
RECORD_AGAIN = (1.0, 3.0, 10.0)  # seconds: an outcome that isn't recorded costs a person's time

_OF_OWNERS = (Kind.NOTIFIED, Kind.SLA_MISSED)
_RESULTS = {Kind.SENT: Result.SENT, Kind.BOUNCED: Result.BOUNCED, Kind.RELEASED: Result.SERVER}

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Due:
    """A lead whose step goes out now, and the message, made before anything is claimed."""

    case: Case
    send: Send
    letter: EmailMessage

    @property
    def claim(self) -> Claim:
        return Claim(self.case.lead.id, self.send.step.name, self.send.attempt)


class Sending:
    """The sends of one run: what is due goes out, what can't go stays due.

    `look` looks at the Sheet before a chunk, and gives back what holds back sending since.
    """

    def __init__(self, ports: Ports, run: str, brakes: Brakes, look: Callable[[], Brakes] | None) -> None:
        self.ports, self.run, self.brakes = ports, run, brakes
        self.sent = self.failed = self.unknown = self.held = 0
        self.problems: list[str] = []
        self._look = look
        self._halted = False
        self._queued = 0  # how many are to go out

    def send(self, queue: Sequence[str], until: datetime, room: int) -> None:
        """Works through the leads in their order, until so many messages have left.

        No chunk begins after `until` (aware). If a message can't be made, the next lead takes its place.
        """
        waiting, last = list(queue), self.sent + room
        self._queued = min(len(queue), room)
        pause = self.ports.workflow.sending.pause
        size = max(1, min(CHUNK_MESSAGES, int(CHUNK_SECONDS / pause) if pause else CHUNK_MESSAGES))
        with self.ports.transport.session() as session:
            while waiting and self.sent < last and not self._must_stop() and self.ports.clock() < until:
                now = min(size, last - self.sent)
                chunk, waiting = waiting[:now], waiting[now:]
                if self._look:
                    self.brakes = self._look()
                self._send_chunk(chunk, session)
                if self._look:
                    self._write()

    def _must_stop(self) -> bool:
        return self._halted or self.ports.stopping()

    def _send_chunk(self, lead_ids: Sequence[str], session: Session) -> None:
        claimed = self._claim(self._compose_all(lead_ids))
        claimed_at = self.ports.clock()
        for due in claimed:
            refusal = self._why_not(due, claimed_at)
            if refusal:
                self._close(due, Kind.RELEASED, refusal)
                continue
            address = due.case.lead.email.strip()
            outcome = session.deliver(due.letter, address, self._file_name(due))
            log.info("lead %s step %s: %s", due.claim.lead_id, due.claim.step, outcome.result)
            self._book(outcome, due)
            self.ports.progress("sending", self.sent + self.failed + self.unknown, self._queued)

    def _compose_all(self, lead_ids: Sequence[str]) -> list[Due]:
        with self.ports.ledger.reading() as book:
            cases, now = book.cases(lead_ids), self.ports.clock()
            addresses = {case.lead.id: book.hash_of(case.lead.email) for case in cases}
        in_order = sorted(cases, key=lambda case: lead_ids.index(case.lead.id))
        workflow = self.ports.workflow
        reviews = (review(case, workflow, now).braked(self.brakes, workflow) for case in in_order)
        return [due for found in reviews if (due := self._compose(found, now, addresses[found.lead.id]))]

    def _compose(self, found: Review, now: datetime, address: str) -> Due | None:
        if not isinstance(found.decision, Send):
            return None  # somebody has done something to it since it was chosen
        step = found.decision.step
        try:
            letter = self.ports.compose(found.lead, found.history, step, now, address)
        except SheetflowError as error:
            name = event_id(Kind.HELD, found.lead.id, str(found.history.holds), step.name)
            at = found.history.stamp(now)
            held = Event(at, found.lead.id, Kind.HELD, name, step.name, held_because(error), run=self.run)
            self._record(lambda book: book.record([held]), found.lead.id)
            self.held += 1
            return None
        return Due(found.case, found.decision, letter)

    def _claim(self, chunk: Sequence[Due]) -> list[Due]:
        """Those that this process alone may send. A commit that wasn't answered is looked up."""
        try:
            return self._try_to_claim(chunk)
        except LedgerUnavailable:
            # In its turn behind that commit, whatever became of it.
            with self.ports.ledger.writing() as book:
                found = book.events([due.claim.lead_id for due in chunk])
            ours = {event.id for events in found.values() for event in events if event.run == self.run}
            return [due for due in chunk if due.claim.id() in ours]

    def _try_to_claim(self, chunk: Sequence[Due]) -> list[Due]:
        """A lead that has changed meanwhile isn't claimed."""
        with self.ports.ledger.writing() as book:
            cases = {case.lead.id: case for case in book.cases([due.case.lead.id for due in chunk])}
            won = []
            for due in chunk:
                if _is_as_composed(cases.get(due.case.lead.id), due) and self._win(book, due):
                    won.append(due)
        return won

    def _win(self, book: Book, due: Due) -> bool:
        if not book.claim(due.claim, self.run, str(due.letter["Message-ID"])):
            return False
        # If this process dies, somebody must find the claim.
        book.change(due.claim.lead_id, {"look_at": iso(book.time() + CLAIM_EXPIRES)})
        return True

    def _why_not(self, due: Due, claimed_at: datetime) -> str:
        """Waits for its turn; why the claim must be given back unsent then, empty if it needn't."""
        if self._must_stop():
            return "sending was stopped."
        try:
            self._wait_for_turn()
            with self.ports.ledger.reading() as book:
                case = book.case(due.claim.lead_id)
        except LedgerUnavailable as error:
            self._halt(str(error))
            return "the ledger couldn't be asked whether it may still leave."
        if self._must_stop():
            return "sending was stopped."
        if self.ports.clock() - claimed_at >= CLAIM_LIVES:
            return "sending took too long; it is claimed again."
        return "" if case and _is_as_claimed(case, due) else "something happened to the lead in that moment."

    def _wait_for_turn(self) -> None:
        """The pace is the account's, over all processes."""
        pause = self.ports.workflow.sending.pause
        if not pause:
            return
        with self.ports.ledger.writing() as book:
            wait = book.take_turn(pause)
        if wait:
            self.ports.sleep(wait)

    def _book(self, outcome: Outcome, due: Due) -> None:
        """What an outcome means for the lead, and whether the run goes on."""
        match outcome.result:
            case Result.SENT:
                self.sent += 1
                subject = str(due.letter["Subject"])
                is_try_out = self.ports.workflow.sending.is_try_out
                detail = sent_detail(subject, is_try_out=is_try_out)
                self._close(due, Kind.SENT, detail, {state.SERVER_AWAY: ""}, outcome.server_id)
            case Result.UNKNOWN:
                self.unknown += 1
                self._close(due, Kind.UNKNOWN, outcome.detail)
            case Result.BOUNCED:
                self.failed += 1
                self._close(due, Kind.BOUNCED, outcome.detail)
            case Result.FAILED:
                self.failed += 1
                self._close(due, Kind.FAILED, outcome.detail)
            case Result.TEMPORARY:
                self.failed += 1
                self._close(due, Kind.FAILED, TEMPORARY + outcome.detail)
            case Result.SERVER:
                self._server_away(due, outcome)
            case Result.BLOCKED:
                until = self.ports.clock() + BLOCKED_FOR
                self._block(due, outcome, f"{iso(until)} {outcome.detail}")
            case Result.LOGIN:
                self._block(due, outcome, f"{LOGIN_REFUSED} {outcome.detail}")

    def _block(self, due: Due, outcome: Outcome, line: str) -> None:
        self._halt_account(line)
        self._close(due, Kind.RELEASED, REFUSED + outcome.detail, {state.BLOCKED: line})

    def _server_away(self, due: Due, outcome: Outcome) -> None:
        with self.ports.ledger.reading() as book:
            since = time_of(book.get(state.SERVER_AWAY)) or self.ports.clock()
        at = moment(since, self.ports.workflow)
        self._halt(f"the mail server has taken no mail since {at}: {outcome.detail}")
        self._close(due, Kind.RELEASED, REFUSED + outcome.detail, {state.SERVER_AWAY: iso(since)})

    def _halt_account(self, line: str) -> None:
        self._halt(blocked_why(line, self.ports.clock(), self.ports.workflow), blocked_until(line))

    def _halt(self, why: str, until: datetime | None = None) -> None:
        self._halted = True
        self.problems.append(f"Nothing more is sent: {why}")
        self.brakes = replace(self.brakes, blocked=why, until=until)

    def _close(
        self,
        due: Due,
        kind: Kind,
        detail: str,
        remember: Mapping[str, str] = MappingProxyType({}),
        server_id: str = "",
    ) -> None:
        """Records what became of a claim, with all that hangs on it, in one transaction."""
        message_id = str(due.letter["Message-ID"]) if kind is not Kind.RELEASED else ""
        outcome = due.claim.event(kind, self.ports.clock(), self.run, detail, message_id)

        def record(book: Book) -> None:
            book.close(outcome, server_id)
            if kind is Kind.BOUNCED:
                hashed = book.hash_of(due.case.lead.email)
                book.suppress(hashed, "bounced", outcome.at, due.claim.lead_id)
            for name, value in remember.items():
                book.put(name, value)
            if kind is Kind.FAILED and (line := self._blame_account(book, outcome)):
                book.put(state.BLOCKED, line)

        self._record(record, due.claim.lead_id)

    def _blame_account(self, book: Book, outcome: Event) -> str:
        """Gives back what was refused alike three times in a row; then the line about blocked sending."""
        streak: Streak[Claim] = Streak()
        for event in book.outcomes_since(outcome.at - DAY):
            streak = streak.after(event.lead_id, _as_outcome(event), event.claim)
        if not streak.is_accounts:
            return ""
        said = outcome.detail.removeprefix(TEMPORARY)
        for lead_id, claim in streak.tries:
            book.close(claim.event(Kind.RELEASED, outcome.at, self.run, REFUSED + said))
            if lead_id != outcome.lead_id:
                settle(book, [lead_id], self.ports.clock(), self.brakes)
        line = f"{iso(self.ports.clock() + BLOCKED_FOR)} {said}"
        self._halt_account(line)
        return line

    def _record(self, record: Callable[[Book], object], lead_id: str) -> None:
        """Tries again for a while: an outcome that is lost costs a person's time, never a second message."""
        for seconds in (*RECORD_AGAIN, None):
            try:
                with self.ports.ledger.writing() as book:
                    record(book)
                    [found] = settle(book, [lead_id], self.ports.clock(), self.brakes)
            except LedgerUnavailable as error:
                if seconds is None:
                    return self._halt(str(error))
                self.ports.sleep(seconds)
            else:
                self.held += any(event.kind is Kind.HELD for event in found.new)
                return

    def _write(self) -> None:
        try:
            self.ports.sheet.write()
        except SheetUnavailable as error:
            log.warning("the Sheet follows with a later write: %s", error)

    def _file_name(self, due: Due) -> str:
        return f"{self.ports.clock():%Y%m%dT%H%M%SZ}-{due.claim.lead_id}-{due.claim.step}.eml"


def held_because(error: SheetflowError) -> str:
    """Why a lead waits whose message can't be made."""
    return f'{error}. Mend it, then set "New" or "Send again".'


def _as_outcome(event: Event) -> Outcome:
    """An outcome as it is told when it comes, from the event that records it."""
    if event.kind is not Kind.FAILED:
        return Outcome(_RESULTS.get(event.kind, Result.UNKNOWN))
    result = Result.TEMPORARY if event.detail.startswith(TEMPORARY) else Result.FAILED
    return Outcome(result, event.detail.removeprefix(TEMPORARY))


def _is_as_claimed(case: Case, due: Due) -> bool:
    """Whether nothing but the claim has come to the lead."""
    claim = due.claim.id()
    return _is_as_composed(replace(case, events=tuple(one for one in case.events if one.id != claim)), due)


def _is_as_composed(case: Case | None, due: Due) -> bool:
    """Whether nothing has come to the lead; what its owner was told of it is no news for a message."""
    return case is not None and _for_sending(case) == _for_sending(due.case)


def _for_sending(case: Case) -> Case:
    return replace(case, events=tuple(one for one in case.events if one.kind not in _OF_OWNERS))
