"""Developer metadata: invisible keys and values on the file, a tab, a row or a column."""

from __future__ import annotations

from collections.abc import Iterator

from tests.fakes.sheets_cells import mask_of
from tests.fakes.sheets_document import Document
from tests.fakes.sheets_errors import Invalid
from tests.fakes.sheets_grid import Area, Message, Sheet
from tests.fakes.sheets_masks import merged, parsed

CHARACTER_LIMIT = 30_000
"""Keys and values together, for the file and for each tab."""
LOOKUPS = ("metadataId", "metadataKey", "metadataValue", "visibility")


def create_developer_metadata(document: Document, body: Message) -> Message:
    """An ID that is taken is refused: the invisible guard."""
    wanted = body.get("developerMetadata") or {}
    if not wanted.get("metadataKey"):
        raise Invalid("developerMetadata.metadataKey is required")
    if wanted.get("visibility") not in ("DOCUMENT", "PROJECT"):
        raise Invalid("developerMetadata.visibility is required")
    metadata_id = wanted.get("metadataId") or document.new_id()
    if any(entry["metadataId"] == metadata_id for entry in every_entry(document)):
        raise Invalid(
            f"Cannot add developer metadata with ID [{metadata_id}] because developer metadata with that ID "
            "already exists."
        )
    holder, location = _located(document, wanted.get("location") or {})
    entry = {**wanted, "metadataId": metadata_id, "location": location}
    holder.metadata.append(entry)
    if (
        sum(len(one["metadataKey"]) + len(one.get("metadataValue", "")) for one in holder.metadata)
        > CHARACTER_LIMIT
    ):
        raise Invalid("This action would exceed the limit of developer metadata of 30000 characters.")
    return {"developerMetadata": entry}


def update_developer_metadata(document: Document, body: Message) -> Message:
    mask = mask_of(body.get("fields"), parsed)
    chosen = [entry for one in body.get("dataFilters") or [] for entry in matching(document, one)]
    updated = []
    for holder in _holders(document):
        for at, entry in enumerate(holder.metadata):
            if entry in chosen:
                holder.metadata[at] = merged(entry, body.get("developerMetadata"), mask) or {}
                updated.append(holder.metadata[at])
    return {"developerMetadata": updated}


def delete_developer_metadata(document: Document, body: Message) -> Message:
    chosen = matching(document, body.get("dataFilter") or {})
    for holder in _holders(document):
        holder.metadata = [entry for entry in holder.metadata if entry not in chosen]
    return {"deletedDeveloperMetadata": chosen}


def every_entry(document: Document) -> Iterator[Message]:
    for holder in _holders(document):
        yield from holder.metadata


def matching(document: Document, data_filter: Message) -> list[Message]:
    """The entries that a DataFilter with a developerMetadataLookup means."""
    lookup = data_filter.get("developerMetadataLookup")
    if lookup is None:
        raise Invalid("Only developerMetadataLookup is supported for developer metadata.")
    wanted = {name: lookup[name] for name in LOOKUPS if lookup.get(name) is not None}
    kind = lookup.get("locationType")
    return [
        entry
        for entry in every_entry(document)
        if all(entry.get(name) == value for name, value in wanted.items())
        and kind in (None, entry["location"]["locationType"])
    ]


def located_area(document: Document, entry: Message) -> Area | None:
    """The cells an entry lies on; None for the file's own."""
    location = entry["location"]
    if "dimensionRange" in location:
        lines = location["dimensionRange"]
        area = document.sheet(lines.get("sheetId", 0)).all
        if lines["dimension"] == "ROWS":
            return area._replace(top=lines.get("startIndex", 0), bottom=lines["endIndex"])
        return area._replace(left=lines.get("startIndex", 0), right=lines["endIndex"])
    return document.sheet(location["sheetId"]).all if "sheetId" in location else None


def _holders(document: Document) -> list[Document | Sheet]:
    return [document, *document.sheets]


def _located(document: Document, location: Message) -> tuple[Document | Sheet, Message]:
    if location.get("spreadsheet"):
        return document, {"locationType": "SPREADSHEET", "spreadsheet": True}
    lines = location.get("dimensionRange")
    if lines:
        if lines.get("endIndex", 0) - lines.get("startIndex", 0) != 1:
            raise Invalid("developerMetadata.location.dimensionRange must cover a single row or column")
        kind = lines["dimension"].removesuffix("S")
        return document.sheet(lines.get("sheetId") or 0), {"locationType": kind, "dimensionRange": lines}
    if location.get("sheetId") is None:
        raise Invalid("developerMetadata.location is required")
    sheet = document.sheet(location["sheetId"])
    return sheet, {"locationType": "SHEET", "sheetId": sheet.id}
