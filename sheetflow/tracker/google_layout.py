"""Where things stand in the spreadsheet: its tabs, and the columns of each, found anew by every read."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from sheetflow.tracker.google_cells import Grid, Value, text_of
from sheetflow.workflow.columns import COLUMNS, Whose, find_column

Json = dict[str, Any]
TAG = "sheetflow-tab"  # developer metadata of a tab: its role and its own ID, so that a copy has none


class Role(StrEnum):
    LEADS = "leads"
    ACTIVITY = "activity"
    CONTROL = "control"
    SUPPRESSED = "suppressed"
    DASHBOARD = "dashboard"
    BEFORE = "before"


TITLES = {
    Role.LEADS: "Leads",
    Role.ACTIVITY: "Activity",
    Role.CONTROL: "Control",
    Role.SUPPRESSED: "Suppressed",
    Role.DASHBOARD: "Dashboard",
    Role.BEFORE: "Sheetflow",
}
SHEET_IDS = {role: 7_401_001 + number for number, role in enumerate(Role)}
NEEDED_TABS = (Role.LEADS, Role.ACTIVITY, Role.CONTROL, Role.SUPPRESSED, Role.BEFORE)
READ_TABS = NEEDED_TABS

# Written when a row is adopted, so they don't belong to what makes it recognisable.
_NOT_TYPED = {column.field for column in COLUMNS if column.whose in (Whose.SHEETFLOW, Whose.SHARED)} | {
    "source"
}

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
    Role.SUPPRESSED: {"hash": "Address (SHA-256)", "reason": "Reason", "at": "Time"},
    Role.DASHBOARD: {},
    Role.BEFORE: {},
}
KEYS = {Role.LEADS: "id", Role.ACTIVITY: "event_id", Role.CONTROL: "name", Role.SUPPRESSED: "hash"}
NEEDED: Mapping[Role, tuple[str, ...]] = {
    Role.LEADS: ("id", "status", "email", "next_follow_up", "mark"),
    Role.ACTIVITY: ("at", "lead_id", "event", "step", "detail", "run", "event_id"),
    Role.CONTROL: ("name", "value"),
    Role.SUPPRESSED: ("hash", "reason", "at"),
}


@dataclass(frozen=True)
class Tab:
    """`columns` says where each field is, `header` what stands in the first row."""

    role: Role
    id: int
    title: str
    row_count: int
    column_count: int
    header: Mapping[int, str] = field(default_factory=dict)
    columns: Mapping[str, int] = field(default_factory=dict)
    problems: tuple[str, ...] = ()
    is_tagged: bool = True

    @property
    def key(self) -> int | None:
        return self.columns.get(KEYS[self.role])

    @property
    def missing(self) -> tuple[str, ...]:
        """Headers of columns without which nothing may be sent."""
        headers = HEADERS[self.role]
        return tuple(headers[name] for name in NEEDED.get(self.role, ()) if name not in self.columns)


def find_tabs(sheets: Iterable[Json]) -> dict[Role, Json]:
    """The tabs with a role: by their tag, else by their title and, but for Leads, their headers.

    What else people call Activity or Dashboard is theirs.
    """
    found: dict[Role, Json] = {}
    titled: dict[Role, Json] = {}
    by_title = {title.casefold(): role for role, title in TITLES.items()}
    for sheet in sheets:
        properties = sheet["properties"]
        role = _tagged(sheet, properties.get("sheetId", 0))
        if role:
            found.setdefault(role, sheet)
        elif (wanted := by_title.get(str(properties["title"]).strip().casefold())) and _is_ours(
            wanted, sheet
        ):
            titled.setdefault(wanted, sheet)
    return titled | found


def _is_ours(role: Role, sheet: Json) -> bool:
    """Whether a tab without a tag is what its title says, as far as its cells were read."""
    if role is Role.LEADS or "data" not in sheet:
        return role in NEEDED
    header = {at: text_of(value).strip() for at, value in grid_of(sheet).row(0).items()}
    columns, _ = _match(role, header, {})
    return role in NEEDED and set(NEEDED[role]) <= columns.keys()


def tab_of(role: Role, sheet: Json, first_row: Mapping[int, Value], aliases: Mapping[str, str]) -> Tab:
    properties = sheet["properties"]
    grid = properties.get("gridProperties") or {}
    header = {at: text_of(value).strip() for at, value in first_row.items()}
    columns, problems = _match(role, header, aliases)
    sheet_id = properties.get("sheetId", 0)
    return Tab(
        role,
        sheet_id,
        str(properties["title"]),
        grid.get("rowCount", 0),
        grid.get("columnCount", 0),
        header,
        columns,
        problems,
        _tagged(sheet, sheet_id) is not None,
    )


def tag(role: Role, sheet_id: int) -> Json:
    """The developer metadata by which a tab is found whatever it is called."""
    return {
        "metadataKey": TAG,
        "metadataValue": f"{role}:{sheet_id}",
        "visibility": "DOCUMENT",
        "location": {"sheetId": sheet_id},
    }


def grid_of(sheet: Json) -> Grid:
    return Grid.of(sheet.get("data") or ())


def _tagged(sheet: Json, sheet_id: int) -> Role | None:
    for entry in sheet.get("developerMetadata") or ():
        role, _, owner = str(entry.get("metadataValue", "")).partition(":")
        if entry.get("metadataKey") == TAG and owner == str(sheet_id) and role in list(Role):
            return Role(role)
    return None


def _match(
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


def _twice(role: Role, header: str, texts: Sequence[str]) -> str:
    names = " and ".join(f'"{text}"' for text in texts)
    return f"The tab {TITLES[role]} has the column {header} twice ({names}): rename or delete one of them."


def fingerprint(columns: Mapping[str, int], cells: Mapping[int, Value]) -> str:
    """What people typed into a row of Leads, as a short hash; sheetflow's own columns don't count."""
    ours = {at for name, at in columns.items() if name in _NOT_TYPED}
    typed = [text_of(cells[at]) for at in sorted(cells) if at not in ours]
    return hashlib.sha256("\x1f".join(typed).encode("utf-8", "replace")).hexdigest()[:16]
