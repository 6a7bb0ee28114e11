"""A mail to the owner as a value: first what to do, then figures."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo

from sheetflow.workflow import statuses
from sheetflow.workflow.counted import Counted
from sheetflow.workflow.decide import sentence
from sheetflow.workflow.notice import Notice, many_lines, one_line
from sheetflow.workflow.sections import Section

ITEMS_SHOWN = 20


@dataclass(frozen=True)
class Item:
    """A lead that needs a person. All that a lead wrote is harmless here."""

    notice: Notice
    why: str
    waiting: str  # since when
    owner: str = ""
    row: str = ""  # the link to its row
    said: str = ""  # how its reply begins, if that is why it waits


@dataclass(frozen=True)
class Bulletin:
    """`kind` becomes part of a file's name; `home` is where to see all of it, empty if nowhere."""

    kind: str
    title: str
    lines: tuple[str, ...] = ()
    items: tuple[Item, ...] = ()
    rest: str = ""  # what isn't among the items
    sections: tuple[Section, ...] = ()
    home: str = ""


def item_of(notice: Notice, lead: Counted, reply: str, row: str, now: datetime, zone: tzinfo) -> Item:
    """`reply` is the lead's newest one; it is quoted if the lead waits for an answer to it."""
    waiting, said = _waiting(lead.waits_since, now, zone), one_line(reply)
    is_asking = lead.status == statuses.REPLIED
    why, owner = many_lines(sentence(lead.why)), many_lines(lead.owner)
    return Item(notice, why, waiting, owner, row, said if is_asking else "")


def morning(items: Sequence[Item], home: str) -> Bulletin:
    """What needs a person today; `items` oldest first, at least one."""
    count = len(items)
    title = "1 lead needs you today" if count == 1 else f"{count} leads need you today"
    return Bulletin("morning", title, (), tuple(items[:ITEMS_SHOWN]), _rest(count, ITEMS_SHOWN), home=home)


def shortlist(items: Sequence[Item], shown: int) -> tuple[tuple[Item, ...], str]:
    return tuple(items[:shown]), _rest(len(items), shown)


def _rest(count: int, shown: int) -> str:
    more = count - shown
    return f"And {more} more, which came later." if more > 0 else ""


def _waiting(since: datetime | None, now: datetime, zone: tzinfo) -> str:
    if since is None:
        return ""
    local = since.astimezone(zone)
    days = (now.astimezone(zone).date() - local.date()).days
    ago = {0: "today", 1: "yesterday"}.get(days, f"{days} days")
    return f"since {local:%a} {local.day} {local:%b}, {local:%H:%M} ({ago})"
