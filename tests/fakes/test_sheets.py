"""The fake Sheets API held against recorded shapes, through the real gspread and google-auth."""

from __future__ import annotations

import json
import threading
import time
from datetime import UTC, datetime
from pathlib import Path

import freezegun
import pytest
import requests
from google.auth.exceptions import RefreshError
from gspread.exceptions import APIError, SpreadsheetNotFound

from tests.fakes import sheets_faults as faults
from tests.fakes.sheets import FakeSheets
from tests.fakes.sheets_document import new_sheet
from tests.fakes.sheets_values import moment, serial

RECORDED = Path(__file__).parent / "recorded"
CASES = [
    pytest.param(case, id=case["promise"])
    for name in ("values", "batch_update", "spreadsheet")
    for case in json.loads((RECORDED / f"{name}.json").read_text(encoding="utf-8"))
]
WILD = {"<int>": int, "<digits>": str, "<any>": dict}
BATCH = "/v4/spreadsheets/SHEET:batchUpdate"


@pytest.fixture
def fake():
    with FakeSheets() as server:
        yield server


@pytest.fixture
def ask(fake):
    """Status and JSON of one request; an error answer raises nothing."""
    session = fake.client().http_client.session

    def ask(method, path, body=None):
        url = fake.url + path.replace("SHEET", fake.spreadsheet_id, 1)
        answer = session.request(method, url, json=body, timeout=30)
        return answer.status_code, answer.json()

    return ask


@pytest.fixture
def batch(ask):
    """The replies of one batchUpdate that must succeed."""

    def batch(*wanted):
        status, answer = ask("POST", BATCH, {"requests": list(wanted)})
        assert status == 200, answer
        return answer["replies"]

    return batch


@pytest.fixture
def parts(ask):
    """What spreadsheets.get tells of the first tab under a mask."""

    def parts(mask):
        return ask("GET", f"/v4/spreadsheets/SHEET?fields=sheets({mask})")[1]["sheets"][0]

    return parts


def row(*cells):
    return {"values": [{"userEnteredValue": {"stringValue": cell}} for cell in cells]}


def appended(*cells):
    return {"appendCells": {"sheetId": 0, "fields": "userEnteredValue", "rows": [row(*cells)]}}


def named(name, first=0, last=1):
    span = {"startRowIndex": first, "endRowIndex": last}
    return {"addNamedRange": {"namedRange": {"name": name, "namedRangeId": f"id-{name}", "range": span}}}


def matches(expected, found):
    if isinstance(expected, str) and expected in WILD:
        return isinstance(found, WILD[expected])
    if isinstance(expected, dict):
        return (
            isinstance(found, dict)
            and expected.keys() == found.keys()
            and all(matches(expected[key], found[key]) for key in expected)
        )
    if isinstance(expected, list):
        same_length = isinstance(found, list) and len(expected) == len(found)
        return same_length and all(matches(*pair) for pair in zip(expected, found, strict=True))
    return expected == found


@pytest.mark.parametrize("case", CASES)
def test_answers_have_the_recorded_shapes(fake, ask, case):
    for number, (tab, rows) in enumerate(case.get("before", {}).items()):
        if tab != "Sheet1":
            fake.document.sheets.append(new_sheet(number + 1, tab, rows=10))
        fake.owner.fill(tab, rows)
    for exchange in case["exchanges"]:
        status, answer = ask(exchange["method"], exchange["path"], exchange["body"])
        expected = json.loads(json.dumps(exchange["answer"]).replace("SHEET", fake.spreadsheet_id))
        assert status == exchange["status"], answer
        assert matches(expected, answer), answer


def test_answers_are_indented_unless_the_caller_says_no(fake, ask):
    ask("GET", "/v4/spreadsheets/SHEET?fields=spreadsheetId")
    ask("GET", "/v4/spreadsheets/SHEET?fields=spreadsheetId&prettyPrint=false")
    indented, plain = (request.answer.decode().strip() for request in fake.request_log)
    assert indented == f'{{\n  "spreadsheetId": "{fake.spreadsheet_id}"\n}}'
    assert plain == f'{{"spreadsheetId":"{fake.spreadsheet_id}"}}'


