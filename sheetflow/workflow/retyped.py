"""What a person typed into a form over what the form showed: edits, and what is wrong with it.

A form shows a cell's text and carries a mark of it. If the cell says something else by the time the form
comes back, somebody else has been there: nothing is written over, and both texts are shown.
"""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from sheetflow.workflow import statuses
from sheetflow.workflow.columns import BY_FIELD, COLUMNS, Whose
from sheetflow.workflow.edits import Edit
from sheetflow.workflow.enquiry import CELL_LIMIT, LINE_LIMIT, NAME_LIMIT
from sheetflow.workflow.lead import Cell, Row, cell_text, looks_like_email
from sheetflow.workflow.statuses import canonical
from sheetflow.workflow.typed import read_date

FIELDS = tuple(column.field for column in COLUMNS if column.whose is not Whose.SHEETFLOW)
LONG = ("message", "notes")  # fields of several lines
_LINE_END = re.compile(r"\r\n|[\r\v\f\x85]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f]")  # a terminal obeys some of them
_LIMITS = {"name": NAME_LIMIT, **dict.fromkeys(LONG, CELL_LIMIT // 2)}  # characters


@dataclass(frozen=True)
class Typed:
    text: str
    mark: str  # of what the form showed


@dataclass(frozen=True)
class Retyped:
    """`errors` and `theirs` (what a cell says meanwhile) by field; with any of them there are no edits."""

    edits: tuple[Edit, ...] = ()
    errors: Mapping[str, str] = field(default_factory=dict)
    theirs: Mapping[str, str] = field(default_factory=dict)


def shown(row: Row, name: str) -> str:
    """A cell as a form shows it."""
    cell: Cell = row[name]
    if isinstance(cell, datetime):
        return f"{cell:%Y-%m-%d %H:%M}"
    if isinstance(cell, date):
        return cell.isoformat()
    return _in_its_lines(name, cell_text(cell))


def _in_its_lines(name: str, text: str) -> str:
    return plain(text) if name in LONG else plain(text).replace("\n", " ")


def mark(text: str) -> str:
    return hashlib.sha256(plain(text).encode("utf-8", "replace")).hexdigest()[:16]


def plain(text: str) -> str:
    """As a browser sends it back, whatever it does to line ends; without what can't be seen in a page."""
    return _CONTROL.sub("", _LINE_END.sub("\n", text)).strip()


def retype(
    row: Row, typed: Mapping[str, Typed], aliases: Mapping[str, str], today: date, *, day_first: bool
) -> Retyped:
    """`aliases` are the business's own words for statuses; `day_first` decides what 03/04 means."""
    edits, errors, theirs = [], {}, {}
    for name in FIELDS:
        if name not in typed:
            continue
        text, stands = _in_its_lines(name, typed[name].text), shown(row, name)
        if mark(text) in (typed[name].mark, mark(stands)):
            continue  # nobody typed anything, or it is there already
        if wrong := _wrong(name, text, aliases, today, day_first=day_first):
            errors[name] = wrong
        elif typed[name].mark != mark(stands):
            theirs[name] = stands
        else:
            edits.append(Edit(str(row["id"]), name, text, cell_text(row[name])))
    return Retyped((), errors, theirs) if errors or theirs else Retyped(tuple(edits))


def _wrong(name: str, text: str, aliases: Mapping[str, str], today: date, *, day_first: bool) -> str:
    """Why it can't be meant; empty if it can."""
    limit = _LIMITS.get(name, LINE_LIMIT)
    if len(text) > limit:
        return f"{BY_FIELD[name].header} takes at most {limit:,} characters; these are {len(text):,}."
    if name == "status" and canonical(text, aliases) is None:
        known = ", ".join((*statuses.STATUSES, statuses.SEND_AGAIN))
        return f"This isn't a status. Use one of: {known}." if text else "Choose a status."
    if name == "email" and text and not looks_like_email(text):
        return "This can't be an e-mail address. It looks like name@example.com."
    if name == "next_follow_up":
        return _wrong_date(text, today, day_first=day_first)
    return ""


def _wrong_date(text: str, today: date, *, day_first: bool) -> str:
    if not text:
        return (
            "A date can be moved, but not taken away. To stop what is sent by itself, set Status to Paused."
        )
    if read_date(text, day_first=day_first, today=today) is None:
        return "This date isn't understood. Type it like 2026-11-24 10:00, or the day alone."
    return ""
