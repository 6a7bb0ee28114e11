"""The fold of one lead's events: what was sent, what stopped it, what a person said about it."""

from bisect import insort
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from sheetflow.workflow import statuses
from sheetflow.workflow.details import (
    corrects_email,
    read_away,
    read_misunderstood,
    read_moment,
    read_subject,
    split_word,
    was_tried_out,
)
from sheetflow.workflow.events import OUTCOMES, TEMPORARY, Event, Kind
from sheetflow.workflow.qualified import NOTHING, Qualified, read_detail
from sheetflow.workflow.sequence import Workflow
from sheetflow.workflow.statuses import canonical

_STOPS = {
    Kind.REPLIED: statuses.REPLIED,
    Kind.BOUNCED: statuses.BOUNCED,
    Kind.UNSUBSCRIBED: statuses.UNSUBSCRIBED,
    Kind.COMPLAINED: statuses.UNSUBSCRIBED,
}
_WEIGHT = {Kind.BOUNCED: 0, Kind.UNSUBSCRIBED: 1, Kind.COMPLAINED: 2}  # the heavier of two stops counts
# What is learned later about an attempt counts if it weighs more.
_OVERRULES = {Kind.SENT: 3, Kind.BOUNCED: 3, Kind.RELEASED: 2, Kind.FAILED: 1, Kind.UNKNOWN: 0}
_NURTURE = "nurture-"
_SENDING = frozenset({*statuses.MOVING, statuses.SEND_AGAIN})
_STOPPING = statuses.STOPPED | {statuses.PAUSED}
TRIED_OUT = "tried out only; set New to begin"


@dataclass(frozen=True)
class Attempt:
    step: str
    number: int
    claimed_at: datetime
    run: str
    outcome: Kind | None = None
    at: datetime | None = None
    detail: str = ""

    @property
    def is_temporary(self) -> bool:
        return self.outcome is Kind.FAILED and self.detail.startswith(TEMPORARY)


@dataclass(frozen=True)
class History:
    received: datetime | None  # when the lead arrived
    attempts: Mapping[str, tuple[Attempt, ...]]  # by step, in order
    done: Mapping[str, datetime]  # by step: when it was sent, or since when it counts as sent
    sent: tuple[Event, ...]  # steps that left, in order; the Detail is the subject
    thread: tuple[Event, ...]  # those of the conversation that runs now
    conversation: int  # 0, and one more each time the lead is begun with anew
    standing: str  # the status as events have it: a person's word or sheetflow's
    owner: str  # as it was assigned last
    owners: tuple[str, ...]  # all that it was assigned to, in order
    qualified: Qualified  # as it was understood last
    note: str  # what was said with the status, e.g. why it is Paused
    unheeded: str  # a word typed by somebody who hadn't seen what stopped the lead meanwhile
    stopped: Event | None
    held: Event | None
    granted: Mapping[str, int]  # by step: the last attempt when a person asked to send it again
    typed: date | datetime | None  # a Next follow-up a person typed, not yet used up by a send
    typed_at: datetime | None
    misunderstood: str  # what a person typed into Next follow-up, if it can't be read
    resumed_at: datetime | None
    away_until: date | None  # when the lead is back, as its mail program said last
    soft_bounces: int  # messages that came back for a reason that may pass, since a person's last word
    asked_again: datetime | None
    replied: datetime | None
    owner_response: datetime | None
    missed: tuple[Event, ...]  # each time that nobody had answered when the promise said
    edits: int  # words of people recorded so far: part of the ID of the next one
    holds: int
    newest: datetime | None
    suppressed: str  # why the lead's address gets no more mail, or empty
    is_deleted: bool  # a person deleted its row
    has_ended: bool  # its sequence had finished, and no word of a person has opened it again

    def stamp(self, now: datetime) -> datetime:
        """When a new event counts as having happened: never before what it answers, wherever the clock is."""
        return max(now, self.newest or now)

    def last_attempt(self, step: str) -> Attempt | None:
        attempts = self.attempts.get(step)
        return attempts[-1] if attempts else None

    def open_claims(self) -> list[Attempt]:
        return [attempt for tries in self.attempts.values() for attempt in tries if attempt.outcome is None]


def fold(
    events: Iterable[Event], workflow: Workflow, suppressed: str = "", *, is_finished: bool = False
) -> History:
    """History of one lead. Repeats (the same Event ID) count once; the order is that of time.

    `is_finished`: its sequence has come to the end before, under whatever configuration.
    """
    folding = _Fold(workflow, is_finished=is_finished)
    seen = set()
    for event in _in_order(events):
        if event.id not in seen:
            seen.add(event.id)
            folding.take(event)
    return folding.result(suppressed)


