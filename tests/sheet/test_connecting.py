"""What is said if Google can't be used, and how calls go on when Google has trouble."""

import json
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from typing import Any

import pytest

from sheetflow.errors import ConfigError, SheetUnavailable
from sheetflow.sheet.api import Api, Denied, Refused
from tests.fakes import sheets_faults as faults
from tests.fakes.sheets import FakeSheets

TITLES = "sheets(properties(title))"


@pytest.fixture
def slept() -> list[float]:
    return []


@pytest.fixture
def connect(fake: FakeSheets, slept: list[float]) -> Iterator[Any]:
    opened = []

    def connect(sheet_id="", key_json=""):
        where, key = sheet_id or fake.spreadsheet_id, key_json or fake.service_account_json
        opened.append(Api(where, key, fake.url, slept.append))
        return opened[-1]

    yield connect
    for one in opened:
        one.close()


def add_tab(title: str) -> dict[str, Any]:
    return {"requests": [{"addSheet": {"properties": {"title": title}}}]}


def escaped_twice(key_json: str) -> str:
    key = json.loads(key_json)
    return json.dumps({**key, "private_key": key["private_key"].replace("\n", "\\n")})


@pytest.mark.parametrize("key", ["{}", "[]", "no JSON", '{"client_email": "x@example.com"}'])
def test_an_unreadable_key_is_a_mistake_of_the_configuration(connect, key):
    with pytest.raises(ConfigError, match="service account's key can't be read"):
        connect(key_json=key)


def test_a_key_that_was_escaped_twice_is_called_so(fake, connect):
    with pytest.raises(ConfigError, match="escaped twice"):
        connect(key_json=escaped_twice(fake.service_account_json))


def of_a_sheet_that_is_not_shared(fake):
    fake.sharing = "none"


def of_an_api_that_is_switched_off(fake):
    fake.fail_next(faults.API_DISABLED)


def of_an_excel_file(fake):
    fake.fail_next(faults.EXCEL)


def of_a_wrong_clock(fake):
    fake.wall_clock = lambda: 0.0


def of_a_deleted_account(fake):
    body = b'{"error": "invalid_grant", "error_description": "Invalid grant: account not found"}'
    fake.token_fault = faults.Fault("deleted", applies=False, status=400, body=body)


LASTING = [
    (of_a_sheet_that_is_not_shared, "isn't shared with sheetflow@.*press Share"),
    (
        of_an_api_that_is_switched_off,
        "switched off: open https://console.developers.google.com/.*press Enable",
    ),
    (of_an_excel_file, "an Excel file in Google Drive.*Save as Google Sheets"),
    (of_a_wrong_clock, "clock is wrong.*set it right"),
    (of_a_deleted_account, "deleted or switched off at Google: make a new key"),
]


@pytest.mark.parametrize(("make", "words"), LASTING)
def test_what_a_person_must_change_is_said_at_once(fake, connect, slept, make, words):
    make(fake)
    with pytest.raises(Denied, match=words):
        connect().get(TITLES)
    assert slept == []


def test_a_wrong_id_says_where_the_right_one_is_and_that_it_may_lie_in_the_trash(connect):
    with pytest.raises(Denied, match=r"no Sheet with this ID: copy SHEETFLOW_SHEET again.*trash"):
        connect(sheet_id="1wrongwrongwrongwrong").get(TITLES)


PAGES = [faults.HTML_200, faults.HTML_502]


@pytest.mark.parametrize("page", PAGES)
def test_a_page_in_place_of_a_login_is_named_and_not_printed(fake, connect, slept, page):
    fake.token_fault = page
    with pytest.raises(SheetUnavailable, match="answers in Google's place") as raised:
        connect().get(TITLES)
    assert "<" not in str(raised.value)
    assert "key" not in str(raised.value)
    assert len(slept) > 2


