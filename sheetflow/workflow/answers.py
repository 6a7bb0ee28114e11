"""Which template answers a lead: by service, language, urgency, the time of the week, and variant.

A step's templates are named `STEP.TAG.TAG…`: `first_response`, `first_response.de`, `first_response.night.b`.
A tag is a language, a service, an urgency, what day it is, or a variant. One without a language is in the
business's own.
"""

import difflib
import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sheetflow.workflow.calendar import is_open, next_open
from sheetflow.workflow.lead import Fields, Lead
from sheetflow.workflow.qualified import NOTHING, Qualified
from sheetflow.workflow.qualify import NOW, URGENCIES, Rules
from sheetflow.workflow.sequence import Workflow

HOURS, NIGHT, WEEKEND, HOLIDAY = "hours", "night", "weekend", "holiday"
TIMES = (HOURS, NIGHT, WEEKEND, HOLIDAY)
VARIANTS = ("a", "b")


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


# ISO 639-1 of languages in which businesses write.
LANGUAGES = _words("""
    af ar be bg bn bs ca cs cy da de el en es et eu fa fi fr ga gl gu he hi hr hu hy id is it ja ka kk km
    kn ko lt lv mk ml mn mr ms mt my nb ne nl nn no pa pl pt
    ro ru sk sl sq sr sv sw ta te th tl tr uk ur uz vi zh
""")


@dataclass(frozen=True)
class Chosen:
    """A template's name, the language it is written in, its variant (empty if there is but one)."""

    name: str
    language: str
    variant: str = ""


@dataclass(frozen=True)
class Occasion:
    """What an answer depends on besides the lead's own words.

    `missing` is what to ask for; `closed` says why nobody is there (night, weekend, holiday), `back` until
    when; both are empty in working hours.
    """

    chosen: Chosen
    found: Qualified = NOTHING
    missing: str = ""
    closed: str = ""
    back: str = ""


def occasion(lead: Lead, found: Qualified, template: str, workflow: Workflow, now: datetime) -> Occasion:
    """Of the message that a step's `template` makes for a lead at `now` (aware)."""
    chosen, when = choose(template, lead.id, found, workflow, now), time_of_week(now, workflow)
    return Occasion(
        chosen,
        found,
        missing(lead, found, workflow.rules),
        "" if when == HOURS else when,
        back(now, chosen.language, workflow),
    )


def choose(template: str, lead_id: str, found: Qualified, workflow: Workflow, now: datetime) -> Chosen:
    """The one of a step's templates that fits best at `now`; the plain one if no other does.

    The lead's language comes first, then service, urgency, time, in this order.
    """
    own = workflow.business.language
    names = [name for name in workflow.templates if name.partition(".")[0] == template]
    when = time_of_week(now, workflow)
    wanted = (slug(found.service), found.urgency, when, variant(lead_id, template))
    fitting = [name for name in names if _fits(name, wanted)]
    languages = {_language(name, workflow) for name in fitting}
    language = found.language if found.language in languages else own
    fitting = [name for name in fitting if _language(name, workflow) == language]
    if not fitting:
        return Chosen(template, own)
    chosen = max(sorted(fitting), key=lambda name: _weight(name, wanted))
    return Chosen(chosen, language, wanted[-1] if _has_variants(chosen, names) else "")


def variant(lead_id: str, template: str) -> str:
    """One of two, by the lead's ID; another draw for each step, so that their numbers say something apart."""
    digest = hashlib.sha256(f"{lead_id}\0{template}".encode()).digest()
    return VARIANTS[digest[0] % len(VARIANTS)]


def problems(templates: Iterable[str], steps: Iterable[str], rules: Rules) -> list[str]:
    """What is wrong with the tags of templates, a sentence each."""
    fixed, services = (*LANGUAGES, *URGENCIES, *TIMES, *VARIANTS), tuple(map(slug, rules.services))
    known = (*fixed, *services)
    found = [
        f'Service "{name}": templates can\'t name it, {slug(name)} means something else there'
        for name in rules.services
        if slug(name) in fixed or services.count(slug(name)) > 1
    ]
    same: dict[frozenset[str], str] = {}
    for name in sorted(templates):
        base, *tags = name.split(".")
        if base not in steps:
            continue
        for tag in tags:
            if tag not in known:
                near = difflib.get_close_matches(tag.casefold(), known, 1)
                found.append(f'{name}.md: "{tag}" is {_MEANT}{f"; did you mean {near[0]}?" if near else ""}')
        for kind in (LANGUAGES, services, URGENCIES, TIMES, VARIANTS):
            if len(twice := [tag for tag in tags if tag in kind]) > 1:
                found.append(f"{name}.md: {' and '.join(twice)} can't both be; keep one")
        if (other := same.setdefault(frozenset((base, *tags)), name)) != name:
            found.append(f"{name}.md and {other}.md are for the same leads; keep one")
    return found


