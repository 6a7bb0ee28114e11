"""What the environment and .env may say, and the sentence for everything they may not."""

import base64
import json
from pathlib import Path

import pytest
import trustme

from sheetflow.environment import SECRETS, VARIABLES, is_loopback
from sheetflow.errors import ConfigError
from sheetflow.settings import MailServer, Settings

SHEET_ID = "1AbCdEfGhIjKlMnOpQrStUvWxYz0123456789-_AbCdE"
KEY = {
    "type": "service_account",
    "client_email": "flow@example.com",
    "private_key": "-----BEGIN\nabc\n-----END\n",
}
SHEET = {"SHEETFLOW_SHEET": SHEET_ID, "GOOGLE_SERVICE_ACCOUNT_JSON": json.dumps(KEY)}
MAIL = {"SMTP_USER": "kim@example.com", "SMTP_PASSWORD": "hunter2"}
OTHER_MAIL = {**MAIL, "SMTP_HOST": "mail.example.com"}


def read(folder: Path, **environ: str) -> Settings:
    return Settings.read(environ, folder)


def problems(folder: Path, **environ: str) -> tuple[str, ...]:
    with pytest.raises(ConfigError) as caught:
        Settings.read(environ, folder)
    return caught.value.problems


def test_nothing_needs_to_be_configured(tmp_path):
    settings = read(tmp_path)
    assert settings.ledger == f"sqlite:///{tmp_path}/var/sheetflow.db"
    assert settings.config == tmp_path / "config"
    assert settings.sheets_endpoint == "https://sheets.googleapis.com"
    assert (settings.smtp, settings.imap, settings.ca_file) == (None, None, None)
    assert {settings.sheet_id, settings.google_key, settings.sender, settings.base_url} == {""}
    assert (settings.tokens, settings.signing_secrets, settings.secret_keys) == ({}, {}, ())
    assert (settings.dyno, settings.closed, settings.half_configured) == (False, "", "")


def test_an_empty_variable_counts_as_unset(tmp_path):
    assert Settings.read(dict.fromkeys(VARIABLES, " "), tmp_path) == read(tmp_path)


@pytest.mark.parametrize(
    ("value", "ledger"),
    [
        ("sqlite:///leads.db", "sqlite:///{folder}/leads.db"),
        ("sqlite:////srv/leads.db", "sqlite:////srv/leads.db"),
        (
            "postgresql://kim:pw@db.example.com:5433/leads",
            "postgresql+psycopg://kim:pw@db.example.com:5433/leads",
        ),
        ("postgres://kim:pw@db.example.com/leads", "postgresql+psycopg://kim:pw@db.example.com/leads"),
        ("postgres://kim:p%40w@[::1]/leads", "postgresql+psycopg://kim:p%40w@[::1]/leads"),
        ("postgres://h/d?sslmode=require", "postgresql+psycopg://h/d?sslmode=require"),
    ],
)
def test_the_ledger_is_the_database_that_is_named_with_and_without_a_sheet(tmp_path, value, ledger):
    for environ in ({}, SHEET):
        settings = read(tmp_path, DATABASE_URL=value, **environ)
        assert settings.ledger == ledger.format(folder=tmp_path)


@pytest.mark.parametrize(
    "value",
    [
        SHEET_ID,
        f"https://docs.google.com/spreadsheets/d/{SHEET_ID}/edit?gid=0#gid=0",
        f"https://docs.google.com/spreadsheets/u/1/d/{SHEET_ID}",
        f"docs.google.com/spreadsheets/d/{SHEET_ID}/edit",
    ],
)
def test_a_sheet_is_named_by_its_address_or_id(tmp_path, value):
    settings = read(tmp_path, **{**SHEET, "SHEETFLOW_SHEET": value})
    assert settings.sheet_id == SHEET_ID
    assert settings.ledger == f"sqlite:///{tmp_path}/var/sheetflow.db"


