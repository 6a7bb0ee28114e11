"""What an answer's name says of it: its question, the sender's key for it, the sender's word for its kind."""

import re
from collections.abc import Mapping
from functools import lru_cache

from sheetflow.capture import names
from sheetflow.capture.answers import Answer
from sheetflow.capture.words import LONGEST, core, squashed, telling, word_set, words

PERSON = ("name", "first", "last", "email", "phone")
PLACES = ("street", "street2", "city", "state", "zip", "country")
FIELDS = (*PERSON, "service", "urgency", "location", *PLACES, "message", "source")

# How sure a sign is.
BY_KIND, BY_NAME, BY_KEY, BY_OWNER, BY_ALTERNATIVE, BY_WORDS, BY_WEAK_NAME = 90, 80, 75, 60, 50, 45, 30

KINDS = {
    "email": (BY_KIND, re.compile(r"e-?mail", re.IGNORECASE)),
    "phone": (BY_KIND, re.compile(r"phone|^tel$", re.IGNORECASE)),
    "name": (BY_OWNER, re.compile(r"^(?:full_?|contact_?)?name$", re.IGNORECASE)),
    "location": (BY_OWNER, re.compile(r"^address$", re.IGNORECASE)),
}
NOT_OF_A_PERSON = re.compile(
    r"boolean|legal|consent|gdpr|accept|terms|file|upload|signature|rating|opinion", re.IGNORECASE
)
PROSE = re.compile(r"text_?area|long_?text|paragraph|multi_?line", re.IGNORECASE)

# 'Mobile / WhatsApp', 'Fragen oder Anmerkungen'
ALTERNATIVES = re.compile(r"[/|,&+]|\s(?:or|and|oder|und|ou|et|o|y|e|of|en|lub|i)\s", re.IGNORECASE)

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


STRONG, WEAK = _table(names.STRONG), _table(names.WEAK)
OWN, OF_AN_ADDRESS = word_set(names.OWN), word_set(names.OF_AN_ADDRESS)
NOT = {field: word_set(text) for field, text in names.NOT.items()}
WITHIN = {field: re.compile(rf"\b(?:{text})\b") for field, text in names.WITHIN.items()}


def said_by_name(answer: Answer) -> Mapping[str, int]:
    """How sure the name makes of each field, 0 where it says nothing; a field it can't be is missing."""
    return _said(answer.question[:LONGEST], answer.key[:LONGEST], answer.kind[:LONGEST])


@lru_cache(maxsize=4096)
def _said(question: str, key: str, kind: str) -> Mapping[str, int]:
    barred = PERSON if NOT_OF_A_PERSON.search(kind) else ()
    heard = set(words(question))
    fields = [field for field in FIELDS if field not in barred and heard.isdisjoint(NOT.get(field, ()))]
    return {field: _sureness(field, question, key, kind) for field in fields}


def _sureness(field: str, question: str, key: str, kind: str) -> int:
    strong, weak = STRONG[field], WEAK.get(field, frozenset())
    signs = (
        (_of_kind(field, kind), True),
        (BY_NAME, core(question) in strong),
        (BY_KEY, core(key) in strong),
        (BY_OWNER, _is_owned(field, question)),
        (BY_ALTERNATIVE, any(core(part) in strong for part in ALTERNATIVES.split(question))),
        (BY_WORDS, field in WITHIN and WITHIN[field].search(" ".join(words(question))) is not None),
        (BY_WEAK_NAME, core(question) in weak or core(key) in weak),
    )
    return next((sure for sure, holds in signs if holds and sure), 0)


def _of_kind(field: str, kind: str) -> int:
    sure, pattern = KINDS.get(field, (0, NOT_OF_A_PERSON))
    return sure if any(map(pattern.search, kind.split())) else 0


def _is_owned(field: str, question: str) -> bool:
    """'customer name', 'ContactPhone', 'address city': with a word in front that says whose or of what."""
    if field in PLACES:
        first, *others = telling(question) or [""]
        return first in OF_AN_ADDRESS and core(" ".join(others)) in STRONG[field]
    name = core(question)
    rests = (name.removeprefix(owner) for owner in OWN if name.startswith(owner))
    return field in (*PERSON, "message") and any(rest in STRONG[field] for rest in rests)


def says_nothing(answer: Answer) -> bool:
    """Whether question and key are only a form builder's numbering, like 'Field12', 'q7' or '1.3'."""
    return all(map(_is_mute, (*words(answer.question), *words(answer.key))))


def _is_mute(word: str) -> bool:
    return word in MUTE or word.isdigit() or MACHINE_MADE.fullmatch(word) is not None
