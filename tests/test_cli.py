"""The commands as a user starts them: processes of their own in a working folder."""

import csv
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from datetime import datetime
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest

from sheetflow.cli import cli
from sheetflow.jobs.export import HEADERS
from tests.fakes.switch import switch
from tests.simulation.patience import PATIENCE, wait_for

ROOT = Path(__file__).parents[1]
ACCOUNT = {"SMTP_USER": "me@example.com", "SMTP_PASSWORD": "secret"}
LEAD = {"name": "Lea Lead", "email": "lea@example.org", "message": "Can you help me?"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return as_cloned(tmp_path)


def as_cloned(folder: Path) -> Path:
    """It becomes a working folder as a fresh clone has it."""
    (folder / "config").mkdir()
    (folder / "config/sheetflow.toml").write_text((ROOT / "config/sheetflow.toml").read_text())
    (folder / "config/templates").symlink_to(ROOT / "config/templates")
    return folder


def start(folder: Path, *words: str, **environment: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-m", "sheetflow", *words],
        cwd=folder,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **environment},
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def run(folder: Path, *words: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    process = start(folder, *words, **environment)
    out, err = process.communicate(timeout=PATIENCE)
    assert "Traceback" not in err, err
    return subprocess.CompletedProcess(words, process.returncode, out, err)


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


def post(port: int, lead: dict[str, str], path: str = "/leads") -> dict[str, Any]:
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}{path}", json.dumps(lead).encode(), {"Content-Type": "application/json"}
    )
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
                found: dict[str, Any] = json.load(answer)
                return found
        except ConnectionError:
            time.sleep(0.05)
        except urllib.error.URLError as error:
            if not isinstance(error.reason, ConnectionError):
                raise
            time.sleep(0.05)
    raise AssertionError("the server didn't come up")


def wait_for_mail(folder: Path, count: int = 1) -> Path:
    def found() -> list[Path]:
        return list((folder / "var/outbox").glob("*.eml"))

    wait_for(lambda: len(found()) >= count)
    return found()[0]


def test_run_answers_a_lead_into_the_outbox_with_nothing_configured(folder: Path) -> None:
    port = free_port()
    process = start(folder, "run", "--port", str(port))
    try:
        told = post(port, LEAD)
        assert (told["ok"], told["status"]) == (True, "accepted")
        file = wait_for_mail(folder)
    finally:
        process.send_signal(signal.SIGTERM)
        out, err = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0, err
    assert f"http://127.0.0.1:{port}/leads" in out
    assert re.fullmatch(rf"\d{{8}}T\d{{6}}Z-{told['lead_id']}-first_response\.eml", file.name)
    mail = message_from_bytes(file.read_bytes(), policy=policy.default)
    assert mail["To"] == "Lea Lead <lea@example.org>"
    planned = json.loads(run(folder, "plan", "--json").stdout)
    assert [line["step"] for line in planned if line["action"] == "send"] == [
        "follow_up",
        "check_in",
        "re_engage",
    ]
    assert set(planned[0]) == {"lead_id", "step", "at", "action", "why"}


