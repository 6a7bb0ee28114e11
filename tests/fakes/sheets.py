"""A Google Sheets API on loopback: what the real gspread and google-auth talk to in tests.

    with FakeSheets() as fake:
        environ["SHEETS_API_ENDPOINT"] = fake.url
        environ["GOOGLE_SERVICE_ACCOUNT_JSON"] = fake.service_account_json
        environ["SHEETFLOW_SHEET"] = fake.spreadsheet_id

One spreadsheet, shared with one service account. Requests are applied one at a time under one lock, in the
order they come, and each is on `request_log`. Shapes and wordings follow recorded answers, the API's
documents and reports, in this order; where none of them has a wording, rely on the status only. A request
that Google has and the fake hasn't answers 501.
"""

from __future__ import annotations

import copy
import functools
import json
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Literal
from urllib.parse import parse_qs, parse_qsl

import gspread
from google.auth.transport.requests import AuthorizedSession
from google.oauth2.service_account import Credentials
from gspread.http_client import HTTPClient

from tests.fakes import sheets_endpoints, sheets_errors
from tests.fakes.sheets_account import EMAIL, ServiceAccount
from tests.fakes.sheets_document import Document
from tests.fakes.sheets_faults import Fault, Line
from tests.fakes.sheets_line import Answer, LoopbackServer
from tests.fakes.sheets_owner import Owner

GOOGLE = "https://sheets.googleapis.com"
SCOPE = "https://www.googleapis.com/auth/spreadsheets"
DRIVE_SCOPE = "https://www.googleapis.com/auth/drive"
MINUTE = 60.0
KEPT_BYTES = 1_000_000
Sharing = Literal["editor", "viewer", "none"]


@dataclass
class Request:
    """One request to the API and how it was answered; `body` and `answer` are as on the line."""

    index: int
    method: str
    path: str
    query: str
    body: bytes
    kind: str
    """read or write: the quota it counts against."""
    at: float
    """The fake's clock when it came."""
    status: int | None = None
    """None while it is unanswered, and where the line was lost instead."""
    applied: bool = False
    """It took effect, whatever the answer said."""
    fault: str = ""
    answer: bytes = field(default=b"", repr=False)
    """Left out above 1 MB, so that a long log of large reads fits into memory."""
    answer_size: int = 0

    @property
    def json(self) -> Any:
        return json.loads(self.body) if self.body else None

    @property
    def verb(self) -> str:
        """batchUpdate, batchGetByDataFilter, append and the like, or the method for plain resources."""
        found = sheets_endpoints.find(self.method, self.path)
        return found[0].verb if found else self.method


Faults = Callable[[int, Request], Fault | None]
Between = Callable[[int, Request], None]


