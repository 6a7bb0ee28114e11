"""One pass: look at the Sheet, read the mailbox, decide, send what is due, write down what changed."""

import json
import logging
import secrets
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TypeVar

from sheetflow.errors import ConfigError, SheetflowError, SheetUnavailable
from sheetflow.jobs.mailbox import AWAY, BUSY, peek_mailbox, read_mailbox
from sheetflow.jobs.ports import Ports
from sheetflow.jobs.send import LOOK_LASTS, Sending
from sheetflow.ledger import state
from sheetflow.ledger.book import Book
from sheetflow.ledger.rows import time_of
from sheetflow.ledger.settling import keep, look
from sheetflow.workflow.brakes import (
    CLOCK_TOLERANCE,
    DAY,
    LOGIN_REFUSED,
    Brakes,
    blocked_until,
    blocked_why,
    clock_is_behind,
    limited,
    order,
    room,
)
from sheetflow.workflow.decide import Send, moment
from sheetflow.workflow.drafts import waits_until
from sheetflow.workflow.events import Kind, iso
from sheetflow.workflow.review import Review, review

LONGEST_RUN = timedelta(minutes=8)  # hosts end a scheduled job after ten
LAST_ON = timedelta(minutes=60)  # how long first responses go on after the last ON that was read
AT_ONCE = 200  # leads decided about in one transaction: a webhook waits no longer than that takes

JOBS_KEPT = 6  # from which it is seen how often the job is meant to run

Item = TypeVar("Item")

log = logging.getLogger(__name__)


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
    """One pass over whatever may be due. Raises LedgerUnavailable if the ledger can't be reached."""
    if dry_run:
        return _Run(ports).dry()
    done = _Run(ports).job()
    if not (done.problems or ports.stopping()):
        ports.beat()
    return done


def run_first_responses(ports: Ports, lead_ids: Collection[str]) -> dict[str, datetime]:
    """Answers leads that have just arrived, from the ledger alone; the job does everything else.

    Gives back which of them wait for a person to read their answer, and until when. Raises LedgerUnavailable
    if the ledger can't be reached.
    """
    return _Run(ports).first_responses(lead_ids)


