"""What the business decides: `sheetflow.toml` and the names of its templates become a Workflow."""

import contextlib
import functools
import re
from collections import Counter
from collections.abc import Container
from dataclasses import dataclass, replace
from datetime import UTC, date, time, timedelta, tzinfo
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

import holidays
from email_validator import EmailNotValidError, validate_email

from sheetflow.errors import ConfigError
from sheetflow.rules import read_away, read_hours, read_languages, read_rules
from sheetflow.tomlfile import Section, TomlFile, did_you_mean, shown_path
from sheetflow.workflow import answers, statuses
from sheetflow.workflow.columns import BY_FIELD, COLUMNS, LEAD_FIELDS, find_column
from sheetflow.workflow.sequence import (
    ADVICE_A_DAY,
    DAYS,
    Business,
    Form,
    Owner,
    Sending,
    Step,
    Window,
    Workflow,
)

SECTIONS = (
    "business",
    "sending",
    "steps",
    "owners",
    "qualify",
    "ai",
    "form",
    "fields",
    "sources",
    "statuses",
    "columns",
)
NURTURE = "nurture"
NURTURE_MONTHS = 12
LAST_DAY = 3650

_HOURS = re.compile(r"(\d{1,2}):(\d{2})\s*[-–]\s*(\d{1,2}):(\d{2})")
_ORIGIN = re.compile(r"https?://[a-z0-9.-]+(:\d+)?")
_COLOUR = re.compile(r"#[0-9a-f]{6}")
_STEP_NAME = re.compile(r"[a-z0-9_-]{1,30}")
_TEMPLATE_NAME = re.compile(r"[A-Za-z0-9_-]{1,60}")
_DAY_NUMBERS = {day: number for number, day in enumerate(DAYS)} | {
    day: number
    for number, day in enumerate(
        ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
    )
}
_WORKDAYS = frozenset(range(5))


@dataclass(frozen=True)
class Holidays:
    """The public holidays of a country's region, a year at a time; without one, those of most regions.

    The package's own calendar fills in a year when it is first asked for, and marks it as filled before it
    is: another thread asking at that moment would be told that a holiday is a working day.
    """

    country: str
    region: str = ""

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and day in _holidays(self.country, self.region, day.year)


@functools.cache
def _holidays(country: str, region: str, year: int) -> frozenset[date]:
    if region:
        return frozenset(holidays.country_holidays(country, subdiv=region, years=year))
    regions = _regions(country)
    days = Counter(day for region in regions for day in _holidays(country, region, year))
    most = (day for day, count in days.items() if count > len(regions) / 2)
    return frozenset((*holidays.country_holidays(country, years=year), *most))


def _regions(country: str) -> list[str]:
    return holidays.list_supported_countries(include_aliases=False)[country]


def read_workflow(folder: Path) -> Workflow:
    """The workflow of a configuration folder. Raises ConfigError with every problem there is."""
    file = TomlFile(folder / "sheetflow.toml", SECTIONS)
    templates = _Templates(folder / "templates")
    business = _business(file.section("business"))
    window, sending = _sending(file.section("sending"), business)
    steps = _steps(file, templates)
    advice_a_day, reviews_openings = _ai(file.section("ai"))
    workflow = Workflow(
        business=business,
        window=window,
        steps=steps,
        nurture=_nurture(steps, templates),
        sending=sending,
        owners=_owners(file.sections("owners")),
        form=_form(file.section("form")),
        fields=_fields(file.section("fields")),
        sources=_sources(file),
        statuses=_statuses(file.section("statuses")),
        columns=_columns(file.section("columns")),
        rules=read_rules(file.section("qualify")),
        templates=frozenset(templates.names),
        advice_a_day=advice_a_day,
        reviews_openings=reviews_openings,
    )
    named = {step.template for step in (*workflow.steps, *workflow.nurture)}
    file.problems += answers.problems(templates.names, named, workflow.rules)
    if file.problems:
        raise ConfigError(*file.problems)
    return workflow


