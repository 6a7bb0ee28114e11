"""The answers in an object, in order, whatever its shape; one reader a shape, none a vendor."""

from collections.abc import Iterator, Mapping
from typing import Any

from sheetflow.capture.answers import KEYS, KINDS, LABELS, VALUES, Answer, Place
from sheetflow.capture.values import BESIDE_A_VALUE, CHOICE_KEYS, EXTRAS, pick, spelled, text_of, value_object
from sheetflow.capture.words import spoken, squashed
from sheetflow.capture.wrappers import (
    CONTACT_LISTS,
    ENVELOPE,
    FOREIGN,
    FORM_SIGNS,
    NEUTRAL,
    NEVER_KEPT,
    PERHAPS_FOREIGN,
    PERHAPS_WRAPPING,
    is_question,
    names_person,
)


def walk(node: Mapping[str, Any], prefix: str, place: Place) -> Iterator[Answer]:
    """Every answer in an object and in what it wraps, the unanswered too; `prefix` goes before questions."""
    around = _is_around(node)
    among = any(isinstance(value, Mapping) and _asks(key, value) for key, value in node.items())
    own = names_person(node, 0)
    for key, value in node.items():
        name = squashed(key)
        scalar = not isinstance(value, Mapping | list)
        if name in NEVER_KEPT or (around and scalar and name in ENVELOPE):
            continue
        if around and scalar and name in ("name", "title"):
            yield Answer(f"form {key}", text_of(value), place=Place.FOREIGN)
        elif isinstance(value, Mapping):
            side = Place.FOREIGN if own and name in PERHAPS_FOREIGN else place
            yield from _object(key, value, prefix, side, among)
        elif isinstance(value, list):
            yield from _list(key, value, prefix, place)
        else:
            kind = "boolean" if isinstance(value, bool) else ""
            yield Answer(prefix + spoken(key), text_of(value), key, kind, place)


def _is_around(node: Mapping[str, Any]) -> bool:
    """Whether an object is what a sender puts around the answers, and its name the form's."""
    return (
        not names_person(node, 0)
        and bool(FORM_SIGNS.intersection(spelled(node)))
        and any(map(names_person, node.values()))
    )


def _object(key: str, value: Mapping[str, Any], prefix: str, place: Place, among: bool) -> Iterator[Answer]:
    side = Place.FOREIGN if squashed(key) in FOREIGN else place
    if (known := value_object(value)) is not None:
        yield Answer(prefix + spoken(key), known[1], key, known[0], side)
        extras = [(name, text_of(extra)) for name, extra in value.items() if squashed(name) in EXTRAS]
        yield from (Answer(f"{prefix}{spoken(key)} {name}", text, place=side) for name, text in extras)
    elif (among and is_question(value)) or _asks(key, value):
        yield from _question({"key": key, **value}, prefix, side)
    elif among and "label" in spelled(value):
        return
    elif (typed := _typed(value)) is not None:
        yield Answer(prefix + spoken(key), text_of(typed), key, text_of(value["type"]), side)
    elif _is_choice(key, value) or _only_wraps_value(value):
        yield Answer(prefix + spoken(key), _chosen(value), key, "", side)
    else:
        yield from walk(value, *_standing(key, value, prefix, place))


def _asks(key: str, value: Mapping[str, Any]) -> bool:
    """Whether the label within an object is the question, as in name: {label: your_name, value: …}."""
    entries = spelled(value)
    label = squashed(text_of(pick(entries, ("question", "label", "title"))))
    alike = bool(label) and (squashed(key) in label or label in squashed(key))
    choice = label == squashed(text_of(pick(entries, VALUES)))
    return is_question(value) and not choice and (alike or bool(pick(entries, KINDS)))


def _typed(value: Mapping[str, Any]) -> object:
    """What an object keeps under the name of its own type, as in {"type": "email", "email": …}."""
    kind = value.get("type")
    is_alone = isinstance(kind, str) and kind in value and value.keys() <= {"id", "type", kind}
    held = value[str(kind)] if is_alone else None
    return None if names_person(held) else held


def _only_wraps_value(value: Mapping[str, Any]) -> bool:
    entries = spelled(value)
    held = [entries[name] for name in ("value", "stringvalue") if name in entries]
    return bool(held) and not names_person(held[0]) and BESIDE_A_VALUE.issuperset(entries)


