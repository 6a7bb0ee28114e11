"""Random weeks in a lead's life, held against what no timeline may ever contain."""

from datetime import timedelta
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sheetflow.workflow import statuses
from sheetflow.workflow.decide import Send
from sheetflow.workflow.events import TEMPORARY, Claim, Kind
from sheetflow.workflow.lead import cell_text
from sheetflow.workflow.statuses import canonical
from tests.workflow.builders import BERLIN, FIRST, WORKFLOW, Tracked, at, wall

SENDING = (*statuses.MOVING, statuses.SEND_AGAIN)
RESOLVING = ("Following up", "Contacted", "Nurture", "Send again")
STOPPED_BY = {
    Kind.REPLIED: "Replied",
    Kind.BOUNCED: "Bounced",
    Kind.UNSUBSCRIBED: "Unsubscribed",
    Kind.COMPLAINED: "Unsubscribed",
}
START = wall("2026-03-20 09:07")

WORDS = (*statuses.STATUSES, *RESOLVING * 8, "", "call back", "signed", "on hold")
DATES = (
    *(START + timedelta(days=days, hours=days % 5 * 4) for days in range(-2, 30)),
    "",
    "tomorrow",
    "28.3.2026",
)
WAITS = (1, 9, 10, 15, 61, 400, 1440, 1440, 2881, 2881, 11000)  # minutes
OUTCOMES = (
    *[(Kind.SENT, "Subject")] * 12,
    (Kind.UNKNOWN, "lost"),
    (Kind.FAILED, f"{TEMPORARY}later"),
    (Kind.FAILED, "refused"),
    (Kind.RELEASED, "stopped"),
    (Kind.BOUNCED, "no such user"),
    (None, "a crash"),
)
ACTIONS = {
    "runs": (20, OUTCOMES),
    "waits": (20, WAITS),
    "types": (5, WORDS),
    "dates": (2, DATES),
    "finds": (0.5, tuple(STOPPED_BY)),
    "looks": (4, (None,)),
    "acts": (4, OUTCOMES),
    "sorts": (1, (None,)),
}


