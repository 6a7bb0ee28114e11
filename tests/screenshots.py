"""The README's pictures, `make screenshots`: the demonstration is played, then Chromium opens its pages."""

import sys
import tempfile
from pathlib import Path
from threading import Event

from sheetflow.demo.play import Player
from sheetflow.demo.story import PRIYA
from sheetflow.demo.studio import open_studio
from tests.fakes.browser import take_picture
from tests.fakes.chromium import find

IMAGES = Path(__file__).parents[1] / "docs/images"
FIRST_PORT = 8700
WIDTH = 1280
HEIGHTS = {"overview": 1003, "lead": 1441}


def main() -> None:
    program = find()
    if program is None:
        sys.exit("Chromium isn't here: apt-get install chromium")
    IMAGES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, open_studio(Path(folder), FIRST_PORT, Event()) as studio:
        player = Player(studio, lambda _: None, lambda: False)
        player.play()
        priya = next(str(row["id"]) for row in player.rows if row["email"] == PRIYA)
        for name, path in {"overview": "/", "lead": f"/leads/{priya}"}.items():
            file = IMAGES / f"{name}.png"
            take_picture(program, f"{studio.url}{path}", file, (WIDTH, HEIGHTS[name]))
            print(f"{file}: {file.stat().st_size // 1024} kB")


if __name__ == "__main__":
    main()
