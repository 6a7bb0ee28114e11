"""The rule of the two sides: what people did in the Sheet, and what is wrong with its rows. Pure."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from sheetflow.ledger.book import GONE
from sheetflow.ledger.mirror import MISSING, THERE, Brief, Mirrored
from sheetflow.sheet.cells import Value, cell_of, text_of
from sheetflow.sheet.read import Table
from sheetflow.workflow import statuses
from sheetflow.workflow.columns import BY_FIELD, LEAD_FIELDS, Whose
from sheetflow.workflow.edits import Edit
from sheetflow.workflow.lead import cell_text

TWICE = "This Lead ID stands in {} rows: nothing is sent. Delete the copies, or empty their Lead ID."
UNDO = "Undo it (Edit, Undo, or File, Version history)."
TORN = (
    "Parts of this row belong to another lead, as after sorting or moving only some cells: nothing is sent. "
    f"{UNDO}"
)
LOST = "Its row isn't in the Sheet: nothing is sent until the next whole look at it."
AWAY = "Its row went with many others, so it isn't taken for deleted: nothing is sent. See Control."
MANY_GONE = (
    "{} rows of Leads are gone at once, so none is taken for deleted and no follow-ups are sent: bring them "
    'back (Edit, Undo, or File, Version history), run "python -m sheetflow setup" to have them written anew, '
    "or type DELETED beside this sentence if you meant it."
)
UNKNOWN = (
    "Row {} of Leads has the Lead ID {}, which sheetflow never gave: nothing is sent to it. Empty the "
    "Lead ID and the row is taken in; if the column is yours, give it another header."
)
PERSON = ("name", "email", "phone")  # who a row is about
MANY = 3  # rows gone at once
_ORDER = (*LEAD_FIELDS, "notes", "owner", "next_follow_up", "status")  # a corrected Email goes before New
_NAMED = 5  # problems of one kind that are named one by one


@dataclass(frozen=True)
class Survey:
    """Where every lead is. `rows` by Lead ID, `differing` leads whose row isn't as it was agreed,
    `loose` rows without a Lead ID that hold anything of ours, `prints` the fingerprint of each row."""

    table: Table
    is_whole: bool
    briefs: Mapping[str, Brief]
    rows: Mapping[str, Sequence[int]]
    prints: Sequence[str]
    differing: Collection[str]
    absent: Collection[str]
    loose: Sequence[int]

    @property
    def to_compare(self) -> set[str]:
        return {*self.differing, *self.absent}


@dataclass(frozen=True)
class Replaced:
    """What a person typed into a column that is sheetflow's own."""

    lead_id: str
    field: str
    typed: str
    over: str


@dataclass(frozen=True)
class Compared:
    agreed: Mapping[str, str]
    edits: tuple[Edit, ...] = ()
    replaced: tuple[Replaced, ...] = ()


@dataclass(frozen=True)
class Outcome:
    """`compared` by Lead ID; `homes` are rows in which a lead's own ID must be put back, `problems` what is
    wrong with single leads' rows, `sentences` what Control says."""

    compared: Mapping[str, Compared] = field(default_factory=dict)
    problems: Mapping[str, str] = field(default_factory=dict)
    homes: Mapping[str, int] = field(default_factory=dict)
    deleted: Collection[str] = ()
    back: Collection[str] = ()
    away: Collection[str] = ()
    sentences: tuple[str, ...] = ()
    follow_ups: str = ""


def survey(table: Table, briefs: Sequence[Brief], *, whole: bool) -> Survey:
    """Finds every lead's row. What differs from what was agreed is compared later, cell by cell."""
    known = {brief.id: brief for brief in briefs}
    prints = list(table.fingerprints(whole=whole))
    rows: dict[str, list[int]] = {}
    loose: list[int] = []
    differing: dict[str, None] = {}
    for number, lead_id in table.ids():
        if not lead_id:
            loose.append(number)
            continue
        rows.setdefault(lead_id, []).append(number)
        brief = known.get(lead_id)
        if brief and not _is_same(brief.fingerprint, prints[number], whole=whole):
            differing[lead_id] = None
    absent = [one.id for one in briefs if one.place in (THERE, MISSING) and one.id not in rows]
    filled = [number for number in loose if any(_is_filled(value) for value in table.cells(number).values())]
    return Survey(table, whole, known, rows, prints, differing, absent, filled)


