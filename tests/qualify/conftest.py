import re
import shutil
from pathlib import Path

import pytest

from tests.fakes.smtp import FakeSmtp
from tests.qualify.office import Office
from tests.qualify.shop import person, team

CONFIG = Path(__file__).parents[2] / "config"
RULES = """
[[owners]]
name = "Kim"
email = "kim@example.com"

[qualify.services]
"Bathroom" = ["bathroom"]

[qualify.urgency]
now = ["urgent*"]
"""
KIM, LEE = person("Kim"), person("Lee")


@pytest.fixture
def office(tmp_path):
    with FakeSmtp() as server:
        yield Office(f"sqlite:///{tmp_path}/ledger.db", server, team(KIM, LEE))


@pytest.fixture
def folder(tmp_path):
    shutil.copytree(CONFIG, tmp_path / "config")
    toml = tmp_path / "config" / "sheetflow.toml"
    head = re.sub(r"\n\[qualify\]\n.*?(?=\n# \[qualify\.services\])", "\n", toml.read_text(), flags=re.DOTALL)
    toml.write_text(head.replace("seconds_between_messages = 1.5", "seconds_between_messages = 0") + RULES)
    return tmp_path
