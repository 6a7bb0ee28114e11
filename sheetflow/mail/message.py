"""One message to a lead, ready for any transport: headers, two parts, address and opt-out.

What `message.as_bytes()` gives is what a transport sends, byte for byte.
"""

import base64
import hashlib
import re
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage, MIMEPart
from email.utils import format_datetime
from html import escape
from urllib.parse import quote

from sheetflow.errors import SheetflowError
from sheetflow.mail.address import Mailbox, one_line, wire_address
from sheetflow.mail.headers import MAIL_POLICY, UTF8_POLICY, mailbox_field, text_field, token_field
from sheetflow.mail.templates import SUBJECT_LIMIT, Rendered

ID_LIMIT = 77  # one less than where mail libraries begin to encode or fold an ID
REFERENCES_LIMIT = 10
URL = re.compile(r"https?://[A-Za-z0-9._~:/?#@!$&()*+;=%\[\]-]+")
URL_LIMIT = 900  # a header's line ends at 998

# By language: the sentence, its end if there is no link, and the words of the link.
OPT_OUTS = {
    "en": ("If you would rather not hear from us again", "just reply STOP.", "unsubscribe"),
    "de": ("Wenn Sie nichts mehr von uns hören möchten", "antworten Sie einfach mit STOP.", "abmelden"),
    "fr": ("Si vous ne souhaitez plus recevoir nos messages", "répondez simplement STOP.", "se désinscrire"),
    "es": ("Si prefiere no recibir más mensajes nuestros", "responda simplemente STOP.", "darse de baja"),
}

BODY_STYLE = "margin:0;padding:24px;font:16px/1.5 -apple-system,'Segoe UI',Roboto,Arial,sans-serif;color:#222"
# A long link or word is broken rather than wider than a telephone; Outlook knows the older name alone.
TEXT_STYLE = "max-width:36em;overflow-wrap:anywhere;word-break:break-word"
FOOTER_STYLE = "margin-top:32px;padding-top:12px;border-top:1px solid #ddd;font-size:13px;color:#666"


@dataclass(frozen=True)
class Thread:
    """The conversation so far: the first message's subject, and every Message-ID in order of sending."""

    subject: str
    message_ids: tuple[str, ...]


@dataclass(frozen=True)
class Letterhead:
    """What all messages of a business have in common.

    `reply_to` are the people who read the answers; `language` is the HTML part's `lang`.
    """

    sender: Mailbox
    reply_to: tuple[Mailbox, ...]
    postal_address: str
    language: str = "en"


def message_id(lead_id: str, step: str, domain: str) -> str:
    """The same for every attempt at this step, `<sf.…@domain>`, under 78 characters.

    Of a domain too long for that, the last labels are kept; what isn't a domain becomes sheetflow.invalid.
    """
    digest = hashlib.sha256(f"{lead_id}\0{step}".encode("utf-8", "surrogatepass")).digest()
    local = "sf." + base64.b32encode(digest[:10]).decode("ascii").lower()
    return f"<{local}@{short_domain(domain, ID_LIMIT - len(local) - 3)}>"


def short_domain(domain: str, limit: int) -> str:
    try:
        labels = wire_address(f"a@{domain}").partition("@")[2].lower().split(".")
    except SheetflowError:
        return "sheetflow.invalid"
    while len(".".join(labels)) > limit:
        labels = labels[1:]
    return ".".join(labels) or "sheetflow.invalid"


def compose(
    rendered: Rendered,
    *,
    message_id: str,
    letterhead: Letterhead,
    to: Mailbox,
    date: datetime,
    first_response: bool,
    thread: Thread | None = None,
    unsubscribe_url: str | None = None,
) -> EmailMessage:
    """`date` is aware. `first_response` is the sequence's first step, which answers the lead's own enquiry.

    Raises SheetflowError for an address or a link that can't be used.
    """
    if date.tzinfo is None:
        raise ValueError("date must be aware")
    boxes = {"From": (letterhead.sender,), "To": (to,), "Reply-To": letterhead.reply_to}
    fields = [mailbox_field(name, some) for name, some in boxes.items() if some]
    wire_is_ascii = all(piece.isascii() for field in fields for piece in field.pieces)
    message = EmailMessage(policy=MAIL_POLICY if wire_is_ascii else UTF8_POLICY)
    for field in fields:
        message[field.name] = field
    message["Subject"] = text_field("Subject", subject(rendered, thread))
    message["Date"] = format_datetime(date)
    message["Message-ID"] = token_field("Message-ID", [message_id])
    add_thread(message, thread)
    add_automation(message, letterhead.sender, unsubscribe_url, first_response)
    add_parts(message, rendered, letterhead, unsubscribe_url)
    return message


