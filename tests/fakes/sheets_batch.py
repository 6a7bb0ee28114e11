"""spreadsheets.batchUpdate: requests applied in order to a copy, which counts only if all went well."""

from __future__ import annotations

from collections.abc import Callable

from tests.fakes import sheets_batch_cells as cells
from tests.fakes import sheets_batch_layout as layout
from tests.fakes import sheets_batch_metadata as metadata
from tests.fakes import sheets_batch_rules as rules
from tests.fakes import sheets_batch_views as views
from tests.fakes.sheets_document import Document
from tests.fakes.sheets_errors import Invalid, bad_request
from tests.fakes.sheets_grid import Message
from tests.fakes.sheets_masks import Mask
from tests.fakes.sheets_resource import spreadsheet

Apply = Callable[[Document, Message], Message | None]

REQUESTS: dict[str, Apply] = {
    "addBanding": rules.add_banding,
    "addChart": views.add_chart,
    "addConditionalFormatRule": rules.add_conditional_format_rule,
    "addFilterView": views.add_filter_view,
    "addNamedRange": rules.add_named_range,
    "addProtectedRange": rules.add_protected_range,
    "addSheet": layout.add_sheet,
    "appendCells": cells.append_cells,
    "appendDimension": layout.append_dimension,
    "autoResizeDimensions": layout.auto_resize_dimensions,
    "clearBasicFilter": layout.clear_basic_filter,
    "copyPaste": cells.copy_paste,
    "createDeveloperMetadata": metadata.create_developer_metadata,
    "deleteBanding": rules.delete_banding,
    "deleteConditionalFormatRule": rules.delete_conditional_format_rule,
    "deleteDeveloperMetadata": metadata.delete_developer_metadata,
    "deleteDimension": layout.delete_dimension,
    "deleteEmbeddedObject": views.delete_embedded_object,
    "deleteFilterView": views.delete_filter_view,
    "deleteNamedRange": rules.delete_named_range,
    "deleteProtectedRange": rules.delete_protected_range,
    "deleteSheet": layout.delete_sheet,
    "insertDimension": layout.insert_dimension,
    "mergeCells": cells.merge_cells,
    "moveDimension": layout.move_dimension,
    "pasteData": cells.paste_data,
    "repeatCell": cells.repeat_cell,
    "setBasicFilter": layout.set_basic_filter,
    "setDataValidation": cells.set_data_validation,
    "sortRange": cells.sort_range,
    "unmergeCells": cells.unmerge_cells,
    "updateBanding": rules.update_banding,
    "updateBorders": cells.update_borders,
    "updateCells": cells.update_cells,
    "updateChartSpec": views.update_chart_spec,
    "updateConditionalFormatRule": rules.update_conditional_format_rule,
    "updateDeveloperMetadata": metadata.update_developer_metadata,
    "updateDimensionProperties": layout.update_dimension_properties,
    "updateFilterView": views.update_filter_view,
    "updateNamedRange": rules.update_named_range,
    "updateProtectedRange": rules.update_protected_range,
    "updateSheetProperties": layout.update_sheet_properties,
    "updateSpreadsheetProperties": layout.update_spreadsheet_properties,
}


def batch_update(document: Document, body: Message, mask: Mask) -> Message:
    """The answer; on an error the document is half changed and for the caller to throw away."""
    requests = body.get("requests") or []
    if not requests:
        raise bad_request("Must specify at least one request.")
    for n, request in enumerate(requests):
        _check_one_kind(n, request)
    replies = [_reply(document, n, request) for n, request in enumerate(requests)]
    answer: Message = {"spreadsheetId": document.id, "replies": replies}
    if body.get("includeSpreadsheetInResponse"):
        answer["updatedSpreadsheet"] = _updated(document, body, mask)
    return answer


def _check_one_kind(n: int, request: Message) -> None:
    kinds = list(request)
    if not kinds:
        raise bad_request(f"Invalid requests[{n}]: No request set.")
    if len(kinds) > 1:
        raise bad_request(
            f"Invalid value at 'requests[{n}]' (oneof), oneof field 'kind' is already set. "
            f"Cannot set '{kinds[1]}'"
        )


def _reply(document: Document, n: int, request: Message) -> Message:
    [(kind, body)] = request.items()
    try:
        reply = REQUESTS[kind](document, body)
    except Invalid as problem:
        raise bad_request(f"Invalid requests[{n}].{kind}: {problem}") from None
    return {kind: reply} if reply is not None else {}


def _updated(document: Document, body: Message, mask: Mask) -> Message:
    ranges = body.get("responseRanges") or []
    try:
        areas = [document.named_area(text) for text in ranges]
    except Invalid as problem:
        raise bad_request(f"Invalid responseRanges: {problem}") from None
    with_data = bool(body.get("responseIncludeGridData"))
    return spreadsheet(
        document, mask.get("updatedSpreadsheet", {}), areas or None, with_data, masked=bool(mask)
    )
