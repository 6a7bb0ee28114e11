"""What the next batch carries: leads that have changed, lines of Activity, Control, the Dashboard."""

import secrets
from collections.abc import Iterator
from datetime import datetime

from sheetflow.ledger import mirror, state
from sheetflow.ledger.book import Book, parts
from sheetflow.ledger.figures import count_anew, keep
from sheetflow.sheet.activity import lines_of
from sheetflow.sheet.batch import batch_of, grown_from
from sheetflow.sheet.cells import cell_of
from sheetflow.sheet.layout import LAST_JOB, LAST_MAILBOX, PROBLEMS, SENDING, Role, Seal
from sheetflow.sheet.look.dashboard import plan_dashboard
from sheetflow.sheet.look.formats import formats_of_new_rows
from sheetflow.sheet.write import (
    MOST_LINES,
    Batch,
    Draft,
    Placed,
    Standing,
    control_rows,
    lacking,
    rows_for,
)
from sheetflow.workflow.brakes import is_on
from sheetflow.workflow.columns import BY_FIELD
from sheetflow.workflow.decide import moment
from sheetflow.workflow.events import Kind
from sheetflow.workflow.lead import cell_text
from sheetflow.workflow.screen import Screen


def draft_batch(
    book: Book, standing: Standing, due: mirror.Due, now: datetime, *, numbers: bool
) -> Batch | None:
    """What it carries is in the ledger before it is sent. None if the Sheet lacks nothing of what is due."""
    draft = Draft(standing)
    draft.add(control_rows(standing, _control(book, numbers=numbers)))
    draft.add(standing.unconfirmed())
    draft.add(standing.erased)
    if standing.leads:
        _add_leads(book, draft, due)
    _add_lines(book, draft, due)
    if numbers:
        found, kept = count_anew(book, now)
        keep(book, kept)
        screen = Screen.from_json(kept.screen)
        draft.extra += plan_dashboard(standing.structure, found, screen, _wrong(book))
    return prepare(book, draft) if draft or standing.is_damaged else None


def prepare(book: Book, draft: Draft) -> Batch:
    seal = Seal(book.get(state.LEDGER), mirror.number_of(book) + 1, secrets.token_hex(8))
    first, tab = grown_from(draft), draft.standing.leads
    formats = formats_of_new_rows(tab, book.workflow, first) if tab and first is not None else ()
    batch = batch_of(draft, seal, formats)
    book.put(state.SHEET_BATCH, batch.to_json())
    return batch


def _control(book: Book, *, numbers: bool) -> dict[str, str]:
    found = book.state()
    lines = {SENDING: found.get(state.SENDING, "")}
    if numbers:
        problems = "\n".join((found.get(state.SHEET_PROBLEMS, ""), found.get(state.PROBLEMS, "")))
        lines[PROBLEMS] = "\n".join(dict.fromkeys(filter(None, problems.splitlines())))
        for name, kept in ((LAST_JOB, state.LAST_JOB), (LAST_MAILBOX, state.LAST_MAILBOX)):
            if at := found.get(kept):
                lines[name] = _said(at, book)
    return lines


def _wrong(book: Book) -> list[str]:
    lines = _control(book, numbers=True)
    paused = [] if is_on(lines[SENDING]) else ["Sending isn't ON: nothing is sent."]
    return [*paused, *lines[PROBLEMS].splitlines()]


def _said(at: str, book: Book) -> str:
    """A moment as people say it, or in words why there is none."""
    try:
        return moment(datetime.fromisoformat(at), book.workflow)
    except ValueError:
        return at


def _add_leads(book: Book, draft: Draft, due: mirror.Due) -> None:
    tab = draft.standing.leads
    assert tab is not None
    for some in parts([lead_id for lead_id in mirror.changed(book) if lead_id in due.lead_ids]):
        twins = mirror.mirrored(book, some)
        for lead_id in some:
            if draft.is_full:
                return
            twin = twins[lead_id]
            rows = list(rows_for(twin, draft))
            draft.add(rows)
            if rows:
                mirror.carry(book, twin, dict(_texts(rows[0])))
            elif twin.place and not lacking(twin, tab):
                book.change(lead_id, {"is_changed": 0})


def _texts(one: Placed) -> Iterator[tuple[str, str]]:
    for at, name in one.fields.items():
        yield name, cell_text(cell_of(one.cells[at], BY_FIELD[name]))


def _add_lines(book: Book, draft: Draft, due: mirror.Due) -> None:
    if Role.ACTIVITY not in draft.standing.structure.tabs or draft.is_full:
        return
    found = mirror.lines(book, mirror.activity_of(book), MOST_LINES)
    events = [(number, event) for number, event in found if number <= due.event]
    if not draft and all(event.kind is Kind.NOTIFIED for _, event in events):
        return  # what owners were told changes no row: it goes along with what does
    lines = lines_of(book, [event for _, event in events])
    for (number, _), line in zip(events, lines, strict=True):
        if draft.is_full:
            return
        draft.add_line(number, line)
