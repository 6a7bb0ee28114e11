"""Mails that the studio finds in its box, as the programs of people and of servers write them."""

from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

_BOUNCE = """\
From: Mail Delivery System <mailer-daemon@mx.example>
To: {sender}
Subject: Undelivered Mail Returned to Sender
Date: {date}
Message-ID: <{at:%Y%m%d%H%M}@mx.example>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="frontier"

--frontier
Content-Type: text/plain

Your message to {to} couldn't be delivered.

--frontier
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example

Final-Recipient: rfc822; {to}
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 No such user

--frontier
Content-Type: text/rfc822-headers

Message-ID: {message_id}
To: {to}

--frontier--
"""


def reply(mail: EmailMessage, text: str, at: datetime) -> bytes:
    """The lead's own answer to one of our messages."""
    return _answer(mail, text, at).as_bytes()


def absence(mail: EmailMessage, text: str, at: datetime) -> bytes:
    """What a lead's mail program answers by itself while its owner is away."""
    found = _answer(mail, text, at)
    found.replace_header("Subject", "Out of office")
    found["Auto-Submitted"] = "auto-replied"
    return found.as_bytes()


def bounce(mail: EmailMessage, at: datetime) -> bytes:
    """A mail server's report that there is no such mailbox (RFC 3464)."""
    return _BOUNCE.format(
        sender=mail["From"],
        to=mail["To"].addresses[0].addr_spec,
        date=format_datetime(at),
        at=at,
        message_id=mail["Message-ID"],
    ).encode()


def letter(sender: str, to: str, text: str, at: datetime) -> bytes:
    """What a person of the studio writes to a lead, in a mail program of their own."""
    found = _message(sender, to, at)
    found["Subject"] = "Hello from Northlight Studio"
    found.set_content(text)
    return found.as_bytes()


def _answer(mail: EmailMessage, text: str, at: datetime) -> EmailMessage:
    found = _message(str(mail["To"]), str(mail["From"]), at)
    found["Subject"] = f"Re: {str(mail['Subject']).removeprefix('Re: ')}"
    found["In-Reply-To"] = found["References"] = str(mail["Message-ID"])
    found.set_content(text)
    return found


def _message(sender: str, to: str, at: datetime) -> EmailMessage:
    found = EmailMessage(policy=SMTP)
    found["From"], found["To"], found["Date"] = sender, to, format_datetime(at)
    found["Message-ID"] = f"<{at:%Y%m%d%H%M}@{sender.rpartition('@')[2].strip('>')}>"
    return found
