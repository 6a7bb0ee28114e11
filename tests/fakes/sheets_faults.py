"""What can go wrong between a request and its answer, one value each.

Give them to `FakeSheets.fail_next`, or return them from its `faults` hook.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from tests.fakes import sheets_errors as errors


class Line(Enum):
    """What happens to the connection instead of an answer."""

    KEPT = "kept"
    RESET = "reset"
    CLOSED = "closed"
    CUT = "cut off in the middle of the answer"


@dataclass(frozen=True)
class Fault:
    """`applies`: the request takes effect all the same. `status` None: the answer is its own."""

    name: str
    applies: bool
    status: int | None = None
    body: bytes = b""
    content_type: str = "application/json; charset=UTF-8"
    line: Line = Line.KEPT
    seconds: float = 0


def refused(status: int, *, applies: bool = False) -> Fault:
    """429, 500, 503 and the like, in Google's words."""
    makers = {
        401: errors.unauthenticated,
        403: errors.not_permitted,
        404: errors.not_found,
        429: lambda: errors.quota_exceeded("write"),
        500: errors.internal,
        503: errors.unavailable,
    }
    return Fault(f"refused {status}", applies, status, makers[status]().body)


def failed_after(status: int) -> Fault:
    """The request was applied, and the answer says it failed."""
    return refused(status, applies=True)


def late(seconds: float) -> Fault:
    """Applied at once, answered after `seconds`: a time-out where the caller has less patience."""
    return Fault(f"answered after {seconds} s", applies=True, seconds=seconds)


NOT_SHARED = refused(403)
WRONG_ID = refused(404)
API_DISABLED = Fault("API switched off", False, 403, errors.api_disabled().body)
EXCEL = Fault("an Excel file in Google Drive", False, 400, errors.not_a_sheet().body)
HTML_200 = Fault(
    "a page in place of the answer",
    applies=False,
    status=200,
    body=b"<html><title>Sign in to this network</title></html>",
    content_type="text/html; charset=UTF-8",
)
HTML_502 = Fault(
    "HTML 502",
    applies=False,
    status=502,
    body=b"<!DOCTYPE html>\n<html lang=en><title>Error 502 (Server Error)!!1</title>\n"
    b"<p><b>502.</b> <ins>That\xe2\x80\x99s an error.</ins>\n<p>Please try again in 30 seconds.\n",
    content_type="text/html; charset=UTF-8",
)
RESET_BEFORE = Fault("connection reset before the request was applied", applies=False, line=Line.RESET)
ANSWER_LOST = Fault("answer lost after the request was applied", applies=True, line=Line.CLOSED)
ANSWER_CUT = Fault("answer cut off in the middle", applies=True, line=Line.CUT)
