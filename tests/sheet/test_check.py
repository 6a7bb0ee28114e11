"""`check` names what is wrong with the Sheet and how to mend it, and changes nothing."""

import pytest

from sheetflow.errors import SheetUnavailable
from sheetflow.ledger import state
from sheetflow.sheet.api import Api
from sheetflow.sheet.check import find_faults
from sheetflow.sheet.sync import GoogleSheet
from tests.fakes import sheets_faults as faults
from tests.sheet.conftest import NOW


@pytest.fixture
def check(api, ledger):
    return lambda: list(find_faults(api, ledger))


def test_a_sheet_that_is_ready_has_no_faults(fake, sheet, check):
    sheet.setup(take_over=False)
    before = fake.document.copy()
    assert check() == []
    assert [tab.rows for tab in fake.document.sheets] == [tab.rows for tab in before.sheets]


def test_an_empty_sheet_is_to_be_set_up_and_stays_empty(fake, check):
    assert check() == ["The Sheet has none of sheetflow's tabs yet: run `python -m sheetflow setup`."]
    assert fake.owner.tabs() == ["Sheet1"]


def test_a_sheet_shared_for_viewing_says_so(fake, sheet, check):
    sheet.setup(take_over=False)
    fake.sharing = "viewer"
    [found] = check()
    assert 'for viewing only: open it, press Share, choose "Editor"' in found


@pytest.mark.parametrize("fault", [faults.refused(503), faults.refused(429), faults.RESET_BEFORE])
def test_trouble_at_google_is_not_taken_for_a_sheet_shared_for_viewing(fake, sheet, check, fault):
    sheet.setup(take_over=False)
    fake.faults = lambda _, request: fault if request.kind == "write" else None
    with pytest.raises(SheetUnavailable, match=r"trouble|quota|reached"):
        check()


def test_whoever_checks_is_told_soon_that_google_cannot_be_reached(fake, ledger):
    slept = []
    api = Api(fake.spreadsheet_id, fake.service_account_json, fake.url, slept.append)
    sheet = GoogleSheet(api, ledger, lambda: NOW, slept.append)
    fake.faults = lambda _, request: faults.RESET_BEFORE
    with pytest.raises(SheetUnavailable, match="reached"):
        sheet.check()
    assert 0 < sum(slept) <= 15
    slept.clear()
    with pytest.raises(SheetUnavailable, match="reached"):
        sheet.write()
    sheet.close()
    assert sum(slept) > 15


def test_access_that_was_taken_is_named_and_given_back_all_is_well(fake, sheet, check):
    sheet.setup(take_over=False)
    fake.sharing = "none"
    [found] = check()
    assert "isn't shared with sheetflow@" in found
    fake.sharing = "editor"
    assert check() == []


def test_another_zone_or_locale_than_the_business_s_is_named(fake, sheet, check):
    sheet.setup(take_over=False)
    fake.owner.change_settings(time_zone="America/New_York", locale="en_US")
    zone, locale = check()
    assert "time zone is America/New_York and the business's is Europe/Berlin" in zone
    assert "03/04 means March 4 here" in locale


def test_another_ledger_s_sheet_is_named_with_both_ways_out(sheet, api, open_ledger):
    sheet.setup(take_over=False)
    [found] = find_faults(api, open_ledger("other"))
    assert "belongs to another ledger" in found
    assert "restore" in found
    assert "--take-over" in found


def test_an_older_ledger_and_an_older_sheet_are_told_apart(sheet, ledger, check):
    sheet.setup(take_over=False)
    with ledger.writing() as book:
        number = int(book.get(state.SHEET_NUMBER))
        book.put(state.SHEET_NUMBER, "0")
    assert "The ledger is older than the Sheet" in check()[0]
    with ledger.writing() as book:
        book.put(state.SHEET_NUMBER, str(number + 5))
    assert f"The Sheet is an older version (batch {number} of {number + 5})" in check()[0]


TAKEN_APART = [
    (lambda owner: owner.delete_tab("Leads"), "The tab Leads is gone"),
    (lambda owner: owner.delete_tab("Activity"), "The tab Activity is missing"),
    (lambda owner: owner.delete_column("Leads", "Status"), 'The tab Leads has no column "Status"'),
    (
        lambda owner: owner.rename_header("Leads", "Message", "Budget"),
        'The tab Leads has no column "Message"',
    ),
    (lambda owner: owner.rename_header("Leads", "Phone", "Email"), "column Email twice"),
    (lambda owner: owner.delete_rows("Control", 2), 'has no line "Sending"'),
    (lambda owner: owner.paste_rows("Control", 2, 1, 9), "or two of them"),
]


@pytest.mark.parametrize(("take_apart", "words"), TAKEN_APART)
def test_what_was_taken_apart_is_named(fake, sheet, check, take_apart, words):
    sheet.setup(take_over=False)
    take_apart(fake.owner)
    assert any(words in found for found in check())


def test_headers_among_the_leads_are_named(fake, sheet, check):
    sheet.setup(take_over=False)
    fake.owner.insert_rows("Leads", 1)
    fake.owner.type("Leads", "A1", "My leads")
    [found] = check()
    assert "headers of the tab Leads are in row 2" in found
    assert "move that row to the top" in found


def test_what_the_last_look_found_is_told_too(fake, sheet, ledger, check):
    sheet.setup(take_over=False)
    with ledger.writing() as book:
        book.put(state.SHEET_PROBLEMS, "Two rows have the Lead ID L-ADAADAADAA: delete one.")
    assert check() == ["Two rows have the Lead ID L-ADAADAADAA: delete one."]
