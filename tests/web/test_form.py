"""The hosted form: what a visitor sees, what becomes of what they typed, and what it lets nobody do."""

import re
import threading
from collections.abc import Mapping
from dataclasses import replace
from html import unescape
from typing import Any
from urllib.parse import urlencode

import html5lib
import pytest
from flask.testing import FlaskClient

from sheetflow.errors import LedgerUnavailable
from sheetflow.web.form_words import NAMES, WORDS
from sheetflow.workflow import statuses
from sheetflow.workflow.events import Kind
from sheetflow.workflow.qualified import read_detail
from sheetflow.workflow.qualify import Rules
from sheetflow.workflow.sequence import Form
from tests.web.place import BOTH, Place, fail

LEA = {"name": "Lea Lead", "email": "lea@example.org", "message": "Our tap drips since Monday morning."}
RULES = Rules(
    services={"Leak repair": ("leak*", "drips"), "Bathroom": ("bath*",)},
    urgency={"now": ("urgent*",), "later": ("no rush",)},
    locations={"Boston": ("021*",), "Cambridge": ()},
)
ALL_LANGUAGES = frozenset({"first_response", *(f"first_response.{name}" for name in NAMES)})
HOSTILE = (
    "<script>alert(1)</script><b>bold</b>",
    '"><img src=x onerror=alert(1)>',
    "{{ 7 * 7 }} {% raw %} ${jndi:x} %0aBcc: x@y.example",
    "مرحبا \u202eevil\u202c שלום",
    "=HYPERLINK(1)+1\n\tand a line",
    "N" * 500,
)


@pytest.fixture
def studio(place: Place) -> Place:
    place.workflow = replace(place.workflow, rules=RULES, templates=ALL_LANGUAGES)
    place.ledger.workflow = place.workflow
    return place


def stamp_of(page: str) -> str:
    found = re.search(r'name="_form" value="([^"]+)"', page)
    assert found
    return found[1]


def opened(client: FlaskClient, address: str = "/form", **headers: str) -> str:
    answer = client.get(address, headers=headers)
    assert answer.status_code == 200
    return valid(answer.get_data(as_text=True))


def valid(page: str) -> str:
    html5lib.HTMLParser(strict=True).parse(page)
    return page


def fill(place: Place, client: FlaskClient, address: str = "/form", **typed: str) -> dict[str, str]:
    """As a person does: a form that was opened a while ago."""
    page = opened(client, address)
    place.passes(seconds=30)
    return {**LEA, "_gotcha": "", "_form": stamp_of(page), **typed}


def send(client: FlaskClient, typed: Mapping[str, Any], address: str = "/form", **more: Any) -> Any:
    return client.post(address, data=typed, **more)


def shown(answer: Any) -> str:
    return unescape(valid(answer.get_data(as_text=True)))


# What a visitor sees


@pytest.mark.parametrize(
    ("address", "accepted", "language"),
    [
        ("/form", "", "en"),
        ("/form", "de-CH,en;q=0.5", "de"),
        ("/form", "de;q=0,es;q=0.1", "es"),
        ("/form", "it,fr-BE;q=0.8,en;q=0.3", "fr"),
        ("/form", "ja", "en"),
        ("/form?lang=es", "de", "es"),
        ("/form?lang=xx", "de", "de"),
        ("/form?lang=%3Cscript%3E", "", "en"),
    ],
)
def test_the_form_speaks_as_the_address_or_the_browser_says(
    studio: Place, address: str, accepted: str, language: str
) -> None:
    page = opened(studio.open(), address, **{"Accept-Language": accepted})
    assert f'<html lang="{language}">' in page
    assert WORDS[language]["heading"] in page


def test_it_speaks_only_languages_in_which_the_business_answers(place: Place) -> None:
    own = replace(place.workflow.business, language="de")
    place.workflow = replace(place.workflow, business=own, templates=frozenset({"first_response.fr"}))
    client = place.open()
    pages = [opened(client, **{"Accept-Language": said}) for said in ("en", "fr", "es")]
    assert [re.findall(r'<html lang="(..)"', page) for page in pages] == [["de"], ["fr"], ["de"]]
    assert re.findall(r'name="_language" value="(..)"', pages[0]) == ["fr"]


