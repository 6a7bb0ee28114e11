"""The requests of spreadsheets.batchUpdate about what lies over cells: names, marks, protections, colours."""

from __future__ import annotations

import re

from tests.fakes import sheets_a1
from tests.fakes.sheets_batch_cells import grid_range
from tests.fakes.sheets_cells import colours_settled, mask_of, mask_over
from tests.fakes.sheets_document import Document
from tests.fakes.sheets_errors import Invalid
from tests.fakes.sheets_grid import Message, Protection, Sheet
from tests.fakes.sheets_masks import merged, parsed


def add_named_range(document: Document, body: Message) -> Message:
    """A name that is taken is refused, also by a name whose cells are gone: what makes it a guard."""
    wanted = body.get("namedRange") or {}
    name = wanted.get("name") or ""
    _check_name(document, name)
    document.area(wanted.get("range") or {})
    named_id = wanted.get("namedRangeId") or str(document.new_id())
    if any(named["namedRangeId"] == named_id for named in document.named_ranges):
        raise Invalid(
            f"Cannot add named range with ID: {named_id}, a named range with that ID already exists."
        )
    named = {"namedRangeId": named_id, "name": name, "range": _as_sent(wanted.get("range") or {})}
    document.named_ranges.append(named)
    return {"namedRange": named}


def update_named_range(document: Document, body: Message) -> None:
    wanted = body.get("namedRange") or {}
    at = _named_index(document, wanted.get("namedRangeId") or "")
    mask = mask_of(body.get("fields"), parsed)
    new = {**(merged(document.named_ranges[at], wanted, mask) or {}), "namedRangeId": wanted["namedRangeId"]}
    if new["name"] != document.named_ranges[at]["name"]:
        _check_name(document, new["name"])
    document.area(new["range"])
    document.named_ranges[at] = {**new, "range": _as_sent(new["range"])}


def delete_named_range(document: Document, body: Message) -> None:
    del document.named_ranges[_named_index(document, body.get("namedRangeId") or "")]


def add_protected_range(document: Document, body: Message) -> Message:
    """The service account may write where it protected something itself, as whoever adds a protection may."""
    wanted = body.get("protectedRange") or {}
    protection_id = wanted.get("protectedRangeId") or document.new_id()
    area = document.area(wanted.get("range") or {})
    document.check_writable(area)
    editors = {name: people for name, people in (wanted.get("editors") or {}).items() if people}
    optional = {name: wanted[name] for name in ("description", "warningOnly") if wanted.get(name)}
    message = {
        "protectedRangeId": protection_id,
        "range": _as_sent(wanted.get("range") or {}),
        **optional,
        "requestingUserCanEdit": True,
        "editors": editors,
    }
    area.sheet.protections.append(Protection(message, locked=False))
    return {"protectedRange": message}


def update_protected_range(document: Document, body: Message) -> None:
    wanted = body.get("protectedRange") or {}
    sheet, at, old = _own_protection(document, wanted.get("protectedRangeId") or 0)
    mask = mask_over(body.get("fields"), wanted, parsed)
    message = merged(old.message, wanted, mask) or {}
    document.area(message.get("range") or {})
    message = {name: value for name, value in message.items() if value not in (False, None)}
    sheet.protections[at] = old._replace(message=message)


def delete_protected_range(document: Document, body: Message) -> None:
    sheet, at, _ = _own_protection(document, body.get("protectedRangeId") or 0)
    del sheet.protections[at]


def add_banding(document: Document, body: Message) -> Message:
    wanted = colours_settled(body.get("bandedRange") or {})
    area = document.area(wanted.get("range") or {})
    if any(document.area(banding["range"]).meets(area) for banding in area.sheet.bandings):
        raise Invalid(
            "You cannot add alternating background colors to a range that already has alternating background "
            "colors."
        )
    banding_id = wanted.get("bandedRangeId") or document.new_id()
    banding = {**wanted, "bandedRangeId": banding_id, "range": grid_range(area)}
    area.sheet.bandings.append(banding)
    return {"bandedRange": banding}


