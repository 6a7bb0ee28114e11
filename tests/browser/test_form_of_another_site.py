"""A form on another site in a real browser: by fetch, and as a plain form."""

import re

import pytest

from sheetflow.web.server import serve
from sheetflow.workflow.sequence import Form
from tests.browser.conftest import Site
from tests.conftest import need
from tests.fakes.browser import visiting
from tests.web.place import Place

pytestmark = pytest.mark.needs_chromium

FETCH = """<!DOCTYPE html><title>Contact</title><p id="said">waiting</p><script>
fetch("HOOK", {method: "POST",
  headers: {"Content-Type": "application/json", "X-Sheetflow-Token": "in-the-page"},
  body: JSON.stringify({name: "Lea Lead", email: "lea@example.org", message: "Hello"})})
 .then(answer => answer.json())
 .then(told => { document.getElementById("said").textContent = "told: " + told.status; })
 .catch(error => { document.getElementById("said").textContent = "refused: " + error; });
</script>"""
PLAIN = """<!DOCTYPE html><title>Contact</title>
<form id="form" method="post" action="HOOK?token=in-the-page">
<input name="name" value="Lea Lead"><input name="email" value="lea@example.org">
<input name="_gotcha" value="" hidden><button>Send</button></form>
<script>document.getElementById("form").submit();</script>"""

ANSWERED = re.compile("told: |refused: |Thank you")


def visit(place: Place, site: Site, page: str, *origins: str) -> str:
    app = place.app(tokens={"public-site": ("in-the-page",)}, form=Form(origins=origins))
    server = serve(app, 0)
    try:
        site.page = page.replace("HOOK", f"http://127.0.0.1:{server.socket.getsockname()[1]}/leads/website")
        with visiting(need("chromium")) as browser:
            opened = browser.new_page()
            opened.goto(site.origin, wait_until="commit")  # the plain form goes on while it loads
            opened.get_by_text(ANSWERED).first.wait_for()
            return opened.inner_text("body")
    finally:
        server.shutdown()


def test_a_script_of_an_origin_that_is_allowed_posts_and_reads_the_answer(place: Place, site: Site) -> None:
    assert "told: accepted" in visit(place, site, FETCH, site.origin)
    assert [row["source"] for row in place.rows()] == ["website"]


def test_a_script_of_any_other_origin_sends_nothing(place: Place, site: Site) -> None:
    assert "refused: " in visit(place, site, FETCH, "https://www.example.com")
    assert place.rows() == []


def test_a_plain_form_thanks_the_person_who_sent_it(place: Place, site: Site) -> None:
    seen = visit(place, site, PLAIN)
    assert "Thank you" in seen
    [row] = place.rows()
    assert (row["name"], row["email"], row["details"]) == ("Lea Lead", "lea@example.org", "")
