"""The overview: who waits, what is wrong, how it goes; and how old its numbers may be."""

import json
import re
from datetime import timedelta
from typing import Any
from xml.etree import ElementTree

import pytest
from flask.testing import FlaskClient

from sheetflow.ledger import figures, state
from sheetflow.ledger.forgetting import forget
from sheetflow.ledger.settling import settle
from sheetflow.web.pages.drawing import WIDTH, draw
from sheetflow.web.pages.overview import OverviewPage
from sheetflow.workflow.events import Event, Kind
from sheetflow.workflow.screen import Bar, Chart
from tests.web.pages.site import open_site
from tests.web.place import BOTH, Place

HOSTILE = "</text><script>alert(1)</script>\u202e" + "x" * 500


def opened(place: Place, *problems: str, **more: Any) -> FlaskClient:
    page = OverviewPage(place.ledger, place.ports.clock, lambda: problems)
    return open_site(place, [page.blueprint()], **more)


def happens(place: Place, lead: str, kind: Kind, detail: str = "") -> None:
    with place.ledger.writing() as book:
        book.record([Event(place.now, lead, kind, f"{kind}:{lead}:{place.now}", detail=detail)])
        settle(book, [lead], place.now)


def figure(page: str, title: str) -> str:
    found = re.search(rf'<p class="title">{title}</p>\s*<p class="value">(.*?)</p>', page)
    assert found
    return found[1]


@BOTH
def test_who_waits_stands_first_and_can_be_called_and_the_figures_move(place: Place) -> None:
    lead = place.arrives(name="Ada", phone="+44 (0) 7700-900123")
    place.sends(lead)
    client = opened(place)
    page = client.get("/").text
    assert "Waiting for you: nobody" in page
    assert figure(page, "Leads this week") == "1"
    place.passes(minutes=3)
    happens(place, lead, Kind.REPLIED, "Yes, please")
    page = client.get("/").text
    assert page.index("Waiting for you: 1") < page.index("“Yes, please”") < page.index("How it goes")
    assert f'<a href="/leads/{lead}"><bdi>Ada</bdi></a>' in page
    assert '<a href="tel:+447700900123">+44 (0) 7700-900123</a>' in page
    place.types(lead, "status", "Won")
    page = client.get("/").text
    assert (figure(page, "Won"), figure(page, "Waiting for you")) == ("1", "0")


@BOTH
def test_a_lead_that_nobody_answered_in_time_is_marked(place: Place) -> None:
    lead = place.arrives(name="Ada")
    happens(place, lead, Kind.SLA_MISSED, "Kim (nobody has answered for 5 minutes)")
    page = opened(place).get("/").text
    assert re.search(r'<li class="late">.*?Not answered', page, re.DOTALL)


def test_without_leads_it_says_the_next_step(place: Place) -> None:
    page = opened(place).get("/").text
    assert "No leads yet" in page
    assert "http://localhost/leads" in page
    assert "<svg" not in page


def test_it_says_what_is_wrong(place: Place) -> None:
    place.arrives()
    assert "What is wrong" not in opened(place).get("/").text
    page = opened(place, "Replies can't be read <today>.").get("/").text
    assert "Replies can&#39;t be read &lt;today&gt;." in page


def test_many_who_wait_are_behind_a_summary_and_all_are_counted(place: Place) -> None:
    for number in range(60):
        lead = place.arrives(f"p{number}@example.org", name=f"Person {number}")
        place.types(lead, "status", "Maybe")
    page = opened(place).get("/").text
    assert "Waiting for you: 60" in page
    assert "54 more, who came later" in page
    assert page.count('<p class="who">') == 50
    assert "All 60, in the list of leads" in page


def test_hostile_words_stay_words_and_nothing_needs_a_style_or_a_script(place: Place) -> None:
    lead = place.arrives(name=HOSTILE, source=HOSTILE, phone=HOSTILE)
    place.types(lead, "status", HOSTILE[:60])
    answer = opened(place).get("/")
    assert answer.status_code == 200
    assert "<script" not in answer.text
    assert "style=" not in answer.text
    assert "\u202e" not in answer.text
    assert "style-src 'self'" in answer.headers["Content-Security-Policy"]


