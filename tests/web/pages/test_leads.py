"""The list of leads: searched, filtered, sorted, on both databases, and what it says if there is none."""

import html
import re
from typing import Any

import pytest
from flask.testing import FlaskClient

from sheetflow.errors import LedgerUnavailable
from sheetflow.ledger.listing import Wanted, census, find
from sheetflow.ledger.settling import settle
from sheetflow.web.pages.leads import LeadList
from sheetflow.workflow.events import Event, Kind
from tests.web.pages.site import open_site
from tests.web.place import BOTH, Place


def opened(place: Place, **more: Any) -> FlaskClient:
    return open_site(place, [LeadList(place.ledger, has_tokens=True).blueprint()], **more)


def names(page: str) -> list[str]:
    """Of the leads that a page lists, in order."""
    return re.findall(r'<a href="/leads/L-\w+"><bdi>(.*?)</bdi>', page)


def some(place: Place) -> dict[str, str]:
    """A few leads that have come one after the other."""
    found = {}
    for name, more in {
        "Ada": {"message": "A wedding in May", "phone": "+44 7700 900123"},
        "Özil Müller": {"location": "Köln", "service": "Porträt"},
        "bela": {"details": (("Budget", "100% of 5_000"),)},
        "Zoe": {"source": "facebook"},
    }.items():
        place.passes(minutes=1)
        found[name] = place.arrives(f"{len(found)}@example.org", **{"name": name, "phone": "", **more})
    return found


@BOTH
def test_the_newest_come_first_and_other_orders_are_there(place: Place) -> None:
    ids = some(place)
    place.sends(ids["bela"])
    client = opened(place)
    assert names(client.get("/leads").text) == ["Zoe", "bela", "Özil Müller", "Ada"]
    assert names(client.get("/leads?sort=oldest").text) == ["Ada", "Özil Müller", "bela", "Zoe"]
    assert names(client.get("/leads?sort=name").text)[:3] == ["Ada", "bela", "Zoe"]
    # Three are due at once, and one in two days.
    assert names(client.get("/leads?sort=next").text)[-1] == "bela"
    assert names(client.get("/leads?sort=nonsense&page=-3").text)[0] == "Zoe"


def test_each_is_listed_with_what_is_wanted(place: Place) -> None:
    some(place)
    wants = re.findall(r'what"><bdi>(.*?)</bdi>', opened(place).get("/leads?sort=oldest").text)
    assert wants[:2] == ["A wedding in May", "Porträt"]


@BOTH
@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("ada", ["Ada"]),
        ("WEDDING may", ["Ada"]),
        ("wedding köln", []),
        ("müller", ["Özil Müller"]),
        ("MÜLLER", ["Özil Müller"]),
        ("özil", ["Özil Müller"]),
        ("porträt KÖLN", ["Özil Müller"]),
        ("07700 900123", ["Ada"]),
        ("2@example.org", ["bela"]),
        ("100%", ["bela"]),
        ("5_000", ["bela"]),
        ("%", ["bela"]),
        ("facebook", ["Zoe"]),
        ("nobody", []),
        ("'; DROP TABLE", []),
        ("\\", []),
    ],
)
def test_people_are_found_by_any_word_however_it_is_written(
    place: Place, search: str, found: list[str]
) -> None:
    some(place)
    answer = opened(place).get("/leads", query_string={"q": search})
    assert names(answer.text) == found
    assert ("No lead matches" in answer.text) is not bool(found)
    assert ("1 lead matches." in answer.text) is (len(found) == 1)


def test_filters_know_groups_statuses_owners_and_the_business_s_own_words(place: Place) -> None:
    ids = some(place)
    place.workflow = type(place.workflow)(**{**vars(place.workflow), "statuses": {"verkauft": "Won"}})
    place.ledger.workflow = place.workflow
    place.types(ids["Ada"], "status", "Verkauft")
    place.types(ids["bela"], "status", "whatever")
    place.types(ids["Zoe"], "status", "Lost")
    place.types(ids["Zoe"], "owner", "Kim")
    client = opened(place)

    def listed(**asked: str) -> list[str]:
        return names(client.get("/leads", query_string=asked).text)

    assert listed(status="Won") == ["Ada"]
    assert listed(status="won ") == ["Ada"]
    assert listed(status="done") == ["Zoe", "Ada"]
    assert listed(status="needs-me") == ["bela"]
    assert listed(status="waiting") == ["Özil Müller"]
    assert listed(status="no such status") == ["bela"]  # the words that nobody knows
    assert (listed(owner="Kim"), listed(owner="-", status="done")) == (["Zoe"], ["Ada"])
    page = client.get("/leads").text
    assert re.findall(r'class="count">(\d+)', page) == ["4", "1", "1", "0", "2"]


