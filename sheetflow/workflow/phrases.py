"""Tables of phrases, one regular expression a line."""

import re
from collections.abc import Iterable


def any_of(table: str) -> re.Pattern[str]:
    """Matches where one of the table's lines does; case doesn't count, `^` and `$` are ends of lines."""
    lines = (line.strip() for line in table.strip().splitlines())
    return re.compile("|".join(f"(?:{line})" for line in lines if line), re.IGNORECASE | re.MULTILINE)


def told(table: re.Pattern[str], text: str) -> bool:
    """Whether the text holds one of the table's phrases, also where a line ends within it."""
    flat = " ".join(text.split())
    return bool(table.search(text) or (flat != text.strip() and table.search(flat)))


def group_of(table: str) -> str:
    """The same alternatives for use within a larger expression."""
    return "(?:" + "|".join(line.strip() for line in table.strip().splitlines() if line.strip()) + ")"


def any_word(table: str) -> re.Pattern[str]:
    """Matches one of the table's lines as whole words; case doesn't count."""
    return re.compile(rf"(?<!\w){group_of(table)}(?!\w)", re.IGNORECASE)


def names_of(words: Iterable[str]) -> str:
    """The same for plain words; where one begins another, the longer is tried first."""
    return "(?:" + "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)) + ")"
