"""What a mail in the mailbox does to the leads it belongs to. No I/O: mails in, changes out."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from sheetflow.jobs.send import BLOCKED_FOR
from sheetflow.replies import match as matching
from sheetflow.replies.classify import classify
from sheetflow.replies.incoming import Incoming, parse
from sheetflow.replies.match import How, Match, plain_address
from sheetflow.replies.verdict import Kind as Said
from sheetflow.replies.verdict import Verdict
from sheetflow.workflow import statuses, tracked
from sheetflow.workflow.arrived import Arrived
from sheetflow.workflow.decide import day, label, next_step, sentence
from sheetflow.workflow.details import away_detail
from sheetflow.workflow.enquiry import told_address
from sheetflow.workflow.events import MESSAGE_PREFIX, TEMPORARY, Event, Kind, event_id
from sheetflow.workflow.history import History, fold
from sheetflow.workflow.lead import Lead
from sheetflow.workflow.sequence import Workflow
from sheetflow.workflow.statuses import canonical
from sheetflow.workflow.tracked import Changes, Snapshot, Suppression

LONGEST_ABSENCE = timedelta(days=366)
_HEADERS = 16_000  # bytes of a mail among which its list headers stand
# A newsletter of the lead's company is nobody's answer.
_BULK = re.compile(
    rb"^(?:list-(?:id|unsubscribe)|precedence:[ \t]*(?:bulk|list))\b", re.IGNORECASE | re.MULTILINE
)
_QUOTED = 120  # characters of a mail that a sentence for the owner quotes
# What bars an address also where its row was deleted before the mail came.
_BARRING = frozenset({Said.UNSUBSCRIBE, Said.COMPLAINT, Said.HARD_BOUNCE})
_GO_ON = f'set "{statuses.FOLLOWING_UP}" to go on.'


class Effects:
    """Takes the mails of one reading and adds up what they change.

    An event's ID derives from its mail, so a mail that is read twice, or by two runs at once, counts once;
    what hangs on an event (a suppression, a block) comes only with one that isn't on record yet.
    """

    def __init__(
        self, snapshot: Snapshot, workflow: Workflow, addresses: frozenset[str], now: datetime, run: str
    ) -> None:
        self.snapshot, self.workflow, self.now, self.run = snapshot, workflow, now, run
        self._leads = {lead.id: lead for lead in snapshot.leads}
        self._own = _own_addresses(snapshot.leads, workflow, addresses)
        self._known = {event.id for event in snapshot.events}
        self._by_lead: dict[str, list[Event]] = defaultdict(list)
        for event in snapshot.events:
            self._by_lead[event.lead_id].append(event)
        self._index = matching.index(
            ((event.message_id, event.lead_id, event.step) for event in snapshot.events if event.message_id),
            ((lead.email, lead.id) for lead in snapshot.leads if lead.email),
        )
        everybody = dict.fromkeys((*self._leads, *self._by_lead))
        known = matching.index((), ((self._email(lead_id), lead_id) for lead_id in everybody))
        self._with_deleted = replace(known, messages=self._index.messages)
        self._histories: dict[str, History] = {}
        self._events: list[Event] = []
        self._suppressed: dict[str, Suppression] = {}
        self._blocked = ""

    @property
    def changes(self) -> Changes:
        control = {tracked.BLOCKED: self._blocked} if self._blocked else {}
        return Changes(events=tuple(self._events), suppress=tuple(self._suppressed.values()), control=control)

    def take(self, mail: Arrived) -> None:
        verdict = self._judge(mail)
        index = self._with_deleted if verdict.kind in _BARRING else self._index
        found = matching.match(verdict, index)
        effect = _EFFECTS.get(verdict.kind)
        if found and found.how is How.COLLEAGUE:
            effect = None if _BULK.search(mail.raw[:_HEADERS]) else Effects._hold_for_colleague
        if found and effect:
            for lead_id in self._concerned(found, verdict, mail.at):
                effect(self, lead_id, found, verdict, mail.at)

    def _judge(self, mail: Arrived) -> Verdict:
        """What lies in Sent is ours whatever it says; so is what carries an ID that sheetflow makes."""
        if mail.folder == "sent":
            return Verdict(Said.OWN, parse(mail.raw))
        verdict = classify(mail.raw, self._own)
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
            yield from self._index.addresses.get(plain_address(address), ())

    def _is_older(self, lead_id: str, at: datetime) -> bool:
        """Whether the lead was there when the mail came; servers give whole seconds."""
        received = self._history(lead_id).received
        return received is None or received.replace(microsecond=0) <= at

    def _reply(self, lead_id: str, found: Match, verdict: Verdict, at: datetime) -> None:
        self._add(Kind.REPLIED, lead_id, found, verdict, at, self._words(lead_id, verdict))

    def _auto_reply(self, lead_id: str, found: Match, verdict: Verdict, at: datetime) -> None:
        words, until = verdict.excerpt or verdict.incoming.subject, verdict.until
        if until and timedelta(0) <= until - at.date() <= LONGEST_ABSENCE:
            words = away_detail(until, words)
        self._add(Kind.AUTO_REPLIED, lead_id, found, verdict, at, words)

    def _unsubscribe(self, lead_id: str, found: Match, verdict: Verdict, at: datetime) -> None:
        if self._add(Kind.UNSUBSCRIBED, lead_id, found, verdict, at, self._words(lead_id, verdict)):
            self._suppress((verdict.incoming.sender, self._email(lead_id)), "unsubscribed", at)

    def _complain(self, lead_id: str, found: Match, verdict: Verdict, at: datetime) -> None:
        if self._add(Kind.COMPLAINED, lead_id, found, verdict, at, "The message was called spam."):
            self._suppress((*verdict.recipients, self._email(lead_id)), "complained", at)

    def _hard_bounce(self, lead_id: str, found: Match, verdict: Verdict, at: datetime) -> None:
        """About the address that stands in the row now: else a forwarding failed, or Email was corrected."""
        email = plain_address(self._email(lead_id))
        if verdict.recipients and email not in map(plain_address, verdict.recipients):
            return self._soft_bounce(lead_id, found, verdict, at)
        if self._add(Kind.BOUNCED, lead_id, found, verdict, at, verdict.diagnostic):
            self._suppress((self._email(lead_id),), "bounced", at)

    def _soft_bounce(self, lead_id: str, found: Match, verdict: Verdict, at: datetime) -> None:
        self._add(Kind.BOUNCED, lead_id, found, verdict, at, TEMPORARY + verdict.diagnostic)

    def _sender_bounce(self, lead_id: str, found: Match, verdict: Verdict, at: datetime) -> None:
        step = label(self.workflow.step(found.step))
        said = sentence(verdict.diagnostic)
        why = (
            f"{step} came back, because of the sender and not the lead: {said} When that is mended, {_GO_ON}"
        )
        is_new = self._add(Kind.HELD, lead_id, Match((lead_id,), found.how), verdict, at, why)
        until = min(at, self.now) + BLOCKED_FOR
        line = f"{until.isoformat(timespec='seconds')} {verdict.diagnostic}"
        # It shortens neither a later end nor a refused login, which begins with a letter.
        before = self._blocked or self.snapshot.control.get(tracked.BLOCKED, "")
        if is_new and until > self.now and line > before:
            self._blocked = line

    def _hold_for_colleague(self, lead_id: str, found: Match, verdict: Verdict, at: datetime) -> None:
        """Only where something would go out to the lead, and something has."""
        history = self._history(lead_id)
        moves = canonical(history.standing, self.workflow.statuses) in statuses.MOVING
        if lead_id not in self._leads or not (moves and history.sent and next_step(history, self.workflow)):
            return
        said = " ".join(verdict.excerpt.split())[:_QUOTED]
        came = day(self.workflow.local(at))
        why = (
            f"{verdict.incoming.sender}, of the same company, wrote on {came}: “{said}” "
            f'If that is the answer, set "{statuses.REPLIED}"; else {_GO_ON}'
        )
        self._add(Kind.HELD, lead_id, Match((lead_id,), found.how), verdict, at, why)

    def _wrote(self, lead_id: str, found: Match, verdict: Verdict, at: datetime) -> None:
        """A mail of ours to a lead that sheetflow didn't make: a person answered."""
        is_ours = verdict.incoming.message_id.startswith(MESSAGE_PREFIX) or found.how is How.MESSAGE_ID
        if not is_ours and self._history(lead_id).owner_response is None:
            self._add(Kind.OWNER_RESPONSE, lead_id, found, verdict, at, "wrote to the lead")

    def _add(
        self, kind: Kind, lead_id: str, found: Match, verdict: Verdict, at: datetime, detail: str
    ) -> bool:
        """Whether the event isn't on record yet."""
        name = event_id(kind, *_identity(verdict.incoming), lead_id)
        if name in self._known:
            return False
        self._known.add(name)
        step = found.step if lead_id in found.lead_ids else ""
        when, mail = self._when(lead_id, at), verdict.incoming.message_id
        self._events.append(Event(when, lead_id, kind, name, step, detail, mail, self.run))
        return True

    def _when(self, lead_id: str, at: datetime) -> datetime:
        """When the mail came, but not before a person's last word: who typed it hadn't seen the mail."""
        words = (event.at for event in self._by_lead[lead_id] if event.kind is Kind.STATUS)
        return max((min(at.astimezone(UTC), self.now), *words))

    def _suppress(self, addresses: Iterable[str], reason: str, at: datetime) -> None:
        for address in addresses:
            if address and address not in self._own and not self.snapshot.suppression(address):
                line = self.snapshot.suppress(address, reason, min(at, self.now))
                self._suppressed.setdefault(line.hash, line)

    def _history(self, lead_id: str) -> History:
        if lead_id not in self._histories:
            self._histories[lead_id] = fold(self._by_lead[lead_id], self.workflow)
        return self._histories[lead_id]

    def _email(self, lead_id: str) -> str:
        """As the row has it; where that was deleted, as Activity does."""
        lead = self._leads.get(lead_id)
        return lead.email if lead else told_address(self._by_lead[lead_id])

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


def _own_addresses(leads: Iterable[Lead], workflow: Workflow, addresses: frozenset[str]) -> frozenset[str]:
    """Where owners try it out with an address of their own, that address is a lead's."""
    own = {address.strip().lower() for address in addresses | workflow.addresses if address}
    return frozenset(own - {lead.email.strip().lower() for lead in leads})


def _identity(incoming: Incoming) -> tuple[str, ...]:
    """What stays the same of a mail in whatever folder, and under whatever number, it is read."""
    came = incoming.date.isoformat() if incoming.date else ""
    if incoming.message_id:
        return (incoming.message_id, came)
    return (incoming.sender, came, incoming.subject, incoming.excerpt)
