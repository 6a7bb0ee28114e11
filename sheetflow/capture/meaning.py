"""Which answer is the name, which the e-mail address …; what is nobody's stays a detail."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import phonenumbers

from sheetflow.capture.answers import Answer, Place
from sheetflow.capture.naming import (
    BY_KEY,
    BY_OWNER,
    FIELDS,
    PERSON,
    PROSE,
    said_by_name,
    says_nothing,
)
from sheetflow.capture.words import core, squashed, words
from sheetflow.capture.wrappers import count_digits, has_email

# How sure a sign is, beside those of the name; the surest pair of field and answer is settled first.
BY_CONFIG, BY_EMAIL_SHAPE, BY_PHONE_SHAPE, BY_LENGTH, DOUBTFUL = 100, 20, 15, 10, 3
AWAY = {Place.OWN: 0, Place.NEAR: 15, Place.ASIDE: 20}

_PHONE_SHAPE = re.compile(
    r"(?:p:|tel:)?['+(]?[0-9][0-9 ().\-/+\u00a0]{5,24}(?:(?:ext|x|#)\.? ?[0-9]{1,6})?", re.IGNORECASE
)
_DATE_SHAPE = re.compile(r"\d{1,4}[./-]\d\d?[./-]\d{1,4}\b")
_LINK = re.compile(r"(?:https?|integrations|ftp|data):", re.IGNORECASE)


@dataclass(frozen=True)
class Understood:
    """The answer of each field that has one, and the answers that have no field, in order."""

    fields: Mapping[str, Answer]
    rest: tuple[Answer, ...]


def understood(answers: Sequence[Answer], country: str, extra: Mapping[str, Sequence[str]]) -> Understood:
    """Each answer serves one field at most. `extra` holds further names a field goes by."""
    config = {field: {core(name) or squashed(name) for name in given} for field, given in extra.items()}
    signs = sorted(
        (-sure, index, FIELDS.index(field), field)
        for index, answer in enumerate(answers)
        for field, sure in _signs(answer, country, config)
    )
    fields: dict[str, int] = {}
    for _, index, _, field in signs:
        if field not in fields and index not in fields.values():
            fields[field] = index
    fields |= _name_by_address(answers, fields)
    chosen = {field: answers[index] for field, index in fields.items()}
    rest = (answer for index, answer in enumerate(answers) if index not in fields.values())
    return Understood(chosen, tuple(answer for answer in rest if not _repeats(answer, chosen)))


def _signs(answer: Answer, country: str, config: Mapping[str, set[str]]) -> Iterator[tuple[str, int]]:
    spelling = {core(answer.question), core(answer.key), squashed(answer.question)} - {""}
    yield from ((field, BY_CONFIG) for field in FIELDS if not spelling.isdisjoint(config.get(field, ())))
    if answer.place is Place.FOREIGN:
        return
    for field, said in said_by_name(answer).items():
        if answer.place is not Place.ASIDE or field not in PERSON:
            sure = _weighed(field, said, answer, country) - AWAY[answer.place]
            yield from [(field, sure)] if sure > 0 else []


def _weighed(field: str, said: int, answer: Answer, country: str) -> int:
    """What the name says, weighed by what the value looks like."""
    if field == "email":
        return max(said, BY_EMAIL_SHAPE) if has_email(answer.text) else DOUBTFUL * (said >= BY_KEY)
    if field == "phone":
        return _phone(said, answer, country)
    if field in PERSON:
        return said if _can_be_name(answer.text) else 0
    if field == "message":
        return _message(said, answer)
    return 0 if field != "source" and _LINK.match(answer.text) else said


def _message(said: int, answer: Answer) -> int:
    """A bare address or number isn't a message, unless it stands where messages are written."""
    text = answer.text.strip()[:100]
    bare = (" " not in text and has_email(text)) or _PHONE_SHAPE.fullmatch(text) is not None
    if bare and said < BY_KEY:
        return 0
    return said or BY_LENGTH * _is_prose(answer)


def _phone(said: int, answer: Answer, country: str) -> int:
    text = answer.text.strip()[:100]
    digits = 0 if "@" in text else count_digits(text)
    shaped = digits >= 6 and _PHONE_SHAPE.fullmatch(text) is not None and not _DATE_SHAPE.match(text)
    if said and (shaped or (said >= BY_OWNER and digits >= 5)):
        return said
    if shaped and says_nothing(answer) and _is_number(text, country):
        return BY_PHONE_SHAPE
    return DOUBTFUL - 1 if said >= BY_KEY and "@" not in text else 0


def _is_number(text: str, country: str) -> bool:
    """Whether digits under a name that says nothing are a phone number; an order number isn't."""
    try:
        number = phonenumbers.parse(text, country or None)
    except phonenumbers.NumberParseException:
        return text.startswith("0")
    dialled = text.startswith(("+", "(", "0")) and len(text) >= 9
    return phonenumbers.is_valid_number(number) or (dialled and phonenumbers.is_possible_number(number))


def _can_be_name(text: str) -> bool:
    return "@" not in text and not _LINK.match(text) and any(map(str.isalpha, text[:200]))


def _is_prose(answer: Answer) -> bool:
    length = len(answer.text[:1_000].split())
    long_kind = length >= 2 and PROSE.search(answer.kind) is not None
    return answer.place is Place.OWN and (long_kind or (length >= 5 and says_nothing(answer)))


def _name_by_address(answers: Sequence[Answer], fields: Mapping[str, int]) -> dict[str, int]:
    """A name under a key that says nothing is known by the address: Sam Sample has sam@example.com."""
    if "email" not in fields or not fields.keys().isdisjoint(("name", "first", "last")):
        return {}
    local = squashed(answers[fields["email"]].text.partition("@")[0])
    free = (index for index in range(len(answers)) if index not in fields.values())
    found = next((index for index in free if _is_name_in(local, answers[index])), None)
    return {} if found is None else {"name": found}


def _is_name_in(local: str, answer: Answer) -> bool:
    said = words(answer.text) if len(answer.text) <= 60 else ()
    plain = 1 <= len(said) <= 4 and all(map(str.isalpha, said))
    own = answer.place is Place.OWN and says_nothing(answer)
    return plain and own and any(len(word) > 2 and word in local for word in said)


def _repeats(answer: Answer, chosen: Mapping[str, Answer]) -> bool:
    """Whether an answer only says once more what a field already holds, as 'Confirm e-mail' does."""
    same = [field for field, taken in chosen.items() if taken.text.strip() == answer.text.strip()]
    said = said_by_name(answer)
    return any(field == "email" or said.get(field) for field in same)
