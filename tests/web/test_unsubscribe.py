"""The unsubscribe link: who looks changes nothing, who presses is obeyed, also when the row is gone."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import delete

from sheetflow.jobs.run import run_job
from sheetflow.tracker.sql import SqlTracker
from sheetflow.tracker.tables import leads
from sheetflow.web.links import Links
from sheetflow.workflow import statuses, tracked
from sheetflow.workflow.events import Event, Kind
from sheetflow.workflow.optout import BY_LINK
from sheetflow.workflow.tracked import Changes, Granted
from tests.jobs.world import World
from tests.web.conftest import Open

BASE = "https://leads.example.com"
LINKS = Links(("key of today", "key of last year"), BASE)
ONE_CLICK = {"List-Unsubscribe": "One-Click"}
LINK = re.compile(rf"{BASE}(/u/[\w.-]+)")


@pytest.fixture
def world(world: World) -> World:
    world.link = LINKS.url
    return world


@pytest.fixture
def client(site: Open) -> FlaskClient:
    return site(links=LINKS)


@pytest.fixture
def lead_id(world: World) -> str:
    """A lead that has its first response."""
    lead_id = world.arrives("lea@example.org")
    world.respond(lead_id)
    return lead_id


@pytest.fixture
def link(world: World, lead_id: str) -> str:
    """The path of the link in the message."""
    return link_in(world.mails[-1].as_string())


def link_in(text: str) -> str:
    found = {match[1] for match in LINK.finditer(re.sub("=\r?\n", "", text))}
    assert len(found) == 1
    return found.pop()


def undo_in(page: str) -> dict[str, str]:
    found = re.search(r'name="undo" value="([^"]+)"', page)
    return {"undo": found[1]} if found else {}


def everything(world: World) -> object:
    found = world.tracker.snapshot()
    return found.leads, found.events, found.suppressed, found.control


def suppressions(world: World) -> list[str]:
    return [line.reason for line in world.tracker.snapshot().suppressed.values()]


def test_every_message_carries_the_link_and_from_the_second_step_on_its_headers(
    world: World, lead_id: str
) -> None:
    world.job_at("2026-03-26")
    first, second = world.mails
    for mail in (first, second):
        for kind in ("plain", "html"):
            body = mail.get_body((kind,))
            assert body
            assert f"{BASE}/u/" in body.get_content()
    assert first["List-Unsubscribe"] is None
    path = link_in(second.get_body(("plain",)).get_content())
    mailto = f"<mailto:{world.server.user}?subject=unsubscribe>"
    assert second["List-Unsubscribe"] == f"<{BASE}{path}>, {mailto}"
    assert second["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert len(BASE + path) < 120
    [line] = [line for line in world.server.messages[1].data.splitlines() if path.encode() in line]
    assert line.startswith((b"List-Unsubscribe: <", b" <"))


def test_without_a_key_or_a_public_address_the_opt_out_is_by_mail(world: World) -> None:
    for links in (Links((), BASE), Links(("key",), "")):
        world.link = links.url
        world.respond(world.arrives(f"{links.base_url[:5]}@example.org"))
        text = world.mails[-1].as_string()
        assert "/u/" not in text
        assert "reply STOP" in text.replace("=\n", "")


def test_nobody_can_read_the_address_from_the_link_and_it_is_the_same_in_every_message(
    world: World, lead_id: str, link: str
) -> None:
    world.job_at("2026-03-26")
    assert link_in(world.mails[-1].as_string()) == link
    recipient = LINKS.read(link.removeprefix("/u/"))
    assert recipient is not None
    assert recipient.lead_id == lead_id
    assert recipient.address == world.tracker.snapshot().hash_of("lea@example.org")


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS", "PUT", "DELETE"])
@pytest.mark.parametrize("tail", ["", "/", "?undo=x", "?List-Unsubscribe=One-Click"])
def test_a_scanner_that_opens_the_link_changes_nothing(
    client: FlaskClient, world: World, link: str, method: str, tail: str
) -> None:
    before = everything(world)
    answer = client.open(link + tail, method=method)
    assert answer.status_code == (200 if method in ("GET", "HEAD", "OPTIONS") else 405)
    assert everything(world) == before
    world.job_at("2026-03-26")
    assert len(world.mails) == 2


def test_a_scanner_that_opens_what_the_pages_show_changes_nothing_either(
    client: FlaskClient, world: World, link: str
) -> None:
    done = client.post(link)
    before = everything(world)
    for value in undo_in(done.text).values():
        assert client.get(f"{link}?undo={value}").status_code == 200
        assert client.get(f"/u/{value}").status_code == 400
    assert everything(world) == before


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
    client: FlaskClient, world: World, lead_id: str, link: str, body: dict[str, object]
) -> None:
    answer = client.post(link, **body)
    assert (answer.status_code, answer.headers.getlist("Set-Cookie")) == (200, [])
    [event] = world.events(lead_id, Kind.UNSUBSCRIBED)
    assert event.at == world.now
    assert suppressions(world) == [BY_LINK]
    row = world.lead(lead_id)
    assert (row.status, row.why) == (statuses.UNSUBSCRIBED, "Unsubscribed: nothing more is sent.")
    assert (row.next_step, row.next_follow_up) == ("", None)
    for day in (26, 30, 31):
        world.job_at(f"2026-03-{day}")
    assert len(world.mails) == 1
    assert world.lead(lead_id).status == statuses.UNSUBSCRIBED


def test_pressing_twice_is_answered_twice_and_recorded_once(
    client: FlaskClient, world: World, lead_id: str, link: str
) -> None:
    for _ in range(3):
        assert client.post(link, data=ONE_CLICK).status_code == 200
        world.passes(minutes=3)
    assert len(world.events(lead_id, Kind.UNSUBSCRIBED)) == 1
    assert len(suppressions(world)) == 1


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
    client: FlaskClient, world: World, link: str
) -> None:
    before = everything(world)
    for token in wrong_tokens(link.removeprefix("/u/")):
        for answer in (client.get(f"/u/{token}"), client.post(f"/u/{token}", data=ONE_CLICK)):
            assert answer.status_code in (400, 404), token
            assert "/" in token or "link can’t be read" in answer.text, token
            assert "<script>" not in answer.text
    assert everything(world) == before


def test_an_old_link_works_after_the_key_was_changed_and_not_once_it_was_taken_away(
    site: Open, world: World, lead_id: str, link: str
) -> None:
    assert site(links=Links(("key of next year",), BASE)).post(link).status_code == 400
    assert world.events(lead_id, Kind.UNSUBSCRIBED) == []
    moved = Links(("key of next year", "key of today"), "https://elsewhere.example")
    assert site(links=moved).post(link).status_code == 200
    assert len(world.events(lead_id, Kind.UNSUBSCRIBED)) == 1


def test_an_undo_within_the_hour_brings_the_sequence_back(
    client: FlaskClient, world: World, lead_id: str, link: str
) -> None:
    proof = undo_in(client.post(link).text)
    world.passes(minutes=60)
    answer = client.post(link, data=proof)
    assert (answer.status_code, undo_in(answer.text)) == (200, {})
    assert len(world.events(lead_id, Kind.RESUBSCRIBED)) == 1
    assert suppressions(world) == []
    row = world.lead(lead_id)
    assert (row.status, row.next_step) == (statuses.CONTACTED, "follow_up")
    world.job_at("2026-03-26", "11:30")
    assert len(world.mails_to("lea@example.org")) == 2


def test_an_undo_after_the_hour_changes_nothing_and_says_so(
    client: FlaskClient, world: World, link: str
) -> None:
    proof = undo_in(client.post(link).text)
    world.passes(minutes=60, seconds=1)
    before = everything(world)
    answer = client.post(link, data=proof)
    assert (answer.status_code, "too late" in answer.text) == (400, True)
    assert everything(world) == before


def test_an_undo_takes_the_proof_that_was_given_for_this_very_link(
    client: FlaskClient, world: World, lead_id: str, link: str
) -> None:
    other = world.arrives("other@example.org")
    world.respond(other)
    elsewhere = undo_in(client.post(link_in(world.mails_to("other@example.org")[0].as_string())).text)
    client.post(link)
    before = everything(world)
    proofs = [*elsewhere.values(), "yes", link.removeprefix("/u/"), "é" * 10, "."]
    assert {client.post(link, data={"undo": proof}).status_code for proof in proofs} == {400}
    assert everything(world) == before


def test_who_unsubscribes_again_after_an_undo_is_unsubscribed(
    client: FlaskClient, world: World, lead_id: str, link: str
) -> None:
    for _ in range(2):
        proof = undo_in(client.post(link).text)
        assert client.post(link, data=proof).status_code == 200
    client.post(link)
    assert len(world.events(lead_id, Kind.UNSUBSCRIBED)) == 3
    assert (world.lead(lead_id).status, suppressions(world)) == (statuses.UNSUBSCRIBED, [BY_LINK])
    world.job_at("2026-03-26")
    assert len(world.mails) == 1


def test_a_clock_that_was_set_back_does_not_put_the_opt_out_behind_the_undo(
    client: FlaskClient, world: World, lead_id: str, link: str
) -> None:
    proof = undo_in(client.post(link).text)
    client.post(link, data=proof)
    world.passes(hours=-3)
    client.post(link)
    assert world.lead(lead_id).status == statuses.UNSUBSCRIBED


def test_an_undo_lifts_nothing_that_the_owner_or_a_bounce_has_set(
    client: FlaskClient, world: World, lead_id: str, link: str
) -> None:
    world.types(lead_id, "status", statuses.DO_NOT_CONTACT)
    world.job()
    proof = undo_in(client.post(link).text)
    assert client.post(link, data=proof).status_code == 200
    assert suppressions(world) == ["Do not contact, set by hand"]
    assert world.lead(lead_id).status == statuses.DO_NOT_CONTACT


def test_a_tracker_that_is_down_is_a_503_that_asks_to_try_again(
    client: FlaskClient, world: World, link: str, tmp_path: Path
) -> None:
    proof = undo_in(client.post(link).text)
    world.tracker.engine.dispose()
    for file in tmp_path.glob("tracker.db*"):
        file.write_bytes(b"this is no database" * 100)
    for body in (ONE_CLICK, proof):
        answer = client.post(link, data=body)
        assert (answer.status_code, answer.headers["Retry-After"].isdigit()) == (503, True)
        assert ("Nothing was changed yet" in answer.text, "tracker.db" in answer.text) == (True, False)
        assert undo_in(answer.text) == (proof if body is proof else {})
    assert client.get(link).status_code == 200


def test_a_host_whose_disk_is_lost_does_not_say_that_somebody_is_unsubscribed(site: Open, link: str) -> None:
    client = site(links=LINKS, closed="This host loses its disk: set SHEETFLOW_TRACKER.")
    answer = client.post(link, data=ONE_CLICK)
    assert (answer.status_code, "SHEETFLOW" in answer.text) == (503, False)


def remove_row(world: World, lead_id: str) -> None:
    with world.tracker.engine.begin() as connection:
        connection.execute(delete(leads).where(leads.c.id == lead_id))


@pytest.mark.parametrize("removed", ["before", "after"])
def test_who_unsubscribed_and_comes_again_is_not_mailed_also_where_the_row_was_deleted(
    client: FlaskClient, world: World, lead_id: str, link: str, removed: str
) -> None:
    if removed == "before":
        remove_row(world, lead_id)
    assert client.post(link).status_code == 200
    if removed == "after":
        remove_row(world, lead_id)
    assert suppressions(world) == [BY_LINK]
    world.passes(days=40)
    again = world.arrives("Lea@Example.org")
    world.respond(again)
    world.job()
    row = world.lead(again)
    assert row.status == statuses.NEEDS_ATTENTION
    assert row.why.startswith("Asked again after unsubscribing; answer by hand.")
    assert len(world.mails) == 1


def test_the_address_that_got_the_mail_is_stopped_and_the_row_too_where_the_owner_corrected_it(
    client: FlaskClient, world: World, lead_id: str, link: str
) -> None:
    world.types(lead_id, "email", "right@example.org")
    client.post(link)
    found = world.tracker.snapshot()
    assert found.suppression("lea@example.org") is not None
    assert found.suppression("right@example.org") is None
    assert world.lead(lead_id).status == statuses.UNSUBSCRIBED
    world.job_at("2026-03-26")
    assert len(world.mails) == 1
    # Whoever the wrong address belongs to, the owner decides about the right one.
    world.types(lead_id, "status", statuses.NEW)
    world.job_at("2026-03-27")
    assert len(world.mails_to("right@example.org")) == 1


def test_every_row_with_the_address_is_unsubscribed_and_the_owners_words_stay(
    client: FlaskClient, world: World, lead_id: str, link: str
) -> None:
    world.types(lead_id, "status", statuses.WON)
    world.job()
    second, stranger = world.arrives("LEA@example.org"), world.arrives("stranger@example.org")
    world.respond(second, stranger)
    client.post(link)
    for one in (lead_id, second):
        assert len(world.events(one, Kind.UNSUBSCRIBED)) == 1
    assert world.lead(lead_id).status == statuses.WON
    assert world.lead(second).status == statuses.UNSUBSCRIBED
    assert world.events(stranger, Kind.UNSUBSCRIBED) == []
    world.job_at("2026-03-26")
    assert len(world.mails_to("lea@example.org")) + len(world.mails_to("LEA@example.org")) == 2
    assert len(world.mails_to("stranger@example.org")) == 2


def test_a_lead_that_the_owner_typed_new_over_is_unsubscribed_again_by_the_next_press(
    client: FlaskClient, world: World, lead_id: str, link: str
) -> None:
    client.post(link)
    world.types(lead_id, "status", statuses.NEW)
    world.job()
    row = world.lead(lead_id)
    assert row.status == statuses.NEW
    assert "This address gets no mail (unsubscribed by link)" in row.why
    client.post(link)
    assert len(world.events(lead_id, Kind.UNSUBSCRIBED)) == 2
    assert world.lead(lead_id).status == statuses.UNSUBSCRIBED


class Interrupted(SqlTracker):
    """Something happens between a run's decision and its claim."""

    def __init__(self, url: str, meanwhile: Callable[[], object]) -> None:
        super().__init__(url)
        self.meanwhile = meanwhile

    def claim(self, claims: Sequence[Event], changes: Changes) -> list[Granted]:
        self.meanwhile()
        return super().claim(claims, changes)