def update_banding(document: Document, body: Message) -> None:
    wanted = colours_settled(body.get("bandedRange") or {})
    sheet, at = _banding(document, wanted.get("bandedRangeId") or 0)
    mask = mask_over(body.get("fields"), wanted, parsed)
    banding = merged(sheet.bandings[at], wanted, mask) or {}
    sheet.bandings[at] = {**banding, "range": grid_range(document.area(banding["range"]))}


def delete_banding(document: Document, body: Message) -> None:
    sheet, at = _banding(document, body.get("bandedRangeId") or 0)
    del sheet.bandings[at]


def add_conditional_format_rule(document: Document, body: Message) -> None:
    sheet, rule = _rule(document, body.get("rule") or {})
    sheet.conditional_formats.insert(_rule_index(sheet, body, len(sheet.conditional_formats)), rule)


def update_conditional_format_rule(document: Document, body: Message) -> Message:
    """Replaces the rule, or moves it to `newIndex`."""
    if "rule" in body:
        sheet, rule = _rule(document, body["rule"])
        at = _rule_index(sheet, body, len(sheet.conditional_formats) - 1)
        old, sheet.conditional_formats[at] = sheet.conditional_formats[at], rule
        return {"oldRule": old, "newRule": rule, "newIndex": at}
    sheet = document.sheet(body.get("sheetId") or 0)
    at = _rule_index(sheet, body, len(sheet.conditional_formats) - 1)
    rule = sheet.conditional_formats.pop(at)
    sheet.conditional_formats.insert(body.get("newIndex") or 0, rule)
    return {"newRule": rule, "oldIndex": at, "newIndex": body.get("newIndex") or 0}


def delete_conditional_format_rule(document: Document, body: Message) -> Message:
    sheet = document.sheet(body.get("sheetId") or 0)
    at = _rule_index(sheet, body, len(sheet.conditional_formats) - 1)
    return {"rule": sheet.conditional_formats.pop(at)}


def _check_name(document: Document, name: str) -> None:
    if not re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]{0,249}", name) or _reads_as_cell(name):
        raise Invalid(f"Invalid name for a named range: {name}")
    if any(named["name"].lower() == name.lower() for named in document.named_ranges):
        raise Invalid(
            f"Cannot add named range with name: {name}, a named range with that name already exists."
        )


def _reads_as_cell(name: str) -> bool:
    r1c1 = re.fullmatch(r"[Rr]\d*[Cc]\d*", name)
    return bool(r1c1) or name.upper() in ("TRUE", "FALSE") or sheets_a1.box(name) is not None


def _named_index(document: Document, named_id: str) -> int:
    for index, named in enumerate(document.named_ranges):
        if named["namedRangeId"] == named_id:
            return index
    raise Invalid(f"No named range with ID: {named_id}")


def _own_protection(document: Document, protection_id: int) -> tuple[Sheet, int, Protection]:
    sheet, at, protection = document.protection(protection_id)
    if protection.locked:
        raise Invalid("You do not have permission to edit the protected range.")
    return sheet, at, protection


def _banding(document: Document, banding_id: int) -> tuple[Sheet, int]:
    for sheet in document.sheets:
        for at, banding in enumerate(sheet.bandings):
            if banding["bandedRangeId"] == banding_id:
                return sheet, at
    raise Invalid(f"No banding with id: {banding_id}")


def _rule(document: Document, rule: Message) -> tuple[Sheet, Message]:
    """The rule as it is kept: its open ranges end with today's grid."""
    areas = [document.area(one) for one in rule.get("ranges") or []]
    if not areas or ("booleanRule" in rule) == ("gradientRule" in rule):
        raise Invalid("A conditional format rule needs ranges and either booleanRule or gradientRule.")
    if len({area.sheet.id for area in areas}) > 1:
        raise Invalid("All ranges of a conditional format rule must be on the same sheet.")
    return areas[0].sheet, {**colours_settled(rule), "ranges": [grid_range(area) for area in areas]}


def _rule_index(sheet: Sheet, body: Message, highest: int) -> int:
    at: int = body.get("index") or 0
    if not 0 <= at <= highest:
        raise Invalid(f"No conditional format on sheet: {sheet.id} at index: {at}")
    return at


def _as_sent(grid_range: Message) -> Message:
    return {
        name: value
        for name, value in grid_range.items()
        if value is not None and (name, value) != ("sheetId", 0)
    }
