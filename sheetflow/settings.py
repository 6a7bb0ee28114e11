"""What the environment and `.env` say: addresses of machines, accounts, secrets."""

import base64
import binascii
import json
import re
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from sheetflow.environment import Environment, is_loopback
from sheetflow.errors import ConfigError
from sheetflow.workflow.lead import looks_like_email

Security = Literal["starttls", "ssl", "none"]

SECURITIES: tuple[Security, ...] = ("starttls", "ssl", "none")
SMTP_PORTS: dict[Security, int] = {"starttls": 587, "ssl": 465, "none": 587}
IMAP_PORTS: dict[Security, int] = {"starttls": 143, "ssl": 993, "none": 143}
GMAIL = ("smtp.gmail.com", "smtp.googlemail.com")

_SHEET_URL = re.compile(r"/spreadsheets/(?:u/\d+/)?d/([A-Za-z0-9_-]{12,})")
_SHEET_ID = re.compile(r"[A-Za-z0-9_-]{12,}")
_LINKABLE = re.compile(r"[A-Za-z0-9._~:/%\[\]-]{,200}")  # no password among it
_POSTGRESQL = re.compile(r"postgres(?:ql)?(?:\+\w+)?://")
_POSTGRESQL_FORM = "postgresql://USER:PASSWORD@HOST:PORT/NAME"


@dataclass(frozen=True)
class MailServer:
    user: str
    password: str = field(repr=False)
    host: str
    port: int
    security: Security


@dataclass(frozen=True)
class LanguageModel:
    url: str  # of an OpenAI-compatible endpoint
    key: str = field(repr=False)
    name: str


@dataclass(frozen=True)
class Settings:
    folder: Path  # the working folder: relative paths start here
    ledger: str = field(repr=False)  # SQLAlchemy's URL
    sheet_id: str  # empty if there is no Sheet
    google_key: str = field(repr=False)  # the service account's key, JSON; empty without a Sheet
    sheets_endpoint: str
    smtp: MailServer | None  # None: mail goes to the outbox folder
    sender: str  # the address that messages come from; empty: the business's
    imap: MailServer | None  # None: replies aren't read (IMAP_HOST=off), or mail goes to the outbox
    ca_file: Path | None
    tokens: Mapping[str, tuple[str, ...]] = field(repr=False)  # by name; all are valid
    signing_secrets: Mapping[str, tuple[str, ...]] = field(repr=False)  # by source; all are valid
    secret_keys: tuple[str, ...] = field(repr=False)  # the first signs, all verify
    base_url: str  # without a slash at its end
    dashboard_password: str = field(repr=False)  # of the pages; empty: this machine alone sees them
    config: Path
    notify_urls: tuple[str, ...] = field(repr=False)  # of channels that are told of every lead
    heartbeat: str = field(repr=False)  # the address that is fetched after each good run; empty: none
    model: LanguageModel | None  # None: nobody is asked for advice
    dyno: bool  # a host whose disk is lost
    half_configured: str  # why mail must not go to the outbox though no account is named; else empty

    @classmethod
    def read(cls, environ: Mapping[str, str], folder: Path) -> "Settings":
        """The settings of a working folder. Raises ConfigError with every problem there is."""
        env = Environment(environ, folder)
        sheet_id, smtp = _sheet(env), _smtp(env)
        settings = cls(
            folder=folder,
            ledger=_ledger(env, folder),
            sheet_id=sheet_id,
            google_key=_google_key(env, folder) if sheet_id else "",
            sheets_endpoint=env.url("SHEETS_API_ENDPOINT", "https://sheets.googleapis.com").rstrip("/"),
            smtp=smtp,
            sender=_sender(env),
            imap=_imap(env, smtp),
            ca_file=_ca_file(env, folder),
            tokens=env.pairs("SHEETFLOW_WEBHOOK_TOKENS", "name:token"),
            signing_secrets=env.pairs("SHEETFLOW_SIGNING_SECRETS", "source:secret"),
            secret_keys=env.words("SHEETFLOW_SECRET_KEY"),
            base_url=_base_url(env),
            dashboard_password=env.text("SHEETFLOW_DASHBOARD_PASSWORD"),
            config=folder / (env.text("SHEETFLOW_CONFIG") or "config"),
            notify_urls=_notify_urls(env),
            heartbeat=env.url("SHEETFLOW_HEARTBEAT_URL"),
            model=_model(env),
            dyno=bool(env.text("DYNO")),
            half_configured=_half_configured(env),
        )
        if env.problems:
            raise ConfigError(*env.problems)
        return settings

    @property
    def has_buttons(self) -> bool:
        """Whether mails to owners can carry signed links."""
        return bool(self.secret_keys and self.base_url)

    @property
    def closed(self) -> str:
        """Why no lead can be stored on this host; empty if it can."""
        if self.dyno and self.ledger.startswith("sqlite"):
            return (
                "This host loses its disk (DYNO is set), so a SQLite file can't keep leads: "
                f"set DATABASE_URL to {_POSTGRESQL_FORM}."
            )
        return ""


