"""What a batch writes, and where: rows of leads, lines of Activity and Control, as many as one may carry."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from sheetflow.ledger.mirror import Mirrored
from sheetflow.sheet.cells import Value, cell_of, text_of, value_of
from sheetflow.sheet.layout import PROBLEMS, Json, Role, Seal, Structure, Tab
from sheetflow.sheet.look.meanings import MEANINGS
from sheetflow.sheet.read import Line, Seen, Table
from sheetflow.workflow.columns import BY_FIELD, LEAD_FIELDS
from sheetflow.workflow.lead import cell_text

MOST_BYTES = 1_600_000  # of JSON, and at most one long lead more; Google takes 2 MB
MOST_ROWS = 1_000  # in one batch
MOST_LINES = 3_000  # of Activity in one batch
CONFIRMED = "deleted"  # what a person types beside the sentence about deleted rows, in any case


@dataclass(frozen=True)
class Placed:
    """What goes into one row. `key` is whose row it must be, `stood` what its key cell holds before that.

    `cells` by column; `fields` says which are ours. For a cell that is only put back as it was, `over` says
    what is believed to stand there.
    """

    role: Role
    key: str
    row: int
    stood: str
    cells: Mapping[int, Value]
    fields: Mapping[int, str] = field(default_factory=dict)
    over: Mapping[int, Value] = field(default_factory=dict)


@dataclass(frozen=True)
class Batch:
    """`activity` is the number of the last event that it carries."""

    seal: Seal
    rows: tuple[Placed, ...]
    activity: int
    body: Json

    def to_json(self) -> str:
        # Not asdict(), which copies the whole body first.
        plain = {**vars(self), "seal": vars(self.seal), "rows": [vars(one) for one in self.rows]}
        return json.dumps(plain, ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> "Batch | None":
        if not text:
            return None
        found = json.loads(text)
        rows = tuple(_placed(one) for one in found["rows"])
        return cls(Seal(**found["seal"]), rows, found["activity"], found["body"])


@dataclass
class Standing:
    """Where things stood at the last look, and where our own writes have put them since.

    `rows` are those of each lead, `homes` rows that lack their lead's ID and what is in its place, `last` the
    last row with a Lead ID, `occupied` rows below it that can't take a lead as they are.
    """

    structure: Structure
    rows: dict[str, list[int]]
    homes: Mapping[str, tuple[int, str]]
    last: int
    occupied: set[int]
    control: Mapping[str, Line]
    is_damaged: bool = False  # the hidden tab's first line is to be written anew
    erased: tuple[Placed, ...] = ()  # what is still told of forgotten people

    @classmethod
    def of(cls, seen: Seen, homes: Mapping[str, int], *, is_damaged: bool) -> "Standing":
        rows: dict[str, list[int]] = {}
        ids = dict(seen.leads.ids()) if seen.leads else {}
        for row, lead_id in ids.items():
            if lead_id:
                rows.setdefault(lead_id, []).append(row)
        last = max((row for found in rows.values() for row in found), default=0)
        occupied = {row for row in ids if row > last and seen.leads and is_filled(seen.leads, row)}
        at = {lead_id: (row, ids[row]) for lead_id, row in homes.items()}
        last = max([last, *homes.values()])
        return cls(seen.structure, rows, at, last, occupied, seen.control, is_damaged)

    @property
    def leads(self) -> Tab | None:
        """None if nothing can be written there: nobody would know the rows again."""
        tab = self.structure.tabs.get(Role.LEADS)
        return tab if tab and "id" in tab.columns else None

    def after(self, batch: Batch, structure: Structure) -> "Standing":
        """With the rows that a batch has added."""
        rows, control = dict(self.rows), dict(self.control)
        for one in batch.rows:
            if one.role is Role.LEADS:
                rows.setdefault(one.key, [one.row])
            elif one.fields:
                control[one.key] = replace(control[one.key], value=text_of(next(iter(one.cells.values()))))
        control |= {name: replace(line, cells=()) for name, line in control.items()}
        new = [one.row for one in batch.rows if one.role is Role.LEADS and one.row > self.last]
        shift = 0 if self.occupied.isdisjoint(new) else len(new)  # rows were inserted
        return Standing(
            structure, rows, {}, max([self.last, *new]), {row + shift for row in self.occupied}, control
        )

    def unconfirmed(self) -> Iterator[Placed]:
        """The word DELETED beside Problems goes once it was read: it holds for one time."""
        line, tab = self.control.get(PROBLEMS), self.structure.tabs.get(Role.CONTROL)
        for at, text in enumerate(line.cells if line and tab else ()):
            if line and text.casefold() == CONFIRMED:
                meaning = MEANINGS[PROBLEMS] if tab and tab.columns.get("meaning") == at else None
                yield Placed(Role.CONTROL, PROBLEMS, line.row, PROBLEMS, {at: meaning}, {}, {})


@dataclass
class Draft:
    """A batch while it is put together, up to its size."""

    standing: Standing
    rows: list[Placed] = field(default_factory=list)
    new: int = 0
    lines: list[Mapping[str, str]] = field(default_factory=list)  # of Activity, by field
    activity: int = 0  # the number of the last event among them
    extra: list[Json] = field(default_factory=list)
    size: int = 0

    @property
    def is_full(self) -> bool:
        return self.size > MOST_BYTES or len(self.rows) >= MOST_ROWS

    def add(self, rows: Iterable[Placed]) -> None:
        for one in rows:
            self.rows.append(one)
            self.size += 420 + len(json.dumps(list(one.cells.values()), ensure_ascii=False).encode("utf-8"))

    def add_line(self, number: int, line: Mapping[str, str]) -> None:
        self.lines.append(line)
        self.activity = number
        self.size += 350 + len(json.dumps(line.get("detail"), ensure_ascii=False).encode("utf-8"))

    def __bool__(self) -> bool:
        return bool(self.rows or self.lines or self.extra)


def is_filled(table: Table, row: int) -> bool:
    return any(value not in (None, False) for value in table.cells(row).values())


def wanted_values(known: Mirrored, tab: Tab) -> dict[str, Value]:
    """The row as it should stand in these columns: what has no column is said in Details."""
    values = {name: value_of(known.wanted.get(name)) for name in BY_FIELD if name in tab.columns}
    homeless = [name for name in LEAD_FIELDS if name not in tab.columns and known.wanted.get(name)]
    if homeless and "details" in values:
        told = [f"{BY_FIELD[name].header}: {known.wanted[name]}" for name in homeless]
        values["details"] = value_of("\n".join([*told, str(known.wanted.get("details") or "")]).strip())
    return values


def lacking(known: Mirrored, tab: Tab) -> dict[str, Value]:
    """What of the lead's row isn't in the Sheet as it should be. While something is wrong with the row only
    Why is written, which says so."""
    wanted = wanted_values(known, tab)
    names = ("why",) if known.problem else tuple(wanted)
    return {
        name: wanted[name]
        for name in names
        if name in wanted and name != "id" and name not in known.kept
        if cell_text(cell_of(wanted[name], BY_FIELD[name])) != known.agreed.get(name, "")
    }


def rows_for(known: Mirrored, draft: Draft) -> Iterator[Placed]:
    """Where a lead's cells go: into its row, into each of them if there are several, or below the others."""
    standing, tab = draft.standing, draft.standing.leads
    assert tab is not None
    cells = lacking(known, tab)
    places = [(row, known.id) for row in standing.rows.get(known.id, ())]
    if known.id in standing.homes:
        places = [standing.homes[known.id]]
        cells = {**cells, "id": known.id}
    elif not places and not known.place:
        draft.new += 1
        places, cells = [(standing.last + draft.new, "")], {**cells, "id": known.id}
    for row, stood in places:
        by_column = {
            tab.columns[name]: value
            for name, value in cells.items()
            if not standing.structure.is_locked(Role.LEADS, row, tab.columns[name])
        }
        if by_column:
            fields = {at: name for name, at in tab.columns.items() if at in by_column}
            yield Placed(Role.LEADS, known.id, row, stood, by_column, fields)


def control_rows(standing: Standing, values: Mapping[str, str]) -> Iterator[Placed]:
    """Lines of Control that should say something else."""
    tab = standing.structure.tabs.get(Role.CONTROL)
    for name, value in values.items():
        line = standing.control.get(name)
        if tab and line and line.value != value and not tab.missing:
            at = tab.columns["value"]
            if not standing.structure.is_locked(Role.CONTROL, line.row, at):
                yield Placed(Role.CONTROL, name, line.row, name, {at: value_of(value)}, {at: "value"})


def _placed(found: dict[str, Any]) -> Placed:
    by_column = {
        name: {int(at): value for at, value in found[name].items()} for name in ("cells", "fields", "over")
    }
    return Placed(**{**found, "role": Role(found["role"]), **by_column})