def test_a_port_in_use_is_a_sentence(folder: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = run(folder, "run", "--port", str(taken.getsockname()[1]))
    assert done.returncode == 2
    assert "the port is in use" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_serve_takes_leads_that_the_job_follows_up(folder: Path) -> None:
    port = free_port()
    process = start(folder, "serve", "--port", str(port))
    try:
        post(port, LEAD)
        wait_for_mail(folder)
    finally:
        process.terminate()
        process.communicate(timeout=PATIENCE)
    done = run(folder, "job", "--json")
    found = json.loads(done.stdout)
    assert done.returncode == 0
    assert found == {"sent": 0, "failed": 0, "unknown": 0, "held": 0, "new": 1, "problems": []}


def test_worker_stops_when_it_is_asked(folder: Path) -> None:
    process = start(folder, "worker")
    assert process.stdout is not None
    assert "0 sent" in process.stdout.readline()
    process.terminate()
    process.communicate(timeout=PATIENCE)
    assert process.returncode == 0


AMID_A_WAIT = """
import os, signal
from sheetflow import cli
cli._begin(quiet=True)
with cli._stop._cond:  # as while the main thread looks at it
    os.kill(os.getpid(), signal.SIGTERM)
    sum(range(1000))  # the handler runs between two steps of the program
cli._stop.wait()
"""


def test_a_signal_that_comes_amid_a_wait_stops_it_all_the_same(folder: Path) -> None:
    done = subprocess.run([sys.executable, "-c", AMID_A_WAIT], cwd=ROOT, timeout=PATIENCE)
    assert done.returncode == 0


def test_each_good_job_is_told_to_a_dead_mans_switch_and_no_other(folder: Path) -> None:
    with switch() as (url, asked):
        told = {"SHEETFLOW_HEARTBEAT_URL": f"{url}/ping"}
        assert run(folder, "job", **told).returncode == 0
        assert asked == ["/ping"]
        assert run(folder, "job", "--dry-run", **told).returncode == 0
        assert "reported to 127.0.0.1" in run(folder, "check", **told).stdout
        account = {**ACCOUNT, "SMTP_HOST": "127.0.0.1", "SMTP_PORT": "1", "IMAP_HOST": "127.0.0.1"}
        assert run(folder, "job", **told, **account, IMAP_PORT="1").returncode == 1
        assert asked == ["/ping"]


def test_a_heartbeat_that_nobody_hears_fails_no_job(folder: Path) -> None:
    done = run(folder, "job", SHEETFLOW_HEARTBEAT_URL="http://127.0.0.1:1/secret")
    assert done.returncode == 0
    assert "heartbeat" in done.stderr
    assert "secret" not in done.stderr


@pytest.mark.parametrize("url", ["http://hc.example.com/secret", "ftp://127.0.0.1/secret", "secret"])
def test_a_heartbeat_goes_by_https_or_to_this_machine(folder: Path, url: str) -> None:
    done = run(folder, "job", SHEETFLOW_HEARTBEAT_URL=url)
    assert (done.returncode, "SHEETFLOW_HEARTBEAT_URL" in done.stderr) == (2, True)
    assert "secret" not in done.stderr


def test_import_pause_set_and_resume_do_what_an_owner_does(folder: Path) -> None:
    (folder / "leads.csv").write_text("Full Name;E-Mail\nAda;ada@example.org\nBob;bob@example.org\n")
    done = run(folder, "import", "leads.csv").stdout
    assert ("2 accepted" in done, "Accepted leads are Paused" in done) == (True, True)
    again = run(folder, "import", "leads.csv").stdout
    assert ("2 duplicate" in again, "Paused" in again) == (True, False)
    assert json.loads(run(folder, "job", "--json").stdout)["sent"] == 0
    planned = json.loads(run(folder, "plan", "--json").stdout)
    assert {line["action"] for line in planned} == {"hold"}
    assert "imported; set New to start" in planned[0]["why"]
    lead_id = planned[0]["lead_id"]
    assert run(folder, "set", lead_id, "status", "New").returncode == 0
    assert run(folder, "pause").returncode == 0
    assert json.loads(run(folder, "job", "--json").stdout)["sent"] == 0
    assert run(folder, "resume").returncode == 0
    assert run(folder, "job", "--dry-run").stdout.startswith(f"would send first_response to {lead_id}")
    assert json.loads(run(folder, "job", "--json").stdout)["sent"] == 1
    assert "period" in json.loads(run(folder, "report", "--json").stdout)
    assert json.loads(run(folder, "report", "--steps", "--json").stdout)["conclusions"] == [
        "First response: 0 of 1 replied; too few to tell yet: it takes 91 more."
    ]
    assert "What the numbers say" in run(folder, "report", "--steps").stdout


@pytest.mark.parametrize("words", [("import", "leads.csv"), ("job",), ("setup",), ("pause",), ("export",)])
def test_nothing_is_stored_on_a_disk_that_is_lost(folder: Path, words: tuple[str, ...]) -> None:
    (folder / "leads.csv").write_text("Name,Email\nAda,ada@example.org\n")
    done = run(folder, *words, DYNO="web.1", **ACCOUNT)
    assert (done.returncode, "This host loses its disk" in done.stderr) == (2, True)
    assert not (folder / "var").exists()


@pytest.mark.parametrize("environment", [{"SMTP_HOST": "mail.example.com"}, {"SMTP_FROM": "a@example.com"}])
def test_mail_that_is_half_configured_is_refused_where_it_would_be_sent(
    folder: Path, environment: dict[str, str]
) -> None:
    for words in (("run",), ("job",), ("worker",)):
        done = run(folder, *words, **environment)
        assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)
        assert "SMTP_USER is missing" in done.stderr
    done = run(folder, "check", **environment)
    assert (done.returncode, "WRONG  SMTP_USER is missing" in done.stdout) == (2, True)
    assert run(folder, "plan", **environment).returncode == 0


