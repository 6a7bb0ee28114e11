"""The words of an HTML mail, without what its mail program quoted below them."""

import re
from html.parser import HTMLParser

_SILENT = {"script", "style", "head", "title"}
_LINES = {"br", "p", "div", "tr", "li", "table", "hr", "h1", "h2", "h3", "h4", "ul", "ol", "blockquote"}
_CELLS = {"td", "th"}
_VOID = {"br", "hr", "img", "meta", "link", "input", "area", "base", "col", "wbr"}
# How Gmail, Yahoo, Thunderbird, Outlook, Proton and Zoho mark the thread they quote.
_QUOTE = re.compile(
    r"gmail_quote|gmail_extra|yahoo_quoted|moz-cite-prefix|protonmail_quote|zmail_extra|tutanota_quote",
    re.IGNORECASE,
)
_EVERYTHING_AFTER = re.compile(r"divrplyfwdmsg|appendonsend|ms-outlook-mobile-reference", re.IGNORECASE)
_BLANKS = re.compile(r"[ \t\xa0]+")
_LIMIT = 200_000  # characters of HTML that are read
_DEPTH = 200  # elements within a quote whose ends are waited for


class _Words(HTMLParser):
    """Collects text; `hidden` is the stack of open elements within a quote or a silent element."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self.hidden: list[str] = []
        self.ended = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        marks = " ".join(value or "" for name, value in attrs if name in ("id", "class", "name"))
        if _EVERYTHING_AFTER.search(marks):
            self.ended = True
        if tag in _LINES:
            self.pieces.append("\n")
        if tag in _CELLS:
            self.pieces.append(" ")
        if tag in _VOID or len(self.hidden) > _DEPTH:
            return
        if self.hidden or tag in _SILENT or tag == "blockquote" or _QUOTE.search(marks):
            self.hidden.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in self.hidden:
            while self.hidden.pop() != tag:
                pass
        if tag in _LINES:
            self.pieces.append("\n")

    def handle_data(self, data: str) -> None:
        if not self.hidden and not self.ended:
            self.pieces.append(data.replace("\n", " "))


def _closed(html: str) -> str:
    """Without tags and comments that never end: html.parser looks for each one's end to the very end."""
    html = html[: html.rfind(">") + 1] or html.replace("<", " ")
    commented = html.rfind("-->") + 1
    return html[:commented] + html[commented:].replace("<!--", "< --")


def text_of(html: str) -> str:
    """Lines of plain text. An unreadable document gives what was read of it."""
    reader = _Words()
    try:
        reader.feed(_closed(html[:_LIMIT]))
        reader.close()
    except (AssertionError, ValueError):  # html.parser on broken declarations such as `<![x`
        pass
    lines = (_BLANKS.sub(" ", line).strip() for line in "".join(reader.pieces).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
