"""How often an address may be wrong: guessing tokens is slow, and costs little."""

import threading
import time
from collections import OrderedDict, deque

from flask import Request

from sheetflow.web.visitors import Visitors

MOST = 20  # refused requests of an address
WITHIN = 60.0  # seconds
REMEMBERED = 10_000  # addresses


class Refusals:
    """Counts those of this process; who is let in is never counted."""

    def __init__(self, visitors: Visitors) -> None:
        self._visitors = visitors
        self._times: OrderedDict[str, deque[float]] = OrderedDict()
        self._lock = threading.Lock()

    def wait(self, request: Request) -> int:
        """Notes one more refusal; gives the seconds after which another is answered, 0 if that is now."""
        now, address = time.monotonic(), self._visitors.address(request)
        with self._lock:
            times = self._times.setdefault(address, deque(maxlen=MOST))
            self._times.move_to_end(address)
            if len(self._times) > REMEMBERED:
                self._times.popitem(last=False)
            if len(times) == MOST and times[0] > now - WITHIN:
                return max(1, int(times[0] + WITHIN - now) + 1)
            times.append(now)
            return 0
