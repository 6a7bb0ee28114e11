"""Owners are told of their leads at once, each time once; and of leads that nobody has answered in time."""

import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import EmailMessage
from typing import Protocol

from sheetflow.jobs.alerts import deliver
from sheetflow.jobs.pace import wait_for_turn
from sheetflow.jobs.ports import Clock, Sleep, Transport
from sheetflow.ledger import state
from sheetflow.ledger.book import Book
from sheetflow.ledger.ledger import Ledger
from sheetflow.ledger.settling import settle
from sheetflow.ledger.telling import news_since, told_since, unanswered
from sheetflow.ledger.turns import pass_turn, turns
from sheetflow.workflow import statuses
from sheetflow.workflow.brakes import blocked_why
from sheetflow.workflow.buttons import ALWAYS, LABELS, OF_DRAFT, Press
from sheetflow.workflow.details import split_word
from sheetflow.workflow.drafts import waits_until
from sheetflow.workflow.events import Event, Kind, event_id
from sheetflow.workflow.history import History, fold
from sheetflow.workflow.lead import Lead
from sheetflow.workflow.notice import Told, notice_of
from sheetflow.workflow.promise import answer_by, missed
from sheetflow.workflow.review import Case
from sheetflow.workflow.routing import find_owner
from sheetflow.workflow.sequence import Workflow
from sheetflow.workflow.statuses import canonical

NEWS = timedelta(hours=24)  # what is older isn't told any more
PROMISED = timedelta(days=7)  # nor is anybody reminded of an older lead
ANSWERED = timedelta(seconds=15)  # within which a first response leaves: it is told of too
BURST, MOST = timedelta(minutes=10), 10
ATTEMPTS, AGAIN = 3, timedelta(minutes=5)
_FAILED = "failed: "
_QUIET = frozenset({statuses.TEST, statuses.PAUSED})  # a test, an import, a row typed by hand
_OVER = statuses.STOPPED | {statuses.PAUSED}

log = logging.getLogger(__name__)


class Channels(Protocol):
    def tell(self, urls: Sequence[str], title: str, body: str) -> list[str]:
        """A sentence for each that failed; never raises."""


class Desk(Protocol):
    """What owners read: their mail, and what stands in a channel."""

    def mail(
        self, told: Sequence[Told], failed: Sequence[str], to: tuple[str, str], now: datetime
    ) -> EmailMessage: ...

    def text(self, told: Sequence[Told]) -> tuple[str, str]:
        """Title and body."""


@dataclass(frozen=True)
class Reader:
    """Whom a notice is for: an owner, or the business by its own address."""

    name: str
    email: str
    channels: tuple[str, ...]


@dataclass(frozen=True)
class Claimed:
    """A notice that this process alone sends; `event` says so in the ledger before anything leaves."""

    about: Event
    attempt: int
    event: Event
    case: Case
    reader: Reader

    @property
    def late(self) -> str:
        note = split_word(self.about.detail)[1]
        return f"{note[0].upper()}{note[1:]}" if self.about.kind is Kind.SLA_MISSED and note else ""

    def outcome(self, detail: str, at: datetime) -> Event:
        name = _notified_id(self.about, self.attempt, "outcome")
        return Event(at, self.case.lead.id, Kind.NOTIFIED, name, detail=f"{self.reader.name}: {detail}")


