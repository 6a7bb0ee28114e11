"""Refusals as problem+json (RFC 9457), with `message` and `ok` for senders that look for those."""

from http import HTTPStatus

from flask import Response, json

POSTED = "Leads are posted to /leads, or to /leads/NAME."  # to a program that posts elsewhere


def problem(status: int, message: str, **headers: str) -> Response:
    """`message` is one sentence that says what to change; it never repeats what the lead wrote."""
    body = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": message,
        "message": message,
        "ok": False,
    }
    answer = Response(json.dumps(body), status=status, content_type="application/problem+json")
    for name, value in headers.items():
        answer.headers[name.replace("_", "-")] = value
    return answer
