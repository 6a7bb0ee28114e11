"""In which languages the hosted form speaks; what it says stands in `form_words.toml`."""

import tomllib
from collections.abc import Mapping
from pathlib import Path

from sheetflow.workflow.sequence import Workflow

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
