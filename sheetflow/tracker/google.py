"""The tracker in the owner's Google Sheet, which people sort, filter, rename and type into meanwhile."""

import logging
import secrets
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from sheetflow.errors import TrackerUnavailable
from sheetflow.tracker.google_book import ANSWER, Book, View, read_again, read_book
from sheetflow.tracker.google_cells import cell_of, text_of
from sheetflow.tracker.google_changes import GUARD, find_work, hour, is_lost, split
from sheetflow.tracker.google_check import find_faults
from sheetflow.tracker.google_dashboard import plan_dashboard
from sheetflow.tracker.google_headers import misplaced_headers
from sheetflow.tracker.google_http import Api, Refused
from sheetflow.tracker.google_layout import NEEDED_TABS, Role
from sheetflow.tracker.google_learn import learn
from sheetflow.tracker.google_lift import find_strays
from sheetflow.tracker.google_look import formats_of_new_rows
from sheetflow.tracker.google_read import NO_LEADS, read_lines, read_snapshot, sending_of, tab_problems
from sheetflow.tracker.google_repair import find_repairs
from sheetflow.tracker.google_setup import LOOKS, plan_setup
from sheetflow.tracker.google_write import Batch, Work, plan_batch
from sheetflow.workflow.columns import BY_FIELD
from sheetflow.workflow.events import Event
from sheetflow.workflow.sequence import Workflow
from sheetflow.workflow.tracked import LONG_AGO, Changes, Granted, Only, Snapshot

FRESH = timedelta(seconds=30)  # a read serves the answers to its own leads
KEPT = timedelta(minutes=5)  # Activity's lines are kept, and only what was added is read
TRIES = 4  # of a batch that Google refuses because the Sheet changed meanwhile
REPAIRS = 5  # rounds of putting right what moved at the moment it was written

log = logging.getLogger(__name__)


