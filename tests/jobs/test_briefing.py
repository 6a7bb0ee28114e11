"""What the owner is told in the morning, on Monday and when something breaks: once, whatever happens."""

import json
import re
import shutil
import threading
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from email import message_from_bytes, policy

import pytest

from sheetflow.channels import Channels
from sheetflow.errors import SheetUnavailable
from sheetflow.jobs.briefing import Briefing
from sheetflow.jobs.nosheet import NoSheet
from sheetflow.jobs.respond import Responder
from sheetflow.jobs.run import run_job
from sheetflow.ledger import state
from sheetflow.ledger.arrivals import store
from sheetflow.ledger.settling import settle
from sheetflow.mail.bulletins import OwnerBulletins
from sheetflow.mail.outbox import OutboxTransport
from sheetflow.wiring import build, read_settings
from sheetflow.workflow.enquiry import Enquiry
from sheetflow.workflow.events import Event, Kind, iso
from tests.contracts.sites import postgresql_site
from tests.fakes.imap import FakeImap
from tests.fakes.smtp import LOSE
from tests.jobs.world import CONFIG, WORKFLOW, World
from tests.qualify.office import site
from tests.qualify.shop import at
from tests.qualify.test_notify import HOSTILE

FRIDAY, MONDAY, TUESDAY = "2026-03-20", "2026-03-23", "2026-03-24"
NEXT_MONDAY = "2026-03-30"  # after the night in which the clock went forward
OWNER = WORKFLOW.business.email
HOME = "https://docs.example.com/sheet"


@dataclass
class Owned:
    """A business whose ledger is some days old, and one process that briefs its owner."""

    world: World
    urls: tuple[str, ...] = ()
    transport: object = None
    process: Briefing | None = field(default=None)

    def another_process(self) -> Briefing:
        ports = self.world.ports
        if self.transport:
            ports = replace(ports, transport=self.transport)
        desk = OwnerBulletins(self.world.server.user)
        return Briefing(ports, Channels(), desk, self.urls, lambda lead_id: f"{HOME}#{lead_id}", HOME)

    def week(self, day: str, clock: str = "09:00"):
        """The process looks; the digest that it sent, if it did."""
        self.look(day, clock)
        return [mail for mail in self.sent if "the week before" in str(mail["Subject"])]

    def look(self, day: str = "", clock: str = "09:00"):
        """The process looks; what the owner has got since the last look, without the digest."""
        if day:
            self.world.now = at(f"{day} {clock}")
        self.process = self.process or self.another_process()
        before = len(self.mails)
        self.again = self.process.tell()
        return self._since(before)

    def job(self, day: str, clock: str = "10:00"):
        self.world.now = at(f"{day} {clock}")
        self.process = self.process or self.another_process()
        before = len(self.mails)
        run_job(replace(self.world.ports, brief=self.process.tell))
        return self._since(before)

    def _since(self, before: int):
        self.sent = self.mails[before:]
        return [mail for mail in self.sent if "the week before" not in str(mail["Subject"])]

    @property
    def mails(self):
        taken = [one for one in self.world.server.messages if OWNER in one.rcpt_to]
        return [message_from_bytes(one.data, policy=policy.default) for one in taken]

    def replies(self, lead_id: str) -> None:
        self.world.types(lead_id, "status", "Replied")

    def kept(self, name: str) -> str:
        return self.world.state.get(name, "")


@pytest.fixture
def owned(world: World) -> Owned:
    world.now = at("2026-03-10 10:00")
    with world.ledger.reading():
        pass  # it is made then
    world.now = at(f"{TUESDAY} 09:00")
    world.remembers(state.BRIEFS, json.dumps({"digest": {"for": MONDAY}}))
    return Owned(world)


def subjects(mails) -> list[str]:
    return [str(mail["Subject"]) for mail in mails]


def body(mail, kind: str = "plain") -> str:
    return mail.get_body((kind,)).get_content()


# The morning


