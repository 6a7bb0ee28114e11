"""Reads from a text whether it tells of an absence, and when that ends."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sheetflow.replies import absence_words as words
from sheetflow.replies.dates import Named, days_in

_NEAR = 60  # characters between "back" or "until" and its day
_MANY = 20  # days that are looked at; a note of absence names a few
_READ = 2000  # characters: an absence is announced at the beginning
# Not an abbreviation: "einschl. 19.6.", "den 8. til".
_END = re.compile(r"[.!?…](?= (?![a-zà-ÿ\d])|$)|[。！？]|\n")

_CLAUSE = re.compile(r"[,;:(（、，]")


@dataclass(frozen=True)
class Absence:
    until: date | None  # the day somebody is back, else the last day away; None if the text tells of none
    because: str  # the words that say so


@dataclass(frozen=True)
class _Cued:
    """A day with the words around it in its sentence."""

    named: Named
    before: str
    after: str
    sentence: str
    earlier: str  # the sentence before

    @property
    def clause(self) -> str:
        """What stands around the day up to the next comma."""
        return f"{_CLAUSE.split(self.before)[-1]} {_CLAUSE.split(self.after)[0]}"


def absence_in(text: str, sent: date | None) -> Absence | None:
    """None if nothing says that somebody is away. `sent` is the day of the note; see `days_in`."""
    text = _flat(text)
    away = words.AWAY.search(text)
    cued = [around for around in _around(text, sent) if not words.OTHER.search(around.clause)]
    back = [around for around in cued if words.BACK.search(words.NOT_BACK.sub("", around.sentence))]
    ends = (
        *(c for c in back if words.BACK.search(c.before[-_NEAR:])),
        *(c for c in back if words.BACK.search(c.after[:_NEAR])),
        *(c for c in cued if _is_last_day(c)),
    )
    for end in ends:
        if day := end.named.day(sent):
            return Absence(day, end.sentence)
    return Absence(None, away[0]) if away else None


def _flat(text: str) -> str:
    """Paragraphs as lines: a line that ends within a sentence is none."""
    paragraphs = re.split(r"\n\s*\n", text[:_READ])
    return "\n".join(" ".join(paragraph.split()) for paragraph in paragraphs)


def _around(text: str, sent: date | None) -> Iterator[_Cued]:
    days = days_in(text, sent)[:_MANY]
    ends = [end.end() for end in _END.finditer(text) if not any(d.start <= end.start() < d.end for d in days)]
    for at, named in enumerate(days):
        starts = [0, *(end for end in ends if end <= named.start)]
        start, stop = starts[-1], min((end for end in ends if end >= named.end), default=len(text))
        left = max(start, days[at - 1].end if at else 0)
        right = min(stop, days[at + 1].start if at + 1 < len(days) else len(text))
        earlier = text[starts[-2] : start] if len(starts) > 1 else ""
        yield _Cued(
            named, text[left : named.start], text[named.end : right], text[start:stop].strip(), earlier
        )


def _is_last_day(cued: _Cued) -> bool:
    """The end of a range, or what "until" stands beside, in a sentence that tells of an absence."""
    until = _is_until(cued.before) or words.UNTIL_AFTER.search(cued.after)
    if not (until or cued.named.is_range):
        return False
    opens = until and len(cued.before.split()) <= 2
    is_all = cued.named.is_range and len(f"{cued.before} {cued.after}".split()) <= 2
    told = words.AWAY.search(cued.sentence)
    return bool(told or ((opens or is_all) and words.AWAY.search(cued.earlier)))


def _is_until(before: str) -> bool:
    """ "Until", at most three words before the day: "bis zum Freitag, dem"."""
    last = list(words.UNTIL.finditer(before))[-1:]
    return any(len(re.findall(r"\w+", before[found.end() :])) <= 3 for found in last)