@BOTH
def test_needs_me_is_who_waits_for_a_person_everywhere(place: Place) -> None:
    ids = some(place)
    place.sends(ids["bela"])
    place.types(ids["Ada"], "status", "whatever")
    place.types(ids["Özil Müller"], "status", "Bounced")
    for name, kind in (("Zoe", Kind.REPLIED), ("bela", Kind.SLA_MISSED)):
        with place.ledger.writing() as book:
            book.record([Event(place.now, ids[name], kind, f"{kind}:{name}", detail="Kim")])
            settle(book, [ids[name]], place.now)
    with place.ledger.reading() as book:
        needy = {one.name for one in book.counted() if one.needs_person}
    page = opened(place).get("/leads?status=needs-me").text
    assert set(names(page)) == needy == {"Ada", "bela", "Zoe", "Özil Müller"}
    assert re.findall(r'class="count">(\d+)', page)[:2] == ["4", "4"]


def test_a_deleted_row_is_not_listed(place: Place) -> None:
    ids = some(place)
    with place.ledger.writing() as book:
        book.change(ids["Ada"], {"place": "gone"})
    page = opened(place).get("/leads").text
    assert "Ada" not in names(page)
    assert "1 to 3 of 3" in page


def test_a_long_list_comes_in_parts(place: Place) -> None:
    for number in range(5):
        place.arrives(f"{number}@example.org", name=f"N{number}")
    with place.ledger.reading() as book:
        parts = [find(book, Wanted(size=2, page=page), census(book)) for page in (1, 3, 9)]
    assert [[row["name"] for row in part.rows] for part in parts] == [["N4", "N3"], ["N0"], ["N4", "N3"]]
    assert [(part.total, part.page) for part in parts] == [(5, 1), (5, 3), (5, 1)]


def test_without_leads_the_page_says_the_next_step(place: Place) -> None:
    page = opened(place).get("/leads", headers={"Host": "127.0.0.1:8000"}).text
    assert "No leads yet" in page
    lines = html.unescape(page.partition("<pre")[2].partition("</pre>")[0]).partition(">")[2].splitlines()
    assert lines[0] == "curl http://127.0.0.1:8000/leads \\"
    assert (len(lines), lines[1].strip()) == (4, "-H 'Authorization: Bearer TOKEN' \\")
    assert 'href="/leads/new"' in page


@pytest.mark.parametrize("hostile", ["<script>alert(1)</script>", '"><img src=x>', "\u202eevil", "x" * 500])
def test_what_a_lead_wrote_is_shown_and_does_nothing(place: Place, hostile: str) -> None:
    fields = dict.fromkeys(("name", "service", "source", "location", "message", "phone"), hostile)
    place.arrives("lea@example.org", **fields)
    page = opened(place).get("/leads", query_string={"q": hostile[:20], "owner": "", "sort": hostile}).text
    assert not re.search(r"<script|<img", page)
    assert len(names(page)) == 1


def test_a_page_says_so_while_the_ledger_is_away(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    client = opened(place)

    def away() -> None:
        raise LedgerUnavailable("secret host")

    monkeypatch.setattr(place.ledger, "reading", away)
    answer = client.get("/leads")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "30")
    assert "can&#39;t be reached just now" in answer.text
    assert "secret host" not in answer.text


def test_preflights_of_the_hook_are_answered_as_before(place: Place) -> None:
    asks = {"Origin": "https://x.example", "Access-Control-Request-Method": "POST"}
    assert opened(place).options("/leads", headers=asks).status_code == 204
