"""The REST paths of the Sheets API: what answers which, whether it reads or writes, what it may carry."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import parse_qs, unquote

from tests.fakes import sheets_schema as schema
from tests.fakes import sheets_values_api as values
from tests.fakes.sheets_batch import batch_update
from tests.fakes.sheets_batch_metadata import every_entry, matching
from tests.fakes.sheets_document import Document
from tests.fakes.sheets_errors import Invalid, bad_request, not_found, not_permitted
from tests.fakes.sheets_grid import Message
from tests.fakes.sheets_masks import Mask, parsed, picked
from tests.fakes.sheets_resource import spreadsheet

RENDER = "FORMATTED_VALUE|UNFORMATTED_VALUE|FORMULA"
DATES = "SERIAL_NUMBER|FORMATTED_STRING"
READING = {"majorDimension": "ROWS|COLUMNS", "valueRenderOption": RENDER, "dateTimeRenderOption": DATES}
WRITING = {
    "valueInputOption": "RAW|USER_ENTERED",
    "includeValuesInResponse": "",
    "responseValueRenderOption": RENDER,
    "responseDateTimeRenderOption": DATES,
}
ALWAYS = {"fields", "alt", "prettyPrint", "quotaUser"}


@dataclass(frozen=True)
class Call:
    """One request, checked: what an endpoint needs to answer it."""

    document: Document
    place: str
    query: dict[str, list[str]]
    body: Message
    mask: Mask

    @property
    def options(self) -> Message:
        return {name: found[-1] for name, found in self.query.items()}

    def flag(self, name: str) -> bool:
        return self.query.get(name, [""])[-1].lower() == "true"


@dataclass(frozen=True)
class Endpoint:
    """`route` is method and path; `takes` and `gives` are the messages of body and answer."""

    route: str
    kind: str
    takes: str | None
    gives: str
    answer: Callable[[Call], Message]
    parameters: dict[str, str]

    @property
    def verb(self) -> str:
        method, _, path = self.route.partition(" ")
        return path.rpartition(":")[2] if ":" in path else method

    def match(self, method: str, path: str) -> re.Match[str] | None:
        own_method, _, own_path = self.route.partition(" ")
        pattern = re.escape(own_path).replace("ID", "(?P<id>[^/:]+)").replace("PLACE", "(?P<place>[^/]+?)")
        return re.fullmatch(f"/v4/spreadsheets/{pattern}", path) if method == own_method else None


def find(method: str, path: str) -> tuple[Endpoint, str, str] | None:
    """The endpoint of a raw path, the spreadsheet's ID and the decoded last part: a range, an ID."""
    for endpoint in ENDPOINTS:
        match = endpoint.match(method, path)
        if match:
            return endpoint, match["id"], unquote(match.groupdict().get("place") or "")
    return None


def kind_of(method: str, path: str) -> str:
    """Which quota a request counts against: read or write."""
    found = find(method, path)
    return found[0].kind if found else ("read" if method == "GET" else "write")


def answer(document: Document, sharing: str, method: str, path: str, query: str, body: bytes) -> Message:
    """Answer one request, or raise ApiError; a failed request leaves the document as it was."""
    found = find(method, path)
    if found is None:
        raise not_found()
    endpoint, spreadsheet_id, place = found
    arguments = parse_qs(query, keep_blank_values=True)
    _check_parameters(endpoint, arguments)
    message = _checked_body(endpoint, body)
    mask = _checked_mask(endpoint, arguments)
    if spreadsheet_id != document.id:
        raise not_found()
    if sharing == "none" or (sharing == "viewer" and endpoint.kind == "write"):
        raise not_permitted()
    trial = document if endpoint.kind == "read" else document.copy()
    try:
        result = endpoint.answer(Call(trial, place, arguments, message, mask))
    except Invalid as problem:
        raise bad_request(str(problem)) from None
    document.adopt(trial)
    return result


def _check_parameters(endpoint: Endpoint, arguments: dict[str, list[str]]) -> None:
    for name, given in arguments.items():
        if name not in endpoint.parameters and name not in ALWAYS:
            description = (
                f'Invalid JSON payload received. Unknown name "{name}": Cannot bind query parameter. '
                f"Field '{name}' could not be found in request message."
            )
            raise bad_request(description, [("", description)])
        allowed = endpoint.parameters.get(name)
        if allowed and given[-1] not in allowed.split("|"):
            field = re.sub(r"([A-Z])", r"_\1", name).lower()
            description = f"Invalid value at '{field}' ({schema.PROTO}.{name}), \"{given[-1]}\""
            raise bad_request(description, [(field, description)])


def _checked_body(endpoint: Endpoint, body: bytes) -> Message:
    if not endpoint.takes:
        return {}
    try:
        message = json.loads(body, object_hook=_without_nulls) if body.strip() else {}
    except ValueError:
        raise bad_request("Invalid JSON payload received. Unexpected token.") from None
    schema.check(endpoint.takes, message, "data" if endpoint.takes == "ValueRange" else "")
    return dict(message)


def _without_nulls(message: Message) -> Message:
    """null means not set; only in a row of values it means something."""
    return {name: value for name, value in message.items() if value is not None}


