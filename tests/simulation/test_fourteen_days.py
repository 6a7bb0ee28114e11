"""Fourteen days of ten leads over real servers: who gets how many mails, and what every row says."""

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from sheetflow.workflow import statuses
from sheetflow.workflow.events import Kind
from sheetflow.workflow.report import report
from tests.contracts.sites import postgresql_site
from tests.fakes.imap import FakeImap
from tests.fakes.smtp import FakeSmtp
from tests.jobs.world import read_mail
from tests.simulation.book import Book, LedgerBook
from tests.simulation.business import Business, Scanner
from tests.simulation.story import FIRST_DAY, Diary, Story, Whys, address, told

# Mails in fourteen days, and the status at the end.
ENDINGS = {
    "same": (2, statuses.REPLIED),
    "other": (1, statuses.REPLIED),
    "away": (2, statuses.FOLLOWING_UP),
    "dead": (1, statuses.BOUNCED),
    "soft": (4, statuses.NURTURE),
    "angry": (2, statuses.UNSUBSCRIBED),
    "click": (2, statuses.UNSUBSCRIBED),
    "stop": (3, statuses.UNSUBSCRIBED),
    "won": (1, statuses.WON),
    "through": (4, statuses.NURTURE),
}
MAILS = sum(mails for mails, _ in ENDINGS.values())

REPLIED = "The lead replied: over to you. Nothing more is sent by itself."
DEAD = 'The address can\'t be reached: nothing more is sent. Correct Email and set "New".'
OUT = "Unsubscribed: nothing more is sent."
WON = "Won: nothing more is sent by itself."
FINISHED = "The sequence finished: nothing more is sent by itself."
UNREAD = "Follow up is due, but replies can't be read: …"


def goes(step: str, day: str) -> str:
    return f"{step} goes out on {day} 2026, 09:00."


def is_page(link: str) -> bool:
    """Of those that are only shown to whoever has logged in."""
    path = urlsplit(link).path
    return path == "/" or path.startswith("/leads/")


def each(names: str, why: str) -> Whys:
    return dict.fromkeys(names.split(), why)


FIRST_DAYS: Diary = {
    (1, "09:00"): {
        **each("same soft angry click stop won through", goes("Follow up", "Wed 25 Mar")),
        "other": REPLIED,
        "away": f"{goes('Follow up', 'Wed 1 Apr')} The lead is away until 31 Mar 2026.",
        "dead": DEAD,
    },
    (2, "09:30"): {"won": WON},
}
# Day 7 is a Sunday; of the last days, 3 and 6 April are holidays.
DIARY: Diary = {
    **FIRST_DAYS,
    (3, "09:00"): each("same soft angry click stop through", goes("Check in", "Fri 27 Mar")),
    (3, "09:30"): {"same": REPLIED, **each("angry click", OUT)},
    (5, "09:00"): each("soft stop through", goes("Re engage", "Mon 30 Mar")),
    (5, "09:30"): {"stop": OUT},
    (8, "09:00"): each("soft through", FINISHED),
    (10, "09:00"): {"away": goes("Check in", "Tue 7 Apr")},
}
DIARY_DOWN: Diary = {
    **FIRST_DAYS,
    (3, "09:00"): each("same soft angry click stop through", UNREAD),
    (4, "09:00"): each("same soft angry click stop through", goes("Check in", "Mon 30 Mar")),
    (4, "09:30"): {"same": REPLIED, **each("angry click", OUT)},
    (8, "09:00"): each("soft stop through", goes("Re engage", "Wed 1 Apr")),
    (8, "09:30"): {"stop": OUT},
    (10, "09:00"): {**each("soft through", FINISHED), "away": goes("Check in", "Tue 7 Apr")},
}