class _Run:
    def __init__(self, ports: Ports) -> None:
        self.ports, self.workflow = ports, ports.workflow
        self.id, self.now = secrets.token_hex(4), ports.clock()
        self.problems: list[str] = []
        self.broken: dict[str, str] = {}  # in words, by kind; what this run knows nothing of stays out
        self.closed = ""  # why follow-ups can't leave in this run
        self.looked_at = datetime.min.replace(tzinfo=self.now.tzinfo)
        self.unknown = self.held = 0

    def job(self) -> JobReport:
        self.ports.progress("reading the Sheet", 0, 0)
        brakes = self._look(whole=True)
        self.ports.progress("reading replies", 0, 0)
        mail = read_mailbox(self.ports, self.now, self.id)
        self.held = mail.held
        for sentence in mail.aside:
            self._say(sentence)
        blocked = self._try_login()
        if blocked:
            self._say(f"Nothing is sent: {blocked}")
        if mail.unread != BUSY:
            self.broken["mailbox"] = mail.unread if mail.unread.startswith(AWAY) else ""
        self.broken["clock"] = self._why_clock()
        for why in filter(None, (mail.unread, self.broken["clock"])):
            self.closed = self.closed or why
            if why != BUSY:  # two jobs at once are nothing to mend
                self._say(f"No follow-up is sent: {why}")
        brakes = self._brakes(brakes.sending)
        self.ports.progress("deciding", 0, 0)
        new, queue, free = self._decide(brakes)
        sending = Sending(self.ports, self.id, brakes, self._look_again)
        sending.send(queue, self.now + LONGEST_RUN, free)
        if not self.ports.stopping():
            self.ports.tell()
        self._finish(queue, sending)
        return JobReport(
            sending.sent,
            sending.failed,
            sending.unknown + self.unknown,
            sending.held + self.held,
            new,
            tuple(self.problems),
        )

    def dry(self) -> JobReport:
        """From what the ledger and the mailbox hold; nothing is written anywhere."""
        self.closed, arrived = peek_mailbox(self.ports, self.now, self.id)
        with self.ports.ledger.reading() as book:
            brakes, sent = self._brakes(book.get(state.SENDING), book), book.sent_since(self.now - DAY)
            asleep_since = time_of(book.get(state.LAST_JOB))
            due = book.all_there() if book.is_configured_anew else book.to_look_at(self.now)
            ids = [*due, *(event.lead_id for event in arrived)]
            reviews = []
            for case in book.cases(dict.fromkeys(ids)):
                new = tuple(event for event in arrived if event.lead_id == case.lead.id)
                case = replace(case, events=case.events + new)
                found = review(case, self.workflow, self.now, asleep_since)
                reviews.append(found.braked(brakes, self.workflow))
            addresses = {found.lead.id: book.hash_of(found.lead.email) for found in reviews}
        queue = self._queue(reviews)
        would: list[tuple[str, str]] = []
        free = room(sent, self.workflow, self.now)
        problems = [self.closed] if self.closed else []
        for found, send in queue:
            if len(would) == free:
                break
            try:
                self.ports.compose(found.lead, found.history, send.step, self.now, addresses[found.lead.id])
                would.append((found.lead.id, send.step.name))
            except SheetflowError as error:
                problems.append(f"{found.lead.id} {send.step.name}: {error}")
        return JobReport(problems=tuple(problems), would=tuple(would))

    def first_responses(self, lead_ids: Collection[str]) -> dict[str, datetime]:
        self.ports.advise(lead_ids, self.id)
        with self.ports.ledger.writing() as book:
            brakes = self._brakes(self._last_word(book), book)
            reviews = look(book, lead_ids, self.now)
            reviews = [found.braked(brakes, self.workflow) for found in reviews]
            queue = self._queue(reviews)
            free = room(book.sent_since(self.now - DAY), self.workflow, self.now)
            for found in reviews:
                if not isinstance(found.decision, Send):
                    keep(book, found)
        first = [found.lead.id for found, send in queue if send.step == self.workflow.first]
        sending = Sending(self.ports, self.id, brakes, None)
        sending.send(first, self.now + LONGEST_RUN, free)
        self._keep_left(first, sending.brakes)
        waiting = {found.lead.id: waits_until(found.history, self.workflow, self.now) for found in reviews}
        return {lead_id: until for lead_id, until in waiting.items() if until}

    def _look(self, *, whole: bool) -> Brakes:
        """What the Sheet says. If it can't be read, first responses go on for a while, follow-ups don't."""
        try:
            looked = self.ports.sheet.look(whole=whole)
        except SheetUnavailable as error:
            self.closed = f"the Sheet can't be read: {error}"
            self._say(f"No follow-up is sent: {self.closed}")
            self.broken["sheet"] = self.closed
            with self.ports.ledger.reading() as book:
                return self._brakes(self._last_word(book), book)
        self.looked_at = self.ports.clock()
        for problem in looked.problems:
            self._say(problem)
        self.broken["sheet"] = looked.closed or looked.follow_ups
        self.closed = self.closed or looked.follow_ups
        if looked.clock and abs(looked.clock - self.looked_at) > CLOCK_TOLERANCE:
            self.closed = "this computer's clock is more than 5 minutes away from Google's: set it right."
            self._say(f"No follow-up is sent: {self.closed}")
        brakes = self._brakes(looked.sending)
        return replace(brakes, blocked=looked.closed) if looked.closed else brakes

    def _look_again(self) -> Brakes:
        if self.ports.clock() - self.looked_at > LOOK_LASTS:
            self.brakes = self._look(whole=False)
        return self.brakes

    def _last_word(self, book: Book) -> str:
        """The word on Control as far as it is known: an ON that was read too long ago is none."""
        if not self.ports.sheet.is_connected:
            return book.get(state.SENDING)
        read = time_of(book.get(state.SENDING_READ))
        is_known = read is not None and self.now - read <= LAST_ON
        return book.get(state.SENDING) if is_known else "not known"

    def _brakes(self, sending: str, book: Book | None = None) -> Brakes:
        if book is None:
            with self.ports.ledger.reading() as book:
                return self._brakes(sending, book)
        line = book.get(state.BLOCKED)
        blocked = blocked_why(line, self.ports.clock(), self.workflow)
        closed = book.get(state.CLOSED) if self.ports.sheet.is_connected else ""
        until = blocked_until(line) if blocked else None
        self.brakes = Brakes(sending, blocked or closed, self.closed, until)
        return self.brakes

    def _why_clock(self) -> str:
        with self.ports.ledger.reading() as book:
            newest, time = book.newest(), book.time()
        if newest and clock_is_behind(newest, self.now):
            said = moment(newest, self.workflow)
            return f"this computer's clock is behind the newest event, of {said}: set it right."
        if abs(time - self.ports.clock()) > CLOCK_TOLERANCE:
            return "this computer's clock is more than 5 minutes away from the database's: set it right."
        return ""

    def _try_login(self) -> str:
        """Why the mail server takes nothing from this account now; a refused login is tried again."""
        with self.ports.ledger.reading() as book:
            line = book.get(state.BLOCKED)
        if line.startswith(LOGIN_REFUSED):
            try:
                self.ports.transport.verify()
                line = ""
            except (ConfigError, SheetflowError) as error:
                line = f"{LOGIN_REFUSED} {error}"
        why = blocked_why(line, self.now, self.workflow)
        with self.ports.ledger.writing() as book:
            book.put(state.BLOCKED, line if why else "")
        return why

    def _decide(self, brakes: Brakes) -> tuple[int, list[str], int]:
        """How many leads came since the last run; whose step is due, in their order; how many may leave."""
        with self.ports.ledger.writing() as book:
            if book.is_configured_anew:
                book.look_at_all(self.now)
                book.put(state.CONFIGURATION, self.workflow.fingerprint)
            asleep_since = time_of(book.get(state.LAST_JOB))
            new = book.count_received_since(asleep_since)
            ids, sent = book.to_look_at(self.now), book.sent_since(self.now - DAY)
        reviews: list[Review] = []
        for part in _parts(ids):
            reviews += self._review(part, brakes, asleep_since)
        queue = [found.lead.id for found, _ in self._queue(reviews)]
        return new, queue, room(sent, self.workflow, self.now)

    def _review(self, lead_ids: Sequence[str], brakes: Brakes, asleep_since: datetime | None) -> list[Review]:
        """Those that are to go out; the others are kept as they are decided."""
        due = []
        with self.ports.ledger.writing() as book:
            reviews = look(book, lead_ids, self.now, asleep_since)
            for reviewed in reviews:
                found = reviewed.braked(brakes, self.workflow)
                self.unknown += sum(event.kind is Kind.UNKNOWN for event in found.new)
                self.held += any(event.kind is Kind.HELD for event in found.new)
                if isinstance(found.decision, Send):
                    due.append(found)
                else:
                    keep(book, found)
        for lead_id in set(lead_ids) - {found.lead.id for found in reviews}:
            self._say(f"{lead_id} can't be decided about and gets nothing: the log says why.")
        return due

    def _queue(self, reviews: Sequence[Review]) -> list[tuple[Review, Send]]:
        """What is due, in its order."""
        by_lead = {found.lead.id: found for found in reviews}
        sends = [(found.lead.id, found.decision) for found in reviews if isinstance(found.decision, Send)]
        refused = {found.lead.id for found in reviews if found.was_refused}
        return [(by_lead[lead_id], send) for lead_id, send in order(sends, refused, self.workflow)]

    def _finish(self, queue: Sequence[str], sending: Sending) -> None:
        """What didn't go out says why; then the Sheet gets what is left, and the numbers."""
        self.ports.progress("writing", 0, 0)
        self.problems += sending.problems
        brakes = sending.brakes
        if self.ports.stopping():
            why = "the program was asked to stop: the next run goes on."
            brakes = replace(brakes, blocked=why, until=None)
        self._keep_left(queue, brakes)
        with self.ports.ledger.writing() as book:
            ended = iso(self.ports.clock())
            book.put(state.LAST_JOB, ended)
            book.put(state.JOBS, " ".join([*book.get(state.JOBS).split(), ended][-JOBS_KEPT:]))
            known = json.loads(book.get(state.BROKEN) or "{}")
            book.put(state.BROKEN, json.dumps({**known, **self.broken}))
            book.put(state.PROBLEMS, "\n".join(dict.fromkeys(self.problems)))
        try:
            self.ports.sheet.write(numbers=True)
        except SheetUnavailable as error:
            self._say(f"The Sheet can't be written: {error}")
        if not self.ports.stopping():
            self.ports.brief()

    def _keep_left(self, queue: Collection[str], brakes: Brakes) -> None:
        """Whoever is due and got nothing: held back by something, or by the daily limit."""
        due = set(queue)
        with self.ports.ledger.reading() as book:
            left = [lead_id for lead_id in book.to_look_at(self.now) if lead_id in due]
            sent = book.sent_since(self.now - DAY)
        now = self.ports.clock()
        for part in _parts(left):
            with self.ports.ledger.writing() as book:
                for found in look(book, part, now):
                    found = found.braked(brakes, self.workflow)
                    if isinstance(found.decision, Send) and not room(sent, self.workflow, now):
                        late = limited(found.decision, sent, self.workflow, now)
                        found = replace(found, decision=late)
                    keep(book, found)

    def _say(self, problem: str) -> None:
        if problem not in self.problems:
            self.problems.append(problem)


def _parts(items: Sequence[Item]) -> Iterator[Sequence[Item]]:
    for at in range(0, len(items), AT_ONCE):
        yield items[at : at + AT_ONCE]
