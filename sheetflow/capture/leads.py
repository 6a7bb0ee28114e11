"""The leads in a body, one or many, each with its answers."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sheetflow.capture.answers import Answer
from sheetflow.capture.definitions import plain
from sheetflow.capture.limits import MAX_FIELDS, BodyError, too_many_fields
from sheetflow.capture.naming import said_by_name, says_nothing
from sheetflow.capture.packed import numbered
from sheetflow.capture.shapes import walk
from sheetflow.capture.standing import Standing
from sheetflow.capture.values import objects, spelled, text_of
from sheetflow.capture.weighing import weighed
from sheetflow.capture.words import squashed
from sheetflow.capture.wrappers import (
    CONTACT_LISTS,
    INCLUDED,
    LEAD_LISTS,
    asking,
    has_email,
    is_askers,
    is_foreign,
    is_question,
    is_wrapper,
    names_person,
)

NO_FIELDS = "no fields found; send an object with the lead's fields, or a list of such objects"
LONG = 200  # characters; what is longer beside a list of leads stands in the first lead's row only


@dataclass(frozen=True)
class Lead:
    """One person's part of a body: the answers, the object they stood in, and the body around it."""

    answers: tuple[Answer, ...]
    node: Mapping[str, Any]
    around: object = None


def read_leads(body: object) -> list[Lead]:
    """The leads of a body, at least one. Raises BodyError if there is none to be found in it."""
    tree = plain(body)
    nodes = _split(tree)
    if len(nodes) > MAX_FIELDS:
        raise too_many_fields()
    return [Lead(_distinct(walk(Standing(node))), node, tree) for node in nodes]


def _split(tree: object) -> list[Mapping[str, Any]]:
    if isinstance(tree, list) and any(isinstance(item, (dict, list)) and item for item in tree):
        items = _said(tree)
        asked = all(map(is_question, items))
        return [{"answers": items}] if asked else [part for item in items for part in _split(item)]
    if isinstance(tree, list) and _is_lone_row(tree):
        return [numbered(tree)]
    if not isinstance(tree, dict) or not tree:
        raise BodyError(400, NO_FIELDS)
    path = _lead_list(tree)
    if not path:
        return [tree]
    beside, found = _taken_out(tree, path)
    items = _said(found)
    included = {f"included {kind}": item for kind, item in _included(path[-1], items)}
    people = [item for item in items if not any(item is other for other in included.values())]
    parts = [part for item in people for part in _split(item)]
    short = {key: value for key, value in beside.items() if _is_shared(key, value)}
    return [
        {**_around(part, short if number else beside), **part, **included}
        for number, part in enumerate(parts)
    ]


def _around(part: Mapping[str, Any], beside: Mapping[str, Any]) -> dict[str, Any]:
    """What stands beside a list of leads, under names that none of a lead's own has."""
    return {f"around {key}" if key in part else key: value for key, value in beside.items()}


def _taken_out(tree: Mapping[str, Any], path: Sequence[str]) -> tuple[dict[str, Any], list[Any]]:
    """What stands beside the list at a path, and the list."""
    key, *deeper = path
    beside = {name: value for name, value in tree.items() if name != key}
    if not deeper:
        return beside, tree[key]
    inner, found = _taken_out(tree[key], deeper)
    return {**beside, **inner}, found


def _said(items: list[Any]) -> list[Any]:
    """The objects of a list without the empty ones; what else stands among them isn't lost either."""
    full = [item for item in items if item not in (None, "", {}, [])]
    return [item if isinstance(item, dict) else numbered([item]) for item in full]


def _included(key: str, items: list[Any]) -> Iterator[tuple[str, Any]]:
    """Who doesn't ask among the people in a list, and things of another type, sent along as JSON:API does."""
    people = asking(key, items)
    kinds = {text_of(spelled(item).get("type")) for item in people}
    for number, item in enumerate(items):
        kind = text_of(spelled(item).get("type"))
        beside = names_person(item) and not any(item is person for person in people)
        if beside or (kind and kind not in kinds):
            yield f"{kind} {number}".strip() if beside else kind, item


def _is_lone_row(items: list[Any]) -> bool:
    scalars = not any(isinstance(item, (dict, list)) for item in items)
    return scalars and any(has_email(text_of(item)) for item in items)


def _is_shared(key: str, value: object) -> bool:
    return (
        not isinstance(value, (dict, list)) and not squashed(key).endswith("id") and len(str(value)) <= LONG
    )


def _lead_list(tree: Mapping[str, Any], levels: int = 3) -> list[str]:
    """The keys that lead to a list of leads within a wrapper that names no asker itself; else none."""
    if _names_asker(tree):
        return []
    lists = [key for key, value in tree.items() if isinstance(value, list) and _are_leads(key, value, tree)]
    if lists:
        return lists[:1]
    wrapped = [key for key, value in tree.items() if isinstance(value, dict) and not is_foreign(key)]
    people = [key for key in wrapped if names_person(tree[key])]
    if len(people) != 1 or not levels:
        return []
    deeper = _lead_list(tree[people[0]], levels - 1)
    return [people[0], *deeper] if deeper else []


def _names_asker(tree: Mapping[str, Any]) -> bool:
    """Whether a plain name for an address or a number stands in an object itself, and holds one."""
    for key, value in tree.items():
        text = "" if isinstance(value, (dict, list)) else text_of(value)
        answer = Answer(key, text, key)
        said = said_by_name(answer) if text else {}
        if any(said.get(field) and weighed(field, said[field], answer, "") for field in ("email", "phone")):
            return True
    return False


def _are_leads(key: str, items: list[Any], tree: Mapping[str, Any]) -> bool:
    """Several that each name a person; one that is empty or no object doesn't make the others one lead."""
    objects = [item for item in items if isinstance(item, dict)]
    if squashed(key) in {*CONTACT_LISTS, INCLUDED} or is_foreign(key) or any(map(is_question, objects)):
        return False
    people = asking(key, objects)
    if squashed(key) in LEAD_LISTS:
        return bool(people)
    others = [value for name, value in tree.items() if name != key and (is_wrapper(name) or is_askers(name))]
    others.append({name: value for name, value in tree.items() if not isinstance(value, (dict, list))})
    return (
        len(people) > 1 and all(map(names_somebody_to_reach, people)) and not any(map(names_person, others))
    )


def names_somebody_to_reach(item: Mapping[str, Any]) -> bool:
    """Whether an address stands alone in its field, and isn't only mentioned in a text."""
    return any(
        names_somebody_to_reach(value)
        if isinstance(value, dict)
        else any(map(names_somebody_to_reach, objects(value)))
        if isinstance(value, list)
        else has_email(text_of(value)) and " " not in text_of(value).strip()
        for value in item.values()
    )


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
