"""A real browser without a window: opens a page and gives back what became of it."""

import json
import os
import select
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any, Self

FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)


def find() -> Path | None:
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    return Path(found) if found else None


def open_page(program: Path, url: str, milliseconds: int = 10_000) -> str:
    """The page's HTML once its scripts have had so much time of the page's own clock."""
    with tempfile.TemporaryDirectory() as profile:
        command = [str(program), *FLAGS, f"--user-data-dir={profile}"]
        budget = f"--virtual-time-budget={milliseconds}"
        done = subprocess.run(
            [*command, budget, "--dump-dom", url], capture_output=True, text=True, timeout=120, check=True
        )
    return done.stdout


def take_picture(program: Path, page: Path, picture: Path, width: int, *, is_dark: bool) -> None:
    """A PNG of a file's page, so wide as on a screen of that many pixels."""
    with tempfile.TemporaryDirectory() as profile:
        # A window is never as narrow as a phone, but a frame in it can be.
        frame = Path(profile) / "frame.html"
        frame.write_text(
            f'<html style="color-scheme:{"dark" if is_dark else "light"}"><body style="margin:0">'
            f'<iframe src="{page.as_uri()}" style="border:0;width:{width}px;height:1200px"></iframe>'
        )
        subprocess.run(
            [
                *(str(program), *FLAGS, f"--user-data-dir={profile}", "--hide-scrollbars"),
                *(f"--blink-settings=preferredColorScheme={0 if is_dark else 1}", "--window-size=720,1200"),
                *(f"--screenshot={picture}", frame.as_uri()),
            ],
            capture_output=True,
            timeout=120,
            check=True,
        )


class Tab:
    """A page that stays open, to be clicked in: DevTools over a pipe, so without any port."""

    def __init__(self, program: Path) -> None:
        self._profile = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        theirs, self._out = os.pipe()
        self._in, answers = os.pipe()

        def inherit() -> None:
            os.dup2(theirs, 3)
            os.dup2(answers, 4)

        # Chromium reads commands from 3 and answers on 4.
        self._process = subprocess.Popen(
            [str(program), *FLAGS, f"--user-data-dir={self._profile.name}", "--remote-debugging-pipe"],
            preexec_fn=inherit,
            pass_fds=(3, 4),
            stderr=subprocess.DEVNULL,
        )
        os.close(theirs)
        os.close(answers)
        self._number, self._rest, self._session, self._has_loaded = 0, b"", "", False
        target = self._ask("Target.createTarget", url="about:blank")["targetId"]
        self._session = self._ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        self._ask("Page.enable")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        self._process.wait(30)
        os.close(self._in)
        os.close(self._out)
        self._profile.cleanup()

    def open(self, url: str) -> str:
        """The page's words."""
        self._has_loaded = False
        self._ask("Page.navigate", url=url)
        return self._loaded()

    def click(self, selector: str) -> str:
        """Where a finger would; the words of the page that comes of it."""
        where = f"document.querySelector({json.dumps(selector)}).getBoundingClientRect().toJSON()"
        box = self._ask("Runtime.evaluate", expression=where, returnByValue=True)["result"]["value"]
        at = {"x": box["x"] + box["width"] / 2, "y": box["y"] + box["height"] / 2}
        self._has_loaded = False
        for kind in ("mousePressed", "mouseReleased"):
            self._ask("Input.dispatchMouseEvent", type=kind, button="left", clickCount=1, **at)
        return self._loaded()

    def _loaded(self) -> str:
        while not self._has_loaded:
            self._read()
        words = self._ask("Runtime.evaluate", expression="document.body.innerText", returnByValue=True)
        return str(words["result"]["value"])

    def _ask(self, method: str, **params: Any) -> dict[str, Any]:
        self._number += 1
        session = {"sessionId": self._session} if self._session else {}
        command = {"id": self._number, "method": method, "params": params, **session}
        os.write(self._out, json.dumps(command).encode() + b"\0")
        while (answer := self._read()).get("id") != self._number:
            pass
        assert "error" not in answer, answer
        return dict(answer["result"])

    def _read(self) -> dict[str, Any]:
        while b"\0" not in self._rest:
            ready, _, _ = select.select([self._in], [], [], 60)
            assert ready, "the browser says nothing"
            self._rest += os.read(self._in, 65536)
        line, self._rest = self._rest.split(b"\0", 1)
        said = dict(json.loads(line))
        self._has_loaded |= said.get("method") == "Page.loadEventFired"
        return said
