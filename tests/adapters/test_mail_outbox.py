import os

import pytest

from sheetflow.errors import ConfigError
from sheetflow.mail.outbox import OutboxTransport
from sheetflow.workflow.outcome import Result
from tests.adapters.test_mail_smtp import ADA, letter


def test_a_message_becomes_one_whole_file(tmp_path):
    outbox = OutboxTransport(tmp_path / "var" / "outbox")
    message = letter()
    with outbox.session() as session:
        outcome = session.deliver(message, ADA, "20260103T120005Z-L-ABC-follow_up.eml")
    assert outcome.result is Result.SENT
    [file] = outbox.folder.iterdir()
    assert file.name == "20260103T120005Z-L-ABC-follow_up.eml"
    assert file.read_bytes() == message.as_bytes()
    assert file.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    "hostile", ["../../etc/passwd", "a/b", "..", "", "\x00", "a\nb", "x" * 500, "ж", ".hidden"]
)
def test_no_name_leads_out_of_the_folder(tmp_path, hostile):
    folder = tmp_path / "outbox"
    for name in (f"20260103T120005Z-{hostile}-{hostile}.eml", hostile):
        with OutboxTransport(folder).session() as session:
            assert session.deliver(letter(), ADA, name).result is Result.SENT
    assert [path.name for path in tmp_path.iterdir()] == ["outbox"]
    assert len(list(folder.glob("[!.]*.eml"))) == len(list(folder.iterdir())) == 2


def test_a_folder_that_cant_be_written_stops_sending_with_a_sentence(tmp_path):
    in_the_way = tmp_path / "outbox"
    in_the_way.write_text("a file where the folder should be")
    outbox = OutboxTransport(in_the_way)
    with outbox.session() as session:
        outcome = session.deliver(letter(), ADA, "x.eml")
    assert outcome.result is Result.BLOCKED
    assert str(in_the_way) in outcome.detail
    with pytest.raises(ConfigError, match="can't write mail into the folder"):
        outbox.verify()


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs /dev/full")
def test_a_full_disk_leaves_no_half_message(tmp_path, monkeypatch):
    def full(*_args: object, **_options: object) -> tuple[int, str]:
        half = tmp_path / ".half.part"
        half.touch()
        return os.open("/dev/full", os.O_WRONLY), str(half)

    monkeypatch.setattr("tempfile.mkstemp", full)
    with OutboxTransport(tmp_path).session() as session:
        outcome = session.deliver(letter(), ADA, "x.eml")
    assert outcome.result is Result.BLOCKED
    assert "No space left on device" in outcome.detail
    assert list(tmp_path.iterdir()) == []


def test_verify_leaves_the_folder_ready_and_empty(tmp_path):
    outbox = OutboxTransport(tmp_path / "outbox")
    outbox.verify()
    assert list(outbox.folder.iterdir()) == []
