"""How long a test waits for what other threads and processes do."""

import time
from collections.abc import Callable
from typing import Any

PATIENCE = 120.0  # seconds: machines can be busy


def wait_for(holds: Callable[[], Any], every: float = 0.01) -> Any:
    """Asks `every` so many seconds; gives back what holds."""
    until = time.monotonic() + PATIENCE
    while not (found := holds()):
        assert time.monotonic() < until, "it didn't happen in time"
        time.sleep(every)
    return found
