"""Variables of the environment and `.env`, checked one by one; what can't be right is noted, not raised."""

import difflib
import ipaddress
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

from dotenv.parser import parse_stream

VARIABLES = (
    "SHEETFLOW_SHEET",
    "DATABASE_URL",
    "GOOGLE_SERVICE_ACCOUNT_JSON",
    "GOOGLE_APPLICATION_CREDENTIALS",
    "SHEETS_API_ENDPOINT",
    "SMTP_USER",
    "SMTP_PASSWORD",
    "SMTP_HOST",
    "SMTP_PORT",
    "SMTP_SECURITY",
    "SMTP_FROM",
    "SMTP_CA_FILE",
    "IMAP_USER",
    "IMAP_PASSWORD",
    "IMAP_HOST",
    "IMAP_PORT",
    "IMAP_SECURITY",
    "SHEETFLOW_WEBHOOK_TOKENS",
    "SHEETFLOW_SIGNING_SECRETS",
    "SHEETFLOW_SECRET_KEY",
    "SHEETFLOW_BASE_URL",
    "SHEETFLOW_DASHBOARD_PASSWORD",
    "SHEETFLOW_CONFIG",
    "SHEETFLOW_NOTIFY_URLS",
    "SHEETFLOW_HEARTBEAT_URL",
    "SHEETFLOW_AI_URL",
    "SHEETFLOW_AI_KEY",
    "SHEETFLOW_AI_MODEL",
    "DYNO",
)
SECRETS = frozenset(
    {
        "GOOGLE_SERVICE_ACCOUNT_JSON",
        "DATABASE_URL",
        "SMTP_PASSWORD",
        "IMAP_PASSWORD",
        "SHEETFLOW_WEBHOOK_TOKENS",
        "SHEETFLOW_SIGNING_SECRETS",
        "SHEETFLOW_SECRET_KEY",
        "SHEETFLOW_DASHBOARD_PASSWORD",
        "SHEETFLOW_NOTIFY_URLS",
        "SHEETFLOW_HEARTBEAT_URL",
        "SHEETFLOW_AI_KEY",
    }
)

ADDRESSES = frozenset({"SMTP_FROM"})  # of people: an @ belongs there

_OURS = "SHEETFLOW_"
_SLIP = 0.81  # so alike are SMPT_USER and SMTP_USER, or SMTP_USERNAME and it; SMTP_SERVER is less
_HOST = re.compile(r"[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?\.?")
# The value may travel in a header, so it is ASCII without spaces.
_PAIR = re.compile(r"\s*([\w.-][\w .-]{0,39}?)\s*:\s*([!-~]+)\s*")
_Choice = TypeVar("_Choice", bound=str)


