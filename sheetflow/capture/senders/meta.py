"""Meta's lead ads: the direct hook carries IDs only, and its testing tool makes up a person."""

from collections.abc import Collection

from sheetflow.capture.senders.sender import Sender


def _is_test(texts: Collection[str]) -> bool:
    return "test@meta.com" in texts or any(text.startswith("<test lead: dummy data for ") for text in texts)


META = Sender("Meta", is_test=_is_test, only_ids=("leadgenid changes", "fielddata"))
