"""One lead's page: its story, what comes next, and what people change in it."""

import html
import re
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from sheetflow.errors import LedgerUnavailable
from sheetflow.ledger.book import Book
from sheetflow.mail.outbox import write_whole
from sheetflow.web.pages.lead import LeadPage
from sheetflow.web.pages.letters import Outbox
from sheetflow.web.pages.site import TOKEN
from sheetflow.workflow import statuses
from sheetflow.workflow.decide import Send, Stop
from sheetflow.workflow.events import Event, Kind
from tests.web.pages.site import open_site, token_in
from tests.web.place import BOTH, Place


def opened(place: Place, outbox: Outbox | None = None) -> FlaskClient:
    return open_site(place, [LeadPage(place.ports, outbox, place.notify).blueprint()])


def fields_of(page: str) -> dict[str, str]:
    """The edit form of a page as a browser would send it if nothing is typed."""
    form = page.partition("/edit")[2].partition("</form>")[0]
    found = dict(re.findall(r'<input[^>]*? name="([\w-]+)"[^>]*? value="(.*?)"', form, re.DOTALL))
    found |= dict(re.findall(r'<textarea[^>]*? name="(\w+)"[^>]*>\n(.*?)</textarea>', form, re.DOTALL))
    for name, options in re.findall(r'<select[^>]*? name="(\w+)"[^>]*>(.*?)</select>', form, re.DOTALL):
        found[name] = re.findall(r'value="(.*?)" selected', options)[0]
    return {name: html.unescape(value).replace("\n", "\r\n") for name, value in found.items()}


def save(client: FlaskClient, lead_id: str, fields: dict[str, str], **typed: str) -> TestResponse:
    return client.post(f"/leads/{lead_id}/edit", data={**fields, **typed})


def happens(place: Place, lead_id: str, kind: Kind, detail: str = "") -> None:
    place.passes(minutes=1)
    with place.ledger.writing() as book:
        book.record([Event(place.now, lead_id, kind, f"{kind}:hx", detail=detail)])


@BOTH
def test_what_is_typed_is_obeyed_as_in_the_sheet(place: Place) -> None:
    lead_id = place.arrives(phone="+49 30 55500100")
    place.sends(lead_id)
    client = opened(place)
    fields = fields_of(client.get(f"/leads/{lead_id}").text)
    answer = save(
        client,
        lead_id,
        fields,
        status="Following up",
        owner="Kim",
        next_follow_up="26.3.2026 10:00",
        notes="Likes\r\nthe garden",
        location="Bonn",
    )
    assert (answer.status_code, answer.location) == (303, f"/leads/{lead_id}?said=saved")
    row = place.row(lead_id)
    assert (row["status"], row["owner"], row["location"]) == ("Following up", "Kim", "Bonn")
    assert (f"{row['next_follow_up']}", row["notes"]) == ("2026-03-26 10:00:00", "Likes\nthe garden")
    assert {event.kind for event in place.events(lead_id)} >= {
        Kind.STATUS,
        Kind.ASSIGNED,
        Kind.RESCHEDULED,
        Kind.EDITED,
    }
    assert place.notified == [lead_id]
    assert "Saved." in client.get(answer.location).text


@pytest.mark.parametrize(
    "pasted", ["Lea <lea.two@example.org>", "mailto:lea.two@example.org", "ｌｅａ.two@example.org "]
)
def test_an_address_may_be_pasted_as_a_mail_program_copies_it(place: Place, pasted: str) -> None:
    lead_id = place.arrives()
    client = opened(place)
    fields = fields_of(client.get(f"/leads/{lead_id}").text)
    answers = [save(client, lead_id, fields, email=pasted) for _ in range(2)]
    assert [answer.location for answer in answers] == [f"/leads/{lead_id}?said=saved", f"/leads/{lead_id}"]
    assert place.row(lead_id)["email"] == "lea.two@example.org"


