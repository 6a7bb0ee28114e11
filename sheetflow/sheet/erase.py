"""Forgotten people: their rows and their lines of Activity are emptied, whenever they stand in the Sheet."""

from collections.abc import Collection, Iterator

from sheetflow.sheet.cells import text_of
from sheetflow.sheet.layout import Role, Tab
from sheetflow.sheet.read import Rows, Table, value_at
from sheetflow.sheet.write import Placed
from sheetflow.workflow.events import Kind

_TOLD = ("detail", "message_id")  # what a line of Activity can say of a person


def rows_of(table: Table, tab: Tab, forgotten: Collection[str]) -> Iterator[Placed]:
    """The Lead ID stays, so that nobody takes the row for a stranger's."""
    for row, lead_id in table.ids():
        if lead_id in forgotten:
            filled = {name: value for name, value in table.cells(row).items() if value not in (None, "")}
            over = {tab.columns[name]: value for name, value in filled.items() if name != "id"}
            if over:
                yield Placed(Role.LEADS, lead_id, row, lead_id, dict.fromkeys(over), {}, over)


def lines_of(rows: Rows, tab: Tab, forgotten: Collection[str]) -> Iterator[Placed]:
    """`rows` are those of Activity, its header first."""
    columns = tab.columns
    if tab.missing:
        return
    for number, row in enumerate(rows):
        lead_id = text_of(value_at(row, columns["lead_id"])).strip()
        if lead_id not in forgotten or value_at(row, columns["event"]) == Kind.FORGOTTEN.value:
            continue
        told = {columns[name]: value_at(row, columns[name]) for name in _TOLD if name in columns}
        over = {at: value for at, value in told.items() if value not in (None, "")}
        if over:
            event_id = text_of(value_at(row, columns["event_id"])).strip()
            yield Placed(Role.ACTIVITY, event_id, number, event_id, dict.fromkeys(over), {}, over)
