"""A person at a real browser: keys are pressed, and what the browser complained about is known."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, sync_playwright

PHONE = {"width": 360, "height": 740}
DESKTOP = {"width": 1366, "height": 768}
SERIOUS = ("serious", "critical")


@contextmanager
def visiting(program: Path, **context: Any) -> Iterator[BrowserContext]:
    """On a phone's screen if `context` doesn't say otherwise."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        try:
            made = browser.new_context(**{"viewport": PHONE, **context})
            made.set_default_timeout(10_000)  # milliseconds
            yield made
        finally:
            browser.close()


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
