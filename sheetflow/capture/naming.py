"""What an answer's name says of it: its question, the sender's key for it, the sender's word for its kind."""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from sheetflow.capture import hints, names, questions
from sheetflow.capture.answers import Answer
from sheetflow.capture.evidence import Because
from sheetflow.capture.whose import (
    ASKERS,
    KINDS_OF,
    asks,
    is_anothers,
    is_callers,
    unglued,
    without_asker,
    without_matter,
)
from sheetflow.capture.words import (
    LONGEST,
    core,
    is_number_of_a_thing,
    squashed,
    telling,
    unmarked,
    word_set,
    words,
)

NAMES = ("name", "first", "middle", "last", "second")
PERSON = (*NAMES, "email", "phone")
PLACES = ("street", "house", "street2", "city", "state", "zip", "country")
FIELDS = (*PERSON, "dial", "area", "service", "urgency", "location", *PLACES, "message", "source")
ASKED = ("service", "urgency", "location", "message")

KINDS = {
    "email": (Because.KIND, re.compile(r"e-?mail", re.IGNORECASE)),
    "phone": (Because.KIND, re.compile(r"phone|^tel$", re.IGNORECASE)),
    "name": (Because.PERSON, re.compile(r"^(?:full_?|contact_?)?name$", re.IGNORECASE)),
    "location": (Because.KIND, re.compile(r"^address$", re.IGNORECASE)),
}
NOT_OF_A_PERSON = re.compile(
    r"boolean|legal|consent|gdpr|accept|terms|file|upload|signature|rating|opinion", re.IGNORECASE
)
PROSE = re.compile(r"text_?area|long_?text|paragraph|multi_?line", re.IGNORECASE)

# 'Mobile / WhatsApp', 'Fragen oder Anmerkungen'
ALTERNATIVES = re.compile(r"[/|,&+]|\s(?:or|and|oder|und|ou|et|o|y|e|of|en|lub|i)\s", re.IGNORECASE)

# 'Questions? Email us at': it tells, and asks for nothing.
TO_US = re.compile(r"\b(?:e ?mail|mail|write(?: to)?|reach|contact|call|text|phone|reply(?: to)?) us\b")

MUTE = word_set("""
    field input text textarea question answer dropdown select radio checkbox single line short long comp
    custom var item value string data paragraph multi q f element control number
""")
MACHINE_MADE = re.compile(
    r"[a-z]{0,3}\d+|(?:cid|mmerge)\d\w*|(?=[a-z]*\d)[a-f0-9]{5,}|(?=(?:\D*\d){2})[a-z0-9]{6,}"
)


def _table(phrases: Mapping[str, str]) -> dict[str, frozenset[str]]:
    split = {field: text.split(",") for field, text in phrases.items()}
    return {field: frozenset(core(name) or squashed(name) for name in split[field]) - {""} for field in split}


def _pattern(text: str) -> str:
    return unmarked("".join(line.strip() for line in text.splitlines()))


STRONG, WEAK, FAINT = _table(names.STRONG), _table(hints.WEAK), _table(hints.FAINT)
OF_AN_ADDRESS = word_set(hints.OF_AN_ADDRESS)
NOT = {field: word_set(text) for field, text in questions.NOT.items()}
WITHIN = {field: re.compile(rf"\b(?:{_pattern(text)})\b") for field, text in questions.WITHIN.items()}
NEVER = {field: re.compile(_pattern(text)) for field, text in questions.NEVER.items()}


def said_by_name(answer: Answer) -> Mapping[str, Because | None]:
    """What the name says for each field, None if nothing; a field it can't be is missing."""
    return _said(answer.question[:LONGEST], answer.key[:LONGEST], answer.kind[:LONGEST])


@lru_cache(maxsize=4096)
def _said(question: str, key: str, kind: str) -> Mapping[str, Because | None]:
    barred = PERSON if NOT_OF_A_PERSON.search(kind) or is_identifier(key or question) else ()
    fields = [field for field in FIELDS if field not in barred and not _ruled_out(field, question, key)]
    said = {field: _because(field, question, key, kind) for field in fields}
    if any(said.get(part) for part in PLACES) and (said.get("location") or 0) <= Because.ASKED:
        said.pop("location", None)  # a second address's postcode is no place of its own
    return said


def is_identifier(key: str) -> bool:
    """Whether a key names a thing's number, which can look like an address: messageId, iCalUID."""
    return is_number_of_a_thing(key) and not any(core(key) in STRONG[field] for field in PERSON)


