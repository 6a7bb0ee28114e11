"""Which answer is the name, which the e-mail address …; what is nobody's stays a detail."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sheetflow.capture.answers import Answer, Place
from sheetflow.capture.cleaning import name_before_address
from sheetflow.capture.naming import BY_WORDS, FIELDS, NAMES, PERSON, PLACES, said_by_name
from sheetflow.capture.weighing import DOUBTFUL, weighed
from sheetflow.capture.words import core, squashed, words
from sheetflow.capture.wrappers import EMAIL_SHAPE

BY_CONFIG = 200  # surer than any sign of the mapper's own
AWAY = {Place.OWN: 0, Place.NEAR: 15, Place.ASIDE: 20}
BESIDE_ADDRESS = 25  # what a name gains that stands in one object with the lead's address
SENTENCE = 5  # words around an address that are worth keeping

Sign = tuple[int, int, str]  # how sure, which answer, which field


@dataclass(frozen=True)
class Understood:
    """The answer of each field that has one, and the answers that have no field, in order."""

    fields: Mapping[str, Answer]
    rest: tuple[Answer, ...]


def understood(answers: Sequence[Answer], country: str, extra: Mapping[str, Sequence[str]]) -> Understood:
    """Each answer serves one field at most. `extra` holds further names a field goes by."""
    config = {field: {core(name) or squashed(name) for name in given} for field, given in extra.items()}
    signs = [
        (sure, index, field)
        for index, answer in enumerate(answers)
        for field, sure in _signs(answer, country, config)
    ]
    fields = _settled(signs, answers)
    fields = _of_one_address(answers, fields)
    fields |= _name_by_address(answers, fields)
    fields |= _message_around_address(answers, fields)
    chosen = {field: answers[index] for field, index in fields.items()}
    rest = (answer for index, answer in enumerate(answers) if index not in fields.values())
    return Understood(chosen, tuple(answer for answer in rest if not _repeats(answer, chosen)))


def _settled(signs: Sequence[Sign], answers: Sequence[Answer]) -> dict[str, int]:
    """The surest pairs of field and answer, each field and each answer once."""
    home = _home(signs, answers)
    ranked = sorted(
        (-sure - BESIDE_ADDRESS * (field in NAMES and answers[index].within in home), index, order, field)
        for sure, index, field in signs
        for order in [FIELDS.index(field)]
    )
    fields: dict[str, int] = {}
    for minus_sure, index, _, field in ranked:
        is_vague = field == "location" and -minus_sure <= BY_WORDS and not fields.keys().isdisjoint(PLACES)
        if field not in fields and index not in fields.values() and not is_vague:
            fields[field] = index
    return fields


def _of_one_address(answers: Sequence[Answer], fields: Mapping[str, int]) -> dict[str, int]:
    """Without the parts of a second address, such as the one for the delivery."""
    parts = [answers[fields[field]] for field in PLACES if field in fields]
    nearest = min(parts, key=lambda part: part.place).within if parts else 0
    return {
        field: index
        for field, index in fields.items()
        if field not in PLACES or answers[index].within == nearest or answers[index].place is Place.OWN
    }


def _home(signs: Sequence[Sign], answers: Sequence[Answer]) -> set[int]:
    """The object the lead's address stands in, or where there is none the lead's number."""
    for field in ("email", "phone"):
        found = [(sure, -index) for sure, index, said in signs if said == field and sure > DOUBTFUL]
        if found:
            return {answers[-max(found)[1]].within} - {0}
    return set()


def _signs(answer: Answer, country: str, config: Mapping[str, set[str]]) -> Iterator[tuple[str, int]]:
    spelling = {core(answer.question), core(answer.key), squashed(answer.question)} - {""}
    yield from ((field, BY_CONFIG) for field in FIELDS if not spelling.isdisjoint(config.get(field, ())))
    if answer.place is Place.FOREIGN:
        return
    for field, said in said_by_name(answer).items():
        if answer.place is not Place.ASIDE or field not in PERSON:
            sure = weighed(field, said, answer, country) - AWAY[answer.place]
            yield from [(field, sure)] if sure > 0 else []


def _name_by_address(answers: Sequence[Answer], fields: Mapping[str, int]) -> dict[str, int]:
    """A name is also known by the address: 'Sam Sample <sam@example.com>', or 'Sam' under a strange key."""
    if "email" not in fields or not fields.keys().isdisjoint(NAMES):
        return {}
    typed = answers[fields["email"]].text
    address = EMAIL_SHAPE.search(typed[:1_000])
    before = (index for index, answer in enumerate(answers) if address and address[0] in answer.text[:320])
    local = squashed(typed.partition("@")[0])
    free = (index for index in range(len(answers)) if index not in fields.values())
    found = [
        *(index for index in before if name_before_address(answers[index].text)),
        *(index for index in free if _is_name_in(local, answers[index])),
    ]
    return {"name": found[0]} if found else {}


def _message_around_address(answers: Sequence[Answer], fields: Mapping[str, int]) -> dict[str, int]:
    """A sentence that an address was found in is the message, too."""
    index = fields.get("email", -1)
    found = index >= 0 and "message" not in fields and is_sentence(answers[index].text)
    return {"message": index} if found else {}


def is_sentence(text: str) -> bool:
    """Whether an address stands among so many words that they are worth keeping."""
    return len(text[:1_000].split()) > SENTENCE


def _is_name_in(local: str, answer: Answer) -> bool:
    said = words(answer.text) if len(answer.text) <= 60 else ()
    plain = 1 <= len(said) <= 4 and all(map(str.isalpha, said))
    strange = answer.place is Place.OWN and "name" in said_by_name(answer)
    return plain and strange and any(len(word) > 2 and word in local for word in said)


def _repeats(answer: Answer, chosen: Mapping[str, Answer]) -> bool:
    """Whether an answer only says once more what a field already holds, as 'Confirm e-mail' does."""
    same = [field for field, taken in chosen.items() if taken.text.strip() == answer.text.strip()]
    said = said_by_name(answer)
    return any(field == "email" or said.get(field) for field in same)
