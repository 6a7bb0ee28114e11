"""What a mail in the mailbox does to the leads it belongs to: mails in, events and suppressions out."""

import logging
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from sheetflow.errors import SheetflowError
from sheetflow.jobs.send import BLOCKED_FOR
from sheetflow.ledger.ledger import Ledger
from sheetflow.replies import match as matching
from sheetflow.replies.incoming import Incoming
from sheetflow.replies.match import How, Match, plain_address
from sheetflow.replies.verdict import Kind as Said
from sheetflow.replies.verdict import Unreadable, Verdict
from sheetflow.workflow import statuses
from sheetflow.workflow.arrived import Arrived
from sheetflow.workflow.decide import day, label, next_step, sentence
from sheetflow.workflow.details import away_detail
from sheetflow.workflow.events import MESSAGE_PREFIX, TEMPORARY, Event, Kind, event_id, iso
from sheetflow.workflow.history import History, fold
from sheetflow.workflow.lead import Lead
from sheetflow.workflow.review import Case
from sheetflow.workflow.sequence import Workflow
from sheetflow.workflow.statuses import canonical

_HEADERS = 16_000  # bytes of a mail among which its list headers stand
# A newsletter of the lead's company is nobody's answer.
_BULK = re.compile(
    rb"^(?:list-(?:id|unsubscribe)|precedence:[ \t]*(?:bulk|list))\b", re.IGNORECASE | re.MULTILINE
)
_QUOTED = 120  # characters of a mail that a sentence for the owner quotes
# What bars an address also where its row was deleted before the mail came.
_BARRING = frozenset({Said.UNSUBSCRIBE, Said.COMPLAINT, Said.HARD_BOUNCE})
_GO_ON = f'set "{statuses.FOLLOWING_UP}" to go on.'

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Effect:
    """An event that a mail brings, with what is only done if the event is new."""

    event: Event
    suppress: tuple[tuple[str, str], ...] = ()  # address and reason
    blocked: str = ""  # that nothing may be sent for a while, as the ledger holds it