def test_every_language_says_everything_in_words_of_its_own() -> None:
    same = {"service", "title", "email", "location_hint"}
    for language, words in WORDS.items():
        assert words.keys() == WORDS["en"].keys()
        copied = {key for key, said in words.items() if said == WORDS["en"][key]}
        assert language == "en" or copied <= same


def test_the_choices_are_the_lists_of_the_business(studio: Place) -> None:
    page = opened(studio.open())
    assert re.findall(r"<option>(.*?)</option>", page) == ["Leak repair", "Bathroom"]
    assert re.findall(r'name="urgency" value="(\w+)"', page) == ["now", "later"]
    assert re.findall(r'<option value="(\w+)"></option>', page) == ["Boston", "Cambridge"]


def test_a_business_without_lists_asks_openly(place: Place) -> None:
    page = opened(place.open())
    assert "<select" not in page
    assert 'name="urgency"' not in page
    assert 'name="service"' in page
    assert 'name="location"' in page


def test_the_name_of_the_business_is_only_text(studio: Place) -> None:
    studio.call("Ada & <b>Söhne</b> {words}")
    page = opened(studio.open())
    assert "Ada &amp; &lt;b&gt;Söhne&lt;/b&gt; {words}" in page


def test_a_link_may_choose_a_service_and_say_where_its_visitor_comes_from(studio: Place) -> None:
    client = studio.open()
    link = (
        "/form?service=Bathroom&utm_source=ads&utm_campaign=spring&gclid=x1&source=landing&email=a@b.example"
    )
    page = opened(client, link)
    assert "<option selected>Bathroom</option>" in page
    assert "a@b.example" not in page
    carried = dict(re.findall(r'type="hidden" name="([^_"][^"]*)" value="([^"]*)"', page))
    assert carried == {"utm_source": "ads", "utm_campaign": "spring", "gclid": "x1", "source": "landing"}
    studio.passes(seconds=30)
    send(client, {**LEA, **carried, "service": "Bathroom", "_form": stamp_of(page)})
    [row] = studio.rows()
    assert (row["source"], row["service"]) == ("landing", "Bathroom")
    assert {"utm_source: ads", "utm_campaign: spring", "gclid: x1"} <= set(str(row["details"]).splitlines())


def test_a_link_puts_nobody_elses_words_into_the_form(studio: Place) -> None:
    link = urlencode({"service": "Call 555 0100 now", "location": "Elsewhere", "urgency": "x", "name": "Eve"})
    page = opened(studio.open(), f"/form?{link}")
    assert [word for word in ("555 0100", "Elsewhere", "Eve", " checked>") if word in page] == []


# What becomes of it


def test_what_is_sent_becomes_a_lead_like_any_other(studio: Place) -> None:
    client = studio.open()
    typed = fill(
        studio, client, phone="+49 30 901820", urgency="now", service="Leak repair", location="Boston"
    )
    answer = send(client, typed)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/form?lang=en&sent=1")
    [row] = studio.rows()
    seen = (row["name"], row["email"], row["phone"], row["service"], row["urgency"], row["location"])
    assert seen == ("Lea Lead", "lea@example.org", "+49 30 901820", "Leak repair", "now", "Boston")
    assert (row["status"], row["source"], row["details"], row["priority"]) == (
        statuses.NEW,
        "form",
        "",
        "Hot",
    )
    assert studio.notified == [row["id"]]


def test_the_thank_you_says_when_an_answer_comes(studio: Place) -> None:
    client = studio.open()
    assert "mean to answer within 5 minutes" in shown(client.get("/form?sent=1"))
    studio.passes(hours=10)
    assert "Wir sind morgen um 9 Uhr wieder da" in shown(client.get("/form?lang=de&sent=1"))


def test_a_plain_form_of_another_site_gets_the_same_thank_you(studio: Place) -> None:
    client = studio.open(tokens={"public-site": ("in-the-page",)})
    headers = {"Accept": "text/html", "Accept-Language": "fr"}
    answer = client.post("/leads?token=in-the-page", data=LEA, headers=headers)
    assert "Ada's Studio a bien reçu votre message." in shown(answer)
    assert "dans les 5 minutes" in shown(answer)


