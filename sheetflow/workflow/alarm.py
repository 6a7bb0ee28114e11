"""What is broken and who knows it: told once, again only if it changes, and once more when it works again."""

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from typing import Any

SETTLED = timedelta(minutes=30)  # what worked for so long works again; what fails before that is the same
AGAIN, LONGEST_GAP = timedelta(minutes=5), timedelta(hours=1)  # between tries to tell
_KEPT = 200  # characters


@dataclass(frozen=True)
class Alarm:
    """One kind of thing that is broken, or was until `gone`."""

    kind: str
    words: str
    since: datetime
    told: tuple[str, ...] = ()  # what was said of it, or is being said: for each way it is broken
    gone: datetime | None = None
    tries: int = 0  # to tell of it, one after the other in vain
    retry: datetime | None = None  # when the next one is due

    @property
    def key(self) -> str:
        """The same if only a number, a time or an ID in the words is another one."""
        return " ".join(re.sub(r"\S*\d\S*", "", self.words).casefold().split())[:_KEPT]

    def may_be_told(self, now: datetime) -> bool:
        return self.retry is None or now >= self.retry


@dataclass(frozen=True)
class Change:
    """What is known from now on, and what somebody is to be told."""

    known: tuple[Alarm, ...]
    begun: tuple[Alarm, ...] = ()
    over: tuple[Alarm, ...] = ()

    @property
    def is_news(self) -> bool:
        return bool(self.begun or self.over)


def compare(known: Mapping[str, Alarm], found: Mapping[str, str], now: datetime) -> Change:
    """`found` says in words what is broken now, by its kind. What is to be told counts as told from here."""
    kept: list[Alarm] = []
    begun: list[Alarm] = []
    over: list[Alarm] = []
    for kind, words in found.items():
        one = replace(known.get(kind) or Alarm(kind, words, now), words=words, gone=None)
        if one.key not in one.told and one.may_be_told(now):
            one = replace(one, told=(*one.told, one.key), retry=None)
            begun.append(one)
        kept.append(one)
    for kind in known.keys() - found.keys():
        one = replace(known[kind], gone=known[kind].gone or now)
        is_over = one.gone is not None and now - one.gone >= SETTLED and one.may_be_told(now)
        (over if is_over else kept).append(one)
    return Change(tuple(kept), tuple(begun), tuple(over))


def untold(known: Mapping[str, Alarm], change: Change, now: datetime) -> tuple[Alarm, ...]:
    """What is known once nobody could be told of a change: it is tried again, later each time."""
    again = dict(known)
    for one in change.begun:
        found = again.get(one.kind, one)
        told = tuple(key for key in found.told if key != one.key)
        again[one.kind] = _later(replace(found, told=told), now)
    for one in change.over:
        again.setdefault(one.kind, _later(one, now))
    return tuple(again.values())


def _later(one: Alarm, now: datetime) -> Alarm:
    gap = min(AGAIN * 2 ** min(one.tries, 10), LONGEST_GAP)
    return replace(one, tries=one.tries + 1, retry=now + gap)


def to_text(alarms: tuple[Alarm, ...]) -> str:
    return json.dumps([asdict(one) for one in alarms], default=datetime.isoformat) if alarms else ""


def from_text(text: str) -> dict[str, Alarm]:
    found = (_read(entry) for entry in json.loads(text or "[]"))
    return {one.kind: one for one in found}


def _read(entry: dict[str, Any]) -> Alarm:
    times = {name: datetime.fromisoformat(entry[name]) if entry[name] else None for name in ("gone", "retry")}
    since = datetime.fromisoformat(entry["since"])
    return Alarm(**{**entry, **times, "since": since, "told": tuple(entry["told"])})
