"""What the numbers allow to conclude about steps, variants and sources, in a sentence each.

Two shares are compared as beta distributions from a flat prior: "likely" means that the chance that one is
really above the other is at least 95 %. How many more it takes is the usual sample size for two shares:
one-sided, 5 % error, 80 % power.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import NormalDist

from sheetflow.workflow.numbers import Z95, Report, SourceNumbers, StepEngagement, cut, wilson

LIKELY, POWER = 0.95, 0.8
WORTH = 0.1  # ten in a hundred: nobody has to wait for a smaller difference
FEWEST = 10  # nothing is concluded about fewer
OTHERS = "the others"


@dataclass(frozen=True)
class Share:
    """`part` of `whole`, both counted; `name` is whose."""

    name: str
    part: int
    whole: int

    @property
    def rate(self) -> float:
        return self.part / self.whole


def conclusions(report: Report) -> tuple[str, ...]:
    """About the messages and leads of the last twelve months; nothing about what was never sent."""
    return (*_steps(report.steps.by_step), *_sources(report.conversion.by_source))


def likelihood(better: Share, worse: Share) -> float:
    """The chance that the true share of `better` is the greater one."""
    a, b = better.part + 1, better.whole - better.part + 1
    c, d = worse.part + 1, worse.whole - worse.part + 1
    # For whole numbers P(beta(a, b) > beta(c, d)) is this sum.
    logarithms = (
        _log_beta(c + at, b + d) - math.log(b + at) - _log_beta(1 + at, b) - _log_beta(c, d)
        for at in range(a)
    )
    return min(1.0, math.fsum(map(math.exp, logarithms)))


def needed(one: Share, other: Share, sure: float = LIKELY) -> int:
    """How many of each tell the two apart, if they stay as far apart as they are, or ten in a hundred."""
    low, high = sorted((one.rate, other.rate))
    high = min(1.0, max(high, low + WORTH))
    low = min(low, high - WORTH)
    middle, normal = (low + high) / 2, NormalDist()
    error = normal.inv_cdf(sure) * math.sqrt(2 * middle * (1 - middle))
    power = normal.inv_cdf(POWER) * math.sqrt(low * (1 - low) + high * (1 - high))
    return math.ceil(((error + power) / (high - low)) ** 2)


def enough(one: Share) -> int:
    """How many it takes to know a share to ten in a hundred either way, with 95 % confidence."""
    found = wilson(one.part, one.whole)
    middle = (found.low + found.high) / 2 if found else 0.5
    return math.ceil(Z95**2 * middle * (1 - middle) / WORTH**2)


def costs_more(opt_outs: int, replies: int) -> bool:
    """Whether a message that brings one of the two likely brings an opt-out: the sign test, flat prior."""
    tosses = opt_outs + replies + 1
    at_most: int = sum(math.comb(tosses, count) for count in range(opt_outs + 1))
    chance: float = at_most / 2**tosses
    return chance >= LIKELY


def _log_beta(a: int, b: int) -> float:
    return math.lgamma(a) + math.lgamma(b) - math.lgamma(a + b)


def _steps(by_step: Sequence[StepEngagement]) -> Iterator[str]:
    variants = {of.step: _variants(of, by_step) for of in by_step}
    names = {f"{step}, {share.name}" for step, shares in variants.items() for share in shares}
    for of in by_step:
        if of.sent and of.step not in names:
            yield _step(of)
            match [share for share in variants[of.step] if share.whole]:
                case [one, other]:
                    yield f"{_named(of.step)} {_compared(one, other, 'replied', LIKELY)}"


def _variants(of: StepEngagement, by_step: Sequence[StepEngagement]) -> list[Share]:
    """They are counted under the step's name and a letter, which is their name here."""
    begin = f"{of.step}, "
    found = [one for one in by_step if one.step.startswith(begin)]
    return [Share(one.step.removeprefix(begin), one.replied, one.sent) for one in found]


def _step(of: StepEngagement) -> str:
    share = Share(_named(of.step), of.replied, of.sent)
    said = f"{share.part} of {share.whole} replied"
    if costs_more(of.unsubscribed, of.replied):
        brings = "more opt-outs than replies" if of.replied else "nothing but opt-outs"
        advice = "write it anew or leave it out"
        return f"{share.name} brings {brings}: {said}, {of.unsubscribed} unsubscribed; {advice}."
    if of.unsubscribed and not of.replied:
        opted = f"{of.unsubscribed} unsubscribed"
        return f"{share.name} has brought nothing but opt-outs so far: {said}, {opted}; too few to be sure."
    more = max(FEWEST, enough(share)) - share.whole
    if more > 0:
        return f"{share.name}: {said}; too few to tell yet: it takes {more} more."
    found = wilson(share.part, share.whole)
    likely = f"likely {100 * found.low:.0f} to {100 * found.high:.0f} of 100" if found else ""
    return f"{share.name}: {said}; {likely}."


def _named(step: str) -> str:
    return cut(step.replace("_", " ").capitalize())


def _sources(by_source: Sequence[SourceNumbers]) -> Iterator[str]:
    """Each against all the others: of many, one stands out by chance, so the surer the finding must be."""
    shares = [Share(cut(one.source) or "no source given", one.won, one.received) for one in by_source]
    won, received = sum(one.part for one in shares), sum(one.whole for one in shares)
    if len(shares) < 2:
        return
    if not won:
        yield "No lead is Won so far, so sources can't be compared."
        return
    pairs = [(one, Share(OTHERS, won - one.part, received - one.whole)) for one in shares]
    sure = 1 - (1 - LIKELY) / len(pairs)
    decided = [pair for pair in pairs if _decides(*pair, sure)]
    if decided:
        yield from (_compared(one, others, "Won", sure) for one, others in decided)
    else:
        yield _compared(*max(pairs, key=lambda pair: pair[0].whole), "Won", sure)


def _decides(one: Share, other: Share, sure: float) -> bool:
    if min(one.whole, other.whole) < FEWEST:
        return False
    return max(likelihood(one, other), likelihood(other, one)) >= sure


def _compared(one: Share, other: Share, what: str, sure: float) -> str:
    is_likely = _decides(one, other, sure)
    if is_likely and one.rate < other.rate and other.name != OTHERS:
        one, other = other, one
    said = f"{one.name}: {one.part} of {one.whole} {what}, {other.name}: {other.part} of {other.whole}"
    if is_likely:
        return f"{said}; likely {'better' if one.rate > other.rate else 'worse'}."
    more = max(FEWEST, needed(one, other, sure)) - min(one.whole, other.whole)
    if more > 0:
        return f"{said}; too few to tell yet: it takes {more} more of each."
    return f"{said}; no difference that matters."
