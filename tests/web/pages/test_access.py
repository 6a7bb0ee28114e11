"""The door of the pages: who sees them, who may change something, how often a password may be tried."""

import html
import re
from pathlib import Path

import pytest
from flask import Blueprint, render_template_string, request
from flask.testing import FlaskClient

from sheetflow import wiring
from sheetflow.errors import LedgerUnavailable
from sheetflow.web.pages.access import COOKIE, VALID, safe_next
from sheetflow.web.pages.leads import LeadList
from sheetflow.web.pages.site import OPEN, TOKEN
from tests.conftest import ROOT
from tests.web.pages.site import BROWSER, PASSWORD, log_in, open_site, token_in
from tests.web.place import BOTH, Place, fail

PAGE = '{% extends "pages/base.html" %}{% block main %}<form>{{ csrf_field() }}</form>seen{% endblock %}'


def sample(changes: list[str] | None = None) -> Blueprint:
    """A page that somebody adds: it says nothing of a door."""
    page = Blueprint("sample", __name__)

    @page.get("/sample")
    def look() -> str:
        return render_template_string(PAGE)

    @page.post("/sample")
    def change() -> str:
        if changes is not None:
            changes.append(request.form["word"])
        return "changed"

    @page.get("/broken")
    def broken() -> str:
        raise ZeroDivisionError

    return page


def opened(place: Place, **changes: object) -> FlaskClient:
    return open_site(place, [sample()], **{"password": PASSWORD, **changes})  # type: ignore[arg-type]


def test_a_stranger_is_sent_to_the_login_and_from_there_to_where_he_wanted(place: Place) -> None:
    client = opened(place)
    answer = client.get("/sample?a=b&c=d")
    assert (answer.status_code, answer.location) == (303, "/login?next=%2Fsample%3Fa%3Db%26c%3Dd")
    form = client.get(answer.location).text
    assert 'name="next" value="/sample?a=b&amp;c=d"' in form
    answer = client.post("/login", data={"password": PASSWORD, "next": "/sample?a=b&c=d"})
    assert (answer.status_code, answer.location) == (303, "/sample?a=b&c=d")
    assert "seen" in client.get(answer.location).text


@pytest.mark.parametrize(
    "target",
    [
        *("https://evil.example", "//evil.example", "/\\evil.example", "\\\\evil.example", "javascript:x"),
        *("/\t/evil.example", "/\n/evil.example", "http:/evil.example", "", "evil", " //evil.example"),
    ],
)
def test_the_login_leads_to_no_other_site(target: str) -> None:
    assert safe_next(target) == "/"


def test_a_wrong_password_is_said_and_nobody_gets_in(place: Place) -> None:
    client = opened(place)
    answer = client.post("/login", data={"password": "correct hors", "next": "/sample"})
    assert answer.status_code == 403
    assert "That isn&#39;t the password." in answer.text
    assert 'value="/sample"' in answer.text
    assert client.get("/sample").status_code == 303


@BOTH
def test_after_five_tries_an_address_waits_whatever_it_tries_next(place: Place) -> None:
    client = opened(place)
    assert [log_in(client, "wrong") for _ in range(6)] == [403] * 5 + [429]
    answer = client.post("/login", data={"password": PASSWORD})
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "900")
    assert "Wait 15 minutes" in answer.text
    # Another process, and the same line with another of its addresses.
    assert log_in(opened(place)) == 429
    place.passes(minutes=15)
    assert log_in(client) == 303


def test_a_right_password_ends_the_counting(place: Place) -> None:
    client = opened(place)
    assert [log_in(client, "wrong") for _ in range(4)] == [403] * 4
    assert log_in(client) == 303
    assert [log_in(client, "wrong") for _ in range(5)] == [403] * 5


