"""What an answer's name says of it: its question, the sender's key for it, the sender's word for its kind."""

import re
from collections.abc import Mapping
from functools import lru_cache

from sheetflow.capture import hints, names, questions
from sheetflow.capture.answers import Answer
from sheetflow.capture.words import LONGEST, core, squashed, telling, word_set, words

NAMES = ("name", "first", "middle", "last", "second")
PERSON = (*NAMES, "email", "phone")
PLACES = ("street", "house", "street2", "city", "state", "zip", "country")
FIELDS = (*PERSON, "dial", "service", "urgency", "location", *PLACES, "message", "source")
ASKED = ("service", "urgency", "location", "message")

# How sure a sign is.
BY_KIND, BY_NAME, BY_KEY, BY_OWNER, BY_ALTERNATIVE, BY_WORDS = 90, 80, 75, 60, 50, 45
BY_WEAK_NAME, BY_FAINT_NAME = 30, 25

KINDS = {
    "email": (BY_KIND, re.compile(r"e-?mail", re.IGNORECASE)),
    "phone": (BY_KIND, re.compile(r"phone|^tel$", re.IGNORECASE)),
    "name": (BY_OWNER, re.compile(r"^(?:full_?|contact_?)?name$", re.IGNORECASE)),
    "location": (BY_KIND, re.compile(r"^address$", re.IGNORECASE)),
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


def _pattern(text: str) -> str:
    return "".join(line.strip() for line in text.splitlines())


STRONG, WEAK, FAINT = _table(names.STRONG), _table(hints.WEAK), _table(hints.FAINT)
OWN, OF_AN_ADDRESS = word_set(hints.OWN), word_set(hints.OF_AN_ADDRESS)
NOT = {field: word_set(text) for field, text in questions.NOT.items()}
WITHIN = {field: re.compile(rf"\b(?:{_pattern(text)})\b") for field, text in questions.WITHIN.items()}
NEVER = {field: re.compile(_pattern(text)) for field, text in questions.NEVER.items()}


def said_by_name(answer: Answer) -> Mapping[str, int]:
    """How sure the name makes of each field, 0 where it says nothing; a field it can't be is missing."""
    return _said(answer.question[:LONGEST], answer.key[:LONGEST], answer.kind[:LONGEST])


@lru_cache(maxsize=4096)
def _said(question: str, key: str, kind: str) -> Mapping[str, int]:
    barred = PERSON if NOT_OF_A_PERSON.search(kind) else ()
    fields = [field for field in FIELDS if field not in barred and not _ruled_out(field, question)]
    said = {field: _sureness(field, question, key, kind) for field in fields}
    if any(said.get(part) for part in PLACES) and said.get("location", 0) <= BY_WORDS:
        said.pop("location", None)  # a second address's postcode is no place of its own
    return said


def _ruled_out(field: str, question: str) -> bool:
    """A word that makes it somebody else's, unless the whole is a name people give to the field."""
    known = any(core(question) in table.get(field, ()) for table in (STRONG, WEAK))
    return not known and not NOT.get(field, frozenset()).isdisjoint(words(question))


def _sureness(field: str, question: str, key: str, kind: str) -> int:
    names = {core(question), core(key)} - {""}
    signs = (
        (_of_kind(field, kind), True),
        (BY_NAME, core(question) in STRONG[field]),
        (BY_KEY, core(key) in STRONG[field]),
        (BY_OWNER, _is_owned(field, question, STRONG)),
        (BY_ALTERNATIVE, any(core(part) in STRONG[field] for part in ALTERNATIVES.split(question))),
        (BY_WORDS, field in WITHIN and WITHIN[field].search(" ".join(words(question))) is not None),
        (BY_WEAK_NAME, bool(names & WEAK.get(field, frozenset()))),
        (BY_WEAK_NAME, field in ASKED and _is_owned(field, question, WEAK)),
        (BY_FAINT_NAME, bool(names & FAINT.get(field, frozenset()))),
    )
    return next((sure for sure, holds in signs if holds and sure), 0)


def names_somebody(node: Mapping[str, object]) -> bool:
    """Whether a person's name stands in an object itself."""
    return any(core(key) in STRONG["name"] or core(key) in STRONG["first"] for key in node)


def _of_kind(field: str, kind: str) -> int:
    sure, pattern = KINDS.get(field, (0, NOT_OF_A_PERSON))
    return sure if any(map(pattern.search, kind.split())) else 0


def _is_owned(field: str, question: str, names: Mapping[str, frozenset[str]]) -> bool:
    """'customer name', 'ContactPhone', 'address city': with a word in front that says whose or of what."""
    known = names.get(field, frozenset())
    if field in PLACES:
        first, *others = telling(question) or [""]
        rest = " ".join(word for word in others if not word.isdigit())
        return first in OF_AN_ADDRESS | OWN and core(rest) in known
    name = core(question)
    rests = (name.removeprefix(owner) for owner in OWN if name.startswith(owner))
    return field in (*PERSON, *ASKED) and any(rest in known for rest in rests)


def says_nothing(answer: Answer) -> bool:
    """Whether question and key are only a form builder's numbering, like 'Field12', 'q7' or '1.3'."""
    return all(map(_is_mute, (*words(answer.question), *words(answer.key))))


def _is_mute(word: str) -> bool:
    return word in MUTE or word.isdigit() or MACHINE_MADE.fullmatch(word) is not None