def reconcile(
    found: Survey,
    twins: Mapping[str, Mirrored],
    fresh: Collection[str],
    forgotten: Collection[str] = (),
    *,
    is_confirmed: bool,
) -> Outcome:
    """What follows from a look. `twins` are those of `found.to_compare`; `fresh` are columns that weren't
    there at the last look, `forgotten` Lead IDs of people who were erased; `is_confirmed`: a person typed
    DELETED beside the sentence about many rows."""
    homes = _homes(found, twins) if found.is_whole else {}
    rows = _without_claimed(found, homes)
    problems = {
        lead_id: TWICE.format(len(numbers))
        for lead_id, numbers in rows.items()
        if len(numbers) > 1 and lead_id in found.briefs
    }
    single = {one: rows[one][0] for one in found.differing if len(rows.get(one, ())) == 1} | dict(homes)
    problems |= dict.fromkeys(_torn(found.table, single, twins), TORN)
    compared = {
        lead_id: compare(twins[lead_id], found.table.cells(row), fresh)
        for lead_id, row in single.items()
        if lead_id not in problems
    }
    absent = [lead_id for lead_id in found.absent if lead_id not in homes]
    if not found.is_whole:
        lost = {one: AWAY if found.briefs[one].place == MISSING else LOST for one in absent}
        return Outcome(compared, problems | lost)
    deleted, away = _gone(absent, found, is_confirmed=is_confirmed)
    problems |= dict.fromkeys(away, AWAY)
    many = MANY_GONE.format(len(away)) if away else ""
    sentences = (*filter(None, (many,)), *_named(problems), *_strangers(found, rows, forgotten))
    back = [one for one in rows if one in found.briefs and found.briefs[one].place == GONE]
    return Outcome(compared, problems, homes, deleted, back, away, sentences, many)


def compare(known: Mirrored, cells: Mapping[str, Value], fresh: Collection[str] = ()) -> Compared:
    """One row cell by cell: whatever differs from what was agreed, and what no batch of ours carried, was
    typed by a person."""
    agreed, edits, replaced = dict(known.agreed), [], []
    for name in sorted(cells.keys() - {"id"}, key=_rank):
        value = cell_of(cells[name], BY_FIELD[name])
        text, before = cell_text(value), agreed.get(name, "")
        agreed[name] = text
        is_ours = text in (before, *known.carried.get(name, ())) or (name in fresh and not text)
        if is_ours:
            continue
        if BY_FIELD[name].whose is not Whose.SHEETFLOW:
            edits.append(Edit(known.id, name, value, before))
        elif text and name not in known.kept:
            replaced.append(Replaced(known.id, name, text, before))
    return Compared(agreed, tuple(edits), tuple(replaced))


def texts_of(cells: Mapping[str, Value]) -> dict[str, str]:
    """Cells as they are compared."""
    return {name: cell_text(cell_of(value, BY_FIELD[name])) for name, value in cells.items()}


def person_in(cells: Mapping[str, Value]) -> tuple[str, ...]:
    return tuple(text_of(cells.get(name)).strip() for name in PERSON)


def person_of(known: Mirrored) -> tuple[str, ...]:
    return tuple(known.agreed.get(name, "") for name in PERSON)


def _rank(name: str) -> int:
    return _ORDER.index(name) if name in _ORDER else -1


def _is_same(agreed: str, stands: str, *, whole: bool) -> bool:
    return agreed == stands if whole else agreed.partition(".")[2] == stands.partition(".")[2]


def _is_filled(value: Value) -> bool:
    """An unticked checkbox is as good as nothing."""
    return value not in (None, False)