def subject(rendered: Rendered, thread: Thread | None) -> str:
    if thread is None:
        return one_line(rendered.subject, SUBJECT_LIMIT)
    # To the letter, else mail programs show another conversation.
    first = one_line(thread.subject, len(thread.subject))
    return first if first.lower().startswith("re:") else f"Re: {first}"


def add_thread(message: EmailMessage, thread: Thread | None) -> None:
    if thread is None or not thread.message_ids:
        return
    first, *later = thread.message_ids
    message["In-Reply-To"] = token_field("In-Reply-To", thread.message_ids[-1:])
    message["References"] = token_field("References", [first, *later[1 - REFERENCES_LIMIT :]])


def add_automation(message: EmailMessage, sender: Mailbox, url: str | None, first_response: bool) -> None:
    """The first response says that a program wrote it, the later ones how to end them by one click.

    RFC 3834: `auto-replied` is for answers to a *message*; a form isn't one, so it is
    `auto-generated`, which keeps two robots from answering each other at once. The later ones carry
    none: people read the answers, and help desks set aside what is marked as written by a robot.
    """
    if first_response:
        message["Auto-Submitted"] = "auto-generated"
        return
    mailto = f"<mailto:{quote(wire_address(sender.email), safe='@')}?subject=unsubscribe>"
    if url is None:
        message["List-Unsubscribe"] = token_field("List-Unsubscribe", [mailto])
        return
    message["List-Unsubscribe"] = token_field("List-Unsubscribe", [f"<{safe_url(url)}>,", mailto])
    message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"


def add_parts(message: EmailMessage, rendered: Rendered, letterhead: Letterhead, url: str | None) -> None:
    text = f"{rendered.text.rstrip()}\n\n---\n{text_footer(letterhead, url)}\n"
    message["MIME-Version"] = "1.0"
    message["Content-Type"] = "multipart/alternative"
    # "=_" can't occur in quoted-printable text; made from the ID, a repeat has the same bytes.
    digest = hashlib.sha256(message["Message-ID"].encode()).hexdigest()
    message.set_boundary(f"=_{digest[:32]}")
    message.set_payload([part(text, "plain"), part(page(rendered, letterhead, url), "html")])


def part(text: str, subtype: str) -> MIMEPart:
    # The library takes a header's line length for the body's too, where MIME allows 76.
    part = MIMEPart(policy=MAIL_POLICY.clone(max_line_length=76))
    part.set_content(text, subtype=subtype, charset="utf-8", cte="quoted-printable")
    return part


def page(rendered: Rendered, letterhead: Letterhead, url: str | None) -> str:
    return (
        f'<!DOCTYPE html>\n<html lang="{escape(letterhead.language)}">\n<head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width"></head>\n<body style="{BODY_STYLE}">\n'
        f'<div dir="auto" style="{TEXT_STYLE}">\n{rendered.html.strip()}\n'
        f'<div style="{FOOTER_STYLE}">{html_footer(letterhead, url)}</div>\n</div>\n</body>\n</html>\n'
    )


def text_footer(letterhead: Letterhead, url: str | None) -> str:
    sentence, by_reply, _ = OPT_OUTS.get(letterhead.language, OPT_OUTS["en"])
    opt_out = f"{sentence}: {safe_url(url)}" if url else f"{sentence}, {by_reply}"
    return f"{letterhead.postal_address.strip()}\n{opt_out}"


def html_footer(letterhead: Letterhead, url: str | None) -> str:
    sentence, by_reply, label = OPT_OUTS.get(letterhead.language, OPT_OUTS["en"])
    lines = [escape(line) for line in letterhead.postal_address.strip().splitlines()]
    link = f'{sentence}: <a href="{escape(safe_url(url))}">{label}</a>' if url else f"{sentence}, {by_reply}"
    return "<br>".join([*lines, link])


def safe_url(url: str) -> str:
    if len(url) > URL_LIMIT or not URL.fullmatch(url):
        raise SheetflowError(f"{one_line(url, 80)!r} can't be an unsubscribe link; see SHEETFLOW_BASE_URL")
    return url
