"""Values as a person would write them: choices by their labels, names and addresses in one line."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from sheetflow.capture.words import squashed, word_set

CHOICE_KEYS = frozenset(
    {"label", "text", "name", "title", "displayvalue", "value", "id", "key", "ref", "color", "slug"}
)
# Beside a value: what a sender knows of the field, nothing anybody has answered.
BESIDE_A_VALUE = CHOICE_KEYS | word_set("""
    stringvalue type fieldtype versions source sourceid sourcetype sourcelabel timestamp ishidden optionvalue
    required rawvalue isdefault order position sensitivity description placeholder
""")
CHOICE_TEXTS = (
    "plaintext",
    "simpletext",
    "label",
    "text",
    "name",
    "title",
    "displayvalue",
    "answer",
    "value",
    "email",
    "number",
    "phone",
)
# What alone in an object is all it says.
LONE_TEXTS = (*CHOICE_TEXTS, "content", "body", "answers", "values", "long", "short")
# Of one of a person's addresses or numbers.
CONTACT_TEXTS = (
    "email",
    "emailaddress",
    "phone",
    "phonenumber",
    "e164phone",
    "value",
    "stringvalue",
    "number",
    "address",
)

_CONTACT_KEY = re.compile(r"(?:phone|number|mail|address)$")  # such as formattedPhone

# Of one turn of a conversation.
SPEAKERS = ("role", "speaker", "user", "sender", "from", "author", "by")
SPOKEN = ("message", "text", "content", "entext", "transcript", "utterance", "body", "words")

FIRST = ("first", "firstname", "fname", "given", "givenname")
MIDDLE = ("middle", "middlename", "middleinitial")
LAST = ("last", "lastname", "lname", "family", "familyname", "surname")
FULL_NAME = ("full", "fullname", "firstandlast", "formatted")
NAME_EXTRAS = ("prefix", "suffix", "title", "salutation", "honorific")
EXTRAS = (*NAME_EXTRAS, "extension", "ext", "type")  # of a value, and worth a word of their own
PHONE = ("full", "formatted", "nationalnumber", "phone", "phonenumber", "number", "e164", "international")
PHONE_PREFIX = ("countrycode", "country", "area", "areacode", "code", "dialcode")
PHONE_EXTRAS = ("extension", "ext", "type", "countryname", "countryshortname", "national")
ADDRESS = (
    (
        "street",
        "line1",
        "addrline1",
        "addressline1",
        "addressfirstline",
        "address1",
        "addr1",
        "streetaddress",
        "address",
    ),
    ("line2", "addrline2", "addressline2", "addresssecondline", "address2", "addr2", "line3", "streetline2"),
    ("city", "town", "locality", "addresscity"),
    ("state", "region", "province", "stateprovince", "administrativedistrictlevel1", "subdivision"),
    ("postal", "zip", "postalcode", "zipcode", "postcode", "zippostalcode"),
    ("country", "countryname"),
)
WHOLE_ADDRESS = ("fulladdress", "formatted", "formattedaddress")
ADDRESS_EXTRAS = (
    "id",
    "countrycode",
    "type",
    "fullinternationaladdress",
    "field",
    "label",
    "primary",
    "isprimary",
    "isdefault",
    "latitude",
    "longitude",
    "lat",
    "lng",
)
DATE = (
    "datetime",
    "date",
    "timeinput",
    "time",
    "year",
    "month",
    "day",
    "hour",
    "hourselect",
    "min",
    "minute",
)
DATE_EXTRAS = ("minuteselect", "ampm", "duration", "timezone", "second")


def spelled(mapping: Mapping[str, Any]) -> dict[str, Any]:
    """The same entries under squashed keys; of two that fall together the first."""
    found: dict[str, Any] = {}
    for key, value in mapping.items():
        found.setdefault(squashed(str(key)), value)
    return found


def pick(mapping: Mapping[str, Any], names: Iterable[str]) -> object:
    """The first entry that is there, None without one."""
    return next((mapping[name] for name in names if mapping.get(name) not in (None, "")), None)


def text_of(value: object) -> str:
    """Any value as a person would write it: choices by their labels, lists with commas."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict):
        return _object_text(value)
    if isinstance(value, list | tuple):
        return ("" if _is_rich_text(value) else ", ").join(filter(None, map(text_of, value)))
    return str(value)


def objects(value: object) -> list[Mapping[str, Any]]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def conversation(items: Sequence[object]) -> str | None:
    """What was said in turns, a line each: 'user: I need a roof'; None for another list."""
    turns = [_turn(item) for item in items]
    if len(turns) == 1 and turns[0]:
        return turns[0].partition(": ")[2]
    return "\n".join(filter(None, turns)) if turns and all(turn is not None for turn in turns) else None


def _turn(item: object) -> str | None:
    entries = spelled(item) if isinstance(item, dict) else {}
    who, said = pick(entries, SPEAKERS), pick(entries, SPOKEN)
    text = text_of(said)
    return f"{who}: {text}" if isinstance(who, str) and text else None


