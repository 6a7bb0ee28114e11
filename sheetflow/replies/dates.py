"""Reads from an absence note when the person is back."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from sheetflow.replies.calendar_words import AFTERWARDS, BACK, MONTHS, TOMORROW, UNTIL, WEEKDAYS

_LONGEST = timedelta(days=400)  # ahead of the note; what is later isn't believed
_NEAR = 60  # characters between "back" or "until" and its date

_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_YEAR = r"(?P<y>20\d\d)"
_RANGE = (
    rf"\b(?P<m>{_MONTH})\.?\s+\d{{1,2}}(?:st|nd|rd|th)?\s*(?:-|–|—|to|through|until|and)\s*"
    rf"(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\b(?:,?\s*{_YEAR})?"
)
_DATES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        _RANGE,
        rf"(?<!\d){_YEAR}[-/.](?P<m>\d{{1,2}})[-/.](?P<d>\d{{1,2}})(?!\d)",
        rf"(?:{_YEAR}\s?[年년]\s?)?(?P<m>\d{{1,2}})\s?[月월]\s?(?P<d>\d{{1,2}})\s?[日号號일]",
        r"(?<!\d)(?P<d>\d{1,2})(?:st|nd|rd|th|er|º|°|ª|\.|:e|-го)?\s*(?:of\s+|de\s+|d[’'])?"
        rf"(?P<m>{_MONTH})\b(?:\.?,?\s*(?:de\s+|of\s+)?{_YEAR})?",
        rf"\b(?P<m>{_MONTH})\.?\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\b(?!:)(?:,?\s*{_YEAR})?",
        r"(?<![\d.])(?P<d>\d{1,2})\.\s?(?P<m>\d{1,2})\.(?:\s?(?P<y>20\d\d|\d\d(?![\d:])))?(?![\d.]*\d)",
        r"(?<![\d/])(?P<d>\d{1,2})/(?P<m>\d{1,2})(?:/(?P<y>20\d\d|\d\d))?(?![\d/])",
        rf"(?<![\d-])(?P<d>\d{{1,2}})-(?P<m>\d{{1,2}})-{_YEAR}(?!\d)",
    )
)
_EITHER_WAY = re.compile(r"\d{1,2}/\d")
# "Monday, June 15th" is the fifteenth, not the next Monday.
_WEEKDAY = re.compile(rf"\b(?P<w>{'|'.join(WEEKDAYS)})\b(?!,?\s+(?:\w+\.?\s+)?\d)", re.IGNORECASE)
_TOMORROW = re.compile(TOMORROW, re.IGNORECASE)
_BACK, _UNTIL, _AFTERWARDS = (re.compile(words, re.IGNORECASE) for words in (BACK, UNTIL, AFTERWARDS))
_SENTENCE = re.compile(r"[.!?;]\s|[。\n]")


@dataclass(frozen=True)
class _Found:
    start: int
    end: int
    day: date
    named: bool = True  # by its number, not as a weekday or "tomorrow"


def return_date(text: str, sent: date | None) -> date | None:
    """The day the person is back, else the last day away, else the day named; None where nothing is said.

    `sent` is the day of the note: it completes dates without a year, weekdays and "tomorrow", and no day
    before it or more than 400 days after it is believed. Without it only dates with a year are read.
    """
    found = sorted(_found(text, sent), key=lambda f: (f.start, -f.end))
    cued = (
        *(f for f in found if _BACK.search(_before(text, f))),
        *(f for f in found if _BACK.search(_after(text, f))),
        *(f for f in found if _UNTIL.search(_before(text, f)) or _AFTERWARDS.match(text, f.end)),
        *(f for f in found if f.named),
    )
    return cued[0].day if cued else None


def _found(text: str, sent: date | None) -> Iterator[_Found]:
    for pattern in _DATES:
        for match in pattern.finditer(text):
            if day := _day(match, sent):
                yield _Found(match.start(), match.end(), day)
    if sent is None:
        return
    for match in _WEEKDAY.finditer(text):
        ahead = (WEEKDAYS[match["w"].lower()] - sent.weekday() - 1) % 7 + 1
        yield _Found(match.start(), match.end(), sent + timedelta(days=ahead), named=False)
    for match in _TOMORROW.finditer(text):
        yield _Found(match.start(), match.end(), sent + timedelta(days=1), named=False)


def _day(match: re.Match[str], sent: date | None) -> date | None:
    """The nearest believable reading: 5/6 is the fifth of June or, as Americans write, the sixth of May."""
    month, day = MONTHS.get(match["m"].lower()) or int(match["m"]), int(match["d"])
    readings = [(month, day), (day, month)] if _EITHER_WAY.match(match[0]) else [(month, day)]
    days = [d for m, n in readings for y in _years(match["y"], sent) if (d := _calendar_day(y, m, n))]
    if sent is None:
        return days[0] if days else None
    return min((d for d in days if sent <= d <= sent + _LONGEST), default=None)


def _years(year: str | None, sent: date | None) -> tuple[int, ...]:
    if year:
        return (int(year) + (2000 if len(year) == 2 else 0),)
    return (sent.year, sent.year + 1) if sent else ()


def _calendar_day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _before(text: str, found: _Found) -> str:
    """What stands before a date in its sentence, as far as it is near."""
    return _SENTENCE.split(text[max(0, found.start - _NEAR) : found.start])[-1]


def _after(text: str, found: _Found) -> str:
    """What follows in its sentence: "ab dem 9. Mai bin ich wieder da"."""
    return _SENTENCE.split(text[found.end : found.end + _NEAR])[0]
