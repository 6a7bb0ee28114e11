"""Mail to the owner about sheetflow itself, through the account that messages leave by."""

import secrets
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, formataddr

from sheetflow.errors import SheetflowError
from sheetflow.jobs.ports import Ports, Transport
from sheetflow.workflow.outcome import Result


def deliver(transport: Transport, message: EmailMessage, to: str, file_name: str) -> str:
    """One attempt; why it failed, empty if the mail server took it or may have."""
    try:
        with transport.session() as session:
            outcome = session.deliver(message, to, file_name)
    except SheetflowError as error:
        return str(error)
    return "" if outcome.result in (Result.SENT, Result.UNKNOWN) else outcome.detail


def tell_owner(ports: Ports, subject: str, text: str) -> bool:
    """One attempt; whether the mail server took it. `text` may hold what strangers wrote: it stays text."""
    now, business = ports.clock(), ports.workflow.business
    sender = ports.sender or business.email
    message = EmailMessage(policy=SMTP)
    message["From"] = formataddr(("sheetflow", sender), "utf-8")
    message["To"] = business.email
    message["Subject"] = subject
    message["Date"] = format_datetime(now)
    message["Message-ID"] = f"<alert.{secrets.token_hex(8)}@{sender.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(text.encode("utf-8", "replace").decode(), cte="base64")
    try:
        with ports.transport.session() as session:
            outcome = session.deliver(message, business.email, f"{now:%Y%m%dT%H%M%SZ}-sheetflow-alert.eml")
    except SheetflowError:
        return False
    return outcome.result is Result.SENT
