"""Whose a name, an address or a number is: the one rule for what is sure enough to write to.

A value counts as the asker's

- if the configuration says so;
- if its own name says so (it is plain, asks whoever fills in the form, or names a person who asks) and it
  doesn't stand in an object about somebody else;
- in an object of a strange name, if a person's name stands beside it and nobody else is named;
- under a name that says nothing, if a person's name stands beside it;
- if it is an address with the asker's name in it.

Being the only one of its kind in a body is no reason.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from sheetflow.capture.answers import Answer, Place
from sheetflow.capture.evidence import Because, Sign
from sheetflow.capture.naming import ASKED, NAMES, PERSON, is_identifier, names_another, says_nothing
from sheetflow.capture.whose import ONLY_ASKERS, askers_in
from sheetflow.capture.words import squashed, word_set, words
from sheetflow.capture.wrappers import EMAIL_SHAPE, WRITERS, has_email

KEY = 3  # words; a longer name is a question, in which "to" means anything
RECIPIENTS = frozenset({"to", "recipient", "recipients", "inbox", "mailbox", "cc", "bcc"})
# Words of a business's mailbox, which are nobody's name.
MAILBOXES = word_set("""
    order orders info contact form forms support sales office booking bookings lead leads hello service
    services quote quotes team shop store studio help desk mail email new request requests enquiry inquiry
""")
FORWARDED = re.compile(
    r"^-{3,} ?(?:Forwarded message|Weitergeleitete Nachricht|Message transféré|Mensaje reenviado) ?-{3,}"
    r"|^Begin forwarded message:|^Anfang der weitergeleiteten Nachricht:",
    re.MULTILINE,
)
PREMISES = word_set("""
    venue hotel clinic salon studio practice restaurant gym property school hospital showroom garage
    dealership franchise
""")
PERHAPS_OURS = word_set("contact kontakt contacto contatto contato user profile sender person member reply")
REACHED = {"email", "phone"}
SHAPES = (Because.EMAIL_SHAPE, Because.PHONE_SHAPE)


def of_the_asker(signs: Sequence[Sign], answers: Sequence[Answer]) -> list[Sign]:
    """The signs that count: those of other fields than a person's all do."""
    homes = _homes(signs, answers)
    named = {answers[sign.index].within for sign in signs if sign.field in NAMES}
    written_to = recipients(answers)
    passed_on = any(map(_is_passed_on, answers))
    signs = [sign for sign in signs if not _is_recipient(sign, answers[sign.index], written_to)]
    signs = [sign for sign in signs if not _is_anothers_mail(sign, signs, answers, passed_on)]
    signs = _of_whom_is_named(signs, answers)
    return [
        sign
        for sign in signs
        if sign.field not in PERSON or _is_the_askers(sign, answers[sign.index], homes, named)
    ]


Party = tuple[int, frozenset[str]]  # of whom an answer is: the object it stood in, the people its name names


def _of_whom_is_named(signs: Sequence[Sign], answers: Sequence[Answer]) -> list[Sign]:
    """Without the name and address of a 'sender' or a 'user' beside a 'lead' who has another name and an
    address or a number: a business's person, or a machine, can go by such a word, and a lead can't.
    """
    parties: dict[Party, dict[str, str]] = {}
    vague: set[Party] = set()
    leads: set[Party] = set()
    for sign in signs:
        answer = answers[sign.index]
        if sign.field in PERSON and answer.place <= Place.NEAR:
            people = {*words(answer.question), *words(answer.path)}
            held = parties.setdefault(_party(answer), {})
            held[sign.field] = f"{held.get(sign.field, '')} {answer.text}"
            leads |= set() if ONLY_ASKERS.isdisjoint(people) else {_party(answer)}
            vague |= set() if PERHAPS_OURS.isdisjoint(people) else {_party(answer)}
    called = {_name(held) for held in map(parties.get, leads) if held and REACHED & held.keys()} - {""}
    if len(called) != 1:
        return [*signs]
    others = {party for party in vague - leads if _is_another(parties[party], *called)}
    return [
        sign
        for sign in signs
        if sign.field not in PERSON
        or sign.because >= Because.CONFIGURED
        or _party(answers[sign.index]) not in others
    ]


def _is_another(held: Mapping[str, str], name: str) -> bool:
    """Whether somebody with a name and an address shares neither with a name."""
    theirs = words(_name(held))
    apart = bool(theirs) and {*theirs}.isdisjoint(words(name))
    return apart and "email" in held and not has_name_in_it(held["email"], name)


def _party(answer: Answer) -> Party:
    return answer.within, askers_in(answer.question)


def _name(held: Mapping[str, str]) -> str:
    return " ".join(held[field] for field in NAMES if field in held)


def recipients(answers: Iterable[Answer]) -> frozenset[str]:
    return frozenset(address for answer in answers for address in _recipients(answer))


def _is_passed_on(answer: Answer) -> bool:
    """Whether a mail holds another's, so that its sender may be one of the business's own people."""
    return FORWARDED.search(answer.text[:5_000]) is not None


