"""WhatsApp's ID of a person is an international number without its plus."""

import re

from sheetflow.capture.senders.sender import Node, Sender

_KEY = re.compile(r"(?:wa|whatsapp)_?id", re.IGNORECASE)


def _plain(node: Node) -> Node:
    return {
        key: f"+{value}" if _KEY.fullmatch(key) and str(value).isdecimal() else value
        for key, value in node.items()
    }


WHATSAPP = Sender("WhatsApp", plain=_plain)
