"""The answers in an object, in order, whatever its shape; one reader a shape, none a vendor."""

from collections.abc import Iterator, Mapping
from typing import Any

from sheetflow.capture.answers import ASIDE_KEY, Answer, Place
from sheetflow.capture.asked import answered, asks, without_echoes
from sheetflow.capture.naming import said_by_name
from sheetflow.capture.secrets import is_secret
from sheetflow.capture.standing import Standing
from sheetflow.capture.values import (
    BESIDE_A_VALUE,
    CHOICE_KEYS,
    CONTACT_TEXTS,
    EXTRAS,
    contact_text,
    conversation,
    pick,
    spelled,
    text_of,
    value_object,
)
from sheetflow.capture.words import spoken, squashed
from sheetflow.capture.wrappers import (
    CONTACT_LISTS,
    FORM_SIGNS,
    NEUTRAL,
    PERHAPS_FOREIGN,
    asking,
    flat,
    is_foreign,
    is_question,
    names_person,
)

WRAPPED = ("value", "stringvalue", "answer", "response")


def walk(at: Standing) -> Iterator[Answer]:
    """Every answer in an object and in what it wraps, the unanswered too."""
    around = _is_around(at.node)
    by_key = any(isinstance(value, dict) and asks(key, value) for key, value in at.node.items())
    for key, value in at.node.items():
        scalar = not isinstance(value, (dict, list))
        if key == ASIDE_KEY or (scalar and is_secret(key, text_of(value))):
            continue
        if around and scalar and squashed(key) in ("name", "title"):
            yield Answer(f"form {key}", text_of(value), place=Place.FOREIGN)
        elif isinstance(value, dict):
            yield from _object(key, value, at, by_key)
        elif isinstance(value, list):
            yield from _list(key, value, at)
        else:
            yield _scalar(key, value, at)


def _is_around(node: Mapping[str, Any]) -> bool:
    """Whether an object is what a sender puts around the answers, and its name the form's."""
    return (
        not names_person(node, 0)
        and bool(FORM_SIGNS.intersection(spelled(node)))
        and any(map(names_person, node.values()))
    )


def _scalar(key: str, value: object, at: Standing) -> Answer:
    own, of_others = flat(key)
    kind = "boolean" if isinstance(value, bool) else ""
    return at.answer(own, text_of(value), kind, Place.FOREIGN if of_others else None)


def _object(key: str, value: Mapping[str, Any], at: Standing, by_key: bool) -> Iterator[Answer]:
    side = Place.FOREIGN if is_foreign(key) else at.here
    if (known := value_object(value)) is not None:
        yield at.answer(key, known[1], known[0], side)
        extras = [(name, text_of(extra)) for name, extra in value.items() if squashed(name) in EXTRAS]
        yield from (Answer(f"{at.prefix}{spoken(key)} {name}", text, place=side) for name, text in extras)
    elif (by_key and is_question(value)) or asks(key, value):
        yield answered({"key": key, **value}, at.prefix, side, within=id(at.node), path=at.path_of(key))
    elif by_key and "label" in spelled(value):
        return
    elif _explains_its_value(key, value):
        yield at.answer(key, text_of(spelled(value)["value"]), place=side)
        yield from (
            Answer(f"{at.prefix}{spoken(key)} {name}", text_of(extra), place=Place.FOREIGN)
            for name, extra in value.items()
            if squashed(name) != "value"
        )
    elif (typed := _typed(value)) is not None:
        yield at.answer(key, text_of(typed), text_of(value["type"]), side)
    elif _is_choice(key, value) or _only_wraps_value(value) or _is_contact(key, value):
        yield at.answer(key, _chosen(key, value), place=side)
    else:
        yield from walk(at.into(key, value))


