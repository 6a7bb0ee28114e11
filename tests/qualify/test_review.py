"""With `[ai] review` an opening leaves only if a person read it, and the answer waits for minutes at most."""

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from sheetflow.errors import ConfigError
from sheetflow.jobs.run import run_job
from sheetflow.wiring import build, build_app, read_settings
from sheetflow.workflow.brakes import Brakes
from sheetflow.workflow.events import Kind
from sheetflow.workflow.plan import plan
from tests.fakes.smtp import FakeSmtp
from tests.qualify.office import site
from tests.qualify.test_adviser import GOOD, good
from tests.qualify.test_wired import environment, mails_to, wait_for

# Nobody is at work, and the minutes count all the same.
SATURDAY = datetime(2026, 3, 28, 21, 40, tzinfo=ZoneInfo("America/New_York")).astimezone(UTC)
MESSAGE = "We want the washroom new, how do you do that?"
WAITS = (
    "First response waits for Kim to read its opening; without that it goes out on Sat 28 Mar 2026, 21:45."
)


class Reviewed:
    """A business wired as in production, whose clock is turned; its web process may die."""

    def __init__(self, folder, server, model, **more):
        with (folder / "config" / "sheetflow.toml").open("a") as file:
            file.write("\n[ai]\nreview = true\n")
        ai = {"SHEETFLOW_AI_URL": f"http://{model}/v1", "SHEETFLOW_AI_MODEL": "m"}
        self.settings = read_settings({**environment(server, **ai), **more}, folder)
        self.now, self.server, self.wired = SATURDAY, server, []

    def wire(self):
        self.wired.append(build(self.settings, clock=lambda: self.now, sleep=lambda _: None))
        return self.wired[-1]

    def opens(self):
        self.client = build_app(self.wire(), takes_loopback=False).test_client()

    def asks(self, **more):
        lead = {"email": "lea@example.org", "name": "Lea", "message": MESSAGE, **more}
        self.client.post("/leads?token=token", json=lead)

    def link(self, label):
        [notice] = wait_for(lambda: mails_to(self.server, "kim@example.com"))
        text = notice.get_body(("plain",)).get_content()
        return re.search(rf"{label}: https://leads\.example\.com(/o/\S+)", text)[1]

    def letters(self):
        """What Lea got, each without its line ends."""
        texts = [mail.get_body(("plain",)) for mail in mails_to(self.server, "lea@example.org")]
        return [" ".join(text.get_content().split()) for text in texts]

    def job(self):
        return run_job(self.wire().ports)

    def row(self):
        with self.wired[0].ports.ledger.reading() as book:
            [row] = book.rows()
            return row

    def events(self, kind):
        with self.wired[0].ports.ledger.reading() as book:
            [events] = book.events([self.row()["id"]]).values()
            return [event for event in events if event.kind is kind]


@pytest.fixture
def business(folder):
    with FakeSmtp() as server, site(lambda body: (200, good())) as (model, _):
        made = Reviewed(folder, server, model)
        made.opens()
        yield made
        for wired in made.wired:
            wired.close()


def test_the_owner_reads_the_whole_answer_before_it_leaves_and_sends_it_as_it_is(business):
    business.asks()
    link = business.link("Send as it is")
    [notice] = mails_to(business.server, "kim@example.com")
    text = notice.get_body(("plain",)).get_content()
    assert GOOD["opening"] in " ".join(text.split())
    assert "waits for you until Sat 28 Mar, 21:45; then it leaves without that opening." in text
    assert "Your enquiry about Bathroom" in text
    assert business.row()["why"] == WAITS
    assert business.letters() == []
    page = business.client.get(link)
    assert GOOD["opening"] in page.text
    assert business.letters() == []
    business.now += timedelta(minutes=2)
    assert "Done" in business.client.post(link).text
    [letter] = wait_for(business.letters)
    assert GOOD["opening"] in letter
    wait_for(lambda: business.row()["first_response"] == 2.0)
    assert business.row()["owner_response"] is None  # who reads a draft hasn't spoken to the lead


def test_the_owner_sends_it_without(business):
    business.asks()
    assert "Done" in business.client.post(business.link("Send without the opening")).text
    [letter] = wait_for(business.letters)
    assert GOOD["opening"] not in letter
    [*_, read] = business.events(Kind.QUALIFIED)
    assert read.detail.endswith("250 tokens; Kim: Send without the opening")


def test_what_nobody_reads_leaves_alone_by_the_next_job_though_the_web_process_died(business):
    business.asks()
    link = business.link("Send as it is")
    business.now = SATURDAY + timedelta(minutes=4, seconds=59)
    business.job()
    assert business.letters() == []
    business.now = SATURDAY + timedelta(minutes=5)
    business.job()
    [letter] = business.letters()
    assert GOOD["opening"] not in letter
    late = business.client.post(link).text
    assert "Nothing was changed now." in late
    assert "The first response left on Sat 28 Mar 2026, 21:45." in late
    assert "Nothing was changed now." in business.client.get(link).text
    assert len(business.letters()) == 1


def test_the_web_process_itself_sends_it_when_the_time_is_up(business):
    business.asks()
    business.link("Send as it is")
    business.now = SATURDAY + timedelta(minutes=5)
    business.asks(email="another@example.org")  # wakes it, as its own waiting would
    [letter] = wait_for(business.letters)
    assert GOOD["opening"] not in letter


def test_two_who_press_differently_are_one_answer(business):
    business.asks()
    links = [business.link(label) for label in ("Send without the opening", "Send as it is")]
    first, second = (business.client.post(link).text for link in links)
    assert "Done" in first
    assert "Nothing was changed now." in second
    assert "Kim pressed “Send without the opening”" in second
    [letter] = wait_for(business.letters)
    assert GOOD["opening"] not in letter


def test_taking_the_lead_sends_nothing_at_all(business):
    business.asks()
    business.client.post(business.link("I’ve got it"))
    business.now = SATURDAY + timedelta(minutes=5)
    business.job()
    assert business.letters() == []
    assert business.row()["status"] == "In conversation"


def test_a_clock_that_was_set_back_makes_nobody_wait(business):
    business.asks()
    business.link("Send as it is")
    business.now = SATURDAY - timedelta(hours=1)
    business.job()
    assert len(business.letters()) == 1


def test_the_plan_knows_of_the_wait(business):
    business.asks()
    business.link("Send as it is")
    ports = business.wired[0].ports
    with ports.ledger.reading() as book:
        cases = list(book.cases([business.row()["id"]]))
    first, *_ = plan(cases, [], ports.workflow, business.now, business.now + timedelta(days=1), Brakes("ON"))
    assert (first.action, first.step, f"{first.at:%H:%M}") == ("send", "first_response", "21:45")


def test_leads_without_an_opening_wait_for_nobody(folder):
    with FakeSmtp() as server, site(lambda body: (200, good(opening=""))) as (model, _):
        business = Reviewed(folder, server, model)
        business.opens()
        business.asks()
        assert len(wait_for(business.letters)) == 1
        business.wired[0].close()


def test_review_without_buttons_is_refused_with_what_to_set(folder):
    with FakeSmtp() as server:
        business = Reviewed(folder, server, "127.0.0.1:1", SHEETFLOW_BASE_URL="")
        with pytest.raises(ConfigError, match=r"review=true: .*SHEETFLOW_BASE_URL"):
            business.wire()
