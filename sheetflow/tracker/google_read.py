"""From cells to leads and events: what can't be right is named, and its leads are held."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from sheetflow.tracker.google_book import Book, Lines
from sheetflow.tracker.google_cells import Value, cell_of, text_of
from sheetflow.tracker.google_headers import misplaced_headers
from sheetflow.tracker.google_layout import NEEDED, NEEDED_TABS, TITLES, Role, Tab, fingerprint
from sheetflow.tracker.google_marks import address_hash, sent_to
from sheetflow.workflow import tracked
from sheetflow.workflow.columns import COLUMNS
from sheetflow.workflow.events import Event, Kind
from sheetflow.workflow.lead import Lead, Mark
from sheetflow.workflow.tracked import HandTyped, Only, Snapshot, Suppression

TWICE = "This Lead ID stands in {} rows: nothing is sent. Delete the copies, or empty their Lead ID."
TORN = (
    "Parts of this row belong to another lead, as after sorting only some columns: nothing is sent. "
    "Undo it (Edit, Undo, or File, Version history)."
)
STRANGE = (
    "Sheetflow never gave this Lead ID, and Activity says nothing of it: nothing is sent. Empty it, and the "
    "row is taken in; where the column is yours, give it another header."
)
HOLED = "This row's lines in Activity can't be read: nothing is sent. Look at Activity."
UNSALTED = (
    "Control has lost its salt, so nobody on Suppressed is recognised and nothing is sent: bring it back "
    '(File, Version history), or run "python -m sheetflow setup", which makes a new one and pauses.'
)
NO_LEADS = (
    "The tab Leads was deleted, so nothing is sent and new leads wait: bring it back (Edit, Undo, or File, "
    'Version history), or run "python -m sheetflow setup" for an empty one.'
)
LOST = "Messages were sent to this lead, but Activity has no line of it: nothing is sent. Restore Activity."

_KINDS = {kind.value: kind for kind in Kind}
_SALT = re.compile(r"[0-9a-f]{32}")
_DAY_LATER = frozenset({"en_US", "en", "en_PH", "es_US", "fil_PH", "mh_MH"})  # month before day


@dataclass(frozen=True)
class LeadRow:
    """A lead and the row it stands in; several rows may have one Lead ID."""

    row: int
    lead: Lead
    sent_to: str  # of the mark: the hash of Email when sheetflow wrote it


def read_snapshot(book: Book, only: Only | None) -> Snapshot:
    lines = read_lines(book)
    events, problems = tuple(lines.events.values()), []
    if lines.unreadable:
        count = len(lines.unreadable)
        problems.append(f"Activity has {count} lines that can't be read; look for odd ones there.")
    rows = find_leads(book, events, frozenset(filter(None, lines.unreadable)))
    book.remarks = list(_remarks(rows))
    chosen = [one.lead for one in rows if only is None or one.lead.id in only.leads]
    sent = (event.at for event in events if event.kind is Kind.SENT)
    control = book.control
    stopped = _stopped(book)
    if not events and any(_was_mailed(one.lead) for one in rows):
        stopped = "PAUSED (Activity is empty)"
        problems.append("Activity has lost its lines, so nobody knows who got what: restore it.")
    if stopped:
        control[tracked.SENDING] = stopped
    return Snapshot(
        leads=tuple(chosen),
        events=tuple(event for event in events if only is None or event.lead_id in only.leads),
        control=control,
        suppressed=_suppressed(book),
        sent_recently=tuple(at for at in sent if only is None or at >= only.sent_since),
        day_first=is_day_first(book.locale),
        problems=(*tab_problems(book), *_row_problems(rows), *problems),
        typed_by_hand=() if only else tuple(hand_typed(book).values()),
    )


def is_day_first(locale: str) -> bool:
    return locale not in _DAY_LATER


def sending_of(book: Book) -> str:
    return _stopped(book) or book.control.get(tracked.SENDING, "")


def tab_problems(book: Book) -> list[str]:
    """What is wrong with tabs and columns, a sentence each."""
    problems = [
        f'The tab {TITLES[role]} is missing: run "python -m sheetflow setup".'
        for role in NEEDED_TABS
        if role not in book.tabs and role is not Role.BEFORE
    ]
    misplaced = misplaced_headers(book)
    for tab in book.tabs.values():
        if misplaced and tab.role is Role.LEADS:
            problems.append(misplaced)
            continue
        problems += tab.problems
        told = " ".join(tab.problems)
        problems += [
            f'The tab {tab.title} has no column "{header}", so nothing is sent: put it back into row 1, '
            'or run "python -m sheetflow setup".'
            for header in tab.missing
            if f"the column {header} twice" not in told
        ]
    if has_lost_salt(book):
        problems.append(UNSALTED)
    locked = {lock.sheet_id for lock in book.locks}
    problems += [
        f"Cells of {tab.title} are protected against sheetflow: let the service account edit them "
        "(Data, Protect sheets and ranges)."
        for tab in book.tabs.values()
        if tab.id in locked
    ]
    return problems


def find_leads(book: Book, events: tuple[Event, ...], unreadable: frozenset[str]) -> list[LeadRow]:
    """Every row with a Lead ID, from the top."""
    tab = book.tabs.get(Role.LEADS)
    if tab is None:
        return []
    rows = list(_rows(book, tab))
    counts = Counter(one.lead.id for one in rows)
    torn = _torn(rows)
    held = "A needed column of Leads is missing: nothing is sent." if tab.missing else ""

    def problem(one: LeadRow) -> str:
        if counts[one.lead.id] > 1:
            return TWICE.format(counts[one.lead.id])
        if one.row in torn:
            return TORN
        if one.lead.id in unreadable:
            return HOLED
        if not (one.lead.mark.lead_id or one.lead.id in told or tab.missing):
            return STRANGE
        if told and one.lead.id not in told and _was_mailed(one.lead):
            return LOST
        return held

    # In an empty Activity nobody has lines: then nothing is sent at all.
    told = {event.lead_id for event in events}
    found = [(one, problem(one)) for one in rows]
    # An empty mark: what such a row says is neither obeyed nor repaired.
    return [
        replace(one, lead=replace(one.lead, problem=why, mark=Mark())) if why else one for one, why in found
    ]


def read_lines(book: Book) -> Lines:
    """Activity, taken apart once however often the book is looked at."""
    if book.lines is None:
        book.lines = book.earlier + _lines(book)
        # Sixty thousand rows of cells needn't be kept beside the events that they are.
        header = book.view.grids[Role.ACTIVITY].row(0) if Role.ACTIVITY in book.tabs else {}
        if header:
            book.set_rows(Role.ACTIVITY, {0: header})
    return book.lines


def suppression_of(line: Mapping[str, str]) -> Suppression:
    """A line of Suppressed, as texts by field."""
    return Suppression(line["hash"], line["reason"], _time(line["at"]))


def hand_typed(book: Book) -> dict[int, HandTyped]:
    """Rows with an e-mail or a phone that have no Lead ID, by row."""
    tab = book.tabs.get(Role.LEADS)
    if tab is None or tab.missing:
        return {}
    found = {}
    for number, cells in sorted(book.view.grids[Role.LEADS].rows.items()):
        if number and not text_of(cells.get(tab.columns["id"])).strip():
            lead = _lead(tab, cells)
            if lead.email.strip() or lead.phone.strip():
                text = text_of(cells.get(tab.columns["mark"]))
                mark = Mark.from_json(text) if sent_to(text) == address_hash(lead.email) else Mark()
                lead = replace(lead, mark=mark)
                found[number] = HandTyped(fingerprint(tab.columns, cells), lead, mark.lead_id)
    return found


def _was_mailed(lead: Lead) -> bool:
    return isinstance(lead.emails_sent, int) and lead.emails_sent > 0


def _stopped(book: Book) -> str:
    """What Sending reads as where the tracker itself isn't whole; empty where it is."""
    for role in (Role.LEADS, Role.ACTIVITY, Role.SUPPRESSED):
        if role not in book.tabs:
            return f"PAUSED (no tab {TITLES[role]})"
    missing = [header for role in NEEDED for header in _missing(book, role)]
    if missing:
        return f"PAUSED (no column {missing[0]})"
    return "PAUSED (no Salt)" if has_lost_salt(book) else ""


