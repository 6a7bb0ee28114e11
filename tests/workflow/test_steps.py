"""What the numbers allow to conclude, held against figures of SciPy 1.16.3 and of a simulation."""

import random
from dataclasses import replace

import pytest

from sheetflow.workflow.numbers import SourceNumbers, StepEngagement, share, wilson
from sheetflow.workflow.sections import steps_of
from sheetflow.workflow.steps import Share, conclusions, costs_more, enough, likelihood, needed
from sheetflow.workflow.terminal import lines_of
from tests.workflow.test_report import NOW, Story, report_of


def share_of(part, whole):
    return Share("it", part, whole)


@pytest.mark.parametrize(
    ("better", "worse", "chance"),
    [
        # integrate.quad(lambda x: beta(a+1, n-a+1).pdf(x) * beta(b+1, m-b+1).cdf(x), 0, 1)
        ((9, 31), (3, 29), 0.960862),
        ((3, 29), (9, 31), 0.039138),
        ((5, 30), (4, 29), 0.6126),
        ((0, 10), (0, 12), 0.541667),
        ((10, 10), (0, 10), 0.999999),
        ((1, 1), (0, 1), 0.833333),
        ((40, 200), (20, 210), 0.998643),
        ((120, 1000), (90, 1000), 0.985599),
        ((6, 6), (0, 9), 0.999949),
    ],
)
def test_how_likely_a_share_is_the_greater_one(better, worse, chance):
    assert likelihood(share_of(*better), share_of(*worse)) == pytest.approx(chance, abs=1e-6)


@pytest.mark.parametrize(
    ("one", "other", "count"),
    [
        # (z(.95)*sqrt(2pq) + z(.8)*sqrt(p1*q1 + p2*q2))**2 / (p1-p2)**2 with stats.norm.ppf, rounded up
        ((0, 10), (0, 12), 58),  # 0 against 10 %: the smallest difference that is waited for
        ((10, 10), (10, 10), 58),
        ((3, 30), (6, 30), 157),
        ((5, 30), (8, 29), 178),
        ((5, 30), (4, 29), 188),  # 14 against 24 %
        ((1, 10), (5, 10), 16),
    ],
)
def test_how_many_of_each_tell_two_shares_apart(one, other, count):
    assert needed(share_of(*one), share_of(*other)) == needed(share_of(*other), share_of(*one)) == count


def test_as_many_as_are_named_find_a_difference_four_times_in_five():
    """Drawn by a generator with a seed: how often the better one is found if it really is."""
    draw, count, found = random.Random(7), 157, 0
    for _ in range(400):
        low, high = (sum(draw.random() < rate for _ in range(count)) for rate in (0.1, 0.2))
        found += likelihood(share_of(high, count), share_of(low, count)) >= 0.95
    assert 0.74 <= found / 400 <= 0.86


@pytest.mark.parametrize(
    ("opt_outs", "replies", "is_sure"),
    # stats.beta(opt_outs + 1, replies + 1).sf(0.5)
    [
        (3, 0, False),  # 0.9375
        (4, 0, True),  # 0.9688
        (0, 0, False),
        (5, 5, False),
        (8, 2, True),  # 0.9673
        (7, 2, False),  # 0.9453
        (2000, 1800, True),
    ],
)
def test_whether_a_step_brings_more_opt_outs_than_replies(opt_outs, replies, is_sure):
    assert costs_more(opt_outs, replies) is is_sure


def test_how_many_it_takes_to_know_a_share():
    # Wilson's middle of 2 of 9 is 0.3053, and 1.96**2 * 0.3053 * 0.6947 / 0.1**2 = 81.5.
    assert (enough(share_of(2, 9)), enough(share_of(0, 0))) == (82, 97)


def step(name, sent, replied, unsubscribed=0):
    return StepEngagement(name, sent, replied, share(replied, sent), wilson(replied, sent), unsubscribed, 0)


def told(*by_step, sources=()):
    """The sentences about these steps, and about these sources as (name, leads, Won)."""
    empty = report_of()
    by_source = tuple(SourceNumbers(name, of, won, share(won, of)) for name, of, won in sources)
    return conclusions(
        replace(
            empty,
            steps=replace(empty.steps, by_step=by_step),
            conversion=replace(empty.conversion, by_source=by_source),
        )
    )