def contact_text(items: Iterable[object]) -> str:
    """A person's addresses or numbers, the main one first."""
    texts = [_contact(item) for item in sorted(items, key=_is_aside)]
    return ", ".join(dict.fromkeys(filter(None, texts)))


def _is_aside(item: object) -> bool:
    entries = spelled(item) if isinstance(item, dict) else {}
    is_fax = text_of(pick(entries, ("type", "label"))).casefold() == "fax"
    return is_fax or entries.get("primary") is not True


def _contact(item: object) -> str:
    entries = spelled(item) if isinstance(item, dict) else {}
    written = (name for name, held in entries.items() if _CONTACT_KEY.search(name) and isinstance(held, str))
    found = pick(entries, (*CONTACT_TEXTS, *written))
    return text_of(item if found is None else found).strip()


def _is_rich_text(items: Sequence[object]) -> bool:
    """Pieces of one text, cut where its bold or its links begin."""
    return bool(items) and all(isinstance(item, dict) and "plain_text" in item for item in items)


def _object_text(value: Mapping[str, Any]) -> str:
    known = value_object(value)
    if known is not None:
        return known[1]
    entries = spelled(value)
    if len(entries) == 1 and (lone := pick(entries, LONE_TEXTS)) is not None:
        return text_of(lone)
    if "plaintext" in entries:
        return text_of(entries["plaintext"])
    if "url" in entries and "name" in entries:
        return f"{text_of(entries['name'])} ({text_of(entries['url'])})"
    choice = pick(entries, CHOICE_TEXTS)
    label, answer = pick(entries, ("question", "name")), pick(entries, ("answer", "value"))
    if label is not None and answer is not None and len(entries) <= 3:
        return f"{text_of(label)}: {text_of(answer)}"
    if choice is not None and (len(entries) <= 2 or BESIDE_A_VALUE.issuperset(entries)):
        return text_of(choice)
    return ", ".join(f"{key}: {text}" for key, child in value.items() if (text := text_of(child)))


def value_object(value: Mapping[str, Any]) -> tuple[str, str] | None:
    """Kind and text of an object that is one value: a name, a phone number, an address, a date."""
    entries = spelled(value)
    for kind, needed, allowed, write in VALUE_OBJECTS:
        if set(entries) <= allowed and len(needed.intersection(entries)) >= (2 if kind == "address" else 1):
            return kind, write(entries)
    return None


def _name(entries: Mapping[str, Any]) -> str:
    parts = [text_of(pick(entries, names)).strip() for names in (FIRST, MIDDLE, LAST)]
    return " ".join(filter(None, parts)) or text_of(pick(entries, FULL_NAME))


def _phone(entries: Mapping[str, Any]) -> str:
    number = text_of(pick(entries, PHONE)).strip()
    before = text_of(pick(entries, PHONE_PREFIX)).strip()
    if number.startswith("+") or not before or not before.strip("+()").isdigit():
        return number
    calling_code = before.lstrip("+") if "area" not in entries and "areacode" not in entries else ""
    return f"+{calling_code} {number}" if calling_code else f"{before} {number}"


def _address(entries: Mapping[str, Any]) -> str:
    parts = [_part(pick(entries, names)) for names in ADDRESS]
    return ", ".join(filter(None, parts)) or text_of(pick(entries, WHOLE_ADDRESS))


def _part(value: object) -> str:
    """A part of an address; a street may come as {"number": …, "name": …}."""
    entries = spelled(value) if isinstance(value, dict) else {}
    if entries.keys() == {"number", "name"}:
        return f"{text_of(entries['number'])} {text_of(entries['name'])}".strip()
    return text_of(value).strip()


def _date(entries: Mapping[str, Any]) -> str:
    date = [text_of(entries[name]) for name in ("year", "month", "day") if entries.get(name)]
    time = [text_of(entries[name]) for name in ("hour", "min", "minute") if entries.get(name)]
    whole = [text_of(entries.get(name)) for name in ("datetime", "date", "timeinput", "time")]
    said = [*whole, "-".join(date), ":".join(time), text_of(entries.get("ampm"))]
    return " ".join(filter(None, said))


VALUE_OBJECTS: tuple[tuple[str, frozenset[str], frozenset[str], Callable[[Mapping[str, Any]], str]], ...] = (
    (
        "name",
        frozenset({*FIRST, *LAST, "firstandlast"}),
        frozenset({*FIRST, *MIDDLE, *LAST, *FULL_NAME, *NAME_EXTRAS}),
        _name,
    ),
    (
        "phone",
        frozenset({"full", "phone", "phonenumber", "e164", "area", "areacode", "countrycode"}),
        frozenset({*PHONE, *PHONE_PREFIX, *PHONE_EXTRAS}),
        _phone,
    ),
    (
        "address",
        frozenset(name for names in ADDRESS for name in names),
        frozenset({*(name for names in ADDRESS for name in names), *WHOLE_ADDRESS, *ADDRESS_EXTRAS}),
        _address,
    ),
    ("date", frozenset(DATE), frozenset({*DATE, *DATE_EXTRAS}), _date),
)