def has_lost_salt(book: Book) -> bool:
    """Whether Control's salt, without which nobody on Suppressed is recognised, is gone or typed over."""
    control = book.tabs.get(Role.CONTROL)
    if control is None or control.missing:
        return False
    return not _SALT.fullmatch(book.control.get(tracked.SALT, "").strip())


def _missing(book: Book, role: Role) -> tuple[str, ...]:
    return book.tabs[role].missing if role in book.tabs else ()


def _rows(book: Book, tab: Tab) -> list[LeadRow]:
    rows = []
    at_id, at_mark = tab.columns.get("id"), tab.columns.get("mark")
    for number, cells in sorted(book.view.grids[Role.LEADS].rows.items()):
        written = text_of(cells.get(at_mark)) if at_mark is not None else ""
        mark = Mark.from_json(written)
        # Without the column Lead ID a row is known by its mark.
        lead_id = text_of(cells.get(at_id)).strip() if at_id is not None else mark.lead_id
        if number and lead_id:
            lead = replace(_lead(tab, cells), id=lead_id, mark=mark)
            rows.append(LeadRow(number, lead, sent_to(written)))
    return rows


def _lead(tab: Tab, cells: Mapping[int, Value]) -> Lead:
    values: dict[str, Any] = {}
    for column in COLUMNS:
        if column.field in tab.columns and column.field not in ("id", "mark"):
            value = cells.get(tab.columns[column.field])
            values[column.field] = cell_of(value, column)
    return Lead(id="", **values)


