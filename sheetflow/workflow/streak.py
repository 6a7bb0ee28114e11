"""The same refusal for several leads in a row is the account's, whatever its code says."""

import re
from dataclasses import dataclass
from typing import Generic, Self, TypeVar

from sheetflow.workflow.outcome import Outcome, Result

LONGEST = 3  # leads refused alike; with this one the account is to blame
CODE = re.compile(r"[245]\.\d{1,3}\.\d{1,3}")
ABOUT_THE_LEAD = (Result.TEMPORARY, Result.FAILED)

Try = TypeVar("Try")


@dataclass(frozen=True)
class Streak(Generic[Try]):
    """The last refusals in a row that were alike, oldest first, by Lead ID.

    `tries` are the caller's own, such as claims: those to give back once `is_accounts`.
    """

    refusal: str = ""
    tries: tuple[tuple[str, Try], ...] = ()

    def after(self, lead_id: str, outcome: Outcome, made: Try) -> Self:
        """With one more outcome. A success ends the row; what isn't about a lead says nothing of it."""
        if outcome.result is Result.SENT:
            return type(self)()
        if outcome.result not in ABOUT_THE_LEAD:
            return self
        refusal = refusal_key(outcome.detail)
        before = self.tries if refusal == self.refusal else ()
        others = tuple(one for one in before if one[0] != lead_id)
        return type(self)(refusal, (*others, (lead_id, made)))

    @property
    def is_accounts(self) -> bool:
        return len(self.tries) >= LONGEST


def refusal_key(detail: str) -> str:
    """What two refusals of one kind have in common: the codes and the words, without addresses and IDs."""
    code, *rest = detail.split() or [""]
    words = (word.strip("<>()[]\"',.:;-") for word in rest)
    return " ".join([code, *(word.casefold() for word in words if CODE.fullmatch(word) or word.isalpha())])
