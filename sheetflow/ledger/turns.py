"""Whose turn it is: who got a lead when, so that those who share leads get them in turn."""

import json

from sheetflow.ledger import state
from sheetflow.ledger.book import Book
from sheetflow.workflow.routing import Turns


def turns(book: Book) -> Turns:
    """As they stand in this transaction; within one that writes nobody else takes a turn."""
    found: dict[str, int] = json.loads(book.get(state.TURNS) or "{}")
    return found


def pass_turn(book: Book, owner: str) -> None:
    """The owner has got a lead, and is the last in line from now on."""
    if owner.strip():
        before = turns(book)
        last = max(before.values(), default=0)
        book.put(state.TURNS, json.dumps({**before, owner.strip().casefold(): last + 1}))
