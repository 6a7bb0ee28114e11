"""The HTTP side of the fake: threads, kept connections, and ways to lose one."""

from __future__ import annotations

import contextlib
import socket
import struct
import threading
from collections.abc import Callable
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from tests.fakes.sheets_faults import Line


@dataclass(frozen=True)
class Answer:
    status: int
    body: bytes
    content_type: str = "application/json; charset=UTF-8"
    line: Line = Line.KEPT
    seconds: float = 0


Answering = Callable[[str, str, dict[str, str], bytes], Answer]
"""Method, target, headers in lower case and body to an answer."""


class LoopbackServer(ThreadingHTTPServer):
    """Serves `answering` on a free port of 127.0.0.1 until closed; no thread or socket outlives `close`."""

    # Joined in close(): a thread that outlives its test would answer into the next one's pockets.
    daemon_threads = False
    request_queue_size = 128

    def __init__(self, answering: Answering, now: Callable[[], float]) -> None:
        self.answering = answering
        self.now = now
        self.crashes: list[BaseException] = []
        self.connections = 0
        self._closing = threading.Event()
        self._open: set[socket.socket] = set()
        self._reset: set[socket.socket] = set()
        super().__init__(("127.0.0.1", 0), _Handler)
        self._thread = threading.Thread(target=self.serve_forever, args=(0.005,), name="fake-sheets")
        self._thread.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def wait(self, seconds: float) -> None:
        """Sleep, unless the server closes first."""
        if seconds:
            self._closing.wait(seconds)

    def close(self) -> None:
        self._closing.set()
        self.shutdown()
        self._thread.join()
        for line in list(self._open):
            with contextlib.suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)
        self.server_close()

    def reset_on_close(self, line: socket.socket) -> None:
        """Have the connection end with RST: "connection reset by peer"."""
        line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self._reset.add(line)

    def process_request(self, request: Any, client_address: Any) -> None:
        self.connections += 1
        self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        self._open.discard(request)
        if request in self._reset:
            self._reset.discard(request)
            self.close_request(request)
        else:
            super().shutdown_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A caller that hung up is part of the play."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1
    server: LoopbackServer

    def do_GET(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        headers = {name.lower(): value for name, value in self.headers.items()}
        answer = self._answered(headers, self.rfile.read(length))
        self.server.wait(answer.seconds)
        self._send(answer)

    do_POST = do_PUT = do_DELETE = do_PATCH = do_GET

    def log_message(self, format: str, *args: Any) -> None:
        """The request log is on the fake."""

    def date_time_string(self, timestamp: float | None = None) -> str:
        return super().date_time_string(int(self.server.now()) if timestamp is None else timestamp)

    def _answered(self, headers: dict[str, str], body: bytes) -> Answer:
        try:
            return self.server.answering(self.command, self.path, headers, body)
        except Exception as crash:
            # A fault in the fake or in a test's hook: kept for the test to fail on, not taken for Google's.
            self.server.crashes.append(crash)
            return Answer(500, f"the fake crashed: {crash!r}".encode(), "text/plain")

    def _send(self, answer: Answer) -> None:
        if answer.line is Line.RESET:
            self.server.reset_on_close(self.connection)
        if answer.line in (Line.RESET, Line.CLOSED):
            self.close_connection = True
            return
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.content_type)
        self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        if answer.line is Line.CUT:
            self.close_connection = True
            self.wfile.write(answer.body[: len(answer.body) // 2])
        else:
            self.wfile.write(answer.body)
        self.wfile.flush()
