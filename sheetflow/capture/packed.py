"""Answers packed into one value: JSON and base64 in a text, lines of "name: value", rows under a heading."""

import base64
import binascii
import re
from collections.abc import Mapping, Sequence
from itertools import zip_longest
from typing import Any, TypeGuard

from sheetflow.capture.charset import decoded
from sheetflow.capture.cleaning import without_markup
from sheetflow.capture.forms import read_urlencoded
from sheetflow.capture.jsontext import opens_json, parse_json
from sheetflow.capture.limits import BodyError, bounded
from sheetflow.capture.naming import PERSON, STRONG, WEAK
from sheetflow.capture.values import objects, pick, spelled
from sheetflow.capture.words import core, squashed, word_set
from sheetflow.capture.wrappers import has_email, names_person
from sheetflow.capture.xmltext import opens_xml, read_xml

# Keys under which senders put a JSON text where an object was meant; elsewhere it has to name a person.
JSON_TEXTS = word_set("""
    rawrequest datajson data payload body json jsondata formdata formfields fields submission lead contact
    fieldstructure formresponse response answers entry record
""")
BASE64_TEXTS = word_set("data body payload")
_BASE64 = re.compile(r"(?:ey|ew|W)[A-Za-z0-9+/_-]{14,}={0,2}")  # of a text that begins with { or [

_FORM = re.compile(r"[\w\[\].%-]{1,100}+=[^\s&=]*+(?:&[\w\[\].%-]{1,100}+=[^\s&=]*+)++", re.ASCII)

# "Name: Ada" of a notification by mail, "first = Ada" of Formstack
_COLON_LINE = re.compile(r"[*_]{0,2}([^:=]{1,40}?)[*_]{0,2}\s?:(?!//)[*_]{0,2}\s*(.*)")
# The cells of a mail's table: <td>Name:</td><td>Ada</td>
_CELLS = re.compile(r"</t[dh]>\s{0,200}<t[dh]\b[^<>]{0,500}>", re.IGNORECASE)
_JOINED = re.compile(r":\s{0,20}:\s")
_EQUALS_LINE = re.compile(r"([^:=]{1,40}) = (.*)")
_MOST_LINES = 200
PARTS_OF_A_PERSON = (*PERSON, "street", "city", "zip")

KIND_AND_VALUE = word_set("type value id primary isprimary preferred verified")
MAIL_HEADERS = word_set("from to subject messageid")

LABELS_BY_KEY = word_set("labels fieldlabels fieldnames fieldtitles titles questions questionlabels")
HEADINGS = ("headers", "header", "headings", "columns", "columnnames", "keys", "questions", "labels")
ROWS = ("row", "values", "cells", "rowvalues", "answers", "data")


def opened(node: Mapping[str, Any]) -> Mapping[str, Any]:
    """The same object with what is packed in its texts opened, or in the name of its only field."""
    if len(node) == 1 and opens_json(key := next(iter(node))) and node[key] in ("", None):
        found = _json(key)
        node = found if isinstance(found, dict) else node
    return {key: _open(key, value, node) if isinstance(value, str) else value for key, value in node.items()}


def _open(key: str, text: str, node: Mapping[str, Any]) -> object:
    name = squashed(key)
    if opens_xml(text):
        return read_xml(text) or text
    if opens_json(text):
        found = _json(text)
        return found if name in JSON_TEXTS or names_person(found) or _is_no_message(key, found) else text
    if name in BASE64_TEXTS and _BASE64.fullmatch(text) is not None:
        return _base64(text)
    if _CELLS.search(text) is not None:
        table = _JOINED.sub(": ", _CELLS.sub(": ", text))
        return text if _is_answerable(node) else _lines(without_markup(table), _COLON_LINE) or text
    if "\n" not in text:
        return _form(text)
    return _lines(text, _EQUALS_LINE) or (text if _is_answerable(node) else _lines(text, _COLON_LINE) or text)


def _is_no_message(key: str, found: object) -> bool:
    """Whether a machine wrote answers into the place of a message."""
    return isinstance(found, dict) and any(core(key) in table["message"] for table in (STRONG, WEAK))


def _form(text: str) -> object:
    """A whole form in one text: "name=Ada&email=ada%40example.com"."""
    if _FORM.fullmatch(text) is None:
        return text
    try:
        found = read_urlencoded(text.encode(), "")
    except BodyError:
        return text
    return found if names_person(found) else text


def _is_answerable(node: Mapping[str, Any]) -> bool:
    """Where an address or a number has its own field, lines of a message are the lead's own words."""
    return any(node[key] and core(key) in STRONG[field] for key in node for field in ("email", "phone"))


def _json(text: str) -> object:
    try:
        return bounded(parse_json(text))
    except BodyError:
        return text


def _base64(text: str) -> object:
    try:
        inner = decoded(base64.b64decode(text, altchars=b"-_", validate=False))
    except (binascii.Error, ValueError):
        return text
    found = _json(inner) if opens_json(inner) else text
    return text if isinstance(found, str) else found


