"""How large a body may be, and the one error a refused body raises."""

from sheetflow.errors import SheetflowError

MAX_BYTES = 2 * 1024 * 1024
MAX_FIELDS = 1_000  # in one object, in one list, and in one lead
MAX_VALUES = 50_000  # in one body
MAX_DEPTH = 20


class BodyError(SheetflowError):
    """A body that can't be taken as a lead; `status` is the HTTP answer: 400, 413 or 415.

    The message says where and what to change, and carries nothing a lead has written.
    """

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.message = message


def too_many_fields() -> BodyError:
    return BodyError(413, f"more than {MAX_FIELDS:,} fields or items; send fewer at a time")


def too_deep() -> BodyError:
    return BodyError(400, f"nested deeper than {MAX_DEPTH} levels; send the lead's fields flat")


def bounded(value: object, depth: int = 0) -> object:
    """`value` itself, if no object or list in it has too many entries or lies too deep."""
    if isinstance(value, dict | list):
        if len(value) > MAX_FIELDS:
            raise too_many_fields()
        if depth >= MAX_DEPTH:
            raise too_deep()
        for child in value.values() if isinstance(value, dict) else value:
            bounded(child, depth + 1)
    return value
