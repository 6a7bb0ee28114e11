"""The unsubscribe link: who looks changes nothing, who presses is obeyed, also when the row is gone."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import delete

from sheetflow.ledger import schema, state
from sheetflow.web.form_words import NAMES
from sheetflow.web.links import Links
from sheetflow.web.unsubscribe import WORDS
from sheetflow.workflow import statuses
from sheetflow.workflow.decide import Send, Stop
from sheetflow.workflow.events import Kind
from sheetflow.workflow.optout import BY_LINK
from tests.web.place import Place

BASE = "https://leads.example.com"
LINKS = Links(("key of today", "key of last year"), BASE)
ONE_CLICK = {"List-Unsubscribe": "One-Click"}
LINK = re.compile(rf"{BASE}(/u/[\w.-]+)")


@pytest.fixture
def place(place: Place) -> Place:
    place.link = LINKS.url
    return place


@pytest.fixture
def client(place: Place) -> FlaskClient:
    return place.open(links=LINKS)


@pytest.fixture
def lead_id(place: Place) -> str:
    return place.arrives("lea@example.org")


@pytest.fixture
def link(place: Place, lead_id: str) -> str:
    """The path of the link in the first response, which has left."""
    return link_in(place.sends(lead_id).as_string())


def link_in(text: str) -> str:
    found = {match[1] for match in LINK.finditer(re.sub("=\r?\n", "", text))}
    assert len(found) == 1
    return found.pop()


def undo_in(page: str) -> dict[str, str]:
    found = re.search(r'name="undo" value="([^"]+)"', page)
    return {"undo": found[1]} if found else {}


def test_every_message_carries_the_link_and_from_the_second_step_on_its_headers(
    place: Place, lead_id: str
) -> None:
    first, second = place.sends(lead_id), place.sends(lead_id, "follow_up")
    for mail in (first, second):
        for kind in ("plain", "html"):
            body = mail.get_body((kind,))
            assert body
            assert f"{BASE}/u/" in body.get_content()
    assert first["List-Unsubscribe"] is None
    path = link_in(second.get_body(("plain",)).get_content())
    mailto = f"<mailto:{place.server.user}?subject=unsubscribe>"
    assert second["List-Unsubscribe"] == f"<{BASE}{path}>, {mailto}"
    assert second["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert len(BASE + path) < 120
    assert path == link_in(first.as_string())


def test_without_a_key_or_a_public_address_the_opt_out_is_by_mail(place: Place) -> None:
    for links in (Links((), BASE), Links(("key",), "")):
        place.link = links.url
        text = place.sends(place.arrives(f"lead{len(links.base_url)}@example.org")).as_string()
        assert "/u/" not in text
        assert "reply STOP" in text.replace("=\n", "")


def test_nobody_can_read_the_address_from_the_link(place: Place, lead_id: str, link: str) -> None:
    recipient = LINKS.read(link.removeprefix("/u/"))
    assert recipient is not None
    assert recipient.lead_id == lead_id
    with place.ledger.reading() as book:
        assert recipient.address == book.hash_of("lea@example.org")


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS", "PUT", "DELETE"])
@pytest.mark.parametrize("tail", ["", "/", "?undo=x", "?List-Unsubscribe=One-Click"])
def test_a_scanner_that_opens_the_link_changes_nothing(
    client: FlaskClient, place: Place, lead_id: str, link: str, method: str, tail: str
) -> None:
    before = place.everything()
    answer = client.open(link + tail, method=method)
    assert answer.status_code == (200 if method in ("GET", "HEAD", "OPTIONS") else 405)
    assert place.everything() == before
    assert isinstance(place.decides(lead_id, days=2), Send)


def test_a_scanner_that_opens_what_the_pages_show_changes_nothing_either(
    client: FlaskClient, place: Place, link: str
) -> None:
    done = client.post(link)
    before = place.everything()
    for value in undo_in(done.text).values():
        assert client.get(f"{link}?undo={value}").status_code == 200
        assert client.get(f"/u/{value}").status_code == 400
    assert place.everything() == before


BODIES = {
    "one-click form": {"data": ONE_CLICK},
    "one-click multipart": {"data": ONE_CLICK, "content_type": "multipart/form-data"},
    "the page's button": {"data": b"", "content_type": "application/x-www-form-urlencoded"},
    "no body": {},
    "JSON": {"json": ONE_CLICK},
    "a broken multipart": {"data": b"--x\r\nbroken", "content_type": "multipart/form-data"},
    "noise": {"data": b"\xff\x00" * 100, "content_type": "application/x-www-form-urlencoded"},
    "an empty undo": {"data": {"undo": ""}},
}


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES.keys())
def test_a_post_unsubscribes_whatever_its_body(
    client: FlaskClient, place: Place, lead_id: str, link: str, body: dict[str, object]
) -> None:
    answer = client.post(link, **body)
    assert (answer.status_code, answer.headers.getlist("Set-Cookie")) == (200, [])
    [event] = place.events(lead_id, Kind.UNSUBSCRIBED)
    assert event.at == place.now
    assert place.reason("lea@example.org") == BY_LINK
    row = place.row(lead_id)
    assert (row["status"], row["why"]) == (statuses.UNSUBSCRIBED, "Unsubscribed: nothing more is sent.")
    assert (row["next_step"], row["next_follow_up"]) == ("", None)
    assert isinstance(place.decides(lead_id, days=7), Stop)


def test_pressing_twice_is_answered_twice_and_recorded_once(
    client: FlaskClient, place: Place, lead_id: str, link: str
) -> None:
    for _ in range(3):
        assert client.post(link, data=ONE_CLICK).status_code == 200
        place.passes(minutes=3)
    assert len(place.events(lead_id, Kind.UNSUBSCRIBED)) == 1


def changed(text: str, at: int) -> str:
    return text[:at] + ("A" if text[at] != "A" else "B") + text[at + 1 :]


def wrong_tokens(token: str) -> list[str]:
    foreign = Links(("key of somebody",), BASE).url("L-2222222222", "ab" * 32).rpartition("/")[2]
    return [
        *(changed(token, at) for at in range(len(token))),
        *(token[:length] for length in range(1, len(token))),
        *(token + more for more in ("A", ".", "=", "%0A", "é", "/x/..", "%00", "\N{PILE OF POO}")),
        token.upper(),
        foreign,
        "x" * 5000,
        "..",
        "%F0%28%8C",
        "<script>alert(1)</script>",
        LINKS.undo(token, datetime(2026, 3, 24, 9, tzinfo=UTC)),
    ]


def test_a_token_that_no_key_of_ours_has_signed_gets_a_page_that_says_so_and_does_nothing(
    client: FlaskClient, place: Place, link: str
) -> None:
    before = place.everything()
    for token in wrong_tokens(link.removeprefix("/u/")):
        for answer in (client.get(f"/u/{token}"), client.post(f"/u/{token}", data=ONE_CLICK)):
            assert answer.status_code in (400, 404), token
            assert "/" in token or "link can’t be read" in answer.text, token
            assert "<script>" not in answer.text
    assert place.everything() == before


def test_an_old_link_works_after_the_key_was_changed_and_not_once_it_was_taken_away(
    place: Place, lead_id: str, link: str
) -> None:
    assert place.open(links=Links(("key of next year",), BASE)).post(link).status_code == 400
    assert place.events(lead_id, Kind.UNSUBSCRIBED) == []
    moved = Links(("key of next year", "key of today"), "https://elsewhere.example")
    assert place.open(links=moved).post(link).status_code == 200
    assert len(place.events(lead_id, Kind.UNSUBSCRIBED)) == 1


def test_an_undo_within_the_hour_brings_the_sequence_back(
    client: FlaskClient, place: Place, lead_id: str, link: str
) -> None:
    proof = undo_in(client.post(link).text)
    place.passes(minutes=60)
    answer = client.post(link, data=proof)
    assert (answer.status_code, undo_in(answer.text)) == (200, {})
    assert len(place.events(lead_id, Kind.RESUBSCRIBED)) == 1
    assert place.reason("lea@example.org") == ""
    row = place.row(lead_id)
    assert (row["status"], row["next_step"]) == (statuses.CONTACTED, "follow_up")
    assert isinstance(place.decides(lead_id, days=2), Send)


def test_an_undo_after_the_hour_changes_nothing_and_says_so(
    client: FlaskClient, place: Place, link: str
) -> None:
    proof = undo_in(client.post(link).text)
    place.passes(minutes=60, seconds=1)
    before = place.everything()
    answer = client.post(link, data=proof)
    assert (answer.status_code, "too late" in answer.text) == (400, True)
    assert place.everything() == before


def test_an_undo_takes_the_proof_that_was_given_for_this_very_link(
    client: FlaskClient, place: Place, lead_id: str, link: str
) -> None:
    other = place.sends(place.arrives("other@example.org"))
    elsewhere = undo_in(client.post(link_in(other.as_string())).text)
    client.post(link)
    before = place.everything()
    proofs = [*elsewhere.values(), "yes", link.removeprefix("/u/"), "é" * 10, "."]
    assert {client.post(link, data={"undo": proof}).status_code for proof in proofs} == {400}
    assert place.everything() == before


def test_who_unsubscribes_again_after_an_undo_is_unsubscribed(
    client: FlaskClient, place: Place, lead_id: str, link: str
) -> None:
    for _ in range(2):
        proof = undo_in(client.post(link).text)
        assert client.post(link, data=proof).status_code == 200
    client.post(link)
    assert len(place.events(lead_id, Kind.UNSUBSCRIBED)) == 3
    assert place.row(lead_id)["status"] == statuses.UNSUBSCRIBED
    assert place.reason("lea@example.org") == BY_LINK


def test_a_clock_that_was_set_back_does_not_put_the_opt_out_behind_the_undo(
    client: FlaskClient, place: Place, lead_id: str, link: str
) -> None:
    proof = undo_in(client.post(link).text)
    client.post(link, data=proof)
    place.passes(hours=-3)
    client.post(link)
    assert place.row(lead_id)["status"] == statuses.UNSUBSCRIBED


def test_an_undo_lifts_nothing_that_the_owner_or_a_bounce_has_set(
    client: FlaskClient, place: Place, lead_id: str, link: str
) -> None:
    place.types(lead_id, "status", statuses.DO_NOT_CONTACT)
    proof = undo_in(client.post(link).text)
    assert client.post(link, data=proof).status_code == 200
    assert place.reason("lea@example.org") == "Do not contact, set by hand"
    assert place.row(lead_id)["status"] == statuses.DO_NOT_CONTACT


def test_a_ledger_that_is_down_is_a_503_that_asks_to_try_again(
    client: FlaskClient, place: Place, link: str, tmp_path: Path
) -> None:
    proof = undo_in(client.post(link).text)
    place.ledger.close()
    for file in tmp_path.glob("ledger.db*"):
        file.write_bytes(b"this is no database" * 100)
    for body in (ONE_CLICK, proof):
        answer = client.post(link, data=body)
        assert (answer.status_code, answer.headers["Retry-After"].isdigit()) == (503, True)
        assert ("Nothing was changed yet" in answer.text, "ledger.db" in answer.text) == (True, False)
        assert undo_in(answer.text) == (proof if body is proof else {})
    assert client.get(link).status_code == 200


def test_a_host_whose_disk_is_lost_does_not_say_that_somebody_is_unsubscribed(
    place: Place, link: str
) -> None:
    client = place.open(links=LINKS, closed="This host loses its disk: set DATABASE_URL.")
    answer = client.post(link, data=ONE_CLICK)
    assert (answer.status_code, "DATABASE" in answer.text) == (503, False)


def remove(place: Place, lead_id: str) -> None:
    with place.ledger.writing() as book:
        book.connection.execute(delete(schema.leads).where(schema.leads.c.id == lead_id))


@pytest.mark.parametrize("removed", ["before", "after"])
def test_who_unsubscribed_and_comes_again_is_not_mailed_also_if_the_lead_is_gone(
    client: FlaskClient, place: Place, lead_id: str, link: str, removed: str
) -> None:
    if removed == "before":
        remove(place, lead_id)
    assert client.post(link).status_code == 200
    if removed == "after":
        remove(place, lead_id)
    assert place.reason("lea@example.org") == BY_LINK
    place.passes(days=40)
    row = place.row(place.arrives("Lea@Example.org"))
    assert row["status"] == statuses.NEEDS_ATTENTION
    assert str(row["why"]).startswith("Asked again after unsubscribing; answer by hand.")


def test_the_address_that_got_the_mail_is_stopped_and_the_row_too_if_the_owner_corrected_it(
    client: FlaskClient, place: Place, lead_id: str, link: str
) -> None:
    place.types(lead_id, "email", "right@example.org")
    client.post(link)
    assert (place.reason("lea@example.org"), place.reason("right@example.org")) == (BY_LINK, "")
    assert place.row(lead_id)["status"] == statuses.UNSUBSCRIBED
    # Whoever the wrong address belongs to, the owner decides about the right one.
    place.types(lead_id, "status", statuses.NEW)
    assert isinstance(place.decides(lead_id, days=3), Send)


def test_every_row_with_the_address_is_unsubscribed_and_the_owners_words_stay(
    client: FlaskClient, place: Place, lead_id: str, link: str
) -> None:
    place.types(lead_id, "status", statuses.WON)
    second, stranger = place.arrives("LEA@example.org"), place.arrives("stranger@example.org")
    client.post(link)
    for one in (lead_id, second):
        assert len(place.events(one, Kind.UNSUBSCRIBED)) == 1
    assert place.row(lead_id)["status"] == statuses.WON
    assert place.row(second)["status"] == statuses.UNSUBSCRIBED
    assert place.events(stranger, Kind.UNSUBSCRIBED) == []
    assert isinstance(place.decides(stranger), Send)


def test_a_lead_that_the_owner_typed_new_over_is_unsubscribed_again_by_the_next_press(
    client: FlaskClient, place: Place, lead_id: str, link: str
) -> None:
    client.post(link)
    place.types(lead_id, "status", statuses.NEW)
    row = place.row(lead_id)
    assert row["status"] == statuses.NEW
    assert "This address gets no mail (unsubscribed by link)" in str(row["why"])
    client.post(link)
    assert len(place.events(lead_id, Kind.UNSUBSCRIBED)) == 2
    assert place.row(lead_id)["status"] == statuses.UNSUBSCRIBED


def test_paused_sending_keeps_nobody_from_unsubscribing(
    client: FlaskClient, place: Place, lead_id: str, link: str
) -> None:
    place.puts(state.SENDING, "PAUSED")
    assert client.post(link).status_code == 200
    assert place.row(lead_id)["status"] == statuses.UNSUBSCRIBED


def pages(client: FlaskClient, place: Place, link: str) -> dict[str, tuple[str, dict[str, str]]]:
    done = client.post(link)
    undone = client.post(link, data=undo_in(done.text))
    late = undo_in(client.post(link).text)
    place.passes(hours=2)
    answers = {
        "ask": client.get(link),
        "done": done,
        "undone": undone,
        "too late": client.post(link, data=late),
        "unreadable": client.get("/u/x"),
    }
    return {name: (answer.text, dict(answer.headers)) for name, answer in answers.items()}


def test_the_pages_fetch_nothing_run_nothing_and_are_kept_by_nobody(
    client: FlaskClient, place: Place, link: str
) -> None:
    for text, headers in pages(client, place, link).values():
        assert not re.search(r"https?:|src=|<script|<link|@import|url\(|onclick", text)
        nonce = re.search(r'<style nonce="([^"]+)">', text)
        assert nonce
        assert headers["Content-Security-Policy"].startswith(
            f"default-src 'none'; style-src 'nonce-{nonce[1]}'; form-action 'self'; frame-ancestors 'none'"
        )
        assert headers["Content-Type"] == "text/html; charset=utf-8"
        assert headers["Cache-Control"] == "no-store"
        assert headers["Referrer-Policy"] == "no-referrer"
        assert headers["X-Robots-Tag"] == "noindex, nofollow"
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert 'lang="en"' in text
        assert 'name="viewport"' in text
        assert len(re.findall("<h1>", text)) == 1


def test_a_business_with_a_hostile_name_is_text_on_every_page(
    client: FlaskClient, place: Place, link: str
) -> None:
    place.call("<script>alert(1)</script>{{ 7*7 }}\"'&")
    for text, _ in pages(client, place, link).values():
        assert "<script>" not in text
        assert "&lt;script&gt;alert(1)&lt;/script&gt;{{ 7*7 }}&#34;&#39;&amp;" in text


@pytest.mark.parametrize("language", NAMES)
def test_it_speaks_the_reader_s_language_if_the_business_answers_in_it(
    place: Place, link: str, language: str
) -> None:
    templates = frozenset(f"first_response.{name}" for name in NAMES)
    place.workflow = place.ledger.workflow = replace(place.workflow, templates=templates)
    client = place.open(links=LINKS)
    reader = {"Accept-Language": f"{language}-XX,{language};q=0.9"}
    words = WORDS[language]
    assert {part: set(said) for part, said in words.items()} == {
        part: set(said) for part, said in WORDS["en"].items()
    }
    asked = client.get(link, headers=reader).text
    assert f'<html lang="{language}">' in asked
    assert f"<button>{words['buttons']['ask']}</button>" in asked
    done = client.post(link, data=ONE_CLICK, headers=reader).text
    assert words["titles"]["done"] in done
    undone = client.post(link, data=undo_in(done), headers=reader).text
    assert words["titles"]["undone"] in undone
    assert words["titles"]["unreadable"] in client.get("/u/x", headers=reader).text


def test_it_speaks_no_language_in_which_the_business_does_not_answer(place: Place, link: str) -> None:
    asked = place.open(links=LINKS).get(link, headers={"Accept-Language": "fr"}).text
    assert '<html lang="en">' in asked