@pytest.mark.parametrize(
    ("one", "sentence"),
    [
        (step("follow_up", 120, 12), "Follow up: 12 of 120 replied; likely 6 to 17 of 100."),
        (step("follow_up", 9, 2), "Follow up: 2 of 9 replied; too few to tell yet: it takes 73 more."),
        (
            step("re_engage", 40, 0, 4),
            "Re engage brings nothing but opt-outs: 0 of 40 replied, 4 unsubscribed; "
            "write it anew or leave it out.",
        ),
        (
            step("re_engage", 40, 0, 1),
            "Re engage has brought nothing but opt-outs so far: 0 of 40 replied, 1 unsubscribed; "
            "too few to be sure.",
        ),
        (
            step("re_engage", 90, 2, 11),
            "Re engage brings more opt-outs than replies: 2 of 90 replied, 11 unsubscribed; "
            "write it anew or leave it out.",
        ),
    ],
)
def test_a_step_is_concluded_about_in_one_sentence(one, sentence):
    assert told(one) == (sentence,)


def test_a_step_that_was_never_sent_is_not_concluded_about():
    assert told(step("follow_up", 0, 0)) == ()


@pytest.mark.parametrize(
    ("a", "b", "sentence"),
    [
        ((29, 3), (31, 9), "Follow up B: 9 of 31 replied, A: 3 of 29; likely better."),
        ((31, 9), (29, 3), "Follow up A: 9 of 31 replied, B: 3 of 29; likely better."),
        (
            (30, 5),
            (29, 8),
            "Follow up A: 5 of 30 replied, B: 8 of 29; too few to tell yet: it takes 149 more of each.",
        ),
        (
            (12, 0),
            (10, 0),
            "Follow up A: 0 of 12 replied, B: 0 of 10; too few to tell yet: it takes 48 more of each.",
        ),
        # Three of three against none of three says nothing yet.
        (
            (3, 0),
            (3, 3),
            "Follow up A: 0 of 3 replied, B: 3 of 3; too few to tell yet: it takes 7 more of each.",
        ),
        ((400, 60), (410, 62), "Follow up A: 60 of 400 replied, B: 62 of 410; no difference that matters."),
    ],
)
def test_variants_are_compared_in_one_sentence(a, b, sentence):
    whole = step("follow_up", a[0] + b[0], a[1] + b[1])
    found = told(whole, step("follow_up, A", *a), step("follow_up, B", *b))
    assert found[1:] == (sentence,)


def test_sources_are_held_against_the_others():
    assert told(sources=[("ads", 60, 12), ("website", 50, 3), ("", 40, 1)]) == (
        "ads: 12 of 60 Won, the others: 4 of 90; likely better.",
    )
    assert told(sources=[("ads", 20, 3), ("website", 12, 1)]) == (
        "ads: 3 of 20 Won, the others: 1 of 12; too few to tell yet: it takes 169 more of each.",
    )
    assert told(sources=[("ads", 20, 0), ("website", 12, 0)]) == (
        "No lead is Won so far, so sources can't be compared.",
    )
    assert told(sources=[("ads", 20, 3)]) == ()


def test_one_of_many_sources_does_not_stand_out_by_chance():
    alone = told(sources=[("ads", 31, 9), ("website", 29, 3)])
    assert alone == ("ads: 9 of 31 Won, the others: 3 of 29; too few to tell yet: it takes 41 more of each.",)
    assert (
        "too few" in told(sources=[("ads", 31, 9), *((f"site {n}", 3, 0) for n in range(9)), ("x", 2, 3)])[0]
    )


def test_steps_are_counted_over_twelve_months_and_not_only_four_weeks():
    stories = [Story(f"L-{n:02}", "01-05 10:00").sent("first_response 01-05 10:01") for n in range(20)]
    stories[0].event("replied", "01-06 09:00")
    found = report_of(*stories)
    assert [one.sent for one in found.engagement.by_step] == [0, 0, 0, 0]
    assert found.steps.by_step[0].sent == 20
    assert found.steps.period == found.conversion.period
    assert conclusions(found)[0].startswith("First response: 1 of 20 replied; too few to tell yet:")
    lines = lines_of(found, steps_of)
    assert "  messages sent 1 May 2025 to 1 Apr 2026; replied: before the next step" in lines
    assert lines[-1].startswith("  First response: 1 of 20")
    assert found.period.end == NOW


def test_nothing_sent_is_said():
    assert lines_of(report_of(), steps_of)[-1] == "  Nothing was sent so far."