HAPPENED = {
    Kind.RECEIVED: 10,
    Kind.ASSIGNED: 10,
    Kind.SENT: MAILS,
    Kind.REPLIED: 2,
    Kind.AUTO_REPLIED: 1,
    Kind.BOUNCED: 2,
    Kind.COMPLAINED: 1,
    Kind.UNSUBSCRIBED: 2,
    Kind.STATUS: 1,
    Kind.OWNER_RESPONSE: 1,
}
# Two runs at once may try again; what owners are told of has its own tests.
MORE_OR_LESS = (Kind.CLAIMED, Kind.RELEASED, Kind.NOTIFIED, Kind.SLA_MISSED, Kind.QUALIFIED)
SUPPRESSED = {
    "dead": "bounced",
    "angry": "complained",
    "click": "unsubscribed by link",
    "stop": "unsubscribed",
}


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.needs_postgresql)])
def book(request: pytest.FixtureRequest, tmp_path: Path) -> Book:
    if request.param == "postgresql":
        return LedgerBook(postgresql_site(request.getfixturevalue("postgresql_url")).url)
    return LedgerBook(f"sqlite:///{tmp_path / 'ledger.db'}")


@pytest.fixture
def business(tmp_path: Path, book: Book, mailbox: FakeImap) -> Iterator[Business]:
    with FakeSmtp() as smtp, Business(tmp_path, book, smtp, mailbox, FIRST_DAY) as business:
        yield business


@pytest.mark.parametrize(
    ("at_once", "days_down"), [(1, (3, 5)), (2, ())], ids=["once, mailbox down", "twice at once"]
)
def test_ten_leads_in_fourteen_days(business: Business, at_once: int, days_down: tuple[int, ...]) -> None:
    story = Story(business, at_once, days_down)
    story.run()
    rows = business.rows()
    for who, (mails, status) in ENDINGS.items():
        row = rows[story.leads[who]]
        assert (who, row["Status"], row["Emails sent"]) == (who, status, mails)
        assert (who, len(business.mails_to(address(who)))) == (who, mails)
    assert story.diary() == (DIARY_DOWN if days_down else DIARY)
    assert {day for day, problems in story.problems.items() if problems} == set(days_down)
    assert {told(one) for problems in story.problems.values() for one in problems} <= {
        "No follow-up is sent: replies can't be read: …"
    }
    check_mails(business, story.scanner)
    check_ledger(business, story.leads)


def check_mails(business: Business, scanner: Scanner) -> None:
    """Each left once, and each link was opened when its mail arrived and afterwards."""
    ids = Counter(str(read_mail(captured.data)["Message-ID"]) for captured in business.letters)
    assert (len(ids), set(ids.values())) == (MAILS, {1})
    # Owners' buttons are opened too, and change as little; their link to the lead wants a login.
    assert {status for _, link, status in scanner.opened if not is_page(link)} == {200}
    opened = [one for one in scanner.opened if "/u/" in one[1]]
    assert Counter((method, status) for method, _, status in opened) == {
        ("HEAD", 200): 2 * MAILS,
        ("GET", 200): 2 * MAILS,
    }
    assert {link.rpartition("/")[0] for _, link, _ in opened} == {f"{business.url}/u"}


def check_ledger(business: Business, leads: dict[str, str]) -> None:
    kinds = Counter(kind for lead_id in leads.values() for kind in business.kinds(lead_id))
    assert {kind: count for kind, count in kinds.items() if kind not in MORE_OR_LESS} == HAPPENED
    assert sorted(business.suppressions()) == sorted(SUPPRESSED.values())
    with business.ledger.reading() as book:
        found = {who: book.suppression(address(who)) for who in ENDINGS}
        counted = book.counted()
    assert {who: reason for who, reason in found.items() if reason} == SUPPRESSED
    shown = report(counted, business.ledger.workflow, business.now).to_json()
    expected = numbers(leads["away"])
    assert {section: shown[section] for section in expected} == expected


