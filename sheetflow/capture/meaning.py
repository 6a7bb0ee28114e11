"""Which answer is the name, which the e-mail address …; what is nobody's stays a detail."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sheetflow.capture.answers import Answer, Place
from sheetflow.capture.cleaning import name_before_address
from sheetflow.capture.evidence import Because, Sign
from sheetflow.capture.naming import FIELDS, NAMES, NEVER, PLACES, is_identifier, names_another, said_by_name
from sheetflow.capture.sure import has_name_in_it, of_the_asker, recipients
from sheetflow.capture.weighing import BY_SHAPE, EMPTY, weighed
from sheetflow.capture.whose import askers_in
from sheetflow.capture.words import core, squashed, words
from sheetflow.capture.wrappers import EMAIL_SHAPE, has_email

# The fields whose parts stand in one cell with them.
WHOLE = {
    **dict.fromkeys(NAMES, "name"),
    **dict.fromkeys(PLACES, "location"),
    "dial": "phone",
    "area": "phone",
}
AWAY = {Place.OWN: 0, Place.NEAR: 15, Place.STRANGE: 15, Place.ASIDE: 20}
BESIDE_ADDRESS = 25  # what a name gains that stands in one object with the lead's address
IN_ADDRESS = 25  # what a name gains that has a word in common with the address
OF_THE_SAME = 10  # what a name gains that goes by the same word as the address: 'parent name', 'parent email'
OUR_OWN = 70  # what an address of the business loses: anybody else's is the lead's rather


@dataclass(frozen=True)
class Understood:
    """The answer of each field that has one and why it counts; the answers without a field, in order.

    `doubted` are those with an address of which nobody can be sure that it is the lead's.
    """

    fields: Mapping[str, Answer]
    because: Mapping[str, Because]
    rest: tuple[Answer, ...]
    doubted: tuple[Answer, ...]


def understood(
    answers: Sequence[Answer],
    country: str,
    extra: Mapping[str, Sequence[str]],
    own: Collection[str] = (),
    pins: Mapping[str, Answer] | None = None,
) -> Understood:
    """Each answer serves one field at most. `extra` holds further names a field goes by; `pins` the answers
    that alone count for their fields.
    """
    pins = pins or {}
    at = {answer.path for answer in pins.values()}
    answers = [answer for answer in answers if not answer.path or answer.path not in at]
    config = {field: {core(name) or squashed(name) for name in given} for field, given in extra.items()}
    signs = [
        sign for index, answer in enumerate(answers) for sign in _signs(index, answer, country, config, own)
    ]
    found = _settled(of_the_asker(signs, answers), answers)
    found = _of_one_address(answers, found)
    found |= {} if "email" in pins else _address_by_name(answers, found)
    found |= {} if "name" in pins else _name_by_address(answers, found)
    found = {field: sign for field, sign in found.items() if WHOLE.get(field, field) not in pins}
    for field, answer in pins.items():
        if answer.text:
            answers = [*answers, answer]
            found[field] = Sign(field, len(answers) - 1, Because.PATH, Because.PATH)
    chosen = {field: answers[sign.index] for field, sign in found.items()}
    taken = {sign.index for sign in found.values()}
    rest = [answer for index, answer in enumerate(answers) if index not in taken]
    return Understood(
        fields=chosen,
        because={field: sign.because for field, sign in found.items()},
        rest=tuple(answer for answer in rest if not _repeats(answer, chosen)),
        doubted=()
        if _has_address(chosen)
        else tuple(answer for answer in answers if _is_doubted(answer, own)),
    )


def _signs(
    index: int, answer: Answer, country: str, config: Mapping[str, set[str]], own: Collection[str]
) -> Iterator[Sign]:
    spelling = {core(answer.question), core(answer.key), squashed(answer.question)} - {""}
    for field in FIELDS:
        if not spelling.isdisjoint(config.get(field, ())):
            yield Sign(field, index, Because.CONFIGURED, Because.CONFIGURED)
    if answer.place is Place.FOREIGN:
        return
    if EMPTY.fullmatch(answer.text.strip()[:100]):
        return
    for field, said in said_by_name(answer).items():
        if said is None and field not in BY_SHAPE:
            continue
        if (because := weighed(field, said, answer, country)) is None:
            continue
        ours = answer.text.strip().casefold() in own
        if ours and because < Because.KEY:
            continue
        longer = min(len(answer.text.split()), 40) // 10 if because is Because.LENGTH else 0
        weight = because + longer - AWAY[answer.place] - OUR_OWN * ours
        yield Sign(field, index, because, weight)


def _settled(signs: Sequence[Sign], answers: Sequence[Answer]) -> dict[str, Sign]:
    """The surest pairs of field and answer, each field and each answer once."""
    addressed = _best_address(signs)
    home = {answers[addressed.index].within} - {0} if addressed else set()
    address = answers[addressed.index].text if addressed else ""
    asker = askers_in(answers[addressed.index].question) if addressed else frozenset()

    signs = _of_one_asker(signs, answers, asker)

    def rank(sign: Sign) -> tuple[int, int, int]:
        answer = answers[sign.index]
        named = sign.field in NAMES
        weight = sign.weight + BESIDE_ADDRESS * (named and answer.within in home)
        weight += IN_ADDRESS * (named and has_name_in_it(address, answer.text))
        weight += OF_THE_SAME * (named and bool(asker) and askers_in(answer.question) == asker)
        return -weight, sign.index, FIELDS.index(sign.field)

    found: dict[str, Sign] = {}
    taken: set[int] = set()
    for sign in sorted(signs, key=rank):
        vague = (
            sign.field == "location" and sign.weight <= Because.ASKED and not found.keys().isdisjoint(PLACES)
        )
        if sign.field not in found and sign.index not in taken and not vague:
            found[sign.field] = sign
            taken.add(sign.index)
    return found


def _of_one_asker(signs: Sequence[Sign], answers: Sequence[Answer], asker: frozenset[str]) -> list[Sign]:
    """Without others' names, if the asker's goes by the same word as the address: 'pupil's first name'."""

    def is_anothers(sign: Sign) -> bool:
        question = answers[sign.index].question
        return askers_in(question) != asker and (
            bool(askers_in(question)) or names_another(sign.field, question)
        )

    names = [sign for sign in signs if sign.field in NAMES]
    if not asker or not any(askers_in(answers[sign.index].question) == asker for sign in names):
        return [*signs]
    return [sign for sign in signs if sign.field not in NAMES or not is_anothers(sign)]


