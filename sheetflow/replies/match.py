"""Finds the lead, and where possible the step, that a mail belongs to."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from sheetflow.replies.free_mail import is_free_mail
from sheetflow.replies.verdict import BOUNCES, Kind, Verdict


class How(StrEnum):
    MESSAGE_ID = "message-id"  # answers, returns or is a message of ours: certain
    ADDRESS = "address"  # from, or about, the lead's own address
    COLLEAGUE = "colleague"  # from another address at the lead's company: for a person to look at


@dataclass(frozen=True)
class Match:
    lead_ids: tuple[str, ...]  # several where rows share an address or a company
    how: How
    step: str = ""  # known only by Message-ID


# Lead ID and step of a message of ours by its Message-ID, as `plain_id` gives it; None if it isn't one.
OfMessage = Callable[[str], tuple[str, str] | None]


@dataclass(frozen=True)
class Index:
    """What mails are matched against; make it with `index`."""

    of_message: OfMessage  # asked one by one: there may be a quarter of a million
    addresses: Mapping[str, tuple[str, ...]]  # address without its +alias: lead IDs
    domains: Mapping[str, tuple[str, ...]]  # domains of companies: lead IDs


def index(of_message: OfMessage, addresses: Iterable[tuple[str, str]]) -> Index:
    """`addresses`: of rows, and lead ID."""
    leads: dict[str, dict[str, None]] = {}
    domains: dict[str, dict[str, None]] = {}
    for address, lead_id in addresses:
        plain = plain_address(address)
        _, at, domain = plain.rpartition("@")
        if not at or not domain:
            continue
        leads.setdefault(plain, {})[lead_id] = None
        if not is_free_mail(domain):
            domains.setdefault(domain, {})[lead_id] = None
    return Index(
        of_message=of_message,
        addresses={address: tuple(ids) for address, ids in leads.items()},
        domains={domain: tuple(ids) for domain, ids in domains.items()},
    )


def match(verdict: Verdict, index: Index) -> Match | None:
    """The lead a mail belongs to, or None: what matches nobody is left alone."""
    return _by_message(verdict, index) or _by_address(verdict, index) or _by_company(verdict, index)


def plain_address(address: str) -> str:
    """`Jo+Forms@Example.com` is jo@example.com; for Gmail dots don't count either."""
    local, _, domain = address.strip().lower().rpartition("@")
    local = local.partition("+")[0] or local
    if domain in ("gmail.com", "googlemail.com"):
        return f"{local.replace('.', '')}@gmail.com"
    return f"{local}@{domain}"


def plain_id(message_id: str) -> str:
    return message_id.strip(" <>\t\r\n")


def _by_message(verdict: Verdict, index: Index) -> Match | None:
    own = (verdict.incoming.message_id,) if verdict.kind is Kind.OWN else ()
    answered = () if verdict.kind is Kind.OWN else verdict.incoming.references
    for message_id in (*own, *verdict.original_message_ids, *answered):
        if found := index.of_message(plain_id(message_id)):
            return Match((found[0],), How.MESSAGE_ID, found[1])
    return None


def _by_address(verdict: Verdict, index: Index) -> Match | None:
    for address in _about(verdict):
        if found := index.addresses.get(plain_address(address)):
            return Match(found, How.ADDRESS)
    return None


def _about(verdict: Verdict) -> tuple[str, ...]:
    """Whose address decides: of a report the recipient's, of our own mail the reader's, else the writer's."""
    if verdict.kind in BOUNCES or verdict.kind is Kind.COMPLAINT:
        return verdict.recipients
    return verdict.incoming.to if verdict.kind is Kind.OWN else (verdict.incoming.sender,)


def _by_company(verdict: Verdict, index: Index) -> Match | None:
    """Only for people: a report or a machine's answer from the same company says nothing of our lead."""
    if verdict.kind not in (Kind.REPLY, Kind.UNSUBSCRIBE):
        return None
    found = index.domains.get(verdict.incoming.sender.rpartition("@")[2])
    return Match(found, How.COLLEAGUE) if found else None
