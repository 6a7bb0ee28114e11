"""The names and types of the Sheets API's messages: what Google refuses before it looks at the spreadsheet.

The table is `recorded/discovery.json`, cut from the API's public description. Messages of violations are
Google's; enumerations are named after their field, since the description doesn't say their proto names.
"""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.fakes.sheets_errors import bad_request, not_built

MESSAGES: dict[str, dict[str, str]] = json.loads(
    (Path(__file__).parent / "recorded" / "discovery.json").read_text(encoding="utf-8")
)["messages"]

SCALARS: dict[str, tuple[tuple[type, ...], str]] = {
    "int": ((int,), "TYPE_INT32"),
    "number": ((int, float), "TYPE_DOUBLE"),
    "string": ((str,), "TYPE_STRING"),
    "mask": ((str,), "TYPE_STRING"),
    "boolean": ((bool,), "TYPE_BOOL"),
}
PROTO = "type.googleapis.com/google.apps.sheets.v4"
LIST_VALUE = "type.googleapis.com/google.protobuf.ListValue"

Violation = tuple[str, str]


def check(message: str, body: object, root: str = "") -> None:
    """Refuse names and types that `message` doesn't have; `root` is how Google calls the body ("data")."""
    violations = list(_message(message, body, root))
    if violations:
        raise bad_request("\n".join(description for _, description in violations), violations)


def unknown_path(message: str, mask: dict[str, Any], path: str = "") -> str | None:
    """The first path of a fields mask that `message` doesn't have."""
    for name, inner in mask.items():
        here = f"{path}.{name}" if path else name
        kind = MESSAGES[message].get(name, "").strip("[]")
        if not kind:
            return here
        if kind == "any" or not inner:
            continue
        found = unknown_path(kind, inner, here) if kind in MESSAGES else here
        if found:
            return found
    return None


def check_fields(message: str, mask: dict[str, Any], text: str) -> None:
    """Refuse a `fields` parameter that names what the answer hasn't got."""
    path = unknown_path(message, mask)
    if path:
        description = f"Error expanding 'fields' parameter. Cannot find matching fields for path '{path}'."
        raise bad_request("Request contains an invalid argument.", [(text, description)])


def _message(name: str, body: object, at: str) -> Iterator[Violation]:
    if not isinstance(body, dict):
        yield (
            at,
            f"Invalid value at '{at}' ({PROTO}.{name}), {_quoted(body)}",
        )
        return
    fields = MESSAGES[name]
    for key, value in body.items():
        kind = fields.get(key)
        if kind is None:
            where = f" at '{at}'" if at else ""
            yield at, f'Invalid JSON payload received. Unknown name "{key}"{where}: Cannot find field.'
        elif kind == "unbuilt":
            raise not_built(key)
        elif value is not None:
            yield from _value(kind, value, f"{at}.{_snake(key)}" if at else _snake(key))


def _value(kind: str, value: object, at: str) -> Iterator[Violation]:
    if kind == "any":
        return
    if kind.startswith("["):
        yield from _items(kind[1:-1], value, at)
    elif kind in MESSAGES:
        yield from _message(kind, value, at)
    elif kind in SCALARS:
        types, label = SCALARS[kind]
        wrong_bool = isinstance(value, bool) and kind != "boolean"
        if wrong_bool or not isinstance(value, types):
            yield at, f"Invalid value at '{at}' ({label}), {_quoted(value)}"
    elif value not in kind.split("|"):
        yield (
            at,
            f"Invalid value at '{at}' ({PROTO}.{at}), {_quoted(value)}",
        )


def _items(kind: str, value: object, at: str) -> Iterator[Violation]:
    if not isinstance(value, list):
        label = LIST_VALUE if kind.startswith("[") else f"{PROTO}.{kind}"
        yield at, f"Invalid value at '{at}' ({label}), {_quoted(value)}"
        return
    if kind == "[any]":
        for n, row in enumerate(value):
            if not isinstance(row, list):
                yield f"{at}[{n}]", f"Invalid value at '{at}[{n}]' ({LIST_VALUE}), {_quoted(row)}"
        return
    for n, item in enumerate(value):
        yield from _value(kind, item, f"{at}[{n}]")


def _quoted(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


@functools.cache
def _snake(name: str) -> str:
    return re.sub(r"([A-Z])", r"_\1", name).lower()
