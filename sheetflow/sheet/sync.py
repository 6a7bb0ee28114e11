"""The owner's Google Sheet, kept in step with the ledger: a look takes in what people did, a write shows them
what the ledger has."""

import logging
import secrets
import threading
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime

from sheetflow.errors import SheetUnavailable
from sheetflow.ledger import mirror, state
from sheetflow.ledger.book import GONE, Book
from sheetflow.ledger.forgetting import forgotten
from sheetflow.ledger.ledger import Ledger
from sheetflow.ledger.mirror import MISSING, THERE, Due
from sheetflow.ledger.placing import place_anew
from sheetflow.sheet import erase
from sheetflow.sheet.api import Api, Refused
from sheetflow.sheet.batch import ANSWER, hidden_in, hidden_rows, renewed
from sheetflow.sheet.check import find_faults
from sheetflow.sheet.drafting import draft_batch
from sheetflow.sheet.layout import NEEDED_TABS, Role, Structure
from sheetflow.sheet.looking import Look, land_batch
from sheetflow.sheet.read import Seen, all_rows, look_at, read_structure, texts_in
from sheetflow.sheet.restore import restore_from
from sheetflow.sheet.setup import set_up, told_anew
from sheetflow.sheet.write import Batch, Standing
from sheetflow.workflow.decide import some
from sheetflow.workflow.looked import Looked

LEASE, HELD = "sheet", 120.0  # seconds
CHECK_BUDGET = 15.0  # seconds a call may take: a person waits for what is found
TURNS = 60  # tries, a second apart, until another process has done with the Sheet
TRIES = 8  # batches of one write that may be refused or land astray
UNKEPT = (
    "Cells of Leads don't hold what was written into them; the next run tries again. If cells are merged "
    "there, unmerge them."
)
TOO_FAST = "The Sheet changes faster than it can be written; the next run goes on."

log = logging.getLogger(__name__)


