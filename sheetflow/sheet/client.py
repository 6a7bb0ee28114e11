"""The connection to Google: gspread and google-auth, loaded only if a Sheet is used."""

import json
from collections.abc import Mapping
from typing import Any

import gspread
import requests
from google.auth.exceptions import GoogleAuthError, RefreshError, TransportError
from google.auth.transport.requests import AuthorizedSession, Request
from google.oauth2 import _client
from google.oauth2.service_account import Credentials
from gspread.exceptions import APIError

from sheetflow.errors import ConfigError
from sheetflow.sheet import words
from sheetflow.sheet.words import Trouble

SCOPE = "https://www.googleapis.com/auth/spreadsheets"
TIMEOUT = (5.0, 60.0)  # seconds to connect, to answer
# Google compresses its answers only for programs that have the word in their name.
HEADERS = {"Content-Type": "application/json", "User-Agent": "sheetflow (gzip)"}


class Failed(Exception):
    """A request that brought no answer of any use."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble.words)
        self.trouble = trouble


class Client:
    """One HTTP session, for one caller at a time. Raises ConfigError if the key can't be read."""

    def __init__(self, key_json: str) -> None:
        info = _read_key(key_json)
        self.account = str(info["client_email"])
        credentials = _credentials(info)
        # A session that google-auth makes by itself repeats each login three times, and logs each of them.
        session = AuthorizedSession(credentials, auth_request=Request())  # type: ignore[no-untyped-call]
        self._client = gspread.Client(credentials, session)
        self._client.set_timeout(TIMEOUT)

    def request(
        self, method: str, url: str, params: Mapping[str, str], data: bytes | None
    ) -> tuple[bytes, str]:
        """The answer's body and its Date. Raises Failed."""
        try:
            answer = self._client.http_client.request(
                method, url, params=dict(params), data=data, headers=dict(HEADERS)
            )
        except APIError as error:
            raise Failed(
                words.of_answer(error.response.status_code, error.response.text, self.account)
            ) from error
        except RefreshError as error:
            raise Failed(
                words.of_login(str(error.args[0] if error.args else ""), bool(error.retryable))
            ) from error
        except requests.Timeout as error:
            raise Failed(words.TOO_SLOW) from error
        except (requests.RequestException, TransportError) as error:
            raise Failed(words.UNREACHABLE) from error
        return answer.content, answer.headers.get("Date", "")

    def close(self) -> None:
        self._client.http_client.session.close()


class _Credentials(Credentials):
    def before_request(self, request: Any, method: str, url: str, headers: dict[str, str]) -> None:
        """Without google-auth's look-up of regional boundaries, a background call to a second host."""
        if not self.valid:
            self.refresh(request)
        self.apply(headers)  # type: ignore[no-untyped-call]  # google-auth isn't typed

    def refresh(self, request: Any) -> None:
        """Asks once: the repeats of a call are those of `Api`."""
        assertion = self._make_authorization_grant_assertion()  # type: ignore[no-untyped-call]
        try:
            self.token, self.expiry, _ = _client.jwt_grant(  # type: ignore[no-untyped-call]
                request, self._token_uri, assertion, can_retry=False
            )
        except TypeError as error:  # a page in place of the token, as if all were well
            raise RefreshError("<html>", retryable=True) from error  # type: ignore[no-untyped-call]


def _read_key(key_json: str) -> dict[str, Any]:
    try:
        info: dict[str, Any] = json.loads(key_json)
        _credentials(info)
    except (ValueError, TypeError, KeyError, AttributeError, GoogleAuthError) as error:
        raise ConfigError(words.unreadable_key(key_json)) from error
    return info


def _credentials(info: Mapping[str, Any]) -> _Credentials:
    made = _Credentials.from_service_account_info(info, scopes=[SCOPE])  # type: ignore[no-untyped-call]
    assert isinstance(made, _Credentials)
    return made
