"""A private PostgreSQL for one run of the tests: its own folder, its own port, nothing kept."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# Durability is not what the tests are about; speed is.
OPTIONS = "-F -c synchronous_commit=off -c full_page_writes=off -c listen_addresses=127.0.0.1"


def find_binaries() -> Path | None:
    """The folder of initdb and pg_ctl; Debian keeps it off the PATH. None where there is none."""
    on_path = shutil.which("initdb")
    found = [Path(on_path).resolve().parent] if on_path else []
    found += sorted(
        Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name), reverse=True
    )
    return next(
        (folder for folder in found if (folder / "initdb").exists() and (folder / "pg_ctl").exists()), None
    )


@contextmanager
def running(binaries: Path) -> Iterator[str]:
    """The URL of a server that lives as long as the context; its one user is trusted."""
    # Not below pytest's own temporary folder: that one is closed to the other user.
    folder = Path(tempfile.mkdtemp(prefix="sheetflow-postgresql-"))
    try:
        user = _owner_of(folder)
        data = str(folder / "data")
        _run(
            folder,
            user,
            binaries / "initdb",
            "-D",
            data,
            "-U",
            "postgres",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "-N",
            "--locale=C",
        )
        port = _start(folder, user, binaries / "pg_ctl", data)
        try:
            yield f"postgresql://postgres@127.0.0.1:{port}/postgres"
        finally:
            _run(folder, user, binaries / "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(folder)


def _start(folder: Path, user: str | None, pg_ctl: Path, data: str) -> int:
    """Another process may take the free port first, so several are tried."""
    for attempt in range(5):
        port = _free_port()
        options = f"{OPTIONS} -c unix_socket_directories='' -p {port}"
        try:
            _run(folder, user, pg_ctl, "-D", data, "-l", str(folder / "log"), "-o", options, "-w", "start")
        except RuntimeError:
            if attempt == 4:
                raise
        else:
            return port
    raise AssertionError


def _run(folder: Path, user: str | None, *command: str | Path) -> None:
    """Raises RuntimeError with what the program and the server said."""
    # Output goes to a file: the server inherits it and would hold a pipe open for ever.
    with (folder / "output").open("w+") as output:
        done = subprocess.run(
            command,
            cwd=folder,
            user=user,
            group=user and pwd.getpwnam(user).pw_gid,
            extra_groups=user and [],
            env={"PATH": os.environ["PATH"], "LC_ALL": "C"},
            stdout=output,
            stderr=subprocess.STDOUT,
            check=False,
        )
        if done.returncode:
            output.seek(0)
            log = folder / "log"
            raise RuntimeError(output.read() + (log.read_text() if log.exists() else ""))


def _owner_of(folder: Path) -> str | None:
    """PostgreSQL refuses to run as root: the folder is given to another user, who is named."""
    if os.geteuid() != 0:
        return None
    users = [entry.pw_name for entry in pwd.getpwall()]
    user = "postgres" if "postgres" in users else "nobody"
    shutil.chown(folder, user)
    return user


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port
