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

from sheetflow.errors import LedgerUnavailable
from sheetflow.ledger import database
from sheetflow.ledger.arrivals import store, try_out
from sheetflow.ledger.editing import apply_edits
from sheetflow.workflow.edits import Edit
from tests.contracts.people import ADA, BEN, CLO, NOW, a_claim, an_enquiry, lead_id
from tests.contracts.processes import store_if_possible, store_when_told
from tests.contracts.sites import Site, postgresql_site, start


def writes(act):
    def write(ledger):
        with ledger.writing() as book:
            act(book)

    return write


def ids(ledger):
    with ledger.reading() as book:
        return [lead for lead, _, _ in book.addresses()]


def put(ledger, *leads, **fields):
    with ledger.writing() as book:
        return store(book, [an_enquiry(lead, **fields) for lead in leads])


VERBS = {
    "read": ids,
    "claim": writes(lambda book: book.claim(a_claim(CLO), "run", "")),
    "edit": writes(lambda book: apply_edits(book, [Edit(ADA, "status", "Won")], NOW, day_first=True)),
    "store": lambda ledger: put(ledger, CLO),
}
every_verb = pytest.mark.parametrize("verb", VERBS.values(), ids=VERBS)


def everything(ledger):
    with ledger.reading() as book:
        return list(book.rows()), book.events([ADA, BEN, CLO]), book.state()


@pytest.fixture
def opened():
    """Opens ledgers and closes them in the end."""
    ledgers = []

    def open_one(url):
        ledgers.append(Site(url).open(lambda: NOW))
        return ledgers[-1]

    yield open_one
    for ledger in ledgers:
        ledger.close()


def refused(ledger, verb=ids):
    """What it says when it can't do it."""
    with pytest.raises(LedgerUnavailable) as caught:
        verb(ledger)
    words = str(caught.value)
    assert words.startswith(f"The ledger {ledger.database.name} can't be used: ")
    assert "\n" not in words
    return words


# SQLite


@pytest.fixture
def file(tmp_path):
    return tmp_path / "ledger.db"


@pytest.fixture
def ledger(opened, file):
    return opened(f"sqlite:///{file}")


@every_verb
def test_a_file_that_is_no_database_is_named_and_left_alone(ledger, file, verb):
    file.write_bytes(b"These are my notes about leads. " * 100)
    assert refused(ledger, verb).endswith(f"{file} can't be used: file is not a database")
    assert file.read_bytes() == b"These are my notes about leads. " * 100


@every_verb
def test_a_damaged_database_is_named(ledger, file, verb):
    put(ledger, *(lead_id(number) for number in range(100)))
    ledger.close()
    whole = bytearray(file.read_bytes())
    whole[4096:] = b"\xff" * (len(whole) - 4096)
    file.write_bytes(whole)
    assert "malformed" in refused(ledger, verb)


def test_folders_that_are_missing_are_made(opened, tmp_path):
    path = tmp_path / "var" / "of leads" / "ledger.db"
    put(opened(f"sqlite:///{path}"), ADA)
    assert path.exists()


@pytest.mark.parametrize("inside", ["a file/ledger.db", "a file/deeper/ledger.db"])
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


@pytest.mark.parametrize("name", ["ledger.db", "var/ledger.db"])
def test_a_folder_that_is_read_only_is_named(opened, shared_folder, name, as_somebody_else):
    if os.stat(shared_folder).st_uid == os.geteuid():
        shared_folder.chmod(0o555)
    assert str(shared_folder) in refused(opened(f"sqlite:///{shared_folder / name}"))


@pytest.fixture
def other(ledger, file):
    """Somebody else's connection to the same file."""
    put(ledger, ADA)
    connection = sqlite3.connect(file, isolation_level=None)
    yield connection
    connection.close()


@pytest.mark.parametrize("verb", [VERBS["claim"], VERBS["edit"], VERBS["store"]])
def test_a_writer_that_never_gets_its_turn_gives_up_and_has_written_nothing(
    other, opened, file, monkeypatch, verb
):
    monkeypatch.setattr(database, "LOCK_TIMEOUT", 0.1)
    impatient = opened(f"sqlite:///{file}")
    before = everything(impatient)
    other.execute("BEGIN IMMEDIATE")
    assert refused(impatient, verb).endswith("database is locked")
    other.execute("ROLLBACK")
    assert everything(impatient) == before
    verb(impatient)
    assert everything(impatient) != before