def test_addresses_are_counted_apart_and_those_of_one_line_together(place: Place) -> None:
    client = opened(place, proxies=1)

    def tries(address: str) -> int:
        headers = {"X-Forwarded-For": f"203.0.113.77, {address}"}
        return client.post("/login", data={"password": "no"}, headers=headers).status_code

    assert [tries("198.51.100.1") for _ in range(6)][-1] == 429
    assert tries("198.51.100.2") == 403
    assert [tries(f"2001:db8:1:2::{number}") for number in range(6)][-1] == 429
    assert tries("2001:db8:1:3::1") == 403


def test_the_cookie_is_for_the_server_alone_and_for_https_where_there_is_some(place: Place) -> None:
    near, far = opened(place), opened(place, is_https=True)
    plain = near.post("/login", data={"password": PASSWORD}).headers["Set-Cookie"]
    assert ("HttpOnly" in plain, "SameSite=Lax" in plain, "Secure" in plain) == (True, True, False)
    answer = far.post("/login", data={"password": PASSWORD}, headers={"Host": "leads.example.com"})
    assert "Secure" in answer.headers["Set-Cookie"]
    proxied = near.post("/login", data={"password": PASSWORD}, headers={"X-Forwarded-Proto": "https"})
    assert "Secure" in proxied.headers["Set-Cookie"]


def cookie_of(client: FlaskClient) -> str:
    found = client.get_cookie(COOKIE)
    assert found
    return found.value


@pytest.mark.parametrize(
    "change",
    [
        lambda value: value[:-1] + ("A" if value[-1] != "A" else "Q"),  # B would be the same bytes
        lambda value: str(int(value[0]) + 1) + value[1:],
        lambda value: value.rpartition(".")[0],
        lambda value: "",
        lambda value: "99999999999.x." + value.rpartition(".")[2],
        lambda value: "\x00é" + value,
    ],
)
def test_a_cookie_that_somebody_changed_opens_nothing(place: Place, change: object) -> None:
    client = opened(place)
    log_in(client)
    good = cookie_of(client)
    client.set_cookie(COOKIE, change(good))  # type: ignore[operator]
    assert client.get("/sample").status_code == 303
    client.set_cookie(COOKIE, good)
    assert client.get("/sample").status_code == 200


def test_a_login_ends_after_its_time_with_another_password_or_another_key(place: Place) -> None:
    client = opened(place, keys=("new", "old"))
    log_in(client)

    def enters(**changes: object) -> bool:
        other = opened(place, **changes)
        other.set_cookie(COOKIE, cookie_of(client))
        return other.get("/sample").status_code == 200

    assert enters(keys=("newest", "new"))
    assert not enters(keys=("newest",))
    assert not enters(keys=("new", "old"), password="another")
    place.passes(days=VALID.days - 1)
    assert enters(keys=("new",))
    place.passes(days=1)
    assert not enters(keys=("new",))


def test_logging_out_takes_the_cookie_away(place: Place) -> None:
    client = opened(place)
    log_in(client)
    form = {TOKEN: token_in(client.get("/sample").text)}
    assert client.post("/logout", data=form).location == "/login"
    assert client.get("/sample").status_code == 303


@pytest.mark.parametrize("password", [PASSWORD, ""])
def test_a_change_needs_the_token_of_the_form(place: Place, password: str) -> None:
    changes: list[str] = []
    client = open_site(place, [sample(changes)], password=password)
    if password:
        log_in(client)
    right = token_in(client.get("/sample").text)
    for token in ("", "wrong", right[:-1], cookie_of(client) if password else "x", "é"):
        answer = client.post("/sample", data={"word": "bad", TOKEN: token})
        assert (answer.status_code, "nothing was changed" in answer.text) == (403, True)
    assert client.post("/sample", data={"word": "bad"}).status_code == 403
    other = {"Sec-Fetch-Site": "cross-site"}
    assert client.post("/sample", data={"word": "bad", TOKEN: right}, headers=other).status_code == 403
    assert client.post("/sample", data={"word": "good", TOKEN: right}).text == "changed"
    assert changes == ["good"]


