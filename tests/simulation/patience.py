"""How long a test waits for what other threads and processes do."""

import time
from collections.abc import Callable
from functools import partial
from typing import Any

PATIENCE = 120.0  # seconds: machines can be busy


def wait_for(holds: Callable[[], Any], every: float = 0.01) -> Any:
    """Asks `every` so many seconds; gives back what holds."""
    until = time.monotonic() + PATIENCE
    while not (found := holds()):
        assert time.monotonic() < until, "it didn't happen in time"
        time.sleep(every)
    return found


def wait_for_all(count: Callable[[], int], wanted: int, every: float = 0.01) -> None:
    """However slow the machine is, as long as the count grows."""
    found = count()
    while found < wanted:
        wait_for(partial(_exceeds, count, found), every)
        found = count()


def _exceeds(count: Callable[[], int], found: int) -> bool:
    return count() > found
