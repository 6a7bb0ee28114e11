"""`/setup`: what is known, what a check finds, where leads come in, what would become of what is pasted."""

import json
import re
import threading
from collections.abc import Iterable, Iterator
from functools import partial
from html import unescape
from pathlib import Path
from typing import Any

import html5lib
import pytest
from flask.testing import FlaskClient

from sheetflow import wiring
from sheetflow.explain import explain_bytes
from sheetflow.web.health import Health, Setup
from sheetflow.web.pages.checking import LONGEST, Checking
from sheetflow.web.pages.help import FOLDER, HelpPages, rendered
from sheetflow.web.pages.setup import HELP, SetupPage, WaysIn
from sheetflow.web.storing import Storing
from sheetflow.workflow.finding import Finding
from tests.simulation.patience import wait_for
from tests.web.pages.site import BROWSER, open_site, token_in
from tests.web.place import Place

TOKENS = {"zapier": ("kept-to-itself",), "public-site": ("in-the-page",)}
GOOD, BAD = Finding("Mail leaves by smtp.example.", about="mail"), Finding("No <b>Sheet</b>.", 2, "sheet")
MAIL = """From: Lea Lead <lea@example.org>
To: studio@example.com
Subject: Re: Your enquiry

Please unsubscribe me.
"""


class Desk:
    """A browser before `/setup`, and the check behind it."""

    def __init__(self, place: Place, check: Iterable[Finding] = (), tokens: Any = TOKENS) -> None:
        self.runs = 0
        self._found = check
        self.checking = Checking(self._check, lambda: place.now)
        explain = partial(explain_bytes, workflow=place.workflow)
        health = Health(place.ledger, Storing(place.ledger), Setup("smtp", "off", False), lambda: place.now)
        ways_in = WaysIn(tokens, ("typeform",), "https://leads.example.com")
        page = SetupPage(place.workflow, health.look, self.checking, explain, ways_in)
        self.client: FlaskClient = open_site(place, [page.blueprint(), HelpPages().blueprint()])

    def _check(self) -> Iterator[Finding]:
        self.runs += 1
        yield from self._found

    def look(self, address: str = "/setup") -> str:
        return valid(self.client.get(address))

    def press(self, **typed: str) -> Any:
        address = "/setup/explain" if typed else "/setup/check"
        return self.client.post(address, data={"_csrf": token_in(self.look()), **typed})


def valid(answer: Any) -> str:
    page = answer.get_data(as_text=True)
    html5lib.HTMLParser(strict=True).parse(page)
    return unescape(page)


def found(page: str) -> list[tuple[str, str]]:
    return re.findall(r'<span class="chip \w+">([\w ]+)</span>\n<bdi>(.*?)</bdi>', page)


def test_a_look_asks_nobody(place: Place) -> None:
    desk = Desk(place, [GOOD])
    page = desk.look()
    assert desk.runs == 0
    assert found(page) == []
    assert "This is known without trying anything." in page
    assert '<span class="soft">Replies</span> <span class="chip warn">aren’t read</span>' in page


def test_a_press_checks_and_what_needs_somebody_comes_first_with_its_place_in_the_docs(place: Place) -> None:
    desk = Desk(place, [GOOD, BAD])
    answer = desk.press()
    assert (answer.status_code, answer.headers["Location"]) == (303, "/setup#check")
    page = desk.look()
    assert found(page) == [("To mend", BAD.words), ("OK", GOOD.words)]
    assert "1 of 2 needs you." in page
    assert 'href="/docs/setup#the-google-sheet"' in page
    assert "<b>Sheet</b>" not in desk.client.get("/setup").get_data(as_text=True)


def test_a_command_to_type_is_shown_as_code_and_nothing_else_of_the_words_is_markup(place: Place) -> None:
    desk = Desk(place, [Finding("Run `python -m sheetflow setup` for <i>`it`</i>.")])
    desk.press()
    page = desk.client.get("/setup").get_data(as_text=True)
    assert "Run <code>python -m sheetflow setup</code> for &lt;i&gt;<code>it</code>&lt;/i&gt;." in page


