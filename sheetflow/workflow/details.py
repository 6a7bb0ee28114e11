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


_MISUNDERSTOOD = "not understood: "
_OUTBOX = "outbox: "
_EMAIL = "Email: "


def misunderstood_detail(words: str) -> str:
    """The Detail of a `rescheduled` event whose words are no date; no words: they were taken back."""
    return f"{_MISUNDERSTOOD}{words}"


def read_misunderstood(detail: str) -> str:
    return detail.removeprefix(_MISUNDERSTOOD) if detail.startswith(_MISUNDERSTOOD) else ""


def edit_detail(header: str, value: str, before: str) -> str:
    """The Detail of an `edited` event: "Phone: +1 555 0100 (was 555 0100)"."""
    return f"{header}: {value} (was {before})"


def corrects_email(detail: str) -> bool:
    """Whether an `edited` event is about the address."""
    return detail.startswith(_EMAIL)


def sent_detail(subject: str, *, is_try_out: bool) -> str:
    """The Detail of a `sent` event: the subject, marked if the message went to the outbox alone."""
    return f"{_OUTBOX}{subject}" if is_try_out else subject


def was_tried_out(detail: str) -> bool:
    return detail.startswith(_OUTBOX)


def read_subject(detail: str) -> str:
    return detail.removeprefix(_OUTBOX)
