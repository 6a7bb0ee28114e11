"""A person at a real browser: keys are pressed, and what the browser complained about is known."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, expect, sync_playwright

from tests.simulation.patience import PATIENCE

PHONE = {"width": 360, "height": 740}
DESKTOP = {"width": 1366, "height": 768}
SERIOUS = ("serious", "critical")

# What a click brings is there later than the click: only what waits can tell it.
expect.set_options(timeout=PATIENCE * 1000)


@contextmanager
def visiting(program: Path, **context: Any) -> Iterator[BrowserContext]:
    """On a phone's screen if `context` doesn't say otherwise."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        try:
            made = browser.new_context(**{"viewport": PHONE, **context})
            made.set_default_timeout(PATIENCE * 1000)
            yield made
        finally:
            browser.close()


def take_picture(
    program: Path,
    url: str,
    file: Path,
    size: tuple[int, int],
    *,
    is_dark: bool = False,
    is_whole: bool = False,
) -> None:
    """A PNG of what a screen of that width and height shows, or of the whole page."""
    scheme = "dark" if is_dark else "light"
    with visiting(program, viewport={"width": size[0], "height": size[1]}, color_scheme=scheme) as context:
        page = context.new_page()
        page.goto(url)
        page.screenshot(path=file, full_page=is_whole)


def listen(page: Page) -> list[str]:
    """Everything from now on in the console, and every request that leaves loopback."""
    heard: list[str] = []
    page.on("console", lambda message: heard.append(message.text))
    page.on("pageerror", lambda error: heard.append(str(error)))
    page.on("request", lambda asked: heard.append(asked.url) if not _is_here(asked.url) else None)
    return heard


def barriers(page: Page) -> list[str]:
    """What axe-core calls a serious barrier for people with a disability."""
    found = Axe().run(page).response["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html']}" for one in found if one["impact"] in SERIOUS]


def _is_here(url: str) -> bool:
    return url.startswith(("http://127.0.0.1:", "http://localhost:", "data:", "about:"))