def test_a_check_needs_the_pages_own_form(place: Place) -> None:
    desk = Desk(place, [GOOD])
    assert desk.client.post("/setup/check").status_code == 403
    assert desk.runs == 0


def test_a_server_that_hangs_holds_nobody_up(place: Place) -> None:
    """What was found before it is shown, the page follows, and another press begins no second run."""
    goes_on, reached = threading.Event(), threading.Event()

    def hang() -> Iterator[Finding]:
        yield GOOD
        reached.set()
        goes_on.wait(60)
        yield BAD

    desk = Desk(place, hang())
    desk.checking.run(0)
    assert reached.wait(60)
    desk.checking.run(0)
    assert desk.runs == 1
    answer = desk.client.get("/setup")
    assert answer.headers["Refresh"] == "3; url=/setup#check"
    assert found(valid(answer)) == [("OK", GOOD.words)]
    goes_on.set()
    desk.checking.run(60)
    answer = desk.client.get("/setup")
    assert "Refresh" not in answer.headers
    assert len(found(valid(answer))) == 2


def test_a_run_that_never_ends_is_given_up(place: Place) -> None:
    never, turns = threading.Event(), []

    def check() -> Iterator[Finding]:
        turns.append(1)
        if len(turns) == 1:
            never.wait(60)
        yield GOOD

    checking = Checking(check, lambda: place.now)
    checking.run(0)
    place.passes(seconds=LONGEST.total_seconds() + 1)
    checking.run(60)
    assert checking.look().findings == (GOOD,)
    never.set()
    assert checking.look().began == place.now


def test_a_check_that_breaks_off_says_so(place: Place) -> None:
    def broken() -> Iterator[Finding]:
        yield GOOD
        raise RuntimeError("secret")

    desk = Desk(place, broken())
    desk.press()
    page = desk.look()
    assert ("To mend", "The check broke off; the log says why.") in found(page)
    assert "secret" not in page


def test_the_ways_in_are_named_and_only_public_tokens_shown(place: Place) -> None:
    page = Desk(place).look()
    assert "POST https://leads.example.com/leads/zapier<" in page
    assert "POST https://leads.example.com/leads/typeform<" in page
    assert "POST https://leads.example.com/leads/public-site?token=in-the-page<" in page
    assert "kept-to-itself" not in page


def test_without_tokens_it_says_how_others_may_send(place: Place) -> None:
    desk = Desk(place, tokens={})
    assert "set a token that may stand in a page" in desk.look()
    assert 'id="plain"' not in desk.look()


def test_the_form_can_be_copied(place: Place) -> None:
    page = Desk(place).client.get("/setup").get_data(as_text=True)
    copied = dict(re.findall(r'<textarea class="code" id="(\w+)"[^>]*>(.*?)</textarea>', page, re.DOTALL))
    frame, plain = (valid_part(unescape(copied[name])) for name in ("frame", "plain"))
    assert 'src="https://leads.example.com/form?embed=1" title="Ada&#39;s Studio"' in frame
    assert 'event.origin !== "https://leads.example.com"' in frame
    assert 'action="https://leads.example.com/leads/website?token=in-the-page&amp;lang=en"' in plain
    names = re.findall(r' name="(\w+)"', plain)
    assert names == ["name", "email", "phone", "location", "message", "_gotcha"]


def valid_part(part: str) -> str:
    page = f"<!DOCTYPE html><html><head><title>x</title></head><body>{part}</body></html>"
    html5lib.HTMLParser(strict=True).parse(page)
    return part


