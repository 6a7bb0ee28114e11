"""A database that can't be used: one sentence that says which and why, nothing lost, well again by itself."""

import os
import shutil
import socket
import sqlite3
import tempfile
import threading
import time
import traceback
from pathlib import Path

import pytest
from sqlalchemy import event, make_url

from sheetflow.errors import TrackerUnavailable
from sheetflow.storage import databases
from sheetflow.tracker.sql import SqlTracker
from sheetflow.workflow.tracked import Changes, Typed
from tests.contracts.people import ADA, BEN, CLO, NOW, a_claim, a_lead, an_event, lead_id, leads
from tests.contracts.sites import SqlSite, postgresql_site, start
from tests.contracts.test_store import WORKFLOW, an_enquiry

EVERYTHING = Changes(
    (a_lead(BEN),), (an_event("a"),), control={"Problems": "none"}, typed=(Typed(ADA, "why", "-"),)
)
VERBS = {
    "snapshot": lambda tracker: tracker.snapshot(),
    "claim": lambda tracker: tracker.claim([a_claim(CLO)], EVERYTHING),
    "commit": lambda tracker: tracker.commit(EVERYTHING),
    "setup": lambda tracker: tracker.setup(),
    "store": lambda tracker: tracker.store([an_enquiry(CLO)], WORKFLOW),
}
every_verb = pytest.mark.parametrize("verb", VERBS.values(), ids=VERBS)


@pytest.fixture
def opened():
    """Opens trackers and closes them in the end."""
    trackers = []

    def open_one(url):
        trackers.append(SqlTracker(url))
        return trackers[-1]

    yield open_one
    for tracker in trackers:
        tracker.engine.dispose()


def refused(tracker, verb=VERBS["setup"]):
    """What it says when it can't do it."""
    with pytest.raises(TrackerUnavailable) as caught:
        verb(tracker)
    words = str(caught.value)
    assert words.startswith(f"The tracker {tracker.database.name} can't be used: ")
    assert "\n" not in words
    return words


def ids(tracker):
    return [lead.id for lead in tracker.snapshot().leads]


# SQLite


@pytest.fixture
def file(tmp_path):
    return tmp_path / "tracker.db"


@pytest.fixture
def tracker(opened, file):
    return opened(f"sqlite:///{file}")


@every_verb
def test_a_file_that_is_no_database_is_named_and_left_alone(tracker, file, verb):
    file.write_bytes(b"These are my notes about leads. " * 100)
    assert refused(tracker, verb).endswith(f"{file} can't be used: file is not a database")
    assert file.read_bytes() == b"These are my notes about leads. " * 100


@every_verb
def test_a_damaged_database_is_named(tracker, file, verb):
    tracker.commit(Changes(tuple(a_lead(f"L-{number}") for number in range(100))))
    tracker.engine.dispose()
    whole = bytearray(file.read_bytes())
    whole[4096:] = b"\xff" * (len(whole) - 4096)
    file.write_bytes(whole)
    assert "malformed" in refused(tracker, verb)


def test_folders_that_are_missing_are_made(opened, tmp_path):
    path = tmp_path / "var" / "of leads" / "tracker.db"
    opened(f"sqlite:///{path}").store([an_enquiry()], WORKFLOW)
    assert path.exists()


@pytest.mark.parametrize("inside", ["a file/tracker.db", "a file/deeper/tracker.db"])
def test_a_file_in_the_place_of_a_folder_is_named(opened, tmp_path, inside):
    (tmp_path / "a file").write_text("not a folder")
    assert "a file" in refused(opened(f"sqlite:///{tmp_path / inside}"))


def test_a_folder_in_the_place_of_the_file_is_named(opened, tmp_path):
    assert "unable to open database file" in refused(opened(f"sqlite:///{tmp_path}"))


@pytest.fixture
def shared_folder():
    """A folder that somebody else may look into; pytest's own are closed to others."""
    folder = Path(tempfile.mkdtemp(prefix="sheetflow-tests-"))
    folder.chmod(0o755)
    yield folder
    folder.chmod(0o755)
    shutil.rmtree(folder)


@pytest.fixture
def as_somebody_else():
    """Root may write anywhere: for such a test it isn't root."""
    is_root = os.geteuid() == 0
    if is_root:
        os.seteuid(65534)
    yield
    if is_root:
        os.seteuid(0)


