"""What became of a batch, from the copies that it made in the hidden tab. Pure.

A row may have moved between the look and the write. Then its cells landed in somebody else's row: a lead's
own cells are written anew by the next batch, since they differ from what was agreed; other cells, and Lead
IDs, are put back as they were.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sheetflow.ledger.mirror import Mirrored
from sheetflow.sheet.batch import FIRST_COPY, HEADED
from sheetflow.sheet.cells import Value, text_of
from sheetflow.sheet.layout import KEYS, Role, match_headers
from sheetflow.sheet.read import Rows, value_at
from sheetflow.sheet.reconcile import PERSON, Compared, compare, person_in, person_of, texts_of
from sheetflow.sheet.write import Batch, Placed
from sheetflow.workflow.columns import BY_FIELD


@dataclass(frozen=True)
class Touched:
    """One row that a batch wrote to: `key` is whose it was, empty if nobody's."""

    placed: Placed
    key: str
    before: Sequence[Value]
    after: Sequence[Value]
    columns: Mapping[str, int]  # as they were at the write

    def cells(self, row: Sequence[Value]) -> dict[str, Value]:
        return {name: value_at(row, at) for name, at in self.columns.items()}


@dataclass(frozen=True)
class Landing:
    """`compared` says of each lead's row what is agreed now, and what was typed into it in the last moment;
    `written` are Control's lines that are in, `back` cells to put back; `has_moved`: a row or column wasn't
    where it was looked for; `is_kept`: what was written into leads' rows stands there."""

    compared: Mapping[str, Compared]
    written: Mapping[str, str]
    back: tuple[Placed, ...]
    has_moved: bool
    is_kept: bool


def touched(batch: Batch, hidden: Rows, aliases: Mapping[str, str]) -> list[Touched]:
    """`hidden` are rows of the hidden tab, from its first on."""
    columns = {}
    for at, role in enumerate(HEADED, 1):
        header = {n: text_of(value).strip() for n, value in enumerate(_row(hidden, at)) if value is not None}
        columns[role], _ = match_headers(role, header, aliases)
    count, found = len(batch.rows), []
    for at, placed in enumerate(batch.rows, FIRST_COPY):
        before, after = _row(hidden, at), _row(hidden, at + count)
        key_at = columns[placed.role].get(KEYS[placed.role])
        key = "" if key_at is None else text_of(value_at(before, key_at)).strip()
        found.append(Touched(placed, key, before, after, columns[placed.role]))
    return found


def activity_is_in(batch: Batch, hidden: Rows, columns: Mapping[str, int]) -> bool:
    """Whether the lines of Activity stand in their columns, which may have moved at the last moment."""
    header = _row(hidden, 1 + HEADED.index(Role.ACTIVITY))
    now, _ = match_headers(Role.ACTIVITY, {n: text_of(value).strip() for n, value in enumerate(header)}, {})
    return now == dict(columns)


def land(rows: Sequence[Touched], twins: Mapping[str, Mirrored]) -> Landing:
    """`twins` are the leads that the batch was about, and those in whose rows it wrote."""
    compared: dict[str, Compared] = {}
    written: dict[str, str] = {}
    back: list[Placed] = []
    home: set[str] = set()
    for one in rows:
        if one.placed.role is Role.CONTROL:
            if one.key == one.placed.key and _stands(one):
                written[one.key] = text_of(next(iter(one.placed.cells.values())))
            else:
                back += _put_back(one, one.placed.cells.keys())
            continue
        is_home, owner = _is_home(one, twins), twins.get(one.key)
        if is_home and one.placed.fields:
            home.add(one.placed.key)
            owner = twins.get(one.placed.key)
            if owner is None:
                continue  # forgotten meanwhile: the next look empties the row
        if owner and one.placed.fields:
            compared[owner.id] = _compared(owner, one, compared.get(owner.id))
        back += _put_back(one, _foreign(one, owner, is_home=is_home))
    wanted = {one.placed.key for one in rows if one.placed.role is Role.LEADS and one.placed.fields}
    has_moved = bool(wanted - home or not all(map(_stands, rows)))
    return Landing(compared, written, tuple(back), has_moved, all(map(_is_kept, rows)))


def _is_home(one: Touched, twins: Mapping[str, Mirrored]) -> bool:
    """Whether the row is still what it was taken for."""
    placed = one.placed
    if one.key != placed.stood:
        return False
    if placed.over:
        return all(text_of(value_at(one.before, at)) == text_of(over) for at, over in placed.over.items())
    if "id" not in one.columns:
        return False
    if text_of(value_at(one.after, one.columns["id"])).strip() != placed.key:
        return False  # the column Lead ID has moved
    if placed.stood == placed.key:
        return True
    twin, cells = twins.get(placed.key), one.cells(one.before)
    if twin is None:
        return False
    if not twin.place:  # a new lead goes into an empty row
        return all(value in (None, False) for value in cells.values())
    return person_in(cells) == person_of(twin)


def _compared(owner: Mirrored, one: Touched, earlier: Compared | None) -> Compared:
    """What stood in the row before is looked at as in any look; what stands there now is agreed.

    If the row is about another person now, only a look at all rows can tell whether that was typed or torn.
    """
    before, after = one.cells(one.before), one.cells(one.after)
    now = {name: text for name, text in texts_of(after).items() if name != "id"}
    seen = compare(owner, before)
    left = {name for name in PERSON if one.columns.get(name) not in one.placed.cells}
    if owner.problem or not owner.place or any(edit.field in left for edit in seen.edits):
        return Compared({**(earlier or owner).agreed, **_only(now, owner, one)})
    return Compared({**seen.agreed, **now}, seen.edits, seen.replaced)


def _only(now: Mapping[str, str], owner: Mirrored, one: Touched) -> dict[str, str]:
    """Of a row with something wrong nothing is agreed but what was written."""
    if not owner.place:
        return dict(now)
    names = one.placed.fields.values()
    return {name: text for name, text in now.items() if name in names}


def _foreign(one: Touched, owner: Mirrored | None, *, is_home: bool) -> Iterator[int]:
    """Columns of what was written that isn't put right by writing the row's lead anew."""
    if one.placed.over:
        yield from () if is_home else one.placed.cells
        return
    names = {at: name for name, at in one.columns.items()}
    for at in one.placed.cells:
        name = names.get(at, "")
        is_id = name == "id" and not (is_home and one.placed.fields.get(at) == "id")
        if owner is None or name not in BY_FIELD or is_id:
            yield at


def _put_back(one: Touched, columns: Collection[int] | Iterator[int]) -> Iterator[Placed]:
    cells = {at: value_at(one.before, at) for at in columns}
    if cells:
        key_at = one.columns.get(KEYS[one.placed.role])
        stands = "" if key_at is None else text_of(value_at(one.after, key_at)).strip()
        over = {at: value_at(one.after, at) for at in cells}
        yield Placed(one.placed.role, one.key, one.placed.row, stands, cells, {}, over)


def _stands(one: Touched) -> bool:
    return all(one.columns.get(name) == at for at, name in one.placed.fields.items())


def _is_kept(one: Touched) -> bool:
    if one.placed.role is not Role.LEADS:
        return True
    written = {name: one.placed.cells[at] for at, name in one.placed.fields.items()}
    return texts_of(written).items() <= texts_of(one.cells(one.after)).items()


def _row(rows: Rows, at: int) -> Sequence[Value]:
    return rows[at] if at < len(rows) else ()
