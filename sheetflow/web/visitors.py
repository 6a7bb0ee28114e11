"""Who posts, by network address: for counting, never stored as it is."""

from dataclasses import dataclass

from flask import Request

MOST_CHARACTERS = 45  # of an address


@dataclass(frozen=True)
class Visitors:
    """`proxies`: how many of them stand before this server; each names at the end whom it serves."""

    proxies: int = 0

    def address(self, request: Request) -> str:
        """The peer, or whom the outermost of the trusted proxies names."""
        named = [one.strip() for one in request.headers.get("X-Forwarded-For", "").split(",") if one.strip()]
        if self.proxies and len(named) >= self.proxies:
            return named[-self.proxies][:MOST_CHARACTERS]
        return request.remote_addr or ""