def test_a_tutorial_with_gspread_works_as_against_google(fake):
    worksheet = fake.client().open_by_key(fake.spreadsheet_id).sheet1
    worksheet.append_row(["Name", "Email", "Status"])
    worksheet.append_row(["Ada", "ada@example.com", "New"])
    worksheet.append_row(["Bo", "bo@example.com", "New"])
    for number, lead in enumerate(worksheet.get_all_records(), 2):
        worksheet.update_cell(number, 3, f"Mailed {lead['Name']}")
    assert fake.owner.records("Sheet1") == [
        {"Name": "Ada", "Email": "ada@example.com", "Status": "Mailed Ada"},
        {"Name": "Bo", "Email": "bo@example.com", "Status": "Mailed Bo"},
    ]
    assert [request.kind for request in fake.request_log] == [
        *["read"] * 2,  # open_by_key and sheet1 cost one each
        *["write"] * 3,
        "read",
        *["write"] * 2,
    ]


@pytest.mark.parametrize(
    ("typed", "value", "shown"),
    [
        ("007", 7, "7"),
        ("1e5", 100_000, "1.00E+05"),
        ("TRUE", True, "TRUE"),
        ("12%", 0.12, "12%"),
        ("1,234.5", 1234.5, "1234.5"),
        ("=1+2*3", 7, "7"),
        ("+44 20 7946 0958", None, "#ERROR!"),
        ('=HYPERLINK("https://example.com","Ada")', "Ada", "Ada"),
        ("3/4/2026", 46085, "3/4/2026"),
        ("2026-03-04 14:30", 46085.604166666664, "2026-03-04 14:30:00"),
        ("31/02/2026", "31/02/2026", "31/02/2026"),
        ("tomorrow", "tomorrow", "tomorrow"),
        ("'=1+1", "=1+1", "=1+1"),
    ],
)
def test_typed_text_becomes_what_sheets_makes_of_it_and_raw_text_stays_text(fake, typed, value, shown):
    worksheet = fake.client().open_by_key(fake.spreadsheet_id).sheet1
    worksheet.update_cell(1, 1, typed)
    worksheet.append_row([typed], value_input_option="RAW")
    assert fake.owner.shown("Sheet1", "A1") == shown
    assert value is None or fake.owner.rows("Sheet1")[0] == [value]
    assert fake.owner.rows("Sheet1")[1] == [typed]
    assert fake.owner.formulas("Sheet1") == ([typed.replace("+44", "=+44")] if typed[0] in "=+" else [])


@pytest.mark.parametrize(("locale", "day"), [("en_US", "2026-03-04"), ("en_GB", "2026-04-03")])
def test_an_ambiguous_date_follows_the_locale(locale, day):
    with FakeSheets(locale=locale) as fake:
        fake.owner.type("Sheet1", "A1", "03/04/2026")
        assert moment(fake.owner.rows("Sheet1")[0][0]).date().isoformat() == day


def test_dates_are_numbers_in_the_sheets_own_zone_and_shown_by_their_format(fake, ask, batch):
    noon = serial(datetime(2026, 11, 2, 12, 0, tzinfo=UTC))
    look = {"numberFormat": {"type": "DATE_TIME", "pattern": "ddd d mmm yyyy hh:mm"}}
    cell = {"userEnteredValue": {"numberValue": noon}, "userEnteredFormat": look}
    batch({"appendCells": {"sheetId": 0, "fields": "*", "rows": [{"values": [cell]}]}})
    path = "/v4/spreadsheets/SHEET/values/A1?valueRenderOption=UNFORMATTED_VALUE"
    assert ask("GET", path)[1]["values"] == [[46328.5]]
    assert ask("GET", f"{path}&dateTimeRenderOption=FORMATTED_STRING")[1]["values"] == [
        ["Mon 2 Nov 2026 12:00"]
    ]


def test_cells_written_as_text_stay_text_and_a_text_format_holds_what_people_type(fake, batch):
    batch(appended("=1+1", "+15550100", "007", "TRUE"))
    look = {"userEnteredFormat": {"numberFormat": {"type": "TEXT"}}}
    column = {"startColumnIndex": 0, "endColumnIndex": 1}
    batch({"repeatCell": {"range": column, "cell": look, "fields": "userEnteredFormat.numberFormat"}})
    fake.owner.type("Sheet1", "A2", "007")
    assert fake.owner.rows("Sheet1") == [["=1+1", "+15550100", "007", "TRUE"], ["007"]]
    assert fake.owner.formulas("Sheet1") == []


