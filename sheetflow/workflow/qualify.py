"""How much an enquiry matters and what is wanted, by lists that the business wrote. Nothing is thrown away.

What a lead filled in wins; only if that says nothing, the words of the message count.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from sheetflow.workflow.lead import Fields
from sheetflow.workflow.qualified import HOT, LOW, NORMAL, Qualified
from sheetflow.workflow.wordlist import Found, best, find, fold, is_declined, is_denied

NOW, SOON, LATER = "now", "soon", "later"
URGENCIES = (NOW, SOON, LATER)

POINTS = {NOW: 40, SOON: 20, LATER: -15}
WANTED, CONTACT, SERVED, BUDGET, SOURCE = 20, 15, 10, 15, 15
UNKNOWN_PLACE, OUTSIDE, UNWANTED = -20, -40, -100
HOT_FROM, NORMAL_FROM = 60, 20

OUTSIDE_AREA, NO_LEAD = "Outside our area?", "Not a lead?"


def _phrases(text: str) -> frozenset[str]:
    """As `fold` has them."""
    return frozenset(phrase.strip() for phrase in text.split("|"))


# What forms offer to people who can't or won't say.
_SAYS_NOTHING = _phrases("""
    other|others|something else|not sure|i don t know|don t know|unsure|none|n a|please select|select|any
    |sonstiges|andere|anderes|weiss nicht|keine angabe|bitte wahlen
    |autre|autres|je ne sais pas|otro|otra|otros|no lo se|altro|non so|anders|overig|weet ik niet
""")


# Greetings and times of day that hold the word for tomorrow.
_NO_DAY = (
    "guten morgen",
    "schönen morgen",
    "am morgen",
    "goede morgen",
    "por la mañana",
    "de la mañana",
    "esta mañana",
)


@dataclass(frozen=True)
class Rules:
    """The words of each service, urgency and place, by its name; a `*` stands for any letters."""

    services: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    urgency: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    locations: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    outside: tuple[str, ...] = ()  # places where the business doesn't work
    budget: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()  # where good leads come from
    unwanted: tuple[str, ...] = ()  # words of people who sell, apply, advertise
    reassign: bool = False  # a lead that its owner leaves waiting becomes the next one's


@dataclass(frozen=True)
class _Signal:
    points: int
    because: str
    name: str = ""  # of the service, urgency or place
    suspicion: str = ""

    def __str__(self) -> str:
        return f"{self.because} ({self.points:+})" if self.points else self.because


def qualify(lead: Fields, rules: Rules, language: str = "", more: str = "") -> Qualified:
    """`language` is the message's, empty if unsure; `more` is what the lead filled in besides."""
    message = fold(lead.message)
    service, urgency = _service(lead, message, rules), _urgency(lead, message, rules)
    location = _location(lead, message, rules)
    others = (
        _contact(lead),
        _budget(message + fold(more), rules),
        _source(lead, rules),
        _unwanted(message, rules),
    )
    signals = [signal for signal in (urgency, service, location, *others) if signal.because]
    suspicions = [signal.suspicion for signal in signals if signal.suspicion]
    return Qualified(
        priority=_priority(signal.points for signal in signals),
        service=service.name,
        urgency=urgency.name,
        location=location.name,
        language=language,
        suspicion=" ".join(suspicions),
        because=tuple(map(str, signals)),
    )


def known_service(text: str, rules: Rules) -> str:
    """The business's name for a service somebody named, empty if it isn't clear which."""
    names = best(find(fold(text), with_names(rules.services)))
    return names[0] if len(names) == 1 else ""


def with_names(lists: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """A name is a word of its own list."""
    return {name: (name, *words) for name, words in lists.items()}


def _priority(points: Iterable[int]) -> str:
    score = sum(points)
    return HOT if score >= HOT_FROM else NORMAL if score >= NORMAL_FROM else LOW


def _service(lead: Fields, message: str, rules: Rules) -> _Signal:
    asked = fold(lead.service)
    if not rules.services:
        wants = not _is_silent(asked) or bool(message.strip())
        return _Signal(WANTED, "says what is wanted") if wants else _NOTHING
    if not _is_silent(asked):
        name = known_service(lead.service, rules)
        told = (
            f"asked for {name}" if name else f"asked for “{_short(lead.service)}”, which isn't in your list"
        )
        return _Signal(WANTED if name else 0, told, name)
    found = [one for one in find(message, with_names(rules.services)) if not is_declined(one, message)]
    names = best(found)
    if len(names) > 1:
        return _Signal(WANTED, f"it isn't clear which service: {', '.join(names)}")
    return _Signal(WANTED, f"wants {names[0]}: {_words(found, names[0])}", names[0]) if names else _NOTHING


def _urgency(lead: Fields, message: str, rules: Rules) -> _Signal:
    filled = fold(lead.urgency)
    text, lists = (message, rules.urgency) if _is_silent(filled) else (filled, with_names(rules.urgency))
    found = [one for one in find(text, {**lists, "": _NO_DAY}) if not is_denied(one, text)]
    for name in URGENCIES:
        if words := _words(found, name):
            return _Signal(POINTS[name], f"{_WHEN[name]}: {words}", name)
    return _NOTHING


def _location(lead: Fields, message: str, rules: Rules) -> _Signal:
    is_told = not _is_silent(fold(lead.location))
    text = fold(lead.location) if is_told else message
    found = find(text, with_names(rules.locations))
    if names := best(found):
        return _Signal(SERVED, f"in your area: {_words(found, names[0])}", names[0])
    if out := find(text, {"": rules.outside}):
        where = f"{OUTSIDE_AREA} {out[0].word} is outside."
        return _Signal(OUTSIDE, f"outside your area: {_words(out, '')}", suspicion=where)
    if is_told and rules.locations:
        said = f"“{_short(lead.location)}” isn't one of your places"
        return _Signal(UNKNOWN_PLACE, said, suspicion=f"{OUTSIDE_AREA} {said}.")
    return _NOTHING


def _contact(lead: Fields) -> _Signal:
    is_whole = all(text.strip() for text in (lead.name, lead.email, lead.phone))
    return _Signal(CONTACT, "name, e-mail and phone are there") if is_whole else _NOTHING


def _budget(text: str, rules: Rules) -> _Signal:
    found = find(text, {"": rules.budget})
    return _Signal(BUDGET, f"speaks of money: {_words(found, '')}") if found else _NOTHING


def _source(lead: Fields, rules: Rules) -> _Signal:
    found = find(fold(lead.source), {"": rules.sources})
    return _Signal(SOURCE, f"a good source: {_words(found, '')}") if found else _NOTHING


def _unwanted(message: str, rules: Rules) -> _Signal:
    found = find(message, {"": rules.unwanted})
    words = _words(found, "")
    said = f"{NO_LEAD} The message says {words}."
    return _Signal(UNWANTED, f"words you don't want: {words}", suspicion=said) if found else _NOTHING


_NOTHING = _Signal(0, "")
_WHEN = {NOW: "urgent", SOON: "soon", LATER: "no hurry"}


def _is_silent(text: str) -> bool:
    said = text.strip(" |")
    return not said or said in _SAYS_NOTHING


def _words(found: Iterable[Found], name: str) -> str:
    """As the business wrote them, never as a lead did."""
    return ", ".join(dict.fromkeys(f"“{one.word}”" for one in found if one.name == name))


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 60 else f"{line[:59]}…"
