"""Where owners are told besides by mail: Slack, Telegram, ntfy, `json://` and what else Apprise knows."""

import logging
import threading
from collections.abc import Sequence
from concurrent.futures import Future, wait

ANSWER = 4.0  # seconds for a connection, and for an answer
LONGEST = 10.0  # seconds for all channels together

log = logging.getLogger(__name__)
# Apprise's own log prints whole addresses, and those are secrets.
logging.getLogger("apprise").addFilter(lambda record: False)


class Channels:
    """Made only if there is an address at all: loading Apprise takes time and memory."""

    def tell(self, urls: Sequence[str], title: str, body: str) -> list[str]:
        """Tells each; a sentence for each that failed. Never raises, never prints an address."""
        if not urls:
            return []
        tried: dict[Future[bool], str] = {Future(): url for url in urls}
        for future, url in tried.items():
            # A pool's threads are waited for when the program ends, and an answer may dribble in for ever.
            threading.Thread(
                target=_try, args=(future, url, title, body), name="channel", daemon=True
            ).start()
        done, _ = wait(tried, LONGEST)
        return [
            f"{scheme(url)} {'failed' if future in done else 'did not answer in time'}"
            for future, url in tried.items()
            if future not in done or not future.result()
        ]

    def problems(self, urls: Sequence[str]) -> list[str]:
        """What can't be an address of a channel, a sentence each, without its secrets."""
        if not urls:
            return []
        from apprise import Apprise

        return [
            f"{scheme(url)}… isn't an address that Apprise knows; see https://github.com/caronc/apprise"
            for url in urls
            if Apprise.instantiate(url, suppress_exceptions=True) is None
        ]


def scheme(url: str) -> str:
    """What may be shown of a channel's address: the rest of it is often a secret."""
    return f"{url.partition(':')[0][:20]}://"


def _try(future: Future[bool], url: str, title: str, body: str) -> None:
    future.set_result(_tell(url, title, body))


def _tell(url: str, title: str, body: str) -> bool:
    from apprise import Apprise, AppriseAsset, NotifyFormat

    try:
        # With a time limit of its own it would use a pool too.
        asset = AppriseAsset(service_timeout=0)
        channel = Apprise.instantiate(url, asset=asset, suppress_exceptions=True)
        if channel is None:
            return False
        channel.socket_connect_timeout = channel.socket_read_timeout = ANSWER
        target = Apprise()
        target.add(channel)
        return bool(
            target.notify(body=body, title=title, body_format=NotifyFormat.TEXT, interpret_escapes=False)
        )
    except Exception:
        # Whatever a channel's code does wrong, the owner's mail says that it failed.
        log.warning("the channel %s failed", scheme(url), exc_info=True)
        return False
