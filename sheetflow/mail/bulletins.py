"""Bulletins to the owner: as a mail, and as the text of a channel."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from html import escape
from urllib.parse import quote

from sheetflow.mail.frame import button, heading, owner_message
from sheetflow.workflow.bulletin import Bulletin, Item
from sheetflow.workflow.sections import Row, Section
from sheetflow.workflow.terminal import section_lines

_ITEM = "margin:16px 0;padding:0 0 8px;border-bottom:1px solid #8a929c"
_TITLE = "font-size:17px;margin:24px 0 4px"
_SMALL = "font-size:14px;opacity:0.75;margin:0 0 8px"
_CELL = "padding:4px 0 4px 12px;text-align:right;vertical-align:top;white-space:nowrap"
_HEAD = "padding:4px 0 4px 12px;text-align:right;vertical-align:bottom;font-size:14px"
_FIRST = "padding:4px 0;min-width:120px;text-align:left;vertical-align:top;font-weight:400"
_HOME = "See everything"


@dataclass(frozen=True)
class OwnerBulletins:
    """Written from `sender`, the address that the mail account sends as."""

    sender: str

    def mail(
        self, bulletin: Bulletin, failed: Sequence[str], to: tuple[str, str], now: datetime
    ) -> EmailMessage:
        """`failed` are sentences about channels that didn't work."""
        title, text = self.text(bulletin)
        return owner_message(self.sender, to, now, title, text, _html(bulletin), failed)

    def text(self, bulletin: Bulletin) -> tuple[str, str]:
        """Title and body."""
        return bulletin.title, "\n\n".join(_paragraphs(bulletin))


def _paragraphs(bulletin: Bulletin) -> Iterator[str]:
    yield from bulletin.lines
    for number, item in enumerate(bulletin.items, 1):
        yield "\n".join(filter(None, _item_lines(item, number)))
    if bulletin.rest:
        yield bulletin.rest
    for section in bulletin.sections:
        yield "\n".join(section_lines(section))
    if bulletin.home:
        yield f"{_HOME}: {bulletin.home}"


def _item_lines(item: Item, number: int) -> tuple[str, ...]:
    notice = item.notice
    contact = " · ".join(filter(None, (notice.shown_phone, notice.email)))
    about = f"{notice.who}, {notice.wants}" if notice.wants else notice.who
    return (
        f"{number}. {about}",
        f"   {item.why}",
        _indented(item.said and f"“{item.said}”"),
        _indented(_about(item)),
        _indented(contact),
        _indented(item.row),
    )


def _indented(text: str) -> str:
    return text and f"   {text}"


def _about(item: Item) -> str:
    waiting = item.waiting and f"Waiting {item.waiting}"
    return " · ".join(filter(None, (waiting, item.owner)))


def _html(bulletin: Bulletin) -> list[str]:
    pieces = [heading(bulletin.title)]
    pieces += [f'<p style="margin:8px 0">{escape(line)}</p>' for line in bulletin.lines]
    pieces += [_item(item) for item in bulletin.items]
    pieces += [f"<p>{escape(bulletin.rest)}</p>"] if bulletin.rest else []
    pieces += [_section(section) for section in bulletin.sections]
    pieces += [f"<p>{button(bulletin.home, _HOME)}</p>"] if bulletin.home else []
    return pieces


def _item(item: Item) -> str:
    notice = item.notice
    links = [button(f"tel:{notice.phone}", f"Call {notice.shown_phone}")] if notice.phone else []
    links += [escape(notice.shown_phone)] if notice.shown_phone and not notice.phone else []
    if notice.address:
        links.append(_link(f"mailto:{quote(notice.address, safe='@')}", notice.address))
    if item.row:
        links.append(_link(item.row, "Open the lead"))
    wants = f", {escape(notice.wants)}" if notice.wants else ""
    said = f'<p style="margin:4px 0">“{escape(item.said)}”</p>' if item.said else ""
    return (
        f'<div style="{_ITEM}"><p style="margin:0"><strong>{escape(notice.who)}</strong>{wants}</p>'
        f'<p style="margin:4px 0">{escape(item.why)}</p>{said}'
        f'<p style="{_SMALL}">{escape(_about(item))}</p>'
        f'<p style="margin:4px 0">{" ".join(links)}</p></div>'
    )


def _link(url: str, label: str) -> str:
    return f'<a href="{escape(url)}" style="display:inline-block;margin:0 12px 8px 0">{escape(label)}</a>'


def _section(section: Section) -> str:
    rows = "".join(_row(row, is_head=section.has_head and not at) for at, row in enumerate(section.rows))
    table = f'<table style="border-collapse:collapse">{rows}</table>' if rows else ""
    remarks = "".join(_remark(who, why) for who, why in section.remarks)
    return (
        f'<h2 style="{_TITLE}">{escape(section.title)}</h2>'
        f'<p style="{_SMALL}">{escape(section.about)}</p>{table}{remarks}'
    )


def _row(row: Row, *, is_head: bool) -> str:
    first, *others = map(str, row)
    cells = "".join(
        f'<th style="{_HEAD}">{escape(cell)}</th>' if is_head else f'<td style="{_CELL}">{escape(cell)}</td>'
        for cell in others
    )
    return f'<tr><th style="{_FIRST}">{escape(first)}</th>{cells}</tr>'


def _remark(who: str, why: str) -> str:
    after = f"<br>{escape(why)}" if why else ""
    return f'<p style="margin:4px 0">{escape(who)}{after}</p>'
