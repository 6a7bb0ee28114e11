"""How sure it is that an answer is a field's: what its name says, weighed by what the value looks like."""

import re

import phonenumbers

from sheetflow.capture.answers import Answer, Place
from sheetflow.capture.evidence import Because
from sheetflow.capture.naming import NEVER, PERSON, PLACES, PROSE, said_by_name, says_nothing
from sheetflow.capture.repair import whole
from sheetflow.capture.words import core, squashed, word_set, words
from sheetflow.capture.wrappers import count_digits, has_email

_PHONE_SHAPE = re.compile(
    r"(?:p:|tel:)?['+(]?[0-9][0-9 ().\-/+\u00a0]{5,24}(?:(?:ext|x|#)\.? ?[0-9]{1,6})?", re.IGNORECASE
)
_DATE_SHAPE = re.compile(r"\d{1,4}[./-]\d\d?[./-]\d{1,4}\b")
BY_SHAPE = ("email", "phone", "message")  # fields that a value can be without a name that says so

# What machines, and people in fields they had to fill in, write for nothing.
EMPTY = re.compile(
    r"nan|NaN|NAN"
    r"|(?i:null|none|nil|undefined|unknown|empty|n ?/ ?a|n\.a\.|-+|\.+|\?+|please select|null(?:, null)+"
    r"|not (?:mentioned|provided|given|specified|available|applicable|set)|no (?:answer|response|data)"
    r"|keine angabe|k\.a\.)"
)
_UNREADABLE_NUMBER = re.compile(r"\d(?:\.\d+)?[eE]\+?\d+")
_MOMENT = re.compile(r"\d{9,13}(?:\.\d+)?|\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:?\d\d)?")
_MACHINE = re.compile(r"Mozilla/|[{}\[\]|]|=\S|(?:^|\s)(?:query|mutation|SELECT)\s")
LEGAL = word_set("""
    consent consents privacy terms agree agreement gdpr tcpa disclaimer optin newsletter unsubscribe policy
    einwilligung willige datenschutz datenschutzerklarung agb confidentialite accepte privacidad acepto
    consenso
    accetto privacyverklaring akkoord heard hear description
""")
_CALLING_CODE = re.compile(r"(?:\+|00)?[1-9][0-9]{0,3}")
_LINK = re.compile(r"(?:https?|integrations|ftp|data):", re.IGNORECASE)


def weighed(field: str, said: Because | None, answer: Answer, country: str) -> Because | None:
    """What speaks for an answer once its value has been looked at, None if it can't be the field's."""
    text = answer.text.strip()[:100]
    if field in NEVER and NEVER[field].fullmatch(text):
        return None
    if field == "area":
        return said if text.strip("()").isdecimal() and len(text) <= 6 else None
    if field == "dial":
        return said if _CALLING_CODE.fullmatch(answer.text.strip()) else None
    if field == "email":
        return _email(said, answer)
    if field == "phone":
        return _phone(said, answer, country)
    if field in PERSON:
        return said if _can_be_name(answer.text) else None
    if field == "message":
        return _message(said, answer)
    if field in (*PLACES, "location", "service", "urgency") and has_email(text):
        return None
    if field == "service" and not any(map(str.isalpha, text)):
        return None
    if field == "urgency" and _MOMENT.fullmatch(text):
        return None
    return None if field != "source" and _LINK.match(answer.text) else said


def _email(said: Because | None, answer: Answer) -> Because | None:
    if not has_email(answer.text):
        return Because.DOUBTFUL if said and said >= Because.KEY else None
    if (
        said is None
        and " " not in answer.text.strip()
        and (said_by_name(answer).get("name") or 0) >= Because.PERSON
    ):
        return Because.WEAK_NAME  # people type their address where their name should be
    if said is None and answer.place is Place.NEAR and core(answer.key) in ("address", "value"):
        return Because.WEAK_NAME
    return said or Because.EMAIL_SHAPE


def _message(said: Because | None, answer: Answer) -> Because | None:
    """A bare address or number isn't a message, unless it stands where messages are written."""
    text = answer.text.strip()[:100]
    bare = (" " not in text and has_email(text)) or _PHONE_SHAPE.fullmatch(text) is not None
    if bare and (said or 0) < Because.KEY:
        return None
    if PROSE.search(answer.kind) and (said or Because.WEAK_NAME) <= Because.WEAK_NAME and " " in text:
        return Because.WEAK_NAME
    return said or (Because.LENGTH if _is_prose(answer) else None)


def _phone(said: Because | None, answer: Answer, country: str) -> Because | None:
    text = whole(answer.text.strip()[:100])
    if _UNREADABLE_NUMBER.fullmatch(text):
        return None
    digits = 0 if "@" in text else count_digits(text)
    shaped = digits >= 6 and _PHONE_SHAPE.fullmatch(text) is not None and not _DATE_SHAPE.match(text)
    if said and (shaped or (said >= Because.PERSON and digits >= 5)):
        return said
    if shaped and (says_nothing(answer) or text.startswith(("+", "("))) and _is_number(text, country):
        return Because.PHONE_SHAPE
    return Because.DOUBTFUL if said and said >= Because.KEY and "@" not in text else None


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
    """Whether an answer reads like what a person wrote: several words, no machine's and no lawyer's."""
    said = answer.text[:1_000].split()
    text = answer.text[:200]
    if squashed(answer.question) == "text" and len(said) >= 3:
        return True
    spelled_out = sum(word.strip(".,;:!?").isalpha() for word in said)
    if (
        spelled_out < (3 if "?" in answer.question else 4)
        or answer.kind in ("boolean", "list")
        or _LINK.match(text)
        or "<" in text
    ):
        return False
    return (
        LEGAL.isdisjoint(words(answer.question))
        and LEGAL.isdisjoint(words(text))
        and not _MACHINE.search(text)
    )
