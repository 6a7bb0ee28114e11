"""How long a test waits for what other threads and processes do."""

import time
from collections.abc import Callable

PATIENCE = 60.0  # seconds


def wait_for(holds: Callable[[], object], every: float = 0.01) -> None:
    """Asks `every` so many seconds."""
    until = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < until, "it didn't happen in time"
        time.sleep(every)