@pytest.mark.parametrize(
    ("environ", "is_closed"),
    [
        ({}, False),
        ({"DYNO": "web.1"}, True),
        ({"DYNO": "web.1", "DATABASE_URL": "sqlite:////data/a.db"}, True),
        ({"DYNO": "web.1", "DATABASE_URL": "postgres://h/d"}, False),
        ({"DYNO": "web.1", **SHEET}, True),
    ],
)
def test_a_file_on_a_disk_that_is_lost_takes_no_leads(tmp_path, environ, is_closed):
    closed = read(tmp_path, **environ).closed
    assert bool(closed) is is_closed
    assert ("DATABASE_URL" in closed) is is_closed


@pytest.mark.parametrize(
    ("environ", "seen"),
    [
        ({"DYNO": "web.1"}, "DYNO is set"),
        ({"SMTP_HOST": "mail.example.com", "SMTP_PASSWORD": "pw"}, "SMTP_HOST, SMTP_PASSWORD are set"),
        ({"SMTP_FROM": "me@example.com"}, "SMTP_FROM is set"),
        ({"SMTP_USERNAME": "me@example.com"}, "SMTP_USERNAME is set"),
        ({"SMTP_HOST": " "}, ""),
        ({"IMAP_HOST": "off"}, ""),
        ({"DYNO": "web.1", **MAIL}, ""),
    ],
)
def test_mail_that_is_half_configured_is_not_trying_out(tmp_path, environ, seen):
    said = read(tmp_path, **environ).half_configured
    assert (seen in said, "SMTP_USER is missing" in said) == (True, bool(seen))


def test_messages_come_from_the_address_that_is_named(tmp_path):
    assert read(tmp_path, **MAIL, SMTP_FROM=" hello@example.com ").sender == "hello@example.com"


@pytest.mark.parametrize(
    "text",
    [
        json.dumps(KEY),
        json.dumps(KEY, indent=2),
        json.dumps(KEY).replace("\\n", "\n"),
        base64.b64encode(json.dumps(KEY).encode()).decode(),
        base64.encodebytes(json.dumps(KEY, indent=2).encode()).decode(),
    ],
    ids=["JSON", "indented", "with real line breaks", "base64", "base64 in lines"],
)
def test_googles_key_is_read_in_every_spelling(tmp_path, text):
    settings = read(tmp_path, SHEETFLOW_SHEET=SHEET_ID, GOOGLE_SERVICE_ACCOUNT_JSON=text)
    assert json.loads(settings.google_key) == KEY


def test_googles_key_is_read_from_its_file(tmp_path):
    (tmp_path / "key.json").write_text(json.dumps(KEY))
    settings = read(tmp_path, SHEETFLOW_SHEET=SHEET_ID, GOOGLE_APPLICATION_CREDENTIALS="key.json")
    assert json.loads(settings.google_key) == KEY


@pytest.mark.parametrize(
    ("environ", "smtp", "imap"),
    [
        (MAIL, ("smtp.gmail.com", 587, "starttls"), ("imap.gmail.com", 993, "ssl")),
        ({**MAIL, "SMTP_SECURITY": "SSL"}, ("smtp.gmail.com", 465, "ssl"), ("imap.gmail.com", 993, "ssl")),
        ({**MAIL, "SMTP_PORT": "2525"}, ("smtp.gmail.com", 2525, "starttls"), ("imap.gmail.com", 993, "ssl")),
        ({**MAIL, "IMAP_HOST": "off"}, ("smtp.gmail.com", 587, "starttls"), None),
        ({**OTHER_MAIL, "IMAP_HOST": "OFF"}, ("mail.example.com", 587, "starttls"), None),
        (
            {**OTHER_MAIL, "IMAP_HOST": "in.example.com", "IMAP_SECURITY": "starttls"},
            ("mail.example.com", 587, "starttls"),
            ("in.example.com", 143, "starttls"),
        ),
        (
            {
                **MAIL,
                "SMTP_HOST": "::1",
                "SMTP_SECURITY": "none",
                "IMAP_HOST": "127.0.0.1",
                "IMAP_SECURITY": "none",
            },
            ("::1", 587, "none"),
            ("127.0.0.1", 143, "none"),
        ),
    ],
)
def test_mail_servers_and_what_goes_without_saying(tmp_path, environ, smtp, imap):
    settings = read(tmp_path, **environ)
    account = ("kim@example.com", "hunter2")
    assert settings.smtp == MailServer(*account, *smtp)
    assert settings.imap == (imap and MailServer(*account, *imap))


