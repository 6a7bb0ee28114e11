"""A dead man's switch is told of each good run: whoever watches it notices when no run comes."""

import logging
import threading
from dataclasses import dataclass, field

import requests

ANSWER = 5.0  # seconds for a connection, and for each part of an answer
LONGEST = 10.0  # seconds for all of it
FAILED = "the heartbeat of a good run didn't arrive at SHEETFLOW_HEARTBEAT_URL: %s"

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Heartbeat:
    url: str = field(repr=False)  # often a secret: neither it nor an error's own words are printed

    def beat(self) -> None:
        """One fetch. Never raises, never takes longer than ten seconds: a run is as good without it."""
        thread = threading.Thread(target=self._fetch, name="heartbeat", daemon=True)
        thread.start()
        thread.join(LONGEST)
        if thread.is_alive():
            log.warning(FAILED, "no answer in time")

    def _fetch(self) -> None:
        try:
            # As a stream, so that nothing but the status is read, however long the answer is.
            with requests.get(self.url, timeout=ANSWER, allow_redirects=False, stream=True) as answer:
                said = answer.status_code
        except (requests.RequestException, ValueError) as error:
            log.warning(FAILED, type(error).__name__)
            return
        if not 200 <= said < 300:
            log.warning(FAILED, f"the answer was {said}")
