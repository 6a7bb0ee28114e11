"""`/setup`: what `check` says and how to mend it, where leads come in, the form to copy, `explain`."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, render_template, request

from sheetflow.web.form_words import WORDS, languages
from sheetflow.web.pages.checking import Checking
from sheetflow.web.pages.shown import when
from sheetflow.web.public import PUBLIC
from sheetflow.workflow.finding import About
from sheetflow.workflow.qualify import URGENCIES
from sheetflow.workflow.sequence import Workflow

WAIT = 4.0  # seconds a press waits for the check's end; the page then follows it
AGAIN = 3  # seconds after which a page that follows looks again

# Where it is explained: a page of `/docs` and its heading.
HELP: Mapping[About, tuple[str, str]] = {
    "configuration": ("configuration", "configsheetflowtoml"),
    "door": ("setup", "a-form-that-posts-by-itself"),
    "ledger": ("configuration", "environment"),
    "sheet": ("setup", "the-google-sheet"),
    "template": ("configuration", "configtemplates"),
    "mail": ("setup", "mail-gmail-or-google-workspace"),
    "sample": ("configuration", "configsheetflowtoml"),
    "channels": ("configuration", "environment"),
    "advice": ("configuration", "environment"),
    "opt-out": ("configuration", "environment"),
    "pages": ("operating", "the-pages"),
}
MAIL = "message/rfc822"
KINDS = {
    "": "Whatever it is",
    "application/json": "JSON",
    "application/x-www-form-urlencoded": "Form fields (a=b&c=d)",
    "text/plain": "Text",
    MAIL: "A mail, with its headers",
}
_HEADER = re.compile(r"(?:From |[A-Za-z][A-Za-z-]*: ?\S)")

Explain = Callable[[bytes, str, str], Mapping[str, Any]]  # a body, its type, its source


@dataclass(frozen=True)
class WaysIn:
    """What is told of the ways in: names of tokens and signing sources, and what is public anyway."""

    tokens: Mapping[str, tuple[str, ...]]
    signing: tuple[str, ...] = ()
    base_url: str = ""

    @property
    def kept(self) -> tuple[str, ...]:
        return tuple(name for name in self.tokens if not name.startswith(PUBLIC))

    @property
    def public(self) -> dict[str, str]:
        """Tokens that stand in pages: everybody can read them."""
        return {name: valid[0] for name, valid in self.tokens.items() if name.startswith(PUBLIC)}


class SetupPage:
    """`known` is what `/health` answers: it asks nobody."""

    def __init__(
        self,
        workflow: Workflow,
        known: Callable[[], Mapping[str, Any]],
        checking: Checking,
        explain: Explain,
        ways_in: WaysIn,
    ) -> None:
        self._workflow, self._known, self._checking = workflow, known, checking
        self._explain, self._ways_in = explain, ways_in

    def blueprint(self) -> Blueprint:
        routes = Blueprint("setup", __name__)
        routes.add_url_rule("/setup", view_func=self.show)
        for form in ("/setup/check", "/setup/explain"):
            routes.add_url_rule(form, view_func=self.again)
        routes.add_url_rule("/setup/check", view_func=self.check, methods=["POST"])
        routes.add_url_rule("/setup/explain", view_func=self.explain, methods=["POST"])
        return routes

    def show(self) -> Response:
        return self._page()

    def again(self) -> Response:
        """Whoever types the address of a form's target, or comes to it from the login."""
        return Response(status=303, headers={"Location": "/setup"})

    def check(self) -> Response:
        self._checking.run(WAIT)
        return Response(status=303, headers={"Location": "/setup#check"})

    def explain(self) -> Response:
        body, kind = request.form.get("body", ""), request.form.get("kind", "")
        source = request.form.get("source", "").strip()
        if not body.strip():
            return self._page(source=source, kind=kind, wrong="Paste something first.", status=422)
        kind = kind if kind in KINDS else ""
        told = self._explain(_bytes(body), kind or _guessed(body), source)
        return self._page(body=body, source=source, kind=kind, told=told)

    def _page(self, *, status: int = 200, **pasted: Any) -> Response:
        checked = self._checking.look()
        business = self._workflow.business.name
        base = self._ways_in.base_url or request.host_url.rstrip("/")
        text = render_template(
            "pages/setup.html",
            known=self._known(),
            checked=checked,
            began=when(self._workflow.local(checked.began)) if checked.began else "",
            help=HELP,
            ways_in=self._ways_in,
            base=base,
            origins=self._workflow.form.origins,
            frame=render_template("pages/frame_snippet.html", base=base, business=business),
            plain=self._plain_form(base),
            kinds=KINDS,
            pasted=pasted,
        )
        answer = Response(text, status=status)
        if checked.is_running and request.method == "GET":
            answer.headers["Refresh"] = f"{AGAIN}; url=/setup#check"
        return answer

    def _plain_form(self, base: str) -> str:
        """Of this business, in its own language; empty without a token that may stand in a page."""
        token = next(iter(self._ways_in.public.values()), "")
        rules, language = self._workflow.rules, languages(self._workflow)[0]
        return token and render_template(
            "pages/plain_snippet.html",
            base=base,
            token=token,
            words=WORDS[language],
            language=language,
            services=self._workflow.services,
            urgencies=[name for name in URGENCIES if name in rules.urgency],
        )


def _bytes(pasted: str) -> bytes:
    return pasted.strip().encode("utf-8", "replace")


def _guessed(pasted: str) -> str:
    """A mail is known by its first lines; what else there is, `explain` knows itself."""
    lines = pasted.strip().splitlines()
    headers = lines[: lines.index("")] if "" in lines else []
    are_headers = all(_HEADER.match(line) or line[:1].isspace() for line in headers)
    return MAIL if len(headers) > 1 and are_headers else ""
