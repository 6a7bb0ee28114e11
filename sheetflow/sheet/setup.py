"""What `setup` makes: tabs, headers, dropdowns, formats, protections. It repairs and never takes away."""

import secrets
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sheetflow.ledger import state
from sheetflow.ledger.book import Book
from sheetflow.ledger.ledger import Ledger
from sheetflow.ledger.placing import newest_of, place_anew
from sheetflow.sheet.api import Api, Denied, Refused
from sheetflow.sheet.cells import Value, row_data, text_of
from sheetflow.sheet.layout import (
    CONTROL_LINES,
    HEADERS,
    MADE,
    SENDING,
    SHEET_IDS,
    TITLES,
    Role,
    Seal,
    Structure,
    Tab,
    tag,
)
from sheetflow.sheet.look.formats import look_of
from sheetflow.sheet.look.meanings import MEANINGS, START_HERE
from sheetflow.sheet.read import read_structure
from sheetflow.sheet.whose import find_mistake, misplaced_headers
from sheetflow.workflow.brakes import ON, PAUSED, is_on
from sheetflow.workflow.decide import some

Json = dict[str, Any]

GUARD = "sheetflow_setup_"  # how the named range of a setup begins
LOOKS = (
    "namedRanges(namedRangeId,name),sheets(properties(sheetId,title,tabColorStyle),"
    "developerMetadata(metadataKey),bandedRanges(bandedRangeId),conditionalFormats,charts(chartId),"
    "filterViews(filterViewId),protectedRanges(protectedRangeId,description))"
)
SIZES = {
    Role.LEADS: (1000, 30),
    Role.ACTIVITY: (1000, 8),
    Role.CONTROL: (100, 4),
    Role.DASHBOARD: (100, 8),
    Role.HIDDEN: (200, 60),
}
TRIES = 4  # of a batch that Google refuses because the Sheet changed meanwhile


@dataclass(frozen=True)
class Step:
    """Some requests and the sentence that says what they did; empty if it isn't worth one."""

    requests: Sequence[Json]
    did: str = ""


@dataclass(frozen=True)
class Found:
    """The spreadsheet as setup finds it: rows of Leads and Control, whose it is, and how its tabs look."""

    structure: Structure
    titles: Mapping[str, int]  # of every tab, folded
    looks: Mapping[int, Json]  # what `LOOKS` asks for, by tab
    rows: Mapping[Role, Sequence[Sequence[Value]]]
    seal: Seal | None
    guards: Sequence[str]  # IDs of earlier setups' named ranges

    @property
    def is_new(self) -> bool:
        return not {Role.ACTIVITY, Role.CONTROL, Role.HIDDEN} & self.structure.tabs.keys()

    def table(self, role: Role) -> Iterator[dict[str, Value]]:
        """The rows below the header, by field; of a tab that isn't there, none."""
        tab = self.structure.tabs.get(role)
        columns = tab.columns if tab else {}
        for row in self.rows.get(role, ())[1:]:
            yield {name: row[at] if at < len(row) else None for name, at in columns.items()}

    def column(self, role: Role, name: str) -> list[str]:
        """The texts in a column, without its header."""
        texts = (text_of(row.get(name)).strip() for row in self.table(role))
        return [text for text in texts if text]

    @property
    def control(self) -> dict[str, str]:
        """The lines of Control by name; of two with one name none counts."""
        counts = Counter(self.column(Role.CONTROL, "name"))
        lines = ((text_of(row.get("name")).strip(), row) for row in self.table(Role.CONTROL))
        return {name: text_of(row.get("value")) for name, row in lines if counts[name] == 1}


def set_up(api: Api, ledger: Ledger, *, take_over: bool) -> list[str]:
    """Makes what is missing; says what it did. The caller alone is at work on the Sheet.

    Raises Denied if the Sheet is another ledger's, or its headers aren't where they belong.
    """
    did: list[str] = []
    for _ in range(TRIES):
        found = find(api, ledger, whole=take_over)
        with ledger.reading() as book:
            plan = _Plan(found, book, take_over=take_over)
        steps = list(plan.steps())
        with ledger.writing() as book:
            said = [*(step.did for step in steps if step.did), *plan.remember(book)]
        did += [sentence for sentence in said if sentence not in did]
        try:
            _send(api, plan, steps)
            return did
        except Refused as error:
            refused = error  # it changed meanwhile, or the answer to the first try was lost
    raise refused


