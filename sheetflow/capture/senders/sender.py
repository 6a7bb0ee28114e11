"""What a sender may need of its own. docs/senders.md tells how to add one."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

Node = Mapping[str, Any]


def _same(node: Node) -> Node:
    return node


def _no_test(texts: Collection[str]) -> bool:
    return False


def _no_handshake(body: Node, secret: str) -> Node | None:
    return None


@dataclass(frozen=True)
class Sender:
    """`plain` rewrites an object of a body so that the general rules can read it, or returns it as it is.

    `is_test` knows the sender's own samples among the texts of a lead, lower case. `handshake` gives the
    JSON that has to be answered to a body that
    only tries the address, else None; `secret` is the source's in SHEETFLOW_SIGNING_SECRETS, "" without one.
    `only_ids` are the squashed keys of a hook that carries IDs alone, and those that would hold answers.
    """

    name: str
    plain: Callable[[Node], Node] = _same
    is_test: Callable[[Collection[str]], bool] = _no_test
    handshake: Callable[[Node, str], Node | None] = _no_handshake
    only_ids: tuple[str, str] = ("", "")
