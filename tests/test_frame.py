"""The files around the package agree with each other and with what is installed."""

import json
import re
import shlex
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest

from sheetflow.environment import VARIABLES

ROOT = Path(__file__).parent.parent
REQUIREMENTS = ("requirements.txt", "tests/requirements.txt")
LINE = re.compile(r"(?P<name>[\w-]+)(\[\w+\])?==(?P<version>[\w.]+)\s+# \S.+")


@pytest.mark.parametrize("file", REQUIREMENTS)
def test_every_requirement_is_pinned_explained_and_installed(file):
    lines = (ROOT / file).read_text().splitlines()[1:]
    found = [LINE.fullmatch(line) for line in lines]
    assert all(found), lines
    assert {line["name"]: version(line["name"]) for line in found} == {
        line["name"]: line["version"] for line in found
    }


def test_the_hosts_start_the_same_web_app_as_the_procfile():
    processes = dict(line.split(": ", 1) for line in (ROOT / "Procfile").read_text().splitlines())
    web = shlex.split(processes["web"])
    docker = re.search(r"^CMD (.+)$", (ROOT / "Dockerfile").read_text(), re.MULTILINE)
    assert json.loads(docker[1]) == web
    assert f"startCommand: {processes['web']}\n" in (ROOT / "render.yaml").read_text()
    assert f"startCommand: {processes['worker']}\n" in (ROOT / "render.yaml").read_text()


def test_gunicorn_takes_the_procfiles_options(tmp_path):
    (tmp_path / "stand_in.py").write_text("def create_app():\n    return lambda environ, start: []\n")
    web = shlex.split((ROOT / "Procfile").read_text().splitlines()[0].removeprefix("web: "))
    command = [sys.executable, "-m", *web[:-1], "--check-config", "stand_in:create_app()"]
    subprocess.run(command, cwd=tmp_path, check=True)


def test_the_hosts_set_only_variables_there_are():
    app = json.loads((ROOT / "app.json").read_text())
    render = re.findall(r"key: (\w+)", (ROOT / "render.yaml").read_text())
    assert {*app["env"], *render} <= {*VARIABLES}


def test_one_version_of_python_everywhere():
    chosen = (ROOT / ".python-version").read_text().strip()
    assert f"FROM python:{chosen}-slim\n" in (ROOT / "Dockerfile").read_text()
