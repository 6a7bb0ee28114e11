"""Where things stand in the spreadsheet: its tabs, the columns of each, and whose Sheet it is."""

import json
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from enum import StrEnum
from typing import Any

from sheetflow.sheet.cells import Value, text_of
from sheetflow.workflow.columns import COLUMNS, find_column

Json = dict[str, Any]
TAG = "sheetflow-tab"  # developer metadata of a tab: its role and its own ID, so that a copy has none
MADE = "sheetflow-made"  # developer metadata of a tab that sheetflow made, and not people


class Role(StrEnum):
    LEADS = "leads"
    ACTIVITY = "activity"
    CONTROL = "control"
    DASHBOARD = "dashboard"
    HIDDEN = "hidden"


TITLES = {
    Role.LEADS: "Leads",
    Role.ACTIVITY: "Activity",
    Role.CONTROL: "Control",
    Role.DASHBOARD: "Dashboard",
    Role.HIDDEN: "Sheetflow",
}
SHEET_IDS = {role: 7_401_001 + number for number, role in enumerate(Role)}
NEEDED_TABS = (Role.LEADS, Role.ACTIVITY, Role.CONTROL, Role.HIDDEN)

# Fields of a tab's rows and their headers; Leads' are those of the workflow.
HEADERS: Mapping[Role, Mapping[str, str]] = {
    Role.LEADS: {column.field: column.header for column in COLUMNS},
    Role.ACTIVITY: {
        "at": "Time",
        "lead_id": "Lead ID",
        "event": "Event",
        "step": "Step",
        "detail": "Detail",
        "message_id": "Message-ID",
        "run": "Run",
        "event_id": "Event ID",
    },
    Role.CONTROL: {"name": "Setting", "value": "Value", "meaning": "What it means"},
    Role.DASHBOARD: {},
    Role.HIDDEN: {},
}
KEYS = {Role.LEADS: "id", Role.ACTIVITY: "event_id", Role.CONTROL: "name"}
NEEDED: Mapping[Role, tuple[str, ...]] = {
    Role.LEADS: ("id", "status", "email", "next_follow_up"),
    Role.ACTIVITY: ("at", "lead_id", "event", "step", "detail", "run", "event_id"),
    Role.CONTROL: ("name", "value"),
}

# The lines of Control.
SENDING, LAST_JOB, LAST_MAILBOX, PROBLEMS = "Sending", "Last job run", "Last mailbox check", "Problems"
CONTROL_LINES = (SENDING, LAST_JOB, LAST_MAILBOX, PROBLEMS)

# What `Structure.of` needs to know of a spreadsheet.
_TAB = (
    "properties(sheetId,title,gridProperties(rowCount,columnCount)),"
    "developerMetadata(metadataKey,metadataValue)"
)
_LOCKS = "protectedRanges(range,warningOnly,requestingUserCanEdit)"
STRUCTURE = f"properties(locale,timeZone),namedRanges(namedRangeId,name),sheets({_TAB},{_LOCKS})"

_GUARD = re.compile(r"sheetflow_([0-9a-f]{12})_(\d{1,9})")
_FAR = 10**9  # where an open range ends


@dataclass(frozen=True)
class Seal:
    """Whose Sheet it is: the first line of the hidden tab. `nonce` tells one batch from another."""

    ledger: str
    number: int
    nonce: str

    @property
    def guard(self) -> str:
        """Name and ID of the named range that only one batch of this number can set."""
        return f"sheetflow_{self.ledger}_{self.number}"

    @property
    def line(self) -> tuple[Value, ...]:
        return self.ledger, self.number, self.nonce

    @classmethod
    def read(cls, line: Sequence[Value]) -> "Seal | None":
        """None for anything else than a line of ours."""
        texts = [text_of(value).strip() for value in (*line, "", "", "")][:3]
        is_one = _GUARD.fullmatch(f"sheetflow_{texts[0]}_{texts[1]}")
        return cls(texts[0], int(texts[1]), texts[2]) if is_one and texts[2] else None


@dataclass(frozen=True)
class Tab:
    """`columns` says where each field is, `header` what stands in the first row; both empty until it is read.

    `row_count` and `column_count` are those of the grid.
    """

    role: Role
    id: int
    title: str
    row_count: int
    column_count: int
    header: Mapping[int, str] = field(default_factory=dict)
    columns: Mapping[str, int] = field(default_factory=dict)
    problems: tuple[str, ...] = ()
    is_tagged: bool = True
    is_made: bool = False  # by sheetflow, and not by people; known of Leads alone

    @property
    def missing(self) -> tuple[str, ...]:
        """Headers of columns without which nothing may be sent."""
        headers = HEADERS[self.role]
        return tuple(headers[name] for name in NEEDED.get(self.role, ()) if name not in self.columns)

    def with_header(self, first_row: Sequence[Value], aliases: Mapping[str, str]) -> "Tab":
        """Two columns of one name count as a missing one, and are a problem."""
        header = {at: text for at, value in enumerate(first_row) if (text := text_of(value).strip())}
        columns, problems = match_headers(self.role, header, aliases)
        width = max(self.column_count, len(first_row))
        return replace(self, column_count=width, header=header, columns=columns, problems=problems)


