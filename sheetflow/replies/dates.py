"""Finds the days that a text names, and the ranges they end."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from sheetflow.replies.calendar_words import MONTH_FIRST, MONTHS, TOMORROW, WEEKDAYS
from sheetflow.workflow.phrases import names_of

LONGEST = timedelta(days=180)  # ahead of the note; a later day isn't believed

_MONTH, _EARLY_MONTH, _DAY_NAME = names_of(MONTHS), names_of(MONTH_FIRST), names_of(WEEKDAYS)
_YEAR = r"(?P<y>20\d\d)"
_SHORT_YEAR = r"(?P<short>\d\d)(?![\d:])"
_ORDINAL = r"(?:st|nd|rd|th|er|ère|ème|º|°|ª|\.|:e|:a|e|-го|-е|η|ης)?"
_CLOCK = r"(?!\d|[.,:]\d| ?(?:[€%$£]|(?:h|uhr|uur|am|pm|eur|kr)\b))"
_TO = (
    r"(?:[-–—~〜～]|から|부터|至|到|(?:to|till?|until|through|thru|bis|au|al?|ao|à|tot(?: en met)?|t/m|til"
    r"(?: og med)?|do(?: dnia)?|až do|по|до|έως|ως|μέχρι|ile|până(?: la| pe)?)(?!\w))"
)
_AND = r"(?:(?:and|und|et|y|ed?|en|och|og|i|a|и|і|και|ve|și)(?!\w))"
# June 8-19: the last day stands behind, without its month.
_LAST = (
    rf"(?: ?(?:{_TO}|{_AND}) ?(?:the )?(?P<last>\d{{1,2}})(?:st|nd|rd|th| ?[日号일])?"
    rf"(?![\d:./]| ?[月월]| ?(?:of )?{_MONTH}))?"
)
_SLASHED = re.compile(rf"(?<![\d/])(?P<d>\d{{1,2}})/(?P<m>\d{{1,2}})(?:/{_YEAR}|/{_SHORT_YEAR})?(?![\d/])")
_DATES = (
    _SLASHED,
    *(
        re.compile(pattern, re.IGNORECASE)
        for pattern in (
            rf"(?<!\d){_YEAR}[-/.](?P<m>\d{{1,2}})[-/.](?P<d>\d{{1,2}})(?!\d)",
            rf"(?:{_YEAR} ?[年년] ?)?(?<!\d)(?P<m>\d{{1,2}}) ?[月월] ?(?P<d>\d{{1,2}}) ?[日号號일]"
            rf"(?: ?[（(].{{1,3}}[)）])?{_LAST}",
            rf"(?<!\d)(?P<d>\d{{1,2}}){_ORDINAL}[ -]?(?:of |de |d[’'] ?)?(?P<m>{_MONTH})(?!\w)"
            rf"(?:(?:\.?,? ?(?:de |del |of )?|-){_YEAR})?",
            rf"(?<!\w)(?P<m>{_EARLY_MONTH})\.? (?:the )?(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?![\d:]){_LAST}"
            rf"(?:,? ?{_YEAR})?",
            rf"(?<![\d.])(?P<d>\d{{1,2}})\. ?(?P<m>\d{{1,2}})\.(?: ?{_YEAR}|{_SHORT_YEAR})?(?!\d)",
            rf"(?<![\d.,:/])(?<!\bat )(?<!\bum )(?<!\bkl )(?<!\bkl\. )(?P<d>\d{{1,2}})\.(?P<m>\d\d){_CLOCK}",
            rf"(?<![\d-])(?P<d>\d{{1,2}})-(?P<m>\d{{1,2}})-{_YEAR}(?!\d)",
            r"(?:(?<=dag )|(?<=tot )|(?<=t/m )|(?<=vanaf )|(?<=tot en met ))"
            rf"(?P<d>\d{{1,2}})-(?P<m>\d{{1,2}})(?![\w-]| (?:{_MONTH}|uur))",
        )
    ),
)
# "Back on the 15th": a day of this month or the next.
_DAYS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?<!\w)(?:(?:on|from|until|till?|through|by|(?<=\d[snrt][tdh] )to) the|am|zum|bis(?= \d{1,2}\.)"
        r"|dem|den|d\.|le|au|el|del|il|al|dal|d[ií]a|de)"
        rf" (?P<d>\d{{1,2}})(?:st|nd|rd|th|\.|e|:e)?(?!\w|/|-){_CLOCK}",
        rf"(?<!\w)(?P<w>{_DAY_NAME}),? (?:the |den |le |il |el )?(?P<d>\d{{1,2}})(?:st|nd|rd|th|\.)?"
        rf"(?!\w|/|-){_CLOCK}",
        r"(?<![\d月월])(?P<d>\d{1,2}) ?[日号號일](?=まで|に|から|以降|より|回|返|上班|까지|에|부터)",
        r"(?<!\d)(?P<d>\d{1,2})-го(?!\w)",
    )
)
# "Monday, June 15th" is the fifteenth, and "Monday to Friday" are office hours.
_WEEKDAY = re.compile(
    rf"(?<!\w)(?P<w>{_DAY_NAME})(?![\w-])(?!,? \(?(?:\w+\.? )?\d)"
    rf"(?! ?(?:-|–|\w{{1,7}}) (?:{_DAY_NAME})(?!\w))",
    re.IGNORECASE,
)
_WEEKDAY_OF = re.compile(rf"(?<!\w)(?P<w>{_DAY_NAME}),? (?:\w{{1,4}}\.? )?$", re.IGNORECASE)
_TOMORROW = re.compile(TOMORROW, re.IGNORECASE)
_ENGLISH = re.compile(
    r"\b(?:the|i|i[’']m|we|am|will|are|office|ooo|out|away|until|back|return\w*)\b", re.IGNORECASE
)

_EAST = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")  # writes the month first

_BETWEEN = re.compile(
    r"(?<!\w)(?:between|zwischen|entre|tra|fra|tussen|mellan|mellem|mellom|mi[ęe]dzy|pomiędzy|mezi|между|між"
    r"|μεταξύ|între)(?!\w)",
    re.IGNORECASE,
)
_FEW_WORDS = r"\W*(?:\w+\W+){0,3}$"
_AT = r"(?:(?:at |um |à )?\d{1,2}(?:[:.]\d\d)?(?: ?(?:[ap]\.?m\.?|uhr|h))?\W*)?"
_JOIN, _JOIN_BOTH = (
    re.compile(rf"^(?: ?[rг]\.)?\W*{_AT}(?:{words}){_FEW_WORDS}", re.IGNORECASE)
    for words in (_TO, f"{_AND}|{_TO}")
)
_FIRST_DAY, _FIRST_DAY_OF_BOTH = (
    re.compile(rf"(?<![\d.,:/])\d{{1,2}}{_ORDINAL} ?(?:日 ?)?(?:{words}) ?(?:\w{{1,12}} )?$", re.I)
    for words in (_TO, f"{_AND}|{_TO}")
)


@dataclass(frozen=True)
class Named:
    """A day that a text names, and where; the end of a range begins where the range does."""

    start: int
    end: int
    readings: tuple[date, ...]
    is_range: bool = False
    is_weekday: bool = False

    def day(self, sent: date | None) -> date | None:
        """The one reading that can be believed; 5/6 may be the fifth of June or the sixth of May."""
        near = {day for day in self.readings if sent is None or sent <= day <= sent + LONGEST}
        return near.pop() if len(near) == 1 else None


def believed(stated: str, sent: date | None) -> date | None:
    """The day that a machine states as ISO 8601, under the same limits."""
    try:
        day = date.fromisoformat(stated)
    except ValueError:
        return None
    return Named(0, 0, (day,)).day(sent)


def days_in(text: str, sent: date | None) -> list[Named]:
    """In the order of the text, whose whitespace is single spaces.

    `sent` is the day of the note. It completes what has no year, weekdays and "tomorrow"; no day before it
    or more than 180 days after it is believed. Without it only dates with a year are read.
    """
    kept: list[Named] = []
    for found in sorted(_found(text, sent), key=lambda named: (named.start, -named.end)):
        # A weekday right behind a date is that day's.
        if not kept or found.start >= kept[-1].end + (2 if found.is_weekday else 0):
            kept.append(found)
    return _with_ranges(text, kept)


def _found(text: str, sent: date | None) -> Iterator[Named]:
    order = _order(text)
    for pattern in _DATES:
        for match in pattern.finditer(text):
            if readings := _readings(match, order, sent):
                fitting = _of_weekday(text[: match.start()], readings)
                yield Named(match.start(), match.end(), fitting, bool(match.groupdict().get("last")))
    if sent is None:
        return
    for pattern in _DAYS:
        for match in pattern.finditer(text):
            days = _next_day(int(match["d"]), sent)
            if "w" in match.re.groupindex:
                days = tuple(day for day in days if day.weekday() == WEEKDAYS[match["w"].lower()])
            yield Named(match.start("d"), match.end(), days)
    for match in _WEEKDAY.finditer(text):
        ahead = (WEEKDAYS[match["w"].lower()] - sent.weekday() - 1) % 7 + 1
        yield Named(match.start(), match.end(), (sent + timedelta(days=ahead),), is_weekday=True)
    for match in _TOMORROW.finditer(text):
        yield Named(match.start(), match.end(), (sent + timedelta(days=1),))


def _order(text: str) -> str:
    """Which of 5/6 is the month, as far as the text's other dates or its language tell."""
    pairs = [(int(match["d"]), int(match["m"])) for match in _SLASHED.finditer(text)]
    if any(month > 12 for _, month in pairs) or _EAST.search(text):
        return "md"
    return "dm" if any(day > 12 for day, _ in pairs) or not _ENGLISH.search(text) else ""


