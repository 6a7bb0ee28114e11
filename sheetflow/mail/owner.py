"""Mail to an owner about leads: who, what they want, and buttons for what comes next."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from html import escape
from urllib.parse import quote

from sheetflow.mail.frame import button, heading, owner_message
from sheetflow.workflow.notice import Notice, Told

_QUOTE = "margin:12px 0;padding:8px 12px;border-left:4px solid #8a929c"


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
    return [heading(_title(told)), *(_pieces(told[0]) if len(told) == 1 else map(_html_line, told))]


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
        yield f"<p>{button(f'tel:{notice.phone}', f'Call {notice.shown_phone}')}</p>"
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
    if told.buttons:
        yield f"<p>{''.join(_buttons(told))}</p>"
    if told.row:
        yield f'<p><a href="{escape(told.row)}">Open the lead</a></p>'


def _buttons(told: Told) -> Iterator[str]:
    """The first one is what most people want, and stands out."""
    for number, (label, url) in enumerate(told.buttons.items()):
        yield button(url, label, is_quiet=number > 0)


def _html_line(told: Told) -> str:
    notice = told.notice
    said = " · ".join(filter(None, (notice.priority, notice.who, notice.wants)))
    links = [
        f'<a href="tel:{notice.phone}">{escape(notice.shown_phone)}</a>'
        if notice.phone
        else escape(notice.shown_phone),
        f'<a href="{escape(told.row)}">Open the lead</a>' if told.row else "",
    ]
    return f'<p style="margin:0 0 16px">{escape(said)}<br>{" · ".join(filter(None, links))}</p>'