MONDAY, NEXT_MONDAY = "2026-03-23T00:00:00+01:00", "2026-03-30T00:00:00+02:00"
ARRIVED, END = "2026-03-23T09:00:00+01:00", "2026-04-05T09:00:00+02:00"
EVER, RECENTLY = {"from": ARRIVED, "to": END}, {"from": "2026-03-08T00:00:00+01:00", "to": END}
SOURCES = [
    {"source": "website", "received": 5, "won": 1, "rate": 0.2},
    {"source": "advert", "received": 3, "won": 0, "rate": 0.0},
    {"source": "newsletter", "received": 2, "won": 0, "rate": 0.0},
]
EVERYBODY = {"received": 10, "contacted": 10, "pending": 0, "closed_unanswered": 0}
CONVERSION = {"received": 10, "won": 1, "rate": 0.1}
NO_ANSWER = dict.fromkeys(("median_minutes", "p95_minutes", "within_5_minutes", "within_1_hour"))
BY_A_PERSON = {  # Won was typed half an hour and a day after the enquiry
    "answered": 1,
    **dict.fromkeys(("median_minutes", "p95_minutes"), 24.5 * 60),
    **dict.fromkeys(("within_5_minutes", "within_1_hour"), 0.0),
}
AT_ONCE = {
    "answered": 10,
    **dict.fromkeys(("median_minutes", "p95_minutes"), 0.0),
    **dict.fromkeys(("within_5_minutes", "within_1_hour"), 1.0),
}


def numbers(away: str) -> dict[str, Any]:
    """The report on the last day; `away` is the Lead ID of who is untouched for longest."""
    return {
        "period": RECENTLY,
        "advice": {"period": RECENTLY, "calls": 0, "tokens": 0, "most_a_day": 200, "by_day": []},
        "leads": {
            "this_week": {
                "period": {"from": NEXT_MONDAY, "to": END},
                **dict.fromkeys(EVERYBODY, 0),
                "by_source": [],
            },
            "last_week": {
                "period": {"from": MONDAY, "to": NEXT_MONDAY},
                **EVERYBODY,
                "by_source": SOURCES,
            },
            "last_week_by_now": 10,
        },
        "standing": {
            "period": EVER,
            **EVERYBODY,
            "awaiting_follow_up": 1,
            "awaiting_answer": 2,
            "paused": 0,
            "needing_attention": [],
        },
        "first_response": {
            "period": RECENTLY,
            "received": 10,
            "automatic": AT_ONCE,
            "human": BY_A_PERSON,
            "by_speed": [
                {"within": "within 5 min", "automatic": 10, "human": 0},
                {"within": "within 1 h", "automatic": 0, "human": 0},
                {"within": "within 1 day", "automatic": 0, "human": 0},
                {"within": "later", "automatic": 0, "human": 1},
                {"within": "not yet", "automatic": 0, "human": 9},
            ],
        },
        "conversion": {
            "period": {"from": "2025-05-01T00:00:00+02:00", "to": END},
            **CONVERSION,
            "by_month": [
                {
                    "month": "2026-03",
                    "period": {"from": "2026-03-01T00:00:00+01:00", "to": "2026-04-01T00:00:00+02:00"},
                    **CONVERSION,
                }
            ],
            "by_source": SOURCES,
        },
        "engagement": {"period": RECENTLY, "by_step": list(steps())},
        "owners": {
            "period": EVER,
            "human_response_period": RECENTLY,
            "by_owner": [
                {
                    "owner": "Kim",
                    "open": 3,
                    "oldest_untouched": {
                        "lead_id": away,
                        "name": "Away",
                        "since": ARRIVED,
                        "why": goes("Check in", "Tue 7 Apr"),
                    },
                    "human_response": {"answered": 0, **NO_ANSWER},
                },
                {"owner": "Ben", "open": 0, "oldest_untouched": None, "human_response": BY_A_PERSON},
            ],
        },
    }


def steps() -> Iterable[dict[str, Any]]:
    """sent, replied, rate with its interval, unsubscribed, bounced."""
    for name, sent, replied, rate, low, high, unsubscribed, bounced_back in (
        ("first_response", 10, 1, 0.1, 0.0179, 0.4042, 0, 2),
        ("follow_up", 7, 1, 0.1429, 0.0257, 0.5131, 2, 0),
        ("check_in", 3, 0, 0.0, 0.0, 0.5615, 1, 0),
        ("re_engage", 2, 0, 0.0, 0.0, 0.6576, 0, 0),
    ):
        yield {
            "step": name,
            "sent": sent,
            "replied": replied,
            "rate": rate,
            "interval_95": {"low": low, "high": high},
            "unsubscribed": unsubscribed,
            "bounced": bounced_back,
            "variant": "",
        }