def test_a_bare_address_links_itself_unless_the_cell_says_plain_text(fake, batch, parts):
    batch(appended("https://example.com/a"))
    assert parts("data.rowData.values.hyperlink")["data"][0]["rowData"][0]["values"][0]
    plain = {"userEnteredFormat": {"hyperlinkDisplayType": "PLAIN_TEXT"}}
    batch({"repeatCell": {"range": {}, "cell": plain, "fields": "userEnteredFormat.hyperlinkDisplayType"}})
    assert not parts("data.rowData.values.hyperlink")["data"][0]["rowData"][0]["values"][0]


def test_append_cells_goes_after_the_last_value_not_the_last_dropdown_and_grows_the_grid(fake, batch, parts):
    rule = {"condition": {"type": "ONE_OF_LIST", "values": [{"userEnteredValue": "New"}]}}
    batch({"setDataValidation": {"range": {"sheetId": 0}, "rule": rule}}, appended("A1", "", "C1"))
    batch({"appendCells": {"sheetId": 0, "fields": "userEnteredValue", "rows": [row("more")] * 1000}})
    rows = fake.owner.rows("Sheet1")
    assert [rows[0][:3], rows[1][0], len(rows)] == [["A1", "", "C1"], "more", 1001]
    assert parts("properties.gridProperties.rowCount")["properties"]["gridProperties"]["rowCount"] == 1001
    assert fake.owner.cell("Sheet1", "A1000").validation == rule
    assert fake.owner.cell("Sheet1", "A1001").validation is None


def test_a_range_update_clears_what_it_does_not_mention_and_a_start_update_leaves_it(fake, batch):
    fake.owner.fill("Sheet1", [["a", "b", "c"], ["d", "e", "f"]])
    start = {"sheetId": 0, "rowIndex": 0, "columnIndex": 0}
    batch({"updateCells": {"start": start, "fields": "userEnteredValue", "rows": [row("A")]}})
    assert fake.owner.rows("Sheet1") == [["A", "b", "c"], ["d", "e", "f"]]
    both = {"startRowIndex": 0, "endRowIndex": 2, "startColumnIndex": 0, "endColumnIndex": 2}
    batch({"updateCells": {"range": both, "fields": "userEnteredValue", "rows": [row("B")]}})
    assert fake.owner.rows("Sheet1") == [["B", "", "c"], ["", "", "f"]]


def test_null_in_a_row_of_values_leaves_the_cell_alone(fake):
    fake.owner.fill("Sheet1", [["a", "b", "c"]])
    fake.client().open_by_key(fake.spreadsheet_id).sheet1.update([["A", None, "C"]], "A1")
    assert fake.owner.rows("Sheet1") == [["A", "b", "C"]]


def test_a_batch_with_one_bad_request_leaves_no_trace(fake, ask, parts):
    fake.owner.fill("Sheet1", [["a"]])
    edits = [
        appended("b"),
        {"addSheet": {"properties": {"title": "More"}}},
        named("guard"),
        {
            "deleteDimension": {
                "range": {"sheetId": 0, "dimension": "COLUMNS", "startIndex": 3, "endIndex": 4}
            }
        },
        {"appendCells": {"sheetId": 0, "fields": "*", "rows": [row("x" * 50_001)]}},
    ]
    status, answer = ask("POST", BATCH, {"requests": edits})
    assert (status, answer["error"]["message"]) == (
        400,
        "Invalid requests[4].appendCells: Your input contains more than the maximum of 50000 characters in a "
        "single cell.",
    )
    assert (fake.owner.tabs(), fake.owner.rows("Sheet1")) == (["Sheet1"], [["a"]])
    assert parts("properties.gridProperties")["properties"]["gridProperties"]["columnCount"] == 26
    assert ask("GET", "/v4/spreadsheets/SHEET?fields=namedRanges") == (200, {})