class _Templates:
    def __init__(self, folder: Path) -> None:
        self.folder = shown_path(folder)
        self.names = {path.stem for path in folder.glob("*.md")}

    def advice(self, name: str) -> str:
        known = f", or name one of {', '.join(sorted(self.names))}" if self.names else ""
        return f"{self.folder}/{name}.md doesn't exist; write it{known}"


def _business(section: Section) -> Business:
    name = section.text("name", needed='the name your leads know, like name = "Harbour Coaching"')
    business = Business(
        name=name,
        sender_name=section.text("sender_name", default=name),
        email=_email(section, "email", "sheetflow writes to it when something needs you"),
        postal_address=section.text(
            "postal_address", needed="the law wants one in every message; one line or several", lines=True
        ),
        zone=_zone(section),
        country=_country(section),
        language=_language(section),
    )
    business = replace(business, region=_region(section, business.country))
    section.close()
    return business


def _email(section: Section, key: str, use: str) -> str:
    value = section.text(key, needed=f'{use}; write {key} = "you@example.com"')
    if not value:
        return ""
    try:
        # test_environment lets addresses below .test pass: this is the owner's own address, not a lead's.
        return validate_email(value, check_deliverability=False, test_environment=True).normalized
    except EmailNotValidError as error:
        section.refuse(key, f'use an address like "you@example.com" ({str(error).rstrip(".")})')
        return ""


def _zone(section: Section) -> tzinfo:
    """Of a place: others, like EST, know no summer time, or count their hours the wrong way round."""
    name = section.text("time_zone", needed='the zone your clock shows, like time_zone = "Europe/Berlin"')
    if not name:
        return UTC
    if _is_place(name):
        with contextlib.suppress(ZoneInfoNotFoundError, ValueError, OSError):
            return ZoneInfo(name)
    places = {zone.casefold(): zone for zone in sorted(filter(_is_place, available_timezones()))}
    meant = places.get(name.casefold().replace(" ", "_"))
    example = 'use a place of your zone, like "Europe/Berlin" or "America/New_York"'
    section.refuse("time_zone", f'did you mean "{meant}"?' if meant else example)
    return UTC


def _is_place(zone: str) -> bool:
    return zone == "UTC" or ("/" in zone and not zone.startswith(("Etc/", "SystemV/")))


def _language(section: Section) -> str:
    """The first of one: a list would be taken too."""
    return next(iter(read_languages(section, "language")), "en")


def _country(section: Section) -> str:
    country = section.text("country").upper()
    if country and country not in holidays.list_supported_countries(include_aliases=False):
        advice = 'use the two letters of ISO 3166, like "US", "GB" or "DE"; leave it empty for no holidays'
        section.refuse("country", 'did you mean "GB"?' if country == "UK" else advice)
        return ""
    return country


def _region(section: Section, country: str) -> str:
    """A region's code, from that or from its name."""
    region = section.text("region")
    if not region:
        return ""
    if not country:
        section.refuse("region", 'say which country\'s, like country = "GB"')
        return ""
    names = holidays.country_holidays(country).get_subdivision_aliases()
    codes = {word.casefold(): code for code in _regions(country) for word in (code, *names.get(code, ()))}
    code = codes.get(region.casefold().removeprefix(f"{country.casefold()}-"))
    if code is None:
        known = ", ".join(
            f"{code} ({names[code][0]})" if names.get(code) else code for code in _regions(country)
        )
        section.refuse("region", f"use one of {known}" if known else f"{country} has none: leave it out")
        return ""
    return code


def _sending(section: Section, business: Business) -> tuple[Window, Sending]:
    opens, closes = _hours(section)
    late_key = "days_after_which_a_late_step_is_held"
    late = section.whole(late_key if late_key in section.values else "late_after_days", 7, 1, 365)
    sending = Sending(
        daily_limit=section.whole("daily_limit", 400, 1, 100_000),
        pause=section.number("seconds_between_messages", 1.5, 0, 3600),
        late_after=timedelta(days=late),
        resend_unknown=section.flag("resend_unknown", False),
        sla=timedelta(minutes=section.whole("sla_minutes", 5, 1, 10_000)),
    )
    country, region = business.country, business.region
    closed: Container[date] = Holidays(country, region) if country else ()
    window = Window(_days(section), opens, closes, closed)
    section.close("late_after_days")
    return window, sending