def test_an_opt_out_in_the_moment_before_the_claim_stops_the_step(
    client: FlaskClient, world: World, lead_id: str, link: str, tmp_path: Path
) -> None:
    world.passes(days=2)
    tracker = Interrupted(f"sqlite:///{tmp_path / 'tracker.db'}", lambda: client.post(link))
    report = run_job(replace(world.ports, tracker=tracker))
    assert report.sent == 0
    assert len(world.mails) == 1
    assert len(world.events(lead_id, Kind.RELEASED)) == 1
    world.job()
    assert world.lead(lead_id).status == statuses.UNSUBSCRIBED
    assert len(world.mails) == 1


def test_paused_sending_keeps_nobody_from_unsubscribing(
    client: FlaskClient, world: World, lead_id: str, link: str
) -> None:
    world.controls(tracked.SENDING, tracked.PAUSED)
    assert client.post(link).status_code == 200
    assert world.lead(lead_id).status == statuses.UNSUBSCRIBED


def pages(client: FlaskClient, world: World, link: str) -> dict[str, tuple[str, dict[str, str]]]:
    done = client.post(link)
    undone = client.post(link, data=undo_in(done.text))
    late = undo_in(client.post(link).text)
    world.passes(hours=2)
    answers = {
        "ask": client.get(link),
        "done": done,
        "undone": undone,
        "too late": client.post(link, data=late),
        "unreadable": client.get("/u/x"),
    }
    return {name: (answer.text, dict(answer.headers)) for name, answer in answers.items()}


def test_the_pages_fetch_nothing_run_nothing_and_are_kept_by_nobody(
    client: FlaskClient, world: World, link: str
) -> None:
    for text, headers in pages(client, world, link).values():
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


def test_a_business_with_a_hostile_name_is_text_on_every_page(site: Open, world: World, link: str) -> None:
    name = "<script>alert(1)</script>{{ 7*7 }}\"'&"
    world.workflow = replace(world.workflow, business=replace(world.workflow.business, name=name))
    for text, _ in pages(site(links=LINKS, ports=world.ports), world, link).values():
        assert "<script>" not in text
        assert "&lt;script&gt;alert(1)&lt;/script&gt;{{ 7*7 }}&#34;&#39;&amp;" in text
