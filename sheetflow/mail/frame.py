"""What every mail to an owner is made of: headers, and a page that is read on a phone, light or dark."""

import secrets
from collections.abc import Iterable, Sequence
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, formataddr
from html import escape

from sheetflow.mail.address import one_line

_PAGE = (
    '<!DOCTYPE html>\n<html lang="en">\n<head><meta charset="utf-8"><meta name="viewport" '
    'content="width=device-width"><meta name="color-scheme" content="light dark">'
    '<meta name="supported-color-schemes" content="light dark"></head>\n'
    "<body style=\"margin:0;padding:16px;font:16px/1.5 -apple-system,'Segoe UI',Roboto,Arial,sans-serif\">\n"
    '<div style="max-width:600px;overflow-wrap:anywhere">\n{}\n</div>\n</body>\n</html>\n'
)
_BUTTON = (
    "display:inline-block;margin:0 8px 8px 0;padding:12px 18px;border-radius:8px;background:#0b5cad;"
    "color:#ffffff;font-weight:600;text-decoration:none"
)
_QUIET = (
    "display:inline-block;margin:0 8px 8px 0;padding:10px 16px;border:2px solid #8a929c;border-radius:8px;"
    "color:inherit;font-weight:600;text-decoration:none"
)


def owner_message(
    sender: str,
    to: tuple[str, str],
    now: datetime,
    title: str,
    text: str,
    pieces: Iterable[str],
    failed: Sequence[str],
) -> EmailMessage:
    """`pieces` are HTML, escaped by whoever made them; `failed` are sentences about channels."""
    message = EmailMessage(policy=SMTP)
    message["From"] = formataddr(("sheetflow", sender), "utf-8")
    message["To"] = formataddr(to, "utf-8")
    message["Subject"] = one_line(title, 120)
    message["Date"] = format_datetime(now)
    message["Message-ID"] = f"<notice.{secrets.token_hex(8)}@{sender.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    lost = [f"Not told: {sentence}." for sentence in failed]
    message.set_content(_sendable("\n\n".join([text, *lost]) + "\n"), cte="base64")
    page = _PAGE.format("\n".join([*pieces, *(f"<p>{escape(line)}</p>" for line in lost)]))
    message.add_alternative(_sendable(page), subtype="html", cte="base64")
    return message


def heading(text: str) -> str:
    return f'<h1 style="font-size:20px;line-height:1.3;margin:0 0 12px">{escape(text)}</h1>'


def button(url: str, label: str, *, is_quiet: bool = False) -> str:
    return f'<a href="{escape(url)}" style="{_QUIET if is_quiet else _BUTTON}">{escape(label)}</a>'


def _sendable(text: str) -> str:
    """Without halves of characters, which no encoding knows."""
    return text.encode("utf-8", "replace").decode()
