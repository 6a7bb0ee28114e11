"""The spreadsheet as it was read last, brought up to date by the answers to our own writes."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sheetflow.tracker.google_cells import Grid, Value, text_of
from sheetflow.tracker.google_http import Api, Refused
from sheetflow.tracker.google_layout import READ_TABS, TAG, Role, Tab, find_tabs, grid_of, tab_of
from sheetflow.workflow import tracked
from sheetflow.workflow.events import Event

Json = dict[str, Any]

_TAB = (
    "properties(sheetId,title,gridProperties(rowCount,columnCount)),"
    "developerMetadata(metadataKey,metadataValue)"
)
_CELLS = "data(startRow,startColumn,rowData(values(effectiveValue)))"
_LOCKS = "protectedRanges(range,warningOnly,requestingUserCanEdit)"
_FILE = "properties(locale,timeZone),namedRanges(namedRangeId,name,range(startRowIndex))"
STRUCTURE = f"{_FILE},sheets({_TAB})"
EVERYTHING = f"{_FILE},sheets({_TAB},{_LOCKS},{_CELLS})"
ANSWER = f"updatedSpreadsheet(sheets({_TAB},{_CELLS}))"


@dataclass(frozen=True)
class View:
    """Tabs and cells as one answer of the API shows them, whole or in parts."""

    tabs: Mapping[Role, Tab]
    grids: Mapping[Role, Grid]

    @classmethod
    def of(cls, sheets: Iterable[Json], aliases: Mapping[str, str]) -> "View":
        tabs, grids = {}, {}
        for role, sheet in find_tabs(sheets).items():
            grids[role] = grid_of(sheet)
            tabs[role] = tab_of(role, sheet, grids[role].row(0), aliases)
        return cls(tabs, grids)

    def places(self, role: Role) -> dict[str, list[int]]:
        """The rows of each key, from the top."""
        found: dict[str, list[int]] = {}
        if role in self.tabs and self.tabs[role].key is not None:
            for row, value in self.grids[role].column(self.tabs[role].key):
                if row:
                    found.setdefault(text_of(value).strip(), []).append(row)
        return found


@dataclass(frozen=True)
class Guard:
    """A named range that makes a second write of the same fail; its row tells the hour it was made in."""

    id: str
    row: int


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
class Lines:
    """Activity as events, each once, by their IDs; and the Lead IDs of lines that can't be read."""

    events: dict[str, Event] = field(default_factory=dict)
    unreadable: tuple[str, ...] = ()

    def __add__(self, later: "Lines") -> "Lines":
        """In the order of the tab, also where our own lines were known before they were read."""
        before = {key: event for key, event in self.events.items() if key not in later.events}
        return Lines({**before, **later.events}, self.unreadable + later.unreadable)


@dataclass
class Book:
    view: View
    locale: str
    zone: str
    guards: dict[str, Guard]  # by name
    locks: Sequence[Lock]
    places: dict[Role, dict[str, list[int]]] = field(default_factory=dict)
    event_ids: set[str] = field(default_factory=set)
    hashes: set[str] = field(default_factory=set)
    lines: Lines | None = None  # of Activity, once somebody has asked
    earlier: Lines = field(default_factory=Lines)  # those that weren't read again
    tail: tuple[int, str] = (0, "")  # row and Event ID of Activity's last line
    remarks: Sequence[tuple[str, int, str]] = ()  # Lead ID, which of its rows, what Why must say there

    @property
    def tabs(self) -> Mapping[Role, Tab]:
        return self.view.tabs

    @property
    def control(self) -> dict[str, str]:
        return control_of(self.view)

    def row_of(self, role: Role, key: str) -> int | None:
        """The row of a key that stands exactly once."""
        rows = self.places[role].get(key, ())
        return rows[0] if len(rows) == 1 else None

    def knows(self, lead_id: str) -> bool:
        """Whether a lead's row was read, and not only its ID."""
        rows = self.places[Role.LEADS].get(lead_id, ())
        return bool(rows) and all(self.view.grids[Role.LEADS].row(row) for row in rows)

    def cell(self, role: Role, row: int, name: str) -> Value:
        at = self.tabs[role].columns.get(name)
        return None if at is None else self.view.grids[role].row(row).get(at)

    def set_rows(self, role: Role, rows: Mapping[int, Mapping[int, Value]]) -> None:
        grid = Grid(rows, self.view.grids[role].height)
        self.view = View(self.view.tabs, {**self.view.grids, role: grid})

    def is_locked(self, role: Role, row: int, column: int) -> bool:
        return any(lock.holds(self.tabs[role].id, row, column) for lock in self.locks)