def _days(section: Section) -> frozenset[int]:
    words = section.texts("days")
    known = all(word.casefold() in _DAY_NUMBERS for word in words)
    if not known or section.values.get("days") == []:
        section.refuse("days", f'use at least one of {", ".join(DAYS)}, like ["mon", "tue"]')
    elif words:
        return frozenset(_DAY_NUMBERS[word.casefold()] for word in words)
    return _WORKDAYS


def _hours(section: Section) -> tuple[time, time]:
    """When the window opens and closes; 24:00 is the day's last moment."""
    opens, closes = time(9), time(17)
    text = section.text("hours", default="09:00-17:00")
    found = _HOURS.fullmatch(text)
    try:
        if not found:
            raise ValueError
        opens = time(int(found[1]), int(found[2]))
        closes = time.max if (found[3], found[4]) == ("24", "00") else time(int(found[3]), int(found[4]))
    except ValueError:
        section.refuse("hours", 'use "HH:MM-HH:MM", like "09:00-17:00"')
    if opens >= closes:
        section.refuse("hours", 'the first time must come before the second, like "09:00-17:00"')
    return opens, closes


def _steps(file: TomlFile, templates: _Templates) -> tuple[Step, ...]:
    sections = file.sections("steps")
    if not sections:
        example = 'add one with name = "first_response" and day = 1'
        file.problems.append(f"{file.name} [[steps]] is missing: {example}")
    steps: list[Step] = []
    for section in sections:
        steps.append(_step(section, templates, steps))
        section.close()
    return tuple(steps)


def _step(section: Section, templates: _Templates, before: list[Step]) -> Step:
    name = section.text("name", needed='write a name, like name = "first_response"')
    if name and not _STEP_NAME.fullmatch(name):
        section.refuse("name", "use up to 30 of a-z, 0-9, _ and -")
    elif name.startswith(f"{NURTURE}-"):
        section.refuse("name", f"{NURTURE}-… are the monthly messages after the last step; use another name")
    elif name and name in [step.name for step in before]:
        section.refuse("name", "another step has this name; use each name once")
    return Step(
        name=name,
        day=_step_day(section, before),
        template=_template(section, name, templates),
        anytime=section.flag("anytime", default=not before),
    )


def _step_day(section: Section, before: list[Step]) -> int:
    least = before[-1].day + 1 if before else 1
    if section.get("day") is None:
        section.missing("day", f"write day = {least}; day 1 is the day of the enquiry")
        return least
    day = section.whole("day", least, 1, LAST_DAY)
    if not before and day != 1:
        section.refuse("day", "the first step answers the enquiry, so use 1")
    elif day < least:
        section.refuse("day", f"days go up from step to step, so use {least} or more")
    return day


def _template(section: Section, name: str, templates: _Templates) -> str:
    template = section.text("template", default=name)
    if not _TEMPLATE_NAME.fullmatch(template):
        if "template" in section.values:
            section.refuse("template", 'use the file\'s name without folder and .md, like "follow_up"')
    elif template not in templates.names:
        section.refuse("template" if "template" in section.values else "name", templates.advice(template))
    return template


def _nurture(steps: tuple[Step, ...], templates: _Templates) -> tuple[Step, ...]:
    """The monthly messages that have a template, their own or the common one."""
    last = steps[-1].day if steps else 1
    named = {number: f"{NURTURE}-{number}" for number in range(1, NURTURE_MONTHS + 1)}
    return tuple(
        Step(name, last + 30 * number, name if name in templates.names else NURTURE)
        for number, name in named.items()
        if templates.names & {name, NURTURE}
    )


def _owners(sections: list[Section]) -> tuple[Owner, ...]:
    owners: list[Owner] = []
    for section in sections:
        name = section.text("name", needed='write a name, like name = "Kim"')
        if name and name.casefold() in [owner.name.casefold() for owner in owners]:
            section.refuse("name", "another owner has this name; use each name once")
        owners.append(
            Owner(
                name=name,
                email=_email(section, "email", "replies to this owner's leads go there"),
                services=section.texts("services"),
                locations=section.texts("locations"),
                sources=section.texts("sources"),
                languages=read_languages(section, "languages"),
                hours=read_hours(section),
                away=read_away(section),
                notify=section.texts("notify"),
            )
        )
        section.close()
    return tuple(owners)


