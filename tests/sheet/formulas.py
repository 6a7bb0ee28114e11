"""What a formula of ours says of a row, as Sheets would work it out: text compares without case."""

import re
from datetime import datetime
from typing import Any

from tests.fakes.sheets_a1 import column_index
from tests.fakes.sheets_values import EPOCH

_TOKENS = re.compile(r'"(?:[^"]|"")*"|\$[A-Z]+\d+|<>|>=|<=|[A-Z]+(?=\()|.')
_SIGNS = {"=": "==", "<>": "!=", ";": ","}


class Text(str):
    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        return str(self).casefold() == str(other).casefold()

    def __ne__(self, other: object) -> bool:
        return not self == other

    __hash__ = str.__hash__


def is_true(formula: str, row: list[Any], today: datetime) -> bool:
    """`row` are the values of the formula's own row."""
    names = {
        "cell": lambda at: _value(row[at] if at < len(row) else ""),
        "Text": Text,
        "TRIM": lambda text: Text(" ".join(str(text).split())),
        "LEFT": lambda text, count: Text(str(text)[:count]),
        "RIGHT": lambda text, count: Text(str(text)[-count:]),
        "N": lambda _: 0,
        "TODAY": lambda: (today.replace(tzinfo=None) - EPOCH).days,
        "WEEKDAY": lambda days: (days - 1) % 7 + 1,  # 31 December 1899, day 1, was a Sunday
    }
    code = "".join(map(_python, _TOKENS.findall(formula.removeprefix("="))))
    return bool(eval(code, {"__builtins__": {}}, names))


def _python(token: str) -> str:
    if token.startswith('"'):
        return f"Text({token[1:-1].replace(chr(34) * 2, chr(34))!r})"
    if token.startswith("$"):
        return f"cell({column_index(token[1:].rstrip('0123456789'))})"
    return _SIGNS.get(token, token)


def _value(value: Any) -> Any:
    return Text(value) if isinstance(value, str) else value
