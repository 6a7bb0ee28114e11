"""monday.com sends nothing but a challenge when a webhook is made, and wants it back."""

from sheetflow.capture.senders.sender import Node, Sender


def _handshake(body: Node, secret: str) -> Node | None:
    alone = body.keys() == {"challenge"} and isinstance(body["challenge"], str)
    return dict(body) if alone else None


MONDAY = Sender("monday.com", handshake=_handshake)
