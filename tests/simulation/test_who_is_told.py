"""A weekend and two working days of a business with three owners: who is told what, to the minute.

Kim alone does bathrooms; Ben and Ann share the boilers, and Ben has lunch from ten on.
"""

import re
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime

import pytest
import requests

from sheetflow.workflow.events import Kind
from sheetflow.workflow.report import report
from tests.jobs.world import BERLIN, read_mail
from tests.simulation.book import LedgerBook
from tests.simulation.business import OWN, SETTINGS, Business
from tests.simulation.patience import wait_for

OWNERS = """
[[owners]]
name = "Kim"
email = "kim@example.com"
services = ["Bathroom"]

[[owners]]
name = "Ben"
email = "ben@example.com"
services = ["Boiler"]
hours = ["08:00-10:00", "10:45-18:00"]

[[owners]]
name = "Ann"
email = "ann@example.com"
services = ["Boiler"]

[qualify]
reassign = true

[qualify.services]
"Bathroom" = ["bathroom"]
"Boiler" = ["boiler"]

[qualify.urgency]
now = ["urgent*"]
"""
TEAM = SETTINGS.partition("[[owners]]")[0] + OWNERS


def clock(text):
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN)


class Told:
    """The business, and who got which mail when, by the clock that is turned."""

    def __init__(self, business):
        self.business, self.lines = business, []
        business.smtp.arrives = self.arrives
        self.ports = business.wire().ports  # another process, which looks when something is due

    def arrives(self, captured):
        mail = read_mail(captured.data)
        [to] = captured.rcpt_to
        self.lines.append((f"{self.business.now:%a %H:%M}", to.partition("@")[0], str(mail["Subject"])))

    def asks(self, who, words, **fields):
        lead = {"name": who.title(), "email": f"{who}@lead.example", "message": words, **fields}
        [lead_id] = self.business.post("website", json=lead)
        wait_for(lambda: self.business.kinds(lead_id).count(Kind.NOTIFIED) == 2)
        return lead_id

    def passes(self, until):
        """Time goes by; whenever somebody is to be told, it is that moment."""
        while (again := self.ports.tell()) and again <= until:
            self.business.now = again.astimezone(BERLIN)
        self.business.now = until

    def mail_to(self, who):
        return self.business.mails_to(f"{who}@example.com")[-1]


@pytest.fixture
def told(tmp_path, smtp, mailbox):
    smtp.messages.clear()
    book = LedgerBook(f"sqlite:///{tmp_path / 'ledger.db'}")
    with Business(tmp_path, book, smtp, mailbox, clock("2026-03-27 21:40"), settings=TEAM) as business:
        yield Told(business)
    smtp.arrives = lambda _: None


def press(mail, label):
    link = re.search(rf"{label}: (http://\S+)", mail.get_body(("plain",)).get_content())[1]
    assert requests.get(link, timeout=30).status_code == 200
    return requests.post(link, timeout=30).text


def own_mail(to, at):
    """What an owner writes to a lead in their own mail program."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "me@example.com", to, "Your boiler"
    mail["Date"], mail["Message-ID"] = format_datetime(at), "<by-hand@example.com>"
    mail.set_content("I can come at three.")
    return mail.as_bytes()


def test_everybody_is_told_to_the_minute_and_the_numbers_are_right(told):
    business = told.business
    night = told.asks("nora", "A new bathroom, urgent, please call me", phone="+49 30 5550142")
    told.passes(clock("2026-03-30 09:03"))
    assert "Done" in press(told.mail_to("kim"), "I’ve got it")

    told.passes(clock("2026-03-30 10:02"))
    lunch = told.asks("luis", "The boiler is dead, urgent", phone="+49 30 5550143")
    told.passes(clock("2026-03-30 10:05"))
    business.imap.deliver(own_mail("luis@lead.example", business.now), "sent", business.now)
    business.job()

    told.passes(clock("2026-03-31 11:00"))
    phone = told.asks("petra", "Our boiler makes noises")
    told.passes(clock("2026-03-31 11:02"))
    assert "Done" in press(told.mail_to("ben"), "Call done")

    told.passes(clock("2026-03-31 16:57"))
    nobody = told.asks("otto", "A boiler for a new house")
    told.passes(clock("2026-04-01 12:00"))

    late = "Nobody has answered for"
    assert [line for line in told.lines if line[1] + "@example.com" in OWN] == [
        ("Fri 21:40", "kim", "Hot lead: Nora, Bathroom"),
        ("Mon 10:02", "studio", "1 lead last week, none the week before"),
        ("Mon 10:02", "ann", "Hot lead: Luis, Boiler"),
        ("Tue 11:00", "ben", "Normal lead: Petra, Boiler"),
        ("Tue 16:57", "ann", "Normal lead: Otto, Boiler"),
        ("Wed 09:02", "ben", f"{late} 5 minutes: Otto, Boiler"),
        ("Wed 09:07", "studio", f"{late} 10 minutes: Otto, Boiler"),
    ]
    assert [line[:2] for line in told.lines if line[1] + "@example.com" not in OWN] == [
        ("Fri 21:40", "nora"),
        ("Mon 10:02", "luis"),
        ("Tue 11:00", "petra"),
        ("Tue 16:57", "otto"),
    ]
    answer = business.mails_to("nora@lead.example")[0].get_body(("plain",)).get_content()
    assert "We are back on Monday at 9." in " ".join(answer.split())
    ours = business.mails_to("otto@lead.example")[0]
    assert ours["Reply-To"].addresses[0].display_name == "Ann"

    rows = business.rows()
    minutes = {
        who: (rows[lead]["First response"], rows[lead]["Owner response"], rows[lead]["Owner"])
        for who, lead in (("night", night), ("lunch", lunch), ("phone", phone), ("nobody", nobody))
    }
    weekend = clock("2026-03-30 09:03") - clock("2026-03-27 21:40")
    assert minutes == {
        "night": (0.0, (weekend - timedelta(hours=1)).total_seconds() / 60, "Kim"),  # summer time began
        "lunch": (0.0, 3.0, "Ann"),
        "phone": (0.0, 2.0, "Ben"),
        "nobody": (0.0, None, "Ben"),
    }
    with business.ledger.reading() as book:
        found = report(book.counted(), business.ledger.workflow, business.now.astimezone(UTC))
    automatic, human = found.first_response.automatic, found.first_response.human
    assert (found.first_response.received, automatic.answered, automatic.within_5_minutes) == (4, 4, 1.0)
    assert (human.answered, human.median_minutes, human.within_5_minutes) == (3, 3.0, 2 / 3)
    assert {one.owner: (one.open, one.human_response.answered) for one in found.owners.by_owner} == {
        "Kim": (1, 1),
        "Ben": (2, 1),
        "Ann": (1, 1),
    }
