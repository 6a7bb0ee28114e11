"""What is built from the environment: the right parts, nothing too early, nothing that isn't needed."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from sheetflow import wiring
from sheetflow.wiring import build, read_settings

ROOT = Path(__file__).parents[1]
CONFIG = {"SHEETFLOW_CONFIG": str(ROOT / "config")}
MAIL = {"SMTP_USER": "kim@example.com", "SMTP_PASSWORD": "pw", "IMAP_HOST": "off"}
HEAVY = ("gspread", "google.auth", "psycopg", "imap_tools", "yagmail", "alembic")


def loaded(code: str, folder: Path) -> set[str]:
    """The heavy modules that a process has loaded after running some code."""
    done = subprocess.run(
        [sys.executable, "-c", f"{code}\nimport sys, json; print(json.dumps(list(sys.modules)))"],
        cwd=folder,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **CONFIG},
        capture_output=True,
        text=True,
        check=True,
    )
    modules = json.loads(done.stdout.splitlines()[-1])
    return {name for name in (*HEAVY, "sqlalchemy", "flask") if name in modules}


def test_a_process_on_sqlite_loads_nothing_of_google_postgresql_or_imap(tmp_path: Path) -> None:
    code = "from sheetflow.web import create_app; create_app().test_client().get('/health')"
    assert loaded(code, tmp_path) == {"sqlalchemy", "flask"}


def test_a_job_on_sqlite_loads_no_web_either(tmp_path: Path) -> None:
    code = "from sheetflow.cli import cli; cli(['job'], standalone_mode=False)"
    assert loaded(code, tmp_path) - {"flask"} == {"sqlalchemy"}


@pytest.mark.parametrize("words", [[], ["job"], ["run"], ["set"]])
def test_help_loads_next_to_nothing(tmp_path: Path, words: list[str]) -> None:
    code = (
        "from sheetflow.cli import cli\n"
        f"try: cli([*{words!r}, '--help'], standalone_mode=False)\n"
        "except SystemExit: pass"
    )
    assert loaded(code, tmp_path) == set()


@pytest.mark.parametrize(
    ("environ", "is_try_out", "sender"),
    [
        ({}, True, "you@example.com"),
        (MAIL, False, "you@example.com"),
        ({**MAIL, "SMTP_FROM": "hello@example.com"}, False, "hello@example.com"),
    ],
)
def test_what_goes_to_the_outbox_is_tried_out_and_messages_come_from_one_address(
    tmp_path: Path, environ: dict[str, str], is_try_out: bool, sender: str
) -> None:
    wired = build(read_settings({**CONFIG, **environ}, tmp_path))
    sending = wired.ports.workflow.sending
    assert (sending.is_try_out, sending.pause == 0.0) == (is_try_out, is_try_out)
    assert (wired.ports.sender, wired.letters.sender) == (sender, sender)
    assert wired.ports.ledger.workflow is wired.ports.workflow


def test_building_touches_nothing(tmp_path: Path) -> None:
    build(read_settings(CONFIG, tmp_path))
    assert list(tmp_path.iterdir()) == []


def test_a_ledger_of_a_newer_sheetflow_is_refused_when_a_server_starts(tmp_path: Path) -> None:
    wired = build(read_settings(CONFIG, tmp_path))
    with wired.ports.ledger.writing() as book:
        book.connection.exec_driver_sql("UPDATE sheetflow_version SET version_num = '9999'")
    wired.close()
    with pytest.raises(wiring.ConfigError, match="made by a newer sheetflow"):
        wiring.build_app(build(read_settings(CONFIG, tmp_path)), takes_loopback=False)


def test_a_ledger_that_is_away_keeps_no_server_from_starting(tmp_path: Path) -> None:
    (tmp_path / "var").write_text("a file, so there is no folder for the ledger")
    wired = build(read_settings({**CONFIG, "SHEETFLOW_WEBHOOK_TOKENS": "a:b"}, tmp_path))
    client = wiring.build_app(wired, takes_loopback=False).test_client()
    assert client.get("/health").status_code == 503
    (tmp_path / "var").unlink()
    answer = client.post("/leads?token=b", json={"name": "Lea", "message": "Hi"})
    assert answer.status_code == 200


def test_a_channel_that_apprise_does_not_know_is_named_when_a_server_starts(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    environ = {**CONFIG, "SHEETFLOW_WEBHOOK_TOKENS": "a:b", "SHEETFLOW_NOTIFY_URLS": "slak://hunter2"}
    client = wiring.build_app(build(read_settings(environ, tmp_path)), takes_loopback=False).test_client()
    told = client.get("/health").get_json()
    assert told["problems"] == [
        "Channel slak://… isn't an address that Apprise knows; see https://github.com/caronc/apprise."
    ]
    assert caplog.messages == told["problems"]
    assert told["ok"]


def test_half_a_mail_account_takes_leads_and_answers_nobody(tmp_path: Path) -> None:
    environ = {**CONFIG, "SHEETFLOW_WEBHOOK_TOKENS": "a:b", "SMTP_HOST": "mail.example.com"}
    wired = build(read_settings(environ, tmp_path))
    client = wiring.build_app(wired, takes_loopback=False).test_client()
    answer = client.post("/leads?token=b", json={"name": "Lea", "email": "lea@example.org"})
    assert answer.status_code == 200
    assert "SMTP_USER is missing" in client.get("/health").get_json()["problems"][0]
    with wired.ports.ledger.reading() as book:
        assert [row["status"] for row in book.rows()] == ["New"]
    assert not wired.outbox.exists()
