"""What processes of their own do with a ledger, given a number, the site, and a way to say something."""

import time
from pathlib import Path

from sheetflow.errors import LedgerUnavailable
from sheetflow.ledger import state
from sheetflow.ledger.arrivals import store
from tests.contracts.people import a_claim, an_enquiry, lead_id


def store_the_same(number, site, say):
    with site.open().writing() as book:
        say(store(book, [an_enquiry(lead_id(number), delivery="same", email="ada@example.com")])[0])


def store_one_person(number, site, say):
    ledger = site.open()
    for part in range(5):
        words = {"email": "ada@example.com", "message": f"<{number}.{part}>"}
        with ledger.writing() as book:
            say(store(book, [an_enquiry(lead_id(10 * number + part), **words)])[0].status)


def store_for_ever(number, site, say):
    ledger = site.open()
    for count in range(1_000_000):
        pair = [an_enquiry(lead_id(2 * count)), an_enquiry(lead_id(2 * count + 1))]
        with ledger.writing() as book:
            receipts = store(book, pair)
        say([receipt.lead_id for receipt in receipts])


def claim_all(number, site, say):
    ledger = site.open()
    for part in range(25):
        with ledger.writing() as book:
            won = [lead for lead in range(2) if book.claim(a_claim(lead_id(2 * part + lead)), "", "")]
        say((part, won))


def lease_it(number, site, say):
    with site.open().writing() as book:
        say(book.lease("sheet", str(number), 120))


def names(number, site, say):
    with site.open().reading() as book:
        say((book.get(state.LEDGER), book.salt, book.get(state.SENDING)))


def store_when_told(number, site, say):
    ledger, told = site.open(), Path(site.url.removeprefix("sqlite:///") + ".go")
    with ledger.reading() as book:
        say(len(book.addresses()))
    while not told.exists():
        time.sleep(0.01)
    store_if_possible(ledger, [lead_id(1), lead_id(2)], say)
    ledger.close()


def store_if_possible(ledger, new, say):
    for lead in new:
        try:
            with ledger.writing() as book:
                receipts = store(book, [an_enquiry(lead)])
            say(receipts[0].lead_id)
        except LedgerUnavailable:
            say("unavailable")
