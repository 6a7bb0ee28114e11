"""Gravity Forms numbers the parts of one field: 1.3 and 1.6 are the first and the last name of field 1."""

import re
from collections.abc import Mapping
from typing import Any

from sheetflow.capture.senders.sender import Node, Sender
from sheetflow.capture.values import text_of

_PART = re.compile(r"(\d+)\.(\d+)")
_DIGIT = re.compile(r"\d")
_NAME = {"2": "prefix", "3": "first", "4": "middle", "6": "last", "8": "suffix"}
_ADDRESS = {"1": "street", "2": "line2", "3": "city", "4": "state", "5": "zip", "6": "country"}


def _plain(node: Node) -> Node:
    fields: dict[str, dict[str, Any]] = {}
    for key, value in node.items():
        if (match := _PART.fullmatch(key)) is not None:
            fields.setdefault(match[1], {})[match[2]] = value
    whole = {number: _one_field(parts) for number, parts in fields.items() if number not in node}
    rest = {key: value for key, value in node.items() if _PART.fullmatch(key) is None}
    return {**rest, **whole} if whole else node


def _one_field(parts: Mapping[str, Any]) -> object:
    given = {number for number, value in parts.items() if text_of(value)}
    is_name = "1" not in parts and given.intersection("36") and given <= set(_NAME)
    is_address = given <= set(_ADDRESS) and _DIGIT.search(text_of(parts.get("5")))
    meaning = _NAME if is_name else _ADDRESS if is_address else None
    return {meaning[number]: parts[number] for number in given} if meaning else list(parts.values())


GRAVITY_FORMS = Sender("Gravity Forms", plain=_plain)
