"""Google Ads marks the leads of its test button by their number, too."""

from collections.abc import Collection

from sheetflow.capture.senders.sender import Sender


def _is_test(texts: Collection[str]) -> bool:
    return any(text.startswith("tester-123-") for text in texts)


GOOGLE_ADS = Sender("Google Ads", is_test=_is_test)
