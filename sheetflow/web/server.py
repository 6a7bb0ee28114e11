"""The server behind `run` and `serve`: this machine only; in public gunicorn serves the same app."""

import socket
import threading

from flask import Flask
from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

from sheetflow.errors import ConfigError

HOST = "127.0.0.1"


class _Quiet(WSGIRequestHandler):
    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Nothing: the line would hold the address with its token."""


def serve(app: Flask, port: int) -> BaseWSGIServer:
    """Serves in a thread of its own until `shutdown()`. Raises ConfigError for a port that is taken."""
    try:
        # Bound here: where Werkzeug can't, it prints advice of its own and exits.
        listener = socket.create_server((HOST, port))
    except OSError as error:
        raise ConfigError(
            f"--port {port}: the port is in use or not allowed; choose another, like --port 8080"
        ) from error
    with listener:
        server = make_server(HOST, port, app, threaded=True, request_handler=_Quiet, fd=listener.fileno())
    threading.Thread(target=server.serve_forever, name="web", daemon=True).start()
    return server
