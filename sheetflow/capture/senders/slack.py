"""Slack, and others after it, try an address once: the challenge has to come back."""

from sheetflow.capture.senders.sender import Node, Sender
from sheetflow.capture.words import words


def _handshake(body: Node, secret: str) -> Node | None:
    challenge = body.get("challenge")
    asked = words(str(body.get("type")))[-1:] == ("verification",) and isinstance(challenge, str)
    return {"challenge": challenge} if asked else None


SLACK = Sender("Slack", handshake=_handshake)