def test_the_morning_list_says_who_needs_a_person_the_oldest_first(owned: Owned) -> None:
    owned.world.now = at(f"{FRIDAY} 13:05")
    first = owned.world.arrives(
        "dana@example.org", name="Dana Field", phone="+1 617 555 0142", service="Bath"
    )
    with owned.world.ledger.writing() as book:
        words = "Yes,\nplease ring http://evil.example"
        book.record([Event(owned.world.now, first, Kind.REPLIED, "reply", detail=words)])
        settle(book, [first], owned.world.now)
    owned.world.now = at(f"{MONDAY} 18:00")
    second = owned.world.arrives("", name="Lee", message="Call me", phone="555 0142 or 0143")
    owned.job(MONDAY, "18:01")
    [mail] = owned.look(TUESDAY, "09:00")
    assert mail["Subject"] == "2 leads need you today"
    assert mail["To"].addresses[0].addr_spec == OWNER
    text = body(mail)
    assert text.index("1. Dana Field, Bath") < text.index("2. Lee")
    assert "Waiting since Fri 20 Mar, 13:05 (4 days)" in text
    for shown in (text, body(mail, "html")):
        assert "“Yes, please ring http ://evil .example”" in shown
    assert "No e-mail address" in text
    assert f"{HOME}#{second}" in text
    assert 'href="tel:+16175550142"' in body(mail, "html")
    assert ("555 0142 or 0143" in body(mail, "html"), body(mail, "html").count("tel:")) == (True, 1)


def test_nothing_is_mailed_if_nobody_needs_a_person(owned: Owned) -> None:
    owned.world.arrives("lea@example.org")
    assert owned.look(TUESDAY) == []
    # What comes later in the day isn't this morning's.
    owned.replies(owned.world.arrives("max@example.org"))
    assert owned.look(TUESDAY, "11:00") == []


@pytest.mark.parametrize(
    ("day", "clock", "count"),
    [
        (TUESDAY, "08:59", 0),
        (TUESDAY, "09:00", 1),
        (TUESDAY, "16:59", 1),
        (TUESDAY, "17:00", 0),
        ("2026-03-28", "10:00", 0),  # a Saturday
        ("2026-03-30", "08:59", 0),  # Monday after the clock went forward: 9 is an hour earlier
        ("2026-03-30", "09:00", 1),
    ],
)
def test_it_comes_when_the_business_opens_and_not_while_it_is_closed(
    owned: Owned, day: str, clock: str, count: int
) -> None:
    owned.replies(owned.world.arrives())
    found = owned.look(day, clock)
    assert len([one for one in subjects(found) if "today" in one]) == count


def test_a_process_that_waits_wakes_when_the_business_opens(owned: Owned) -> None:
    owned.look(TUESDAY, "08:58")
    assert owned.again == at(f"{TUESDAY} 09:00")


def test_each_day_has_its_list_and_each_list_leaves_once(owned: Owned) -> None:
    owned.replies(owned.world.arrives())
    assert subjects(owned.look(TUESDAY, "09:00")) == ["1 lead needs you today"]
    owned.process = None  # a restart
    assert owned.look(TUESDAY, "09:05") == []
    assert subjects(owned.look("2026-03-25", "09:00")) == ["1 lead needs you today"]


def at_once(*processes: Briefing) -> None:
    threads = [threading.Thread(target=process.tell) for process in processes]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_many_processes_at_once_send_one_list(owned: Owned) -> None:
    owned.replies(owned.world.arrives())
    at_once(*(owned.another_process() for _ in range(6)))
    assert subjects(owned.mails) == ["1 lead needs you today"]


@pytest.mark.needs_postgresql
def test_many_machines_with_one_postgresql_send_one_of_each(
    world: World, mailbox: FakeImap, postgresql_url: str
) -> None:
    world.url = postgresql_site(postgresql_url).url
    world.now = at("2026-03-10 10:00")
    held = world.arrives("")
    world.now = at(f"{TUESDAY} 09:00")
    mailbox.is_down = True
    world.job()
    machines = [replace(world, opened=None) for _ in range(4)]
    at_once(*(Owned(machine).another_process() for machine in machines))
    for machine in machines:
        machine.ledger.close()
    told = Owned(world)
    assert sorted(subjects(told.mails)) == [
        "1 lead needs you today",
        "No leads last week, 1 the week before",
        "Replies can't be read",
    ]
    assert held in "".join(map(body, told.mails))