def _homes(found: Survey, twins: Mapping[str, Mirrored]) -> dict[str, int]:
    """Rows that lost their Lead ID, or got another's: known by who they are about."""
    wanted: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for lead_id in found.absent:
        wanted[person_of(twins[lead_id])].append(lead_id)
    wanted.pop(("",) * len(PERSON), None)
    if not wanted:
        return {}
    open_rows = [
        *found.loose,
        *(
            row
            for lead_id, rows in found.rows.items()
            if lead_id not in found.briefs or len(rows) > 1
            for row in rows
        ),
    ]
    found_in: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for row in open_rows:
        found_in[person_in(found.table.cells(row))].append(row)
    return {
        ids[0]: found_in[person][0]
        for person, ids in wanted.items()
        if len(ids) == 1 and len(found_in.get(person, ())) == 1
    }


def _without_claimed(found: Survey, homes: Mapping[str, int]) -> dict[str, list[int]]:
    claimed = set(homes.values())
    rows = {one: [row for row in numbers if row not in claimed] for one, numbers in found.rows.items()}
    return {one: numbers for one, numbers in rows.items() if numbers}


def _torn(table: Table, rows: Mapping[str, int], twins: Mapping[str, Mirrored]) -> Iterator[str]:
    """Leads whose row says of the person what was agreed for another one, whose row doesn't any more."""
    stands = {lead_id: texts_of(table.cells(row)) for lead_id, row in rows.items()}
    for name in filter(table.columns.__contains__, PERSON):
        owners: dict[str, list[str]] = defaultdict(list)
        for other, twin in twins.items():
            text = twin.agreed.get(name, "")
            if text and stands.get(other, {}).get(name) != text:
                owners[text].append(other)
        for lead_id, texts in stands.items():
            others = [one for one in owners.get(texts[name], ()) if one != lead_id]
            if others and texts[name] != twins[lead_id].agreed.get(name, ""):
                yield lead_id
                yield from (one for one in others if one in stands)


def _gone(absent: Sequence[str], found: Survey, *, is_confirmed: bool) -> tuple[list[str], list[str]]:
    """Which leads' rows a person deleted, and which are only away."""
    if is_confirmed:
        return list(absent), []
    placed = [one for one in found.briefs.values() if one.place in (THERE, MISSING)]
    open_ids = {one.id for one in placed if one.status in statuses.OPEN or one.status == statuses.NURTURE}
    count = sum(1 for one in absent if one in open_ids)
    if count >= MANY and count * 2 > len(open_ids):
        return [], list(absent)
    away = [one for one in absent if found.briefs[one].place == MISSING]
    return [one for one in absent if found.briefs[one].place != MISSING], away


def _named(problems: Mapping[str, str]) -> Iterator[str]:
    torn = [one for one, why in problems.items() if why == TORN]
    doubled = [one for one, why in problems.items() if why not in (TORN, AWAY)]
    if torn:
        yield f"Cells of Leads were torn from their rows ({_some(torn)}): nothing is sent to them. {UNDO}"
    if doubled:
        yield f"These Lead IDs stand in more than one row ({_some(doubled)}): delete the copies."


def _some(lead_ids: Sequence[str]) -> str:
    more = len(lead_ids) - _NAMED
    return ", ".join(lead_ids[:_NAMED]) + (f" and {more} more" if more > 0 else "")


def _strangers(found: Survey, rows: Mapping[str, Sequence[int]], forgotten: Collection[str]) -> Iterator[str]:
    known = {*found.briefs, *forgotten}
    unknown = [(numbers[0], one) for one, numbers in rows.items() if one not in known]
    for row, lead_id in unknown[:_NAMED]:
        yield UNKNOWN.format(row + 1, lead_id[:40])
    if len(unknown) > _NAMED:
        yield f"{len(unknown) - _NAMED} more rows of Leads have a Lead ID that sheetflow never gave."


def untrusted(known: Mirrored, cells: Mapping[str, Value]) -> Compared:
    """A row of an older version of the Sheet: nothing in it was typed."""
    return Compared({**known.agreed, **texts_of({n: v for n, v in cells.items() if n != "id"})})
