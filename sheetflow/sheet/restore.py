"""`restore`: what the Sheet holds of leads, read for a ledger that lost it."""

from collections import Counter
from collections.abc import Container
from datetime import datetime

from sheetflow.ledger import state
from sheetflow.ledger.ledger import Ledger
from sheetflow.ledger.placing import newest_of
from sheetflow.ledger.restoring import Evidence, Line, restore
from sheetflow.sheet.activity import read_line
from sheetflow.sheet.api import Api, Denied
from sheetflow.sheet.cells import cell_of, text_of
from sheetflow.sheet.layout import HEADERS, SENDING, Role
from sheetflow.sheet.setup import Found, find, set_up
from sheetflow.sheet.whose import LEAD_ID
from sheetflow.workflow.columns import BY_FIELD
from sheetflow.workflow.events import iso
from sheetflow.workflow.lead import Cell

NOTHING = (
    "The Sheet has neither Leads nor Activity, so there is nothing to restore from: bring the tabs back "
    "(File, Version history)."
)
NO_COLUMN = 'The tab {} has no column "{}", or two of them: put its header right, then restore.'
NEEDED = {Role.LEADS: ("id",), Role.ACTIVITY: ("at", "lead_id", "event", "step", "detail", "event_id")}


def restore_from(api: Api, ledger: Ledger, now: datetime) -> list[str]:
    """Fills the ledger and takes the Sheet over. The caller alone is at work on the Sheet.

    Raises Denied if there is nothing to restore from.
    """
    found = find(api, ledger, whole=True)
    if not NEEDED.keys() & found.structure.tabs.keys():
        raise Denied(NOTHING)
    for role, tab in found.structure.tabs.items():
        for name in NEEDED.get(role, ()):
            if name not in tab.columns:
                raise Denied(NO_COLUMN.format(tab.title, HEADERS[role][name]))
    lines, lost = _lines(found)
    with ledger.writing() as book:
        evidence = Evidence(_rows(found, {line.event.lead_id for line in lines}), lines, lost)
        did = restore(book, evidence, now)
        if found.seal and found.seal.ledger == book.get(state.LEDGER):
            book.put(state.SHEET_NUMBER, str(found.seal.number))
        book.put(state.SHEET_BATCH, "")
        book.put(state.SHEET_ACTIVITY, str(newest_of(book, [line.event.id for line in lines])))
        book.put(state.SENDING, found.control.get(SENDING, ""))
        book.put(state.SENDING_READ, iso(now))
    if lost:
        count = lost.total()
        did.append(f"{count} {'line' if count == 1 else 'lines'} of Activity can't be read.")
    return [*did, *set_up(api, ledger, take_over=True)]


def _rows(found: Found, told: Container[str]) -> dict[str, dict[str, Cell]]:
    """By Lead ID, of those that sheetflow gave. Of two rows with one ID the first counts; the next look
    holds both."""
    rows: dict[str, dict[str, Cell]] = {}
    for row in found.table(Role.LEADS):
        cells = {name: cell_of(value, BY_FIELD[name]) for name, value in row.items()}
        lead_id = text_of(row["id"]).strip()
        if LEAD_ID.fullmatch(lead_id) or (lead_id and lead_id in told):
            rows.setdefault(lead_id, {**cells, "id": lead_id})
    return rows


def _lines(found: Found) -> tuple[list[Line], Counter[str]]:
    """Those that can be read, each once, and how many of each lead can't."""
    lost, lines = Counter[str](), dict[str, Line]()
    for row in found.table(Role.ACTIVITY):
        cells = {**dict.fromkeys(HEADERS[Role.ACTIVITY], ""), **{name: text_of(row[name]) for name in row}}
        try:
            line = read_line(cells)
        except ValueError:
            if any(cells.values()):
                lost[cells["lead_id"].strip()] += 1
            continue
        lines.setdefault(line.event.id, line)
    return list(lines.values()), lost