def test_of_many_claimers_with_one_guard_name_exactly_one_wins(fake):
    def claim(number):
        try:
            fake.client().http_client.batch_update(
                fake.spreadsheet_id, {"requests": [named("claim_1"), appended(f"run {number}")]}
            )
        except APIError as error:
            lost.append(error.code)

    lost: list[int] = []
    threads = [threading.Thread(target=claim, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (lost, len(fake.owner.rows("Sheet1"))) == ([400] * 7, 1)


def test_a_name_whose_cells_are_gone_is_listed_no_more_but_stays_taken(fake, ask):
    ask("POST", BATCH, {"requests": [named("guard", 4, 5)]})
    fake.owner.delete_rows("Sheet1", 5)
    assert ask("GET", "/v4/spreadsheets/SHEET?fields=namedRanges") == (200, {})
    assert ask("POST", BATCH, {"requests": [named("guard")]})[0] == 400


def test_metadata_with_a_taken_id_is_refused_and_can_be_found_and_deleted_by_key(fake, ask, batch):
    entry = {
        "metadataId": 7,
        "metadataKey": "batch",
        "visibility": "PROJECT",
        "location": {"spreadsheet": True},
    }
    batch({"createDeveloperMetadata": {"developerMetadata": {**entry, "metadataValue": "b1"}}})
    status, answer = ask(
        "POST", BATCH, {"requests": [{"createDeveloperMetadata": {"developerMetadata": entry}}]}
    )
    assert (status, "already exists" in answer["error"]["message"]) == (400, True)
    lookup = {"developerMetadataLookup": {"metadataKey": "batch"}}
    search = "/v4/spreadsheets/SHEET/developerMetadata:search"
    found = ask("POST", search, {"dataFilters": [lookup]})[1]["matchedDeveloperMetadata"]
    assert [one["developerMetadata"]["metadataValue"] for one in found] == ["b1"]
    batch({"deleteDeveloperMetadata": {"dataFilter": lookup}})
    assert ask("GET", "/v4/spreadsheets/SHEET?fields=developerMetadata") == (200, {})


def test_metadata_on_a_row_follows_it(fake, ask, batch):
    line = {"sheetId": 0, "dimension": "ROWS", "startIndex": 1, "endIndex": 2}
    fake.owner.fill("Sheet1", [["ID"], ["L-1"]])
    place = {"metadataKey": "lead", "visibility": "DOCUMENT", "location": {"dimensionRange": line}}
    batch({"createDeveloperMetadata": {"developerMetadata": place}})
    fake.owner.insert_rows("Sheet1", before=2, count=3)
    wanted = {"dataFilters": [{"developerMetadataLookup": {"metadataKey": "lead"}}]}
    answer = ask("POST", "/v4/spreadsheets/SHEET/values:batchGetByDataFilter", wanted)[1]
    assert answer["valueRanges"][0]["valueRange"]["values"] == [["L-1"]]
    assert answer["valueRanges"][0]["valueRange"]["range"] == "Sheet1!A5:Z5"


def test_ranges_follow_the_rows_and_columns_they_lie_on(fake, ask, batch, parts):
    box = {"startRowIndex": 2, "endRowIndex": 4, "startColumnIndex": 1, "endColumnIndex": 2}
    red = {"backgroundColor": {"red": 1, "green": 0, "blue": 0}}
    rule = {"condition": {"type": "TEXT_EQ", "values": [{"userEnteredValue": "Hot"}]}, "format": red}
    batch(
        named("guard", 2, 4),
        {"addProtectedRange": {"protectedRange": {"range": box, "warningOnly": True}}},
        {"addConditionalFormatRule": {"rule": {"ranges": [box], "booleanRule": rule}}},
        {"addBanding": {"bandedRange": {"range": box, "rowProperties": {"headerColor": {"red": 1}}}}},
        {"mergeCells": {"range": box, "mergeType": "MERGE_ALL"}},
    )
    fake.owner.insert_rows("Sheet1", before=1, count=2)
    fake.owner.delete_rows("Sheet1", first=5)
    fake.owner.move_column("Sheet1", "B", before="F")
    moved = {"startRowIndex": 4, "endRowIndex": 5, "startColumnIndex": 4, "endColumnIndex": 5}
    found = parts("protectedRanges.range,conditionalFormats,bandedRanges,merges")
    assert found["protectedRanges"][0]["range"] == moved
    assert found["conditionalFormats"][0]["ranges"] == [moved]
    assert found["bandedRanges"][0]["range"] == moved
    assert found["merges"] == [moved]
    guard = ask("GET", "/v4/spreadsheets/SHEET?fields=namedRanges.range")[1]["namedRanges"]
    assert guard == [{"range": {"startRowIndex": 4, "endRowIndex": 5}}]


def test_colours_come_back_without_zeros_and_as_style_too(fake, batch, parts):
    cell = {"userEnteredFormat": {"backgroundColor": {"red": 0, "green": 0.5, "blue": 0}}}
    span = {"endRowIndex": 1, "endColumnIndex": 1}
    batch({"repeatCell": {"range": span, "cell": cell, "fields": "userEnteredFormat.backgroundColor"}})
    found = parts("data.rowData.values.userEnteredFormat")["data"][0]["rowData"][0]["values"][0]
    green = {"green": 0.5}
    assert found["userEnteredFormat"] == {
        "backgroundColor": green,
        "backgroundColorStyle": {"rgbColor": green},
    }


def test_open_ended_rules_end_with_todays_rows(fake, batch, parts):
    everything = {"sheetId": 0}
    rule = {"condition": {"type": "NOT_BLANK"}, "format": {"textFormat": {"bold": True}}}
    batch(
        {"addConditionalFormatRule": {"rule": {"ranges": [everything], "booleanRule": rule}}},
        {"appendDimension": {"sheetId": 0, "dimension": "ROWS", "length": 5}},
    )
    assert parts("conditionalFormats")["conditionalFormats"][0]["ranges"][0]["endRowIndex"] == 1000


def test_what_setup_makes_can_be_read_back_and_taken_away(fake, batch, parts):
    fake.owner.fill("Sheet1", [["Status"]])
    corner = {"overlayPosition": {"anchorCell": {"sheetId": 0, "rowIndex": 0, "columnIndex": 5}}}
    made = batch(
        {
            "updateSheetProperties": {
                "properties": {"gridProperties": {"frozenRowCount": 1}, "title": "Leads"},
                "fields": "title,gridProperties.frozenRowCount",
            }
        },
        {
            "updateDimensionProperties": {
                "range": {"dimension": "COLUMNS", "endIndex": 1},
                "properties": {"pixelSize": 140},
                "fields": "pixelSize",
            }
        },
        {"updateCells": {"start": {}, "fields": "note", "rows": [{"values": [{"note": "yours"}]}]}},
        {"setBasicFilter": {"filter": {"range": {"sheetId": 0}}}},
        {"addBanding": {"bandedRange": {"range": {}, "rowProperties": {"firstBandColor": {"red": 1}}}}},
        {"addChart": {"chart": {"spec": {"title": "Leads a week"}, "position": corner}}},
        {"updateSpreadsheetProperties": {"properties": {"timeZone": "Europe/Berlin"}, "fields": "timeZone"}},
    )
    mask = "properties,basicFilter,bandedRanges,charts(chartId,spec.title),data(columnMetadata,rowData)"
    found = parts(mask)
    assert found["properties"]["title"] == "Leads"
    assert found["properties"]["gridProperties"] == {"rowCount": 1000, "columnCount": 26, "frozenRowCount": 1}
    assert [size["pixelSize"] for size in found["data"][0]["columnMetadata"][:2]] == [140, 100]
    assert found["data"][0]["rowData"][0]["values"][0]["note"] == "yours"
    assert found["charts"][0]["spec"]["title"] == "Leads a week"
    assert fake.document.properties["timeZone"] == "Europe/Berlin"
    batch(
        {"clearBasicFilter": {"sheetId": 0}},
        {"deleteBanding": {"bandedRangeId": made[4]["addBanding"]["bandedRange"]["bandedRangeId"]}},
        {"deleteEmbeddedObject": {"objectId": made[5]["addChart"]["chart"]["chartId"]}},
    )
    assert set(parts(mask)) == {"properties", "data"}


def test_banding_twice_is_refused(ask, batch):
    band = {"addBanding": {"bandedRange": {"range": {}, "rowProperties": {"headerColor": {"red": 1}}}}}
    batch(band)
    assert ask("POST", BATCH, {"requests": [band]})[0] == 400


def test_pasted_text_is_typed_and_copied_cells_keep_their_looks(fake, batch):
    batch(
        {"pasteData": {"coordinate": {"sheetId": 0}, "data": "007,x\n=1+1,y", "delimiter": ","}},
        {
            "copyPaste": {
                "source": {"endRowIndex": 2, "endColumnIndex": 1},
                "destination": {"startRowIndex": 2, "endRowIndex": 6, "endColumnIndex": 1},
            }
        },
    )
    assert [row[0] for row in fake.owner.rows("Sheet1")] == [7, 2, 7, 2, 7, 2]
    assert fake.owner.formulas("Sheet1") == ["=1+1"] * 3


def test_a_request_google_has_and_the_fake_has_not_says_so(ask):
    status, answer = ask("POST", BATCH, {"requests": [{"addSlicer": {}}]})
    assert (status, answer["error"]["status"]) == (501, "UNIMPLEMENTED")


OWNER_EDITS = {
    "ID Name City|2 Bo -|1 Ada Ulm": lambda owner: owner.sort("Sheet1", "Name", descending=True),
    "ID Name City|-|1 Ada Ulm|2 Bo": lambda owner: owner.insert_rows("Sheet1", before=2),
    "ID Name City|2 Bo": lambda owner: owner.delete_rows("Sheet1", 2),
    "ID Name City|2 Bo|1 Ada Ulm": lambda owner: owner.move_rows("Sheet1", 3, before=2),
    "ID Name City|1 Ada Ulm|2 Bo|1 Ada Ulm": lambda owner: owner.paste_rows("Sheet1", 2, count=1, to=4),
    "ID Mine Name City|1 - Ada Ulm|2 - Bo": lambda owner: owner.insert_column(
        "Sheet1", "Name", header="Mine"
    ),
    "ID City|1 Ulm|2": lambda owner: owner.delete_column("Sheet1", "Name"),
    "City ID Name|Ulm 1 Ada|- 2 Bo": lambda owner: owner.move_column("Sheet1", "City", before="ID"),
    "ID Name Town|1 Ada Ulm|2 Bo": lambda owner: owner.rename_header("Sheet1", "City", "Town"),
    "ID Name City|1 Bo -|2 Ada Ulm": lambda owner: owner.sort_columns(
        "Sheet1", "Name", "City", descending=True
    ),
    "ID Name City|1 Ada Ulm|2 Bo Bonn": lambda owner: owner.type_in("Sheet1", 3, "City", "Bonn"),
    "ID Name City|1 - Ulm|2 Bo": lambda owner: owner.merge("Sheet1", "A2:B2"),
    "ID Name City|1 Ada Ulm|2 Bo": lambda owner: owner.filter("Sheet1", "Name", hidden=["Bo"]),
    "ID Name City|1 Ada Ulm|2 Bo -": lambda owner: owner.hide_rows("Sheet1", 2),
}
"""What the next request reads, `-` for an empty cell, and the edit."""


@pytest.mark.parametrize("expected", OWNER_EDITS)
def test_an_owners_edit_between_two_requests_is_seen_by_the_second(fake, ask, expected):
    fake.owner.fill("Sheet1", [["ID", "Name", "City"], ["1", "Ada", "Ulm"], ["2", "Bo", ""]])
    fake.between = lambda index, request: OWNER_EDITS[expected](fake.owner) if index == 1 else None
    before, after = (ask("GET", "/v4/spreadsheets/SHEET/values/Sheet1")[1]["values"] for _ in range(2))
    assert before == [["ID", "Name", "City"], ["1", "Ada", "Ulm"], ["2", "Bo"]]
    assert after == [
        line.replace("-", "").rstrip().split(" ") if line != "-" else [] for line in expected.split("|")
    ]


def test_tabs_renamed_added_and_deleted_by_the_owner_are_so_for_the_api(fake, ask):
    fake.owner.add_tab("Mine")
    fake.owner.rename_tab("Sheet1", "Kunden")
    titles = "/v4/spreadsheets/SHEET?fields=sheets.properties(sheetId,title)"
    assert ask("GET", titles)[1]["sheets"][0]["properties"] == {"sheetId": 0, "title": "Kunden"}
    fake.owner.delete_tab("Kunden")
    status, answer = ask("POST", BATCH, {"requests": [appended("x")]})
    assert (status, answer["error"]["message"]) == (
        400,
        "Invalid requests[0].appendCells: No grid with id: 0",
    )


def test_a_range_the_owner_locks_refuses_the_account_and_not_the_owner(fake, ask, parts):
    fake.owner.fill("Sheet1", [["Status"], ["New"]])
    fake.owner.protect("Sheet1", "A:A")
    words = (
        "You are trying to edit a protected cell or object. Please contact the spreadsheet owner to remove"
    )
    write = "/v4/spreadsheets/SHEET/values/Sheet1%21A2?valueInputOption=RAW"
    for answer in (ask("POST", BATCH, {"requests": [appended("x")]}), ask("PUT", write, {"values": [["x"]]})):
        assert (answer[0], words in answer[1]["error"]["message"]) == (400, True)
    fake.owner.type("Sheet1", "A2", "Won")
    assert fake.owner.rows("Sheet1") == [["Status"], ["Won"]]
    assert "requestingUserCanEdit" not in parts("protectedRanges")["protectedRanges"][0]


@pytest.mark.parametrize(
    ("sharing", "read", "write"), [("editor", 200, 200), ("viewer", 200, 403), ("none", 403, 403)]
)
def test_sharing_decides_who_reads_and_writes(fake, ask, sharing, read, write):
    fake.sharing = sharing
    assert ask("GET", "/v4/spreadsheets/SHEET?fields=spreadsheetId")[0] == read
    assert ask("POST", BATCH, {"requests": [appended("x")]})[0] == write
    assert fake.owner.rows("Sheet1") == ([["x"]] if write == 200 else [])


def test_gspread_names_a_wrong_id_and_a_missing_share_in_its_own_way(fake):
    with pytest.raises(SpreadsheetNotFound):
        fake.client().open_by_key("wrong")
    fake.sharing = "none"
    with pytest.raises(PermissionError):
        fake.client().open_by_key(fake.spreadsheet_id)


def test_a_clock_that_is_wrong_gets_no_token(fake):
    fake.wall_clock = lambda: time.time() + 7200
    with pytest.raises(RefreshError, match="Check your iat and exp values"):
        fake.client().open_by_key(fake.spreadsheet_id)


def test_a_frozen_time_of_day_is_the_fakes_too(fake):
    with freezegun.freeze_time("2027-01-01 09:00:00"):
        fake.client().open_by_key(fake.spreadsheet_id).sheet1.append_row(["x"])
    assert fake.owner.rows("Sheet1") == [["x"]]


def test_a_key_that_is_not_the_accounts_gets_no_token(fake):
    form = {"grant_type": "urn:ietf:params:oauth:grant-type:jwt-bearer", "assertion": "e30.e30.AAAA"}
    answer = requests.post(f"{fake.url}/token", data=form, timeout=30, headers={"Connection": "close"})
    assert (answer.status_code, answer.json()["error_description"]) == (400, "Invalid JWT Signature.")


def test_a_token_without_the_spreadsheets_scope_is_not_enough(fake):
    client = fake.client(scope="https://www.googleapis.com/auth/userinfo.email")
    with pytest.raises(PermissionError):
        client.open_by_key(fake.spreadsheet_id)


def test_an_expired_token_is_renewed_by_google_auth_by_itself(fake):
    worksheet = fake.client().open_by_key(fake.spreadsheet_id).sheet1
    fake.account.expire_tokens()
    worksheet.append_row(["x"])
    assert [request.status for request in fake.request_log] == [200, 200, 401, 200]


def test_the_quota_refuses_the_61st_write_of_a_minute_and_counts_reads_apart(fake, ask):
    now = 1000.0
    fake.clock, fake.per_minute = (lambda: now), 60
    statuses = [ask("POST", BATCH, {"requests": [appended("x")]})[0] for _ in range(61)]
    assert statuses == [200] * 60 + [429]
    assert ask("GET", "/v4/spreadsheets/SHEET?fields=spreadsheetId")[0] == 200
    now = 1060.0
    assert ask("POST", BATCH, {"requests": [appended("x")]})[0] == 200
    assert (len(fake.owner.rows("Sheet1")), fake.writes, fake.reads) == (61, 62, 1)


def test_a_429_has_googles_body_and_no_retry_after(fake):
    fake.per_minute = 0
    with pytest.raises(APIError) as caught:
        fake.client().http_client.batch_update(fake.spreadsheet_id, {"requests": [appended("x")]})
    info = caught.value.response.json()["error"]["details"][0]
    assert (info["reason"], info["metadata"]["quota_limit"]) == (
        "RATE_LIMIT_EXCEEDED",
        "WriteRequestsPerMinutePerUser",
    )
    assert "Retry-After" not in caught.value.response.headers


@pytest.mark.parametrize(
    ("fault", "seen", "applied"),
    [
        (faults.refused(429), 429, False),
        (faults.refused(500), 500, False),
        (faults.refused(503), 503, False),
        (faults.HTML_502, 502, False),
        (faults.NOT_SHARED, 403, False),
        (faults.API_DISABLED, 403, False),
        (faults.WRONG_ID, 404, False),
        (faults.failed_after(503), 503, True),
        (faults.RESET_BEFORE, requests.exceptions.ConnectionError, False),
        (faults.ANSWER_LOST, requests.exceptions.ConnectionError, True),
        (faults.ANSWER_CUT, requests.exceptions.ChunkedEncodingError, True),
        (faults.late(60), requests.exceptions.ReadTimeout, True),
    ],
    ids=lambda value: getattr(value, "name", None),
)
def test_a_fault_shows_as_it_does_from_google_and_the_next_request_is_well(fake, fault, seen, applied):
    client = fake.client()
    client.http_client.request("get", f"{fake.url}/v4/spreadsheets/{fake.spreadsheet_id}")
    client.set_timeout(0.3 if fault.seconds else 30)
    fake.fail_next(fault)
    with pytest.raises(APIError if isinstance(seen, int) else seen) as caught:
        client.http_client.batch_update(fake.spreadsheet_id, {"requests": [appended("lost")]})
    assert not isinstance(seen, int) or caught.value.response.status_code == seen
    client.set_timeout(30)
    client.http_client.batch_update(fake.spreadsheet_id, {"requests": [appended("well")]})
    assert fake.owner.rows("Sheet1") == ([["lost"], ["well"]] if applied else [["well"]])
    assert [request.applied for request in fake.request_log] == [True, applied, True]


def test_the_hook_chooses_faults_by_index_and_by_request(fake, ask):
    fake.faults = lambda index, request: (
        faults.refused(503) if request.kind == "write" and index > 0 else None
    )
    statuses = [ask("POST", BATCH, {"requests": [appended("x")]})[0] for _ in range(2)]
    statuses.append(ask("GET", "/v4/spreadsheets/SHEET?fields=spreadsheetId")[0])
    assert statuses == [200, 503, 200]
    assert [request.verb for request in fake.request_log] == ["batchUpdate", "batchUpdate", "GET"]
    assert fake.request_log[1].fault == "refused 503"


def test_the_log_has_the_bytes_both_ways(fake, ask):
    ask("POST", BATCH, {"requests": [appended("Ada")]})
    request = fake.request_log[0]
    assert request.json["requests"][0]["appendCells"]["rows"][0] == row("Ada")
    assert json.loads(request.answer) == {"spreadsheetId": fake.spreadsheet_id, "replies": [{}]}
    assert request.answer_size == len(request.answer) > 0
    assert (request.status, request.kind, request.applied) == (200, "write", True)


def test_a_hook_that_fails_fails_the_test():
    def broken(index, request):
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError), FakeSheets() as fake:  # noqa: PT012 - the error comes on leaving
        fake.between = broken
        with pytest.raises(APIError):
            fake.client().open_by_key(fake.spreadsheet_id)


def test_waiting_requests_end_with_the_server():
    with FakeSheets() as fake:
        client = fake.client()
        client.set_timeout(0.2)
        fake.latency = 600
        with pytest.raises(requests.exceptions.ReadTimeout):
            client.open_by_key(fake.spreadsheet_id)
    assert not [thread for thread in threading.enumerate() if thread.name == "fake-sheets"]
