"""Where in a body a source keeps its fields, as `[sources.NAME]` in the configuration says."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sheetflow.capture.answers import Answer
from sheetflow.capture.values import text_of


@dataclass(frozen=True)
class Pinned:
    """The answers that paths lead to, by field, and the sentences about paths that led nowhere."""

    answers: Mapping[str, Answer]
    missing: Sequence[str]


def pinned(places: Sequence[object], paths: Mapping[str, str]) -> Pinned:
    """Each path is looked up in the first of `places` that has it: the lead's own object, then the body."""
    answers: dict[str, Answer] = {}
    missing: list[str] = []
    for field, path in paths.items():
        found = (text_of(at_path(place, path)).strip() for place in places)
        text = next(filter(None, found), "")
        answers[field] = Answer(path, text, path.rpartition(".")[2], path=path)
        if not text:
            missing.append(f'The path of {field}, "{path}" in [sources], found nothing.')
    return Pinned(answers, missing)


def at_path(value: object, path: str) -> object:
    """What stands at 'data.buyer.mail' or 'items.0.mail', None if nothing; a key may have dots itself."""
    if not path:
        return value
    if isinstance(value, list):
        number, _, rest = path.partition(".")
        return at_path(value[int(number)], rest) if number.isdecimal() and int(number) < len(value) else None
    if not isinstance(value, dict):
        return None
    segments = path.split(".")
    for length in range(len(segments), 0, -1):
        key = ".".join(segments[:length])
        if key in value and (found := at_path(value[key], ".".join(segments[length:]))) is not None:
            return found
    return None
