"""What is broken as the ledger knows it, and what the owner reads about that."""

import json
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from sheetflow.ledger import state
from sheetflow.ledger.rows import time_of
from sheetflow.workflow.alarm import Alarm
from sheetflow.workflow.brakes import LOGIN_REFUSED, blocked_why
from sheetflow.workflow.bulletin import Bulletin
from sheetflow.workflow.decide import moment, sentence
from sheetflow.workflow.sequence import Workflow

SHORTEST = timedelta(minutes=10)  # between two jobs, however often somebody starts one by hand
MISSED = 3  # intervals


@dataclass(frozen=True)
class Breakage:
    """`title` while it is broken, `works` once it works again; what it means, and what to do."""

    title: str
    works: str
    means: str
    do: str


CHECK = "`python -m sheetflow check` says what to mend."
KINDS = {
    "job": Breakage(
        "The job doesn't run",
        "The job runs",
        "No reply is read and no follow-up leaves; new leads are still taken and answered.",
        "See that the worker or the scheduler of your host runs `python -m sheetflow job`, and read its log.",
    ),
    "login": Breakage(
        "The mail server refuses the login",
        "The mail server takes the login",
        "Nothing leaves, first responses neither.",
        f"Set SMTP_PASSWORD (Gmail wants an app password). {CHECK}",
    ),
    "blocked": Breakage(
        "The mail account is blocked",
        "The mail account works",
        "Nothing leaves, first responses neither.",
        "Look what your mail provider says about its limits. sheetflow tries again by itself every hour.",
    ),
    "server": Breakage(
        "The mail server takes no mail",
        "The mail server takes mail",
        "What is due waits, and no lead loses a try by it.",
        f"Every job tries again. If it stays so: {CHECK}",
    ),
    "mailbox": Breakage(
        "Replies can't be read",
        "Replies are read",
        "No follow-up leaves, because nobody knows who has answered; first responses still do.",
        CHECK,
    ),
    "sheet": Breakage(
        "Something is wrong with the Sheet",
        "The Sheet is all right",
        "Leads are still taken. Follow-ups wait; first responses go on for an hour at most.",
        CHECK,
    ),
    "clock": Breakage(
        "The clock is wrong",
        "The clock is right",
        "No follow-up leaves.",
        "Set the clock of the machine right (automatic time).",
    ),
}


def broken(
    known: Mapping[str, str], workflow: Workflow, now: datetime, *, is_watched: bool
) -> dict[str, str]:
    """In words, by kind; `known` is the ledger's state. `is_watched`: a job that ran would have been seen."""
    line = known.get(state.BLOCKED, "")
    blocked = blocked_why(line, now, workflow)
    is_login = line.startswith(LOGIN_REFUSED)
    away = time_of(known.get(state.SERVER_AWAY, ""))
    found = {
        "job": _late_job(known, workflow, now) if is_watched else "",
        "login": blocked if is_login else "",
        "blocked": "" if is_login else blocked,
        "server": f"the mail server has taken no mail since {moment(away, workflow)}." if away else "",
        **json.loads(known.get(state.BROKEN) or "{}"),
    }
    found["sheet"] = found.get("sheet") or known.get(state.SHEET_NOTICE, "")
    return {kind: words for kind, words in found.items() if words}


def alert(
    begun: Sequence[Alarm], over: Sequence[Alarm], workflow: Workflow, now: datetime, home: str
) -> Bulletin:
    is_one = len(begun) == 1
    lines = [line for one in begun for line in _begun(one, workflow, is_titled=is_one)]
    lines += [_over(one, workflow) for one in over]
    return Bulletin("alert", _title(begun, over), tuple(lines), home=home)


def _title(begun: Sequence[Alarm], over: Sequence[Alarm]) -> str:
    if len(begun) > 1:
        return f"{len(begun)} things don't work"
    if begun:
        return KINDS[begun[0].kind].title
    return KINDS[over[0].kind].works + " again" if len(over) == 1 else f"{len(over)} things work again"


def _begun(one: Alarm, workflow: Workflow, *, is_titled: bool) -> list[str]:
    """`is_titled`: the mail's own title says what it is about."""
    kind = KINDS[one.kind]
    about = [] if is_titled else [f"{kind.title}."]
    said = [*about, _capital(sentence(one.words)), f"Since {moment(one.since, workflow)}."]
    return [" ".join(said), f"What to do: {kind.do}", kind.means]


def _over(one: Alarm, workflow: Workflow) -> str:
    since = moment(one.since, workflow)
    until = f" to {moment(one.gone, workflow)}" if one.gone else ""
    return f"{KINDS[one.kind].works} again. It was broken from {since}{until}: {sentence(one.words)}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _late_job(known: Mapping[str, str], workflow: Workflow, now: datetime) -> str:
    """The job hasn't run for three of its intervals, which are seen from its last runs."""
    last = time_of(known.get(state.LAST_JOB, "") or known.get(state.CREATED, ""))
    if last is None or now - last <= MISSED * interval(known.get(state.JOBS, "")):
        return ""
    if not known.get(state.LAST_JOB):
        return "it hasn't run at all so far."
    return f"it ran last on {moment(last, workflow)}."


def interval(runs: str) -> timedelta:
    """Between two jobs: the usual one of the last few."""
    times = [datetime.fromisoformat(text) for text in runs.split()]
    gaps = [later - earlier for earlier, later in pairwise(times)]
    return max(SHORTEST, statistics.median_low(gaps)) if gaps else SHORTEST
