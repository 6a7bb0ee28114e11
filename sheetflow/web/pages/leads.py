"""`/leads`: all leads, to search, filter and sort."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, render_template, request

from sheetflow.ledger import listing
from sheetflow.ledger.ledger import Ledger
from sheetflow.ledger.listing import SORTS, Census, Wanted
from sheetflow.web.pages.shown import GROUPS, NEEDS_ME, tone, when, words_of
from sheetflow.workflow import statuses
from sheetflow.workflow.sequence import Workflow
from sheetflow.workflow.statuses import STATUSES, canonical

MOST_TYPED = 200  # characters of a search
MOST_PAGES = 100_000
SORT_LABELS = {
    "newest": "Newest first",
    "oldest": "Oldest first",
    "next": "Next follow-up",
    "name": "Name",
}
NOBODY = "-"  # asks for leads without an owner


@dataclass(frozen=True)
class Asked:
    """What stands in the address."""

    search: str
    status: str
    owner: str
    sort: str
    page: int

    @classmethod
    def read(cls, args: Mapping[str, str]) -> "Asked":
        """Whatever can't be meant counts as not asked."""
        page, sort = args.get("page", ""), args.get("sort", "")
        return cls(
            args.get("q", "").strip()[:MOST_TYPED],
            args.get("status", "").strip(),
            args.get("owner", "").strip(),
            sort if sort in SORTS else "newest",
            min(int(page), MOST_PAGES) if page.isascii() and page.isdigit() and int(page) else 1,
        )

    @property
    def is_narrow(self) -> bool:
        return bool(self.search or self.status or self.owner)

    def link(self, **changes: object) -> str:
        """The same list with something changed."""
        said = {
            "q": self.search,
            "status": self.status,
            "owner": self.owner,
            "sort": self.sort if self.sort != "newest" else "",
            **changes,
        }
        kept = {name: value for name, value in said.items() if value}
        return f"/leads?{urlencode(kept)}" if kept else "/leads"


class LeadList:
    """`base_url` is the public address, if there is one. `has_tokens`: whoever posts leads must show one."""

    def __init__(self, ledger: Ledger, base_url: str = "", *, has_tokens: bool) -> None:
        self._ledger, self._base_url, self._has_tokens = ledger, base_url, has_tokens

    def blueprint(self) -> Blueprint:
        routes = Blueprint("list", __name__)
        # Programs ask the hook at this address what they may do.
        for rule in ("/leads", "/leads/"):  # with a slash at its end it would be the hook's, for any source
            routes.add_url_rule(rule, view_func=self.show, provide_automatic_options=False)
        return routes

    def show(self) -> str:
        workflow, asked = self._ledger.workflow, Asked.read(request.args)
        with self._ledger.reading() as book:
            known = listing.census(book)
            words = known.by_status
            wanted = Wanted(
                search=asked.search,
                is_needy=asked.status == NEEDS_ME,
                statuses=words_of(asked.status, words, workflow),
                owner=("" if asked.owner == NOBODY else asked.owner) if asked.owner else None,
                sort=asked.sort,
                page=asked.page,
            )
            found = listing.find(book, wanted, known)
        first = (found.page - 1) * wanted.size
        return render_template(
            "pages/leads.html",
            asked=asked,
            found=found,
            first=first + 1,
            last=first + len(found.rows),
            has_more=first + len(found.rows) < found.total,
            has_leads=bool(words),
            groups=_groups(known, workflow),
            statuses=_statuses(words, workflow),
            owners=_owners(known.by_owner, workflow),
            sorts=SORT_LABELS,
            nobody=NOBODY,
            when=when,
            tone=lambda word: tone(word, workflow),
            hook=f"{self._base_url or request.url_root.rstrip('/')}/leads",
            has_tokens=self._has_tokens,
        )


def _groups(known: Census, workflow: Workflow) -> list[tuple[str, str, int]]:
    """Name, label and how many leads, of all and of each group."""
    words = known.by_status
    counts = Counter({canonical(word, workflow.statuses): 0 for word in words})
    for word, count in words.items():
        counts[canonical(word, workflow.statuses)] += count
    of_groups = (
        (group.name, group.label, sum(counts[status] for status in group.statuses)) for group in GROUPS
    )
    return [("", "All", words.total()), (NEEDS_ME, "Needs me", known.needy), *of_groups]


def _statuses(words: Counter[str], workflow: Workflow) -> list[tuple[str, int]]:
    """Those that leads have, in their order, each with how many."""
    counts: Counter[str] = Counter()
    for word, count in words.items():
        known = canonical(word, workflow.statuses)
        if known:
            counts[known] += count
    return [(status, counts[status]) for status in (*STATUSES, statuses.SEND_AGAIN) if counts[status]]


def _owners(owners: Counter[str], workflow: Workflow) -> list[str]:
    known = dict.fromkeys(owner.name for owner in workflow.owners)
    found: Any = sorted(filter(None, owners), key=str.casefold)
    return list(known | dict.fromkeys(found))
