"""Meta's lead ads: the direct hook carries IDs only, and its testing tool makes up a person."""

import re

from sheetflow.capture.senders.sender import Node, Sender

_DUMMY = re.compile(r"<test lead: dummy data for |(?i:test@meta\.com)")


def _is_test(node: Node) -> bool:
    return _DUMMY.search(str(node)[:20_000]) is not None


META = Sender("Meta", is_test=_is_test, only_ids=("leadgenid changes", "fielddata"))
