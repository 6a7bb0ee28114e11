"""In which language the pages for leads speak; what the hosted form says stands in `form_words.toml`."""

import tomllib
from collections.abc import Mapping
from pathlib import Path

from flask import Request

from sheetflow.workflow.sequence import Workflow

LANGUAGE = "lang"  # in the address
NAMES = {"en": "English", "de": "Deutsch", "fr": "Français", "es": "Español"}
WORDS: Mapping[str, Mapping[str, str]] = tomllib.loads(
    Path(__file__).with_suffix(".toml").read_text(encoding="utf-8")
)


def languages(workflow: Workflow) -> tuple[str, ...]:
    """Those in which the business can answer, its own first; English if it has none of them."""
    own, step = workflow.business.language, workflow.first.template
    names = (name.split(".") for name in workflow.templates)
    answered = {tag for base, *tags in names if base == step for tag in tags}
    offered = [name for name in NAMES if name == own or name in answered]
    return tuple(sorted(offered, key=lambda name: name != own)) or ("en",)


def language_for(request: Request, workflow: Workflow) -> str:
    """As the address says, else as the browser prefers, else as the business writes."""
    offered = languages(workflow)
    asked = request.args.get(LANGUAGE, "")
    # Whoever prefers de-CH to en reads German, though only `en` is in the list to the letter.
    preferred = (code.partition("-")[0].lower() for code, weight in request.accept_languages if weight)
    return next((code for code in (asked, *preferred) if code in offered), offered[0])
