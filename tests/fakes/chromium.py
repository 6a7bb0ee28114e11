"""A real browser without a window: opens a page and gives back what became of it."""

import shutil
import subprocess
import tempfile
from pathlib import Path

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
