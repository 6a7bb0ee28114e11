"""The web app's door for gunicorn: `sheetflow.web:create_app()`."""

import sys
from typing import TYPE_CHECKING

from sheetflow.errors import ConfigError

if TYPE_CHECKING:
    from flask import Flask

CANT_LOAD = 4  # gunicorn stops at this, and doesn't start the next worker that fails


def create_app() -> "Flask":
    """The app as the environment configures it; without a token it takes no leads."""
    # Here and not above: wiring imports the modules of this package.
    from sheetflow import wiring

    try:
        return wiring.build_app(wiring.build(wiring.read_settings()), takes_loopback=False)
    except ConfigError as error:
        print(*error.problems, sep="\n", file=sys.stderr)
        sys.exit(CANT_LOAD)