def _is_choice(key: str, value: Mapping[str, Any]) -> bool:
    scalars = not any(isinstance(child, Mapping | list) for child in value.values())
    named = pick(spelled(value), ("label", "text", "name", "title")) is not None
    return scalars and named and CHOICE_KEYS.issuperset(spelled(value)) and squashed(key) not in NEUTRAL


def _chosen(value: Mapping[str, Any]) -> str:
    entries = spelled(value)
    label = pick(entries, ("label", "text", "displayvalue"))
    return text_of(label if label is not None else pick(entries, ("value", "stringvalue", "name", "title")))


def _standing(key: str, value: object, prefix: str, place: Place) -> tuple[str, Place]:
    name = squashed(key)
    if name in NEUTRAL or (name in PERHAPS_WRAPPING and names_person(value)):
        return prefix, place
    longer = f"{prefix}{spoken(key)} "
    is_branch = name == "location" and isinstance(value, Mapping) and "id" in spelled(value)
    if name in FOREIGN or is_branch or place is Place.FOREIGN:
        return longer, Place.FOREIGN
    return longer, max(place, Place.NEAR if names_person(value, 0) else Place.ASIDE)


def _list(key: str, items: list[Any], prefix: str, place: Place) -> Iterator[Answer]:
    questions = [item for item in items if is_question(item)]
    if len(questions) * 2 > len(items) and squashed(key) not in CONTACT_LISTS:
        own = place is not Place.FOREIGN  # a list of questions is asked of the lead, wherever it lies
        for question in _without_echoes(questions):
            yield from _question(question, "" if own else prefix, Place.OWN if own else place)
    elif squashed(key) not in CONTACT_LISTS and any(_is_nested(item) for item in items):
        for number, item in enumerate(items):
            longer, side = _standing(key, item, prefix, place)
            yield from _child(key, item, longer, side if number == 0 else max(side, Place.ASIDE))
    else:
        yield Answer(prefix + spoken(key), text_of(items), key, place=place)


def _is_nested(item: object) -> bool:
    if not isinstance(item, Mapping):
        return False
    lists = (child for child in item.values() if isinstance(child, list))
    return names_person(item) or any(is_question(question) for child in lists for question in child)


def _child(key: str, item: object, prefix: str, place: Place) -> Iterator[Answer]:
    if isinstance(item, Mapping):
        yield from walk(item, prefix, place)
    else:
        yield Answer(prefix + spoken(key), text_of(item), key, place=place)


def _without_echoes(questions: list[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    """Tally repeats every choice of a checkbox list as a question of its own, answered true or false."""
    keys = {text_of(question.get("key")) for question in questions}
    for question in questions:
        whole, _, choice = text_of(question.get("key")).rpartition("_")
        if not (choice and whole in keys and isinstance(question.get("value"), bool)):
            yield question


def _question(question: Mapping[str, Any], prefix: str, place: Place) -> Iterator[Answer]:
    entries = spelled(question)
    label = text_of(pick(entries, LABELS))
    kind = text_of(pick(entries, KINDS))
    value = pick(entries, VALUES)
    known = value_object(value) if isinstance(value, Mapping) else None
    kind = "boolean" if isinstance(value, bool) else known[0] if known else kind
    text = known[1] if known else text_of(_in_words(value, _options(entries)))
    key = next((text_of(entries[name]) for name in KEYS if text_of(entries.get(name)) not in ("", label)), "")
    yield Answer(prefix + spoken(label), text, key, kind, place, listed=True)


def _options(entries: Mapping[str, Any]) -> dict[str, str]:
    """ID to label, of all the choices a question brings with it."""
    lists = [entries.get(name) for name in ("options", "choices", "rows", "columns")]
    brought = [option for found in lists if isinstance(found, list) for option in found]
    options = [spelled(option) for option in brought if _is_option(option)]
    texts = ("text", "label", "title", "name")
    return {text_of(pick(option, ("id", "key"))): text_of(pick(option, texts)) for option in options}


def _is_option(option: object) -> bool:
    return isinstance(option, Mapping) and pick(spelled(option), ("id", "key")) is not None


def _in_words(value: object, options: Mapping[str, str]) -> object:
    if isinstance(value, Mapping):
        return {options.get(str(key), str(key)): _in_words(child, options) for key, child in value.items()}
    if isinstance(value, list):
        return [_in_words(item, options) for item in value]
    return options.get(value, value) if isinstance(value, str) else value
