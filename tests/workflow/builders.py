"""A small business, its wall-clock times, and one lead with its events."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from types import SimpleNamespace
from zoneinfo import ZoneInfo

from sheetflow.workflow.brakes import Brakes
from sheetflow.workflow.columns import LEAD_FIELDS
from sheetflow.workflow.decide import Send
from sheetflow.workflow.edits import Edit, events_of, in_order
from sheetflow.workflow.enquiry import Enquiry, place
from sheetflow.workflow.events import Claim, Event, Kind
from sheetflow.workflow.history import fold
from sheetflow.workflow.lead import cell_text, email_key
from sheetflow.workflow.review import Case, review
from sheetflow.workflow.sequence import Business, Owner, Sending, Step, Window, Workflow

BERLIN, NEW_YORK = ZoneInfo("Europe/Berlin"), ZoneInfo("America/New_York")
FIRST = Step("first_response", 1, "first_response", anytime=True)
FOLLOW_UP = Step("follow_up", 3, "follow_up")
CHECK_IN = Step("check_in", 5, "check_in")
RE_ENGAGE = Step("re_engage", 7, "re_engage")
STEPS = (FIRST, FOLLOW_UP, CHECK_IN, RE_ENGAGE)
NURTURE = tuple(Step(f"nurture-{month}", 0, "nurture") for month in range(1, 13))
GOOD_FRIDAY, EASTER_MONDAY = date(2026, 4, 3), date(2026, 4, 6)
WEEK = Window(frozenset(range(5)), time(9), time(17), {GOOD_FRIDAY, EASTER_MONDAY})
WORKFLOW = Workflow(
    Business("Ada's Studio", "Ada", "ada@example.com", "1 Example Street", BERLIN, "DE"),
    WEEK,
    STEPS,
    NURTURE,
    owners=(Owner("Kim", "kim@example.com"),),
    statuses={"signed": "Won", "on hold": "Paused"},
)
ADA = "L-ADAADAADAA"
ON = Brakes("ON")


def at(text, zone=BERLIN):
    """UTC of a wall-clock time, "2026-03-24 10:00"."""
    return datetime.fromisoformat(text).replace(tzinfo=zone).astimezone(UTC)


def wall(text):
    """A date-time as a cell holds it: wall-clock time without zone."""
    return datetime.fromisoformat(text)


def sending(**values):
    return replace(WORKFLOW, sending=Sending(**values))


def enquiry(arrived="2026-03-24 10:00", lead_id=ADA, email="ada@example.org", **fields):
    """An enquiry of Tuesday 24 March 2026."""
    fields = {"name": "Ada", "message": "Hello", "source": "website", **fields}
    return Enquiry(
        id=lead_id,
        delivery=f"delivery of {lead_id}",
        repeat_within=timedelta(days=30),
        arrived=at(arrived),
        email=email,
        **fields,
    )


class Tracked:
    """One lead: itself, its events, its row, and the suppressed addresses with their reasons.

    `answers` are what the mail server says to the next messages, each an outcome with its detail; after
    them it takes everything. Times are wall-clock time in the business's zone.
    """

    def __init__(self, workflow=WORKFLOW, **fields):
        self.workflow = workflow
        placed = place(enquiry(**fields), (), "", workflow)
        self.lead, self.events = placed.lead, placed.events
        self.suppressed = {}
        self.answers = []
        self.day_first = True
        self.typed = {}  # cells that no look has seen yet, by field
        self.ran_at = self.events[0].at  # sheetflow ran when the lead came
        self._keep(review(self.case, workflow, self.ran_at))

    @property
    def case(self):
        return Case(self.lead, self.events, self.suppressed.get(email_key(self.lead.email), ""))

    def types(self, **cells):
        """A person types into the row; the next look sees it."""
        self.typed |= cells
        vars(self.row).update(cells)
        return self

    def goes_wrong(self, problem):
        """The row in the Sheet has this problem from now on."""
        self.lead = replace(self.lead, problem=problem)
        return self

    def happens(self, kind, when, detail="", step=""):
        """Something that is found in the mailbox."""
        name = f"{kind}:noticed-{len(self.events)}x"
        self.events = (*self.events, Event(at(when), self.lead.id, kind, name, step, detail))
        return self

    def suppress(self, reason):
        self.suppressed[email_key(self.lead.email)] = reason

    def looks(self, when):
        for edit in in_order(self._edits()):
            self._obey(edit, at(when))
        self.agreed, self.typed = {**self.agreed, **self.typed}, {}
        return review(self.case, self.workflow, at(when), self.ran_at)

    def decides(self, when):
        return self.looks(when).decision

    def run(self, when, brakes=ON):
        """One run, one message at most; the name of the step that the mail server saw, or nothing."""
        looked = self.looks(when).braked(brakes, self.workflow)
        self._keep(looked)
        seen = ""
        if isinstance(looked.decision, Send):
            seen = looked.decision.step.name
            self._send(looked.decision, at(when))
            self._keep(self.looks(when).braked(brakes, self.workflow))
        self.ran_at = at(when)
        return seen

    def runs(self, *whens):
        return [step for step in map(self.run, whens) if step]

    def records(self, events):
        known = {event.id for event in self.events}
        self.events += tuple(event for event in events if event.id not in known)

    def details(self, kind):
        return [event.detail for event in self.events if event.kind is kind]

    def _keep(self, looked):
        self.records(looked.new)
        self.lead = replace(self.lead, is_finished=looked.is_finished(self.workflow))
        self.agreed = looked.row(self.workflow)
        self.row = SimpleNamespace(**self.agreed)

    def _edits(self):
        for field, value in self.typed.items():
            shown = cell_text(self.agreed[field])
            if cell_text(value) != shown:
                yield Edit(self.lead.id, field, value, shown)

    def _obey(self, edit, now):
        history = fold(self.events, self.workflow, self.case.suppressed)
        moment = history.stamp(now)
        self.records(events_of(edit, self.lead, history, self.workflow, moment, day_first=self.day_first))
        if edit.field in (*LEAD_FIELDS, "notes"):
            self.lead = replace(self.lead, **{edit.field: cell_text(edit.value)})

    def _send(self, decision, when):
        claim = Claim(self.lead.id, decision.step.name, decision.attempt)
        kind, detail = self.answers.pop(0) if self.answers else (Kind.SENT, "Subject")
        self.events += (claim.event(Kind.CLAIMED, when, "run"),)
        if kind:
            self.events += (claim.event(kind, when, "run", detail),)
        if kind is Kind.BOUNCED:
            self.suppress("bounced")