def find(api: Api, ledger: Ledger, *, whole: bool) -> Found:
    """With Activity's lines if `whole`. Raises Denied if the headers of Leads aren't where they belong."""
    with ledger.reading() as book:
        ours = set(book.all_there())
        before = Structure.from_json(book.get(state.SHEET_STRUCTURE))
    aliases = ledger.workflow.columns
    structure = read_structure(api, aliases, lambda ids: 2 * len(ours & set(ids)) > len(ours), before)
    answer = api.get(LOOKS)
    sheets = {sheet["properties"].get("sheetId", 0): sheet for sheet in answer["sheets"]}
    named = answer.get("namedRanges") or ()
    guards = [str(one["namedRangeId"]) for one in named if one["name"].startswith(GUARD)]
    rows = _read_rows(api, structure, (Role.ACTIVITY,) if whole else ())
    leads = structure.tabs.get(Role.LEADS)
    if leads and (wrong := misplaced_headers(leads, rows[Role.LEADS])):
        raise Denied(wrong)
    seal = Seal.read((*rows.get(Role.HIDDEN, ()), ())[0])
    titles = {str(sheet["properties"]["title"]).casefold(): one for one, sheet in sheets.items()}
    return Found(structure, titles, sheets, rows, seal, guards)


def _read_rows(
    api: Api, structure: Structure, more: Collection[Role]
) -> dict[Role, Sequence[Sequence[Value]]]:
    wanted = {
        role: {"sheetId": tab.id, **({"endRowIndex": 1} if role is Role.HIDDEN else {})}
        for role, tab in structure.tabs.items()
        if role in (Role.LEADS, Role.CONTROL, Role.HIDDEN, *more)
    }
    if not wanted:
        return {}
    answer = api.values_by_filter([{"gridRange": area} for area in wanted.values()])
    by_tab = {
        (one["dataFilters"][0].get("gridRange") or {}).get("sheetId", 0): one["valueRange"].get("values")
        or ()
        for one in answer["valueRanges"]
    }
    return {role: by_tab.get(area["sheetId"], ()) for role, area in wanted.items()}


def _send(api: Api, plan: "_Plan", steps: Sequence[Step]) -> None:
    """What was sent before its answer was lost is refused when it is sent again."""
    name = GUARD + secrets.token_hex(8)
    guard = {"name": name, "namedRangeId": name, "range": plan.guarded}
    requests = [request for step in steps for request in step.requests]
    requests += [{"deleteNamedRange": {"namedRangeId": one}} for one in plan.found.guards]
    requests.append({"addNamedRange": {"namedRange": guard}})
    api.batch_update({"requests": requests}, "spreadsheetId")