def test_a_writer_whose_turn_comes_late_writes(other, ledger):
    other.execute("BEGIN IMMEDIATE")
    writer = threading.Thread(target=put, args=(ledger, BEN))
    writer.start()
    time.sleep(0.2)  # it waits
    other.execute("ROLLBACK")
    writer.join()
    assert ids(ledger) == [ADA, BEN]


def test_the_first_to_open_a_file_waits_for_whoever_is_making_it(ledger, file):
    # SQLite itself wouldn't: its switch to write-ahead logging fails at once where another is at work.
    maker = sqlite3.connect(file, isolation_level=None, check_same_thread=False)
    maker.execute("BEGIN IMMEDIATE")
    maker.execute("CREATE TABLE other (name)")
    done = threading.Timer(0.3, lambda: maker.execute("COMMIT"))
    done.start()
    assert ids(ledger) == []
    done.join()
    maker.close()


@pytest.mark.parametrize("lock", ["IMMEDIATE", "EXCLUSIVE"])
def test_a_file_that_stays_locked_from_the_beginning_is_given_up(opened, file, monkeypatch, lock):
    monkeypatch.setattr(database, "LOCK_TIMEOUT", 0.1)
    maker = sqlite3.connect(file, isolation_level=None)
    maker.execute(f"BEGIN {lock}")
    assert refused(opened(f"sqlite:///{file}")).endswith("database is locked")
    maker.close()


def test_a_full_disk_loses_nothing_that_was_there(ledger):
    put(ledger, ADA)
    before = everything(ledger)
    with ledger.database.engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 10}")
    words = refused(ledger, lambda _: put(ledger, BEN, message="x" * 100_000))
    assert words.endswith("database or disk is full")
    assert everything(ledger) == before
    put(ledger, CLO)
    assert ids(ledger) == [ADA, CLO]


def test_a_full_disk_is_seen_without_a_lead(ledger):
    put(ledger, ADA)
    writes(try_out)(ledger)
    with ledger.database.engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql("DELETE FROM sheetflow_deliveries")
        connection.exec_driver_sql("VACUUM")
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages - 2}")
    words = refused(ledger, writes(try_out))
    assert words.endswith("database or disk is full")


def remove(file):
    file.unlink()


def remove_all(file):
    for path in file.parent.glob("ledger.db*"):
        path.unlink()


@pytest.mark.parametrize("delete", [remove, remove_all])
def test_a_file_deleted_while_it_runs_is_made_again(ledger, opened, file, delete):
    put(ledger, ADA)
    delete(file)
    assert put(ledger, BEN)[0].lead_id == BEN
    assert everything(ledger) == everything(opened(f"sqlite:///{file}"))
    assert ids(ledger) == [BEN]


def test_a_file_replaced_by_a_backup_while_it_runs_is_the_one_used(ledger, opened, file, tmp_path):
    backup = opened(f"sqlite:///{tmp_path / 'backup.db'}")
    put(backup, CLO)
    backup.close()  # the last to close it leaves a single file
    put(ledger, ADA)
    remove_all(file)
    (tmp_path / "backup.db").rename(file)
    put(ledger, BEN)
    assert ids(ledger) == [CLO, BEN]
    assert ids(opened(f"sqlite:///{file}")) == [CLO, BEN]


@pytest.mark.parametrize("delete", [remove, remove_all])
def test_processes_that_hold_a_deleted_file_soon_agree_on_the_new_one(ledger, opened, file, delete):
    # SQLite says "disk I/O error" as long as one of them keeps what belonged to the old one.
    put(ledger, ADA)
    child = start(store_when_told, Site(f"sqlite:///{file}"))
    child.hear()
    delete(file)
    said = []
    store_if_possible(ledger, [lead_id(3), lead_id(4)], said.append)
    file.with_name("ledger.db.go").touch()
    said += child.hear_all()
    store_if_possible(ledger, [lead_id(5)], said.append)
    accepted = [word for word in said if word != "unavailable"]
    assert said[-1] == lead_id(5)
    assert sorted(ids(opened(f"sqlite:///{file}"))) == sorted(accepted)


