"""What a cell holds: text, number, yes or no, or a formula, and what a locale means for it.

A date is a number: days since 1899-12-30 in the spreadsheet's own zone, with a date format beside it.
"""

from __future__ import annotations

import ast
import operator
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, NamedTuple

EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - the sheet's wall clock has no zone
COMMA_LANGUAGES = {"cs", "da", "de", "es", "fi", "fr", "it", "nb", "nl", "pl", "pt", "ru", "sv", "tr"}

OPERATORS: dict[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}


class Formula(NamedTuple):
    """Text that Sheets evaluates; seeing one in a cell that a lead filled is a failed test."""

    text: str


class CellError(NamedTuple):
    kind: str
    message: str


Value = str | int | float | bool | Formula | None
Shown = str | int | float | bool | CellError | None


def number(value: float) -> int | float:
    """Whole numbers as int, so that JSON says 5 and not 5.0."""
    return int(value) if float(value).is_integer() and abs(value) < 1e15 else value


def serial(moment: datetime) -> int | float:
    """A wall-clock time as the sheet stores it; a zone on it is dropped, not converted."""
    return number(round((moment.replace(tzinfo=None) - EPOCH) / timedelta(days=1), 10))


def moment(days: float) -> datetime:
    return EPOCH + timedelta(seconds=round(days * 86400))


def decimal_comma(locale: str) -> bool:
    return locale.split("_")[0] in COMMA_LANGUAGES


def month_first(locale: str) -> bool:
    return locale == "en_US"


def date_pattern(locale: str) -> str:
    if month_first(locale):
        return "m/d/yyyy"
    return "dd.mm.yyyy" if decimal_comma(locale) else "dd/mm/yyyy"


def evaluated(value: Value) -> Shown:
    """A formula's result: sums of numbers and HYPERLINK, also to a row that MATCH finds.

    What else begins with = shows as an error here.
    """
    if not isinstance(value, Formula):
        return value
    if match := re.fullmatch(r'=HYPERLINK\("([^"]*)"(?:[,;] *"([^"]*)")?\)', value.text, re.IGNORECASE):
        return match[2] if match[2] is not None else match[1]
    if match := re.fullmatch(r'=IFERROR\(HYPERLINK\(.*&MATCH\(.*\);"([^"]*)"\);"[^"]*"\)', value.text):
        return match[1]
    try:
        tree = ast.parse(value.text.lstrip("=+ "), mode="eval")
        return number(_computed(tree.body))
    except (SyntaxError, ValueError, ZeroDivisionError, RecursionError, MemoryError):
        return CellError("ERROR", "Formula parse error.")


def _computed(node: ast.expr) -> float:
    match node:
        case ast.Constant(value=(int() | float()) as constant):
            return float(constant)
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return -_computed(operand)
        case ast.BinOp(left=left, op=op, right=right) if type(op) in OPERATORS:
            result: float = OPERATORS[type(op)](_computed(left), _computed(right))
            return result
    raise ValueError("not arithmetic")