def _recipients(answer: Answer) -> Iterator[str]:
    """The addresses that a mail was sent to: whose mailbox it is, and not who wrote."""
    said = words(answer.key or answer.question)
    if len(said) <= KEY and "reply" not in said and not RECIPIENTS.isdisjoint(said):
        for found in EMAIL_SHAPE.finditer(answer.text[:2_000]):
            yield found[0].casefold()


def _is_recipient(sign: Sign, answer: Answer, written_to: Collection[str]) -> bool:
    """A business that writes to its lead says so by a key of its own, such as lead_email."""
    own_key = sign.because is Because.PERSON or sign.because >= Because.CONFIGURED
    return sign.field == "email" and not own_key and answer.text.strip().casefold() in written_to


def _is_anothers_mail(sign: Sign, signs: Sequence[Sign], answers: Sequence[Answer], passed_on: bool) -> bool:
    """Whether a mail was written by somebody else than whom it names: by the form's own machine."""
    if sign.field != "email" or sign.because is not Because.FAINT_NAME:
        return False
    if passed_on:
        return True
    names = [
        answers[other.index]
        for other in signs
        if other.field in NAMES
        and other.because >= Because.PERSON
        and answers[other.index].place <= Place.NEAR
    ]
    plain = [name for name in names if WRITERS.isdisjoint(words(name.question))]
    address = answers[sign.index].text
    return bool(plain) and not any(has_name_in_it(address, name.text) for name in names)


def _is_the_askers(sign: Sign, answer: Answer, homes: set[int], named: set[int]) -> bool:
    if sign.because >= Because.CONFIGURED:
        return True
    if answer.place is Place.FOREIGN:
        return False
    if sign.because in SHAPES:
        mute = answer.place in (Place.OWN, Place.NEAR) and says_nothing(answer)
        return mute and (sign.field == "phone" or answer.within in named)
    if answer.place in (Place.OWN, Place.NEAR) or sign.because is Because.PERSON:
        return True
    return answer.place is Place.STRANGE and answer.within in homes


def _homes(signs: Sequence[Sign], answers: Sequence[Answer]) -> set[int]:
    """The objects of a strange name that are about the asker.

    Such a one has the asker's address; or a name with an address or a number, if nobody is named outside it
    and no other object is like it. Beside somebody's number outside it also has to hold what was asked for.
    One with nothing but a name may name the asker, if nobody else does.
    """
    near = [sign for sign in signs if _is_near(sign, answers[sign.index])]
    outside = {sign.field for sign in near}
    known = {answers[sign.index].text for sign in near if sign.field == "email"}
    inside: dict[int, set[str]] = {}
    for sign in signs:
        answer = answers[sign.index]
        if answer.place is Place.STRANGE:
            if sign.field == "email" and answer.text in known:
                return {answer.within}
            inside.setdefault(answer.within, set()).add(sign.field)
    if outside & {*NAMES}:
        return set()
    if all(fields <= {*NAMES} for fields in inside.values()):
        others = {answer.within for answer in answers if has_email(answer.text)} if known else set()
        return set(inside) - others - _premises(answers) if len(inside) == 1 else set()
    if "email" in outside:
        return set()
    wanted = ASKED if "phone" in outside else PERSON
    named = any(answer.place <= Place.NEAR and _names_another(answer) for answer in answers)
    elsewhere = {
        answer.within
        for answer in answers
        if answer.place is not Place.FOREIGN and has_email(answer.text) and not is_identifier(answer.key)
    }
    found = [
        within
        for within, fields in inside.items()
        if fields & {*NAMES}
        and fields & {"email", "phone"}
        and fields & {*wanted}
        and (elsewhere <= {within} or ("email" not in fields and not named))
    ]
    return set(found) - _premises(answers) if len(found) == 1 else set()


def _premises(answers: Sequence[Answer]) -> set[int]:
    """The objects about a place of business, which asks for nothing: "venue": {"name": …, "email": …}."""
    return {answer.within for answer in answers if PREMISES.issuperset(words(answer.question)[:1])}


def _names_another(answer: Answer) -> bool:
    """Whether an answer outside is the name or the address of somebody else: 'coach_name'."""
    named = answer.key or answer.question
    return (has_email(answer.text) and names_another("email", named)) or names_another("name", named)


def _is_near(sign: Sign, answer: Answer) -> bool:
    by_name = sign.because >= Because.WEAK_NAME
    near = answer.place in (Place.OWN, Place.NEAR)
    return sign.field in PERSON and by_name and (near or sign.because is Because.PERSON)


def has_name_in_it(address: str, name: str) -> bool:
    """Whether a word of the name stands in the address before its @."""
    local = squashed(address.partition("@")[0])
    return any(len(word) > 2 and word not in MAILBOXES and word in local for word in words(name))


def doubt(found: Iterable[tuple[str, str]]) -> str:
    """What to tell the owner of addresses, each with where it stood, none of which is surely the lead's."""
    shown: Mapping[str, str] = dict(found)
    places = " and ".join(f"{address} under {where}" for address, where in list(shown.items())[:3])
    return f"No sure address; found {places}: put it into Email and set New." if places else ""
