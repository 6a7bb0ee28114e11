"""The pages over a Place: its ledger and its clock, without the threads of a server."""

from collections.abc import Iterable

from flask import Blueprint
from flask.testing import FlaskClient

from sheetflow.web.app import make_app
from sheetflow.web.doors import Doors
from sheetflow.web.form_look import FormLook
from sheetflow.web.leads import Webhook
from sheetflow.web.pages.access import Access
from sheetflow.web.pages.site import TOKEN, Site
from sheetflow.web.public import Public
from sheetflow.web.refusals import Refusals
from sheetflow.web.storing import Storing
from sheetflow.web.visitors import Visitors
from sheetflow.workflow.sequence import Form
from tests.web.place import TOKENS, Place

PASSWORD = "correct horse"
BROWSER = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


def open_site(
    place: Place,
    parts: Iterable[Blueprint] = (),
    *,
    password: str = "",
    keys: tuple[str, ...] = ("key",),
    takes_loopback: bool = True,
    is_https: bool = False,
    proxies: int = 0,
    has_outbox: bool = False,
    closed: str = "",
) -> FlaskClient:
    """A browser before an app with these pages and the hook."""
    access = Access(password, keys, takes_loopback, is_https)
    visitors = Visitors(proxies)
    site = Site(
        place.ledger, access, visitors, place.ports.clock, parts, has_outbox=has_outbox, closed=closed
    )
    hook = Webhook(
        place.ports,
        Doors(TOKENS, {}),
        Public(Form(), FormLook(place.workflow, place.ports.clock), visitors),
        Storing(place.ledger),
        Refusals(visitors),
        place.notify,
    )
    client = make_app([site.blueprint(), hook.blueprint()]).test_client()
    client.environ_base["HTTP_ACCEPT"] = BROWSER["Accept"]
    return client


def log_in(client: FlaskClient, password: str = PASSWORD, **more: str) -> int:
    return client.post("/login", data={"password": password, **more}).status_code


def token_in(page: str) -> str:
    """What the first form of a page carries."""
    return page.partition(f'name="{TOKEN}" value="')[2].partition('"')[0]