def test_check_shows_the_address_that_messages_come_from_and_another_one_of_the_account(
    folder: Path,
) -> None:
    assert "Messages come from you@example.com." in run(folder, "check").stdout
    # Nobody listens there; what is said of the address doesn't depend on it.
    port = str(free_port())
    server = {"SMTP_HOST": "127.0.0.1", "SMTP_PORT": port, "SMTP_SECURITY": "none", "IMAP_HOST": "off"}
    said = run(folder, "check", **ACCOUNT, **server).stdout
    assert "Messages come from you@example.com; the account is another address, me@example.com" in said
    assert "[business] email is still you@example.com" in said
    text = (folder / "config/sheetflow.toml").read_text()
    (folder / "config/sheetflow.toml").write_text(text.replace("you@example.com", "kim@studio.example"))
    assert "email is still" not in run(folder, "check", **ACCOUNT, **server).stdout
    said = run(folder, "check", **ACCOUNT, **server, SMTP_FROM="me@example.com").stdout
    assert "Messages come from me@example.com." in said


def test_leads_are_exported_under_the_sheets_headers_in_order_of_arrival(folder: Path) -> None:
    (folder / "leads.csv").write_text(
        "Name,Email,Phone,Message\nZoë,zoe@example.org,+49 30 55500100,=1+1\nBob,bob@example.org,,Hi\n"
    )
    assert run(folder, "import", "leads.csv").returncode == 0
    rows = list(csv.reader(run(folder, "export").stdout.splitlines()))
    assert rows[0] == list(HEADERS)
    found = [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]
    assert [row["Name"] for row in found] == ["Zoë", "Bob"]
    assert (found[0]["Message"], found[0]["Phone"].startswith("+")) == ("'=1+1", True)
    told = json.loads(run(folder, "export", "--json").stdout)
    assert [list(row) for row in told] == [list(HEADERS)] * 2
    assert (told[0]["Message"], told[0]["Next follow-up"], told[0]["Notes"]) == ("=1+1", None, "")
    received = datetime.fromisoformat(told[0]["Received"])
    assert received.tzinfo is not None
    assert found[0]["Received"] == received.strftime("%Y-%m-%d %H:%M")


def test_an_address_is_lifted_after_a_question(folder: Path) -> None:
    (folder / "leads.csv").write_text("Name,Email\nAda,ada@example.org\n")
    run(folder, "import", "leads.csv")
    [lead] = json.loads(run(folder, "export", "--json").stdout)
    assert run(folder, "lift", "ada@example.org").returncode == 2
    assert run(folder, "set", lead["Lead ID"], "Status", "Do not contact").returncode == 0
    assert run(folder, "lift", "ada@example.org").returncode == 1  # nobody answered the question
    done = run(folder, "lift", "ADA@example.org", "--yes")
    assert (done.returncode, lead["Lead ID"] in done.stdout) == (0, True)
    assert run(folder, "lift", "ada@example.org", "--yes").returncode == 2


