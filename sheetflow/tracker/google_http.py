"""One spreadsheet over Google's API: a client per thread, one layer of retries, errors in plain words."""

import json
import random
import threading
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal

import gspread
import requests
from google.auth.exceptions import GoogleAuthError, RefreshError, TransportError
from google.oauth2.service_account import Credentials
from gspread.exceptions import APIError

from sheetflow.errors import ConfigError, QuotaUsedUp, TrackerRefused, TrackerUnavailable
from sheetflow.tracker.google_words import Refusal, in_words, unreadable_key

SCOPE = "https://www.googleapis.com/auth/spreadsheets"
TIMEOUT = (5.0, 60.0)  # seconds to connect, to answer
BUDGET = 75.0  # seconds a call may take with all its repeats
FIRST_WAIT, LONGEST_WAIT = 1.0, 32.0
QUOTA_WAIT = 5.0  # a 429 names no time; the quota is that of a minute
PER_MINUTE = 55  # reads and writes each; Google allows 60
MINUTE = 60.0
# Google compresses its answers only for programs that have the word in their name.
HEADERS = {"Content-Type": "application/json", "User-Agent": "sheetflow (gzip)"}

Kind = Literal["read", "write"]
Json = dict[str, Any]
Sleep = Callable[[float], None]


class Refused(TrackerRefused):
    """Google answered that the request itself can't be done; `words` are Google's."""

    def __init__(self, words: str) -> None:
        super().__init__(f"The Sheet refused a write: {words}")
        self.words = words


class Denied(TrackerUnavailable):
    """No repeat helps: a person must change something, at Google or in the environment."""


class Api:
    """Requests to one spreadsheet. Every method raises TrackerUnavailable, which may be Denied or Refused.

    Raises ConfigError where the key can't be read.
    """

    def __init__(self, sheet_id: str, key_json: str, endpoint: str, sleep: Sleep) -> None:
        self._url = f"{endpoint.rstrip('/')}/v4/spreadsheets/{sheet_id}"
        self._info = _read_key(key_json)
        self._local = threading.local()
        self._clients: list[gspread.Client] = []
        self._pace = Pace(sleep)

    @property
    def account(self) -> str:
        """The address the Sheet must be shared with."""
        return str(self._info["client_email"])

    @property
    def is_held_back(self) -> bool:
        """Whether a call waits right now because the quota is used up."""
        return self._pace.is_holding_back

    def get(self, fields: str) -> Json:
        """Everything the mask asks for, of all tabs."""
        return self._call("read", "GET", self._url, fields)

    def get_by_filter(self, filters: Sequence[Json], fields: str) -> Json:
        """Only the tabs and cells that the data filters mean."""
        return self._call("read", "POST", f"{self._url}:getByDataFilter", fields, {"dataFilters": filters})

    def batch_update(self, body: Mapping[str, Any], fields: str) -> Json:
        """All or nothing. It is repeated where the answer was lost, so the batch must carry a guard."""
        return self._call("write", "POST", f"{self._url}:batchUpdate", fields, body)

    def close(self) -> None:
        while self._clients:
            self._clients.pop().http_client.session.close()
        self._local = threading.local()

    def _call(
        self, kind: Kind, method: str, url: str, fields: str, body: Mapping[str, Any] | None = None
    ) -> Json:
        data = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
        waits = _Waits()
        while True:
            self._pace.wait(kind)
            try:
                response = self._client.http_client.request(
                    method,
                    url,
                    # Indented, as Google sends it unasked, the answer would be three times as long.
                    params={"fields": fields, "prettyPrint": "false"},
                    data=data if body is not None else None,
                    headers=HEADERS,
                )
                return _parsed(response.content)
            except (APIError, requests.RequestException, GoogleAuthError, ValueError) as error:
                refusal = in_words(error, self.account)
                passing = _is_passing(error, refusal)
                wait = waits.next(refusal) if passing else None
                if wait is None:
                    raise _raised(refusal, passing=passing) from error
                self._pace.sleep(wait, for_quota=refusal.is_quota)

    @property
    def _client(self) -> gspread.Client:
        """A requests session isn't safe between threads."""
        if not hasattr(self._local, "client"):
            credentials = _credentials(self._info)
            client = gspread.Client(credentials)
            client.set_timeout(TIMEOUT)
            self._local.client = client
            self._clients.append(client)
        client = self._local.client
        assert isinstance(client, gspread.Client)
        return client