class _Plan:
    """What is to be done to a spreadsheet as it was found, and what the ledger remembers of it then."""

    def __init__(self, found: Found, book: Book, *, take_over: bool) -> None:
        self.found, self.workflow = found, book.workflow
        self.ledger = book.get(state.LEDGER)
        self.number = int(book.get(state.SHEET_NUMBER) or 0)
        self.sending = book.get(state.SENDING)
        mistake = find_mistake(found.structure, found.seal, book)
        if mistake and not take_over:
            raise Denied(mistake)
        self.takes_over = bool(mistake)
        guards = found.structure.guards_of(self.ledger)
        highest = max([self.number, *guards, found.seal.number if found.seal else 0])
        is_nobodys = found.seal is None and not found.structure.guards
        self.seal = (
            Seal(self.ledger, highest + 1, secrets.token_hex(8)) if self.takes_over or is_nobodys else None
        )
        self.before = dict(found.structure.tabs)
        self.tabs = {role: self.before.get(role) or self._new_tab(role) for role in Role}
        self.after = {role: _with_headers(tab, self._width(role)) for role, tab in self.tabs.items()}

    @property
    def guarded(self) -> Json:
        corner = {"startRowIndex": 0, "startColumnIndex": 0, "endRowIndex": 1, "endColumnIndex": 1}
        return {"sheetId": self.tabs[Role.HIDDEN].id, **corner}

    def steps(self) -> Iterator[Step]:
        """In the order in which they are done and told."""
        if told := self._own_tracker():
            yield Step((), told)
        for role, tab in self.tabs.items():
            if role not in self.before:
                yield Step([_add(tab)], "" if role is Role.HIDDEN else f"Made the tab {tab.title}.")
        for role in Role:
            yield from self._headers(role)
        yield from self._control()
        if self.seal:
            yield self._seal(self.seal)
        for role, tab in self.after.items():
            added = tab.columns.keys() - self.tabs[role].columns.keys()
            yield Step(
                list(look_of(tab, self.workflow, added, self._done(role), is_made=self._is_made(role)))
            )

    def remember(self, book: Book) -> list[str]:
        """The ledger's side: rows that aren't in this Sheet are written to it; says so."""
        book.put(state.SHEET_STRUCTURE, "")
        if Role.ACTIVITY not in self.before or self.takes_over:
            known = newest_of(book, self.found.column(Role.ACTIVITY, "event_id"))
            book.put(state.SHEET_ACTIVITY, str(known))
        if self.seal:
            book.put(state.SHEET_NUMBER, str(self.seal.number))
            book.put(state.SHEET_BATCH, "")
        if not self.seal and Role.LEADS in self.before:
            return []
        lost = place_anew(book, self.found.column(Role.LEADS, "id"))
        return [told_anew(lost)] if lost else []

    def _new_tab(self, role: Role) -> Tab:
        title, sheet_id = TITLES[role], SHEET_IDS[role]
        while title.casefold() in self.found.titles:
            title += " (sheetflow)"
        while sheet_id in self.found.titles.values():
            sheet_id += 100
        return Tab(role, sheet_id, title, *SIZES[role], is_tagged=False)

    def _width(self, role: Role) -> int:
        """The columns that have anything in them: people's notes may stand under no header."""
        rows = self.found.rows.get(role, ())
        return max([max(self.tabs[role].header, default=-1) + 1, *map(len, rows)])

    def _done(self, role: Role) -> Json:
        """What a tab has of its looks; empty for a new one."""
        if role not in self.before:
            return {}
        sheet = self.found.looks.get(self.tabs[role].id, {})
        return {**sheet, "tabColor": sheet.get("properties", {}).get("tabColorStyle"), "is there": True}

    def _is_made(self, role: Role) -> bool:
        if role is not Role.LEADS or not self.tabs[role].header:
            return True
        return self.tabs[role].is_made

    def _own_tracker(self) -> str:
        """What a tab that people made is used for, and what of it stays alone."""
        tab, after = self.tabs[Role.LEADS], self.after[Role.LEADS]
        if tab.is_tagged or not tab.header:
            return ""
        there = sorted(tab.columns.items(), key=lambda item: item[1])
        used = [_as(tab.header[at], HEADERS[Role.LEADS][name]) for name, at in there]
        new = [HEADERS[Role.LEADS][name] for name in after.columns if name not in tab.columns]
        others = [f'"{text}"' for at, text in tab.header.items() if at not in tab.columns.values()]
        parts = [f"The tab {tab.title} is your own tracker: sheetflow uses {_listed(used)}"]
        parts.append(f"adds {_listed(new)} to the right")
        parts.append(f"leaves alone {_listed(others or ['every other column'])}")
        return f"{'; '.join(parts)}. What stands in your cells is never written over."

    def _headers(self, role: Role) -> Iterator[Step]:
        """Tags the tab and adds the columns that are missing."""
        tab, after = self.tabs[role], self.after[role]
        requests: list[Json] = []
        if not tab.is_tagged:
            requests.append(_metadata(tag(role, tab.id)))
            if role is Role.LEADS and self._is_made(role):
                requests.append(_metadata({**tag(role, tab.id), "metadataKey": MADE}))
        new = {name: at for name, at in after.columns.items() if name not in tab.columns}
        if (length := after.column_count - tab.column_count) > 0:
            requests.append(
                {"appendDimension": {"sheetId": tab.id, "dimension": "COLUMNS", "length": length}}
            )
        for name, at in new.items():
            requests.append(_put(tab, 0, at, HEADERS[role][name]))
        names = _listed([HEADERS[role][name] for name in new])
        if requests:
            yield Step(requests, f"Added columns to {tab.title}: {names}." if new and tab.header else "")

    def _control(self) -> Iterator[Step]:
        """Lines that are missing. Sending starts ON only if there was nothing at all."""
        tab = self.after[Role.CONTROL]
        there = self.found.column(Role.CONTROL, "name")
        missing = [name for name in CONTROL_LINES if name not in there]
        if not missing:
            return
        is_on_now = self.found.is_new and is_on(self.sending)
        values = {SENDING: ON if is_on_now else PAUSED}
        did = ""
        if SENDING in missing and not self.found.is_new:
            did = f"Sending was missing on {tab.title}: it is PAUSED until you type ON."
        cells = [{"name": name, "value": values.get(name, ""), "meaning": MEANINGS[name]} for name in missing]
        data = [_row(tab, line) for line in cells]
        requests = [{"appendCells": {"sheetId": tab.id, "rows": data, "fields": "userEnteredValue"}}]
        if Role.CONTROL not in self.before:
            beside = len(HEADERS[Role.CONTROL])
            requests += [_put(tab, row, beside, words) for row, words in enumerate(START_HERE)]
        yield Step(requests, did)

    def _seal(self, seal: Seal) -> Step:
        """This ledger's name and number; no other ledger's batch fits after it."""
        tab = self.tabs[Role.HIDDEN]
        drop = ({"deleteNamedRange": {"namedRangeId": one}} for one in self.found.structure.guards.values())
        guard = {"name": seal.guard, "namedRangeId": seal.guard, "range": self.guarded}
        line = [_put(tab, 0, at, value) for at, value in enumerate(seal.line)]
        requests: list[Json] = [*drop, {"addNamedRange": {"namedRange": guard}}, *line]
        return Step(requests, "This ledger is the Sheet's own now." if self.takes_over else "")