def test_the_mailbox_may_be_another_account(tmp_path):
    imap = read(tmp_path, **MAIL, IMAP_USER="box", IMAP_PASSWORD="other").imap
    assert imap == MailServer("box", "other", "imap.gmail.com", 993, "ssl")


def test_without_a_mail_account_there_is_no_mailbox_either(tmp_path):
    settings = read(tmp_path, IMAP_HOST="imap.example.com", IMAP_USER="box", IMAP_PASSWORD="pw")
    assert (settings.smtp, settings.imap) == (None, None)


def test_an_extra_certificate_authority_is_found_from_the_working_folder(tmp_path):
    trustme.CA().cert_pem.write_to_path(tmp_path / "ca.pem")
    assert read(tmp_path, SMTP_CA_FILE="ca.pem").ca_file == tmp_path / "ca.pem"


def test_tokens_and_secrets_are_valid_together_also_under_one_name(tmp_path):
    settings = read(
        tmp_path,
        SHEETFLOW_WEBHOOK_TOKENS="zapier:old:1, zapier:new ,my form:abc,",
        SHEETFLOW_SIGNING_SECRETS="tally:s1",
        SHEETFLOW_SECRET_KEY="new, old",
    )
    assert settings.tokens == {"zapier": ("old:1", "new"), "my form": ("abc",)}
    assert settings.signing_secrets == {"tally": ("s1",)}
    assert settings.secret_keys == ("new", "old")


def test_addresses_of_other_services(tmp_path):
    settings = read(
        tmp_path,
        SHEETFLOW_BASE_URL="https://leads.example.com/",
        SHEETFLOW_SECRET_KEY="k",
        SHEETS_API_ENDPOINT="http://127.0.0.1:8099/",
        SHEETFLOW_CONFIG="shop",
        DYNO="web.1",
    )
    assert settings.base_url == "https://leads.example.com"
    assert settings.sheets_endpoint == "http://127.0.0.1:8099"
    assert (settings.config, settings.dyno) == (tmp_path / "shop", True)


def test_the_env_file_is_read_and_the_environment_wins(tmp_path):
    lines = (
        "# mail",
        "SMTP_USER=file@example.com",
        "export SMTP_PASSWORD='p w$HOME'",
        'IMAP_HOST="off" # none',
    )
    (tmp_path / ".env").write_text("\r\n".join(lines), encoding="utf-8-sig")
    settings = read(tmp_path, SMTP_USER="kim@example.com", HOME="/root")
    assert settings.smtp == MailServer("kim@example.com", "p w$HOME", "smtp.gmail.com", 587, "starttls")
    assert settings.imap is None


def test_an_emptied_variable_switches_off_what_the_env_file_says(tmp_path):
    (tmp_path / ".env").write_text("SMTP_USER=kim@example.com\nSMTP_PASSWORD=pw\n")
    assert read(tmp_path, SMTP_USER="").smtp is None


