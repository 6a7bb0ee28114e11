"""The pages in a real browser: by keyboard on a small screen, in both colour schemes, for everybody."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import html5lib
import pytest
from playwright.sync_api import BrowserContext, Page, expect

from sheetflow import wiring
from sheetflow.web.server import serve
from sheetflow.workflow.lead import Row
from tests.conftest import ROOT, need
from tests.fakes.browser import DESKTOP, PHONE, barriers, listen, visiting
from tests.fakes.sheets import FakeSheets
from tests.simulation import patience
from tests.simulation.webs import sheet_of

pytestmark = pytest.mark.needs_chromium

PASSWORD = "correct horse battery"
HOSTILE = "<img src=x onerror=alert(1)>\u202e" + "x" * 300


@dataclass
class Studio:
    """A business that runs sheetflow on this machine, with its outbox."""

    wired: wiring.Wired
    origin: str

    @property
    def rows(self) -> list[Row]:
        with self.wired.ports.ledger.reading() as book:
            return list(book.rows())


@pytest.fixture
def studio(tmp_path: Path) -> Iterator[Studio]:
    yield from opening(tmp_path)


@pytest.fixture
def sheets() -> Iterator[FakeSheets]:
    with FakeSheets() as fake:
        yield fake


@pytest.fixture
def studio_with_sheet(tmp_path: Path, sheets: FakeSheets) -> Iterator[Studio]:
    yield from opening(tmp_path, **sheet_of(sheets))


def opening(folder: Path, **more: str) -> Iterator[Studio]:
    environ = {
        "SHEETFLOW_CONFIG": str(ROOT / "config"),
        "SHEETFLOW_DASHBOARD_PASSWORD": PASSWORD,
        "SHEETFLOW_SECRET_KEY": "any long secret",
        **more,
    }
    wired = wiring.build(wiring.read_settings(environ, folder))
    if more:
        wired.ports.sheet.setup(take_over=False)
    server = serve(wiring.build_app(wired, takes_loopback=True), 0)
    yield Studio(wired, f"http://127.0.0.1:{server.socket.getsockname()[1]}")
    server.shutdown()
    wired.close()


@pytest.fixture(params=["light", "dark"])
def browser(request: Any) -> Iterator[BrowserContext]:
    """Without scripts of the page's own, as everybody's: there are none."""
    with visiting(need("chromium"), color_scheme=request.param, locale="en-GB") as context:
        yield context


def opened(studio: Studio, browser: BrowserContext) -> Page:
    """Logged in, by keyboard."""
    page = browser.new_page()
    page.goto(f"{studio.origin}/leads")
    expect(page.get_by_label("Password")).to_be_focused()
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Leads")
    return page


def is_good(page: Page) -> None:
    """For everybody: valid, no wider than the screen, without a barrier that axe-core knows."""
    html5lib.HTMLParser(strict=True).parse(page.request.get(page.url, headers={"Accept": "text/html"}).text())
    for size in (DESKTOP, PHONE):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), size
    assert barriers(page) == []


def press_until(page: Page, label: str) -> None:
    """Tab after Tab until what has the focus says so."""
    says = "(document.activeElement.labels?.[0] ?? document.activeElement).textContent.trim()"
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate(says) == label:
            return
    pytest.fail(f"{label} can't be reached by keyboard")


def test_from_a_call_to_a_sale_by_keyboard_on_a_phone(studio: Studio, browser: BrowserContext) -> None:
    page = opened(studio, browser)
    heard = listen(page)
    is_good(page)
    press_until(page, "New lead")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("New lead")
    is_good(page)
    for label, said in {"Name": "Lea Lead", "Email": "lea@example.org", "Message": "My tap drips."}.items():
        press_until(page, label)
        page.keyboard.type(said)
    press_until(page, "Store the lead")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text("The lead is stored.")
    [row] = studio.rows
    lead = page.url.partition("?")[0]
    assert lead == f"{studio.origin}/leads/{row['id']}"

    # The first response is seen in the outbox, and in the story.
    wait_for(page, "First response was written to the outbox")
    is_good(page)
    page.goto(f"{studio.origin}/outbox")
    is_good(page)
    page.get_by_role("link", name="Thank you for getting in touch").press("Enter")
    expect(page.frame_locator("iframe").get_by_text("Your message has reached us")).to_be_visible()
    is_good(page)

    # The status is changed, and the list shows it.
    page.goto(lead)
    press_until(page, "Status")
    page.keyboard.type("Won")
    press_until(page, "Save")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text("Saved.")
    assert [row["status"] for row in studio.rows] == ["Won"]
    page.goto(f"{studio.origin}/leads?status=done")
    expect(page.get_by_role("link", name="Lea Lead")).to_be_visible()
    expect(page.get_by_text("Won: nothing more is sent by itself.")).to_be_visible()
    is_good(page)

    # The figures have moved.
    page.goto(f"{studio.origin}/")
    expect(page.get_by_role("listitem").filter(has_text="Won").locator(".value").last).to_have_text("1")
    expect(page.get_by_role("heading", name="Waiting for you: nobody")).to_be_visible()
    is_good(page)
    page.get_by_text("The numbers").first.press("Enter")
    expect(page.get_by_role("table").first).to_be_visible()
    is_good(page)
    assert heard == []


@pytest.mark.parametrize("browser", ["light"], indirect=True)
def test_from_the_form_to_the_sheet_by_keyboard_on_a_phone(
    studio_with_sheet: Studio, sheets: FakeSheets, browser: BrowserContext
) -> None:
    studio = studio_with_sheet
    page = browser.new_page()
    heard = listen(page)
    page.goto(f"{studio.origin}/form")
    page.wait_for_timeout(2_500)  # milliseconds: nobody fills in a form within two seconds
    for label, said in {"Name": "Lea Lead", "E-mail": "lea@example.org", "Message": "My tap drips."}.items():
        page.get_by_label(label, exact=False).first.focus()
        page.keyboard.type(said)
    page.locator("button.send").press("Enter")
    page.wait_for_url("**/form?lang=en&sent=1")

    page = opened(studio, browser)
    page.goto(f"{studio.origin}/outbox")
    wait_for(page, "Thank you for getting in touch")
    page.goto(f"{studio.origin}/leads")
    page.get_by_role("link", name="Lea Lead").press("Enter")
    press_until(page, "Status")
    page.keyboard.type("Won")
    press_until(page, "Save")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text("Saved.")
    page.goto(f"{studio.origin}/")
    expect(page.get_by_role("listitem").filter(has_text="Won").locator(".value").last).to_have_text("1")

    patience.wait_for(lambda: [row["Status"] for row in sheets.owner.records("Leads")] == ["Won"], every=0.2)
    [row] = sheets.owner.records("Leads")
    assert (row["Name"], row["Email"], row["Why"]) == (
        "Lea Lead",
        "lea@example.org",
        "Won: nothing more is sent by itself.",
    )
    assert heard == []


def wait_for(page: Page, words: str) -> None:
    """Reloads until a thread of the server has done its work."""

    def is_there() -> bool:
        page.reload()
        return page.get_by_text(words).count() > 0

    patience.wait_for(is_there, every=0.1)


def test_hostile_words_break_no_page(studio: Studio, browser: BrowserContext) -> None:
    page = opened(studio, browser)
    heard = listen(page)
    posted = page.request.post(
        f"{studio.origin}/leads/website",
        data={"name": HOSTILE, "email": "lea@example.org", "message": HOSTILE * 20, "service": HOSTILE},
    )
    # A page's cookie is no token of the hook's; this machine is let in.
    lead_id = posted.json()["lead_id"]
    for path in ("/", "/leads", f"/leads/{lead_id}", f"/messages?lead={lead_id}", "/outbox", "/nowhere"):
        page.goto(f"{studio.origin}{path}")
        is_good(page)
    assert [said for said in heard if "404" not in said] == []


def test_two_people_at_one_lead_see_both_words(studio: Studio, browser: BrowserContext) -> None:
    page = opened(studio, browser)
    other = browser.new_page()
    lead_id = page.request.post(f"{studio.origin}/leads", data={"name": "Lea", "phone": "+1 555 0100"}).json()
    for one in (page, other):
        one.goto(f"{studio.origin}/leads/{lead_id['lead_id']}")
    for one, words in ((page, "Ada was here"), (other, "Bob was here")):
        one.get_by_label("Notes").fill(words)
        one.get_by_role("button", name="Save").click()
        expect(one.get_by_role("status").or_(one.get_by_role("alert"))).to_be_visible()
    expect(other.get_by_text("Somebody changed this meanwhile")).to_be_visible()
    expect(other.get_by_text("Ada was here")).to_be_visible()
    expect(other.get_by_label("Notes")).to_have_value("Bob was here")
    assert barriers(other) == []
    # The back button, and the same once more: nothing is lost, nothing is typed over unseen.
    other.go_back()
    assert [row["notes"] for row in studio.rows] == ["Ada was here"]


def test_a_wrong_password_and_a_lost_login_are_said(studio: Studio, browser: BrowserContext) -> None:
    page = browser.new_page()
    page.goto(f"{studio.origin}/outbox")
    expect(page.get_by_label("Password")).to_be_focused()
    page.keyboard.type("wrong")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_have_text("That isn't the password.")
    assert barriers(page) == []
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Outbox")
    page.get_by_role("button", name="Log out").press("Enter")
    expect(page).to_have_title("Log in · Your Business")
    page.go_back()
    expect(page).to_have_title("Log in · Your Business")
