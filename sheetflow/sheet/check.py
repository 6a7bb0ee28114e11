"""What `check` says about the Sheet: each fault in an owner's words, with how to mend it."""

from collections.abc import Iterator

from sheetflow.ledger import state
from sheetflow.ledger.ledger import Ledger
from sheetflow.sheet.api import Api, Denied, Refused
from sheetflow.sheet.layout import SENDING, Role, Structure
from sheetflow.sheet.looking import tab_problems
from sheetflow.sheet.setup import Found, find
from sheetflow.sheet.whose import find_mistake
from sheetflow.workflow.sequence import Workflow
from sheetflow.workflow.typed import MONTH_FIRST, is_day_first

NOT_MADE = "The Sheet has none of sheetflow's tabs yet: run `python -m sheetflow setup`."
VIEWER = 'The Sheet is shared with {} for viewing only: open it, press Share, choose "Editor".'
OLDER = (
    "The Sheet is an older version (batch {} of {}): the next run writes its rows anew and sets Sending to "
    "PAUSED. Nothing that stands in it now counts as typed."
)
NO_SENDING = 'The tab {} has no line "Sending", or two of them, so nothing is sent: run setup, then type ON.'
ZONE = (
    "The Sheet's time zone is {} and the business's is {}: make them the same (File, Settings). Times in the "
    "Sheet are the business's."
)
LOCALE = (
    "The Sheet's locale is {}, so 03/04 means {} here: if that isn't how you write dates, change it "
    "(File, Settings)."
)


def find_faults(api: Api, ledger: Ledger) -> Iterator[str]:
    """In the order in which they must be mended; the first that hides all others ends the list.

    Raises SheetUnavailable if Google has trouble, or can't be reached.
    """
    try:
        found = find(api, ledger, whole=False)
        can_write = _can_write(api)
    except (Denied, Refused) as error:
        yield str(error)
        return
    if not can_write:
        yield VIEWER.format(api.account)
    if found.is_new and Role.LEADS not in found.structure.tabs:
        yield NOT_MADE
        return
    with ledger.reading() as book:
        mistake, before = find_mistake(found.structure, found.seal, book), book.get(state.SHEET_PROBLEMS)
        number = int(book.get(state.SHEET_NUMBER) or 0)
    if mistake:
        yield mistake
        return
    if found.seal and found.seal.number < number:
        yield OLDER.format(found.seal.number, number)
    said = [*tab_problems(found.structure), *_sending(found), *_settings(found.structure, ledger.workflow)]
    yield from said
    yield from (line for line in before.splitlines() if line not in said)


def _sending(found: Found) -> Iterator[str]:
    tab = found.structure.tabs.get(Role.CONTROL)
    if tab and not tab.missing and SENDING not in found.control:
        yield NO_SENDING.format(tab.title)


def _can_write(api: Api) -> bool:
    """Tries a write that changes nothing: a setting gets the value it has."""
    properties = api.get("properties(autoRecalc)").get("properties") or {}
    setting = {
        "properties": {"autoRecalc": properties.get("autoRecalc", "ON_CHANGE")},
        "fields": "autoRecalc",
    }
    try:
        api.batch_update({"requests": [{"updateSpreadsheetProperties": setting}]}, "spreadsheetId")
    except Denied:
        return False
    return True


def _settings(structure: Structure, workflow: Workflow) -> Iterator[str]:
    business, zone, locale = workflow.business, structure.zone, structure.locale
    if zone and zone != str(business.zone):
        yield ZONE.format(zone, business.zone)
    is_first = is_day_first(locale)
    if business.country and locale and is_first == (business.country.upper() in MONTH_FIRST):
        yield LOCALE.format(locale, "3 April" if is_first else "March 4")