LINKABLE = (
    "links in mails begin with it: at most 200 characters, letters of other scripts as xn--…, "
    "no user and no password (environment)"
)
LOOPBACK = "http:// is for a server on this machine only (localhost, 127.0.0.1) (environment)"
ADDRESS = "use the Sheet's address as copied from the browser, or its ID"
DATABASE = "a database belongs in DATABASE_URL"
POSTGRESQL = "use postgresql://USER:PASSWORD@HOST:PORT/NAME"
SQLITE = "use sqlite:///PATH, the path of a file, like sqlite:///var/sheetflow.db (environment)"
PAIR = "isn't a pair; use name:token, comma separated, without spaces (environment)"
HOST = "use the server's name alone, like mail.example.com; its port has its own variable (environment)"
NO_KEY = (
    "use the JSON file that Google made for the service account's key, whole, or base64 of it (environment)"
)

PROBLEMS = [
    ({"SHEETFLOW_SHEET": "leads"}, f"SHEETFLOW_SHEET='leads': {ADDRESS} (environment)"),
    (
        {"SHEETFLOW_SHEET": "sqlite:///leads.db"},
        f"SHEETFLOW_SHEET='sqlite:///leads.db': {ADDRESS}; {DATABASE} (environment)",
    ),
    (
        {"SHEETFLOW_SHEET": "postgres://me:pw@h/d"},
        f"SHEETFLOW_SHEET is set, but can't be used: {ADDRESS}; {DATABASE} (environment)",
    ),
    (
        {"SHEETFLOW_SHEET": "https://docs.google.com/spreadsheets/d/e/2PACX-1vAbCdEf/pubhtml"},
        "SHEETFLOW_SHEET='https://docs.google.com/spreadsheets/d/e/2PACX-1vAbCdEf/pubhtml': this is the "
        "published copy, which can't be written; copy the address while you edit the Sheet (environment)",
    ),
    ({"DATABASE_URL": "sqlite://"}, f"DATABASE_URL='sqlite://': {SQLITE}"),
    ({"DATABASE_URL": "sqlite:///:memory:"}, f"DATABASE_URL='sqlite:///:memory:': {SQLITE}"),
    ({"DATABASE_URL": "sqlite:var/a.db"}, f"DATABASE_URL='sqlite:var/a.db': {SQLITE}"),
    (
        {"DATABASE_URL": "postgresql://kim:pw@h:none/d"},
        f"DATABASE_URL is set, but can't be used: {POSTGRESQL} (environment)",
    ),
    (
        {"DATABASE_URL": "postgresql://h"},
        f"DATABASE_URL is set, but can't be used: {POSTGRESQL} (environment)",
    ),
    (
        {"DATABASE_URL": "mysql://kim:pw@h/d"},
        f"DATABASE_URL is set, but can't be used: {POSTGRESQL} or sqlite:///PATH (environment)",
    ),
    ({"SMTP_FROM": "me"}, "SMTP_FROM='me': use the address alone, like you@example.com (environment)"),
    (
        {"SMTP_FROM": "Me <me@example.com>"},
        "SMTP_FROM='Me <me@example.com>': use the address alone, like you@example.com (environment)",
    ),
    (
        {"SHEETFLOW_SHEET": SHEET_ID},
        "GOOGLE_SERVICE_ACCOUNT_JSON is missing: SHEETFLOW_SHEET is set, so put the service account's key "
        "here or its path into GOOGLE_APPLICATION_CREDENTIALS (environment or .env)",
    ),
    (
        {**SHEET, "GOOGLE_SERVICE_ACCOUNT_JSON": "{}"},
        f"GOOGLE_SERVICE_ACCOUNT_JSON is set, but can't be used: {NO_KEY}",
    ),
    (
        {**SHEET, "GOOGLE_SERVICE_ACCOUNT_JSON": "%%%"},
        f"GOOGLE_SERVICE_ACCOUNT_JSON is set, but can't be used: {NO_KEY}",
    ),
    (
        {**SHEET, "GOOGLE_SERVICE_ACCOUNT_JSON": "[1]"},
        f"GOOGLE_SERVICE_ACCOUNT_JSON is set, but can't be used: {NO_KEY}",
    ),
    (
        {"SHEETFLOW_SHEET": SHEET_ID, "GOOGLE_APPLICATION_CREDENTIALS": "none.json"},
        "GOOGLE_APPLICATION_CREDENTIALS='none.json': the file can't be read (No such file or directory); "
        "use the path of the service account's key (environment)",
    ),
    (
        {"SHEETFLOW_SHEET": SHEET_ID, "GOOGLE_APPLICATION_CREDENTIALS": "picture.png"},
        "GOOGLE_APPLICATION_CREDENTIALS='picture.png': the file can't be read (not UTF-8 text); "
        "use the path of the service account's key (environment)",
    ),
    (
        {"SHEETFLOW_SHEET": SHEET_ID, "GOOGLE_APPLICATION_CREDENTIALS": json.dumps(KEY)},
        "GOOGLE_APPLICATION_CREDENTIALS is set, but can't be used: this is the key itself, which belongs in "
        "GOOGLE_SERVICE_ACCOUNT_JSON (environment)",
    ),
    (
        {"SHEETFLOW_SHEET": SHEET_ID, "GOOGLE_SERVICE_ACCOUNT_JSON": "service-account.json"},
        "GOOGLE_SERVICE_ACCOUNT_JSON is set, but can't be used: this is a path, which belongs in "
        "GOOGLE_APPLICATION_CREDENTIALS (environment)",
    ),
    (
        {"SHEETS_API_ENDPOINT": "http://sheets.example.com"},
        f"SHEETS_API_ENDPOINT='http://sheets.example.com': use https://…; {LOOPBACK}",
    ),
    (
        {"SMTP_USER": "kim@example.com"},
        "SMTP_PASSWORD is missing: SMTP_USER='kim@example.com' logs in with it; Gmail wants an app password "
        "(environment or .env)",
    ),
    ({"SMTP_PORT": "0"}, "SMTP_PORT='0': use a number from 1 to 65535 (environment)"),
    ({"SMTP_PORT": "65536"}, "SMTP_PORT='65536': use a number from 1 to 65535 (environment)"),
    ({"SMTP_PORT": "٥٨٧"}, "SMTP_PORT='٥٨٧': use a number from 1 to 65535 (environment)"),
    ({"IMAP_PORT": "imap"}, "IMAP_PORT='imap': use a number from 1 to 65535 (environment)"),
    ({"SMTP_SECURITY": "tls"}, "SMTP_SECURITY='tls': use starttls, ssl or none (environment)"),
    ({"IMAP_SECURITY": "yes"}, "IMAP_SECURITY='yes': use starttls, ssl or none (environment)"),
    (
        {"SMTP_SECURITY": "none"},
        "SMTP_SECURITY='none': use starttls or ssl; none is for a server on this machine only, "
        "not 'smtp.gmail.com' (environment)",
    ),
    (
        {**MAIL, "IMAP_SECURITY": "none"},
        "IMAP_SECURITY='none': use starttls or ssl; none is for a server on this machine only, "
        "not 'imap.gmail.com' (environment)",
    ),
    (
        {**MAIL, "SMTP_PORT": "465"},
        "SMTP_PORT='465': this port answers to ssl: set SMTP_SECURITY=ssl too (environment)",
    ),
    (
        {**MAIL, "IMAP_PORT": "993", "IMAP_SECURITY": "starttls"},
        "IMAP_PORT='993': this port answers to ssl: set IMAP_SECURITY=ssl too (environment)",
    ),
    ({"SMTP_HOST": "mail.example.com:587"}, f"SMTP_HOST='mail.example.com:587': {HOST}"),
    ({"IMAP_HOST": "imaps://mail.example.com"}, f"IMAP_HOST='imaps://mail.example.com': {HOST}"),
    (
        OTHER_MAIL,
        "IMAP_HOST is missing: mail goes out through mail.example.com; name the server on which its "
        "replies are read, or use off to read none (environment or .env)",
    ),
    (
        {"SMTP_CA_FILE": "none.pem"},
        "SMTP_CA_FILE='none.pem': no certificates can be read there (No such file or directory); "
        "use the path of a PEM file (environment)",
    ),
    (
        {"SHEETFLOW_WEBHOOK_TOKENS": "secret"},
        f"SHEETFLOW_WEBHOOK_TOKENS is set, but can't be used: entry 1 {PAIR}",
    ),
    (
        {"SHEETFLOW_WEBHOOK_TOKENS": "a:b,c: d e"},
        f"SHEETFLOW_WEBHOOK_TOKENS is set, but can't be used: entry 2 {PAIR}",
    ),
    (
        {"SHEETFLOW_WEBHOOK_TOKENS": "a:é"},
        f"SHEETFLOW_WEBHOOK_TOKENS is set, but can't be used: entry 1 {PAIR}",
    ),
    (
        {"SHEETFLOW_SIGNING_SECRETS": ":x"},
        "SHEETFLOW_SIGNING_SECRETS is set, but can't be used: entry 1 isn't a pair; use source:secret, "
        "comma separated, without spaces (environment)",
    ),
    (
        {"SHEETFLOW_BASE_URL": "http://leads.example.com"},
        f"SHEETFLOW_BASE_URL='http://leads.example.com': use https://…; {LOOPBACK}",
    ),
    (
        {"SHEETFLOW_BASE_URL": "http://localhost:8000/#top"},
        "SHEETFLOW_BASE_URL='http://localhost:8000/#top': use the address alone, like "
        "https://leads.example.com (environment)",
    ),
    (
        {"SHEETFLOW_BASE_URL": "https://bücher.example", "SHEETFLOW_SECRET_KEY": "k"},
        f"SHEETFLOW_BASE_URL='https://bücher.example': {LINKABLE}",
    ),
    (
        {"SHEETFLOW_BASE_URL": "https://kim:hunter2@leads.example.com", "SHEETFLOW_SECRET_KEY": "k"},
        f"SHEETFLOW_BASE_URL is set, but can't be used: {LINKABLE}",
    ),
    (
        {"SHEETFLOW_BASE_URL": "https://leads.example.com"},
        "SHEETFLOW_SECRET_KEY is missing: it signs the unsubscribe links to SHEETFLOW_BASE_URL; use any "
        "long secret (environment or .env)",
    ),
    (
        {"SHEETS_API_ENDPOINT": "http://127.0.0.1:80800"},
        f"SHEETS_API_ENDPOINT='http://127.0.0.1:80800': use https://…; {LOOPBACK}",
    ),
    (
        {"SHEETFLOW_WEBHOOK_TOKEN": "a:hunter2"},
        "SHEETFLOW_WEBHOOK_TOKEN isn't a variable of sheetflow: did you mean SHEETFLOW_WEBHOOK_TOKENS? "
        "(environment)",
    ),
]


