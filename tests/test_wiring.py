"""What the business decided reaches the parts that need it."""

import pytest

from sheetflow.wiring import build, read_settings
from tests.test_cli import ROOT


@pytest.mark.parametrize(("country", "day_first"), [("US", False), ("DE", True), ("", True)])
def test_what_an_ambiguous_date_means_follows_the_country(tmp_path, country, day_first):
    config = (ROOT / "config/sheetflow.toml").read_text()
    (tmp_path / "config").mkdir()
    (tmp_path / "config/sheetflow.toml").write_text(
        config.replace('country = "US"', f'country = "{country}"')
    )
    (tmp_path / "config/templates").symlink_to(ROOT / "config/templates")
    wired = build(read_settings({}, tmp_path))
    assert wired.ports.tracker.snapshot().day_first is day_first
