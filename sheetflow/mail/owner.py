"""Mail to an owner about leads: who, what they want, and buttons for what comes next."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from html import escape
from urllib.parse import quote

from sheetflow.mail.frame import button, heading, owner_message
from sheetflow.workflow.notice import Notice, Told

_QUOTE = "margin:12px 0;padding:8px 12px;border-left:4px solid #8a929c;white-space:pre-wrap"


@dataclass(frozen=True)
class OwnerDesk:
    """Writes to owners from `sender`, the address that the mail account sends as."""

    sender: str

    def mail(
        self, told: Sequence[Told], failed: Sequence[str], to: tuple[str, str], now: datetime
    ) -> EmailMessage:
        """About one lead, or a list of several. `failed` are sentences about channels that didn't work."""
        return owner_message(self.sender, to, now, _title(told), _text(told), _html(told), failed)

    def text(self, told: Sequence[Told]) -> tuple[str, str]:
        """Title and body for a channel."""
        return _title(told), _text(told)


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
    row = [f"The Sheet: {told.row}"] if told.row else []
    return "\n\n".join(
        filter(None, ("\n".join(_lines(notice)), notice.message, notice.sent, "\n".join([*buttons, *row])))
    )


def _text_line(told: Told) -> str:
    notice = told.notice
    return " · ".join(filter(None, (notice.priority, notice.who, notice.wants, notice.shown_phone, told.row)))


def _html_of(told: Told) -> str:
    notice = told.notice
    pieces = [heading(notice.title)]
    if notice.phone:
        pieces.append(f"<p>{button(f'tel:{notice.phone}', f'Call {notice.shown_phone}')}</p>")
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
    buttons = [button(url, label) for label, url in told.buttons.items()]
    if buttons:
        pieces.append(f"<p>{''.join(buttons)}</p>")
    if told.row:
        pieces.append(f'<p><a href="{escape(told.row)}">Open the Sheet</a></p>')
    return "\n".join(pieces)


def _html_line(told: Told) -> str:
    notice = told.notice
    call = f' <a href="tel:{notice.phone}">{escape(notice.shown_phone)}</a>' if notice.phone else ""
    row = f' <a href="{escape(told.row)}">Open the Sheet</a>' if told.row else ""
    said = " · ".join(filter(None, (notice.priority, notice.who, notice.wants)))
    return f'<p style="margin:8px 0">{escape(said)}{call}{row}</p>'
