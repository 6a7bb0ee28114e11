"""No mailbox: a decision. The owner sees replies and sets the status."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date

from sheetflow.workflow.arrived import Arrived, Reading


class NoMailbox:
    """`decision` is what Control says of it."""

    addresses: frozenset[str] = frozenset()

    def __init__(self, decision: str = "") -> None:
        self._decision = decision

    def read(self, cursor: str, since: date, take: Callable[[Arrived], None]) -> Reading:
        return Reading("", self._decision)

    def holds(self, message_ids: Collection[str]) -> Mapping[str, bytes]:
        return {}

    def verify(self) -> Sequence[str]:
        return ()
