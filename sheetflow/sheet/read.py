"""One look at the spreadsheet: a single request, whole or the few columns that a chunk of messages needs."""

import hashlib
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import zip_longest
from operator import itemgetter

from sheetflow.sheet.api import Api
from sheetflow.sheet.cells import Value, text_of
from sheetflow.sheet.layout import (
    HEADERS,
    SENDING,
    STRUCTURE,
    Json,
    Role,
    Seal,
    Structure,
    Tab,
    doubles_of,
    leads_like,
)

FEW = ("id", "status", "next_follow_up", "email")  # fields that a chunk of messages needs
_FIELDS = "valueRanges(valueRange(values),dataFilters(gridRange))"
_TWICE = "twice"  # what Sending reads as if there are two of it

Rows = Sequence[Sequence[Value]]
IsOurs = Callable[[Collection[str]], bool]  # whether these are most of our Lead IDs


@dataclass(frozen=True)
class Table:
    """Leads as read: rows by their number, 0 is the header; `columns` are those that were read, by field."""

    columns: Mapping[str, int]
    rows: Rows

    def cells(self, row: int) -> dict[str, Value]:
        return {name: value_at(self.rows[row], at) for name, at in self.columns.items()}

    def ids(self) -> Iterator[tuple[int, str]]:
        """Row and Lead ID, which may be empty, below the header."""
        at = self.columns["id"]
        for number, row in enumerate(self.rows):
            if number:
                value = row[at] if at < len(row) else ""
                yield number, value.strip() if isinstance(value, str) else text_of(value)

    def fingerprints(self, *, whole: bool) -> Iterator[str]:
        """Of each row, the header's too: of all of ours if they were read, and of a chunk's few fields."""
        width = max(self.columns.values()) + 1
        everything, few = self._getter(HEADERS[Role.LEADS]), self._getter(FEW)
        for row in self.rows:
            cells = row if len(row) >= width else [*row, *[""] * (width - len(row))]
            yield f"{_digest(everything(cells)) if whole else ''}.{_digest(few(cells))}"

    def _getter(self, names: Collection[str]) -> Callable[[Sequence[Value]], object]:
        found = [self.columns[name] for name in names if name in self.columns]
        return itemgetter(*found)


@dataclass(frozen=True)
class Line:
    """A line of Control: its row, its value, and all that stands in it."""

    row: int
    value: str
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Seen:
    """`leads` is None if the tab, or its column Lead ID, isn't there. `hidden` are rows of the hidden tab."""

    structure: Structure
    is_whole: bool
    leads: Table | None = None
    control: Mapping[str, Line] = field(default_factory=dict)
    hidden: Rows = ()
    told: Collection[str] = ()  # Event IDs in Activity, if they were asked for

    @property
    def seal(self) -> Seal | None:
        return Seal.read(self.hidden[0]) if self.hidden else None

    @property
    def sending(self) -> str:
        line = self.control.get(SENDING)
        return line.value.strip() if line else ""


def value_at(row: Sequence[Value], at: int) -> Value:
    """None for an empty cell."""
    value = row[at] if at < len(row) else None
    return None if value == "" else value


def look_at(api: Api, known: Structure, aliases: Mapping[str, str], *, whole: bool, hidden: int) -> Seen:
    """One request; a second one if a chunk's columns have moved. `hidden`: rows wanted of the hidden tab.

    Raises Refused if a tab that is remembered is gone.
    """
    wanted = dict(_ranges(known, whole=whole, hidden=hidden))
    found = _values(api, wanted)
    now = known.with_tabs(
        *(tab.with_header((*found[name], ())[0], aliases) for name, tab in _headed(known, wanted))
    )
    if not whole and _few(now) != _few(known):
        return look_at(api, now, aliases, whole=whole, hidden=hidden)
    leads = now.tabs.get(Role.LEADS)
    table = None
    if leads and "id" in leads.columns:
        rows = found["leads"] if whole else _joined(found, list(_few(now)))
        columns = dict(leads.columns) if whole else {name: at for at, name in enumerate(_few(now))}
        table = Table(columns, rows or [[]])
    control = now.tabs.get(Role.CONTROL)
    lines = _control(control, found["control"]) if control else {}
    return Seen(now, whole, table, lines, found.get("hidden", ()))