def test_the_visitor_goes_on_to_the_page_of_the_business(studio: Place) -> None:
    client = studio.open(form=Form(thanks="https://www.example.com/thanks?a=b"))
    page = client.get("/form")
    assert "form-action 'self' https://www.example.com;" in page.headers["Content-Security-Policy"]
    assert send(client, fill(studio, client)).headers["Location"] == "https://www.example.com/thanks?a=b"


@pytest.mark.parametrize(
    ("message", "language"), [("Danke!", "de"), ("Our kitchen tap drips and we need somebody soon.", "en")]
)
def test_a_lead_is_answered_in_its_own_language_and_if_it_is_too_short_in_that_of_the_form(
    studio: Place, message: str, language: str
) -> None:
    client = studio.open()
    address = "/form?lang=de"
    send(client, fill(studio, client, address, message=message), address)
    [row] = studio.rows()
    [qualified] = studio.events(str(row["id"]), Kind.QUALIFIED)
    assert read_detail(qualified.detail).language == language


# Errors beside the fields, and nothing lost


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"name": "  "}, {"name": "no_name"}),
        ({"email": "", "phone": ""}, {"email": "no_contact"}),
        ({"email": "lea@"}, {"email": "bad_email"}),
        ({"email": "lea lead@example.org"}, {"email": "bad_email"}),
        ({"phone": "call me"}, {"phone": "bad_phone"}),
        (
            {"name": "", "email": "x", "phone": "1"},
            {"name": "no_name", "email": "bad_email", "phone": "bad_phone"},
        ),
    ],
)
@pytest.mark.parametrize("language", ["en", "de"])
def test_what_is_wrong_is_said_beside_its_field_and_all_that_was_typed_stays(
    studio: Place, typed: dict[str, str], wrong: dict[str, str], language: str
) -> None:
    client, address = studio.open(), f"/form?lang={language}"
    more = {"service": "Bathroom", "urgency": "later", "location": "Rome", "budget": "5 < 6"}
    sent = fill(studio, client, address, **more, **typed)
    answer = send(client, sent, address)
    page = shown(answer)
    assert answer.status_code == 422
    said = dict(re.findall(r'<p class="error" id="(\w+)-error">(.*?)</p>', page))
    assert said == {name: WORDS[language][key] for name, key in wrong.items()}
    for name in ("name", "email", "phone", "location", "budget"):
        assert f'name="{name}" value="{sent.get(name, "")}"' in page
    assert f"{sent['message']}</textarea>" in page
    assert "<option selected>Bathroom</option>" in page
    assert 'value="later" checked' in page
    assert stamp_of(page) == sent["_form"]
    assert page.count("autofocus") == 1
    assert studio.rows() == []


def test_a_mistyped_domain_is_asked_about_once(studio: Place) -> None:
    client = studio.open()
    sent = fill(studio, client, email="lea@gmial.com")
    page = shown(send(client, sent))
    assert "Did you mean lea@gmail.com?" in page
    sure = re.findall(r'name="_sure" value="([^"]*)"', page)
    assert sure == ["lea@gmial.com"]
    assert send(client, {**sent, "_sure": sure[0]}).status_code == 303
    assert [row["email"] for row in studio.rows()] == ["lea@gmial.com"]


def test_another_language_keeps_what_was_typed_and_sends_nothing(studio: Place) -> None:
    client = studio.open()
    sent = fill(studio, client, name="Zoë", _language="fr")
    answer = send(client, sent)
    page = shown(answer)
    assert (answer.status_code, studio.rows()) == (200, [])
    assert WORDS["fr"]["heading"] in page
    assert 'value="Zoë"' in page
    assert 'action="/form?lang=fr"' in page
    assert stamp_of(page) == sent["_form"]


def test_a_ledger_that_is_away_loses_nothing(studio: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    client = studio.open()
    sent = fill(studio, client)
    with monkeypatch.context() as patch:
        fail(patch, LedgerUnavailable("away"))
        answer = send(client, sent)
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "60")
    assert WORDS["en"]["away"] in shown(answer)
    assert LEA["message"] in shown(answer)
    [mail] = studio.mails
    assert LEA["message"] in mail.get_content()
    assert send(client, sent).status_code == 303
    assert len(studio.rows()) == 1


def test_a_host_that_keeps_nothing_says_so_before_anybody_types(studio: Place) -> None:
    answer = studio.open(closed="No ledger here.").get("/form")
    assert answer.status_code == 503
    assert WORDS["en"]["closed"] in shown(answer)


