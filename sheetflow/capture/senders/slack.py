"""Slack tries an address once: the challenge has to come back."""

from sheetflow.capture.senders.sender import Node, Sender


def _handshake(body: Node, secret: str) -> Node | None:
    challenge = body.get("challenge")
    asked = body.get("type") == "url_verification" and isinstance(challenge, str)
    return {"challenge": challenge} if asked else None


SLACK = Sender("Slack", handshake=_handshake)
