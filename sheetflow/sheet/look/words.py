"""Formulas over a row of Leads: which rows need a person, and which belong to a filter view.

Google parses a condition as if the owner had typed it, so in some countries a comma parts no arguments. A
semicolon does everywhere; sums and products in place of OR and AND need neither.
"""

from collections.abc import Iterable

from sheetflow.sheet.cells import a1
from sheetflow.sheet.layout import Tab
from sheetflow.sheet.reconcile import TORN, TWICE
from sheetflow.workflow import statuses
from sheetflow.workflow.projection import UNANSWERED
from sheetflow.workflow.sequence import Workflow

MARK = 'N("sheetflow")'  # 0; by it setup knows its own formulas again
NEEDED = ("status", "why", "id")  # columns without which nothing can be told
_WRONG_ROWS = (TWICE.partition("{")[0], TORN.partition(",")[0])  # how Why begins if the row itself is wrong


class Words:
    """Conditions for the tab's row `row`, which counts from 0; other rows follow from it."""

    def __init__(self, tab: Tab, workflow: Workflow, row: int = 1) -> None:
        self._tab, self._workflow, self._row = tab, workflow, row

    def is_one_of(self, field: str, words: Iterable[str]) -> str:
        return f"={self._sum(field, words)}+{MARK}>0"

    def has_status(self, *wanted: str) -> str:
        """The words themselves, and those that the business has for them."""
        return self.is_one_of("status", self._spelled(wanted))

    def is_unanswered(self) -> str:
        return f"={self._is_lead()}*{self._ends(UNANSWERED)}+{MARK}>0"

    def needs_person(self) -> str:
        """As `Counted.needs_person` has it."""
        known = self._spelled([*statuses.STATUSES, statuses.SEND_AGAIN])
        unknown = "*".join(f"(TRIM({self._cell('status')})<>{_quoted(word)})" for word in known)
        waiting = self._sum("status", self._spelled([statuses.REPLIED, statuses.NEEDS_ATTENTION]))
        bounced = self._sum("status", self._spelled([statuses.BOUNCED]))
        if "owner_response" in self._tab.columns:
            bounced += f'*({self._cell("owner_response")}="")'
        told = "+".join([self._ends(UNANSWERED), *map(self._begins, _WRONG_ROWS)])
        return f"={self._is_lead()}*({waiting}+{bounced}+{told}+{unknown})+{MARK}>0"

    def is_of_this_week(self) -> str:
        """From Monday on: the day before the first of a week has its highest number."""
        return f"={self._cell('received')}+{MARK}>TODAY()-WEEKDAY(TODAY()-1)+1-1/86400"

    def _spelled(self, wanted: Iterable[str]) -> list[str]:
        meant = set(wanted)
        aliases = [word for word, status in self._workflow.statuses.items() if status in meant]
        return [*(word for word in (*statuses.STATUSES, statuses.SEND_AGAIN) if word in meant), *aliases]

    def _sum(self, field: str, words: Iterable[str]) -> str:
        cell = self._cell(field)
        return "(" + "+".join(f"(TRIM({cell})={_quoted(word)})" for word in words) + ")"

    def _begins(self, start: str) -> str:
        return f"(LEFT({self._cell('why')};{len(start)})={_quoted(start)})"

    def _ends(self, end: str) -> str:
        return f"(RIGHT({self._cell('why')};{len(end)})={_quoted(end)})"

    def _is_lead(self) -> str:
        return f'({self._cell("id")}<>"")'

    def _cell(self, field: str) -> str:
        at = self._tab.columns[field]
        return "$" + a1("", (self._row, self._row + 1), (at, at + 1)).partition("!")[2].partition(":")[0]


def _quoted(word: str) -> str:
    doubled = word.replace('"', '""')
    return f'"{doubled}"'