@dataclass(frozen=True)
class Lock:
    """Cells that sheetflow may not write; ends excluded."""

    sheet_id: int
    top: int
    bottom: int
    left: int
    right: int

    def holds(self, sheet_id: int, row: int, column: int) -> bool:
        return (
            self.sheet_id == sheet_id and self.top <= row < self.bottom and self.left <= column < self.right
        )


@dataclass(frozen=True)
class Structure:
    """What is remembered of the spreadsheet between two reads: everything but the cells.

    `guards` are the named ranges of any ledger, by name; their values are the IDs. `doubles` are the titles
    of tabs that are Leads by tag or title too, and aren't read.
    """

    tabs: Mapping[Role, Tab]
    locale: str = ""
    zone: str = ""
    guards: Mapping[str, str] = field(default_factory=dict)
    locks: tuple[Lock, ...] = ()
    doubles: tuple[str, ...] = ()

    @classmethod
    def of(
        cls, answer: Json, first_rows: Mapping[int, Sequence[Value]], aliases: Mapping[str, str]
    ) -> "Structure":
        """From what `STRUCTURE` asks for; `first_rows` by the ID of their tab, as far as they were read."""
        sheets = answer.get("sheets") or ()
        tabs = {}
        for role, sheet in find_tabs(sheets, first_rows, aliases).items():
            tab = tab_of(role, sheet)
            tabs[role] = tab.with_header(first_rows.get(tab.id, ()), aliases)
        properties = answer.get("properties") or {}
        guards = {
            named["name"]: named["namedRangeId"]
            for named in answer.get("namedRanges") or ()
            if _GUARD.fullmatch(named["name"])
        }
        locks = tuple(lock for sheet in sheets for lock in _locks(sheet))
        return cls(tabs, properties.get("locale", ""), properties.get("timeZone", ""), guards, locks)

    def guards_of(self, ledger: str) -> list[int]:
        """The numbers of a ledger's batches that still have a guard."""
        found = (_GUARD.fullmatch(name) for name in self.guards)
        return sorted(int(one[2]) for one in found if one and one[1] == ledger)

    def is_locked(self, role: Role, row: int, column: int) -> bool:
        return any(lock.holds(self.tabs[role].id, row, column) for lock in self.locks)

    def with_tabs(self, *tabs: Tab) -> "Structure":
        return replace(self, tabs={**self.tabs, **{tab.role: tab for tab in tabs}})

    def to_json(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> "Structure | None":
        """None for an empty text: nothing is remembered yet."""
        if not text:
            return None
        found = json.loads(text)
        tabs = {Role(role): _tab_from(one) for role, one in found["tabs"].items()}
        locks = tuple(Lock(**one) for one in found["locks"])
        doubles = tuple(found.get("doubles", ()))
        return cls(tabs, found["locale"], found["zone"], found["guards"], locks, doubles)


def find_tabs(
    sheets: Iterable[Json], first_rows: Mapping[int, Sequence[Value]], aliases: Mapping[str, str]
) -> dict[Role, Json]:
    """The tabs with a role: by their tag, else by their title and, but for Leads, their headers.

    What else people call Activity or Dashboard is theirs.
    """
    tagged: dict[Role, Json] = {}
    titled: dict[Role, Json] = {}
    for sheet in sheets:
        sheet_id = sheet["properties"].get("sheetId", 0)
        wanted = _titled(str(sheet["properties"]["title"]))
        if role := _tagged(sheet, sheet_id):
            tagged.setdefault(role, sheet)
        elif wanted and _is_ours(wanted, first_rows.get(sheet_id, ()), aliases):
            titled.setdefault(wanted, sheet)
    return titled | tagged


def doubles_of(leads: Tab | None, sheets: Iterable[Json]) -> tuple[str, ...]:
    """Titles of tabs that are Leads by tag or title, besides the one that is read."""
    others = [sheet for sheet in sheets if leads and sheet["properties"].get("sheetId", 0) != leads.id]
    titles = {str(sheet["properties"]["title"]): sheet for sheet in others}
    return tuple(
        title
        for title, sheet in titles.items()
        if Role.LEADS in (_titled(title), _tagged(sheet, sheet["properties"].get("sheetId", 0)))
    )


def leads_like(
    sheets: Iterable[Json], first_rows: Mapping[int, Sequence[Value]], aliases: Mapping[str, str]
) -> list[Tab]:
    """Tabs without another role whose headers are those of Leads: one of them may be in its place."""
    tabs = [
        tab_of(Role.LEADS, sheet)
        for sheet in sheets
        if _tagged(sheet, sheet["properties"].get("sheetId", 0)) in (None, Role.LEADS)
    ]
    headed = [tab.with_header(first_rows.get(tab.id, ()), aliases) for tab in tabs]
    return [tab for tab in headed if not tab.missing]


def tab_of(role: Role, sheet: Json) -> Tab:
    """Without its header."""
    properties = sheet["properties"]
    grid, sheet_id = properties.get("gridProperties") or {}, properties.get("sheetId", 0)
    is_tagged = _tagged(sheet, sheet_id) is role
    size = grid.get("rowCount", 0), grid.get("columnCount", 0)
    is_made = any(entry.get("metadataKey") == MADE for entry in sheet.get("developerMetadata") or ())
    return Tab(role, sheet_id, str(properties["title"]), *size, is_tagged=is_tagged, is_made=is_made)


def tag(role: Role, sheet_id: int) -> Json:
    """The developer metadata by which a tab is found whatever it is called."""
    return {
        "metadataKey": TAG,
        "metadataValue": f"{role}:{sheet_id}",
        "visibility": "DOCUMENT",
        "location": {"sheetId": sheet_id},
    }


def match_headers(
    role: Role, header: Mapping[int, str], aliases: Mapping[str, str]
) -> tuple[dict[str, int], tuple[str, ...]]:
    """Where each field is. A header of its own name goes before an alias; two of one kind are a problem."""
    exact: dict[str, list[int]] = {}
    other: dict[str, list[int]] = {}
    for at in sorted(header):
        name, is_exact = _field(role, header[at], aliases)
        if name:
            (exact if is_exact else other).setdefault(name, []).append(at)
    columns, problems = {}, []
    for name in HEADERS[role]:
        found = exact.get(name) or other.get(name) or []
        if len(found) == 1:
            columns[name] = found[0]
        elif found:
            problems.append(_twice(role, HEADERS[role][name], [header[at] for at in found]))
    return columns, tuple(problems)


def _is_ours(role: Role, first_row: Sequence[Value], aliases: Mapping[str, str]) -> bool:
    """Whether a tab without a tag is what its title says."""
    if role is Role.HIDDEN:
        return Seal.read(first_row) is not None
    return role is Role.LEADS or (role in NEEDED and _has_headers(role, first_row, aliases))


def _has_headers(role: Role, first_row: Sequence[Value], aliases: Mapping[str, str]) -> bool:
    header = {at: text_of(value).strip() for at, value in enumerate(first_row)}
    columns, _ = match_headers(role, header, aliases)
    return set(NEEDED[role]) <= columns.keys()


def _titled(title: str) -> Role | None:
    folded = title.strip().casefold()
    return next((role for role, own in TITLES.items() if own.casefold() == folded), None)


def _tagged(sheet: Json, sheet_id: int) -> Role | None:
    for entry in sheet.get("developerMetadata") or ():
        role, _, owner = str(entry.get("metadataValue", "")).partition(":")
        if entry.get("metadataKey") == TAG and owner == str(sheet_id) and role in list(Role):
            return Role(role)
    return None


def _tab_from(found: Json) -> Tab:
    header = {int(at): text for at, text in found["header"].items()}
    return Tab(
        **{
            **found,
            "role": Role(found["role"]),
            "header": header,
            "problems": tuple(found["problems"]),
        }
    )


def _locks(sheet: Json) -> Iterable[Lock]:
    sheet_id = sheet["properties"].get("sheetId", 0)
    for one in sheet.get("protectedRanges") or ():
        if not isinstance(one, dict) or one.get("warningOnly") or one.get("requestingUserCanEdit"):
            continue
        area = one.get("range") or {}
        yield Lock(
            sheet_id,
            area.get("startRowIndex", 0),
            area.get("endRowIndex", _FAR),
            area.get("startColumnIndex", 0),
            area.get("endColumnIndex", _FAR),
        )


def _field(role: Role, text: str, aliases: Mapping[str, str]) -> tuple[str, bool]:
    folded = " ".join(text.casefold().split())
    if not folded:
        return "", False
    for name, header in HEADERS[role].items():
        if folded == header.casefold():
            return name, True
    if role is not Role.LEADS:
        return "", False
    column = find_column(aliases.get(folded, folded))
    return (column.field, False) if column else ("", False)


def _twice(role: Role, header: str, texts: Collection[str]) -> str:
    names = " and ".join(f'"{text}"' for text in texts)
    return f"The tab {TITLES[role]} has the column {header} twice ({names}): rename or delete one of them."