def _in_order(events: Iterable[Event]) -> list[Event]:
    """By time; an outcome stays behind its claim, also where the clock was set back between the two."""
    found = list(events)
    claimed = {_subject(event): event.at for event in found if event.kind is Kind.CLAIMED}

    def place(event: Event) -> datetime:
        return max(event.at, claimed.get(_subject(event), event.at)) if event.kind in OUTCOMES else event.at

    return sorted(found, key=place)


def _subject(event: Event) -> str:
    """What the ID of a claim has in common with those of its outcomes."""
    return event.id.partition(":")[2]


def position(done: Mapping[str, datetime], workflow: Workflow) -> int:
    """How many of the steps and nurture messages lie behind a lead.

    A step done under a name that is no longer in use counts as the one after those done before it.
    """
    names = [step.name for step in (*workflow.steps, *workflow.nurture)]
    place = 0
    for name in sorted(done, key=done.__getitem__):
        if name in names:
            place = max(place, names.index(name) + 1)
        elif place < len(workflow.steps):
            place = len(workflow.steps) if name.startswith(_NURTURE) else place + 1
    return place


class _Fold:
    def __init__(self, workflow: Workflow, *, is_finished: bool) -> None:
        self.workflow, self.is_finished = workflow, is_finished
        self.received: datetime | None = None
        self.attempts: dict[str, list[Attempt]] = defaultdict(list)
        self.done: dict[str, datetime] = {}
        self.sent: list[Event] = []
        self.begun = self.conversation = 0  # where in `sent` the conversation began; how many came before
        self.is_tried_out = False  # all that left in this conversation went to the outbox
        self.is_corrected = False  # Email was changed since the last bounce
        self.word, self.note, self.owner, self.unheeded = "", "", "", ""
        self.owners: list[str] = []
        self.qualified = NOTHING
        self.is_typed = False  # a person said anything at all
        self.is_overtaken = False  # the lead replied, bounced or opted out since the word
        self.is_deleted = False
        self.moved_on = False  # a message left since the word was typed
        self.nurtured: datetime | None = None  # since when a person has the steps skipped
        self.reply: Event | None = None
        self.bar: Event | None = None  # a bounce, an unsubscribing, a complaint
        self.held: Event | None = None
        self.granted: dict[str, int] = {}
        self.typed: date | datetime | None = None
        self.typed_at: datetime | None = None
        self.misunderstood = ""
        self.misunderstood_at: datetime | None = None
        self.resumed_at: datetime | None = None
        self.away_until: date | None = None
        self.soft_bounces = 0
        self.asked_again: datetime | None = None
        self.replied: datetime | None = None
        self.owner_response: datetime | None = None
        self.missed: list[Event] = []
        self.edits = self.holds = 0
        self.newest: datetime | None = None

    def take(self, event: Event) -> None:
        self.newest = max(event.at, self.newest or event.at)
        if event.kind in OUTCOMES and event.attempt:
            self._settle(event)
        match event.kind:
            case Kind.RECEIVED:
                self.received = self.received or event.at
            case Kind.MERGED:
                self.asked_again = event.at
            case Kind.CLAIMED:
                attempt = Attempt(event.step, event.attempt, event.at, event.run)
                insort(self.attempts[event.step], attempt, key=lambda other: other.number)
            case Kind.SENT:
                self._sent(event)
            case Kind.STATUS:
                self._word(event)
            case Kind.RESCHEDULED:
                self._rescheduled(event)
            case Kind.EDITED:
                self.edits += 1
                self.is_corrected = self.is_corrected or corrects_email(event.detail)
            case Kind.ASSIGNED:
                self.edits += 1
                self.owner = event.detail
                self.owners.append(event.detail)
            case Kind.QUALIFIED:
                self.qualified = read_detail(event.detail)
            case Kind.HELD:
                self._hold(event)
            case Kind.RELEASED:
                if self.held and self.held.step == event.step:
                    self.held = None
            case Kind.RESUMED:
                self._resumed(event)
            case Kind.OWNER_RESPONSE:
                self.owner_response = self.owner_response or event.at
            case Kind.SLA_MISSED:
                self.missed.append(event)
            case Kind.REPLIED:
                self.replied = self.replied or event.at
                self.reply, self.is_overtaken = event, True
            case Kind.AUTO_REPLIED:
                self.away_until = read_away(event.detail) or self.away_until
            case Kind.BOUNCED if event.detail.startswith(TEMPORARY):
                self.soft_bounces += 1
            case Kind.BOUNCED | Kind.UNSUBSCRIBED | Kind.COMPLAINED:
                if self.bar is None or _WEIGHT[event.kind] > _WEIGHT[self.bar.kind]:
                    self.bar = event
                self.is_overtaken, self.is_corrected = True, False
            case Kind.RESUBSCRIBED:
                if self.bar and self.bar.kind is Kind.UNSUBSCRIBED:
                    self.bar, self.resumed_at = None, event.at
            case Kind.ROW_DELETED:
                self.is_deleted = True

    def result(self, suppressed: str) -> History:
        if self.bar and self.bar.kind is Kind.BOUNCED and not suppressed and not self.is_corrected:
            self.bar = None  # the owner lifted the suppression
        standing = self._standing()
        is_word = standing != statuses.PAUSED or self._word_stands(statuses.PAUSED)
        return History(
            received=self.received,
            attempts={step: tuple(tries) for step, tries in self.attempts.items() if tries},
            done=self._done(),
            sent=tuple(self.sent),
            thread=tuple(self.sent[self.begun :]),
            conversation=self.conversation,
            standing=standing,
            owner=self.owner,
            owners=tuple(self.owners),
            qualified=self.qualified,
            note=self.note if is_word else TRIED_OUT,
            unheeded=self.unheeded,
            stopped=self._stopped(),
            held=self.held,
            granted=self.granted,
            typed=self.typed,
            typed_at=self.typed_at,
            misunderstood=self.misunderstood,
            resumed_at=self.resumed_at,
            away_until=self.away_until,
            soft_bounces=self.soft_bounces,
            asked_again=self.asked_again,
            replied=self.replied,
            owner_response=self.owner_response,
            missed=tuple(self.missed),
            edits=self.edits,
            holds=self.holds,
            newest=self.newest,
            suppressed=suppressed,
            is_deleted=self.is_deleted,
            has_ended=self._has_ended(),
        )

    def _settle(self, event: Event) -> None:
        """An outcome closes its claim; `sent` learned later overrules `unknown`, never the other way."""
        tries = self.attempts[event.step]
        for index, attempt in enumerate(tries):
            known = -1 if attempt.outcome is None else _OVERRULES[attempt.outcome]
            if attempt.number == event.attempt and _OVERRULES[event.kind] > known:
                tries[index] = replace(attempt, outcome=event.kind, at=event.at, detail=event.detail)

    def _rescheduled(self, event: Event) -> None:
        self.edits += 1
        moment = read_moment(event.detail)
        self.misunderstood, self.misunderstood_at = read_misunderstood(event.detail), event.at
        if moment:
            self.typed, self.typed_at = moment, event.at

    def _sent(self, event: Event) -> None:
        is_first = len(self.sent) == self.begun
        self.is_tried_out = (is_first or self.is_tried_out) and was_tried_out(event.detail)
        self.sent.append(replace(event, detail=read_subject(event.detail)))
        self.done[event.step] = event.at
        tries = self.attempts[event.step]
        claimed = next((other.claimed_at for other in tries if other.number == event.attempt), event.at)
        if self.typed_at and self.typed_at <= claimed:  # what is typed after the claim is for the next step
            self.typed = self.typed_at = None
        if self.misunderstood_at and self.misunderstood_at <= claimed:
            self.misunderstood = ""
        self.moved_on = True
        if self.held and self.held.step == event.step:
            self.held = None

    def _word(self, event: Event) -> None:
        word, note = split_word(event.detail)
        shown = canonical(note.removeprefix("was "), self.workflow.statuses)
        meant = canonical(word, self.workflow.statuses)
        self.edits += 1
        self.unheeded = ""
        if meant in _SENDING and self._was_stopped_unseen(shown):
            self.unheeded = word
            return
        is_bounced = self.bar is not None and self.bar.kind is Kind.BOUNCED
        self.word, self.note = word, note
        self.is_typed, self.is_overtaken, self.moved_on, self.is_deleted = True, False, False, False
        self.soft_bounces = 0
        self._lift(shown)
        if meant == statuses.NEW and ((is_bounced and self.is_corrected) or self._is_only_tried_out()):
            self._begin_anew(event.at)
        elif meant in _SENDING:
            self.is_tried_out = False  # a person takes it as sent
            self._go_on(meant, shown, event.at)

    def _was_stopped_unseen(self, shown: str | None) -> bool:
        """Whether the lead stands at a stop that whoever typed over `shown` hadn't seen."""
        stands = canonical(self._standing(), self.workflow.statuses)
        return stands in _STOPPING and stands != shown

    def _lift(self, shown: str | None) -> None:
        """A word lifts only what the person could see when typing it."""
        if self.bar and shown == _STOPS[self.bar.kind]:
            self.bar = self.reply = None
        elif shown == statuses.REPLIED:
            self.reply = None

    def _is_only_tried_out(self) -> bool:
        return self.is_tried_out and not self.workflow.sending.is_try_out

    def _begin_anew(self, at: datetime) -> None:
        """The sequence from its first step, as a conversation of its own."""
        self.resumed_at, self.held, self.nurtured = at, None, None
        self.done, self.begun = {}, len(self.sent)
        self.is_tried_out = self.is_corrected = False
        self.conversation += 1

    def _hold(self, event: Event) -> None:
        self.holds += 1
        # A message found in Sent left before anybody asked about it.
        if not event.step or event.step not in {sent.step for sent in self.sent}:
            self.held = event

    def _go_on(self, meant: str, shown: str | None, at: datetime) -> None:
        """A word that lets the sequence run."""
        self.resumed_at = at
        if meant == statuses.NURTURE:
            self.nurtured = at
        elif shown == statuses.NURTURE and meant != statuses.SEND_AGAIN:
            self.nurtured = None
        if self.held and shown == statuses.NEEDS_ATTENTION:
            self._answer_hold(self.held, meant, at)
        elif meant in (statuses.CONTACTED, statuses.FOLLOWING_UP) and not self.done and not self.held:
            self.done[self.workflow.first.name] = at  # a person answered

    def _answer_hold(self, held: Event, meant: str, at: datetime) -> None:
        tries = self.attempts[held.step]
        last = tries[-1] if tries else None
        if meant == statuses.NEW and last and _may_have_left(last):
            return  # New says nothing about a message that may have left
        self.held = None
        if meant not in (statuses.NEW, statuses.SEND_AGAIN) and held.step:
            self.done[held.step] = last.claimed_at if last else at
            if self.typed_at and self.typed_at <= held.at:  # it was for this step
                self.typed = self.typed_at = None

    def _resumed(self, event: Event) -> None:
        """Send again is about the attempt that whoever recorded it knew of; by time that can't be told."""
        if canonical(event.detail, self.workflow.statuses) == statuses.SEND_AGAIN:
            self.granted[event.step] = event.attempt

    def _done(self) -> dict[str, datetime]:
        done = dict(self.done)
        if self.nurtured:
            for step in self.workflow.steps:
                done.setdefault(step.name, self.nurtured)
        return done

    def _stopped(self) -> Event | None:
        return self.bar or self.reply

    def _standing(self) -> str:
        meant = canonical(self.word, self.workflow.statuses) if self.word else None
        if self._word_stands(meant):
            return self.word
        if self._is_only_tried_out() and not self._stopped():
            return statuses.PAUSED
        if stopped := self._stopped():
            return _STOPS[stopped.kind]
        if self.held:
            return statuses.NEEDS_ATTENTION
        if self.is_typed and not self.moved_on:
            return self.word
        return self._progress()

    def _word_stands(self, meant: str | None) -> bool:
        """Sheetflow moves a row on from its own words, never from the owner's others."""
        if not self.is_typed or meant in _SENDING:
            return False
        # A held lead that replies, bounces or opts out is told as such.
        return not self.is_overtaken or meant not in (statuses.PAUSED, statuses.NEEDS_ATTENTION)

    def _has_ended(self) -> bool:
        last = max(self._done().values(), default=None)
        # Contacted and Following up can count as a step of their own moment; Nurture opens nothing.
        is_opened = self.resumed_at not in (None, self.nurtured) and (last is None or self.resumed_at >= last)
        return self.is_finished and not is_opened

    def _progress(self) -> str:
        place = position(self._done(), self.workflow)
        if place == 0:
            return statuses.NEW
        if place >= len(self.workflow.steps) or self._has_ended():
            return statuses.NURTURE
        return statuses.CONTACTED if place == 1 else statuses.FOLLOWING_UP


def _may_have_left(attempt: Attempt) -> bool:
    return attempt.outcome is Kind.UNKNOWN or (attempt.outcome is Kind.FAILED and not attempt.is_temporary)
