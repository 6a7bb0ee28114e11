"""Markdown in two shapes, HTML and plain text, with a lead's words filled in after it was understood.

While Markdown is parsed, each value is a word of letters and digits (`Slots.write`), so nothing in a
value can be a link, a tag, a heading or emphasis. Then the words are exchanged for the values.
"""

import re
import secrets
from collections.abc import Callable, Iterable, Sequence
from html import escape
from urllib.parse import quote, unquote

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode

# `breaks`: a line break in the template is one in the message, as people expect who write a mail.
MARKDOWN = MarkdownIt("commonmark", {"html": False, "breaks": True})
WIDTH = 76
SAFE_BEGINNING = re.compile(r"(mailto:|tel:|https?://[^/?#]+[/?#])")


class Slots:
    """The values of one rendering, and the words that stand for them."""

    def __init__(self) -> None:
        self._values: list[str] = []
        # Unguessable, so that no value can contain the word of another.
        self._word = f"zq{secrets.token_hex(6)}x"
        self._pattern = re.compile(rf"{self._word}(\d+)z")

    def write(self, value: str) -> str:
        self._values.append(value)
        return f"{self._word}{len(self._values) - 1}z"

    def fill(self, text: str, shape: Callable[[str], str]) -> str:
        """Raises ValueError if a template has changed a word: nobody is sent one."""
        filled = self._pattern.sub(lambda slot: shape(self._whole(slot)), text)
        if any(piece in filled.lower() for piece in (self._word[:6], self._word[-6:])):
            raise ValueError("a filter can't change a macro or a block that prints values; change the values")
        return filled

    def _whole(self, slot: re.Match[str]) -> str:
        """A value; what a macro or a block printed holds words of other values."""
        return self._pattern.sub(self._whole, self._values[int(slot[1])])

    def first(self, text: str) -> int:
        """Where in `text` the first slot begins, -1 for none."""
        found = self._pattern.search(text)
        return found.start() if found else -1


def both_shapes(source: str, slots: Slots) -> tuple[str, str]:
    """Plain text and HTML of `source`, filled. Raises ValueError for a link a value decides about."""
    tokens = MARKDOWN.parse(source)
    fill_links(tokens, slots)
    text = plain_blocks(SyntaxTreeNode(tokens).children, slots)
    html = MARKDOWN.renderer.render(tokens, MARKDOWN.options, {})
    return "\n".join(text), slots.fill(str(html), as_html)


def as_html(value: str) -> str:
    return escape(value).replace("\n", "<br>\n")


def fill_links(tokens: Iterable[Token], slots: Slots) -> None:
    for token in tokens:
        for name in ("href", "src"):
            link = str(token.attrs.get(name, ""))
            start = slots.first(link)
            if start >= 0 and not SAFE_BEGINNING.match(link[:start]):
                raise ValueError(
                    "a value can't be the beginning of a link; write https://… or mailto: before it"
                )
            if start >= 0:
                token.attrs[name] = slots.fill(link, lambda value: quote(value, safe="@"))
        fill_links(token.children or (), slots)


def plain_blocks(nodes: Sequence[SyntaxTreeNode], slots: Slots) -> list[str]:
    """The lines of blocks one below the other, an empty line between them."""
    lines: list[str] = []
    for node in nodes:
        if lines:
            lines.append("")
        lines += plain_block(node, slots)
    return lines


def plain_block(node: SyntaxTreeNode, slots: Slots) -> list[str]:
    match node.type:
        case "bullet_list" | "ordered_list":
            return plain_list(node, slots)
        case "blockquote":
            return [f"> {line}".rstrip() for line in plain_blocks(node.children, slots)]
        case "fence" | "code_block":
            return [f"    {line}" for line in slots.fill(node.content, str).splitlines()]
        case "hr":
            return ["* * *"]
    inline = "".join(plain_inline(child, slots) for child in node.children)
    return [line for source in inline.split("\n") for line in wrapped(source, slots)]


def plain_list(node: SyntaxTreeNode, slots: Slots) -> list[str]:
    lines = []
    start = int(node.attrs.get("start", 1))
    for number, item in enumerate(node.children, start):
        mark = f"{number}. " if node.type == "ordered_list" else "- "
        first, *rest = plain_blocks(item.children, slots) or [""]
        lines += [mark + first, *(f"{' ' * len(mark)}{line}".rstrip() for line in rest)]
    return lines


def plain_inline(node: SyntaxTreeNode, slots: Slots) -> str:
    match node.type:
        case "text" | "code_inline":
            return node.content
        case "softbreak" | "hardbreak":
            return "\n"
        case "image":
            return with_link(node.content, str(node.attrs["src"]), slots)
    inside = "".join(plain_inline(child, slots) for child in node.children)
    return with_link(inside, str(node.attrs["href"]), slots) if node.type == "link" else inside


def with_link(label: str, link: str, slots: Slots) -> str:
    shown = link.removeprefix("mailto:").removeprefix("tel:")
    return label if slots.fill(label, str) in (link, shown, unquote(shown)) else f"{label} ({shown})"


def wrapped(line: str, slots: Slots) -> list[str]:
    """`line` filled and broken at its own spaces: a value, like a link, is never broken."""
    lines: list[str] = []
    for word in (slots.fill(word, str) for word in line.split(" ")):
        if lines and len(lines[-1].rsplit("\n", 1)[-1]) + 1 + len(word.split("\n", 1)[0]) <= WIDTH:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return "\n".join(lines).split("\n")
