"""What went wrong between us and Google, in words that say what to do about it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import requests
from google.auth.exceptions import RefreshError
from gspread.exceptions import APIError

ENABLE = "https://console.cloud.google.com/apis/library/sheets.googleapis.com"


@dataclass(frozen=True)
class Refusal:
    words: str
    is_quota: bool = False
    is_bad_request: bool = False


def in_words(error: Exception, account: str) -> Refusal:
    """`account`: the address the Sheet must be shared with."""
    if isinstance(error, APIError):
        return _of_answer(error.response, account)
    if isinstance(error, RefreshError):
        return Refusal(_of_login(error))
    if isinstance(error, requests.Timeout):
        return Refusal("Google Sheets doesn't answer in time; it is tried again by the next run.")
    return Refusal("Google Sheets can't be reached; check this machine's connection.")


def unreadable_key(error: Exception) -> str:
    return (
        "GOOGLE_SERVICE_ACCOUNT_JSON can't be read as a service account's key: download a new key (JSON) "
        f"in Google Cloud under IAM, Service accounts, Keys, and use the whole file ({type(error).__name__})."
    )


def _of_answer(response: requests.Response, account: str) -> Refusal:
    status, error = response.status_code, _error(response)
    message = str(error.get("message", ""))
    if status == 429:
        return Refusal("Google's quota for this minute is used up; it goes on by itself.", is_quota=True)
    if status >= 500:
        return Refusal(f"Google Sheets has trouble (error {status}); it is tried again by the next run.")
    if status == 404:
        return Refusal(
            "There is no Sheet with this ID: copy SHEETFLOW_TRACKER again from the browser's address bar "
            "while the Sheet is open."
        )
    if status in (401, 403):
        return Refusal(_of_permission(error, message, account))
    if "protected cell" in message:
        message = (
            "cells that sheetflow writes are protected. "
            f"Open Data, Protect sheets and ranges, and let {account} edit them."
        )
    return Refusal(message or f"error {status}", is_bad_request=status == 400)


def _of_permission(error: Mapping[str, Any], message: str, account: str) -> str:
    text = json.dumps(error)
    if "SERVICE_DISABLED" in text or "has not been used in project" in message:
        return (
            f"The Google Sheets API is switched off: open {_link(error)}, press Enable, wait a few minutes."
        )
    if "SCOPE_INSUFFICIENT" in text:
        return "The service account's login may not use Google Sheets: make a new key and use it."
    if "UNAUTHENTICATED" in text:
        return "Google doesn't accept the service account's login: make a new key and use it."
    return f'The Sheet isn\'t shared with {account}: open it, press Share, add this address as "Editor".'


def _of_login(error: RefreshError) -> str:
    text = str(error)
    if "reasonable timeframe" in text:
        return "This computer's clock is wrong, so Google refuses the login: set it right (automatic time)."
    if "account not found" in text or "Signature" in text or "disabled" in text:
        return "The service account or its key was deleted at Google: make a new key and use it."
    return f"Google refuses the service account's login: {text[:200]}"


def _error(response: requests.Response) -> Mapping[str, Any]:
    """Google's error object; empty where the answer is none of theirs, like a proxy's page."""
    try:
        error = response.json()["error"]
    except (ValueError, KeyError, TypeError):
        return {}
    return error if isinstance(error, dict) else {}


def _link(error: Mapping[str, Any]) -> str:
    for detail in error.get("details", ()):
        for link in detail.get("links", ()):
            return str(link.get("url", ENABLE))
    return ENABLE