def _readings(match: re.Match[str], order: str, sent: date | None) -> tuple[date, ...]:
    named = match.groupdict()
    first, second = int(named.get("last") or named["d"]), MONTHS.get(named["m"].lower()) or int(named["m"])
    pairs = [(second, first)] if match.re is not _SLASHED or order != "md" else []
    if match.re is _SLASHED and order != "dm":
        pairs.append((first, second))
    years = _years(named, sent)
    return tuple(day for month, n in pairs for year in years if (day := _calendar_day(year, month, n)))


def _years(named: dict[str, str | None], sent: date | None) -> tuple[int, ...]:
    if year := named.get("y"):
        return (int(year),)
    if short := named.get("short"):
        return (2000 + int(short),)
    return (sent.year, sent.year + 1) if sent else ()


def _of_weekday(before: str, readings: tuple[date, ...]) -> tuple[date, ...]:
    """Of two readings the one that falls on the weekday named beside it."""
    said = _WEEKDAY_OF.search(before[-20:])
    fitting = tuple(day for day in readings if said and day.weekday() == WEEKDAYS[said["w"].lower()])
    return fitting or readings


def _next_day(number: int, sent: date) -> tuple[date, ...]:
    following = (sent.replace(day=1) + timedelta(days=31)).replace(day=1)
    months = (sent, following) if number < sent.day else (sent,)
    day = _calendar_day(months[-1].year, months[-1].month, number)
    return (day,) if day else ()


def _calendar_day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _with_ranges(text: str, found: list[Named]) -> list[Named]:
    days: list[Named] = []
    for named in found:
        between = text[days[-1].end : named.start] if days else ""
        both = bool(_BETWEEN.search(text[max(0, (days[-1] if days else named).start - 40) : named.start]))
        before = text[max(0, named.start - 30) : named.start]
        if days and (_JOIN_BOTH if both else _JOIN).match(between):
            days[-1] = replace(named, start=days[-1].start, is_range=True)
        elif first := (_FIRST_DAY_OF_BOTH if both else _FIRST_DAY).search(before):
            start = named.start - len(before) + first.start()
            days.append(replace(named, start=start, is_range=True))
        else:
            days.append(named)
    return days
