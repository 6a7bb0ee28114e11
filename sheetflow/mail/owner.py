"""Mail to an owner about leads: who, what they want, and buttons for what comes next."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, formataddr
from html import escape
from urllib.parse import quote

from sheetflow.mail.address import one_line
from sheetflow.workflow.notice import Notice, Told

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
_QUOTE = "margin:12px 0;padding:8px 12px;border-left:4px solid #8a929c;white-space:pre-wrap"


@dataclass(frozen=True)
class OwnerDesk:
    """Writes to owners from `sender`, the address that the mail account sends as."""

    sender: str

    def mail(
        self, told: Sequence[Told], failed: Sequence[str], to: tuple[str, str], now: datetime
    ) -> EmailMessage:
        """About one lead, or a list of several. `failed` are sentences about channels that didn't work."""
        message = EmailMessage(policy=SMTP)
        message["From"] = formataddr(("sheetflow", self.sender), "utf-8")
        message["To"] = formataddr(to, "utf-8")
        message["Subject"] = one_line(_title(told), 120)
        message["Date"] = format_datetime(now)
        message["Message-ID"] = f"<notice.{secrets.token_hex(8)}@{self.sender.rpartition('@')[2]}>"
        message["Auto-Submitted"] = "auto-generated"
        lost = [f"Not told: {sentence}." for sentence in failed]
        message.set_content(_sendable("\n\n".join([_text(told), *lost]) + "\n"), cte="base64")
        page = _PAGE.format("\n".join([*_html(told), *(f"<p>{escape(line)}</p>" for line in lost)]))
        message.add_alternative(_sendable(page), subtype="html", cte="base64")
        return message

    def text(self, told: Sequence[Told]) -> tuple[str, str]:
        """Title and body for a channel."""
        return _title(told), _text(told)


def _sendable(text: str) -> str:
    """Without halves of characters, which no encoding knows."""
    return text.encode("utf-8", "replace").decode()


def _title(told: Sequence[Told]) -> str:
    return told[0].notice.title if len(told) == 1 else f"{len(told)} leads are waiting"


def _text(told: Sequence[Told]) -> str:
    return _text_of(told[0]) if len(told) == 1 else "\n".join(map(_text_line, told))


def _html(told: Sequence[Told]) -> list[str]:
    return [_html_of(told[0])] if len(told) == 1 else list(map(_html_line, told))


def _lines(notice: Notice, *, linked: bool = False) -> list[str]:
    """What stands above the message; where phone and address are links, they stand there alone."""
    phone, email = (
        ("", "" if notice.address else notice.email) if linked else (notice.shown_phone, notice.email)
    )
    contact = ", ".join(filter(None, (phone, email)))
    return list(
        filter(None, (notice.late, notice.who, notice.wants, contact, notice.suspicion, *_reasons(notice)))
    )


def _reasons(notice: Notice) -> list[str]:
    return [f"{notice.priority}: {'; '.join(notice.because)}"] if notice.priority and notice.because else []


def _text_of(told: Told) -> str:
    notice = told.notice
    buttons = [f"{label}: {url}" for label, url in told.buttons.items()]
    row = [f"The lead: {told.row}"] if told.row else []
    return "\n\n".join(
        filter(
            None,
            (
                "\n".join(_lines(notice)),
                notice.message,
                notice.sent,
                notice.draft,
                "\n".join([*buttons, *row]),
            ),
        )
    )


def _text_line(told: Told) -> str:
    notice = told.notice
    return " · ".join(filter(None, (notice.priority, notice.who, notice.wants, notice.shown_phone, told.row)))


def _html_of(told: Told) -> str:
    notice = told.notice
    pieces = [f'<h1 style="font-size:20px;margin:0 0 8px">{escape(notice.title)}</h1>']
    if notice.phone:
        pieces.append(
            f'<p><a href="tel:{notice.phone}" style="{_BUTTON}">Call {escape(notice.shown_phone)}</a></p>'
        )
    pieces += [
        f'<p style="margin:4px 0">{escape(line)}</p>'
        for line in _lines(notice, linked=True)[1 if notice.late else 0 :]
    ]
    if notice.address:
        pieces.append(
            f'<p><a href="mailto:{quote(notice.address, safe="@")}">{escape(notice.address)}</a></p>'
        )
    if notice.message:
        pieces.append(f'<div style="{_QUOTE}">{escape(notice.message)}</div>')
    pieces.append(f"<p>{escape(notice.sent)}</p>")
    if notice.draft:
        pieces.append(f'<div style="{_QUOTE}">{escape(notice.draft)}</div>')
    buttons = [
        f'<a href="{escape(url)}" style="{_BUTTON}">{escape(label)}</a>'
        for label, url in told.buttons.items()
    ]
    if buttons:
        pieces.append(f"<p>{''.join(buttons)}</p>")
    if told.row:
        pieces.append(f'<p><a href="{escape(told.row)}">Open the lead</a></p>')
    return "\n".join(pieces)


def _html_line(told: Told) -> str:
    notice = told.notice
    call = f' <a href="tel:{notice.phone}">{escape(notice.shown_phone)}</a>' if notice.phone else ""
    row = f' <a href="{escape(told.row)}">Open the lead</a>' if told.row else ""
    said = " · ".join(filter(None, (notice.priority, notice.who, notice.wants)))
    return f'<p style="margin:8px 0">{escape(said)}{call}{row}</p>'
