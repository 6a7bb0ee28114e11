"""Google Ads marks the leads of its test button by their number, too."""

from sheetflow.capture.senders.sender import Node, Sender


def _is_test(node: Node) -> bool:
    return str(node.get("lead_id", "")).startswith("TeSter-123-")


GOOGLE_ADS = Sender("Google Ads", is_test=_is_test)
