"""One look at the Sheet as one transaction of the ledger: whose Sheet it is, what landed, what people did."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from sheetflow.ledger import editing, mirror, state
from sheetflow.ledger.book import GONE, Book
from sheetflow.ledger.forgetting import forgotten
from sheetflow.ledger.mirror import MISSING, THERE
from sheetflow.ledger.placing import newest_of, place_anew
from sheetflow.sheet import erase, obey
from sheetflow.sheet.drafting import prepare
from sheetflow.sheet.landing import activity_is_in, land, touched
from sheetflow.sheet.layout import HEADERS, NEEDED_TABS, PROBLEMS, SENDING, TITLES, Role, Structure, Tab
from sheetflow.sheet.read import Rows, Seen, Table
from sheetflow.sheet.reconcile import Compared, Outcome, Replaced, reconcile, survey, untrusted
from sheetflow.sheet.whose import FOREIGN, NEWER
from sheetflow.sheet.write import CONFIRMED, Batch, Draft, Standing
from sheetflow.workflow import edits
from sheetflow.workflow.brakes import PAUSED, is_on
from sheetflow.workflow.columns import LEAD_FIELDS
from sheetflow.workflow.events import iso
from sheetflow.workflow.lead import cell_text
from sheetflow.workflow.looked import Looked

UNMADE = (
    "The Sheet doesn't say which ledger it belongs to, so nothing is sent: run `python -m sheetflow setup`."
)
OLDER = (
    "An older version of the Sheet was restored: nothing in it counted as typed, its rows were written anew, "
    "and Sending is PAUSED. Look it over, then type ON."
)
NO_LEADS = (
    "The tab Leads is gone, so no follow-ups are sent and new leads wait: bring it back (Edit, Undo, or "
    "File, Version history), run `python -m sheetflow setup` for a new one with all leads, or type DELETED "
    "beside this sentence if you meant it."
)
NO_COLUMN = 'The tab {} has no column "{}", so nothing is sent: put it back into row 1, or run setup.'
NO_LEAD_COLUMN = (
    'The tab {} has no column "{}": what leads say for it stands in Details until the header is back.'
)
TWO_LEADS = (
    'Two tabs could be Leads: "{}" is read and written, and "{}" isn\'t: what is typed there doesn\'t count. '
    "No follow-ups are sent until one of them is deleted."
)
NO_TAB = "The tab {} is missing: run `python -m sheetflow setup`."
PUT_RIGHT = "rows of the Sheet moved while they were written, and are put right first."
_DROPPED = 20  # nonces


class Look:
    """`before` is the spreadsheet's structure as remembered, `batch` what was sent last and is open."""

    def __init__(
        self, book: Book, seen: Seen, before: Structure | None, batch: Batch | None, now: datetime
    ) -> None:
        self.book, self.seen, self.before, self.batch, self.now = book, seen, before, batch, now
        self.standing: Standing | None = None
        self.again: Batch | None = None  # a batch that is to be sent, as it stands in the ledger
        self._is_older = False

    def take_in(self, clock: datetime | None) -> Looked:
        problems = tuple(dict.fromkeys(tab_problems(self.seen.structure)))
        self.book.put(state.SHEET_STRUCTURE, self.seen.structure.to_json())
        if closed := self._strange():
            self.book.put(state.SHEET_PROBLEMS, closed)
            self.book.put(state.CLOSED, closed)
            return Looked(self.book.get(state.SENDING), closed, (closed,), clock)
        self._read_sending()
        outcome = Outcome(follow_ups=PUT_RIGHT) if self.again else self._rows()
        problems = (*self._notice(), *problems, *outcome.sentences)
        self.book.put(state.SHEET_PROBLEMS, "\n".join(problems))
        leads = self.seen.structure.tabs.get(Role.LEADS)
        closed = " ".join(_lacks(leads)) if leads and leads.missing else ""
        self.book.put(state.CLOSED, closed)
        follow_ups = outcome.follow_ups or two_leads(self.seen.structure)
        return Looked(self.book.get(state.SENDING), closed, problems, clock, follow_ups)

    # Whose Sheet it is

    def _strange(self) -> str:
        """Why nothing is read or written here; lands what was sent before."""
        own, number = self.book.get(state.LEDGER), mirror.number_of(self.book)
        seal, structure = self.seen.seal, self.seen.structure
        ledger = seal.ledger if seal else own if structure.guards_of(own) else ""
        if not ledger or Role.HIDDEN not in structure.tabs:
            return FOREIGN.format("unnamed", own) if structure.guards and not ledger else UNMADE
        if ledger != own:
            return FOREIGN.format(ledger, own)
        stands = seal.number if seal else structure.guards_of(own)[-1]
        if stands == number:
            self._give_up()
        elif self.batch and seal == self.batch.seal:
            self.again = land_batch(self.book, self.batch, self.seen.hidden, structure, self.now).again
        elif stands == number + 1 and (not seal or seal.nonce in self._dropped()):
            # It came late, or its copies are gone: what it carried is known all the same.
            self.book.put(state.SHEET_NUMBER, str(stands))
            self.book.put(state.SHEET_BATCH, "")
        elif stands > number:
            return NEWER.format(number, stands)
        else:
            self._is_older = True
        return ""

    def _give_up(self) -> None:
        """What hasn't landed by now is planned anew; cells to be put back have only this one plan."""
        if self.batch is None:
            return
        if any(one.over for one in self.batch.rows):
            self.again = self.batch
            return
        self.book.put(state.SHEET_BATCH, "")
        self.book.put(state.SHEET_DROPPED, " ".join([*self._dropped(), self.batch.seal.nonce][-_DROPPED:]))

    def _dropped(self) -> list[str]:
        return self.book.get(state.SHEET_DROPPED).split()

    # Control

    def _read_sending(self) -> None:
        """A word that differs from the one agreed was typed, even if it says nothing."""
        word, book = self.seen.sending, self.book
        if self._is_older:
            book.put(state.SENDING, PAUSED)
            book.put(state.SHEET_NOTICE, OLDER)
            book.put(state.SHEET_FORGOTTEN, "yes")
        elif word != book.get(state.SHEET_SENDING):
            book.put(state.SENDING, word)
        book.put(state.SHEET_SENDING, word)
        book.put(state.SENDING_READ, iso(self.now))

    def _notice(self) -> Iterator[str]:
        notice = self.book.get(state.SHEET_NOTICE)
        if notice and is_on(self.book.get(state.SENDING)):
            self.book.put(state.SHEET_NOTICE, "")
        elif notice:
            yield notice

    def _is_confirmed(self) -> bool:
        line = self.seen.control.get(PROBLEMS)
        return bool(line and any(text.casefold() == CONFIRMED for text in line.cells))

    # Rows

    def _fresh(self, table: Table) -> set[str]:
        """Columns that the last look didn't find: an empty cell there wasn't emptied."""
        leads = self.before.tabs.get(Role.LEADS) if self.before else None
        return table.columns.keys() - (leads.columns.keys() if leads else set())

    def _rows(self) -> Outcome:
        table, tab = self.seen.leads, self.seen.structure.tabs.get(Role.LEADS)
        if tab is None:
            return self._without_leads()
        if table is None:
            self.standing = Standing.of(self.seen, {}, is_damaged=self._is_damaged)
            return Outcome()
        found = survey(table, mirror.briefs(self.book), whole=self.seen.is_whole)
        if self._is_older:
            self._write_anew(table)
            found = survey(table, mirror.briefs(self.book), whole=True)
        fresh = self._fresh(table)
        if fresh & set(LEAD_FIELDS) or self._has_lost(table):
            mirror.look_again(self.book)  # what Details says for a missing column changes
        twins = mirror.mirrored(self.book, found.to_compare)
        was_said = any(one.place == MISSING for one in found.briefs.values())
        erased = forgotten(self.book)
        is_confirmed = was_said and self._is_confirmed()
        outcome = reconcile(found, twins, fresh, erased, is_confirmed=is_confirmed)
        if self._is_another(tab):
            outcome = replace(outcome, compared={one: self._calm(it) for one, it in outcome.compared.items()})
        obey.obey(self.book, found, outcome, twins, tab, self.seen.structure, self.now)
        homes = dict(outcome.homes)
        if found.is_whole and not tab.missing:
            rows = [row for row in found.loose if row not in homes.values()]
            homes |= obey.adopt(self.book, found, rows, self.now)
        self.standing = Standing.of(self.seen, homes, is_damaged=self._is_damaged)
        if found.is_whole:
            self.standing.erased = tuple(erase.rows_of(table, tab, erased))
        return outcome

    def _is_another(self, tab: Tab) -> bool:
        """Whether another tab was read as Leads before: this one may be of last week."""
        leads = self.before.tabs.get(Role.LEADS) if self.before else None
        return leads is not None and leads.id != tab.id

    def _calm(self, one: Compared) -> Compared:
        """A word or a date that sends doesn't count as typed; it is replaced, and kept in Activity."""
        calm = [edit for edit in one.edits if not edits.may_send(edit, self.book.workflow)]
        sends = [edit for edit in one.edits if edit not in calm]
        replaced = [Replaced(edit.lead_id, edit.field, cell_text(edit.value), edit.shown) for edit in sends]
        return replace(one, edits=tuple(calm), replaced=(*one.replaced, *replaced))

    @property
    def _is_damaged(self) -> bool:
        return self.seen.seal is None or self._is_older

    def _has_lost(self, table: Table) -> bool:
        leads = self.before.tabs.get(Role.LEADS) if self.before else None
        return bool(leads and self.seen.is_whole and leads.columns.keys() - table.columns.keys())

    def _without_leads(self) -> Outcome:
        self.standing = Standing.of(self.seen, {}, is_damaged=self._is_damaged)
        placed = [one.id for one in mirror.briefs(self.book) if one.place in (THERE, MISSING)]
        if placed and self._is_confirmed() and NO_LEADS in self.book.get(state.SHEET_PROBLEMS):
            editing.delete_rows(self.book, placed, self.now)
        return Outcome(follow_ups=NO_LEADS)

    def _write_anew(self, table: Table) -> None:
        """An older version: its rows say what they say, and nobody typed it."""
        self.book.put(state.SHEET_ACTIVITY, str(newest_of(self.book, self.seen.told)))
        where = {lead_id: row for row, lead_id in table.ids() if lead_id}
        twins = mirror.mirrored(self.book, [one.id for one in mirror.briefs(self.book)])
        for lead_id in twins.keys() & where.keys():
            if twins[lead_id].place != GONE:
                seen = untrusted(twins[lead_id], table.cells(where[lead_id]))
                mirror.agree(self.book, lead_id, seen.agreed, is_changed=True)
        place_anew(self.book, where.keys())