def _ai(section: Section) -> tuple[int, bool]:
    """How often an adviser is asked in a day, and whether a person reads its openings first."""
    decided = section.whole("calls_a_day", ADVICE_A_DAY, 0, 100_000), section.flag("review", False)
    section.close()
    return decided


def _form(section: Section) -> Form:
    origins = tuple(origin.strip().rstrip("/").lower() for origin in section.texts("origins"))
    for origin in origins:
        if not _ORIGIN.fullmatch(origin):
            section.refuse("origins", 'use the addresses of sites alone, like "https://www.example.com"')
    thanks = section.text("thanks")
    if thanks and not thanks.startswith(("https://", "http://")):
        section.refuse("thanks", 'use the whole address of a page, like "https://www.example.com/thanks"')
    colour = section.text("colour").lower()
    if colour and not _COLOUR.fullmatch(colour):
        section.refuse("colour", 'use six digits as in CSS, like "#0b5cad"')
        colour = ""
    form = Form(origins, thanks, colour, section.whole("proxies", 0, 0, 9))
    section.close()
    return form


def _fields(section: Section) -> dict[str, tuple[str, ...]]:
    """Extra names of lead fields in forms, by field."""
    columns = {field: BY_FIELD[field] for field in LEAD_FIELDS}
    fields: dict[str, tuple[str, ...]] = {}
    for key in section.values:
        column = find_column(key.replace("_", " "))
        if column is None or column.field not in columns:
            section.refuse(key, f"not a field of a lead; {did_you_mean(key, columns)}")
            continue
        fields[column.field] = (*fields.get(column.field, ()), *section.texts(key))
    return fields


def _sources(file: TomlFile) -> dict[str, dict[str, str]]:
    """Where each source keeps which field in its body: paths, by field, by the source's name."""
    table = file.section("sources")
    sources: dict[str, dict[str, str]] = {}
    columns = {field: BY_FIELD[field] for field in LEAD_FIELDS}
    for name, values in table.values.items():
        if not isinstance(values, dict):
            table.refuse(name, f"write [sources.{name}] on a line of its own, its paths below it")
            continue
        section = Section(f"{file.name} [sources.{name}]", values, file.problems)
        for key in section.values:
            column = find_column(key.replace("_", " "))
            if column is None or column.field not in columns:
                section.refuse(key, f"not a field of a lead; {did_you_mean(key, columns)}")
                continue
            path = section.text(key, needed='write where the field stands, like "data.buyer.mail"')
            if path and not all(path.split(".")):
                section.refuse(key, 'use keys with dots between them, like "data.buyer.mail"')
            elif path:
                sources.setdefault(name, {})[column.field] = path
    return sources


def _statuses(section: Section) -> dict[str, str]:
    """Extra words for statuses: the folded word and the status it means."""
    aliases: dict[str, str] = {}
    for key in section.values:
        status = statuses.canonical(key.replace("_", " "), {})
        if status is None:
            section.refuse(key, f"not a status; {did_you_mean(key, statuses.STATUSES)}")
            continue
        for word in section.texts(key):
            folded = " ".join(word.casefold().split())
            if statuses.canonical(word, aliases) not in (None, status):
                section.refuse(key, f'"{word}" already means {statuses.canonical(word, aliases)}')
            aliases[folded] = status
    return aliases


def _columns(section: Section) -> dict[str, str]:
    """Extra headers of columns: the folded header and the column's own."""
    headers = [column.header for column in COLUMNS]
    aliases: dict[str, str] = {}
    for key in section.values:
        column = find_column(key.replace("_", " "))
        if column is None:
            section.refuse(key, f"not a column of Leads; {did_you_mean(key, headers)}")
            continue
        for word in section.texts(key):
            folded = " ".join(word.casefold().split())
            meant = find_column(word)
            other = meant.header if meant else aliases.get(folded, column.header)
            if other != column.header:
                section.refuse(key, f'"{word}" already means {other}')
            aliases[folded] = column.header
    return aliases
