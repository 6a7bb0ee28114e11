"""Random weeks of a business in its ledger, and the Sheet that it would have by then."""

import random
from datetime import datetime, timedelta

from sqlalchemy import select

from sheetflow.ledger import arrivals, editing, schema
from sheetflow.ledger.book import GONE, Book
from sheetflow.ledger.mirror import lines
from sheetflow.ledger.restoring import Evidence, Line
from sheetflow.ledger.rows import row_from
from sheetflow.ledger.settling import look, settle
from sheetflow.sheet.activity import lines_of, read_line
from sheetflow.sheet.cells import cell_of, value_of
from sheetflow.workflow.columns import BY_FIELD
from sheetflow.workflow.decide import Send
from sheetflow.workflow.details import away_detail, sent_detail
from sheetflow.workflow.edits import Edit
from sheetflow.workflow.enquiry import Enquiry
from sheetflow.workflow.events import TEMPORARY, Claim, Event, Kind, event_id
from sheetflow.workflow.history import fold
from sheetflow.workflow.lead import Cell, Row, cell_text
from sheetflow.workflow.optout import OptOut
from sheetflow.workflow.statuses import STATUSES
from tests.sheet.conftest import enquiry

WORDS = [
    *STATUSES,
    "Send again",
    "on holiday",
    "",
    "won",
    "Following up",
    "Following up",
    "New",
    "Do not contact",
]
OUTCOMES = [Kind.SENT] * 12 + [Kind.FAILED, Kind.UNKNOWN, Kind.BOUNCED, Kind.RELEASED, None]
DATES: list[Cell] = [
    datetime.fromisoformat("2026-04-01T10:30"),
    datetime.fromisoformat("2026-03-26T09:00"),
    "next week",
    "2026-04-02",
    "",
]