def _with_headers(tab: Tab, first: int) -> Tab:
    """The tab with every column, new ones from `first` on; two that are one stay a problem for a person."""
    doubled = " ".join(tab.problems)
    missing = [
        name
        for name, header in HEADERS[tab.role].items()
        if name not in tab.columns and f"the column {header} twice" not in doubled
    ]
    columns = {**tab.columns, **{name: first + number for number, name in enumerate(missing)}}
    count = max(tab.column_count, first + len(missing))
    return replace(tab, columns=columns, column_count=count)


def _add(tab: Tab) -> Json:
    properties: Json = {
        "sheetId": tab.id,
        "title": tab.title,
        "index": list(Role).index(tab.role),
        "gridProperties": {"rowCount": tab.row_count, "columnCount": tab.column_count},
    }
    if tab.role is Role.HIDDEN:
        properties["hidden"] = True
    return {"addSheet": {"properties": properties}}


def _metadata(entry: Json) -> Json:
    return {"createDeveloperMetadata": {"developerMetadata": entry}}


def _put(tab: Tab, row: int, column: int, value: Value) -> Json:
    start = {"sheetId": tab.id, "rowIndex": row, "columnIndex": column}
    return {"updateCells": {"start": start, "rows": [row_data([value])], "fields": "userEnteredValue"}}


def _row(tab: Tab, line: Mapping[str, Value]) -> Json:
    by_column = {tab.columns[name]: value for name, value in line.items() if name in tab.columns}
    return row_data(by_column.get(at) for at in range(max(by_column) + 1))


def _as(theirs: str, ours: str) -> str:
    return ours if theirs.casefold() == ours.casefold() else f'"{theirs}" as {ours}'


def _listed(words: Collection[str]) -> str:
    return ", ".join(words)


def told_anew(count: int) -> str:
    return f"{some(count, 'row')} of Leads {'is' if count == 1 else 'are'} written anew."
