"""How leads are told apart and shared out, read from `[qualify]` and `[[owners]]` of `sheetflow.toml`."""

import re
from collections.abc import Iterable, Mapping
from datetime import date, time

from sheetflow.tomlfile import Section
from sheetflow.workflow.answers import LANGUAGES
from sheetflow.workflow.qualify import URGENCIES, Rules, with_names
from sheetflow.workflow.sequence import DAYS, Shift
from sheetflow.workflow.wordlist import fold, is_empty

_SHIFT = re.compile(r"(?:([a-z]{3})(?:\s*[-–]\s*([a-z]{3}))?\s+)?(\d\d?):(\d\d)\s*[-–]\s*(\d\d?):(\d\d)")
_ABSENCE = re.compile(r"(\d{4}-\d\d-\d\d)(?:\s+(?:to|until)\s+(\d{4}-\d\d-\d\d))?")
_HOURS = (
    'use "HH:MM-HH:MM", with days before it if you like: "mon-thu 09:00-12:30"; '
    'a night is two: "mon 22:00-24:00", "tue 00:00-06:00"'
)
_AWAY = 'use true, or days like "2026-12-24" and "2026-12-27 to 2027-01-06"'


def read_rules(section: Section) -> Rules:
    services, urgency, locations = (section.section(key) for key in ("services", "urgency", "locations"))
    for name in URGENCIES:
        urgency.get(name)
    urgency.close()
    rules = Rules(
        services=_lists(services),
        urgency={name: words for name, words in _lists(urgency).items() if name in URGENCIES},
        locations=_lists(locations),
        outside=_words(section, "outside"),
        budget=_words(section, "budget"),
        sources=_words(section, "sources"),
        unwanted=_words(section, "unwanted"),
        reassign=section.flag("reassign", False),
    )
    _refuse_contradictions(section, rules)
    section.close()
    return rules


def read_languages(section: Section, key: str) -> tuple[str, ...]:
    """ISO 639-1 codes."""
    found = tuple(word.casefold() for word in section.texts(key))
    if any(word not in LANGUAGES for word in found):
        section.refuse(key, f'use two letters, like "en" or "de"; there are {", ".join(LANGUAGES)}')
        return ()
    return found


def read_hours(section: Section) -> tuple[Shift, ...]:
    shifts = [_shift(text) for text in section.texts("hours")]
    if None in shifts:
        section.refuse("hours", _HOURS)
    return tuple(shift for shift in shifts if shift)


def read_away(section: Section) -> bool | tuple[tuple[date, date], ...]:
    value = section.get("away")
    if value is None or isinstance(value, bool):
        return bool(value)
    days = [_absence(one) for one in (value if isinstance(value, list) else [value])]
    if None in days:
        section.refuse("away", _AWAY)
    return tuple(absence for absence in days if absence)


def _lists(section: Section) -> dict[str, tuple[str, ...]]:
    found = section.lists()
    for key, words in found.items():
        if any(map(is_empty, (key, *words))):
            section.refuse(key, "each word needs a letter or a digit")
    return {key: tuple(word for word in words if not is_empty(word)) for key, words in found.items()}


def _words(section: Section, key: str) -> tuple[str, ...]:
    words = section.texts(key)
    if any(map(is_empty, words)):
        section.refuse(key, "each word needs a letter or a digit")
    return tuple(word for word in words if not is_empty(word))


def _refuse_contradictions(section: Section, rules: Rules) -> None:
    """One word that means two things would mean neither."""
    for key, lists in (
        ("services", {**with_names(rules.services), "unwanted": rules.unwanted}),
        ("urgency", rules.urgency),
        ("locations", {**with_names(rules.locations), "outside": rules.outside}),
    ):
        for word, names in _doubled(lists):
            section.refuse(key, f'"{word}" stands for {" and for ".join(names)}; leave it in one')


def _doubled(lists: Mapping[str, Iterable[str]]) -> list[tuple[str, list[str]]]:
    owners: dict[str, tuple[str, list[str]]] = {}
    for name, words in lists.items():
        for word in dict.fromkeys(words):
            ends = (word.strip()[:1] == "*", word.strip()[-1:] == "*")
            owners.setdefault(f"{fold(word)}{ends}", (word, []))[1].append(name)
    return [(word, list(dict.fromkeys(names))) for word, names in owners.values() if len(set(names)) > 1]


def _shift(text: str) -> Shift | None:
    found = _SHIFT.fullmatch(text.casefold().strip())
    try:
        if not found:
            return None
        days = _days(found[1], found[2])
        opens = time(int(found[3]), int(found[4]))
        closes = time.max if (found[5], found[6]) == ("24", "00") else time(int(found[5]), int(found[6]))
    except ValueError:
        return None
    return Shift(opens, closes, days) if opens < closes else None


def _days(first: str | None, last: str | None) -> frozenset[int]:
    """From the first to the last, over Sunday too. Raises ValueError for a word that is no day."""
    if first is None:
        return frozenset()
    start, end = DAYS.index(first), DAYS.index(last or first)
    return frozenset((start + number) % 7 for number in range((end - start) % 7 + 1))


def _absence(value: object) -> tuple[date, date] | None:
    if type(value) is date:
        return value, value
    found = _ABSENCE.fullmatch(value.strip()) if isinstance(value, str) else None
    try:
        first, last = (
            (date.fromisoformat(text) for text in (found[1], found[2] or found[1])) if found else (1, 0)
        )
    except ValueError:
        return None
    return (first, last) if isinstance(first, date) and isinstance(last, date) and first <= last else None
