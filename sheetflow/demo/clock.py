"""A clock that stands still until it is moved, and goes on by itself once the story is over."""

import time
from datetime import datetime, timedelta


class Clock:
    def __init__(self, start: datetime) -> None:
        self._now = start
        self._since: float | None = None

    def __call__(self) -> datetime:
        passed = time.monotonic() - self._since if self._since is not None else 0.0
        return self._now + timedelta(seconds=passed)

    def move_to(self, at: datetime) -> None:
        """Never back."""
        self._now = max(self._now, at)

    def go(self) -> None:
        self._since = time.monotonic()