@pytest.mark.parametrize(("environ", "sentence"), PROBLEMS)
def test_a_problem_is_named_with_what_was_seen_and_what_is_allowed(tmp_path, environ, sentence):
    (tmp_path / "picture.png").write_bytes(b"\x89PNG\xff")
    assert problems(tmp_path, **environ) == (sentence,)


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("SMPT_USER", "SMTP_USER"),
        ("DATABSE_URL", "DATABASE_URL"),
        ("SMTP_USERNAME", "SMTP_USER"),
        ("smtp_user", "SMTP_USER"),
        ("WEBHOOK_TOKENS", "SHEETFLOW_WEBHOOK_TOKENS"),
    ],
)
def test_a_slip_in_a_name_of_the_env_file_is_no_reason_to_try_mail_out(tmp_path, name, meant):
    (tmp_path / ".env").write_text(f"{name}=x\n")
    assert problems(tmp_path) == (f"{name} isn't a variable of sheetflow: did you mean {meant}? (.env)",)


def test_a_name_of_the_env_file_is_another_programs_if_it_is_like_none_or_if_ours_is_there_too(tmp_path):
    names = ("SMTP_USERNAME=x", "SMTP_USER=kim@example.com", "SMTP_PASSWORD=p", "SMTP_SERVER=x", "PORT=1")
    (tmp_path / ".env").write_text("\n".join(names))
    assert read(tmp_path).smtp


