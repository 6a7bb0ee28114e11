"""Reads the mailbox at the start of a run: what came in becomes events, with the new cursor in one go."""

import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sheetflow.errors import MailboxUnavailable
from sheetflow.jobs.effects import Effects
from sheetflow.jobs.ports import Ports
from sheetflow.ledger import state
from sheetflow.ledger.book import Book
from sheetflow.ledger.settling import settle
from sheetflow.replies.verdict import Unreadable
from sheetflow.workflow.events import Claim, Event, Kind, iso
from sheetflow.workflow.history import Attempt, History, fold

LOOK_BACK = timedelta(days=60)  # how far a mailbox is read if it isn't known what has been read
MARGIN = timedelta(days=1)  # a server dates mails in a zone of its own
ABSENT_AFTER = timedelta(minutes=15)  # what isn't in Sent by then won't come
WITNESSES = 3  # messages that left: one of them in Sent shows that the server keeps them there
LEASE = "mailbox"
AWAY = "replies can't be read: "  # how `unread` begins if the mailbox is to blame
BUSY = "another run is reading the mailbox."
LEASE_SECONDS = 600.0  # longer than the longest reading

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Mail:
    """`unread` says why no follow-up may leave, empty if all has been read; `aside` names what can't be."""

    unread: str = ""
    aside: tuple[str, ...] = ()
    held: int = 0  # leads that wait for a person since


def read_mailbox(ports: Ports, now: datetime, run: str) -> Mail:
    """Records what came in."""
    with ports.ledger.writing() as book:
        if not book.lease(LEASE, run, LEASE_SECONDS):
            return Mail(BUSY)
    try:
        effects, settled, state_after, unread = _read(ports, now, run)
        with ports.ledger.writing() as book:
            held = _record(book, effects, settled, now)
            for name, value in state_after.items():
                book.put(name, value)
        return Mail(unread, tuple(effects.aside), held)
    finally:
        with ports.ledger.writing() as book:
            book.release(LEASE, run)


def peek_mailbox(ports: Ports, now: datetime, run: str) -> tuple[str, list[Event]]:
    """What `read_mailbox` would say and record, with nothing recorded."""
    effects, settled, _, unread = _read(ports, now, run)
    return unread, [*settled, *(effect.event for effect in effects.found)]


def _read(ports: Ports, now: datetime, run: str) -> tuple[Effects, list[Event], dict[str, str], str]:
    """What came in, what Sent says of messages in doubt, what the ledger remembers, what is left unread."""
    effects = Effects(ports.ledger, ports.workflow, ports.mailbox.addresses, now, run)
    with ports.ledger.reading() as book:
        cursor, since = book.get(state.CURSOR), _since(book, now)
    try:
        reading = ports.mailbox.read(cursor, since, effects.take)
        settled = list(_settle(ports, now, run)) if reading.cursor else []
    except MailboxUnavailable as error:
        # What was read counts; without a new cursor it is read again, and its events are known by then.
        return effects, [], {}, AWAY + str(error)
    if not reading.cursor:
        return effects, [], {state.LAST_MAILBOX: reading.decision}, ""
    remembered = {state.CURSOR: reading.cursor}
    if reading.left:
        unread = f"replies are being read, {reading.left} mails are left for the next runs."
        return effects, settled, remembered, unread
    return effects, settled, {**remembered, state.LAST_MAILBOX: iso(now)}, ""


def _record(book: Book, effects: Effects, settled: Iterable[Event], now: datetime) -> int:
    """Events with the suppressions and blocks that hang on them: all or nothing. How many leads are held."""
    touched = dict.fromkeys(event.lead_id for event in settled)
    for event in settled:
        book.close(event)
    held = 0
    for effect in effects.found:
        if not book.record([effect.event]):
            continue
        held += effect.event.kind is Kind.HELD
        touched[effect.event.lead_id] = None
        for address, reason in effect.suppress:
            book.suppress(book.hash_of(address), reason, effect.event.at, effect.event.lead_id)
            touched |= dict.fromkeys(book.with_address(book.hash_of(address)))
        # It shortens neither a later end nor a refused login, which begins with a letter.
        if effect.blocked > book.get(state.BLOCKED):
            book.put(state.BLOCKED, effect.blocked)
    settle(book, touched, now)
    return held


def _since(book: Book, now: datetime) -> date:
    """The day of the oldest message that an answer may still come to."""
    oldest = book.oldest_claim() or now
    return (max(min(oldest, now), now - LOOK_BACK) - MARGIN).date()


def _settle(ports: Ports, now: datetime, run: str) -> Iterator[Event]:
    """What Sent says of messages that nobody knows whether they left."""
    with ports.ledger.reading() as book:
        unknown = book.claims_with(Kind.UNKNOWN)
        witnesses = {claim["message_id"] for claim in book.claims_with(Kind.SENT, limit=WITNESSES)}
        cases = {case.lead.id: case for case in book.cases({claim["lead_id"] for claim in unknown})}
    if not unknown:
        return
    found = ports.mailbox.holds({*witnesses, *(claim["message_id"] for claim in unknown)} - {""})
    for row in unknown:
        case, claim = cases.get(row["lead_id"]), Claim(row["lead_id"], row["step"], row["attempt"])
        if case is None:
            continue
        history = fold(case.events, ports.workflow, case.suppressed)
        attempt = history.last_attempt(claim.step)
        if attempt is None or attempt.number != claim.attempt or attempt.outcome is not Kind.UNKNOWN:
            continue
        at, message_id = attempt.at or attempt.claimed_at, row["message_id"]
        if message_id in found:
            yield claim.event(Kind.SENT, at, run, _subject(found[message_id]), message_id)
        elif _may_try_again(attempt, history, ports) and witnesses & set(found) and now - at >= ABSENT_AFTER:
            why = "it isn't in the mailbox's Sent folder, so it didn't leave."
            yield claim.event(Kind.RELEASED, history.stamp(now), run, why)


def _subject(headers: bytes) -> str:
    from sheetflow.replies.understand import understand

    mail = understand(headers, frozenset())
    return "" if isinstance(mail, Unreadable) else mail.incoming.subject


def _may_try_again(attempt: Attempt, history: History, ports: Ports) -> bool:
    """Whether the business lets a message that isn't in Sent go out again without being asked."""
    is_taken_as_sent = attempt.step in history.done
    return ports.workflow.sending.resend_unknown and not is_taken_as_sent