def read_book(api: Api, aliases: Mapping[str, str]) -> Book | None:
    """One read, a second one where the tabs aren't known by their tags yet; None where there are none."""
    tagged = {"developerMetadataLookup": {"metadataKey": TAG}}
    answer = api.get_by_filter([tagged], EVERYTHING)
    if set(READ_TABS) - find_tabs(answer.get("sheets") or ()).keys():
        there = find_tabs(api.get(STRUCTURE)["sheets"])
        if not there:
            return None
        ids = [sheet["properties"].get("sheetId", 0) for sheet in there.values()]
        answer = api.get_by_filter([{"gridRange": {"sheetId": one}} for one in ids], EVERYTHING)
    return book_of(answer, aliases)


def read_again(api: Api, aliases: Mapping[str, str], known: Book, lines: Lines) -> Book | None:
    """The book anew, but for the lines of Activity that are known already, which only grow.

    None where people have done something to them, or to the tabs.
    """
    row, event_id = known.tail
    if not row or set(READ_TABS) - known.tabs.keys():
        return None
    before = known.tabs[Role.ACTIVITY]
    ids = [tab.id for role, tab in known.tabs.items() if role is not Role.ACTIVITY]
    parts: list[Json] = [{"sheetId": one} for one in ids]
    parts += [{"sheetId": before.id, "endRowIndex": 1}, {"sheetId": before.id, "startRowIndex": row}]
    try:
        answer = api.get_by_filter([{"gridRange": part} for part in parts], EVERYTHING)
    except Refused:
        return None
    book = book_of(answer, aliases)
    now = book.tabs.get(Role.ACTIVITY)
    if now is None or now.header != before.header or event_id not in book.event_ids:
        return None
    rows = dict(book.view.grids[Role.ACTIVITY].rows)
    if text_of(rows.pop(row, {}).get(now.key or 0)).strip() != event_id:
        return None
    book.set_rows(Role.ACTIVITY, rows)
    book.event_ids |= known.event_ids
    book.earlier = lines
    return book


def book_of(answer: Json, aliases: Mapping[str, str]) -> Book:
    sheets = answer.get("sheets") or []
    view = View.of(sheets, aliases)
    properties = answer.get("properties") or {}
    guards = {
        named["name"]: Guard(named["namedRangeId"], (named.get("range") or {}).get("startRowIndex", 0))
        for named in answer.get("namedRanges") or ()
    }
    locks = [lock for sheet in sheets for lock in _locks(sheet)]
    book = Book(view, properties.get("locale", ""), properties.get("timeZone", ""), guards, locks)
    for role in (Role.LEADS, Role.CONTROL):
        book.places[role] = view.places(role)
    activity = view.places(Role.ACTIVITY)
    book.event_ids = set(activity)
    book.tail = max(((rows[-1], event_id) for event_id, rows in activity.items()), default=(0, ""))
    book.hashes = set(view.places(Role.SUPPRESSED))
    return book


def control_of(view: View) -> dict[str, str]:
    """The lines of Control. Where one stands twice the first counts, and Sending counts only once."""
    tab = view.tabs.get(Role.CONTROL)
    if tab is None or tab.missing:
        return {}
    name, value = tab.columns["name"], tab.columns["value"]
    rows = [row for number, row in sorted(view.grids[Role.CONTROL].rows.items()) if number and name in row]
    lines = [(text_of(row[name]).strip(), text_of(row.get(value))) for row in rows]
    counts = Counter(line[0] for line in lines)
    found = dict(reversed(lines))
    return {**found, tracked.SENDING: "twice"} if counts[tracked.SENDING] > 1 else found


def _locks(sheet: Json) -> Iterable[Lock]:
    sheet_id = sheet["properties"].get("sheetId", 0)
    for one in sheet.get("protectedRanges") or ():
        if not isinstance(one, dict) or one.get("warningOnly") or one.get("requestingUserCanEdit"):
            continue
        area = one.get("range") or {}
        far = 10**9
        yield Lock(
            sheet_id,
            area.get("startRowIndex", 0),
            area.get("endRowIndex", far),
            area.get("startColumnIndex", 0),
            area.get("endColumnIndex", far),
        )
