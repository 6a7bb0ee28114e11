"""`GET /openapi.json`: what the hook takes and answers, for whoever connects a sender."""

from typing import Any

from flask import Blueprint, Response, json

STATUSES = ("accepted", "duplicate", "merged", "needs_review", "test")

_ID = {"type": "string", "description": "Of the row: an earlier one, if the same person asked before."}
_TOLD = {
    "status": {"type": "string", "enum": list(STATUSES)},
    "lead_id": _ID,
}
_STORED = {
    "oneOf": [
        {
            "type": "object",
            "properties": {"ok": {"const": True}, **_TOLD},
            "required": ["ok", "status", "lead_id"],
            "additionalProperties": False,
        },
        {
            "type": "object",
            "properties": {
                "ok": {"const": True},
                "leads": {
                    "type": "array",
                    "minItems": 1,
                    "items": {"type": "object", "properties": _TOLD, "required": ["status", "lead_id"]},
                },
            },
            "required": ["ok", "leads"],
            "additionalProperties": False,
        },
    ]
}
_PROBLEM = {
    "type": "object",
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "message": {"type": "string"},
        "ok": {"const": False},
    },
    "required": ["type", "title", "status", "detail", "message", "ok"],
}
_LEAD = {
    "description": "Fields under any names, flat or nested; one lead or a list of leads.",
    "type": ["object", "array"],
    "examples": [{"name": "Alex Example", "email": "alex@example.com", "message": "Can you help me?"}],
}
_HEALTH = {
    "type": "object",
    "properties": {
        "ok": {"type": "boolean"},
        "capture": {"enum": ["ok", "closed", "down"]},
        "ledger": {"enum": ["ok", "slow", "down"]},
        "sheet": {"enum": ["ok", "late", "off"]},
        "mail": {"enum": ["smtp", "outbox"]},
        "mailbox": {"type": "string"},
        "waiting": {"type": "integer", "minimum": 0},
        "last_job": {"type": ["string", "null"]},
        "problems": {"type": "array", "items": {"type": "string"}},
    },
    "required": ["ok", "capture", "ledger", "sheet", "mail", "mailbox", "waiting", "last_job", "problems"],
}
_RETRY = {"Retry-After": {"description": "Seconds.", "schema": {"type": "integer"}}}
_REFUSALS = {
    "400": "The body can't be read; the message says where.",
    "401": "The token or the signature is missing or wrong.",
    "405": "Leads are posted.",
    "413": "Over 2 MB, or too many fields.",
    "415": "Neither JSON nor a form.",
    "429": "Too many requests with a wrong token or signature; later.",
    "503": "It can't be stored now; later.",
}


def describe() -> dict[str, Any]:
    source = {"name": "source", "in": "path", "required": True, "schema": {"type": "string", "minLength": 1}}
    return {
        "openapi": "3.1.0",
        "info": {"title": "sheetflow", "version": "1", "description": "Leads in, answered by mail."},
        "paths": {
            "/leads": {"post": _take("takeLead", "Take a lead.")},
            "/leads/{source}": {
                "post": _take("takeLeadOfSource", "Take a lead of a named source."),
                "parameters": [source],
            },
            "/form": {"get": _show_form(), "post": _send_form()},
            "/health": {
                "get": {
                    "operationId": "health",
                    "summary": "How it is doing.",
                    "security": [],
                    "responses": {
                        "200": _json("It takes leads.", _HEALTH),
                        "503": _json("It can't.", _HEALTH),
                    },
                }
            },
        },
        "components": {
            "securitySchemes": {
                "bearer": {"type": "http", "scheme": "bearer"},
                "header": {"type": "apiKey", "in": "header", "name": "X-Sheetflow-Token"},
                "query": {"type": "apiKey", "in": "query", "name": "token"},
            }
        },
    }


def _take(operation: str, summary: str) -> dict[str, Any]:
    kinds = ("application/json", "application/x-www-form-urlencoded", "multipart/form-data")
    key = {"name": "Idempotency-Key", "in": "header", "required": False, "schema": {"type": "string"}}
    return {
        "operationId": operation,
        "summary": summary,
        "security": [{"bearer": []}, {"header": []}, {"query": []}],
        "parameters": [key],
        "requestBody": {
            "required": True,
            "content": {
                kind: {"schema": _LEAD if kind == "application/json" else {"type": "object"}}
                for kind in kinds
            },
        },
        "responses": {
            "200": _json("Stored.", _STORED),
            **{code: _refusal(code, words) for code, words in _REFUSALS.items()},
        },
    }


def _show_form() -> dict[str, Any]:
    names = {"lang": "Two letters: a language.", "embed": "Anything: to stand in a frame of another page."}
    return {
        "operationId": "showForm",
        "summary": "The hosted form, for people.",
        "security": [],
        "parameters": [
            {
                "name": name,
                "in": "query",
                "required": False,
                "description": words,
                "schema": {"type": "string"},
            }
            for name, words in names.items()
        ],
        "responses": {"200": _page("The form, or a thank-you."), "503": _page("It takes nothing just now.")},
    }


def _send_form() -> dict[str, Any]:
    fields = ("name", "email", "phone", "service", "urgency", "location", "message", "_form")
    schema = {"type": "object", "properties": {name: {"type": "string"} for name in fields}}
    kinds = ("application/x-www-form-urlencoded", "multipart/form-data")
    answers = {
        "200": "In another language; nothing was sent.",
        "303": "Stored; on to the thank-you.",
        "400": "It can't be read.",
        "413": "Over 2 MB.",
        "415": "It is no form.",
        "422": "The form, with what is wrong beside its fields.",
        "429": "Too many from one network address; in an hour.",
        "503": "It can't be stored now; later.",
    }
    return {
        "operationId": "sendForm",
        "summary": "Send the hosted form; `_form` is the stamp that it was opened with.",
        "security": [],
        "requestBody": {"required": True, "content": {kind: {"schema": schema} for kind in kinds}},
        "responses": {code: _page(words) for code, words in answers.items()},
    }


def _page(words: str) -> dict[str, Any]:
    return {"description": words, "content": {"text/html": {"schema": {"type": "string"}}}}


def _json(words: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"description": words, "content": {"application/json": {"schema": schema}}}


def _refusal(code: str, words: str) -> dict[str, Any]:
    headers = {"headers": _RETRY} if code in ("429", "503") else {}
    return {
        "description": words,
        "content": {"application/problem+json": {"schema": _PROBLEM}},
        **headers,
    }


def blueprint() -> Blueprint:
    routes = Blueprint("openapi", __name__)
    text = json.dumps(describe())

    @routes.get("/openapi.json")
    def openapi() -> Response:
        return Response(text, content_type="application/json")

    return routes