class Life:
    """A lead, two processes that look after it, and what a careful person remembers about it."""

    def __init__(self):
        self.lead = Tracked(arrived=f"{START:%Y-%m-%d %H:%M}")
        self.now = START
        self.other = None  # what the second process decided when it looked
        self.stops = set()  # words of stops that nobody has typed over
        self.question = False  # a message may have left, and nobody has said what to do

    @property
    def moment(self):
        return f"{self.now:%Y-%m-%d %H:%M}"

    def waits(self, minutes):
        self.now += timedelta(minutes=minutes)

    def types(self, word):
        shown = self.lead.lead.mark.status
        if cell_text(self.lead.lead.status) != shown or word == shown:
            return  # one word between two runs: what the second is typed over can't be told
        if shown in self.stops:
            self.stops -= {shown, "Replied"}
        # Until a message has left, both words say that a person answered instead.
        answered = word in ("Contacted", "Following up") and not self.lead.details(Kind.SENT)
        if (shown == statuses.NEEDS_ATTENTION and word in RESOLVING) or answered or word == "Nurture":
            self.question = False
        self.lead.types(status=word)

    def dates(self, value):
        self.lead.types(next_follow_up=value)

    def finds(self, kind):
        self.lead.happens(kind, self.moment)
        self.stops.add(STOPPED_BY[kind])
        if kind is not Kind.REPLIED:
            line = self.lead.snapshot.suppress(self.lead.lead.email, kind.value, at(self.moment))
            self.lead.suppressed[line.hash] = line

    def runs(self, outcome):
        word = canonical(self.lead.lead.status, WORKFLOW.statuses)
        typed = cell_text(self.lead.lead.status) != self.lead.lead.mark.status
        decision = self.lead.decides(self.moment)
        if isinstance(decision, Send):
            self.may_send(decision)
            assert not self.stops
            assert word in SENDING or not typed
            self.question = outcome[0] in (None, Kind.UNKNOWN)
            if outcome[0] is Kind.BOUNCED:
                self.stops.add("Bounced")
        before = self.lead.lead.status
        self.lead.answers = [outcome]
        self.lead.run(self.moment)
        if typed and word not in SENDING:
            assert self.lead.lead.status == before
        assert self.lead.lead.why.endswith((".", "!", "?"))

    def looks(self, _):
        self.other = (self.lead.looks(self.moment), self.now)

    def acts(self, outcome):
        """The second process acts on what it saw at most ten minutes ago; the claim reads the row back."""
        if self.other is None or self.now - self.other[1] > timedelta(minutes=10):
            return
        looked, self.other = self.other[0], None
        self.lead.apply(looked.new)
        if not isinstance(looked.decision, Send):
            return
        claim = Claim(self.lead.lead.id, looked.decision.step.name, looked.decision.attempt)
        if claim.id() in {event.id for event in self.lead.events}:
            return
        row = self.lead.lead
        same = [
            cell_text(getattr(row, name)) == cell_text(getattr(looked.lead, name))
            for name in ("status", "next_follow_up")
        ]
        kind, detail = outcome if all(same) else (Kind.RELEASED, "changed")
        if all(same):
            self.may_send(looked.decision)
            self.question = kind in (None, Kind.UNKNOWN)
        self.lead.events += (claim.event(Kind.CLAIMED, at(self.moment), "other"),)
        if kind:
            self.lead.events += (claim.event(kind, at(self.moment), "other", detail),)
        if kind is Kind.BOUNCED:
            self.finds(Kind.BOUNCED)

    def sorts(self, _):
        """Somebody sorts Activity by time, newest first; what has one time keeps its order."""
        self.lead.events = tuple(sorted(self.lead.events, key=lambda event: event.at, reverse=True))

    def may_send(self, decision):
        sent = {event.step for event in self.lead.events if event.kind is Kind.SENT}
        assert decision.step.name not in sent
        assert not self.question
        assert decision.due <= at(self.moment)
        local = at(self.moment).astimezone(BERLIN)
        if decision.step != FIRST:
            assert local.weekday() < 5
            assert 9 <= local.hour < 17
            assert local.date() not in WORKFLOW.window.holidays


@pytest.mark.parametrize("seed", range(25))
def test_no_timeline_sends_twice_or_after_a_stop_or_unasked_or_at_night(seed):
    chance = Random(seed)
    weights = [weight for weight, _ in ACTIONS.values()]
    for _ in range(40):
        life, told = Life(), []
        for name in chance.choices(list(ACTIONS), weights, k=50):
            told.append((name, chance.choice(ACTIONS[name][1])))
            try:
                getattr(life, name)(told[-1][1])
            except AssertionError as error:
                error.add_note(f"after {told}")
                raise
        for kind in (Kind.CLAIMED, Kind.SENT):
            found = [
                (event.step, event.attempt * (kind is Kind.CLAIMED))
                for event in life.lead.events
                if event.kind is kind
            ]
            assert len(found) == len(set(found)), told


@settings(max_examples=100, deadline=None)
@given(st.lists(st.integers(1, 3000), min_size=1, max_size=60))
def test_whenever_the_runs_come_the_steps_leave_in_order_and_not_too_soon(minutes):
    lead, now = Tracked(arrived=f"{START:%Y-%m-%d %H:%M}"), START
    left = {}
    for passed in minutes:
        step = lead.run(f"{now:%Y-%m-%d %H:%M}")
        if step:
            left[step] = now
        now += timedelta(minutes=passed)
    names = [step.name for step in (*WORKFLOW.steps, *WORKFLOW.nurture)]
    assert list(left) == names[: len(left)]
    days = [left[name] for name in names if name in left]
    assert all(later - earlier >= timedelta(days=2) for earlier, later in pairwise(days))