@pytest.mark.parametrize(
    "typed", ["ada@example.org, ben@example.org", "j. doe@example.org", "root@[127.0.0.1]"]
)
def test_an_address_that_can_be_read_in_two_ways_comes_back_as_it_was_typed(place: Place, typed: str) -> None:
    lead_id = place.arrives(email="lea@example.org")
    client = opened(place)
    answer = save(client, lead_id, fields_of(client.get(f"/leads/{lead_id}").text), email=typed)
    assert (answer.status_code, fields_of(answer.text)["email"]) == (422, typed)
    assert place.row(lead_id)["email"] == "lea@example.org"


def test_what_was_pasted_holds_no_control_characters_and_one_line_where_one_belongs(place: Place) -> None:
    lead_id = place.arrives()
    client = opened(place)
    fields = fields_of(client.get(f"/leads/{lead_id}").text)
    pasted = {"name": "Lea\r\nBcc: all@example.org", "owner": "\x1b[2JKim\x85", "notes": "one\x0btwo\x00\x1b"}
    answers = [save(client, lead_id, fields, **pasted) for _ in range(2)]
    assert [answer.location for answer in answers] == [f"/leads/{lead_id}?said=saved", f"/leads/{lead_id}"]
    row = place.row(lead_id)
    assert (row["name"], row["owner"], row["notes"]) == ("Lea Bcc: all@example.org", "[2JKim", "one\ntwo")


def test_the_form_sent_twice_or_from_the_back_button_changes_nothing_more(place: Place) -> None:
    lead_id = place.arrives()
    client = opened(place)
    fields = fields_of(client.get(f"/leads/{lead_id}").text)
    answers = [save(client, lead_id, fields, status="Won", notes="yes") for _ in range(2)]
    assert [answer.location for answer in answers] == [f"/leads/{lead_id}?said=saved", f"/leads/{lead_id}"]
    assert len(place.events(lead_id, Kind.STATUS)) == 1


def test_a_form_in_which_nothing_was_typed_changes_nothing(place: Place) -> None:
    odd = "=1+1\r\n\r\n<b>\t'\" "
    lead_id = place.arrives(name="  Lea  \u202e", message=odd, location=odd)
    place.types(lead_id, "notes", "one\r\n\r\ntwo \n")
    place.types(lead_id, "status", "nobody knows this")
    place.types(lead_id, "next_follow_up", "some day")
    before = place.everything()
    client = opened(place)
    fields = fields_of(client.get(f"/leads/{lead_id}").text)
    assert save(client, lead_id, fields).location == f"/leads/{lead_id}"
    assert place.everything() == before


def test_two_people_at_one_lead_see_both_words_and_nothing_is_lost(place: Place) -> None:
    lead_id = place.arrives()
    place.sends(lead_id)
    ada, bob = opened(place), opened(place)
    hers, his = (fields_of(one.get(f"/leads/{lead_id}").text) for one in (ada, bob))
    save(ada, lead_id, hers, notes="Ada: calls on Monday", status="Paused")
    answer = save(bob, lead_id, his, notes="Bob: too expensive", location="Bonn")
    assert answer.status_code == 409
    assert "Ada: calls on Monday" in answer.text
    assert "Somebody changed this meanwhile" in answer.text
    assert (place.row(lead_id)["notes"], place.row(lead_id)["location"]) == ("Ada: calls on Monday", "")
    # What Bob typed stands in the form, what he didn't touch is as it is now.
    again = fields_of(answer.text)
    assert (again["notes"], again["location"], again["status"]) == ("Bob: too expensive", "Bonn", "Paused")
    assert save(bob, lead_id, again).status_code == 303
    assert (place.row(lead_id)["notes"], place.row(lead_id)["location"]) == ("Bob: too expensive", "Bonn")
    assert place.row(lead_id)["status"] == "Paused"


