"""Random weeks in a lead's life, held against what no timeline may ever contain."""

from datetime import timedelta
from itertools import pairwise, product
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
    "races": (6, tuple(product(OUTCOMES, (None, None, None, "runs", "finds")))),
}


class Life:
    """A lead, two processes that look after it, and what a careful person remembers about it."""

    def __init__(self):
        self.lead = Tracked(arrived=f"{START:%Y-%m-%d %H:%M}")
        self.now = START
        self.stops = set()  # words of stops that nobody has typed over
        self.question = False  # a message may have left, and nobody has said what to do

    @property
    def moment(self):
        return f"{self.now:%Y-%m-%d %H:%M}"

    def waits(self, minutes):
        self.now += timedelta(minutes=minutes)

    def types(self, word):
        shown = cell_text(self.lead.agreed["status"])
        if "status" in self.lead.typed or word == shown:
            return  # one word between two looks: what the second is typed over can't be told
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
            self.lead.suppress(kind.value)

    def runs(self, outcome):
        word, is_typed = canonical(self.lead.row.status, WORKFLOW.statuses), "status" in self.lead.typed
        before = self.lead.row.status
        decision = self.lead.decides(self.moment)
        if isinstance(decision, Send):
            self.may_send(decision)
            assert word in SENDING or not is_typed
            self.question = outcome[0] in (None, Kind.UNKNOWN)
            if outcome[0] is Kind.BOUNCED:
                self.stops.add("Bounced")
        self.lead.answers = [outcome]
        self.lead.run(self.moment)
        if is_typed and word not in SENDING:
            assert self.lead.row.status == before
        assert self.lead.row.why.endswith((".", "!", "?"))

    def races(self, race):
        """A second process claims what it saw, unless something has come to the lead meanwhile."""
        (kind, detail), meanwhile = race
        looked = self.lead.looks(self.moment)
        if meanwhile == "runs":
            self.runs((Kind.SENT, "Subject"))
        elif meanwhile:
            self.finds(Kind.REPLIED)
        if looked.case != self.lead.case or not isinstance(looked.decision, Send):
            return
        self.may_send(looked.decision)
        claim = Claim(looked.lead.id, looked.decision.step.name, looked.decision.attempt)
        self.question = kind in (None, Kind.UNKNOWN)
        self.lead.events += (claim.event(Kind.CLAIMED, at(self.moment), "other"),)
        if kind:
            self.lead.events += (claim.event(kind, at(self.moment), "other", detail),)
        if kind is Kind.BOUNCED:
            self.finds(Kind.BOUNCED)

    def may_send(self, decision):
        sent = {event.step for event in self.lead.events if event.kind is Kind.SENT}
        assert decision.step.name not in sent
        assert not self.stops
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
