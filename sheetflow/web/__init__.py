"""The web app's door for gunicorn: `sheetflow.web:create_app()`."""

from flask import Flask


def create_app() -> Flask:
    """The app as the environment configures it; without a token it takes no leads."""
    # Here and not above: wiring imports the modules of this package.
    from sheetflow import wiring

    return wiring.build_app(wiring.build(wiring.read_settings()), takes_loopback=False)