class GoogleTracker:
    """One caller at a time in a process; the batches of several processes guard themselves."""

    def __init__(
        self,
        sheet_id: str,
        key_json: str,
        endpoint: str,
        workflow: Workflow,
        clock: Callable[[], datetime],
        sleep: Callable[[float], None],
    ) -> None:
        self.api = Api(sheet_id, key_json, endpoint, sleep)
        self._workflow = workflow
        self._clock = clock
        self._book: Book | None = None
        self._read_at = self._whole_at = LONG_AGO  # this book, and all lines of Activity
        self._turn = threading.RLock()

    def snapshot(self, only: Only | None = None) -> Snapshot:
        with self._turn:
            fresh = self._fresh(only) if only else None
            return read_snapshot(fresh or self._read(), only)

    def claim(self, claims: Sequence[Event], changes: Changes) -> list[Granted]:
        with self._turn:
            *parts, last = split(changes)
            for part in parts:
                self._write(part, ())
            won = self._write(last, claims)
            return self._granted(won)

    def commit(self, changes: Changes) -> None:
        if changes:
            with self._turn:
                for part in split(changes):
                    self._write(part, ())

    def setup(self) -> list[str]:
        with self._turn:
            did = self._set_up()
            book = self._read()
            count = len(book.places[Role.LEADS])
            return [*did, f"The Sheet is ready: {count} {'lead' if count == 1 else 'leads'}."]

    def check(self) -> list[str]:
        """What is wrong and how to mend it, a sentence each; writes nothing.

        Raises TrackerUnavailable where that can't be seen just now.
        """
        with self._turn:
            return list(find_faults(self.api, self._workflow))

    def close(self) -> None:
        self.api.close()

    def _read(self) -> Book:
        """Where it fails no book is left: an old one would pass for what stands there now."""
        self._read_at = self._clock()
        known, self._book = self._book, None
        book = self._read_again(known)
        if book is not None:
            self._book = book
            return book
        self._whole_at = self._read_at
        known = None  # its memory is needed for the new one
        book = read_book(self.api, self._workflow.columns)
        if book is None:
            self._set_up()
            book = read_book(self.api, self._workflow.columns)
        if book is None:
            raise TrackerUnavailable("The tabs of the Sheet were deleted while it was read.")
        self._book = book
        return book

    def _read_again(self, known: Book | None) -> Book | None:
        """The Sheet but for Activity's old lines, where all of them were read not long ago."""
        age = self._clock() - self._whole_at
        if known is None or not timedelta() <= age <= KEPT:
            return None
        return read_again(self.api, self._workflow.columns, known, read_lines(known))

    def _fresh(self, only: Only) -> Book | None:
        """What was read a moment ago serves a few leads: their claims look at the rows once more."""
        book, age = self._book, self._clock() - self._read_at
        if book is None or not timedelta() <= age <= FRESH or not all(map(book.knows, only.leads)):
            return None
        return book

    def _known(self, changes: Changes, claims: Sequence[Event]) -> Book:
        """The book, read again where it doesn't know a row that is to be written; whole where it isn't."""
        book = self._book
        lines = {line.hash for line in changes.suppress}
        if book is not None and (changes.lift or lines & book.hashes):
            book = None  # a line that we know may be elsewhere by now, or lifted by another process
        if book is not None:
            wanted = {change.lead_id for change in changes.rows}
            wanted |= {typed.lead_id for typed in changes.typed} | {claim.lead_id for claim in claims}
            wanted -= {lead.id for lead in changes.leads}
            if not all(book.knows(lead_id) for lead_id in wanted):
                book = None
        if book is None or set(NEEDED_TABS) - book.tabs.keys():
            book = self._read_complete()
        return book

    def _read_complete(self) -> Book:
        """With every tab that is written to, made anew where people deleted one.

        Not Leads, once there were any: a new one would stand in the way of bringing the old one back.
        """
        book = self._read()
        if Role.LEADS not in book.tabs and read_lines(book).events:
            self._book = None
            raise TrackerUnavailable(NO_LEADS)
        if set(NEEDED_TABS) - book.tabs.keys():
            self._set_up()
            book = self._read()
        return book

    def _write(self, changes: Changes, claims: Sequence[Event], repairs: int = REPAIRS) -> list[Event]:
        """Applies all of it, or nothing; returns the claims that were won."""
        book = self._known(changes, claims)
        guard = GUARD + secrets.token_hex(12)
        for left in reversed(range(TRIES)):
            trying = [claim for claim in claims if not is_lost(claim, book)]
            trying = list({claim.id: claim for claim in trying}.values())
            work = find_work(book, changes, trying, self._clock())
            if work.once in book.guards:
                # These leads were added by somebody, and people have deleted their rows since.
                changes = replace(changes, leads=())
                work = find_work(book, changes, trying, self._clock())
            if not work:
                return []
            if work.appends[Role.LEADS] and not {"id", "mark"} & book.tabs[Role.LEADS].columns.keys():
                # Nobody would know such a row again, nor whose it is.
                self._book = None
                raise TrackerUnavailable(" ".join(tab_problems(book)))
            batch = self._plan(book, work, guard, is_last=not left)
            try:
                view = self._send(batch)
            except Refused:
                book = self._read_complete()
                if guard in book.guards:
                    self._repair_all(batch, book.view, changes, repairs, is_later=True)
                    return _ours(trying, book)
                if not left:
                    raise
            except TrackerUnavailable:
                self._book = None  # it may be written all the same
                raise
            else:
                view = self._learn(batch, view)
                self._repair_all(batch, view, changes, repairs)
                return trying
        raise AssertionError("unreachable")

    def _plan(self, book: Book, work: Work, guard: str, *, is_last: bool) -> Batch:
        now = self._clock()
        if is_last:
            return plan_batch(book, replace(work, expired=()), guard, hour(now))
        return plan_batch(book, work, guard, hour(now), list(self._looks(book, work)))

    def _looks(self, book: Book, work: Work) -> Iterator[dict[str, object]]:
        """For rows that a tab grows by, and all that the Dashboard shows."""
        if work.report:
            yield from plan_dashboard(book, work.report)
        tab = book.tabs[Role.LEADS]
        height = book.view.grids[Role.LEADS].height + len(work.appends.get(Role.LEADS, ()))
        if height > tab.row_count:
            yield from formats_of_new_rows(tab, self._workflow, tab.row_count)

    def _send(self, batch: Batch) -> View:
        answer = self.api.batch_update(batch.body, ANSWER)
        sheets = (answer.get("updatedSpreadsheet") or {}).get("sheets") or ()
        return View.of(sheets, self._workflow.columns)

    def _learn(self, batch: Batch, view: View) -> View:
        """What the answer shows; the whole Sheet where a column moved, so that the answer says too little."""
        assert self._book is not None
        if batch.touches(Role.SUPPRESSED):
            self._read_at = LONG_AGO  # its lines aren't learnt
        if learn(self._book, batch, view):
            return view
        return self._read().view

    def _repair_all(
        self, batch: Batch, view: View, changes: Changes, repairs: int, *, is_later: bool = False
    ) -> None:
        strays = find_strays(batch, view, changes)
        self._repair(batch, find_repairs(batch, view, is_later=is_later))
        if not strays or not repairs:
            return
        log.info("%d lines of Suppressed had moved: put right", len(strays.lift))
        try:
            self._write(strays, (), repairs - 1)
        except TrackerUnavailable as error:
            log.error("%d lines of Suppressed couldn't be put right: %s", len(strays.lift), error)

    def _repair(self, batch: Batch, work: Work) -> None:
        """What can't be repaired now is, from Activity, by the next run: it must not undo a claim."""
        book = self._book
        try:
            for _ in range(REPAIRS):
                if not work:
                    return
                assert self._book is not None
                batch = plan_batch(self._book, work, GUARD + secrets.token_hex(12), hour(self._clock()))
                if not batch.blocks:
                    return
                log.info("%d cells had moved or were typed into: put right", len(work.cells))
                work = find_repairs(batch, self._learn(batch, self._send(batch)))
        except TrackerUnavailable as error:
            self._book, self._read_at = book, LONG_AGO
            log.warning("a moved row is repaired by the next run: %s", error)

    def _granted(self, won: Sequence[Event]) -> list[Granted]:
        if not won:
            return []
        book = self._book
        if book is None or any(claim.lead_id not in book.places[Role.LEADS] for claim in won):
            book = self._read()
        return [_granted(claim, book) for claim in won]

    def _set_up(self) -> list[str]:
        """Repeats where another process sets up at the same moment."""
        for left in reversed(range(TRIES)):
            book = read_book(self.api, self._workflow.columns)
            misplaced = misplaced_headers(book) if book else ""
            if misplaced:
                raise TrackerUnavailable(misplaced)
            steps = plan_setup(book, self.api.get(LOOKS)["sheets"], self._workflow, hour(self._clock()))
            requests = [request for step in steps for request in step.requests]
            try:
                self.api.batch_update({"requests": requests}, "spreadsheetId")
            except Refused:
                if not left:
                    raise
                continue
            return [step.did for step in steps if step.did]
        return []


def _ours(claims: Sequence[Event], book: Book) -> list[Event]:
    """After a lost answer a claim is ours only if its event carries our run."""
    events = read_lines(book).events
    return [claim for claim in claims if claim.id in events and events[claim.id].run == claim.run]


def _granted(claim: Event, book: Book) -> Granted:
    sending = sending_of(book)
    row = book.row_of(Role.LEADS, claim.lead_id)
    if row is None:
        return Granted(claim.claim, sending)
    return Granted(
        claim.claim,
        sending,
        claim.lead_id,
        text_of(book.cell(Role.LEADS, row, "status")),
        cell_of(book.cell(Role.LEADS, row, "next_follow_up"), BY_FIELD["next_follow_up"]),
        text_of(book.cell(Role.LEADS, row, "email")),
    )
