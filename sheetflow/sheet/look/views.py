"""Filter views on Leads: each person switches to one without disturbing the others."""

from collections.abc import Iterator, Mapping
from typing import Any

from sheetflow.sheet.layout import Tab
from sheetflow.sheet.look.words import NEEDED, Words
from sheetflow.workflow import statuses
from sheetflow.workflow.sequence import Workflow

Json = dict[str, Any]

VIEWED = "sheetflow-views"  # developer metadata of a tab that has been given its views
FIRST_ID = 7_401_101


def filter_views(tab: Tab, workflow: Workflow, done: Mapping[str, Any]) -> Iterator[Json]:
    """Made once: one that people deleted stays deleted, and what they made of its name stays too.

    Those that are there get today's columns and rows again.
    """
    if not {*NEEDED, "received"} <= tab.columns.keys():
        return
    were_made = any(one.get("metadataKey") == VIEWED for one in done.get("developerMetadata") or ())
    there = {view["filterViewId"] for view in done.get("filterViews") or ()}
    for number, (title, field, formula) in enumerate(_views(tab, workflow), FIRST_ID):
        view = {"filterViewId": number, "range": _range(tab), "filterSpecs": [_spec(tab, field, formula)]}
        if number in there:
            yield {"updateFilterView": {"filter": view, "fields": "range,filterSpecs"}}
        elif not were_made:
            yield {"addFilterView": {"filter": {**view, "title": title}}}
    if not were_made:
        entry = {
            "metadataKey": VIEWED,
            "metadataValue": str(tab.id),
            "visibility": "DOCUMENT",
            "location": {"sheetId": tab.id},
        }
        yield {"createDeveloperMetadata": {"developerMetadata": entry}}


def _views(tab: Tab, workflow: Workflow) -> Iterator[tuple[str, str, str]]:
    words = Words(tab, workflow)
    yield "Needs me", "status", words.needs_person()
    theirs = words.has_status(statuses.CONTACTED, statuses.FOLLOWING_UP)
    yield "Waiting for an answer", "status", theirs
    yield "This week", "received", words.is_of_this_week()
    yield "Won and lost", "status", words.has_status(statuses.WON, statuses.LOST)


def _range(tab: Tab) -> Json:
    last = max([*tab.columns.values(), *tab.header])
    return {"sheetId": tab.id, "startRowIndex": 0, "startColumnIndex": 0, "endColumnIndex": last + 1}


def _spec(tab: Tab, field: str, formula: str) -> Json:
    condition = {"type": "CUSTOM_FORMULA", "values": [{"userEnteredValue": formula}]}
    return {"columnIndex": tab.columns[field], "filterCriteria": {"condition": condition}}
