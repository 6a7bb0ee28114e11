"""How what the ledger holds is shown: moments in words, a status in its colour, statuses in groups."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from markupsafe import Markup, escape

from sheetflow.workflow import statuses
from sheetflow.workflow.lead import Cell
from sheetflow.workflow.sequence import Workflow
from sheetflow.workflow.statuses import canonical

# The class of a chip in `pages.css`. What isn't here is over, or waits by somebody's wish.
_TONES: Mapping[str | None, str] = {
    None: "bad",  # a word that nobody knows holds the lead
    statuses.NEEDS_ATTENTION: "bad",
    statuses.NEW: "new",
    statuses.CONTACTED: "run",
    statuses.FOLLOWING_UP: "run",
    statuses.NURTURE: "run",
    statuses.REPLIED: "warn",
    statuses.IN_CONVERSATION: "warn",
    statuses.BOOKED: "good",
    statuses.WON: "good",
}


_CODE = re.compile(r"`([^`]+)`")


@dataclass(frozen=True)
class Group:
    """Statuses that belong together for whoever looks."""

    name: str
    label: str
    statuses: frozenset[str]


NEEDS_ME = "needs-me"
GROUPS = (
    Group(
        "waiting",
        "Waiting for an answer",
        frozenset({statuses.NEW, statuses.CONTACTED, statuses.FOLLOWING_UP}),
    ),
    Group("talking", "In conversation", frozenset({statuses.IN_CONVERSATION, statuses.BOOKED})),
    Group("done", "Won and lost", frozenset({statuses.WON, statuses.LOST})),
)


def tone(word: Cell, workflow: Workflow) -> str:
    return _TONES.get(canonical(str(word), workflow.statuses), "idle")


def words_of(name: str, standing: Iterable[str], workflow: Workflow) -> list[str] | None:
    """The words in Status, of those that stand there, that a group or a status means; None for all."""
    if name in ("", NEEDS_ME):
        return None
    group = next((group for group in GROUPS if group.name == name), None)
    wanted = group.statuses if group else {canonical(name, workflow.statuses)}
    return [word for word in standing if canonical(word, workflow.statuses) in wanted]


def marked(words: str) -> Markup:
    """A sentence of ours as HTML: what stands between backticks, as at a terminal, is code here."""
    return Markup(_CODE.sub(r"<code>\1</code>", str(escape(words))))


def when(at: Cell) -> str:
    """A moment on the business's clock, as an owner reads it: "Tue 24 Nov 2026, 09:00"; words as they are."""
    if isinstance(at, datetime):
        return f"{at:%a} {at.day} {at:%b %Y, %H:%M}"
    if isinstance(at, date):
        return f"{at:%a} {at.day} {at:%b %Y}"
    return "" if at is None else str(at)
