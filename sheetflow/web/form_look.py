"""How the hosted form's pages look: in the visitor's language and in the business's colour."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from flask import Request, Response, render_template

from sheetflow.jobs.ports import Clock
from sheetflow.web.colours import palette
from sheetflow.web.form_words import LANGUAGE, NAMES, WORDS, language_for, languages
from sheetflow.workflow.expected import expected
from sheetflow.workflow.qualify import URGENCIES
from sheetflow.workflow.sequence import Workflow
from sheetflow.workflow.typos import intended

EMBEDDED = "embed"  # in the address

_HEADERS = {"X-Content-Type-Options": "nosniff", "Referrer-Policy": "strict-origin-when-cross-origin"}


@dataclass(frozen=True)
class Filled:
    """What stands in the form: `values` by field, what else it carries, what is wrong with which field."""

    stamp: str
    values: Mapping[str, str] = field(default_factory=dict)
    carried: Sequence[tuple[str, str]] = ()
    errors: Mapping[str, str] = field(default_factory=dict)
    notice: str = ""  # why it wasn't sent, in one of `WORDS`
    sure: str = ""  # the address that looked mistyped


@dataclass(frozen=True)
class FormLook:
    workflow: Workflow
    clock: Clock

    def language(self, request: Request) -> str:
        return language_for(request, self.workflow)

    def address(self, request: Request) -> str:
        """Of the form, as this visitor has it."""
        return _address(self.language(request), is_embedded(request))

    def form(self, request: Request, filled: Filled, status: int = 200, language: str = "") -> Response:
        language = language or self.language(request)
        rules = self.workflow.rules
        return self._page(
            request,
            "form.html",
            language,
            status,
            filled=filled,
            errors={name: _said(WORDS[language][key], filled.sure) for name, key in filled.errors.items()},
            action=_address(language, is_embedded(request)),
            services=self.workflow.services,
            urgencies=[name for name in URGENCIES if name in rules.urgency],
            locations=list(rules.locations),
            others={name: NAMES[name] for name in languages(self.workflow) if name != language},
        )

    def thanks(self, request: Request, again: str = "") -> Response:
        """`again` is where another message can be written."""
        language = self.language(request)
        when = expected(self.clock(), language, self.workflow)
        return self._page(request, "thanks.html", language, 200, when=when, again=again, problem="")

    def problem(self, request: Request, problem: str, status: int) -> Response:
        """`problem` is one of `WORDS`."""
        return self._page(request, "thanks.html", self.language(request), status, problem=problem)

    def _page(self, request: Request, name: str, language: str, status: int, **values: Any) -> Response:
        nonce, embedded = secrets.token_urlsafe(16), is_embedded(request)
        business = self.workflow.business.name
        text = render_template(
            name,
            nonce=nonce,
            embedded=embedded,
            language=language,
            business=business,
            words={key: said.replace("{business}", business) for key, said in WORDS[language].items()},
            palette=palette(self.workflow.form.colour),
            thanks=self.workflow.form.thanks if embedded else "",
            **values,
        )
        answer = Response(text, status=status, content_type="text/html; charset=utf-8", headers=_HEADERS)
        # Not "no-store": whoever goes back finds the form as it was left, and under the same name.
        answer.headers["Cache-Control"] = "private, no-cache"
        answer.headers["Vary"] = "Accept-Language"
        answer.headers["Content-Security-Policy"] = self._policy(nonce, embedded)
        return answer

    def _policy(self, nonce: str, embedded: bool) -> str:
        form = self.workflow.form
        # Browsers hold a form to this in the redirect after it too.
        goes_on = f" {_origin(form.thanks)}" if form.thanks else ""
        framed = " ".join(form.origins) if embedded and form.origins else "'none'"
        script = f"script-src 'nonce-{nonce}'; " if embedded else ""
        return (
            f"default-src 'none'; style-src 'nonce-{nonce}'; {script}"
            f"form-action 'self'{goes_on}; frame-ancestors {framed}; base-uri 'none'"
        )


def is_embedded(request: Request) -> bool:
    return EMBEDDED in request.args


def _address(language: str, embedded: bool) -> str:
    return f"/form?{LANGUAGE}={language}" + (f"&{EMBEDDED}=1" if embedded else "")


def _said(words: str, typed: str) -> str:
    return words.replace("{address}", intended(typed))


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