def test_a_reply_that_came_meanwhile_is_not_typed_over(place: Place) -> None:
    lead_id = place.arrives()
    place.sends(lead_id)
    client = opened(place)
    fields = fields_of(client.get(f"/leads/{lead_id}").text)
    happens(place, lead_id, Kind.REPLIED, "Stop writing")
    answer = save(client, lead_id, fields, status="Following up")
    assert (answer.status_code, place.row(lead_id)["status"]) == (409, "Replied")
    assert isinstance(place.decides(lead_id, days=7), Stop)
    # Seen, and typed all the same.
    assert save(client, lead_id, fields_of(answer.text)).status_code == 303
    assert isinstance(place.decides(lead_id, days=7), Send)


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("next_follow_up", "some day soon", "This date isn&#39;t understood."),
        ("status", "Wonn", "This isn&#39;t a status."),
        ("email", "lea at example", "This can&#39;t be an e-mail address."),
    ],
)
def test_what_cannot_be_meant_is_said_and_everything_typed_is_still_there(
    place: Place, name: str, text: str, said: str
) -> None:
    lead_id = place.arrives()
    client = opened(place)
    fields = fields_of(client.get(f"/leads/{lead_id}").text)
    answer = save(client, lead_id, fields, **{"notes": "a <long> note", name: text})
    assert (answer.status_code, said in answer.text) == (422, True)
    assert 'aria-invalid="true"' in answer.text
    again = fields_of(answer.text)
    assert (again[name], again["notes"]) == (text, "a <long> note")
    assert place.row(lead_id)["notes"] == ""


