"""One spreadsheet over Google's API: one connection a process, one layer of retries, errors in words."""

import json
import os
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from email.utils import parsedate_to_datetime
from random import Random
from typing import Any, Literal

from sheetflow.errors import SheetUnavailable
from sheetflow.sheet.words import NOT_GOOGLE, Trouble

BUDGET = 75.0  # seconds a call may take with all its repeats
FIRST_WAIT, LONGEST_WAIT = 1.0, 32.0
QUOTA_WAIT = 5.0  # a 429 names no time; the quota is that of a minute
PER_MINUTE = 55  # reads and writes each; Google allows 60
MINUTE = 60.0

_JITTER = Random()  # its own: what anybody else seeds or draws stays as it is

Use = Literal["read", "write"]
Json = dict[str, Any]
Sleep = Callable[[float], None]


class Refused(SheetUnavailable):
    """Google answered that the request itself can't be done; `words` are Google's."""

    def __init__(self, words: str) -> None:
        super().__init__(f"The Sheet refused a write: {words}")
        self.words = words


class Denied(SheetUnavailable):
    """No repeat helps: a person must change something, at Google or in the environment."""


class Api:
    """Requests to one spreadsheet. Every method raises SheetUnavailable, which may be Denied or Refused.

    Raises ConfigError if the key can't be read.
    """

    def __init__(self, sheet_id: str, key_json: str, endpoint: str, sleep: Sleep) -> None:
        self._url = f"{endpoint.rstrip('/')}/v4/spreadsheets/{sheet_id}"
        self.link = f"https://docs.google.com/spreadsheets/d/{sheet_id}/edit"  # for people
        self._key = key_json
        self._pace = Pace(sleep)
        self._hurries = threading.local()  # `budget` of a thread that does
        self._connect()

    @property
    def account(self) -> str:
        """The address the Sheet must be shared with."""
        return self._client.account

    def get(self, fields: str, ranges: Sequence[str] = ()) -> Json:
        """What the mask asks for, of all tabs; `ranges` are those of which cells are given."""
        return self._call("read", "GET", self._url, {"fields": fields, "ranges": list(ranges)})

    def values_by_filter(self, filters: Sequence[Json], fields: str = "valueRanges") -> Json:
        """Plain values of the ranges that the data filters mean, dates as serial numbers."""
        body = {
            "dataFilters": filters,
            "valueRenderOption": "UNFORMATTED_VALUE",
            "dateTimeRenderOption": "SERIAL_NUMBER",
        }
        url = f"{self._url}/values:batchGetByDataFilter"
        return self._call("read", "POST", url, {"fields": fields}, body)

    def batch_update(self, body: Mapping[str, Any], fields: str) -> Json:
        """All or nothing. It is repeated if the answer was lost, so the batch must carry a guard."""
        return self._call("write", "POST", f"{self._url}:batchUpdate", {"fields": fields}, body)

    @contextmanager
    def hurrying(self, seconds: float) -> Iterator[None]:
        """This thread's calls take no longer with all their repeats: somebody waits for what they find."""
        self._hurries.budget = seconds
        try:
            yield
        finally:
            del self._hurries.budget

    @property
    def clock(self) -> datetime | None:
        """Google's time at its last answer."""
        return self._clock

    def close(self) -> None:
        self._client.close()

    def _connect(self) -> None:
        # Here and not above: it takes half a second to load, and only a Sheet needs it.
        from sheetflow.sheet.client import Client

        self._client = Client(self._key)
        self._turn, self._pid = threading.Lock(), os.getpid()
        self._clock: datetime | None = None

    def _call(
        self,
        use: Use,
        method: str,
        url: str,
        params: Mapping[str, Any],
        body: Mapping[str, Any] | None = None,
    ) -> Json:
        text = None if body is None else json.dumps(body, ensure_ascii=False, separators=(",", ":"))
        data = None if text is None else text.encode("utf-8", "replace")
        waits = _Waits(getattr(self._hurries, "budget", BUDGET))
        while True:
            self._pace.wait(use)
            answer = self._ask(method, url, params, data)
            if not isinstance(answer, Trouble):
                return answer
            wait = waits.next(answer) if answer.is_passing else None
            if wait is None:
                raise _raised(answer)
            self._pace.sleep(wait)

    def _ask(self, method: str, url: str, params: Mapping[str, Any], data: bytes | None) -> Json | Trouble:
        """One try. Sessions aren't safe between threads, and a parent's are none of ours."""
        from sheetflow.sheet.client import Failed

        if self._pid != os.getpid():
            self._connect()
        try:
            with self._turn:
                # Indented, as Google sends it unasked, the answer would be three times as long.
                content, date = self._client.request(method, url, {**params, "prettyPrint": "false"}, data)
            answer = _parsed(content)
        except Failed as error:
            return error.trouble
        except ValueError:
            return NOT_GOOGLE
        self._clock = _time_of(date)
        return answer


class Pace:
    """Slows this process down to its quota: it waits before a request that Google would refuse."""

    def __init__(self, sleep: Sleep) -> None:
        self._sleep = sleep
        self._slept = 0.0  # a test's sleep takes no time; the minute must pass all the same
        self._used: dict[Use, deque[float]] = {"read": deque(), "write": deque()}
        self._lock = threading.Lock()

    def wait(self, use: Use) -> None:
        with self._lock:
            used, now = self._used[use], time.monotonic() + self._slept
            while used and used[0] <= now - MINUTE:
                used.popleft()
            pause = used[0] + MINUTE - now if len(used) >= PER_MINUTE else 0.0
            used.append(now + pause)
        if pause:
            self.sleep(pause)

    def sleep(self, seconds: float) -> None:
        before = time.monotonic()
        self._sleep(seconds)
        with self._lock:
            self._slept += max(0.0, seconds - (time.monotonic() - before))


class _Waits:
    """Growing waits with jitter, until the budget is spent."""

    def __init__(self, budget: float) -> None:
        self._budget = budget
        self._started = time.monotonic()
        self._waited = 0.0
        self._next = FIRST_WAIT

    def next(self, trouble: Trouble) -> float | None:
        least = max(self._next, QUOTA_WAIT) if trouble.is_quota else self._next
        wait = least * _JITTER.uniform(0.75, 1.25)
        if max(time.monotonic() - self._started, self._waited) + wait > self._budget:
            return None
        self._waited += wait
        self._next = min(least * 2, LONGEST_WAIT)
        return wait


def _raised(trouble: Trouble) -> SheetUnavailable:
    if trouble.is_refused:
        return Refused(trouble.words)
    return SheetUnavailable(trouble.words) if trouble.is_passing else Denied(trouble.words)


def _time_of(date: str) -> datetime | None:
    try:
        return parsedate_to_datetime(date)
    except ValueError:
        return None


def _parsed(content: bytes) -> Json:
    """The answer with cells as plain values: a quarter of a million small dicts would take 300 MB."""
    answer: Json = json.loads(content, object_hook=_plain) or {}
    return answer


def _plain(message: Json) -> Any:
    if len(message) > 1:
        return message
    for name, value in message.items():
        if name in ("effectiveValue", "stringValue", "numberValue", "boolValue", "values"):
            return value
        if name == "errorValue":
            return f"#{value.get('type', 'ERROR')}"
        return message
    return None