def test_the_token_of_another_login_is_none(place: Place) -> None:
    ada, bob = opened(place), opened(place)
    log_in(ada)
    log_in(bob)
    token = token_in(ada.get("/sample").text)
    assert bob.post("/sample", data={"word": "x", TOKEN: token}).status_code == 403


def hidden(page: str) -> dict[str, str]:
    """What the form of a page sends that nobody types."""
    found = re.findall(r'type="hidden" name="([\w-]+)" value="(.*?)"', page, re.DOTALL)
    return {name: html.unescape(value) for name, value in found}


@pytest.mark.parametrize("headers", [{"Sec-Fetch-Site": "same-origin"}, {"Origin": "http://localhost"}])
def test_what_was_typed_when_a_login_ended_can_be_sent_after_the_next(
    place: Place, headers: dict[str, str]
) -> None:
    changes: list[str] = []
    client = open_site(place, [sample(changes)], password=PASSWORD)
    log_in(client)
    typed = {"word": 'two\nlines, "quoted"', TOKEN: token_in(client.get("/sample").text)}
    place.passes(days=VALID.days)
    asked = client.post("/sample", data=typed, headers=headers)
    assert (asked.status_code, "What you typed is kept" in asked.text) == (403, True)
    wrong = client.post("/login", data={**hidden(asked.text), "password": "correct hors"}, headers=headers)
    assert "correct hors" not in wrong.text
    welcome = client.post("/login", data={**hidden(wrong.text), "password": PASSWORD}, headers=headers)
    assert 'action="/sample"' in welcome.text
    assert (changes, PASSWORD in welcome.text) == ([], False)
    client.post("/sample", data=hidden(welcome.text), headers=headers)
    assert changes == ['two\nlines, "quoted"']


@pytest.mark.parametrize(
    "headers", [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}, {}]
)
def test_what_another_site_sends_is_kept_by_no_login(place: Place, headers: dict[str, str]) -> None:
    client = opened(place)
    assert client.post("/sample", data={"word": "bad"}, headers=headers).location == "/login?next=%2Fsample"
    log_in(client)
    answer = client.post("/sample", data={"word": "bad", TOKEN: "old"}, headers=headers)
    assert (answer.status_code, "bad" in answer.text) == (403, False)


@pytest.mark.parametrize("password", [PASSWORD, ""])
def test_a_form_that_was_open_when_sheetflow_was_started_anew_is_sent_by_one_more_press(
    place: Place, password: str
) -> None:
    changes: list[str] = []
    client = open_site(place, [sample(changes)], password=password)
    if password:
        log_in(client)
    own = {"Sec-Fetch-Site": "same-origin"}
    answer = client.post("/sample", data={"word": "kept", TOKEN: "of another process"}, headers=own)
    assert (answer.status_code, changes) == (403, [])
    assert client.post("/sample", data=hidden(answer.text), headers=own).text == "changed"
    assert changes == ["kept"]


@pytest.mark.parametrize(
    ("path", "page"),
    [
        ("/leads/L-2222222222/edit", "/leads/L-2222222222"),
        ("/leads/L-2222222222/lift", "/leads/L-2222222222"),
        ("/leads/new/add", "/leads/new"),
        ("/setup/check", "/setup"),
        ("/setup/explain", "/setup"),
        ("/logout", "/"),
    ],
)
def test_whoever_opens_the_address_that_a_form_goes_to_sees_its_page(
    tmp_path: Path, path: str, page: str
) -> None:
    wired = wiring.build(wiring.read_settings({"SHEETFLOW_CONFIG": str(ROOT / "config")}, tmp_path))
    client = wiring.build_app(wired, takes_loopback=True).test_client()
    answer = client.get(path, headers=BROWSER)
    assert (answer.status_code, answer.location) == (303, page)
    wired.close()


