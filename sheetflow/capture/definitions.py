"""A body made plain: what is packed is opened, IDs are put into words, repeats are dropped."""

import re
from collections.abc import Mapping
from typing import Any

from sheetflow.capture.answers import ASIDE_KEY
from sheetflow.capture.forms import unbracketed
from sheetflow.capture.limits import MAX_DEPTH, too_deep
from sheetflow.capture.packed import from_rows, opened, rows_of
from sheetflow.capture.repair import repaired
from sheetflow.capture.values import spelled, text_of
from sheetflow.capture.words import squashed

# Where the first key holds something, the others only repeat it, or belong to the transport.
REPEATS = {
    "orderedhumanfields": "humanfields data summary body title name email firstname lastname company",
    "humanfields": "data summary body",
    "rawrequest": "pretty webhookurl username customparams customtitle custombody formtitlepath",
    "datajson": "dataxml",
    "namedvalues": "values range authmode triggeruid source",
    "submission": "keys",
    "fieldstructure": "formstructure",
    "body": "headers params query webhookurl executionmode bodyraw rawbody multivalueheaders requestcontext",
    "responses": "custominputs",
}

_WHATSAPP_ID = re.compile(r"(?:wa|whatsapp)_?id", re.IGNORECASE)
_SUBFIELD = re.compile(r"(\d+)\.(\d+)")
_DIGIT = re.compile(r"\d")
NAME_SUBFIELDS = {"2": "prefix", "3": "first", "4": "middle", "6": "last", "8": "suffix"}
ADDRESS_SUBFIELDS = {"1": "street", "2": "line2", "3": "city", "4": "state", "5": "zip", "6": "country"}


def plain(value: object, depth: int = 0) -> object:
    """The same body with every object in it made plain. Raises BodyError where opening it goes too deep."""
    if depth > 2 * MAX_DEPTH:
        raise too_deep()
    if isinstance(value, list | tuple):
        return [plain(item, depth + 1) for item in rows_of(value)]
    if isinstance(value, str):
        return repaired(value)
    if not isinstance(value, Mapping):
        return value
    node: Mapping[str, Any] = {repaired(str(key)): child for key, child in value.items()}
    for step in (unbracketed, opened, _without_repeats, from_rows, _typeform, _wufoo, _numbered, _dialled):
        node = step(node)
    if list(node) == [str(number) for number in range(len(node))] and all(map(_is_object, node.values())):
        return plain(list(node.values()), depth)
    return {key: plain(child, depth + 1) for key, child in node.items()}


def _without_repeats(node: Mapping[str, Any]) -> Mapping[str, Any]:
    entries = spelled(node)
    repeats = {name for key, names in REPEATS.items() if _holds(entries.get(key)) for name in names.split()}
    dropped = {key: value for key, value in node.items() if squashed(key) in repeats}
    kept = {key: value for key, value in node.items() if key not in dropped}
    return {**kept, ASIDE_KEY: dropped} if dropped else node


def _holds(value: object) -> bool:
    return isinstance(value, Mapping | list) and bool(value)


def _typeform(node: Mapping[str, Any]) -> Mapping[str, Any]:
    """Answers that name their question by ID, with the questions in a definition beside them."""
    definition, answers = node.get("definition"), node.get("answers")
    if not isinstance(definition, Mapping) or not isinstance(answers, list):
        return node
    questions = {text_of(field.get("id")): field for field in _objects(definition.get("fields"))}
    titled = [_titled(answer, questions) for answer in _objects(answers)]
    form = {"form name": definition["title"]} if isinstance(definition.get("title"), str) else {}
    return {**{key: value for key, value in node.items() if key != "definition"}, "answers": titled, **form}


def _titled(answer: Mapping[str, Any], questions: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    field = answer.get("field")
    field = field if isinstance(field, Mapping) else {}
    question = questions.get(text_of(field.get("id")), field)
    kind = text_of(answer.get("type"))
    value = answer.get(kind)
    if isinstance(value, Mapping) and kind in ("choice", "choices"):
        value = [value.get("label"), value.get("labels"), value.get("other")]
    return {
        "label": question.get("title") or question.get("ref") or question.get("id"),
        "key": question.get("ref") or "",
        "type": f"{kind} {text_of(question.get('type'))}",
        "value": value,
    }


def _wufoo(node: Mapping[str, Any]) -> Mapping[str, Any]:
    """Keys like Field12, with the questions in a structure beside them."""
    structure = node.get("FieldStructure")
    if not isinstance(structure, Mapping):
        return node
    titles: dict[str, Any] = {}
    for field in _objects(structure.get("Fields")):
        titles[text_of(field.get("ID"))] = field.get("Title")
        titles |= {text_of(part.get("ID")): part.get("Label") for part in _objects(field.get("SubFields"))}
    answers = [{"label": titles[key], "key": key, "value": node[key]} for key in node if key in titles]
    rest = {key: value for key, value in node.items() if key not in titles and key != "FieldStructure"}
    return {"fields": answers, **rest}


def _numbered(node: Mapping[str, Any]) -> Mapping[str, Any]:
    """Gravity Forms' parts of one field, 1.3 and 1.6 for first and last name, put together under 1."""
    groups: dict[str, dict[str, Any]] = {}
    for key, value in node.items():
        if (match := _SUBFIELD.fullmatch(key)) is not None:
            groups.setdefault(match[1], {})[match[2]] = value
    whole = {number: _one_field(parts) for number, parts in groups.items() if number not in node}
    rest = {key: value for key, value in node.items() if _SUBFIELD.fullmatch(key) is None}
    return {**rest, **whole} if whole else node


def _one_field(parts: Mapping[str, Any]) -> object:
    given = {number for number, value in parts.items() if text_of(value)}
    is_name = "1" not in parts and given.intersection("36") and given <= set(NAME_SUBFIELDS)
    is_address = given <= set(ADDRESS_SUBFIELDS) and _DIGIT.search(text_of(parts.get("5")))
    meaning = NAME_SUBFIELDS if is_name else ADDRESS_SUBFIELDS if is_address else None
    return {meaning[number]: parts[number] for number in given} if meaning else list(parts.values())


def _dialled(node: Mapping[str, Any]) -> Mapping[str, Any]:
    """A WhatsApp ID is an international number without its plus."""
    return {
        key: f"+{value}" if _WHATSAPP_ID.fullmatch(key) and str(value).isdecimal() else value
        for key, value in node.items()
    }


def _is_object(value: object) -> bool:
    return isinstance(value, Mapping)


def _objects(value: object) -> list[Mapping[str, Any]]:
    return [item for item in value if isinstance(item, Mapping)] if isinstance(value, list) else []