def test_every_commit_reaches_the_disk(ledger):
    with ledger.database.engine.connect() as connection:
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
    """The same ledger in PostgreSQL, with a lead in it."""
    ledger = opened(site.url)
    put(ledger, ADA)
    return ledger


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
    monkeypatch.setattr(database, "CONNECT_TIMEOUT", 2)  # the shortest there is
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
    ledger = opened(url.render_as_string(hide_password=False))
    with pytest.raises(LedgerUnavailable) as caught:
        put(ledger, ADA)
    said = "".join(traceback.format_exception(caught.value)) + caplog.text
    assert 'password authentication failed for user "locked"' in str(caught.value)
    assert not [part for part in ("s3cret", "%40w", "wörd") if part in said]


PRIVATE = {"name": "Benedict", "email": "ben@example.net", "message": "my secret"}


@pytest.mark.needs_postgresql
def test_nothing_that_a_lead_wrote_is_in_a_traceback(site, elsewhere):
    site.execute("ALTER TABLE sheetflow_events DROP COLUMN detail")
    with pytest.raises(LedgerUnavailable) as caught:
        put(elsewhere, BEN, **PRIVATE)
    said = "".join(traceback.format_exception(caught.value))
    assert not [word for word in PRIVATE.values() if word in said]


def cut_at(number, ledger, site):
    """Cuts the line just before the statement of that number, COMMIT being the last; lists what was sent."""
    sent = []

    def send(*_):
        sent.append("")
        if len(sent) == number:
            cut_the_lines(site)

    event.listen(ledger.database.engine, "before_cursor_execute", send)
    event.listen(ledger.database.engine, "commit", send)
    return sent


def goes_through(ledger, verb):
    try:
        verb(ledger)
    except LedgerUnavailable:
        return False
    return True


@pytest.mark.needs_postgresql
@every_verb
def test_wherever_the_line_is_cut_nothing_is_left_and_the_next_try_works(opened, site, verb):
    for number in range(1, 100):
        postgresql_site(site.url)
        ledger = opened(site.url)
        put(ledger, ADA)
        before = everything(ledger)
        sent = cut_at(number, ledger, site)
        is_done = goes_through(ledger, verb)
        assert is_done == (len(sent) < number)
        if is_done:
            break
        assert everything(ledger) == before
        verb(ledger)
    assert number > 1


@pytest.mark.needs_postgresql
@every_verb
def test_a_line_cut_between_two_calls_is_not_even_noticed(elsewhere, site, verb):
    cut_the_lines(site)
    verb(elsewhere)


@pytest.mark.needs_postgresql
def test_a_writer_waits_for_its_turn_only_so_long(opened, site, elsewhere, monkeypatch):
    monkeypatch.setattr(database, "LOCK_TIMEOUT", 0.1)
    impatient, slow = opened(site.url), opened(site.url)
    with slow.writing():
        assert refused(impatient, VERBS["store"]).endswith("canceling statement due to lock timeout")
    put(impatient, BEN)
    assert ids(impatient) == [ADA, BEN]


@pytest.mark.needs_postgresql
def test_a_writer_that_falls_silent_loses_its_turn(opened, site, elsewhere, monkeypatch):
    monkeypatch.setattr(database, "ABANDONED", 2.0)  # seconds: what it does first takes far less
    silent = opened(site.url)

    def fall_silent(book):
        store(book, [an_enquiry(BEN)])
        put(elsewhere, CLO)  # gets its turn though this one hasn't ended
        book.put("said", "too late")

    with pytest.raises(LedgerUnavailable, match="idle-in-transaction timeout"):
        writes(fall_silent)(silent)
    assert ids(elsewhere) == [ADA, CLO]


@pytest.mark.needs_postgresql
def test_a_network_that_falls_silent_is_noticed(elsewhere):
    with elsewhere.database.engine.connect() as connection:
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
        writes(lambda book, number=number: book.put("number", str(number)))(elsewhere)
    with elsewhere.database.engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT name FROM pg_prepared_statements").all() == []
