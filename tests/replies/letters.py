"""Makes the bytes of mails for the tests of `replies`."""

from sheetflow.replies.classify import classify
from sheetflow.replies.verdict import Verdict

OWN = frozenset({"Studio@Example.com"})
ORIGINAL_ID = "<first.l-7kq2m9xw3t@example.com>"
LEAD = "jo@example.org"

ORIGINAL = f"""\
Received: from localhost (localhost [127.0.0.1]) by mail.example.com with ESMTP id 4F2;
 Tue, 2 Jun 2026 09:00:00 +0200
Message-ID: {ORIGINAL_ID}
From: Studio <studio@example.com>
To: {LEAD}
Subject: Your enquiry
Date: Tue, 2 Jun 2026 09:00:00 +0200
MIME-Version: 1.0
Content-Type: text/plain; charset="utf-8"

Thank you for asking. Reply STOP and we stop writing.
"""


def letter(body: str = "", headers: str = "", **named: str) -> bytes:
    """A mail from the lead to us; `named` replaces headers, "" removes one: `letter("Hi", subject="Yes")`."""
    values = {
        "from": f"Jo Miller <{LEAD}>",
        "to": "Studio <studio@example.com>",
        "subject": "Re: Your enquiry",
        "date": "Wed, 3 Jun 2026 10:00:00 +0200",
        "content-type": 'text/plain; charset="utf-8"',
    } | {name.replace("_", "-"): value for name, value in named.items()}
    head = "".join(f"{name}: {value}\n" for name, value in values.items() if value)
    return f"{head}{headers}\n{body}".encode()


def daemon(
    body: str, subject: str = "Mail delivery failed: returning message to sender", **named: str
) -> bytes:
    """A server's report in plain text."""
    values = {"from": "Mail Delivery System <Mailer-Daemon@mx.example.net>", "return_path": "<>"}
    return letter(body, subject=subject, **(values | named))


def dsn(fields: str, notice: str = "", original: str = ORIGINAL, **named: str) -> bytes:
    """A delivery status notification as RFC 3464 has it."""
    body = f"""\
--frontier
Content-Type: text/plain

{notice}

--frontier
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.net

{fields}

--frontier
Content-Type: message/rfc822

{original}
--frontier--
"""
    kind = 'multipart/report; report-type=delivery-status; boundary="frontier"'
    return daemon(body, "Delivery Status Notification (Failure)", content_type=kind, **named)


def failed(status: str, diagnostic: str = "", recipient: str = LEAD) -> bytes:
    code = f"Diagnostic-Code: smtp; {diagnostic}\n" if diagnostic else ""
    return dsn(f"Final-Recipient: rfc822; {recipient}\nAction: failed\nStatus: {status}\n{code}")


def judged(raw: bytes) -> Verdict:
    return classify(raw, OWN)