@pytest.mark.parametrize("name", ["tracker.db", "var/tracker.db"])
def test_a_folder_that_is_read_only_is_named(opened, shared_folder, name, as_somebody_else):
    if os.stat(shared_folder).st_uid == os.geteuid():
        shared_folder.chmod(0o555)
    assert str(shared_folder) in refused(opened(f"sqlite:///{shared_folder / name}"))


@pytest.fixture
def other(tracker, file):
    """Somebody else's connection to the same file."""
    tracker.commit(leads(a_lead()))
    connection = sqlite3.connect(file, isolation_level=None)
    yield connection
    connection.close()


@pytest.mark.parametrize("verb", [VERBS["claim"], VERBS["commit"], VERBS["store"]])
def test_a_writer_that_never_gets_its_turn_gives_up_and_has_written_nothing(
    other, opened, file, monkeypatch, verb
):
    monkeypatch.setattr(databases, "LOCK_TIMEOUT", 0.1)
    impatient = opened(f"sqlite:///{file}")
    before = impatient.snapshot()
    other.execute("BEGIN IMMEDIATE")
    assert refused(impatient, verb).endswith("database is locked")
    other.execute("ROLLBACK")
    assert impatient.snapshot() == before
    verb(impatient)
    assert impatient.snapshot() != before


def test_a_writer_whose_turn_comes_late_writes(other, tracker):
    other.execute("BEGIN IMMEDIATE")
    writer = threading.Thread(target=tracker.commit, args=(leads(a_lead(BEN)),))
    writer.start()
    time.sleep(0.2)  # it waits
    other.execute("ROLLBACK")
    writer.join()
    assert ids(tracker) == [ADA, BEN]


def test_the_first_to_open_a_file_waits_for_whoever_is_making_it(tracker, file):
    # SQLite itself wouldn't: its switch to write-ahead logging fails at once where another is at work.
    maker = sqlite3.connect(file, isolation_level=None, check_same_thread=False)
    maker.execute("BEGIN IMMEDIATE")
    maker.execute("CREATE TABLE other (name)")
    done = threading.Timer(0.3, lambda: maker.execute("COMMIT"))
    done.start()
    tracker.setup()
    done.join()
    maker.close()
    assert ids(tracker) == []


@pytest.mark.parametrize("lock", ["IMMEDIATE", "EXCLUSIVE"])
def test_a_file_that_stays_locked_from_the_beginning_is_given_up(opened, file, monkeypatch, lock):
    monkeypatch.setattr(databases, "LOCK_TIMEOUT", 0.1)
    maker = sqlite3.connect(file, isolation_level=None)
    maker.execute(f"BEGIN {lock}")
    assert refused(opened(f"sqlite:///{file}")).endswith("database is locked")
    maker.close()


def test_a_full_disk_loses_nothing_that_was_there(tracker):
    tracker.commit(leads(a_lead()))
    before = tracker.snapshot()
    with tracker.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count = 60")
    huge = tuple(an_event(f"e:{number}", detail="x" * 10_000) for number in range(100))
    words = refused(tracker, lambda _: tracker.commit(Changes((a_lead(BEN),), huge)))
    assert words.endswith("database or disk is full")
    assert tracker.snapshot() == before
    tracker.commit(leads(a_lead(CLO)))
    assert ids(tracker) == [ADA, CLO]


def test_a_full_disk_is_seen_without_a_lead(tracker):
    tracker.commit(leads(a_lead()))
    tracker.try_out(WORKFLOW, NOW)
    with tracker.engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql("DELETE FROM deliveries")
        connection.exec_driver_sql("VACUUM")
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages - 2}")
    words = refused(tracker, lambda _: tracker.try_out(WORKFLOW, NOW))
    assert words.endswith("database or disk is full")


def remove(file):
    file.unlink()


def remove_all(file):
    for path in file.parent.glob("tracker.db*"):
        path.unlink()


@pytest.mark.parametrize("delete", [remove, remove_all])
def test_a_file_deleted_while_it_runs_is_made_again(tracker, opened, file, delete):
    tracker.commit(leads(a_lead()))
    delete(file)
    assert tracker.store([an_enquiry(BEN)], WORKFLOW)[0].lead_id == BEN
    assert ids(opened(f"sqlite:///{file}")) == [BEN]
    assert tracker.snapshot() == opened(f"sqlite:///{file}").snapshot()


