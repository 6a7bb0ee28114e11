"""What the Detail of an event says, written and read: a status and its note, a moment, an absence."""

from datetime import date, datetime

_AWAY = "away until "
_BRACKETS = str.maketrans("()", "[]")  # in a note, so that it can be told from the word


def status_detail(word: str, note: str) -> str:
    """The Detail of a `status` event: "Won (was Contacted)", "Paused (imported)"."""
    return f"{word} ({note.translate(_BRACKETS)})"


def was(shown: str) -> str:
    """The note of a word typed over another: "was Contacted"."""
    return f"was {shown}".translate(_BRACKETS)


def split_word(detail: str) -> tuple[str, str]:
    """The word and the note of `status_detail`; the word is empty where Status was emptied."""
    word, bracket, note = detail.removesuffix(")").rpartition("(")
    if not bracket or not detail.endswith(")"):
        return detail, ""
    return word.removesuffix(" "), note


def moment_detail(moment: date | datetime) -> str:
    """The Detail of a `rescheduled` event: an ISO date, or an ISO date-time without zone."""
    return moment.isoformat(timespec="minutes") if isinstance(moment, datetime) else moment.isoformat()


def read_moment(detail: str) -> date | datetime | None:
    """None where it holds something else."""
    try:
        return date.fromisoformat(detail) if len(detail) == 10 else datetime.fromisoformat(detail)
    except ValueError:
        return None


def away_detail(until: date, words: str) -> str:
    """The Detail of an `auto_replied` event that says when the person is back."""
    return f"{_AWAY}{until.isoformat()}: {words}"


def read_away(detail: str) -> date | None:
    """When the person is back; None where the mail didn't say."""
    if not detail.startswith(_AWAY):
        return None
    try:
        return date.fromisoformat(detail.removeprefix(_AWAY)[:10])
    except ValueError:
        return None
