"""Generated businesses, and their numbers counted once more by plain loops over the same happenings.

python -m tests.count_histories --count 1000

Nothing of the package counts here: weeks, months and minutes are worked out anew.
"""

import argparse
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from random import Random
from types import SimpleNamespace
from typing import Any

from sheetflow.workflow.events import Claim, Event, Kind
from sheetflow.workflow.lead import Lead
from sheetflow.workflow.report import report
from tests.workflow.test_report import WORKFLOW, ZONE, counted

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
STEPS = ("first_response", "follow_up", "check_in", "re_engage")
SOURCES = ("website", "ads", "Instagram", "referral", "fair", "")
TYPED = (
    *("In conversation", "Booked", "Won", "Lost", "Not a lead", "Test", "Do not contact", "Paused", "Maybe"),
)
ANSWERED = ("In conversation", "Booked", "Won", "Lost")
CLOSED = ("Won", "Lost", "Nurture", "Bounced", "Unsubscribed", "Do not contact")
FURTHER = {"Replied": 2, "In conversation": 3, "Booked": 4, "Won": 5}
SPEEDS = {"within 5 min": 5, "within 1 h": 60, "within 1 day": 1440}
KINDS = {
    "replied": Kind.REPLIED,
    "bounced": Kind.BOUNCED,
    "unsubscribed": Kind.UNSUBSCRIBED,
    "typed": Kind.STATUS,
    "answered": Kind.OWNER_RESPONSE,
    "missed": Kind.SLA_MISSED,
}
# Both changes of the clock, the turn of a year and of a month, a Sunday's last hour; and any day besides.
MOMENTS = tuple(
    datetime.fromisoformat(f"2026-{text}Z")
    for text in (
        "03-29T00:59",
        "03-29T01:00",
        "03-29T21:59",
        "03-30T05:00",
        "10-25T00:30",
        "10-25T01:30",
        "10-26T09:00",
        "01-01T00:00",
        "02-28T23:30",
    )
)


@dataclass
class Told:
    """One lead's life; `happened` in order, each a word, a moment and a step or what was typed."""

    lead_id: str
    source: str
    received: datetime
    happened: list[tuple[str, datetime, str]] = field(default_factory=list)

    def times(self, word: str) -> list[datetime]:
        return [at for what, at, _ in self.happened if what == word]

    @property
    def status(self) -> str:
        words = [detail for what, _, detail in self.happened if what == "typed"]
        stops = [what for what, _, _ in self.happened if what in ("replied", "bounced", "unsubscribed")]
        by_messages = ("New", "Contacted", "Following up", "Following up", "Nurture")
        return (words or [one.capitalize() for one in stops] or [by_messages[len(self.times("sent"))]])[-1]

    @property
    def is_counted(self) -> bool:
        return self.status not in ("Test", "Not a lead")


def tell(draw: Random, number: int, now: datetime) -> Told:
    """Messages two days apart, until something happens, if anything does."""
    age = draw.uniform(0, draw.choice((3, 16, 70, 500)))
    lead = Told(f"L-{number:04}", draw.choice(SOURCES), now - timedelta(minutes=int(age * 1440)))
    at = lead.received + timedelta(seconds=draw.choice((6, 240, 300, 301, 3600, 3601, 90_000)))
    fate = draw.choice(("replied", "replied", "bounced", "unsubscribed", "typed", "typed", ""))
    least = 0 if fate == "typed" else 1
    for step in STEPS[: draw.randint(least, 4) if fate else 4]:
        lead.happened.append(("sent", at, step))
        at += 2 * DAY
    last = max([lead.received, *lead.times("sent")])
    happens = last + draw.choice((1, 4, 61, 2800)) * MINUTE
    if fate == "typed":
        lead.happened += _typed(draw, happens)
    elif fate:
        lead.happened.append((fate, happens, ""))
    if fate == "replied":
        lead.happened += [("replied", happens + MINUTE, "")] * draw.randint(0, 1)
        lead.happened += _typed(draw, happens + draw.choice((2, 5, 60, 2000)) * MINUTE) * draw.randint(0, 1)
    lead.happened += [("missed", lead.received + 5 * MINUTE, "the business")] * draw.randint(0, 1)
    lead.happened = sorted((one for one in lead.happened if one[1] <= now), key=lambda one: one[1])
    return lead


def _typed(draw: Random, at: datetime) -> list[tuple[str, datetime, str]]:
    word = draw.choice(TYPED)
    return [("typed", at, word), *([("answered", at, "")] if word in ANSWERED else [])]


