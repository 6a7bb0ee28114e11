"""Nothing a sender wrote is lost: what stands nowhere in a row yet, with where it stood in the body."""

import re
from collections.abc import Iterable, Iterator, Mapping

from sheetflow.capture.answers import ASIDE_KEY, KEYS, KINDS, LABELS
from sheetflow.capture.cleaning import clean_line, clean_text, without_markup
from sheetflow.capture.secrets import is_secret
from sheetflow.capture.words import squashed
from sheetflow.capture.wrappers import is_question

Pair = tuple[str, str]

# What a sender says of a question itself.
OF_A_QUESTION = {
    *KEYS,
    *KINDS,
    *LABELS,
    "options",
    "choices",
    "rows",
    "columns",
    "versions",
    "alias",
    "group",
    "object",
}

_TAGS = re.compile(r"</?[a-zA-Z?!][^<>]*>")
_HYPHENED = re.compile(r"\w+(?:-\w+)*")
_WORDS = re.compile(r"[\w.+-]+@[\w.-]+|\w+")  # an address is one word: a name isn't told by it
_MOST_SEARCHED = 300  # texts of a lead; beyond them a repeat may be kept twice
_SHORT = 60  # characters of a text of digits that may be a number written in another way


class Told:
    """What a row says, to be asked whether a text stands in it: case, spaces and marks don't matter."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._raw: set[str] = set()
        self._texts: set[str] = set()
        self._whole = " "
        self._digits = ""
        self._names: set[str] = set()
        self._questions: set[str] = set()
        for text in texts:
            self.add(text)

    def add(self, text: str) -> None:
        if text in self._raw:
            return
        self._raw.add(text)
        said = _said(text)
        self._texts.add(said)
        self._whole += f"{said} "
        self._digits += f" {re.sub(r'[^0-9]', '', text)}" if len(text) <= _SHORT else ""

    def add_names(self, questions: Iterable[str]) -> None:
        """The names of fields, which a copy of the whole form says again."""
        for question in questions:
            self._questions.add(squashed(question))
            self._names.update(_WORDS.findall(question.casefold()))

    def repeats(self, text: str) -> bool:
        """Whether all the words of a copy are told, in whatever order."""
        known = self._names.union(self._whole.split())
        said = _HYPHENED.findall(_TAGS.sub(" ", text).casefold())
        if len(said) <= 2:
            return squashed(text) in self._questions or self.holds(text)
        return all(word.replace("-", "") in known or known.issuperset(word.split("-")) for word in said)

    def holds(self, text: str, *, search: bool = True) -> bool:
        if text in self._raw or (said := _said(text)) in self._texts:
            return True
        digits = re.sub(r"[^0-9]", "", text) if len(text) <= _SHORT else ""
        return search and (
            f" {said} " in self._whole or (len(digits) >= 7 and digits.lstrip("0") in self._digits)
        )


def _said(text: str) -> str:
    return " ".join(_WORDS.findall(text.casefold())) or text.strip()


def left_over(node: Mapping[str, object], told: Told) -> Iterator[Pair]:
    """The texts of a lead's part of a body that `told` doesn't hold, secrets excepted; it holds them then."""
    searched = 0
    for path, key, text in _texts(node, "", ""):
        if is_secret(key, text) or (ASIDE_KEY in path and told.repeats(text)):
            continue
        shown = clean_text(without_markup(text))
        if not shown or told.holds(shown, search=searched < _MOST_SEARCHED):
            continue
        searched += 1
        told.add(shown)
        yield clean_line(path.replace(f"{ASIDE_KEY}.", ""), 300), shown


def _texts(value: object, path: str, key: str) -> Iterator[tuple[str, str, str]]:
    """Path, key and text of every text, in the order they came."""
    if isinstance(value, dict):
        asked = is_question(value)
        for name, child in value.items():
            if not (asked and squashed(name) in OF_A_QUESTION):
                yield from _texts(child, f"{path}.{name}" if path else str(name), str(name))
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item, path, key)
    elif isinstance(value, str) and value.strip():
        yield path, key, value