@pytest.mark.parametrize(
    "headers",
    [
        {"X-Forwarded-For": "127.0.0.1"},
        {"Forwarded": "for=127.0.0.1"},
        {"Via": "1.1 tunnel"},
        {"X-Real-IP": "127.0.0.1"},
        {"CF-Connecting-IP": "127.0.0.1"},
        {"Host": "leads.example.com"},
        {"Origin": "https://evil.example"},
        {"Sec-Fetch-Site": "cross-site"},
    ],
)
def test_without_a_password_this_machine_alone_sees_them(place: Place, headers: dict[str, str]) -> None:
    client = opened(place, password="")
    assert client.get("/sample").status_code == 200
    assert client.get("/sample", headers={"Host": "[::1]:8000"}).status_code == 200
    answer = client.get("/sample", headers=headers)
    assert (answer.status_code, "SHEETFLOW_DASHBOARD_PASSWORD" in answer.text) == (403, True)
    assert client.get("/sample", environ_base={"REMOTE_ADDR": "192.0.2.7"}).status_code == 403


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({"password": ""}, "SHEETFLOW_DASHBOARD_PASSWORD"),
        ({"keys": ()}, "SHEETFLOW_SECRET_KEY"),
    ],
)
def test_a_public_server_says_what_to_set_and_lets_nobody_in(
    place: Place, changes: dict[str, object], name: str
) -> None:
    client = opened(place, takes_loopback=False, **changes)
    answer = client.get("/sample")
    assert (answer.status_code, name in answer.text, "seen" in answer.text) == (403, True, False)
    assert log_in(client) == 403
    assert log_in(client, "") == 403
    assert client.get("/sample").status_code == 403


def test_an_empty_password_is_none(place: Place) -> None:
    client = opened(place, password="")
    assert log_in(client, "") == 403


def test_every_page_carries_what_keeps_strangers_and_caches_out(place: Place) -> None:
    client = opened(place)
    strangers = [client.get(path) for path in ("/sample", "/login", "/nowhere")]
    log_in(client)
    for answer in (*strangers, client.get("/sample"), client.get("/broken"), client.post("/sample")):
        policy = answer.headers["Content-Security-Policy"]
        assert ("default-src 'none'" in policy, "unsafe" in policy, "script-src" in policy) == (
            True,
            False,
            False,
        )
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Referrer-Policy"] == "same-origin"
    with client.get("/static/pages.css") as answer:
        assert answer.mimetype == "text/css"
    assert client.get("/static/../pages/site.py").status_code == 404


