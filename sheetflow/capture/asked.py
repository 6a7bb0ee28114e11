"""Questions with their answers, as objects: {"label": …, "value": …}; choices by their labels."""

from collections.abc import Iterator, Mapping
from typing import Any

from sheetflow.capture.answers import KEYS, KINDS, LABELS, VALUES, Answer, Place
from sheetflow.capture.values import pick, spelled, text_of, value_object
from sheetflow.capture.words import spoken, squashed
from sheetflow.capture.wrappers import is_question


def asks(key: str, value: Mapping[str, Any]) -> bool:
    """Whether the label within an object is the question, as in name: {label: your_name, value: …}."""
    entries = spelled(value)
    label = squashed(text_of(pick(entries, ("question", "label", "title", "questionid"))))
    alike = key.isdigit() or (bool(label) and (squashed(key) in label or label in squashed(key)))
    choice = label == squashed(text_of(pick(entries, VALUES)))
    return is_question(value) and not choice and (alike or bool(pick(entries, KINDS)))


def without_echoes(questions: list[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    """Tally repeats every choice of a checkbox list as a question of its own, answered true or false."""
    keys = {text_of(question.get("key")) for question in questions}
    for question in questions:
        whole, _, choice = text_of(question.get("key")).rpartition("_")
        if not (choice and whole in keys and isinstance(question.get("value"), bool)):
            yield question


def answered(
    question: Mapping[str, Any], prefix: str, place: Place, *, within: int = 0, path: str = ""
) -> Answer:
    entries = spelled(question)
    label = text_of(pick(entries, LABELS))
    kind = text_of(pick(entries, KINDS))
    value = pick(entries, VALUES)
    known = value_object(value) if isinstance(value, dict) else None
    kind = "boolean" if isinstance(value, bool) else known[0] if known else kind
    text = known[1] if known else text_of(_in_words(value, _options(entries)))
    key = next((text_of(entries[name]) for name in KEYS if text_of(entries.get(name)) not in ("", label)), "")
    return Answer(prefix + spoken(label), text, key, kind, place, listed=True, within=within, path=path)


def _options(entries: Mapping[str, Any]) -> dict[str, str]:
    """ID to label, of all the choices a question brings with it."""
    lists = [entries.get(name) for name in ("options", "choices", "rows", "columns")]
    brought = [option for found in lists if isinstance(found, list) for option in found]
    options = [spelled(option) for option in brought if _is_option(option)]
    texts = ("text", "label", "title", "name")
    return {text_of(pick(option, ("id", "key"))): text_of(pick(option, texts)) for option in options}


def _is_option(option: object) -> bool:
    return isinstance(option, dict) and pick(spelled(option), ("id", "key")) is not None


def _in_words(value: object, options: Mapping[str, str]) -> object:
    if isinstance(value, dict):
        return {options.get(str(key), str(key)): _in_words(child, options) for key, child in value.items()}
    if isinstance(value, list):
        return [_in_words(item, options) for item in value]
    return options.get(value, value) if isinstance(value, str) else value