def test_every_chart_has_its_numbers_as_a_table(place: Place) -> None:
    place.sends(place.arrives(source="ads"))
    page = opened(place).get("/").text
    drawings = re.findall(r"<svg.*?</svg>", page, re.DOTALL)
    tables = re.findall(r"<table>.*?</table>", page, re.DOTALL)
    assert len(drawings) == len(tables) == 4
    for one in drawings:
        ElementTree.fromstring(one)
    assert "What the numbers say" in page
    assert re.search(r"23 Mar</th>\s*<td class=\"number\">1</td>", tables[0])


def test_the_door_is_before_it(place: Place) -> None:
    answer = opened(place, password="secret", takes_loopback=False).get("/")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/login?next=%2F")


# How old the numbers may be


def kept(place: Place) -> dict[str, Any]:
    with place.ledger.reading() as book:
        found: dict[str, Any] = json.loads(book.get(state.SCREEN))
    return found


def took(place: Place, seconds: float) -> None:
    with place.ledger.writing() as book:
        book.put(state.SCREEN, json.dumps({**json.loads(book.get(state.SCREEN)), "took": seconds}))


@BOTH
def test_what_took_long_to_count_is_shown_a_while_and_says_of_which_moment_it_is(place: Place) -> None:
    place.arrives()
    client = opened(place)
    client.get("/")
    took(place, 2.0)
    place.arrives("second@example.org")
    place.passes(seconds=19)
    page = client.get("/").text
    assert "as of Tue 24 Mar 2026, 10:00 (Europe/Berlin)" in page
    assert figure(page, "Leads this week") == "1"
    place.passes(seconds=2)
    assert figure(client.get("/").text, "Leads this week") == "2"


def test_with_nothing_happening_nothing_is_counted_for_ten_minutes(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    place.arrives()
    client = opened(place)
    client.get("/")
    counted: list[object] = []
    anew = figures.count_anew
    monkeypatch.setattr(figures, "count_anew", lambda *args: counted.append(args) or anew(*args))
    place.passes(minutes=9)
    client.get("/")
    assert counted == []
    place.passes(minutes=2)
    client.get("/")
    assert len(counted) == 1


def test_a_clock_that_went_back_counts_anew(place: Place) -> None:
    place.arrives()
    opened(place).get("/")
    place.now -= timedelta(hours=1)
    assert "as of Tue 24 Mar 2026, 09:00" in opened(place).get("/").text


def test_whoever_is_forgotten_is_not_in_what_is_kept(place: Place) -> None:
    lead = place.arrives("ada@example.org", name="Ada Forgotten")
    place.types(lead, "status", "Maybe")
    opened(place).get("/")
    assert "Ada Forgotten" in str(kept(place))
    with place.ledger.writing() as book:
        forget(book, "ada@example.org", place.now)
        assert book.get(state.SCREEN) == ""
    assert "Ada Forgotten" not in opened(place).get("/").text


# Drawings


@pytest.mark.parametrize("is_lying", [True, False])
@pytest.mark.parametrize("is_stacked", [True, False])
def test_bars_stay_inside_and_their_lengths_go_with_the_numbers(is_lying: bool, is_stacked: bool) -> None:
    bars = tuple(Bar(f"bar {number}", (number * 10, number, 0)) for number in range(6))
    chart = Chart("a", "b", ("x", "y", "z"), bars, is_stacked and not is_lying, is_lying)
    drawing = draw(chart)
    for rect in drawing.rects:
        assert 0 <= rect.x <= rect.x + rect.width <= WIDTH
        assert 0 <= rect.y <= rect.y + rect.height <= drawing.height
    lengths = [rect.width if is_lying else rect.height for rect in drawing.rects if rect.series == 0]
    assert len(lengths) == 5, "nothing is drawn for none"
    assert lengths == pytest.approx([lengths[0] * number for number in range(1, 6)], abs=0.5)