def _checked_mask(endpoint: Endpoint, arguments: dict[str, list[str]]) -> Mask:
    text = arguments.get("fields", [""])[-1]
    mask = parsed(text)
    schema.check_fields(endpoint.gives, mask, text)
    return mask


def _get(call: Call) -> Message:
    areas = [call.document.named_area(text) for text in call.query.get("ranges", [])]
    with_data = call.flag("includeGridData")
    return spreadsheet(call.document, call.mask, areas or None, with_data, masked=bool(call.mask))


def _get_by_filter(call: Call) -> Message:
    filters = call.body.get("dataFilters") or []
    areas = [area for one in filters for area in values.filtered_areas(call.document, one)]
    with_data = bool(call.body.get("includeGridData"))
    return spreadsheet(call.document, call.mask, areas, with_data, masked=bool(call.mask))


def _batch_update(call: Call) -> Message:
    answer = batch_update(call.document, call.body, call.mask)
    if not call.mask:
        return answer
    wanted = {name: part for name, part in answer.items() if name in call.mask}
    cut = {
        name: picked(call.mask[name], part) for name, part in wanted.items() if name != "updatedSpreadsheet"
    }
    return {**wanted, **cut}


def _search_metadata(call: Call) -> Message:
    found = [
        {"developerMetadata": entry, "dataFilters": [one]}
        for one in call.body.get("dataFilters") or []
        for entry in matching(call.document, one)
    ]
    return {"matchedDeveloperMetadata": found} if found else {}


def _get_metadata(call: Call) -> Message:
    for entry in every_entry(call.document):
        if str(entry["metadataId"]) == call.place:
            return entry
    raise not_found()


def _picking(answer: Callable[[Call], Message]) -> Callable[[Call], Message]:
    def cut(call: Call) -> Message:
        return dict(picked(call.mask, answer(call)))

    return cut


def _values(answer: Callable[[Call], Message]) -> Callable[[Call], Message]:
    """An endpoint whose whole answer is made before the mask cuts it."""

    def cut(call: Call) -> Message:
        return dict(picked(call.mask, answer(call)))

    return cut


ENDPOINTS = [
    Endpoint("GET ID", "read", None, "Spreadsheet", _get, {"ranges": "", "includeGridData": ""}),
    Endpoint(
        "POST ID:getByDataFilter",
        "read",
        "GetSpreadsheetByDataFilterRequest",
        "Spreadsheet",
        _get_by_filter,
        {},
    ),
    Endpoint(
        "POST ID:batchUpdate",
        "write",
        "BatchUpdateSpreadsheetRequest",
        "BatchUpdateSpreadsheetResponse",
        _batch_update,
        {},
    ),
    Endpoint(
        "GET ID/values:batchGet",
        "read",
        None,
        "BatchGetValuesResponse",
        _values(lambda call: values.batch_get(call.document, call.query.get("ranges", []), call.options)),
        {**READING, "ranges": ""},
    ),
    Endpoint(
        "POST ID/values:batchGetByDataFilter",
        "read",
        "BatchGetValuesByDataFilterRequest",
        "BatchGetValuesByDataFilterResponse",
        _values(lambda call: values.batch_get_by_filter(call.document, call.body)),
        {},
    ),
    Endpoint(
        "POST ID/values:batchUpdate",
        "write",
        "BatchUpdateValuesRequest",
        "BatchUpdateValuesResponse",
        _values(lambda call: values.batch_update(call.document, call.body)),
        {},
    ),
    Endpoint(
        "POST ID/values:batchUpdateByDataFilter",
        "write",
        "BatchUpdateValuesByDataFilterRequest",
        "BatchUpdateValuesByDataFilterResponse",
        _values(lambda call: values.batch_update_by_filter(call.document, call.body)),
        {},
    ),
    Endpoint(
        "POST ID/values:batchClear",
        "write",
        "BatchClearValuesRequest",
        "BatchClearValuesResponse",
        _values(lambda call: values.batch_clear(call.document, call.body.get("ranges") or [])),
        {},
    ),
    Endpoint(
        "POST ID/values/PLACE:append",
        "write",
        "ValueRange",
        "AppendValuesResponse",
        _values(lambda call: values.append(call.document, call.place, call.body, call.options)),
        {**WRITING, "insertDataOption": "OVERWRITE|INSERT_ROWS"},
    ),
    Endpoint(
        "POST ID/values/PLACE:clear",
        "write",
        "ClearValuesRequest",
        "ClearValuesResponse",
        _values(lambda call: values.clear(call.document, call.place)),
        {},
    ),
    Endpoint(
        "GET ID/values/PLACE",
        "read",
        None,
        "ValueRange",
        _values(lambda call: values.get(call.document, call.place, call.options)),
        READING,
    ),
    Endpoint(
        "PUT ID/values/PLACE",
        "write",
        "ValueRange",
        "UpdateValuesResponse",
        _values(lambda call: values.update(call.document, call.place, call.body, call.options)),
        WRITING,
    ),
    Endpoint(
        "POST ID/developerMetadata:search",
        "read",
        "SearchDeveloperMetadataRequest",
        "SearchDeveloperMetadataResponse",
        _values(_search_metadata),
        {},
    ),
    Endpoint("GET ID/developerMetadata/PLACE", "read", None, "DeveloperMetadata", _values(_get_metadata), {}),
]
