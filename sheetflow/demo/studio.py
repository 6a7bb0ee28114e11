"""The studio's program, wired as `run` wires it, in a folder and with servers of its own."""

import shutil
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from secrets import token_hex
from threading import Event

from sheetflow import wiring
from sheetflow.demo.clock import Clock
from sheetflow.demo.post import PASSWORD, USER, Box, MailServer
from sheetflow.demo.story import START
from sheetflow.errors import ConfigError
from sheetflow.jobs.ports import Ports
from sheetflow.web.server import HOST, serve

CONFIG = Path(__file__).parent / "studio"
PORTS = 50  # that are tried, from the first one on


class Owners:
    """Passes on that the people of the studio are to be told now, and remembers when to look again.

    Whoever asks is told "never": the clock doesn't pass by itself, and the player asks when it is time.
    """

    def __init__(self, ports: Ports) -> None:
        self._ports = ports
        self._again: dict[str, datetime | None] = {}
        self.are_told = Event()

    @property
    def again(self) -> datetime | None:
        """When they are to be told of something the next time."""
        return min(filter(None, self._again.values()), default=None)

    def tell(self) -> None:
        self._again["leads"] = self._ports.tell()

    def brief(self) -> None:
        """The last that a process does after something has happened."""
        self._ports.brief()
        self.are_told.set()


@dataclass(frozen=True)
class Studio:
    url: str
    ports: Ports
    clock: Clock
    server: MailServer
    box: Box
    owners: Owners


@contextmanager
def open_studio(folder: Path, first_port: int, stop: Event) -> Iterator[Studio]:
    """Serves on the first free port. Raises ConfigError if there is none."""
    shutil.copytree(CONFIG, folder / "config")
    clock, port = Clock(START), _free_port(first_port)
    with MailServer() as server:
        settings = wiring.read_settings(_environment(server, port), folder)
        wired = wiring.build(settings, clock=clock, stopping=stop.is_set)
        box, owners = Box(wired.ports.mailbox.addresses), Owners(wired.ports)
        ports = replace(wired.ports, mailbox=box, tell=owners.tell, brief=owners.brief)
        web = serve(wiring.build_app(replace(wired, ports=ports), takes_loopback=True), port)
        try:
            yield Studio(settings.base_url, ports, clock, server, box, owners)
        finally:
            web.shutdown()
            web.server_close()


def _environment(server: MailServer, port: int) -> dict[str, str]:
    """All that there is: what the user's environment and `.env` say is for the user's own leads."""
    return {
        "SMTP_USER": USER,
        "SMTP_PASSWORD": PASSWORD,
        "SMTP_HOST": HOST,
        "SMTP_PORT": str(server.port),
        "SMTP_SECURITY": "none",
        "IMAP_HOST": HOST,
        "IMAP_SECURITY": "none",
        "SHEETFLOW_SECRET_KEY": token_hex(16),
        "SHEETFLOW_BASE_URL": f"http://{HOST}:{port}",
    }


def _free_port(first: int) -> int:
    for port in range(first, min(first + PORTS, 65536)):
        try:
            socket.create_server((HOST, port)).close()
        except OSError:
            continue
        return port
    raise ConfigError(f"--port {first}: neither it nor one of the next {PORTS} is free; choose another")
