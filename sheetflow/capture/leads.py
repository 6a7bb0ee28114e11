"""The leads in a body, one or many, each with its answers."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sheetflow.capture.answers import Answer
from sheetflow.capture.definitions import plain
from sheetflow.capture.limits import MAX_FIELDS, BodyError, too_many_fields
from sheetflow.capture.naming import says_nothing
from sheetflow.capture.packed import numbered
from sheetflow.capture.shapes import walk
from sheetflow.capture.standing import Standing
from sheetflow.capture.values import spelled, text_of
from sheetflow.capture.words import squashed
from sheetflow.capture.wrappers import LEAD_LISTS, NEUTRAL, has_email, is_question, names_person

NO_FIELDS = "no fields found; send an object with the lead's fields, or a list of such objects"


@dataclass(frozen=True)
class Lead:
    """One person's part of a body: the answers, and the object they stood in."""

    answers: tuple[Answer, ...]
    node: Mapping[str, Any]


def read_leads(body: object) -> list[Lead]:
    """The leads of a body, at least one. Raises BodyError where there is none to be found in it."""
    return [Lead(_distinct(walk(Standing(node))), node) for node in _split(plain(body))]


def _split(tree: object) -> list[Mapping[str, Any]]:
    if isinstance(tree, list) and any(isinstance(item, Mapping) and item for item in tree):
        items = _said(tree)
        asked = all(map(is_question, items))
        return [{"answers": items}] if asked else [part for item in items for part in _split(item)]
    if isinstance(tree, list) and _is_lone_row(tree):
        return [numbered(tree)]
    if not isinstance(tree, Mapping) or not tree:
        raise BodyError(400, NO_FIELDS)
    found = _lead_list(tree)
    if found is None:
        return [tree]
    shared = {key: value for key, value in tree.items() if _is_shared(key, value)}
    items = _said(found)
    included = {f"included {kind}": item for kind, item in _included(items)}
    people = [item for item in items if not any(item is other for other in included.values())]
    return [{**shared, **part, **included} for item in people for part in _split(item)]


def _said(items: list[Any]) -> list[Any]:
    """The objects of a list without the empty ones; what else stands among them isn't lost either."""
    full = [item for item in items if item not in (None, "", {}, [])]
    return [item if isinstance(item, Mapping) else numbered([item]) for item in full]


def _included(items: list[Any]) -> Iterator[tuple[str, Any]]:
    """Things of another type than the people in a list, sent along as JSON:API does."""
    kinds = {text_of(spelled(item).get("type")) for item in items if names_person(item)}
    for item in items:
        kind = text_of(spelled(item).get("type"))
        if kind and kind not in kinds:
            yield kind, item


def _is_lone_row(items: list[Any]) -> bool:
    scalars = not any(isinstance(item, Mapping | list) for item in items)
    return scalars and any(has_email(text_of(item)) for item in items)


def _is_shared(key: str, value: object) -> bool:
    return not isinstance(value, Mapping | list) and not squashed(key).endswith("id")


def _lead_list(tree: Mapping[str, Any], levels: int = 2) -> list[Any] | None:
    """The list of leads within a wrapper that names no person itself."""
    if names_person(tree, 0):
        return None
    for key, value in tree.items():
        if isinstance(value, list) and squashed(key) in LEAD_LISTS and _are_leads(value):
            return value
    wrapped = [
        value for key, value in tree.items() if isinstance(value, Mapping) and squashed(key) in NEUTRAL
    ]
    return _lead_list(wrapped[0], levels - 1) if len(wrapped) == 1 and levels else None


def _are_leads(items: list[Any]) -> bool:
    """One that is empty or no object doesn't make the others one lead."""
    objects = [item for item in items if isinstance(item, Mapping)]
    return not any(map(is_question, objects)) and any(map(names_person, objects))


def _distinct(answers: Iterator[Answer]) -> tuple[Answer, ...]:
    """Without the unanswered, and without what only repeats another under the same or a mute name."""
    found: dict[tuple[str, str], Answer] = {}
    for answer in answers:
        if answer.text.strip():
            found.setdefault((squashed(answer.question), answer.text.strip()), answer)
        if len(found) > MAX_FIELDS:
            raise too_many_fields()
    listed = {answer.text for answer in found.values() if answer.listed and len(answer.text) > 3}
    return tuple(answer for answer in found.values() if answer.text not in listed or not _echoes(answer))


def _echoes(answer: Answer) -> bool:
    return not answer.listed and says_nothing(answer)
