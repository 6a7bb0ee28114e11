"""An adviser is asked about leads that have just arrived, one call each, before their first response."""

import logging
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol

from sheetflow.jobs.ports import Clock
from sheetflow.ledger import usage
from sheetflow.ledger.ledger import Ledger
from sheetflow.ledger.settling import settle
from sheetflow.workflow import statuses
from sheetflow.workflow.advice import Advice, consider
from sheetflow.workflow.events import Event, Kind, event_id
from sheetflow.workflow.history import History, fold
from sheetflow.workflow.lead import Lead
from sheetflow.workflow.qualified import Qualified
from sheetflow.workflow.review import Case
from sheetflow.workflow.sequence import Workflow
from sheetflow.workflow.statuses import canonical

LONGEST = timedelta(seconds=4)  # within which calls begin
HELD = 20.0  # seconds for which a lead is nobody else's to ask about

log = logging.getLogger(__name__)


class Answer(Protocol):
    """What an adviser says: no advice, and why, or one and what it took."""

    @property
    def advice(self) -> Advice | None: ...

    @property
    def said(self) -> str: ...

    @property
    def tokens(self) -> int: ...


class Adviser(Protocol):
    def ask(self, lead: Lead, workflow: Workflow) -> Answer:
        """Never raises, and comes back within seconds."""


@dataclass(frozen=True)
class Advising:
    """`most` calls a day; `language_of` tells a text's language (ISO 639-1).

    With `reviews` an opening is a draft until a person has read it.
    """

    ledger: Ledger
    workflow: Workflow
    adviser: Adviser
    clock: Clock
    language_of: Callable[[str], str]
    most: int
    reviews: bool = False

    def advise(self, lead_ids: Collection[str], holder: str) -> None:
        """What counts of the advice stands in a `qualified` event. Raises LedgerUnavailable.

        Others wait for their answer meanwhile: after a while nobody else is asked about.
        """
        until = self.clock() + LONGEST
        for lead_id in lead_ids:
            case = self._take(lead_id, holder) if self.clock() < until else None
            if case is None:
                continue
            answer = self.adviser.ask(case.lead, self.workflow)
            log.info("lead %s: adviser: %s", lead_id, answer.said)
            self._record(lead_id, answer)

    def _take(self, lead_id: str, holder: str) -> Case | None:
        """The lead, if it waits for its first response and nobody has asked about it; the call is counted."""
        now = self.clock()
        with self.ledger.writing() as book:
            case = book.case(lead_id)
            if case is None or not self._is_waiting(case):
                return None
            if not book.lease(f"advice {lead_id}", holder, HELD) or usage.calls(book, now) >= self.most:
                return None
            usage.count(book, now, calls=1)
        return case

    def _is_waiting(self, case: Case) -> bool:
        history = self._history(case)
        is_new = canonical(history.standing, self.workflow.statuses) == statuses.NEW
        return is_new and not history.attempts and not history.qualified.adviser

    def _record(self, lead_id: str, answer: Answer) -> None:
        now = self.clock()
        with self.ledger.writing() as book:
            case = book.case(lead_id)
            if case is None:
                return
            history = self._history(case)
            event = self._event(case, history, self._considered(case, history, answer), history.stamp(now))
            usage.count(book, now, tokens=answer.tokens)
            book.record([event])
            settle(book, [lead_id], now)

    def _considered(self, case: Case, history: History, answer: Answer) -> Qualified:
        found, rules = history.qualified, self.workflow.rules
        if answer.advice is None:
            return replace(found, adviser=f"no advice: {answer.said}")
        own = self.workflow.business.language
        after = consider(found, answer.advice, case.lead, rules, own, self.language_of)
        if self.reviews and not case.lead.is_public:  # whose opening is never sent
            after = replace(after, opening="", draft=after.opening)
        return replace(after, adviser=f"{after.adviser}; {answer.said}")

    def _event(self, case: Case, history: History, found: Qualified, at: datetime) -> Event:
        name = event_id(Kind.QUALIFIED, case.lead.id, "adviser")
        return Event(at, case.lead.id, Kind.QUALIFIED, name, detail=found.detail())

    def _history(self, case: Case) -> History:
        return fold(case.events, self.workflow, case.suppressed)