def _lines(text: str, pattern: re.Pattern[str]) -> dict[str, str]:
    """The answers in lines of question and answer, if two of them are a person's data."""
    lines = text.splitlines()
    if len(lines) > _MOST_LINES:
        return {}
    found: dict[str, str] = {}
    label = "text"
    for line in map(str.strip, lines):
        match = pattern.fullmatch(line)
        label, said = (match[1].strip(), match[2].strip()) if match else (label, line)
        found[label] = f"{found[label]}\n{said}".strip() if label in found else said
    known = {field for name in found for field in PARTS_OF_A_PERSON if core(name) in STRONG[field]}
    return found if len(known) >= 2 else {}


def mail_headers(node: Mapping[str, Any]) -> Mapping[str, Any]:
    """The headers of a mail, which say who wrote it, told from those of the request that carries it."""
    key = next((key for key in node if squashed(key) == "headers"), "")
    found = node.get(key)
    if isinstance(found, list):
        found = {str(item.get("name")): item.get("value") for item in objects(found)}
    if not isinstance(found, dict) or not {"from"} < {squashed(name) for name in found} & MAIL_HEADERS:
        return node
    return {"mail" if name == key else name: found if name == key else value for name, value in node.items()}


def labelled(node: Mapping[str, Any]) -> Mapping[str, Any]:
    """Answers under the numbers of their fields, beside an object that tells what each number asks."""
    where = next(
        (key for key, value in node.items() if squashed(key) in LABELS_BY_KEY and _are_labels(value)), None
    )
    if where is None:
        return node
    labels = node[where]
    rest = {key: value for key, value in node.items() if key != where}
    if len(labels.keys() & rest.keys()) > 1:
        return _renamed(rest, labels)
    found = {
        key: _renamed(value, labels)
        for key, value in rest.items()
        if isinstance(value, dict) and len(labels.keys() & value.keys()) > 1
    }
    return {**rest, **found} if found else node


def _are_labels(value: object) -> TypeGuard[dict[str, str]]:
    return (
        isinstance(value, dict) and len(value) > 1 and all(isinstance(text, str) for text in value.values())
    )


def _renamed(held: Mapping[str, Any], labels: Mapping[str, str]) -> dict[str, Any]:
    """Under the questions; a second field of the same question keeps its own key."""
    found: dict[str, Any] = {}
    for key, value in held.items():
        label = labels.get(key) or key
        found[key if label in found else label] = value
    return found


def from_rows(node: Mapping[str, Any]) -> Mapping[str, Any]:
    """A sheet's row, or its rows, beside the headings: as objects."""
    entries = spelled(node)
    heads, rows = pick(entries, HEADINGS), pick(entries, ROWS)
    if not _are_headings(heads) or not isinstance(rows, list) or not rows:
        return node
    table = rows if isinstance(rows[0], list) else [rows]
    if not all(map(_is_row, table)):
        return node
    rest = {key: value for key, value in node.items() if value is not heads and value is not rows}
    return {**rest, "rows": [_under(heads, row) for row in table]}


def paired(items: Sequence[Any]) -> dict[str, Any]:
    """Answers as pairs with their questions, [["Name", "Ada"], ["Email", …]], as one object; else {}."""
    if not all(isinstance(item, list) and len(item) == 2 and isinstance(item[0], str) for item in items):
        return {}
    known = [item[0] for item in items if any(core(item[0]) in STRONG[field] for field in PERSON)]
    found = dict(items)
    return found if len(known) > 1 and len(found) == len(items) else {}


def rows_of(items: Sequence[Any]) -> Sequence[Any]:
    """The rows of a table whose first row names the columns, as objects."""
    heads, *rows = items or [None]
    if not rows or not _are_headings(heads) or not all(map(_is_row, rows)):
        return items
    return [_under(heads, row) for row in rows]


def by_kind(items: Sequence[Any]) -> dict[str, Any]:
    """Ways to reach somebody, each with its kind, as one object: {"type": "Email", "value": …}; else {}."""
    found: dict[str, Any] = {}
    for item in items:
        entries = spelled(item) if isinstance(item, dict) else {}
        kind, value = entries.get("type"), entries.get("value")
        if not isinstance(kind, str) or not isinstance(value, str) or not entries.keys() <= KIND_AND_VALUE:
            return {}
        if kind in found or not any(core(kind) in STRONG[field] for field in ("email", "phone")):
            return {}
        found[kind] = value
    return found


def numbered(row: Sequence[Any]) -> dict[str, Any]:
    """A row without headings, whose values have to speak for themselves."""
    return {str(number): cell for number, cell in enumerate(row, 1)}


def _is_row(row: object) -> bool:
    return isinstance(row, list) and not any(isinstance(cell, (dict, list)) for cell in row)


def _are_headings(row: object) -> TypeGuard[list[str]]:
    return (
        isinstance(row, list)
        and all(isinstance(text, str) and not has_email(text) for text in row)
        and any(core(text) in STRONG[field] for text in row for field in PERSON)
    )


def _under(heads: Sequence[str], row: Sequence[Any]) -> dict[str, Any]:
    columns = enumerate(zip_longest(heads, row, fillvalue=""), 1)
    return {str(head) or f"column {number}": cell for number, (head, cell) in columns}