def _torn(rows: list[LeadRow]) -> frozenset[int]:
    """Rows whose parts were sorted apart.

    Either the row's own mark stands in another row, or its address is the one another row was written for
    while that row has another one now.
    """
    homes: dict[str, set[int]] = {}
    for one in rows:
        homes.setdefault(one.lead.mark.lead_id, set()).add(one.row)
    away = {
        one.row
        for one in rows
        if one.lead.mark.lead_id != one.lead.id and homes.get(one.lead.id, set()) - {one.row}
    }
    strangers = {
        one.row: address_hash(one.lead.email)
        for one in rows
        if one.sent_to and one.lead.email and address_hash(one.lead.email) != one.sent_to
    }
    wanted = {one.sent_to for one in rows if one.row in strangers}
    return frozenset(away | {row for row, hashed in strangers.items() if hashed in wanted})


def _remarks(rows: list[LeadRow]) -> Iterator[tuple[str, int, str]]:
    """For Why of rows that nothing else writes to: copies of a lead, and rows torn apart."""
    nth: Counter[str] = Counter()
    for one in rows:
        if one.lead.problem:
            yield one.lead.id, nth[one.lead.id], one.lead.problem
        nth[one.lead.id] += 1


def _row_problems(rows: list[LeadRow]) -> list[str]:
    counts = Counter(one.lead.problem for one in rows if one.lead.problem)
    return [
        f"{count} {'row' if count == 1 else 'rows'} of Leads: {problem}" for problem, count in counts.items()
    ]


def _lines(book: Book) -> Lines:
    tab = book.tabs.get(Role.ACTIVITY)
    if tab is None or tab.missing:
        return Lines()
    found: dict[str, Event] = {}
    unreadable: list[str] = []
    for number, cells in sorted(book.view.grids[Role.ACTIVITY].rows.items()):
        if not number:
            continue
        line = {name: text_of(cells.get(at)) for name, at in tab.columns.items()}
        event = event_of(line)
        if event:
            found.setdefault(event.id, event)
        else:
            unreadable.append(line["lead_id"].strip())
    return Lines(found, tuple(unreadable))


def event_of(line: Mapping[str, str]) -> Event | None:
    """None where it can't be read."""
    kind = _KINDS.get(line["event"])
    try:
        at = datetime.fromisoformat(line["at"])
    except ValueError:
        return None
    if kind is None or at.tzinfo is None or not line["event_id"]:
        return None
    return Event(
        at.astimezone(UTC),
        line["lead_id"],
        kind,
        line["event_id"],
        line["step"],
        line["detail"],
        line.get("message_id", ""),
        line["run"],
    )


def _suppressed(book: Book) -> dict[str, Suppression]:
    tab = book.tabs.get(Role.SUPPRESSED)
    if tab is None or tab.missing:
        return {}
    found: dict[str, Suppression] = {}
    for number, cells in sorted(book.view.grids[Role.SUPPRESSED].rows.items()):
        hashed = text_of(cells.get(tab.columns["hash"])).strip()
        if number and hashed:
            line = {name: text_of(cells.get(at)) for name, at in tab.columns.items()}
            found.setdefault(hashed, suppression_of({**line, "hash": hashed}))
    return found


def _time(text: str) -> datetime:
    """A line whose time was damaged still suppresses its address."""
    try:
        return datetime.fromisoformat(text).astimezone(UTC)
    except ValueError:
        return tracked.LONG_AGO
