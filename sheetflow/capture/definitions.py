"""A body made plain: what is packed is opened, senders' own ways are undone, repeats are put aside."""

from collections.abc import Mapping
from typing import Any

from sheetflow.capture.answers import ASIDE_KEY
from sheetflow.capture.forms import unbracketed
from sheetflow.capture.limits import MAX_DEPTH, too_deep
from sheetflow.capture.packed import by_kind, from_rows, labelled, mail_headers, opened, paired, rows_of
from sheetflow.capture.repair import repaired
from sheetflow.capture.senders import SENDERS
from sheetflow.capture.values import spelled
from sheetflow.capture.words import squashed

# If the first key holds something, the others only repeat it, or belong to the transport.
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


def plain(value: object, depth: int = 0) -> object:
    """The same body with every object in it made plain. Raises BodyError if opening it goes too deep."""
    if depth > 2 * MAX_DEPTH:
        raise too_deep()
    if isinstance(value, list | tuple):
        if pairs := paired(value):
            return plain(pairs, depth + 1)
        items = [plain(item, depth + 1) for item in rows_of(value)]
        return by_kind(items) or items
    if isinstance(value, str):
        return repaired(value)
    if not isinstance(value, dict):
        return value
    node: Mapping[str, Any] = {repaired(str(key)): child for key, child in value.items()}
    for step in STEPS:
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
    return isinstance(value, (dict, list)) and bool(value)


def _is_object(value: object) -> bool:
    return isinstance(value, dict)


STEPS = (
    unbracketed,
    opened,
    mail_headers,
    labelled,
    _without_repeats,
    from_rows,
    *(sender.plain for sender in SENDERS),
)