class Week:
    """`sheet` has the lines of Activity as far as they were written; some events are written late."""

    def __init__(self, book: Book, seed: int, clock: list[datetime]) -> None:
        self.book, self.random, self.clock, self.ran = book, random.Random(seed), clock, 0
        self.ids: list[str] = []
        self.written: dict[str, Line] = {}

    @property
    def now(self) -> datetime:
        return self.clock[0]

    def passes(self, steps: int) -> None:
        doings = [
            self.comes,
            self.comes,
            self.sends,
            self.sends,
            self.sends,
            self.sends,
            self.types,
            self.types,
            self.reschedules,
            self.replies,
            self.bounces,
            self.opts_out,
            self.corrects,
            self.deletes,
            self.lifts,
            self.writes,
        ]
        for _ in range(steps):
            self.clock[0] += timedelta(
                minutes=self.random.choice([1, 7, 90, 600, 1900]), milliseconds=self.ran % 997
            )
            self.ran += 1
            self.random.choice(doings)()
        self.sends()
        settle(self.book, self.ids, self.now)
        self.writes()

    def comes(self) -> None:
        """Some people at once, a few of them for the second time."""
        asked = [self.asks() for _ in range(4)]
        receipts = arrivals.store(self.book, asked)
        self.ids += [receipt.lead_id for receipt in receipts if receipt.status != "merged"]

    def asks(self) -> Enquiry:
        new = "L-" + "".join(self.random.choices("23456789ABCDEFGH", k=10))
        email = f"person{self.random.randrange(4 * len(self.ids) + 4)}@example.org"
        held = self.random.choice(["", "", "", "Look at this first."])
        return enquiry(new, self.now, email=self.random.choice([email] * 9 + [""]), asked=held)

    def sends(self) -> None:
        """What a job does: decides, claims, records what became of it."""
        due = self.book.to_look_at(self.now)
        for found in look(self.book, due, self.now):
            if found.lead.id in self.gone or not isinstance(found.decision, Send):
                continue
            claim = Claim(found.lead.id, found.decision.step.name, found.decision.attempt)
            self.book.claim(claim, f"run {self.ran}", f"<sf.{claim.id()}@example.com>")
            outcome = self.random.choice(OUTCOMES)
            if outcome:
                self.ends(claim, outcome, found.lead.email)
        settle(self.book, due, self.now)

    def ends(self, claim: Claim, outcome: Kind, email: str) -> None:
        said = {Kind.SENT: sent_detail("Hello", is_try_out=False), Kind.FAILED: f"{TEMPORARY}451 later"}
        self.book.close(claim.event(outcome, self.now, f"run {self.ran}", said.get(outcome, "said so")))
        if outcome is Kind.BOUNCED:
            self.book.suppress(self.book.hash_of(email), "bounced", self.now, claim.lead_id)

    def types(self) -> None:
        self.edits("status", self.random.choice(WORDS))

    def reschedules(self) -> None:
        self.edits("next_follow_up", self.random.choice(DATES))

    def corrects(self) -> None:
        field = self.random.choice(["email", "name", "owner", "notes", "phone"])
        self.edits(field, f"other{self.ran}@example.org")

    def edits(self, field: str, value: Cell) -> None:
        if lead_id := self.one():
            shown = cell_text(self.row(lead_id)[field])
            if cell_text(value) != shown:
                editing.apply_edits(self.book, [Edit(lead_id, field, value, shown)], self.now, day_first=True)

    def replies(self) -> None:
        kind, said = self.random.choice(
            [(Kind.REPLIED, "Yes, please"), (Kind.AUTO_REPLIED, away_detail(self.now.date(), "away"))]
        )
        self.hears(kind, said, "")

    def bounces(self) -> None:
        if self.random.random() < 0.5:
            self.hears(Kind.BOUNCED, f"{TEMPORARY}mailbox full", "")
        else:
            self.hears(
                *self.random.choice(
                    [
                        (Kind.BOUNCED, "5.1.1", "bounced"),
                        (Kind.COMPLAINED, "spam", "complained"),
                        (Kind.UNSUBSCRIBED, "STOP", "unsubscribed"),
                    ]
                )
            )

    def hears(self, kind: Kind, said: str, reason: str) -> None:
        if lead_id := self.one():
            [case] = self.book.cases([lead_id])
            at = fold(case.events, self.book.workflow, case.suppressed).stamp(self.now)
            event = Event(
                at,
                lead_id,
                kind,
                event_id(kind, str(self.ran)),
                detail=said,
                message_id=f"<{self.ran}@example.org>",
            )
            self.book.record([event])
            if reason and case.lead.email:
                self.book.suppress(self.book.hash_of(case.lead.email), reason, at, lead_id)
            settle(self.book, [lead_id], self.now)

    def opts_out(self) -> None:
        if lead_id := self.one():
            [case] = self.book.cases([lead_id])
            if case.lead.email:
                choice = OptOut(lead_id, self.book.hash_of(case.lead.email), self.now)
                editing.opt_out(self.book, choice)
                if self.random.random() < 0.3:
                    self.clock[0] += timedelta(minutes=5)
                    undone = OptOut(lead_id, choice.address, self.now, is_undone=True)
                    editing.opt_out(self.book, undone)

    def lifts(self) -> None:
        """What the command does."""
        if lead_id := self.one():
            [case] = self.book.cases([lead_id])
            hashed = self.book.hash_of(case.lead.email)
            found = self.book.lift(schema.suppressed.c.hash == hashed) if case.suppressed else []
            for one in self.book.cases(found):
                at = fold(one.events, self.book.workflow).stamp(self.now)
                name = event_id(Kind.RESUBSCRIBED, one.lead.id, str(len(one.events)))
                self.book.record([Event(at, one.lead.id, Kind.RESUBSCRIBED, name, detail="lifted by hand")])
            settle(self.book, found, self.now)

    def deletes(self) -> None:
        if self.random.random() < 0.3 and (lead_id := self.one()):
            editing.delete_rows(self.book, [lead_id], self.now)

    def writes(self) -> None:
        """A sync: Activity gets what it lacks, as it is known at this moment."""
        new = [event for _, event in lines(self.book, len(self.written), 10_000)]
        for line in lines_of(self.book, new):
            self.written[line["event_id"]] = read_line(line)

    def one(self) -> str:
        there = [lead_id for lead_id in self.ids if lead_id not in self.gone]
        return self.random.choice(there) if there else ""

    @property
    def gone(self) -> set[str]:
        return set(self.book.lead_ids(schema.leads.c.place == GONE))

    def row(self, lead_id: str) -> Row:
        leads = schema.leads
        text = self.book.connection.execute(select(leads.c.row).where(leads.c.id == lead_id)).scalar_one()
        return row_from(text)

    def evidence(self) -> Evidence:
        rows = {str(row["id"]): as_in_a_sheet(row) for row in self.book.rows()}
        return Evidence(rows, list(self.written.values()), {})


def as_in_a_sheet(row: Row) -> Row:
    """Through the cells and back, as a Sheet keeps them."""
    return {name: cell_of(value_of(value), BY_FIELD[name]) for name, value in row.items()}