def _of_one_address(answers: Sequence[Answer], found: Mapping[str, Sign]) -> dict[str, Sign]:
    """Without the parts of a second address, such as the one for the delivery."""
    parts = [answers[found[field].index] for field in PLACES if field in found]
    nearest = min(parts, key=lambda part: part.place).within if parts else 0
    return {
        field: sign
        for field, sign in found.items()
        if field not in PLACES
        or answers[sign.index].within == nearest
        or answers[sign.index].place is Place.OWN
    }


def _best_address(signs: Sequence[Sign]) -> Sign | None:
    """The lead's address, or if there is none the lead's number."""
    for field in ("email", "phone"):
        given = [sign for sign in signs if sign.field == field and sign.because > Because.DOUBTFUL]
        if given:
            return max(given, key=lambda sign: (sign.weight, -sign.index))
    return None


def _address_by_name(answers: Sequence[Answer], found: Mapping[str, Sign]) -> dict[str, Sign]:
    """An address under a strange name is the lead's if the lead's name is in it."""
    if "email" in found:
        return {}
    known = " ".join(answers[found[field].index].text for field in NAMES if field in found)
    names = [known] if known else [answer.text for answer in answers if _can_be_a_name(answer, Place.OWN)]
    written_to = recipients(answers)
    furthest = Place.ASIDE if known else Place.OWN
    for index, answer in enumerate(answers):
        possible = answer.place <= furthest and _may_be_addressed(answer)
        possible = possible and answer.text.strip().casefold() not in written_to
        if possible and any(has_name_in_it(answer.text.strip(), name) for name in names):
            return {"email": Sign("email", index, Because.NAME_IN_IT, Because.NAME_IN_IT)}
    return {}


def _may_be_addressed(answer: Answer) -> bool:
    """Whether an address stands alone under a key that doesn't name another's."""
    alone = " " not in answer.text.strip() and _is_doubted(answer, ())
    named = answer.key or answer.question
    return alone and "email" in said_by_name(answer) and not names_another("email", named)


def _name_by_address(answers: Sequence[Answer], found: Mapping[str, Sign]) -> dict[str, Sign]:
    """A name is also known by the address: 'Sam Sample <sam@example.com>', or 'Sam' under a strange key."""
    if "email" not in found or not found.keys().isdisjoint(NAMES):
        return {}
    typed = answers[found["email"].index].text
    address = EMAIL_SHAPE.search(typed[:1_000])
    before = (index for index, answer in enumerate(answers) if address and address[0] in answer.text[:320])
    taken = {sign.index for sign in found.values()}
    named = [
        *(index for index in before if name_before_address(answers[index].text)),
        *(
            index
            for index, answer in enumerate(answers)
            if index not in taken
            and _can_be_a_name(answer, Place.STRANGE)
            and has_name_in_it(typed, answer.text)
        ),
    ]
    return {"name": Sign("name", named[0], Because.NAME_IN_IT, Because.NAME_IN_IT)} if named else {}


def _can_be_a_name(answer: Answer, furthest: Place) -> bool:
    said = words(answer.text) if len(answer.text) <= 60 else ()
    plain = 1 <= len(said) <= 4 and all(map(str.isalpha, said))
    return plain and "@" not in answer.text and answer.place <= furthest and "name" in said_by_name(answer)


def _is_doubted(answer: Answer, own: Collection[str]) -> bool:
    text = answer.text.strip()
    return (
        has_email(text)
        and not NEVER["email"].fullmatch(text[:100])
        and not is_identifier(answer.key or answer.question)
        and text.casefold() not in own
    )


def _has_address(chosen: Mapping[str, Answer]) -> bool:
    return "email" in chosen and "@" in chosen["email"].text


def _repeats(answer: Answer, chosen: Mapping[str, Answer]) -> bool:
    """Whether an answer only says once more what a field already holds, as 'Confirm e-mail' does."""
    same = [field for field, taken in chosen.items() if taken.text.strip() == answer.text.strip()]
    said = said_by_name(answer)
    return any(field == "email" or said.get(field) for field in same)