def test_what_was_typed_while_the_ledger_is_away_can_be_sent_again(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    lead_id = place.arrives()
    client = opened(place)
    fields = fields_of(client.get(f"/leads/{lead_id}").text)

    def away(*_: object) -> None:
        raise LedgerUnavailable("away")

    with monkeypatch.context() as patch:
        patch.setattr(Book, "keep_lead", away)
        answer = save(client, lead_id, fields, notes='kept "here"')
    assert answer.status_code == 503
    assert place.row(lead_id)["notes"] == ""
    hidden = dict(re.findall(r'type="hidden" name="([\w-]+)" value="(.*?)"', answer.text, re.DOTALL))
    again = {name: html.unescape(value) for name, value in hidden.items()}
    assert client.post(f"/leads/{lead_id}/edit", data=again).status_code == 303
    assert place.row(lead_id)["notes"] == 'kept "here"'


def test_the_story_is_told_with_what_was_sent_and_what_comes_next(place: Place) -> None:
    lead_id = place.arrives(message="Do you do <weddings>?")
    place.sends(lead_id)
    page = opened(place).get(f"/leads/{lead_id}").text
    assert "Do you do &lt;weddings&gt;?" in page
    assert "First response was sent" in page
    assert "what left isn’t kept here" in page
    assert "Follow up</span>" in page
    assert "Thu 26 Mar 2026, 10:00" in page
    place.passes(days=1)
    happens(place, lead_id, Kind.REPLIED, "Yes, & soon")
    page = opened(place).get(f"/leads/{lead_id}").text
    assert "Yes, &amp; soon" in page
    assert "over to you" in page
    assert "Read them as they would be sent" not in page


def test_what_the_lead_said_last_stands_first(place: Place) -> None:
    lead_id = place.arrives(message="Do you take photos of cakes?")
    client = opened(place)

    def quoted() -> str:
        return client.get(f"/leads/{lead_id}").text.partition("<blockquote>")[2].partition("</blockquote>")[0]

    assert ">Asked<" in quoted()
    assert "Do you take photos of cakes?" in quoted()
    happens(place, lead_id, Kind.REPLIED, "Thursday <suits> me")
    assert "Replied " in quoted()
    assert "Thursday &lt;suits&gt; me" in quoted()


def test_the_address_that_bounced_can_be_corrected_without_a_search(place: Place) -> None:
    lead_id = place.arrives()
    assert '<details class="more">' in opened(place).get(f"/leads/{lead_id}").text
    place.sends(lead_id)
    place.types(lead_id, "status", statuses.BOUNCED)
    assert '<details class="more" open>' in opened(place).get(f"/leads/{lead_id}").text


def test_a_message_in_the_outbox_is_shown_as_it_was_written(place: Place, tmp_path: Any) -> None:
    lead_id = place.arrives()
    mail = place.sends(lead_id)
    written = mail.as_bytes().replace(b"Your message has reached", b"A word that no template has")
    write_whole(tmp_path / "out" / f"{place.now:%Y%m%dT%H%M%SZ}-{lead_id}-first_response.eml", written)
    page = opened(place, Outbox(tmp_path / "out")).get(f"/leads/{lead_id}").text
    assert "A word that no template has" in page
    assert "As it was written." in page


def test_an_address_is_taken_off_the_list_by_whoever_means_it(place: Place) -> None:
    lead_id = place.arrives("lea@example.org")
    place.sends(lead_id)
    place.types(lead_id, "status", statuses.DO_NOT_CONTACT)
    client = opened(place)
    page = client.get(f"/leads/{lead_id}").text
    assert "This address gets no mail: Do not contact, set by hand" in page
    assert client.get(f"/leads/{lead_id}/lift").location == f"/leads/{lead_id}"
    assert place.reason("lea@example.org") != ""
    assert client.post(f"/leads/{lead_id}/lift").status_code == 403
    for said in ("?said=lifted", ""):
        answer = client.post(f"/leads/{lead_id}/lift", data={TOKEN: token_in(page)})
        assert answer.location == f"/leads/{lead_id}{said}"
    assert place.reason("lea@example.org") == ""


@pytest.mark.parametrize(
    "path", ["/leads/L-2222222222", "/leads/L-2222222222/edit", "/leads/L-2222222222/lift"]
)
def test_a_lead_that_nobody_knows_is_said_so(place: Place, path: str) -> None:
    known = place.arrives()
    client = opened(place)
    token = token_in(client.get(f"/leads/{known}").text)
    post = path.endswith(("edit", "lift"))
    answer = client.post(path, data={TOKEN: token, "notes": "x"}) if post else client.get(path)
    assert (answer.status_code, "No lead has this ID" in answer.text) == (404, True)


def test_a_source_may_be_called_like_a_lead_or_a_page(place: Place) -> None:
    client = opened(place)
    for name in ("new", "L-2222222222", "facebook"):
        answer = client.post(
            f"/leads/{name}", json={"email": f"{name}@example.org"}, headers={"X-Sheetflow-Token": "third"}
        )
        assert answer.get_json()["status"] == "accepted"
    assert {row["source"] for row in place.rows()} == {"new", "L-2222222222", "facebook"}


HOSTILE = [
    "<script>alert(1)</script>",
    '" autofocus onfocus="alert(1)',
    "</textarea><img src=x onerror=alert(1)>",
    "{{ 7_919 * 104_729 }}",
    "\u202e\u0000\u200bevil",
    "x" * 500,
]


@pytest.mark.parametrize("hostile", HOSTILE)
def test_what_anybody_wrote_stands_there_and_does_nothing(place: Place, hostile: str) -> None:
    fields = dict.fromkeys(("name", "service", "source", "location", "urgency", "message"), hostile)
    lead_id = place.arrives("lea@example.org", **fields, details=((hostile, hostile),))
    for kind in (Kind.REPLIED, Kind.HELD, Kind.EDITED, Kind.ASSIGNED, Kind.NOTIFIED, Kind.STATUS):
        happens(place, lead_id, kind, hostile)
    place.types(lead_id, "notes", hostile)
    page = opened(place).get(f"/leads/{lead_id}").text
    assert not re.search(r"<script|<img|onfocus=\"|829348951", page.replace("&#34;", ""))
    assert fields_of(page)["notes"] == hostile.replace("\u0000", "")


@pytest.mark.parametrize(
    ("phone", "shown"),
    [
        ("+1 352-555-0144 ext. 12", 'href="tel:+13525550144">Call <bdi>+1 352-555-0144 ext. 12<'),
        ("555 0144 after 5", "Phone: <bdi>555 0144 after 5<"),
    ],
)
def test_a_press_dials_one_whole_number(place: Place, phone: str, shown: str) -> None:
    lead_id = place.arrives("lea@example.org", phone=phone)
    assert shown in opened(place).get(f"/leads/{lead_id}").text