class FakeSheets:
    """`per_minute`: reads and writes each that the account has, None without end. `clock` counts seconds for
    it and for the log; `wall_clock` is the time of day that tokens and the Date header go by."""

    def __init__(
        self,
        *,
        title: str = "Leads tracker",
        locale: str = "en_US",
        time_zone: str = "Etc/GMT",
        per_minute: int | None = None,
        clock: Callable[[], float] = time.monotonic,
        wall_clock: Callable[[], float] = lambda: time.time(),  # looked up late: freezegun replaces it
    ) -> None:
        self.spreadsheet_id = "1fakeSheetflowTrackerXXXXXXXXXXXXXXXXXXXXXXX"
        self.document = Document(self.spreadsheet_id, title, locale, time_zone, EMAIL)
        self.owner = Owner(self.document)
        self.sharing: Sharing = "editor"
        self.per_minute = per_minute
        self.clock = clock
        self.wall_clock = wall_clock
        self.date: Callable[[], float] = lambda: self.wall_clock()
        """What the Date header says, if a test's days go by faster than tokens do."""
        self.latency = 0.0
        """Seconds before a request is applied; requests wait side by side."""
        self.request_log: list[Request] = []
        """Clear it to count from 0 again: a request's index is its place here."""
        self.faults: Faults | None = None
        """What goes wrong with a request, by its index; asked when `fail_next` has nothing left."""
        self.between: Between | None = None
        """Called before each request is applied, under the lock: the moment for the owner's edits."""
        self.token_fault: Fault | None = None
        """What goes wrong with every request for a login."""
        self._next_faults: deque[Fault] = deque()
        self._used: dict[str, deque[float]] = {"read": deque(), "write": deque()}
        self._clients: list[gspread.Client] = []

    def __enter__(self) -> FakeSheets:
        self._server = LoopbackServer(self._answered, lambda: self.date())
        self.account = ServiceAccount(self._server.url)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for client in self._clients:
            client.http_client.session.close()
        self._server.close()
        if self._server.crashes and error is None:
            raise self._server.crashes[0]

    def go_on_from(self, document: Document) -> None:
        """Its spreadsheet becomes a copy of another one, which stays as it is."""
        twin = document.copy()
        for name in ("sheets", "named_ranges", "metadata", "properties", "_random"):
            setattr(self.document, name, copy.copy(getattr(twin, name)))

    @property
    def url(self) -> str:
        """For SHEETS_API_ENDPOINT."""
        return self._server.url

    @property
    def service_account_json(self) -> str:
        """For GOOGLE_SERVICE_ACCOUNT_JSON; its token_uri is the fake's."""
        return self.account.key_json

    @property
    def reads(self) -> int:
        return sum(request.kind == "read" for request in self.request_log)

    @property
    def writes(self) -> int:
        return sum(request.kind == "write" for request in self.request_log)

    @property
    def connections(self) -> int:
        """How many have been opened so far."""
        return self._server.connections

    def fail_next(self, *faults: Fault) -> None:
        """Let the next requests go wrong, one fault each."""
        self._next_faults.extend(faults)

    def client(self, scope: str = SCOPE) -> gspread.Client:
        """A gspread client as a tutorial makes it, on this server; closed together with the fake."""
        client = connect(self.url, self.service_account_json, scope)
        self._clients.append(client)
        return client

    def _answered(self, method: str, target: str, headers: dict[str, str], body: bytes) -> Answer:
        path, _, query = target.partition("?")
        if path == "/token" and (fault := self.token_fault):
            return Answer(fault.status or 0, fault.body, fault.content_type, fault.line, fault.seconds)
        if path == "/token":
            status, message = self.account.answer(dict(parse_qsl(body.decode())), self.wall_clock())
            return Answer(status, json.dumps(message).encode())
        self._server.wait(self.latency)
        with self.document.lock:
            kind = sheets_endpoints.kind_of(method, path)
            request = Request(len(self.request_log), method, path, query, body, kind, self.clock())
            self.request_log.append(request)
            answer = self._applied(request, headers.get("authorization", ""))
            request.answer_size = len(answer.body)
            request.answer = answer.body if request.answer_size <= KEPT_BYTES else b""
            return answer

    def _applied(self, request: Request, authorization: str) -> Answer:
        if self.between:
            self.between(request.index, request)
        fault = self._fault(request)
        request.fault = fault.name if fault else ""
        if fault and not fault.applies:
            return _spoiled(request, fault, Answer(fault.status or 0, fault.body, fault.content_type))
        try:
            self._check_account(authorization)
            self._check_quota(request)
            body = self._result(request)
            request.applied, answer = True, Answer(200, body)
        except sheets_errors.ApiError as error:
            answer = Answer(error.status, error.body)
        request.status = answer.status
        return _spoiled(request, fault, answer) if fault else answer

    def _result(self, request: Request) -> bytes:
        message = sheets_endpoints.answer(
            self.document, self.sharing, request.method, request.path, request.query, request.body
        )
        # Indented unless the caller says no, as Google does: a large answer is three times as long by it.
        is_plain = parse_qs(request.query).get("prettyPrint") == ["false"]
        layout: dict[str, Any] = {"separators": (",", ":")} if is_plain else {"indent": 2}
        return (json.dumps(message, ensure_ascii=False, **layout) + "\n").encode()

    def _fault(self, request: Request) -> Fault | None:
        if self._next_faults:
            return self._next_faults.popleft()
        return self.faults(request.index, request) if self.faults else None

    def _check_account(self, authorization: str) -> None:
        scope = self.account.scope(authorization, self.wall_clock())
        if scope is None:
            raise sheets_errors.unauthenticated()
        if not {SCOPE, DRIVE_SCOPE} & set(scope.split()):
            raise sheets_errors.scope_missing()

    def _check_quota(self, request: Request) -> None:
        """A rolling minute; what is refused doesn't count."""
        if self.per_minute is None:
            return
        used = self._used[request.kind]
        while used and used[0] <= request.at - MINUTE:
            used.popleft()
        if len(used) >= self.per_minute:
            raise sheets_errors.quota_exceeded(request.kind)
        used.append(request.at)


def connect(url: str, key_json: str, scope: str = SCOPE) -> gspread.Client:
    """A client of the server at `url`, which another process may have started."""
    credentials = LoopbackCredentials.from_service_account_info(json.loads(key_json), scopes=[scope])
    return gspread.Client(credentials, http_client=functools.partial(_Redirected, url=url))


class LoopbackCredentials(Credentials):
    """google-auth's own, without the look-up of regional boundaries that it starts in the background at
    iamcredentials.googleapis.com before a first request: tests stay on loopback."""

    def before_request(self, request: Any, method: str, url: str, headers: dict[str, str]) -> None:
        if not self.valid:
            self.refresh(request)
        self.apply(headers)


class _Redirected(HTTPClient):
    """gspread has Google's address built in."""

    session: AuthorizedSession

    def __init__(self, auth: Credentials, session: AuthorizedSession | None = None, *, url: str) -> None:
        super().__init__(auth, session)
        self._url = url
        self.set_timeout(30)

    def request(self, method: str, endpoint: str, *args: Any, **kwargs: Any) -> Any:
        return super().request(method, endpoint.replace(GOOGLE, self._url, 1), *args, **kwargs)


def _spoiled(request: Request, fault: Fault, answer: Answer) -> Answer:
    status = fault.status or answer.status
    body = fault.body or answer.body
    request.status = status if fault.line is Line.KEPT else None
    content_type = fault.content_type if fault.body else answer.content_type
    return Answer(status, body, content_type, fault.line, fault.seconds)
