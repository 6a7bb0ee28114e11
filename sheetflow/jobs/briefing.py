"""Mails to the business: what needs a person this morning, how last week was, what is broken.

Each is claimed in the ledger before it leaves, so that it leaves at most once over all processes. They are no
lead's mail: the daily limit doesn't count them, but the account's pace holds.
"""

import json
import threading
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from typing import Protocol

from sheetflow.jobs.alerts import deliver
from sheetflow.jobs.broken import alert, broken
from sheetflow.jobs.notify import Channels
from sheetflow.jobs.pace import wait_for_turn
from sheetflow.jobs.ports import Ports
from sheetflow.ledger import state
from sheetflow.ledger.book import Book
from sheetflow.ledger.rows import time_of
from sheetflow.workflow.alarm import Alarm, compare, from_text, to_text, untold
from sheetflow.workflow.brakes import blocked_why
from sheetflow.workflow.bulletin import Bulletin, Item, item_of, morning
from sheetflow.workflow.calendar import is_open, next_open
from sheetflow.workflow.digest import digest, monday_of
from sheetflow.workflow.events import iso
from sheetflow.workflow.history import fold
from sheetflow.workflow.notice import notice_of
from sheetflow.workflow.story import last_reply

LOOK = timedelta(minutes=5)  # between two looks at what is broken
WATCHED = timedelta(minutes=10)  # for so long a process must have looked before it misses a job
ATTEMPTS, AGAIN = 3, timedelta(minutes=5)

_LAST = datetime.max.replace(tzinfo=UTC)


class BulletinDesk(Protocol):
    """What the owner reads, as a mail and in a channel."""

    def mail(
        self, bulletin: Bulletin, failed: Sequence[str], to: tuple[str, str], now: datetime
    ) -> EmailMessage: ...

    def text(self, bulletin: Bulletin) -> tuple[str, str]:
        """Title and body."""