@pytest.mark.parametrize(
    ("body", "kind", "heading", "words"),
    [
        (
            '{"name": "Lea", "email": "lea@example.org"}',
            "",
            "Accepted",
            ["lea@example.org", "a plain name for it"],
        ),
        ("name=Lea&email=lea%40example.org\r\n", "application/x-www-form-urlencoded", "Accepted", ["Lea"]),
        ("name=Lea&studio_email=a%40example.org", "", "Needs a person", ["No sure address"]),
        ('{"name": "Lea"', "application/json", "Refused", ["400"]),
        (MAIL, "", "Unsubscribe", ["lea@example.org", "Please unsubscribe me."]),
        (MAIL, "message/rfc822", "Unsubscribe", []),
        ('{"name": "<b>x</b>", "email": "x@example.org"}', "no/such", "Accepted", ["&lt;b&gt;x&lt;/b&gt;"]),
    ],
)
def test_what_is_pasted_is_explained_and_stays(
    place: Place, body: str, kind: str, heading: str, words: list[str]
) -> None:
    desk = Desk(place)
    answer = desk.press(body=body, kind=kind, source="shop")
    raw, page = answer.get_data(as_text=True), valid(answer)
    assert answer.status_code == 200
    assert f"<h3>{heading}</h3>" in page
    assert [word for word in words if word not in raw and word not in page] == []
    assert 'value="shop"' in page
    assert body.replace("\r\n", "").strip()[:20] in page
    assert place.rows() == []


def test_nothing_pasted_is_an_error_beside_the_field(place: Place) -> None:
    answer = Desk(place).press(body="  ", kind="")
    assert answer.status_code == 422
    assert 'id="body-wrong">Paste something first.' in valid(answer)


def test_every_place_in_the_docs_is_there(place: Place) -> None:
    desk = Desk(place)
    for page, anchor in HELP.values():
        assert f' id="{anchor}">' in desk.look(f"/docs/{page}")
    for path in FOLDER.glob("*.md"):
        targets = re.findall(r'href="(/docs/[^"#]+)', rendered(path.read_text(encoding="utf-8")))
        assert [target for target in targets if desk.client.get(target).status_code != 200] == []
    for missing in ("/docs/nothing", "/docs/..%2fREADME"):
        assert desk.client.get(missing).status_code == 404


def test_in_the_whole_app_a_press_tries_the_configuration_as_it_is_now(tmp_path: Path) -> None:
    config = Path(__file__).parents[3] / "config"
    (tmp_path / "config").mkdir()
    text = (config / "sheetflow.toml").read_text()
    (tmp_path / "config/sheetflow.toml").write_text(text)
    (tmp_path / "config/templates").symlink_to(config / "templates")
    wired = wiring.build(wiring.read_settings({}, tmp_path))
    client = wiring.build_app(wired, takes_loopback=True).test_client()
    client.environ_base["HTTP_ACCEPT"] = BROWSER["Accept"]

    def press() -> str:
        token = token_in(client.get("/setup").get_data(as_text=True))
        assert client.post("/setup/check", data={"_csrf": token}).status_code == 303
        wait_for(lambda: "Refresh" not in client.get("/setup").headers, every=0.05)
        return valid(client.get("/setup"))

    try:
        page = press()
        assert "everything works." in page
        assert ("OK", "Mail goes to the folder var/outbox.") in found(page)
        (tmp_path / "config/sheetflow.toml").write_text(text.replace('hours = "09:00-17:00"', 'hours = "9"'))
        page = press()
        assert re.search(r"hours = \"9\": use \"HH:MM-HH:MM\"", page)
    finally:
        wired.close()


def test_what_is_explained_is_what_the_command_says(place: Place) -> None:
    body = {"name": "Lea", "email": "lea@example.org", "message": "Hello"}
    told = explain_bytes(json.dumps(body).encode(), "", "", place.workflow)
    page = valid(Desk(place).press(body=json.dumps(body), kind=""))
    for header, text in told["leads"][0].items():
        if text and header != "because":
            assert f'<dt>{header}</dt><dd class="said"><bdi>{text}</bdi>' in page
