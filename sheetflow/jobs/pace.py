"""The pace between two messages, whoever they go to: it is the account's, over all processes."""

from sheetflow.jobs.ports import Sleep
from sheetflow.ledger.ledger import Ledger


def wait_for_turn(ledger: Ledger, pause: float, sleep: Sleep) -> None:
    """`pause` is in seconds. Raises LedgerUnavailable."""
    if not pause:
        return
    with ledger.writing() as book:
        wait = book.take_turn(pause)
    if wait:
        sleep(wait)
