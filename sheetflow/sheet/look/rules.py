"""Colours that follow what stands in a row: those of Status and Owner, and of rows that need a person."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from sheetflow.sheet.layout import Role, Tab
from sheetflow.sheet.look.palette import (
    CONTROL_ON,
    CONTROL_PAUSED,
    LATE_ROW,
    NEEDY_ROW,
    OWNER_COLOURS,
    STATUS_COLOURS,
    Colours,
    colour,
)
from sheetflow.sheet.look.words import MARK, NEEDED, Words
from sheetflow.workflow.sequence import Workflow
from sheetflow.workflow.statuses import STATUSES

Json = dict[str, Any]


def colour_rules(tab: Tab, workflow: Workflow, done: Mapping[str, Any], *, is_made: bool) -> Iterator[Json]:
    """Sets our rules again if one is missing or doesn't reach the last row; people's own stay.

    Of a tab that people made only the cells are coloured, never its rows.
    """
    there: Sequence[Json] = done.get("conditionalFormats") or ()
    if tab.role is not Role.LEADS:
        yield from () if there else _control(tab)
        return
    wanted = list(_leads(tab, workflow, 1, is_made=is_made))
    ours = [at for at, rule in enumerate(there) if _is_ours(rule, is_made=is_made)]
    known = {_formula(there[at]) for at in ours if _reaches_end(there[at], tab)}
    if {_formula(rule) for rule in wanted} <= known:
        return
    yield from ({"deleteConditionalFormatRule": {"sheetId": tab.id, "index": at}} for at in reversed(ours))
    yield from _added(wanted)


def colours_of_new_rows(tab: Tab, workflow: Workflow, first: int) -> Iterator[Json]:
    yield from _added(list(_leads(tab, workflow, first, is_made=True)))


def _leads(tab: Tab, workflow: Workflow, first: int, *, is_made: bool) -> Iterator[Json]:
    """What comes first wins: red over all of a row, then the cells' own colours, then yellow."""
    words, everywhere = Words(tab, workflow, first), sorted(tab.columns.values())
    is_whole = is_made and set(NEEDED) <= tab.columns.keys()
    if is_whole:
        yield _rule(tab, first, everywhere, words.is_unanswered(), LATE_ROW)
    if "status" in tab.columns:
        for look in dict.fromkeys(STATUS_COLOURS.values()):
            meant = [word for word, its in STATUS_COLOURS.items() if its == look]
            yield _rule(tab, first, [tab.columns["status"]], words.has_status(*meant), look, is_bold=True)
    if "owner" in tab.columns:
        for number, owner in enumerate(workflow.owners):
            look = OWNER_COLOURS[number % len(OWNER_COLOURS)]
            condition = words.is_one_of("owner", [owner.name])
            yield _rule(tab, first, [tab.columns["owner"]], condition, look)
    if is_whole:
        yield _rule(tab, first, everywhere, words.needs_person(), NEEDY_ROW)


def _rule(
    tab: Tab, first: int, columns: Collection[int], formula: str, look: Colours, *, is_bold: bool = False
) -> Json:
    paper, ink = look
    area = {"startColumnIndex": min(columns), "endColumnIndex": max(columns) + 1}
    return {
        "ranges": [{"sheetId": tab.id, "startRowIndex": first, **area}],
        "booleanRule": {
            "condition": {"type": "CUSTOM_FORMULA", "values": [{"userEnteredValue": formula}]},
            "format": {
                "backgroundColorStyle": colour(paper),
                "textFormat": {"foregroundColorStyle": colour(ink), **({"bold": True} if is_bold else {})},
            },
        },
    }


def _added(rules: Sequence[Json]) -> Iterator[Json]:
    for at, rule in enumerate(rules):
        yield {"addConditionalFormatRule": {"rule": rule, "index": at}}


def _control(tab: Tab) -> Iterator[Json]:
    """Sending shows green or red."""
    for word, (paper, ink) in (("ON", CONTROL_ON), ("PAUSED", CONTROL_PAUSED)):
        if "value" in tab.columns:
            rule = _rule(tab, 1, [tab.columns["value"]], "", (paper, ink), is_bold=True)
            values = [{"userEnteredValue": word}]
            rule["booleanRule"]["condition"] = {"type": "TEXT_EQ", "values": values}
            yield {"addConditionalFormatRule": {"rule": rule, "index": 0}}


def _is_ours(rule: Json, *, is_made: bool) -> bool:
    """Earlier versions made a rule for each status, in tabs of their own."""
    condition = (rule.get("booleanRule") or {}).get("condition") or {}
    is_earlier = is_made and condition.get("type") == "TEXT_EQ" and _formula(rule) in STATUSES
    return MARK in _formula(rule) or is_earlier


def _formula(rule: Json) -> str:
    values = ((rule.get("booleanRule") or {}).get("condition") or {}).get("values") or [{}]
    return str(values[0].get("userEnteredValue", ""))


def _reaches_end(rule: Json, tab: Tab) -> bool:
    return all(area.get("endRowIndex", tab.row_count) >= tab.row_count for area in rule.get("ranges") or ())
