"""A small business, its wall-clock times, and one lead in a tracker of its own."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sheetflow.workflow.brakes import Brakes
from sheetflow.workflow.columns import SHARED_FIELDS
from sheetflow.workflow.decide import Send
from sheetflow.workflow.enquiry import Enquiry, place
from sheetflow.workflow.events import Claim, Event, Kind
from sheetflow.workflow.lead import Mark, cell_text
from sheetflow.workflow.review import review, row_of
from sheetflow.workflow.sequence import Business, Owner, Sending, Step, Window, Workflow
from sheetflow.workflow.tracked import SALT, Snapshot

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
    return Enquiry(lead_id, f"delivery of {lead_id}", timedelta(days=30), at(arrived), email=email, **fields)


class Tracked:
    """One lead: its row, its events, the suppressed addresses. Runs record what they find, like a tracker.

    `answers` are what the mail server says to the next messages, each an outcome with its detail; after
    them it takes everything. Times are wall-clock time in the business's zone.
    """

    def __init__(self, workflow=WORKFLOW, **fields):
        self.workflow = workflow
        placed = place(enquiry(**fields), (), {}, workflow)
        [self.lead] = placed.changes.leads
        self.events = placed.changes.events
        self.suppressed = {}
        self.answers = []
        self.day_first = True
        self.ran = 0

    @property
    def snapshot(self):
        return Snapshot((self.lead,), self.events, {SALT: "salt"}, self.suppressed, day_first=self.day_first)

    def types(self, **cells):
        self.lead = replace(self.lead, **cells)
        return self

    def happens(self, kind, when, detail="", step=""):
        """Something that the next run finds in the mailbox, before it looks at the row."""
        name, run = f"{kind}:noticed-{len(self.events)}x", f"run-{self.ran}"
        event = Event(at(when), self.lead.id, kind, name, step, detail, run=run)
        self.events = (*self.events, event)
        return self

    def looks(self, when):
        return review(self.lead, self.events, self.snapshot, self.workflow, at(when), f"run-{self.ran}")

    def decides(self, when):
        return self.looks(when).decision

    def run(self, when, brakes=ON):
        """One run, one message at most; the name of the step that the mail server saw, or nothing."""
        looked = self.looks(when).braked(brakes, self.workflow)
        self.ran += 1
        self.apply(looked.new)
        seen = ""
        if isinstance(looked.decision, Send):
            seen = looked.decision.step.name
            self._send(looked.decision, at(when))
            looked = review(looked.lead, self.events, self.snapshot, self.workflow, at(when), "after")
            self.apply(looked.new)
        self.write(row_of(looked, self.snapshot, self.workflow, at(when), has_sent=bool(seen)))
        return seen

    def runs(self, *whens):
        return [step for step in map(self.run, whens) if step]

    def apply(self, changes):
        known = {event.id for event in self.events}
        self.events += tuple(event for event in changes.events if event.id not in known)
        for row in changes.rows:
            self.write(row)
        self.suppressed |= {line.hash: line for line in changes.suppress}

    def write(self, row):
        """Shared cells only while they hold what was expected; the mark follows what was written."""
        if row is None:
            return
        mark = self.lead.mark if self.lead.mark.lead_id == self.lead.id else Mark(self.lead.id)
        cells = dict(row.cells)
        for field in SHARED_FIELDS:
            if field in cells and cell_text(getattr(self.lead, field)) != cell_text(row.expected[field]):
                del cells[field]
        remembered = {field: cell_text(cells[field]) for field in SHARED_FIELDS if field in cells}
        self.lead = replace(self.lead, **cells, mark=replace(mark, **remembered))

    def details(self, kind):
        return [event.detail for event in self.events if event.kind is kind]

    def _send(self, decision, when):
        claim = Claim(self.lead.id, decision.step.name, decision.attempt)
        kind, detail = self.answers.pop(0) if self.answers else (Kind.SENT, "Subject")
        self.events += (claim.event(Kind.CLAIMED, when, "run"),)
        if kind:
            self.events += (claim.event(kind, when, "run", detail),)
        if kind is Kind.BOUNCED:
            line = self.snapshot.suppress(self.lead.email, "bounced", when)
            self.suppressed[line.hash] = line