def test_a_name_that_is_like_none_gets_the_whole_list(tmp_path):
    [sentence] = problems(tmp_path, SHEETFLOW_XYZ="1")
    assert sentence.startswith(
        "SHEETFLOW_XYZ isn't a variable of sheetflow: sheetflow knows SHEETFLOW_SHEET, "
    )


def test_variables_of_other_programs_are_left_alone(tmp_path):
    assert read(tmp_path, IMAP_FOLDER="y", PORT="z", WEB_CONCURRENCY="2")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"SMTP_PORT=x\n", "SMTP_PORT='x': use a number from 1 to 65535 (.env)"),
        (
            b"SHEETFLOW_BASE_URI=x\n",
            "SHEETFLOW_BASE_URI isn't a variable of sheetflow: did you mean SHEETFLOW_BASE_URL? (.env)",
        ),
        (
            b"SMTP_USER=\nSMTP PASSWORD=hunter2\nDYNO\n",
            ".env line 2-3: use NAME=value, one a line, and single quotes around a value of several lines",
        ),
        (
            b"SMTP_USER=\na\nDYNO=\n{\n b\n c\n}\n",
            ".env line 2, 4-7: use NAME=value, one a line, and single quotes around a value of several lines",
        ),
        (b"SMTP_USER=\xe9\n", ".env isn't UTF-8 text: save it as UTF-8"),
        (None, ".env can't be read: Is a directory"),
    ],
)
def test_a_problem_in_the_env_file_is_named_with_its_place(tmp_path, content, sentence):
    if content is None:
        (tmp_path / ".env").mkdir()
    else:
        (tmp_path / ".env").write_bytes(content)
    assert problems(tmp_path) == (sentence,)


