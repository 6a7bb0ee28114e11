"""Mails that come back to the business: answers, absences, reports. Bytes, as a mailbox holds them."""

from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime
from itertools import count

from tests.replies.letters import dsn, letter

_NUMBERS = count(1)


def answer(
    mail: EmailMessage | None, text: str, sender: str = "", *, at: datetime, headers: str = "", **named: str
) -> bytes:
    """A person's answer to one of our messages, or where `mail` is None a letter without a thread."""
    thread = f"In-Reply-To: {mail['Message-ID']}\nReferences: {mail['Message-ID']}\n" if mail else ""
    written_by = sender or (str(mail["To"]) if mail else "")
    return letter(
        text,
        f"Message-ID: <answer-{next(_NUMBERS)}@example.org>\n{thread}{headers}",
        **{"from": written_by, "date": format_datetime(at), **named},
    )


def absence(mail: EmailMessage, text: str, *, at: datetime) -> bytes:
    headers = "Auto-Submitted: auto-replied\n"
    return answer(mail, text, at=at, headers=headers, subject="Out of office")


def bounced(
    mail: EmailMessage,
    status: str,
    words: str,
    *,
    at: datetime,
    recipient: str = "",
    action: str = "failed",
) -> bytes:
    """A delivery status notification about one of our messages."""
    to = recipient or str(mail["To"].addresses[0].addr_spec)
    fields = (
        f"Final-Recipient: rfc822; {to}\nAction: {action}\nStatus: {status}\nDiagnostic-Code: smtp; {words}\n"
    )
    original = f"Message-ID: {mail['Message-ID']}\nFrom: {mail['From']}\nTo: {to}\nSubject: x\n\nHello\n"
    number = f"Message-ID: <report-{next(_NUMBERS)}@mx.example.net>\n".encode()
    return number + dsn(fields, original=original, date=format_datetime(at))


def complaint(mail: EmailMessage, *, at: datetime) -> bytes:
    """An abuse report (ARF, RFC 5965)."""
    to = mail["To"].addresses[0].addr_spec
    body = f"""\
--frontier
Content-Type: text/plain

This is an email abuse report.

--frontier
Content-Type: message/feedback-report

Feedback-Type: abuse
User-Agent: Feedback/1.0
Version: 1
Original-Rcpt-To: <{to}>

--frontier
Content-Type: message/rfc822

Message-ID: {mail["Message-ID"]}
From: {mail["From"]}
To: {to}
Subject: x

Hello
--frontier--
"""
    return letter(
        body,
        f"Message-ID: <abuse-{next(_NUMBERS)}@example.net>\n",
        subject="Abuse report",
        date=format_datetime(at),
        content_type='multipart/report; report-type=feedback-report; boundary="frontier"',
        **{"from": "Feedback <feedback@isp.example.net>"},
    )