class Environment:
    """Values are stripped, and an empty one counts as unset. The environment wins over `.env`."""

    def __init__(self, environ: Mapping[str, str], folder: Path) -> None:
        self.problems: list[str] = []
        self._environ = environ
        self._dotenv = self._read_dotenv(folder / ".env")
        self._refuse_unknown()

    def text(self, name: str) -> str:
        return self._environ.get(name, self._dotenv.get(name, "")).strip()

    def set_with(self, prefix: str) -> list[str]:
        """The names that begin so and have a value, ours or not."""
        names = {*self._environ, *self._dotenv}
        return sorted(name for name in names if name.startswith(prefix) and self.text(name))

    def refuse(self, name: str, advice: str) -> None:
        value = self.text(name)
        # A password can stand in any address, before its @ or behind its question mark.
        is_secret = name in SECRETS and not value.startswith("sqlite:")
        hidden = is_secret or "?" in value or ("@" in value and name not in ADDRESSES)
        seen = f"{name} is set, but can't be used" if hidden else f"{name}={value[:80]!r}"
        self.problems.append(f"{seen}: {advice} ({self._where(name)})")

    def missing(self, name: str, why: str) -> None:
        self.problems.append(f"{name} is missing: {why} (environment or .env)")

    def choice(self, name: str, allowed: Sequence[_Choice], default: _Choice) -> _Choice:
        value = self.text(name).lower()
        if value and value not in allowed:
            self.refuse(name, f"use {', '.join(allowed[:-1])} or {allowed[-1]}")
        return next((word for word in allowed if word == value), default)

    def port(self, name: str, default: int) -> int:
        value = self.text(name)
        if not value:
            return default
        if not (value.isascii() and value.isdigit() and 1 <= int(value[:6]) <= 65535):
            self.refuse(name, "use a number from 1 to 65535")
            return default
        return int(value)

    def host(self, name: str, default: str) -> str:
        value = self.text(name)
        if value and not (_HOST.fullmatch(value) or _is_address(value)):
            self.refuse(
                name, "use the server's name alone, like mail.example.com; its port has its own variable"
            )
        return value or default

    def url(self, name: str, default: str = "") -> str:
        value = self.text(name)
        if value and not _is_https_or_loopback(value):
            self.refuse(
                name, "use https://…; http:// is for a server on this machine only (localhost, 127.0.0.1)"
            )
        return value or default

    def pairs(self, name: str, example: str) -> dict[str, tuple[str, ...]]:
        """`name:value` pairs, comma separated. A name may stand several times: all its values are valid."""
        pairs: dict[str, tuple[str, ...]] = {}
        for number, entry in enumerate(self.text(name).split(","), start=1):
            found = _PAIR.fullmatch(entry)
            if found:
                pairs[found[1]] = (*pairs.get(found[1], ()), found[2])
            elif entry.strip():
                self.refuse(
                    name, f"entry {number} isn't a pair; use {example}, comma separated, without spaces"
                )
        return pairs

    def words(self, name: str) -> tuple[str, ...]:
        return tuple(word.strip() for word in self.text(name).split(",") if word.strip())

    def _where(self, name: str) -> str:
        return "environment" if name in self._environ else ".env"

    def _read_dotenv(self, path: Path) -> dict[str, str]:
        try:
            # Notepad puts a mark at the beginning, which would become part of the first name.
            with path.open(encoding="utf-8-sig") as lines:
                bindings = list(parse_stream(lines))
        except FileNotFoundError:
            return {}
        except UnicodeDecodeError:
            self.problems.append(".env isn't UTF-8 text: save it as UTF-8")
            return {}
        except OSError as error:
            self.problems.append(f".env can't be read: {error.strerror}")
            return {}
        unread = [
            entry.original.line for entry in bindings if entry.error or (entry.key and entry.value is None)
        ]
        if unread:
            self.problems.append(
                f".env line {_ranges(unread)}: use NAME=value, one a line, "
                "and single quotes around a value of several lines"
            )
        return {entry.key: entry.value for entry in bindings if entry.key and entry.value is not None}

    def _refuse_unknown(self) -> None:
        ours = {name.removeprefix(_OURS): name for name in VARIABLES if name.startswith(_OURS)}
        for name in sorted({*self._environ, *self._dotenv}):
            if name in VARIABLES:
                continue
            if name.startswith(_OURS):
                close = difflib.get_close_matches(name.removeprefix(_OURS), ours, n=1)
                known = f"sheetflow knows {', '.join(ours.values())}"
                self._unknown(name, f"did you mean {ours[close[0]]}?" if close else known)
            elif name in self._dotenv and (meant := _nearest(name)) and not self.text(meant):
                # The environment is full of other programs' names; this file was written for sheetflow.
                self._unknown(name, f"did you mean {meant}?")

    def _unknown(self, name: str, advice: str) -> None:
        self.problems.append(f"{name} isn't a variable of sheetflow: {advice} ({self._where(name)})")


def is_loopback(host: str) -> bool:
    return host.lower() == "localhost" or (_is_address(host) and ipaddress.ip_address(host).is_loopback)


def _nearest(name: str) -> str:
    """The variable that a slip of the hand makes this name of, or that it lacks only the beginning of."""
    upper = name.upper()
    if f"{_OURS}{upper}" in VARIABLES:
        return f"{_OURS}{upper}"
    return next(iter(difflib.get_close_matches(upper, VARIABLES, n=1, cutoff=_SLIP)), "")


def _ranges(numbers: Sequence[int]) -> str:
    """`2, 5-30`: a key pasted over many lines is one mistake."""
    found: list[list[int]] = []
    for number in numbers:
        if found and number == found[-1][-1] + 1:
            found[-1] = [found[-1][0], number]
        else:
            found.append([number])
    return ", ".join("-".join(map(str, ends)) for ends in found)


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _is_https_or_loopback(value: str) -> bool:
    try:
        parts = urlsplit(value)
        _ = parts.port  # read to be checked: it raises when it isn't a number up to 65535
    except ValueError:
        return False
    if re.search(r"\s", value) or not parts.hostname:
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and is_loopback(parts.hostname))
