"""What waits in the inbox in front of a Sheet, and how it leaves it: in batches that never change."""

from dataclasses import dataclass

from sheetflow.workflow.enquiry import Enquiry, Receipt
from sheetflow.workflow.optout import OptOut
from sheetflow.workflow.tracked import Changes


@dataclass(frozen=True)
class Waiting:
    number: int  # in the order in which they came
    what: Enquiry | OptOut

    @property
    def lead_id(self) -> str:
        return self.what.id if isinstance(self.what, Enquiry) else self.what.lead_id


@dataclass(frozen=True)
class Composed:
    """What a batch does to the tracker, and what became of its enquiries, by their IDs."""

    changes: Changes
    receipts: dict[str, Receipt]


@dataclass(frozen=True)
class Batch:
    """`composed` is None until somebody has decided it; from then on a repeat writes the very same."""

    id: str
    items: tuple[Waiting, ...]
    composed: Composed | None = None


@dataclass(frozen=True)
class Refused:
    """A lead that the tracker doesn't take, in the tracker's words; it is kept in the inbox."""

    lead_id: str
    words: str
