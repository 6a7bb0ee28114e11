"""What `plan` says is what then happens, to the second; python -m tests.fuzz_plans tries many more."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fakes.smtp import FakeSmtp
from tests.fuzz_plans import live


@pytest.fixture(scope="module")
def server() -> Iterator[FakeSmtp]:
    with FakeSmtp("none") as server:
        yield server


@pytest.mark.parametrize("business", range(6))
def test_a_random_business_goes_as_planned(tmp_path: Path, server: FakeSmtp, business: int) -> None:
    life = live(business, tmp_path, server)
    assert life.wrong == []
    assert life.foreseen > 0
