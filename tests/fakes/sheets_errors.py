"""How the fake Sheets API says no, in Google's words and shapes.

`Invalid` is raised deep inside and carries only the reason; the endpoint that knows which request of a batch
it was makes an `ApiError` of it, which is an answer.
"""

from __future__ import annotations

import json
from typing import Any

PROJECT = "project_number:123456789012"
API_LINK = (
    "https://console.developers.google.com/apis/api/sheets.googleapis.com/overview?project=123456789012"
)


class Invalid(Exception):
    """A request can't be applied; the text is Google's, without "Invalid requests[0].kind: " before it."""


class ApiError(Exception):
    """An answer with an error status; `body` is what goes over the line."""

    def __init__(self, status: int, message: str, reason: str, details: list[dict[str, Any]] | None = None):
        super().__init__(message)
        self.status = status
        error: dict[str, Any] = {"code": status, "message": message, "status": reason}
        if details:
            error["details"] = details
        self.body = json.dumps({"error": error}).encode()


def bad_request(message: str, violations: list[tuple[str, str]] | None = None) -> ApiError:
    """400. `violations` are (field, description) pairs, as schema errors carry them."""
    details: list[dict[str, Any]] = []
    if violations:
        fields = [{"field": field, "description": description} for field, description in violations]
        details = [{"@type": "type.googleapis.com/google.rpc.BadRequest", "fieldViolations": fields}]
    return ApiError(400, message, "INVALID_ARGUMENT", details)


def unauthenticated() -> ApiError:
    return ApiError(
        401,
        "Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or "
        "other valid authentication credential. See "
        "https://developers.google.com/identity/sign-in/web/devconsole-project.",
        "UNAUTHENTICATED",
    )


def not_permitted() -> ApiError:
    """The spreadsheet isn't shared with the account, or shared for reading only."""
    return ApiError(403, "The caller does not have permission", "PERMISSION_DENIED")


def scope_missing() -> ApiError:
    info = {"reason": "ACCESS_TOKEN_SCOPE_INSUFFICIENT", "metadata": {"service": "sheets.googleapis.com"}}
    details = [_error_info(info)]
    return ApiError(403, "Request had insufficient authentication scopes.", "PERMISSION_DENIED", details)


def api_disabled() -> ApiError:
    message = (
        f"Google Sheets API has not been used in project 123456789012 before or it is disabled. Enable it "
        f"by visiting {API_LINK} then retry. If you enabled this API recently, wait a few minutes for the "
        f"action to propagate to our systems and retry."
    )
    links = [{"description": "Google developers console API activation", "url": API_LINK}]
    metadata = {"consumer": "projects/123456789012", "service": "sheets.googleapis.com"}
    details = [
        {"@type": "type.googleapis.com/google.rpc.Help", "links": links},
        _error_info({"reason": "SERVICE_DISABLED", "metadata": metadata}),
    ]
    return ApiError(403, message, "PERMISSION_DENIED", details)


def not_a_sheet() -> ApiError:
    """An Excel file that Google Drive shows."""
    return ApiError(400, "This operation is not supported for this document", "FAILED_PRECONDITION")


def not_found() -> ApiError:
    return ApiError(404, "Requested entity was not found.", "NOT_FOUND")


def quota_exceeded(kind: str) -> ApiError:
    """429 for `kind` read or write; the answer has no Retry-After header, as recorded."""
    metric = kind.capitalize()
    metadata = {
        "quota_limit": f"{metric}RequestsPerMinutePerUser",
        "service": "sheets.googleapis.com",
        "quota_metric": f"sheets.googleapis.com/{kind}_requests",
        "consumer": "projects/123456789012",
    }
    message = (
        f"Quota exceeded for quota metric '{metric} requests' and limit '{metric} requests per minute per "
        f"user' of service 'sheets.googleapis.com' for consumer '{PROJECT}'."
    )
    info = _error_info({"reason": "RATE_LIMIT_EXCEEDED", "metadata": metadata})
    return ApiError(429, message, "RESOURCE_EXHAUSTED", [info])


def unavailable() -> ApiError:
    return ApiError(503, "The service is currently unavailable.", "UNAVAILABLE")


def internal() -> ApiError:
    return ApiError(500, "Internal error encountered.", "INTERNAL")


def not_built(kind: str) -> ApiError:
    """501: Google knows the request, the fake doesn't. A test that meets this needs the fake extended."""
    return ApiError(501, f"The fake Sheets API has not built {kind}", "UNIMPLEMENTED")


def _error_info(info: dict[str, Any]) -> dict[str, Any]:
    info = {"reason": info["reason"], "domain": "googleapis.com", "metadata": info["metadata"]}
    return {"@type": "type.googleapis.com/google.rpc.ErrorInfo", **info}