class GoogleSheet:
    """One at a time in all processes, by a lease in the ledger. Raises SheetUnavailable."""

    is_connected = True

    def __init__(
        self,
        api: Api,
        ledger: Ledger,
        clock: Callable[[], datetime],
        sleep: Callable[[float], None],
    ) -> None:
        self._api, self._ledger, self._clock, self._sleep = api, ledger, clock, sleep
        self._aliases = ledger.workflow.columns
        self._holder, self._turn = secrets.token_hex(8), threading.RLock()
        self._standing: Standing | None = None  # None: nothing may be written before another look
        self._is_astray = False  # a row or column wasn't where it was looked for: a whole look is due
        self._refusal: Refused | None = None  # of this write
        self._due: Due | None = None  # what this write takes along; None: what the Sheet lacks now
        self._is_kept = True  # what this write wrote
        self._prepared: Batch | None = None  # stands in the ledger, and is to be sent as it is

    def link(self) -> str:
        """Of the tab alone: a row's number is another one as soon as somebody sorts."""
        with self._ledger.reading() as book:
            known = Structure.from_json(book.get(state.SHEET_STRUCTURE))
        leads = known.tabs.get(Role.LEADS) if known else None
        return f"{self._api.link}{f'#gid={leads.id}' if leads else ''}"

    def look(self, *, whole: bool) -> Looked:
        with self._alone():
            looked = self._look(whole=whole)
            if whole:
                self._find_forgotten()
            return looked

    def write(self, *, numbers: bool = False) -> None:
        with self._alone():
            self._write(numbers=numbers)

    def setup(self, *, take_over: bool) -> list[str]:
        with self._alone():
            return self._set_up(lambda: set_up(self._api, self._ledger, take_over=take_over))

    def restore(self) -> list[str]:
        with self._alone():
            return self._set_up(lambda: restore_from(self._api, self._ledger, self._clock()))

    def check(self) -> list[str]:
        with self._api.hurrying(CHECK_BUDGET):
            return list(find_faults(self._api, self._ledger))

    def _set_up(self, act: Callable[[], list[str]]) -> list[str]:
        """What people did since counts first; then rows that were lost are written anew."""
        self._standing = self._prepared = None
        did = act()
        self._look(whole=True)
        with self._writing() as book:
            briefs = mirror.briefs(book)
            lost = place_anew(book, [one.id for one in briefs if one.place != MISSING])
        count = sum(one.place != GONE for one in briefs)
        self._write(numbers=True)
        did += [told_anew(lost)] if lost else []
        return [*did, f"The Sheet is ready: {some(count, 'lead')}."]

    def close(self) -> None:
        self._api.close()

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """A look that was overtaken by another one's write would take old cells for new words."""
        with self._turn:
            for _ in range(TURNS):
                if self._lease():
                    break
                self._sleep(1.0)
            else:
                raise SheetUnavailable("Another process is at work on the Sheet; the next run goes on.")
            try:
                yield
            finally:
                with self._ledger.writing() as book:
                    book.release(LEASE, self._holder)

    def _write(self, *, numbers: bool) -> None:
        """What comes meanwhile waits for the next one, or a stream of leads would never end it."""
        left, self._refusal, self._due, self._is_kept = TRIES, None, None, True
        while batch := self._next_batch(numbers=numbers):
            is_in, is_clean = self._send(batch)
            numbers = numbers and not is_in
            left -= not is_clean
            if not left:
                raise self._refusal or SheetUnavailable(TOO_FAST)
        if not self._is_kept:
            raise SheetUnavailable(UNKEPT)

    def _lease(self) -> bool:
        with self._ledger.writing() as book:
            return book.lease(LEASE, self._holder, HELD)

    @contextmanager
    def _writing(self) -> Iterator[Book]:
        """A transaction of the one whose turn it is still."""
        with self._ledger.writing() as book:
            if not book.lease(LEASE, self._holder, HELD):
                raise SheetUnavailable("This look at the Sheet took too long; the next run goes on.")
            yield book

    def _look(self, *, whole: bool, anew: bool = False) -> Looked:
        self._standing = self._prepared = self._due = None
        with self._ledger.reading() as book:
            before = Structure.from_json(book.get(state.SHEET_STRUCTURE))
            batch = Batch.from_json(book.get(state.SHEET_BATCH))
            number = mirror.number_of(book)
        seen = self._read(before, batch, whole=whole, anew=anew)
        if seen.seal and seen.seal.number < number:
            seen = self._read_older(before, batch)
        with self._writing() as book:
            look = Look(book, seen, before, batch, self._clock())
            looked = look.take_in(self._api.clock)
        self._standing, self._prepared = look.standing, look.again
        self._is_astray &= not whole
        return looked

    def _find_forgotten(self) -> None:
        """After somebody was forgotten, or an older version is back: what Activity still tells of them."""
        with self._ledger.reading() as book:
            wanted = book.get(state.SHEET_FORGOTTEN)
            people = forgotten(book) if wanted else frozenset()
        tab = self._standing.structure.tabs.get(Role.ACTIVITY) if self._standing else None
        if not wanted or self._standing is None or tab is None:
            return
        lines = tuple(erase.lines_of(all_rows(self._api, tab), tab, people))
        self._standing.erased += lines
        if not lines:
            with self._writing() as book:
                book.put(state.SHEET_FORGOTTEN, "")

    def _read(self, known: Structure | None, batch: Batch | None, *, whole: bool, anew: bool) -> Seen:
        hidden = hidden_rows(batch.rows) if batch else 1
        if known and not anew and _has_room(known, hidden) and not (whole and _has_stand_in(known)):
            try:
                seen = look_at(self._api, known, self._aliases, whole=whole, hidden=hidden)
            except Refused as error:
                log.info("the Sheet's tabs are looked at anew: %s", error)
            else:
                if _fits(seen):
                    return seen
        found = read_structure(self._api, self._aliases, self._are_ours, known)
        return look_at(self._api, found, self._aliases, whole=whole, hidden=hidden)

    def _read_older(self, before: Structure | None, batch: Batch | None) -> Seen:
        """An older version lacks lines of Activity too."""
        seen = self._read(before, batch, whole=True, anew=True)
        tab = seen.structure.tabs.get(Role.ACTIVITY)
        told = texts_in(self._api, tab, "event_id") if tab and not tab.missing else ()
        return replace(seen, told=told)

    def _are_ours(self, ids: Collection[str]) -> bool:
        with self._ledger.reading() as book:
            placed = {one.id for one in mirror.briefs(book) if one.place in (THERE, MISSING)}
        return 2 * len(placed & set(ids)) > len(placed)

    def _next_batch(self, *, numbers: bool) -> Batch | None:
        if self._prepared is None:
            with self._ledger.reading() as book:
                is_open = bool(book.get(state.SHEET_BATCH))
            if self._standing is None or is_open:
                self._look(whole=self._is_astray)
        if self._prepared or self._standing is None:
            return self._prepared
        with self._writing() as book:
            self._due = self._due or mirror.due(book)
            return draft_batch(book, self._standing, self._due, self._clock(), numbers=numbers)

    def _send(self, batch: Batch) -> tuple[bool, bool]:
        """Whether it is in, and whether all went well. A refusal can mean that it was in already: then the
        look lands it."""
        standing, self._standing, self._prepared = self._standing, None, None
        try:
            answer = self._api.batch_update(batch.body, ANSWER)
        except Refused as error:
            log.info("a batch was refused: %s", error)
            self._refusal = error
            self._look(whole=False, anew=True)
            with self._ledger.reading() as book:
                return mirror.number_of(book) >= batch.seal.number, False
        with self._writing() as book:
            known = Structure.from_json(book.get(state.SHEET_STRUCTURE))
            assert known is not None
            now = renewed(known, answer)
            book.put(state.SHEET_STRUCTURE, now.to_json())
            landed = land_batch(book, batch, hidden_in(answer, now), now, self._clock())
        self._prepared = landed.again
        self._is_astray |= landed.has_moved
        if standing and not self._is_astray:
            self._standing = standing.after(batch, now)
        if self._due and not landed.has_moved:
            self._is_kept &= landed.is_kept
            self._due = replace(self._due, lead_ids=self._due.lead_ids - landed.done)
        return True, not landed.has_moved


def _has_room(known: Structure, hidden: int) -> bool:
    """Whether all that is to be read of the hidden tab is within its grid, as far as that is known."""
    tab = known.tabs.get(Role.HIDDEN)
    return tab is not None and hidden <= tab.row_count


def _has_stand_in(known: Structure) -> bool:
    """Whether another tab is read in the place of Leads, which may come back."""
    tab = known.tabs.get(Role.LEADS)
    return tab is not None and not tab.is_tagged


def _fits(seen: Seen) -> bool:
    """Whether nothing speaks for tabs or guards being others than remembered."""
    return seen.seal is not None and seen.leads is not None and set(NEEDED_TABS) <= seen.structure.tabs.keys()