def held(lead: Told) -> SimpleNamespace:
    """The lead and its events as the ledger holds them."""
    fields = {"received": lead.received, "email": f"{lead.lead_id}@example.org", "owner": "Kim"}
    events = [Event(lead.received, lead.lead_id, Kind.RECEIVED, f"received:{lead.lead_id}")]
    for number, (what, at, detail) in enumerate(lead.happened):
        if what == "sent":
            claim = Claim(lead.lead_id, detail, 1)
            events += [claim.event(Kind.CLAIMED, at, "run"), claim.event(Kind.SENT, at, "run")]
        else:
            shown = f"{detail} (was {_stood(lead, number)})" if what == "typed" else detail
            events.append(Event(at, lead.lead_id, KINDS[what], f"{lead.lead_id}-{number}", detail=shown))
    suppressed = "".join(lead.status.lower() for word in ("bounced", "unsubscribed") if lead.times(word))
    kept = Lead(id=lead.lead_id, source=lead.source, **fields)
    return SimpleNamespace(lead=kept, events=events, suppressed=suppressed)


def _stood(lead: Told, number: int) -> str:
    return Told(lead.lead_id, lead.source, lead.received, lead.happened[:number]).status


# The count


def recount(leads: Iterable[Told], now: datetime) -> dict[str, Any]:
    leads = [lead for lead in leads if lead.is_counted]
    today = _day(now)
    monday = today - today.weekday() * DAY
    this, last = (
        [lead for lead in leads if start <= _day(lead.received) < start + 7 * DAY]
        for start in (monday, monday - 7 * DAY)
    )
    recent = [lead for lead in leads if _day(lead.received) >= today - 28 * DAY]
    year = [lead for lead in leads if _months_ago(lead.received, now) < 12]
    clock = now.astimezone(ZONE).replace(tzinfo=None)
    by_now = [lead for lead in last if _clock(lead.received) < clock - 7 * DAY]
    return {
        "this week": _reach(this),
        "last week": _reach(last),
        "last week by now": len(by_now),
        "sources this week": _by_source(this),
        "sources last week": _by_source(last),
        "weeks": [
            sum(
                1
                for lead in leads
                if monday - 7 * back * DAY <= _day(lead.received) < monday - 7 * (back - 1) * DAY
            )
            for back in range(7, -1, -1)
        ],
        "standing": _reach(leads),
        "awaiting follow-up": sum(1 for lead in leads if lead.status in ("Contacted", "Following up")),
        "awaiting answer": sum(1 for lead in leads if lead.status == "Replied"),
        "paused": sum(1 for lead in leads if lead.status == "Paused"),
        "needing a person": [lead_id for _, lead_id in sorted(filter(None, map(_waits, leads)))],
        "automatic": _minutes(recent, "sent"),
        "human": _minutes(recent, "answered"),
        "speed": {word: _speeds(recent, word) for word in ("sent", "answered")},
        "won by month": _won_by(year, lambda lead: f"{_day(lead.received):%Y-%m}"),
        "won by source": _won_by(year, lambda lead: lead.source),
        "funnel": [sum(1 for lead in year if _stage(lead) >= stage) for stage in range(6)],
        "steps": _steps(leads, today - 28 * DAY),
    }


def _clock(at: datetime) -> datetime:
    return at.astimezone(ZONE).replace(tzinfo=None)


def _day(at: datetime) -> date:
    return _clock(at).date()


def _months_ago(at: datetime, now: datetime) -> int:
    then, today = _day(at), _day(now)
    return (today.year - then.year) * 12 + today.month - then.month


def _reach(leads: Iterable[Told]) -> tuple[int, int, int, int]:
    sums = Counter("contacted" if _is_contacted(lead) else _left(lead) for lead in leads)
    return sums.total(), sums["contacted"], sums["pending"], sums["closed"]


def _is_contacted(lead: Told) -> bool:
    return bool(lead.times("sent") or lead.times("answered"))


def _left(lead: Told) -> str:
    return "closed" if lead.status in CLOSED else "pending"


def _by_source(leads: Iterable[Told]) -> dict[str, int]:
    return dict(Counter(lead.source for lead in leads))


def _waits(lead: Told) -> tuple[datetime, str] | None:
    reasons = []
    if lead.status == "Maybe":
        reasons.append(lead.times("typed")[-1])
    if lead.status == "Replied":
        reasons.append(lead.times("replied")[0])
    if lead.status == "Bounced" and not lead.times("answered"):
        reasons.append(lead.times("bounced")[-1])
    if lead.times("missed") and lead.status in ("New", "Contacted", "Following up", "Replied"):
        reasons.append(lead.received)
    return (min(reasons), lead.lead_id) if reasons else None


def _first(lead: Told, word: str) -> float | None:
    times = lead.times(word)
    return (times[0] - lead.received).total_seconds() / 60 if times else None