def test_all_problems_are_told_at_once(tmp_path):
    (tmp_path / ".env").write_text("SMTP_PORT=x\n")
    found = problems(tmp_path, SHEETFLOW_SHEET="no", IMAP_PORT="y", SMTP_SECURITY="z", SHEETFLOW_BASE="q")
    assert len(found) == 5
    assert str(ConfigError(*found)).count("\n") == 4


def test_no_secret_is_ever_shown(tmp_path):
    everywhere = dict.fromkeys(SECRETS, "hunter2 hunter2")
    shown = "\n".join(problems(tmp_path, **{**SHEET, **everywhere, "SHEETFLOW_SECRET_KEYS": "hunter2"}))
    assert shown
    assert "hunter2" not in shown


def test_settings_can_be_printed_without_their_secrets(tmp_path):
    settings = read(
        tmp_path,
        **MAIL,
        DATABASE_URL="postgresql://kim:hunter2@h/d",
        SHEETFLOW_WEBHOOK_TOKENS="form:hunter2",
        SHEETFLOW_SIGNING_SECRETS="form:hunter2",
        SHEETFLOW_SECRET_KEY="hunter2",
    )
    assert "hunter2" not in repr(settings)


def test_settings_cannot_be_changed(tmp_path):
    with pytest.raises(AttributeError):
        read(tmp_path).ledger = "sqlite:///other.db"


@pytest.mark.parametrize(
    ("here", "hosts"),
    [
        (True, ("localhost", "LOCALHOST", "127.0.0.1", "127.8.8.8", "::1")),
        (False, ("localhost.example.com", "127.0.0.1.example.com", "0.0.0.0", "")),
    ],
)
def test_only_this_machine_is_loopback(here, hosts):
    assert {is_loopback(host) for host in hosts} == {here}
