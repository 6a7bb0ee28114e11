"""`/docs/NAME`: the pages of the `docs` folder, so that what is wrong is explained where it is shown."""

import re
from functools import cache
from itertools import pairwise
from pathlib import Path

from flask import Blueprint, abort, render_template
from markdown_it import MarkdownIt
from markupsafe import Markup

FOLDER = Path(__file__).parents[3] / "docs"
GONE = "There is no such page."

_MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table")
_WIDE = '<div class="scroll" tabindex="0"><table>'  # scrolled by keyboard too, as its listings are
_NO_ANCHOR = re.compile(r"[^\w\- ]")


class HelpPages:
    def __init__(self, folder: Path = FOLDER) -> None:
        self._names = frozenset(path.stem for path in folder.glob("*.md"))
        self._folder = folder

    def blueprint(self) -> Blueprint:
        routes = Blueprint("docs", __name__)
        routes.add_url_rule("/docs/<name>", view_func=self.show)
        return routes

    def show(self, name: str) -> str:
        if name not in self._names:
            abort(404, GONE)
        html = rendered((self._folder / f"{name}.md").read_text(encoding="utf-8"))
        return render_template("pages/docs.html", name=name, html=Markup(html))


@cache
def rendered(text: str) -> str:
    """Each heading can be linked to; links to the other pages lead to them here."""
    tokens = _MARKDOWN.parse(text)
    for heading, inline in pairwise(tokens):
        if heading.type == "heading_open":
            heading.attrSet("id", anchor(inline.content))
    for token in tokens:
        for child in token.children or ():
            target = str(child.attrGet("href") or "")
            if child.type == "link_open" and re.fullmatch(r"\w+\.md(#.*)?", target):
                child.attrSet("href", f"/docs/{target.replace('.md', '', 1)}")
    html = str(_MARKDOWN.renderer.render(tokens, _MARKDOWN.options, {}))
    html = html.replace("<pre>", '<pre tabindex="0">')
    return html.replace("<table>", _WIDE).replace("</table>", "</table></div>")


def anchor(heading: str) -> str:
    """As code hosts write it: "What is it?" is `what-is-it`."""
    return _NO_ANCHOR.sub("", heading.casefold()).strip().replace(" ", "-")