def _explains_its_value(key: str, value: Mapping[str, Any]) -> bool:
    """Whether a field's answer comes with remarks on it: caller_name: {value: …, rationale: …}."""
    held = spelled(value).get("value")
    scalars = not any(isinstance(child, (dict, list)) for child in value.values())
    chosen = not {"label", "text", "name", "title", "displayvalue"}.isdisjoint(spelled(value))
    return scalars and not chosen and text_of(held) != "" and any(said_by_name(Answer(key, "", key)).values())


def _typed(value: Mapping[str, Any]) -> object:
    """What an object keeps under the name of its own type, as in {"type": "email", "email": …}."""
    kind = value.get("type")
    is_alone = isinstance(kind, str) and kind in value and value.keys() <= {"id", "type", kind}
    held = value[str(kind)] if is_alone else None
    return None if names_person(held) else held


def _only_wraps_value(value: Mapping[str, Any]) -> bool:
    entries = spelled(value)
    held = next((name for name in WRAPPED if name in entries), "")
    return (
        held != "" and not names_person(entries[held]) and BESIDE_A_VALUE.issuperset(entries.keys() - {held})
    )


def _is_contact(key: str, value: Mapping[str, Any]) -> bool:
    """Whether an object is one address or number and not somebody, or a line of the business's."""
    entries = spelled(value)
    return (
        squashed(key) in CONTACT_LISTS and "name" not in entries and pick(entries, CONTACT_TEXTS) is not None
    )


def _is_choice(key: str, value: Mapping[str, Any]) -> bool:
    scalars = not any(isinstance(child, (dict, list)) for child in value.values())
    entries = spelled(value)
    named = pick(entries, ("label", "text", "name", "title")) is not None
    ids = {name for name in entries if name.endswith("id") and not is_foreign(key)}
    known = CHOICE_KEYS.issuperset(entries.keys() - ids)
    return scalars and named and known and squashed(key) not in NEUTRAL | PERHAPS_FOREIGN


def _chosen(key: str, value: Mapping[str, Any]) -> str:
    if squashed(key) in CONTACT_LISTS:
        return contact_text([value])
    entries = spelled(value)
    label = pick(entries, ("label", "text", "displayvalue"))
    return text_of(label if label is not None else pick(entries, (*WRAPPED, "name", "title")))


def _list(key: str, items: list[Any], at: Standing) -> Iterator[Answer]:
    questions = [item for item in items if is_question(item)]
    if squashed(key) in CONTACT_LISTS and not any(map(_holds_objects, items)):
        yield at.answer(key, contact_text(items))
    elif len(questions) * 2 > len(items):
        own = at.place is not Place.FOREIGN  # a list of questions is asked of the lead, wherever it lies
        for question in without_echoes(questions):
            side = Place.OWN if own else at.place
            yield answered(question, "" if own else at.prefix, side, within=id(items), path=at.path_of(key))
    elif any(map(_is_nested, items)):
        yield from _items(key, items, at)
    elif any(_is_address(item) for item in items):
        yield from (at.answer(key, text_of(item), "address") for item in items)
    elif (said := conversation(items)) is not None:
        yield at.answer(key, said, "conversation")
    else:
        yield at.answer(key, text_of(items), "list" if any(isinstance(item, dict) for item in items) else "")


def _holds_objects(item: object) -> bool:
    return isinstance(item, dict) and any(isinstance(child, dict) for child in item.values())


def _is_nested(item: object) -> bool:
    if not isinstance(item, dict):
        return False
    lists = (child for child in item.values() if isinstance(child, list))
    return names_person(item) or any(is_question(question) for child in lists for question in child)


def _is_address(item: object) -> bool:
    known = value_object(item) if isinstance(item, dict) else None
    return known is not None and known[0] == "address"


def _items(key: str, items: list[Any], at: Standing) -> Iterator[Answer]:
    """Of several people in a list the first is the lead, unless a role says that one is the business's."""
    first = next(iter(asking(key, items)), None)
    for item in items:
        side = at.place if item is first else max(at.place, Place.ASIDE)
        if isinstance(item, dict):
            yield from walk(at.into(key, item, side))
        else:
            yield at.answer(key, text_of(item), place=side)
