"""What `check` says about the Sheet: each fault in an owner's words, with how to mend it."""

from collections.abc import Iterator

from sheetflow.tracker.google_book import Book, read_book
from sheetflow.tracker.google_http import Api, Denied, Refused
from sheetflow.tracker.google_read import is_day_first, tab_problems
from sheetflow.workflow.sequence import Workflow
from sheetflow.workflow.typed import MONTH_FIRST


def find_faults(api: Api, workflow: Workflow) -> Iterator[str]:
    """In the order in which they must be mended; the first that hides all others ends the list.

    Raises TrackerUnavailable where Google has trouble, or can't be reached.
    """
    try:
        answer = api.get("properties(autoRecalc)")
        book = read_book(api, workflow.columns)
    except (Denied, Refused) as error:
        yield str(error)
        return
    recalculates = (answer.get("properties") or {}).get("autoRecalc", "ON_CHANGE")
    if not _can_write(api, recalculates):
        yield (
            f'The Sheet is shared with {api.account} for viewing only: open it, press Share, choose "Editor".'
        )
    if book is None:
        yield "The Sheet has none of sheetflow's tabs yet: run `python -m sheetflow setup`."
        return
    yield from tab_problems(book)
    yield from _settings(book, workflow)


def _can_write(api: Api, recalculates: str) -> bool:
    """Tries a write that changes nothing: a setting gets the value it has."""
    setting = {"properties": {"autoRecalc": recalculates}, "fields": "autoRecalc"}
    try:
        api.batch_update({"requests": [{"updateSpreadsheetProperties": setting}]}, "spreadsheetId")
    except Denied:
        return False
    return True


def _settings(book: Book, workflow: Workflow) -> Iterator[str]:
    business = workflow.business
    if book.zone and book.zone != str(business.zone):
        yield (
            f"The Sheet's time zone is {book.zone} and the business's is {business.zone}: make them the same "
            "(File, Settings). Times in the Sheet are the business's."
        )
    if business.country and is_day_first(book.locale) == (business.country in MONTH_FIRST):
        meant = "3 April" if is_day_first(book.locale) else "March 4"
        yield (
            f"The Sheet's locale is {book.locale}, so 03/04 means {meant} here: if that isn't how you write "
            "dates, change it (File, Settings)."
        )