class Effects:
    """Takes the mails of one reading and adds up what they bring.

    An event's ID derives from its mail, so a mail that is read twice, or by two runs at once, counts once.
    """

    def __init__(
        self, ledger: Ledger, workflow: Workflow, addresses: frozenset[str], now: datetime, run: str
    ) -> None:
        self.workflow, self.now, self.run = workflow, now, run
        self.found: list[Effect] = []
        self.aside: list[str] = []  # a sentence for each mail that can't be understood
        self._ledger, self._addresses = ledger, addresses
        self._index: matching.Index | None = None
        self._own: frozenset[str] = frozenset()
        self._deleted: frozenset[str] = frozenset()
        self._cases: dict[str, Case] = {}

    def take(self, mail: Arrived) -> None:
        """Raises LedgerUnavailable; whatever else goes wrong is about this one mail, which is set aside."""
        index = self._index = self._index or self._make_index()
        before = len(self.found)
        try:
            verdict = self._judge(mail)
            if isinstance(verdict, Unreadable):
                self._set_aside(verdict, mail)
            else:
                self._take(verdict, mail, index)
        except SheetflowError:
            raise
        except Exception as error:
            # A defect that one mail brings out must not keep the others from being read, run after run.
            log.exception("a mail is set aside")
            del self.found[before:]
            self._set_aside(Unreadable(type(error).__name__), mail)

    def _take(self, verdict: Verdict, mail: Arrived, index: matching.Index) -> None:
        found = matching.match(verdict, index)
        effect = _EFFECTS.get(verdict.kind)
        if found and found.how is How.COLLEAGUE:
            effect = None if _BULK.search(mail.raw[:_HEADERS]) else Effects._hold_for_colleague
        if found and effect:
            for lead_id in self._concerned(found, verdict, mail.at):
                if verdict.kind in _BARRING or lead_id not in self._deleted:
                    effect(self, lead_id, found, verdict, mail.at)

    def _set_aside(self, unread: Unreadable, mail: Arrived) -> None:
        """Named to the owner; it may be a lead's answer, so the lead waits for a person."""
        whose = f" from {unread.sender}" if unread.sender else ""
        came = day(self.workflow.local(mail.at))
        self.aside.append(f"A mail{whose} of {came} can't be read ({unread.because}): look at it yourself.")
        why = f"A mail{whose} came on {came} and can't be read here: look into your mailbox, then {_GO_ON}"
        for lead_id in self._rows_of([unread.sender] if unread.sender else ()):
            if lead_id not in self._deleted and self._may_go_on(lead_id):
                name = event_id(Kind.HELD, unread.message_id or why, lead_id)
                event = Event(self._when(lead_id, mail.at), lead_id, Kind.HELD, name, "", why, run=self.run)
                self.found.append(Effect(event))

    def _make_index(self) -> matching.Index:
        """Once a run, and only if there is a mail; Message-IDs are looked up one by one."""
        with self._ledger.reading() as book:
            leads = list(book.addresses())
        own = {address.strip().lower() for address in self._addresses | self.workflow.addresses if address}
        # If owners try it out with an address of their own, that address is a lead's.
        self._own = frozenset(own - {address.strip().lower() for _, address, _ in leads})
        self._deleted = frozenset(lead_id for lead_id, _, is_deleted in leads if is_deleted)
        addresses = ((address, lead_id) for lead_id, address, _ in leads if address)
        return matching.index(self._lead_of, addresses)

    def _lead_of(self, message_id: str) -> tuple[str, str] | None:
        with self._ledger.reading() as book:
            return book.message_lead(message_id)

    def _judge(self, mail: Arrived) -> Verdict | Unreadable:
        """What lies in Sent is ours whatever it says; so is what carries an ID that sheetflow makes."""
        from sheetflow.replies.understand import understand  # its words take long to load: with a first mail

        verdict = understand(mail.raw, self._own, mail.at)
        if isinstance(verdict, Unreadable):
            return verdict
        if mail.folder == "sent":
            return Verdict(Said.OWN, verdict.incoming)
        if verdict.incoming.message_id.startswith(MESSAGE_PREFIX):
            return Verdict(Said.OWN, verdict.incoming)
        return verdict

    def _concerned(self, found: Match, verdict: Verdict, at: datetime) -> list[str]:
        """The leads that were found, and other rows of the same people; none that came after the mail."""
        certain = found.lead_ids if found.how is How.MESSAGE_ID else ()
        people = [email for key in found.lead_ids if (email := self._email(key))]
        if verdict.kind in (Said.REPLY, Said.UNSUBSCRIBE) and found.how is not How.COLLEAGUE:
            people.append(verdict.incoming.sender)
        rows = () if found.how is How.COLLEAGUE else self._rows_of(people)
        others = (key for key in (*found.lead_ids, *rows) if self._is_older(key, at))
        return list(dict.fromkeys((*certain, *others)))

    def _rows_of(self, addresses: Iterable[str]) -> Iterator[str]:
        for address in addresses:
            if self._index:
                yield from self._index.addresses.get(plain_address(address), ())

    def _is_older(self, lead_id: str, at: datetime) -> bool:
        """Whether the lead was there when the mail came; servers give whole seconds."""
        received = self._history(lead_id).received
        return received is None or received.replace(microsecond=0) <= at

    def _reply(self, lead_id: str, found: Match, verdict: Verdict, at: datetime) -> None:
        self._add(Kind.REPLIED, lead_id, found, verdict, at, self._words(lead_id, verdict))

    def _auto_reply(self, lead_id: str, found: Match, verdict: Verdict, at: datetime) -> None:
        words, until = verdict.excerpt or verdict.incoming.subject, verdict.until
        if until:
            words = away_detail(until, words)
        self._add(Kind.AUTO_REPLIED, lead_id, found, verdict, at, words)

    def _unsubscribe(self, lead_id: str, found: Match, verdict: Verdict, at: datetime) -> None:
        whose = (verdict.incoming.sender, self._email(lead_id))
        words = self._words(lead_id, verdict)
        self._add(Kind.UNSUBSCRIBED, lead_id, found, verdict, at, words, self._barring(whose, "unsubscribed"))

    def _complain(self, lead_id: str, found: Match, verdict: Verdict, at: datetime) -> None:
        whose = (*verdict.recipients, self._email(lead_id))
        words = "The message was called spam."
        self._add(Kind.COMPLAINED, lead_id, found, verdict, at, words, self._barring(whose, "complained"))

    def _hard_bounce(self, lead_id: str, found: Match, verdict: Verdict, at: datetime) -> None:
        """About the address that stands in the row now: else a forwarding failed, or Email was corrected."""
        email = self._email(lead_id)
        if verdict.recipients and plain_address(email) not in map(plain_address, verdict.recipients):
            return self._soft_bounce(lead_id, found, verdict, at)
        barring = self._barring((email,), "bounced")
        self._add(Kind.BOUNCED, lead_id, found, verdict, at, verdict.diagnostic, barring)

    def _soft_bounce(self, lead_id: str, found: Match, verdict: Verdict, at: datetime) -> None:
        self._add(Kind.BOUNCED, lead_id, found, verdict, at, TEMPORARY + verdict.diagnostic)

    def _sender_bounce(self, lead_id: str, found: Match, verdict: Verdict, at: datetime) -> None:
        step = label(self.workflow.step(found.step))
        said = sentence(verdict.diagnostic)
        why = (
            f"{step} came back, because of the sender and not the lead: {said} When that is mended, {_GO_ON}"
        )
        until = min(at, self.now) + BLOCKED_FOR
        blocked = f"{iso(until)} {verdict.diagnostic}" if until > self.now else ""
        self._add(Kind.HELD, lead_id, Match((lead_id,), found.how), verdict, at, why, blocked=blocked)

    def _hold_for_colleague(self, lead_id: str, found: Match, verdict: Verdict, at: datetime) -> None:
        """Only where something would go out to the lead, and something has."""
        if not self._may_go_on(lead_id):
            return
        said = " ".join(verdict.excerpt.split())[:_QUOTED]
        came = day(self.workflow.local(at))
        why = (
            f"{verdict.incoming.sender}, of the same company, wrote on {came}: “{said}” "
            f'If that is the answer, set "{statuses.REPLIED}"; else {_GO_ON}'
        )
        self._add(Kind.HELD, lead_id, Match((lead_id,), found.how), verdict, at, why)

    def _may_go_on(self, lead_id: str) -> bool:
        """Whether something has gone out to the lead, and more would."""
        history = self._history(lead_id)
        moves = canonical(history.standing, self.workflow.statuses) in statuses.MOVING
        return bool(moves and history.sent and next_step(history, self.workflow))

    def _wrote(self, lead_id: str, found: Match, verdict: Verdict, at: datetime) -> None:
        """A mail of ours to a lead that sheetflow didn't make: a person answered."""
        is_ours = verdict.incoming.message_id.startswith(MESSAGE_PREFIX) or found.how is How.MESSAGE_ID
        if not is_ours and self._history(lead_id).owner_response is None:
            self._add(Kind.OWNER_RESPONSE, lead_id, found, verdict, at, "wrote to the lead")

    def _add(
        self,
        kind: Kind,
        lead_id: str,
        found: Match,
        verdict: Verdict,
        at: datetime,
        detail: str,
        suppress: tuple[tuple[str, str], ...] = (),
        *,
        blocked: str = "",
    ) -> None:
        name = event_id(kind, *_identity(verdict.incoming), lead_id)
        step = found.step if lead_id in found.lead_ids else ""
        when, mail = self._when(lead_id, at), verdict.incoming.message_id
        event = Event(when, lead_id, kind, name, step, detail, mail, self.run)
        case = self._case(lead_id)
        self._cases[lead_id] = replace(case, events=(*case.events, event))
        self.found.append(Effect(event, suppress, blocked))

    def _when(self, lead_id: str, at: datetime) -> datetime:
        """When the mail came, but not before a person's last word: who typed it hadn't seen the mail."""
        words = (event.at for event in self._case(lead_id).events if event.kind is Kind.STATUS)
        return max((min(at.astimezone(UTC), self.now), *words))

    def _barring(self, addresses: Iterable[str], reason: str) -> tuple[tuple[str, str], ...]:
        return tuple((address, reason) for address in addresses if address and address not in self._own)

    def _case(self, lead_id: str) -> Case:
        if lead_id not in self._cases:
            with self._ledger.reading() as book:
                found = book.case(lead_id)
            self._cases[lead_id] = found or Case(Lead(id=lead_id))
        return self._cases[lead_id]

    def _history(self, lead_id: str) -> History:
        case = self._case(lead_id)
        return fold(case.events, self.workflow, case.suppressed)

    def _email(self, lead_id: str) -> str:
        return self._case(lead_id).lead.email

    def _words(self, lead_id: str, verdict: Verdict) -> str:
        """The first lines, and who wrote them where that isn't the lead's own address."""
        said, sender = verdict.excerpt or verdict.incoming.subject, verdict.incoming.sender
        is_lead = plain_address(sender) == plain_address(self._email(lead_id))
        return said if is_lead or not sender else f"{sender}: {said}"


_EFFECTS: Mapping[Said, Callable[[Effects, str, Match, Verdict, datetime], None]] = {
    Said.OWN: Effects._wrote,
    Said.HARD_BOUNCE: Effects._hard_bounce,
    Said.SOFT_BOUNCE: Effects._soft_bounce,
    Said.SENDER_BOUNCE: Effects._sender_bounce,
    Said.COMPLAINT: Effects._complain,
    Said.AUTO_REPLY: Effects._auto_reply,
    Said.UNSUBSCRIBE: Effects._unsubscribe,
    Said.REPLY: Effects._reply,
}


def _identity(incoming: Incoming) -> tuple[str, ...]:
    """What stays the same of a mail in whatever folder, and under whatever number, it is read."""
    came = incoming.date.isoformat() if incoming.date else ""
    if incoming.message_id:
        return (incoming.message_id, came)
    return (incoming.sender, came, incoming.subject, incoming.excerpt)
