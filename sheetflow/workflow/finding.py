"""One thing that `check` found, good or bad."""

from dataclasses import dataclass
from typing import Literal

# What it is about, so that a page can name the place to mend it.
About = Literal[
    "configuration", "door", "ledger", "sheet", "template", "mail", "sample", "channels", "advice", "opt-out",
    "pages",
]  # fmt: skip


@dataclass(frozen=True)
class Finding:
    words: str
    exit_code: int = 0  # 1: something can't be reached, 2: something is configured wrongly
    about: About = "configuration"

    @property
    def is_good(self) -> bool:
        return self.exit_code == 0