@dataclass(frozen=True)
class Notifier:
    """`urls` are channels that are told of everything; `button` and `row` give links, empty for none.

    `draft` gives a first response in words, as it would leave with the draft of its opening.
    """

    ledger: Ledger
    workflow: Workflow
    transport: Transport
    channels: Channels
    desk: Desk
    clock: Clock
    sleep: Sleep
    urls: tuple[str, ...]
    button: Callable[[Press], str]
    row: Callable[[str], str]
    draft: Callable[[Lead, History, datetime], str]

    def tell(self) -> datetime | None:
        """Tells whoever is to be told now. When to look again, if nothing happens before; None for never.

        Raises LedgerUnavailable.
        """
        now = self.clock()
        with self.ledger.writing() as book:
            blocked = blocked_why(book.get(state.BLOCKED), now, self.workflow)
            again = self._keep_promise(book, now)
            claimed, waits_until = self._claim(book, now, can_mail=not blocked)
        for group in claimed:
            self._send(group, now, blocked)
        return min(filter(None, (again, waits_until)), default=None)

    def _keep_promise(self, book: Book, now: datetime) -> datetime | None:
        """Records which leads nobody has answered in time; by when the next one must be."""
        following: list[datetime] = []
        for case in book.cases(unanswered(book, _OVER, now - PROMISED)):
            history = fold(case.events, self.workflow, case.suppressed)
            found = missed(case.lead, history, self.workflow, turns(book), now)
            if found:
                new = book.record(found.events)
                if found.takes_over:
                    pass_turn(book, found.name)
                settle(book, [case.lead.id], now)
                history = fold((*case.events, *new), self.workflow, case.suppressed)
            following += filter(None, [answer_by(case.lead, history, self.workflow)])
        return min(following, default=None)

    def _claim(
        self, book: Book, now: datetime, *, can_mail: bool
    ) -> tuple[list[list[Claimed]], datetime | None]:
        """What is sent now, each list in one mail; when to look again if something waits to become a list.

        While the account is blocked those without a channel are told later.
        """
        before = told_since(book, now - NEWS)
        by_reader: dict[str, list[Claimed]] = {}
        for one in self._due(book, before, now):
            if can_mail or one.reader.channels:
                by_reader.setdefault(one.reader.name, []).append(one)
        groups: list[list[Claimed]] = []
        later: list[datetime] = []
        for name, pending in by_reader.items():
            recent = [
                event for event in before if event.detail == _claim_detail(name) and event.at > now - BURST
            ]
            oldest = min(one.about.at for one in pending)
            if len(recent) + len(pending) <= MOST:
                groups += [[one] for one in pending]
            elif not recent or oldest <= now - BURST:
                groups.append(pending)
            else:
                later.append(oldest + BURST)
        book.record(one.event for group in groups for one in group)
        return groups, min(later, default=None)

    def _due(self, book: Book, before: Iterable[Event], now: datetime) -> list[Claimed]:
        known = {event.id: event for event in before}
        news = [(about, _attempt(about, known, now)) for about in news_since(book, now - NEWS)]
        due = {about.id: (about, attempt) for about, attempt in news if attempt}
        cases = {case.lead.id: case for case in book.cases({about.lead_id for about, _ in due.values()})}
        found = (self._for(about, attempt, cases.get(about.lead_id), now) for about, attempt in due.values())
        return [one for one in found if one]

    def _for(self, about: Event, attempt: int, case: Case | None, now: datetime) -> Claimed | None:
        """None if nobody is to be told of this lead."""
        if case is None:
            return None
        history = fold(case.events, self.workflow, case.suppressed)
        status = canonical(history.standing, self.workflow.statuses)
        if history.is_deleted or status in _QUIET:
            return None
        is_new = about.kind is Kind.RECEIVED and status == statuses.NEW and not history.sent
        if is_new and now < about.at + ANSWERED and not waits_until(history, self.workflow, now):
            return None  # whoever answers it now says so, and this is asked again
        reader = self._reader(about, case, history)
        name = _notified_id(about, attempt)
        event = Event(now, case.lead.id, Kind.NOTIFIED, name, detail=_claim_detail(reader.name))
        return Claimed(about, attempt, event, case, reader)

    def _reader(self, about: Event, case: Case, history: History) -> Reader:
        is_late = about.kind is Kind.SLA_MISSED
        name = split_word(about.detail)[0] if is_late else history.owner or case.lead.owner
        owner, business = find_owner(name, self.workflow), self.workflow.business
        if owner:
            return Reader(owner.name, owner.email, tuple(dict.fromkeys((*owner.notify, *self.urls))))
        return Reader(business.name, business.email, self.urls)

    def _send(self, group: Sequence[Claimed], now: datetime, blocked: str) -> None:
        """Channels first, so that the mail can say which of them failed."""
        reader, told = group[0].reader, [self._told(one, now) for one in group]
        failed = self.channels.tell(reader.channels, *self.desk.text(told))
        lost = blocked or self._mail(group, told, failed, now)
        detail = _outcome(len(reader.channels), failed, lost)
        with self.ledger.writing() as book:
            book.record(one.outcome(detail, self.clock()) for one in group)

    def _mail(
        self, group: Sequence[Claimed], told: Sequence[Told], failed: Sequence[str], now: datetime
    ) -> str:
        """Why it failed; empty if it left."""
        to = group[0].reader
        mail = self.desk.mail(told, failed, (to.name, to.email), now)
        wait_for_turn(self.ledger, self.workflow.sending.pause, self.sleep)
        return deliver(
            self.transport, mail, to.email, f"{now:%Y%m%dT%H%M%SZ}-{group[0].case.lead.id}-notice.eml"
        )

    def _told(self, one: Claimed, now: datetime) -> Told:
        history = fold(one.case.events, self.workflow, one.case.suppressed)
        lead, owner = one.case.lead, one.reader.name
        until = waits_until(history, self.workflow, now)
        actions = [*OF_DRAFT, *ALWAYS] if until else ALWAYS
        links = {LABELS[action]: self.button(Press(lead.id, owner, action, now)) for action in actions}
        draft = self.draft(lead, history, now) if until else ""
        return Told(
            notice_of(lead, history, self.workflow, one.late, draft, until),
            {label: link for label, link in links.items() if link},
            self.row(lead.id),
        )


def _attempt(about: Event, known: dict[str, Event], now: datetime) -> int:
    """The number of the attempt that is due at telling of it; 0 for none."""
    for number in range(1, ATTEMPTS + 1):
        if _notified_id(about, number) not in known:
            return number
        outcome = known.get(_notified_id(about, number, "outcome"))
        # Without an outcome it may have left: nobody is told twice.
        if outcome is None or _FAILED not in outcome.detail or now < outcome.at + AGAIN:
            return 0
    return 0


def _outcome(channels: int, failed: Sequence[str], lost: str) -> str:
    """What became of one telling; it failed if nothing has reached the owner."""
    if lost and len(failed) == channels:
        return _FAILED + "; ".join((lost, *failed))
    reached = f"{channels - len(failed)} of {channels} channels"
    ways = [*([] if lost else ["mail"]), *([reached] if channels else [])]
    return "; ".join((f"told by {' and '.join(ways)}", *filter(None, (lost, *failed))))


def _notified_id(about: Event, number: int, *parts: str) -> str:
    return event_id(Kind.NOTIFIED, about.id, str(number), *parts)


def _claim_detail(name: str) -> str:
    return f"{name}: is told"