def test_a_file_replaced_by_a_backup_while_it_runs_is_the_one_used(tracker, opened, file, tmp_path):
    backup = opened(f"sqlite:///{tmp_path / 'backup.db'}")
    backup.commit(leads(a_lead(CLO)))
    backup.engine.dispose()  # the last to close it leaves a single file
    tracker.commit(leads(a_lead()))
    remove_all(file)
    (tmp_path / "backup.db").rename(file)
    tracker.commit(leads(a_lead(BEN)))
    assert ids(tracker) == [CLO, BEN]
    assert ids(opened(f"sqlite:///{file}")) == [CLO, BEN]


def store_when_told(number, site, say):
    tracker, told = site.open(), Path(site.url.removeprefix("sqlite:///") + ".go")
    say(ids(tracker))
    while not told.exists():
        time.sleep(0.01)
    store_twice(tracker, [lead_id(1), lead_id(2)], say)
    site.close(tracker)


def store_twice(tracker, new, say):
    for lead in new:
        try:
            say(tracker.store([an_enquiry(lead)], WORKFLOW)[0].lead_id)
        except TrackerUnavailable:
            say("unavailable")


@pytest.mark.parametrize("delete", [remove, remove_all])
def test_processes_that_hold_a_deleted_file_soon_agree_on_the_new_one(tracker, opened, file, delete):
    # SQLite says "disk I/O error" as long as one of them keeps what belonged to the old one.
    tracker.commit(leads(a_lead()))
    child = start(store_when_told, SqlSite(f"sqlite:///{file}"))
    child.hear()
    delete(file)
    said = []
    store_twice(tracker, [lead_id(3), lead_id(4)], said.append)
    file.with_name("tracker.db.go").touch()
    said += child.hear_all()
    store_twice(tracker, [lead_id(5)], said.append)
    accepted = [word for word in said if word != "unavailable"]
    assert said[-1] == lead_id(5)
    assert sorted(ids(opened(f"sqlite:///{file}"))) == sorted(accepted)


def test_every_commit_reaches_the_disk(tracker):
    with tracker.engine.connect() as connection:
        modes = [
            connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in ("journal_mode", "synchronous")
        ]
    assert modes == ["wal", 2]


# PostgreSQL


@pytest.fixture
def site(postgresql_url):
    return postgresql_site(postgresql_url)


@pytest.fixture
def elsewhere(opened, site):
    """The same tracker in PostgreSQL, with a lead in it."""
    tracker = opened(site.url)
    tracker.commit(leads(a_lead()))
    return tracker


def cut_the_lines(site):
    others = "FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    site.execute(f"SELECT pg_terminate_backend(pid, 5000) {others}")


def at(url, **parts):
    return make_url(url).set(**parts).render_as_string(hide_password=False)


@pytest.mark.parametrize("driver", ["postgresql", "postgresql+psycopg"])
@every_verb
def test_a_server_that_is_down_is_named(opened, driver, verb):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    words = refused(opened(f"{driver}://ada:s3cret@127.0.0.1:{port}/leads"), verb)
    assert f"127.0.0.1:{port}" in words
    assert "refused" in words
    assert "s3cret" not in words


def test_a_server_that_never_answers_is_given_up(opened, monkeypatch):
    monkeypatch.setattr(databases, "CONNECT_TIMEOUT", 2)  # the shortest there is
    with socket.create_server(("127.0.0.1", 0)) as listener:
        assert "timeout" in refused(opened(f"postgresql://127.0.0.1:{listener.getsockname()[1]}/leads"))


@pytest.fixture
def locked_url(site):
    """The URL of a server that asks this user for a password."""
    [[path]] = site.execute("SHOW hba_file")
    rules = Path(path).read_text()
    site.execute("DROP ROLE IF EXISTS locked")
    site.execute("CREATE ROLE locked LOGIN PASSWORD 'the right one'")
    with Path(path).open("r+") as file:
        file.write(f"host all locked 127.0.0.1/32 scram-sha-256\n{rules}")
    site.execute("SELECT pg_reload_conf()")
    yield make_url(site.url).set(username="locked")
    Path(path).write_text(rules)
    site.execute("DROP ROLE locked")
    site.execute("SELECT pg_reload_conf()")


