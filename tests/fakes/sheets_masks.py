"""Field masks: `a,b(c,d/e),f.g` picks parts of an answer, or says which parts of a message a request writes.

A mask is a tree of names: `{"a": {}, "b": {"c": {}, "d": {"e": {}}}}`. An empty tree means all beneath.
"""

from __future__ import annotations

import re
from typing import Any

from tests.fakes.sheets_errors import Invalid

Mask = dict[str, Any]


def parsed(text: str) -> Mask:
    """The tree of a mask; `*` and the empty text mean everything, and cover what is named beside them."""
    tokens = re.findall(r"[A-Za-z0-9_*]+|[(),./]", text)
    try:
        tree, _ = _group(tokens, 0)
    except IndexError:
        raise Invalid(f"Invalid field mask: {text}") from None
    return {} if "*" in tree else tree


def picked(mask: Mask, value: Any) -> Any:
    """What the mask leaves of an answer."""
    if not mask:
        return value
    if isinstance(value, list):
        return [picked(mask, item) for item in value]
    if isinstance(value, dict):
        return {name: picked(mask[name], part) for name, part in value.items() if name in mask}
    return value


def merged(old: dict[str, Any] | None, new: dict[str, Any] | None, mask: Mask) -> dict[str, Any] | None:
    """`old` with the masked parts as in `new`; a masked part that `new` lacks is cleared. None when empty."""
    if not mask:
        return new or None
    result = dict(old or {})
    for name, inner in mask.items():
        part = (new or {}).get(name)
        if inner and (part is None or isinstance(part, dict)):
            part = merged(result.get(name), part, inner)
        if part is None:
            result.pop(name, None)
        else:
            result[name] = part
    return result or None


def _union(one: Mask | None, other: Mask) -> Mask:
    if one is None:
        return other
    if not one or not other:
        return {}
    return {**one, **{name: _union(one.get(name), inner) for name, inner in other.items()}}


def _group(tokens: list[str], at: int) -> tuple[Mask, int]:
    tree: Mask = {}
    while at < len(tokens) and tokens[at] != ")":
        if tokens[at] == ",":
            at += 1
            continue
        at = _path(tokens, at, tree)
    return tree, at


def _path(tokens: list[str], at: int, tree: Mask) -> int:
    """One path from `at`, entered into `tree`; where the next one begins."""
    node = tree
    while True:
        name, at = tokens[at], at + 1
        known = node.get(name)
        mark = tokens[at] if at < len(tokens) else ""
        if mark == "(":
            inner, at = _group(tokens, at + 1)
            node[name] = _union(known, {} if "*" in inner else inner)
            return at + 1
        if mark not in (".", "/"):
            node[name] = {}
            return at
        if tokens[at + 1 : at + 2] == ["*"]:
            node[name] = {}
            return at + 2
        # Where all of it is wanted already, the rest of the path adds nothing.
        node = {} if known == {} else node.setdefault(name, {})
        at += 1