def test_a_person_is_forgotten_in_the_ledger_and_the_outbox(folder: Path) -> None:
    (folder / "leads.csv").write_text("Name,Email\nAda,ada@example.org\nBob,bob@example.org\n")
    run(folder, "import", "--start", "leads.csv")
    assert json.loads(run(folder, "job", "--json").stdout)["sent"] == 2
    done = run(folder, "forget", "Ada@example.org")
    assert (done.returncode, "1 message" in done.stdout) == (0, True)
    assert [lead["Name"] for lead in json.loads(run(folder, "export", "--json").stdout)] == ["Bob"]
    kept = b"".join(file.read_bytes() for file in (folder / "var").rglob("*") if file.is_file())
    assert (b"ada@example.org" in kept.lower(), b"bob@example.org" in kept) == (False, True)
    assert run(folder, "forget", "ada@example.org").returncode == 2
    run(folder, "import", "--start", "leads.csv")
    assert json.loads(run(folder, "job", "--json").stdout)["sent"] == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("set", "L-2222222222", "Status", "Won"), "no lead has it"),
        (("set", "L-2222222222", "Why", "because"), "use one of: Status, Name"),
        (("set", "L-2222222222", "Colour", "blue"), "use one of: Status, Name"),
        (("lift", "ada"), "use an address like"),
        (("forget", "nobody@example.org"), "no lead has this address"),
        (("restore",), "SHEETFLOW_SHEET isn't set"),
        (("setup", "--take-over"), "SHEETFLOW_SHEET isn't set"),
        (("import", "nothing.csv"), "can't be read"),
        (("plan", "--days", "0"), "days"),
        (("nonsense",), "nonsense"),
        (("run", "--port", "99999"), "port"),
    ],
)
def test_a_wrong_call_says_what_to_change_and_exits_with_2(
    folder: Path, words: tuple[str, ...], said: str
) -> None:
    done = run(folder, *words)
    assert done.returncode == 2
    assert said in done.stderr


def test_every_problem_of_the_configuration_is_said_at_once(folder: Path) -> None:
    environment = {"SMTP_USER": "me@example.com", "SMTP_PORT": "mail", "SHEETFLOW_SHEET": "notes.txt"}
    business = folder / "config/sheetflow.toml"
    business.write_text(business.read_text().replace("postal_address", "postal_adress"))
    done = run(folder, "job", **environment)
    assert done.returncode == 2
    for name in ("SMTP_PASSWORD", "SMTP_PORT", "SHEETFLOW_SHEET", "postal_adress"):
        assert name in done.stderr


def test_a_broken_template_is_named_by_check(folder: Path) -> None:
    (folder / "config/templates").unlink()
    (folder / "config/templates").mkdir()
    for file in (ROOT / "config/templates").glob("*.md"):
        (folder / "config/templates" / file.name).write_text(file.read_text())
    (folder / "config/templates/follow_up.md").write_text("Subject: Hi\n\nDear {{ nmae }},\n")
    done = run(folder, "check")
    assert done.returncode == 2
    assert "follow_up.md" in done.stdout
    assert "nmae" in done.stdout


def test_check_sends_nothing_to_what_is_no_address(folder: Path) -> None:
    done = run(folder, "check", "--send-to", "nobody")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "--send-to 'nobody': use an address like lea@example.com\n"
    assert not (folder / "var/outbox").exists()


def test_check_sends_one_test_message(folder: Path) -> None:
    done = run(folder, "check", "--send-to", "owner@example.com")
    assert done.returncode == 0, done.stdout
    mail = message_from_bytes(wait_for_mail(folder).read_bytes(), policy=policy.default)
    assert mail["To"] == "owner@example.com"


