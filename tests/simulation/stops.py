"""The words that the tests of stops are written in."""

from datetime import datetime, timedelta
from email.message import EmailMessage

from sheetflow.workflow.events import Kind
from tests.jobs.world import BERLIN
from tests.simulation.business import Business
from tests.simulation.patience import wait_for

TUESDAY = datetime(2026, 3, 24, 10, 0, tzinfo=BERLIN)
LEA = "lea@example.org"


def asks(business: Business, *addresses: str) -> list[str]:
    """They come by the webhook, and wait in their rows."""
    enquiries = [{"name": "Lea", "email": one, "message": f"At {business.now}"} for one in addresses]
    return business.post("website", json=enquiries)


def contacted(business: Business, *addresses: str) -> list[str]:
    """They have had their first response, half an hour ago."""
    lead_ids = asks(business, *addresses)
    wait_for(lambda: all(business.row(lead_id)["Emails sent"] == 1 for lead_id in lead_ids))
    # Whoever is told of them later than now is told that nobody has answered for half an hour.
    wait_for(lambda: all(Kind.NOTIFIED in business.kinds(lead_id) for lead_id in lead_ids))
    business.now += timedelta(minutes=30)
    return lead_ids


def first_mail(business: Business, address: str) -> EmailMessage:
    return business.mails_to(address)[0]


def comes(business: Business, raw: bytes, folder: str = "inbox") -> None:
    business.imap.deliver(raw, folder, business.now)


def passes(business: Business, **time: float) -> None:
    business.now += timedelta(**time)
