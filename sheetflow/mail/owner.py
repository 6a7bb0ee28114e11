"""Mail to an owner about leads: who, what they want, and buttons for what comes next."""

import secrets
from collections.abc import Iterator, Sequence
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
_QUIET = (
    "display:inline-block;margin:0 8px 8px 0;padding:10px 16px;border:2px solid #8a929c;border-radius:8px;"
    "color:inherit;font-weight:600;text-decoration:none"
)
_QUOTE = "margin:12px 0;padding:8px 12px;border-left:4px solid #8a929c"
_TITLE = '<h1 style="font-size:20px;line-height:1.3;margin:0 0 12px">{}</h1>'


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
    title = _TITLE.format(escape(_title(told)))
    return [title, *(_pieces(told[0]) if len(told) == 1 else map(_html_line, told))]


def _lines(notice: Notice) -> list[str]:
    """What stands above the message."""
    contact = ", ".join(filter(None, (notice.shown_phone, notice.email)))
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


def _pieces(told: Told) -> Iterator[str]:
    """What stands below the title, which says already who wants what."""
    notice = told.notice
    if notice.phone:
        yield f'<p><a href="tel:{notice.phone}" style="{_BUTTON}">Call {escape(notice.shown_phone)}</a></p>'
    if notice.address:
        yield f'<p><a href="mailto:{quote(notice.address, safe="@")}">{escape(notice.address)}</a></p>'
    unlinked = (
        "" if notice.phone else notice.shown_phone,
        "" if notice.address else notice.email,
        notice.suspicion,
        *_reasons(notice),
    )
    yield from (f"<p>{escape(line)}</p>" for line in unlinked if line)
    if notice.message:
        yield f'<div style="{_QUOTE};white-space:pre-wrap">{escape(notice.message)}</div>'
    yield f"<p>{escape(notice.sent)}</p>"
    if notice.draft:
        paragraphs = "".join(f"<p>{escape(text)}</p>" for text in notice.draft.split("\n\n"))
        yield f'<div style="{_QUOTE}">{paragraphs}</div>'
    yield f"<p>{''.join(_buttons(told))}</p>"
    if told.row:
        yield f'<p><a href="{escape(told.row)}">Open the lead</a></p>'


def _buttons(told: Told) -> Iterator[str]:
    """The first one is what most people want, and stands out."""
    for number, (label, url) in enumerate(told.buttons.items()):
        yield f'<a href="{escape(url)}" style="{_QUIET if number else _BUTTON}">{escape(label)}</a>'


def _html_line(told: Told) -> str:
    notice = told.notice
    said = " · ".join(filter(None, (notice.priority, notice.who, notice.wants)))
    links = [
        f'<a href="tel:{notice.phone}">{escape(notice.shown_phone)}</a>' if notice.phone else "",
        f'<a href="{escape(told.row)}">Open the lead</a>' if told.row else "",
    ]
    return f'<p style="margin:0 0 16px">{escape(said)}<br>{" · ".join(filter(None, links))}</p>'
