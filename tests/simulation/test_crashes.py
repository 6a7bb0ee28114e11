"""Processes that are killed, or run twice at once, over a real database file and a real mail server."""

import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from sheetflow.business import read_workflow
from sheetflow.jobs.intake import new_lead_id
from sheetflow.tracker.sql import SqlTracker
from sheetflow.workflow import statuses
from sheetflow.workflow.enquiry import Enquiry
from sheetflow.workflow.events import Kind
from tests.fakes.smtp import LOSE, FakeSmtp, Slow, says
from tests.simulation.entry import MOMENTS

ROOT = Path(__file__).parents[2]
NOW = datetime(2026, 3, 24, 15, 0, tzinfo=UTC)


@pytest.fixture
def server() -> Iterator[FakeSmtp]:
    with FakeSmtp() as server:
        yield server


class Deployment:
    """A working folder with a database, and processes that run in it."""

    def __init__(self, folder: Path, server: FakeSmtp) -> None:
        self.folder, self.server = folder, server
        config = (
            (ROOT / "config/sheetflow.toml")
            .read_text()
            .replace("seconds_between_messages = 1.5", "seconds_between_messages = 0")
        )
        (folder / "config").mkdir()
        (folder / "config/sheetflow.toml").write_text(config)
        (folder / "config/templates").symlink_to(ROOT / "config/templates")
        self.tracker = SqlTracker(f"sqlite:///{folder / 'var/sheetflow.db'}")
        self.workflow = read_workflow(folder / "config")

    def arrive(self, count: int, at: datetime = NOW) -> list[str]:
        enquiries = [
            Enquiry(
                id=new_lead_id(),
                delivery=f"delivery-{number}",
                repeat_within=timedelta(minutes=10),
                arrived=at,
                email=f"lead{number}@example.org",
            )
            for number in range(count)
        ]
        return [receipt.lead_id for receipt in self.tracker.store(enquiries, self.workflow)]

    def start(self, at: datetime, moment: str = "") -> "subprocess.Popen[str]":
        command = [sys.executable, "-m", "tests.simulation.entry", "job", at.isoformat(), moment]
        environment = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT),
            "SMTP_USER": self.server.user,
            "SMTP_PASSWORD": self.server.password,
            "SMTP_HOST": self.server.host,
            "SMTP_PORT": str(self.server.port),
            "SMTP_CA_FILE": self.server.ca_file,
            "IMAP_HOST": "off",
        }
        return subprocess.Popen(
            command,
            cwd=self.folder,
            env=environment,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )

    def run(self, at: datetime, moment: str = "") -> int:
        process = self.start(at, moment)
        words, _ = process.communicate(timeout=120)
        assert process.returncode in (0, -9), words
        return process.returncode

    def copies(self) -> Counter[str]:
        return Counter(captured.rcpt_to[0] for captured in self.server.messages)


@pytest.fixture
def deployment(tmp_path: Path, server: FakeSmtp) -> Deployment:
    return Deployment(tmp_path, server)


@pytest.mark.parametrize("moment", [moment for moment in MOMENTS if moment != "during-data"])
def test_a_job_killed_at_any_moment_sends_no_step_twice_and_the_next_run_repairs_the_row(
    deployment: Deployment, moment: str
) -> None:
    lead_ids = deployment.arrive(3)
    assert deployment.run(NOW, moment) == -9
    for minutes in (5, 20, 40):
        assert deployment.run(NOW + timedelta(minutes=minutes)) == 0
    assert all(count == 1 for count in deployment.copies().values())
    rows = {lead.id: lead for lead in deployment.tracker.snapshot().leads}
    for lead_id in lead_ids:
        sent = [event for event in deployment.tracker.snapshot().events if event.lead_id == lead_id]
        is_sent = any(event.kind is Kind.SENT for event in sent)
        assert rows[lead_id].status == (statuses.CONTACTED if is_sent else statuses.NEEDS_ATTENTION)
        assert rows[lead_id].emails_sent == int(is_sent)
        # Where the claim stood alone it can't be known whether the message left: a person is asked.
        assert is_sent == (moment in ("before-claim", "before-columns"))


def test_a_job_killed_within_data_sends_at_most_one_copy(deployment: Deployment) -> None:
    deployment.arrive(1)
    deployment.server.answers = says(end=Slow(3.0))
    process = deployment.start(NOW)
    while "body" not in deployment.server.stages and process.poll() is None:
        time.sleep(0.01)
    process.kill()
    process.communicate()
    deployment.server.answers = says()
    for minutes in (5, 20, 40):
        deployment.run(NOW + timedelta(minutes=minutes))
    assert sum(deployment.copies().values()) <= 1
    (lead,) = deployment.tracker.snapshot().leads
    assert lead.status == statuses.NEEDS_ATTENTION


def test_two_jobs_at_once_over_200_due_leads_send_200_mails(deployment: Deployment) -> None:
    deployment.arrive(200)
    both = [deployment.start(NOW), deployment.start(NOW)]
    for process in both:
        words, _ = process.communicate(timeout=240)
        assert process.returncode == 0, words
    deployment.run(NOW + timedelta(minutes=10))
    copies = deployment.copies()
    assert len(copies) == 200
    assert set(copies.values()) == {1}
    rows = deployment.tracker.snapshot().leads
    assert {lead.status for lead in rows} == {statuses.CONTACTED}


def test_a_server_that_takes_the_message_and_drops_the_line_gets_one_copy(deployment: Deployment) -> None:
    deployment.arrive(1)
    deployment.server.answers = says(end=LOSE)
    for minutes in range(0, 200, 20):
        deployment.run(NOW + timedelta(minutes=minutes))
    assert sum(deployment.copies().values()) == 1
    (lead,) = deployment.tracker.snapshot().leads
    assert lead.status == statuses.NEEDS_ATTENTION
    assert "isn't known whether" in lead.why


def test_a_job_that_is_asked_to_stop_gives_back_its_claims_and_the_next_one_sends_them(
    deployment: Deployment,
) -> None:
    deployment.arrive(10)
    deployment.server.answers = says(end=Slow(0.3))
    process = deployment.start(NOW)
    while len(deployment.server.messages) < 2 and process.poll() is None:
        time.sleep(0.01)
    process.terminate()
    words, _ = process.communicate(timeout=60)
    assert process.returncode == 0, words
    taken = len(deployment.server.messages)
    events = [event.kind for event in deployment.tracker.snapshot().events]
    assert events.count(Kind.SENT) == taken
    assert events.count(Kind.RELEASED) == 10 - taken > 0
    deployment.server.answers = says()
    deployment.run(NOW + timedelta(minutes=10))
    assert set(deployment.copies().values()) == {1}
    assert len(deployment.copies()) == 10