@pytest.mark.parametrize("status", [200, 403, 404])
def test_a_page_in_place_of_an_answer_is_named(fake, connect, status):
    page = faults.Fault("page", False, status, faults.HTML_200.body, faults.HTML_200.content_type)
    fake.faults = lambda index, request: page
    with pytest.raises(SheetUnavailable, match="answers in Google's place"):
        connect().get(TITLES)


def test_a_request_that_google_refuses_is_told_from_trouble_at_google(connect, slept):
    with pytest.raises(Refused, match="already exists"):
        connect().batch_update(add_tab("Sheet1"), "spreadsheetId")
    assert slept == []


PASSING = [faults.refused(429), faults.refused(503), faults.HTML_502, faults.RESET_BEFORE, faults.ANSWER_CUT]


@pytest.mark.parametrize("fault", PASSING)
def test_a_passing_fault_costs_one_wait_and_nothing_else(fake, connect, slept, fault):
    fake.fail_next(fault)
    assert connect().get(TITLES)["sheets"][0]["properties"] == {"title": "Sheet1"}
    assert len(slept) == 1


def test_waits_grow_and_end(fake, connect, slept):
    fake.faults = lambda index, request: faults.refused(503)
    with pytest.raises(SheetUnavailable, match="Google Sheets has trouble"):
        connect().get(TITLES)
    assert slept[-1] > 4 * slept[0]
    assert sum(slept) < 90
    assert len(fake.request_log) == len(slept) + 1


def test_a_login_that_reaches_nobody_is_repeated_by_nobody_else_and_logs_nothing(fake, connect, caplog):
    with socket.socket() as deaf:  # bound and never listening: no other program can answer there
        deaf.bind(("127.0.0.1", 0))
        token_uri = f"https://127.0.0.1:{deaf.getsockname()[1]}/token"
        key = {**json.loads(fake.service_account_json), "token_uri": token_uri}
        with pytest.raises(SheetUnavailable, match="can't be reached"):
            connect(key_json=json.dumps(key)).get(TITLES)
    assert caplog.messages == []


def test_a_used_up_quota_advises_nothing(fake, connect):
    fake.faults = lambda index, request: faults.refused(429)
    with pytest.raises(SheetUnavailable, match="quota for this minute is used up; it goes on by itself"):
        connect().get(TITLES)


def test_a_process_stays_below_its_quota(connect, slept):
    api = connect()
    for _ in range(70):
        api.get("spreadsheetId")
    assert 50 < sum(slept) < 70


def test_values_come_plain_and_by_tab_whatever_it_is_called(fake, connect):
    fake.owner.type("Sheet1", "A1", "Name")
    fake.owner.type("Sheet1", "B2", "3.5")
    found = connect().values_by_filter([{"gridRange": {"sheetId": 0}}])
    assert found["valueRanges"][0]["valueRange"]["values"] == [["Name"], ["", 3.5]]


def test_google_s_time_comes_with_its_answers(fake, connect):
    api = connect()
    assert api.clock is None
    api.get(TITLES)
    assert abs(api.clock.timestamp() - fake.wall_clock()) < 60


def test_threads_share_one_connection(fake, connect):
    api, found = connect(), []
    threads = [threading.Thread(target=lambda: found.append(api.get(TITLES))) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 20
    assert fake.connections == 2  # one for the login, kept by google-auth, and one for the Sheet


def test_a_forked_process_has_a_connection_of_its_own(fake, connect):
    api = connect()
    api.get(TITLES)
    before = fake.connections
    child = os.fork()
    if not child:
        try:
            api.get(TITLES)
        finally:
            os._exit(0)
    os.waitpid(child, 0)
    assert fake.connections > before
    assert api.get(TITLES)
    assert [request.status for request in fake.request_log] == [200] * 3


def test_google_s_libraries_are_loaded_only_with_a_sheet():
    code = (
        "import sys, sheetflow.sheet.sync; print({'gspread', 'google.auth', 'requests'} & set(sys.modules))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "set()"
