"""The week in numbers, against the week before."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sheetflow.workflow import statuses
from sheetflow.workflow.bulletin import Bulletin, Item, shortlist
from sheetflow.workflow.counted import Counted, Letter
from sheetflow.workflow.notice import one_line
from sheetflow.workflow.numbers import Owners, Report, Spread, Week, cut, share, spread
from sheetflow.workflow.report import midnight, report
from sheetflow.workflow.sections import NOTHING, REACH, Row, Section, duration, named, percent, source_lines
from sheetflow.workflow.sequence import Workflow
from sheetflow.workflow.steps import conclusions

ITEMS_SHOWN = 5


@dataclass(frozen=True)
class _Past:
    """One week that is over, as its leads and messages stand now."""

    week: Week
    automatic: Spread
    human: Spread
    letters: tuple[Letter, ...]


def monday_of(now: datetime, workflow: Workflow) -> datetime:
    """When the week began, in the business's zone."""
    local = now.astimezone(workflow.business.zone)
    return midnight(local.date() - timedelta(days=local.weekday()), workflow.business.zone)


def digest(
    counted: Sequence[Counted], items: Sequence[Item], workflow: Workflow, now: datetime, home: str
) -> Bulletin:
    """`items` need a person, oldest first. Nothing that a lead wrote does anything here."""
    counted = [replace(lead, name=one_line(lead.name), source=one_line(lead.source)) for lead in counted]
    last, before = _past(counted, workflow, now)
    numbers = report(counted, workflow, now)
    shown, rest = shortlist(items, ITEMS_SHOWN)
    return Bulletin(
        "digest",
        _title(last.week.received, before.week.received),
        (_needs(len(items)),),
        shown,
        rest,
        (_weeks(last, before), _now(numbers), *_owners(numbers.owners), *_conclusions(numbers)),
        home,
    )


def _past(counted: Sequence[Counted], workflow: Workflow, now: datetime) -> tuple[_Past, _Past]:
    monday = monday_of(now, workflow)
    known = [lead for lead in counted if lead.status not in statuses.UNCOUNTED]
    until = [lead for lead in known if lead.received and lead.received < monday]
    # As the report of the week's last moment says it.
    weeks = report(until, workflow, monday - timedelta(microseconds=1)).leads
    this = replace(weeks.this_week, period=replace(weeks.this_week.period, end=monday))
    return _past_week(known, this), _past_week(known, weeks.last_week)


def _past_week(counted: Iterable[Counted], week: Week) -> _Past:
    start, end = week.period.start, week.period.end
    leads = [lead for lead in counted if start and lead.received and start <= lead.received < end]
    letters = (letter for lead in counted for letter in lead.letters)
    sent = tuple(letter for letter in letters if start and start <= letter.at < end)
    return _Past(week, spread(lead.automatic for lead in leads), spread(lead.human for lead in leads), sent)


def _title(last: int, before: int) -> str:
    leads = "1 lead" if last == 1 else f"{last or 'No'} leads"
    return f"{leads} last week, {before or 'none'} the week before"


def _needs(count: int) -> str:
    if not count:
        return "Nothing waits for you."
    return "1 lead needs you:" if count == 1 else f"{count} leads need you, the oldest first:"


def _weeks(last: _Past, before: _Past) -> Section:
    sources: dict[str, list[int]] = {}
    for column, past in enumerate((last, before)):
        for item in past.week.by_source:
            sources.setdefault(item.source, [0, 0])[column] = item.received
    rows: tuple[Row, ...] = (
        ("", "last week", "week before"),
        *(
            _both("received" if name == "received" else label, last, before, _count(name))
            for name, label in REACH.items()
        ),
        *((label, now, then) for label, (now, then) in source_lines(sources)),
        _both("first response, median", last, before, lambda of: duration(of.automatic.median_minutes)),
        _both("first response in 5 min", last, before, lambda of: percent(of.automatic.within_5_minutes)),
        _both("by a person, median", last, before, lambda of: duration(of.human.median_minutes)),
        _both("by a person in 5 min", last, before, lambda of: percent(of.human.within_5_minutes)),
        _both("messages sent", last, before, lambda of: sum(one.sent for one in of.letters)),
        _both("replied to", last, before, lambda of: sum(one.replied for one in of.letters)),
        _both("unsubscribed", last, before, lambda of: sum(one.unsubscribed for one in of.letters)),
        _both("bounced", last, before, lambda of: sum(one.bounced for one in of.letters)),
    )
    head, received, *others = rows
    about = f"{last.week.period}; the week before: {before.week.period}"
    return Section("The week", about, (head, received, *_telling(others)))


def _telling(rows: Iterable[Row]) -> Iterator[Row]:
    """Without those that hold nothing: what did happen is seen among a few lines."""
    return (row for row in rows if any(value not in (0, NOTHING) for value in row[1:]))


def _count(name: str) -> Callable[[_Past], int]:
    return lambda of: int(getattr(of.week, name))


def _both(label: str, last: _Past, before: _Past, of: Callable[[_Past], str | int]) -> Row:
    return label, of(last), of(before)


def _now(numbers: Report) -> Section:
    standing, conversion = numbers.standing, numbers.conversion
    won = f"{conversion.won} of {conversion.received}"
    rows: tuple[Row, ...] = (
        ("awaiting a follow-up", standing.awaiting_follow_up),
        ("replied, awaiting your answer", standing.awaiting_answer),
        ("paused", standing.paused),
        ("needing attention", len(standing.needing_attention)),
        (
            "Won, of twelve months",
            f"{won} ({percent(share(conversion.won, conversion.received))})",
        ),
    )
    about = f"all leads received {standing.period}"
    return Section("Now", about, tuple(_telling(rows)), has_head=False)


def _owners(owners: Owners) -> tuple[Section, ...]:
    told = tuple(
        (
            f"{one_line(cut(of.owner)) or 'nobody'}: {of.open} open, "
            f"answers after {duration(of.human_response.median_minutes)} (median)",
            f"oldest untouched: {named(of.oldest_untouched)}" if of.oldest_untouched else "",
        )
        for of in owners.by_owner
    )
    about = f"median of leads received {owners.human_response_period}"
    return (Section("Owners", about, remarks=told),) if told else ()


def _conclusions(numbers: Report) -> tuple[Section, ...]:
    told = tuple((sentence, "") for sentence in conclusions(numbers))
    return (Section("What the numbers say", f"{numbers.steps.period}", remarks=told),) if told else ()