def slug(service: str) -> str:
    """How a service is spelled in a template's name: "Leak repair" is leak-repair."""
    return re.sub(r"[\W_]+", "-", service.casefold()).strip("-")


def time_of_week(now: datetime, workflow: Workflow) -> str:
    window, local = workflow.window, workflow.local(now)
    if is_open(now, window, workflow.business.zone):
        return HOURS
    if local.date() in window.holidays:
        return HOLIDAY
    return NIGHT if local.weekday() in window.days else WEEKEND


def missing(lead: Fields, found: Qualified, rules: Rules) -> str:
    """What to ask for, as it helps most: service, place, phone or date; or nothing."""
    wanted = {
        "service": bool(rules.services) and not (lead.service.strip() or found.service),
        "place": bool(rules.locations) and not (lead.location.strip() or found.location),
        "phone": not lead.phone.strip(),
        "date": not (lead.urgency.strip() or found.urgency),
    }
    order = ("phone", "place", "service") if found.urgency == NOW else ("service", "place", "phone", "date")
    return next((name for name in order if wanted[name]), "")


def back(now: datetime, language: str, workflow: Workflow) -> str:
    """When somebody is there again, to follow "We are back": "on Tuesday at 9".

    Empty if it's open, and in a language whose days aren't known here.
    """
    window, zone = workflow.window, workflow.business.zone
    if is_open(now, window, zone) or language not in _WORDS:
        return ""
    return said_at(next_open(now, window, zone), now, language, workflow)


def said_at(at: datetime, now: datetime, language: str, workflow: Workflow) -> str:
    """A later moment on the business's clock, as somebody says it at `now`: "tomorrow at 9"."""
    local, then = workflow.local(now), workflow.local(at)
    words = _WORDS[language]
    return words["at"].format(day=_day(then.date(), local.date(), words), time=_clock(then, words))


def _day(day: date, today: date, words: Mapping[str, str]) -> str:
    away = (day - today).days
    if away < 2:
        return words["near"].split("|")[away]
    name = words["days"].split()[day.weekday()]
    return words["day" if away < 7 else "date"].format(
        name=name, number=day.day, month=words["months"].split()[day.month - 1]
    )


def _clock(at: datetime, words: Mapping[str, str]) -> str:
    return words["minutes" if at.minute or at.hour > 12 else "hour"].format(hour=at.hour, minute=at.minute)


_MEANT = (
    "no language, service, urgency (now, soon, later), time (hours, night, weekend, holiday) "
    "or variant (a, b)"
)
_WORDS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "at": "{day} at {time}",
        "near": "today|tomorrow",
        "day": "on {name}",
        "date": "on {name} {number} {month}",
        "hour": "{hour}",
        "minutes": "{hour}:{minute:02}",
        "days": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
        "months": "January February March April May June July August September October November December",
    },
    "de": {
        "at": "{day} um {time} Uhr",
        "near": "heute|morgen",
        "day": "am {name}",
        "date": "am {name}, {number}. {month},",
        "hour": "{hour}",
        "minutes": "{hour}:{minute:02}",
        "days": "Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag",
        "months": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    },
    "fr": {
        "at": "{day} à {time}",
        "near": "aujourd’hui|demain",
        "day": "{name}",
        "date": "{name} {number} {month}",
        "hour": "{hour} h",
        "minutes": "{hour} h {minute:02}",
        "days": "lundi mardi mercredi jeudi vendredi samedi dimanche",
        "months": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    },
    "es": {
        "at": "{day} a las {time}",
        "near": "hoy|mañana",
        "day": "el {name}",
        "date": "el {name} {number} de {month}",
        "hour": "{hour}",
        "minutes": "{hour}:{minute:02}",
        "days": "lunes martes miércoles jueves viernes sábado domingo",
        "months": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    },
}


def _tags(name: str) -> list[str]:
    return name.split(".")[1:]


def _language(name: str, workflow: Workflow) -> str:
    return next((tag for tag in _tags(name) if tag in LANGUAGES), workflow.business.language)


def _fits(name: str, wanted: tuple[str, ...]) -> bool:
    return all(tag in wanted or tag in LANGUAGES for tag in _tags(name))


def _weight(name: str, wanted: tuple[str, ...]) -> tuple[bool, ...]:
    """The tags that fit, the weightiest first; naming the language is better than leaving it out."""
    tags = _tags(name)
    return (*(tag in tags for tag in wanted[:3]), any(tag in LANGUAGES for tag in tags), wanted[3] in tags)


def _has_variants(name: str, names: Iterable[str]) -> bool:
    """Whether there is another one that differs by its variant alone; the one without a letter is A."""
    plain = set(_tags(name)) - set(VARIANTS)
    return any(other != name and set(_tags(other)) - set(VARIANTS) == plain for other in names)
