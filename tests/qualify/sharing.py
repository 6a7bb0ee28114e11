"""One of several processes that take in leads at once: `python -m tests.qualify.sharing URL FIRST`."""

import sys

from sheetflow.ledger.ledger import Ledger
from tests.qualify.shop import team
from tests.qualify.test_turns import TEAM, arrive, enquiry

if __name__ == "__main__":
    url, first = sys.argv[1], int(sys.argv[2])
    ledger = Ledger(url, team(*TEAM))
    for number in range(first, first + 250, 5):
        arrive(ledger, *map(enquiry, range(number, number + 5)))
