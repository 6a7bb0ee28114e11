"""Gmail's API gives a mail's text in base64, beside its size."""

import base64
import binascii

from sheetflow.capture.senders.sender import Node, Sender


def _plain(node: Node) -> Node:
    data = node.get("data")
    if not isinstance(data, str) or "size" not in node or "\n" in data:
        return node
    try:
        text = base64.b64decode(data + "==", altchars=b"-_").decode()
    except (binascii.Error, ValueError):
        return node
    return {**node, "data": text} if text.isprintable() or "\n" in text else node


GMAIL = Sender("Gmail", plain=_plain)
