"""No Sheet is connected: the ledger alone, and commands and pages show the leads."""

from sheetflow.errors import ConfigError
from sheetflow.ledger import state
from sheetflow.ledger.ledger import Ledger
from sheetflow.workflow.looked import Looked

NONE = "SHEETFLOW_SHEET isn't set: set it to your Sheet's address, as copied from the browser"


class NoSheet:
    """`pause` and `resume` say whether anything is sent."""

    is_connected = False

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def link(self) -> str:
        return ""

    def look(self, *, whole: bool) -> Looked:
        with self._ledger.writing() as book:
            book.put(state.CLOSED, "")
            return Looked(book.get(state.SENDING))

    def write(self, *, numbers: bool = False) -> None:
        """There is nothing to write to."""

    def setup(self, *, take_over: bool) -> list[str]:
        if take_over:
            raise ConfigError(NONE)
        return []

    def restore(self) -> list[str]:
        raise ConfigError(NONE)

    def check(self) -> list[str]:
        return []

    def close(self) -> None:
        """Nothing is open."""