class Pace:
    """Slows this process down to its quota: it waits before a request that Google would refuse."""

    def __init__(self, sleep: Sleep) -> None:
        self._sleep = sleep
        self._slept = 0.0  # a test's sleep takes no time; the minute must pass all the same
        self._used: dict[Kind, deque[float]] = {"read": deque(), "write": deque()}
        self._lock = threading.Lock()
        self._held_back = 0  # callers that wait for their quota

    @property
    def is_holding_back(self) -> bool:
        """Whether somebody waits because the quota is used up."""
        return self._held_back > 0

    def wait(self, kind: Kind) -> None:
        with self._lock:
            used, now = self._used[kind], self._now()
            while used and used[0] <= now - MINUTE:
                used.popleft()
            pause = used[0] + MINUTE - now if len(used) >= PER_MINUTE else 0.0
            used.append(now + pause)
        if pause:
            self.sleep(pause, for_quota=True)

    def sleep(self, seconds: float, *, for_quota: bool = False) -> None:
        with self._lock:
            self._held_back += for_quota
        try:
            self._sleep(seconds)
        finally:
            with self._lock:
                self._held_back -= for_quota
                self._slept += seconds

    def _now(self) -> float:
        return time.monotonic() + self._slept


class _Waits:
    """Growing waits with jitter, until the budget is spent."""

    def __init__(self) -> None:
        self._started = time.monotonic()
        self._waited = 0.0
        self._next = FIRST_WAIT

    def next(self, refusal: Refusal) -> float | None:
        least = max(self._next, QUOTA_WAIT) if refusal.is_quota else self._next
        wait = least * random.uniform(0.75, 1.25)
        if time.monotonic() - self._started + self._waited + wait > BUDGET:
            return None
        self._waited += wait
        self._next = min(least * 2, LONGEST_WAIT)
        return wait


class _Credentials(Credentials):
    """Without google-auth's look-up of regional boundaries, a background call to a second host."""

    def before_request(self, request: Any, method: str, url: str, headers: dict[str, str]) -> None:
        if not self.valid:
            self.refresh(request)  # type: ignore[no-untyped-call]  # google-auth isn't typed
        self.apply(headers)  # type: ignore[no-untyped-call]


def _read_key(key_json: str) -> Json:
    try:
        info: Json = json.loads(key_json)
        _credentials(info)
    except (ValueError, TypeError, KeyError, AttributeError, GoogleAuthError) as error:
        raise ConfigError(unreadable_key(error)) from error
    return info


def _credentials(info: Json) -> _Credentials:
    made = _Credentials.from_service_account_info(info, scopes=[SCOPE])  # type: ignore[no-untyped-call]
    assert isinstance(made, _Credentials)
    return made


def _is_passing(error: Exception, refusal: Refusal) -> bool:
    """Whether a repeat may help."""
    if isinstance(error, APIError):
        status = error.response.status_code
        return refusal.is_quota or status >= 500
    if isinstance(error, RefreshError):
        return bool(error.retryable)
    return isinstance(error, (requests.RequestException, TransportError, ValueError))


def _raised(refusal: Refusal, *, passing: bool) -> TrackerUnavailable:
    if refusal.is_quota:
        return QuotaUsedUp(refusal.words)
    if refusal.is_bad_request:
        return Refused(refusal.words)
    return TrackerUnavailable(refusal.words) if passing else Denied(refusal.words)


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
