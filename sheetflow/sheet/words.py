"""What went wrong between us and Google, in words that say what to do about it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

ENABLE = "https://console.cloud.google.com/apis/library/sheets.googleapis.com"
NEW_KEY = "make a new key in Google Cloud (IAM, Service accounts, Keys) and use it."


@dataclass(frozen=True)
class Trouble:
    """`is_passing`: the same request may work later. `is_refused`: Google says that it can't be done."""

    words: str
    is_passing: bool = False
    is_quota: bool = False
    is_refused: bool = False


TOO_SLOW = Trouble("Google Sheets doesn't answer in time; it is tried again by itself.", is_passing=True)
UNREACHABLE = Trouble("Google Sheets can't be reached; check this machine's connection.", is_passing=True)
NOT_GOOGLE = Trouble(
    "Something else answers in Google's place (a proxy, or this network's sign-in page): let this machine "
    "reach oauth2.googleapis.com and sheets.googleapis.com. It is tried again by itself.",
    is_passing=True,
)
_QUOTA = Trouble(
    "Google's quota for this minute is used up; it goes on by itself.", is_passing=True, is_quota=True
)
_NO_SHEET = (
    "There is no Sheet with this ID: copy SHEETFLOW_SHEET again from the browser's address bar while the "
    "Sheet is open. If the Sheet was deleted, bring it back from Google Drive's trash."
)
_EXCEL = (
    "SHEETFLOW_SHEET is an Excel file in Google Drive, not a Google Sheet: open it, choose File, Save as "
    "Google Sheets, share the new Sheet with {} as Editor, and use its address."
)
_CLOCK = "This computer's clock is wrong, so Google refuses the login: set it right (automatic time)."


def unreadable_key(key_json: str) -> str:
    """Why a service account's key is none."""
    if "\\\\n" in key_json:
        return (
            "The service account's key was escaped twice: its private_key has \\\\n where Google's file has "
            "\\n. Use that file as it is; in GOOGLE_SERVICE_ACCOUNT_JSON its whole text, or base64 of it."
        )
    return (
        "The service account's key can't be read: download a new one (JSON) in Google Cloud under IAM, "
        "Service accounts, Keys, and name the file in GOOGLE_APPLICATION_CREDENTIALS, or put its whole text "
        "into GOOGLE_SERVICE_ACCOUNT_JSON."
    )


def of_answer(status: int, body: str, account: str) -> Trouble:
    """What an answer that isn't 200 means; `account` is the address the Sheet must be shared with."""
    error = _error(body)
    message = str(error.get("message", ""))
    if status == 429:
        return _QUOTA
    if status >= 500:
        return Trouble(
            f"Google Sheets has trouble (error {status}); it is tried again by itself.", is_passing=True
        )
    if not error:
        return NOT_GOOGLE
    if status == 404:
        return Trouble(_NO_SHEET)
    if status in (401, 403):
        return Trouble(_of_permission(error, message, account))
    if "not supported for this document" in message:
        return Trouble(_EXCEL.format(account))
    if "protected cell" in message:
        message = (
            "cells that sheetflow writes are protected. "
            f"Open Data, Protect sheets and ranges, and let {account} edit them."
        )
    return Trouble(message or f"error {status}", is_refused=status == 400)


def of_login(said: str, is_passing: bool) -> Trouble:
    """What the server that gives out logins means by its error."""
    if said.lstrip().startswith("<"):
        return NOT_GOOGLE
    if "reasonable timeframe" in said:
        return Trouble(_CLOCK)
    if any(word in said for word in ("account not found", "Signature", "disabled")):
        return Trouble(f"The service account or its key was deleted or switched off at Google: {NEW_KEY}")
    return Trouble(f"Google refuses the service account's login: {' '.join(said.split())[:200]}", is_passing)


def _of_permission(error: Mapping[str, Any], message: str, account: str) -> str:
    text = json.dumps(error)
    if "SERVICE_DISABLED" in text or "has not been used in project" in message:
        return (
            f"The Google Sheets API is switched off: open {_link(error)}, press Enable, wait a few minutes."
        )
    if "SCOPE_INSUFFICIENT" in text or "UNAUTHENTICATED" in text:
        return f"Google doesn't accept the service account's login: {NEW_KEY}"
    if message and "does not have permission" not in message:
        return f"Google refuses access to the Sheet: {' '.join(message.split())[:200]}"
    return (
        f'The Sheet isn\'t shared with {account}: open it, press Share, add this address as "Editor". '
        "If it was shared before, look whether it lies in the trash."
    )


def _error(body: str) -> Mapping[str, Any]:
    """Google's error object; empty if the answer is none of theirs, like a proxy's page."""
    try:
        error = json.loads(body)["error"]
    except (ValueError, KeyError, TypeError):
        return {}
    return error if isinstance(error, dict) else {}


def _link(error: Mapping[str, Any]) -> str:
    for detail in error.get("details", ()):
        for link in detail.get("links", ()):
            return str(link.get("url", ENABLE))
    return ENABLE
