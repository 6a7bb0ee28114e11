"""Closes the world for every test: no variable leaks in, no connection leaves, nothing is left to luck."""

import ipaddress
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.fakes import chromium, dovecot, postgres

ROOT = Path(__file__).parent.parent
KEPT = ("PATH", "HOME", "USER", "LOGNAME", "TERM", "TMPDIR", "LANG", "LC_ALL", "LC_CTYPE", "COLUMNS", "CI")
KEPT_PREFIXES = ("PYTEST_", "COVERAGE_")
REQUIRED = frozenset(os.environ.get("TESTS_REQUIRE", "").replace(",", " ").split())

PROGRAMS = {"postgresql": postgres.find_binaries, "dovecot": dovecot.find, "chromium": chromium.find}
HOW_TO_GET = {
    "postgresql": "PostgreSQL's initdb and pg_ctl aren't here: apt-get install postgresql",
    "chromium": "Chromium isn't here: apt-get install chromium",
    "dovecot": "Dovecot isn't here: apt-get install dovecot-imapd",
}


def pytest_addoption(parser: pytest.Parser) -> None:
    """The suite takes few and short ones; `make test-long` takes what the promises are worth."""
    parser.addoption("--seeds", type=int, default=2, help="owners of tests/sheet/test_random.py")
    parser.addoption("--edits", type=int, default=30, help="what each of them does")


def pytest_configure(config: pytest.Config) -> None:
    for name in PROGRAMS:
        config.addinivalue_line(
            "markers", f"needs_{name}: skipped where it is missing, failed with TESTS_REQUIRE={name}"
        )
    # Nothing found depends on how fast this machine is, or on luck.
    settings.register_profile(
        "same", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
    )
    settings.load_profile("same")
    _empty_environment()
    sys.addaudithook(_stay_home)


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """One more than there are processors: some tests wait for what other processes do."""
    return (os.cpu_count() or 1) + 1


def pytest_runtest_setup(item: pytest.Item) -> None:
    for name in PROGRAMS:
        if item.get_closest_marker(f"needs_{name}"):
            need(name)


def need(name: str) -> Path:
    """Where a program is; without it the test is skipped, or failed where TESTS_REQUIRE names it."""
    found = PROGRAMS[name]()
    if found is None and name in REQUIRED:
        pytest.fail(f"{HOW_TO_GET[name]} (TESTS_REQUIRE names it)")
    if found is None:
        pytest.skip(HOW_TO_GET[name])
    return found


@pytest.fixture(scope="session")
def postgresql_url() -> Iterator[str]:
    """A private PostgreSQL, shared by the tests of this run."""
    with postgres.running(need("postgresql")) as url:
        yield url


def _empty_environment() -> None:
    for name in list(os.environ):
        if name not in KEPT and not name.startswith(KEPT_PREFIXES):
            del os.environ[name]
    # For programs the tests start; a zone without summer time that no business in a test is in.
    os.environ |= {
        "PYTHONPATH": str(ROOT),
        "PYTHONWARNINGS": "error",
        "PYTHONDONTWRITEBYTECODE": "1",
        "TZ": "Asia/Kathmandu",
    }
    time.tzset()


def _stay_home(event: str, arguments: tuple[object, ...]) -> None:
    """Sees every use of a socket, whoever makes it. `fail` isn't an Exception: no `except` swallows it."""
    if event in ("socket.connect", "socket.bind", "socket.sendto", "socket.sendmsg"):
        address = arguments[1]
        if isinstance(address, tuple) and not _is_here(address[0]):
            pytest.fail(f"{event} to {address!r}: tests stay on loopback")
    elif event in ("socket.getaddrinfo", "socket.gethostbyname") and not _is_here(arguments[0]):
        pytest.fail(f"{event} of {arguments[0]!r}: tests stay on loopback")


def _is_here(host: object) -> bool:
    name = host.decode() if isinstance(host, bytes) else host
    if name in (None, "localhost"):
        return True
    try:
        return ipaddress.ip_address(str(name)).is_loopback
    except ValueError:
        return False
