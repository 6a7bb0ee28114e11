"""Imports point one way; the domain needs nothing but the standard library."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "sheetflow"

READING = {"environment", "tomlfile", "settings", "business"}
ADAPTERS = {"tracker", "inbox", "mail", "capture", "replies", "ai"}

# Every part of the package, and the parts it may import besides itself and `errors`.
MAY_IMPORT: dict[str, set[str]] = {
    "errors": set(),
    "workflow": set(),
    "environment": set(),
    "tomlfile": set(),
    "settings": {"environment", "workflow"},
    "business": {"tomlfile", "workflow"},
    "storage": {"workflow"},
    **{adapter: {"workflow"} for adapter in ADAPTERS},
    "tracker": {"storage", "workflow"},
    "inbox": {"storage", "workflow"},
    "jobs": {"workflow", "capture", "replies"},
    "web": {"jobs", "capture", "workflow"},
    "wiring": {"web", "jobs", "workflow", *ADAPTERS, *READING},
    "checks": {"wiring", "mail", "workflow"},
    "explain": {"wiring", "business", "capture", "workflow"},
    "cli": {"explain", "checks", "wiring", "web", "jobs", "workflow"},
    "__main__": {"cli"},
}
# gunicorn asks this module for a whole app, and only wiring can make one.
GUNICORNS_DOOR = (Path("web/__init__.py"), "wiring")


def breaches(package: Path) -> list[str]:
    """A sentence for each import against the direction."""
    return [
        sentence
        for path in sorted(package.rglob("*.py"))
        if path != package / "__init__.py"
        for sentence in _breaches_of(path.relative_to(package), ast.parse(path.read_text()))
    ]


def _breaches_of(path: Path, tree: ast.Module) -> Iterator[str]:
    part = path.parts[0].removesuffix(".py")
    if part not in MAY_IMPORT:
        yield f"{path}: {part} has no place among the layers"
        return
    for module, line in _imports(path, tree):
        package, _, inside = module.partition(".")
        target = inside.partition(".")[0]
        if package != "sheetflow":
            if part == "workflow" and package not in sys.stdlib_module_names:
                yield f"{path}:{line}: workflow imports {package}, which isn't in the standard library"
        elif (
            target and target not in {part, "errors"} | MAY_IMPORT[part] and (path, target) != GUNICORNS_DOOR
        ):
            yield f"{path}:{line}: {part} imports {target}"


def _imports(path: Path, tree: ast.Module) -> Iterator[tuple[str, int]]:
    """Full names of all that is imported anywhere in a module, and the lines."""
    folders = ("sheetflow", *path.parts[:-1])
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((name.name, node.lineno) for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = ".".join(folders[: len(folders) - node.level + 1]) if node.level else ""
            module = ".".join(filter(None, (base, node.module)))
            # `from sheetflow import web` imports a part without naming it before `import`.
            yield from ((f"{module}.{name.name}", node.lineno) for name in node.names)


def test_every_import_of_the_package_points_the_right_way():
    assert breaches(PACKAGE) == []


@pytest.mark.parametrize(
    ("path", "source", "sentence"),
    [
        ("workflow/decide.py", "import requests", "workflow imports requests, which isn't in the standard"),
        ("workflow/decide.py", "from sheetflow.mail import smtp", "workflow imports mail"),
        ("workflow/decide.py", "from sheetflow import mail", "workflow imports mail"),
        ("workflow/decide.py", "from ..mail import smtp", "workflow imports mail"),
        ("workflow/decide.py", "from .. import mail", "workflow imports mail"),
        ("workflow/decide.py", "def late():\n    import sheetflow.jobs.send", "workflow imports jobs"),
        ("tracker/sql.py", "from sheetflow.mail.smtp import SmtpTransport", "tracker imports mail"),
        ("mail/smtp.py", "from sheetflow.settings import Settings", "mail imports settings"),
        ("jobs/send.py", "from sheetflow.tracker.sql import SqlTracker", "jobs imports tracker"),
        ("jobs/send.py", "from sheetflow.web import leads", "jobs imports web"),
        ("web/leads.py", "from sheetflow.tracker import sql", "web imports tracker"),
        ("web/leads.py", "from sheetflow.settings import Settings", "web imports settings"),
        ("web/leads.py", "from sheetflow import wiring", "web imports wiring"),
        ("settings.py", "import sheetflow.wiring", "settings imports wiring"),
        ("errors.py", "from sheetflow.workflow import lead", "errors imports workflow"),
        ("wiring.py", "from sheetflow.cli import main", "wiring imports cli"),
        ("cli.py", "from sheetflow.tracker import sql", "cli imports tracker"),
        ("utils.py", "", "utils has no place among the layers"),
    ],
)
def test_an_import_against_the_direction_is_named(tmp_path, path, source, sentence):
    (tmp_path / path).parent.mkdir(exist_ok=True)
    (tmp_path / path).write_text(source)
    [found] = breaches(tmp_path)
    assert found.startswith(path)
    assert sentence in found


@pytest.mark.parametrize(
    ("path", "source"),
    [
        (
            "workflow/decide.py",
            "import datetime\nfrom sheetflow.workflow.lead import Lead\nfrom .lead import Lead",
        ),
        ("jobs/send.py", "from sheetflow.errors import ConfigError\nfrom sheetflow.replies import verdict"),
        ("tracker/sql.py", "import sqlalchemy\nfrom sheetflow import errors"),
        (
            "wiring.py",
            "from sheetflow.tracker.sql import SqlTracker\nfrom sheetflow.settings import Settings",
        ),
        ("cli.py", "from sheetflow import wiring"),
        ("web/__init__.py", "def create_app():\n    from sheetflow import wiring"),
        ("__main__.py", "from sheetflow.cli import main"),
    ],
)
def test_imports_along_the_direction_pass(tmp_path, path, source):
    (tmp_path / path).parent.mkdir(exist_ok=True)
    (tmp_path / path).write_text(source)
    assert breaches(tmp_path) == []
