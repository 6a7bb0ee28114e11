"""Words and opt-outs that come between a run's look and the turn of their message."""

from datetime import timedelta

import requests

from sheetflow.workflow import statuses
from sheetflow.workflow.events import Kind
from tests.fakes.sheets import FakeSheets
from tests.simulation.business import Business, links_in
from tests.simulation.stops import LEA, TUESDAY, contacted, first_mail, kinds, passes


def test_an_opt_out_from_before_the_claim_stops_the_step_also_where_it_has_left_the_inbox_since(
    business: Business, empty_sheet: FakeSheets
) -> None:
    """The claims of a chunk are up to 30 seconds old when its last message leaves."""
    contacted(business, "first@first.example")
    passes(business, minutes=-20)
    [lea] = contacted(business, LEA)
    link = links_in(first_mail(business, LEA)).pop()
    business.now = TUESDAY + timedelta(days=2, hours=1)

    def press(index: int, _: object) -> None:
        if index == 1:
            requests.post(link, timeout=30).raise_for_status()

    empty_sheet.request_log.clear()
    empty_sheet.between = press
    business.smtp.arrives = lambda _: business.settles()
    business.job()
    business.smtp.arrives = lambda _: None
    empty_sheet.between = None
    assert Kind.UNSUBSCRIBED in kinds(business, lea)
    assert len(business.mails_to(LEA)) == 1


def test_a_word_typed_in_the_moment_of_the_claim_is_not_contradicted_by_why(
    business: Business, empty_sheet: FakeSheets
) -> None:
    """What was typed is the next run's to tell of; until then Why says nothing about this one's message."""
    [lea] = contacted(business, LEA)
    business.now = TUESDAY + timedelta(days=2)

    def types(index: int, _: object) -> None:
        if index == 1:
            business.book.type(lea, "Status", statuses.WON)

    empty_sheet.request_log.clear()
    empty_sheet.between = types
    before = business.row(lea)["Why"]
    business.job()
    empty_sheet.between = None
    assert (business.row(lea)["Status"], business.row(lea)["Why"]) == (statuses.WON, before)
    assert len(business.mails_to(LEA)) == 1
