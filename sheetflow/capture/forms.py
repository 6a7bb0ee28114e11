"""Form bodies, and the bracket keys in which PHP forms write what is nested: fields[email][value]."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import parse_qsl

from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.sansio.multipart import Data, Epilogue, Field, File, MultipartDecoder

from sheetflow.capture.charset import decoded
from sheetflow.capture.limits import MAX_BYTES, MAX_DEPTH, MAX_FIELDS, BodyError, too_deep, too_many_fields

_BRACKETED = re.compile(r"([^\[\]]+)((?:\[[^\[\]]*\])+)")


def read_urlencoded(raw: bytes, charset: str) -> dict[str, Any]:
    """Percent-coded bytes are decoded after splitting, as their charset is only known then."""
    try:
        pairs = parse_qsl(
            raw.strip().decode("latin-1"),
            keep_blank_values=True,
            encoding="latin-1",
            max_num_fields=MAX_FIELDS,
        )
    except ValueError:
        raise too_many_fields() from None
    return nested((_text(key, charset), _text(value, charset)) for key, value in pairs)


def _text(latin: str, charset: str) -> str:
    return decoded(latin.encode("latin-1"), charset)


def read_multipart(raw: bytes, boundary: str, charset: str) -> dict[str, Any]:
    """Fields as text, files by their names alone: their content is never kept."""
    if not boundary:
        raise BodyError(
            400, "multipart/form-data without a boundary; let the sender's library set Content-Type"
        )
    try:
        return nested(_parts(raw, boundary.encode("utf-8", "replace"), charset))
    except RequestEntityTooLarge:
        raise too_many_fields() from None
    except ValueError:
        raise BodyError(
            400, "the multipart body is cut off, or doesn't fit the boundary it declares"
        ) from None


def _parts(raw: bytes, boundary: bytes, charset: str) -> Iterator[tuple[str, str]]:
    decoder = MultipartDecoder(boundary, max_form_memory_size=MAX_BYTES, max_parts=MAX_FIELDS)
    decoder.receive_data(raw)
    decoder.receive_data(None)
    name, content, filename = "", b"", None
    while not isinstance(event := decoder.next_event(), Epilogue):
        if isinstance(event, Field | File):
            name, content = event.name or "", b""
            filename = event.filename if isinstance(event, File) else None
        elif isinstance(event, Data):
            content += event.data if filename is None else b""
            if not event.more_data:
                yield name, decoded(content, charset) if filename is None else filename


def nested(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    """Pairs as an object: bracket keys become objects and lists, a repeated key a list.

    >>> nested([("contact[email]", "a@example.com"), ("ways[]", "phone"), ("ways[]", "mail")])
    {'contact': {'email': 'a@example.com'}, 'ways': ['phone', 'mail']}
    """
    root: dict[str, Any] = {}
    for key, value in pairs:
        _put(root, _path(key), value)
    return {key: _listed(value) for key, value in root.items()}


def unbracketed(mapping: Mapping[str, Any]) -> Mapping[str, Any]:
    """The same for an object that carries a form's keys, as automation tools pass them on."""
    return nested(mapping.items()) if any("[" in key for key in mapping) else mapping


def _path(key: str) -> list[str]:
    match = _BRACKETED.fullmatch(key)
    if match is None:
        return [key]
    path = [match[1], *match[2][1:-1].split("][")]
    if len(path) > MAX_DEPTH:
        raise too_deep()
    return path


def _put(root: dict[str, Any], path: list[str], value: object) -> None:
    for step in path[:-1]:
        child = root.get(step)
        if not isinstance(child, dict):
            child = {} if child is None else {"": child}
            root[step] = child
        root = child
    last, earlier = path[-1], root.get(path[-1])
    if earlier is None:
        root[last] = value
    elif isinstance(earlier, list):
        root[last] = [*earlier, value]
    elif isinstance(earlier, dict):
        _put(earlier, [""], value)
    else:
        root[last] = [earlier, value]


def _listed(value: object) -> object:
    """Objects whose keys are only the positions in a list, as lists."""
    if not isinstance(value, dict):
        return value
    if list(value) == [""]:
        return value[""] if isinstance(value[""], list) else [_listed(value[""])]
    children = {key: _listed(child) for key, child in value.items()}
    if list(children) == [str(number) for number in range(len(children))]:
        return list(children.values())
    return children