def _sheet(env: Environment) -> str:
    """The Sheet's ID; empty without one."""
    name, value = "SHEETFLOW_SHEET", env.text("SHEETFLOW_SHEET")
    found = _SHEET_URL.search(value)
    if found or not value or _SHEET_ID.fullmatch(value):
        return found[1] if found else value
    advice = "use the Sheet's address as copied from the browser, or its ID"
    if "/d/e/" in value:
        advice = (
            "this is the published copy, which can't be written; copy the address while you edit the Sheet"
        )
    elif value.startswith("sqlite:") or _POSTGRESQL.match(value):
        advice += "; a database belongs in DATABASE_URL"
    env.refuse(name, advice)
    return ""


def _ledger(env: Environment, folder: Path) -> str:
    value = env.text("DATABASE_URL") or "sqlite:///var/sheetflow.db"
    if value.startswith("sqlite:"):
        return _sqlite(env, value, folder)
    if _POSTGRESQL.match(value):
        return _postgresql(env)
    env.refuse("DATABASE_URL", f"use {_POSTGRESQL_FORM} or sqlite:///PATH")
    return ""


def _sqlite(env: Environment, value: str, folder: Path) -> str:
    path = value.removeprefix("sqlite:///")
    if path == value or not path.strip("/") or "?" in path or path == ":memory:":
        env.refuse("DATABASE_URL", "use sqlite:///PATH, the path of a file, like sqlite:///var/sheetflow.db")
    return f"sqlite:///{folder / path}"


def _postgresql(env: Environment) -> str:
    name = "DATABASE_URL"
    try:
        url = make_url(_POSTGRESQL.sub("postgresql+psycopg://", env.text(name), count=1))
    except (ArgumentError, ValueError):
        url = None
    if url is None or not url.database:
        env.refuse(name, f"use {_POSTGRESQL_FORM}")
        return ""
    return url.render_as_string(hide_password=False)


def _google_key(env: Environment, folder: Path) -> str:
    name, text = "GOOGLE_SERVICE_ACCOUNT_JSON", env.text("GOOGLE_SERVICE_ACCOUNT_JSON")
    path = env.text("GOOGLE_APPLICATION_CREDENTIALS")
    if not text and not path:
        env.missing(
            name,
            "SHEETFLOW_SHEET is set, so put the service account's key here "
            "or its path into GOOGLE_APPLICATION_CREDENTIALS",
        )
        return ""
    if not text:
        name = "GOOGLE_APPLICATION_CREDENTIALS"
        if path.startswith("{"):
            env.refuse(name, "this is the key itself, which belongs in GOOGLE_SERVICE_ACCOUNT_JSON")
            return ""
        try:
            text = (folder / path).read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            env.refuse(
                name, f"the file can't be read ({_reason(error)}); use the path of the service account's key"
            )
            return ""
    key = _service_account(text)
    if not key and text.endswith(".json"):
        env.refuse(name, "this is a path, which belongs in GOOGLE_APPLICATION_CREDENTIALS")
    elif not key:
        env.refuse(
            name, "use the JSON file that Google made for the service account's key, whole, or base64 of it"
        )
    return key


def _service_account(text: str) -> str:
    """The key as plain JSON; empty where it isn't one."""
    try:
        if not text.lstrip().startswith("{"):
            text = base64.b64decode("".join(text.split()), validate=True).decode()
        # strict=False: .env turns the \n of a private key into line breaks.
        key = json.loads(text, strict=False)
    except (ValueError, binascii.Error):
        return ""
    is_key = isinstance(key, dict) and all(key.get(part) for part in ("client_email", "private_key"))
    return json.dumps(key) if is_key else ""


def _smtp(env: Environment) -> MailServer | None:
    user, password = env.text("SMTP_USER"), env.text("SMTP_PASSWORD")
    host = env.host("SMTP_HOST", "smtp.gmail.com")
    security = _security(env, "SMTP", host, "starttls")
    port = _port(env, "SMTP_PORT", SMTP_PORTS, security)
    if not user:
        return None
    if not password:
        env.missing("SMTP_PASSWORD", f"SMTP_USER={user!r} logs in with it; Gmail wants an app password")
    return MailServer(user, password, host, port, security)


