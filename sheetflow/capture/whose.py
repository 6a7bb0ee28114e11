"""Whose an address, a number or a name is, as far as the words of its key or question tell."""

import re
from collections.abc import Collection
from functools import lru_cache

from sheetflow.capture import hints
from sheetflow.capture.words import FILLERS, LONGEST, core, telling, unmarked, word_set, words

ASKERS = word_set(unmarked(hints.OWN))
KINDS_OF = ASKERS | word_set(hints.KINDS_OF)
PERHAPS_KINDS_OF = word_set(hints.PERHAPS_KINDS_OF)
YOU, YOURS = word_set(hints.YOU), word_set(hints.YOURS)
OURS = word_set(hints.OURS)
ONLY_ASKERS, ABOUT = word_set(unmarked(hints.ONLY_ASKERS)), word_set(hints.ABOUT)
NUMBERS = word_set("number phone id num no telephone")
CALLERS = ONLY_ASKERS | word_set("from caller calling user sender")
OTHERS = word_set("to agent called owner account order")
# A question mark, of Greek too; 'please' as a Japanese or a Korean label ends.
ASKING = re.compile(r"[?？؟]|[\u0370-\u03ff]\s*;\s*$|ください|下さい|세요")
# 'Your doctor's e-mail', 'E-Mail Ihres Steuerberaters': whose it is, said by a noun.
_POSSESSED = re.compile(
    r"(\w+)['’]s? (?:[\w-]+ ){0,2}(?:e-?mail|mail|phone|mobile|cell|number|name)", re.IGNORECASE
)
_OF_YOURS = re.compile(
    r"\b(?:mail|mails|\w*adress?e?|mailadres|courriel|correo|email|telefon\w*|telephone|phone|number|numero"
    r"|\w*nummer)(?: elec?t+ronic[oa])? (?:ihres|ihrer|deines|deiner|eures|eurer|twojego|twojej"
    r"|(?:of|de|di|van|del|della|do|da) (?:your|votre|ton|ta|tu|su|tuo|tua|suo|sua|seu|uw|je|jouw)) (\w+)"
)
_NOBODY = word_set("""
    unternehmens betriebs buros vereins societe negocio azienda
    where who it here there that let when how today
""")
QUESTION = 4  # words, from which on a label is a question


def without_asker(question: str, *, reaches: bool) -> str:
    """The name of a field without the words that say it is the asker's: 'lead_work_email' → 'email'.

    `reaches`: the field is a way to reach somebody, so that a label may ask for a business's.
    """
    if not (OURS.isdisjoint(words(question)) or asks(question)):
        return ""
    allowed = KINDS_OF | PERHAPS_KINDS_OF if reaches and " " in question.strip() else KINDS_OF
    said = telling(question)
    if ABOUT.issuperset(said[:1]) and ASKERS.issuperset(said[1:2]):
        said = said[1:]
    last = max((at for at, word in enumerate(said[:-1]) if word in ONLY_ASKERS), default=0)
    return "".join(word for word in said[last:] if word not in allowed and not word.isdigit())


def askers_in(question: str) -> frozenset[str]:
    """The people that a name of a field names: 'parent' of 'Parent e-mail'."""
    return ASKERS.intersection(telling(question))


def without_matter(question: str) -> str:
    """The same for what was asked for: 'QUERY_MESSAGE' → 'message'."""
    return "".join(word for word in telling(question) if word not in KINDS_OF | ABOUT and not word.isdigit())


def is_callers(key: str) -> bool:
    """Whether a key is the number somebody called from: 'from_number', 'caller_phone', 'customer_number'."""
    said = telling(key)
    return len(said) > 1 and said[-1] in NUMBERS and bool(CALLERS & {*said[:-1]}) and OTHERS.isdisjoint(said)


def unglued(question: str, names: Collection[str]) -> bool:
    """Whether a key written as one word is a person's and one of `names`: 'CONTACTPHONE'."""
    if not OURS.isdisjoint(words(question)):
        return False
    key = core(question)
    return any(key.removeprefix(asker) in names for asker in _beginnings(key))


@lru_cache(maxsize=4096)
def _beginnings(key: str) -> tuple[str, ...]:
    return tuple(asker for asker in KINDS_OF if key.startswith(asker))


def is_anothers(question: str) -> bool:
    """Whether a label asks for what is somebody's whom the asker knows: 'Your doctor's e-mail'."""
    owners = [*_POSSESSED.findall(question[:LONGEST]), *_OF_YOURS.findall(" ".join(words(question)))]
    return any(map(_is_somebody, owners))


def _is_somebody(noun: str) -> bool:
    said = {*words(noun), *words(noun.removesuffix("s"))}
    return said.isdisjoint(ASKERS | KINDS_OF | PERHAPS_KINDS_OF | FILLERS | _NOBODY)


def asks(question: str) -> bool:
    """Whether a label speaks to whoever fills in the form."""
    said = words(question)
    return (
        ASKING.search(question) is not None
        or (len(said) >= QUESTION and not YOU.isdisjoint(said))
        or bool(YOURS & {*said[:1]})
    )
