"""The hosted form in a real browser: by keyboard, without a script, in a frame, and for everybody."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest
from flask import render_template
from playwright.sync_api import BrowserContext, Page, expect

from sheetflow.web.server import serve
from sheetflow.workflow import statuses
from sheetflow.workflow.qualify import Rules
from sheetflow.workflow.sequence import Form
from tests.browser.conftest import Site
from tests.conftest import need
from tests.fakes.browser import DESKTOP, PHONE, barriers, listen, visiting
from tests.simulation import patience
from tests.web.place import Place

pytestmark = pytest.mark.needs_chromium

RULES = Rules(
    services={"Leak repair": ("leak*",), "Bathroom": ("bath*",)},
    urgency={"now": ("urgent*",), "soon": ("soon",), "later": ("no rush",)},
    locations={"Boston": (), "Cambridge": ()},
)
LANGUAGES = frozenset({"first_response", "first_response.de", "first_response.fr", "first_response.es"})
SEND = "button.send"
NO_EMAIL = "No e-mail address was given."
REFUSED = "Failed to load resource: the server responded with a status of 422 (UNPROCESSABLE ENTITY)"


@contextmanager
def hosted(place: Place, form: Form = Form()) -> Iterator[str]:  # noqa: B008
    place.workflow = replace(place.workflow, rules=RULES, templates=LANGUAGES)
    place.ledger.workflow = place.workflow
    server = serve(place.app(form=form), 0)
    try:
        yield f"http://127.0.0.1:{server.socket.getsockname()[1]}"
    finally:
        server.shutdown()


@pytest.fixture
def browser() -> Iterator[BrowserContext]:
    with visiting(need("chromium"), locale="en-GB") as context:
        yield context


def around(place: Place, origin: str) -> str:
    """A page of another site with what `/setup` gives to copy, below a screen of its own words."""
    app, business = place.app(), place.workflow.business.name
    with app.app_context():
        frame = render_template("pages/frame_snippet.html", base=origin, business=business)
    return f'<!DOCTYPE html><title>Studio</title><div style="height: 900px">Words.</div>{frame}'


def no_page_is_wider_than_its_screen(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_by_keyboard_alone_on_a_small_screen_an_enquiry_is_sent(
    place: Place, browser: BrowserContext
) -> None:
    with hosted(place) as origin:
        page = browser.new_page()
        heard = listen(page)
        page.goto(f"{origin}/form")
        place.passes(seconds=20)
        keys = page.keyboard
        for said in ("Lea Lead", "lea@example.org", "", "Bath"):
            keys.press("Tab")
            keys.type(said)
        keys.press("Tab")
        keys.press("Space")
        keys.press("ArrowDown")
        for said in ("Cambridge", "My tap drips."):
            keys.press("Tab")
            keys.type(said)
        no_page_is_wider_than_its_screen(page)
        keys.press("Tab")
        assert page.evaluate("document.activeElement.textContent") == "Send"
        keys.press("Enter")
        page.wait_for_url("**/form?lang=en&sent=1")
        assert "mean to answer within 5 minutes" in page.inner_text("main")
        no_page_is_wider_than_its_screen(page)
        assert heard == []
    [row] = place.rows()
    assert (row["name"], row["email"], row["service"]) == ("Lea Lead", "lea@example.org", "Bathroom")
    assert (row["urgency"], row["location"], row["message"]) == ("soon", "Cambridge", "My tap drips.")
    assert row["status"] == statuses.NEW


def test_an_error_is_where_the_keyboard_is_and_back_sends_nothing_twice(
    place: Place, browser: BrowserContext
) -> None:
    with hosted(place) as origin:
        page = browser.new_page()
        heard = listen(page)
        page.goto(f"{origin}/form")
        place.passes(seconds=20)
        page.fill("#name", "Lea <b>Lead</b>")
        page.fill("#message", "\n  two lines\nof text")
        page.click(SEND)
        expect(page.locator("#email")).to_be_focused()
        assert page.input_value("#name") == "Lea <b>Lead</b>"
        assert page.input_value("#message") == "\n  two lines\nof text"
        page.keyboard.type("lea@example.org")
        page.keyboard.press("Enter")
        page.wait_for_url("**sent=1")
        page.reload()
        page.go_back()
        expect(page.locator("#name")).to_have_value("Lea <b>Lead</b>")
        page.fill("#email", "lea@example.org")
        page.click(SEND)
        page.wait_for_url("**sent=1")
        assert set(heard) == {REFUSED}
    [row] = place.rows()
    assert row["details"] == ""


@pytest.mark.parametrize("has_scripts", [True, False])
def test_a_double_click_and_no_script_make_no_difference(place: Place, has_scripts: bool) -> None:
    with hosted(place) as origin, visiting(need("chromium"), java_script_enabled=has_scripts) as browser:
        page = browser.new_page()
        page.goto(f"{origin}/form?utm_source=ads")
        place.passes(seconds=20)
        page.fill("#name", "Lea Lead")
        page.fill("#phone", "+49 30 901820")
        page.check("input[value=now]")
        page.dblclick(SEND)
        # Not wait_for_url(), which gives up if the second click ends the answer to the first.
        expect(page).to_have_url(re.compile("sent=1$"))
    [row] = place.rows()
    assert (row["phone"], row["urgency"], row["details"]) == (
        "+49 30 901820",
        "now",
        f"{NO_EMAIL}\nutm_source: ads",
    )


def test_another_language_keeps_what_was_typed(place: Place, browser: BrowserContext) -> None:
    with hosted(place) as origin:
        page = browser.new_page()
        page.goto(f"{origin}/form")
        page.fill("#name", "مرحبا שלום")
        page.click("button[lang=de]")
        expect(page.locator("h1")).to_have_text("Was können wir für Sie tun?")
        assert page.input_value("#name") == "مرحبا שלום"
        page.click(SEND)
        expect(page.locator("#email-error")).to_contain_text("Wir brauchen eine E-Mail-Adresse")


def test_a_frame_grows_with_its_form_and_hands_on_to_the_thanks_of_its_site(
    place: Place, site: Site, browser: BrowserContext
) -> None:
    with hosted(place, Form(origins=(site.origin,), thanks=f"{site.origin}/thanks")) as origin:
        site.page = around(place, origin)
        page = browser.new_page()
        heard = listen(page)
        page.goto(site.origin)
        frame = page.frame_locator("#sheetflow")
        inner = page.frames[1]
        page.locator("#sheetflow").scroll_into_view_if_needed()
        is_whole = "document.documentElement.offsetHeight === innerHeight"
        patience.wait_for(lambda: inner.evaluate(is_whole), every=0.05)
        assert page.evaluate("document.getElementById('sheetflow').clientHeight") > 1000
        place.passes(seconds=20)
        frame.locator("#name").fill("Lea Lead")
        frame.locator(SEND).click()
        frame.locator("[role=alert]").wait_for()
        top = "Math.round(document.getElementById('sheetflow').getBoundingClientRect().top)"
        page.wait_for_function(f"{top} === 0")
        expect(frame.locator("#email")).to_be_focused()
        frame.locator("#email").fill("lea@example.org")
        frame.locator(SEND).click()
        page.wait_for_url("**/thanks")
        assert set(heard) <= {REFUSED}
    assert [row["status"] for row in place.rows()] == [statuses.NEW]


def test_a_site_that_is_not_allowed_shows_no_frame(place: Place, site: Site, browser: BrowserContext) -> None:
    with hosted(place, Form(origins=("https://www.example.com",))) as origin:
        site.page = around(place, origin)
        page = browser.new_page()
        with page.expect_console_message(lambda message: "frame-ancestors" in message.text):
            page.goto(site.origin)
        assert page.frame_locator("#sheetflow").locator("#name").count() == 0


def test_a_browser_goes_on_to_the_thanks_of_another_site(
    place: Place, site: Site, browser: BrowserContext
) -> None:
    site.page = "<!DOCTYPE html><title>Thanks</title>"
    with hosted(place, Form(thanks=f"{site.origin}/thanks")) as origin:
        page = browser.new_page()
        page.goto(f"{origin}/form")
        page.fill("#name", "Lea Lead")
        page.fill("#email", "lea@example.org")
        page.click(SEND)
        page.wait_for_url(f"{site.origin}/thanks")


@pytest.mark.parametrize(
    ("colour", "screen", "scheme"),
    [
        ("", PHONE, "light"),
        ("#f2c14e", PHONE, "dark"),
        ("#f2c14e", DESKTOP, "light"),
        ("#111111", DESKTOP, "dark"),
    ],
)
def test_no_page_of_the_form_keeps_anybody_out(place: Place, screen: Any, scheme: str, colour: str) -> None:
    context = {"viewport": screen, "color_scheme": scheme, "locale": "de-DE"}
    with hosted(place, Form(colour=colour)) as origin, visiting(need("chromium"), **context) as browser:
        page = browser.new_page()
        for address in ("/form", "/form?embed=1", "/form?sent=1"):
            page.goto(f"{origin}{address}")
            assert barriers(page) == []
            no_page_is_wider_than_its_screen(page)
        page.goto(f"{origin}/form")
        page.fill("#name", "N" * 500)
        page.fill("#phone", "x")
        page.click(SEND)
        expect(page.get_by_role("alert")).to_be_visible()
        assert barriers(page) == []
        no_page_is_wider_than_its_screen(page)