@pytest.mark.parametrize(
    ("environment", "words"),
    [
        ({}, "to this machine alone, by `run` and `serve`: no SHEETFLOW_DASHBOARD_PASSWORD is set."),
        (
            {"SHEETFLOW_DASHBOARD_PASSWORD": "x"},
            "by `run` and `serve` alone: no SHEETFLOW_SECRET_KEY is set.",
        ),
        (
            {"SHEETFLOW_DASHBOARD_PASSWORD": "x", "SHEETFLOW_SECRET_KEY": "k"},
            "to whoever knows the password.",
        ),
    ],
)
def test_check_says_who_sees_the_pages(folder: Path, environment: dict[str, str], words: str) -> None:
    done = run(folder, "check", **environment)
    assert (done.returncode, words in " ".join(done.stdout.split())) == (0, True), done.stdout


@pytest.mark.parametrize(
    ("environment", "named"),
    [
        ({}, []),
        ({"SHEETFLOW_SECRET_KEY": "old," + "k" * 16}, ["SHEETFLOW_SECRET_KEY"]),
        ({"SHEETFLOW_WEBHOOK_TOKENS": "zapier:short"}, ["SHEETFLOW_WEBHOOK_TOKENS"]),
        ({"SHEETFLOW_DASHBOARD_PASSWORD": "x"}, ["SHEETFLOW_DASHBOARD_PASSWORD"]),
        ({"SHEETFLOW_WEBHOOK_TOKENS": "a:" + "t" * 12, "SHEETFLOW_DASHBOARD_PASSWORD": "p" * 8}, []),
    ],
)
def test_check_names_secrets_that_can_be_guessed(
    folder: Path, environment: dict[str, str], named: list[str]
) -> None:
    said = run(folder, "check", **environment).stdout
    assert [line.split()[1] for line in said.splitlines() if "can be guessed" in line] == named
    assert ("pretend to have filled in the form" in said) is ("SHEETFLOW_SECRET_KEY" not in environment)


@pytest.mark.parametrize(
    ("environment", "words"),
    [
        ({}, "Leads opt out by mail (reply STOP): no SHEETFLOW_BASE_URL is set."),
        (
            {"SHEETFLOW_BASE_URL": "http://localhost:8000"},
            "Leads opt out by mail (reply STOP): no SHEETFLOW_SECRET_KEY is set to sign links.",
        ),
        (
            {"SHEETFLOW_BASE_URL": "http://localhost:8000", "SHEETFLOW_SECRET_KEY": "one,two"},
            "Leads opt out by a link to http://localhost:8000/u/…, which only this machine can open",
        ),
        (
            {"SHEETFLOW_BASE_URL": "https://leads.example.com/", "SHEETFLOW_SECRET_KEY": "one"},
            "Leads opt out by a link to https://leads.example.com/u/…, or by mail (reply STOP).",
        ),
    ],
)
def test_check_says_how_leads_opt_out_and_its_message_shows_it(
    folder: Path, environment: dict[str, str], words: str
) -> None:
    done = run(folder, "check", "--send-to", "owner@example.com", **environment)
    assert done.returncode == 0, done.stdout
    assert words in done.stdout
    mail = message_from_bytes(wait_for_mail(folder).read_bytes(), policy=policy.default)
    text = mail.get_body(("plain",)).get_content()
    assert ("/u/" in text, "reply STOP" in text) == ("a link" in words, "a link" not in words)


def test_a_file_that_is_no_database_is_a_sentence_and_stays_as_it_is(folder: Path) -> None:
    (folder / "var").mkdir()
    (folder / "var/sheetflow.db").write_text("my notes, not a database " * 100)
    before = (folder / "var/sheetflow.db").read_bytes()
    for words in (("job",), ("plan",), ("setup",), ("set", "L-2222222222", "Status", "Won")):
        done = run(folder, *words)
        assert done.returncode == 1, done
        assert "sheetflow.db" in done.stderr
    assert (folder / "var/sheetflow.db").read_bytes() == before


def test_help_names_every_command(folder: Path) -> None:
    said = run(folder, "--help").stdout
    for command in cli.commands:
        assert command in said
        assert run(folder, command, "--help").returncode == 0
