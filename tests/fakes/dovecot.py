"""Debian's Dovecot on loopback with one account, for what pymap's server in memory can't show."""

import contextlib
import grp
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from getpass import getuser
from pathlib import Path

import trustme

USER, PASSWORD = "me@example.com", "secret"
MAIL_USER = "nobody" if os.getuid() == 0 else getuser()  # Dovecot keeps no mail as root
CONFIG = """
base_dir = {folder}/run
log_path = {folder}/log
protocols = imap
listen = 127.0.0.1
default_internal_user = {internal}
default_login_user = {login}
default_internal_group = {group}
mail_location = maildir:{folder}/mail:LAYOUT=fs
mail_uid = {user}
mail_gid = {user_group}
first_valid_uid = 1
first_valid_gid = 1
mail_max_userip_connections = 100
ssl = required
ssl_cert = <{folder}/server.pem
ssl_key = <{folder}/server.pem
service imap-login {{
  chroot =
  inet_listener imap {{
    port = 0
  }}
  inet_listener imaps {{
    port = {port}
    ssl = yes
  }}
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={user} gid={user_group} home={folder}/home
}}
namespace inbox {{
  inbox = yes
  mailbox Werbung {{
    auto = create
    special_use = \\Junk
  }}
  mailbox "Gesendete Nachrichten" {{
    auto = create
    special_use = \\Sent
  }}
}}
"""


@dataclass(frozen=True)
class Dovecot:
    folder: Path
    port: int
    host: str = "127.0.0.1"
    user: str = USER
    password: str = PASSWORD

    @property
    def ca_file(self) -> str:
        return str(self.folder / "ca.pem")

    def fill(self, mails: Iterable[tuple[bytes, datetime]]) -> None:
        """Mails come into INBOX, each with the time the server took it."""
        box = self.folder / "mail/cur"
        for folder in (box, self.folder / "mail/new", self.folder / "mail/tmp"):
            folder.mkdir(parents=True, exist_ok=True)
        began = len(list(box.iterdir()))
        for number, (raw, at) in enumerate(mails, began):
            path = box / f"{int(at.timestamp())}.{number}.host:2,"
            path.write_bytes(raw)
            os.utime(path, (at.timestamp(), at.timestamp()))
        if os.getuid() == 0:
            subprocess.run(["chown", "-R", MAIL_USER, str(self.folder / "mail")], check=True)


def find() -> Path | None:
    found = shutil.which("dovecot", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")
    return Path(found) if found else None


@contextlib.contextmanager
def running(program: Path) -> Iterator[Dovecot]:
    with tempfile.TemporaryDirectory(prefix="dovecot-", ignore_cleanup_errors=True) as name:
        folder, port = Path(name), _free_port()
        folder.chmod(0o755)
        for part in ("mail", "home"):
            (folder / part).mkdir()
            shutil.chown(folder / part, MAIL_USER)
        _certificate(folder)
        (folder / "conf").write_text(_config(folder, port))
        process = subprocess.Popen([str(program), "-F", "-c", str(folder / "conf")])
        try:
            _wait(process, port, folder)
            yield Dovecot(folder, port)
        finally:
            process.terminate()
            process.wait(30)


def _config(folder: Path, port: int) -> str:
    is_root = os.getuid() == 0
    group = grp.getgrgid(pwd.getpwnam(MAIL_USER).pw_gid).gr_name
    return CONFIG.format(
        folder=folder,
        port=port,
        password=PASSWORD,
        user=MAIL_USER,
        user_group=group,
        internal="dovecot" if is_root else MAIL_USER,
        login="dovenull" if is_root else MAIL_USER,
        group="dovecot" if is_root else group,
    )


def _certificate(folder: Path) -> None:
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(folder / "ca.pem"))
    server = authority.issue_cert("127.0.0.1", "localhost")
    server.private_key_and_cert_chain_pem.write_to_path(str(folder / "server.pem"))


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


def _wait(process: "subprocess.Popen[bytes]", port: int, folder: Path) -> None:
    until = time.monotonic() + 20
    while time.monotonic() < until and process.poll() is None:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.05)
    log = folder / "log"
    raise RuntimeError(f"Dovecot didn't start: {log.read_text() if log.exists() else 'it said nothing'}")
