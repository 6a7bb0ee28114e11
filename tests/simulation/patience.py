"""How long a test waits for what other threads and processes do."""

import time
from collections.abc import Callable
from functools import partial

PATIENCE = 60.0  # seconds


def wait_for(holds: Callable[[], object], every: float = 0.01) -> None:
    """Asks `every` so many seconds."""
    until = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < until, "it didn't happen in time"
        time.sleep(every)


def wait_for_all(count: Callable[[], int], wanted: int, every: float = 0.01) -> None:
    """However slow the machine is, as long as the count grows."""
    found = count()
    while found < wanted:
        wait_for(partial(_exceeds, count, found), every)
        found = count()


def _exceeds(count: Callable[[], int], found: int) -> bool:
    return count() > found
