"""One table of ratios: what was measured, beside what it is compared with in the same run."""

from typing import NamedTuple

WIDTHS = (46, 48, 30)


class Row(NamedTuple):
    """`promised` is the bound that the design names for it, empty if there is none."""

    what: str
    cost: str
    ratio: str = ""
    promised: str = ""

    @property
    def line(self) -> str:
        cells = (f"{cell:<{width}}" for cell, width in zip(self, WIDTHS, strict=False))
        return " ".join((*cells, self.promised)).rstrip()


HEAD = Row("what", "cost", "ratio", "promised").line


def times(cost: float, base: float, of: str) -> str:
    return f"{cost / base:.1f} x {of}" if base else ""