def read_structure(
    api: Api, aliases: Mapping[str, str], is_ours: IsOurs, before: Structure | None
) -> Structure:
    """The spreadsheet without its cells, but with every tab's first row.

    The tab that was read as Leads `before` stays it while it is there.
    """
    answer = api.get(STRUCTURE)
    sheets = answer.get("sheets") or ()
    ids = [sheet["properties"].get("sheetId", 0) for sheet in sheets]
    tops = _values(api, {str(one): {"sheetId": one, "startRowIndex": 0, "endRowIndex": 1} for one in ids})
    first_rows = {int(name): rows[0] for name, rows in tops.items() if rows}
    found = Structure.of(answer, first_rows, aliases)
    leads, read = found.tabs.get(Role.LEADS), _read_as_leads(before)
    for tab in sorted(leads_like(sheets, first_rows, aliases), key=lambda tab: tab.id != read):
        if tab.id == read or (leads is None and is_ours(texts_in(api, tab, "id"))):
            leads = tab
            break
    found = found.with_tabs(leads) if leads else found
    return replace(found, doubles=doubles_of(leads, sheets))


def _read_as_leads(before: Structure | None) -> int | None:
    tab = before.tabs.get(Role.LEADS) if before else None
    return tab.id if tab else None


def texts_in(api: Api, tab: Tab, name: str) -> set[str]:
    """What stands in one column."""
    rows = _values(api, {name: _column(tab, name)})[name]
    return {text_of(value_at(row, 0)).strip() for row in rows} - {""}


def all_rows(api: Api, tab: Tab) -> Rows:
    """A whole tab."""
    return _values(api, {"all": {"sheetId": tab.id}})["all"]


def _ranges(known: Structure, *, whole: bool, hidden: int) -> Iterator[tuple[str, Json]]:
    tabs = known.tabs
    if leads := tabs.get(Role.LEADS):
        yield "leads", {"sheetId": leads.id, **({} if whole else _FIRST)}
        if not whole:
            yield from ((name, _column(leads, name)) for name in _few(known))
    if control := tabs.get(Role.CONTROL):
        yield "control", {"sheetId": control.id}
    if activity := tabs.get(Role.ACTIVITY):
        yield "activity", {"sheetId": activity.id, **_FIRST}
    if tab := tabs.get(Role.HIDDEN):
        yield "hidden", {"sheetId": tab.id, "startRowIndex": 0, "endRowIndex": hidden}


_FIRST = {"startRowIndex": 0, "endRowIndex": 1}


def _column(tab: Tab, name: str) -> Json:
    at = tab.columns[name]
    return {"sheetId": tab.id, "startRowIndex": 1, "startColumnIndex": at, "endColumnIndex": at + 1}


def _few(structure: Structure) -> dict[str, int]:
    leads = structure.tabs.get(Role.LEADS)
    return {name: leads.columns[name] for name in FEW if name in leads.columns} if leads else {}


def _headed(known: Structure, wanted: Mapping[str, Json]) -> Iterator[tuple[str, Tab]]:
    for role in (Role.LEADS, Role.CONTROL, Role.ACTIVITY):
        if role.value in wanted:
            yield role.value, known.tabs[role]


def _values(api: Api, ranges: Mapping[str, Json]) -> dict[str, Rows]:
    """By name; matched by where each begins, since their order isn't promised."""
    if not ranges:
        return {}
    answer = api.values_by_filter([{"gridRange": one} for one in ranges.values()], _FIELDS)
    found = {}
    for one in answer.get("valueRanges") or ():
        found[_begin(one["dataFilters"][0]["gridRange"])] = one.get("valueRange") or []
    return {name: found.get(_begin(one), []) for name, one in ranges.items()}


def _begin(area: Json) -> tuple[int, int, int]:
    return area.get("sheetId", 0), area.get("startRowIndex", 0), area.get("startColumnIndex", 0)


def _joined(found: Mapping[str, Rows], names: Sequence[str]) -> Rows:
    """Columns side by side below an empty header."""
    columns = ([row[0] if row else "" for row in found[name]] for name in names)
    return [[], *zip_longest(*columns, fillvalue="")]


def _control(tab: Tab, rows: Rows) -> dict[str, Line]:
    """If a name stands twice the first counts, but of Sending there may be only one."""
    if tab.missing:
        return {}
    found: dict[str, Line] = {}
    counts: Counter[str] = Counter()
    for number, row in enumerate(rows):
        name = text_of(value_at(row, tab.columns["name"])).strip()
        if number and name:
            counts[name] += 1
            value = text_of(value_at(row, tab.columns["value"]))
            found.setdefault(name, Line(number, value, tuple(text_of(cell).strip() for cell in row)))
    if counts[SENDING] > 1:
        found[SENDING] = Line(found[SENDING].row, _TWICE, ())
    return found


def _digest(cells: object) -> str:
    return hashlib.blake2b(repr(cells).encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
