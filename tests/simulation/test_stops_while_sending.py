"""Words and opt-outs that come between a run's look and the turn of their message."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import requests

from sheetflow.workflow import statuses
from sheetflow.workflow.events import Kind
from tests.simulation.business import Business, links_in
from tests.simulation.stops import LEA, TUESDAY, contacted, first_mail, passes

FIRST = "first@first.example"
COMES: dict[str, Callable[[Business, str], object]] = {
    "an opt-out": lambda business, _: requests.post(
        links_in(first_mail(business, LEA)).pop(), timeout=30
    ).raise_for_status(),
    "Won": lambda business, lea: business.type(lea, "Status", statuses.WON),
    "a later day": lambda business, lea: business.type(lea, "Next follow-up", "2026-04-14"),
    "another address": lambda business, lea: business.type(lea, "Email", "other@example.org"),
}


@pytest.mark.parametrize("name", COMES)
def test_what_comes_while_a_chunk_is_being_sent_stops_the_messages_whose_turn_has_not_come(
    business: Business, name: str
) -> None:
    """The claims of a chunk are up to 30 seconds old when its last message leaves."""
    [first] = contacted(business, FIRST)
    passes(business, minutes=-20)
    [lea] = contacted(business, LEA)
    business.now = TUESDAY + timedelta(days=2, hours=1)
    business.smtp.arrives = lambda mail: COMES[name](business, lea) if FIRST in mail.rcpt_to else None
    try:
        business.job()
    finally:
        business.smtp.arrives = lambda _: None
    assert Kind.RELEASED in business.kinds(lea)
    assert [len(business.mails_to(one)) for one in (FIRST, LEA, "other@example.org")] == [
        2,
        1,
        0,
    ]
    assert business.row(first)["Emails sent"] == 2
    assert business.row(lea)["Emails sent"] == 1
