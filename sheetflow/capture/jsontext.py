"""JSON as senders write it: bounded before it is parsed, and explained where it is broken."""

import json
import re
from typing import Any

from sheetflow.capture.limits import MAX_DEPTH, MAX_FIELDS, MAX_VALUES, BodyError, too_deep, too_many_fields

REMEDY = (
    "In Make, build the body with the module 'Create JSON' or 'JSON > Transform to JSON', or send form "
    "fields instead of a raw body; in other tools, let a JSON step write it."
)

# Possessive, and the closing mark optional: a hostile body is read once, not once per quotation mark.
_STRING = re.compile(r'"([^"\\]*+(?:\\.[^"\\]*+)*+)"?(\s*+:)?', re.DOTALL)
_BRACKET = re.compile(r"[\[\]{}]")
_FORM = re.compile(r"[\w.%+\[\]-]+=")
_KEY_NAME = re.compile(r"[\w .:-]{1,40}")


def opens_json(text: str) -> bool:
    return text.lstrip("\ufeff \t\r\n\x00")[:1] in ("{", "[")


def parse_json(text: str) -> object:
    """The value of a JSON text, also of one that was encoded twice. Raises BodyError, and nothing else."""
    text = text.strip("\ufeff \t\r\n\x00")
    _check_size(text)
    try:
        value = json.loads(
            text,
            strict=False,  # a line break within a value is meant, though it should be written \n
            parse_int=_whole_number,
            parse_float=str,
            parse_constant=lambda _: None,
            object_pairs_hook=_gathered,
        )
    except json.JSONDecodeError as error:
        raise BodyError(400, _explained(text, error)) from None
    return parse_json(value) if isinstance(value, str) and opens_json(value) else value


def _check_size(text: str) -> None:
    """json.loads recurses once a level, so depth has to be known before it runs."""
    skeleton = _STRING.sub("", text)
    if skeleton.count(",") + skeleton.count("[") + skeleton.count("{") > MAX_VALUES:
        raise too_many_fields()
    depth = 0
    for bracket in _BRACKET.finditer(skeleton):
        depth += 1 if bracket[0] in "[{" else -1
        if depth > MAX_DEPTH:
            raise too_deep()


def _whole_number(digits: str) -> int | str:
    return int(digits) if len(digits) <= 15 else digits


def _gathered(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        found[key] = value if key not in found else _both(found[key], value)
    return found


def _both(earlier: Any, later: Any) -> object:
    if earlier == later:
        return earlier
    if isinstance(earlier, list) and len(earlier) > MAX_FIELDS:
        raise too_many_fields()  # each one more is a copy of all before it
    return [*(earlier if isinstance(earlier, list) else [earlier]), later]


def _explained(text: str, error: json.JSONDecodeError) -> str:
    if _FORM.match(text):
        return (
            "the Content-Type says JSON, and the body is form fields: send it as "
            "application/x-www-form-urlencoded"
        )
    where = f"the JSON is broken at line {error.lineno}, column {error.colno}"
    before = text[: error.pos]
    if error.pos >= len(text) or error.msg.startswith("Unterminated string"):
        return f"{where}: it ends too early. If nothing cut it off, a quotation mark is missing. {REMEDY}"
    if before.rstrip().endswith('"') or error.msg.startswith("Invalid \\"):
        cause = "a quotation mark or backslash within the value isn't escaped"
        return f"{where}{_of_key(before)}: {cause}. {REMEDY}"
    if before.rstrip().endswith(":"):
        return f"{where}{_of_key(before)}: the value is missing or isn't between quotation marks. {REMEDY}"
    return f"{where}: {error.msg[0].lower()}{error.msg[1:]}. {REMEDY}"


def _of_key(before: str) -> str:
    """The key whose value is broken; all that stands before the break has been read as valid JSON."""
    keys = [string[1] for string in _STRING.finditer(before) if string[2]]
    return f', in the value of "{keys[-1]}"' if keys and _KEY_NAME.fullmatch(keys[-1]) else ""