def test_a_page_says_so_if_the_ledger_is_away_and_a_program_gets_a_problem(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = opened(place)
    fail(monkeypatch, LedgerUnavailable("secret host"), "get")
    answer = client.post("/login", data={"password": PASSWORD})
    assert (answer.status_code, answer.mimetype) == (503, "text/html")
    assert "can&#39;t be reached just now" in answer.text
    assert ("secret host" in answer.text, answer.headers["Retry-After"]) == (False, "30")
    program = client.post("/login", data={"password": PASSWORD}, headers={"Accept": "*/*"})
    assert (program.status_code, program.mimetype) == (503, "application/problem+json")


def test_a_host_that_loses_its_disk_shows_no_leads_that_would_be_lost(place: Place) -> None:
    client = opened(place, password="", closed="set DATABASE_URL")
    answer = client.get("/sample")
    assert (answer.status_code, "set DATABASE_URL" in answer.text) == (503, True)


def test_an_address_that_nobody_has_is_a_page_for_people_and_a_problem_for_programs(place: Place) -> None:
    client = opened(place)
    answer = client.get("/nowhere")
    assert (answer.status_code, answer.mimetype) == (404, "text/html")
    assert "/leads" not in answer.text
    assert client.get("/nowhere", headers={"Accept": "*/*"}).mimetype == "application/problem+json"
    assert client.get("/sample", headers={"Accept": "*/*"}).status_code == 401


def test_each_page_says_whose_clock_its_times_are_of(place: Place) -> None:
    client = opened(place)
    assert "All times" not in client.get("/login").text
    log_in(client)
    assert "All times are those of Europe/Berlin." in client.get("/sample").text


def test_what_is_too_large_is_said_in_plain_words(place: Place) -> None:
    client = open_site(place, [sample([])])
    answer = client.post("/sample", data={"word": "x" * 2_100_000})
    assert (answer.status_code, "over 2 MB, so nothing was taken" in answer.text) == (413, True)


def test_a_defect_of_a_page_is_a_page_too(place: Place) -> None:
    client = opened(place, password="")
    answer = client.get("/broken")
    assert (answer.status_code, answer.mimetype) == (500, "text/html")


def test_the_hooks_address_still_answers_programs_as_before(place: Place) -> None:
    client = opened(place)
    answer = client.get("/leads", headers={"Accept": "*/*"})
    assert (answer.status_code, answer.headers["Allow"]) == (405, "POST")
    assert client.get("/leads/new", headers={"Accept": "*/*"}).status_code == 405
    asked = "/leads?hub.mode=subscribe&hub.challenge=77&hub.verify_token="
    assert client.get(f"{asked}secret-one").text == "77"
    assert client.get(f"{asked}wrong").status_code == 401
    posted = client.post("/leads", json={"email": "lea@example.org"}, headers={"X-Sheetflow-Token": "third"})
    assert (posted.status_code, posted.get_json()["status"]) == (200, "accepted")


def test_a_program_on_this_machine_is_told_to_post_too(place: Place) -> None:
    client = open_site(place, [LeadList(place.ledger, has_tokens=False).blueprint()], password="")
    answer = client.get("/leads", headers={"Accept": "*/*"})
    assert (answer.status_code, answer.headers["Allow"]) == (405, "POST")
    assert answer.get_json()["message"] == "Use POST here."
    assert [client.get(path).status_code for path in ("/leads", "/leads/")] == [200, 200]
    assert client.post("/leads/", json={}, headers={"X-Sheetflow-Token": "wrong"}).status_code == 401


@pytest.mark.parametrize("path", ["/webhook", "/lead", "/health"])
def test_a_program_that_posts_somewhere_else_is_told_where_leads_go(place: Place, path: str) -> None:
    answer = opened(place).post(path, json={"email": "lea@example.org"}, headers={"Accept": "*/*"})
    assert answer.status_code in (404, 405)
    assert answer.get_json()["message"].endswith("Leads are posted to /leads, or to /leads/NAME.")
    assert place.rows() == []


def test_the_token_in_the_hooks_address_does_not_go_on_to_the_login(place: Place) -> None:
    assert opened(place).get("/sample?token=secret-one&a=b").location == "/login?next=%2Fsample"


def test_no_page_of_the_whole_app_is_seen_by_strangers(tmp_path: Path) -> None:
    environ = {"SHEETFLOW_CONFIG": str(ROOT / "config"), "SHEETFLOW_DASHBOARD_PASSWORD": PASSWORD}
    app = wiring.build_app(wiring.build(wiring.read_settings(environ, tmp_path)), takes_loopback=True)
    closed = [rule for rule in app.url_map.iter_rules() if rule.endpoint.startswith("pages.")]
    paths = {
        re.sub(r"<[^>]*>", "L-2222222222", rule.rule): rule for rule in closed if rule.endpoint not in OPEN
    }
    assert {"/leads", "/leads/new", "/leads/L-2222222222", "/messages", "/outbox"} <= paths.keys()
    client = app.test_client()
    for path, rule in paths.items():
        for method in (rule.methods or set()) & {"GET", "POST"}:
            answer = client.open(path, method=method, headers=BROWSER)
            assert answer.location.startswith("/login?next="), path


@pytest.mark.parametrize(
    ("path", "current"),
    [("/sample", []), ("/messages", ["Messages"]), ("/messages/x", ["Messages"]), ("/", ["Overview"])],
)
def test_the_menu_says_where_one_is(place: Place, path: str, current: list[str]) -> None:
    page = opened(place, password="").get(path).text
    assert re.findall(r'aria-current="\w+">(.*?)</a>', page) == current
