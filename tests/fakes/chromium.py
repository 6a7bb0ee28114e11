"""Where Chromium is. `browser` opens it, and loads much; this is asked by every run of the tests."""

import shutil
from pathlib import Path


def find() -> Path | None:
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    return Path(found) if found else None
