"""Every template as it would look: for a sample, for a lead, and in words if it can't be."""

import re
from dataclasses import replace
from pathlib import Path
from shutil import copytree
from urllib.parse import urlencode

import pytest
from flask.testing import FlaskClient

from sheetflow.mail.letters import Letters
from sheetflow.mail.templates import Templates
from sheetflow.web.pages.messages import MessagePages
from tests.web.pages.site import open_site
from tests.web.place import TEMPLATES, Place

NAMES = frozenset(f"{step}{tag}" for step in ("first_response", "follow_up") for tag in ("", ".de", ".fr"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Of templates, to be changed by a test."""
    return Path(copytree(TEMPLATES, tmp_path / "templates"))


def opened(place: Place, folder: Path = TEMPLATES) -> FlaskClient:
    place.workflow = replace(place.workflow, templates=NAMES)
    place.ledger.workflow = place.workflow
    letters = Letters(Templates(folder), place.workflow, "studio@example.com")
    return open_site(place, [MessagePages(place.ledger, letters.preview, place.ports.clock).blueprint()])


def test_every_template_is_there_and_can_be_looked_at(place: Place) -> None:
    client = opened(place)
    page = client.get("/messages").text
    assert set(re.findall(r"template=([\w.]+)", page)) == NAMES
    for name in sorted(NAMES):
        shown = client.get(f"/messages?template={name}")
        assert (shown.status_code, "note bad" in shown.text) == (200, False)
        assert shown.text.count(f'src="/messages/{name}/html?lead="') == 2
        body = client.get(f"/messages/{name}/html")
        assert body.headers["Content-Security-Policy"].startswith("sandbox;")
        assert f'lang="{name.partition(".")[2] or "en"}"' in body.text


def test_a_lead_sees_its_own_words_and_its_own_conversation(place: Place) -> None:
    lead_id = place.arrives(name="Lea Lead", service="Leak repair")
    client = opened(place)
    first = client.get("/messages", query_string={"template": "first_response", "lead": lead_id}).text
    assert "Your enquiry about Leak repair" in first
    later = client.get("/messages", query_string={"template": "follow_up", "lead": lead_id}).text
    assert "Re: Your enquiry about Leak repair" in later
    # Without a template what comes next is shown.
    assert next_one(client, lead_id) == "first_response"
    place.sends(lead_id)
    assert next_one(client, lead_id) == "follow_up"


def next_one(client: FlaskClient, lead_id: str) -> str:
    page = client.get("/messages", query_string={"lead": lead_id}).text
    return page.partition('name="template" value="')[2].partition('"')[0]


def test_looking_sends_and_records_nothing(place: Place) -> None:
    lead_id = place.arrives()
    before, client = place.everything(), opened(place)
    for name in sorted(NAMES):
        client.get(f"/messages?{urlencode({'template': name, 'lead': lead_id})}")
    assert (place.everything(), place.mails, place.notified) == (before, [], [])


def test_a_template_that_is_changed_or_wrong_shows_at_once(place: Place, folder: Path) -> None:
    client = opened(place, folder)
    (folder / "first_response.md").write_text("Subject: Hello\n\nDear {{ nmae }}, a word\n", "utf-8")
    page = client.get("/messages?template=first_response").text
    assert "unknown variable nmae; did you mean name?" in page
    assert "<iframe" not in page
    assert client.get("/messages/first_response/html").status_code == 404
    (folder / "first_response.md").write_text("Subject: Hello\n\nDear {{ name }}, another word\n", "utf-8")
    assert "another word" in client.get("/messages?template=first_response").text


def test_what_cannot_be_shown_is_said(place: Place) -> None:
    lead_id = place.arrives("", phone="+49 30 55500100")
    client = opened(place)
    assert "no e-mail address that can be right" in client.get(f"/messages?lead={lead_id}").text
    unknown = client.get("/messages?lead=L-XXXXXXXXXX").text
    assert "No lead has this ID: the sample is shown." in unknown
    assert "Hi Alex," in unknown
    assert client.get("/messages?template=../../secret").status_code == 404
    assert client.get("/messages/nothing/html").status_code == 404


@pytest.mark.parametrize("hostile", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>'])
def test_what_a_lead_wrote_does_nothing_there(place: Place, hostile: str) -> None:
    lead_id = place.arrives(name=hostile, service=hostile, message=hostile)
    client = opened(place)
    query = {"template": "first_response", "lead": lead_id}
    for path in ("/messages", "/messages/first_response/html"):
        assert not re.search(r"<script|<img", client.get(path, query_string=query).text)
    wrong = client.get("/messages", query_string={"lead": hostile})
    assert not re.search(r"<script|<img", wrong.text)