def _minutes(leads: Iterable[Told], word: str) -> tuple[float, ...]:
    """How many, the middle one, and how many within 5 minutes and an hour."""
    values = sorted(value for lead in leads if (value := _first(lead, word)) is not None)
    middle = (values[(len(values) - 1) // 2] + values[len(values) // 2]) / 2 if values else 0.0
    return len(values), middle, *(sum(value <= most for value in values) for most in (5, 60))


def _speeds(leads: Iterable[Told], word: str) -> list[int]:
    found: Counter[str] = Counter()
    for lead in leads:
        minutes = _first(lead, word)
        fast = [name for name, most in SPEEDS.items() if minutes is not None and minutes <= most]
        found["not yet" if minutes is None else (fast or ["later"])[0]] += 1
    return [found[name] for name in (*SPEEDS, "later", "not yet")]


def _won_by(leads: Iterable[Told], key: Callable[[Told], str]) -> dict[str, tuple[int, int]]:
    found: dict[str, list[Told]] = defaultdict(list)
    for lead in leads:
        found[key(lead)].append(lead)
    return {name: (len(group), sum(one.status == "Won" for one in group)) for name, group in found.items()}


def _stage(lead: Told) -> int:
    replied = 2 if lead.times("replied") else 1 if _is_contacted(lead) else 0
    return max(replied, FURTHER.get(lead.status, 0))


def _steps(leads: Iterable[Told], since: date) -> dict[str, list[int]]:
    """Sent, replied, unsubscribed, bounced: each belongs to the message before it."""
    found = {step: [0, 0, 0, 0] for step in STEPS}
    for lead in leads:
        messages = [(at, step) for what, at, step in lead.happened if what == "sent"]
        for number, (at, step) in enumerate(messages):
            if _day(at) < since:
                continue
            until = (
                messages[number + 1][0] if number + 1 < len(messages) else datetime.max.replace(tzinfo=UTC)
            )
            within = {what for what, when, _ in lead.happened if at <= when < until}
            for place, word in enumerate(("sent", "replied", "unsubscribed", "bounced")):
                found[step][place] += word in within
    return found


def reported(leads: Iterable[Told], now: datetime) -> dict[str, Any]:
    """The same out of the report."""
    found = report(counted(*map(held, leads), now=now), WORKFLOW, now)
    weeks, standing, first = found.leads, found.standing, found.first_response
    return {
        "this week": _four(weeks.this_week),
        "last week": _four(weeks.last_week),
        "last week by now": weeks.last_week_by_now,
        "sources this week": {one.source: one.received for one in weeks.this_week.by_source},
        "sources last week": {one.source: one.received for one in weeks.last_week.by_source},
        "weeks": [week.received for week in found.week_by_week.weeks],
        "standing": _four(standing),
        "awaiting follow-up": standing.awaiting_follow_up,
        "awaiting answer": standing.awaiting_answer,
        "paused": standing.paused,
        "needing a person": [lead.lead_id for lead in found.needing_person.leads],
        "automatic": _spread(first.automatic),
        "human": _spread(first.human),
        "speed": {
            "sent": [speed.automatic for speed in first.by_speed],
            "answered": [speed.human for speed in first.by_speed],
        },
        "won by month": {one.month: (one.received, one.won) for one in found.conversion.by_month},
        "won by source": {one.source: (one.received, one.won) for one in found.conversion.by_source},
        "funnel": [stage.leads for stage in found.funnel.stages],
        "steps": {
            one.step: [one.sent, one.replied, one.unsubscribed, one.bounced]
            for one in found.engagement.by_step
        },
    }


def _four(of: Any) -> tuple[int, int, int, int]:
    return of.received, of.contacted, of.pending, of.closed_unanswered


def _spread(of: Any) -> tuple[float, ...]:
    within = (of.within_5_minutes or 0, of.within_1_hour or 0)
    return of.answered, of.median_minutes or 0.0, *(round(share * of.answered) for share in within)


def differences(seed: int) -> list[str]:
    draw = Random(seed)
    now = draw.choice(MOMENTS) if seed % 2 else MOMENTS[0] + timedelta(minutes=draw.randrange(600_000))
    leads = [tell(draw, number, now) for number in range(draw.randint(1, 24))]
    ours, theirs = recount(leads, now), reported(leads, now)
    return [
        f"seed {seed}, {name}: {ours[name]} by hand, {theirs[name]} in the report"
        for name in ours
        if ours[name] != theirs[name]
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description="Counts generated histories twice.")
    parser.add_argument("--count", type=int, default=1000)
    count = parser.parse_args().count
    found = [line for seed in range(count) for line in differences(seed)]
    print("\n".join(found[:20]))
    print(f"{count} histories, {len(found)} differences")
    raise SystemExit(bool(found))


if __name__ == "__main__":
    main()