class Briefing:
    """`urls` are channels besides the mail; `row` gives the link to a lead's row, `home` to everything."""

    def __init__(
        self,
        ports: Ports,
        channels: Channels,
        desk: BulletinDesk,
        urls: tuple[str, ...],
        row: Callable[[str], str],
        home: str,
    ) -> None:
        self._ports, self._channels, self._desk, self._urls = ports, channels, desk, urls
        self._row, self._home, self._workflow = row, home, ports.workflow
        self._since = self._last = datetime.min.replace(
            tzinfo=UTC
        )  # looking without a gap, and the last look
        self._turn = threading.Lock()

    def tell(self) -> datetime:
        """Tells what is to be told now; when to look again. Raises LedgerUnavailable."""
        now = self._ports.clock()
        if self._turn.acquire(blocking=False):
            try:
                self._look(now)
            finally:
                self._turn.release()
        opens = next_open(now, self._workflow.window, self._workflow.business.zone)
        return min(now + LOOK, opens if opens > now else _LAST)

    def _look(self, now: datetime) -> None:
        if now - self._last > 2 * LOOK:
            self._since = now  # the machine slept, or this is the first look
        self._last = now
        with self._ports.ledger.reading() as book:
            can_mail = not blocked_why(book.get(state.BLOCKED), now, self._workflow)
        self._tell_alarms(now, can_mail=can_mail)
        can_tell = can_mail or self._urls
        if can_tell and is_open(now, self._workflow.window, self._workflow.business.zone):
            local = now.astimezone(self._workflow.business.zone)
            self._tell_once("morning", f"{local:%Y-%m-%d}", self._morning, now, can_mail=can_mail)
            week = f"{monday_of(now, self._workflow):%Y-%m-%d}"
            self._tell_once("digest", week, self._digest, now, can_mail=can_mail)

    # What is broken

    def _tell_alarms(self, now: datetime, *, can_mail: bool) -> None:
        is_watched = now - self._since >= WATCHED
        with self._ports.ledger.reading() as book:
            known = book.state()
            found = broken(known, self._workflow, now, is_watched=is_watched)
        if not found and not known.get(state.ALARMS):
            return
        with self._ports.ledger.writing() as book:
            alarms = self._known(book, is_watched=is_watched)
            found = broken(book.state(), self._workflow, now, is_watched=is_watched)
            change = compare(alarms, found, now)
            self._keep(book, change.known, is_watched=is_watched)
        if not change.is_news:
            return
        bulletin = alert(change.begun, change.over, self._workflow, now, self._home)
        # That no mail leaves can't be said by mail.
        is_sayable = bool(change.over) or any(one.kind != "server" for one in change.begun)
        if not self._reach(bulletin, now, can_mail=can_mail and is_sayable):
            with self._ports.ledger.writing() as book:
                book.put(state.ALARMS, to_text(untold(from_text(book.get(state.ALARMS)), change, now)))

    def _known(self, book: Book, *, is_watched: bool) -> dict[str, Alarm]:
        """Without those that this process can't see the end of."""
        known = from_text(book.get(state.ALARMS))
        return {kind: one for kind, one in known.items() if is_watched or kind != "job"}

    def _keep(self, book: Book, alarms: tuple[Alarm, ...], *, is_watched: bool) -> None:
        unseen = (
            []
            if is_watched
            else [one for one in from_text(book.get(state.ALARMS)).values() if one.kind == "job"]
        )
        book.put(state.ALARMS, to_text((*alarms, *unseen)))

    # What is told once a day, and once a week

    def _tell_once(
        self,
        kind: str,
        name: str,
        make: Callable[[datetime], Bulletin | None],
        now: datetime,
        *,
        can_mail: bool,
    ) -> None:
        """`name` is the day or the week that it is for."""
        with self._ports.ledger.reading() as book:
            if not _is_due(book, kind, name, now):
                return
        with self._ports.ledger.writing() as book:
            if not _is_due(book, kind, name, now):
                return
            tries = _claim(book, kind, name)
            created = time_of(book.get(state.CREATED))
        if created and f"{created.astimezone(self._workflow.business.zone):%Y-%m-%d}" >= name:
            return  # there is no day or week before
        bulletin = make(now)
        if bulletin and not self._reach(bulletin, now, can_mail=can_mail) and tries < ATTEMPTS:
            with self._ports.ledger.writing() as book:
                _put(book, kind, name, tries, iso(now + AGAIN))

    def _morning(self, now: datetime) -> Bulletin | None:
        with self._ports.ledger.reading() as book:
            items = self._items(book, now)
        return morning(items, self._home) if items else None

    def _digest(self, now: datetime) -> Bulletin | None:
        with self._ports.ledger.reading() as book:
            counted, items = book.counted(), self._items(book, now)
        return digest(counted, items, self._workflow, now, self._home) if counted else None

    def _items(self, book: Book, now: datetime) -> list[Item]:
        """What needs a person, the oldest first."""
        zone = self._workflow.business.zone
        waiting = {one.lead_id: one for one in book.counted() if one.needs_person}
        found = []
        for case in book.cases(waiting):
            counted, row = waiting[case.lead.id], self._row(case.lead.id)
            history = fold(case.events, self._workflow, case.suppressed)
            notice, since = notice_of(case.lead, history, self._workflow), counted.waits_since
            item = item_of(notice, counted, last_reply(case.events), row, now, zone)
            found.append((since or _LAST, case.lead.id, item))
        return [item for *_, item in sorted(found, key=lambda one: one[:2])]

    # Telling

    def _reach(self, bulletin: Bulletin, now: datetime, *, can_mail: bool) -> bool:
        """Channels first, so that the mail can say which of them failed. Whether anybody was reached."""
        business = self._workflow.business
        failed = self._channels.tell(self._urls, *self._desk.text(bulletin))
        is_told = len(failed) < len(self._urls)
        if not can_mail:
            return is_told
        mail = self._desk.mail(bulletin, failed, (business.name, business.email), now)
        wait_for_turn(self._ports.ledger, self._workflow.sending.pause, self._ports.sleep)
        lost = deliver(
            self._ports.transport, mail, business.email, f"{now:%Y%m%dT%H%M%SZ}-sheetflow-{bulletin.kind}.eml"
        )
        return is_told or not lost


def _is_due(book: Book, kind: str, name: str, now: datetime) -> bool:
    """It wasn't claimed so far, or is known to have reached nobody."""
    found = _told(book).get(kind, {})
    retry = time_of(found.get("retry", ""))
    return found.get("for") != name or (retry is not None and now >= retry)


def _claim(book: Book, kind: str, name: str) -> int:
    """The number of this try."""
    found = _told(book).get(kind, {})
    tries = int(found.get("tries", "0")) + 1 if found.get("for") == name else 1
    _put(book, kind, name, tries, "")
    return tries


def _put(book: Book, kind: str, name: str, tries: int, retry: str) -> None:
    entry = {"for": name, "tries": str(tries), "retry": retry}
    book.put(state.BRIEFS, json.dumps({**_told(book), kind: entry}))


def _told(book: Book) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = json.loads(book.get(state.BRIEFS) or "{}")
    return found
