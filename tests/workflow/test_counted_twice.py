"""The numbers against a count by plain loops; `python -m tests.count_histories` does it for a thousand."""

import pytest

from tests import count_histories


@pytest.mark.parametrize("first", range(0, 120, 20))
def test_generated_histories_counted_by_hand_give_the_same_numbers(first):
    assert [line for seed in range(first, first + 20) for line in count_histories.differences(seed)] == []


def test_a_wrong_count_would_be_seen(monkeypatch):
    monkeypatch.setattr("sheetflow.workflow.report.DAYS", 27)
    assert any(count_histories.differences(seed) for seed in range(20))
