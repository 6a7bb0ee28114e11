"""`/setup` in a real browser: for everybody, on a phone, without a word in the console."""

from pathlib import Path

import pytest

from sheetflow import wiring
from sheetflow.web.server import serve
from tests.conftest import ROOT, need
from tests.fakes.browser import barriers, listen, visiting

pytestmark = pytest.mark.needs_chromium

POSTED = '{"first_name": "Ada", "studio_email": "downtown@example.org", "phone": "+1 352-555-0102"}'


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everything_on_it_can_be_used(tmp_path: Path, scheme: str) -> None:
    environ = {
        "SHEETFLOW_CONFIG": str(ROOT / "config"),
        "SHEETFLOW_WEBHOOK_TOKENS": "public-site:in-the-page,zapier:kept",
    }
    wired = wiring.build(wiring.read_settings(environ, tmp_path))
    server = serve(wiring.build_app(wired, takes_loopback=True), 0)
    try:
        with visiting(need("chromium"), color_scheme=scheme) as browser:
            page = browser.new_page()
            heard = listen(page)
            page.goto(f"http://127.0.0.1:{server.socket.getsockname()[1]}/setup")
            page.click("text=Check now")
            page.wait_for_selector("text=everything works")
            assert barriers(page) == []
            page.fill("#body", POSTED)
            page.click("text=Explain")
            page.wait_for_selector("text=No sure address; found downtown@example.org")
            assert barriers(page) == []
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
            page.click("text=How it is set >> nth=0")
            page.wait_for_url("**/docs/configuration#configsheetflowtoml")
            assert barriers(page) == []
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
            name = page.locator("td code", has_text="SHEETFLOW_DASHBOARD_PASSWORD").first
            assert name.evaluate("code => code.getClientRects().length") == 1, "it stands in one line"
            page.goto(page.url.replace("configuration", "design"))
            drawing = page.locator("pre").first
            assert drawing.evaluate("pre => [pre.tabIndex, pre.scrollWidth > pre.clientWidth]") == [0, True]
            assert barriers(page) == []
            assert heard == []
    finally:
        server.shutdown()
        wired.close()
