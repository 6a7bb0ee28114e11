"""The tests' own world: closed to the outside, and with a real PostgreSQL inside."""

import os
import socket
import subprocess
import sys

import psycopg
import pytest

from sheetflow.environment import VARIABLES


def open_stream(host):
    socket.create_connection((host, 80), timeout=1)


def send_datagram(host):
    with socket.socket(type=socket.SOCK_DGRAM) as sender:
        sender.sendto(b"", (host, 53))


def listen(host):
    with socket.socket() as listener:
        listener.bind((host, 0))


@pytest.mark.parametrize(
    ("reach", "host"),
    [
        (open_stream, "192.0.2.1"),
        (open_stream, "2001:db8::1"),
        (open_stream, "example.com"),
        (send_datagram, "192.0.2.1"),
        (listen, "0.0.0.0"),
        (socket.gethostbyname, "example.com"),
    ],
)
def test_nothing_leaves_this_machine(reach, host):
    with pytest.raises(pytest.fail.Exception, match="tests stay on loopback"):
        reach(host)


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "localhost"])
def test_the_names_of_this_machine_are_open(host):
    assert socket.getaddrinfo(host, 80)


def test_loopback_is_open():
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        socket.create_connection(server.getsockname()) as client,
        server.accept()[0] as peer,
    ):
        client.sendall(b"here")
        assert peer.recv(4) == b"here"


def test_sockets_of_the_file_system_are_open(tmp_path):
    with socket.socket(socket.AF_UNIX) as server, socket.socket(socket.AF_UNIX) as client:
        server.bind(str(tmp_path / "s"))
        server.listen()
        client.connect(str(tmp_path / "s"))


def test_no_variable_of_the_product_leaks_in():
    assert not os.environ.keys() & {*VARIABLES, "TESTS_REQUIRE", "HTTPS_PROXY", "SSL_CERT_FILE"}


def test_a_program_started_by_a_test_finds_the_package_and_fails_on_warnings(tmp_path):
    code = "import sheetflow, warnings; warnings.warn('no')"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.stderr.endswith("UserWarning: no\n")


@pytest.mark.needs_postgresql
def test_the_private_postgresql_answers_in_utf8(postgresql_url):
    with psycopg.connect(postgresql_url) as connection:
        assert connection.execute("select 'Zoë 🌱', current_user").fetchone() == ("Zoë 🌱", "postgres")