@pytest.mark.parametrize(
    ("data", "kind", "code", "key"),
    [
        (b"x" * (2 * 1024 * 1024 + 1), "application/x-www-form-urlencoded", 413, "too_large"),
        (b'{"name": "Lea"}', "application/json", 415, "unreadable"),
        (b'[{"name": "Lea"}]', "application/x-www-form-urlencoded", 415, "unreadable"),
        (b"", "application/x-www-form-urlencoded", 400, "unreadable"),
        (b"--x\r\nbroken", "multipart/form-data; boundary=y", 400, "unreadable"),
    ],
)
def test_what_is_no_form_is_refused_on_a_page(
    studio: Place, data: bytes, kind: str, code: int, key: str
) -> None:
    answer = studio.open().post("/form", data=data, content_type=kind)
    assert answer.status_code == code
    assert WORDS["en"][key] in shown(answer)
    assert studio.rows() == []


# Once, whatever is pressed


def test_a_form_that_is_sent_again_is_the_same_lead(studio: Place) -> None:
    client = studio.open()
    sent = fill(studio, client)
    assert {send(client, sent).status_code for _ in range(3)} == {303}
    studio.passes(days=20)
    send(client, sent)
    [row] = studio.rows()
    assert row["why"]
    assert "sked again" not in str(row["why"])


def test_a_page_that_was_gone_back_to_and_changed_is_a_word_more(studio: Place) -> None:
    client = studio.open()
    sent = fill(studio, client)
    send(client, sent)
    send(client, {**sent, "message": "And the shower."})
    [row] = studio.rows()
    assert "And the shower." in str(row["details"])


@BOTH
def test_pressed_twice_at_the_same_moment_it_is_one_lead(studio: Place) -> None:
    app = studio.app()
    sent = fill(studio, app.test_client())
    start, codes = threading.Barrier(6), []

    def press() -> None:
        client = app.test_client()
        start.wait()
        codes.append(send(client, sent).status_code)

    presses = [threading.Thread(target=press) for _ in range(6)]
    for one in presses:
        one.start()
    for one in presses:
        one.join()
    assert codes == [303] * 6
    [row] = studio.rows()
    assert (row["status"], row["details"]) == (statuses.NEW, "")


def test_every_page_may_be_gone_back_to_and_is_nobody_elses(studio: Place) -> None:
    client = studio.open()
    pages = (client.get("/form"), send(client, fill(studio, client, name="")), client.get("/form?sent=1"))
    assert {page.headers["Cache-Control"] for page in pages} == {"private, no-cache"}


# What a program does


def why(place: Place) -> str:
    [row] = place.rows()
    assert (row["status"], place.notified) == (statuses.NEEDS_ATTENTION, [row["id"]])
    return str(row["why"])


def test_a_field_that_people_do_not_see_gives_a_program_away(studio: Place) -> None:
    client = studio.open()
    assert send(client, fill(studio, client, _gotcha="https://spam.example")).status_code == 303
    assert "a field was filled in that people don't see" in why(studio)
    assert "spam.example" not in str(studio.rows()[0]["details"])


def test_what_is_sent_within_two_seconds_waits_for_a_person(studio: Place) -> None:
    client = studio.open()
    page = opened(client)
    studio.passes(seconds=1.9)
    send(client, {**LEA, "_form": stamp_of(page)})
    assert "it was sent within 2 seconds" in why(studio)


@pytest.mark.parametrize(
    "stamp", ["", "1774342800000.AAAAAAAAAAAAAAAA", "x", "1774342800000.AAAAAAAAAAAAAAAA.x"]
)
def test_a_stamp_that_is_not_ours_waits_for_a_person(studio: Place, stamp: str) -> None:
    send(studio.open(), {**LEA, "_form": stamp})
    assert "without the form having been opened" in why(studio)


def test_an_older_key_is_still_ours_and_without_a_key_none_is_needed(studio: Place) -> None:
    sent = fill(studio, studio.open(secret_keys=("old",)))
    send(studio.open(secret_keys=("new", "old")), sent)
    bare = studio.open(secret_keys=())
    send(bare, fill(studio, bare, email="two@example.org"))
    assert [row["status"] for row in studio.rows()] == [statuses.NEW] * 2


