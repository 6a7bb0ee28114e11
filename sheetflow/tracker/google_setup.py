"""What `setup` makes: tabs, headers, dropdowns, formats, protections. It repairs and never takes away."""

import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sheetflow.tracker.google_book import Book
from sheetflow.tracker.google_cells import row_data, text_of
from sheetflow.tracker.google_changes import GUARD, control_values
from sheetflow.tracker.google_layout import HEADERS, SHEET_IDS, TITLES, Role, Tab, tag
from sheetflow.tracker.google_look import look_of
from sheetflow.tracker.google_read import has_lost_salt
from sheetflow.workflow import tracked
from sheetflow.workflow.lead import Mark
from sheetflow.workflow.sequence import Workflow

Json = dict[str, Any]

LOOKS = (
    "sheets(properties(sheetId,title,tabColorStyle),developerMetadata(metadataKey),bandedRanges(bandedRangeId),"
    "conditionalFormats(ranges),protectedRanges(protectedRangeId,description))"
)
SIZES = {
    Role.LEADS: (1000, 30),
    Role.ACTIVITY: (1000, 8),
    Role.CONTROL: (100, 3),
    Role.SUPPRESSED: (200, 3),
    Role.DASHBOARD: (100, 8),
    Role.BEFORE: (200, 60),
}
CONTROL_LINES = (
    tracked.SENDING,
    tracked.PROBLEMS,
    tracked.BLOCKED,
    tracked.LAST_JOB,
    tracked.LAST_MAILBOX,
    tracked.WAITING,
    tracked.CURSOR,
    tracked.BY_HAND,
)


@dataclass(frozen=True)
class Step:
    """Some requests and the sentence that says what they did; empty where it isn't worth one."""

    requests: Sequence[Json]
    did: str = ""


def plan_setup(book: Book | None, sheets: Sequence[Json], workflow: Workflow, hour: int) -> list[Step]:
    """`book` is None for a spreadsheet that has none of our tabs; `sheets` is what `LOOKS` asks for.

    `hour` marks the age of the guard.
    """
    tab_ids = {sheet["properties"].get("sheetId", 0) for sheet in sheets}
    tab_titles = {str(sheet["properties"]["title"]) for sheet in sheets}
    tabs = dict(book.tabs) if book else {}
    is_new = Role.ACTIVITY not in tabs and Role.CONTROL not in tabs
    steps: list[Step] = []
    # First of all: what follows must not be done twice where the answer is lost.
    guard: Json = {"addNamedRange": {"namedRange": {"name": GUARD + secrets.token_hex(12), "range": {}}}}
    for role in Role:
        if role not in tabs:
            tabs[role] = _new_tab(role, tab_ids, tab_titles)
            steps.append(Step(list(_add(tabs[role])), _added(role)))
    area = {"startRowIndex": hour, "endRowIndex": hour + 1, "startColumnIndex": 0, "endColumnIndex": 1}
    guard["addNamedRange"]["namedRange"]["range"] = {"sheetId": tabs[Role.BEFORE].id, **area}
    steps.append(Step([guard]))
    after = {role: _with_headers(tab, _width(book, role)) for role, tab in tabs.items()}
    steps += [step for role, tab in tabs.items() if (step := _headers(tab, after[role]))]
    tabs = after
    if book and Role.LEADS in book.tabs:
        steps.append(Step(list(_lost_ids(book, tabs[Role.LEADS]))))
    lost = [TITLES[role] for role in (Role.ACTIVITY, Role.SUPPRESSED) if book and role not in book.tabs]
    steps += _control(book, tabs[Role.CONTROL], lost, is_new=is_new)
    looks = {sheet["properties"].get("sheetId", 0): sheet for sheet in sheets}
    steps += [Step(list(look_of(tab, workflow, _made(looks.get(tab.id))))) for tab in tabs.values()]
    return steps


def _made(sheet: Json | None) -> Json:
    """What a tab has of its looks; where sheetflow or a person has seen to the widths they stay."""
    if sheet is None:
        return {}
    tagged = bool(sheet.get("developerMetadata"))
    return {**sheet, "tabColor": sheet["properties"].get("tabColorStyle"), "columnMetadata": tagged}


def _new_tab(role: Role, ids: set[int], titles: set[str]) -> Tab:
    title, sheet_id = TITLES[role], SHEET_IDS[role]
    while title.casefold() in {one.casefold() for one in titles}:
        title += " (sheetflow)"
    while sheet_id in ids:
        sheet_id += 100
    rows, columns = SIZES[role]
    return Tab(role, sheet_id, title, rows, columns, is_tagged=False)


def _add(tab: Tab) -> Iterator[Json]:
    grid: Json = {"rowCount": tab.row_count, "columnCount": tab.column_count}
    index = list(Role).index(tab.role)
    properties: Json = {"sheetId": tab.id, "title": tab.title, "index": index, "gridProperties": grid}
    if tab.role is Role.BEFORE:
        properties["hidden"] = True
    yield {"addSheet": {"properties": properties}}


def _added(role: Role) -> str:
    return "" if role is Role.BEFORE else f"Made the tab {TITLES[role]}."


