"""The buttons of an owner's mail pressed in a real browser, under the page's own rules for what may run."""

import pytest
from playwright.sync_api import expect

from sheetflow.web.app import make_app
from sheetflow.web.buttons import ButtonPages
from sheetflow.web.server import serve
from sheetflow.workflow.buttons import Action, Press
from sheetflow.workflow.events import Kind
from tests.conftest import need
from tests.fakes.browser import visiting
from tests.fakes.smtp import FakeSmtp
from tests.qualify.office import LINKS, Office
from tests.qualify.shop import person, team

pytestmark = pytest.mark.needs_chromium


@pytest.fixture
def office(tmp_path):
    with FakeSmtp() as server:
        yield Office(f"sqlite:///{tmp_path}/ledger.db", server, team(person("Kim")))


def test_an_owner_presses_a_button_and_a_second_time(office):
    lead_id = office.arrives(name="Dana <script>alert(1)</script> Field")
    pages = ButtonPages(office.ledger, LINKS, lambda: office.now, lambda ids: None)
    server = serve(make_app([pages.blueprint()], lambda: None), 0)
    link = LINKS(Press(lead_id, "Kim", Action.TAKE, office.now))
    url = link.replace(LINKS.base_url, f"http://127.0.0.1:{server.socket.getsockname()[1]}")
    try:
        with visiting(need("chromium")) as browser:
            page = browser.new_page()
            page.goto(url)
            asked = page.inner_text("body")
            assert "I’ve got it?" in asked
            assert "Dana ‹script›alert(1)‹/script› Field" in asked
            assert office.row(lead_id)["status"] == "New"
            page.click("button")
            expect(page.locator("body")).to_contain_text("Done: I’ve got it")
            assert office.row(lead_id)["status"] == "In conversation"
            page.goto(url)
            page.click("button")
            said = "Kim pressed “I’ve got it” on Tue 24 Mar 2026, 10:00."
            expect(page.locator("body")).to_contain_text(said)
            assert len(office.events(lead_id, Kind.OWNER_RESPONSE)) == 1
    finally:
        server.shutdown()
        server.server_close()