def test_a_crash_between_claim_and_mail_loses_the_list_and_repeats_none(
    owned: Owned, monkeypatch: pytest.MonkeyPatch
) -> None:
    owned.replies(owned.world.arrives())

    def dies(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("sheetflow.jobs.briefing.deliver", dies)
        with pytest.raises(KeyboardInterrupt):
            owned.look(TUESDAY, "09:00")
    owned.process = None
    assert owned.look(TUESDAY, "09:30") == []


def test_a_list_that_was_refused_is_tried_again_and_one_that_may_have_left_is_not(owned: Owned) -> None:
    owned.replies(owned.world.arrives())
    owned.world.server.answers = lambda stage, _: "451 4.3.0 Later" if stage == "rcpt" else None
    assert owned.look(TUESDAY, "09:00") == []
    assert owned.look(TUESDAY, "09:04") == []
    owned.world.server.answers = lambda stage, _: LOSE if stage == "end" else None
    owned.look(TUESDAY, "09:05")
    owned.world.server.answers = lambda *_: None
    assert owned.look(TUESDAY, "09:30") == []
    assert owned.world.server.count("end") == 1


def test_after_three_refusals_the_day_goes_by_without_a_list(owned: Owned) -> None:
    owned.replies(owned.world.arrives())
    owned.world.server.answers = lambda stage, _: "451 4.3.0 Later" if stage == "rcpt" else None
    owned.world.remembers(state.LAST_JOB, iso(at(f"{TUESDAY} 10:00")))
    for minute in range(0, 30, 5):
        owned.look(TUESDAY, f"10:{minute:02}")
    assert owned.world.server.count("rcpt") == 3


def test_on_its_first_day_a_ledger_has_no_morning(world: World) -> None:
    owned = Owned(world)
    owned.replies(world.arrives())
    assert owned.look(TUESDAY, "10:00") == []
    assert subjects(owned.look("2026-03-25", "09:00")) == ["1 lead needs you today"]


def test_it_is_no_lead_mail_and_yet_keeps_the_pace(owned: Owned) -> None:
    owned.world.configure(pause=7.0, daily_limit=1)
    owned.replies(owned.world.arrives())
    lead_id = owned.world.arrives("new@example.org")
    owned.world.respond(lead_id)
    assert owned.world.slept == []
    assert len(owned.look()) == 1
    assert owned.world.slept == [pytest.approx(7.0, abs=0.1)]
    with owned.world.ledger.reading() as book:
        assert len(book.sent_since(at(f"{MONDAY} 09:00"))) == 1


def test_a_hundred_leads_are_twenty_and_a_number(owned: Owned) -> None:
    for number in range(100):
        owned.replies(owned.world.arrives(f"lead{number}@example.org"))
    [mail] = owned.look(TUESDAY)
    assert mail["Subject"] == "100 leads need you today"
    assert "And 80 more, which came later." in body(mail)
    assert f"See everything: {HOME}" in body(mail)


def test_without_an_account_it_lies_in_the_outbox(owned: Owned, tmp_path) -> None:
    owned.transport = OutboxTransport(tmp_path / "outbox")
    owned.replies(owned.world.arrives())
    owned.look(TUESDAY, "09:00")
    [file] = (tmp_path / "outbox").glob("*.eml")
    assert file.name == "20260324T080000Z-sheetflow-morning.eml"
    assert message_from_bytes(file.read_bytes(), policy=policy.default)["Subject"] == "1 lead needs you today"


@pytest.mark.parametrize("kept", ["name", "service", "urgency", "location", "phone", "owner"])
def test_what_a_lead_wrote_does_nothing_in_it(owned: Owned, kept: str) -> None:
    owned.replies(owned.world.arrives(**{kept: HOSTILE} if kept != "owner" else {}))
    if kept == "owner":
        owned.world.types(owned.world.rows()[0].id, "owner", HOSTILE.splitlines()[0])
    with site() as (host, taken):
        owned.urls = (f"json://{host}/x",)
        [mail] = owned.look(TUESDAY)
    html = body(mail, "html")
    for text in (body(mail), html, taken[0]["message"], taken[0]["title"], str(mail["Subject"])):
        for harmful in ("<img", "@everyone", "<!channel", "](", "http://evil", "https://evil", "\u202e"):
            assert harmful not in text
    links = re.findall(r'<a href="([^"]*)"', html)
    ours = (HOME, "tel:", "mailto:lead@example.org")
    assert [link for link in links if not link.startswith(ours)] == []


# Monday


def test_on_monday_the_week_is_held_against_the_week_before(owned: Owned) -> None:
    for day, count in (("2026-03-16", 3), ("2026-03-29", 2), (NEXT_MONDAY, 1)):
        for number in range(count):
            owned.world.now = at(f"{day} 08:00")
            lead_id = owned.world.arrives(f"{day}-{number}@example.org", source="ads" if number else "site")
            if number == 0:
                owned.world.respond(lead_id)
    [mail] = owned.week(NEXT_MONDAY, "09:00")
    assert mail["Subject"] == "2 leads last week, 3 the week before"
    lines = [" ".join(line.split()) for line in body(mail).splitlines()]
    assert "23 Mar 2026 to 29 Mar 2026; the week before: 16 Mar 2026 to 22 Mar 2026" in lines
    assert lines[lines.index("last week week before") + 1 :][:5] == [
        "received 2 3",
        "contacted 1 1",
        "no first response yet 1 2",
        "from ads 1 2",
        "from site 1 1",
    ]
    assert "messages sent 1 1" in lines
    assert [line for line in lines if re.search(r" [0–]( [0–])?$", line)] == [], (
        "what didn't happen isn't told"
    )
    assert "Nothing waits for you." in lines
    assert owned.week(NEXT_MONDAY, "09:30") == owned.week("2026-03-31", "09:00") == []


def test_the_digest_waits_for_the_first_open_day_of_the_week(owned: Owned) -> None:
    owned.world.arrives()
    monday = date(2026, 3, 30)
    owned.world.use(replace(WORKFLOW, window=replace(WORKFLOW.window, holidays={monday})))
    assert owned.week(NEXT_MONDAY, "10:00") == []
    assert subjects(owned.week("2026-03-31", "09:00")) == ["1 lead last week, none the week before"]


def test_what_a_lead_wrote_does_nothing_in_the_digest(owned: Owned) -> None:
    mean = HOSTILE.splitlines()[0]
    owned.world.now = at("2026-03-25 08:00")
    for number in range(12):
        lead_id = owned.world.arrives(
            f"lead{number}@example.org", name=mean, source=mean if number else "ads"
        )
        owned.world.respond(lead_id)
        owned.world.types(lead_id, "owner", mean)
    owned.world.types(lead_id, "status", "Won")
    with site() as (host, taken):
        owned.urls = (f"json://{host}/x",)
        [mail] = owned.week(NEXT_MONDAY)
    for text in (body(mail), body(mail, "html"), taken[-1]["message"]):
        assert "oldest untouched" in text
        for harmful in ("<img", "@everyone", "<!channel", "](", "https://evil", "\u202e"):
            assert harmful not in text


def test_an_empty_ledger_has_no_digest(owned: Owned) -> None:
    assert owned.week(NEXT_MONDAY, "09:00") == []


# What is broken


class BrokenSheet(NoSheet):
    is_connected = True
    words = "Google Sheets can't be reached; check this machine's connection."

    def look(self, *, whole: bool):
        raise SheetUnavailable(self.words)


def test_a_mailbox_that_cannot_be_read_is_told_once_and_once_more_when_it_works(
    owned: Owned, mailbox
) -> None:
    mailbox.is_down = True
    [mail] = owned.job(TUESDAY, "18:00")
    assert mail["Subject"] == "Replies can't be read"
    assert "No follow-up leaves" in body(mail)
    assert "`python -m sheetflow check`" in body(mail)
    for clock in ("18:10", "18:20", "23:50"):
        assert owned.job(TUESDAY, clock) == []
    mailbox.is_down = False
    assert owned.job("2026-03-25", "03:00") == []
    [mail] = owned.job("2026-03-25", "03:30")
    assert mail["Subject"] == "Replies are read again"
    assert "from Tue 24 Mar 2026, 18:00 to Wed 25 Mar 2026, 03:00" in body(mail)
    assert owned.job("2026-03-25", "03:40") == []


def test_what_fails_again_within_half_an_hour_is_the_same(owned: Owned, mailbox) -> None:
    told = []
    for minute in range(0, 60, 10):
        mailbox.is_down = minute % 20 == 0
        told += owned.job(TUESDAY, f"18:{minute:02}")
    assert subjects(told) == ["Replies can't be read"]


def test_another_reason_is_told_and_another_number_is_not(owned: Owned) -> None:
    owned.world.sheet = sheet = BrokenSheet(owned.world.ledger)
    assert subjects(owned.job(TUESDAY, "18:00")) == ["Something is wrong with the Sheet"]
    sheet.words = "Google Sheets has trouble (error 503); it is tried again by itself."
    assert len(owned.job(TUESDAY, "18:10")) == 1
    sheet.words = "Google Sheets has trouble (error 502); it is tried again by itself."
    assert owned.job(TUESDAY, "18:20") == []
    sheet.words = BrokenSheet.words
    assert owned.job(TUESDAY, "18:30") == []


def test_a_refused_login_is_told_by_channel_and_by_mail_once_it_works(owned: Owned) -> None:
    refused = "535 5.7.8 Username and Password not accepted"
    owned.world.server.answers = lambda stage, _: refused if stage == "auth" else None
    with site() as (host, taken):
        owned.urls = (f"json://{host}/x",)
        owned.world.arrives()
        assert owned.job(TUESDAY, "18:00") == []
        assert [one["title"] for one in taken] == ["The mail server refuses the login"]
        logins = owned.world.server.count("auth")
        owned.look(TUESDAY, "18:05")
        assert owned.world.server.count("auth") == logins  # nobody knocks in vain
    owned.urls = ()
    owned.process = None
    owned.world.server.answers = lambda *_: None
    owned.job(TUESDAY, "18:10")
    assert subjects(owned.job(TUESDAY, "18:50")) == ["The mail server takes the login again"]


def test_without_a_channel_an_outage_of_mail_is_told_when_it_is_over(owned: Owned) -> None:
    blocked = "550 5.4.5 Daily user sending limit exceeded"
    owned.world.server.answers = lambda stage, _: blocked if stage == "rcpt" else None
    owned.world.arrives()
    assert owned.job(TUESDAY, "18:00") == []
    owned.world.server.answers = lambda *_: None
    assert owned.look(TUESDAY, "19:05") == []
    [mail] = owned.look(TUESDAY, "19:40")
    assert mail["Subject"] == "The mail account works again"
    assert "from Tue 24 Mar 2026, 18:00" in body(mail)


def test_a_mail_server_that_is_away_is_told_by_channel(owned: Owned) -> None:
    owned.world.server.answers = lambda stage, _: "421 4.3.2 Shutting down" if stage == "connect" else None
    with site() as (host, taken):
        owned.urls = (f"json://{host}/x",)
        owned.world.arrives()
        owned.job(TUESDAY, "18:00")
        owned.job(TUESDAY, "18:10")
    assert [one["title"] for one in taken] == ["The mail server takes no mail"]


def watch(owned: Owned, since: str, minutes: int, every: int = 5):
    """A web process that looks every five minutes; what the owner got."""
    owned.world.now = at(f"{TUESDAY} {since}")
    found = []
    for _ in range(0, minutes, every):
        found += owned.look()
        owned.world.passes(minutes=every)
    return found


def test_a_job_that_does_not_run_for_three_intervals_is_missed_by_the_web_process(owned: Owned) -> None:
    for minute in (0, 10, 20, 30):
        owned.job(TUESDAY, f"18:{minute:02}")
    assert watch(owned, "18:31", 30) == []
    [mail] = watch(owned, "19:01", 60)
    assert mail["Subject"] == "The job doesn't run"
    assert "It ran last on Tue 24 Mar 2026, 18:30." in body(mail)
    told = []
    for minute in range(10, 60, 10):
        told += owned.job(TUESDAY, f"20:{minute}") + watch(owned, f"20:{minute + 1}", 10)
    assert subjects(told) == ["The job runs again"]


def test_an_hourly_job_is_missed_after_three_hours(owned: Owned) -> None:
    for hour in (14, 15, 16, 18):
        owned.job(TUESDAY, f"{hour}:00")
    assert watch(owned, "18:01", 175) == []
    assert subjects(watch(owned, "21:01", 10)) == ["The job doesn't run"]


def test_a_process_that_has_just_begun_to_look_misses_nothing(owned: Owned) -> None:
    """As a machine that slept: its job runs in a moment."""
    owned.job(TUESDAY, "10:00")
    owned.process = None
    assert owned.look("2026-03-25", "18:00") == []
    assert owned.look("2026-03-26", "18:00") == []


def test_a_job_that_never_ran_is_missed(owned: Owned) -> None:
    [mail] = watch(owned, "18:00", 20)
    assert "It hasn't run at all so far." in body(mail)


def test_several_things_at_once_are_one_mail(owned: Owned, mailbox) -> None:
    mailbox.is_down = True
    owned.world.sheet = BrokenSheet(owned.world.ledger)
    [mail] = owned.job(TUESDAY, "18:00")
    assert mail["Subject"] == "2 things don't work"


def test_an_alert_that_reached_nobody_is_tried_again(owned: Owned, mailbox) -> None:
    mailbox.is_down = True
    owned.world.server.answers = lambda stage, _: "451 4.3.0 Later" if stage == "rcpt" else None
    assert owned.job(TUESDAY, "18:00") == []
    owned.world.server.answers = lambda *_: None
    assert owned.look(TUESDAY, "18:04") == []
    assert subjects(owned.look(TUESDAY, "18:05")) == ["Replies can't be read"]
    assert owned.look(TUESDAY, "18:30") == []


def test_many_processes_at_once_tell_one_alert(owned: Owned, mailbox) -> None:
    mailbox.is_down = True
    owned.world.now = at(f"{TUESDAY} 18:00")
    run_job(owned.world.ports)
    at_once(*(owned.another_process() for _ in range(6)))
    assert subjects(owned.mails) == ["Replies can't be read"]


def test_the_web_process_looks_without_a_lead_coming(owned: Owned) -> None:
    looked = threading.Event()

    def brief() -> None:
        looked.set()

    responder = Responder(replace(owned.world.ports, brief=brief))
    responder.start()
    try:
        assert looked.wait(30)
    finally:
        responder.stop()


def test_as_wired_without_an_account_the_morning_lies_in_the_outbox(tmp_path) -> None:
    shutil.copytree(CONFIG, tmp_path / "config")
    hours = iter(["2026-03-23 12:00", "2026-03-24 14:00"])
    now = [at(next(hours))]
    wired = build(read_settings({}, tmp_path), clock=lambda: now[0])
    with wired.ports.ledger.writing() as book:
        known = {"id": "L-2222222222", "delivery": "a", "repeat_within": timedelta(days=1)}
        store(book, [Enquiry(**known, arrived=now[0], name="Dana")])
    now[0] = at(next(hours))  # nine in New York
    run_job(wired.ports)
    wired.close()
    [file] = wired.outbox.glob("*.eml")
    assert file.name.endswith("-sheetflow-morning.eml")
    mail = message_from_bytes(file.read_bytes(), policy=policy.default)
    assert mail["Subject"] == "1 lead needs you today"
    assert "1. Dana" in body(mail)
