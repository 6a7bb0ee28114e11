"""`make bench`: what things cost on this machine, in one run and one table, within six minutes.

The seconds say nothing about another machine; the ratios do. What takes longer has a name of its own:
`make bench-long`.
"""

import resource
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

from tests.bench import mailbox, parts
from tests.bench.pages import pages
from tests.bench.shop import jobs_alone, shops
from tests.bench.table import HEAD, Row

SIZES, DUE, WEBHOOKS = (2_000, 20_000), 200, 100
SIZES_ALONE = (2_000, 20_000, 100_000)


def main(words: list[str]) -> None:
    began = time.monotonic()
    print(HEAD, flush=True)
    with tempfile.TemporaryDirectory() as folder:
        for row in _long(Path(folder)) if words == ["long"] else _short(Path(folder)):
            print(row.line, flush=True)
    used = (resource.getrusage(whose) for whose in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    processor = sum(one.ru_utime + one.ru_stime for one in used)
    print(f"all of it: {time.monotonic() - began:.0f} s, {processor:.0f} s of processor")


def _short(folder: Path) -> Iterable[Row]:
    yield from shops(folder, SIZES, DUE, WEBHOOKS)
    yield from pages(folder, SIZES[-1], WEBHOOKS)
    yield from parts.understanding(1_000)
    yield from parts.handing_over(folder, 50)


def _long(folder: Path) -> Iterable[Row]:
    yield from jobs_alone(folder, SIZES_ALONE, DUE)
    yield from mailbox.readings(mailbox.MAILS)


if __name__ == "__main__":
    main(sys.argv[1:])