def tab_problems(structure: Structure) -> Iterator[str]:
    """What is missing, or there twice, of tabs and columns."""
    yield from filter(None, [two_leads(structure)])
    for role in NEEDED_TABS:
        if role not in structure.tabs:
            yield NO_LEADS if role is Role.LEADS else NO_TAB.format(TITLES[role])
    for tab in structure.tabs.values():
        yield from _lacks(tab)
    if leads := structure.tabs.get(Role.LEADS):
        lost = [HEADERS[Role.LEADS][name] for name in LEAD_FIELDS if name not in leads.columns]
        told = " ".join(_lacks(leads))
        yield from (NO_LEAD_COLUMN.format(leads.title, one) for one in lost if one not in told)


def two_leads(structure: Structure) -> str:
    leads = structure.tabs.get(Role.LEADS)
    return TWO_LEADS.format(leads.title, structure.doubles[0]) if leads and structure.doubles else ""


def _lacks(tab: Tab) -> list[str]:
    """Columns that stand twice, and needed ones that aren't there."""
    told = " ".join(tab.problems)
    missing = [one for one in tab.missing if f"the column {one} twice" not in told]
    return [*tab.problems, *(NO_COLUMN.format(tab.title, header) for header in missing)]


class Landed(NamedTuple):
    """`again` is the batch that puts right what was written in wrong places; `has_moved`: something wasn't
    where it was looked for; `done` are leads whose rows it filled, and nobody typed there; `is_kept`: what
    was written stands there."""

    again: Batch | None
    has_moved: bool
    done: frozenset[str]
    is_kept: bool


def land_batch(book: Book, batch: Batch, hidden: Rows, structure: Structure, now: datetime) -> Landed:
    """A batch is in: what stands in its rows is agreed from now on."""
    rows = touched(batch, hidden, book.workflow.columns)
    twins = mirror.mirrored(book, {one.placed.key for one in rows} | {one.key for one in rows})
    landing = land(rows, twins)
    activity = structure.tabs.get(Role.ACTIVITY)
    is_in = bool(activity and activity_is_in(batch, hidden, activity.columns))
    mirror.arrive(book, batch.seal.number, batch.activity if is_in else 0)
    if tab := structure.tabs.get(Role.LEADS):
        obey.take_in(book, landing.compared, twins, structure, tab, now)
    if SENDING in landing.written:
        book.put(state.SHEET_SENDING, landing.written[SENDING])
    again = None
    if landing.back:
        again = prepare(book, Draft(Standing(structure, {}, {}, 0, set(), {}), [*landing.back]))
    has_moved = bool(again) or landing.has_moved or (batch.activity > 0 and not is_in)
    quiet = {lead_id for lead_id, one in landing.compared.items() if not (one.edits or one.replaced)}
    return Landed(again, has_moved, frozenset(quiet), landing.is_kept)
