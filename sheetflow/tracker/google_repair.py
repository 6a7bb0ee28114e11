"""Whether a batch landed where it belongs, and what is to be put right where it didn't."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sheetflow.tracker.google_book import View
from sheetflow.tracker.google_cells import Grid, Value, text_of
from sheetflow.tracker.google_layout import Role, Tab, fingerprint
from sheetflow.tracker.google_marks import mark_text, sent_to
from sheetflow.tracker.google_write import Batch, CellWrite, Work, column_of, shows_same
from sheetflow.workflow.lead import Mark


def find_repairs(batch: Batch, view: View, *, is_later: bool = False) -> Work:
    """What is left to do once a batch is in: what went wrong by a move, or over what a person typed.

    `is_later`: the view is a whole read some time after the write, whose answer was lost. Rows may have moved
    since, so only a cell that holds what was written is taken for one that was written over.
    """
    saved = saved_by(batch, view)
    strangers = _strangers(batch, view)
    lost = _lost_keys(batch, view, strangers)
    cells: list[CellWrite] = []
    kept: dict[str, list[str]] = {}  # shared fields by lead
    for write, place, save in sorted(written(batch), key=lambda one: one[0].name == "mark"):
        if write.role is Role.SUPPRESSED:
            continue  # the key itself is emptied there: `find_strays` sees to those lines
        old = saved.row(save[0]).get(save[1]) if saved else None
        if _is_home(write, place, view) and write.key not in strangers:
            if saved and write.is_guarded and not shows_same(write, old, write.believed, write.value):
                cells.append(replace(write, value=old, believed=write.value))
                kept.setdefault(write.key, []).append(write.name)
            elif write.name == "mark" and write.key in kept:
                # The mark goes last in a row: what a person typed isn't ours to remember.
                cells.append(replace(write, value=_unmarked(write.value, old, kept[write.key])))
            continue
        # Somebody else's cell: it gets back what stood there, and the write is done again in its own place.
        if saved and (not is_later or _holds(write, place, view)):
            cells.append(_physical(write, place, old, view, lost.get((write.role, place[0]))))
        if write.key and write.key not in strangers:
            cells.append(replace(write, row=None, column=None))
    for role, rows in batch.work.appends.items():
        cells += _mend_appended(batch.tabs.get(role), role, rows, view)
    return Work(tuple(cells))


def landed(batch: Batch, view: View) -> Iterator[tuple[CellWrite, tuple[int, int]]]:
    """The writes that stand where they belong, and where that is."""
    for write, place, _ in written(batch):
        if _is_home(write, place, view):
            yield write, place


def saved_by(batch: Batch, view: View) -> Grid | None:
    """What stood there before; None where the hidden tab holds another batch's by now."""
    before = view.grids.get(Role.BEFORE)
    return before if before and before.row(0).get(0) == batch.guard else None


def written(batch: Batch) -> Iterator[tuple[CellWrite, tuple[int, int], tuple[int, int]]]:
    """Each write, the cell it went to, and the cell of the hidden tab with what stood there."""
    for block in batch.blocks:
        for down, writes in enumerate(block.writes):
            for across, write in enumerate(writes):
                yield write, (block.top + down, block.left + across), (block.saved_at + down, across)


def _unmarked(written: Value, old: Value, names: Sequence[str]) -> Value:
    """The mark with its old parts for these fields."""
    was, now = Mark.from_json(str(old or "")), str(written)
    if was.lead_id != Mark.from_json(now).lead_id:
        was = Mark()
    parts: dict[str, Any] = {name: getattr(was, name) for name in names}
    return mark_text(replace(Mark.from_json(now), **parts), sent_to(now))


def _strangers(batch: Batch, view: View) -> set[str]:
    """New Lead IDs that went to another row than the one a person had typed."""
    tab = view.tabs.get(Role.LEADS)
    rows = view.grids.get(Role.LEADS)
    return {
        lead_id
        for lead_id, (row, looks) in batch.work.adopted.items()
        if tab is None or rows is None or fingerprint(tab.columns, rows.row(row)) != looks
    }


def _holds(write: CellWrite, place: tuple[int, int], view: View) -> bool:
    """An emptied cell tells nothing."""
    stands = view.grids[write.role].row(place[0]).get(place[1]) if write.role in view.grids else None
    return text_of(stands) == text_of(write.value) != ""


def _lost_keys(batch: Batch, view: View, strangers: set[str]) -> dict[tuple[Role, int], str]:
    """The keys that stood where something else was written: they will stand there again."""
    saved = saved_by(batch, view)
    return {
        (write.role, place[0]): text_of(saved.row(save[0]).get(save[1])).strip()
        for write, place, save in written(batch)
        if saved and (tab := view.tabs.get(write.role)) and place[1] == tab.key
        if not _is_home(write, place, view) or write.key in strangers
    }


def _is_home(write: CellWrite, place: tuple[int, int], view: View) -> bool:
    tab = view.tabs.get(write.role)
    if tab is None:
        return False
    row, column = place
    if write.key and _key_at(tab, row, view) != write.key:
        return False
    return write.column is not None or column_of(tab, write.name) == column


def _key_at(tab: Tab, row: int, view: View) -> str:
    value = view.grids[tab.role].row(row).get(tab.key) if tab.key is not None else None
    return str(value or "").strip()


def _physical(
    write: CellWrite, place: tuple[int, int], old: Value, view: View, lost: str | None
) -> CellWrite:
    """A cell by where it is now, named as well as it can be in case it moves again.

    `lost` is the row's key where that is put back too.
    """
    row, column = place
    tab = view.tabs[write.role]
    header = tab.header.get(column, "")
    named = column_of(tab, header) == column if header else False
    at = None if named else column
    key = _key_at(tab, row, view) if lost is None else lost
    return CellWrite(write.role, key, header, old, row, at, believed=write.value, puts_back=True)


def _mend_appended(
    tab: Tab | None, role: Role, rows: Sequence[Mapping[str, Value]], view: View
) -> Iterator[CellWrite]:
    """New rows of Leads whose columns moved at the moment they were written."""
    now = view.tabs.get(role)
    if role is not Role.LEADS or tab is None or now is None or tab.columns == now.columns:
        return
    moved = {name for name, at in tab.columns.items() if now.columns.get(name) != at}
    wrong = {tab.columns[name] for name in moved} - {now.columns.get(name) for name in moved}
    written = {str(row["id"]): row for row in rows}
    for number, value in view.grids[role].column(tab.key):
        row = written.get(str(value))
        if row is None:
            continue
        # Where the Lead IDs themselves landed elsewhere, only the row says which one it is.
        key = str(value) if tab.key == now.key else ""
        for at in sorted(wrong):
            header = now.header.get(at, "")
            named = column_of(now, header) == at if header else False
            yield CellWrite(role, key, header, None, number, None if named else at)
        for name in sorted(moved & row.keys() & now.columns.keys()):
            yield CellWrite(role, key, name, row[name], number)