@pytest.mark.parametrize("place", ["user", "option"])
@pytest.mark.needs_postgresql
def test_a_password_is_never_shown(opened, locked_url, caplog, place):
    secret = "s3cret/@wörd"
    if place == "user":
        url = locked_url.set(password=secret)
    else:
        url = locked_url.update_query_dict({"password": secret})
    tracker = opened(url.render_as_string(hide_password=False))
    with pytest.raises(TrackerUnavailable) as caught:
        tracker.store([an_enquiry()], WORKFLOW)
    said = "".join(traceback.format_exception(caught.value)) + caplog.text
    assert 'password authentication failed for user "locked"' in str(caught.value)
    assert not [part for part in ("s3cret", "%40w", "wörd") if part in said]


PRIVATE = {"name": "Benedict", "email": "ben@example.net", "message": "my secret"}


@pytest.mark.needs_postgresql
def test_nothing_that_a_lead_wrote_is_in_a_traceback(site, elsewhere):
    site.execute("ALTER TABLE activity DROP COLUMN detail")
    with pytest.raises(TrackerUnavailable) as caught:
        elsewhere.store([an_enquiry(BEN, **PRIVATE)], WORKFLOW)
    said = "".join(traceback.format_exception(caught.value))
    assert not [word for word in PRIVATE.values() if word in said]


def cut_at(number, tracker, site):
    """Cuts the line just before the statement of that number, COMMIT being the last; lists what was sent."""
    sent = []

    def send(*_):
        sent.append("")
        if len(sent) == number:
            cut_the_lines(site)

    event.listen(tracker.engine, "before_cursor_execute", send)
    event.listen(tracker.engine, "commit", send)
    return sent


def goes_through(tracker, verb):
    try:
        verb(tracker)
    except TrackerUnavailable:
        return False
    return True


@pytest.mark.needs_postgresql
@every_verb
def test_wherever_the_line_is_cut_nothing_is_left_and_the_next_try_works(opened, site, verb):
    for number in range(1, 100):
        postgresql_site(site.url)
        tracker = opened(site.url)
        tracker.commit(leads(a_lead()))
        before = tracker.snapshot()
        sent = cut_at(number, tracker, site)
        is_done = goes_through(tracker, verb)
        assert is_done == (len(sent) < number)
        if is_done:
            break
        assert tracker.snapshot() == before
        verb(tracker)
    assert number > 4


@pytest.mark.needs_postgresql
@every_verb
def test_a_line_cut_between_two_calls_is_not_even_noticed(elsewhere, site, verb):
    cut_the_lines(site)
    verb(elsewhere)


@pytest.mark.needs_postgresql
def test_a_writer_waits_for_its_turn_only_so_long(opened, site, elsewhere, monkeypatch):
    monkeypatch.setattr(databases, "LOCK_TIMEOUT", 0.1)
    impatient, slow = opened(site.url), opened(site.url)
    with slow.engine.begin() as connection:
        slow.database.begin_writing(connection)
        assert refused(impatient).endswith("canceling statement due to lock timeout")
    impatient.commit(leads(a_lead(BEN)))
    assert ids(impatient) == [ADA, BEN]


@pytest.mark.needs_postgresql
def test_a_writer_that_falls_silent_loses_its_turn(opened, site, elsewhere, monkeypatch):
    monkeypatch.setattr(databases, "ABANDONED", 0.2)
    silent = opened(site.url)
    with pytest.raises(TrackerUnavailable, match="idle-in-transaction timeout"):
        silent.commit(Changes((a_lead(BEN),), typed=(_Waiting(elsewhere),)))
    assert ids(elsewhere) == [ADA, CLO]


class _Waiting:
    """A typed cell before whose turn another writer has had his."""

    field, value = "why", ""

    def __init__(self, other):
        self.other = other

    @property
    def lead_id(self):
        self.other.commit(leads(a_lead(CLO)))
        return ADA


@pytest.mark.needs_postgresql
def test_a_network_that_falls_silent_is_noticed(elsewhere):
    with elsewhere.engine.connect() as connection:
        line = socket.socket(fileno=os.dup(connection.connection.dbapi_connection.fileno()))
    with line:
        seconds = [
            line.getsockopt(socket.IPPROTO_TCP, option)
            for option in (socket.TCP_KEEPIDLE, socket.TCP_KEEPINTVL)
        ]
        assert seconds == [10, 5]
        assert line.getsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT) == 20_000  # milliseconds


@pytest.mark.needs_postgresql
def test_no_statement_is_prepared_for_a_session_that_a_pooler_may_swap(elsewhere):
    for number in range(10):
        elsewhere.commit(Changes(control={"Problems": str(number)}))
    with elsewhere.engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT name FROM pg_prepared_statements").all() == []