def _ruled_out(field: str, question: str, key: str) -> bool:
    """A word that makes it somebody else's, unless the whole is a name people give to the field."""
    known = any(core(question) in table.get(field, ()) for table in (STRONG, WEAK))
    known = known or (
        field in PERSON and key != question and len(words(key)) > 1 and _is_owned(field, key, STRONG)
    )
    others = field in PERSON and is_anothers(question)
    return not known and (others or not NOT.get(field, frozenset()).isdisjoint(words(question)))


def _because(field: str, question: str, key: str, kind: str) -> Because | None:
    return next((because for because in _signs(field, question, key, kind) if because), None)


def _signs(field: str, question: str, key: str, kind: str) -> Iterator[Because | None]:
    """What speaks for a field, the strongest first; None for what doesn't hold."""
    names = {core(question), core(key)} - {""}
    own = field in (*PERSON, "dial", "area")
    yield _of_kind(field, kind) if field not in PERSON or not names_another(field, question) else None
    yield Because.PLAIN if core(question) in STRONG[field] else None
    yield Because.KEY if core(key) in STRONG[field] else None
    yield Because.PERSON if _is_owned(field, question, STRONG) else None
    yield Because.PERSON if own and _is_owned(field, key, STRONG) else None
    yield Because.PERSON if field == "phone" and (is_callers(question) or is_callers(key)) else None
    either = ALTERNATIVES.split(question)
    yield Because.ALTERNATIVE if any(core(part) in STRONG[field] for part in either) else None
    yield Because.ASKED if _asks_for(field, question) else None
    yield Because.WEAK_NAME if names & WEAK.get(field, frozenset()) else None
    yield Because.WEAK_NAME if field in (*PERSON, *ASKED) and _is_owned(field, question, WEAK) else None
    yield Because.FAINT_NAME if names & FAINT.get(field, frozenset()) else None


def _asks_for(field: str, question: str) -> bool:
    """For a person's field a longer label has to speak to the asker, or to say nothing in front of it."""
    said = " ".join(words(question))
    found = WITHIN[field].search(said) if field in WITHIN else None
    if found is None or (field in PERSON and TO_US.search(said)):
        return False
    if field not in PERSON or asks(question):
        return True
    return field != "email" and all(map(_says_nothing_of_whose, said[: found.start()].split()))


def _says_nothing_of_whose(word: str) -> bool:
    return word in KINDS_OF or word in STRONG["name"] or not telling(word) or word.isdigit()


def names_another(field: str, question: str) -> bool:
    """'Studio email': the field's own word with another that doesn't say it is the asker's."""
    said = words(question)
    return (
        len(said) > 1
        and not asks(question)
        and any(word in STRONG[field] for word in (*said, "".join(said[-2:])))
        and not _is_owned(field, question, STRONG)
    )


def names_somebody(node: Mapping[str, object]) -> bool:
    """Whether a person's name stands in an object itself."""
    return any(core(key) in STRONG["name"] or core(key) in STRONG["first"] for key in node)


def _of_kind(field: str, kind: str) -> Because | None:
    because, pattern = KINDS.get(field, (None, NOT_OF_A_PERSON))
    return because if any(map(pattern.search, kind.split())) else None


def _is_owned(field: str, question: str, names: Mapping[str, frozenset[str]]) -> bool:
    """'customer name', 'ContactPhone', 'address city': with words that say whose or of what it is."""
    known = names.get(field, frozenset())
    if field in PERSON and question.startswith("_"):
        return False  # what a form builder adds by itself: the author's, the site's, whoever is logged in
    if field in PLACES:
        first, *others = telling(question) or [""]
        rest = " ".join(word for word in others if not word.isdigit())
        return first in OF_AN_ADDRESS | ASKERS and core(rest) in known
    if field in ASKED:
        return without_matter(question) in known or without_asker(question, reaches=False) in known
    return field in (*PERSON, "dial", "area") and (
        without_asker(question, reaches=field not in NAMES) in known
        or (names is STRONG and unglued(question, known))
    )


def says_nothing(answer: Answer) -> bool:
    """Whether question and key are only a form builder's numbering, like 'Field12', 'q7' or '1.3'."""
    return all(map(_is_mute, (*words(answer.question), *words(answer.key))))


def _is_mute(word: str) -> bool:
    return word.rstrip("0123456789") in MUTE or word.isdigit() or MACHINE_MADE.fullmatch(word) is not None
