"""What people do to leads: by the Sheet, by a page, by a command, by the link in a message."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from sheetflow.ledger import schema
from sheetflow.ledger.book import GONE, Book
from sheetflow.ledger.settling import settle
from sheetflow.ledger.turns import pass_turn, turns
from sheetflow.workflow import statuses
from sheetflow.workflow.columns import LEAD_FIELDS
from sheetflow.workflow.details import status_detail
from sheetflow.workflow.edits import SUPPRESSING, Edit, events_of, in_order
from sheetflow.workflow.events import Event, Kind, event_id
from sheetflow.workflow.history import History, fold
from sheetflow.workflow.lead import Lead, cell_text
from sheetflow.workflow.optout import BY_LINK, OptOut, event_of, may_undo
from sheetflow.workflow.review import Case
from sheetflow.workflow.routing import assign

BY_HAND = ", set by hand"


def apply_edits(book: Book, edits: Iterable[Edit], now: datetime, *, day_first: bool) -> None:
    """Records and obeys what people typed. Edits of leads that the ledger doesn't know do nothing."""
    by_lead: dict[str, list[Edit]] = defaultdict(list)
    for edit in edits:
        by_lead[edit.lead_id].append(edit)
    for case in book.cases(by_lead):
        for edit in in_order(by_lead[case.lead.id]):
            case = _apply(book, edit, case, now, day_first=day_first)
    settle(book, by_lead, now)


def delete_rows(book: Book, lead_ids: Collection[str], now: datetime) -> None:
    """A person deleted these leads' rows: nothing is sent to them, and they are out of the numbers."""
    for case in book.cases(lead_ids):
        history = fold(case.events, book.workflow, case.suppressed)
        name = event_id(Kind.ROW_DELETED, case.lead.id, str(len(case.events)))
        book.record([Event(history.stamp(now), case.lead.id, Kind.ROW_DELETED, name)])
        book.change(case.lead.id, {"place": GONE})
    settle(book, lead_ids, now)


def bring_back_rows(book: Book, lead_ids: Collection[str], now: datetime) -> None:
    """Deleted rows are there again: the same leads, Paused."""
    word = status_detail(statuses.PAUSED, "its row came back; set New or Following up to go on")
    for case in book.cases(lead_ids):
        history = fold(case.events, book.workflow, case.suppressed)
        name = event_id(Kind.STATUS, case.lead.id, str(len(case.events)), "back")
        book.record([Event(history.stamp(now), case.lead.id, Kind.STATUS, name, detail=word)])
        book.change(case.lead.id, {"place": ""})
    settle(book, lead_ids, now)


def opt_out(book: Book, choice: OptOut) -> None:
    """The address gets no more mail, or gets it again if the person undid it; its leads say so."""
    suppressed = schema.suppressed
    concerned = list(dict.fromkeys((choice.lead_id, *book.with_address(choice.address))))
    cases = book.cases(concerned)
    if choice.is_undone:
        if not all(may_undo(case, book.workflow) for case in cases):
            return
        book.lift((suppressed.c.hash == choice.address) & (suppressed.c.reason == BY_LINK))
        if book.is_suppressed(choice.address):
            return  # a bounce, the owner's word: not the person's to lift
    found = (event_of(choice, case, book.workflow) for case in cases)
    book.record(event for event in found if event)
    if not choice.is_undone:
        book.suppress(choice.address, BY_LINK, choice.at, choice.lead_id)
    settle(book, concerned, choice.at)


def _apply(book: Book, edit: Edit, case: Case, now: datetime, *, day_first: bool) -> Case:
    history = fold(case.events, book.workflow, case.suppressed)
    at = history.stamp(now)
    lead, events = case.lead, events_of(edit, case.lead, history, book.workflow, at, day_first=day_first)
    if edit.field == "owner" and not cell_text(edit.value):
        events = _assigned(lead, history, book, at)
    if edit.field in (*LEAD_FIELDS, "notes"):
        said: dict[str, Any] = {edit.field: cell_text(edit.value)}
        lead = replace(lead, **said)
        book.keep_lead(lead)
    book.record(events)
    for event in events:
        if event.kind is Kind.ASSIGNED:
            pass_turn(book, event.detail)
    if edit.field == "status":
        _suppress(book, edit, lead, at)
    return replace(case, lead=lead, events=(*case.events, *events), suppressed=book.suppression(lead.email))


def _assigned(lead: Lead, history: History, book: Book, at: datetime) -> tuple[Event, ...]:
    """Somebody emptied Owner: the rule decides."""
    chosen = assign(lead, history.qualified, book.workflow, turns(book), at)
    name = event_id(Kind.ASSIGNED, lead.id, str(history.edits), "by rule")
    return (Event(at, lead.id, Kind.ASSIGNED, name, detail=chosen.owner),)


def _suppress(book: Book, edit: Edit, lead: Lead, at: datetime) -> None:
    """Do not contact holds for the address, whatever lead has it later; replaced, it lifts that."""
    meant = statuses.canonical(cell_text(edit.value), book.workflow.statuses)
    shown = statuses.canonical(edit.shown, book.workflow.statuses)
    if shown == statuses.DO_NOT_CONTACT and meant != shown:
        suppressed = schema.suppressed
        own = (suppressed.c.lead_id == lead.id) & (suppressed.c.reason == f"{shown}{BY_HAND}")
        settle(book, set(book.lift(own)) - {lead.id}, at)
    if meant in SUPPRESSING and lead.email.strip():
        book.suppress(book.hash_of(lead.email), f"{meant}{BY_HAND}", at, lead.id)
        settle(book, set(book.with_address(book.hash_of(lead.email))) - {lead.id}, at)
