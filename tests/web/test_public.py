"""Pages of other sites post leads: what their scripts may read, who is answered, what a person sees."""

import pytest

from sheetflow.workflow import statuses
from sheetflow.workflow.sequence import Form
from tests.web.place import Place

SITE = "https://www.example.com"
FORM = Form(origins=(SITE,))
TOKENS = {"public-site": ("in-the-page",), "zapier": ("kept-to-itself",)}
IN_PAGE, KEPT = {"X-Sheetflow-Token": "in-the-page"}, {"X-Sheetflow-Token": "kept-to-itself"}
BROWSER = {"Accept": "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8"}


def lead(number: int = 1, **more: object) -> dict[str, object]:
    return {"name": "Lea Lead", "email": f"lea{number}@example.org", "message": f"Hello {number}", **more}


def test_a_browser_may_post_from_the_origins_of_the_business_and_from_no_other(place: Place) -> None:
    client = place.open(tokens=TOKENS, form=FORM)
    asked = client.options("/leads", headers={"Origin": SITE, "Access-Control-Request-Method": "POST"})
    assert asked.status_code == 204
    assert asked.headers["Access-Control-Allow-Origin"] == SITE
    assert "X-Sheetflow-Token" in asked.headers["Access-Control-Allow-Headers"]
    posted = client.post("/leads", json=lead(), headers={**IN_PAGE, "Origin": SITE})
    assert (posted.status_code, posted.headers["Access-Control-Allow-Origin"]) == (200, SITE)
    for origin in ("https://evil.example", "null", f"{SITE}.evil.example", ""):
        asking = {"Origin": origin, "Access-Control-Request-Method": "POST"}
        asked = client.options("/leads", headers=asking)
        assert "Access-Control-Allow-Origin" not in asked.headers


def test_an_error_can_be_read_by_the_page_too(place: Place) -> None:
    client = place.open(tokens=TOKENS, form=FORM)
    refused = client.post("/leads", json=lead(), headers={"Origin": SITE, "X-Sheetflow-Token": "wrong"})
    assert (refused.status_code, refused.headers["Access-Control-Allow-Origin"]) == (401, SITE)


def test_leads_with_a_token_that_is_kept_are_never_counted(place: Place) -> None:
    client = place.open(tokens=TOKENS, form=FORM)
    for number in range(120):
        assert client.post("/leads", json=lead(number), headers=KEPT).status_code == 200
    assert {row["status"] for row in place.rows()} == {statuses.NEW}


def test_from_the_sixth_lead_of_an_address_on_nobody_is_answered_and_above_a_hundred_none_is_taken(
    place: Place,
) -> None:
    client = place.open(tokens=TOKENS, form=FORM)
    answers = [client.post("/leads", json=lead(number), headers=IN_PAGE) for number in range(101)]
    told = [answer.get_json().get("status") for answer in answers]
    assert told == ["accepted"] * 5 + ["needs_review"] * 95 + [429]
    assert answers[-1].headers["Retry-After"] == "3600"
    other = client.post("/leads", json=lead(999), headers=IN_PAGE, environ_base={"REMOTE_ADDR": "192.0.2.9"})
    assert other.get_json()["status"] == "accepted"


def test_behind_a_proxy_the_visitor_is_whom_the_proxy_names(place: Place) -> None:
    client = place.open(tokens=TOKENS, form=FORM, proxies=1)
    for number in range(8):
        forged = {**IN_PAGE, "X-Forwarded-For": f"198.51.100.{number}, 192.0.2.7"}
        answer = client.post("/leads", json=lead(number), headers=forged)
    assert answer.get_json()["status"] == "needs_review"
    other = {**IN_PAGE, "X-Forwarded-For": "192.0.2.7, 192.0.2.8"}
    assert client.post("/leads", json=lead(99), headers=other).get_json()["status"] == "accepted"


def test_without_a_trusted_proxy_what_a_header_says_counts_for_nothing(place: Place) -> None:
    client = place.open(tokens=TOKENS, form=FORM)
    for number in range(6):
        named = {**IN_PAGE, "X-Forwarded-For": f"198.51.100.{number}"}
        answer = client.post("/leads", json=lead(number), headers=named)
    assert answer.get_json()["status"] == "needs_review"


@pytest.mark.parametrize(
    "more",
    [{"_gotcha": "https://spam.example"}, {"_honeypot": "x"}, {"_opened": "NOW"}, {"_opened": "NOW_MS"}],
)
def test_a_filled_trap_or_a_form_sent_at_once_is_kept_for_a_person(
    place: Place, more: dict[str, str]
) -> None:
    now = {"NOW": place.now.timestamp() - 1, "NOW_MS": (place.now.timestamp() - 1) * 1000}
    more = {name: now.get(value, value) for name, value in more.items()}  # type: ignore[misc]
    answer = place.open(tokens=TOKENS, form=FORM).post("/leads", json=lead(**more), headers=IN_PAGE)
    assert answer.get_json()["status"] == "needs_review"
    [row] = place.rows()
    assert "From a public page, and" in str(row["why"])
    assert "_gotcha" not in str(row["details"])


def test_an_untouched_trap_leaves_no_trace(place: Place) -> None:
    opened = place.now.timestamp() - 30
    body = lead(_gotcha="", _opened=opened)
    answer = place.open(tokens=TOKENS, form=FORM).post("/leads", data=body, headers=IN_PAGE)
    assert answer.get_json()["status"] == "accepted"
    assert place.rows()[0]["details"] == ""


def test_a_person_gets_a_page_and_a_program_json(place: Place) -> None:
    client = place.open(tokens=TOKENS, form=FORM)
    page = client.post("/leads?token=in-the-page", data=lead(1), headers=BROWSER)
    assert (page.status_code, page.content_type) == (200, "text/html; charset=utf-8")
    assert place.workflow.business.name.replace("'", "&#39;") in page.get_data(as_text=True)
    assert client.post("/leads", data=lead(2), headers={**KEPT, **BROWSER}).get_json()["ok"]


def test_a_person_goes_on_to_the_page_of_the_business(place: Place) -> None:
    form = Form(thanks="https://www.example.com/thanks")
    page = place.open(tokens=TOKENS, form=form).post("/leads?token=in-the-page", data=lead(), headers=BROWSER)
    assert (page.status_code, page.headers["Location"]) == (303, "https://www.example.com/thanks")
