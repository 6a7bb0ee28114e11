"""What `check`, /health and the messages say of the mailbox that the environment names."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from sheetflow import wiring
from sheetflow.checks import Finding, check
from sheetflow.jobs.run import run_job
from sheetflow.ledger import state
from tests.fakes.imap import FakeImap
from tests.fakes.smtp import FakeSmtp

CONFIG = Path(__file__).parents[1] / "config"


@pytest.fixture(scope="module")
def smtp() -> Iterator[FakeSmtp]:
    with FakeSmtp("none") as server:
        yield server


@pytest.fixture(scope="module")
def imap() -> Iterator[FakeImap]:
    with FakeImap("none") as server:
        yield server


def wired(folder: Path, smtp: FakeSmtp, **more: str) -> wiring.Wired:
    environ = {
        "SMTP_USER": smtp.user,
        "SMTP_PASSWORD": smtp.password,
        "SMTP_HOST": smtp.host,
        "SMTP_PORT": str(smtp.port),
        "SMTP_SECURITY": "none",
        "SHEETFLOW_CONFIG": str(CONFIG),
        **more,
    }
    return wiring.build(wiring.read_settings(environ, folder))


def reading(imap: FakeImap, **more: str) -> dict[str, str]:
    return {"IMAP_HOST": imap.host, "IMAP_PORT": str(imap.port), "IMAP_SECURITY": "none", **more}


def found(parts: wiring.Wired) -> Finding:
    return next(finding for finding in check(parts, None) if finding.words.startswith("Replies"))


def mailbox_word(parts: wiring.Wired) -> object:
    return wiring.build_app(parts, takes_loopback=True).test_client().get("/health").json["mailbox"]


def test_a_mailbox_that_is_read_is_named_with_its_folders(
    tmp_path: Path, smtp: FakeSmtp, imap: FakeImap
) -> None:
    parts = wired(tmp_path, smtp, **reading(imap))
    said = "Replies are read at 127.0.0.1: INBOX, Ordner/Unerwünscht, Ordner/Gesendet."
    assert found(parts) == Finding(said, about="mail")
    assert mailbox_word(parts) == "imap"
    assert run_job(parts.ports).problems == ()
    with parts.ports.ledger.reading() as book:
        assert book.get(state.LAST_MAILBOX)


def test_a_wrong_password_is_a_mistake_of_the_configuration(
    tmp_path: Path, smtp: FakeSmtp, imap: FakeImap
) -> None:
    finding = found(wired(tmp_path, smtp, **reading(imap, IMAP_PASSWORD="other")))
    assert finding.exit_code == 2
    assert "no follow-up leaves: the server refuses IMAP_USER and IMAP_PASSWORD" in finding.words


def test_a_server_that_is_down_may_come_back(tmp_path: Path, smtp: FakeSmtp, imap: FakeImap) -> None:
    imap.is_down = True
    finding = found(wired(tmp_path, smtp, **reading(imap)))
    imap.is_down = False
    assert finding.exit_code == 1


def test_reading_nothing_is_shown_as_a_decision(tmp_path: Path, smtp: FakeSmtp) -> None:
    parts = wired(tmp_path, smtp, IMAP_HOST="off")
    assert found(parts).is_good
    assert "IMAP_HOST=off" in found(parts).words
    assert mailbox_word(parts) == "off"
    assert run_job(parts.ports).problems == ()


@pytest.mark.parametrize(
    ("more", "read_at"),
    [
        ({}, "me@example.com"),
        ({"IMAP_USER": "replies@example.com"}, "replies@example.com"),
        ({"IMAP_USER": "box17"}, "you@example.com"),
        ({"IMAP_USER": "box17", "SMTP_FROM": "hi@example.com"}, "hi@example.com"),
    ],
)
def test_the_address_that_is_read_is_one_of_ours_and_gets_the_answers(
    tmp_path: Path, smtp: FakeSmtp, imap: FakeImap, more: dict[str, str], read_at: str
) -> None:
    parts = wired(tmp_path, smtp, **reading(imap, **more))
    assert parts.letters.read_at == read_at
    # The account's address, the one that messages come from, and the one that is read.
    assert parts.ports.mailbox.addresses == {"me@example.com", parts.ports.sender, read_at}


def test_where_nothing_is_read_answers_go_to_people_alone(tmp_path: Path, smtp: FakeSmtp) -> None:
    assert wired(tmp_path, smtp, IMAP_HOST="off").letters.read_at == ""