def _headers(tab: Tab, after: Tab) -> Step | None:
    """Tags the tab and adds the columns that are missing; `after` has them."""
    requests: list[Json] = []
    if not tab.is_tagged:
        requests.append({"createDeveloperMetadata": {"developerMetadata": tag(tab.role, tab.id)}})
    new = {name: at for name, at in after.columns.items() if name not in tab.columns}
    if after.column_count > tab.column_count:
        length = after.column_count - tab.column_count
        requests.append({"appendDimension": {"sheetId": tab.id, "dimension": "COLUMNS", "length": length}})
    for name, at in new.items():
        start = {"sheetId": tab.id, "rowIndex": 0, "columnIndex": at}
        header = HEADERS[tab.role][name]
        requests.append(
            {"updateCells": {"start": start, "rows": [row_data([header])], "fields": "userEnteredValue"}}
        )
    if not requests:
        return None
    added = ", ".join(HEADERS[tab.role][name] for name in new)
    return Step(requests, f"Added columns to {tab.title}: {added}." if new and tab.header else "")


def _width(book: Book | None, role: Role) -> int:
    """The columns that have anything in them: people's notes may stand under no header."""
    rows = book.view.grids[role].rows.values() if book and role in book.tabs else ()
    return max((at + 1 for cells in rows for at in cells), default=0)


def _with_headers(tab: Tab, first: int) -> Tab:
    """The tab with every column, new ones from `first` on; two that are one stay a problem for a person."""
    doubled = " ".join(tab.problems)
    missing = [
        name
        for name, header in HEADERS[tab.role].items()
        if name not in tab.columns and f"the column {header} twice" not in doubled
    ]
    columns = {**tab.columns, **{name: first + number for number, name in enumerate(missing)}}
    header = {**tab.header, **{columns[name]: HEADERS[tab.role][name] for name in missing}}
    count = max(tab.column_count, first + len(missing))
    return Tab(tab.role, tab.id, tab.title, tab.row_count, count, header, columns, tab.problems)


def _control(book: Book | None, tab: Tab, lost: Sequence[str], *, is_new: bool) -> list[Step]:
    """Lines that are missing. Sending starts ON only where there was nothing at all."""
    lines = book.control if book else {}
    wanted = dict.fromkeys(CONTROL_LINES, "")
    wanted[tracked.SENDING] = tracked.ON if is_new else tracked.PAUSED
    wanted[tracked.SALT] = secrets.token_hex(16)
    rows = [(name, value) for name, value in wanted.items() if name not in lines]
    requests = [_control_rows(tab, rows)] if rows else []
    did = []
    if book and has_lost_salt(book):
        requests += _typed_over(book, tab, tracked.SALT, wanted[tracked.SALT])
    if book and has_lost_salt(book) and not is_new and tracked.SENDING in lines:
        # The old salt is lost, and with it who is on Suppressed: a person decides how to go on.
        requests += _typed_over(book, tab, tracked.SENDING, tracked.PAUSED)
        did.append("Control's salt was lost, so Suppressed isn't understood any more: Sending is PAUSED.")
    elif lost and not is_new and tracked.SENDING in lines:
        requests += _typed_over(book, tab, tracked.SENDING, tracked.PAUSED)
        did.append(f"What stood on {lost[0]} is lost: Sending is PAUSED until you type ON.")
    elif tracked.SENDING not in lines and not is_new:
        did.append("Sending was missing on Control: it is PAUSED until you type ON.")
    return [Step(requests, " ".join(did))] if requests else []


def _control_rows(tab: Tab, rows: Sequence[tuple[str, str]]) -> Json:
    data = []
    for name, value in rows:
        values = control_values(name, value)
        by_column = {tab.columns[key]: cell for key, cell in values.items() if key in tab.columns}
        data.append(row_data(by_column.get(at) for at in range(max(by_column) + 1)))
    return {"appendCells": {"sheetId": tab.id, "rows": data, "fields": "userEnteredValue"}}


def _typed_over(book: Book | None, tab: Tab, name: str, value: str) -> list[Json]:
    """Nothing where the line is missing."""
    row = book.row_of(Role.CONTROL, name) if book else None
    if row is None:
        return []
    start = {"sheetId": tab.id, "rowIndex": row, "columnIndex": tab.columns["value"]}
    return [{"updateCells": {"start": start, "rows": [row_data([value])], "fields": "userEnteredValue"}}]


def _lost_ids(book: Book, tab: Tab) -> Iterator[Json]:
    """Lead IDs, from the marks, where the column Lead ID was deleted; `tab` has it again."""
    if "id" in book.tabs[Role.LEADS].columns or "id" not in tab.columns:
        return
    for row in sorted(book.view.grids[Role.LEADS].rows):
        lead_id = Mark.from_json(text_of(book.cell(Role.LEADS, row, "mark"))).lead_id
        if row and lead_id:
            start = {"sheetId": tab.id, "rowIndex": row, "columnIndex": tab.columns["id"]}
            yield {
                "updateCells": {"start": start, "rows": [row_data([lead_id])], "fields": "userEnteredValue"}
            }