def _half_configured(env: Environment) -> str:
    """Somebody means to send mail: the outbox is for trying things out, and would keep it without a word."""
    if env.text("SMTP_USER"):
        return ""
    seen = [*env.set_with("SMTP_"), *(["DYNO"] if env.text("DYNO") else [])]
    if not seen:
        return ""
    are = "is" if len(seen) == 1 else "are"
    return (
        f"SMTP_USER is missing: {', '.join(seen)} {are} set, so mail is meant to leave, and without an "
        "account it would go to a folder that nobody reads: set SMTP_USER and SMTP_PASSWORD"
    )


def _sender(env: Environment) -> str:
    value = env.text("SMTP_FROM")
    if value and not looks_like_email(value):
        env.refuse("SMTP_FROM", "use the address alone, like you@example.com")
    return value


def _imap(env: Environment, smtp: MailServer | None) -> MailServer | None:
    if env.text("IMAP_HOST").lower() == "off":
        return None
    is_gmail = smtp is not None and smtp.host.lower() in GMAIL
    host = env.host("IMAP_HOST", "imap.gmail.com" if is_gmail else "")
    security = _security(env, "IMAP", host, "ssl")
    port = _port(env, "IMAP_PORT", IMAP_PORTS, security)
    if smtp is None:
        return None
    if not host:
        env.missing(
            "IMAP_HOST",
            f"mail goes out through {smtp.host}; name the server on which its replies are read, "
            "or use off to read none",
        )
    return MailServer(
        env.text("IMAP_USER") or smtp.user, env.text("IMAP_PASSWORD") or smtp.password, host, port, security
    )


def _security(env: Environment, protocol: str, host: str, default: Security) -> Security:
    name = f"{protocol}_SECURITY"
    security = env.choice(name, SECURITIES, default)
    if security == "none" and not is_loopback(host):
        env.refuse(name, f"use starttls or ssl; none is for a server on this machine only, not {host!r}")
    return security


def _port(env: Environment, name: str, usual: Mapping[Security, int], security: Security) -> int:
    port = env.port(name, usual[security])
    if security == "starttls" and port == usual["ssl"]:
        # Such a server waits for TLS without a word, and the first try would take a minute to fail.
        protocol = name.partition("_")[0]
        env.refuse(name, f"this port answers to ssl: set {protocol}_SECURITY=ssl too")
    return port


def _ca_file(env: Environment, folder: Path) -> Path | None:
    value = env.text("SMTP_CA_FILE")
    if not value:
        return None
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).load_verify_locations(folder / value)
    except OSError as error:
        env.refuse(
            "SMTP_CA_FILE",
            f"no certificates can be read there ({_reason(error)}); use the path of a PEM file",
        )
    return folder / value


def _base_url(env: Environment) -> str:
    url = env.url("SHEETFLOW_BASE_URL").rstrip("/")
    if "?" in url or "#" in url:
        env.refuse("SHEETFLOW_BASE_URL", "use the address alone, like https://leads.example.com")
    elif url and not _LINKABLE.fullmatch(url):
        env.refuse(
            "SHEETFLOW_BASE_URL",
            "links in mails begin with it: at most 200 characters, letters of other scripts as xn--…, "
            "no user and no password",
        )
    if url.startswith("https:") and not env.words("SHEETFLOW_SECRET_KEY"):
        env.missing(
            "SHEETFLOW_SECRET_KEY",
            "it signs the unsubscribe links to SHEETFLOW_BASE_URL; use any long secret",
        )
    return url


def _notify_urls(env: Environment) -> tuple[str, ...]:
    """Comma or space separated; a comma within an address stays."""
    name = "SHEETFLOW_NOTIFY_URLS"
    found = tuple(filter(None, re.split(r"\s+|,(?=\s*[A-Za-z][\w+.-]*:/)", env.text(name))))
    if any("://" not in url for url in found):
        env.refuse(name, "use addresses as Apprise writes them, like ntfy://TOPIC or json://HOST/PATH")
    return found


def _model(env: Environment) -> LanguageModel | None:
    url, key, model = (env.text(f"SHEETFLOW_AI_{part}") for part in ("URL", "KEY", "MODEL"))
    if not (url or key or model):
        return None
    if not url:
        env.missing("SHEETFLOW_AI_URL", "where the model is, like https://api.example.com/v1")
    if not model:
        env.missing("SHEETFLOW_AI_MODEL", "which model is asked, as its vendor calls it")
    return LanguageModel(env.url("SHEETFLOW_AI_URL"), key or "none", model)


def _reason(error: Exception) -> str:
    return getattr(error, "strerror", None) or "not UTF-8 text"