@BOTH
def test_the_ledger_counts_a_visitor_over_all_processes(studio: Place) -> None:
    """Two apps, each with a ledger of its own over the same tables, and all at once."""
    other = Place(studio.url, studio.server, workflow=studio.workflow)
    apps = [studio.app(), other.app()]
    studio.passes(minutes=5)
    other.now = studio.now
    pages = [opened(app.test_client()) for app in apps for _ in range(4)]
    studio.passes(minutes=1)
    other.now = studio.now
    start = threading.Barrier(len(pages))

    def press(number: int) -> None:
        typed = {**LEA, "email": f"lea{number}@example.org", "_form": stamp_of(pages[number])}
        start.wait()
        assert send(apps[number % 2].test_client(), typed).status_code == 303

    presses = [threading.Thread(target=press, args=(number,)) for number in range(len(pages))]
    for one in presses:
        one.start()
    for one in presses:
        one.join()
    found = sorted(str(row["status"]) for row in studio.rows())
    other.ledger.close()
    assert found == [statuses.NEEDS_ATTENTION] * 3 + [statuses.NEW] * 5


def test_above_a_hundred_an_hour_the_form_is_kept_and_comes_back(studio: Place) -> None:
    client = studio.open()
    for number in range(100):
        send(client, fill(studio, client, email=f"lea{number}@example.org"))
    # Opened and filled in as fast as the clock of the test goes, they lie within an hour.
    studio.now = studio.now.replace(hour=9, minute=55)
    answer = send(client, {**fill(studio, client), "email": "last@example.org"})
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "3600")
    assert WORDS["en"]["flooded"] in shown(answer)
    assert "last@example.org" in shown(answer)
    assert len(studio.rows()) == 100


# Hostile input


@pytest.mark.parametrize("text", HOSTILE)
def test_whatever_is_typed_is_only_text(studio: Place, text: str) -> None:
    client = studio.open()
    hostile = dict.fromkeys(("name", "service", "urgency", "location", "message", "source", text), text)
    sent = {**fill(studio, client), **hostile}
    again = send(client, {**sent, "phone": "x"})
    page = valid(again.get_data(as_text=True))
    assert again.status_code == 422
    for harm in ("<script>alert", "<img src=x", "<b>bold"):
        assert harm not in page
    assert unescape(page).count(text) >= 5
    assert send(client, sent).status_code == 303
    [row] = studio.rows()
    kept = f"{row['name']} {row['message']} {row['details']}"
    assert "".join(text.replace("\u202e", "").replace("\u202c", "").split()) in "".join(kept.split())


def test_every_page_says_what_it_may_do(studio: Place) -> None:
    client = studio.open(form=Form(origins=("https://www.example.com",)))
    plain, framed = client.get("/form"), client.get("/form?embed=1")
    policy = plain.headers["Content-Security-Policy"]
    nonce = re.findall(r'<style nonce="([^"]+)">', plain.get_data(as_text=True))[0]
    assert policy == (
        f"default-src 'none'; style-src 'nonce-{nonce}'; "
        "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    )
    assert "<script" not in plain.get_data(as_text=True)
    assert "frame-ancestors https://www.example.com;" in framed.headers["Content-Security-Policy"]
    assert "script-src 'nonce-" in framed.headers["Content-Security-Policy"]
    assert plain.headers["X-Content-Type-Options"] == "nosniff"
    nobody = studio.open().get("/form?embed=1").headers["Content-Security-Policy"]
    assert "frame-ancestors 'none';" in nobody


def test_the_frame_stays_a_frame(studio: Place) -> None:
    thanks = "https://www.example.com/thanks"
    client = studio.open(form=Form(origins=("https://www.example.com",), thanks=thanks))
    address = "/form?lang=de&embed=1"
    answer = send(client, fill(studio, client, address), address)
    assert answer.headers["Location"] == "/form?lang=de&embed=1&sent=1"
    told = shown(client.get(answer.headers["Location"]))
    assert f'thanks: "{thanks}"' in told
    assert "thanks:" not in shown(client.get(address))


def test_the_colour_of_the_business_is_used(studio: Place) -> None:
    page = opened(studio.open(form=Form(colour="#f2c14e")))
    assert "--fill: #f2c14e; --on: #000000;" in page
